import { encodeUtf8, lineDigest, type SmallDigest, toHex } from '@probatum/core'
import { type CustodyLog, type LoggedLine, openedValue, textAsJson, typeOfLine } from '../custody-log/custody-log.ts'
import { isFieldOpened, isLineShown, type Showing, showingUntil } from '../custody-log/custody-log-showing.ts'
import { LogTree } from '../custody-log/custody-log-tree.ts'
import { jsonLines } from '../custody-log/record-lines.ts'
import { type StartDigest, smallDigest, startPureDigest } from '../digest.ts'
import { type ConsentOpening, disclosureLines } from './disclosure-lines.ts'

/** An item as an export shows it. */
export interface ShownItem {
  readonly seq: number
  /** Original name as text; null where it has none that is text. */
  readonly name: string | null
  /** Whether its file comes along. */
  readonly payload: boolean
  /** Names of its opened fields, ascending. */
  readonly opened: readonly string[]
}

/** What an export over a log would be: all that a request names of it. */
export interface ExportState {
  readonly logId: string
  readonly head: { readonly root: string; readonly size: number }
  readonly itemCount: number
  readonly itemRoot: string
  /** SHA-256 of disclosures.jsonl, hex. */
  readonly disclosures: string
  /** Items that are exported and not wholly withheld, ascending. */
  readonly items: readonly ShownItem[]
  /** Shown events and opened fields of events, log-start and changes of key counted. */
  readonly events: { readonly shown: number; readonly opened: number }
  /** Events behind the head. */
  readonly since: readonly { readonly seq: number; readonly type: string }[]
  /** Positions of export events by their numbers. */
  readonly exports: ReadonlyMap<string, number>
}

/** A log, and what of it would be shown: what a request is compared with. */
export interface ExportStateInput {
  readonly custody: CustodyLog
  readonly showing: Showing
  readonly consentOpenings: readonly ConsentOpening[]
  /** Events that count; default: all that the log has. */
  readonly headSize?: number
  readonly smallDigest?: SmallDigest
  readonly startDigest?: StartDigest
}

/** Reads a log and computes what an export at this head would be. A head beyond the log is taken as the log's end. */
export async function establishExportState(input: ExportStateInput): Promise<ExportState> {
  const { custody, consentOpenings, smallDigest: digest = smallDigest, startDigest = startPureDigest } = input
  const size = Math.min(input.headSize ?? custody.events, custody.events)
  const showing = showingUntil(input.showing, size)
  const { events, since, exports, root } = await readEvents(custody, showing, size, digest)
  const tree = new LogTree(digest)
  const items: ShownItem[] = []
  for await (const line of custody.lines('items.jsonl')) {
    tree.append(lineDigest(encodeUtf8(line.text), digest))
    if (isLineShown(showing, 'items.jsonl', line.seq, 'item')) items.push(shownItem(line, showing))
  }
  const running = startDigest('sha256')
  for await (const piece of jsonLines(disclosureLines(custody, showing, consentOpenings))) running.update(piece)
  return {
    logId: custody.id,
    head: { root, size },
    itemCount: tree.size,
    itemRoot: toHex(tree.root()),
    disclosures: toHex(running.digest()),
    items,
    events,
    since,
    exports,
  }
}

async function readEvents(custody: CustodyLog, showing: Showing, size: number, digest: SmallDigest) {
  const tree = new LogTree(digest)
  const events = { shown: 0, opened: 0 }
  const since: { seq: number; type: string }[] = []
  const exports = new Map<string, number>()
  for await (const line of custody.lines('custody.jsonl')) {
    const { seq } = line
    const type = typeOfLine(line)
    if (type === 'export') {
      const { exportNumber } = textAsJson(line.text) as { readonly exportNumber?: unknown }
      if (typeof exportNumber === 'string') exports.set(exportNumber, seq)
    }
    if (seq >= size) {
      since.push({ seq, type })
      continue
    }
    tree.append(lineDigest(encodeUtf8(line.text), digest))
    if (!isLineShown(showing, 'custody.jsonl', seq, type)) continue
    events.shown += 1
    for (const { field } of line.openings)
      if (isFieldOpened(showing, 'custody.jsonl', seq, type, field)) events.opened += 1
  }
  return { events, since, exports, root: toHex(tree.root()) }
}

function shownItem(line: LoggedLine, showing: Showing): ShownItem {
  const { seq, openings } = line
  const name = openings.find(({ field }) => field === 'originalName')
  const value = name === undefined ? null : openedValue(name)
  return {
    seq,
    name: typeof value === 'string' ? value : null,
    payload: showing.showsPayload(seq),
    opened: openings.flatMap(({ field }) => (isFieldOpened(showing, 'items.jsonl', seq, 'item', field) ? [field] : [])),
  }
}
