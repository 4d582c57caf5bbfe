import type { Evidence, Finding, SubIndication } from '../model/finding.ts'
import { addMicroseconds, compareInstants, formatInstant, type Instant, parseInstant } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import type { Certificate } from '../pki/certificate.ts'
import type { TstInfoFacts } from '../pki/facts.ts'
import type { CandidatePath, PathSearch } from '../pki/path.ts'
import { validatePath } from '../pki/path-validation.ts'
import { genTimeOf } from '../pki/signing-time.ts'
import { answer, type ExaminedSigner, missingCertificate, type SignerContext } from './signature-object.ts'
import { checkAlgorithm } from './signer.ts'

/**
 * The second statement about a token: how its time, good when it was made, is still believed at the validation time.
 * Its certificate, path and algorithms still hold; or a later token covered it while they did (ETSI EN 319 102-1 §5.6.2,
 * time sliding); or neither, and then whoever holds the authority's old key, or can break the old algorithm, could have made
 * it since.
 *
 * `path`: the one that held at genTime. `proofs`: times by which believed later tokens prove that this token existed.
 */
export function checkBelieved(
  examined: ExaminedSigner,
  tstInfo: TstInfoFacts,
  path: CandidatePath | null,
  proofs: readonly Instant[],
  context: SignerContext,
): Finding {
  const id = 'timestamp.believed'
  const { subject, signer, certificate, search } = examined
  const { validationTime } = context.judgement
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
  const holding = { ...examined, certificate, search }
  const now = obstacleAt(validationTime, holding, tstInfo, context)
  if (now === null) return answer(id, subject, 'PASSED', evidence)
  const renewed = proofs
    .filter(
      (time) => compareInstants(time, validationTime) <= 0 && obstacleAt(time, holding, tstInfo, context) === null,
    )
    .toSorted(compareInstants)[0]
  if (renewed !== undefined) {
    return answer(id, subject, 'PASSED:renewed', [...evidence, { name: 'renewed', found: formatInstant(renewed) }])
  }
  // A renewal that came too late is no proof, and is said, because it is the likely mistake.
  const late = proofs.map((time): Evidence => ({ name: 'renewedTooLate', found: formatInstant(time) }))
  // A renewal settles nothing about a method that is not known here.
  const wanted: Evidence[] = now.reason === 'unsupported' ? [] : [{ name: 'renewal', missing: 'renewal' }]
  const all: Evidence[] = [...evidence, ...now.evidence, ...late, ...wanted]
  return answer(id, subject, `INDETERMINATE:${now.reason}`, all, now.subIndication ?? undefined)
}

/** The moment at which a token is believed by itself no longer, and what ends then. */
export interface Ending {
  readonly at: Instant
  readonly because: 'certificate' | 'anchor' | 'anchor-interval' | 'algorithm'
  /** Subject of the certificate, label of the anchor, or name of the algorithm. */
  readonly name: string
  /** SHA-256 of the certificate; null for an algorithm. */
  readonly sha256: string | null
}

/**
 * When a token that held at its genTime ends to hold by itself: the first day on which something that it rests on ends, and no
 * other path takes its place. Null when nothing that is known here ends.
 */
export function endingOf(
  { certificate, search, ...examined }: ExaminedSigner,
  tstInfo: TstInfoFacts,
  context: SignerContext,
): Ending | null {
  if (certificate === null || search === null) return null
  const genTime = genTimeOf(tstInfo)
  const holding = { ...examined, certificate, search }
  const ends = endsOf(certificate, search, context.judgement.policy)
    .filter(({ at }) => compareInstants(at, genTime) > 0)
    .toSorted((a, b) => compareInstants(a.at, b.at) || (a.name < b.name ? -1 : 1))
  for (const end of ends) {
    // A certificate holds at its notAfter itself; an interval and an algorithm hold before their day.
    const isPeriod = end.because === 'certificate' || end.because === 'anchor'
    const then = isPeriod ? addMicroseconds(end.at, 1) : end.at
    if (obstacleAt(then, holding, tstInfo, context) !== null) return end
  }
  return null
}

/** Every moment at which something ends that a path of the token may rest on. */
function endsOf(certificate: Certificate, { candidates }: PathSearch, policy: Policy): readonly Ending[] {
  const certificates = new Map(
    [certificate, ...candidates.flatMap((path) => path.certificates)].map((c) => [c.sha256, c]),
  )
  const anchors = new Map(candidates.map(({ anchor }) => [anchor.sha256, anchor]))
  const intervals = new Map(
    candidates
      .flatMap(({ anchor, endingKeys = [] }) => [anchor, ...endingKeys])
      .map((anchor) => [anchor.sha256, anchor]),
  )
  return [
    ...[...certificates.values()].map(
      ({ notAfter: at, subject, sha256 }): Ending => ({ at, because: 'certificate', name: subject.text, sha256 }),
    ),
    ...[...anchors.values()].map(
      ({ notAfter: at, label, sha256 }): Ending => ({ at, because: 'anchor', name: label, sha256 }),
    ),
    ...[...intervals.values()].flatMap(({ until, label, sha256 }): Ending[] =>
      until === null ? [] : [{ at: until, because: 'anchor-interval', name: label, sha256 }],
    ),
    ...endsOfAlgorithms(policy),
  ]
}

/** The days on which algorithms end, as the policy's table has them. */
export function endsOfAlgorithms({ algorithms }: Policy): readonly Ending[] {
  const ended = (until: string | undefined, name: string): Ending[] => {
    const at = until === undefined ? undefined : parseInstant(until)
    return at === undefined ? [] : [{ at, because: 'algorithm', name, sha256: null }]
  }
  return [
    ...Object.entries(algorithms.digests).flatMap(([name, { until }]) => ended(until, name)),
    ...(algorithms.rsaUntil ?? []).flatMap(({ bits, until }) => ended(until, `rsa ${bits}`)),
  ]
}

interface Obstacle {
  readonly reason: 'expired' | 'algorithm-ended' | 'unsupported' | 'path-ended'
  readonly evidence: readonly Evidence[]
  /** Null: what is not known here is no failure of the cryptography. */
  readonly subIndication: SubIndication | null
}

/** Why the token does not hold by itself at a time after its own; null when it does. */
function obstacleAt(
  time: Instant,
  examined: ExaminedSigner & { readonly certificate: Certificate; readonly search: PathSearch },
  tstInfo: TstInfoFacts,
  context: SignerContext,
): Obstacle | null {
  if (compareInstants(time, examined.certificate.notAfter) > 0) {
    return { reason: 'expired', evidence: [], subIndication: 'NO_POE' }
  }
  const then: SignerContext = { ...context, time, timeSource: 'validationTime' }
  const algorithm = checkAlgorithm(examined, then, [tstInfo.imprintAlgorithm])
  if (algorithm.value !== 'PASSED') {
    if (algorithm.reason === 'unsupported') {
      return { reason: 'unsupported', evidence: algorithm.evidence, subIndication: null }
    }
    const subIndication = 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
    return { reason: 'algorithm-ended', evidence: algorithm.evidence, subIndication }
  }
  // Any path of that day serves: an authority may have changed its root since.
  const { policy } = context.judgement
  const verdicts = examined.search.candidates.map((candidate) => validatePath(candidate, time, policy))
  if (verdicts.some(({ value }) => value === 'PASSED')) return null
  const problems = verdicts.flatMap((verdict) =>
    verdict.problems.map((problem) => ({
      ...problem.evidence,
      name: `${problem.reason} ${problem.certificate} ${problem.evidence.name}`,
    })),
  )
  return { reason: 'path-ended', evidence: problems, subIndication: 'NO_POE' }
}
