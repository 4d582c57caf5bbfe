import { algorithm, extension } from '../../test-vectors/make/cms.ts'
import {
  bits,
  type Der,
  integer,
  join,
  nothing,
  octets,
  oid,
  printable,
  sequence,
  set,
  tlv,
} from '../../test-vectors/make/der.ts'
import {
  AUTHORITY,
  authority,
  basicConstraints,
  CA_USAGE,
  dns,
  extendedKeyUsage,
  type Holder,
  issue,
  keyUsage,
  nameOf,
  SIGNER,
  subjectKeyId,
  UNIT,
  unknownExtension,
} from './pki-certificates.ts'
import { p256Key, pssParameters, rsaKey, rsaPssKeyFor, type VectorKey } from './pki-keys.ts'
import {
  authorityUnder,
  bad,
  CA,
  caWith,
  END,
  endUnder,
  endWith,
  good,
  keyIdentifierOfIssuer,
  nameConstraints,
  ROOT,
  SECOND_ROOT,
} from './pki-path-base.ts'

/** Chains, authorities and searches; names and policies have files of their own. */

good('good', { mutation: 'none', why: 'RFC 5280 §6.1', end: END })
good('directly-below-the-root', {
  mutation: 'the root issued it',
  why: 'RFC 5280 §6.1',
  end: endUnder(ROOT),
  between: [],
})
good('anchor-itself', {
  mutation: 'the certificate itself is the anchor',
  why: 'verdicts: a path of length 0',
  end: END,
  between: [],
  root: END,
  openssl: ['-partial_chain'],
})
const chain = (length: number): Holder[] => {
  const made: Holder[] = []
  for (let i = 1; i <= length; i++) made.push(authority(`Example Path Authority ${i}`, { issuer: made.at(-1) ?? ROOT }))
  return made
}
const seven = chain(7)
good('depth-8', {
  mutation: 'seven authorities between',
  why: 'policy: depth 8',
  end: endUnder(seven.at(-1) ?? ROOT),
  between: [...seven].reverse(),
})
const eight = chain(8)
bad('depth-9', {
  base: 'depth-8',
  mutation: 'eight authorities between',
  why: 'policy: depth 8; a limit is no contradiction',
  end: endUnder(eight.at(-1) ?? ROOT),
  between: eight,
  findings: ['search INDETERMINATE:limit'],
  withoutOpenssl: 'its depth is another',
})
const short = authorityUnder(ROOT, { extensions: [basicConstraints(true, 0), CA_USAGE] })
good('path-length-0', {
  mutation: 'pathLenConstraint 0 above the end',
  why: 'RFC 5280 §6.1.4 (l)',
  end: endUnder(short),
  between: [short],
})
const lower = authority('Example Path Lower Authority', { issuer: short })
bad('path-length-0-exceeded', {
  base: 'path-length-0',
  mutation: 'an authority below pathLenConstraint 0',
  why: 'RFC 5280 §6.1.4 (l)',
  end: endUnder(lower),
  between: [lower, short],
  findings: ['path FAILED:path-length'],
})
const selfIssued = authority('Example Path Authority', {
  issuer: short,
  key: p256Key('a new key of the path authority'),
})
good('path-length-0-self-issued', {
  mutation: 'a self-issued certificate below pathLenConstraint 0',
  why: 'RFC 5280 §6.1.4 (l): it is not counted',
  end: endUnder(selfIssued),
  between: [selfIssued, short],
})
const one = authorityUnder(ROOT, { extensions: [basicConstraints(true, 1), CA_USAGE] })
const underOne = authority('Example Path Lower Authority', { issuer: one })
const underTwo = authority('Example Path Lowest Authority', { issuer: underOne })
good('path-length-1', {
  mutation: 'one authority below pathLenConstraint 1',
  why: 'RFC 5280 §6.1.4 (l)',
  end: endUnder(underOne),
  between: [underOne, one],
})
bad('path-length-1-exceeded', {
  base: 'path-length-1',
  mutation: 'two authorities below pathLenConstraint 1',
  why: 'RFC 5280 §6.1.4 (l)',
  end: endUnder(underTwo),
  between: [underTwo, underOne, one],
  findings: ['path FAILED:path-length'],
})
const wide = authority('Example Path Lower Authority', {
  issuer: short,
  extensions: [basicConstraints(true, 9), CA_USAGE],
})
bad('path-length-widened', {
  base: 'path-length-0',
  mutation: 'an authority below pathLenConstraint 0 gives itself 9',
  why: 'RFC 5280 §6.1.4 (m): never more than before',
  end: endUnder(wide),
  between: [wide, short],
  findings: ['path FAILED:path-length'],
})
const shortRoot = authority('Example Path Root', { extensions: [basicConstraints(true, 0), CA_USAGE] })
bad('path-length-of-the-root', {
  base: 'path-length-0',
  mutation: 'pathLenConstraint 0 of the root, an authority below',
  why: 'RFC 5937 §4: the anchor’s own constraints',
  end: END,
  root: shortRoot,
  findings: ['path FAILED:path-length'],
})
const renewed = authority('Example Path Root', { issuer: ROOT, key: p256Key('a new key of the path root') })
const underRenewed = authorityUnder(renewed)
good('root-with-a-new-key', {
  mutation: 'the root’s new key is certified by its old one',
  why: 'RFC 4210 §4.4',
  end: endUnder(underRenewed),
  between: [underRenewed, renewed],
  beside: ['FAILED:signature'],
})
good('authority-without-key-usage', {
  mutation: 'the authority has no keyUsage',
  why: 'RFC 5280 §6.1.4 (n): if present',
  end: endUnder(authorityUnder(ROOT, { extensions: [basicConstraints(true)] })),
  between: [authorityUnder(ROOT, { extensions: [basicConstraints(true)] })],
})
good('basic-constraints-not-critical', {
  mutation: 'basicConstraints of the authority is not critical',
  why: 'RFC 5280 §6.1.4 (k) asks for its value alone',
  end: endUnder(authorityUnder(ROOT, { extensions: [basicConstraints(true, undefined, false), CA_USAGE] })),
  between: [authorityUnder(ROOT, { extensions: [basicConstraints(true, undefined, false), CA_USAGE] })],
})
good('unknown-extension', {
  mutation: 'an unknown extension that is not critical',
  why: 'RFC 5280 §4.2',
  end: endWith(CA, unknownExtension(false)),
})
const v1Root = issue({ name: 'Example Path Root', version: 1, from: '200101000000Z', to: '451231235959Z' })
good('root-version-1', {
  mutation: 'the root is of version 1',
  why: 'RFC 5280 §6.1.1 (d): an anchor is a name and a key',
  end: END,
  root: v1Root,
})
const rsaCa = authorityUnder(ROOT, { key: rsaKey('rsa-2048') })
good('rsa-authority', {
  mutation: 'the authority has an RSA key',
  why: 'RFC 5280 §6.1.3',
  end: endUnder(rsaCa),
  between: [rsaCa],
})
const pssAuthority = (parameters: Der, saltLength?: number): Holder =>
  authorityUnder(ROOT, { key: rsaPssKeyFor(parameters, saltLength) })
const FOR_SHA256 = pssParameters('sha256', 'sha256', 32)
const pssCa = pssAuthority(FOR_SHA256)
good('pss-restricted-authority', {
  mutation: 'the authority has a key for RSASSA-PSS with SHA-256 and at least 32 octets of salt',
  why: 'RFC 4055 §3.3',
  end: endUnder(pssCa),
  between: [pssCa],
})
const printableName = sequence(set(sequence(oid('2.5.4.3'), printable('EXAMPLE  path authority (SAMPLE)'))))
good('issuer-name-in-another-encoding', {
  mutation: 'the issuer’s name as PrintableString, with other case and spaces',
  why: 'RFC 5280 §7.1',
  end: endUnder(CA, { issuerName: printableName }),
})
good('exactly-at-not-before', {
  mutation: 'the validation time is the first second',
  why: 'RFC 5280 §4.1.2.5',
  end: endUnder(CA, { from: '260601000000Z' }),
})
good('exactly-at-not-after', {
  mutation: 'the validation time is the last second',
  why: 'RFC 5280 §4.1.2.5',
  end: endUnder(CA, { to: '260601000000Z' }),
})
good('time-stamp-unit', {
  mutation: 'a time-stamp unit, asked as one',
  why: 'RFC 3161 §2.3',
  end: endUnder(CA, { extensions: UNIT }),
  role: 'time-stamp-authority',
})
good('authority-with-any-purpose', {
  mutation: 'the authority has anyExtendedKeyUsage',
  why: 'RFC 5280 §4.2.1.12',
  end: endUnder(caWith(extendedKeyUsage(false, 'any'))),
  between: [caWith(extendedKeyUsage(false, 'any'))],
})
good('email-below-email', {
  mutation: 'authority and end have emailProtection',
  why: 'RFC 5280 §4.2.1.12',
  end: endWith(caWith(extendedKeyUsage(false, 'emailProtection')), extendedKeyUsage(false, 'emailProtection')),
  between: [caWith(extendedKeyUsage(false, 'emailProtection'))],
})
const identified = authorityUnder(ROOT, { extensions: [...AUTHORITY, subjectKeyId(CA.keyId)] })
good('key-identifier', {
  mutation: 'authorityKeyIdentifier and subjectKeyIdentifier agree',
  why: 'RFC 5280 §4.2.1.1',
  end: endWith(identified, keyIdentifierOfIssuer(CA.keyId)),
  between: [identified],
})
good('key-identifier-wrong', {
  mutation: 'authorityKeyIdentifier names another key',
  why: 'RFC 5280 §4.2.1.1: it helps to find, §6.1 does not ask',
  end: endWith(identified, keyIdentifierOfIssuer(ROOT.keyId)),
  between: [identified],
})

// Search
const cross = authorityUnder(SECOND_ROOT)
good('cross-certified', {
  mutation: 'the authority is certified by two roots, one of them chosen',
  why: 'RFC 4158',
  end: END,
  between: [cross, CA],
})
const expiredDouble = authorityUnder(ROOT, { to: '250101000000Z' })
good('expired-double-beside', {
  mutation: 'an expired certificate of the same authority lies beside',
  why: 'RFC 4158 §2.4: another path may hold',
  end: END,
  between: [expiredDouble, CA],
  beside: ['FAILED:expired'],
})
const otherKey = authorityUnder(ROOT, { key: p256Key('another path authority') })
good('double-with-another-key-beside', {
  mutation: 'an authority of the same name with another key lies beside',
  why: 'RFC 4158 §3.5',
  end: END,
  between: [otherKey, CA],
})
const forgedDouble = authorityUnder(ROOT, { key: CA.key, signedBy: p256Key('a forger of paths') })
good('forged-double-beside', {
  mutation: 'a forged certificate of the authority’s name and key lies beside',
  why: 'RFC 4158: another path holds',
  end: END,
  between: [forgedDouble, CA],
  beside: ['FAILED:signature'],
})
const left = authority('Example Path Left', {
  issuerName: nameOf('Example Path Right'),
  signedBy: p256Key('Example Path Right'),
})
const right = authority('Example Path Right', {
  issuerName: nameOf('Example Path Left'),
  signedBy: p256Key('Example Path Left'),
})
const leftByRoot = authority('Example Path Left', { issuer: ROOT })
good('loop-with-a-way-out', {
  mutation: 'two authorities certify each other, and the root one of them',
  why: 'RFC 4158 §5.2 (CVE-2024-0567)',
  end: endUnder(right),
  between: [left, right, leftByRoot],
})
bad('loop-without-a-way-out', {
  base: 'loop-with-a-way-out',
  mutation: 'two authorities certify each other, and no root either of them',
  why: 'RFC 4158 §5.2',
  end: endUnder(right),
  between: [left, right],
  findings: ['search INDETERMINATE:no-path'],
})
const doubles = Array.from({ length: 70 }, (_, i) => authorityUnder(SECOND_ROOT, { key: CA.key, serial: i + 1 }))
bad('seventy-doubles', {
  mutation: 'seventy certificates of the authority by a root that is not chosen',
  why: 'policy: 64 signature checks; a limit is no contradiction',
  effect: 'accepting it would not be known to be right',
  end: END,
  between: doubles,
  findings: ['search INDETERMINATE:limit'],
  withoutOpenssl: 'its limit is another',
})
bad('issuer-absent', {
  mutation: 'the authority is not here',
  why: 'RFC 5280 §6.1',
  end: END,
  between: [],
  findings: ['search INDETERMINATE:no-path'],
})
bad('root-not-chosen', {
  mutation: 'another root is chosen',
  why: 'RFC 5280 §6.1.1 (d)',
  end: END,
  between: [CA, ROOT],
  trustSet: 'second',
  findings: ['search INDETERMINATE:anchor-missing'],
})
bad('self-signed', {
  mutation: 'it issued itself',
  why: 'RFC 5280 §6.1.1 (d)',
  end: issue({ name: 'Example Path End', extensions: SIGNER }),
  between: [],
  findings: ['search INDETERMINATE:anchor-missing'],
})
bad('issuer-name-differs', {
  mutation: 'the issuer’s name is another',
  why: 'RFC 5280 §6.1.3 (a) (4)',
  end: endUnder(CA, { issuerName: nameOf('Example Path Nobody') }),
  findings: ['search INDETERMINATE:no-path'],
})
bad('issuer-name-empty', {
  mutation: 'the issuer’s name is empty',
  why: 'RFC 5280 §4.1.2.4',
  end: endUnder(CA, { issuerName: sequence() }),
  findings: ['search INDETERMINATE:no-path'],
})

// Signatures and encodings
bad('signature-altered', {
  mutation: 'the signature of the certificate differs in its last octet',
  why: 'RFC 5280 §6.1.3 (a) (1)',
  end: endUnder(CA, { alter: (s) => s.with(-1, (s.at(-1) ?? 0) ^ 1) }),
  findings: ['search INDETERMINATE:no-path'],
})
bad('subject-altered', {
  mutation: 'the subject was changed after signing',
  why: 'RFC 5280 §6.1.3 (a) (1)',
  end: endUnder(CA, {
    altered: (tbs) =>
      new Uint8Array(Buffer.from(Buffer.from(tbs).toString('latin1').replace('Path End', 'Path Eve'), 'latin1')),
  }),
  findings: ['search INDETERMINATE:no-path'],
})
bad('signed-by-a-stranger', {
  mutation: 'another key signed it',
  why: 'RFC 5280 §6.1.3 (a) (1)',
  end: endUnder(CA, { signedBy: p256Key('a forger of paths') }),
  findings: ['search INDETERMINATE:no-path'],
})
const forgedCa = authorityUnder(ROOT, { signedBy: p256Key('a forger of paths') })
bad('authority-signed-by-a-stranger', {
  mutation: 'another key signed the authority',
  why: 'RFC 5280 §6.1.3 (a) (1)',
  end: END,
  between: [forgedCa],
  findings: ['path FAILED:signature'],
})
const doubleRoot = authority('Example Path Root', { key: p256Key('a double of the path root') })
bad('root-of-the-same-name', {
  mutation: 'a root of the same name with another key is chosen',
  why: 'RFC 5280 §6.1.3 (a) (1)',
  end: END,
  root: doubleRoot,
  findings: ['path FAILED:signature'],
})
bad('algorithms-disagree', {
  mutation: 'signatureAlgorithm is not the one that was signed',
  why: 'RFC 5280 §4.1.1.2',
  end: endUnder(CA, { outerAlgorithm: algorithm('1.2.840.10045.4.3.2', nothing()) }),
  findings: ['target FAILED:algorithms-disagree', 'path FAILED:algorithms-disagree'],
})
bad('trailing-octets', {
  mutation: 'two octets behind the certificate',
  why: 'X.690 §8.1',
  end: join(END.der, nothing()),
  findings: ['refused ERR_DER_TRAILING_DATA'],
})
bad('repeated-extension', {
  mutation: 'keyUsage twice',
  why: 'RFC 5280 §4.2',
  end: endWith(CA, keyUsage('keyCertSign')),
  findings: ['target FAILED:repeated-extension', 'path FAILED:repeated-extension'],
})
bad('malformed-basic-constraints', {
  mutation: 'basicConstraints of the authority is no SEQUENCE',
  why: 'RFC 5280 §4.2.1.9',
  end: endUnder(
    authorityUnder(ROOT, { extensions: [extension('2.5.29.19', octets(new Uint8Array(1)), true), CA_USAGE] }),
  ),
  between: [authorityUnder(ROOT, { extensions: [extension('2.5.29.19', octets(new Uint8Array(1)), true), CA_USAGE] })],
  findings: ['path FAILED:malformed-extension', 'path FAILED:not-a-ca'],
})
bad('version-1-with-extensions', {
  mutation: 'version 1 with extensions',
  why: 'RFC 5280 §4.1.2.9',
  end: endUnder(CA, { version: 1 }),
  findings: ['refused ERR_X509_STRUCTURE'],
})
for (const [name, mutation, hash] of [
  ['authority-signed-sha1', 'the authority was signed under SHA-1', 'sha1'],
  ['authority-signed-md5', 'the authority was signed under MD5', 'md5'],
] as const) {
  const rsaRoot = authority('Example Path Root', { key: rsaKey('rsa-2048') })
  const weak = authorityUnder(rsaRoot, { hash })
  bad(name, {
    base: 'rsa-authority',
    mutation,
    why: 'policy: it counts no more',
    effect: 'accepting it would let a collision make an authority',
    end: endUnder(weak),
    between: [weak],
    root: rsaRoot,
    findings: ['path INDETERMINATE:weak-algorithm'],
  })
}
for (const [name, mutation, parameters, saltLength] of [
  [
    'pss-restricted-digest',
    'signed under another digest than the authority’s key is for',
    pssParameters('sha512', 'sha256', 32),
    32,
  ],
  [
    'pss-restricted-mgf',
    'another digest of MGF1 than the authority’s key is for',
    pssParameters('sha256', 'sha512', 32),
    32,
  ],
  ['pss-restricted-salt', 'a shorter salt than the authority’s key asks for', FOR_SHA256, 20],
] as const) {
  const strict = pssAuthority(parameters, saltLength)
  bad(name, {
    base: 'pss-restricted-authority',
    mutation,
    why: 'RFC 4055 §3.3: the key names the parameters of its signatures',
    end: endUnder(strict),
    between: [strict],
    findings: ['search INDETERMINATE:no-path'],
  })
}
const pssRoot = (parameters: Der, saltLength?: number): Holder =>
  authority('Example Path Root', { key: rsaPssKeyFor(parameters, saltLength) })
good('pss-restricted-root', {
  mutation: 'the root’s key is for RSASSA-PSS with SHA-256 and at least 32 octets of salt',
  why: 'RFC 4055 §3.3',
  end: endUnder(pssRoot(FOR_SHA256)),
  between: [],
  root: pssRoot(FOR_SHA256),
})
bad('pss-restricted-root-salt', {
  base: 'pss-restricted-root',
  mutation: 'a shorter salt than the root’s key asks for',
  why: 'RFC 4055 §3.3: the key names the parameters of its signatures',
  end: endUnder(pssRoot(FOR_SHA256, 20)),
  between: [],
  root: pssRoot(FOR_SHA256),
  findings: ['path FAILED:signature'],
})
const small = authorityUnder(ROOT, { key: rsaKey('rsa-1024') })
bad('authority-rsa-1024', {
  base: 'rsa-authority',
  mutation: 'the authority’s key has 1024 bits',
  why: 'policy: it counts no more',
  effect: 'accepting it would rest on a key that can be broken',
  end: endUnder(small),
  between: [small],
  findings: ['path INDETERMINATE:weak-algorithm'],
})

// A certificate's own key, which nothing in its path has used
const keyless = (spki: Der): VectorKey => ({ ...p256Key('unused'), spki })
const P256_POINT = p256Key('explicit').spki.subarray(-66)
for (const [name, mutation, why, effect, key, outcome] of [
  [
    'end-rsa-1024',
    'the certificate’s own key has 1024 bits',
    'policy: it counts no more',
    'accepting it would let people rely on a key that can be broken',
    rsaKey('rsa-1024'),
    'INDETERMINATE:ended',
  ],
  [
    'end-curve-by-parameters',
    'the certificate’s own key gives its curve by parameters',
    'RFC 5480 §2.1.1: namedCurve only',
    'accepting it would let a forger choose the generator of a known public key',
    keyless(sequence(sequence(oid('1.2.840.10045.2.1'), sequence(integer(1))), tlv(0x03, P256_POINT))),
    'INDETERMINATE:unsupported',
  ],
  [
    'end-x25519',
    'the certificate’s own key is one for X25519, which cannot sign',
    'RFC 8410 §3',
    'accepting it would call a certificate one that signs, whose key never can',
    keyless(sequence(algorithm('1.3.101.110'), bits(p256Key('agreement').spki.subarray(-32)))),
    'INDETERMINATE:unsupported',
  ],
] as const) {
  const spec = { mutation, why, effect, end: endUnder(CA, { key }), findings: [`target key ${outcome}`] }
  bad(name, { ...spec, withoutOpenssl: 'it does not judge the key of the last certificate' })
}

bad('unit-rsa-1024', {
  base: 'time-stamp-unit',
  mutation: 'the unit’s own key has 1024 bits',
  why: 'policy: it counts no more',
  effect: 'accepting it would let people rely on a key that can be broken',
  end: endUnder(CA, { extensions: UNIT, key: rsaKey('rsa-1024') }),
  role: 'time-stamp-authority',
  findings: ['target key INDETERMINATE:ended'],
  withoutOpenssl: 'it does not judge the key of the last certificate',
})

// Authorities
const authorities: readonly (readonly [string, string, string, Holder, readonly string[]])[] = [
  [
    'not-a-ca',
    'the certificate above has cA FALSE',
    'RFC 5280 §6.1.4 (k)',
    authorityUnder(ROOT, { extensions: [basicConstraints(false), CA_USAGE] }),
    ['path FAILED:not-a-ca'],
  ],
  [
    'without-basic-constraints',
    'the certificate above has no basicConstraints',
    'RFC 5280 §6.1.4 (k)',
    authorityUnder(ROOT, { extensions: [CA_USAGE] }),
    ['path FAILED:not-a-ca'],
  ],
  [
    'end-certifies',
    'an end certificate issued it',
    'RFC 5280 §6.1.4 (k)',
    authorityUnder(ROOT, { extensions: SIGNER }),
    ['path FAILED:not-a-ca', 'path FAILED:key-usage'],
  ],
  [
    'without-key-cert-sign',
    'the authority lacks keyCertSign',
    'RFC 5280 §6.1.4 (n)',
    authorityUnder(ROOT, { extensions: [basicConstraints(true), keyUsage('cRLSign', 'digitalSignature')] }),
    ['path FAILED:key-usage'],
  ],
  [
    'authority-version-1',
    'the authority is of version 1',
    'RFC 5280 §6.1.4 (k)',
    authorityUnder(ROOT, { version: 1, extensions: [] }),
    ['path FAILED:version', 'path FAILED:not-a-ca'],
  ],
  [
    'authority-expired',
    'the authority has expired',
    'RFC 5280 §6.1.3 (a) (2)',
    authorityUnder(ROOT, { to: '260531235959Z' }),
    ['path FAILED:expired'],
  ],
  [
    'authority-not-yet-valid',
    'the authority begins later',
    'RFC 5280 §6.1.3 (a) (2)',
    authorityUnder(ROOT, { from: '260601000001Z' }),
    ['path FAILED:not-yet-valid'],
  ],
  [
    'authority-unknown-critical',
    'a critical extension of the authority that nobody knows',
    'RFC 5280 §6.1.4 (o)',
    caWith(unknownExtension(true)),
    ['path INDETERMINATE:unknown-critical-extension'],
  ],
  [
    'authority-server-auth',
    'the authority has serverAuth alone',
    'RFC 5280 §4.2.1.12',
    caWith(extendedKeyUsage(false, 'serverAuth')),
    ['path FAILED:extended-key-usage'],
  ],
  [
    'authority-ocsp-signing',
    'the authority has OCSPSigning alone',
    'RFC 5280 §4.2.1.12',
    caWith(extendedKeyUsage(true, 'ocspSigning')),
    ['path FAILED:extended-key-usage'],
  ],
]
for (const [name, mutation, why, above, findings] of authorities) {
  bad(name, { mutation, why, end: endUnder(above), between: [above], findings })
}
const emailCa = caWith(extendedKeyUsage(false, 'emailProtection'))
bad('unit-below-email', {
  base: 'time-stamp-unit',
  mutation: 'a time-stamp unit below an authority for emailProtection',
  why: 'RFC 5280 §4.2.1.12',
  end: endUnder(emailCa, { extensions: UNIT }),
  between: [emailCa],
  role: 'time-stamp-authority',
  findings: ['path FAILED:extended-key-usage'],
})
const rootFor = (...extensions: readonly Uint8Array[]) =>
  authority('Example Path Root', { extensions: [...AUTHORITY, ...extensions] })
bad('root-server-auth', {
  mutation: 'the root has serverAuth alone',
  why: 'RFC 5280 §4.2.1.12, RFC 5937',
  end: END,
  root: rootFor(extendedKeyUsage(false, 'serverAuth')),
  findings: ['path FAILED:extended-key-usage'],
})
bad('root-unknown-critical', {
  mutation: 'a critical extension of the root that nobody knows',
  why: 'RFC 5937 §4: what it means for the path is not known',
  end: END,
  root: rootFor(unknownExtension(true)),
  findings: ['path INDETERMINATE:unknown-critical-extension'],
})
bad('root-is-no-authority', {
  mutation: 'an end certificate is chosen, and issued it',
  why: 'RFC 5280 §6.1.4 (k)',
  end: END,
  root: authority('Example Path Root', { extensions: SIGNER }),
  findings: ['path FAILED:anchor-not-a-ca'],
  openssl: ['-partial_chain'],
})
bad('root-expired', {
  mutation: 'the root has expired',
  why: 'RFC 5280 §6.1.1 (d) leaves it open; what others refuse is not passed',
  end: END,
  root: authority('Example Path Root', { to: '260531235959Z' }),
  findings: ['path INDETERMINATE:anchor-validity'],
})

// The end
const ends: readonly (readonly [string, string, string, Holder, readonly string[]])[] = [
  [
    'expired',
    'it has expired',
    'RFC 5280 §6.1.3 (a) (2)',
    endUnder(CA, { to: '260531235959Z' }),
    ['target INDETERMINATE:expired'],
  ],
  [
    'not-yet-valid',
    'it begins later',
    'RFC 5280 §6.1.3 (a) (2)',
    endUnder(CA, { from: '260601000001Z' }),
    ['target INDETERMINATE:not-yet-valid'],
  ],
  [
    'unknown-critical',
    'a critical extension that nobody knows',
    'RFC 5280 §6.1.5 (f)',
    endWith(CA, unknownExtension(true)),
    ['target INDETERMINATE:unknown-critical-extension', 'path INDETERMINATE:unknown-critical-extension'],
  ],
  [
    'end-key-encipherment',
    'keyUsage keyEncipherment alone',
    'RFC 5280 §4.2.1.3',
    endUnder(CA, { extensions: [basicConstraints(false), keyUsage('keyEncipherment')] }),
    ['target INDETERMINATE:key-usage'],
  ],
  [
    'end-server-auth',
    'extKeyUsage serverAuth alone',
    'RFC 5280 §4.2.1.12',
    endWith(CA, extendedKeyUsage(false, 'serverAuth')),
    ['target INDETERMINATE:extended-key-usage'],
  ],
]
for (const [name, mutation, why, end, findings] of ends) {
  bad(name, { mutation, why, effect: 'accepting it would let a certificate count for what it is not', end, findings })
}
const constrained = authorityUnder(ROOT, {
  extensions: [
    ...AUTHORITY,
    nameConstraints({ permitted: [dns('sample.example')] }),
    nameConstraints({ permitted: [dns('sample.example')] }),
  ],
})
bad('authority-repeated-extension', {
  mutation: 'the authority has nameConstraints twice',
  why: 'RFC 5280 §4.2',
  end: endUnder(constrained),
  between: [constrained],
  findings: ['path FAILED:repeated-extension'],
})

const padded = sequence(tlv(0x06, Uint8Array.of(0x55, 0x1d, 0x80, 0x25)), octets(sequence(oid('1.3.6.1.5.5.7.3.1'))))
const tail: readonly (readonly [string, string, string, Holder, readonly string[]])[] = [
  [
    'extension-oid-padded',
    'the identifier of an extension begins an arc with 80',
    'X.690 §8.19.2',
    endWith(CA, padded),
    ['refused ERR_DER_NON_CANONICAL'],
  ],
  [
    'key-usage-unused-bits',
    'keyUsage has bits set that are said to be unused',
    'X.690 §11.2.1',
    endUnder(CA, { extensions: [basicConstraints(false), extension('2.5.29.15', bits(Uint8Array.of(0xc1), 6), true)] }),
    ['target INDETERMINATE:unreadable', 'path FAILED:malformed-extension'],
  ],
  [
    'dates-exchanged',
    'notBefore is after notAfter',
    'RFC 5280 §4.1.2.5: a period without a moment',
    endUnder(CA, { from: '260701000000Z', to: '260501000000Z' }),
    ['target INDETERMINATE:not-yet-valid'],
  ],
  [
    'serial-not-minimal',
    'the serial number has an octet too many',
    'X.690 §8.3.2',
    endUnder(CA, { serial: tlv(0x02, Uint8Array.of(0, 1)) }),
    ['refused ERR_DER_NON_CANONICAL'],
  ],
  [
    'boolean-01',
    'cA is written 01',
    'X.690 §11.1',
    endUnder(CA, { extensions: [extension('2.5.29.19', sequence(tlv(0x01, Uint8Array.of(1))), true)] }),
    ['target INDETERMINATE:unreadable', 'path FAILED:malformed-extension'],
  ],
]
for (const [name, mutation, why, end, findings] of tail) bad(name, { mutation, why, end, findings })
const caBoolean = authorityUnder(ROOT, {
  extensions: [extension('2.5.29.19', sequence(tlv(0x01, Uint8Array.of(1))), true), CA_USAGE],
})
bad('authority-boolean-01', {
  mutation: 'cA of the authority is written 01',
  why: 'X.690 §11.1',
  end: endUnder(caBoolean),
  between: [caBoolean],
  findings: ['path FAILED:malformed-extension', 'path FAILED:not-a-ca'],
})
const pathLenWithoutCa = authorityUnder(ROOT, { extensions: [basicConstraints(false, 3), CA_USAGE] })
bad('path-length-without-ca', {
  mutation: 'pathLenConstraint 3 with cA FALSE',
  why: 'RFC 5280 §6.1.4 (k)',
  end: endUnder(pathLenWithoutCa),
  between: [pathLenWithoutCa],
  findings: ['path FAILED:not-a-ca'],
})
const empty = authorityUnder(ROOT, {
  extensions: [basicConstraints(true), extension('2.5.29.15', bits(new Uint8Array(0)), true)],
})
bad('authority-key-usage-empty', {
  mutation: 'keyUsage of the authority has no bit',
  why: 'RFC 5280 §6.1.4 (n)',
  end: endUnder(empty),
  between: [empty],
  findings: ['path FAILED:key-usage'],
})
