import { CONSTRUCTED, contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'
import type { ElementWalk } from './element-walk.ts'

/** Segments of any size may be so many, more only where they have this many bytes on average; writers make 1000 and more. */
const FEW = 1024
const SMALL = 64

interface Content {
  readonly access: RandomAccess
  /** Behind the element. */
  readonly end: number
}

/** [0] IMPLICIT OCTET STRING: whole, or in segments of any size, one level deep. */
export async function readContent(file: RandomAccess, walk: ElementWalk, at: number, limit: number): Promise<Content> {
  const head = await walk.head(at, limit, 'encryptedContent')
  if (head.tag === contextPrimitive(0) && head.contentEnd !== null)
    return { access: joined(file, [head.contentStart], [head.contentEnd - head.contentStart]), end: head.contentEnd }
  if (head.tag !== contextConstructed(0)) {
    throw unsupported('the content in the file')
  }
  const offsets: number[] = []
  const lengths: number[] = []
  const segmentsEnd = head.contentEnd ?? limit
  // Each is a head to read, and a place to read at: a file of segments of one byte would take a minute for three megabytes.
  const most = Math.min(LIMITS.encryptionSegments, FEW + Math.floor(file.size / SMALL))
  let next = head.contentStart
  while (head.contentEnd === null ? !(await walk.isEnd(next, segmentsEnd)) : next < segmentsEnd) {
    const segment = await walk.head(next, segmentsEnd, 'encryptedContent')
    if ((segment.tag & ~CONSTRUCTED) !== TAG.OCTET_STRING)
      walk.fail('encryptedContent', next, 'an OCTET STRING', undefined)
    if (segment.contentEnd === null || segment.tag !== TAG.OCTET_STRING) throw unsupported('segments without segments')
    if (offsets.length >= most)
      throw new ParseError('ERR_LIMIT', {
        where: 'AuthEnvelopedData',
        field: 'encryptedContent',
        expected: `at most ${most} segments`,
      })
    offsets.push(segment.contentStart)
    lengths.push(segment.contentEnd - segment.contentStart)
    next = segment.contentEnd
  }
  return { access: joined(file, offsets, lengths), end: head.contentEnd === null ? next + 2 : next }
}

/** Pieces of a file as one. */
function joined(file: RandomAccess, offsets: readonly number[], lengths: readonly number[]): RandomAccess {
  const starts = new Float64Array(offsets.length)
  let size = 0
  for (const [i, length] of lengths.entries()) {
    starts[i] = size
    size += length
  }
  const pieceAt = (place: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= place) low = middle
      else high = middle - 1
    }
    return low
  }
  return {
    size,
    handle: { kind: 'probatum/joined' },
    async read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size)
        throw new RangeError(`bytes ${offset} to ${offset + length} of ${size}`)
      if (length === 0) return new Uint8Array(0)
      const first = pieceAt(offset)
      const last = pieceAt(offset + length - 1)
      const from = (offsets[first] ?? 0) + offset - (starts[first] ?? 0)
      if (first === last) return file.read(from, length)
      // One read over the heads between, which are a few bytes each in what others make.
      const to = (offsets[last] ?? 0) + offset + length - (starts[last] ?? 0)
      if (to - from > length + LIMITS.encryptionHeaderBytes) return eachPiece(offset, length, first, last)
      const read = await file.read(from, to - from)
      const bytes = new Uint8Array(length)
      let done = 0
      for (let piece = first; piece <= last; piece++) {
        const begin = piece === first ? from : (offsets[piece] ?? 0)
        const end = piece === last ? to : (offsets[piece] ?? 0) + (lengths[piece] ?? 0)
        bytes.set(read.subarray(begin - from, end - from), done)
        done += end - begin
      }
      return bytes
    },
  }

  async function eachPiece(offset: number, length: number, first: number, last: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let done = 0
    for (let piece = first; piece <= last; piece++) {
      const skip = piece === first ? offset - (starts[piece] ?? 0) : 0
      const take = Math.min((lengths[piece] ?? 0) - skip, length - done)
      if (take === 0) continue
      bytes.set(await file.read((offsets[piece] ?? 0) + skip, take), done)
      done += take
    }
    return bytes
  }
}

function unsupported(expected: string): ParseError {
  return new ParseError('ERR_ENCRYPTION_UNSUPPORTED', {
    where: 'AuthEnvelopedData',
    field: 'encryptedContent',
    spec: 'RFC 5083 §2.1',
    expected,
  })
}
