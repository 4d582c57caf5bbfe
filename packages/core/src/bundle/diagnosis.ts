import { concatBytes, equalBytes } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import { type DigestAlgorithm, type SmallDigest, SourceFault } from '../model/ports.ts'
import type { DiagnosisFacts } from './bag-facts.ts'

/** Text files are small; eight variants of one are digested. */
const TEXT_BYTES = 8_388_608
/** All re-reading of one run together, so that a bag of mismatches takes no second full pass. */
export const DIAGNOSIS_BYTES = 1_073_741_824
/** Shorter runs of zeros at the end are ordinary in many formats; a lost disk sector is 512 bytes or more. */
const ZERO_RUN = 512
/** FAT32 holds one byte less than 4 GiB; 32-bit counters wrap at it. */
const FOUR_GIB = 4_294_967_296

export interface Mismatch {
  readonly path: string
  readonly size: number
  readonly algorithm: DigestAlgorithm
  readonly expected: Uint8Array
  /** Size that a statement outside the file gives it, where there is one. */
  readonly listedSize: number | null
}

export interface DiagnosisBudget {
  bytes: number
}

/**
 * Says what a file that does not match looks like, from its own bytes; null when nothing known fits. A file that
 * cannot be read again has no diagnosis. Never decides anything.
 */
export async function diagnoseMismatch(
  mismatch: Mismatch,
  open: (path: string) => AsyncIterable<Uint8Array>,
  smallDigest: SmallDigest,
  budget: DiagnosisBudget,
): Promise<DiagnosisFacts | null> {
  const { path, size, listedSize } = mismatch
  // No byte is left of something that was more than no bytes: its digest is not that of nothing.
  if (size === 0) return diagnosis('truncated', 0)
  if (size === FOUR_GIB || size === FOUR_GIB - 1) return diagnosis('cut-at-4-gib', size)
  if (size <= budget.bytes) {
    budget.bytes -= size
    try {
      const found = await lookAgain(mismatch, open(path), smallDigest)
      if (found !== null) return found
    } catch (error) {
      if (!(error instanceof SourceFault || error instanceof ParseError)) throw error
    }
  }
  return listedSize !== null && size < listedSize ? diagnosis('truncated', size) : null
}

function diagnosis(id: DiagnosisFacts['id'], at: number | null): DiagnosisFacts {
  return { id, at, path: null }
}

async function lookAgain(
  mismatch: Mismatch,
  bytes: AsyncIterable<Uint8Array>,
  smallDigest: SmallDigest,
): Promise<DiagnosisFacts | null> {
  const isSmall = mismatch.size <= TEXT_BYTES
  const pieces: Uint8Array[] = []
  let read = 0
  let lastNonZero = -1
  for await (const piece of bytes) {
    if (isSmall) pieces.push(Uint8Array.from(piece))
    let i = piece.length - 1
    while (i >= 0 && piece[i] === 0) i--
    if (i >= 0) lastNonZero = read + i
    read += piece.length
    // A file that grew meanwhile is not read on for ever.
    if (read > mismatch.size) return null
  }
  if (isSmall) {
    const text = textDiagnosis(concatBytes(...pieces), mismatch, smallDigest)
    if (text !== null) return text
  }
  return read - lastNonZero - 1 >= ZERO_RUN ? diagnosis('zeros', lastNonZero + 1) : null
}

/** Whether other line ends, or a byte order mark more or less, give the listed digest: then nothing else changed. */
function textDiagnosis(bytes: Uint8Array, mismatch: Mismatch, smallDigest: SmallDigest): DiagnosisFacts | null {
  const fits = (candidate: Uint8Array) => equalBytes(smallDigest(mismatch.algorithm, candidate), mismatch.expected)
  const mark = Uint8Array.of(0xef, 0xbb, 0xbf)
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const otherMark = (text: Uint8Array) => (hasMark ? text.subarray(3) : concatBytes(mark, text))
  if (fits(otherMark(bytes))) return diagnosis('byte-order-mark', 0)
  const unix = withLineEnds(bytes, false)
  const dos = withLineEnds(bytes, true)
  for (const text of [unix, dos]) if (fits(text) || fits(otherMark(text))) return diagnosis('line-ends', null)
  return null
}

/** The bytes with every line end (LF, CR, CRLF) written as LF or as CRLF. */
function withLineEnds(bytes: Uint8Array, carriageReturn: boolean): Uint8Array {
  const out = new Uint8Array(bytes.length * 2)
  let at = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte === 0x0d && bytes[i + 1] === 0x0a) continue
    if (byte === 0x0a || byte === 0x0d) {
      if (carriageReturn) out[at++] = 0x0d
      out[at++] = 0x0a
    } else out[at++] = byte
  }
  return out.subarray(0, at)
}
