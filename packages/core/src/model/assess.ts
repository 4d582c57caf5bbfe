import { CATALOGUE } from '../checks/catalogue.ts'
import { AXES, type Axis, type Finding, type SubIndication } from './finding.ts'
import type { Policy } from './policy.ts'

/** ETSI EN 319 102-1 §5.1.3, by analogy for a whole bundle. */
export type Indication = 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE'

/** What became of one axis: the worst of its findings, and how many there are of each value. */
export interface AxisAssessment {
  readonly value: 'PASSED' | 'FAILED' | 'INDETERMINATE' | 'NOT-CHECKED'
  readonly required: boolean
  /** Indexes, in the list of findings, of those that decided the value: the worst ones. Empty for PASSED. */
  readonly decisive: readonly number[]
  /** Counted findings by value. */
  readonly counts: Readonly<Record<Finding['value'], number>>
}

/** The roll-up of a report: what became of each axis, and of all that the policy requires. */
export interface Assessment {
  readonly indication: Indication
  readonly axes: Readonly<Record<Axis, AxisAssessment>>
  /** Of the decisive finding that has one and stands first in the catalogue. */
  readonly subIndication?: SubIndication
}

/** What of a policy decides how findings add up. */
export type RollUpRules = Pick<Policy, 'requiredAxes' | 'mayBeNotChecked' | 'mayBeWithheld'>

/**
 * The one roll-up. Each axis is the worst of its counted findings; the whole is the worst of the axes that the policy
 * requires, and FAILED on any axis, required or not, makes the whole TOTAL-FAILED. Zero checks are never a pass.
 */
export function assess(findings: readonly Finding[], policy: RollUpRules): Assessment {
  const axes = assessAxes(findings, groupsThatReachedTheirThreshold(findings), policy)
  const failed: Axis[] = []
  const open: Axis[] = []
  for (const axis of AXES) {
    const { value, required } = axes[axis]
    if (value === 'FAILED') failed.push(axis)
    else if (required && value !== 'PASSED') open.push(axis)
  }
  if (failed.length + open.length === 0)
    return { indication: policy.requiredAxes.length === 0 ? 'INDETERMINATE' : 'TOTAL-PASSED', axes }
  const indication = failed.length > 0 ? 'TOTAL-FAILED' : 'INDETERMINATE'

  const decisive = new Set((failed.length > 0 ? failed : open).flatMap((axis) => axes[axis].decisive))
  const subIndication = firstSubIndication(findings.filter((_, index) => decisive.has(index)))
  return { indication, axes, ...(subIndication === undefined ? {} : { subIndication }) }
}

const PLACE: ReadonlyMap<string, number> = new Map(CATALOGUE.map(({ id }, index) => [id, index]))

/** By the catalogue and then by name, so that the order of the findings does not matter. */
function firstSubIndication(findings: readonly Finding[]): SubIndication | undefined {
  let first: { readonly place: number; readonly subIndication: SubIndication } | undefined
  for (const { id, subIndication } of findings) {
    const place = PLACE.get(id) ?? CATALOGUE.length
    if (subIndication === undefined || (first !== undefined && place > first.place)) continue
    if (first === undefined || place < first.place || subIndication < first.subIndication)
      first = { place, subIndication }
  }
  return first?.subIndication
}

/** In one pass over the findings: there may be as many as a bundle has objects. */
function assessAxes(
  findings: readonly Finding[],
  reached: ReadonlySet<string>,
  policy: RollUpRules,
): Record<Axis, AxisAssessment> {
  const seen = new Map<Axis, SeenOfAxis>()
  for (const [index, finding] of findings.entries()) {
    if (!isCounted(finding, reached)) continue
    let ofAxis = seen.get(finding.axis)
    if (ofAxis === undefined) {
      const counts = { PASSED: 0, FAILED: 0, INDETERMINATE: 0, 'NOT-CHECKED': 0, WITHHELD: 0 }
      ofAxis = { required: policy.requiredAxes.includes(finding.axis), counts, failed: [], open: [] }
      seen.set(finding.axis, ofAxis)
    }
    ofAxis.counts[finding.value]++
    if (finding.value === 'FAILED') ofAxis.failed.push(index)
    else if (costsCertainty(finding, ofAxis.required, policy)) ofAxis.open.push(index)
  }
  const axes = {} as Record<Axis, AxisAssessment>
  for (const axis of AXES) {
    const ofAxis = seen.get(axis)
    if (ofAxis !== undefined) axes[axis] = assessAxis(ofAxis)
    else axes[axis] = policy.requiredAxes.includes(axis) ? NOTHING_REQUIRED : NOTHING
  }
  return axes
}

interface SeenOfAxis {
  readonly required: boolean
  readonly counts: Record<Finding['value'], number>
  /** Indexes of the findings. */
  readonly failed: number[]
  readonly open: number[]
}

/** Of an axis without findings: zero checks are never a pass. */
const NOTHING: AxisAssessment = assessAxis({
  required: false,
  counts: { PASSED: 0, FAILED: 0, INDETERMINATE: 0, 'NOT-CHECKED': 0, WITHHELD: 0 },
  failed: [],
  open: [],
})
const NOTHING_REQUIRED: AxisAssessment = { ...NOTHING, value: 'INDETERMINATE', required: true }

function assessAxis({ required, counts, failed, open }: SeenOfAxis): AxisAssessment {
  if (failed.length > 0) return { value: 'FAILED', required, decisive: failed, counts }
  if (open.length > 0) return { value: 'INDETERMINATE', required, decisive: open, counts }
  if (counts.PASSED > 0) return { value: 'PASSED', required, decisive: [], counts }
  return { value: required ? 'INDETERMINATE' : 'NOT-CHECKED', required, decisive: [], counts }
}

function isCounted(finding: Finding, reached: ReadonlySet<string>): boolean {
  if (finding.role === 'candidate-path') return false
  if (finding.value !== 'INDETERMINATE' && finding.value !== 'NOT-CHECKED') return true
  // Of a group that reached its threshold, all findings about the threshold are PASSED.
  return finding.alternative === undefined || !reached.has(finding.alternative.group)
}

function costsCertainty({ id, value }: Finding, required: boolean, policy: RollUpRules): boolean {
  if (value === 'PASSED') return false
  if (value === 'NOT-CHECKED') return required && !policy.mayBeNotChecked.includes(id)
  if (value === 'WITHHELD') return required && !policy.mayBeWithheld.includes(id)
  // INDETERMINATE, and whatever else is not known to be right.
  return true
}

function groupsThatReachedTheirThreshold(findings: readonly Finding[]): ReadonlySet<string> {
  const reached = new Set<string>()
  const short = new Set<string>()
  for (const finding of findings) {
    if (finding.id !== 'timestamp.threshold' || finding.alternative === undefined) continue
    ;(finding.value === 'PASSED' ? reached : short).add(finding.alternative.group)
  }
  // A contradiction about one group (both values) is settled against it.
  for (const group of short) reached.delete(group)
  return reached
}
