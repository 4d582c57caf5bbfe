import { flag, integer, listOf, memberOf, noteProblem, object, orNull, type Shape } from '../json/shape.ts'
import { isJsonObject } from '../json/value.ts'
import { LIMITS } from '../model/limits.ts'
import type { EcCurve, SignatureAlgorithm, SlhDsaSet } from '../model/ports.ts'
import type {
  CmsFacts,
  EssCertFacts,
  PooledCertificate,
  SignatureFileFacts,
  SignerCandidate,
  SignerFacts,
  TokenFacts,
  TstInfoFacts,
} from '../pki/facts.ts'
import type { LineEnds } from '../pki/line-ends.ts'
import type { PooledRevocation, RevocationFacts } from '../pki/revocation.ts'
import {
  anyText,
  base64,
  codes,
  count,
  countOrNull,
  DIGEST_ALGORITHM,
  hexText,
  PARSE_FAILURE,
  sha256,
  suchThat,
  textOrNull,
  time,
} from './parts.ts'

type Scheme = SignatureAlgorithm['scheme']
type OfScheme<S extends Scheme> = Extract<SignatureAlgorithm, { readonly scheme: S }>

const scheme = <S extends Scheme>(name: S): Shape<S> => codes<S>({ [name]: true } as Record<S, true>)

const CURVE = codes<EcCurve>({
  'P-256': true,
  'P-384': true,
  'P-521': true,
  brainpoolP256r1: true,
  brainpoolP384r1: true,
  brainpoolP512r1: true,
})

const SLH_DSA_SET = codes<SlhDsaSet>({
  'sha2-128s': true,
  'sha2-128f': true,
  'sha2-192s': true,
  'sha2-192f': true,
  'sha2-256s': true,
  'sha2-256f': true,
  'shake-128s': true,
  'shake-128f': true,
  'shake-192s': true,
  'shake-192f': true,
  'shake-256s': true,
  'shake-256f': true,
})

const ML_DSA_SET: Shape<44 | 65 | 87> = (value, member, report) => {
  if (value === 44 || value === 65 || value === 87) return value
  noteProblem(report, { member, expected: '44 | 65 | 87', found: typeof value })
  return undefined
}

/** A row for each scheme: a scheme without one does not compile. */
const ROWS: { readonly [S in Scheme]: Shape<OfScheme<S>> } = {
  'rsa-pkcs1': object<OfScheme<'rsa-pkcs1'>>({ scheme: scheme('rsa-pkcs1'), digest: DIGEST_ALGORITHM }),
  'rsa-pss': object<OfScheme<'rsa-pss'>>({
    scheme: scheme('rsa-pss'),
    digest: DIGEST_ALGORITHM,
    mgfDigest: DIGEST_ALGORITHM,
    saltLength: count,
  }),
  ecdsa: object<OfScheme<'ecdsa'>>({ scheme: scheme('ecdsa'), digest: DIGEST_ALGORITHM, curve: CURVE }),
  ed25519: object<OfScheme<'ed25519'>>({ scheme: scheme('ed25519') }),
  ed448: object<OfScheme<'ed448'>>({ scheme: scheme('ed448') }),
  'ml-dsa': object<OfScheme<'ml-dsa'>>({ scheme: scheme('ml-dsa'), set: ML_DSA_SET }),
  'slh-dsa': object<OfScheme<'slh-dsa'>>({ scheme: scheme('slh-dsa'), set: SLH_DSA_SET }),
}

const SIGNATURE_ALGORITHM: Shape<SignatureAlgorithm> = (value, member, report) => {
  const found = isJsonObject(value) ? memberOf(value, 'scheme') : undefined
  const rows: Readonly<Record<string, Shape<SignatureAlgorithm>>> = ROWS
  const row = typeof found === 'string' && Object.hasOwn(rows, found) ? rows[found] : undefined
  if (row !== undefined) return row(value, member, report)
  noteProblem(report, { member, expected: Object.keys(ROWS).join(' | '), found: 'another scheme' })
  return undefined
}

const ESS = object<EssCertFacts>({
  version: (value, member, report) => {
    if (value === 1 || value === 2) return value
    noteProblem(report, { member, expected: '1 | 2', found: typeof value })
    return undefined
  },
  algorithm: anyText,
  certHash: hexText,
  issuerSerial: flag,
  position: count,
})

const CANDIDATE = object<SignerCandidate>({
  certificate: sha256,
  bound: codes<SignerCandidate['bound']>({
    match: true,
    'hash-differs': true,
    'issuer-serial-differs': true,
    'digest-unsupported': true,
    'attribute-absent': true,
    'attribute-unreadable': true,
  }),
  essPosition: countOrNull,
  signatureAlgorithm: orNull(SIGNATURE_ALGORITHM),
  unsupported: textOrNull,
  rsaBits: countOrNull,
  signature: codes<SignerCandidate['signature']>({ valid: true, invalid: true, unsupported: true, 'not-tried': true }),
})

const LINE_END = codes<LineEnds>({ CRLF: true, LF: true })

const SIGNER = object<SignerFacts>(
  {
    at: anyText,
    version: integer(Number.MIN_SAFE_INTEGER),
    sid: anyText,
    sidKind: codes<SignerFacts['sidKind']>({ issuerAndSerialNumber: true, subjectKeyIdentifier: true }),
    digestAlgorithm: anyText,
    signatureAlgorithmOid: anyText,
    signatureDigest: orNull(DIGEST_ALGORITHM),
    signedAttrs: codes<SignerFacts['signedAttrs']>({ absent: true, der: true, 'not-der': true }),
    irregularAttributes: listOf(anyText),
    contentType: textOrNull,
    messageDigest: orNull(hexText),
    contentDigest: orNull(hexText),
    lineEnds: LINE_END,
    signingTime: orNull(time),
    ess: listOf(ESS),
    essFailure: orNull(PARSE_FAILURE),
    candidates: listOf(CANDIDATE, { maximum: LIMITS.candidatesOfSigner }),
    candidatesOmitted: count,
    unsignedAttributes: listOf(anyText),
  },
  ['lineEnds'],
)

export const CMS_FACTS = object<CmsFacts>(
  {
    encoding: codes<CmsFacts['encoding']>({ DER: true, BER: true }),
    version: integer(Number.MIN_SAFE_INTEGER),
    expectedVersion: count,
    eContentType: anyText,
    eContent: codes<CmsFacts['eContent']>({ absent: true, present: true, equal: true, differs: true }),
    lineEnds: LINE_END,
    contentIsAttributes: orNull(flag),
    digestAlgorithms: listOf(anyText),
    certificates: listOf(sha256, { maximum: LIMITS.certificatesInBag }),
    unreadableCertificates: count,
    certificatesOmitted: count,
    crls: count,
    signers: listOf(SIGNER, { maximum: LIMITS.signersInCms }),
  },
  ['lineEnds'],
)

const TST_INFO = object<TstInfoFacts>({
  version: integer(Number.MIN_SAFE_INTEGER),
  policy: anyText,
  imprintAlgorithm: anyText,
  hashedMessage: hexText,
  dataDigest: orNull(hexText),
  serialNumber: anyText,
  genTime: time,
  accuracyMicroseconds: countOrNull,
  ordering: flag,
  nonce: textOrNull,
  tsa: textOrNull,
  tsaNames: listOf(sha256),
  extensions: listOf(object<TstInfoFacts['extensions'][number]>({ oid: anyText, critical: flag })),
})

export const TOKEN_FACTS = object<TokenFacts>({
  path: anyText,
  sha256,
  label: anyText,
  at: textOrNull,
  failure: orNull(PARSE_FAILURE),
  form: orNull(codes<'response' | 'token'>({ response: true, token: true })),
  status: orNull(integer(Number.MIN_SAFE_INTEGER)),
  failInfo: textOrNull,
  tstInfo: orNull(TST_INFO),
  cms: orNull(CMS_FACTS),
})

export const SIGNATURE_FILE_FACTS: Shape<SignatureFileFacts> = suchThat(
  object<SignatureFileFacts>({
    path: anyText,
    sha256,
    covers: anyText,
    coversState: codes<SignatureFileFacts['coversState']>({
      'tag-manifest': true,
      absent: true,
      'not-a-tag-manifest': true,
      unread: true,
      file: true,
    }),
    failure: orNull(PARSE_FAILURE),
    cms: orNull(CMS_FACTS),
    tokens: listOf(TOKEN_FACTS, { maximum: LIMITS.sealFiles + LIMITS.signatureTimeStamps * LIMITS.signersInCms }),
  }),
  'cms or failure',
  ({ cms, failure }) => cms !== null || failure !== null,
)

export const POOLED_CERTIFICATE = object<PooledCertificate>({ sha256, der: base64 })

const POOLED_REVOCATION = object<PooledRevocation>({ sha256, der: base64, source: anyText, also: listOf(anyText) }, [
  'also',
])

export const REVOCATION_FACTS = object<RevocationFacts>({
  crls: listOf(POOLED_REVOCATION, { maximum: LIMITS.revocationObjects }),
  ocsp: listOf(POOLED_REVOCATION, { maximum: LIMITS.revocationObjects }),
  failures: listOf(object<RevocationFacts['failures'][number]>({ source: anyText, failure: PARSE_FAILURE })),
  omitted: count,
})
