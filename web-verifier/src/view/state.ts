import type {
  Beside,
  Choice,
  Engine,
  Failure,
  FileDigests,
  FileId,
  FileMatch,
  FileStanding,
  Progress,
  Run,
  Subject,
  SubjectId,
  Told,
  Verified,
} from '../engine/engine.ts'
import type { PageLanguage } from '../texts/texts.ts'

/** One thing that is checked, from waiting to its end. */
export interface Item {
  readonly subject: Subject
  /** `left-out`: something had to be chosen for it, and was not. */
  state: 'waiting' | 'running' | 'done' | 'stopped' | 'failed' | 'left-out'
  progress: Progress | null
  result: Verified | null
  /** Of a saved report what it says; it has no result. */
  told: Told | null
  failure: Failure | null
  /** What a reader chose to see of the list of files; kept when the language changes. */
  files: { standing: FileStanding | null; search: string; offset: number }
  typed: string
  /** Numbers of certificates that were made of this result while the page is open. */
  readonly certificates: string[]
  /** The same result with opened values, once somebody asked for them. */
  opened: Verified | null
  isOpenedShown: boolean
  /** While they are read, which reads the bundle again. */
  opening: Run<Verified> | null
}

export function newItem(subject: Subject): Item {
  return {
    subject,
    state: 'waiting',
    progress: null,
    result: null,
    told: null,
    failure: null,
    files: { standing: null, search: '', offset: 0 },
    typed: '',
    certificates: [],
    opened: null,
    isOpenedShown: false,
    opening: null,
  }
}

/** What the person chose about how to check. */
export interface ChoiceState {
  policy: string
  trustSet: string | null
  typedCode: string
  at: string
  part: boolean
  /** Original file names are shown, and stated, where the bundle opens them. */
  names: boolean
  /** Whom the bundle should be for, as it was typed or read from a file. */
  recipient: string
  /** Of each time-stamp or signature, the file that it is said to be over; of a PDF or an evidence record the bundle. */
  readonly over: Map<string, FileId>
  /** Of each evidence record, the files that it is said to be over, where the person ticked others. */
  readonly data: Map<SubjectId, readonly FileId[]>
  readonly role: Map<string, 'signer' | 'time-stamp-authority'>
}

export type Screen = 'start' | 'looking' | 'found' | 'running' | 'list' | 'result'

export interface PageState {
  language: PageLanguage
  screen: Screen
  items: Item[]
  shown: Item | null
  choice: ChoiceState
  /** Last answers about single files, by file. */
  readonly digests: Map<FileId, FileDigests>
  readonly matches: Map<FileId, FileMatch | null>
  /** Why a key under a pass phrase is still closed, by file. */
  readonly locked: Map<FileId, 'passphraseNotOpen' | 'passphraseNoKey' | 'unlocking'>
  /** The first row that is shown of each list of what was handed over. */
  readonly listsFrom: Map<string, number>
  /** Why what was handed over could not be looked at. */
  intakeFailure: Failure | 'drop' | null
  run: Run<unknown> | null
}

const DEFAULT_POLICY = 'sealed'

export function newChoice(engine: Engine): ChoiceState {
  const ofEdition = engine.policies.find(({ from }) => from === 'edition')
  const list = engine.trustSets.find(({ from }) => from === 'edition')
  return {
    policy: ofEdition?.id ?? DEFAULT_POLICY,
    trustSet: list?.id ?? null,
    typedCode: '',
    at: '',
    part: false,
    names: false,
    recipient: '',
    over: new Map(),
    data: new Map(),
    role: new Map(),
  }
}

/** Policies that can be chosen: the page's, and those of files that were given. */
export function policiesOf({ policies, intake }: Engine) {
  return [...policies, ...intake.beside.flatMap((each) => (each.kind === 'policy' ? [each.policy] : []))]
}

/** Trust sets that can be chosen; the sample's only for samples. */
export function trustSetsOf({ trustSets, intake }: Engine, isSample: boolean) {
  return [
    ...trustSets.filter(({ from }) => from !== 'sample' || isSample),
    ...intake.beside.flatMap((each) => (each.kind === 'trust-set' ? [each.trustSet] : [])),
  ]
}

/** Kinds of files given beside a bundle that take part in its judgement as they are. */
const JUDGED_BESIDE: ReadonlySet<Beside['kind']> = new Set(['crl', 'ocsp', 'disclosures', 'notice', 'sidecar'])

/** The file or bundle that something is said to be over or to belong to; empty for none, where that was chosen. */
export function overOf({ choice }: Pick<PageState, 'choice'>, subject: Subject): FileId | SubjectId | null {
  const chosen = choice.over.get(subject.id)
  if (chosen !== undefined) return chosen
  if (subject.kind === 'timestamp') return subject.data
  if (subject.kind === 'document' || subject.kind === 'evidence-record') return subject.bundle
  return subject.kind === 'signature' ? subject.content : null
}

/** Whether it is judged beside a bundle, and has no result of its own. */
export function isBeside(state: Pick<PageState, 'choice'>, subject: Subject): boolean {
  return subject.kind === 'evidence-record' && (overOf(state, subject) ?? '') !== ''
}

/** The evidence records that are judged beside a bundle. */
function recordsBeside(state: PageState, { intake }: Engine, bundle: SubjectId): readonly FileId[] {
  return intake.subjects.flatMap((subject) =>
    subject.kind === 'evidence-record' && overOf(state, subject) === bundle ? [subject.file] : [],
  )
}

/** The choice as the engine takes it. A code counts only when it was typed whole. */
export function choiceFor(state: PageState, engine: Engine, subject: Subject, showOpened = false): Choice {
  const { choice } = state
  const over = choice.over.get(subject.id)
  const data = choice.data.get(subject.id)
  const recipient = engine.recipientOf(choice.recipient)
  const role = choice.role.get(subject.id)
  const typed = choice.typedCode.trim()
  return {
    policy: choice.policy,
    trustSet: choice.trustSet,
    typedCode: choice.trustSet === null || typed === '' ? null : typed,
    at: choice.at.trim() === '' ? null : choice.at.trim(),
    part: choice.part,
    names: choice.names,
    showOpened: showOpened || choice.names,
    beside: [
      ...engine.intake.beside.flatMap(({ kind, file }) => (JUDGED_BESIDE.has(kind) ? [file] : [])),
      ...recordsBeside(state, engine, subject.id),
    ],
    recipient: recipient.state === 'read' ? recipient.recipient : null,
    ...(over === undefined ? {} : { over }),
    ...(data === undefined ? {} : { data }),
    ...(role === undefined ? {} : { role }),
  }
}
