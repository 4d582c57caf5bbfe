import { describe, expect, it } from 'vitest'
import { algorithm, certificate, extension } from '../../../../test-vectors/make/cms.ts'
import {
  ascii,
  bits,
  boolean,
  type Der,
  explicit,
  generalizedTime,
  hex,
  integer,
  octets,
  oid,
  sequence,
  tlv,
  utcTime,
} from '../../../../test-vectors/make/der.ts'
import { formatInstant } from '../model/instant.ts'
import { parseCertificate } from './certificate-parse.ts'

const withExtensions = (...extensions: readonly Der[]) => parseCertificate(certificate({ extensions }).der)
const malformed = (id: string, value: Uint8Array) => withExtensions(extension(id, value)).malformedExtensions

describe('a certificate', () => {
  it('keeps the bytes of its parts as they arrived', () => {
    const { der } = certificate()
    const parsed = parseCertificate(der)
    expect(Buffer.from(der).includes(Buffer.from(parsed.tbs))).toBe(true)
    expect(parsed.tbs.buffer).toBe(der.buffer)
    expect(parsed.signatureAlgorithmsAgree).toBe(true)
    expect([parsed.version, Buffer.from(parsed.serialNumber).toString('hex')]).toEqual([3, '1234'])
  })

  it('may be of version 1 or 2', () => {
    expect(parseCertificate(certificate({ version: null }).der).version).toBe(1)
    expect(parseCertificate(certificate({ version: explicit(0, integer(1)) }).der).version).toBe(2)
  })

  it('may have both kinds of time', () => {
    const { notBefore, notAfter } = parseCertificate(
      certificate({ notBefore: utcTime('700101000000Z'), notAfter: generalizedTime('99991231235959Z') }).der,
    )
    expect([notBefore, notAfter].map(formatInstant)).toEqual(['1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])
  })

  it('says that its two algorithm identifiers differ', () => {
    const { der } = certificate()
    const at = Buffer.from(der).lastIndexOf(Buffer.from(algorithm('1.2.840.10045.4.3.2')))
    const changed = Uint8Array.from(der)
    changed[at + 11] = 3
    expect(parseCertificate(changed).signatureAlgorithmsAgree).toBe(false)
  })

  it.each<[string, Parameters<typeof certificate>[0], RegExp]>([
    ['a version that does not exist', { version: explicit(0, integer(3)) }, /^ERR_X509_STRUCTURE/],
    [
      'extensions in version 1',
      { version: null, extensions: [extension('1.2.3', hex('0500'))] },
      /^ERR_X509_STRUCTURE/,
    ],
    ['no extension in its list', { extensions: [] }, /^ERR_DER_TRUNCATED/],
    ['a padded serial number', { serial: hex('02020001') }, /^ERR_DER_NON_CANONICAL/],
    ['a serial number of 65 octets', { serial: tlv(2, new Uint8Array(65).fill(1)) }, /^ERR_LIMIT/],
    ['a day that does not exist', { notAfter: utcTime('490229000000Z') }, /^ERR_TIME/],
    ['a fraction in its time', { notAfter: generalizedTime('20500101000000.5Z') }, /^ERR_TIME/],
    [
      'a boolean that is neither',
      { extensions: [sequence(oid('1.2.3'), hex('010101'), octets(hex('0500')))] },
      /^ERR_DER_NON/,
    ],
  ])('is refused with %s', (_, recipe, error) => {
    expect(() => parseCertificate(certificate(recipe).der)).toThrow(error)
  })

  it('is refused with anything behind it, at every cut, and in BER', () => {
    const { der } = certificate()
    expect(() => parseCertificate(Uint8Array.of(...der, 0))).toThrow(/^ERR_DER_TRAILING_DATA/)
    for (let length = 0; length < der.length; length++)
      expect(() => parseCertificate(der.subarray(0, length))).toThrow(/^ERR_DER/)
    expect(() => parseCertificate(Uint8Array.of(0x30, 0x80, ...der.subarray(4), 0, 0))).toThrow(
      /^ERR_DER_NON_CANONICAL/,
    )
  })
})

describe('extensions', () => {
  it('are kept in order, with repeated ones named', () => {
    const { extensions, repeatedExtensions } = withExtensions(
      extension('1.2.3', ascii('a'), true),
      extension('1.2.4', ascii('b')),
      extension('1.2.3', ascii('c')),
    )
    expect(extensions.map(({ oid: id, critical }) => [id, critical])).toEqual([
      ['1.2.3', true],
      ['1.2.4', false],
      ['1.2.3', false],
    ])
    expect(repeatedExtensions).toEqual(['1.2.3'])
  })

  it('have values', () => {
    const parsed = withExtensions(
      extension('2.5.29.15', bits(Uint8Array.of(0x05, 0x80), 7), true),
      extension('2.5.29.19', sequence(boolean(true), integer(0)), true),
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.8')), true),
      extension('2.5.29.14', octets(hex('0102'))),
      extension('2.5.29.35', sequence(tlv(0x80, hex('0304')))),
    )
    expect([...(parsed.keyUsage ?? [])]).toEqual(['keyCertSign', 'encipherOnly', 'decipherOnly'])
    expect(parsed.basicConstraints).toEqual({ ca: true, pathLen: 0 })
    expect(parsed.extendedKeyUsage).toEqual({ purposes: ['1.3.6.1.5.5.7.3.8'], critical: true })
    expect(parsed.subjectKeyIdentifier).toEqual(hex('0102'))
    expect(parsed.authorityKeyIdentifier).toEqual({ keyIdentifier: hex('0304'), issuer: null, serialNumber: null })
    expect(parsed.malformedExtensions).toEqual([])
  })

  it('have policies and constraints', () => {
    const tree = (host: string, ...more: Uint8Array[]) => sequence(tlv(0x82, ascii(host)), ...more)
    const parsed = withExtensions(
      extension(
        '2.5.29.30',
        sequence(tlv(0xa0, tree('a'), tree('b', tlv(0x81, hex('03')))), tlv(0xa1, tree('c'))),
        true,
      ),
      extension('2.5.29.32', sequence(sequence(oid('1.2.3')), sequence(oid('2.5.29.32.0'), sequence(oid('1.2'))))),
      extension('2.5.29.33', sequence(sequence(oid('1.2.3'), oid('1.2.4')))),
      extension('2.5.29.36', sequence(tlv(0x80, hex('00')), tlv(0x81, hex('05'))), true),
      extension('2.5.29.54', integer(2), true),
    )
    expect(parsed.nameConstraints).toEqual({
      permitted: [
        { base: { kind: 'dNSName', value: 'a' }, isWhole: true },
        { base: { kind: 'dNSName', value: 'b' }, isWhole: false },
      ],
      excluded: [{ base: { kind: 'dNSName', value: 'c' }, isWhole: true }],
      hasEmptyList: false,
    })
    expect(parsed.certificatePolicies).toEqual(['1.2.3', '2.5.29.32.0'])
    expect(parsed.policyMappings).toEqual([{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }])
    expect(parsed.policyConstraints).toEqual({ requireExplicitPolicy: 0, inhibitPolicyMapping: 5 })
    expect(parsed.inhibitAnyPolicy).toBe(2)
    expect(parsed.malformedExtensions).toEqual([])
  })

  it.each([
    ['nameConstraints without a subtree', '2.5.29.30', sequence()],
    ['nameConstraints with an empty list', '2.5.29.30', sequence(tlv(0xa0))],
    ['nameConstraints in the wrong order', '2.5.29.30', sequence(tlv(0xa1), tlv(0xa0))],
    ['nameConstraints with an empty list of what is excluded alone', '2.5.29.30', sequence(tlv(0xa1))],
    [
      'nameConstraints on an otherName without a type',
      '2.5.29.30',
      sequence(tlv(0xa0, sequence(tlv(0xa0, tlv(0x82))))),
    ],
    ['subjectAltName with an otherName without a value', '2.5.29.17', sequence(tlv(0xa0, oid('1.2.3')))],
    ['certificatePolicies without a policy', '2.5.29.32', sequence()],
    ['policyMappings to nothing', '2.5.29.33', sequence(sequence(oid('1.2.3')))],
    ['policyConstraints without a field', '2.5.29.36', sequence()],
    ['policyConstraints with a negative number', '2.5.29.36', sequence(tlv(0x80, hex('ff')))],
    ['inhibitAnyPolicy of another type', '2.5.29.54', sequence()],
    ['basicConstraints with more in it', '2.5.29.19', sequence(boolean(true), integer(0), integer(0))],
    ['basicConstraints with a negative pathLenConstraint', '2.5.29.19', sequence(boolean(true), integer(-1))],
    ['basicConstraints with bytes behind it', '2.5.29.19', Uint8Array.of(...sequence(), 0)],
    ['keyUsage of another type', '2.5.29.15', integer(1)],
    ['keyUsage with unused bits that are set', '2.5.29.15', bits(Uint8Array.of(0x81), 7)],
    ['extendedKeyUsage without a purpose', '2.5.29.37', sequence()],
    ['subjectAltName without a name', '2.5.29.17', sequence()],
    ['subjectAltName with a host name that is not ASCII', '2.5.29.17', sequence(tlv(0x82, hex('c3a9')))],
    ['subjectKeyIdentifier of another type', '2.5.29.14', sequence()],
    ['nothing at all', '2.5.29.19', new Uint8Array()],
  ])('%s are malformed', (_, id, value) => {
    expect(malformed(id, value)).toEqual([id])
  })
})
