import type { Evidence, Finding } from '../model/finding.ts'
import { formatInstant } from '../model/instant.ts'
import { keyWeaknesses } from '../pki/path-strength.ts'
import { describeKey, type KeyDescription } from '../pki/public-key.ts'
import type { FindingId } from './catalogue.ts'
import { answer, answerWithoutCertificate, type ExaminedSigner, type SignerContext } from './signature-object.ts'

/**
 * Whether a certificate's own key is one that can be verified with, and counts as proof under the policy at the time of
 * interest. Asked of a certificate alone: where something is signed, `signature.algorithm` judges the key that signed it.
 */
export function checkKey(
  { object, subject, signer, certificate }: ExaminedSigner,
  { judgement, time, timeSource }: SignerContext,
): Finding {
  const id: FindingId = object.kind === 'signature' ? 'signer.key' : 'timestamp.key'
  if (certificate === null) return answerWithoutCertificate(id, subject, signer)
  const key = describeKey(certificate.spki)
  const evidence: Evidence[] = [{ name: 'subjectPublicKeyInfo', found: nameOfKey(key) }]
  const weaknesses = keyWeaknesses(key, judgement.policy, time)
  if (weaknesses === null) return answer(id, subject, 'INDETERMINATE:unsupported', evidence)
  for (const { part, expected, found } of weaknesses) evidence.push({ name: part, expected, found })
  if (weaknesses.some(({ kind }) => kind === 'weak')) {
    return answer(id, subject, 'INDETERMINATE:weak', evidence, 'CRYPTO_CONSTRAINTS_FAILURE')
  }
  if (weaknesses.length === 0) return answer(id, subject, 'PASSED', evidence)
  const at = { name: timeSource, found: formatInstant(time) }
  return answer(id, subject, 'INDETERMINATE:ended', [...evidence, at], 'CRYPTO_CONSTRAINTS_FAILURE')
}

function nameOfKey(key: KeyDescription): string {
  switch (key.kind) {
    case 'rsa':
      return `${key.scheme === 'pss' ? 'rsa-pss' : 'rsa'} ${key.bits}`
    case 'ec':
      return key.curve
    case 'ml-dsa':
    case 'slh-dsa':
      return `${key.kind}-${key.set}`
    case 'other':
      return key.met
    default:
      return key.kind
  }
}
