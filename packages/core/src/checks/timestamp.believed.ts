import type { Evidence, Finding } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant } from '../model/instant.ts'
import type { TstInfoFacts } from '../pki/facts.ts'
import type { CandidatePath } from '../pki/path.ts'
import { validatePath } from '../pki/path-validation.ts'
import { genTimeOf } from '../pki/signing-time.ts'
import { answer, type ExaminedSigner, missingCertificate, type SignerContext } from './signature-object.ts'
import { checkAlgorithm } from './signer.ts'

/**
 * The second statement about a token: how its time, good when it was made, is still believed at the validation time.
 * Its certificate, path and algorithms still hold; or a later token renewed it while they did; or neither, and then
 * whoever holds the authority's old key, or can break the old algorithm, could have made it since.
 *
 * `path`: the one that held at genTime. `renewed`: the proved time of a later token over this one, made while it still
 * held; null until the levels above seal/1 are judged.
 */
export function checkBelieved(
  examined: ExaminedSigner,
  tstInfo: TstInfoFacts,
  path: CandidatePath | null,
  renewed: Instant | null,
  context: SignerContext,
): Finding {
  const id = 'timestamp.believed'
  const { subject, signer, certificate, search } = examined
  const { validationTime, policy } = context.judgement
  if (certificate === null || search === null) {
    return answer(id, subject, 'INDETERMINATE:certificate-missing', [missingCertificate(signer)])
  }
  const genTime = genTimeOf(tstInfo)
  const evidence: Evidence[] = [
    { name: 'genTime', found: formatInstant(genTime) },
    { name: 'validationTime', found: formatInstant(validationTime) },
    { name: 'notAfter', found: formatInstant(certificate.notAfter) },
    // What `openssl ts -verify -attime` wants: seconds since 1970.
    { name: 'attime', found: `${genTime.epochSeconds}` },
  ]
  if (compareInstants(genTime, validationTime) > 0) return answer(id, subject, 'INDETERMINATE:in-future', evidence)
  if (path === null) return answer(id, subject, 'INDETERMINATE:no-path', evidence)
  if (renewed !== null) {
    return answer(id, subject, 'PASSED:renewed', [...evidence, { name: 'renewed', found: formatInstant(renewed) }])
  }
  const needed: Evidence = { name: 'renewal', missing: 'renewal' }
  if (compareInstants(validationTime, certificate.notAfter) > 0) {
    return answer(id, subject, 'INDETERMINATE:expired', [...evidence, needed], 'NO_POE')
  }
  const now: SignerContext = { ...context, time: validationTime, timeSource: 'validationTime' }
  const algorithm = checkAlgorithm(examined, now, [tstInfo.imprintAlgorithm])
  if (algorithm.value !== 'PASSED') {
    const all = [...evidence, ...algorithm.evidence, needed]
    return answer(id, subject, 'INDETERMINATE:algorithm-ended', all, 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE')
  }
  // Any path of today serves: an authority may have changed its root since.
  const verdicts = search.candidates.map((candidate) => validatePath(candidate, validationTime, policy))
  if (verdicts.some(({ value }) => value === 'PASSED')) return answer(id, subject, 'PASSED', evidence)
  const problems = verdicts.flatMap((verdict) =>
    verdict.problems.map((problem) => ({
      ...problem.evidence,
      name: `${problem.reason} ${problem.certificate} ${problem.evidence.name}`,
    })),
  )
  return answer(id, subject, 'INDETERMINATE:path-ended', [...evidence, ...problems, needed], 'NO_POE')
}
