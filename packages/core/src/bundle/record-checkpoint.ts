import { fromBase64, toHex } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import { decodeUtf8 } from '../model/utf8.ts'
import type { BundleRecord } from './record-facts.ts'
import type { FileNotes } from './record-notes.ts'

/** A checkpoint (C2SP tlog-checkpoint) in a signed note (C2SP signed-note), read but not verified. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  /** Merkle root, hex. */
  readonly root: string
  readonly extensions: readonly string[]
  /** In the order of the note: key name, and key hash with signature as they stand (base64). */
  readonly signatures: readonly { readonly name: string; readonly signature: string }[]
}

const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/

/**
 * Reads a checkpoint: origin, size, root, extension lines, an empty line, at least one signature line.
 * @throws ParseError ERR_TEXT_ENCODING, ERR_CHECKPOINT
 */
export function parseCheckpoint(bytes: Uint8Array, where: string): Checkpoint {
  const note = decodeUtf8(bytes)
  if (note === undefined) throw new ParseError('ERR_TEXT_ENCODING', { where, expected: 'UTF-8' })
  // signed-note: no control character but the line feed, which ends every line.
  const control = note.search(/[\u0000-\u0009\u000b-\u001f\u007f]/)
  if (control !== -1) throw refusal(where, 'no control character')
  if (!note.endsWith('\n')) throw refusal(where, 'line feed at the end')
  // The last empty line parts the text from the signatures.
  const parting = note.lastIndexOf('\n\n')
  if (parting === -1) throw refusal(where, 'empty line before the signatures')
  const [origin = '', size = '', root = '', ...extensions] = note.slice(0, parting).split('\n')
  const signatures = note
    .slice(parting + 2, -1)
    .split('\n')
    .map((line) => readSignature(line, where))
  if (origin === '') throw refusal(where, 'origin')
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) throw refusal(where, 'tree size')
  const rootBytes = fromBase64(root)
  if (rootBytes?.length !== 32) throw refusal(where, 'root: base64 of 32 octets')
  if (extensions.includes('')) throw refusal(where, 'no empty extension line')
  return { origin, size: Number(size), root: toHex(rootBytes), extensions, signatures }
}

/** Reads record/checkpoint as far as its form goes, and compares it with what stands beside it. */
export function readCheckpoint(
  bytes: Uint8Array,
  notes: FileNotes,
  record: BundleRecord | null,
  custodyLines: number | null,
): Checkpoint | undefined {
  let checkpoint: Checkpoint
  try {
    checkpoint = parseCheckpoint(bytes, notes.path)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    notes.noteError(error, '')
    return undefined
  }
  if (record !== null) notes.compare('line 1', 'origin', record.log.origin, checkpoint.origin)
  if (custodyLines !== null) notes.compare('line 2', 'size', custodyLines, checkpoint.size)
  return checkpoint
}

/** The bytes that a note's signatures are over: everything before the last empty line, with the line feed before it. */
export function signedTextOf(note: Uint8Array): Uint8Array {
  for (let at = note.length - 1; at > 0; at--) {
    if (note[at] === 0x0a && note[at - 1] === 0x0a) return note.subarray(0, at)
  }
  return new Uint8Array(0)
}

function readSignature(line: string, where: string): { name: string; signature: string } {
  const match = SIGNATURE_LINE.exec(line)
  const bytes = fromBase64(match?.[2] ?? '')
  // Four octets of key hash, then the signature.
  if (match === null || bytes === undefined || bytes.length < 5) throw refusal(where, 'signature line')
  return { name: match[1] ?? '', signature: match[2] ?? '' }
}

function refusal(where: string, expected: string): ParseError {
  return new ParseError('ERR_CHECKPOINT', { where, expected, spec: 'C2SP tlog-checkpoint' })
}
