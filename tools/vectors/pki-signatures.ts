import {
  algorithm,
  attribute,
  CONTENT_TYPE,
  ID_DATA,
  MESSAGE_DIGEST,
  SIGNING_CERTIFICATE_V2,
  TST_INFO,
} from '../../test-vectors/make/cms.ts'
import {
  ascii,
  explicit,
  indefinite,
  integer,
  join,
  nothing,
  octets,
  oid,
  sequence,
  set,
  tlv,
  utf8,
} from '../../test-vectors/make/der.ts'
import {
  AUTHORITY,
  authority,
  basicConstraints,
  CA_USAGE,
  type CertificateRecipe,
  extendedKeyUsage,
  type Holder,
  issue,
  keyUsage,
  SIGNER,
  subjectKeyId,
  unknownExtension,
} from './pki-certificates.ts'
import {
  essCertId,
  essV1,
  essV2,
  hashAlgorithm,
  keyIdSid,
  type SignedDataRecipe,
  type SignerRecipe,
  signedData,
  signerInfo,
  token,
  usualAttributes,
} from './pki-cms.ts'
import { expectation } from './pki-expect.ts'
import {
  digestOf,
  ed25519Key,
  type HashName,
  p256Key,
  p384Key,
  pssParameters,
  rsaKey,
  rsaPssKey,
  rsaPssKeyFor,
} from './pki-keys.ts'
import { OTHER_DATA, AUTHORITY_CA as TIME_CA, ROOT as TIME_ROOT, UNIT_ONE } from './pki-token-base.ts'
import { FamilyBuilder, type PkiVector } from './pki-vector.ts'

/**
 * Signatures in CMS over one file, each with a time-stamp in its unsigned attributes (RFC 3161 appendix A), so that a time
 * is proved and the policy is met.
 */
export const DATA: Uint8Array = new TextEncoder().encode('Example statement (sample)\n')
export const ROOT = authority('Example Vector Root')
export const CA = authority('Example Vector Authority', { issuer: ROOT })
const OTHER_ROOT = authority('Example Vector Stranger Root')
const signerOf = (more: Partial<CertificateRecipe> = {}): Holder =>
  issue({ name: 'Example Vector Mechanism', issuer: CA, extensions: SIGNER, ...more })
export const ONE = signerOf()
const COLLEAGUE = signerOf({ name: 'Example Vector Other Mechanism' })

export const signatures = new FamilyBuilder('signatures')
signatures.file('data', DATA)
signatures.file('other-data', OTHER_DATA)
signatures.file('root.cer', ROOT.der)
signatures.file('time-root.cer', TIME_ROOT.der)
signatures.file('other-root.cer', OTHER_ROOT.der)
signatures.file('signer.cer', ONE.der)
const TSA = { role: 'time-stamp-authority', certificate: 'time-root.cer' } as const
signatures.trustSet('sample', [{ role: 'signer', certificate: 'root.cer' }, TSA])
signatures.trustSet('other', [{ role: 'signer', certificate: 'other-root.cer' }, TSA])
signatures.trustSet('signer', [{ role: 'signer', certificate: 'signer.cer' }, TSA])
signatures.trustSet('other-role', [{ role: 'time-stamp-authority', certificate: 'root.cer' }, TSA])

const SIGNATURE_TIME_STAMP = '1.2.840.113549.1.9.16.2.14'
const stampOf = (value: Uint8Array, data = value): Uint8Array =>
  attribute(SIGNATURE_TIME_STAMP, token({ data, unit: UNIT_ONE, certificates: [UNIT_ONE.der, TIME_CA.der] }))

export interface Recipe extends Partial<Omit<SignerRecipe, 'signer' | 'content'>> {
  readonly signer?: Holder
  readonly content?: Uint8Array
  readonly certificates?: readonly Uint8Array[]
  readonly envelope?: Partial<SignedDataRecipe>
  readonly others?: readonly (Partial<SignerRecipe> & { readonly signer: Holder })[]
  /** False: without a time-stamp. */
  readonly stamped?: boolean
}

/** The SignerInfo twice: once to have its signature, which is then stamped in an unsigned attribute. */
function stampedInfo(recipe: SignerRecipe, stamped: boolean): Uint8Array {
  if (!stamped) return signerInfo(recipe)
  let value: Uint8Array = new Uint8Array(0)
  const catching = (signature: Uint8Array): Uint8Array => {
    value = recipe.alter?.(signature) ?? signature
    return value
  }
  signerInfo({ ...recipe, alter: catching })
  return signerInfo({ ...recipe, unsigned: [stampOf(value), ...(recipe.unsigned ?? [])] })
}

export function signatureOf(recipe: Recipe = {}): Uint8Array {
  const { signer = ONE, content = DATA, certificates, envelope, others = [], stamped = true, ...more } = recipe
  const contentType = more.contentType ?? ID_DATA
  const hashes = [...new Set([more.hash ?? 'sha256', ...others.map(({ hash }) => hash ?? 'sha256')])] as HashName[]
  return signedData({
    contentType,
    certificates: certificates ?? [signer.der, ...others.map((other) => other.signer.der), CA.der],
    digestAlgorithms: hashes.map(hashAlgorithm),
    signerInfos: [
      stampedInfo({ signer, content, ...more }, stamped),
      ...others.map((other) => stampedInfo({ content, contentType, ...other }, stamped)),
    ],
    ...envelope,
  })
}

/** What the SignerInfo of that signer over the file has as signature. */
function signatureValueOf(signer: Holder): Uint8Array {
  let value: Uint8Array = new Uint8Array(0)
  signerInfo({
    signer,
    content: DATA,
    alter: (signature) => {
      value = signature
      return signature
    },
  })
  return value
}

interface Spec {
  readonly base?: string
  readonly mutation: string
  readonly why: string
  readonly effect: string
  readonly signature: Uint8Array
  readonly data?: Uint8Array | null
  readonly trustSet?: string
  readonly time?: string
  readonly findings: readonly string[]
  /** Instead: the error with which it is refused. */
  readonly error?: string
  readonly also?: readonly string[]
  readonly withoutOpenssl?: string
  readonly openssl?: PkiVector['openssl']
}

function add(name: string, spec: Spec, base: string | null): void {
  const { data = DATA } = spec
  const given =
    data === null
      ? {}
      : { data: data === DATA ? 'data' : signatures.file(data === OTHER_DATA ? 'other-data' : `${name}.data`, data) }
  signatures.add({
    name,
    base,
    mutation: spec.mutation,
    why: spec.why,
    effect: spec.effect,
    policy: 'sealed',
    trustSet: spec.trustSet ?? 'sample',
    validationTime: spec.time ?? '2026-06-01T00:00:00Z',
    inputs: { signature: signatures.file(`${name}.p7s`, spec.signature), ...given },
    expect: spec.error === undefined ? expectation(spec.findings, spec.also) : { findings: [], error: spec.error },
    ...(spec.withoutOpenssl === undefined ? {} : { withoutOpenssl: spec.withoutOpenssl }),
    ...(spec.openssl === undefined ? {} : { openssl: spec.openssl }),
  })
}
const COST = 'refusing it would throw away a good signature'
const good = (name: string, spec: Omit<Spec, 'findings' | 'effect'>): void =>
  add(name, { effect: COST, ...spec, findings: [] }, null)
const bad = (name: string, spec: Spec): void => add(name, spec, spec.base ?? 'good')

const BARE = signatureOf()
good('good', { mutation: 'none', why: 'RFC 5652 §5', signature: BARE })
const attached = (content: Uint8Array) => signatureOf({ envelope: { content } })
good('attached-and-equal', {
  mutation: 'the content lies inside, equal to the file',
  why: 'RFC 5652 §5.2',
  signature: attached(DATA),
  also: ['signature.content PASSED:attached'],
})
good('pem', {
  mutation: 'PEM around the signature',
  why: 'RFC 7468; told by the content',
  signature: ascii(
    `-----BEGIN CMS-----\n${Buffer.from(BARE)
      .toString('base64')
      .replaceAll(/(.{64})/g, '$1\n')}\n-----END CMS-----\n`,
  ),
  openssl: { arguments: ['-inform', 'PEM'] },
})
good('ber-envelope', {
  mutation: 'indefinite lengths around SignedData',
  why: 'RFC 5652 §5.1: the envelope may be BER',
  signature: indefinite(
    0x30,
    oid('1.2.840.113549.1.7.2'),
    indefinite(
      0xa0,
      indefinite(
        0x30,
        integer(1),
        tlv(0x31, hashAlgorithm('sha256')),
        indefinite(0x30, oid(ID_DATA)),
        tlv(0xa0, ONE.der, CA.der),
        tlv(0x31, stampedInfo({ signer: ONE, content: DATA }, true)),
      ),
    ),
  ),
})
good('two-signers', {
  mutation: 'two signers',
  why: 'RFC 5652 §5.1',
  signature: signatureOf({ others: [{ signer: COLLEAGUE }] }),
})
const keyed = signerOf({ extensions: [...SIGNER, subjectKeyId(ONE.keyId)] })
good('sid-key-identifier', {
  mutation: 'the signer is named by subjectKeyIdentifier',
  why: 'RFC 5652 §5.3, version 3',
  signature: signatureOf({ signer: keyed, sid: keyIdSid(keyed.keyId), version: 3, envelope: { version: 3 } }),
})
for (const [name, mutation, why, key, hash] of [
  ['rsa-2048', 'RSA of 2048 bits', 'RFC 5754 §3.2', rsaKey('rsa-2048'), 'sha256'],
  ['rsa-pss', 'RSASSA-PSS', 'RFC 4056 §3', rsaPssKey(), 'sha256'],
  ['rsa-pss-only', 'RSASSA-PSS under a key for nothing else', 'RFC 4055 §1.2', rsaPssKey(32, true), 'sha256'],
  [
    'rsa-pss-restricted',
    'RSASSA-PSS under a key for just such signatures',
    'RFC 4055 §3.3',
    rsaPssKeyFor(pssParameters('sha256', 'sha256', 32)),
    'sha256',
  ],
  [
    'rsa-pss-restricted-longer-salt',
    'RSASSA-PSS with a longer salt than the key asks for',
    'RFC 4055 §3.3: the salt may be longer',
    rsaPssKeyFor(pssParameters('sha256', 'sha256', 20)),
    'sha256',
  ],
  ['ecdsa-p-384', 'ECDSA on P-384 with SHA-384', 'RFC 5753 §2.1', p384Key('Example Vector P-384 Mechanism'), 'sha384'],
  ['ed25519', 'Ed25519, digest SHA-512', 'RFC 8419 §3.1', ed25519Key('Example Vector Ed25519 Mechanism'), 'sha512'],
] as const) {
  good(name, { mutation, why, signature: signatureOf({ signer: signerOf({ key }), hash }) })
}
good('ess-first-version', {
  mutation: 'signing-certificate (SHA-1) instead of signing-certificate-v2',
  why: 'RFC 2634 §5.4; SHA-1 here only tells certificates apart',
  signature: signatureOf({ attributes: (usual) => usual.with(2, essV1(ONE)) }),
})
good('purpose-email', {
  mutation: 'the certificate has extKeyUsage emailProtection',
  why: 'RFC 5280 §4.2.1.12: S/MIME is CMS',
  signature: signatureOf({ signer: signerOf({ extensions: [...SIGNER, extendedKeyUsage(false, 'emailProtection')] }) }),
})
good('signer-is-the-anchor', {
  mutation: 'the trust set has the signer itself',
  why: 'verdicts: flagged, and believed',
  signature: BARE,
  trustSet: 'signer',
  also: ['signer.path PASSED:end-entity-anchor'],
  openssl: { arguments: ['-partial_chain'] },
})
const expiring = signerOf({ to: '260401000000Z' })
good('expired-since-stamped-before', {
  mutation: 'the certificate ended after the time that is proved, before the validation time',
  why: 'ETSI EN 319 102-1 §5.5: the best signature time counts',
  signature: signatureOf({ signer: expiring }),
  openssl: { time: '2026-03-14T09:12:00Z' },
})
good('unsigned-attribute', {
  mutation: 'an unknown unsigned attribute',
  why: 'RFC 5652 §5.3: nothing protects it, and nothing depends on it',
  signature: signatureOf({ unsigned: [attribute('2.999.6', utf8('anything'))] }),
})

// The content
const SWAP = 'accepting it would let somebody’s signature stand under another file'
const DIFFERS = ['signature.message-digest FAILED:differs']
bad('other-file', {
  mutation: 'the file is another one',
  why: 'RFC 5652 §5.4',
  effect: SWAP,
  signature: BARE,
  data: OTHER_DATA,
  findings: DIFFERS,
})
const AS_MAIL: Uint8Array = new TextEncoder().encode('Example statement (sample)\r\n')
bad('file-other-line-ends', {
  mutation:
    'the signature is over the file with CR LF at the end of each line, as `openssl cms -sign` without -binary makes it',
  why: 'RFC 5652 §5.4: other bytes were signed; RFC 8551 §3.1.1: mail signs text so, and what differs is said',
  effect: 'accepting it would let bytes that nobody signed pass as signed',
  signature: signatureOf({ content: AS_MAIL }),
  findings: ['signature.message-digest FAILED:line-ends'],
})
bad('file-line-ends-lost', {
  mutation: 'the file was signed with LF at the end of each line, and has CR LF',
  why: 'RFC 5652 §5.4',
  effect: 'accepting it would let bytes that nobody signed pass as signed',
  signature: BARE,
  data: AS_MAIL,
  findings: ['signature.message-digest FAILED:line-ends'],
})
bad('file-empty', {
  mutation: 'the file is empty',
  why: 'RFC 5652 §5.4',
  effect: SWAP,
  signature: BARE,
  data: new Uint8Array(0),
  findings: DIFFERS,
})
bad('file-absent', {
  mutation: 'the file is not here',
  why: 'verdicts: missing material is INDETERMINATE',
  effect: 'accepting it would say of a file that nobody saw that it is signed',
  signature: BARE,
  data: null,
  findings: [
    'signature.content INDETERMINATE:content-missing',
    'signature.message-digest INDETERMINATE:content-missing',
  ],
  withoutOpenssl: 'it cannot be asked about a file that is not there',
})
bad('attached-beside-another-file', {
  base: 'attached-and-equal',
  mutation: 'the content lies inside, the file beside it is another one',
  why: 'RFC 5652 §5.2: what was signed is inside, not the file',
  effect: SWAP,
  signature: attached(DATA),
  data: OTHER_DATA,
  findings: ['signature.content FAILED:differs'],
})
bad('attached-other-line-ends', {
  base: 'attached-and-equal',
  mutation: 'the content inside is the file with CR LF at the end of each line',
  why: 'RFC 5652 §5.2: other bytes were signed; RFC 8551 §3.1.1: mail signs text so, and what differs is said',
  effect: 'accepting it would let bytes that nobody signed pass as signed',
  signature: signatureOf({ content: AS_MAIL, envelope: { content: AS_MAIL } }),
  findings: ['signature.content FAILED:line-ends'],
})
bad('attached-file-absent', {
  base: 'attached-and-equal',
  mutation: 'the content lies inside, no file is here',
  why: 'verdicts: an attached copy is no evidence of the file',
  effect: 'accepting it would say of a file that nobody saw that it is signed',
  signature: attached(DATA),
  data: null,
  findings: [
    'signature.content INDETERMINATE:content-missing',
    'signature.message-digest INDETERMINATE:content-missing',
  ],
  withoutOpenssl: 'it shows what lies inside and is not asked about a file',
})
bad('attached-empty', {
  base: 'attached-and-equal',
  mutation: 'an empty content lies inside, signed, beside a file',
  why: 'RFC 5652 §5.2: what was signed is the empty content',
  effect: SWAP,
  signature: signatureOf({ content: new Uint8Array(0), envelope: { content: new Uint8Array(0) } }),
  findings: ['signature.content FAILED:differs'],
})
bad('attached-other-than-signed', {
  base: 'attached-and-equal',
  mutation: 'the content inside is the file, the signature is over another one',
  why: 'RFC 5652 §5.4',
  effect: SWAP,
  signature: signatureOf({ content: OTHER_DATA, envelope: { content: DATA } }),
  findings: DIFFERS,
})
const replayed = set(...usualAttributes({ signer: ONE, content: DATA }).sort(Buffer.compare))
bad('attributes-replayed-as-content', {
  mutation: 'the signed attributes of a good signature are shown as a file, under its signature without attributes',
  why: 'RFC 5652 §11 with draft-ietf-lamps-cms-euf-cma-signeddata',
  effect: 'accepting it would make a signature over a file that the signer never saw',
  signature: signatureOf({ content: replayed, attributes: null }),
  data: replayed,
  findings: [
    'signature.content FAILED:attributes',
    'signature.signed-attributes INDETERMINATE:absent',
    'signature.signing-certificate INDETERMINATE:absent',
  ],
})
bad('attributes-absent', {
  mutation: 'no signedAttrs',
  why: 'CAdES-B (ETSI EN 319 122-1 §6.3) asks for them; RFC 5652 §5.3 lets id-data go without',
  effect: 'accepting it would leave open what kind of thing was signed, and with which certificate',
  signature: signatureOf({ attributes: null }),
  findings: ['signature.signed-attributes INDETERMINATE:absent', 'signature.signing-certificate INDETERMINATE:absent'],
})
bad('content-type-tst-info', {
  mutation: 'eContentType and content-type are id-ct-TSTInfo',
  why: 'a file is id-data; a signature of another kind is not over a file',
  effect: 'accepting it would take a statement of another kind for a signature over the file',
  signature: signatureOf({ contentType: TST_INFO, envelope: { version: 3 } }),
  findings: ['signature.content-type INDETERMINATE:unexpected-type'],
})

// Attributes
const INFO_DIGEST = attribute(MESSAGE_DIGEST, octets(digestOf('sha256', DATA)))
const otherDigest = attribute(MESSAGE_DIGEST, octets(digestOf('sha256', OTHER_DATA)))
const ABSENT_BESIDE = ['signature.signed-attributes FAILED:irregular', 'signature.message-digest FAILED:absent']
type Alter = NonNullable<SignerRecipe['attributes']>
const alterations: readonly (readonly [string, string, string, Alter, readonly string[]])[] = [
  [
    'content-type-differs',
    'content-type says id-ct-TSTInfo',
    'RFC 5652 §11.1',
    (u) => u.with(0, attribute(CONTENT_TYPE, oid(TST_INFO))),
    ['signature.content-type FAILED:differs'],
  ],
  [
    'content-type-absent',
    'no content-type',
    'RFC 5652 §5.3',
    (u) => u.toSpliced(0, 1),
    ['signature.content-type FAILED:absent'],
  ],
  [
    'content-type-twice',
    'two content-type attributes',
    'RFC 5652 §11.1',
    (u) => [...u, attribute(CONTENT_TYPE, oid(TST_INFO))],
    ['signature.signed-attributes FAILED:irregular', 'signature.content-type FAILED:absent'],
  ],
  [
    'message-digest-differs',
    'message-digest is over another file',
    'RFC 5652 §5.4',
    (u) => u.with(1, otherDigest),
    DIFFERS,
  ],
  [
    'message-digest-absent',
    'no message-digest',
    'RFC 5652 §5.3',
    (u) => u.toSpliced(1, 1),
    ['signature.message-digest FAILED:absent'],
  ],
  [
    'message-digest-twice',
    'two message-digest attributes, one right',
    'RFC 5652 §11.2',
    (u) => [...u, otherDigest],
    ABSENT_BESIDE,
  ],
  [
    'message-digest-twice-the-same',
    'the same message-digest twice',
    'RFC 5652 §11.2',
    (u) => [...u, INFO_DIGEST],
    ABSENT_BESIDE,
  ],
  [
    'message-digest-two-values',
    'message-digest with two values, one right',
    'RFC 5652 §11.2',
    (u) =>
      u.with(
        1,
        attribute(
          MESSAGE_DIGEST,
          ...[DATA, OTHER_DATA].map((one) => octets(digestOf('sha256', one))).sort(Buffer.compare),
        ),
      ),
    ABSENT_BESIDE,
  ],
  [
    'message-digest-empty',
    'message-digest is empty',
    'RFC 5652 §5.4',
    (u) => u.with(1, attribute(MESSAGE_DIGEST, octets(new Uint8Array(0)))),
    DIFFERS,
  ],
  [
    'ess-absent',
    'no signing-certificate attribute',
    'CAdES-B (ETSI EN 319 122-1 §5.2.2)',
    (u) => u.toSpliced(2, 1),
    ['signature.signing-certificate INDETERMINATE:absent'],
  ],
  [
    'ess-other-certificate',
    'signing-certificate-v2 is of another certificate',
    'RFC 5035 §3',
    (u) => u.with(2, essV2(essCertId(COLLEAGUE))),
    ['signature.signing-certificate FAILED:other-certificate'],
  ],
  [
    'ess-issuer-serial-of-another',
    'the hash is right, issuerSerial is of another',
    'RFC 5035 §4',
    (u) => u.with(2, essV2(essCertId(ONE, COLLEAGUE))),
    ['signature.signing-certificate FAILED:issuer-serial'],
  ],
  [
    'ess-malformed',
    'signing-certificate-v2 is an INTEGER',
    'RFC 5035 §3',
    (u) => u.with(2, attribute(SIGNING_CERTIFICATE_V2, integer(1))),
    ['signature.signed-attributes FAILED:irregular', 'signature.signing-certificate FAILED:malformed'],
  ],
]
for (const [name, mutation, why, attributes, findings] of alterations) {
  bad(name, {
    mutation,
    why,
    effect: 'accepting it would let a signature stand for what was not signed',
    signature: signatureOf({ attributes }),
    findings,
  })
}
for (const [kind, said] of [
  ['wire', 'as they are sent'],
  ['der', 'in the order of DER'],
] as const) {
  bad(`attributes-unsorted-signed-${kind}`, {
    mutation: `signedAttrs are not in order, signed ${said}`,
    why: 'RFC 5652 §5.4, X.690 §11.6',
    effect: 'accepting it would make two readings of one signature',
    signature: signatureOf({ attributes: (u) => [...u].sort(Buffer.compare).reverse(), unsorted: kind }),
    findings: ['signature.signed-attributes FAILED:not-der', 'signature.value INDETERMINATE:not-tried'],
  })
}

// Signers
bad('second-signer-bad', {
  base: 'two-signers',
  mutation: 'the second of two signatures is wrong',
  why: 'RFC 5652 §5.6, for every SignerInfo',
  effect: 'accepting it would say that somebody signed who did not',
  signature: signatureOf({ others: [{ signer: COLLEAGUE, signedInstead: ascii('something else') }] }),
  findings: ['signature.value FAILED:invalid'],
})
bad('first-signer-bad', {
  base: 'two-signers',
  mutation: 'the first of two signatures is wrong',
  why: 'RFC 5652 §5.6, for every SignerInfo',
  effect: 'accepting it would say that somebody signed who did not',
  signature: signatureOf({ signedInstead: ascii('something else'), others: [{ signer: COLLEAGUE }] }),
  findings: ['signature.value FAILED:invalid'],
})
const stranger = issue({ name: 'Example Vector Stranger', issuer: OTHER_ROOT, extensions: SIGNER })
bad('second-signer-untrusted', {
  base: 'two-signers',
  mutation: 'the second of two signers has no path to an anchor',
  why: 'verdicts: every signer is judged',
  effect: 'accepting it would pass somebody off as known',
  signature: signatureOf({ others: [{ signer: stranger }] }),
  findings: ['signer.path INDETERMINATE:issuer-missing'],
})
bad('no-signers', {
  mutation: 'certificates alone, no SignerInfo',
  why: 'RFC 5652 §5.1: a degenerate SignedData signs nothing',
  effect: 'accepting it would call unsigned what nobody signed',
  signature: signatureOf({ envelope: { signerInfos: [] } }),
  findings: [
    'signature.signer-info INDETERMINATE:none',
    'timestamp.present INDETERMINATE:none',
    'timestamp.threshold INDETERMINATE:too-few',
  ],
})
const NO_TIME = ['timestamp.present INDETERMINATE:none', 'timestamp.threshold INDETERMINATE:too-few']
const malformed: readonly (readonly [string, string, string, Uint8Array])[] = [
  ['trailing-octets', 'two octets behind the signature', 'X.690 §8.1', join(BARE, nothing())],
  ['cut-short', 'the last octet is missing', 'X.690 §8.1.3', BARE.subarray(0, -1)],
  [
    'enveloped-data',
    'contentType is id-envelopedData',
    'RFC 5652 §5.1',
    sequence(oid('1.2.840.113549.1.7.3'), explicit(0, sequence(integer(0)))),
  ],
  [
    'content-not-octets',
    'eContent is a SEQUENCE',
    'RFC 5652 §5.2',
    signatureOf({ envelope: { contentElement: sequence(octets(DATA)) } }),
  ],
]
for (const [name, mutation, why, bytes] of malformed) {
  bad(name, {
    mutation,
    why,
    effect: 'accepting it would call something a signature that is none',
    signature: bytes,
    findings: ['signature.structure FAILED:malformed', ...NO_TIME],
  })
}
for (const [name, mutation, bytes] of [
  ['text', 'a text', ascii('signed\n')],
  ['certificate', 'a certificate', ONE.der],
  ['empty-signature', 'an empty file', new Uint8Array(0)],
] as const) {
  bad(name, {
    mutation,
    why: 'RFC 5652 §3: no ContentInfo',
    effect: 'accepting it would call something a signature that is none',
    signature: bytes,
    findings: [],
    error: 'ERR_CMS_STRUCTURE',
  })
}
bad('signed-data-version', {
  mutation: 'SignedData version 3',
  why: 'RFC 5652 §5.1: 1',
  effect: 'nothing protects the field; it must not be passed over either',
  signature: signatureOf({ envelope: { version: 3 } }),
  findings: ['signature.structure INDETERMINATE:version'],
})
bad('signer-version-3', {
  mutation: 'SignerInfo version 3 with issuer and serial number',
  why: 'RFC 5652 §5.3: 1',
  effect: 'nothing protects the field; it must not be passed over either',
  signature: signatureOf({ version: 3, envelope: { version: 3 } }),
  findings: ['signature.signer-info INDETERMINATE:version'],
})

// The signature
const FORGE = 'accepting it would make signatures that nobody made, or several of one'
for (const [name, mutation, why, alter] of [
  [
    'signature-last-octet',
    'the last octet of the signature differs',
    'RFC 5652 §5.6',
    (s: Uint8Array) => s.with(-1, (s.at(-1) ?? 0) ^ 1),
  ],
  [
    'signature-trailing-octets',
    'two octets behind Ecdsa-Sig-Value',
    'RFC 3279 §2.2.3',
    (s: Uint8Array) => join(s, nothing()),
  ],
  ['signature-zero', 'r and s are 0', 'SEC 1 §4.1.4 (CVE-2022-21449)', () => sequence(integer(0), integer(0))],
] as const) {
  bad(name, {
    mutation,
    why,
    effect: FORGE,
    signature: signatureOf({ alter }),
    findings: ['signature.value FAILED:invalid'],
  })
}
bad('rsa-signature-longer', {
  base: 'rsa-2048',
  mutation: 'a zero octet before the RSA signature',
  why: 'RFC 8017 §8.2.2: as long as the modulus',
  effect: FORGE,
  signature: signatureOf({ signer: signerOf({ key: rsaKey('rsa-2048') }), alter: (s) => join(Uint8Array.of(0), s) }),
  findings: ['signature.value FAILED:invalid'],
})
const pss = rsaPssKey()
bad('pss-salt-length-differs', {
  base: 'rsa-pss',
  mutation: 'the parameters say 20 octets of salt, the signature has 32',
  why: 'RFC 8017 §9.1.2',
  effect: 'accepting it would pass over what the parameters say',
  signature: signatureOf({ signer: signerOf({ key: pss }), signatureAlgorithm: rsaPssKey(20).algorithm('sha256') }),
  findings: ['signature.value FAILED:invalid'],
})
bad('pss-without-parameters', {
  base: 'rsa-pss',
  mutation: 'RSASSA-PSS without parameters',
  why: 'RFC 4055 §3.1: they MUST be there',
  effect: 'accepting it would guess the digest',
  signature: signatureOf({ signer: signerOf({ key: pss }), signatureAlgorithm: algorithm('1.2.840.113549.1.1.10') }),
  findings: ['signature.algorithm INDETERMINATE:unsupported', 'signature.value INDETERMINATE:unsupported'],
})
bad('pss-only-named-rsa-encryption', {
  base: 'rsa-pss-only',
  mutation: 'the signature is named rsaEncryption, as OpenSSL 3.0 does of such keys',
  why: 'RFC 4055 §1.2: the key makes no other signature than PSS, and how it was padded is not said',
  effect: 'accepting it would guess the padding; refusing it would call a signature of this very key another’s',
  signature: signatureOf({
    signer: signerOf({ key: rsaPssKey(32, true) }),
    signatureAlgorithm: algorithm('1.2.840.113549.1.1.1', nothing()),
  }),
  findings: ['signature.algorithm INDETERMINATE:unsupported', 'signature.value INDETERMINATE:unsupported'],
})
for (const [name, mutation, parameters, saltLength] of [
  ['pss-restricted-digest', 'another digest than the key is for', pssParameters('sha512', 'sha256', 32), 32],
  ['pss-restricted-mgf', 'another digest of MGF1 than the key is for', pssParameters('sha256', 'sha512', 32), 32],
  ['pss-restricted-salt', 'a shorter salt than the key asks for', pssParameters('sha256', 'sha256', 32), 20],
  ['pss-restricted-by-defaults', 'SHA-256 under a key whose empty parameters say SHA-1', sequence(), 32],
] as const) {
  bad(name, {
    base: 'rsa-pss-restricted',
    mutation,
    why: 'RFC 4055 §3.3: the key names the parameters of its signatures',
    effect: 'accepting it would take a signature that the key is not certified for',
    signature: signatureOf({ signer: signerOf({ key: rsaPssKeyFor(parameters, saltLength) }) }),
    findings: ['signature.algorithm INDETERMINATE:unsupported', 'signature.value FAILED:invalid'],
  })
}
bad('pss-restricted-trailer-2', {
  base: 'rsa-pss-restricted',
  mutation: 'the key is for the trailer 2',
  why: 'RFC 4055 §3.1: only the trailer 1 is defined',
  effect: 'accepting it would pass over what the key is for',
  signature: signatureOf({
    signer: signerOf({ key: rsaPssKeyFor(pssParameters('sha256', 'sha256', 32, explicit(3, integer(2)))) }),
  }),
  findings: ['signature.algorithm INDETERMINATE:unsupported', 'signature.value INDETERMINATE:unsupported'],
})
const endedNow = ['signature.algorithm INDETERMINATE:ended']
bad('rsa-sha1', {
  base: 'rsa-2048',
  mutation: 'sha1WithRSA and message-digest under SHA-1',
  why: 'policy: SHA-1 counts no more since 2017-02-23',
  effect: 'accepting it would let two files share one signature',
  signature: signatureOf({ signer: signerOf({ key: rsaKey('rsa-2048') }), hash: 'sha1' }),
  findings: endedNow,
})
bad('rsa-1024', {
  base: 'rsa-2048',
  mutation: 'RSA of 1024 bits',
  why: 'policy: 1024 bits count no more since 2014-01-01',
  effect: 'accepting it would rest on a key that can be broken',
  signature: signatureOf({ signer: signerOf({ key: rsaKey('rsa-1024') }) }),
  findings: endedNow,
})

// What the certificate is for
const USE = 'accepting it would let a key that was given for something else sign files'
for (const [name, mutation, why, extensions, finding] of [
  [
    'ku-key-encipherment',
    'keyUsage keyEncipherment alone',
    'RFC 5280 §4.2.1.3',
    [basicConstraints(false), keyUsage('keyEncipherment')],
    'signer.key-usage FAILED:key-usage',
  ],
  [
    'ku-key-cert-sign',
    'keyUsage keyCertSign alone',
    'RFC 5280 §4.2.1.3',
    [basicConstraints(false), keyUsage('keyCertSign')],
    'signer.key-usage FAILED:key-usage',
  ],
  [
    'signer-is-an-authority',
    'the signer’s certificate is that of an authority',
    'a certification authority does not sign files',
    [basicConstraints(true), keyUsage('digitalSignature', 'keyCertSign')],
    'signer.key-usage INDETERMINATE:ca-certificate',
  ],
  [
    'eku-server-auth',
    'extKeyUsage serverAuth alone',
    'RFC 5280 §4.2.1.12',
    [...SIGNER, extendedKeyUsage(false, 'serverAuth')],
    'signer.key-usage INDETERMINATE:extended-key-usage',
  ],
  [
    'eku-time-stamping',
    'extKeyUsage timeStamping alone',
    'RFC 5280 §4.2.1.12, RFC 3161 §2.3',
    [...SIGNER, extendedKeyUsage(true, 'timeStamping')],
    'signer.key-usage INDETERMINATE:extended-key-usage',
  ],
] as const) {
  bad(name, {
    mutation,
    why,
    effect: USE,
    signature: signatureOf({ signer: signerOf({ extensions }) }),
    findings: [finding],
  })
}

// Paths and times
const TRUST = 'accepting it would let anybody sign as anybody'
const candidate = (outcome: string) => [`signer.path-candidate ${outcome}`, 'signer.path INDETERMINATE:none-holds']
const under = (ca: Partial<CertificateRecipe>, leaf: Partial<CertificateRecipe> = {}) => {
  const above = authority('Example Vector Authority', { issuer: ROOT, ...ca })
  const signer = signerOf({ issuer: above, ...leaf })
  return signatureOf({ signer, certificates: [signer.der, above.der] })
}
for (const [name, mutation, why, signature, outcome] of [
  [
    'ca-not-a-ca',
    'the certificate above has cA FALSE',
    'RFC 5280 §6.1.4 (k)',
    under({ extensions: [basicConstraints(false), CA_USAGE] }),
    'FAILED:not-a-ca',
  ],
  [
    'ca-eku-server-auth',
    'the authority above has extKeyUsage serverAuth alone',
    'RFC 5280 §4.2.1.12',
    under({ extensions: [...AUTHORITY, extendedKeyUsage(false, 'serverAuth')] }),
    'FAILED:extended-key-usage',
  ],
  [
    'signer-unknown-critical-extension',
    'the signer has a critical extension that nobody knows',
    'RFC 5280 §6.1.5 (f)',
    under({}, { extensions: [...SIGNER, unknownExtension(true)] }),
    'INDETERMINATE:unknown-critical-extension',
  ],
] as const) {
  bad(name, { mutation, why, effect: TRUST, signature, findings: candidate(outcome) })
}
bad('root-not-chosen', {
  mutation: 'the trust set has another root',
  why: 'RFC 5280 §6.1.1 (d)',
  effect: TRUST,
  signature: BARE,
  trustSet: 'other',
  findings: ['signer.path INDETERMINATE:issuer-missing'],
})
bad('root-inside', {
  mutation: 'the trust set has another root, the signature brings its own',
  why: 'verdicts: nothing inside is trusted by itself',
  effect: TRUST,
  signature: signatureOf({ certificates: [ONE.der, CA.der, ROOT.der] }),
  trustSet: 'other',
  findings: ['signer.path INDETERMINATE:anchor-missing'],
})
const selfSigned = issue({ name: 'Example Vector Self-Made Mechanism', extensions: SIGNER })
bad('self-signed', {
  mutation: 'the signer issued its certificate itself',
  why: 'RFC 5280 §6.1.1 (d)',
  effect: TRUST,
  signature: signatureOf({ signer: selfSigned, certificates: [selfSigned.der] }),
  findings: ['signer.path INDETERMINATE:anchor-missing'],
})
bad('certificate-absent', {
  mutation: 'the signer’s certificate is not here',
  why: 'verdicts: missing is INDETERMINATE',
  effect: 'accepting it would believe a signature that was not computed',
  signature: signatureOf({ certificates: [CA.der] }),
  findings: [
    'signature.algorithm INDETERMINATE:certificate-missing',
    'signature.signing-certificate INDETERMINATE:certificate-missing',
    'signature.value INDETERMINATE:certificate-missing',
    'signer.key-usage INDETERMINATE:certificate-missing',
    'signer.path INDETERMINATE:certificate-missing',
    'signer.validity INDETERMINATE:certificate-missing',
  ],
})
bad('stamped-after-the-end', {
  base: 'expired-since-stamped-before',
  mutation: 'the certificate ended before the time that is proved',
  why: 'ETSI EN 319 102-1 §5.5: it may have been made before the end, and nothing proves it',
  effect: 'accepting it would let an old key go on signing',
  signature: signatureOf({ signer: signerOf({ to: '260301000000Z' }) }),
  findings: ['signer.validity INDETERMINATE:expired'],
})
bad('stamped-before-the-beginning', {
  mutation: 'the certificate begins after the time that is proved',
  why: 'RFC 5280 §6.1.3 (a) (2)',
  effect: 'accepting it would sign before there was a key',
  signature: signatureOf({ signer: signerOf({ from: '260401000000Z' }) }),
  findings: ['signer.validity INDETERMINATE:not-yet-valid'],
})
const forger = p256Key('a forger of signatures')
const double = issue({
  name: 'Example Vector Double',
  subject: ONE.subject,
  issuerName: CA.subject,
  serial: ONE.serial,
  key: ONE.key,
  signedBy: forger,
  extensions: SIGNER,
})
bad('double-with-the-same-key-bound', {
  mutation: 'the attribute binds a forged certificate that carries the true key',
  why: 'RFC 5035 §3: the bound certificate is the one that is judged',
  effect: 'accepting it would let the certificate be exchanged under one signature',
  signature: signatureOf({
    certificates: [ONE.der, double.der, CA.der],
    attributes: (u) => u.with(2, essV2(essCertId(double))),
  }),
  findings: ['signer.path INDETERMINATE:issuer-missing'],
})
const impostor = issue({
  name: 'Example Vector Impostor',
  subject: ONE.subject,
  issuerName: CA.subject,
  serial: ONE.serial,
  key: forger,
  signedBy: forger,
  extensions: SIGNER,
})
good('bag-with-forged-double-first', {
  mutation: 'before the certificate a forged one with its issuer and serial number',
  why: 'RFC 5035 §3: the signed hash tells which certificate it is',
  signature: signatureOf({ certificates: [impostor.der, ONE.der, CA.der] }),
})
bad('forged-double-signs-for-the-true-one', {
  base: 'bag-with-forged-double-first',
  mutation: 'the forger’s key signs, the attribute names the true certificate',
  why: 'RFC 5652 §5.6',
  effect: TRUST,
  signature: signatureOf({
    signer: impostor,
    certificates: [impostor.der, ONE.der, CA.der],
    attributes: (u) => u.with(2, essV2(essCertId(ONE))),
  }),
  findings: ['signature.value FAILED:invalid'],
})

// Time-stamps in unsigned attributes: what nobody signed proves only what it is over
const TIMELESS = 'OpenSSL does not look at time-stamps inside'
bad('without-time-stamp', {
  mutation: 'no time-stamp',
  why: 'policy: one authority',
  effect: 'accepting it would let the signer choose the time',
  signature: signatureOf({ stamped: false }),
  findings: NO_TIME,
  withoutOpenssl: TIMELESS,
})
const stampedWith = (...unsigned: readonly Uint8Array[]) => signatureOf({ stamped: false, unsigned })
bad('time-stamp-of-another-signature', {
  mutation: 'the time-stamp inside is over another signature',
  why: 'RFC 3161 appendix A: over the signature value',
  effect: 'accepting it would date one signature by another',
  signature: stampedWith(stampOf(ascii('another signature'))),
  findings: ['timestamp.message-imprint INDETERMINATE:unprotected', 'timestamp.threshold INDETERMINATE:too-few'],
  withoutOpenssl: TIMELESS,
})
bad('time-stamp-over-the-file', {
  mutation: 'the time-stamp inside is over the file, not over the signature',
  why: 'RFC 3161 appendix A: over the signature value',
  effect: 'accepting it would date the signature by the file',
  signature: stampedWith(stampOf(DATA)),
  findings: ['timestamp.message-imprint INDETERMINATE:unprotected', 'timestamp.threshold INDETERMINATE:too-few'],
  withoutOpenssl: TIMELESS,
})
bad('time-stamp-is-no-token', {
  mutation: 'the attribute holds a text',
  why: 'RFC 3161 appendix A',
  effect: 'accepting it would prove a time with nothing',
  signature: stampedWith(attribute(SIGNATURE_TIME_STAMP, utf8('2026-03-14'))),
  findings: ['timestamp.structure INDETERMINATE:unprotected', 'timestamp.threshold INDETERMINATE:too-few'],
  withoutOpenssl: TIMELESS,
})
bad('one-of-two-stamped', {
  base: 'two-signers',
  mutation: 'of two signers one has a time-stamp',
  why: 'RFC 3161 appendix A: over the value of one signature',
  effect: 'accepting it would date one signature by another',
  signature: signatureOf({
    stamped: false,
    others: [{ signer: COLLEAGUE, unsigned: [stampOf(signatureValueOf(COLLEAGUE))] }],
  }),
  findings: ['timestamp.threshold INDETERMINATE:too-few'],
  withoutOpenssl: TIMELESS,
})
bad('anchor-of-other-role', {
  mutation: 'the trust set has the root for time-stamp authorities alone',
  why: 'verdicts: an anchor counts for its role',
  effect: 'accepting it would let those who attest times sign files',
  signature: BARE,
  trustSet: 'other-role',
  findings: ['signer.path INDETERMINATE:other-role'],
  withoutOpenssl: 'its trust has no roles of this kind',
})
const longForm = (attributes: readonly Uint8Array[]): Uint8Array => {
  const inside = join(...[...attributes].sort(Buffer.compare))
  return join(Uint8Array.of(0x31, 0x82, 0, inside.length), inside)
}
bad('attributes-long-length', {
  mutation: 'the length of signedAttrs is not the shortest, signed as in DER',
  why: 'RFC 5652 §5.3: signedAttrs MUST be DER',
  effect: 'accepting it would make two encodings of one signature',
  signature: signatureOf({ wireAttributes: longForm }),
  findings: ['signature.signed-attributes FAILED:not-der', 'signature.value INDETERMINATE:not-tried'],
})
bad('pss-mgf-sha1', {
  base: 'rsa-pss',
  mutation: 'MGF1 under SHA-1 in the parameters, the signature has SHA-256',
  why: 'RFC 8017 §9.1.2',
  effect: 'accepting it would pass over what the parameters say',
  signature: signatureOf({
    signer: signerOf({ key: pss }),
    signatureAlgorithm: algorithm(
      '1.2.840.113549.1.1.10',
      sequence(
        explicit(0, hashAlgorithm('sha256')),
        explicit(1, algorithm('1.2.840.113549.1.1.8', hashAlgorithm('sha1'))),
        explicit(2, integer(32)),
      ),
    ),
  }),
  findings: ['signature.algorithm INDETERMINATE:ended', 'signature.value FAILED:invalid'],
})
bad('pss-trailer-2', {
  base: 'rsa-pss',
  mutation: 'trailerField 2',
  why: 'RFC 4055 §3.1: 1',
  effect: 'accepting it would pass over what the parameters say',
  signature: signatureOf({
    signer: signerOf({ key: pss }),
    signatureAlgorithm: algorithm(
      '1.2.840.113549.1.1.10',
      sequence(
        explicit(0, hashAlgorithm('sha256')),
        explicit(1, algorithm('1.2.840.113549.1.1.8', hashAlgorithm('sha256'))),
        explicit(2, integer(32)),
        explicit(3, integer(2)),
      ),
    ),
  }),
  findings: ['signature.algorithm INDETERMINATE:unsupported', 'signature.value INDETERMINATE:unsupported'],
})
// RFC 6211: CMSAlgorithmProtection, digestAlgorithm and [1] signatureAlgorithm.
const protection = (digest: Uint8Array, signature: Uint8Array) =>
  attribute('1.2.840.113549.1.9.52', sequence(digest, Uint8Array.of(0xa1, ...signature.subarray(1))))
good('algorithm-protection', {
  mutation: 'the algorithms are repeated in a signed attribute',
  why: 'RFC 6211 §2',
  signature: signatureOf({
    attributes: (u) => [...u, protection(hashAlgorithm('sha256'), ONE.key.algorithm('sha256'))],
  }),
})
bad('algorithm-protection-differs', {
  base: 'algorithm-protection',
  mutation: 'the signed attribute names another digest than the SignerInfo',
  why: 'RFC 6211 §3: the validation MUST fail',
  effect: 'accepting it would let algorithms be exchanged under a signature',
  signature: signatureOf({
    attributes: (u) => [...u, protection(hashAlgorithm('sha512'), ONE.key.algorithm('sha256'))],
  }),
  findings: ['signature.signed-attributes FAILED:irregular'],
})
