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

/**
 * Chains that were tried for the object of a finding; printed beside it, and never counted. Where several findings are about one
 * object, beside the first of them.
 */
export function candidatesOf(finding: Finding, { body }: Report): readonly Finding[] {
  if (finding.id !== 'signer.path' && finding.id !== 'timestamp.path') return []
  return candidatesIn(body.findings).get(finding) ?? []
}

const candidates = new WeakMap<Report['body']['findings'], ReadonlyMap<Finding, readonly Finding[]>>()

/** Asked for each finding, and a report can have ten thousands of both. */
function candidatesIn(findings: Report['body']['findings']): ReadonlyMap<Finding, readonly Finding[]> {
  const known = candidates.get(findings)
  if (known !== undefined) return known
  const byPlace = new Map<string, Finding[]>()
  for (const finding of findings) {
    if (finding.role !== 'candidate-path') continue
    const place = `${finding.id} ${finding.subject.name}`
    const there = byPlace.get(place)
    if (there === undefined) byPlace.set(place, [finding])
    else there.push(finding)
  }
  const made = new Map<Finding, readonly Finding[]>()
  for (const finding of findings) {
    const place = `${finding.id}-candidate ${finding.subject.name}`
    const own = byPlace.get(place)
    if (own === undefined) continue
    made.set(finding, own)
    byPlace.delete(place)
  }
  candidates.set(findings, made)
  return made
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
