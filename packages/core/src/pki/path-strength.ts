import { compareInstants, type Instant, parseInstant } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import type { DigestAlgorithm, SignatureAlgorithm } from '../model/ports.ts'
import type { KeyDescription } from './public-key.ts'

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
  if (compareInstants(time, dayOf(rule.until)) < 0) return null
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
  const { schemes, curves } = policy.algorithms
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
  if (algorithm.scheme === 'rsa-pkcs1' || algorithm.scheme === 'rsa-pss') {
    const weakness = rsaWeakness(rsaBits, policy, time)
    if (weakness !== null) weaknesses.push(weakness)
  }
  return weaknesses
}

/**
 * Of a key, whatever it will sign: that no scheme it can be used with counts, its size, its curve, the digests that it is
 * kept to. Null for a key that nothing here can verify with.
 */
export function keyWeaknesses(key: KeyDescription, policy: Policy, time: Instant): Weakness[] | null {
  const able = schemesOf(key)
  if (able === null) return null
  const { schemes, curves } = policy.algorithms
  const weaknesses: Weakness[] = []
  if (!able.some((scheme) => schemes.includes(scheme))) {
    weaknesses.push({ part: 'scheme', kind: 'weak', expected: schemes.join(' '), found: able.join(' ') })
  }
  if (key.kind === 'ec' && !curves.includes(key.curve)) {
    weaknesses.push({ part: 'curve', kind: 'weak', expected: curves.join(' '), found: key.curve })
  }
  if (key.kind !== 'rsa') return weaknesses
  if (key.only !== undefined && key.only !== 'unread') {
    for (const digest of new Set([key.only.digest, key.only.mgfDigest])) {
      const weakness = digestWeakness(digest, policy, time)
      if (weakness !== null) weaknesses.push(weakness)
    }
  }
  const size = rsaWeakness(key.bits, policy, time)
  return size === null ? weaknesses : [...weaknesses, size]
}

function schemesOf(key: KeyDescription): readonly SignatureAlgorithm['scheme'][] | null {
  switch (key.kind) {
    case 'rsa':
      if (key.only === 'unread') return null
      return key.scheme === 'pss' ? ['rsa-pss'] : ['rsa-pkcs1', 'rsa-pss']
    case 'ec':
      return ['ecdsa']
    case 'other':
      return null
    default:
      return [key.kind]
  }
}

/** Of an RSA key: too small at any time, or of a size that counted until a day. */
function rsaWeakness(rsaBits: number | null, { algorithms }: Policy, time: Instant): Weakness | null {
  const { rsaMinimumBits, rsaUntil = [] } = algorithms
  const bits = rsaBits ?? 0
  if (bits >= rsaMinimumBits) return null
  const found = `${rsaBits ?? 'unknown'}`
  // Of the rows that the size meets the one that lasts longest: a larger key never counts for less.
  const ends = rsaUntil.filter((row) => bits >= row.bits).map(({ until }) => ({ until, instant: dayOf(until) }))
  const last = ends.reduce<(typeof ends)[number] | null>(
    (a, b) => (a !== null && compareInstants(a.instant, b.instant) >= 0 ? a : b),
    null,
  )
  if (last === null) return { part: 'key-size', kind: 'weak', expected: `${rsaMinimumBits}`, found }
  if (compareInstants(time, last.instant) < 0) return null
  return { part: 'key-size', kind: 'ended', expected: `${rsaMinimumBits}, or before ${last.until}`, found }
}

/** A day of a policy, which `parsePolicy` has checked. */
function dayOf(date: string): Instant {
  const day = parseInstant(date)
  if (day === undefined) throw new TypeError(`policy: no RFC 3339 date: ${date}`)
  return day
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
