import { listOf, noteProblem, object, orNull } from '../json/shape.ts'
import type {
  DocumentChange,
  DocumentData,
  DocumentFacts,
  DocumentRevision,
  DocumentSignature,
} from '../model/document-facts.ts'
import { anyText, codes, count, countOrNull, PARSE_FAILURE, sha256, textOrNull } from './parts.ts'

const OPEN = { 'other-version': true, 'no-data': true } as const

const REVISION = object<DocumentRevision>({
  from: count,
  to: count,
  adds: listOf(codes<DocumentRevision['adds'][number]>({ signature: true, 'document-timestamp': true, dss: true }), {
    maximum: 100,
  }),
  changes: listOf(
    object<DocumentChange>({
      code: codes<DocumentChange['code']>({
        'object-replaced': true,
        'object-added': true,
        'object-freed': true,
        catalog: true,
        page: true,
        annotation: true,
        trailer: true,
        dss: true,
        unaccounted: true,
        unreadable: true,
      }),
      object: countOrNull,
      at: anyText,
    }),
    { maximum: 1000 },
  ),
  changesOmitted: count,
})

const SIGNATURE = object<DocumentSignature>({
  path: anyText,
  kind: codes<DocumentSignature['kind']>({ signature: true, 'document-timestamp': true, other: true }),
  revision: countOrNull,
  subFilter: textOrNull,
  claimedTime: textOrNull,
  // Hostile files have any numbers here.
  byteRange: orNull(
    listOf(
      (value, member, report) => {
        if (typeof value === 'number' && Number.isFinite(value)) return value
        noteProblem(report, { member, expected: 'a number', found: typeof value })
        return undefined
      },
      { maximum: 8 },
    ),
  ),
  coverage: codes<DocumentSignature['coverage']>({
    covers: true,
    'not-four': true,
    'out-of-range': true,
    'not-whole': true,
    'not-its-contents': true,
    packed: true,
  }),
  contents: codes<DocumentSignature['contents']>({ filled: true, empty: true, trailing: true, absent: true }),
})

const DATA = object<DocumentData>({
  state: codes<DocumentData['state']>({ agree: true, disagree: true, lost: true, malformed: true, limit: true }),
  where: textOrNull,
  expected: textOrNull,
  found: textOrNull,
  version: textOrNull,
  build: textOrNull,
  certificateId: orNull(sha256),
  reportDigest: orNull(sha256),
  bundleId: orNull(sha256),
  indication: orNull(
    codes<NonNullable<DocumentData['indication']>>({
      'TOTAL-PASSED': true,
      'TOTAL-FAILED': true,
      INDETERMINATE: true,
    }),
  ),
  validationTime: textOrNull,
  sample: (value, member, report) => {
    if (typeof value === 'boolean') return value
    noteProblem(report, { member, expected: 'true or false', found: typeof value })
    return undefined
  },
})

export const DOCUMENT_FACTS = object<DocumentFacts>({
  failure: orNull(PARSE_FAILURE),
  revisions: listOf(REVISION, { maximum: 1000 }),
  signatures: listOf(SIGNATURE, { maximum: 1000 }),
  signaturesOmitted: count,
  data: DATA,
  base: object<DocumentFacts['base']>({
    state: codes<DocumentFacts['base']['state']>({ same: true, altered: true, other: true, ...OPEN }),
    bytes: countOrNull,
    firstDifference: countOrNull,
    differing: countOrNull,
  }),
  shown: object<DocumentFacts['shown']>({
    state: codes<DocumentFacts['shown']['state']>({
      same: true,
      'text-same': true,
      differs: true,
      added: true,
      'pages-missing': true,
      'other-pages': true,
      'made-anew': true,
      unread: true,
      ...OPEN,
    }),
    pages: countOrNull,
    expectedPages: countOrNull,
    pieces: countOrNull,
    found: countOrNull,
    firstPage: countOrNull,
  }),
  report: object<DocumentFacts['report']>({
    state: codes<DocumentFacts['report']['state']>({ follows: true, differs: true, ...OPEN }),
  }),
  bundle: orNull(
    object<NonNullable<DocumentFacts['bundle']>>({
      state: codes<NonNullable<DocumentFacts['bundle']>['state']>({
        same: true,
        'content-differs': true,
        'facts-differ': true,
        'other-bundle': true,
        ...OPEN,
      }),
      contentSha256: sha256,
    }),
  ),
  sidecar: orNull(
    object<NonNullable<DocumentFacts['sidecar']>>({
      state: codes<NonNullable<DocumentFacts['sidecar']>['state']>({
        same: true,
        'other-certificate': true,
        'printed-same': true,
        'printed-differs': true,
        'no-digests': true,
      }),
      printed: listOf(sha256, { maximum: 10_000 }),
      unknown: count,
    }),
  ),
})
