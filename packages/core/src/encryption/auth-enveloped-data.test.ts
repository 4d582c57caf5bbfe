import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'
import { readAuthEnvelopedData } from './auth-enveloped-data.ts'
import { cmsRecipients, eccSharedInfo } from './cms-recipients.ts'

const access = (bytes: Uint8Array): RandomAccess => ({
  size: bytes.length,
  handle: null,
  async read(offset, length) {
    if (offset < 0 || length < 0 || offset + length > bytes.length) throw new RangeError(`${offset}, ${length}`)
    return bytes.slice(offset, offset + length)
  },
})

/** DER, with lengths of up to four octets. */
function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(...content)
  const { length } = body
  const head = length < 0x80 ? [length] : [0x84, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255]
  return concatBytes(Uint8Array.of(tag, ...head), body)
}
/** The indefinite form. */
const ber = (tag: number, ...content: readonly Uint8Array[]) =>
  concatBytes(Uint8Array.of(tag, 0x80), ...content, Uint8Array.of(0, 0))
const oid = (...octets: readonly number[]) => der(0x06, Uint8Array.from(octets))
const int = (value: number) => der(0x02, Uint8Array.of(value))
const octets = (length: number, fill = 7) => der(0x04, new Uint8Array(length).fill(fill))

const TYPE = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17)
const DATA = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01)
const OTHER_TYPE = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02)
const GCM = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e] as const
const OAEP = der(0x30, oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x07), der(0x30))
const RECIPIENT = der(0x30, int(2), der(0x80, new Uint8Array(20)), OAEP, octets(256))

interface Parts {
  readonly recipients?: Uint8Array
  readonly algorithm?: Uint8Array
  readonly type?: Uint8Array
  readonly content?: Uint8Array
  readonly behind?: readonly Uint8Array[]
  readonly make?: typeof der
}

function envelope({ recipients, algorithm, type, content, behind, make = der }: Parts = {}): Uint8Array {
  const parameters = der(0x30, octets(12), int(16))
  const encrypted = make(
    0x30,
    type ?? DATA,
    algorithm ?? der(0x30, oid(...GCM), parameters),
    content ?? der(0x80, new Uint8Array(100).fill(9)),
  )
  const data = make(0x30, int(0), recipients ?? der(0x31, RECIPIENT), encrypted, ...(behind ?? [octets(16)]))
  return make(0x30, TYPE, make(0xa0, data))
}

const read = (bytes: Uint8Array) => readAuthEnvelopedData(access(bytes))
const codeOf = (bytes: Uint8Array) =>
  read(bytes).then(
    () => 'read',
    (error: unknown) => (error instanceof ParseError ? error.code : `no typed error: ${error}`),
  )

describe('an AuthEnvelopedData', () => {
  it('is read in DER and BER, its content whole or in segments', async () => {
    const segmented = ber(0xa0, octets(30, 1), octets(0), octets(40, 2), octets(5, 3))
    const expected = [...new Uint8Array(30).fill(1), ...new Uint8Array(40).fill(2), ...new Uint8Array(5).fill(3)]
    for (const make of [der, ber]) {
      const whole = await read(envelope({ make }))
      expect(whole).toMatchObject({ keyBytes: 32, mac: new Uint8Array(16).fill(7), additional: new Uint8Array(0) })
      expect(cmsRecipients(whole)).toEqual(['RSA-OAEP'])
      expect(whole.content.size).toBe(100)
      const { content } = await read(envelope({ make, content: segmented }))
      for (const [offset, length] of [
        [0, 75],
        [29, 2],
        [30, 1],
        [69, 6],
        [75, 0],
      ] as const)
        expect([...(await content.read(offset, length))]).toEqual(expected.slice(offset, offset + length))
      await expect(content.read(70, 6)).rejects.toThrow(RangeError)
    }
  })

  it('reads no mac that is longer than it must be', async () => {
    const file = access(envelope({ behind: [octets(3_000_000)] }))
    const lengths: number[] = []
    const watched: RandomAccess = {
      ...file,
      read: (offset, length) => {
        lengths.push(length)
        return file.read(offset, length)
      },
    }
    await expect(readAuthEnvelopedData(watched)).rejects.toMatchObject({ code: 'ERR_ENCRYPTION_STRUCTURE' })
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1 << 20)
  })

  it('has what is authenticated beside its content under the tag of SET OF', async () => {
    const attributes = der(0xa1, der(0x30, DATA, der(0x31, int(1))))
    const { additional } = await read(envelope({ type: OTHER_TYPE, behind: [attributes, octets(16)] }))
    expect(additional[0]).toBe(0x31)
    expect([...additional.subarray(1)]).toEqual([...attributes.subarray(1)])
    expect(await codeOf(envelope({ behind: [octets(16), der(0xa2, der(0x30))] }))).toBe('read')
  })

  it.each([
    ['another content type', concatBytes(der(0x30, OTHER_TYPE, der(0xa0))), 'ERR_ENCRYPTION_UNSUPPORTED'],
    ['a type that needs attributes, without them', envelope({ type: OTHER_TYPE }), 'ERR_ENCRYPTION_STRUCTURE'],
    ['no mac', envelope({ behind: [] }), 'ERR_ENCRYPTION_STRUCTURE'],
    ['a mac of another length', envelope({ behind: [octets(15)] }), 'ERR_ENCRYPTION_STRUCTURE'],
    ['a byte behind it', concatBytes(envelope(), Uint8Array.of(0)), 'ERR_ENCRYPTION_TAG'],
    ['something behind its mac', envelope({ behind: [octets(16), octets(1)] }), 'ERR_ENCRYPTION_STRUCTURE'],
    ['no end', envelope().subarray(0, -1), 'ERR_ENCRYPTION_STRUCTURE'],
    ['no content', envelope({ content: new Uint8Array(0) }), 'ERR_ENCRYPTION_STRUCTURE'],
    ['segments in segments', envelope({ content: ber(0xa0, ber(0x24, octets(1))) }), 'ERR_ENCRYPTION_UNSUPPORTED'],
    ['another cipher', envelope({ algorithm: der(0x30, DATA, der(0x30)) }), 'ERR_ENCRYPTION_UNSUPPORTED'],
    [
      'a short tag',
      envelope({ algorithm: der(0x30, oid(...GCM), der(0x30, octets(12), int(8))), behind: [octets(8)] }),
      'ERR_ENCRYPTION_UNSUPPORTED',
    ],
    [
      'a long nonce',
      envelope({ algorithm: der(0x30, oid(...GCM), der(0x30, octets(16), int(16))) }),
      'ERR_ENCRYPTION_UNSUPPORTED',
    ],
    [
      'too many recipients',
      envelope({ recipients: der(0x31, ...Array.from({ length: LIMITS.encryptionRecipients + 1 }, () => RECIPIENT)) }),
      'ERR_LIMIT',
    ],
    [
      'a content in segments of nearly nothing',
      envelope({ content: ber(0xa0, ...Array.from({ length: 1100 }, () => octets(1))) }),
      'ERR_LIMIT',
    ],
    [
      'recipients that never end',
      envelope({
        recipients: concatBytes(Uint8Array.of(0x31, 0x80), ...Array.from({ length: 5000 }, () => RECIPIENT)),
      }),
      'ERR_ENCRYPTION_STRUCTURE',
    ],
    [
      'a recipient of another version',
      envelope({ recipients: der(0x31, der(0x30, int(1), der(0x80, new Uint8Array(20)), OAEP, octets(256))) }),
      'ERR_ENCRYPTION_STRUCTURE',
    ],
  ])('is refused with %s', async (_, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code)
  })

  it('gives a typed error or is read, whatever its bytes', async () => {
    const whole = envelope({ content: ber(0xa0, octets(5, 1), octets(3, 2)), make: ber })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(whole.length),
        async (changes, cut) => {
          const bytes = whole.slice(0, cut === 0 ? whole.length : cut)
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          expect(await codeOf(bytes)).toMatch(/^(?:read|ERR_ENCRYPTION_\w+|ERR_LIMIT)$/)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('what a derived key is bound to', () => {
  it('is DER with the length of the key in bits', () => {
    const info = eccSharedInfo(Uint8Array.of(0x30, 0), null, 32)
    expect([...info]).toEqual([0x30, 10, 0x30, 0, 0xa2, 6, 0x04, 4, 0, 0, 1, 0])
    const long = eccSharedInfo(Uint8Array.of(0x30, 0), new Uint8Array(200), 16)
    // SEQUENCE, keyInfo, [0] and its OCTET STRING, [2] and its OCTET STRING.
    expect(long.length).toBe(3 + 2 + (3 + 3 + 200) + (2 + 2 + 4))
    expect(() => eccSharedInfo(Uint8Array.of(0x30, 0), new Uint8Array(70_000), 16)).toThrow('ERR_LIMIT')
  })
})
