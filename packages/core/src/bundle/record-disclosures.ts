import type { DisclosureReading } from '../custody/disclosure-reading.ts'
import { type ScannedOpening, scanOpening } from '../custody/disclosure-scan.ts'
import { parseJsonLines, readJsonLine } from '../json/lines.ts'
import { memberOf, readShape } from '../json/shape.ts'
import { isJsonObject } from '../json/value.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { type BlockReader, LINE_FEED, LINE_OPTIONS, MisshapenLines, placeOf } from './line-blocks.ts'
import type { ConsistencyProof, DisclosedFile } from './line-types.ts'
import type { RecordFileFacts } from './record-facts.ts'
import type { FileNotes } from './record-notes.ts'
import { GROUND_SHAPE, isFieldOf, OPENING_SHAPE, PROOF_SHAPE } from './record-shapes.ts'

/** disclosures.jsonl: openings and grounds in order, each place once; what they open is matched by `reading`. */
export function readDisclosures(
  bytes: Uint8Array,
  notes: FileNotes,
  linesOf: Readonly<Record<DisclosedFile, number | null>>,
  reading: DisclosureReading,
): RecordFileFacts {
  const reader = disclosuresReader(notes, linesOf, reading)
  reader.block(bytes, 0)
  return reader.finish()
}

/** The same, piece by piece. */
export function disclosuresReader(
  notes: FileNotes,
  linesOf: Readonly<Record<DisclosedFile, number | null>>,
  reading: DisclosureReading,
): BlockReader<RecordFileFacts> {
  let index = 0
  let previous: DisclosurePlace | undefined
  const misshapen = new MisshapenLines(notes.path)
  const notePlace = (here: DisclosurePlace) => {
    const { file, seq, field } = here
    const lines = linesOf[file]
    if (field !== '' && !isFieldOf(file, field)) {
      notes.noteMisshapen(placeOf(index), 'field', 'name of a redactable field')
    }
    if (lines !== null && seq >= lines) notes.noteMisshapen(placeOf(index), 'seq', `below ${lines}`)
    // The export's own event carries the digest of the request, which carries the digest of this file.
    if (file === 'custody.jsonl' && lines !== null && seq === lines - 1) {
      notes.noteMisshapen(placeOf(index), 'seq', 'no field of this export’s own event')
    }
    if (previous !== undefined && comparePlaces(previous, here) >= 0) {
      notes.noteMisshapen(placeOf(index), '', 'ascending file, seq, field')
    }
    previous = here
  }
  return {
    block: (bytes, offset) => {
      for (let start = 0; start < bytes.length; index++) {
        const found = bytes.indexOf(LINE_FEED, start)
        const end = found === -1 ? bytes.length : found
        const line = bytes.subarray(start, end)
        const here = readDisclosure(index, offset + start, line, found !== -1, { notes, misshapen, reading })
        if (here === undefined) misshapen.note()
        else notePlace(here)
        start = end + 1
      }
    },
    finish: () => notes.finish(index),
  }
}

interface Readers {
  readonly notes: FileNotes
  readonly misshapen: MisshapenLines
  readonly reading: DisclosureReading
}

function readDisclosure(
  index: number,
  offset: number,
  bytes: Uint8Array,
  ended: boolean,
  readers: Readers,
): DisclosurePlace | undefined {
  const { notes, reading } = readers
  const scanned = ended ? scanOpening(bytes) : undefined
  if (scanned !== undefined) {
    noteOpening(index, scanned, readers)
    return scanned
  }
  const at = placeOf(index)
  const line = readJsonLine(index, offset, bytes, ended, notes.path, LINE_OPTIONS)
  if (line.error !== undefined) notes.noteError(line.error, at)
  if (line.value === undefined) return undefined
  const isOpening = isJsonObject(line.value) && memberOf(line.value, 'opening') !== undefined
  const result = isOpening ? readShape(OPENING_SHAPE, line.value) : readShape(GROUND_SHAPE, line.value)
  notes.noteShape(result, at)
  const found = result.value
  if (found === undefined) return undefined
  const { file, seq, field } = found
  if ('opening' in found) noteOpening(index, { ...found, opening: encodeUtf8(found.opening) }, readers)
  else reading.ground(file, seq, field ?? null, found.ground)
  return { file, seq, field: field ?? '' }
}

function noteOpening(
  index: number,
  { file, seq, field, opening, disclosed: read }: ScannedOpening,
  { notes, misshapen, reading }: Readers,
): void {
  const disclosed = reading.opening(file, seq, field, opening, read)
  if (disclosed === undefined) {
    notes.noteMisshapen(placeOf(index), 'opening', 'base64url of [salt, name, value]')
    misshapen.note()
  } else if (disclosed.name !== field) notes.noteMisshapen(placeOf(index), 'opening', 'name of its field')
}

interface DisclosurePlace {
  readonly file: DisclosedFile
  readonly seq: number
  readonly field: string
}

function comparePlaces(a: DisclosurePlace, b: DisclosurePlace): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  if (a.seq !== b.seq) return a.seq - b.seq
  return a.field === b.field ? 0 : a.field < b.field ? -1 : 1
}

/** proofs.jsonl: consistency proofs up to the checkpoint, ascending. `onProof`: one that is in form. */
export function readProofs(
  bytes: Uint8Array,
  notes: FileNotes,
  checkpointSize: number | null,
  onProof: (index: number, proof: ConsistencyProof) => void,
): RecordFileFacts {
  let count = 0
  let previous = 0
  for (const line of parseJsonLines(bytes, notes.path, LINE_OPTIONS)) {
    count++
    const at = placeOf(line.index)
    if (line.error !== undefined) notes.noteError(line.error, at)
    if (line.value === undefined) continue
    const result = readShape(PROOF_SHAPE, line.value)
    notes.noteShape(result, at)
    if (result.value === undefined) continue
    onProof(line.index, result.value)
    const { first, second } = result.value
    if (first >= second) notes.noteMisshapen(at, 'first', 'less than second')
    if (first <= previous) notes.noteMisshapen(at, 'first', 'ascending')
    previous = first
    if (checkpointSize !== null) notes.compare(at, 'second', checkpointSize, second)
  }
  return notes.finish(count)
}
