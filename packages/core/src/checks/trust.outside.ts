import type { Evidence, Finding } from '../model/finding.ts'
import { compareInstants, parseInstant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import { answer } from './signature-object.ts'

/**
 * Whether the trust set's very bytes lie in what is judged. A trust set is canonical JSON, so the same set has the same
 * bytes; one that came along with the evidence is the evidence's own word about whom to believe. It is refused, and
 * makes nothing FAILED, because anybody can put a file beside a seal.
 *
 * `contentDigests`: SHA-256, hex, of the files that are judged, at least of all small ones.
 */
export function isTrustSetInside({ trustSet }: Judgement, contentDigests: ReadonlySet<string>): boolean {
  return trustSet !== null && contentDigests.has(trustSet.sha256)
}

/** `rests`: something is judged by the set; a set that nothing rests on is no step towards knowing a signer. */
export function checkTrustOutside(
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
  rests: 'something' | 'nothing',
): Finding {
  const id = 'trust.outside'
  const { trustSet, validationTime, inputs } = judgement
  if (trustSet === null) {
    const subject = { kind: 'trust-set', name: '' } as const
    return answer(id, subject, 'NOT-CHECKED:no-trust-set', [{ name: 'trustSet', missing: 'trust-set' }])
  }
  const subject = { kind: 'trust-set', name: trustSet.sha256 } as const
  if (rests === 'nothing') return answer(id, subject, 'NOT-CHECKED:nothing-rests')
  const { issuer, number, date, reviewBy } = trustSet.file
  const evidence: Evidence[] = [
    { name: 'issuer', found: issuer },
    { name: 'number', found: `${number}` },
    { name: 'date', found: date },
    { name: 'setCode', found: inputs.setCode },
  ]
  if (isTrustSetInside(judgement, contentDigests)) {
    return answer(id, subject, 'INDETERMINATE:inside-bundle', [...evidence, { name: 'trustSet', missing: 'trust-set' }])
  }
  const review = parseInstant(reviewBy)
  if (review !== undefined && compareInstants(validationTime, review) > 0) {
    return answer(id, subject, 'PASSED:review-overdue', [...evidence, { name: 'reviewBy', found: reviewBy }])
  }
  return answer(id, subject, 'PASSED', evidence)
}
