import { armor, Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { openAgeArmor } from './age-armor.ts'
import { agePayload, ageRecipients, parseAgeHeader, readAgeHeader } from './age-header.ts'

const access = (bytes: Uint8Array): RandomAccess => ({
  size: bytes.length,
  handle: null,
  async read(offset, length) {
    if (offset + length > bytes.length) throw new RangeError('behind the end')
    return bytes.slice(offset, offset + length)
  },
})

async function encrypted(size: number, recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return encrypter.encrypt(new Uint8Array(size).fill(7))
}

const someone = async () => identityToRecipient(await generateX25519Identity())

const codeOf = (error: unknown) => (error instanceof ParseError ? error.code : `${error}`)

describe('the header of an age file', () => {
  it('is read with its recipients, and the payload is found behind it', async () => {
    const hybrid = await identityToRecipient(await generateHybridIdentity())
    const file = await encrypted(200_000, [await someone(), hybrid, await someone()])
    const header = await readAgeHeader(access(file))
    expect(ageRecipients(header)).toEqual(['X25519', 'mlkem768x25519', 'X25519'])
    const payload = agePayload(header.bytes.length, file.length)
    expect(payload).toMatchObject({ plaintextBytes: 200_000, chunks: 4 })
  })

  it('is found however long it is, and refused beyond its limit', async () => {
    const one = await someone()
    const file = await encrypted(
      1,
      Array.from({ length: 300 }, () => one),
    )
    expect((await readAgeHeader(access(file))).stanzas).toHaveLength(300)
    const endless = encodeUtf8(`age-encryption.org/v1\n${'-> X y\n\n'.repeat(200_000)}`)
    await expect(readAgeHeader(access(endless))).rejects.toThrow('ERR_LIMIT')
    const many = encodeUtf8(`age-encryption.org/v1\n${'-> X y\n\n'.repeat(LIMITS.encryptionRecipients + 1)}--- `)
    expect(() => parseAgeHeader(many)).toThrow('ERR_LIMIT')
  })

  it('does not count stanzas that are for nobody', () => {
    const text = `age-encryption.org/v1\n-> 9-grease a b\nAAAA\n-> X25519 q\nAAAA\n--- ${'A'.repeat(43)}\n`
    expect(ageRecipients(parseAgeHeader(encodeUtf8(text)))).toEqual(['X25519'])
  })

  it.each([
    ['another version', 'age-encryption.org/v2\n-> X y\n\n'],
    ['an empty argument', 'age-encryption.org/v1\n-> X  y\n\n'],
    ['no type', 'age-encryption.org/v1\n->\n\n'],
    ['a line that is too long', `age-encryption.org/v1\n-> X y\n${'A'.repeat(65)}\n\n`],
    [
      'a line that is too long for one of a body that is whole',
      `age-encryption.org/v1\n-> X y\n${'A'.repeat(65)}\nAAA\n`,
    ],
    ['a body without its short line', `age-encryption.org/v1\n-> X y\n${'A'.repeat(64)}\n`],
    ['base64 with bits left over', 'age-encryption.org/v1\n-> X y\nAB\n'],
    ['a carriage return', 'age-encryption.org/v1\r\n-> X y\n\n'],
    ['no recipient', 'age-encryption.org/v1\n'],
  ])('is refused with %s', (_, text) => {
    expect(() => parseAgeHeader(encodeUtf8(`${text}--- ${'A'.repeat(43)}\n`))).toThrow('ERR_ENCRYPTION_STRUCTURE')
  })

  it('is refused with a MAC of another length, or none', () => {
    const text = 'age-encryption.org/v1\n-> X y\n\n'
    for (const mac of ['--- ', `--- ${'A'.repeat(44)}`, `--- ${'A'.repeat(42)}B`, `---${'A'.repeat(43)}`])
      expect(() => parseAgeHeader(encodeUtf8(`${text}${mac}\n`)), mac).toThrow('ERR_ENCRYPTION_STRUCTURE')
  })

  it('gives a typed error for any text', async () => {
    const word = fc.string({ unit: fc.constantFrom('-', '>', ' ', 'A', '\n', '=', '\r', 'é'), maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(word, async (text) => {
        const file = encodeUtf8(`age-encryption.org/v1\n${text}`)
        const outcome = await readAgeHeader(access(file)).then(() => 'read', codeOf)
        expect(['read', 'ERR_ENCRYPTION_STRUCTURE']).toContain(outcome)
      }),
    )
  })
})

describe('the size of an age file', () => {
  it('says how many chunks there are, and what no payload can have', () => {
    const header = 100
    const size = (plain: number) => header + 16 + plain + 16 * Math.max(1, Math.ceil(plain / 65536))
    for (const plain of [0, 1, 65535, 65536, 65537, 131072, 5 * 2 ** 30])
      expect(agePayload(header, size(plain)).plaintextBytes).toBe(plain)
    for (const bytes of [header, header + 16, header + 31, size(65536) + 1, size(65536) + 16, size(131072) + 5])
      expect(() => agePayload(header, bytes), `${bytes}`).toThrow('ERR_ENCRYPTION_TAG')
  })
})

describe('age armor', () => {
  it('is read at any place as the bytes that it stands for', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) % 256)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1000),
        fc.nat(1000),
        fc.nat(1000),
        fc.constantFrom('\n', '\r\n'),
        async (length, a, b, ending) => {
          const part = bytes.subarray(0, Math.max(1, length))
          const text = armor.encode(part).replaceAll('\n', ending)
          const plain = await openAgeArmor(access(encodeUtf8(`\n ${text}\n\n`)))
          expect(plain.size).toBe(part.length)
          const from = Math.min(a, part.length)
          const to = Math.max(from, Math.min(b, part.length))
          expect(await plain.read(from, to - from)).toEqual(part.slice(from, to))
        },
      ),
    )
  })

  it.each([
    ['text before it', (text: string) => `hello\n${text}`],
    ['text behind it', (text: string) => `${text}hello\n`],
    ['no end', (text: string) => text.slice(0, -20)],
    ['a line that is too short', (text: string) => text.replace(/AQEB/, '')],
    ['another letter', (text: string) => text.replace(/AQEB/, 'AQ-B')],
    ['an empty line', (text: string) => text.replace('-----\n', '-----\n\n')],
  ])('is refused with %s', async (_, spoil) => {
    const bytes = new Uint8Array(500).fill(1)
    const file = access(encodeUtf8(spoil(armor.encode(bytes))))
    const outcome = await openAgeArmor(file)
      .then((plain) => plain.read(0, plain.size))
      .then(() => 'read', codeOf)
    expect(outcome).toBe('ERR_ENCRYPTION_STRUCTURE')
  })
})
