import { describe, expect, test } from 'vitest'
import { madeCertificate } from '../../../../tools/testing/made-certificate.ts'
import { parseInstant } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import { SHIPPED_POLICIES } from '../policies/shipped.ts'
import type { Certificate, Extension, GeneralName } from './certificate.ts'
import { EXTENSION } from './certificate-extensions.ts'
import { pathAnchorOf } from './path.ts'
import { departuresFromProfile } from './path-profile.ts'
import { validatePath } from './path-validation.ts'

const has = (name: keyof typeof EXTENSION, critical: boolean): Extension => ({
  oid: EXTENSION[name],
  critical,
  value: new Uint8Array(0),
})

/** As a conforming authority makes them. */
const AUTHORITY: Partial<Certificate> = {
  basicConstraints: { ca: true, pathLen: 0 },
  keyUsage: new Set(['keyCertSign', 'cRLSign']),
  subjectKeyIdentifier: Uint8Array.of(1),
  authorityKeyIdentifier: { keyIdentifier: Uint8Array.of(2), issuer: null, serialNumber: null },
  extensions: [has('basicConstraints', true), has('subjectKeyIdentifier', false), has('authorityKeyIdentifier', false)],
}
const SIGNER: Partial<Certificate> = {
  basicConstraints: null,
  keyUsage: new Set(['digitalSignature']),
  authorityKeyIdentifier: { keyIdentifier: Uint8Array.of(1), issuer: null, serialNumber: null },
}

const LEADING_DOT = {
  permitted: [{ base: { kind: 'dNSName', value: '.sample.example' }, isWhole: true }],
  excluded: [],
  hasEmptyList: false,
} as const

const made = (subject: string, base: Partial<Certificate>, more: Partial<Certificate> = {}) =>
  madeCertificate(subject, 'Example Root', subject, { ...base, ...more })
const sections = (certificate: Certificate) => departuresFromProfile(certificate).map(({ section }) => section)
const nameless = { ...made('', SIGNER).subject, isEmpty: true, key: '' }
const critical = (name: keyof typeof EXTENSION) => ({ extensions: [has(name, true)] })
const lax = (name: keyof typeof EXTENSION) => ({ extensions: [has(name, false)] })

describe('the profile of RFC 5280 §4', () => {
  test('is kept by what a conforming authority makes', () => {
    expect(sections(made('Example Authority', AUTHORITY))).toEqual([])
    expect(sections(made('Example Signer', SIGNER))).toEqual([])
    const root = { ...AUTHORITY, authorityKeyIdentifier: null }
    expect(sections(made('Example Root', root))).toEqual([])
  })

  const DEPARTURES: readonly (readonly [string, Partial<Certificate>, Partial<Certificate>, string])[] = [
    ['two signature methods', SIGNER, { signatureAlgorithmsAgree: false }, '4.1.1.2'],
    ['a serial number of zero', SIGNER, { serialNumber: Uint8Array.of(0) }, '4.1.2.2'],
    ['a negative serial number', SIGNER, { serialNumber: Uint8Array.of(0x80) }, '4.1.2.2'],
    ['a serial number of 21 octets', SIGNER, { serialNumber: new Uint8Array(21).fill(1) }, '4.1.2.2'],
    ['no issuer', SIGNER, { issuer: nameless }, '4.1.2.4'],
    ['a GeneralizedTime before 2050', SIGNER, { isGeneralizedTimeEarly: true }, '4.1.2.5'],
    ['a unique identifier', SIGNER, { hasUniqueIdentifier: true }, '4.1.2.8'],
    ['no subject and no critical subjectAltName', SIGNER, { subject: nameless }, '4.1.2.6'],
    ['an authority without a name', AUTHORITY, { subject: nameless, ...critical('subjectAltName') }, '4.1.2.6'],
    ['no authorityKeyIdentifier', SIGNER, { authorityKeyIdentifier: null }, '4.2.1.1'],
    ['a critical authorityKeyIdentifier', SIGNER, critical('authorityKeyIdentifier'), '4.2.1.1'],
    ['no subjectKeyIdentifier of an authority', AUTHORITY, { subjectKeyIdentifier: null }, '4.2.1.2'],
    ['a critical subjectKeyIdentifier', SIGNER, critical('subjectKeyIdentifier'), '4.2.1.2'],
    [
      'no keyUsage of an authority',
      AUTHORITY,
      { keyUsage: null, basicConstraints: { ca: true, pathLen: null } },
      '4.2.1.3',
    ],
    ['keyCertSign of a signer', SIGNER, { keyUsage: new Set(['keyCertSign']) }, '4.2.1.3'],
    ['keyUsage without a bit', SIGNER, { keyUsage: new Set() }, '4.2.1.3'],
    [
      'anyPolicy mapped from',
      AUTHORITY,
      { policyMappings: [{ issuerDomainPolicy: '2.5.29.32.0', subjectDomainPolicy: '1.2.3' }] },
      '4.2.1.5',
    ],
    [
      'anyPolicy mapped to',
      AUTHORITY,
      { policyMappings: [{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '2.5.29.32.0' }] },
      '4.2.1.5',
    ],
    ['a policy twice', SIGNER, { certificatePolicies: ['1.2.3', '1.2.3'] }, '4.2.1.4'],
    ['basicConstraints of an authority that are not critical', AUTHORITY, lax('basicConstraints'), '4.2.1.9'],
    ['a pathLenConstraint of a signer', SIGNER, { basicConstraints: { ca: false, pathLen: 0 } }, '4.2.1.9'],
    [
      'nameConstraints of a signer',
      SIGNER,
      { nameConstraints: { permitted: [], excluded: [], hasEmptyList: false } },
      '4.2.1.10',
    ],
    [
      'an empty list of subtrees',
      AUTHORITY,
      { nameConstraints: { permitted: [], excluded: [], hasEmptyList: true } },
      '4.2.1.10',
    ],
    ['a host name constraint with a leading dot', AUTHORITY, { nameConstraints: LEADING_DOT }, '4.2.1.10'],
    ['nameConstraints that are not critical', AUTHORITY, lax('nameConstraints'), '4.2.1.10'],
    ['policyConstraints that are not critical', AUTHORITY, lax('policyConstraints'), '4.2.1.11'],
    ['inhibitAnyPolicy that is not critical', AUTHORITY, lax('inhibitAnyPolicy'), '4.2.1.14'],
  ]
  test.each(DEPARTURES)('is left with %s', (_name, base, change, section) => {
    expect(sections(made('Example', base, change))).toEqual([section])
  })

  const NAMES: readonly (readonly [GeneralName, boolean])[] = [
    [{ kind: 'dNSName', value: '*.sample.example' }, true],
    [{ kind: 'dNSName', value: 'a.*.example' }, false],
    [{ kind: 'dNSName', value: '' }, false],
    [{ kind: 'iPAddress', octets: new Uint8Array(16) }, true],
    [{ kind: 'iPAddress', octets: new Uint8Array(8) }, false],
    [{ kind: 'rfc822Name', value: 'a@sample.example' }, true],
    [{ kind: 'rfc822Name', value: 'sample.example' }, false],
    [{ kind: 'uniformResourceIdentifier', value: 'urn:x' }, true],
    [{ kind: 'uniformResourceIdentifier', value: '/x' }, false],
    [{ kind: 'registeredID', der: new Uint8Array(0) }, true],
  ]
  test.each(NAMES)('asks names for their form: %o', (name, isKept) => {
    expect(sections(made('Example', SIGNER, { subjectAltName: [name] }))).toEqual(isKept ? [] : ['4.2.1.6'])
  })
})

describe('a path through a certificate that departs from the profile', () => {
  const time = parseInstant('2026-01-01T00:00:00Z')
  const sealed = SHIPPED_POLICIES.find(({ id }) => id === 'sealed')
  if (time === undefined || sealed === undefined) throw new TypeError('sample')
  const strict: Policy = { ...sealed, paths: { ...sealed.paths, certificateProfile: 'required' } }
  const link = { outcome: 'valid', algorithm: null, unsupported: null, rsaBits: null } as const
  const judge = (root: Partial<Certificate>, signer: Partial<Certificate>, policy: Policy) => {
    const above = made('Example Root', { ...AUTHORITY, authorityKeyIdentifier: null }, root)
    const { sha256, der } = above
    const anchor = pathAnchorOf({ anchor: true, role: 'signer', label: 'sample', sha256, der }, above)
    const certificates = [made('Example Signer', SIGNER, signer)]
    const { value, problems } = validatePath({ certificates, links: [link], anchor }, time, policy)
    return [value, ...problems.map(({ reason }) => reason)]
  }

  test('holds unless the policy asks for the profile, the anchor’s own certificate included', () => {
    const zero = { serialNumber: Uint8Array.of(0) }
    expect(judge({}, {}, strict)).toEqual(['PASSED'])
    expect(judge({}, zero, sealed)).toEqual(['PASSED'])
    expect(judge({}, zero, strict)).toEqual(['INDETERMINATE', 'profile'])
    expect(judge(zero, {}, sealed)).toEqual(['PASSED'])
    expect(judge(zero, {}, strict)).toEqual(['INDETERMINATE', 'profile'])
  })
})
