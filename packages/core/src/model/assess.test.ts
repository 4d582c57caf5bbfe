import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROLL_UP_PROPERTIES } from '../../../../tools/testing/roll-up-properties.ts'
import { makeFinding } from '../checks/finding.ts'
import { SHIPPED_POLICIES } from '../policies/shipped.ts'
import { type Assessment, assess } from './assess.ts'
import { AXES, type Finding, type FindingValue } from './finding.ts'
import type { Policy } from './policy.ts'

const VALUES: readonly FindingValue[] = ['PASSED', 'NOT-CHECKED', 'WITHHELD', 'INDETERMINATE', 'FAILED']
const subject = { kind: 'bundle', name: '' } as const

const [fixity] = SHIPPED_POLICIES
if (fixity === undefined) throw new TypeError('no policy')
const policyWith = (change: Partial<Policy>): Policy => ({ ...fixity, mayBeNotChecked: [], ...change })

/** A finding of each kind that the roll-up treats in its own way. */
const KINDS = {
  required: (value: FindingValue) => makeFinding('manifest.syntax', value, { subject }),
  excused: (value: FindingValue) => makeFinding('payload.oxum', value, { subject }),
  unasked: (value: FindingValue) => makeFinding('custody.chain', value, { subject }),
  candidate: (value: FindingValue) =>
    makeFinding('timestamp.path-candidate', value, { subject, role: 'candidate-path' }),
  member: (value: FindingValue) =>
    makeFinding('timestamp.path', value, { subject, alternative: { group: 'g', member: 'm' } }),
  threshold: (value: FindingValue) =>
    makeFinding('timestamp.threshold', value, { subject, alternative: { group: 'g', member: '' } }),
  otherGroup: (value: FindingValue) =>
    makeFinding('timestamp.path', value, { subject, alternative: { group: 'h', member: 'm' } }),
} satisfies Record<string, (value: FindingValue) => Finding>
type Kind = keyof typeof KINDS

const policy = policyWith({
  requiredAxes: ['completeness', 'time'],
  mayBeNotChecked: ['payload.oxum'],
  mayBeWithheld: ['payload.oxum'],
})

type Given = readonly [Kind, FindingValue]
const kinds = Object.keys(KINDS) as Kind[]
const given = fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...VALUES))
const set = fc.array(given, { maxLength: 7 })
const SUB_INDICATIONS = { FAILED: 'HASH_FAILURE', INDETERMINATE: 'NO_POE', 'NOT-CHECKED': 'TRY_LATER' } as const
const make = (all: readonly Given[]) =>
  all.map(([kind, value]): Finding => {
    const finding = KINDS[kind](value)
    return value === 'PASSED' || value === 'WITHHELD' ? finding : { ...finding, subIndication: SUB_INDICATIONS[value] }
  })
const verdict = (all: readonly Given[]) => assess(make(all), policy)

const WORSE: Readonly<Record<Assessment['indication'], number>> = {
  'TOTAL-PASSED': 0,
  INDETERMINATE: 1,
  'TOTAL-FAILED': 2,
}
const worth = (all: readonly Given[]) => WORSE[verdict(all).indication]

/** The long sweep tools/long/roll-up-mutants.ts goes on to three for all of them, and shows that none is too weak. */
const THE_VERDICT = ROLL_UP_PROPERTIES.slice(0, 2)

describe('the roll-up, over all combinations,', () => {
  test.each(ROLL_UP_PROPERTIES)('$name', (property) => {
    expect(property.counterexample(assess, THE_VERDICT.includes(property) ? 3 : 2)).toBeUndefined()
  })
})

describe('the roll-up of up to seven findings', () => {
  test('never improves when a bad finding is added', () => {
    fc.assert(
      fc.property(
        set,
        fc.constantFrom(...kinds),
        fc.constantFrom(...VALUES.slice(1)),
        fc.nat(),
        (all, kind, value, place) => {
          const more = all.toSpliced(place % (all.length + 1), 0, [kind, value])
          expect(worth(more)).toBeGreaterThanOrEqual(worth(all))
        },
      ),
    )
  })

  test('never improves when a finding gets worse', () => {
    fc.assert(
      fc.property(set, fc.nat(), fc.constantFrom('NOT-CHECKED', 'INDETERMINATE', 'FAILED'), (all, place, value) => {
        const index = place % Math.max(1, all.length)
        const before = all[index]
        const rank = (one: FindingValue) =>
          one === 'WITHHELD' ? 1 : VALUES.indexOf(one) === 0 ? 0 : VALUES.indexOf(one)
        if (before === undefined || rank(value) <= rank(before[1])) return
        const worse = all.with(index, [before[0], value])
        expect(worth(worse), JSON.stringify([all, worse])).toBeGreaterThanOrEqual(worth(all))
      }),
    )
  })

  test('never turns FAILED into anything else with less evidence, nor INDETERMINATE into a pass', () => {
    fc.assert(
      fc.property(set, fc.nat(), (all, place) => {
        const index = place % Math.max(1, all.length)
        const gone = all[index]
        if (gone === undefined || gone[1] !== 'PASSED') return
        for (const less of [all.toSpliced(index, 1), all.with(index, [gone[0], 'NOT-CHECKED'])]) {
          expect(worth(less), JSON.stringify([all, less])).toBeGreaterThanOrEqual(worth(all))
        }
      }),
    )
  })

  test('does not depend on the order of the findings', () => {
    const shuffled = set.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
    )
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const [a, b] = [verdict(all), verdict(other)]
        expect(b.indication).toBe(a.indication)
        for (const axis of AXES) {
          expect(b.axes[axis].value).toBe(a.axes[axis].value)
          expect(b.axes[axis].counts).toEqual(a.axes[axis].counts)
          expect(b.axes[axis].decisive).toHaveLength(a.axes[axis].decisive.length)
        }
        expect(b.subIndication).toBe(a.subIndication)
      }),
    )
  })

  test('passes nothing when there are no findings, or no axis is asked for', () => {
    for (const each of SHIPPED_POLICIES) expect(assess([], each).indication).toBe('INDETERMINATE')
    const nothing = policyWith({ requiredAxes: [] })
    expect(assess([KINDS.required('PASSED')], nothing).indication).toBe('INDETERMINATE')
  })

  test('names the findings that decided, worst first', () => {
    const findings = [KINDS.required('PASSED'), KINDS.required('INDETERMINATE'), KINDS.required('FAILED')]
    const { axes } = assess(findings, policy)
    expect(axes.completeness.decisive).toEqual([2])
    expect(axes.time).toMatchObject({ value: 'INDETERMINATE', decisive: [], required: true })
    expect(axes.custody.value).toBe('NOT-CHECKED')
  })

  test('a contradiction about one group is settled against it', () => {
    const both: readonly Given[] = [
      ['required', 'PASSED'],
      ['threshold', 'PASSED'],
      ['threshold', 'NOT-CHECKED'],
      ['member', 'INDETERMINATE'],
    ]
    expect(verdict(both).axes.time.decisive).toEqual([2, 3])
  })

  test('takes its sub-indication from what failed before what is open', () => {
    const open = makeFinding('manifest.syntax', 'INDETERMINATE', { subject, subIndication: 'NO_POE' })
    const failed = makeFinding('timestamp.path', 'FAILED', { subject, subIndication: 'HASH_FAILURE' })
    expect(assess([open, failed], policy).subIndication).toBe('HASH_FAILURE')
    expect(assess([open], policy).subIndication).toBe('NO_POE')
  })
})
