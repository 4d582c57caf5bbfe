import { AXES, type Axis, type Finding, type FindingValue, type Report } from '@probatum/core'

/** In the order in which a reader must see them. */
export const VALUES = [
  'FAILED',
  'INDETERMINATE',
  'WITHHELD',
  'NOT-CHECKED',
  'PASSED',
] as const satisfies readonly FindingValue[]

export interface AxisChecks {
  readonly axis: Axis
  readonly value: FindingValue
  readonly isRequired: boolean
  /** Problems first; else in the order of the catalogue. Candidate paths are not among them. */
  readonly findings: readonly Finding[]
  readonly counts: Readonly<Record<FindingValue, number>>
}

/** Every finding under its axis. Nothing is left out: what did not run is listed as not checked. */
export function checksByAxis({ body }: Report): readonly AxisChecks[] {
  return AXES.flatMap((axis) => {
    const findings = body.findings.filter((finding) => finding.axis === axis && finding.role === undefined)
    const { value, required, counts } = body.assessment.axes[axis]
    if (findings.length === 0 && !required) return []
    const ordered = VALUES.flatMap((one) => findings.filter((finding) => finding.value === one))
    return [{ axis, value, isRequired: required, findings: ordered, counts }]
  })
}

/** Chains that were tried for the object of a finding; printed beside it, and never counted. */
export function candidatesOf(finding: Finding, { body }: Report): readonly Finding[] {
  if (finding.id !== 'signer.path' && finding.id !== 'timestamp.path') return []
  return body.findings.filter(
    ({ id, role, subject }) =>
      role === 'candidate-path' && id === `${finding.id}-candidate` && subject.name === finding.subject.name,
  )
}

/** How many are open, and whether the policy asks for them: a result may hold where it does not. */
export function countOpen({ body }: Report): { readonly asked: number; readonly notAsked: number } {
  const open = body.findings.filter(({ value, role }) => value === 'INDETERMINATE' && role === undefined)
  const asked = open.filter(({ axis }) => body.assessment.axes[axis].required).length
  return { asked, notAsked: open.length - asked }
}

/** How many findings have each value, candidate paths apart. */
export function countValues({ body }: Report): Readonly<Record<FindingValue, number>> {
  const counts: Record<FindingValue, number> = { PASSED: 0, FAILED: 0, INDETERMINATE: 0, 'NOT-CHECKED': 0, WITHHELD: 0 }
  for (const { value, role } of body.findings) if (role === undefined) counts[value]++
  return counts
}
