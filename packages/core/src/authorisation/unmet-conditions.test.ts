import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSmallDigest } from '../../../../test-vectors/support/memory-tree.ts'
import { instant } from '../../../../tools/testing/judgement.ts'
import { ASSURANCES, type AuthorisationRequest, UNMET_CONDITIONS } from '../bundle/authorisation-record.ts'
import { AUTHORISATION_REQUEST_SHAPE } from '../bundle/record-shapes.ts'
import { readShape } from '../json/shape.ts'
import { decodeUtf8 } from '../model/utf8.ts'
import { approvalStatement, approvalStatementOf, exceptionStatement, requestDigest } from './statements.ts'
import { type ConditionsGiven, type ConsentValues, exceptionFor, unmetConditions } from './unmet-conditions.ts'

const SLOT = 'A'.repeat(43)
const REQUEST: AuthorisationRequest = {
  assurances: ASSURANCES.map((assurance) => ({
    assurance,
    by: 'Example Office (sample)',
    date: '2026-03-01',
    reference: 'Letter 4 (sample)',
  })),
  conditions: [{ kind: 'use', text: 'For case 1 alone (sample)' }],
  consents: [0, 2].map((item) => ({ item, salt: '00'.repeat(16), sd: Array.from({ length: 5 }, () => SLOT) })),
  disclosures: 'ab'.repeat(32),
  exceptions: [],
  exportNumber: 'cd'.repeat(16),
  grounds: [],
  head: { root: 'ef'.repeat(32), size: 3 },
  itemCount: 3,
  itemRoot: '12'.repeat(32),
  logId: '34'.repeat(16),
  purpose: 'trial (sample)',
  recipient: { key: null, kind: 'national prosecutor', name: 'Example Prosecutor (sample)' },
}
const CONSENT: ConsentValues = {
  giver: 'Source 7 (sample)',
  scope: { purposes: ['investigation (sample)', 'trial (sample)'], recipients: ['national prosecutor'] },
  from: '2026-01-01',
  until: '2026-12-31',
  withdrawn: null,
}
const GIVEN: ConditionsGiven = {
  items: [0, 2],
  consents: new Map([
    [0, CONSENT],
    [2, CONSENT],
  ]),
  at: instant('2026-03-14T09:12:00Z'),
  approvers: [
    { subject: 'cn=a', key: 'aa' },
    { subject: 'cn=b', key: 'bb' },
  ],
  sealers: [{ subject: 'cn=s', key: 'ee' }],
}
const consent = (change: Partial<ConsentValues>): ConditionsGiven => ({
  ...GIVEN,
  consents: new Map([
    [0, CONSENT],
    [2, { ...CONSENT, ...change }],
  ]),
})
const approvers = (...people: readonly (readonly [string, string])[]): ConditionsGiven => ({
  ...GIVEN,
  approvers: people.map(([subject, key]) => ({ subject, key })),
})
const codes = (request: AuthorisationRequest, given: ConditionsGiven) =>
  unmetConditions(request, given).map(({ condition, item }) => (item === null ? condition : `${condition} ${item}`))

test('a request that shows everything meets every condition', () => {
  expect(readShape(AUTHORISATION_REQUEST_SHAPE, JSON.parse(JSON.stringify(REQUEST))).value).toEqual(REQUEST)
  expect(unmetConditions(REQUEST, GIVEN)).toEqual([])
})

describe('one condition at a time', () => {
  const without = (name: string) => REQUEST.assurances.filter(({ assurance }) => assurance !== name)
  const cases: Readonly<Record<string, readonly [AuthorisationRequest, ConditionsGiven, readonly string[]]>> = {
    ...Object.fromEntries(
      ASSURANCES.map((name) => [
        `without ${name}`,
        [{ ...REQUEST, assurances: without(name) }, GIVEN, [`assurance-missing:${name}`]],
      ]),
    ),
    'an assurance of tomorrow, where it is tomorrow already': [
      { ...REQUEST, assurances: REQUEST.assurances.map((one) => ({ ...one, date: '2026-03-15' })) },
      GIVEN,
      [],
    ],
    'an assurance that is dated later': [
      {
        ...REQUEST,
        assurances: REQUEST.assurances.map((one, at) => (at === 0 ? { ...one, date: '2026-03-16' } : one)),
      },
      GIVEN,
      [`assurance-missing:${ASSURANCES[0]}`],
    ],
    'an item without consent': [{ ...REQUEST, consents: REQUEST.consents.slice(0, 1) }, GIVEN, ['consent-missing 2']],
    'another purpose': [
      REQUEST,
      consent({ scope: { purposes: ['Trial (sample)'], recipients: ['national prosecutor'] } }),
      ['consent-purpose 2'],
    ],
    'another kind of recipient': [
      REQUEST,
      consent({ scope: { purposes: ['trial (sample)'], recipients: [] } }),
      ['consent-recipient-kind 2'],
    ],
    'not begun': [REQUEST, consent({ from: '2026-03-15' }), ['consent-not-yet 2']],
    'begun today': [REQUEST, consent({ from: '2026-03-14' }), []],
    'ended yesterday': [REQUEST, consent({ until: '2026-03-13' }), ['consent-expired 2']],
    'ends today': [REQUEST, consent({ until: '2026-03-14' }), []],
    'without an end': [REQUEST, consent({ until: null }), []],
    'withdrawn today': [REQUEST, consent({ withdrawn: '2026-03-14' }), ['consent-withdrawn 2']],
    'withdrawn tomorrow': [REQUEST, consent({ withdrawn: '2026-03-15' }), []],
    'no date is judged without a moment': [
      REQUEST,
      { ...consent({ from: '2027-01-01', withdrawn: '2026-01-01' }), at: null },
      [],
    ],
    'nothing is said of what is closed': [
      REQUEST,
      consent({ giver: 'closed', scope: 'closed', from: 'closed', until: 'closed', withdrawn: 'closed' }),
      [],
    ],
    'nothing is said of a consent of which nothing is opened': [REQUEST, { ...GIVEN, consents: new Map() }, []],
    'no purpose': [{ ...REQUEST, purpose: null }, GIVEN, ['purpose-missing']],
    'no recipient': [{ ...REQUEST, recipient: null }, GIVEN, ['recipient-missing']],
    'no handling conditions': [{ ...REQUEST, conditions: [] }, GIVEN, ['handling-missing']],
    'no approval': [REQUEST, approvers(), ['approvals-missing']],
    'one approval': [REQUEST, approvers(['cn=a', 'aa']), ['approvals-missing']],
    'two approvals of one name': [REQUEST, approvers(['cn=a', 'aa'], ['cn=a', 'bb']), ['approvers-same-subject']],
    'two approvals of one key': [REQUEST, approvers(['cn=a', 'aa'], ['cn=b', 'aa']), ['approvers-same-key']],
    'one approval twice': [
      REQUEST,
      approvers(['cn=a', 'aa'], ['cn=a', 'aa']),
      ['approvers-same-subject', 'approvers-same-key'],
    ],
    'an approver of the sealer’s name': [REQUEST, approvers(['cn=a', 'aa'], ['cn=s', 'bb']), ['approver-is-sealer']],
    'an approver of the sealer’s key': [REQUEST, approvers(['cn=a', 'aa'], ['cn=b', 'ee']), ['approver-is-sealer']],
    'the sealer alone': [REQUEST, approvers(['cn=s', 'ee']), ['approvals-missing', 'approver-is-sealer']],
    'a third who is one of the two': [REQUEST, approvers(['cn=a', 'aa'], ['cn=a', 'aa'], ['cn=b', 'bb']), []],
    'the sealer as a third': [REQUEST, approvers(['cn=a', 'aa'], ['cn=s', 'ee'], ['cn=b', 'bb']), []],
  }
  for (const [name, [request, given, expected]] of Object.entries(cases)) {
    test(name, () => expect(codes(request, given)).toEqual(expected))
  }

  test('every code is met with', () => {
    const met = new Set(
      Object.values(cases).flatMap(([, , expected]) => expected.map((one) => one.split(' ')[0] ?? '')),
    )
    expect([...met].toSorted()).toEqual([...UNMET_CONDITIONS].toSorted())
  })
})

test('combinations are refused with exactly their reasons', () => {
  const parts = fc.record({
    assurances: fc.subarray([...ASSURANCES]),
    purpose: fc.boolean(),
    recipient: fc.boolean(),
    handling: fc.boolean(),
    people: fc.constantFrom(...([0, 1, 2] as const)),
    consented: fc.subarray([0, 2]),
    expired: fc.subarray([0, 2]),
    withdrawn: fc.subarray([0, 2]),
  })
  fc.assert(
    fc.property(parts, ({ assurances, purpose, recipient, handling, people, consented, expired, withdrawn }) => {
      const request: AuthorisationRequest = {
        ...REQUEST,
        assurances: REQUEST.assurances.filter(({ assurance }) => assurances.includes(assurance)),
        purpose: purpose ? REQUEST.purpose : null,
        recipient: recipient ? REQUEST.recipient : null,
        conditions: handling ? REQUEST.conditions : [],
        consents: REQUEST.consents.filter(({ item }) => consented.includes(item)),
      }
      const given: ConditionsGiven = {
        ...GIVEN,
        approvers: GIVEN.approvers.slice(0, people),
        consents: new Map(
          [0, 2].map((item) => [
            item,
            {
              ...CONSENT,
              until: expired.includes(item) ? '2026-01-31' : null,
              withdrawn: withdrawn.includes(item) ? '2026-02-01' : null,
            },
          ]),
        ),
      }
      expect(codes(request, given)).toEqual([
        ...ASSURANCES.filter((name) => !assurances.includes(name)).map((name) => `assurance-missing:${name}`),
        ...(purpose ? [] : ['purpose-missing']),
        ...(recipient ? [] : ['recipient-missing']),
        ...(handling ? [] : ['handling-missing']),
        ...(people === 2 ? [] : ['approvals-missing']),
        ...[0, 2].flatMap((item) =>
          consented.includes(item)
            ? [
                ...(expired.includes(item) ? [`consent-expired ${item}`] : []),
                ...(withdrawn.includes(item) ? [`consent-withdrawn ${item}`] : []),
              ]
            : [`consent-missing ${item}`],
        ),
      ])
    }),
    { numRuns: 200 },
  )
})

test('an exception is for its condition and item, or for every item', () => {
  const one = { condition: 'consent-expired', item: 2 } as const
  expect(exceptionFor(one, [one])).toBe(one)
  expect(exceptionFor({ ...one, item: 0 }, [one])).toBeUndefined()
  expect(exceptionFor({ condition: 'consent-withdrawn', item: 2 }, [one])).toBeUndefined()
  expect(exceptionFor(one, [{ condition: 'consent-expired', item: null }])).toBeDefined()
  expect(exceptionFor({ condition: 'consent-expired', item: null }, [one])).toBeUndefined()
})

test('statements are canonical, and name their type', () => {
  const { exportNumber, logId } = REQUEST
  const request = requestDigest(REQUEST, testSmallDigest)
  const text = `{"exportNumber":"${exportNumber}","logId":"${logId}","request":"${request}","statement":"probatum/approval/1"}`
  expect(decodeUtf8(approvalStatement({ exportNumber, logId, request }))).toBe(text)
  expect(approvalStatementOf(REQUEST, testSmallDigest)).toEqual(approvalStatement({ exportNumber, logId, request }))
  expect(
    decodeUtf8(exceptionStatement({ condition: 'consent-expired', exportNumber, ground: 'Order 3', item: 2, logId })),
  ).toBe(
    `{"condition":"consent-expired","exportNumber":"${exportNumber}","ground":"Order 3","item":2,"logId":"${logId}","statement":"probatum/exception/1"}`,
  )
})
