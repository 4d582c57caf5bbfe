import type { DisclosedFile, OpenableFile } from '../bundle/line-types.ts'
import type { TimeProblem } from '../custody/event-times.ts'
import type {
  CheckpointFacts,
  CustodyFacts,
  DisclosureFacts,
  GroundProblem,
  HandoverFacts,
  HistoryFacts,
  HistoryFileState,
  KeyChangeFacts,
  LineBreak,
  LinePlace,
  LogFacts,
  OpenedCheck,
  OpeningProblem,
  PayloadBinding,
  PayloadBindingProblem,
  WithheldPlace,
} from '../custody/history-facts.ts'
import { flag, integer, listOf, object, orNull, type Shape } from '../json/shape.ts'
import { LIMITS } from '../model/limits.ts'
import { anyText, base64, codes, count, countOrNull, listedOf, PARSE_FAILURE, sha256, textOrNull } from './parts.ts'

/** Lines are counted from 1. */
const line: Shape<number> = integer(1)
const sha256OrNull = orNull(sha256)

export const HISTORY_STATE = codes<HistoryFileState>({
  read: true,
  absent: true,
  unreadable: true,
  limit: true,
  invalid: true,
})
const END_STATE = codes<CustodyFacts['logStart']['state']>({
  present: true,
  withheld: true,
  'other-type': true,
  unread: true,
  absent: true,
})
export const OPENABLE_FILE: Shape<OpenableFile> = codes<OpenableFile>({ 'custody.jsonl': true, 'items.jsonl': true })
export const DISCLOSED_FILE: Shape<DisclosedFile> = codes<DisclosedFile>({
  'authorisation.json': true,
  'custody.jsonl': true,
  'items.jsonl': true,
})

const BREAK = object<LineBreak>({
  line,
  code: codes<LineBreak['code']>({ broken: true, fork: true, gap: true, repeated: true, 'out-of-order': true }),
  expected: anyText,
  found: anyText,
  at: orNull(line),
})

export function linePlace<Code extends string>(all: Readonly<Record<Code, true>>): Shape<LinePlace<Code>> {
  const members = { line, code: codes<Code>(all), expected: textOrNull, found: textOrNull }
  return object<LinePlace<Code>>(
    members as { readonly [K in keyof LinePlace<Code>]-?: Shape<Exclude<LinePlace<Code>[K], undefined>> },
  )
}

function openedCheck<Code extends string>(
  all: Readonly<Record<Code | 'malformed-value', true>>,
): Shape<OpenedCheck<Code>> {
  const problems = listedOf(linePlace<Code | 'malformed-value'>(all))
  const members = { compared: count, open: count, problems }
  return object<OpenedCheck<Code>>(
    members as { readonly [K in keyof OpenedCheck<Code>]-?: Shape<Exclude<OpenedCheck<Code>[K], undefined>> },
  )
}

const WITHHELD = object<WithheldPlace>({ line, code: codes<'withheld'>({ withheld: true }), ground: textOrNull })

const CUSTODY_FACTS = object<CustodyFacts>({
  state: HISTORY_STATE,
  lines: count,
  stubs: count,
  unread: count,
  links: object<CustodyFacts['links']>({ compared: count, broken: listedOf(BREAK) }),
  order: listedOf(BREAK),
  logStart: object<CustodyFacts['logStart']>({
    state: END_STATE,
    logId: textOrNull,
    logKey: textOrNull,
    origin: textOrNull,
    first: flag,
    again: listedOf(linePlace<string>({ again: true })),
  }),
  keyChanges: listOf(
    object<KeyChangeFacts>({
      line,
      logKey: anyText,
      verifierKey: anyText,
      signedBy: anyText,
      signature: anyText,
      statement: base64,
    }),
    { maximum: LIMITS.logKeyChanges },
  ),
  keyChangesOmitted: count,
  ownExport: object<CustodyFacts['ownExport']>(
    {
      state: END_STATE,
      authorisation: textOrNull,
      exportNumber: textOrNull,
      itemCount: orNull(integer(Number.MIN_SAFE_INTEGER)),
      itemRoot: textOrNull,
      again: listedOf(linePlace<string>({ again: true })),
    },
    ['again'],
  ),
  authorisationSha256: sha256OrNull,
  unknownTypes: listedOf(linePlace<string>({ 'unknown-type': true })),
  withheld: listedOf(WITHHELD),
  created: textOrNull,
  times: openedCheck<TimeProblem>({ 'later-than-record': true, 'before-acquisition': true, 'malformed-value': true }),
  objects: openedCheck<'no-item'>({ 'no-item': true, 'malformed-value': true }),
  digests: openedCheck<'differs'>({ differs: true, 'malformed-value': true }),
  handovers: listedOf(
    object<HandoverFacts>({
      line,
      code: codes<HandoverFacts['code']>({
        holds: true,
        'name-closed': true,
        'one-for-both': true,
        'other-content': true,
        signature: true,
        replayed: true,
        malformed: true,
        'not-signed': true,
        'line-unread': true,
        unsupported: true,
        limit: true,
      }),
      by: codes<HandoverFacts['by']>({ giver: true, receiver: true }),
      certificate: sha256OrNull,
      failure: orNull(PARSE_FAILURE),
    }),
  ),
})

export const CHECKPOINT_FACTS: Shape<CheckpointFacts> = object<CheckpointFacts>({
  origin: anyText,
  size: count,
  root: sha256,
  text: base64,
  signatures: listOf(object<CheckpointFacts['signatures'][number]>({ name: anyText, signature: base64 }), {
    // As many as fit into a checkpoint: the shortest line has 15 octets.
    maximum: Math.ceil(LIMITS.checkpointBytes / 15),
  }),
})

const LOG_FACTS = object<LogFacts>(
  {
    state: HISTORY_STATE,
    checkpoint: orNull(CHECKPOINT_FACTS),
    root: sha256OrNull,
    lines: countOrNull,
    itemRoot: sha256OrNull,
    itemLines: countOrNull,
    proofs: object<LogFacts['proofs']>({
      state: HISTORY_STATE,
      count,
      unread: count,
      problems: listedOf(
        linePlace<'proof' | 'history-differs' | 'other-size'>({
          proof: true,
          'history-differs': true,
          'other-size': true,
        }),
      ),
    }),
    earlierExports: object<NonNullable<LogFacts['earlierExports']>>({
      compared: count,
      omitted: count,
      problems: listedOf(linePlace<'items-differ' | 'items-fewer'>({ 'items-differ': true, 'items-fewer': true })),
    }),
  },
  ['earlierExports'],
)

export const OPENING_PROBLEM: Shape<OpeningProblem> = object<OpeningProblem>({
  file: DISCLOSED_FILE,
  line,
  field: anyText,
  code: codes<OpeningProblem['code']>({
    'no-slot': true,
    'other-slot': true,
    twice: true,
    'no-line': true,
    'no-such-field': true,
    'clear-member': true,
    'own-export': true,
    'line-withheld': true,
    'line-unread': true,
    malformed: true,
    'malformed-value': true,
  }),
})

const GROUND_PROBLEM = object<GroundProblem>({
  file: DISCLOSED_FILE,
  line,
  field: textOrNull,
  code: codes<GroundProblem['code']>({
    'no-line': true,
    'line-shown': true,
    'line-unread': true,
    'field-opened': true,
    'no-such-field': true,
  }),
})

const PAYLOAD_BINDING = object<PayloadBinding>({
  files: count,
  bound: count,
  problems: listedOf(
    object<PayloadBindingProblem>({
      path: anyText,
      line: orNull(line),
      code: codes<PayloadBindingProblem['code']>({
        'sha256-differs': true,
        'sha512-differs': true,
        'size-differs': true,
        closed: true,
        'several-items': true,
        'no-item': true,
        'no-file': true,
      }),
    }),
  ),
  allPathsOpened: flag,
})

const DISCLOSURE_FACTS = object<DisclosureFacts>({
  state: HISTORY_STATE,
  openings: count,
  holding: count,
  saltsAgain: count,
  problems: listedOf(OPENING_PROBLEM),
  grounds: count,
  groundProblems: listedOf(GROUND_PROBLEM),
  fields: object<DisclosureFacts['fields']>({ slots: count, opened: count, grounded: count }),
  items: object<DisclosureFacts['items']>({
    state: HISTORY_STATE,
    lines: count,
    unread: count,
    opened: count,
    withheld: listedOf(WITHHELD),
  }),
  copies: object<DisclosureFacts['copies']>({
    count,
    problems: listedOf(
      linePlace<'no-original' | 'original-differs' | 'malformed-value'>({
        'no-original': true,
        'original-differs': true,
        'malformed-value': true,
      }),
    ),
  }),
  payload: orNull(PAYLOAD_BINDING),
})

export const HISTORY_FACTS: Shape<HistoryFacts> = object<HistoryFacts>({
  custody: CUSTODY_FACTS,
  log: LOG_FACTS,
  disclosure: DISCLOSURE_FACTS,
})
