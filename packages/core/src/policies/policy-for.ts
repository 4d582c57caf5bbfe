import { LATER_CONSENTS_FINDING } from '../checks/authorisation.later-consents.ts'
import { NOTICES_FINDING } from '../checks/authorisation.notices.ts'
import { AUTHORISATION_FINDINGS } from '../checks/authorisation.ts'
import { DISCLOSURE_FINDINGS } from '../checks/disclosure-given.ts'
import { DOCUMENT_BESIDE } from '../checks/document.ts'
import { RECORD_FINDING } from '../checks/evidence.record.ts'
import { axisOfRole } from '../checks/lone-certificate.ts'
import type { Facts } from '../model/facts.ts'
import { AXES, type Axis, type Finding } from '../model/finding.ts'
import type { Policy } from '../model/policy.ts'

/** Axes that a thing can have: a token alone has a time, and neither content nor custody; a signature also a signer. */
const AXES_OF: Readonly<Record<Facts['kind'], readonly Axis[]>> = {
  bundle: AXES,
  bag: AXES,
  timestamp: ['time'],
  signature: ['signer', 'time'],
  certificate: ['signer', 'time'],
  document: ['bytes', 'signer', 'time'],
  'evidence-record': ['time'],
}

/** What of the facts decides which axes can be asked for. */
export type AskedAbout = Pick<Facts, 'kind'> &
  Partial<Record<'disclosures' | 'document' | 'evidenceRecords', unknown>> & {
    readonly target?: Pick<NonNullable<Facts['target']>, 'role'>
  }

/** What a policy asks of a thing of this kind, with what was given beside it. */
export function policyFor({ kind, target, disclosures, document, evidenceRecords }: AskedAbout, given: Policy): Policy {
  // A certificate is asked about in one role.
  const possible: readonly Axis[] = target === undefined ? AXES_OF[kind] : [axisOfRole(target.role)]
  const requiredAxes = given.requiredAxes.filter((axis) => possible.includes(axis))
  const isAsked = requiredAxes.includes('disclosure')
  // Whoever gives a file of openings asks whether they hold, under any policy; and asks for nothing that is not shown.
  const opens = disclosures !== undefined && document === undefined && kind !== 'evidence-record'
  const beside = opens ? [LATER_CONSENTS_FINDING, ...(isAsked ? [] : DISCLOSURE_FINDINGS)] : []
  return {
    ...given,
    requiredAxes: opens && !isAsked ? [...requiredAxes, 'disclosure'] : requiredAxes,
    mayBeNotChecked: [
      ...given.mayBeNotChecked,
      ...beside,
      // As of a day before it was made a record says nothing.
      ...(evidenceRecords === undefined ? [] : [RECORD_FINDING]),
      ...(document === undefined ? [] : DOCUMENT_BESIDE),
      // A renewal of later than the validation time asks nothing as of that time.
      ...(kind === 'evidence-record' ? (['evidence.renewal'] as const) : []),
    ],
    mayBeWithheld: [...given.mayBeWithheld, ...beside],
  }
}

/**
 * A notice that says something of this bundle counts under any policy: whoever gave it asks what it says. So does another
 * recipient: whoever names one asks whether the bundle is for them.
 */
export function withNotices(policy: Policy, findings: readonly Finding[]): Policy {
  const says = findings.some(({ id, value, reason }) => {
    if (value !== 'INDETERMINATE') return false
    // That a bundle does not state its recipient's key says nothing against whoever asks.
    return id === NOTICES_FINDING || (id === 'authorisation.recipient' && reason !== 'key-not-stated')
  })
  if (!says || policy.requiredAxes.includes('authorisation')) return policy
  // And for nothing else of that axis.
  return {
    ...policy,
    requiredAxes: [...policy.requiredAxes, 'authorisation'],
    mayBeNotChecked: [...policy.mayBeNotChecked, ...AUTHORISATION_FINDINGS],
    mayBeWithheld: [...policy.mayBeWithheld, ...AUTHORISATION_FINDINGS],
  }
}
