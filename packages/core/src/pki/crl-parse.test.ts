// Needs: openssl.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tlv } from '../../../../test-vectors/make/der.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER } from '../../../../tools/testing/openssl-pki.ts'
import { opensslRevocation } from '../../../../tools/testing/openssl-revocation.ts'
import { concatBytes, fromHex, toHex } from '../model/bytes.ts'
import { formatInstant } from '../model/instant.ts'
import { ParseError } from '../model/parse-error.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { parseCertificate } from './certificate-parse.ts'
import type { Crl } from './crl.ts'
import { distributionPointsOf } from './crl-distribution-points.ts'
import { findEntries } from './crl-entries.ts'
import { parseCrl } from './crl-parse.ts'
import { parseRevocation } from './parsed-revocation.ts'
import { collectRevocation, describeGivenRevocation, givenSources, readRevocation } from './revocation-pool.ts'

const hex = (text: string): Uint8Array => fromHex(text.replaceAll(' ', '')) ?? new Uint8Array()
const sequence = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts)
const utcTime = (text: string) => tlv(0x17, encodeUtf8(text))
const integer = (content: Uint8Array) => tlv(0x02, content)

/** ecdsa-with-SHA256; no signature is judged here. */
const ALGORITHM = hex('300a 0608 2a8648ce3d040302')
const name = (text: string) => sequence(tlv(0x31, sequence(hex('0603550403'), tlv(0x0c, encodeUtf8(text)))))
const ISSUER = name('Example Lists (sample)')
const REASON = (code: number) => sequence(hex('0603551d15'), tlv(0x04, tlv(0x0a, Uint8Array.of(code))))
const INVALIDITY = sequence(hex('0603551d18'), tlv(0x04, tlv(0x18, encodeUtf8('20250101000000Z'))))
const entry = (serial: Uint8Array, extensions: readonly Uint8Array[] = [], time = '260101000000Z') =>
  sequence(integer(serial), utcTime(time), ...(extensions.length === 0 ? [] : [sequence(...extensions)]))

function crlOf(
  entries: Uint8Array,
  more: {
    readonly version?: readonly Uint8Array[]
    readonly extensions?: readonly Uint8Array[]
    readonly end?: Uint8Array
  } = {},
): Uint8Array {
  const extensions = more.extensions === undefined ? [] : [tlv(0xa0, sequence(...more.extensions))]
  const version = more.version ?? [hex('020101')]
  const list = entries.length === 0 ? [] : [sequence(entries)]
  const dates = [utcTime('260101000000Z'), utcTime('260201000000Z')]
  const tbs = sequence(...version, ALGORITHM, ISSUER, ...dates, ...list, ...extensions, more.end ?? new Uint8Array())
  return sequence(tbs, ALGORITHM, tlv(0x03, hex('00 0102')))
}

function find(crl: Crl, serialNumber: Uint8Array, issuerKey = crl.issuer.key) {
  return findEntries(crl.der, crl.entries, crl.version, crl.issuer.key, { serialNumber, issuerKey })
}

function codeOf(der: Uint8Array): string | null {
  try {
    parseCrl(der)
    return null
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
}

const REASON_NAMES = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  null,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const

describe('entries', () => {
  const serials = fc
    .uint8Array({ minLength: 1, maxLength: 20 })
    .map((bytes) =>
      ((bytes[0] ?? 0) & 0x80) === 0 && (bytes.length === 1 || bytes[0] !== 0) ? bytes : concatBytes(hex('01'), bytes),
    )
  const codes = fc.constantFrom(null, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10)
  const days = fc.integer({ min: 1, max: 31 })

  test('are all found again, whatever stands between them', () => {
    const one = fc.record({ serial: serials, code: codes, day: days, invalid: fc.boolean() })
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: ({ serial }) => toHex(serial), maxLength: 30 }), (list) => {
        const invalidity = sequence(hex('0603551d18'), tlv(0x04, tlv(0x18, encodeUtf8('20251231000000Z'))))
        const entries = list.map(({ serial, code, day, invalid }) =>
          entry(
            serial,
            [...(code === null ? [] : [REASON(code)]), ...(invalid ? [invalidity] : [])],
            `2601${String(day).padStart(2, '0')}120000Z`,
          ),
        )
        const crl = parseCrl(crlOf(concatBytes(...entries)))
        expect(crl.entries.count).toBe(list.length)
        for (const { serial, code, day, invalid } of list) {
          const [found, ...rest] = find(crl, serial)
          expect(rest).toEqual([])
          expect(found?.reason ?? null).toBe(code === null ? null : REASON_NAMES[code])
          expect(found && formatInstant(found.revocationDate)).toBe(`2026-01-${String(day).padStart(2, '0')}T12:00:00Z`)
          expect(found?.invalidityDate === null).toBe(!invalid)
        }
        expect(find(crl, hex('7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f'))).toEqual([])
      }),
    )
  })

  test('of the common form have the same days and hours as every other one', () => {
    const invalidity = sequence(hex('0603551d18'), tlv(0x04, tlv(0x18, encodeUtf8('20251231000000Z'))))
    const two = (value: number) => String(value).padStart(2, '0')
    const times = [27, 28].flatMap((year) =>
      Array.from({ length: 14 }, (_, month) =>
        Array.from({ length: 33 }, (_, day) => `${year}${two(month)}${two(day)}120000Z`),
      ).flat(),
    )
    times.push('260101235959Z', '260101240000Z', '260101006000Z', '260101000060Z', '260101/00000Z', '26010100000:Z')
    const refused = times.filter((time) => {
      const plain = codeOf(crlOf(entry(hex('05'), [], time)))
      expect(plain, time).toBe(codeOf(crlOf(entry(hex('05'), [invalidity], time))))
      return plain !== null
    })
    // 365 and 366 days of 14 times 33 each, and the first of the six others.
    expect(times.length - refused.length).toBe(365 + 366 + 1)
  })

  test('are refused wherever one is damaged, and never read as another list', () => {
    const good = [entry(hex('01')), entry(hex('02'), [REASON(1)]), entry(hex('03'))]
    const bad: readonly Uint8Array[] = [
      entry(hex('0001')),
      entry(hex('')),
      entry(hex('04'), [], '261301000000Z'),
      entry(hex('04'), [], '260230000000Z'),
      entry(hex('04'), [], '2601010000Z'),
      sequence(integer(hex('04')), utcTime('260101000000Z'), hex('0500')),
      sequence(integer(hex('04'))),
      hex('30 81 12 02 01 04 17 0d 323630313031303030303030 5a'),
      hex('30 80 02 01 04 17 0d 323630313031303030303030 5a 0000'),
      hex('31 12 02 01 04 17 0d 323630313031303030303030 5a'),
      integer(hex('04')),
    ]
    for (const [index, one] of bad.entries()) {
      for (let at = 0; at <= good.length; at++) {
        const entries = concatBytes(...good.slice(0, at), one, ...good.slice(at))
        expect(codeOf(crlOf(entries)), `${index} at ${at}`).not.toBeNull()
      }
    }
  })

  test('with a reason that has no name here list a certificate as revoked all the same', () => {
    for (const code of [7, 11, 127]) {
      for (const more of [[], [INVALIDITY]]) {
        const crl = parseCrl(crlOf(entry(hex('04'), [REASON(code), ...more])))
        expect(crl.entries.malformed).toEqual([])
        expect(find(crl, hex('04')), `${code}`).toMatchObject([{ reason: 'unspecified' }])
      }
    }
    const empty = parseCrl(crlOf(sequence(integer(hex('04')), utcTime('260101000000Z'), hex('3000'))))
    expect(find(empty, hex('04'))).toMatchObject([{ reason: null }])
  })

  test('with an extension that does not read, or stands twice, are read, and the list is named for it', () => {
    const odd = (...extensions: readonly Uint8Array[]) =>
      parseCrl(crlOf(concatBytes(entry(hex('01')), entry(hex('04'), extensions)))).entries
    expect(odd(REASON(1), REASON(1)).malformed).toEqual(['2.5.29.21'])
    expect(odd(REASON(0x80)).malformed).toEqual(['2.5.29.21'])
    expect(odd(sequence(hex('0603551d15'), tlv(0x04, hex('020101')))).malformed).toEqual(['2.5.29.21'])
    expect(odd(sequence(hex('0603551d15'), tlv(0x04, hex('0a010100')))).malformed).toEqual(['2.5.29.21'])
    expect(odd(sequence(hex('0603551d18'), tlv(0x04, utcTime('260101000000Z')))).malformed).toEqual(['2.5.29.24'])
    expect(odd(sequence(hex('0603551d1d'), tlv(0x04, hex('3000')))).malformed).toEqual(['2.5.29.29'])
    expect(odd(sequence(hex('0603551d15'), tlv(0x04, hex('020101')))).count).toBe(2)
  })

  test('of 200,000 are read without keeping one, and the last one is found', () => {
    const plain = Array.from({ length: 200_000 }, (_, n) =>
      entry(Uint8Array.of(0x40, n >> 16, (n >> 8) & 0xff, n & 0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), [
        REASON(n % 6),
      ]),
    )
    const crl = parseCrl(crlOf(new Uint8Array(Buffer.concat(plain))))
    expect(crl.entries).toMatchObject({ count: 200_000, unknownCritical: [], issuers: [] })
    const last = 199_999
    const serial = Uint8Array.of(
      0x40,
      last >> 16,
      (last >> 8) & 0xff,
      last & 0xff,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      9,
      10,
      11,
      12,
    )
    expect(find(crl, serial)).toMatchObject([{ reason: REASON_NAMES[last % 6] }])
    plain[123_456] = entry(hex('0001'))
    expect(codeOf(crlOf(new Uint8Array(Buffer.concat(plain))))).toBe('ERR_DER_NON_CANONICAL')
  })

  test('belong to the issuer that the last certificateIssuer names', () => {
    const issuedBy = (text: string) => sequence(hex('0603551d1d 0101ff'), tlv(0x04, sequence(tlv(0xa4, name(text)))))
    const entries = [
      entry(hex('01')),
      entry(hex('02'), [issuedBy('Example Other (sample)')]),
      entry(hex('03')),
      entry(hex('01'), [issuedBy('Example Third (sample)')]),
    ]
    const crl = parseCrl(crlOf(concatBytes(...entries)))
    const other = '2.5.4.3=22:example other (sample)'
    expect(crl.entries.issuers.map(({ nameKeys }) => [...nameKeys])).toEqual([
      [other],
      ['2.5.4.3=22:example third (sample)'],
    ])
    expect(find(crl, hex('01'))).toHaveLength(1)
    expect(find(crl, hex('02'))).toEqual([])
    expect(find(crl, hex('02'), other)).toHaveLength(1)
    expect(find(crl, hex('03'), other)).toHaveLength(1)
    expect(find(crl, hex('01'), other)).toEqual([])
  })

  test('name critical extensions that are not known', () => {
    const unknown = sequence(hex('0603550401 0101ff 0400'))
    expect(parseCrl(crlOf(entry(hex('01'), [unknown]))).entries.unknownCritical).toEqual(['2.5.4.1'])
  })
})

describe('a list', () => {
  test('of version 1 has no extensions, neither its own nor of entries', () => {
    const version1 = { version: [] }
    expect(parseCrl(crlOf(entry(hex('01')), version1)).version).toBe(1)
    expect(codeOf(crlOf(entry(hex('01'), [REASON(1)]), version1))).toBe('ERR_X509_STRUCTURE')
    const number = sequence(hex('0603551d14 0403 020101'))
    expect(codeOf(crlOf(new Uint8Array(), { ...version1, extensions: [number] }))).toBe('ERR_X509_STRUCTURE')
    expect(codeOf(crlOf(new Uint8Array(), { version: [hex('020102')] }))).toBe('ERR_X509_STRUCTURE')
  })

  test('has nothing behind it, inside or outside', () => {
    const good = crlOf(entry(hex('01')))
    expect(codeOf(good)).toBeNull()
    expect(codeOf(concatBytes(good, hex('00')))).toBe('ERR_DER_TRAILING_DATA')
    expect(codeOf(crlOf(entry(hex('01')), { end: hex('0500') }))).toBe('ERR_DER_TRAILING_DATA')
  })

  test('says which of its extensions do not read, repeat, or are critical and unknown', () => {
    const number = sequence(hex('0603551d14 0403 020101'))
    const negative = sequence(hex('0603551d14 0403 0201ff'))
    const unknown = sequence(hex('0603551d63 0101ff 0400'))
    expect(parseCrl(crlOf(new Uint8Array(), { extensions: [number, number] })).repeatedExtensions).toEqual([
      '2.5.29.20',
    ])
    expect(parseCrl(crlOf(new Uint8Array(), { extensions: [negative] })).malformedExtensions).toEqual(['2.5.29.20'])
    expect(parseCrl(crlOf(new Uint8Array(), { extensions: [unknown] })).unknownCritical).toEqual(['2.5.29.99'])
  })

  test('cut or changed in any byte is refused or reads as something, and never throws otherwise', () => {
    const good = crlOf(concatBytes(entry(hex('01')), entry(hex('02'), [REASON(4)])))
    for (let at = 0; at < good.length; at++) {
      expect(codeOf(good.subarray(0, at))).not.toBeNull()
      for (const value of [0x00, 0x30, 0x80, 0x84, 0xff]) {
        const changed = good.slice()
        changed[at] = value
        expect(codeOf(changed)).toSatisfy((code) => code === null || typeof code === 'string')
      }
    }
  })

  test('of any bytes never throws but a ParseError', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => codeOf(bytes) !== undefined))
  })
})

describe('what OpenSSL makes', () => {
  let pki: ReturnType<typeof opensslPki>
  let issuer: Issued
  beforeAll(() => {
    pki = opensslPki()
    issuer = pki.issue({ subject: '/O=Example (sample)/CN=Example Authority (sample)', extensions: AUTHORITY })
  }, 30_000)
  afterAll(() => pki.remove())

  test('reads as OpenSSL reads it', () => {
    const signer = pki.issue({ subject: '/CN=Example Signer (sample)', issuer, extensions: SIGNER })
    const { notBefore, serialNumber } = parseCertificate(signer.der)
    const next = { epochSeconds: notBefore.epochSeconds + 86_400, fraction: '' }
    const { crl: make } = opensslRevocation(pki)
    const extensions = ['issuingDistributionPoint=critical,@idp', '2.5.29.27=critical,ASN1:INTEGER:200']
    const sections = [
      '[idp]',
      'fullname=URI:http://example.invalid/a.crl',
      'indirectCRL=TRUE',
      'onlyuser=TRUE',
      'onlysomereasons=superseded',
    ]
    const der = make({
      issuer,
      revoked: [{ certificate: signer, date: notBefore, reason: 'superseded' }],
      thisUpdate: notBefore,
      nextUpdate: next,
      number: 300,
      extensions,
      sections,
    })
    const crl = parseCrl(der)
    expect(crl).toMatchObject({
      version: 2,
      signatureAlgorithmsAgree: true,
      thisUpdate: notBefore,
      nextUpdate: next,
      unknownCritical: [],
      malformedExtensions: [],
      issuingDistributionPoint: {
        names: [{ kind: 'uniformResourceIdentifier', value: 'http://example.invalid/a.crl' }],
        onlyContainsUserCerts: true,
        onlyContainsCACerts: false,
        indirectCRL: true,
        onlySomeReasons: 1 << 4,
      },
    })
    expect(crl.crlNumber).toEqual(hex('012c'))
    expect(crl.baseCrlNumber).toEqual(hex('00c8'))
    expect(crl.issuer.key).toBe(parseCertificate(issuer.der).subject.key)
    expect(find(crl, serialNumber)).toMatchObject([{ reason: 'superseded', revocationDate: notBefore }])
  })

  test('distribution points read, relative names as whole ones', () => {
    const points = ['crlDistributionPoints=one,two', '[one]', 'relativename=part', 'reasons=keyCompromise,CACompromise']
    const more = [
      '[part]',
      'CN=Part 7',
      '[two]',
      'fullname=URI:http://example.invalid/b.crl',
      'CRLissuer=dirName:lists',
      '[lists]',
      'CN=Example Lists (sample)',
    ]
    const { der } = pki.issue({ subject: '/CN=Example (sample)', issuer, extensions: [...SIGNER, ...points, ...more] })
    const [one, two] = distributionPointsOf(parseCertificate(der)) ?? []
    const [relative] = one?.names ?? []
    expect(relative?.kind === 'directoryName' && relative.name.text).toBe(
      'CN=Part 7,CN=Example Authority (sample),O=Example (sample)',
    )
    expect(one?.reasons).toBe(0b110)
    expect(two?.cRLIssuer).toMatchObject([{ kind: 'directoryName' }])
  })

  test('is collected once from DER and PEM, and what does not read is noted', () => {
    const { crl: make } = opensslRevocation(pki)
    const { notBefore: from } = parseCertificate(issuer.der)
    const der = make({ issuer, thisUpdate: from, nextUpdate: { ...from, epochSeconds: from.epochSeconds + 60 } })
    const pem = encodeUtf8(`-----BEGIN X509 CRL-----\n${Buffer.from(der).toString('base64')}\n-----END X509 CRL-----\n`)
    const given = [der, pem, encodeUtf8('no list'), der.subarray(1)].map((bytes) => ({ name: 'list', bytes }))
    const digest = (_: unknown, bytes: Uint8Array) => Uint8Array.of(bytes.length & 0xff, bytes[0] ?? 0)
    const facts = collectRevocation(givenSources(given), digest)
    expect(facts.crls).toMatchObject([{ source: 'given' }])
    expect(facts.failures.map(({ source }) => source)).toEqual(['given', 'given'])
    expect(describeGivenRevocation(given, digest)).toHaveLength(4)
  })

  test('is read at once as from facts, in any order, and keeps no octet of the caller', () => {
    const lists = ['260101000000Z', '260102000000Z', '260103000000Z'].map((time, index) =>
      crlOf(entry(Uint8Array.of(index + 1), [], time)),
    )
    const all = [...lists, ...lists.slice(0, 1), encodeUtf8('no list'), null].map((bytes, index) => ({
      source: ['given', 'record/list.crl', 'seal/1.p7s crls[0]'][index % 3] ?? '',
      bytes,
      kind: 'any' as const,
    }))
    const digest = (_: unknown, bytes: Uint8Array) => Uint8Array.of(...bytes.subarray(-60))
    fc.assert(
      fc.property(fc.shuffledSubarray(all), (files) => {
        const facts = collectRevocation(files, digest)
        const { failures, omitted } = facts
        expect(readRevocation(files, digest)).toEqual({ ...parseRevocation(facts, digest), failures, omitted })
      }),
      { numRuns: 50 },
    )
    const own = lists.map((bytes) => ({ source: 'given', bytes: bytes.slice(), kind: 'crl' as const }))
    const read = readRevocation(own, digest)
    const before = read.crls.map(({ der }) => toHex(der))
    for (const { bytes } of own) bytes.fill(0)
    expect(read.crls.map(({ der }) => toHex(der))).toEqual(before)
    expect(before).toHaveLength(3)
  })
})
