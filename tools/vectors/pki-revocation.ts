import { algorithm, extension } from '../../test-vectors/make/cms.ts'
import { integer, join, nothing, sequence, tlv } from '../../test-vectors/make/der.ts'
import {
  authority,
  basicConstraints,
  extendedKeyUsage,
  type Holder,
  issue,
  keyUsage,
  SIGNER,
  unknownExtension,
  uri,
} from './pki-certificates.ts'
import { expectation } from './pki-expect.ts'
import { p256Key, rsaKey } from './pki-keys.ts'
import { pathExpectation } from './pki-path-report.ts'
import {
  type CrlRecipe,
  crl,
  crlIssuerField,
  crlNumber,
  deltaIndicator,
  distributionPoints,
  type EntryRecipe,
  flag,
  issuingPoint,
  OCSP_NO_CHECK,
  type OcspRecipe,
  ocsp,
  ocspFailure,
  pointName,
  type Reason,
  type SingleRecipe,
  someReasons,
} from './pki-revocation-make.ts'
import { DATA, AUTHORITY_CA as TIME_CA, ROOT as TIME_ROOT, tokenOf, UNIT_ONE } from './pki-token-base.ts'
import { FamilyBuilder, type PkiVector } from './pki-vector.ts'

/** A signer's certificate below an authority below a root, with what is said of their revocation; and tokens with the same. */
export const revocation = new FamilyBuilder('revocation')

const ROOT = authority('Example Revocation Root')
const CA = authority('Example Revocation Authority', { issuer: ROOT })
const SIBLING = authority('Example Revocation Sibling', { issuer: ROOT })
const END = issue({ name: 'Example Revocation End', issuer: CA, extensions: SIGNER })
const OTHER = issue({ name: 'Example Revocation Other', issuer: CA, extensions: SIGNER })
revocation.file('root.cer', ROOT.der)
revocation.file('time-root.cer', TIME_ROOT.der)
revocation.file('data', DATA)
revocation.trustSet('signer', [{ role: 'signer', certificate: 'root.cer' }])
revocation.trustSet('time', [{ role: 'time-stamp-authority', certificate: 'time-root.cer' }])

const kept = new Map<string, string>()
function keep(name: string, bytes: Uint8Array): string {
  const key = Buffer.from(bytes).toString('base64')
  const known = kept.get(key) ?? revocation.file(name, bytes)
  kept.set(key, known)
  return known
}

interface Spec {
  readonly base?: string
  readonly mutation: string
  readonly why: string
  readonly effect?: string
  readonly end?: Holder
  readonly ca?: Holder
  readonly root?: Holder
  /** Further certificates at hand. */
  readonly more?: readonly Holder[]
  /** Null: no CRL of the root for the authority. */
  readonly above?: Uint8Array | null
  readonly crls?: readonly Uint8Array[]
  readonly ocsp?: readonly Uint8Array[]
  readonly findings?: readonly string[]
  readonly policy?: string
  readonly withoutOpenssl?: string
  readonly openssl?: readonly string[]
}
const ROOT_CRL = crl({ issuer: ROOT })

function add(name: string, spec: Spec, base: string | null): void {
  const { end = END, ca = CA, more = [], above = ROOT_CRL, crls = [], ocsp: responses = [], findings = [] } = spec
  const files = [...(above === null ? [] : [above]), ...crls]
  const mixed = crls.length > 0 && responses.length > 0 ? 'openssl asks CRLs and OCSP apart' : undefined
  const withoutOpenssl = spec.withoutOpenssl ?? mixed
  const trustSet =
    spec.root === undefined
      ? 'signer'
      : revocation.trustSet(name, [{ role: 'signer', certificate: keep(`${name}.root.cer`, spec.root.der) }])
  revocation.add({
    name,
    base,
    mutation: spec.mutation,
    why: spec.why,
    effect:
      spec.effect ??
      (base === null
        ? 'refusing it would throw away a good certificate'
        : 'accepting it would call good what is revoked, or what nobody says is good'),
    policy: spec.policy ?? 'court',
    trustSet,
    validationTime: '2026-06-01T00:00:00Z',
    inputs: {
      certificate: keep(`${name}.cer`, end.der),
      certificates: [ca, ...more].map((one, index) => keep(`${name}.${index + 1}.cer`, one.der)),
      revocation: [
        ...files.map((bytes, index) => keep(`${name}.${index + 1}.crl`, bytes)),
        ...responses.map((bytes, index) => keep(`${name}.${index + 1}.ors`, bytes)),
      ],
    },
    expect: pathExpectation(findings, 'signer'),
    ...(withoutOpenssl === undefined
      ? { openssl: { arguments: spec.openssl ?? (responses.length > 0 ? [] : ['-purpose', 'smimesign']) } }
      : { withoutOpenssl }),
  })
}
const good = (name: string, spec: Omit<Spec, 'findings'>): void => add(name, spec, null)
const bad = (name: string, spec: Spec & { readonly findings: readonly string[] }): void =>
  add(name, spec, spec.base ?? 'crl-good')
const REVOKED = ['revocation FAILED:revoked']
const UNDECIDED = ['revocation INDETERMINATE:undecided']
const NO_DATA = ['revocation INDETERMINATE:no-data']
const entry = (more: Partial<EntryRecipe> = {}): EntryRecipe => ({ serial: END.serial, date: '260501000000Z', ...more })
const ofCa = (more: Partial<CrlRecipe> = {}): Uint8Array => crl({ issuer: CA, ...more })
const CLEAN = ofCa()

// CRLs
good('crl-good', { mutation: 'none', why: 'RFC 5280 §6.3', crls: [CLEAN] })
good('crl-others-listed', {
  mutation: 'other serial numbers are listed',
  why: 'RFC 5280 §6.3.3 (i)',
  crls: [ofCa({ entries: [entry({ serial: OTHER.serial, reason: 'keyCompromise' })] })],
})
for (const [name, reason] of [
  ['crl-revoked', undefined],
  ['crl-revoked-key-compromise', 'keyCompromise'],
  ['crl-revoked-superseded', 'superseded'],
  ['crl-revoked-cessation', 'cessationOfOperation'],
] as const) {
  const reasons: Partial<EntryRecipe> = reason === undefined ? {} : { reason: reason as Reason }
  bad(name, {
    mutation: `it is listed, ${reason ?? 'without a reason'}`,
    why: 'RFC 5280 §6.3.3 (i)',
    crls: [ofCa({ entries: [entry(reasons)] })],
    findings: REVOKED,
  })
}
bad('crl-revoked-at-that-second', {
  mutation: 'it is listed with the very time of interest',
  why: 'RFC 5280 §5.3: from that date',
  crls: [ofCa({ thisUpdate: '260601000000Z', entries: [entry({ date: '260601000000Z' })] })],
  findings: REVOKED,
})
bad('crl-on-hold', {
  mutation: 'it is listed as on hold',
  why: 'RFC 5280 §5.3.1',
  crls: [ofCa({ entries: [entry({ reason: 'certificateHold' })] })],
  findings: ['revocation INDETERMINATE:on-hold'],
})
bad('crl-authority-revoked', {
  mutation: 'its authority is listed by the root',
  why: 'RFC 5280 §6.3',
  above: crl({ issuer: ROOT, entries: [{ serial: CA.serial, date: '260501000000Z' }] }),
  crls: [CLEAN],
  findings: REVOKED,
})
bad('crl-revoked-among-many', {
  mutation: 'it is the last of 300 entries',
  why: 'RFC 5280 §6.3.3 (i)',
  crls: [ofCa({ entries: [...Array.from({ length: 299 }, (_, i) => entry({ serial: integer(i + 1) })), entry()] })],
  findings: REVOKED,
})
bad('crl-stale-revoked', {
  mutation: 'it is listed in a CRL that has ended',
  why: 'RFC 5280 §5.3.1: what is revoked stays so',
  crls: [
    ofCa({ thisUpdate: '260401000000Z', nextUpdate: '260501000000Z', entries: [entry({ date: '260301000000Z' })] }),
  ],
  findings: REVOKED,
})
bad('crl-two-one-revokes', {
  mutation: 'a second CRL, with the same number, lists it',
  why: 'worst answer wins',
  crls: [CLEAN, ofCa({ entries: [entry()] })],
  findings: REVOKED,
  withoutOpenssl: 'it takes one of several CRLs of a scope',
})
bad('no-data', { mutation: 'no CRL', why: 'policy: revocation required', above: null, findings: NO_DATA })
bad('crl-of-the-authority-absent', {
  mutation: 'no CRL of the root',
  why: 'RFC 5280 §6.3, for every certificate',
  above: null,
  crls: [CLEAN],
  findings: NO_DATA,
})
bad('crl-of-the-end-absent', {
  mutation: 'a CRL of the root alone',
  why: 'RFC 5280 §6.3, for every certificate',
  findings: NO_DATA,
})
const undecided: readonly (readonly [string, string, string, Uint8Array])[] = [
  [
    'crl-stale',
    'nextUpdate is before the time of interest',
    'RFC 5280 §6.3.3 (a)',
    ofCa({ thisUpdate: '260401000000Z', nextUpdate: '260531235959Z' }),
  ],
  [
    'crl-future',
    'thisUpdate is after the time of interest',
    'RFC 5280 §5.1.2.4',
    ofCa({ thisUpdate: '260602000000Z' }),
  ],
  [
    'crl-without-next-update',
    'no nextUpdate',
    'RFC 5280 §5.1.2.5: how long it holds is not known',
    ofCa({ nextUpdate: null }),
  ],
  [
    'crl-signature-altered',
    'the signature differs in its last octet',
    'RFC 5280 §6.3.3 (g)',
    ofCa({ alter: (s) => s.with(-1, (s.at(-1) ?? 0) ^ 1) }),
  ],
  [
    'crl-signed-by-a-stranger',
    'another key signed it',
    'RFC 5280 §6.3.3 (g)',
    ofCa({ signedBy: p256Key('a forger of lists') }),
  ],
  [
    'crl-signed-by-a-sibling',
    'a sibling authority signed it in its name',
    'RFC 5280 §6.3.3 (g)',
    ofCa({ signedBy: SIBLING.key }),
  ],
  ['crl-signed-by-the-root', 'the root signed it in its name', 'RFC 5280 §6.3.3 (g)', ofCa({ signedBy: ROOT.key })],
  ['crl-signed-by-the-end', 'the certificate’s own key signed it', 'RFC 5280 §6.3.3 (g)', ofCa({ signedBy: END.key })],
  [
    'crl-unknown-critical',
    'a critical extension that nobody knows',
    'RFC 5280 §5.2',
    ofCa({ extensions: [unknownExtension(true)] }),
  ],
  [
    'crl-entry-unknown-critical',
    'an entry of another certificate has a critical extension that nobody knows',
    'RFC 5280 §5.3: the CRL must not be used',
    ofCa({ entries: [entry({ serial: OTHER.serial, extensions: [unknownExtension(true)] })] }),
  ],
  [
    'crl-algorithms-disagree',
    'signatureAlgorithm is not the one that was signed',
    'RFC 5280 §5.1.1.2',
    ofCa({ outerAlgorithm: algorithm('1.2.840.10045.4.3.2', nothing()) }),
  ],
  [
    'crl-delta-alone',
    'a delta CRL without the complete one',
    'RFC 5280 §5.2.4',
    ofCa({ number: 9, extensions: [deltaIndicator(7)] }),
  ],
  [
    'crl-some-reasons',
    'it covers keyCompromise alone',
    'RFC 5280 §6.3.3 (l): all reasons',
    ofCa({ extensions: [issuingPoint(someReasons(0x40, 6))] }),
  ],
  [
    'crl-entry-of-another-issuer',
    'an entry names another issuer, and the CRL is not indirect',
    'RFC 5280 §5.3.3',
    ofCa({ entries: [entry({ serial: OTHER.serial, issuer: SIBLING.subject })] }),
  ],
]
for (const [name, mutation, why, bytes] of undecided) bad(name, { mutation, why, crls: [bytes], findings: UNDECIDED })
const notAbout: readonly (readonly [string, string, string, Uint8Array])[] = [
  ['crl-of-another-issuer', 'the CRL is the sibling’s', 'RFC 5280 §6.3.3 (b)', crl({ issuer: SIBLING })],
  [
    'crl-only-authorities',
    'onlyContainsCACerts',
    'RFC 5280 §6.3.3 (b) (2)',
    ofCa({ extensions: [issuingPoint(flag(2))] }),
  ],
  [
    'crl-only-attributes',
    'onlyContainsAttributeCerts',
    'RFC 5280 §6.3.3 (b) (2)',
    ofCa({ extensions: [issuingPoint(flag(5))] }),
  ],
  [
    'crl-other-point',
    'the CRL is of a distribution point that the certificate does not name',
    'RFC 5280 §6.3.3 (b) (2)',
    ofCa({ extensions: [issuingPoint(pointName(uri('http://crl.example/other')))] }),
  ],
  [
    'crl-unreadable',
    'two octets behind the CRL',
    'X.690 §8.1: it does not read; what it would say is not known',
    join(CLEAN, nothing()),
  ],
]
for (const [name, mutation, why, bytes] of notAbout)
  bad(name, {
    mutation,
    why,
    crls: [bytes], // What is here and does not read may tell of a revocation.
    findings: name === 'crl-unreadable' ? UNDECIDED : NO_DATA,
  })
bad('crl-only-users-for-an-authority', {
  mutation: 'the root’s CRL has onlyContainsUserCerts',
  why: 'RFC 5280 §6.3.3 (b) (2)',
  above: crl({ issuer: ROOT, extensions: [issuingPoint(flag(1))] }),
  crls: [CLEAN],
  findings: NO_DATA,
})
good('crl-only-users', {
  mutation: 'onlyContainsUserCerts',
  why: 'RFC 5280 §5.2.5',
  crls: [ofCa({ extensions: [issuingPoint(flag(1))] })],
})
const without = authority('Example Revocation Authority', {
  issuer: ROOT,
  extensions: [basicConstraints(true), keyUsage('keyCertSign')],
})
const endOf = (ca: Holder, ...extensions: readonly Uint8Array[]) =>
  issue({ name: 'Example Revocation End', issuer: ca, extensions: [...SIGNER, ...extensions] })
bad('crl-issuer-without-crl-sign', {
  mutation: 'the authority lacks cRLSign',
  why: 'RFC 5280 §6.3.3 (f)',
  ca: without,
  end: endOf(without),
  crls: [crl({ issuer: without })],
  findings: UNDECIDED,
})
const rsaCa = authority('Example Revocation Authority', { issuer: ROOT, key: rsaKey('rsa-2048') })
bad('crl-sha1', {
  mutation: 'the CRL is signed under SHA-1',
  why: 'policy: SHA-1 counts no more since 2017-02-23',
  ca: rsaCa,
  end: endOf(rsaCa),
  crls: [crl({ issuer: rsaCa, hash: 'sha1' })],
  findings: UNDECIDED,
})
const POINT = uri('http://crl.example/one')
const pointed = endOf(CA, distributionPoints([pointName(POINT)]))
good('crl-of-its-point', {
  mutation: 'the CRL is of the distribution point that the certificate names',
  why: 'RFC 5280 §5.2.5',
  end: pointed,
  crls: [ofCa({ extensions: [issuingPoint(pointName(POINT))] })],
})
bad('crl-of-its-point-revoked', {
  base: 'crl-of-its-point',
  mutation: 'it is listed there',
  why: 'RFC 5280 §6.3.3 (i)',
  end: pointed,
  crls: [ofCa({ entries: [entry({ serial: pointed.serial })], extensions: [issuingPoint(pointName(POINT))] })],
  findings: REVOKED,
})
good('crl-reasons-together', {
  mutation: 'two CRLs cover all reasons together',
  why: 'RFC 5280 §6.3.3 (l)',
  crls: [
    ofCa({ extensions: [issuingPoint(someReasons(0x60, 5))] }),
    ofCa({ number: 8, extensions: [issuingPoint(tlv(0x83, Uint8Array.of(7, 0x1f, 0x80)))] }),
  ],
  withoutOpenssl: 'it wants distribution points for partitions by reason',
})
// OpenSSL looks for deltas where freshestCRL says that there are some.
const FRESHEST = extension('2.5.29.46', sequence(sequence(pointName(uri('http://crl.example/delta')))))
const BASE = ofCa({ number: 7, thisUpdate: '260520000000Z', extensions: [FRESHEST] })
const delta = (entries: readonly EntryRecipe[], base = 7, number = 9) =>
  ofCa({ number, entries, extensions: [deltaIndicator(base)] })
good('crl-delta', {
  mutation: 'a delta CRL that lists nothing beside the complete one',
  why: 'RFC 5280 §5.2.4',
  crls: [BASE, delta([])],
})
bad('crl-delta-revoked', {
  base: 'crl-delta',
  mutation: 'the delta CRL lists it',
  why: 'RFC 5280 §5.2.4',
  crls: [BASE, delta([entry({ date: '260524000000Z' })])],
  findings: REVOKED,
})
const HELD = ofCa({
  number: 7,
  extensions: [FRESHEST],
  thisUpdate: '260520000000Z',
  entries: [entry({ reason: 'certificateHold' })],
})
good('crl-delta-removes-hold', {
  mutation: 'the delta CRL takes the hold back',
  why: 'RFC 5280 §5.3.1 removeFromCRL',
  crls: [HELD, delta([entry({ reason: 'removeFromCRL' })])],
})
bad('crl-delta-of-a-later-base', {
  base: 'crl-delta',
  mutation: 'the base has ended, the delta CRL is of a later one',
  why: 'RFC 5280 §5.2.4',
  crls: [
    ofCa({ number: 7, extensions: [FRESHEST], thisUpdate: '260401000000Z', nextUpdate: '260501000000Z' }),
    delta([], 8),
  ],
  findings: UNDECIDED,
})
const LISTER = issue({
  name: 'Example Revocation Lister',
  issuer: CA,
  extensions: [basicConstraints(false), keyUsage('cRLSign')],
})
const indirectEnd = endOf(CA, distributionPoints([pointName(POINT), crlIssuerField(LISTER.subject)]))
const listed = (entries: readonly EntryRecipe[], indirect = true) =>
  crl({ issuer: LISTER, entries, extensions: [issuingPoint(pointName(POINT), ...(indirect ? [flag(4)] : []))] })
// The lister's own certificate needs an answer too: the authority's CRL.
good('crl-indirect', {
  mutation: 'an indirect CRL by the issuer that the certificate names',
  why: 'RFC 5280 §6.3.3 (b) (1)',
  end: indirectEnd,
  more: [LISTER],
  crls: [listed([])],
  policy: 'sealed',
  withoutOpenssl: 'its policy has no "if present"',
})
bad('crl-indirect-revoked', {
  base: 'crl-indirect',
  mutation: 'the indirect CRL lists it, under its issuer',
  why: 'RFC 5280 §5.3.3',
  end: indirectEnd,
  more: [LISTER],
  crls: [listed([entry({ serial: indirectEnd.serial, issuer: CA.subject })])],
  policy: 'sealed',
  findings: REVOKED,
  withoutOpenssl: 'its policy has no "if present"',
})
good('crl-indirect-same-serial-of-another-issuer', {
  mutation: 'the indirect CRL lists its serial number under another issuer',
  why: 'RFC 5280 §5.3.3: issuer and serial number together',
  end: indirectEnd,
  more: [LISTER],
  crls: [listed([entry({ serial: indirectEnd.serial, issuer: SIBLING.subject })])],
  policy: 'sealed',
  withoutOpenssl: 'its policy has no "if present"',
})
bad('crl-indirect-not-marked', {
  base: 'crl-indirect',
  mutation: 'the CRL of the other issuer lacks indirectCRL',
  why: 'RFC 5280 §6.3.3 (b) (1)',
  end: indirectEnd,
  more: [LISTER],
  crls: [listed([], false)],
  findings: NO_DATA,
})
good('no-data-if-present', {
  mutation: 'no CRL, under a policy that takes revocation if present',
  why: 'policy: its absence is printed',
  above: null,
  policy: 'sealed',
  withoutOpenssl: 'its policy has no "if present"',
})
bad('crl-forged-if-present', {
  mutation: 'a forged CRL alone, under a policy that takes revocation if present',
  why: 'unknown never becomes good',
  crls: [ofCa({ signedBy: p256Key('a forger of lists') })],
  policy: 'sealed',
  findings: UNDECIDED,
})

bad('crl-indirect-issuer-inherited', {
  base: 'crl-indirect',
  mutation: 'the entry before names its issuer, its own entry names none',
  why: 'RFC 5280 §5.3.3: it is that of the entry before',
  end: indirectEnd,
  more: [LISTER],
  crls: [listed([entry({ serial: integer(5), issuer: CA.subject }), entry({ serial: indirectEnd.serial })])],
  policy: 'sealed',
  findings: REVOKED,
  withoutOpenssl: 'its policy has no "if present"',
})
good('crl-indirect-other-issuer-inherited', {
  mutation: 'the entry before names another issuer, an entry of its serial number names none',
  why: 'RFC 5280 §5.3.3: it is that of the entry before',
  end: indirectEnd,
  more: [LISTER],
  crls: [listed([entry({ serial: integer(5), issuer: SIBLING.subject }), entry({ serial: indirectEnd.serial })])],
  policy: 'sealed',
  withoutOpenssl: 'its policy has no "if present"',
})
bad('crl-taken-back-in-a-complete-one', {
  mutation: 'a complete CRL lists it with removeFromCRL',
  why: 'RFC 5280 §5.3.1: removeFromCRL stands in delta CRLs only',
  crls: [ofCa({ entries: [entry({ reason: 'removeFromCRL' })] })],
  findings: ['revocation INDETERMINATE:on-hold'],
})
bad('crl-listed-twice', {
  mutation: 'it is listed on hold, and then with keyCompromise',
  why: 'worst answer wins',
  crls: [ofCa({ entries: [entry({ reason: 'certificateHold' }), entry({ reason: 'keyCompromise' })] })],
  findings: REVOKED,
})
bad('crl-newer-clean-older-revokes', {
  mutation: 'an older CRL lists it with keyCompromise, a newer one does not',
  why: 'RFC 5280 §5.3.1: what is revoked stays so; the two contradict each other, and the worst answer wins',
  crls: [
    ofCa({ number: 6, thisUpdate: '260520000000Z', entries: [entry({ reason: 'keyCompromise' })] }),
    ofCa({ number: 7 }),
  ],
  findings: REVOKED,
  withoutOpenssl: 'it takes the newest CRL of a scope',
})

for (const [name, mutation, why, bytes, findings] of [
  [
    'crl-entry-own-unknown-critical',
    'its own entry has a critical extension that nobody knows',
    'RFC 5280 §5.3: the CRL must not be used',
    ofCa({ entries: [entry({ extensions: [unknownExtension(true)] })] }),
    UNDECIDED,
  ],
  [
    'crl-number-twice',
    'the CRL has cRLNumber twice',
    'RFC 5280 §4.2, §5.2: one instance of an extension',
    ofCa({ extensions: [crlNumber(8)] }),
    UNDECIDED,
  ],
  [
    'crl-entry-serial-not-minimal',
    'its serial number is listed with an octet too many',
    'X.690 §8.3.2: it does not read; what it would say is not known',
    ofCa({ entries: [entry({ serial: tlv(0x02, join(Uint8Array.of(0), END.serial.subarray(2))) })] }),
    UNDECIDED,
  ],
  [
    'crl-version-1-with-entry-extensions',
    'a CRL of version 1 whose entry has extensions',
    'RFC 5280 §5.1.2.1: version 2 with extensions; it does not read; what it would say is not known',
    ofCa({ extensions: null, entries: [entry({ reason: 'keyCompromise' })] }),
    UNDECIDED,
  ],
] as const) {
  bad(name, { mutation, why, crls: [bytes], findings })
}
bad('crl-version-1-revoked', {
  mutation: 'a CRL of version 1 lists it',
  why: 'RFC 5280 §5.1.2.1: version 1 has no extensions, and lists all the same',
  crls: [ofCa({ extensions: null, entries: [entry()] })],
  findings: REVOKED,
})

// OCSP
const single = (more: Partial<SingleRecipe> = {}): SingleRecipe => ({ of: END, issuer: CA, ...more })
const answerOf = (more: Partial<OcspRecipe> = {}): Uint8Array => ocsp({ responder: CA, singles: [single()], ...more })
const RESPONDER_USE = [basicConstraints(false), keyUsage('digitalSignature')]
const responder = (more: Partial<Parameters<typeof issue>[0]> = {}): Holder =>
  issue({
    name: 'Example Revocation Responder',
    issuer: CA,
    extensions: [...RESPONDER_USE, extendedKeyUsage(false, 'ocspSigning'), OCSP_NO_CHECK],
    ...more,
  })
const delegated = (who: Holder, more: Partial<OcspRecipe> = {}) =>
  answerOf({ responder: who, certificates: [who.der], ...more })
good('ocsp-good', { mutation: 'the authority itself answers', why: 'RFC 6960 §4.2.2.2', ocsp: [answerOf()] })
good('ocsp-by-name', {
  mutation: 'the responder is named by its name',
  why: 'RFC 6960 §4.2.2.3',
  ocsp: [answerOf({ responderName: true })],
})
good('ocsp-sha256', {
  mutation: 'CertID under SHA-256',
  why: 'RFC 6960 §4.3',
  ocsp: [answerOf({ singles: [single({ hash: 'sha256' })] })],
  openssl: ['-sha256'],
})
good('ocsp-delegated', {
  mutation: 'a delegated responder answers',
  why: 'RFC 6960 §4.2.2.2',
  ocsp: [delegated(responder())],
})
good('ocsp-several', {
  mutation: 'another certificate’s answer stands first',
  why: 'RFC 6960 §4.2.1',
  ocsp: [answerOf({ singles: [single({ of: OTHER, status: { date: '20260501000000Z' } }), single()] })],
})
good('ocsp-unknown-extension', {
  mutation: 'an unknown extension that is not critical',
  why: 'RFC 6960 §4.4',
  ocsp: [answerOf({ extensions: [unknownExtension(false)] })],
})
const badOcsp = (name: string, spec: Spec & { readonly findings: readonly string[] }) =>
  bad(name, { base: 'ocsp-good', ...spec })
for (const [name, reason] of [
  ['ocsp-revoked', undefined],
  ['ocsp-revoked-key-compromise', 'keyCompromise'],
  ['ocsp-revoked-superseded', 'superseded'],
] as const) {
  badOcsp(name, {
    mutation: `revoked, ${reason ?? 'without a reason'}`,
    why: 'RFC 6960 §2.2',
    ocsp: [
      answerOf({
        singles: [
          single({
            status: { date: '20260501000000Z', ...(reason === undefined ? {} : { reason: reason as Reason }) },
          }),
        ],
      }),
    ],
    findings: REVOKED,
  })
}
badOcsp('ocsp-on-hold', {
  mutation: 'on hold',
  why: 'RFC 6960 §2.2',
  ocsp: [answerOf({ singles: [single({ status: { date: '20260501000000Z', reason: 'certificateHold' } })] })],
  findings: ['revocation INDETERMINATE:on-hold'],
})
const sibling = issue({
  name: 'Example Revocation Responder',
  issuer: SIBLING,
  extensions: [...RESPONDER_USE, extendedKeyUsage(false, 'ocspSigning'), OCSP_NO_CHECK],
})
const selfMade = issue({
  name: 'Example Revocation Responder',
  extensions: [...RESPONDER_USE, extendedKeyUsage(false, 'ocspSigning'), OCSP_NO_CHECK],
})
const DELEGATE = 'RFC 6960 §4.2.2.2'
const FRESH = 'openssl ocsp knows no time but now'
const ocspUndecided: readonly (readonly [string, string, string, Uint8Array, string?])[] = [
  ['ocsp-unknown', 'the answer is unknown', 'RFC 6960 §2.2', answerOf({ singles: [single({ status: 'unknown' })] })],
  [
    'ocsp-signature-altered',
    'the signature differs in its last octet',
    'RFC 6960 §3.2',
    answerOf({ alter: (s) => s.with(-1, (s.at(-1) ?? 0) ^ 1) }),
  ],
  [
    'ocsp-forged',
    'another key signed it in the authority’s name',
    'RFC 6960 §3.2',
    answerOf({ signedBy: p256Key('a forger of answers') }),
  ],
  [
    'ocsp-delegate-without-purpose',
    'the responder’s certificate lacks OCSPSigning',
    DELEGATE,
    delegated(responder({ extensions: [...RESPONDER_USE, OCSP_NO_CHECK] })),
  ],
  [
    'ocsp-delegate-any-purpose',
    'the responder’s certificate has anyExtendedKeyUsage alone',
    DELEGATE,
    delegated(responder({ extensions: [...RESPONDER_USE, extendedKeyUsage(false, 'any'), OCSP_NO_CHECK] })),
  ],
  [
    'ocsp-delegate-of-the-sibling',
    'a sibling authority’s responder',
    DELEGATE,
    delegated(sibling, { certificates: [sibling.der, SIBLING.der] }),
  ],
  ['ocsp-delegate-self-made', 'a responder that certified itself', DELEGATE, delegated(selfMade)],
  [
    'ocsp-delegate-expired',
    'the responder’s certificate had expired',
    DELEGATE,
    delegated(responder({ to: '260501000000Z' })),
  ],
  [
    'ocsp-delegate-forged',
    'the responder’s certificate is forged',
    DELEGATE,
    delegated(responder({ signedBy: p256Key('a forger of answers') })),
  ],
  ['ocsp-by-the-end-itself', 'the certificate answers for itself', DELEGATE, delegated(END)],
  ['ocsp-by-another-end', 'another certificate of the authority answers', DELEGATE, delegated(OTHER)],
  [
    'ocsp-by-the-root',
    'the root answers for the authority’s certificate',
    DELEGATE,
    answerOf({ responder: ROOT, certificates: [ROOT.der] }),
  ],
  [
    'ocsp-name-hash-differs',
    'CertID has the key of the authority and another’s name',
    'RFC 6960 §4.1.1: both hashes',
    answerOf({ singles: [single({ nameOf: SIBLING })] }),
  ],
  [
    'ocsp-stale',
    'nextUpdate is before the time of interest',
    'RFC 6960 §3.2',
    answerOf({ singles: [single({ thisUpdate: '20260401000000Z', nextUpdate: '20260531235959Z' })] }),
    FRESH,
  ],
  [
    'ocsp-future',
    'thisUpdate is after the time of interest',
    'RFC 6960 §3.2',
    answerOf({ singles: [single({ thisUpdate: '20260602000000Z' })] }),
    FRESH,
  ],
  [
    'ocsp-without-next-update',
    'no nextUpdate, a week before the time of interest',
    'RFC 6960 §4.2.2.1: newer information is always available',
    answerOf({ singles: [single({ nextUpdate: null })] }),
    FRESH,
  ],
  [
    'ocsp-unknown-critical',
    'a critical extension that nobody knows',
    'RFC 6960 §4.4',
    answerOf({ extensions: [unknownExtension(true)] }),
  ],
  [
    'ocsp-single-unknown-critical',
    'a critical extension of the answer that nobody knows',
    'RFC 6960 §4.4',
    answerOf({ singles: [single({ extensions: [unknownExtension(true)] })] }),
  ],
]
for (const [name, mutation, why, bytes, skip] of ocspUndecided) {
  badOcsp(name, {
    mutation,
    why,
    ocsp: [bytes],
    findings: UNDECIDED,
    ...(skip === undefined ? {} : { withoutOpenssl: skip }),
  })
}
for (const [name, mutation, why, bytes] of [
  [
    'ocsp-of-another-certificate',
    'the answer is another certificate’s',
    'RFC 6960 §3.2',
    answerOf({ singles: [single({ of: OTHER })] }),
  ],
  [
    'ocsp-serial-of-another',
    'the answer has another serial number',
    'RFC 6960 §4.1.1',
    answerOf({ singles: [single({ serial: integer(99) })] }),
  ],
  ['ocsp-try-later', 'the responder says tryLater', 'RFC 6960 §2.3', ocspFailure(3)],
  ['ocsp-unreadable', 'two octets behind the response', 'X.690 §8.1', join(answerOf(), nothing())],
  ['ocsp-empty', 'successful without responseBytes', 'RFC 6960 §4.2.1', ocspFailure(0)],
] as const) {
  badOcsp(name, {
    mutation,
    why,
    ocsp: [bytes],
    findings: name === 'ocsp-unreadable' || name === 'ocsp-empty' ? UNDECIDED : NO_DATA,
  })
}
badOcsp('ocsp-good-crl-revoked', {
  mutation: 'OCSP says good, a CRL lists it',
  why: 'worst answer wins',
  ocsp: [answerOf()],
  crls: [ofCa({ entries: [entry()] })],
  findings: REVOKED,
})
badOcsp('ocsp-forged-good-crl-revoked', {
  mutation: 'a forged OCSP good beside a CRL that lists it',
  why: 'worst answer wins; the forged one says nothing',
  ocsp: [answerOf({ signedBy: p256Key('a forger of answers') })],
  crls: [ofCa({ entries: [entry()] })],
  findings: REVOKED,
})
badOcsp('ocsp-revoked-crl-clean', {
  mutation: 'OCSP says revoked, a CRL does not list it',
  why: 'worst answer wins',
  ocsp: [answerOf({ singles: [single({ status: { date: '20260501000000Z' } })] })],
  crls: [CLEAN],
  findings: REVOKED,
})
badOcsp('ocsp-two-one-revoked', {
  mutation: 'two answers, one says revoked',
  why: 'worst answer wins',
  ocsp: [answerOf(), answerOf({ singles: [single({ status: { date: '20260501000000Z' } })] })],
  findings: REVOKED,
  withoutOpenssl: 'it reads one response',
})
badOcsp('ocsp-unknown-crl-clean', {
  mutation: 'OCSP says unknown, a CRL does not list it',
  why: 'RFC 6960 §2.2: perhaps nobody issued it',
  ocsp: [answerOf({ singles: [single({ status: 'unknown' })] })],
  crls: [CLEAN],
  findings: UNDECIDED,
})
badOcsp('ocsp-responder-id-of-another', {
  mutation: 'the authority signs, responderID names another key',
  why: 'RFC 6960 §3.2: the identity of the signer matches',
  ocsp: [answerOf({ responderId: OTHER })],
  findings: UNDECIDED,
})
for (const [name, mutation, extensions] of [
  [
    'ocsp-delegate-key-encipherment',
    'the responder’s keyUsage is keyEncipherment alone',
    [basicConstraints(false), keyUsage('keyEncipherment'), extendedKeyUsage(false, 'ocspSigning'), OCSP_NO_CHECK],
  ],
  [
    'ocsp-delegate-unknown-critical',
    'the responder’s certificate has a critical extension that nobody knows',
    [...RESPONDER_USE, extendedKeyUsage(false, 'ocspSigning'), OCSP_NO_CHECK, unknownExtension(true)],
  ],
] as const) {
  badOcsp(name, {
    base: 'ocsp-delegated',
    mutation,
    why: DELEGATE,
    ocsp: [delegated(responder({ extensions }))],
    findings: UNDECIDED,
  })
}
const checked = responder({ extensions: [...RESPONDER_USE, extendedKeyUsage(false, 'ocspSigning')] })
badOcsp('ocsp-delegate-revoked', {
  base: 'ocsp-delegated',
  mutation: 'the responder itself is revoked',
  why: 'RFC 6960 §4.2.2.2.1',
  ocsp: [delegated(checked)],
  crls: [
    ofCa({
      entries: [entry({ serial: checked.serial })],
      extensions: [issuingPoint(pointName(uri('http://crl.example/x')))],
    }),
  ],
  findings: UNDECIDED,
})

// Tokens: what a revocation after genTime means (RFC 3161 §4)
function token(
  name: string,
  base: string | null,
  spec: {
    readonly mutation: string
    readonly why: string
    readonly effect?: string
    readonly crls: readonly Uint8Array[]
    readonly ocsp?: readonly Uint8Array[]
    readonly policy?: string
    readonly bytes?: Uint8Array
    readonly finding?: string
    readonly also?: readonly string[]
  },
): void {
  const lines =
    spec.finding === undefined
      ? []
      : [`timestamp.revocation ${spec.finding}`, 'timestamp.threshold INDETERMINATE:too-few']
  const vector: PkiVector = {
    name,
    base,
    mutation: spec.mutation,
    why: spec.why,
    effect:
      spec.effect ??
      (base === null
        ? 'refusing it would throw away a good time-stamp'
        : 'accepting it would believe a time that whoever has the key could have made'),
    policy: spec.policy ?? 'court',
    trustSet: 'time',
    validationTime: '2026-06-01T00:00:00Z',
    inputs: {
      token: keep(spec.bytes === undefined ? 'token.tsr' : `${name}.tsr`, spec.bytes ?? tokenOf()),
      data: 'data',
      revocation: [
        ...spec.crls.map((bytes, index) => keep(`${name}.${index + 1}.crl`, bytes)),
        ...(spec.ocsp ?? []).map((bytes, index) => keep(`${name}.${index + 1}.ors`, bytes)),
      ],
    },
    expect: expectation(lines, spec.also),
    withoutOpenssl: 'openssl ts takes no revocation data',
  }
  revocation.add(vector)
}
const TIME_ROOT_CRL = crl({ issuer: TIME_ROOT })
const unitCrl = (more: Partial<EntryRecipe> | null, list: Partial<CrlRecipe> = {}): Uint8Array =>
  crl({
    issuer: TIME_CA,
    entries: more === null ? [] : [{ serial: UNIT_ONE.serial, date: '260401000000Z', ...more }],
    ...list,
  })
const lists = (unit: Uint8Array) => [TIME_ROOT_CRL, unit]
token('token-good', null, {
  mutation: 'neither unit nor authority is listed',
  why: 'RFC 5280 §6.3',
  crls: lists(unitCrl(null)),
})
for (const [reason, name] of [
  ['superseded', 'superseded'],
  ['cessationOfOperation', 'cessation'],
  ['affiliationChanged', 'affiliation'],
] as const) {
  token(`token-revoked-later-${name}`, null, {
    mutation: `the unit was revoked after genTime: ${reason}`,
    why: 'RFC 3161 §4 (1): tokens made before stand',
    crls: lists(unitCrl({ reason })),
    also: ['timestamp.revocation PASSED:revoked-later'],
  })
}
token('token-no-data-if-present', null, {
  mutation: 'no revocation data, under a policy that takes it if present',
  why: 'policy: its absence is printed',
  crls: [],
  policy: 'sealed',
  also: ['timestamp.revocation NOT-CHECKED:no-data'],
})
token('token-crls-inside', null, {
  mutation: 'the CRLs lie in the token',
  why: 'RFC 5652 §5.1 crls',
  crls: [],
  bytes: tokenOf({ envelope: { crls: lists(unitCrl(null)) } }),
})
for (const [name, mutation, why, unit, finding] of [
  [
    'token-revoked-later-key-compromise',
    'the unit was revoked after genTime: keyCompromise',
    'RFC 3161 §4 (2): whoever has the key can set any time',
    unitCrl({ reason: 'keyCompromise' }),
    'INDETERMINATE:revoked-no-proof',
  ],
  [
    'token-revoked-later-without-reason',
    'the unit was revoked after genTime, without a reason',
    'RFC 3161 §4 (1): without a reason all tokens are in doubt',
    unitCrl({}),
    'INDETERMINATE:revoked-no-proof',
  ],
  [
    'token-revoked-later-aa-compromise',
    'the unit was revoked after genTime: aACompromise',
    'RFC 3161 §4',
    unitCrl({ reason: 'aACompromise' }),
    'INDETERMINATE:revoked-no-proof',
  ],
  [
    'token-invalid-before',
    'superseded after genTime, invalidityDate before it',
    'RFC 5280 §5.3.2',
    unitCrl({ reason: 'superseded', invalidityDate: '20260301000000Z' }),
    'INDETERMINATE:revoked-no-proof',
  ],
  [
    'token-revoked-before-superseded',
    'the unit was revoked before genTime: superseded',
    'RFC 3161 §4',
    unitCrl({ reason: 'superseded', date: '260301000000Z' }),
    'FAILED:revoked',
  ],
  [
    'token-revoked-before-key-compromise',
    'the unit was revoked before genTime: keyCompromise',
    'RFC 3161 §4',
    unitCrl({ reason: 'keyCompromise', date: '260301000000Z' }),
    'FAILED:revoked',
  ],
  [
    'token-revoked-at-gen-time',
    'the unit was revoked in the second of genTime',
    'RFC 5280 §5.3: from that date',
    unitCrl({ reason: 'superseded', date: '260314091200Z' }),
    'FAILED:revoked',
  ],
  [
    'token-on-hold',
    'the unit was on hold at genTime',
    'RFC 5280 §5.3.1',
    unitCrl({ reason: 'certificateHold', date: '260301000000Z' }),
    'INDETERMINATE:on-hold',
  ],
  [
    'token-crl-forged',
    'the CRL of the unit is forged',
    'unknown never becomes good',
    unitCrl(null, { signedBy: p256Key('a forger of lists') }),
    'INDETERMINATE:undecided',
  ],
  [
    'token-crl-stale',
    'the CRL of the unit ended before genTime',
    'RFC 5280 §6.3.3 (a)',
    unitCrl(null, { thisUpdate: '260201000000Z', nextUpdate: '260301000000Z' }),
    'INDETERMINATE:undecided',
  ],
  [
    'token-crl-absent',
    'a CRL of another authority for the unit',
    'policy: revocation required',
    crl({ issuer: SIBLING }),
    'INDETERMINATE:no-data',
  ],
] as const) {
  token(name, 'token-good', { mutation, why, crls: lists(unit), finding })
}
token('token-crl-forged-if-present', 'token-no-data-if-present', {
  mutation: 'a forged CRL alone, under a policy that takes it if present',
  why: 'unknown never becomes good',
  crls: lists(unitCrl(null, { signedBy: p256Key('a forger of lists') })),
  policy: 'sealed',
  finding: 'INDETERMINATE:undecided',
})
token('token-crl-stale-if-present', 'token-no-data-if-present', {
  mutation: 'a stale CRL alone, under a policy that takes it if present',
  why: 'unknown never becomes good',
  crls: lists(unitCrl(null, { thisUpdate: '260201000000Z', nextUpdate: '260301000000Z' })),
  policy: 'sealed',
  finding: 'INDETERMINATE:undecided',
})
token('token-authority-compromised-later', 'token-good', {
  mutation: 'the authority was revoked after genTime: cACompromise',
  why: 'RFC 5280 §5.3.1',
  crls: [
    crl({ issuer: TIME_ROOT, entries: [{ serial: TIME_CA.serial, date: '260401000000Z', reason: 'cACompromise' }] }),
    unitCrl(null),
  ],
  finding: 'INDETERMINATE:authority-revoked-no-proof',
})
token('token-authority-revoked-before', 'token-good', {
  mutation: 'the authority was revoked before genTime',
  why: 'RFC 5280 §6.3',
  crls: [crl({ issuer: TIME_ROOT, entries: [{ serial: TIME_CA.serial, date: '260301000000Z' }] }), unitCrl(null)],
  finding: 'FAILED:revoked',
})
token('token-no-data', 'token-good', {
  mutation: 'no revocation data',
  why: 'policy: revocation required',
  crls: [],
  finding: 'INDETERMINATE:no-data',
})
const forgedGood = ocsp({
  responder: TIME_CA,
  singles: [{ of: UNIT_ONE, issuer: TIME_CA }],
  signedBy: p256Key('a forger of answers'),
})
token('token-forged-ocsp-good-crl-revoked', 'token-good', {
  mutation: 'a forged OCSP good beside a CRL that lists the unit before genTime',
  why: 'worst answer wins; the forged one says nothing',
  crls: lists(unitCrl({ date: '260301000000Z' })),
  ocsp: [forgedGood],
  finding: 'FAILED:revoked',
})
token('token-forged-ocsp-good', 'token-good', {
  mutation: 'a forged OCSP good alone',
  why: 'RFC 6960 §3.2',
  crls: [TIME_ROOT_CRL],
  ocsp: [forgedGood],
  finding: 'INDETERMINATE:undecided',
})
token('token-crl-inside-revoked', 'token-crls-inside', {
  mutation: 'the CRL in the token lists the unit before genTime',
  why: 'RFC 5652 §5.1 crls: what is here is read',
  crls: [],
  bytes: tokenOf({ envelope: { crls: lists(unitCrl({ date: '260301000000Z' })) } }),
  finding: 'FAILED:revoked',
})
