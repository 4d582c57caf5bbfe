import {
  algorithm,
  attribute,
  extension,
  response,
  SHA256,
  SIGNING_CERTIFICATE_V2,
  TST_INFO,
} from '../../test-vectors/make/cms.ts'
import {
  ascii,
  boolean,
  generalizedTime,
  indefinite,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  tlv,
  utf8,
} from '../../test-vectors/make/der.ts'
import {
  authority,
  basicConstraints,
  CA_USAGE,
  extendedKeyUsage,
  issue,
  keyUsage,
  nameOf,
  SIGNER,
  subjectKeyId,
  UNIT,
  unknownExtension,
  uri,
} from './pki-certificates.ts'
import {
  ACCURACY,
  essCertId,
  essV1,
  essV2,
  granted,
  hashAlgorithm,
  imprintOf,
  keyIdSid,
  signerInfo,
  subjectOf,
  tsaField,
  tstInfo,
} from './pki-cms.ts'
import { digestOf, ed25519Key, p256Key, p384Key, pssParameters, rsaKey, rsaPssKey, rsaPssKeyFor } from './pki-keys.ts'
import { AUTHORITY_CA, COLLEAGUE, DATA, good, OTHER_ROOT, ROOT, tokenOf, UNIT_ONE, unitOf } from './pki-token-base.ts'

/** Tokens that must be accepted: refusing one of them would lose evidence that is good. */
const COST = 'refusing it would throw away a good time-stamp'

const BARE = tokenOf()
good('good', { mutation: 'none', why: 'RFC 3161 §2.4.2', effect: COST, token: BARE })
good('response-granted', {
  mutation: 'a TimeStampResp with status granted around the token',
  why: 'RFC 3161 §2.4.2',
  effect: COST,
  token: granted(BARE),
  also: ['timestamp.status PASSED'],
})
good('response-granted-with-mods', {
  mutation: 'status grantedWithMods',
  why: 'RFC 3161 §2.4.2: 0 and 1 come with a token',
  effect: COST,
  token: response(1, BARE),
})
good('response-with-status-string', {
  mutation: 'a statusString in PKIStatusInfo',
  why: 'RFC 3161 §2.4.2',
  effect: COST,
  token: sequence(sequence(integer(0), sequence(utf8('Operation Okay'))), BARE),
})
good('pem', {
  mutation: 'PEM around the token',
  why: 'RFC 7468; told by the content, not by the name of the file',
  effect: COST,
  token: ascii(
    `-----BEGIN CMS-----\n${Buffer.from(BARE)
      .toString('base64')
      .replaceAll(/(.{64})/g, '$1\n')}\n-----END CMS-----\n`,
  ),
  withoutOpenssl: 'openssl ts reads DER alone',
})
good('base64', {
  mutation: 'base64 of the token',
  why: 'told by the content, not by the name of the file',
  effect: COST,
  token: ascii(`${Buffer.from(BARE).toString('base64')}\n`),
  withoutOpenssl: 'openssl ts reads DER alone',
})

const INFO = tstInfo(DATA, UNIT_ONE)
const half = Math.floor(INFO.length / 2)
good('ber-envelope', {
  mutation: 'indefinite lengths around SignedData, eContent in two segments',
  why: 'RFC 5652 §5.1: the envelope may be BER; 163 of 347 tokens in use are',
  effect: COST,
  token: indefinite(
    0x30,
    oid('1.2.840.113549.1.7.2'),
    indefinite(
      0xa0,
      indefinite(
        0x30,
        integer(3),
        tlv(0x31, hashAlgorithm('sha256')),
        indefinite(
          0x30,
          oid(TST_INFO),
          indefinite(0xa0, indefinite(0x24, octets(INFO.subarray(0, half)), octets(INFO.subarray(half)))),
        ),
        tlv(0xa0, UNIT_ONE.der, AUTHORITY_CA.der),
        tlv(0x31, signerInfo({ signer: UNIT_ONE, content: INFO, contentType: TST_INFO })),
      ),
    ),
  ),
})

const named = (keyId: Uint8Array, key = p256Key('Example Vector Time-Stamp Unit')) =>
  unitOf({ key, extensions: [...UNIT, subjectKeyId(keyId)] })
const byKeyId = named(UNIT_ONE.keyId)
const odd = named(ascii('odd identifier'))
good('sid-key-identifier', {
  mutation: 'the signer is named by subjectKeyIdentifier',
  why: 'RFC 5652 §5.3, version 3',
  effect: COST,
  token: tokenOf({ unit: byKeyId, sid: keyIdSid(byKeyId.keyId), version: 3 }),
})
good('sid-key-identifier-not-a-digest', {
  mutation: 'the signer is named by a subjectKeyIdentifier that is no digest of its key',
  why: 'RFC 5652 §5.3: the value of the extension, whatever it is (RFC 5280 §4.2.1.2)',
  effect: COST,
  token: tokenOf({ unit: odd, sid: keyIdSid(ascii('odd identifier')), version: 3 }),
})
good('ess-first-version', {
  mutation: 'signing-certificate (SHA-1) instead of signing-certificate-v2',
  why: 'RFC 3161 §2.4.2; RFC 5816 lets either stand; SHA-1 here only tells certificates apart',
  effect: COST,
  token: tokenOf({ attributes: (usual) => usual.with(2, essV1(UNIT_ONE)) }),
})
good('ess-both-versions', {
  mutation: 'both signing-certificate attributes',
  why: 'RFC 5816 §2.2.1',
  effect: COST,
  token: tokenOf({ attributes: (usual) => [...usual, essV1(UNIT_ONE)] }),
})
good('ess-signer-second', {
  mutation: 'the signer is the second ESSCertIDv2, behind its authority',
  why: 'RFC 5035 §3 puts the signer first; 3 of 347 tokens in use do not, and any entry binds',
  effect: COST,
  token: tokenOf({ attributes: (usual) => usual.with(2, essV2(essCertId(AUTHORITY_CA), essCertId(UNIT_ONE))) }),
  also: ['timestamp.signing-certificate PASSED:not-first'],
})
good('ess-without-issuer-serial', {
  mutation: 'ESSCertIDv2 without issuerSerial',
  why: 'RFC 5035 §4: issuerSerial is optional',
  effect: COST,
  token: tokenOf({ attributes: (usual) => usual.with(2, essV2(sequence(octets(digestOf('sha256', UNIT_ONE.der))))) }),
})
good('ess-with-policies', {
  mutation: 'signing-certificate-v2 with policies',
  why: 'RFC 5035 §3: they suggest policies for the path, and demand none',
  effect: COST,
  token: tokenOf({
    attributes: (usual) =>
      usual.with(
        2,
        attribute(
          SIGNING_CERTIFICATE_V2,
          sequence(sequence(essCertId(UNIT_ONE)), sequence(sequence(oid('1.3.6.1.4.1.32473.1')))),
        ),
      ),
  }),
})
good('ess-sha512', {
  mutation: 'ESSCertIDv2 under SHA-512',
  why: 'RFC 5035 §4',
  effect: COST,
  token: tokenOf({ attributes: (usual) => usual.with(2, essV2(essCertId(UNIT_ONE, UNIT_ONE, 'sha512'))) }),
})

const rsaUnit = unitOf({ key: rsaKey('rsa-2048') })
const withKey = (key: Parameters<typeof unitOf>[0], more: Parameters<typeof tokenOf>[0] = {}) =>
  tokenOf({ unit: unitOf(key), ...more })
good('rsa-2048', {
  mutation: 'RSA of 2048 bits',
  why: 'RFC 5754 §3.2',
  effect: COST,
  token: tokenOf({ unit: rsaUnit }),
})
good('rsa-encryption-identifier', {
  mutation: 'signatureAlgorithm rsaEncryption, the digest named by digestAlgorithm alone',
  why: 'RFC 3370 §3.2',
  effect: COST,
  token: tokenOf({ unit: rsaUnit, signatureAlgorithm: algorithm('1.2.840.113549.1.1.1', nothing()) }),
})
good('rsa-pss', {
  mutation: 'RSASSA-PSS with SHA-256',
  why: 'RFC 4056 §3',
  effect: COST,
  token: withKey({ key: rsaPssKey() }),
})
good('rsa-pss-restricted', {
  mutation: 'RSASSA-PSS with SHA-256 under a key for just such signatures',
  why: 'RFC 4055 §3.3',
  effect: COST,
  token: withKey({ key: rsaPssKeyFor(pssParameters('sha256', 'sha256', 32)) }),
})
good('ecdsa-p-384', {
  mutation: 'ECDSA on P-384 with SHA-384',
  why: 'RFC 5753 §2.1',
  effect: COST,
  token: withKey({ key: p384Key('Example Vector P-384 Unit') }, { hash: 'sha384' }),
})
good('ed25519', {
  mutation: 'Ed25519, digest SHA-512',
  why: 'RFC 8419 §3.1',
  effect: COST,
  token: withKey({ key: ed25519Key('Example Vector Ed25519 Unit') }, { hash: 'sha512' }),
})
good('digests-differ', {
  mutation: 'message-digest under SHA-256, signature under SHA-512',
  why: 'RFC 5652 §5.3 ties them to nothing, RFC 8933 §3 does since 2020; both count, and it is said',
  effect: COST,
  token: tokenOf({ signatureHash: 'sha512' }),
  also: ['timestamp.algorithm PASSED:digests-differ'],
})
good('digest-parameters-null', {
  mutation: 'digestAlgorithm SHA-256 with NULL parameters',
  why: 'RFC 5754 §2: both must be taken',
  effect: COST,
  token: tokenOf({ digestAlgorithm: algorithm(SHA256, nothing()) }),
})
good('imprint-sha512', {
  mutation: 'messageImprint under SHA-512',
  why: 'RFC 3161 §2.4.2',
  effect: COST,
  token: tokenOf({ info: { imprint: imprintOf('sha512', digestOf('sha512', DATA)) } }),
})
good('imprint-parameters-null', {
  mutation: 'messageImprint.hashAlgorithm with NULL parameters',
  why: 'RFC 5754 §2: both must be taken',
  effect: COST,
  token: tokenOf({ info: { imprint: sequence(algorithm(SHA256, nothing()), octets(digestOf('sha256', DATA))) } }),
})
good('empty-data', {
  mutation: 'an empty file is stamped',
  why: 'RFC 3161 §2.4.2: a digest is over any octets',
  effect: COST,
  token: tokenOf({ data: new Uint8Array(0) }),
  data: new Uint8Array(0),
})
good('without-accuracy-and-tsa', {
  mutation: 'no accuracy and no tsa',
  why: 'RFC 3161 §2.4.2: both are optional; 73 and 90 of 347 tokens in use have none',
  effect: COST,
  token: tokenOf({ info: { rest: [] } }),
  also: ['timestamp.tsa-name PASSED:absent'],
})
good('accuracy-of-an-hour', {
  mutation: 'accuracy of 3600 seconds',
  why: 'RFC 3161 §2.4.2: the interval is wide, not wrong',
  effect: COST,
  token: tokenOf({ info: { rest: [sequence(integer(3600)), subjectOf(UNIT_ONE)] } }),
})
good('accuracy-in-parts', {
  mutation: 'accuracy of 999 ms and 999 µs without seconds',
  why: 'RFC 3161 §2.4.2',
  effect: COST,
  token: tokenOf({
    info: { rest: [sequence(tlv(0x80, Uint8Array.of(3, 0xe7)), tlv(0x81, Uint8Array.of(3, 0xe7)))] },
  }),
})
good('ordering-nonce-and-extension', {
  mutation: 'ordering TRUE, a nonce, and an unknown extension that is not critical',
  why: 'RFC 3161 §2.4.2',
  effect: COST,
  token: tokenOf({
    info: {
      rest: [
        ACCURACY,
        boolean(true),
        integer(0x1122334455667788n),
        subjectOf(UNIT_ONE),
        tlv(0xa1, unknownExtension(false)),
      ],
    },
  }),
})
good('ordering-default-written', {
  mutation: 'ordering FALSE is written though it is the default',
  why: 'X.690 §11.5 leaves a default out; a written one has one meaning all the same, and is in use',
  effect: COST,
  token: tokenOf({ info: { rest: [ACCURACY, boolean(false), subjectOf(UNIT_ONE)] } }),
})
const alsoNamed = unitOf({ extensions: [...UNIT, extension('2.5.29.17', sequence(uri('https://tsa.example/')))] })
good('tsa-is-an-alternative-name', {
  mutation: 'tsa names the subjectAltName',
  why: 'RFC 3161 §2.4.2: one of the subject names',
  effect: COST,
  token: tokenOf({ unit: alsoNamed, info: { rest: [ACCURACY, tsaField(uri('https://tsa.example/'))] } }),
})
good('unsigned-attribute', {
  mutation: 'an unknown unsigned attribute',
  why: 'RFC 5652 §5.3: nothing protects it, and nothing depends on it',
  effect: COST,
  token: tokenOf({ unsigned: [attribute('2.999.6', utf8('anything'))] }),
})
good('bag-with-strangers', {
  mutation: 'certificates that have nothing to do with it, in another order',
  why: 'RFC 5652 §5.1: certificates is a set, and may hold more than is needed',
  effect: COST,
  token: tokenOf({ certificates: [OTHER_ROOT.der, COLLEAGUE.der, AUTHORITY_CA.der, UNIT_ONE.der, ROOT.der] }),
})
const impostor = issue({
  name: 'Example Vector Impostor',
  issuerName: AUTHORITY_CA.subject,
  serial: UNIT_ONE.serial,
  signedBy: p256Key('a forger'),
  extensions: UNIT,
})
good('bag-with-forged-double-first', {
  mutation: 'before the certificate a forged one with its issuer and serial number',
  why: 'RFC 5035 §3: the signed hash tells which certificate it is, never its place in the bag (CVE-2026-39984)',
  effect: COST,
  token: tokenOf({ certificates: [impostor.der, UNIT_ONE.der, AUTHORITY_CA.der] }),
})
good('key-usage-non-repudiation', {
  mutation: 'keyUsage nonRepudiation alone',
  why: 'RFC 5280 §4.2.1.12',
  effect: COST,
  token: withKey({
    extensions: [basicConstraints(false), keyUsage('nonRepudiation'), extendedKeyUsage(true, 'timeStamping')],
  }),
})
good('key-usage-absent', {
  mutation: 'no keyUsage',
  why: 'RFC 5280 §4.2.1.3: absent restricts nothing',
  effect: COST,
  token: withKey({ extensions: [basicConstraints(false), extendedKeyUsage(true, 'timeStamping')] }),
  also: ['timestamp.key-usage PASSED:unrestricted'],
})
const nested = authority('Example Vector Nested Authority', {
  issuer: ROOT,
  extensions: [basicConstraints(true), CA_USAGE, extendedKeyUsage(false, 'timeStamping')],
})
good('authority-names-time-stamping', {
  mutation: 'the issuing authority has extKeyUsage timeStamping',
  why: 'RFC 5280 §4.2.1.12',
  effect: COST,
  token: tokenOf({
    unit: unitOf({ issuer: nested }),
    certificates: [unitOf({ issuer: nested }).der, nested.der],
  }),
})
const direct = unitOf({ issuer: ROOT })
good('issued-by-the-root', {
  mutation: 'the root itself issued the unit',
  why: 'RFC 5280 §6.1',
  effect: COST,
  token: tokenOf({ unit: direct, certificates: [direct.der] }),
})
good('path-length-just-enough', {
  mutation: 'the authority has pathLenConstraint 0 and issued the unit',
  why: 'RFC 5280 §4.2.1.9: the last certificate is not counted',
  effect: COST,
  token: (() => {
    const ca = authority('Example Vector Short Authority', {
      issuer: ROOT,
      extensions: [basicConstraints(true, 0), CA_USAGE],
    })
    const unit = unitOf({ issuer: ca })
    return tokenOf({ unit, certificates: [unit.der, ca.der] })
  })(),
})
good('gen-time-at-not-before', {
  mutation: 'genTime is the first second of the certificate',
  why: 'RFC 5280 §4.1.2.5: both ends belong to the period',
  effect: COST,
  token: withKey({ from: '260314091200Z' }),
})
good('gen-time-at-not-after', {
  mutation: 'genTime and validation time are the last second of the certificate',
  why: 'RFC 5280 §4.1.2.5: both ends belong to the period',
  effect: COST,
  token: withKey({ to: '260314091200Z' }),
  time: '2026-03-14T09:12:00Z',
})
good('unit-is-the-anchor', {
  mutation: 'the trust set has the unit itself',
  why: 'verdicts: an end-entity certificate as an anchor is flagged, and believed while it is valid',
  effect: COST,
  token: BARE,
  trustSet: 'unit',
  also: ['timestamp.path PASSED:end-entity-anchor'],
  openssl: { arguments: ['-partial_chain'] },
})
good('purpose-email-beside-signer', {
  mutation: 'a document signer of the same authority lies in the bag',
  why: 'only the signer that is named is judged as a time-stamp unit',
  effect: COST,
  token: tokenOf({
    certificates: [
      UNIT_ONE.der,
      AUTHORITY_CA.der,
      issue({
        name: 'Example Vector Clerk',
        subject: nameOf('Example Vector Clerk'),
        issuer: AUTHORITY_CA,
        extensions: SIGNER,
      }).der,
    ],
  }),
})

/** The spellings of genTime that RFC 3161 §2.4.2 allows; the others are among the bad ones. */
for (const [name, text, why] of [
  ['gen-time-fraction', '20240601120000.5Z', 'fractions are allowed, the last digit not 0'],
  ['gen-time-microseconds', '20240601120000.123456Z', 'fractions are allowed, the last digit not 0'],
  ['gen-time-leap-day', '20240229120000Z', '2024 has a 29th of February'],
  ['gen-time-last-second', '20241231235959Z', 'the last second of a year'],
] as const) {
  good(name, {
    mutation: `genTime ${text}`,
    why: `RFC 3161 §2.4.2: ${why}`,
    effect: COST,
    token: tokenOf({ unit: unitOf({ from: '240101000000Z' }), info: { genTime: generalizedTime(text) } }),
  })
}
