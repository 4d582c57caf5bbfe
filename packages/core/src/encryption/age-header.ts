import { fromBase64 } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'
import { decodeLatin1 } from '../model/utf8.ts'
import { AGE_VERSION_LINE } from './encryption-facts.ts'

const SPEC = 'age-encryption.org/v1'
/** What a file has at least behind its header: the nonce, and the tag of an empty chunk. */
const NONCE = 16
const TAG = 16
const CHUNK = 64 * 1024

/** A recipient stanza of an age header. */
export interface AgeStanza {
  readonly type: string
  readonly arguments: readonly string[]
  readonly body: Uint8Array
}

/** The header of an age file (C2SP age.md, version 1). */
export interface AgeHeader {
  /** The header as it arrived, its MAC line included: what the MAC is over, and what unwraps the file key. */
  readonly bytes: Uint8Array
  readonly stanzas: readonly AgeStanza[]
}

/** Where an age file's payload lies. Sizes and offsets are bytes. */
export interface AgePayload {
  /** Of the 16 bytes that the payload's key is derived with. */
  readonly nonceOffset: number
  readonly offset: number
  readonly plaintextBytes: number
  readonly chunks: number
  /** Of a whole chunk, its tag included; the last one may be shorter. */
  readonly chunkBytes: number
}

/**
 * Reads the header of an age file, strictly: versions, stanzas, MAC line (C2SP age.md). Nothing of it is judged here; the
 * MAC is computed where the file key is.
 * @throws {ParseError} ERR_ENCRYPTION_STRUCTURE, ERR_LIMIT
 */
export async function readAgeHeader(file: RandomAccess): Promise<AgeHeader> {
  const most = Math.min(file.size, LIMITS.encryptionHeaderBytes)
  for (let length = Math.min(most, 4096); ; length = Math.min(most, length * 8)) {
    const head = await file.read(0, length)
    const end = endOfHeader(head)
    if (end !== undefined) return parseAgeHeader(head.subarray(0, end))
    if (length < most) continue
    if (most === file.size) throw wrong('header', most, 'a line that begins with ---', 'the end of the file')
    throw new ParseError('ERR_LIMIT', {
      where: 'age',
      field: 'header',
      spec: SPEC,
      expected: `at most ${LIMITS.encryptionHeaderBytes} bytes`,
    })
  }
}

/** Behind the line feed of the MAC line; undefined when it is not in `head`. */
function endOfHeader(head: Uint8Array): number | undefined {
  for (let at = head.indexOf(0x0a); at >= 0; at = head.indexOf(0x0a, at + 1)) {
    if (head[at + 1] !== 0x2d || head[at + 2] !== 0x2d || head[at + 3] !== 0x2d) continue
    const end = head.indexOf(0x0a, at + 1)
    return end < 0 ? undefined : end + 1
  }
  return undefined
}

/** @throws {ParseError} */
export function parseAgeHeader(bytes: Uint8Array): AgeHeader {
  const text = decodeLatin1(bytes)
  if (/[^\n\x20-\x7e]/.test(text)) throw wrong('header', 0, 'printable ASCII', undefined)
  const lines = text.split('\n')
  let offset = 0
  let next = 0
  const line = (): string => {
    offset += next === 0 ? 0 : (lines[next - 1] ?? '').length + 1
    const found = lines[next++]
    if (found === undefined || next === lines.length) throw wrong('header', offset, 'another line', 'the end')
    return found
  }
  if (line() !== AGE_VERSION_LINE) throw wrong('version', 0, AGE_VERSION_LINE, lines[0]?.slice(0, 64))
  const stanzas: AgeStanza[] = []
  for (;;) {
    const first = line()
    if (first.startsWith('---')) {
      const mac = /^--- ([A-Za-z0-9+/]{43})$/.exec(first)?.[1]
      if (mac === undefined || fromBase64(`${mac}=`)?.length !== 32) throw wrong('mac', offset, 'a MAC of 32 bytes')
      break
    }
    if (stanzas.length >= LIMITS.encryptionRecipients)
      throw new ParseError('ERR_LIMIT', {
        where: 'age',
        field: 'recipients',
        spec: SPEC,
        expected: `at most ${LIMITS.encryptionRecipients}`,
      })
    const [arrow, type, ...rest] = first.split(' ')
    if (arrow !== '->' || type === undefined || [type, ...rest].some((word) => word === ''))
      throw wrong('stanza', offset, '-> and a type')
    const body: string[] = []
    for (;;) {
      const part = line()
      if (!/^[A-Za-z0-9+/]{0,64}$/.test(part)) throw wrong('stanza', offset, 'base64 in lines of 64')
      body.push(part)
      if (part.length < 64) break
    }
    const joined = body.join('')
    const decoded = fromBase64(joined + '='.repeat((4 - (joined.length % 4)) % 4))
    if (decoded === undefined) throw wrong('stanza', offset, 'base64')
    stanzas.push({ type, arguments: rest, body: decoded })
  }
  if (stanzas.length === 0) throw wrong('header', offset, 'a recipient', 'none')
  return { bytes, stanzas }
}

/** Kinds of recipients, without the stanzas that are there to exercise readers. */
export function ageRecipients({ stanzas }: Pick<AgeHeader, 'stanzas'>): readonly string[] {
  return stanzas.map(({ type }) => type.slice(0, 64)).filter((type) => !type.endsWith('-grease'))
}

/**
 * Where the payload's chunks lie in a file of this size.
 * @throws {ParseError} ERR_ENCRYPTION_TAG when no payload has that size: then its end is missing, or something follows it
 */
export function agePayload(headerBytes: number, fileBytes: number): AgePayload {
  const offset = headerBytes + NONCE
  const sealed = fileBytes - offset
  const chunkBytes = CHUNK + TAG
  const chunks = Math.max(1, Math.ceil(sealed / chunkBytes))
  const last = sealed - (chunks - 1) * chunkBytes
  // An empty last chunk is there only when there is no other.
  if (sealed < TAG || last < TAG || (last === TAG && chunks > 1))
    throw new ParseError('ERR_ENCRYPTION_TAG', {
      where: 'age',
      field: 'size',
      spec: SPEC,
      found: `${sealed} bytes behind the header`,
    })
  return { nonceOffset: headerBytes, offset, plaintextBytes: sealed - chunks * TAG, chunks, chunkBytes }
}

function wrong(field: string, offset: number, expected: string, found?: string): ParseError {
  return new ParseError('ERR_ENCRYPTION_STRUCTURE', {
    where: 'age',
    field,
    offset,
    spec: SPEC,
    expected,
    ...(found === undefined ? {} : { found }),
  })
}
