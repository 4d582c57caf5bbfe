import type {
  BundleRecord,
  DeclaredSignature,
  RecordFacts,
  RecordFileFacts,
  RecordProblem,
  SealFileFacts,
  UnknownPart,
} from '../bundle/record-facts.ts'
import { flag, listOf, object, orNull, type Shape } from '../json/shape.ts'
import { LIMITS } from '../model/limits.ts'
import { AUTHORISATION_FACTS } from './authorisation-shape.ts'
import { HISTORY_FACTS } from './history-shape.ts'
import {
  anyText,
  codes,
  count,
  countOrNull,
  listedOf,
  PARSE_ERROR_CODE_OR_CONTRADICTION,
  PARSE_FAILURE,
  sha256,
  suchThat,
  textOrNull,
  time,
} from './parts.ts'

const ITEMS = 'record/items.jsonl'

const NAMED = object<{ readonly name: string }>({ name: anyText })

const BUNDLE_RECORD = object<BundleRecord>(
  {
    authorities: listOf(object<BundleRecord['authorities'][number]>({ label: anyText, subject: anyText })),
    created: time,
    format: anyText,
    issuer: NAMED,
    itemCount: count,
    log: object<BundleRecord['log']>({ id: anyText, origin: anyText }),
    recipient: orNull(NAMED),
    sample: flag,
    seal: listOf(object<DeclaredSignature>({ file: anyText, signer: sha256, timestamps: count })),
  },
  ['sample'],
)

export const RECORD_FILE: Shape<RecordFileFacts> = object<RecordFileFacts>({
  path: anyText,
  state: codes<RecordFileFacts['state']>({
    valid: true,
    absent: true,
    contradictory: true,
    invalid: true,
    limit: true,
    unreadable: true,
  }),
  failure: orNull(PARSE_FAILURE),
  problems: listOf(
    object<RecordProblem>({
      code: PARSE_ERROR_CODE_OR_CONTRADICTION,
      at: anyText,
      member: anyText,
      offset: countOrNull,
      expected: textOrNull,
      found: textOrNull,
    }),
    { maximum: LIMITS.exceptionsInFinding },
  ),
  problemsOmitted: count,
  lines: countOrNull,
  stubs: countOrNull,
})

export const RECORD_FACTS: Shape<RecordFacts> = suchThat(
  object<RecordFacts>({
    format: textOrNull,
    formatKnown: flag,
    unknown: listOf(object<UnknownPart>({ path: anyText, at: anyText, member: anyText, value: textOrNull }), {
      maximum: LIMITS.exceptionsInFinding,
    }),
    unknownOmitted: count,
    record: orNull(BUNDLE_RECORD),
    files: listOf(RECORD_FILE),
    history: orNull(HISTORY_FACTS),
    authorisation: orNull(AUTHORISATION_FACTS),
    verifyText: object<RecordFacts['verifyText']>({
      state: codes<RecordFacts['verifyText']['state']>({ read: true, absent: true, unreadable: true, limit: true }),
      sha256: orNull(sha256),
      published: flag,
    }),
    misplaced: listedOf(
      object<RecordFacts['misplaced']['first'][number]>({
        path: anyText,
        reason: codes<'no-place' | 'payload-name'>({ 'no-place': true, 'payload-name': true }),
      }),
    ),
    absent: listOf(anyText),
    seal: listOf(object<SealFileFacts>({ file: anyText, present: flag, timestamps: count, tokens: listOf(anyText) })),
    unsealedTagManifests: listOf(anyText),
    undeclaredSealFiles: listOf(anyText),
    laterLevelFiles: listOf(anyText),
    sealFilesOmitted: count,
    revocationFiles: listedOf(object<{ readonly path: string }>({ path: anyText })),
  }),
  `the state of ${ITEMS}`,
  ({ formatKnown, format, files }) => (!formatKnown && format !== null) || files.some(({ path }) => path === ITEMS),
)
