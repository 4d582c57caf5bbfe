import type { Evidence, Finding, Subject } from '../model/finding.ts'
import type { ParseFailure, SignerCandidate } from '../pki/facts.ts'
import { isEstablished } from '../pki/trust-candidate.ts'
import type { FindingId } from './catalogue.ts'
import {
  answer,
  answerWithoutCertificate,
  type ExaminedSigner,
  missingCertificate,
  type SignedObject,
} from './signature-object.ts'

/** id-data, RFC 5652 §4 */
const ID_DATA = '1.2.840.113549.1.7.1'

/** Whether the file reads as what it is said to be. */
export function checkStructure(kind: SignedObject['kind'], subject: Subject, failure: ParseFailure): Finding {
  const id: FindingId = kind === 'signature' ? 'signature.structure' : 'timestamp.structure'
  const evidence: Evidence[] = [
    { name: 'error', found: failure.code },
    { name: 'where', found: failure.where },
    ...(failure.offset === null ? [] : [{ name: 'offset', found: `${failure.offset}` }]),
    ...(failure.spec === null ? [] : [{ name: 'clause', found: failure.spec }]),
  ]
  if (failure.code === 'ERR_LIMIT') return answer(id, subject, 'INDETERMINATE:limit', evidence)
  return answer(id, subject, 'FAILED:malformed', evidence, 'FORMAT_FAILURE')
}

/**
 * RFC 5652 §5.1: the version follows from the content. Nothing protects the field and nothing depends on it, so a wrong
 * one contradicts no statement, and is not passed over either.
 */
export function checkStructureVersion(object: SignedObject): Finding {
  const id: FindingId = object.kind === 'signature' ? 'signature.structure' : 'timestamp.structure'
  const { version, expectedVersion, encoding, unreadableCertificates } = object.cms
  const evidence: Evidence[] = [{ name: 'encoding', found: encoding }]
  if (unreadableCertificates > 0) evidence.push({ name: 'unreadableCertificates', found: `${unreadableCertificates}` })
  if (version === expectedVersion) return answer(id, object.subject, 'PASSED', evidence)
  evidence.unshift({ name: 'SignedData.version', expected: `${expectedVersion}`, found: `${version}` })
  // Authorities that put OCSP responses among the crls (RFC 5940 §2.1) write the version of a token without them. Every part was
  // read all the same.
  if (object.kind === 'timestamp' && version === 3 && expectedVersion === 5) {
    return answer(id, object.subject, 'PASSED:version-3', evidence)
  }
  return answer(id, object.subject, 'INDETERMINATE:version', evidence)
}

/** How many signers, and whether their fields fit together. A token has exactly one (RFC 3161 §2.4.2); a seal may have several. */
export function checkSignerInfo(object: SignedObject): Finding {
  const isToken = object.kind === 'timestamp'
  const id: FindingId = isToken ? 'timestamp.signer-info' : 'signature.signer-info'
  const { signers, digestAlgorithms } = object.cms
  const count: Evidence = { name: 'signerInfos', ...(isToken ? { expected: '1' } : {}), found: `${signers.length}` }
  if (signers.length === 0) {
    return isToken
      ? answer(id, object.subject, 'FAILED:none', [count], 'FORMAT_FAILURE')
      : answer(id, object.subject, 'INDETERMINATE:none', [{ ...count, missing: 'signature' }])
  }
  if (isToken && signers.length > 1) return answer(id, object.subject, 'FAILED:several', [count], 'FORMAT_FAILURE')
  // RFC 5652 §5.3: 1 with issuerAndSerialNumber, 3 with subjectKeyIdentifier.
  const versions = signers.flatMap((signer): Evidence[] => {
    const expected = signer.sidKind === 'issuerAndSerialNumber' ? 1 : 3
    return signer.version === expected
      ? []
      : [{ name: `${signer.at}.version`, expected: `${expected}`, found: `${signer.version}` }]
  })
  // RFC 5652 §5.1: a verifier may refuse a signature whose digest digestAlgorithms does not announce.
  const unannounced = signers.flatMap((signer): Evidence[] =>
    digestAlgorithms.includes(signer.digestAlgorithm)
      ? []
      : [{ name: `${signer.at}.digestAlgorithm`, expected: digestAlgorithms.join(' '), found: signer.digestAlgorithm }],
  )
  const evidence = [count, ...versions, ...unannounced]
  if (versions.length > 0) return answer(id, object.subject, 'INDETERMINATE:version', evidence)
  if (unannounced.length > 0) return answer(id, object.subject, 'INDETERMINATE:digest-not-announced', evidence)
  return answer(id, object.subject, 'PASSED', evidence)
}

/**
 * RFC 5652 §5.3: signedAttrs are DER and MUST be there unless the content is id-data; then their absence breaks no MUST,
 * but leaves open what kind of thing was signed, so it is not accepted either.
 */
export function checkSignedAttributes({ object, subject, signer }: ExaminedSigner): Finding {
  const id: FindingId = object.kind === 'signature' ? 'signature.signed-attributes' : 'timestamp.signed-attributes'
  const irregular = signer.irregularAttributes.map((oid) => ({ name: 'attribute', found: oid }))
  const unsigned = signer.unsignedAttributes.map((oid) => ({ name: 'unprotectedAttribute', found: oid }))
  if (signer.signedAttrs === 'absent') {
    const evidence: Evidence[] = [
      { name: 'signedAttrs', expected: 'present', found: 'absent' },
      { name: 'eContentType', found: object.cms.eContentType },
      ...unsigned,
    ]
    return object.kind === 'signature' && object.cms.eContentType === ID_DATA
      ? answer(id, subject, 'INDETERMINATE:absent', evidence)
      : answer(id, subject, 'FAILED:absent', evidence, 'FORMAT_FAILURE')
  }
  if (signer.signedAttrs === 'not-der') {
    const evidence = [{ name: 'signedAttrs', expected: 'DER', found: 'not DER' }, ...irregular, ...unsigned]
    return answer(id, subject, 'FAILED:not-der', evidence, 'FORMAT_FAILURE')
  }
  if (irregular.length > 0)
    return answer(id, subject, 'FAILED:irregular', [...irregular, ...unsigned], 'FORMAT_FAILURE')
  return answer(id, subject, 'PASSED', unsigned)
}

/** RFC 5652 §11.1 */
export function checkContentType({ object, subject, signer }: ExaminedSigner): Finding {
  const id: FindingId = object.kind === 'signature' ? 'signature.content-type' : 'timestamp.content-type'
  const { eContentType } = object.cms
  if (signer.signedAttrs === 'absent') return answer(id, subject, 'NOT-CHECKED:attributes-absent')
  const evidence: Evidence[] = [{ name: 'contentType', expected: eContentType, found: signer.contentType ?? 'absent' }]
  if (signer.contentType === null) return answer(id, subject, 'FAILED:absent', evidence, 'FORMAT_FAILURE')
  if (signer.contentType !== eContentType) return answer(id, subject, 'FAILED:differs', evidence, 'FORMAT_FAILURE')
  // The type of a seal's content is asked for by the bundle format, not by CMS.
  if (object.kind === 'signature' && eContentType !== ID_DATA) {
    const wanted = { name: 'eContentType', expected: ID_DATA, found: eContentType }
    return answer(id, subject, 'INDETERMINATE:unexpected-type', [wanted])
  }
  return answer(id, subject, 'PASSED', evidence)
}

/** RFC 5652 §11.2 */
export function checkMessageDigest(examined: ExaminedSigner, content: 'here' | 'missing'): Finding {
  const { object, subject, signer } = examined
  const id: FindingId = object.kind === 'signature' ? 'signature.message-digest' : 'timestamp.message-digest'
  if (signer.signedAttrs === 'absent') return answer(id, subject, 'NOT-CHECKED:attributes-absent')
  const algorithm: Evidence = { name: 'digestAlgorithm', found: signer.digestAlgorithm }
  if (signer.messageDigest === null) {
    const evidence = [
      { name: 'messageDigest', expected: signer.contentDigest ?? 'present', found: 'absent' },
      algorithm,
    ]
    return answer(id, subject, 'FAILED:absent', evidence, 'FORMAT_FAILURE')
  }
  if (content === 'missing') {
    const evidence = [{ name: 'messageDigest', expected: signer.messageDigest, missing: 'signed-content' }, algorithm]
    return answer(id, subject, 'INDETERMINATE:content-missing', evidence, 'SIGNED_DATA_NOT_FOUND')
  }
  if (signer.contentDigest === null) return answer(id, subject, 'INDETERMINATE:unsupported', [algorithm])
  const evidence: Evidence[] = [
    { name: 'messageDigest', expected: signer.messageDigest, found: signer.contentDigest },
    algorithm,
  ]
  if (signer.messageDigest === signer.contentDigest) return answer(id, subject, 'PASSED', evidence)
  // `openssl cms -sign` without -binary, and every mail program, sign a text with CR LF at the end of each line.
  if (signer.lineEnds !== undefined && object.kind === 'signature') {
    evidence.push({ name: 'lineEnds', expected: signer.lineEnds, found: 'other' })
    return answer(id, subject, 'FAILED:line-ends', evidence, 'HASH_FAILURE')
  }
  return answer(id, subject, 'FAILED:differs', evidence, 'HASH_FAILURE')
}

/**
 * Whether the signature itself says which certificate it was made with (RFC 5035 §3, §5.4; RFC 5816 §2.2). A token MUST
 * (RFC 3161 §2.4.2); of a seal only the bundle format asks it. Another certificate of the same name in the pool is no
 * contradiction, one in the signature's own bag is.
 */
export function checkSigningCertificate(examined: ExaminedSigner): Finding {
  const { object, subject, signer, candidate } = examined
  const isToken = object.kind === 'timestamp'
  const id: FindingId = isToken ? 'timestamp.signing-certificate' : 'signature.signing-certificate'
  if (signer.essFailure !== null) {
    const evidence = [{ name: 'signingCertificate', found: signer.essFailure.code }]
    if (signer.essFailure.code === 'ERR_LIMIT') return answer(id, subject, 'INDETERMINATE:limit', evidence)
    return answer(id, subject, 'FAILED:malformed', evidence, 'FORMAT_FAILURE')
  }
  if (signer.ess.length === 0) {
    const evidence = [{ name: 'signingCertificate', expected: 'present', found: 'absent' }]
    return isToken
      ? answer(id, subject, 'FAILED:absent', evidence, 'FORMAT_FAILURE')
      : answer(id, subject, 'INDETERMINATE:absent', evidence, 'SIG_CONSTRAINTS_FAILURE')
  }
  const hashes = signer.ess.map((entry): Evidence => ({ name: `certHash ${entry.algorithm}`, found: entry.certHash }))
  if (candidate === null) {
    return answer(
      id,
      subject,
      'INDETERMINATE:certificate-missing',
      [missingCertificate(signer), ...hashes],
      'NO_SIGNING_CERTIFICATE_FOUND',
    )
  }
  const evidence: Evidence[] = [{ name: 'certificate', found: candidate.certificate }, ...hashes]
  switch (candidate.bound) {
    case 'match':
      return answer(id, subject, (candidate.essPosition ?? 0) > 0 ? 'PASSED:not-first' : 'PASSED', evidence)
    case 'issuer-serial-differs':
      return answer(id, subject, 'FAILED:issuer-serial', evidence, 'SIG_CONSTRAINTS_FAILURE')
    case 'digest-unsupported':
      return answer(id, subject, 'INDETERMINATE:unsupported', evidence)
    default:
      return object.cms.certificates.includes(candidate.certificate)
        ? answer(id, subject, 'FAILED:other-certificate', evidence, 'SIG_CONSTRAINTS_FAILURE')
        : answer(
            id,
            subject,
            'INDETERMINATE:certificate-missing',
            [missingCertificate(signer), ...hashes],
            'NO_SIGNING_CERTIFICATE_FOUND',
          )
  }
}

/** RFC 5652 §5.6 */
export function checkSignatureValue(examined: ExaminedSigner): Finding {
  const { object, subject, signer, candidate } = examined
  const id: FindingId = object.kind === 'signature' ? 'signature.value' : 'timestamp.signature'
  if (candidate === null || !isEstablished(candidate, object.cms)) {
    return answerWithoutCertificate(id, subject, signer)
  }
  const evidence: Evidence[] = [
    { name: 'certificate', found: candidate.certificate },
    { name: 'signatureAlgorithm', found: signer.signatureAlgorithmOid },
  ]
  switch (candidate.signature) {
    case 'valid':
      return answer(id, subject, 'PASSED', evidence)
    case 'invalid':
      return answer(id, subject, 'FAILED:invalid', [...evidence, ...metOf(candidate)], 'SIG_CRYPTO_FAILURE')
    case 'unsupported':
      return answer(id, subject, 'INDETERMINATE:unsupported', [...evidence, ...metOf(candidate)])
    case 'not-tried':
      return answer(id, subject, 'INDETERMINATE:not-tried', evidence)
  }
}

function metOf({ unsupported }: SignerCandidate): readonly Evidence[] {
  return unsupported === null ? [] : [{ name: 'unsupported', found: unsupported }]
}
