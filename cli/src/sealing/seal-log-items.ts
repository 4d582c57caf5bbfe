import { createHash } from 'node:crypto'
import { canonicalText, type DigestAlgorithm, encodeUtf8, type JsonValue, lineDigest, toHex } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import {
  acquisitionsOf,
  type FieldValues,
  LineMaker,
  type NewLine,
  originalName,
  type PayloadDifference,
  PayloadDiffers,
  present,
  readAppendRequest,
  type TabledFile,
} from '@probatum/seal'
import { escapeForDisplay, groupDigits } from '@probatum/words'
import { describeBytes, itemsByContent, pooledRandom } from '../custody/custody-input.ts'
import type { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { InputError } from '../errors.ts'
import type { Terminal } from '../terminal.ts'
import { FreeItems } from './free-items.ts'
import type { NamedFile, SealSource } from './seal-source.ts'

/** What a seal over a log adds to it before its own export. */
export interface LogItemsPlan {
  readonly lines: readonly NewLine[]
  /** Fields of the events among them, in order, for showing them. */
  readonly events: readonly { readonly type: string; readonly fields: FieldValues }[]
  /** Files by the position of their item, whether it is new or not. */
  readonly bySeq: ReadonlyMap<number, NamedFile>
  /** Fields of new items, by position. */
  readonly added: ReadonlyMap<number, FieldValues>
  /** What the operator should know. */
  readonly notes: readonly string[]
}

/**
 * Brings files and the items of a log together: a file whose digest the log has is that item, every other one is added. Nothing is
 * written.
 * @throws {PayloadDiffers} when files are not what a bag's manifests list
 */
export async function planLogItems(
  log: CustodyLogFolder,
  items: readonly TabledFile<NamedFile>[],
  arrival: SealSource['arrival'],
  event: { readonly agent: string; readonly time: string },
): Promise<LogItemsPlan> {
  const free = new FreeItems(await itemsByContent(log))
  const maker = new LineMaker(log, { random: pooledRandom(), digest: nodeSmallDigest })
  const first = log.items
  const lines: NewLine[] = []
  const bySeq = new Map<number, NamedFile>()
  const added = new Map<number, FieldValues>()
  const newItems: TabledFile<NamedFile>[] = []
  const seqOf: number[] = []
  const differences: PayloadDifference[] = []
  const digestOf = await originalDigests(log, items)
  let untold = 0
  for (const item of items) {
    const { file } = item
    const described = await describe(file, item.originalName ?? file.name, differences)
    // Files of equal bytes are items of their own; each stands for one item at most, that of its name before others.
    const here = free.take(String(described.sha256), canonicalText(described.originalName ?? null))
    const seq = here ?? maker.items
    seqOf.push(seq)
    bySeq.set(seq, file)
    if (here !== undefined) {
      // Items are never changed: what a table says of them now was said when they were added, or is an event to be appended.
      if (Object.keys(item).length > 1) untold += 1
      continue
    }
    const { mediaType, description, modified, copyOf } = item
    const original = copyOf === undefined ? undefined : (seqOf[copyOf.seq] ?? 0)
    const fields = present({
      ...described,
      mediaType,
      description,
      modified,
      copyOf: original === undefined ? undefined : { line: digestOf.get(original) ?? '', seq: original },
      copyMethod: copyOf?.method,
      copyGround: copyOf?.ground,
      copyAgent: copyOf?.agent,
    })
    const line = maker.make(readAppendRequest({ type: 'item', fields: { ...fields } as JsonValue }, maker.items))
    lines.push(line)
    digestOf.set(line.seq, toHex(line.digest))
    added.set(seq, fields)
    newItems.push(item)
  }
  if (differences.length > 0) throw new PayloadDiffers('copied', differences)
  const events = newEvents(newItems, first, arrival, event)
  for (const { type, fields } of events)
    lines.push(maker.make(readAppendRequest({ type, fields: { ...fields } as JsonValue }, maker.items)))
  return { lines, events, bySeq, added, notes: untold === 0 ? [] : [sayUntold(untold)] }
}

function newEvents(
  items: readonly TabledFile<NamedFile>[],
  first: number,
  arrival: SealSource['arrival'],
  { agent, time }: { readonly agent: string; readonly time: string },
): LogItemsPlan['events'] {
  if (items.length === 0) return []
  const objects = [[first, first + items.length - 1]]
  const ours = { time, agent, instrument: 'probatum', objects }
  return [
    ...acquisitionsOf(items, first).map((fields) => ({ type: 'acquisition', fields })),
    ...(arrival === undefined
      ? []
      : [{ type: 'fixity-check', fields: { ...ours, outcome: 'equal', note: arrival.compared } }]),
    { type: 'ingestion', fields: present({ ...ours, note: arrival?.note }) },
  ]
}

/** Line digests of the items of the log, where a copy may need them. */
async function originalDigests(
  log: CustodyLogFolder,
  items: readonly TabledFile<NamedFile>[],
): Promise<Map<number, string>> {
  const digests = new Map<number, string>()
  if (items.every(({ copyOf }) => copyOf === undefined)) return digests
  for await (const { seq, text } of log.lines('items.jsonl'))
    digests.set(seq, toHex(lineDigest(encodeUtf8(text), nodeSmallDigest)))
  return digests
}

/** Size, digests and original name; and whether a bag lists other digests. */
async function describe(file: NamedFile, called: string | Uint8Array, differences: PayloadDifference[]) {
  const expected = file.expected ?? {}
  const algorithms = [...new Set(['sha256', 'sha512', ...Object.keys(expected)])] as DigestAlgorithm[]
  const hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const)
  let size = 0
  for await (const piece of file.open()) {
    for (const [, hash] of hashes) hash.update(piece)
    size += piece.length
  }
  const digests = Object.fromEntries(hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')]))
  for (const [what, digest] of Object.entries(expected))
    if (digests[what] !== digest)
      differences.push({
        name: file.path,
        path: file.path,
        what: what as DigestAlgorithm,
        expected: digest,
        found: digests[what] ?? 'none',
      })
  const { sha256, sha512 } = digests
  return present({ size, sha256, sha512, originalName: originalName(called) })
}

function sayUntold(count: number): string {
  return count === 1
    ? 'The log has one of the files as an item already: what the table says of it is not added, because items are never changed.'
    : `The log has ${groupDigits(count)} of the files as items already: what the table says of them is not added, because items are never changed.`
}

/** Items that files stand for. */
export interface Found {
  readonly bySeq: ReadonlyMap<number, NamedFile>
  /** New items. */
  readonly count: number
}

/** Files by the position of their item, each of which the log has. Nothing is added. @throws {InputError} */
export async function findItems(log: CustodyLogFolder, folder: string, files: readonly NamedFile[]): Promise<Found> {
  const known = await itemsByContent(log)
  const byContent = new Map<string, NamedFile>()
  for (const file of files) {
    const { sha256 } = await describeBytes(file.open(), file.name)
    if (!known.has(String(sha256)))
      throw new InputError(
        `${escapeForDisplay(file.path)} in ${escapeForDisplay(folder)} is no item of the log, so that nobody approved to share it. Nothing was sealed.`,
        'Take it out; or add it to the log (`probatum custody append --item`), and make a new request.',
      )
    byContent.set(String(sha256), file)
  }
  const bySeq = new Map<number, NamedFile>()
  // Items of equal bytes have one file for all of them.
  for (const [content, file] of byContent) for (const { seq } of known.get(content) ?? []) bySeq.set(seq, file)
  return { bySeq, count: 0 }
}

/** Files by the position of their item; those that the log does not have are added, with the events of how they came. */
export async function addItems(
  log: CustodyLogFolder,
  items: readonly TabledFile<NamedFile>[],
  source: SealSource,
  event: { readonly agent: string; readonly time: string },
  terminal: Terminal,
): Promise<Found> {
  const { lines, bySeq, added, notes } = await planLogItems(log, items, source.arrival, event)
  for (const note of notes) terminal.note(`${note}\n`)
  await log.append(lines)
  return { bySeq, count: added.size }
}
