import { canonicalise, formatInstant, type Instant, type TrustSetFile, toBase64 } from '@probatum/core'
import type { DemonstrationAuthority } from './demonstration.ts'

/** Bytes of a trust set for a demonstration authority: marked as a sample, and good for nothing else. */
export function demonstrationTrustSet(authority: DemonstrationAuthority, now: Instant): Uint8Array {
  const day = (instant: Instant) => formatInstant(instant).slice(0, 10)
  const source = 'made in memory for a demonstration'
  const set: TrustSetFile = {
    trustSet: 'probatum/trust-set/1-draft',
    issuer: 'DEMONSTRATION ONLY – Probatum sample',
    number: 1,
    date: day(now),
    reviewBy: day({ epochSeconds: now.epochSeconds + 365 * 86_400, fraction: '' }),
    sample: true,
    anchors: [
      { role: 'signer', label: 'demonstration signer root', source, certificate: toBase64(authority.roots.signer) },
      {
        role: 'time-stamp-authority',
        label: 'demonstration time-stamp root',
        source,
        certificate: toBase64(authority.roots.timeStampAuthority),
      },
      { role: 'log', label: 'demonstration log', source, verifierKey: authority.log.verifierKey },
    ],
  }
  return canonicalise(set)
}
