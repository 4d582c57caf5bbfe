import {
  AUTHORISATION_FINDINGS,
  AXES,
  type Axis,
  CATALOGUE,
  type Facts,
  type Finding,
  type FindingValue,
  type Policy,
} from '@probatum/core'

/** What is asked about: the kind of a thing, and what was given beside it. */
export interface Asked {
  readonly kind: Facts['kind']
  readonly target?: Pick<NonNullable<Facts['target']>, 'role'>
  readonly disclosures?: object
  readonly document?: object
  readonly evidenceRecords?: object
}

/** The ways from a policy to the rules that findings are added up by. */
export interface PolicyRules {
  readonly policyFor: (asked: Asked, given: Policy) => Policy
  readonly withNotices: (policy: Policy, findings: readonly Finding[]) => Policy
}

/** Of the axes of a whole bundle, those that a thing alone can answer. */
const POSSIBLE: Readonly<Record<Facts['kind'], readonly Axis[]>> = {
  bundle: AXES,
  bag: AXES,
  document: ['bytes', 'signer', 'time'],
  signature: ['signer', 'time'],
  certificate: ['signer', 'time'],
  timestamp: ['time'],
  'evidence-record': ['time'],
}

const policyOf = (requiredAxes: readonly Axis[]): Policy =>
  Object.freeze({
    paths: Object.freeze({}),
    requiredAxes: Object.freeze([...requiredAxes]),
    mayBeNotChecked: Object.freeze(['bag.info']),
    mayBeWithheld: Object.freeze(['bag.fetch']),
  }) as unknown as Policy

const POLICIES: readonly Policy[] = [
  [],
  ['bytes', 'disclosure'],
  ['custody', 'time', 'signer'],
  ['authorisation', 'bytes'],
  AXES,
].map((axes) => policyOf(axes as readonly Axis[]))

function* allAsked(): Generator<Asked> {
  const given = [{}, { disclosures: {} }]
  for (const kind of Object.keys(POSSIBLE) as Facts['kind'][])
    for (const target of [{}, { target: { role: 'signer' } }, { target: { role: 'time-stamp-authority' } }] as const)
      for (const one of given)
        for (const document of [{}, { document: {} }])
          for (const records of [{}, { evidenceRecords: {} }])
            yield { kind, ...target, ...one, ...document, ...records }
}

/** In one order too: what depends on nothing else should not depend on how this is written. */
const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join()

/** Openings count beside what has a disclosure to be asked about: not beside a document, nor a record alone. */
const opens = ({ kind, document, disclosures }: Asked): boolean =>
  disclosures !== undefined && document === undefined && kind !== 'evidence-record'

/** Findings that may stay open for what was given, and not for the policy. */
function excused(
  asked: Asked,
  given: Policy,
): { readonly notChecked: readonly string[]; readonly withheld: readonly string[] } {
  const possible = asked.target === undefined ? POSSIBLE[asked.kind] : []
  const ofDisclosure = CATALOGUE.filter(({ axis }) => axis === 'disclosure').map(({ id }): string => id)
  const isAsked = possible.includes('disclosure') && given.requiredAxes.includes('disclosure')
  const openings = opens(asked) ? ['authorisation.later-consents', ...(isAsked ? [] : ofDisclosure)] : []
  return {
    notChecked: [
      ...openings,
      ...(asked.evidenceRecords === undefined ? [] : ['evidence.record']),
      ...(asked.document === undefined ? [] : ['document.bundle', 'document.sidecar']),
      ...(asked.kind === 'evidence-record' ? ['evidence.renewal'] : []),
    ],
    withheld: openings,
  }
}

const ofEach = (name: string, holds: (asked: Asked, given: Policy, made: Policy) => boolean): PolicyProperty => ({
  name,
  counterexample: ({ policyFor }) => {
    for (const asked of allAsked())
      for (const given of POLICIES)
        if (!holds(asked, given, policyFor(asked, given)))
          return `${JSON.stringify(asked)} under [${given.requiredAxes.join(', ')}]`
    return undefined
  },
})

/** Sets of up to two findings of those that a notice or a recipient speaks in, and of one beside them. */
function* allNotices(): Generator<readonly Finding[]> {
  const values: readonly FindingValue[] = ['PASSED', 'FAILED', 'INDETERMINATE', 'NOT-CHECKED', 'WITHHELD']
  const ids = ['authorisation.notices', 'authorisation.recipient', 'authorisation.consents', 'bag.info']
  const one = ids.flatMap((id) =>
    values.flatMap((value) =>
      [{}, { reason: 'key-not-stated' }, { reason: 'other-key' }].map(
        (reason) => ({ id, value, ...reason }) as unknown as Finding,
      ),
    ),
  )
  yield []
  for (const a of one) for (const b of one) yield [a, b]
}

const speaks = ({ id, value, reason }: Finding): boolean =>
  value === 'INDETERMINATE' &&
  ((id as string) === 'authorisation.notices' || (id === 'authorisation.recipient' && reason !== 'key-not-stated'))

interface PolicyProperty {
  readonly name: string
  /** The first case for which it does not hold, in words. */
  readonly counterexample: (made: PolicyRules) => string | undefined
}

export const POLICY_PROPERTIES: readonly PolicyProperty[] = [
  ofEach(
    'asks for every axis of the policy that the thing can answer, and for disclosure where openings are given',
    (asked, given, made) => {
      const { kind, target } = asked
      const possible = target === undefined ? POSSIBLE[kind] : target.role === 'signer' ? ['signer'] : ['time']
      const wanted = given.requiredAxes.filter((axis) => possible.includes(axis))
      if (opens(asked) && !wanted.includes('disclosure')) wanted.push('disclosure')
      return made.requiredAxes.join() === wanted.join()
    },
  ),
  ofEach('excuses what the policy excuses, and what was given without being asked for', (asked, given, made) => {
    const { notChecked, withheld } = excused(asked, given)
    return (
      isSame(made.mayBeNotChecked, [...given.mayBeNotChecked, ...notChecked]) &&
      isSame(made.mayBeWithheld, [...given.mayBeWithheld, ...withheld])
    )
  }),
  ofEach('leaves the rest of the policy as it is', (_, given, made) => made.paths === given.paths),
  {
    name: 'asks for authorisation under any policy when a notice or another recipient speaks, and else changes nothing',
    counterexample: ({ withNotices }) => {
      for (const findings of allNotices())
        for (const given of POLICIES) {
          const made = withNotices(given, findings)
          const more = findings.some(speaks) && !given.requiredAxes.includes('authorisation')
          const beside: readonly string[] = more ? AUTHORISATION_FINDINGS : []
          const holds =
            made.paths === given.paths &&
            made.requiredAxes.join() === [...given.requiredAxes, ...(more ? ['authorisation'] : [])].join() &&
            isSame(made.mayBeNotChecked, [...given.mayBeNotChecked, ...beside]) &&
            isSame(made.mayBeWithheld, [...given.mayBeWithheld, ...beside])
          if (!holds) return `${JSON.stringify(findings)} under [${given.requiredAxes.join(', ')}]`
        }
      return undefined
    },
  },
]
