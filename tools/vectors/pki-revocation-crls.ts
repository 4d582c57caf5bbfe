import { algorithm, extension } from '../../test-vectors/make/cms.ts'
import { explicit, integer, join, nothing, sequence, tlv } from '../../test-vectors/make/der.ts'
import { authority, basicConstraints, issue, keyUsage, unknownExtension, uri } from './pki-certificates.ts'
import { p256Key, pssParameters, rsaKey, rsaPssKey, rsaPssKeyFor } from './pki-keys.ts'
import {
  bad,
  CA,
  CLEAN,
  END,
  endOf,
  entry,
  good,
  NO_DATA,
  OTHER,
  ofCa,
  REVOKED,
  ROOT,
  SIBLING,
  UNDECIDED,
} from './pki-revocation-base.ts'
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
  pointName,
  type Reason,
  someReasons,
} from './pki-revocation-make.ts'

/** CRLs (RFC 5280 §5, §6.3). */
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
const REASON_11 = 'X.509 §9.5.3.1: a reason that RFC 5280 §5.3.1 does not know; a list of reasons may grow'
bad('crl-revoked-weak-algorithm', {
  mutation: 'it is listed, weakAlgorithmOrKey (11)',
  why: REASON_11,
  crls: [ofCa({ entries: [entry({ reason: 'weakAlgorithmOrKey' })] })],
  findings: REVOKED,
})
good('crl-others-weak-algorithm', {
  mutation: 'another serial number is listed, weakAlgorithmOrKey (11)',
  why: REASON_11,
  crls: [ofCa({ entries: [entry({ serial: OTHER.serial, reason: 'weakAlgorithmOrKey' })] })],
})
const odd = (name: string, mutation: string, extensions: readonly Uint8Array[]) =>
  bad(name, {
    mutation: `it is listed, ${mutation}`,
    why: 'RFC 5280 §4.2, §5.3: what does not read says neither that it is good nor how it was revoked',
    crls: [ofCa({ entries: [entry({ extensions })] })],
    findings: UNDECIDED,
  })
const unspecified = extension('2.5.29.21', tlv(0x0a, Uint8Array.of(0)))
odd('crl-entry-reason-twice', 'with two reasons', [unspecified, unspecified])
odd('crl-entry-reason-no-enumerated', 'with a reason that is an INTEGER', [extension('2.5.29.21', integer(1))])
const DOUBT = 'RFC 5280 §5.2, §5.3: it must not be used; what the authority signed all the same is not passed over'
const withUnknown = (more: Partial<CrlRecipe> = {}) =>
  ofCa({ number: 8, extensions: [unknownExtension(true)], entries: [entry()], ...more })
bad('crl-unusable-revokes-beside-clean', {
  mutation: 'beside a list without it, another with a critical extension that nobody knows lists it',
  why: DOUBT,
  crls: [CLEAN, withUnknown()],
  findings: UNDECIDED,
})
bad('crl-unreadable-reason-beside-clean', {
  mutation: 'beside a list without it, another lists it with two reasons',
  why: DOUBT,
  crls: [CLEAN, ofCa({ number: 8, entries: [entry({ extensions: [unspecified, unspecified] })] })],
  findings: UNDECIDED,
})
good('crl-unusable-beside-clean', {
  mutation: 'beside a list without it, another with a critical extension that nobody knows lists another certificate',
  why: 'RFC 5280 §5.2: it must not be used, and says nothing of this one',
  crls: [CLEAN, withUnknown({ entries: [entry({ serial: OTHER.serial })] })],
})
good('crl-unusable-forged-beside-clean', {
  mutation:
    'beside a list without it, one that a stranger signed lists it, with a critical extension that nobody knows',
  why: 'RFC 5280 §6.3.3 (g): anybody can write such a list',
  crls: [CLEAN, withUnknown({ signedBy: p256Key('a stranger who writes lists') })],
})
bad('crl-revoked-empty-extensions', {
  mutation: 'it is listed, with an empty list of extensions',
  why: 'RFC 5280 §5.3 wants no empty list; lists in use have such, and they have one meaning',
  crls: [ofCa({ entries: [entry({ emptyExtensions: true })] })],
  findings: REVOKED,
})
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
    'crl-next-before-this',
    'nextUpdate is before thisUpdate',
    'RFC 5280 §5.1.2.5: how long it holds is not known',
    ofCa({ nextUpdate: '260524000000Z' }),
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
bad('crl-of-two-kinds', {
  base: 'crl-only-users',
  mutation: 'onlyContainsUserCerts and onlyContainsCACerts',
  why: 'RFC 5280 §5.2.5: one of them at most; such a list is of nobody',
  crls: [ofCa({ extensions: [issuingPoint(flag(1), flag(2))] })],
  findings: NO_DATA,
})
const without = authority('Example Revocation Authority', {
  issuer: ROOT,
  extensions: [basicConstraints(true), keyUsage('keyCertSign')],
})
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
const pssCa = authority('Example Revocation Authority', {
  issuer: ROOT,
  key: rsaPssKeyFor(pssParameters('sha256', 'sha256', 32)),
})
good('crl-pss-restricted', {
  mutation: 'the authority’s key is for RSASSA-PSS with SHA-256 and at least 32 octets of salt',
  why: 'RFC 4055 §3.3',
  ca: pssCa,
  end: endOf(pssCa),
  crls: [crl({ issuer: pssCa })],
})
for (const [name, mutation, signing] of [
  ['crl-pss-restricted-salt', 'the CRL has a shorter salt than the key asks for', { signedBy: rsaPssKey(20) }],
  ['crl-pss-restricted-digest', 'the CRL is signed under another digest than the key is for', { hash: 'sha512' }],
] as const) {
  bad(name, {
    base: 'crl-pss-restricted',
    mutation,
    why: 'RFC 4055 §3.3: the key names the parameters of its signatures',
    ca: pssCa,
    end: endOf(pssCa),
    crls: [crl({ issuer: pssCa, ...signing })],
    findings: UNDECIDED,
  })
}
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
// The authority's own name as a point: what RFC 5280 §6.3.3 supposes of a certificate that names none.
const ISSUERS_POINT = pointName(explicit(4, CA.subject))
good('crl-of-the-issuers-point', {
  mutation: 'the CRL is of a point that has the name of the authority; the certificate names no point',
  why: 'RFC 5280 §6.3.3, the last paragraph',
  crls: [ofCa({ extensions: [issuingPoint(ISSUERS_POINT)] })],
  withoutOpenssl: 'it knows no point of a certificate that names none',
})
bad('crl-of-another-point', {
  base: 'crl-of-its-point',
  mutation: 'the CRL is of another point, which has the name of the authority',
  why: 'RFC 5280 §5.2.5: it lists what was revoked of its own point',
  end: pointed,
  crls: [ofCa({ extensions: [issuingPoint(ISSUERS_POINT)] })],
  findings: NO_DATA,
})
bad('crl-of-another-point-revoked', {
  base: 'crl-of-its-point',
  mutation:
    'the CRL is of another point, and names the certificate as revoked all the same; a policy that takes revocation if present',
  why: 'RFC 5280 §5.2.5: its issuer says two things, so that nothing is known',
  effect: 'accepting it would pass over that the authority names the certificate as revoked',
  end: pointed,
  crls: [ofCa({ extensions: [issuingPoint(ISSUERS_POINT)], entries: [entry({ serial: pointed.serial })] })],
  policy: 'sealed',
  findings: UNDECIDED,
  withoutOpenssl: 'its policy has no "if present"',
})
bad('crl-only-authorities-revoked', {
  mutation: 'the CRL is of authorities alone, and names the certificate as revoked all the same',
  why: 'RFC 5280 §5.2.5: its issuer says two things, so that nothing is known',
  effect: 'accepting it would pass over that the authority names the certificate as revoked',
  crls: [ofCa({ extensions: [issuingPoint(flag(2))], entries: [entry()] })],
  policy: 'sealed',
  findings: UNDECIDED,
  withoutOpenssl: 'its policy has no "if present"',
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
