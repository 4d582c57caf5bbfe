import { CUSTODY, ITEMS } from '../bundle/layout.ts'
import type { CheckpointFacts } from '../custody/history-facts.ts'
import { fromHex, toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { CommonCore } from './common-core.ts'
import { coreOf } from './core-of.ts'
import { DigestTable, EMPTY_FILE, firstDifference } from './digest-table.ts'
import { type LineDigests, type LogLines, rootOf } from './log-lines.ts'
import type { LogView } from './log-view.ts'

/** How the logs of two bundles stand to each other. */
export const LOG_RELATIONS = [
  'SAME HISTORY',
  'ONE EXTENDS THE OTHER',
  'FORK',
  'SEPARATE LOGS WITH COMMON CONTENT',
  'UNRELATED',
  'CANNOT TELL',
] as const

/** One of LOG_RELATIONS. */
export type LogRelationName = (typeof LOG_RELATIONS)[number]

/** Why a relation is what it is, where its name alone does not say it. */
export type LogRelationReason =
  /** FORK: events or items differ at a common position; fewer items later; two heads of one size. */
  | 'events-differ'
  | 'items-differ'
  | 'items-dropped'
  | 'heads-differ'
  /** CANNOT TELL. */
  | 'no-log'
  | 'contradicts-itself'
  | 'key-not-trusted'
  | 'other-key'
  | 'lines-missing'
  | 'items-not-bound'
  | 'items-missing'
  | 'case-id-withheld'

/** What two bundles of differing origins have in common. */
export interface SharedContent {
  readonly events: number
  readonly items: number
  /** Commitments to a file's SHA-256: the same salt and the same digest. */
  readonly commitments: number
  /** Files by their SHA-256, empty ones apart. */
  readonly payload: number
  readonly logId: boolean
  /** Null while either is withheld. */
  readonly caseId: boolean | null
}

/** Where two logs of one origin part. */
export interface LogDifference {
  readonly file: typeof CUSTODY | typeof ITEMS
  /** From 0; null where the lines are not at hand. */
  readonly position: number | null
  /** Line digests, hex; null where a side has no such line, or lines are not at hand. */
  readonly a: string | null
  readonly b: string | null
}

/** How the logs of two bundles stand to each other, and by what that is told. */
export interface LogRelation {
  readonly relation: LogRelationName
  readonly reason: LogRelationReason | null
  /** The bundle with more events. */
  readonly longer: 'a' | 'b' | null
  /** Of FORK, and of CANNOT TELL where the lines contradict each other all the same. */
  readonly differs: LogDifference | null
  /** Of CANNOT TELL: whether the lines agree as far as both go; null where that cannot be said. */
  readonly linesAgree: boolean | null
  /** The two signed heads: of FORK, the proof. */
  readonly heads: { readonly a: CheckpointFacts | null; readonly b: CheckpointFacts | null }
  /** Of differing origins only. */
  readonly shared: SharedContent | null
  /** Null unless events and items agree as far as both go. */
  readonly commonCore: CommonCore | null
}

/** Compares the logs of two bundles, as section 7.9 of the specification says. */
export function relateLogs(a: LogView, b: LogView, digest: SmallDigest): LogRelation {
  const heads = { a: a.head, b: b.head }
  const base = { longer: null, differs: null, linesAgree: null, heads, shared: null, commonCore: null }
  if (a.standing.state === 'no-log' || b.standing.state === 'no-log' || a.origin === null || b.origin === null) {
    return { ...base, relation: 'CANNOT TELL', reason: 'no-log' }
  }
  if (a.origin !== b.origin) return { ...base, ...relateSeparate(a, b) }
  return { ...base, ...relateOneOrigin(a, b, digest) }
}

type Outcome = Pick<LogRelation, 'relation' | 'reason'> & Partial<LogRelation>

function relateOneOrigin(a: LogView, b: LogView, digest: SmallDigest): Outcome {
  const lines = compareEvents(a, b, digest)
  const items = lines?.agree === true ? compareItems(a, b, digest) : null
  const longer = longerOf(a, b)
  const differs = lines?.differs ?? items?.differs ?? null
  const unsure = (reason: LogRelationReason): Outcome => {
    const linesAgree = lines === null ? null : lines.agree && items?.differs === undefined
    return {
      relation: 'CANNOT TELL',
      reason,
      longer,
      differs,
      linesAgree,
      commonCore: core(a, b, lines, items, digest),
    }
  }
  const [one, other] = [a.standing, b.standing]
  if (one.state === 'no-log' || other.state === 'no-log') return unsure('no-log')
  // Two signed heads of one size and differing roots are two histories, whatever the lines beside them say.
  const isSignedByOne = one.signer !== null && one.signer === other.signer
  if (isSignedByOne && a.head?.size === b.head?.size && a.head?.root !== b.head?.root) {
    // Of lines that are not those that were signed, no position is said.
    const areSigned = one.state === 'trusted' && other.state === 'trusted'
    const nowhere = { file: CUSTODY, position: null, a: null, b: null } as const
    return { relation: 'FORK', reason: 'heads-differ', differs: (areSigned ? lines?.differs : null) ?? nowhere }
  }
  if (one.state === 'contradicts' || other.state === 'contradicts') return unsure('contradicts-itself')
  if (one.state !== 'trusted' || other.state !== 'trusted') return unsure('key-not-trusted')
  if (lines === null) return unsure('lines-missing')
  if (!lines.agree) {
    // A log is one origin and one key: who copies the origin under a key of his own makes no fork.
    if (!one.keys.some((key) => other.keys.includes(key))) return unsure('other-key')
    return { relation: 'FORK', reason: 'events-differ', longer, differs }
  }
  if (items === null) return unsure(a.items === null || b.items === null ? 'items-not-bound' : 'lines-missing')
  if (items.differs !== undefined) return { relation: 'FORK', reason: items.reason, longer, differs: items.differs }
  const commonCore = core(a, b, lines, items, digest)
  const relation = longer === null ? 'SAME HISTORY' : 'ONE EXTENDS THE OTHER'
  return { relation, reason: null, longer, linesAgree: true, commonCore }
}

function longerOf(a: LogView, b: LogView): 'a' | 'b' | null {
  const difference = (a.head?.size ?? 0) - (b.head?.size ?? 0)
  return difference === 0 ? null : difference > 0 ? 'a' : 'b'
}

interface Agreement {
  readonly agree: boolean
  readonly differs?: LogDifference
}

/** The larger log's lines at the size of the smaller one, against its root. Null where the lines are not at hand. */
function compareEvents(a: LogView, b: LogView, digest: SmallDigest): Agreement | null {
  const [first, second] = [a.head, b.head]
  if (first === null || second === null) return null
  const size = Math.min(first.size, second.size)
  const rootAt = (view: LogView, head: CheckpointFacts): string | null => {
    // The root over all lines was set against the head when it was judged.
    if (head.size === size && view.standing.state !== 'contradicts') return head.root
    const events = view.lines?.events ?? null
    if (events !== null && events.count >= size) return rootOf(events.packed, size, digest)
    return head.size === size ? head.root : null
  }
  const [rootA, rootB] = [rootAt(a, first), rootAt(b, second)]
  // A log without a line has nothing in common with anything.
  if (size === 0 || rootA === null || rootB === null) return null
  if (rootA === rootB) return { agree: true }
  return { agree: false, differs: place(CUSTODY, a.lines?.events ?? null, b.lines?.events ?? null, size) }
}

/** Items are appended and never taken away: as far as both go, each position has one line. */
function compareItems(
  a: LogView,
  b: LogView,
  digest: SmallDigest,
): (Agreement & { readonly reason: 'items-differ' | 'items-dropped' | null }) | null {
  if (a.items === null || b.items === null) return null
  const count = Math.min(a.items.count, b.items.count)
  const [itemsA, itemsB] = [a.lines?.items ?? null, b.lines?.items ?? null]
  const later = longerOf(a, b)
  const [older, newer] = later === 'a' ? [b.items, a.items] : [a.items, b.items]
  if (later === null ? older.count !== newer.count : newer.count < older.count) {
    const differs: LogDifference = { file: ITEMS, position: count, a: at(itemsA, count), b: at(itemsB, count) }
    return { agree: false, reason: 'items-dropped', differs }
  }
  const rootAt = (view: LogView['items'], items: LineDigests | null) =>
    view?.count === count ? view.root : items !== null ? rootOf(items.packed, count, digest) : null
  const [rootA, rootB] = [rootAt(a.items, itemsA), rootAt(b.items, itemsB)]
  if (rootA === null || rootB === null) return null
  if (rootA === rootB) return { agree: true, reason: null }
  return { agree: false, reason: 'items-differ', differs: place(ITEMS, itemsA, itemsB, count) }
}

function place(file: LogDifference['file'], a: LineDigests | null, b: LineDigests | null, size: number): LogDifference {
  const position =
    a === null || b === null ? null : firstDifference(a.packed, b.packed, Math.min(size, a.count, b.count))
  if (position === null) return { file, position, a: null, b: null }
  return { file, position, a: at(a, position), b: at(b, position) }
}

function at(lines: LineDigests | null, position: number): string | null {
  if (lines === null || position >= lines.count) return null
  return toHex(lines.packed.subarray(position * 32, position * 32 + 32))
}

function core(
  a: LogView,
  b: LogView,
  lines: Agreement | null,
  items: Agreement | null,
  digest: SmallDigest,
): CommonCore | null {
  const smaller = longerOf(a, b) === 'a' ? b : a
  if (lines?.agree !== true || items?.agree !== true) return null
  return coreOf(smaller, digest)
}

function relateSeparate(a: LogView, b: LogView): Outcome {
  const shared = sharedContent(a, b)
  const linesAgree = null
  if ([a, b].some(({ standing }) => standing.state === 'contradicts')) {
    return { relation: 'CANNOT TELL', reason: 'contradicts-itself', shared, linesAgree }
  }
  const { events, items, commitments, payload, logId, caseId } = shared
  if (events > 0 || items > 0 || commitments > 0 || payload > 0 || logId || caseId === true) {
    return { relation: 'SEPARATE LOGS WITH COMMON CONTENT', reason: null, shared }
  }
  if (a.lines === null || b.lines === null) return { relation: 'CANNOT TELL', reason: 'lines-missing', shared }
  if (a.lines.items === null || b.lines.items === null) {
    return { relation: 'CANNOT TELL', reason: 'items-missing', shared }
  }
  if (caseId === null) return { relation: 'CANNOT TELL', reason: 'case-id-withheld', shared }
  return { relation: 'UNRELATED', reason: null, shared }
}

function sharedContent(a: LogView, b: LogView): SharedContent {
  const none = new Uint8Array(0)
  const count = (of: (lines: LogLines) => Uint8Array | undefined) => {
    const [first = none, second = none] = [a.lines, b.lines].map((lines) => (lines === null ? none : of(lines)))
    return new DigestTable(first).countShared(second)
  }
  const [caseA, caseB] = [a.lines?.caseId ?? null, b.lines?.caseId ?? null]
  const areItemsOne = a.items !== null && a.items.count > 0 && a.items.root === b.items?.root
  return {
    events: count(({ events }) => events?.packed),
    items: areItemsOne ? a.items.count : count(({ items }) => items?.packed),
    commitments: count(({ items }) => items?.commitments),
    payload: count(payloadOf),
    logId: a.logId !== null && a.logId === b.logId,
    caseId: caseA === null || caseB === null ? null : caseA === caseB,
  }
}

/** Every file that a bundle names by its SHA-256, in the manifest or in an opened field, once; empty files apart. */
function payloadOf({ items, payload }: LogLines): Uint8Array {
  const opened = items === null ? new Uint8Array(0) : items.sha256
  const listed = new DigestTable(payload)
  const isNew = (octets: number, from: Uint8Array) => listed.indexOf(from, octets) === -1
  const empty = new DigestTable(fromHex(EMPTY_FILE) ?? new Uint8Array(0))
  const found = new Uint8Array(payload.length + opened.length)
  let end = 0
  const add = (from: Uint8Array, octets: number) => {
    if (empty.indexOf(from, octets) !== -1) return
    found.set(from.subarray(octets, octets + 32), end)
    end += 32
  }
  for (let octets = 0; octets < payload.length; octets += 32) {
    if (listed.indexOf(payload, octets) === octets / 32) add(payload, octets)
  }
  for (let seq = 0; seq < (items?.count ?? 0); seq++) {
    if (items?.hasSha256[seq] === 1 && isNew(seq * 32, opened)) add(opened, seq * 32)
  }
  return found.subarray(0, end)
}
