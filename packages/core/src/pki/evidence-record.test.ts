import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { algorithm } from '../../../../test-vectors/make/cms.ts'
import { type Der, integer, nothing, octets, oid, sequence, set, tlv } from '../../../../test-vectors/make/der.ts'
import { toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { parseEvidenceRecord, requireEvidenceRecordBeginning } from './evidence-record.ts'

const SHA256 = '2.16.840.1.101.3.4.2.1'
const HASH = new Uint8Array(32).fill(5)
// What stands here is looked at when the time-stamp is.
const TOKEN = sequence(oid('1.2.840.113549.1.7.2'), tlv(0xa0, sequence(integer(3))))
const listOf = (...hashes: readonly Uint8Array[]) => sequence(...hashes.map(octets))
const archive = (...parts: readonly Der[]) => sequence(...parts, TOKEN)
const record = (chains: readonly Der[], head: readonly Der[] = [integer(1), sequence(algorithm(SHA256))]) =>
  sequence(...head, sequence(...chains))
const WHOLE = record([
  sequence(archive(tlv(0xa0, oid(SHA256), nothing()), tlv(0xa2, listOf(HASH, HASH), listOf(HASH)))),
  sequence(archive(), archive(tlv(0xa1, sequence(oid('2.999.1'), set(octets(HASH)))))),
])

function codeOf(bytes: Uint8Array, read: (bytes: Uint8Array) => unknown = parseEvidenceRecord): string {
  try {
    read(bytes)
    return 'read'
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return error.code
  }
}

describe('an evidence record', () => {
  it('is read with its chains, lists and time-stamps, whose bytes are those that arrived', () => {
    const { version, digestAlgorithms, cryptoInfos, encryptionInfo, chains } = parseEvidenceRecord(WHOLE)
    expect([version, digestAlgorithms.map((one) => one.oid), cryptoInfos, encryptionInfo]).toEqual([
      1,
      [SHA256],
      [],
      null,
    ])
    expect(chains.map(({ timestamps }) => timestamps.length)).toEqual([1, 2])
    const all = chains.flatMap(({ timestamps }) => timestamps)
    expect(all.map((one) => one.digestAlgorithm?.oid ?? null)).toEqual([SHA256, null, null])
    expect(all.map((one) => one.reducedHashtree?.map((list) => list.length) ?? null)).toEqual([[2, 1], null, null])
    expect(all.map(({ attributes }) => attributes)).toEqual([[], [], ['2.999.1']])
    for (const { timeStamp } of all) expect(toHex(timeStamp)).toBe(toHex(TOKEN))
    expect(toHex(chains[1]?.der ?? HASH)).toBe(toHex(WHOLE).slice(-2 * (chains[1]?.der.length ?? 0)))
  })

  it('is read from PEM and base64 too', () => {
    const base64 = Buffer.from(WHOLE).toString('base64')
    const pem = `-----BEGIN EVIDENCE RECORD-----\n${base64.replace(/(.{64})/g, '$1\n')}\n-----END EVIDENCE RECORD-----\n`
    for (const text of [base64, pem]) expect(parseEvidenceRecord(Buffer.from(text)).chains).toHaveLength(2)
  })

  it('names the members of its head that it does not use', () => {
    const head = [
      integer(1),
      sequence(algorithm(SHA256)),
      tlv(0xa0, sequence(oid('2.999.2'), set(octets(HASH)))),
      tlv(0xa1, oid('2.999.3'), octets(HASH)),
    ]
    const { cryptoInfos, encryptionInfo } = parseEvidenceRecord(record([sequence(archive())], head))
    expect([cryptoInfos, encryptionInfo]).toEqual([['2.999.2'], '2.999.3'])
  })

  it.each([
    ['no chains', record([]), 'ERR_ERS_STRUCTURE'],
    ['a chain without time-stamps', record([sequence()]), 'ERR_ERS_STRUCTURE'],
    ['a tree without lists', record([sequence(archive(tlv(0xa2)))]), 'ERR_ERS_STRUCTURE'],
    ['a list without digests', record([sequence(archive(tlv(0xa2, listOf())))]), 'ERR_ERS_STRUCTURE'],
    ['attributes without any', record([sequence(archive(tlv(0xa1)))]), 'ERR_ERS_STRUCTURE'],
    [
      'members in another order',
      record([sequence(archive(tlv(0xa2, listOf(HASH)), tlv(0xa0, oid(SHA256))))]),
      'ERR_DER_UNEXPECTED_TAG',
    ],
    ['no time-stamp', record([sequence(sequence(tlv(0xa2, listOf(HASH))))]), 'ERR_DER_TRUNCATED'],
    ['two time-stamps in one', record([sequence(sequence(TOKEN, TOKEN))]), 'ERR_DER_TRAILING_DATA'],
    [
      'values of an attribute that are out of order',
      record([
        sequence(archive(tlv(0xa1, sequence(oid('2.999.1'), set(octets(Uint8Array.of(9)), octets(Uint8Array.of(1))))))),
      ]),
      'ERR_DER_NON_CANONICAL',
    ],
    ['an octet behind it', Buffer.concat([WHOLE, Uint8Array.of(0)]), 'ERR_DER_TRAILING_DATA'],
    [
      'an indefinite length',
      Buffer.concat([Uint8Array.of(0x30, 0x80), WHOLE.subarray(4), new Uint8Array(2)]),
      'ERR_DER_NON_CANONICAL',
    ],
  ] as const)('with %s does not read', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code)
  })

  it('over a limit is refused as such', () => {
    const many = (count: number, one: Der) => Array.from({ length: count }, () => one)
    const { evidenceRecordChains, evidenceRecordTimestamps, evidenceRecordHashes, evidenceRecordBytes } = LIMITS
    expect(codeOf(record(many(evidenceRecordChains, sequence(archive()))))).toBe('read')
    expect(codeOf(record(many(evidenceRecordChains + 1, sequence(archive()))))).toBe('ERR_LIMIT')
    expect(codeOf(record([sequence(...many(evidenceRecordTimestamps, archive()))]))).toBe('read')
    expect(codeOf(record([sequence(...many(evidenceRecordTimestamps + 1, archive()))]))).toBe('ERR_LIMIT')
    const hashes = Buffer.concat(many(evidenceRecordHashes / 2, octets(HASH)))
    const half = archive(tlv(0xa2, sequence(hashes)))
    expect(codeOf(record([sequence(half, half)]))).toBe('read')
    expect(codeOf(record([sequence(half, half), sequence(archive(tlv(0xa2, listOf(HASH))))]))).toBe('ERR_LIMIT')
    const attribute = sequence(oid('2.999.1'), set(octets(HASH)))
    const { evidenceRecordAttributes: most } = LIMITS
    expect(codeOf(record([sequence(archive(tlv(0xa1, ...many(most, attribute))))]))).toBe('read')
    expect(codeOf(record([sequence(archive(tlv(0xa1, ...many(most + 1, attribute))))]))).toBe('ERR_LIMIT')
    const head = [integer(1), sequence(...many(most + 1, algorithm(SHA256)))]
    expect(codeOf(record([sequence(archive())], head))).toBe('ERR_LIMIT')
    const large = sequence(oid('1.2.840.113549.1.7.2'), octets(new Uint8Array(evidenceRecordBytes)))
    expect(codeOf(record([sequence(sequence(large))]))).toBe('ERR_LIMIT')
  })

  it('cut at any octet, or with any one changed, is read or refused', () => {
    for (let length = 0; length < WHOLE.length; length++) expect(codeOf(WHOLE.slice(0, length))).not.toBe('read')
    fc.assert(
      fc.property(fc.nat({ max: WHOLE.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = WHOLE.slice()
        changed[at] = (changed[at] ?? 0) ^ mask
        expect(codeOf(changed)).toMatch(/^(?:read|ERR_)/)
      }),
    )
  })
})

describe('the beginning of an evidence record', () => {
  const begins = (bytes: Uint8Array) => codeOf(bytes, (given) => requireEvidenceRecordBeginning(given, 'record'))

  it('is told from everything that is none', () => {
    const none = [
      new Uint8Array(),
      new TextEncoder().encode('a letter (sample)\n'),
      TOKEN,
      // A private key (PKCS #8), a certificate, a response of a time-stamp authority.
      sequence(integer(0), algorithm('1.2.840.10045.2.1'), octets(HASH)),
      sequence(sequence(integer(1)), algorithm(SHA256), octets(HASH)),
      sequence(sequence(integer(0)), TOKEN),
    ]
    for (const bytes of none) expect(begins(bytes)).toBe('ERR_ERS_STRUCTURE')
  })

  it('is one however the rest breaks off', () => {
    expect(begins(WHOLE)).toBe('read')
    for (let length = 20; length < WHOLE.length; length += 7) expect(begins(WHOLE.slice(0, length))).toBe('read')
  })
})
