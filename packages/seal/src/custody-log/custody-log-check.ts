import {
  canonicalText,
  EVENT_TYPES,
  encodeUtf8,
  equalBytes,
  fromBase64,
  fromBase64Url,
  fromHex,
  ITEM_TYPE,
  isJsonObject,
  keyChangeStatement,
  type LineType,
  lineDigest,
  type OpenableFile,
  parseNoteVerifierKey,
  type SmallDigest,
  toHex,
} from '@probatum/core'
import { smallDigest } from '../digest.ts'
import { type CustodyLog, textAsJson } from './custody-log.ts'
import { LogTree } from './custody-log-tree.ts'
import { ExportedItemsCheck } from './exported-items.ts'

/** A place of a log that does not hold. */
export interface LogProblem {
  readonly file: OpenableFile | 'checkpoints.jsonl'
  readonly seq: number
  readonly code:
    | 'malformed'
    | 'seq'
    | 'prev'
    | 'opening'
    | 'opening-missing'
    | 'checkpoint-root'
    | 'checkpoint-size'
    | 'head'
    | 'log-start'
    | 'key'
    | 'exported-items'
  /** Field of an opening; '' otherwise. */
  readonly field: string
}

/** What reading a kept log from its beginning gives: numbers, roots, and what is wrong. */
export interface LogCheck {
  readonly events: number
  readonly items: number
  readonly openings: number
  /** Merkle root over the line digests of custody.jsonl, hex. */
  readonly root: string
  readonly itemRoot: string
  /** Every `log-key-change`, as it stands. */
  readonly keyChanges: readonly LoggedKeyChange[]
  readonly problems: readonly LogProblem[]
  readonly problemsOmitted: number
}

/** A change of the log's key, and what its signature is over. */
export interface LoggedKeyChange {
  readonly seq: number
  readonly verifierKey: string
  readonly signedBy: string
  /** Octets; empty for what is no base64. */
  readonly signature: Uint8Array
  readonly statement: Uint8Array
}

/** A hundred are enough to see what happened to a log; all are counted. */
const PROBLEMS = 100

/**
 * Reads a whole log: every line in form and in its place, chained, every opening in the slot of its name, every kept
 * checkpoint over a beginning of it, and the items those that its exports were over.
 */
export async function checkCustodyLog(log: CustodyLog, digest: SmallDigest = smallDigest): Promise<LogCheck> {
  const problems: LogProblem[] = []
  let omitted = 0
  const note = (file: LogProblem['file'], seq: number, code: LogProblem['code'], field = '') => {
    if (problems.length < PROBLEMS) problems.push({ file, seq, code, field })
    else omitted += 1
  }
  let openings = 0
  const keyChanges: LoggedKeyChange[] = []
  const exported = new ExportedItemsCheck()
  const roots = { 'custody.jsonl': new LogTree(digest), 'items.jsonl': new LogTree(digest) }
  for (const file of ['custody.jsonl', 'items.jsonl'] as const) {
    let previous: Uint8Array = new Uint8Array(32)
    let seq = 0
    for await (const line of log.lines(file)) {
      const found = readLine(line.text, file)
      if (found === undefined) note(file, seq, 'malformed')
      else {
        if (found.seq !== seq) note(file, seq, 'seq')
        if (file === 'custody.jsonl' && !equalBytes(found.prev, previous)) note(file, seq, 'prev')
        if (file === 'custody.jsonl' && (seq === 0) !== (found.type === 'log-start')) note(file, seq, 'log-start')
        if (seq === 0 && file === 'custody.jsonl' && (found.logId !== log.id || found.origin !== log.origin))
          note(file, seq, 'log-start')
        if (found.type === 'log-key-change') {
          const change = keyChangeIn(line.text, seq, log.id, digest)
          if (change === undefined) note(file, seq, 'key')
          else keyChanges.push(change)
        }
        for (const { field, opening, seq: at } of line.openings) {
          const slot = found.slots.get(field)
          openings += 1
          if (at !== seq || slot === undefined || !equalBytes(slot, digest('sha256', encodeUtf8(opening))))
            note(file, seq, 'opening', field)
        }
        if (
          file === 'items.jsonl' &&
          !['path', 'size', 'sha256'].every((name) => line.openings.some(({ field }) => field === name))
        )
          note(file, seq, 'opening-missing')
      }
      if (file === 'custody.jsonl') exported.add(seq, line.text)
      previous = lineDigest(encodeUtf8(line.text), digest)
      roots[file].append(previous)
      seq += 1
    }
    if (file === 'custody.jsonl' && !equalBytes(previous, log.head)) note(file, seq - 1, 'head')
  }
  for (const seq of exported.contradictedBy(roots['items.jsonl'])) note('custody.jsonl', seq, 'exported-items')
  const last = keyChanges.at(-1)
  if (last !== undefined && last.verifierKey !== log.verifierKey) note('custody.jsonl', last.seq, 'key')
  const tree = roots['custody.jsonl']
  for (const [at, { size, root }] of log.checkpoints.entries()) {
    if (size > tree.size) note('checkpoints.jsonl', at, 'checkpoint-size')
    else if (toHex(tree.root(size)) !== root) note('checkpoints.jsonl', at, 'checkpoint-root')
  }
  return {
    events: tree.size,
    items: roots['items.jsonl'].size,
    openings,
    root: toHex(tree.root()),
    itemRoot: toHex(roots['items.jsonl'].root()),
    keyChanges,
    problems,
    problemsOmitted: omitted,
  }
}

/** `undefined` when its key is not that of its fingerprint. */
function keyChangeIn(text: string, seq: number, logId: string, digest: SmallDigest): LoggedKeyChange | undefined {
  const value = textAsJson(text)
  const { logKey, prev, signature, signedBy, verifierKey } = isJsonObject(value) ? value : {}
  if (typeof logKey !== 'string' || typeof prev !== 'string' || typeof verifierKey !== 'string') return undefined
  if (parseNoteVerifierKey(verifierKey, digest)?.fingerprint !== logKey) return undefined
  return {
    seq,
    verifierKey,
    signedBy: String(signedBy),
    signature: fromBase64(String(signature)) ?? new Uint8Array(0),
    statement: keyChangeStatement({ logId, logKey, prev, seq }),
  }
}

interface ReadLine {
  readonly seq: unknown
  readonly type: string
  readonly prev: Uint8Array
  readonly logId: unknown
  readonly origin: unknown
  /** Octets of each slot by its name. */
  readonly slots: ReadonlyMap<string, Uint8Array>
}

/** `undefined` for a line that is not canonical, or has other members than its type. */
function readLine(text: string, file: OpenableFile): ReadLine | undefined {
  const value = textAsJson(text)
  if (!isJsonObject(value) || canonicalText(value) !== text) return undefined
  const types: Readonly<Record<string, LineType>> = file === 'items.jsonl' ? { item: ITEM_TYPE } : EVENT_TYPES
  const { type, sd, prev, seq, logId, origin } = value
  const lineType = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined
  if (typeof type !== 'string' || lineType === undefined || !Array.isArray(sd)) return undefined
  const members = ['salt', 'sd', 'seq', 'type', ...(file === 'items.jsonl' ? [] : ['prev']), ...lineType.clear].sort()
  if (Object.keys(value).sort().join() !== members.join() || sd.length !== lineType.slots.length) return undefined
  const slots = new Map<string, Uint8Array>()
  for (const [at, name] of lineType.slots.entries()) {
    const slot: unknown = sd[at]
    const octets = typeof slot === 'string' ? fromBase64Url(slot) : undefined
    if (octets?.length !== 32) return undefined
    slots.set(name, octets)
  }
  const before = typeof prev === 'string' ? fromHex(prev) : undefined
  if (file === 'custody.jsonl' && before?.length !== 32) return undefined
  return { seq, type, prev: before ?? new Uint8Array(0), logId, origin, slots }
}
