import { compareInstants, type Instant, parseInstant } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import type { DigestAlgorithm, SignatureAlgorithm } from '../model/ports.ts'

/** A part of an algorithm that the policy does not count as proof at the time asked about. */
export interface Weakness {
  readonly part: 'digest' | 'scheme' | 'key-size' | 'curve'
  /** `ended`: it counted until a day, and that is not after the time. */
  readonly kind: 'weak' | 'ended'
  readonly expected: string
  readonly found: string
}

/** Of a digest that stands as proof in something used at `time`. A name that is no DigestAlgorithm counts for nothing. */
export function digestWeakness(algorithm: string, policy: Policy, time: Instant): Weakness | null {
  const counted: Readonly<Record<string, { readonly until?: string } | undefined>> = policy.algorithms.digests
  const rule = Object.hasOwn(counted, algorithm) ? counted[algorithm] : undefined
  if (rule === undefined) {
    return { part: 'digest', kind: 'weak', expected: Object.keys(counted).join(' '), found: algorithm }
  }
  if (rule.until === undefined) return null
  const until = parseInstant(rule.until)
  if (until === undefined) throw new TypeError(`policy: until of ${algorithm} is no RFC 3339 date: ${rule.until}`)
  if (compareInstants(time, until) < 0) return null
  return { part: 'digest', kind: 'ended', expected: `before ${rule.until}`, found: algorithm }
}

/** Of a signature algorithm with its key. All problems, in the order scheme, digest, key. */
export function signatureWeaknesses(
  algorithm: SignatureAlgorithm,
  rsaBits: number | null,
  policy: Policy,
  time: Instant,
): Weakness[] {
  const weaknesses: Weakness[] = []
  const { schemes, curves, rsaMinimumBits } = policy.algorithms
  if (!schemes.includes(algorithm.scheme)) {
    weaknesses.push({ part: 'scheme', kind: 'weak', expected: schemes.join(' '), found: algorithm.scheme })
  }
  for (const digest of digestsOf(algorithm)) {
    const weakness = digestWeakness(digest, policy, time)
    if (weakness !== null) weaknesses.push(weakness)
  }
  if (algorithm.scheme === 'ecdsa' && !curves.includes(algorithm.curve)) {
    weaknesses.push({ part: 'curve', kind: 'weak', expected: curves.join(' '), found: algorithm.curve })
  }
  if ((algorithm.scheme === 'rsa-pkcs1' || algorithm.scheme === 'rsa-pss') && (rsaBits ?? 0) < rsaMinimumBits) {
    weaknesses.push({ part: 'key-size', kind: 'weak', expected: `${rsaMinimumBits}`, found: `${rsaBits ?? 'unknown'}` })
  }
  return weaknesses
}

/** The digests that a signature's strength rests on. MGF1 under another digest than the message's is judged too. */
function digestsOf(algorithm: SignatureAlgorithm): readonly DigestAlgorithm[] {
  switch (algorithm.scheme) {
    case 'rsa-pss':
      return algorithm.digest === algorithm.mgfDigest ? [algorithm.digest] : [algorithm.digest, algorithm.mgfDigest]
    case 'rsa-pkcs1':
    case 'ecdsa':
      return [algorithm.digest]
    default:
      return []
  }
}
