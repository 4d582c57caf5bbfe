import {
  type Assessment,
  AXES,
  type Axis,
  type assess,
  CATALOGUE,
  type Finding,
  type FindingValue,
  type RollUpRules,
  type SubIndication,
} from '@probatum/core'

/** What must hold of any roll-up: of ours, and of no wrong one (tools/long/roll-up-mutants.ts). */
export interface RollUpProperty {
  readonly name: string
  /**
   * The first combination of up to `size` findings for which it does not hold, in words. What the roll-up throws goes
   * through.
   */
  readonly counterexample: (rollUp: typeof assess, size: number) => string | undefined
}

const VALUES: readonly FindingValue[] = ['PASSED', 'NOT-CHECKED', 'WITHHELD', 'INDETERMINATE', 'FAILED']

/** A roll-up that writes into what it is given breaks here. */
function finding(
  given: Pick<Finding, 'axis' | 'value'> & Partial<Omit<Finding, 'id'>> & { readonly id: string },
): Finding {
  const spec = { document: 'An invented standard (sample)', section: '1' }
  const made = { subject: { kind: 'bundle', name: '' }, spec, evidence: [], ...given } as const
  // One id below is in no catalogue.
  return Object.freeze(made as Finding)
}

const group = (name: string) => Object.freeze({ group: name, member: '' })

/** A finding of each kind that the roll-up treats in its own way. */
const KINDS: Readonly<Record<string, (value: FindingValue) => Finding>> = {
  required: (value) => finding({ id: 'manifest.syntax', axis: 'completeness', value }),
  mayBeNotChecked: (value) => finding({ id: 'payload.oxum', axis: 'completeness', value }),
  mayBeWithheld: (value) => finding({ id: 'payload.present', axis: 'completeness', value }),
  unasked: (value) => finding({ id: 'custody.chain', axis: 'custody', value }),
  candidate: (value) => finding({ id: 'timestamp.path-candidate', axis: 'time', value, role: 'candidate-path' }),
  noAlternative: (value) => finding({ id: 'timestamp.path', axis: 'time', value }),
  member: (value) => finding({ id: 'timestamp.path', axis: 'time', value, alternative: group('g') }),
  threshold: (value) => finding({ id: 'timestamp.threshold', axis: 'time', value, alternative: group('g') }),
  otherMember: (value) => finding({ id: 'timestamp.path', axis: 'time', value, alternative: group('h') }),
  otherThreshold: (value) => finding({ id: 'timestamp.threshold', axis: 'time', value, alternative: group('h') }),
  thresholdOfNone: (value) => finding({ id: 'timestamp.threshold', axis: 'time', value }),
}
const EACH_KIND: readonly Finding[] = Object.values(KINDS).flatMap((kind) => VALUES.map(kind))

const SUB_INDICATIONS: readonly (SubIndication | undefined)[] = [undefined, 'HASH_FAILURE', 'NO_POE', 'TRY_LATER']
/** What the choice of a sub-indication can depend on: the axis, the place in the catalogue, the value and the name. */
const EACH_SUB_INDICATION: readonly Finding[] = (
  [
    ['manifest.syntax', 'completeness'],
    ['an.id-in-no-catalogue', 'completeness'],
    ['timestamp.path', 'time'],
    ['custody.chain', 'custody'],
  ] as const
).flatMap(([id, axis]) =>
  (['PASSED', 'NOT-CHECKED', 'INDETERMINATE', 'FAILED'] as const).flatMap((value) =>
    SUB_INDICATIONS.map((subIndication) =>
      finding({ id, axis, value, ...(subIndication === undefined ? {} : { subIndication }) }),
    ),
  ),
)

const rules = (given: Partial<RollUpRules>): RollUpRules => {
  const { requiredAxes = [], mayBeNotChecked = [], mayBeWithheld = [] } = given
  const frozen = [requiredAxes, mayBeNotChecked, mayBeWithheld].map((list) => Object.freeze([...list]))
  return Object.freeze({ requiredAxes: frozen[0], mayBeNotChecked: frozen[1], mayBeWithheld: frozen[2] } as RollUpRules)
}
const TWO_AXES = rules({
  requiredAxes: ['completeness', 'time'],
  mayBeNotChecked: ['payload.oxum'],
  mayBeWithheld: ['payload.present'],
})
/** And asked for nothing, for one axis, and for all of them. */
const RULES: readonly RollUpRules[] = [
  TWO_AXES,
  rules({}),
  rules({ requiredAxes: ['time'], mayBeNotChecked: ['timestamp.path', 'custody.chain'] }),
  rules({ requiredAxes: AXES, mayBeWithheld: ['custody.chain'] }),
]

interface Case {
  readonly findings: readonly Finding[]
  readonly policy: RollUpRules
}

/** Every set of up to `size` of the findings; each set in one order only, and a finding may stand in it more than once. */
function* setsOf(one: readonly Finding[], size: number, from = 0): Generator<readonly Finding[]> {
  yield []
  if (size === 0) return
  for (let at = from; at < one.length; at++) {
    const first = one[at] as Finding
    for (const rest of setsOf(one, size - 1, at)) yield [first, ...rest]
  }
}

/** Under each of the rules; sets of more than two under those that tell most apart. */
function* combinations(size: number): Generator<Case> {
  for (const one of [EACH_KIND, EACH_SUB_INDICATION]) {
    for (const policy of RULES) for (const findings of setsOf(one, Math.min(size, 2))) yield { findings, policy }
    for (const findings of setsOf(one, size)) if (findings.length > 2) yield { findings, policy: TWO_AXES }
  }
}

const inWords = ({ findings, policy }: Case): string => {
  const each = findings.map(({ id, value, subIndication, alternative }) =>
    [
      id,
      alternative === undefined ? '' : `(${alternative.group})`,
      ' ',
      value,
      subIndication === undefined ? '' : ` ${subIndication}`,
    ].join(''),
  )
  return `[${each.join(', ')}] asked for [${policy.requiredAxes.join(', ')}]`
}

/** A property of each combination alone. */
const ofEach = (name: string, holds: (given: Case, assessment: Assessment) => boolean): RollUpProperty => ({
  name,
  counterexample: (rollUp, size) => {
    for (const given of combinations(size))
      if (!holds(given, rollUp(given.findings, given.policy))) return inWords(given)
    return undefined
  },
})

// What the answers should be, said once more from the rules for verdicts, finding by finding and without any state.

const isThresholdOf = (name: string) => (one: Finding) =>
  one.id === 'timestamp.threshold' && one.alternative?.group === name

/** Candidates never count; nor does what is merely unknown of a token that was not needed. */
function counts(one: Finding, all: readonly Finding[]): boolean {
  if (one.role === 'candidate-path') return false
  if (!['INDETERMINATE', 'NOT-CHECKED'].includes(one.value) || one.alternative === undefined) return true
  const thresholds = all.filter(isThresholdOf(one.alternative.group))
  return thresholds.length === 0 || thresholds.some(({ value }) => value !== 'PASSED')
}

function leavesOpen({ id, axis, value }: Finding, policy: RollUpRules): boolean {
  if (value === 'INDETERMINATE') return true
  if (!policy.requiredAxes.includes(axis)) return false
  return (
    (value === 'NOT-CHECKED' && !policy.mayBeNotChecked.includes(id)) ||
    (value === 'WITHHELD' && !policy.mayBeWithheld.includes(id))
  )
}

const countedOn = (axis: Axis, { findings }: Case): readonly Finding[] =>
  findings.filter((one) => one.axis === axis && counts(one, findings))

/** Indexes of the findings that decide an axis: what failed, and where nothing did, what is open. */
function decisiveOn(axis: Axis, given: Case): readonly number[] {
  const { findings, policy } = given
  const indexed = findings.flatMap((one, index) => (one.axis === axis && counts(one, findings) ? [{ one, index }] : []))
  const failed = indexed.filter(({ one }) => one.value === 'FAILED')
  return (failed.length > 0 ? failed : indexed.filter(({ one }) => leavesOpen(one, policy))).map(({ index }) => index)
}

function valueOn(axis: Axis, given: Case): Assessment['axes'][Axis]['value'] {
  const counted = countedOn(axis, given)
  if (counted.some(({ value }) => value === 'FAILED')) return 'FAILED'
  if (counted.some((one) => leavesOpen(one, given.policy))) return 'INDETERMINATE'
  if (counted.some(({ value }) => value === 'PASSED')) return 'PASSED'
  return given.policy.requiredAxes.includes(axis) ? 'INDETERMINATE' : 'NOT-CHECKED'
}

/** That of the decisive findings that stands first in the catalogue; of two in one place, the first by name. */
function subIndicationOf(given: Case): SubIndication | undefined {
  const failed = AXES.filter((axis) => valueOn(axis, given) === 'FAILED')
  const open = given.policy.requiredAxes.filter((axis) => valueOn(axis, given) !== 'PASSED')
  const decisive = (failed.length > 0 ? failed : open).flatMap((axis) => decisiveOn(axis, given))
  const named = decisive.flatMap((index) => {
    const { id, subIndication } = given.findings[index] as Finding
    const place = CATALOGUE.findIndex((entry) => entry.id === id)
    return subIndication === undefined ? [] : [{ place: place < 0 ? Number.POSITIVE_INFINITY : place, subIndication }]
  })
  const first = Math.min(...named.map(({ place }) => place))
  return named
    .filter(({ place }) => place === first)
    .map(({ subIndication }) => subIndication)
    .sort()[0]
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index])

const WORSE: Readonly<Record<Assessment['indication'], number>> = {
  'TOTAL-PASSED': 0,
  INDETERMINATE: 1,
  'TOTAL-FAILED': 2,
}
const worth = (rollUp: typeof assess, findings: readonly Finding[]): number =>
  WORSE[rollUp(findings, TWO_AXES).indication]

/** Of a property of pairs of combinations: the second may not be better than the first. */
const neverBetter = (
  name: string,
  changed: (findings: readonly Finding[]) => Iterable<readonly Finding[]>,
): RollUpProperty => ({
  name,
  counterexample: (rollUp, size) => {
    for (const findings of setsOf(EACH_KIND, size - 1)) {
      const before = worth(rollUp, findings)
      // Not `<`: what is no indication at all is not worse either.
      for (const after of changed(findings))
        if (!(worth(rollUp, after) >= before))
          return `${inWords({ findings, policy: TWO_AXES })}, then ${inWords({ findings: after, policy: TWO_AXES })}`
    }
    return undefined
  },
})

/** PASSED, then what leaves a question, then what leaves a question under any policy, then the contradiction. */
const RANK: Readonly<Record<FindingValue, number>> = {
  PASSED: 0,
  'NOT-CHECKED': 1,
  WITHHELD: 1,
  INDETERMINATE: 2,
  FAILED: 3,
}

function* permutationsOf(indexes: readonly number[]): Generator<readonly number[]> {
  if (indexes.length === 0) yield []
  for (const first of indexes)
    for (const rest of permutationsOf(indexes.filter((one) => one !== first))) yield [first, ...rest]
}

function dependsOnOrder(rollUp: typeof assess, findings: readonly Finding[]): boolean {
  const before = rollUp(findings, TWO_AXES)
  for (const order of permutationsOf(findings.map((_, index) => index))) {
    const after = rollUp(
      order.map((index) => findings[index] as Finding),
      TWO_AXES,
    )
    if (after.indication !== before.indication || after.subIndication !== before.subIndication) return true
    for (const axis of AXES) {
      const [was, is] = [before.axes[axis], after.axes[axis]]
      const backAgain = is.decisive.map((index) => order[index]).sort()
      if (is.value !== was.value || !isSame(backAgain, [...was.decisive].sort())) return true
      if (VALUES.some((value) => is.counts[value] !== was.counts[value])) return true
    }
  }
  return false
}

/** Those that fall first for most wrong roll-ups stand first. */
export const ROLL_UP_PROPERTIES: readonly RollUpProperty[] = [
  ofEach(
    'fails exactly when a counted finding failed, whatever the policy requires',
    ({ findings }, { indication }) => {
      const failed = findings.some((one) => one.value === 'FAILED' && one.role !== 'candidate-path')
      return failed === (indication === 'TOTAL-FAILED')
    },
  ),
  ofEach(
    'passes exactly when each required axis has a pass and nothing open, and nothing failed',
    (given, { indication }) => {
      const { findings, policy } = given
      const passes =
        policy.requiredAxes.length > 0 &&
        policy.requiredAxes.every(
          (axis) =>
            countedOn(axis, given).some(({ value }) => value === 'PASSED') &&
            countedOn(axis, given).every((one) => !leavesOpen(one, policy)),
        ) &&
        findings.every((one) => one.value !== 'FAILED' || one.role === 'candidate-path')
      return passes === (indication === 'TOTAL-PASSED') && Object.hasOwn(WORSE, indication)
    },
  ),
  ofEach('has every axis as the worst of its counted findings, and says which were required', (given, { axes }) =>
    AXES.every((axis) => {
      const { value, required } = axes[axis]
      return value === valueOn(axis, given) && required === given.policy.requiredAxes.includes(axis)
    }),
  ),
  ofEach('counts the counted findings of each axis by value', (given, { axes }) =>
    AXES.every((axis) => {
      const counted = countedOn(axis, given)
      return (
        Object.keys(axes[axis].counts).length === VALUES.length &&
        VALUES.every((value) => axes[axis].counts[value] === counted.filter((one) => one.value === value).length)
      )
    }),
  ),
  ofEach('names the findings that decided each axis, in their order', (given, { axes }) =>
    AXES.every((axis) => isSame(axes[axis].decisive, decisiveOn(axis, given))),
  ),
  ofEach(
    'takes its sub-indication from what failed before what is open, in the order of the catalogue',
    (given, assessment) =>
      assessment.subIndication === subIndicationOf(given) &&
      Object.hasOwn(assessment, 'subIndication') === (assessment.subIndication !== undefined),
  ),
  {
    name: 'never passes with a finding that has none of the values',
    counterexample: (rollUp, size) => {
      for (const findings of setsOf(EACH_KIND, size - 1)) {
        const more = [...findings, finding({ id: 'manifest.syntax', axis: 'completeness', value: '' as FindingValue })]
        if (rollUp(more, TWO_AXES).indication === 'TOTAL-PASSED') return inWords({ findings: more, policy: TWO_AXES })
      }
      return undefined
    },
  },
  neverBetter('never improves when a bad finding is added', function* (findings) {
    for (const more of EACH_KIND)
      if (more.value !== 'PASSED') for (let at = 0; at <= findings.length; at++) yield findings.toSpliced(at, 0, more)
  }),
  neverBetter('never improves when a finding gets worse', function* (findings) {
    for (const [at, before] of findings.entries())
      for (const value of VALUES) if (RANK[value] > RANK[before.value]) yield findings.with(at, { ...before, value })
  }),
  neverBetter('never improves with less evidence', function* (findings) {
    for (const [at, { value }] of findings.entries()) if (value === 'PASSED') yield findings.toSpliced(at, 1)
  }),
  {
    name: 'does not depend on the order of the findings',
    counterexample: (rollUp, size) => {
      for (const one of [EACH_KIND, EACH_SUB_INDICATION])
        for (const findings of setsOf(one, size - 1))
          if (dependsOnOrder(rollUp, findings)) return inWords({ findings, policy: TWO_AXES })
      return undefined
    },
  },
]
