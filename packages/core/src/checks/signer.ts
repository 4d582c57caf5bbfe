import type { Evidence, Finding } from '../model/finding.ts'
import { compareInstants, formatInstant } from '../model/instant.ts'
import type { SignatureAlgorithm } from '../model/ports.ts'
import { digestBeside } from '../pki/algorithms.ts'
import { SIGNED_DIGEST_OCTETS } from '../pki/digest-algorithms.ts'
import { ANY_PURPOSE, DOCUMENT_PURPOSES } from '../pki/path-purpose.ts'
import { digestWeakness, signatureWeaknesses, type Weakness } from '../pki/path-strength.ts'
import type { FindingId } from './catalogue.ts'
import {
  answer,
  answerWithoutCertificate,
  type ExaminedSigner,
  missingCertificate,
  type SignerContext,
  unreadableAmong,
} from './signature-object.ts'

/**
 * Whether the algorithms count as proof under the policy at the time of interest. `digests`: further ones that the
 * object rests on, e.g. a token's imprint. ESSCertID's SHA-1 (RFC 2634) is not among them: it tells certificates of one
 * issuer and key apart and protects no content.
 */
export function checkAlgorithm(
  { object, subject, signer, candidate }: ExaminedSigner,
  { judgement, time, timeSource, contentTime }: SignerContext,
  digests: readonly string[],
): Finding {
  const id: FindingId = object.kind === 'signature' ? 'signature.algorithm' : 'timestamp.algorithm'
  const named = [signer.digestAlgorithm]
  for (const digest of digests) if (!named.includes(digest)) named.push(digest)
  // An unknown digest cannot be computed; whether it is weak is not known here.
  const unknown: string[] = []
  const weaknesses: Weakness[] = []
  for (const digest of named) {
    const isKnown = Object.hasOwn(SIGNED_DIGEST_OCTETS, digest)
    const weakness = isKnown ? digestWeakness(digest, judgement.policy, time) : null
    if (!isKnown) unknown.push(digest)
    if (weakness !== null) weaknesses.push(weakness)
  }
  const row = candidate?.signatureAlgorithm ?? null
  if (row !== null) weaknesses.push(...signatureWeaknesses(row, candidate?.rsaBits ?? null, judgement.policy, time))

  const evidence: Evidence[] = [
    { name: 'digestAlgorithm', found: signer.digestAlgorithm },
    { name: 'signatureAlgorithm', found: row === null ? signer.signatureAlgorithmOid : nameOfScheme(row) },
    ...weaknesses.map(({ part, expected, found }) => ({ name: part, expected, found })),
  ]
  if (unknown.length > 0) {
    const met = unknown.map((found) => ({ name: 'unsupported', found: `digest ${found}` }))
    return answer(id, subject, 'INDETERMINATE:unsupported', [...evidence, ...met])
  }
  if (weaknesses.some(({ kind }) => kind === 'weak')) {
    return answer(id, subject, 'INDETERMINATE:weak', evidence, 'CRYPTO_CONSTRAINTS_FAILURE')
  }
  if (weaknesses.length > 0) {
    // A token was made at its genTime by its own account; a seal may be older than the time that is proved for it.
    const indication = object.kind === 'timestamp' ? 'CRYPTO_CONSTRAINTS_FAILURE' : 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
    const at = { name: timeSource, found: formatInstant(time) }
    return answer(id, subject, 'INDETERMINATE:ended', [...evidence, at], indication)
  }
  // The time-stamps prove the signature; its content they prove through this digest alone, for as long as it counts.
  const ended = contentTime === undefined ? null : digestWeakness(signer.digestAlgorithm, judgement.policy, contentTime)
  if (contentTime !== undefined && ended !== null) {
    const found: Evidence[] = [
      { name: 'messageDigest', expected: ended.expected, found: ended.found },
      { name: 'contentTime', found: formatInstant(contentTime) },
      { name: 'renewal', missing: 'renewal' },
    ]
    return answer(
      id,
      subject,
      'INDETERMINATE:content-ended',
      [...evidence, ...found],
      'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    )
  }
  if (candidate === null) {
    return answer(id, subject, 'INDETERMINATE:certificate-missing', [...evidence, missingCertificate(signer)])
  }
  if (row === null) {
    const met = { name: 'unsupported', found: candidate.unsupported ?? signer.signatureAlgorithmOid }
    return answer(id, subject, 'INDETERMINATE:unsupported', [...evidence, met])
  }
  // Without signed attributes there is no such digest (RFC 9882 §3.3: the field is then ignored).
  const beside = signer.signedAttrs === 'absent' ? 'named' : digestBeside(row, signer.digestAlgorithm)
  if (beside !== 'named') {
    const met = { name: 'digestBeside', expected: `a digest for ${nameOfScheme(row)}`, found: signer.digestAlgorithm }
    return beside === 'weaker'
      ? answer(id, subject, 'INDETERMINATE:digest-weaker', [...evidence, met], 'CRYPTO_CONSTRAINTS_FAILURE')
      : answer(id, subject, 'PASSED:other-digest', [...evidence, met])
  }
  // Both count, and RFC 5652 ties them to nothing: what was signed before RFC 8933 §3 did is no worse. Who follows that refuses it,
  // so it is said.
  if (signer.signatureDigest !== null && signer.signatureDigest !== signer.digestAlgorithm) {
    evidence.push({ name: 'signatureDigest', expected: signer.digestAlgorithm, found: signer.signatureDigest })
    return answer(id, subject, 'PASSED:digests-differ', evidence)
  }
  return answer(id, subject, 'PASSED', evidence)
}

/** `ml-dsa-65`, `slh-dsa-sha2-128s`; the others have one set of parameters, or name them elsewhere. */
function nameOfScheme(row: SignatureAlgorithm): string {
  return 'set' in row ? `${row.scheme}-${row.set}` : row.scheme
}

/**
 * Whether the signer's certificate is one for signing documents. A keyUsage without a signing bit contradicts the
 * signature (RFC 5280 §4.2.1.3). An authority's own certificate, or purposes of other kinds only, are not forbidden by
 * a standard for CMS, and are not taken for a signer's without more.
 */
export function checkSignerKeyUsage({ subject, signer, certificate }: ExaminedSigner): Finding {
  const id = 'signer.key-usage'
  if (certificate === null) {
    return answerWithoutCertificate(id, subject, signer)
  }
  const { keyUsage, basicConstraints, extendedKeyUsage } = certificate
  const evidence: Evidence[] = []
  const signs = keyUsage === null || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation')
  const usages = keyUsage === null ? 'absent' : [...keyUsage].join(' ')
  evidence.push({ name: 'keyUsage', expected: 'digitalSignature nonRepudiation', found: usages })
  const isAuthority = basicConstraints?.ca === true
  if (isAuthority) evidence.push({ name: 'basicConstraints.cA', expected: 'FALSE', found: 'TRUE' })
  const accepted = [...DOCUMENT_PURPOSES, ANY_PURPOSE]
  const purposes = extendedKeyUsage?.purposes ?? null
  const isForDocuments = purposes === null || purposes.some((purpose) => accepted.includes(purpose))
  if (purposes !== null) evidence.push({ name: 'extKeyUsage', expected: accepted.join(' '), found: purposes.join(' ') })
  if (!signs) return answer(id, subject, 'FAILED:key-usage', evidence, 'CHAIN_CONSTRAINTS_FAILURE')
  const unreadable = unreadableAmong(certificate, ['keyUsage', 'basicConstraints', 'extendedKeyUsage'])
  if (unreadable.length > 0) {
    return answer(id, subject, 'INDETERMINATE:unreadable', unreadable, 'CHAIN_CONSTRAINTS_FAILURE')
  }
  if (isAuthority) return answer(id, subject, 'INDETERMINATE:ca-certificate', evidence, 'CHAIN_CONSTRAINTS_FAILURE')
  if (!isForDocuments) {
    return answer(id, subject, 'INDETERMINATE:extended-key-usage', evidence, 'CHAIN_CONSTRAINTS_FAILURE')
  }
  return answer(id, subject, keyUsage === null ? 'PASSED:unrestricted' : 'PASSED', evidence)
}

/**
 * Whether the time of interest lies in the certificate's period. Outside it is INDETERMINATE (ETSI EN 319 102-1,
 * NOT_YET_VALID, EXPIRED, OUT_OF_BOUNDS_NO_POE): a seal proved only after the end may still have been made before it.
 */
export function checkValidity(
  { object, subject, signer, certificate }: ExaminedSigner,
  context: SignerContext,
): Finding {
  const id: FindingId = object.kind === 'signature' ? 'signer.validity' : 'timestamp.validity'
  if (certificate === null) {
    return answerWithoutCertificate(id, subject, signer)
  }
  const { time, timeSource } = context
  const expected = `${formatInstant(certificate.notBefore)}/${formatInstant(certificate.notAfter)}`
  const evidence = [{ name: timeSource, expected, found: formatInstant(time) }]
  if (compareInstants(time, certificate.notBefore) < 0) {
    return answer(id, subject, 'INDETERMINATE:not-yet-valid', evidence, 'NOT_YET_VALID')
  }
  if (compareInstants(time, certificate.notAfter) > 0) {
    const indication = object.kind === 'timestamp' ? 'EXPIRED' : 'OUT_OF_BOUNDS_NO_POE'
    return answer(id, subject, 'INDETERMINATE:expired', evidence, indication)
  }
  return answer(id, subject, 'PASSED', evidence)
}
