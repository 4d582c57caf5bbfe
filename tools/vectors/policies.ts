import { type Policy, serializePolicy } from '@probatum/core'
import { shippedPolicy } from '../testing/judgement.ts'

/** The same with an end of SHA-256 that nobody has announced: for what becomes of old bundles then. */
function withoutSha256From(until: string, id: string): Policy {
  const policy = shippedPolicy(id)
  const digests = { ...policy.algorithms.digests, sha256: { until } }
  return { ...policy, id: `${id}-sha256-ended`, algorithms: { ...policy.algorithms, digests } }
}

/** `court`, with one authority, and revocation where there is data: so that a vector shows what its name says and no more. */
function sharing(): Policy {
  const court = shippedPolicy('court')
  const { revocation, timestamps, mayBeNotChecked } = shippedPolicy('sealed')
  return {
    ...court,
    id: 'sharing',
    mayBeNotChecked: [...new Set([...court.mayBeNotChecked, ...mayBeNotChecked])],
    revocation,
    timestamps,
  }
}

/** Policies that vectors name and that are not shipped. */
export function policies(): ReadonlyMap<string, Uint8Array> {
  const made = [withoutSha256From('2034-01-01', 'sealed'), sharing()]
  return new Map(made.map((policy) => [policy.id, serializePolicy(policy)]))
}
