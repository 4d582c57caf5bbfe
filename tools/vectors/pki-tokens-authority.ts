import { algorithm } from '../../test-vectors/make/cms.ts'
import { bits, generalizedTime, integer, nothing, octets, oid, sequence } from '../../test-vectors/make/der.ts'
import {
  AUTHORITY,
  authority,
  basicConstraints,
  CA_USAGE,
  type CertificateRecipe,
  extendedKeyUsage,
  issue,
  keyUsage,
  UNIT,
  unknownExtension,
} from './pki-certificates.ts'
import { essCertId, essV2, granted, keyIdSid } from './pki-cms.ts'
import { p256Key, type VectorKey } from './pki-keys.ts'
import { AUTHORITY_CA, bad, badPath, good, ROOT, tokenOf, UNIT_ONE, unitOf, withoutPath } from './pki-token-base.ts'

/** Tokens whose authority may not attest times, or is not known to. */

const STRANGER = 'accepting it would let a certificate that was given for something else attest times'
const USE = [basicConstraints(false), keyUsage('digitalSignature')]

// What the unit's own certificate is for: RFC 3161 §2.3
for (const [name, mutation, extensions, finding] of [
  ['eku-absent', 'no extKeyUsage', [], 'timestamp.extended-key-usage FAILED:absent'],
  [
    'eku-not-critical',
    'extKeyUsage is not critical',
    [extendedKeyUsage(false, 'timeStamping')],
    'timestamp.extended-key-usage FAILED:not-critical',
  ],
  [
    'eku-additional',
    'timeStamping and codeSigning',
    [extendedKeyUsage(true, 'timeStamping', 'codeSigning')],
    'timestamp.extended-key-usage FAILED:additional-purpose',
  ],
  [
    'eku-code-signing',
    'codeSigning alone',
    [extendedKeyUsage(true, 'codeSigning')],
    'timestamp.extended-key-usage FAILED:other-purpose',
  ],
  [
    'eku-any',
    'anyExtendedKeyUsage alone',
    [extendedKeyUsage(true, 'any')],
    'timestamp.extended-key-usage FAILED:other-purpose',
  ],
  [
    'eku-any-beside',
    'timeStamping and anyExtendedKeyUsage',
    [extendedKeyUsage(true, 'timeStamping', 'any')],
    'timestamp.extended-key-usage FAILED:additional-purpose',
  ],
] as const) {
  bad(name, {
    mutation,
    why: 'RFC 3161 §2.3: only one instance, critical, id-kp-timeStamping alone',
    effect: STRANGER,
    token: tokenOf({ unit: unitOf({ extensions: [...USE, ...extensions] }) }),
    findings: [finding],
  })
}
const STAMPING = extendedKeyUsage(true, 'timeStamping')
for (const [name, mutation, extensions, finding] of [
  [
    'ku-key-encipherment',
    'keyUsage keyEncipherment alone',
    [basicConstraints(false), keyUsage('keyEncipherment')],
    'timestamp.key-usage FAILED:key-usage',
  ],
  [
    'ku-key-cert-sign',
    'keyUsage keyCertSign and cRLSign, no authority',
    [basicConstraints(false), CA_USAGE],
    'timestamp.key-usage FAILED:key-usage',
  ],
  [
    'ku-additional',
    'keyUsage digitalSignature and keyEncipherment',
    [basicConstraints(false), keyUsage('digitalSignature', 'keyEncipherment')],
    'timestamp.key-usage INDETERMINATE:additional-usage',
  ],
  [
    'unit-is-an-authority',
    'the unit is itself a certification authority',
    [basicConstraints(true), keyUsage('digitalSignature', 'keyCertSign')],
    'timestamp.key-usage INDETERMINATE:ca-certificate',
  ],
] as const) {
  bad(name, {
    mutation,
    why: 'RFC 5280 §4.2.1.12: with timeStamping digitalSignature and/or nonRepudiation are consistent',
    effect: STRANGER,
    token: tokenOf({ unit: unitOf({ extensions: [...extensions, STAMPING] }) }),
    findings: [finding],
  })
}
bad('signed-by-the-authority-itself', {
  mutation: 'the issuing authority signs the token with its own certificate',
  why: 'RFC 3161 §2.3: a key for time-stamps alone',
  effect: STRANGER,
  token: tokenOf({ unit: AUTHORITY_CA, certificates: [AUTHORITY_CA.der] }),
  findings: ['timestamp.extended-key-usage FAILED:absent', 'timestamp.key-usage FAILED:key-usage'],
})

// Times
bad('gen-time-before-certificate', {
  mutation: 'genTime is before the certificate begins',
  why: 'RFC 5280 §6.1.3 (a) (2) at genTime',
  effect: 'accepting it would date a file before the authority could have seen it',
  token: tokenOf({ unit: unitOf({ from: '260315000000Z' }) }),
  findings: ['timestamp.validity INDETERMINATE:not-yet-valid'],
})
bad('gen-time-a-second-before-certificate', {
  base: 'gen-time-at-not-before',
  mutation: 'genTime is one second before the certificate begins',
  why: 'RFC 5280 §6.1.3 (a) (2) at genTime',
  effect: 'accepting it would date a file before the authority could have seen it',
  token: tokenOf({ unit: unitOf({ from: '260314091201Z' }) }),
  findings: ['timestamp.validity INDETERMINATE:not-yet-valid'],
})
bad('gen-time-half-a-second-after-certificate', {
  base: 'gen-time-at-not-after',
  mutation: 'genTime is half a second after the certificate ended',
  why: 'RFC 5280 §6.1.3 (a) (2) at genTime',
  effect: 'accepting it would let an old key go on attesting',
  token: tokenOf({ unit: unitOf({ to: '260314091200Z' }), info: { genTime: generalizedTime('20260314091200.5Z') } }),
  findings: ['timestamp.validity INDETERMINATE:expired', 'timestamp.believed INDETERMINATE:expired'],
})
bad('gen-time-after-certificate', {
  mutation: 'genTime is after the certificate ended',
  why: 'RFC 5280 §6.1.3 (a) (2) at genTime',
  effect: 'accepting it would let an old key go on attesting',
  token: tokenOf({ unit: unitOf({ to: '260301000000Z' }) }),
  findings: ['timestamp.validity INDETERMINATE:expired', 'timestamp.believed INDETERMINATE:expired'],
})
bad('certificate-expired-since', {
  mutation: 'the certificate was valid at genTime and is no longer',
  why: 'ETSI EN 319 102-1 §5.6: whoever has the old key could have made the token since',
  effect: 'accepting it would believe dates made with keys that nobody guards any more',
  token: tokenOf(),
  time: '2030-06-01T00:00:00Z',
  findings: ['timestamp.believed INDETERMINATE:expired'],
})
bad('pinned-unit-expired-before', {
  base: 'unit-is-the-anchor',
  mutation: 'the unit itself is the anchor, and had expired at genTime',
  why: 'RFC 5280 §6.1.3 (a) (2): being chosen does not prolong a certificate',
  effect: 'accepting it would let an old key go on attesting',
  token: tokenOf({ info: { genTime: generalizedTime('20300314091200Z') } }),
  trustSet: 'unit',
  time: '2030-06-01T00:00:00Z',
  findings: ['timestamp.validity INDETERMINATE:expired', 'timestamp.believed INDETERMINATE:expired'],
  openssl: { arguments: ['-partial_chain'] },
})

// The authority above
const PATH = 'accepting it would let anybody who has some certificate make time-stamp authorities'
function under(ca: Partial<CertificateRecipe>, unit: Partial<CertificateRecipe> = {}): Uint8Array {
  const above = authority('Example Vector Time Authority', { issuer: ROOT, ...ca })
  const below = unitOf({ issuer: above, ...unit })
  return tokenOf({ unit: below, certificates: [below.der, above.der] })
}
const ca = (...extensions: readonly Uint8Array[]) => ({ extensions })
const aboves: readonly (readonly [string, string, string, Uint8Array, string])[] = [
  [
    'ca-eku-server-auth',
    'the authority above has extKeyUsage serverAuth alone',
    'RFC 5280 §4.2.1.12: certified for other purposes',
    under(ca(...AUTHORITY, extendedKeyUsage(false, 'serverAuth'))),
    'FAILED:extended-key-usage',
  ],
  [
    'ca-not-a-ca',
    'the certificate above has cA FALSE',
    'RFC 5280 §6.1.4 (k)',
    under(ca(basicConstraints(false), CA_USAGE)),
    'FAILED:not-a-ca',
  ],
  [
    'ca-without-basic-constraints',
    'the certificate above has no basicConstraints',
    'RFC 5280 §6.1.4 (k)',
    under(ca(CA_USAGE)),
    'FAILED:not-a-ca',
  ],
  [
    'ca-without-key-cert-sign',
    'the authority above lacks keyCertSign',
    'RFC 5280 §6.1.4 (n)',
    under(ca(basicConstraints(true), keyUsage('cRLSign'))),
    'FAILED:key-usage',
  ],
  [
    'ca-version-1',
    'the certificate above is of version 1',
    'RFC 5280 §6.1.4 (k)',
    under({ version: 1, extensions: [] }),
    'FAILED:version',
  ],
  [
    'ca-unknown-critical-extension',
    'the authority above has a critical extension that nobody knows',
    'RFC 5280 §6.1.4 (o)',
    under(ca(...AUTHORITY, unknownExtension(true))),
    'INDETERMINATE:unknown-critical-extension',
  ],
  [
    'ca-expired-before',
    'the authority above had expired at genTime',
    'RFC 5280 §6.1.3 (a) (2)',
    under({ to: '260301000000Z' }),
    'FAILED:expired',
  ],
  [
    'ca-later',
    'the authority above begins after genTime',
    'RFC 5280 §6.1.3 (a) (2)',
    under({ from: '260401000000Z' }),
    'FAILED:not-yet-valid',
  ],
  [
    'unit-unknown-critical-extension',
    'the unit has a critical extension that nobody knows',
    'RFC 5280 §6.1.5 (f)',
    under({}, { extensions: [...UNIT, unknownExtension(true)] }),
    'INDETERMINATE:unknown-critical-extension',
  ],
  [
    'unit-repeated-extension',
    'the unit has extKeyUsage twice',
    'RFC 5280 §4.2',
    under({}, { extensions: [...UNIT, extendedKeyUsage(true, 'timeStamping')] }),
    'FAILED:repeated-extension',
  ],
  [
    'unit-algorithms-disagree',
    'signatureAlgorithm is not the one that was signed',
    'RFC 5280 §4.1.1.2',
    under({}, { outerAlgorithm: algorithm('1.2.840.10045.4.3.2', nothing()) }),
    'FAILED:algorithms-disagree',
  ],
]
for (const [name, mutation, why, bytes, candidate] of aboves) {
  bad(name, { mutation, why, effect: PATH, token: bytes, findings: badPath(candidate) })
}
bad('below-path-length-0', {
  base: 'path-length-just-enough',
  mutation: 'an authority below one with pathLenConstraint 0 issued the unit',
  why: 'RFC 5280 §4.2.1.9, §6.1.4 (l)',
  effect: PATH,
  token: (() => {
    const short = authority('Example Vector Short Authority', {
      issuer: ROOT,
      extensions: [basicConstraints(true, 0), CA_USAGE],
    })
    const lower = authority('Example Vector Lower Authority', { issuer: short })
    const unit = unitOf({ issuer: lower })
    return tokenOf({ unit, certificates: [unit.der, lower.der, short.der] })
  })(),
  findings: badPath('FAILED:path-length'),
})
bad('issued-by-a-unit', {
  mutation: 'another unit issued the unit',
  why: 'RFC 5280 §6.1.4 (k)',
  effect: PATH,
  token: (() => {
    const above = unitOf({ name: 'Example Vector Unit Above' })
    const unit = unitOf({ issuer: above })
    return tokenOf({ unit, certificates: [unit.der, above.der, AUTHORITY_CA.der] })
  })(),
  findings: ['timestamp.path-candidate FAILED:not-a-ca', ...withoutPath('none-holds')],
})

// Trust
const TRUST = 'accepting it would let anybody be an authority'
const selfSigned = issue({ name: 'Example Vector Self-Made Unit', extensions: UNIT })
bad('self-signed-unit', {
  mutation: 'the unit issued its certificate itself',
  why: 'RFC 5280 §6.1.1 (d): a path ends at an anchor that was chosen',
  effect: TRUST,
  token: tokenOf({ unit: selfSigned, certificates: [selfSigned.der] }),
  findings: withoutPath('anchor-missing'),
})
bad('root-not-chosen', {
  mutation: 'the trust set has another root',
  why: 'RFC 5280 §6.1.1 (d): a path ends at an anchor that was chosen',
  effect: TRUST,
  token: tokenOf(),
  trustSet: 'other',
  findings: withoutPath('issuer-missing'),
})
bad('root-in-the-token', {
  mutation: 'the trust set has another root; the token brings its own',
  why: 'verdicts: nothing inside is trusted by itself',
  effect: TRUST,
  token: tokenOf({ certificates: [UNIT_ONE.der, AUTHORITY_CA.der, ROOT.der] }),
  trustSet: 'other',
  findings: withoutPath('anchor-missing'),
})
bad('no-trust-set', {
  mutation: 'no trust set is given',
  why: 'verdicts: without anchors there is no path',
  effect: TRUST,
  token: tokenOf(),
  trustSet: null,
  findings: withoutPath('no-trust-set'),
})
bad('anchor-of-other-role', {
  mutation: 'the trust set has the root for signers alone',
  why: 'verdicts: an anchor counts for its role',
  effect: 'accepting it would let those who certify signers attest times',
  token: tokenOf(),
  trustSet: 'other-role',
  findings: withoutPath('other-role'),
  withoutOpenssl: 'its trust has no roles of this kind',
})
bad('same-name-other-key', {
  mutation: 'the trust set has a root of the same name with another key',
  why: 'RFC 5280 §6.1.3 (a) (1)',
  effect: TRUST,
  token: tokenOf(),
  trustSet: 'double',
  findings: ['timestamp.path-candidate FAILED:signature', ...withoutPath('same-name-other-key')],
})
for (const [name, trustSet, mutation, findings] of [
  [
    'anchor-ended-before',
    'ended-before',
    'the trust set relies on the root until before genTime',
    ['timestamp.path-candidate INDETERMINATE:anchor-interval', ...withoutPath('anchor-interval')],
  ],
  [
    'anchor-begins-later',
    'begins-later',
    'the trust set relies on the root from after genTime',
    ['timestamp.path-candidate INDETERMINATE:anchor-interval', ...withoutPath('anchor-interval')],
  ],
  [
    'anchor-ended-since',
    'ended-since',
    'the trust set relies on the root until after genTime, before the validation time',
    ['timestamp.believed INDETERMINATE:path-ended'],
  ],
] as const) {
  bad(name, {
    mutation,
    why: 'verdicts: an anchor counts within its interval; from its end on its keys may be in other hands',
    effect: 'accepting it would believe dates made with a stolen key',
    token: tokenOf(),
    trustSet,
    findings,
    withoutOpenssl: 'its trust has no interval',
  })
}
bad('authority-certificate-absent', {
  mutation: 'the certificate of the authority between is not here',
  why: 'RFC 5280 §6.1: the path has a gap',
  effect: TRUST,
  token: tokenOf({ certificates: [UNIT_ONE.der] }),
  findings: withoutPath('issuer-missing'),
})
bad('unit-certificate-absent', {
  mutation: 'the certificate of the unit is not here',
  why: 'RFC 3161 §2.4.1: without certReq it comes by another way; missing is not wrong',
  effect: 'accepting it would believe a signature that was not computed',
  token: tokenOf({ certificates: [AUTHORITY_CA.der] }),
  findings: [
    'timestamp.algorithm INDETERMINATE:certificate-missing',
    'timestamp.signing-certificate INDETERMINATE:certificate-missing',
    'timestamp.signature INDETERMINATE:certificate-missing',
    'timestamp.tsa-name INDETERMINATE:certificate-missing',
    'timestamp.extended-key-usage INDETERMINATE:certificate-missing',
    'timestamp.key-usage INDETERMINATE:certificate-missing',
    'timestamp.path INDETERMINATE:certificate-missing',
    'timestamp.validity INDETERMINATE:certificate-missing',
    'timestamp.believed INDETERMINATE:certificate-missing',
  ],
})

// Certificates exchanged
const forger = p256Key('a forger')
const impostor = issue({
  name: 'Example Vector Impostor',
  subject: UNIT_ONE.subject,
  issuerName: AUTHORITY_CA.subject,
  serial: UNIT_ONE.serial,
  key: forger,
  signedBy: forger,
  extensions: UNIT,
})
bad('forged-double-signs', {
  base: 'bag-with-forged-double-first',
  mutation: 'a forged certificate with the issuer and serial number of the true one signs, the true one lies beside it',
  why: 'RFC 5280 §6.1.3 (a) (1)',
  effect: TRUST,
  token: tokenOf({ unit: impostor, certificates: [UNIT_ONE.der, impostor.der, AUTHORITY_CA.der] }),
  findings: withoutPath('issuer-missing'),
})
bad('forged-double-signs-for-the-true-one', {
  base: 'bag-with-forged-double-first',
  mutation: 'the forger’s key signs, the signing-certificate attribute names the true certificate',
  why: 'RFC 5652 §5.6 under the certificate that the attribute binds',
  effect: TRUST,
  token: tokenOf({
    unit: impostor,
    certificates: [impostor.der, UNIT_ONE.der, AUTHORITY_CA.der],
    attributes: (usual) => usual.with(2, essV2(essCertId(UNIT_ONE))),
  }),
  findings: ['timestamp.signature FAILED:invalid'],
})
const sameKey = issue({
  name: 'Example Vector Double With Its Key',
  subject: UNIT_ONE.subject,
  issuerName: AUTHORITY_CA.subject,
  serial: UNIT_ONE.serial,
  key: UNIT_ONE.key,
  signedBy: forger,
  extensions: UNIT,
})
bad('double-with-the-same-key-bound', {
  base: 'bag-with-forged-double-first',
  mutation: 'the attribute binds a forged certificate that carries the true key',
  why: 'RFC 5035 §3: the bound certificate is the one that is judged',
  effect: 'accepting it would let the certificate be exchanged under one signature',
  token: tokenOf({
    certificates: [UNIT_ONE.der, sameKey.der, AUTHORITY_CA.der],
    attributes: (usual) => usual.with(2, essV2(essCertId(sameKey))),
  }),
  findings: withoutPath('issuer-missing'),
})
bad('sid-of-another', {
  mutation: 'the signer identifier has another serial number',
  why: 'RFC 5652 §5.3: it names the certificate',
  effect: 'accepting it would guess who signed',
  token: tokenOf({ sid: sequence(UNIT_ONE.issuer, integer(99)) }),
  findings: [
    'timestamp.algorithm INDETERMINATE:certificate-missing',
    'timestamp.signing-certificate INDETERMINATE:certificate-missing',
    'timestamp.signature INDETERMINATE:certificate-missing',
    'timestamp.tsa-name INDETERMINATE:certificate-missing',
    'timestamp.extended-key-usage INDETERMINATE:certificate-missing',
    'timestamp.key-usage INDETERMINATE:certificate-missing',
    'timestamp.path INDETERMINATE:certificate-missing',
    'timestamp.validity INDETERMINATE:certificate-missing',
    'timestamp.believed INDETERMINATE:certificate-missing',
  ],
})
bad('sid-key-identifier-without-extension', {
  base: 'sid-key-identifier',
  mutation: 'the signer is named by SHA-1 of its key, its certificate has no subjectKeyIdentifier',
  why: 'RFC 5652 §5.3: the value of the extension, nothing computed',
  effect: 'accepting it would guess who signed',
  token: tokenOf({ sid: keyIdSid(UNIT_ONE.keyId), version: 3 }),
  findings: [
    'timestamp.algorithm INDETERMINATE:certificate-missing',
    'timestamp.signing-certificate INDETERMINATE:certificate-missing',
    'timestamp.signature INDETERMINATE:certificate-missing',
    'timestamp.tsa-name INDETERMINATE:certificate-missing',
    'timestamp.extended-key-usage INDETERMINATE:certificate-missing',
    'timestamp.key-usage INDETERMINATE:certificate-missing',
    'timestamp.path INDETERMINATE:certificate-missing',
    'timestamp.validity INDETERMINATE:certificate-missing',
    'timestamp.believed INDETERMINATE:certificate-missing',
  ],
})
/** SubjectPublicKeyInfo with the parameters of P-256 written out (RFC 3279 §2.3.5), which let a forger choose the base point. */
const own = p256Key('Example Vector Explicit Unit')
const explicitCurve: VectorKey = {
  ...own,
  spki: sequence(
    sequence(
      oid('1.2.840.10045.2.1'),
      sequence(integer(1), sequence(oid('1.2.840.10045.1.1'), integer(23)), octets(new Uint8Array(1))),
    ),
    bits(own.spki.subarray(-65)),
  ),
}
bad('explicit-curve', {
  mutation: 'the unit’s key has explicit curve parameters',
  why: 'RFC 5480 §2.1.1: namedCurve only (CVE-2020-0601)',
  effect: 'accepting it would let a forger choose a curve on which he knows the key',
  token: tokenOf({ unit: unitOf({ key: explicitCurve }) }),
  findings: [
    'timestamp.algorithm INDETERMINATE:unsupported',
    'timestamp.signature INDETERMINATE:unsupported',
    'timestamp.believed INDETERMINATE:unsupported',
  ],
})
good('unit-certificate-beside-a-response', {
  mutation: 'a response whose token has the root’s certificate too',
  why: 'RFC 5652 §5.1: certificates may hold more than is needed',
  effect: 'refusing it would throw away a good time-stamp',
  token: granted(tokenOf({ certificates: [ROOT.der, AUTHORITY_CA.der, UNIT_ONE.der] })),
})
