import { describeTrustSet, type Policy, serializePolicy, type TrustSet, toHex, trustSetCode } from '@probatum/core'
import type { WebPorts } from '@probatum/platform/browser'
import type { PolicyChoice, TrustSetChoice } from './engine.ts'

/** A trust set as it is offered to a person. */
export function describeChoice(set: TrustSet, own: Pick<TrustSetChoice, 'id' | 'from' | 'file'>): TrustSetChoice {
  const { issuer, number, date, reviewBy, sample } = set.file
  return {
    ...own,
    sha256: set.sha256,
    issuer,
    number,
    date,
    reviewBy,
    sample: sample ?? false,
    code: trustSetCode(set.sha256),
    anchors: describeTrustSet(set).map(({ entry, certificate }) => ({
      label: entry.label,
      role: entry.role,
      source: entry.source,
      subject: certificate?.subject.text ?? null,
      sha256: certificate?.sha256 ?? '',
    })),
  }
}

/** A policy as it is offered; the id of one that is not the program’s own says where it is from. */
export function policyChoice(
  policy: Policy,
  id: string,
  from: PolicyChoice['from'],
  digest: WebPorts['smallDigest'],
): PolicyChoice {
  const sha256 = toHex(digest('sha256', serializePolicy(policy)))
  return {
    id: from === 'program' ? policy.id : `${policy.id} (${id})`,
    sha256,
    from,
    requiredAxes: policy.requiredAxes,
  }
}
