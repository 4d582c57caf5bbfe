import {
  algorithm,
  attribute,
  CONTENT_TYPE,
  ID_DATA,
  MESSAGE_DIGEST,
  response,
  SHA256,
  SIGNING_CERTIFICATE_V2,
  SIGNING_TIME,
  TST_INFO,
} from '../../test-vectors/make/cms.ts'
import {
  ascii,
  explicit,
  generalizedTime,
  indefinite,
  integer,
  join,
  nothing,
  octets,
  oid,
  sequence,
  tlv,
  utcTime,
  utf8,
} from '../../test-vectors/make/der.ts'
import { nameOf, unknownExtension } from './pki-certificates.ts'
import {
  ACCURACY,
  essCertId,
  essV1,
  essV2,
  hashAlgorithm,
  imprintOf,
  signerInfo,
  subjectOf,
  tsaField,
  tstInfo,
} from './pki-cms.ts'
import { digestOf, pssParameters, rsaKey, rsaPssKeyFor } from './pki-keys.ts'
import { AUTHORITY_CA, bad, COLLEAGUE, DATA, OTHER_DATA, tokenOf, UNIT_ONE, unitOf } from './pki-token-base.ts'

/** Of an element whose length takes one or three octets. */
function contentOf(der: Uint8Array): Uint8Array {
  const second = der[1] ?? 0
  return der.subarray(second < 0x80 ? 2 : 2 + (second & 0x7f))
}

/** Tokens whose own structure is wrong in one place, under a signature that fits them. */

const BARE = tokenOf()
const malformed = ['timestamp.structure FAILED:malformed']
const ended = ['timestamp.algorithm INDETERMINATE:ended', 'timestamp.believed INDETERMINATE:algorithm-ended']
const DATE_BACK = 'accepting it would let a time be proved that nobody attested'

// The imprint
bad('other-data', {
  mutation: 'the file is another one',
  why: 'RFC 3161 §2.4.2: the messageImprint is over the data',
  effect: 'accepting it would prove a time for any file',
  token: BARE,
  data: OTHER_DATA,
  findings: ['timestamp.message-imprint FAILED:differs'],
})
bad('data-empty', {
  mutation: 'the file is empty',
  why: 'RFC 3161 §2.4.2: the messageImprint is over the data',
  effect: 'accepting it would prove a time for a file that lost its content',
  token: BARE,
  data: new Uint8Array(0),
  findings: ['timestamp.message-imprint FAILED:differs'],
})
const good256 = digestOf('sha256', DATA)
const imprints: readonly (readonly [string, string, string, Uint8Array, readonly string[]])[] = [
  [
    'imprint-last-octet',
    'the last octet of the imprint differs',
    'RFC 3161 §2.4.2: the whole digest',
    imprintOf('sha256', good256.with(31, (good256[31] ?? 0) ^ 1)),
    ['timestamp.message-imprint FAILED:differs'],
  ],
  [
    'imprint-truncated',
    'the imprint is the first 20 octets of SHA-256',
    'RFC 3161 §2.4.1: the length is that of the digest',
    imprintOf('sha256', good256.subarray(0, 20)),
    ['timestamp.message-imprint FAILED:differs'],
  ],
  [
    'imprint-empty',
    'the imprint is empty',
    'RFC 3161 §2.4.1: the length is that of the digest',
    imprintOf('sha256', new Uint8Array(0)),
    ['timestamp.message-imprint FAILED:differs'],
  ],
  [
    'imprint-longer',
    'an octet behind the digest',
    'RFC 3161 §2.4.1: the length is that of the digest',
    imprintOf('sha256', join(good256, Uint8Array.of(0))),
    ['timestamp.message-imprint FAILED:differs'],
  ],
  [
    'imprint-other-algorithm',
    'the digest is SHA-256, the name says SHA-512',
    'RFC 3161 §2.4.2: hashAlgorithm made hashedMessage',
    imprintOf('sha512', good256),
    ['timestamp.message-imprint FAILED:differs'],
  ],
  [
    'imprint-of-the-digest',
    'the imprint is the digest of the digest',
    'RFC 3161 §2.4.2: over the data',
    imprintOf('sha256', digestOf('sha256', good256)),
    ['timestamp.message-imprint FAILED:differs'],
  ],
  [
    'imprint-sha1',
    'the imprint is under SHA-1 in 2026',
    'policy: SHA-1 counts no more since 2017-02-23',
    imprintOf('sha1', digestOf('sha1', DATA)),
    ended,
  ],
  [
    'imprint-md5',
    'the imprint is under MD5 in 2026',
    'policy: MD5 counts no more since 2008-12-30',
    imprintOf('md5', digestOf('md5', DATA)),
    ended,
  ],
  [
    'imprint-unknown-algorithm',
    'the imprint is under a digest that nobody knows',
    'what cannot be computed is not compared',
    sequence(algorithm('2.999.3'), octets(good256)),
    [
      'timestamp.message-imprint INDETERMINATE:unsupported',
      'timestamp.algorithm INDETERMINATE:unsupported',
      'timestamp.believed INDETERMINATE:unsupported',
    ],
  ],
  [
    'imprint-with-parameters',
    'hashAlgorithm SHA-256 has parameters',
    'RFC 5754 §2: absent or NULL; anything else is another algorithm',
    sequence(algorithm(SHA256, octets(Uint8Array.of(1))), octets(good256)),
    [
      'timestamp.message-imprint INDETERMINATE:unsupported',
      'timestamp.algorithm INDETERMINATE:unsupported',
      'timestamp.believed INDETERMINATE:unsupported',
    ],
  ],
]
for (const [name, mutation, why, imprint, findings] of imprints) {
  bad(name, {
    mutation,
    why,
    effect: 'accepting it would prove a time for files that were not stamped',
    token: tokenOf({ info: { imprint } }),
    findings,
  })
}

// TSTInfo
const INFO = tstInfo(DATA, UNIT_ONE)
const ofInfo = (infoDer: Uint8Array) => tokenOf({ infoDer })
bad('info-version-2', {
  mutation: 'TSTInfo version 2',
  why: 'RFC 3161 §2.4.2: v1; what a later version means is not known',
  effect: 'accepting it would read fields that may mean something else',
  token: tokenOf({ info: { version: 2 } }),
  findings: ['timestamp.structure INDETERMINATE:version'],
})
const infos: readonly (readonly [string, string, string, Uint8Array])[] = [
  [
    'info-trailing-octets',
    'two octets behind TSTInfo',
    'X.690 §8.1: one value, nothing behind it',
    join(INFO, nothing()),
  ],
  [
    'info-long-length',
    'the length of TSTInfo is not the shortest',
    'RFC 3161 §2.4.2: TSTInfo is DER (X.690 §10.1)',
    join(Uint8Array.of(0x30, 0x82, 0, INFO[2] ?? 0), INFO.subarray(3)),
  ],
  [
    'info-indefinite-length',
    'TSTInfo has an indefinite length',
    'RFC 3161 §2.4.2: TSTInfo is DER (X.690 §10.1)',
    indefinite(0x30, INFO.subarray(3)),
  ],
  [
    'info-boolean-01',
    'ordering TRUE is written 01',
    'X.690 §11.1: FF in DER',
    tstInfo(DATA, UNIT_ONE, { rest: [ACCURACY, tlv(0x01, Uint8Array.of(1)), subjectOf(UNIT_ONE)] }),
  ],
  [
    'info-serial-not-minimal',
    'serialNumber has an octet too many',
    'X.690 §8.3.2',
    tstInfo(DATA, UNIT_ONE, { serial: tlv(0x02, Uint8Array.of(0, 7)) }),
  ],
  [
    'info-accuracy-millis-1000',
    'accuracy of 1000 ms',
    'RFC 3161 §2.4.2: millis is 1 to 999',
    tstInfo(DATA, UNIT_ONE, { rest: [sequence(tlv(0x80, Uint8Array.of(3, 0xe8))), subjectOf(UNIT_ONE)] }),
  ],
  [
    'info-accuracy-negative',
    'accuracy of −1 second',
    'RFC 3161 §2.4.2: a deviation is not negative',
    tstInfo(DATA, UNIT_ONE, { rest: [sequence(integer(-1)), subjectOf(UNIT_ONE)] }),
  ],
  [
    'info-fields-exchanged',
    'the nonce stands before accuracy',
    'RFC 3161 §2.4.2: the order of the SEQUENCE',
    tstInfo(DATA, UNIT_ONE, { rest: [integer(5), ACCURACY, subjectOf(UNIT_ONE)] }),
  ],
  [
    'info-extensions-empty',
    'an empty list of extensions',
    'RFC 5280 §4.1: Extensions has at least one',
    tstInfo(DATA, UNIT_ONE, { rest: [ACCURACY, subjectOf(UNIT_ONE), tlv(0xa1)] }),
  ],
  [
    'info-extension-twice',
    'an extension twice',
    'RFC 5280 §4.2: one instance of an extension',
    tstInfo(DATA, UNIT_ONE, {
      rest: [ACCURACY, subjectOf(UNIT_ONE), tlv(0xa1, unknownExtension(false), unknownExtension(false))],
    }),
  ],
  ['info-is-a-certificate', 'eContent is a certificate', 'RFC 3161 §2.4.2: a TSTInfo', UNIT_ONE.der],
  ['info-empty', 'eContent is empty', 'RFC 3161 §2.4.2: a TSTInfo', new Uint8Array(0)],
]
for (const [name, mutation, why, infoDer] of infos) {
  bad(name, {
    mutation,
    why,
    effect: 'accepting it would let two readers see two different statements under one signature',
    token: ofInfo(infoDer),
    findings: malformed,
  })
}
bad('info-unknown-critical-extension', {
  mutation: 'a critical extension of TSTInfo that nobody knows',
  why: 'RFC 3161 §2.4.2 with RFC 5280 §4.2: not understood, and it must be',
  effect: 'accepting it would pass over a condition that the authority set',
  token: tokenOf({ info: { rest: [ACCURACY, subjectOf(UNIT_ONE), tlv(0xa1, unknownExtension(true))] } }),
  findings: ['timestamp.extensions INDETERMINATE:unknown-critical'],
})
bad('tsa-names-another', {
  mutation: 'tsa names another unit',
  why: 'RFC 3161 §2.4.2: tsa corresponds to a subject name of the certificate',
  effect: 'accepting it would attribute the time to somebody who did not attest it',
  token: tokenOf({ info: { rest: [ACCURACY, tsaField(explicit(4, nameOf('Example Vector Other Unit')))] } }),
  findings: ['timestamp.tsa-name FAILED:other-name'],
})
bad('gen-time-in-future', {
  mutation: 'genTime is after the validation time',
  why: 'RFC 3161 §2.4.2: a time-stamp is not from the future',
  effect: DATE_BACK,
  token: tokenOf({ info: { genTime: generalizedTime('20260801091200Z') } }),
  findings: ['timestamp.gen-time INDETERMINATE:in-future', 'timestamp.believed INDETERMINATE:in-future'],
})

// The sixteen spellings of genTime: four stand among the good ones.
const spellings: readonly (readonly [string, Uint8Array, string])[] = [
  ['gen-time-without-z', ascii('20240601120000'), 'without Z it is a local time'],
  ['gen-time-offset', ascii('20240601120000+0300'), 'with an offset instead of Z'],
  ['gen-time-30-february', ascii('20240230120000Z'), 'no such day'],
  ['gen-time-29-february-2023', ascii('20230229120000Z'), 'no such day in that year'],
  ['gen-time-month-13', ascii('20241301120000Z'), 'no such month'],
  ['gen-time-hour-25', ascii('20240601250000Z'), 'no such hour'],
  ['gen-time-hour-24', ascii('20240601240000Z'), 'midnight is 00 of the next day (X.690 §11.7)'],
  ['gen-time-second-60', ascii('20240601120060Z'), 'no such second'],
  ['gen-time-without-minutes', ascii('2024060112Z'), 'seconds must be there'],
  ['gen-time-without-seconds', ascii('202406011200Z'), 'seconds must be there'],
  ['gen-time-fraction-ends-in-0', ascii('20240601120000.50Z'), 'no trailing zeros (X.690 §11.7.3)'],
  ['gen-time-comma', ascii('20240601120000,5Z'), 'the point is a full stop (X.690 §11.7.4)'],
]
for (const [name, text, why] of spellings) {
  bad(name, {
    base: 'gen-time-fraction',
    mutation: `genTime ${Buffer.from(text).toString('latin1')}`,
    why: `RFC 3161 §2.4.2: ${why}`,
    effect: 'accepting it would show another time in another time zone, or one that does not exist',
    token: tokenOf({ unit: unitOf({ from: '240101000000Z' }), info: { genTime: tlv(0x18, text) } }),
    findings: malformed,
  })
}
bad('gen-time-utc-time', {
  mutation: 'genTime is a UTCTime',
  why: 'RFC 3161 §2.4.2: GeneralizedTime',
  effect: 'accepting it would leave the century to the reader',
  token: tokenOf({ info: { genTime: utcTime('260314091200Z') } }),
  findings: malformed,
})

// The envelope
const envelopes: readonly (readonly [string, string, string, Uint8Array])[] = [
  ['trailing-octets', 'two octets behind the token', 'X.690 §8.1: one value, nothing behind it', join(BARE, nothing())],
  ['cut-short', 'the last octet is missing', 'X.690 §8.1.3', BARE.subarray(0, -1)],
  ['no-der-at-all', 'a page of a proxy', 'RFC 3161 §2.4.2', ascii('<html>busy</html>\n')],
  ['empty-file', 'an empty file', 'RFC 3161 §2.4.2', new Uint8Array(0)],
  ['certificate-instead', 'a certificate', 'RFC 3161 §2.4.2', UNIT_ONE.der],
  [
    'content-type-id-data',
    'eContentType is id-data around a TSTInfo',
    'RFC 3161 §2.4.2: id-ct-TSTInfo, no other (one bit unbinds the token from the file elsewhere)',
    tokenOf({ infoDer: INFO, contentType: ID_DATA, envelope: { version: 1 } }),
  ],
  [
    'content-type-next-oid',
    'eContentType is the arc beside id-ct-TSTInfo',
    'RFC 3161 §2.4.2: id-ct-TSTInfo, no other',
    tokenOf({ infoDer: INFO, contentType: '1.2.840.113549.1.9.16.1.5' }),
  ],
  [
    'content-type-bit-flipped-unsigned',
    'eContentType is id-data, the signed attribute still says TSTInfo',
    'RFC 3161 §2.4.2: id-ct-TSTInfo, no other',
    tokenOf({ infoDer: INFO, envelope: { contentType: ID_DATA } }),
  ],
  [
    'content-detached',
    'eContent is absent',
    'RFC 3161 §2.4.2: eContent is the TSTInfo',
    tokenOf({ infoDer: INFO, detached: true }),
  ],
  [
    'content-not-octets',
    'eContent is the TSTInfo itself, without OCTET STRING',
    'RFC 5652 §5.2: an OCTET STRING',
    tokenOf({ infoDer: INFO, envelope: { contentElement: INFO } }),
  ],
  [
    'enveloped-data',
    'contentType is id-envelopedData',
    'RFC 3161 §2.4.2: SignedData',
    sequence(oid('1.2.840.113549.1.7.3'), explicit(0, sequence(integer(0)))),
  ],
  [
    'signed-data-in-signed-data',
    'eContentType is id-signedData around a good token',
    'RFC 3161 §2.4.2: id-ct-TSTInfo, no other',
    tokenOf({ infoDer: BARE, contentType: '1.2.840.113549.1.7.2' }),
  ],
]
for (const [name, mutation, why, bytes] of envelopes) {
  const isNone = ['no-der-at-all', 'empty-file', 'certificate-instead'].includes(name)
  bad(name, {
    mutation,
    why,
    effect: 'accepting it would call something a time-stamp that is none',
    token: bytes,
    findings: malformed,
    ...(isNone ? { error: 'ERR_TSP_STRUCTURE' } : {}),
  })
}
bad('rejection-with-token', {
  base: 'response-granted',
  mutation: 'status rejection with a token',
  why: 'RFC 3161 §2.4.2: no token with any other status than 0 and 1',
  effect: 'accepting it would use what the authority refused',
  token: response(2, BARE),
  findings: ['timestamp.status FAILED:refused-with-token'],
})
bad('waiting-with-token', {
  base: 'response-granted',
  mutation: 'status waiting with a token',
  why: 'RFC 3161 §2.4.2: no token with any other status than 0 and 1',
  effect: 'accepting it would use what the authority has not granted',
  token: response(3, BARE),
  findings: ['timestamp.status FAILED:refused-with-token'],
})
bad('rejection', {
  base: 'response-granted',
  mutation: 'status rejection without a token',
  why: 'RFC 3161 §2.4.2',
  effect: 'accepting it would prove a time with nothing',
  token: response(2),
  findings: ['timestamp.structure INDETERMINATE:refused', 'timestamp.status INDETERMINATE:refused'],
})
bad('granted-without-token', {
  base: 'response-granted',
  mutation: 'status granted without a token',
  why: 'RFC 3161 §2.4.2: a token MUST be there',
  effect: 'accepting it would prove a time with nothing',
  token: response(0),
  findings: ['timestamp.structure INDETERMINATE:refused'],
})
bad('signed-data-version', {
  mutation: 'SignedData version 1',
  why: 'RFC 5652 §5.1: 3 with a content that is not id-data',
  effect: 'nothing protects the field; it must not be passed over either',
  token: tokenOf({ envelope: { version: 1 } }),
  findings: ['timestamp.structure INDETERMINATE:version'],
})
bad('digest-not-announced', {
  mutation: 'digestAlgorithms names SHA-512, the signer SHA-256',
  why: 'RFC 5652 §5.1',
  effect: 'nothing protects the field; it must not be passed over either',
  token: tokenOf({ envelope: { digestAlgorithms: [hashAlgorithm('sha512')] } }),
  findings: ['timestamp.signer-info INDETERMINATE:digest-not-announced'],
})

// Signers
bad('two-signers', {
  mutation: 'two SignerInfos, both good',
  why: 'RFC 3161 §2.4.2: no signature but that of the authority',
  effect: 'accepting it would leave open whose time it is',
  token: tokenOf({ others: [{ signer: COLLEAGUE }], certificates: [UNIT_ONE.der, COLLEAGUE.der, AUTHORITY_CA.der] }),
  findings: ['timestamp.signer-info FAILED:several', 'timestamp.tsa-name FAILED:other-name'],
})
bad('two-signers-second-bad', {
  mutation: 'two SignerInfos, the second with a wrong signature',
  why: 'RFC 3161 §2.4.2: no signature but that of the authority',
  effect: 'accepting it would look at the first signer alone',
  token: tokenOf({
    info: { rest: [] },
    others: [{ signer: COLLEAGUE, signedInstead: ascii('something else') }],
    certificates: [UNIT_ONE.der, COLLEAGUE.der, AUTHORITY_CA.der],
  }),
  findings: ['timestamp.signer-info FAILED:several', 'timestamp.signature FAILED:invalid'],
})
bad('no-signers', {
  mutation: 'no SignerInfo',
  why: 'RFC 3161 §2.4.2: signed by the authority',
  effect: 'accepting it would believe a statement that nobody signed',
  token: tokenOf({ envelope: { signerInfos: [] } }),
  findings: ['timestamp.signer-info FAILED:none'],
})
bad('signer-version-3', {
  mutation: 'SignerInfo version 3 with issuer and serial number',
  why: 'RFC 5652 §5.3: 1',
  effect: 'nothing protects the field; it must not be passed over either',
  token: tokenOf({ version: 3 }),
  findings: ['timestamp.signer-info INDETERMINATE:version'],
})

// Signed attributes
const ABSENT_BESIDE = ['timestamp.signed-attributes FAILED:irregular', 'timestamp.message-digest FAILED:absent']
const messageDigest = attribute(MESSAGE_DIGEST, octets(digestOf('sha256', INFO)))
const otherDigest = attribute(MESSAGE_DIGEST, octets(digestOf('sha256', OTHER_DATA)))
const TRICK = 'accepting it would let signed octets stand for a content that was not signed'
type Alter = NonNullable<NonNullable<Parameters<typeof tokenOf>[0]>['attributes']>
const attributes: readonly (readonly [string, string, string, Alter | null, readonly string[]])[] = [
  [
    'attributes-absent',
    'no signedAttrs',
    'RFC 5652 §5.3: they MUST be there unless the content is id-data',
    null,
    ['timestamp.signed-attributes FAILED:absent', 'timestamp.signing-certificate FAILED:absent'],
  ],
  [
    'attributes-none-listed',
    'signedAttrs without an attribute',
    'RFC 5652 §5.3: SET SIZE (1..MAX), with content-type and message-digest at least',
    () => [],
    [
      'timestamp.content-type FAILED:absent',
      'timestamp.message-digest FAILED:absent',
      'timestamp.signing-certificate FAILED:absent',
    ],
  ],
  [
    'content-type-attribute-differs',
    'content-type says id-data',
    'RFC 5652 §11.1: it MUST match eContentType',
    (usual) => usual.with(0, attribute(CONTENT_TYPE, oid(ID_DATA))),
    ['timestamp.content-type FAILED:differs'],
  ],
  [
    'content-type-attribute-absent',
    'no content-type',
    'RFC 5652 §5.3: it MUST be there',
    (usual) => usual.toSpliced(0, 1),
    ['timestamp.content-type FAILED:absent'],
  ],
  [
    'content-type-attribute-twice',
    'two content-type attributes',
    'RFC 5652 §11.1: MUST NOT include multiple instances',
    (usual) => [...usual, attribute(CONTENT_TYPE, oid(ID_DATA))],
    ['timestamp.signed-attributes FAILED:irregular', 'timestamp.content-type FAILED:absent'],
  ],
  [
    'content-type-attribute-two-values',
    'content-type with two values',
    'RFC 5652 §11.1: a single attribute value',
    (usual) => usual.with(0, attribute(CONTENT_TYPE, oid(ID_DATA), oid(TST_INFO))),
    ['timestamp.signed-attributes FAILED:irregular', 'timestamp.content-type FAILED:absent'],
  ],
  [
    'message-digest-differs',
    'message-digest is over another TSTInfo',
    'RFC 5652 §5.4: the digest of the content',
    (usual) => usual.with(1, otherDigest),
    ['timestamp.message-digest FAILED:differs'],
  ],
  [
    'message-digest-absent',
    'no message-digest',
    'RFC 5652 §5.3: it MUST be there',
    (usual) => usual.toSpliced(1, 1),
    ['timestamp.message-digest FAILED:absent'],
  ],
  [
    'message-digest-twice',
    'two message-digest attributes, one right',
    'RFC 5652 §11.2: MUST NOT include multiple instances',
    (usual) => [...usual, otherDigest],
    ABSENT_BESIDE,
  ],
  [
    'message-digest-two-values',
    'message-digest with two values, one right',
    'RFC 5652 §11.2: a single attribute value',
    (usual) =>
      usual.with(
        1,
        attribute(
          MESSAGE_DIGEST,
          ...[INFO, OTHER_DATA].map((one) => octets(digestOf('sha256', one))).sort(Buffer.compare),
        ),
      ),
    ABSENT_BESIDE,
  ],
  [
    'message-digest-no-value',
    'message-digest without a value',
    'RFC 5652 §5.3: at least one value',
    (usual) => usual.with(1, attribute(MESSAGE_DIGEST)),
    ABSENT_BESIDE,
  ],
  [
    'message-digest-twice-the-same',
    'the same message-digest attribute twice',
    'RFC 5652 §11.2: MUST NOT include multiple instances',
    (usual) => [...usual, messageDigest],
    ABSENT_BESIDE,
  ],
  [
    'unknown-attribute-twice',
    'an unknown attribute twice',
    'RFC 5652 §5.3: MUST NOT include multiple instances of the same attribute type',
    (usual) => [...usual, attribute('2.999.6', utf8('a')), attribute('2.999.6', utf8('b'))],
    ['timestamp.signed-attributes FAILED:irregular'],
  ],
  [
    'signing-time-no-such-day',
    'signing-time is the 30th of February',
    'RFC 5652 §11.3: a time',
    (usual) => usual.with(3, attribute(SIGNING_TIME, utcTime('260230091200Z'))),
    ['timestamp.signed-attributes FAILED:irregular'],
  ],
  [
    'ess-absent',
    'no signing-certificate attribute',
    'RFC 3161 §2.4.2: it MUST be there',
    (usual) => usual.toSpliced(2, 1),
    ['timestamp.signing-certificate FAILED:absent'],
  ],
  [
    'ess-other-certificate',
    'signing-certificate-v2 is of another certificate',
    'RFC 5035 §3: the certificate of the signer',
    (usual) => usual.with(2, essV2(essCertId(COLLEAGUE))),
    ['timestamp.signing-certificate FAILED:other-certificate'],
  ],
  [
    'ess-issuer-serial-of-another',
    'the hash is right, issuerSerial is of another certificate',
    'RFC 5035 §4: both are of the same certificate',
    (usual) => usual.with(2, essV2(essCertId(UNIT_ONE, COLLEAGUE))),
    ['timestamp.signing-certificate FAILED:issuer-serial'],
  ],
  [
    'ess-versions-contradict',
    'signing-certificate is right, signing-certificate-v2 is of another',
    'RFC 5035 §3: each binds the signer',
    (usual) => [...usual.with(2, essV2(essCertId(COLLEAGUE))), essV1(UNIT_ONE)],
    ['timestamp.signing-certificate FAILED:other-certificate'],
  ],
  [
    'ess-malformed',
    'signing-certificate-v2 is an INTEGER',
    'RFC 5035 §3',
    (usual) => usual.with(2, attribute(SIGNING_CERTIFICATE_V2, integer(1))),
    ['timestamp.signed-attributes FAILED:irregular', 'timestamp.signing-certificate FAILED:malformed'],
  ],
  [
    'ess-policies-of-another-type',
    'signing-certificate-v2 with a second list of ESSCertIDv2 in the place of its policies',
    'RFC 5035 §3: SEQUENCE OF PolicyInformation; what does not read binds nothing',
    (usual) => {
      const certs = sequence(essCertId(UNIT_ONE))
      return usual.with(2, attribute(SIGNING_CERTIFICATE_V2, sequence(certs, certs)))
    },
    ['timestamp.signed-attributes FAILED:irregular', 'timestamp.signing-certificate FAILED:malformed'],
  ],
  [
    'ess-empty',
    'signing-certificate-v2 lists nothing',
    'RFC 5035 §3: the first is the signer',
    (usual) => usual.with(2, essV2()),
    ['timestamp.signing-certificate FAILED:absent'],
  ],
  [
    'ess-unknown-digest',
    'ESSCertIDv2 under a digest that nobody knows',
    'RFC 5035 §4: what cannot be computed is not compared',
    (usual) => usual.with(2, essV2(sequence(algorithm('2.999.3'), octets(digestOf('sha256', UNIT_ONE.der))))),
    ['timestamp.signing-certificate INDETERMINATE:unsupported'],
  ],
]
for (const [name, mutation, why, alter, findings] of attributes) {
  bad(name, { mutation, why, effect: TRICK, token: tokenOf({ infoDer: INFO, attributes: alter }), findings })
}
const backwards: Alter = (usual) => [...usual].sort(Buffer.compare).reverse()
for (const [kind, signed] of [
  ['wire', 'as they are sent'],
  ['der', 'in the order of DER'],
] as const) {
  bad(`attributes-unsorted-signed-${kind}`, {
    mutation: `signedAttrs are not in order, signed ${signed}`,
    why: 'RFC 5652 §5.4: a DER encoding is signed, X.690 §11.6: a SET OF is in order',
    effect: 'accepting it would make two readings of one signature',
    token: tokenOf({ infoDer: INFO, attributes: backwards, unsorted: kind }),
    findings: ['timestamp.signed-attributes FAILED:not-der', 'timestamp.signature INDETERMINATE:not-tried'],
  })
}

// The signature
const values: readonly (readonly [string, string, string, (signature: Uint8Array) => Uint8Array])[] = [
  [
    'signature-last-octet',
    'the last octet of the signature differs',
    'RFC 5652 §5.6',
    (s) => s.with(-1, (s.at(-1) ?? 0) ^ 1),
  ],
  ['signature-empty', 'the signature is empty', 'RFC 5652 §5.6', () => new Uint8Array(0)],
  [
    'signature-trailing-octets',
    'two octets behind Ecdsa-Sig-Value',
    'RFC 3279 §2.2.3: DER (CVE-2020-14966)',
    (s) => join(s, nothing()),
  ],
  [
    'signature-long-length',
    'the length of Ecdsa-Sig-Value is not the shortest',
    'RFC 3279 §2.2.3: DER (CVE-2020-14966)',
    (s) => join(Uint8Array.of(0x30, 0x81, s[1] ?? 0), s.subarray(2)),
  ],
  [
    'signature-zero',
    'r and s are 0',
    'SEC 1 §4.1.4: 1 to n − 1 (CVE-2022-21449)',
    () => sequence(integer(0), integer(0)),
  ],
]
for (const [name, mutation, why, alter] of values) {
  bad(name, {
    mutation,
    why,
    effect: 'accepting it would make signatures that nobody made, or several of one',
    token: tokenOf({ alter }),
    findings: ['timestamp.signature FAILED:invalid'],
  })
}
bad('signature-of-another-key', {
  mutation: 'signed with a key that is not the certificate’s',
  why: 'RFC 5652 §5.6',
  effect: DATE_BACK,
  token: tokenOf({ signedBy: COLLEAGUE }),
  findings: ['timestamp.signature FAILED:invalid'],
})
const rsaUnit = unitOf({ key: rsaKey('rsa-2048') })
const noRow = ['timestamp.algorithm INDETERMINATE:unsupported', 'timestamp.believed INDETERMINATE:unsupported']
bad('signature-sha1-under-sha256', {
  base: 'rsa-2048',
  mutation: 'signatureAlgorithm sha1WithRSA under digestAlgorithm SHA-256',
  why: 'policy: SHA-1 counts no more since 2017-02-23',
  effect: 'accepting it would rest the time on a digest with known collisions',
  token: tokenOf({ unit: rsaUnit, signatureHash: 'sha1' }),
  findings: ended,
})
bad('signature-ecdsa-sha1', {
  mutation: 'ecdsa-with-SHA1',
  why: 'policy: SHA-1 counts no more since 2017-02-23',
  effect: 'accepting it would rest the time on a digest with known collisions',
  token: tokenOf({ signatureHash: 'sha1' }),
  findings: ended,
})
bad('digest-sha1', {
  mutation: 'message-digest under SHA-1, signature under SHA-256',
  why: 'policy: SHA-1 counts no more since 2017-02-23',
  effect: 'accepting it would let two TSTInfos share one signature',
  token: tokenOf({ hash: 'sha1', signatureHash: 'sha256' }),
  findings: ended,
})
for (const [name, mutation, parameters, saltLength] of [
  ['pss-restricted-digest', 'another digest than the key is for', pssParameters('sha512', 'sha512', 32), 32],
  ['pss-restricted-salt', 'a shorter salt than the key asks for', pssParameters('sha256', 'sha256', 32), 20],
] as const) {
  bad(name, {
    base: 'rsa-pss-restricted',
    mutation,
    why: 'RFC 4055 §3.3: the key names the parameters of its signatures',
    effect: 'accepting it would take a token that the key is not certified for',
    token: tokenOf({ unit: unitOf({ key: rsaPssKeyFor(parameters, saltLength) }) }),
    findings: ['timestamp.signature FAILED:invalid', ...noRow],
  })
}
bad('rsa-1024', {
  base: 'rsa-2048',
  mutation: 'RSA of 1024 bits',
  why: 'policy: 1024 bits count no more since 2014-01-01',
  effect: 'accepting it would rest the time on a key that can be broken',
  token: tokenOf({ unit: unitOf({ key: rsaKey('rsa-1024') }) }),
  findings: ended,
})
bad('signature-algorithm-of-another-key', {
  mutation: 'signatureAlgorithm sha256WithRSA with an ECDSA key',
  why: 'RFC 5652 §5.6: no signature can be right under it',
  effect: 'accepting it would take one algorithm for another',
  token: tokenOf({ signatureAlgorithm: algorithm('1.2.840.113549.1.1.11', nothing()) }),
  findings: [...noRow, 'timestamp.signature FAILED:invalid'],
})
bad('signature-algorithm-unknown', {
  mutation: 'a signatureAlgorithm that nobody knows',
  why: 'what cannot be computed is unsupported, never invalid and never good',
  effect: 'accepting it would believe a signature that was not computed',
  token: tokenOf({ signatureAlgorithm: algorithm('2.999.4') }),
  findings: [...noRow, 'timestamp.signature INDETERMINATE:unsupported'],
})
bad('digest-algorithm-unknown', {
  mutation: 'a digestAlgorithm that nobody knows',
  why: 'what cannot be computed is unsupported, never invalid and never good',
  effect: 'accepting it would believe a digest that was not computed',
  token: tokenOf({ digestAlgorithm: algorithm('2.999.3'), envelope: { digestAlgorithms: [algorithm('2.999.3')] } }),
  findings: [
    'timestamp.message-digest INDETERMINATE:unsupported',
    'timestamp.algorithm INDETERMINATE:unsupported',
    'timestamp.believed INDETERMINATE:unsupported',
  ],
})
bad('ecdsa-with-parameters', {
  mutation: 'ecdsa-with-SHA256 with an OCTET STRING as parameters',
  why: 'RFC 5758 §3.2: absent',
  effect: 'accepting it would pass over what the parameters say',
  token: tokenOf({ signatureAlgorithm: algorithm('1.2.840.10045.4.3.2', octets(Uint8Array.of(1))) }),
  findings: [...noRow, 'timestamp.signature INDETERMINATE:unsupported'],
})
bad('attributes-long-length', {
  mutation: 'the length of signedAttrs is not the shortest, signed as in DER',
  why: 'RFC 5652 §5.3: signedAttrs MUST be DER',
  effect: 'accepting it would make two encodings of one signature',
  token: tokenOf({
    wireAttributes: (usual) => {
      const inside = join(...[...usual].sort(Buffer.compare))
      return join(Uint8Array.of(0x31, 0x82, 0, inside.length), inside)
    },
  }),
  findings: ['timestamp.signed-attributes FAILED:not-der', 'timestamp.signature INDETERMINATE:not-tried'],
})
bad('digest-algorithms-empty', {
  mutation: 'digestAlgorithms is empty',
  why: 'RFC 5652 §5.1: a verifier may refuse what is not announced',
  effect: 'nothing protects the field; it must not be passed over either',
  token: tokenOf({ envelope: { digestAlgorithms: [] } }),
  findings: ['timestamp.signer-info INDETERMINATE:digest-not-announced'],
})

const around = (...inside: readonly Uint8Array[]): Uint8Array =>
  sequence(oid('1.2.840.113549.1.7.2'), explicit(0, sequence(...inside)))
const headOf = (content: Uint8Array): Uint8Array[] => [
  integer(3),
  tlv(0x31, hashAlgorithm('sha256')),
  sequence(oid(TST_INFO), explicit(0, content)),
]
const bag = tlv(0xa0, UNIT_ONE.der, AUTHORITY_CA.der)
const signed = signerInfo({ signer: UNIT_ONE, content: INFO, contentType: TST_INFO })
const signers = tlv(0x31, signed)
const crlBag = tlv(0xa1, sequence())
const half = Math.floor(INFO.length / 2)
const shapes: readonly (readonly [string, string, string, Uint8Array])[] = [
  [
    'content-segment-not-octets',
    'one segment of eContent is an INTEGER',
    'X.690 §8.7.3.2: segments are OCTET STRINGs',
    around(...headOf(tlv(0x24, octets(INFO.subarray(0, half)), tlv(0x02, INFO.subarray(half)))), bag, signers),
  ],
  [
    'content-indefinite-and-primitive',
    'eContent is primitive with an indefinite length',
    'X.690 §8.1.3.2: indefinite lengths are for constructed encodings',
    around(...headOf(join(Uint8Array.of(0x04, 0x80), INFO, Uint8Array.of(0, 0))), bag, signers),
  ],
  [
    'crls-before-certificates',
    'crls stand before certificates',
    'RFC 5652 §5.1: the order of the SEQUENCE',
    around(...headOf(octets(INFO)), crlBag, bag, signers),
  ],
  [
    'certificates-twice',
    'certificates stand twice',
    'RFC 5652 §5.1: the order of the SEQUENCE',
    around(...headOf(octets(INFO)), bag, bag, signers),
  ],
  [
    'signers-twice',
    'signerInfos stand twice',
    'RFC 5652 §5.1: the order of the SEQUENCE',
    around(...headOf(octets(INFO)), bag, signers, signers),
  ],
  [
    'signer-info-longer',
    'a NULL at the end of SignerInfo',
    'RFC 5652 §5.3',
    around(...headOf(octets(INFO)), bag, tlv(0x31, tlv(0x30, contentOf(signed), nothing()))),
  ],
  [
    'content-type-oid-padded',
    'eContentType begins an arc with 80',
    'X.690 §8.19.2: the fewest octets',
    around(
      integer(3),
      tlv(0x31, hashAlgorithm('sha256')),
      sequence(tlv(0x06, join(oid(TST_INFO).subarray(2, -1), Uint8Array.of(0x80, 4))), explicit(0, octets(INFO))),
      bag,
      signers,
    ),
  ],
]
for (const [name, mutation, why, bytes] of shapes) {
  bad(name, {
    mutation,
    why,
    effect: 'accepting it would let two readers see two different tokens',
    token: bytes,
    findings: malformed,
  })
}
