import { fromBase64 } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'
import { decodeLatin1 } from '../model/utf8.ts'
import { AGE_ARMOR_BEGIN } from './encryption-facts.ts'

const SPEC = 'age-encryption.org/v1, ASCII armor'
const END = '-----END AGE ENCRYPTED FILE-----'
const COLUMNS = 64
const LINE_BYTES = 48
/** White space around the armor: more than an editor leaves behind is something else. */
const AROUND = 1024

/**
 * An age file in its armor, as the bytes that it stands for. Lines have one length, so that any place can be read without
 * what lies before it; each line that is read is held to the form.
 * @throws {ParseError} ERR_ENCRYPTION_STRUCTURE, now or when a line is read
 */
export async function openAgeArmor(file: RandomAccess): Promise<RandomAccess> {
  const head = decodeLatin1(await file.read(0, Math.min(file.size, AROUND + 256)))
  const begin = head.indexOf(AGE_ARMOR_BEGIN)
  const from = begin + AGE_ARMOR_BEGIN.length
  const ending = head.startsWith('\r\n', from) ? '\r\n' : '\n'
  if (begin < 0 || begin > AROUND || head.slice(0, begin).trim() !== '' || !head.startsWith(ending, from))
    throw wrong('begin', 0)
  const start = from + ending.length
  const tailFrom = Math.max(start, file.size - AROUND - 256)
  const tail = decodeLatin1(await file.read(tailFrom, file.size - tailFrom))
  const end = tail.lastIndexOf(END)
  if (end < 0 || tail.slice(end + END.length).trim() !== '') throw wrong('end', file.size)
  const text = tailFrom + end - start
  const width = COLUMNS + ending.length
  const lines = Math.ceil(text / width)
  const lastColumns = text - (lines - 1) * width - ending.length
  if (lines < 1 || lastColumns < 4 || lastColumns % 4 !== 0) throw wrong('end', tailFrom + end)
  const last = decodeLatin1(await file.read(start + (lines - 1) * width, lastColumns))
  const padding = last.endsWith('==') ? 2 : last.endsWith('=') ? 1 : 0
  const size = (lines - 1) * LINE_BYTES + (lastColumns / 4) * 3 - padding

  const readLines = async (first: number, behind: number): Promise<Uint8Array> => {
    const at = start + first * width
    const length = behind === lines ? text - first * width : (behind - first) * width
    const part = decodeLatin1(await file.read(at, length))
    const bytes = new Uint8Array((behind - first) * LINE_BYTES)
    let done = 0
    for (let line = first; line < behind; line++) {
      const columns = line === lines - 1 ? lastColumns : COLUMNS
      const place = (line - first) * width
      const decoded = fromBase64(part.slice(place, place + columns))
      if (decoded === undefined || part.slice(place + columns, place + columns + ending.length) !== ending)
        throw wrong('line', at + place)
      if (line < lines - 1 && decoded.length !== LINE_BYTES) throw wrong('line', at + place)
      bytes.set(decoded, done)
      done += decoded.length
    }
    return bytes.subarray(0, done)
  }

  return {
    size,
    handle: { kind: 'probatum/age-armor' },
    async read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size)
        throw new RangeError(`bytes ${offset} to ${offset + length} of ${size}`)
      if (length === 0) return new Uint8Array(0)
      const first = Math.floor(offset / LINE_BYTES)
      const bytes = await readLines(first, Math.ceil((offset + length) / LINE_BYTES))
      const skip = offset - first * LINE_BYTES
      return bytes.subarray(skip, skip + length)
    },
  }
}

function wrong(field: string, offset: number): ParseError {
  return new ParseError('ERR_ENCRYPTION_STRUCTURE', { where: 'age armor', field, offset, spec: SPEC })
}
