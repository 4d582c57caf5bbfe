import {
  DEFAULT_POLICY_ID,
  type Instant,
  type Judgement,
  PLAIN_INPUTS,
  type Policy,
  parseCertificate,
  parseInstant,
  parseTrustSet,
  SHIPPED_POLICIES,
  serializePolicy,
  toHex,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'

/** An instant or a day that the caller itself wrote (`2026-03-14T09:12:00Z`, `2026-03-14`): any other text is an error of the caller. */
export function instant(text: string): Instant {
  const parsed = parseInstant(text)
  if (parsed === undefined) throw new TypeError(`no such instant: ${text}`)
  return parsed
}

export function shippedPolicy(id: string = DEFAULT_POLICY_ID): Policy {
  const policy = SHIPPED_POLICIES.find((one) => one.id === id)
  if (policy === undefined) throw new TypeError(`no policy ${id}`)
  return policy
}

/** By what is judged when nothing else is asked: the default policy, and a trust set as bytes, or none. */
export function judgementOf(given: {
  readonly policy?: Policy
  readonly trustSet: Uint8Array | null
  readonly at: string
}): Judgement {
  const { policy = shippedPolicy(), trustSet, at } = given
  return {
    policy,
    policySha256: toHex(nodeSmallDigest('sha256', serializePolicy(policy))),
    trustSet: trustSet === null ? null : parseTrustSet(trustSet, parseCertificate, nodeSmallDigest),
    validationTime: instant(at),
    inputs: PLAIN_INPUTS,
  }
}
