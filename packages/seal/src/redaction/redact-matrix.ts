import { EVENT_TYPES, type EventTypeName, encodeUtf8, ITEM_TYPE, isJsonObject, type OpenableFile } from '@probatum/core'
import { type CustodyLog, type LoggedLine, openedValue, typeOfLine } from '../custody-log/custody-log.ts'
import { isFieldOpened, isLineShown, type Showing } from '../custody-log/custody-log-showing.ts'
import { type DisclosurePolicy, showingOf } from './redact-policy.ts'

/** A row of the disclosure matrix: one place of the log, and what each recipient sees of it. Never a value. */
export interface MatrixRow {
  readonly file: OpenableFile
  readonly seq: number
  readonly type: string
  /** `line`, `payload`, or the name of a field. */
  readonly what: string
  /** One for each recipient: `opened`, `withheld`, `withheld: GROUND`, `absent`, `redacted copy: item N`. */
  readonly cells: readonly string[]
}

/** Who sees what: internal, because it says which fields exist. */
export async function* disclosureMatrix(
  custody: CustodyLog,
  recipients: readonly (DisclosurePolicy | Showing)[],
): AsyncIterable<MatrixRow> {
  const showings = recipients.map((each) => ('showsLine' in each ? each : showingOf(each)))
  const copies = await copiesOf(custody)
  for (const file of ['custody.jsonl', 'items.jsonl'] as const)
    for await (const line of custody.lines(file)) {
      const { seq } = line
      const type = file === 'items.jsonl' ? 'item' : typeOfLine(line)
      const row = (what: string, cell: (showing: Showing) => string): MatrixRow => ({
        file,
        seq,
        type,
        what,
        cells: showings.map(cell),
      })
      yield row('line', (showing) =>
        isLineShown(showing, file, seq, type) ? 'opened' : withheldCell(showing.ground(file, seq, type, null)),
      )
      if (file === 'items.jsonl')
        yield row('payload', (showing) => {
          if (showing.showsPayload(seq)) return 'opened'
          const copy = copies.get(seq)?.find((each) => showing.showsPayload(each))
          return copy === undefined
            ? withheldCell(showing.ground(file, seq, type, null))
            : `redacted copy: item ${copy}`
        })
      yield* fieldRows(line, file, type, row)
    }
}

function* fieldRows(
  line: LoggedLine,
  file: OpenableFile,
  type: string,
  row: (what: string, cell: (showing: Showing) => string) => MatrixRow,
): Iterable<MatrixRow> {
  const slots = file === 'items.jsonl' ? ITEM_TYPE.slots : EVENT_TYPES[type as EventTypeName].slots
  for (const field of slots) {
    const isThere = line.openings.some((opening) => opening.field === field)
    yield row(field, (showing) => {
      if (!isThere) return 'absent'
      if (isFieldOpened(showing, file, line.seq, type, field)) return 'opened'
      const isShown = isLineShown(showing, file, line.seq, type)
      return withheldCell(showing.ground(file, line.seq, type, isShown ? field : null))
    })
  }
}

const withheldCell = (ground: string | null) => (ground === null ? 'withheld' : `withheld: ${ground}`)

/** Positions of the redacted copies of each item. */
async function copiesOf(custody: CustodyLog): Promise<Map<number, number[]>> {
  const copies = new Map<number, number[]>()
  for await (const line of custody.lines('items.jsonl')) {
    const opening = line.openings.find(({ field }) => field === 'copyOf')
    const value = opening === undefined ? null : openedValue(opening)
    const original = isJsonObject(value) ? value.seq : undefined
    if (typeof original !== 'number') continue
    const same = copies.get(original)
    if (same === undefined) copies.set(original, [line.seq])
    else same.push(line.seq)
  }
  return copies
}

/** The matrix as RFC 4180 CSV, each row marked; piece by piece. */
export async function* matrixCsv(
  rows: AsyncIterable<MatrixRow>,
  recipients: readonly string[],
): AsyncIterable<Uint8Array> {
  const line = (cells: readonly (number | string)[]) => `${cells.map(csvCell).join(',')}\r\n`
  yield encodeUtf8(line(['INTERNAL', 'file', 'seq', 'type', 'what', ...recipients]))
  let piece: string[] = []
  for await (const { file, seq, type, what, cells } of rows) {
    piece.push(line(['not for recipients', file, seq, type, what, ...cells]))
    if (piece.length < 1000) continue
    yield encodeUtf8(piece.join(''))
    piece = []
  }
  yield encodeUtf8(piece.join(''))
}

function csvCell(cell: number | string): string {
  // A spreadsheet runs what begins like a formula.
  const text = /^[=+\-@\t\r]/.test(String(cell)) ? `'${cell}` : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
