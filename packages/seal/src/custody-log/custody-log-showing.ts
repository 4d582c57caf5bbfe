import {
  canonicalText,
  type DisclosureLine,
  EVENT_TYPES,
  type EventTypeName,
  ITEM_TYPE,
  type OpenableFile,
  type Opening,
} from '@probatum/core'
import { type CustodyLog, type LoggedLine, typeOfLine } from './custody-log.ts'

/** What a recipient may see of a log. What it does not name is withheld. */
export interface Showing {
  /** Whether the line itself is shown, its fields closed; else a stub stands for it. */
  showsLine(file: OpenableFile, seq: number, type: string): boolean
  /** Whether the bundle has the item's file; its path, size and digests are then opened. */
  showsPayload(seq: number): boolean
  opensField(file: OpenableFile, seq: number, type: string, field: string): boolean
  /** Ground code on which a line (field null) or a field is withheld; null for none. */
  ground(file: OpenableFile, seq: number, type: string, field: string | null): string | null
}

/** Fields that are open where an item's file is in the bundle: without them nobody can tell which item it is. */
const PAYLOAD_FIELDS: readonly string[] = ['path', 'size', 'sha256', 'sha512']

/** Everything, as a master bundle has it; of items whose file is not at hand, all but the path. */
export function showAll(hasPayload: (seq: number) => boolean): Showing {
  return {
    showsLine: () => true,
    showsPayload: hasPayload,
    opensField: (file, seq, _, field) => file !== 'items.jsonl' || field !== 'path' || hasPayload(seq),
    ground: () => null,
  }
}

/** Whether a line stands as it is: log-start and changes of key always do. */
export function isLineShown(showing: Showing, file: OpenableFile, seq: number, type: string): boolean {
  if (file === 'custody.jsonl' && EVENT_TYPES[type as EventTypeName].alwaysShown) return true
  return showing.showsLine(file, seq, type)
}

/** Whether this recipient sees the value: never that of a line which is withheld, always what tells a file's item. */
export function isFieldOpened(showing: Showing, file: OpenableFile, seq: number, type: string, field: string): boolean {
  if (!isLineShown(showing, file, seq, type)) return false
  const isPayload = file === 'items.jsonl' && PAYLOAD_FIELDS.includes(field) && showing.showsPayload(seq)
  return isPayload || showing.opensField(file, seq, type, field)
}

/** The same for the first so many events alone: those behind them are shown, and nothing of them is opened. */
export function showingUntil(showing: Showing, events: number): Showing {
  const isBehind = (file: OpenableFile, seq: number) => file === 'custody.jsonl' && seq >= events
  return {
    showsPayload: (seq) => showing.showsPayload(seq),
    showsLine: (file, seq, type) => isBehind(file, seq) || showing.showsLine(file, seq, type),
    opensField: (file, seq, type, field) => !isBehind(file, seq) && showing.opensField(file, seq, type, field),
    ground: (file, seq, type, field) => (isBehind(file, seq) ? null : showing.ground(file, seq, type, field)),
  }
}

/** Lines of disclosures.jsonl that are about lines of the log, in the order of the format. */
export async function* disclosuresOfLog(custody: CustodyLog, showing: Showing): AsyncIterable<string> {
  for (const file of ['custody.jsonl', 'items.jsonl'] as const)
    for await (const line of custody.lines(file))
      for (const disclosure of disclosuresOf(line, file, showing)) yield canonicalText(disclosure)
}

function disclosuresOf(line: LoggedLine, file: OpenableFile, showing: Showing): DisclosureLine[] {
  const { seq } = line
  const type = file === 'items.jsonl' ? 'item' : typeOfLine(line)
  if (!isLineShown(showing, file, seq, type)) {
    const ground = showing.ground(file, seq, type, null)
    return ground === null ? [] : [{ file, ground, seq }]
  }
  const byField = new Map<string, Opening>(line.openings.map((opening) => [opening.field, opening]))
  const slots = file === 'items.jsonl' ? ITEM_TYPE.slots : EVENT_TYPES[type as EventTypeName].slots
  const lines: DisclosureLine[] = []
  for (const field of [...slots].sort()) {
    const opening = byField.get(field)
    // A ground says "withheld, not absent": it would be untrue of a field that the line does not have.
    if (opening === undefined) continue
    if (isFieldOpened(showing, file, seq, type, field)) lines.push(opening)
    else {
      const ground = showing.ground(file, seq, type, field)
      if (ground !== null) lines.push({ field, file, ground, seq })
    }
  }
  return lines
}
