import { ASSURANCES, type AuthorisationRecord, type AuthorisationRequest, type UnmetCondition } from '@probatum/core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  GateSample,
  GOOD_CONSENT,
  GOOD_RECIPIENT,
  ITEMS,
  KIND,
  NOW,
  PURPOSE,
  type SamplePerson,
  SOME,
} from '../../../../tools/testing/gate-sample.ts'
import { instant } from '../../../../tools/testing/judgement.ts'
import type { MemoryCustodyLog } from '../custody-log/custody-log.ts'
import { prepareExport } from '../custody-log/custody-log-export.ts'
import { RedactionRefused, redactBundles } from '../redaction/redact.ts'
import { fileOf, memorySink } from '../sealing/bundle-sink.ts'
import type { Consent } from './consent-register.ts'
import { gateOf, policyUnder } from './export-gate.ts'
import type { GateApproval } from './gate-approval.ts'
import type { GatePrivate } from './gate-private.ts'
import { type GateProblem, GateRefused } from './gate-problems.ts'
import { withException } from './gate-request.ts'
import { lapsedConsents } from './lapsed-consents.ts'
import { signerDoubts, signerOf } from './signed-statement.ts'

let sample: GateSample
let log: MemoryCustodyLog
const people = {} as Record<'ada' | 'ben' | 'cyd' | 'adaAgain' | 'adasKey' | 'sealersKey', SamplePerson>

beforeAll(async () => {
  sample = await GateSample.make()
  log = await sample.log()
  people.ada = await sample.person('Ada Approver')
  people.ben = await sample.person('Ben Approver')
  people.cyd = await sample.person('Cyd Approver')
  people.adaAgain = await sample.person('Ada Approver', await sample.key('another key of hers'))
  people.adasKey = await sample.person('Dot Approver', people.ada.key)
  people.sealersKey = await sample.person('Eve Approver', sample.sealer.key)
})

interface Gate {
  readonly request: AuthorisationRequest
  readonly kept: GatePrivate
  readonly approvals: readonly GateApproval[]
}

/** Why an export under a gate is refused; empty when it is made. Whatever is refused, nothing is written anywhere. */
async function refusal(gate: Gate, custody: MemoryCustodyLog = log): Promise<GateProblem[]> {
  const input = sample.exportInput(custody)
  const before = [custody.events, custody.items, custody.checkpoints.length]
  try {
    await prepareExport({ ...input, gate: { ...gate, signatures: sample.ports.signatures } })
    return []
  } catch (error) {
    if (!(error instanceof GateRefused)) throw error
    expect([...input.sink.files.keys()]).toEqual([])
    expect([custody.events, custody.items, custody.checkpoints.length]).toEqual(before)
    return error.requests.flatMap(({ state }) => state.problems)
  }
}

const told = (problems: readonly GateProblem[]) =>
  problems.map(({ code, item }) => (item === null ? code : `${code} ${item}`)).sort()

async function approved(made: Omit<Gate, 'approvals'>, by: readonly SamplePerson[] = [people.ada, people.ben]) {
  const approvals: GateApproval[] = []
  for (const person of by) approvals.push(await sample.approval(made.request, person))
  return { ...made, approvals }
}

/** Ways in which the consent of one item can fall short, and what is then said of the item. */
const CONSENTS: Readonly<Record<string, readonly [Partial<Consent> | null, readonly UnmetCondition[]]>> = {
  none: [null, ['consent-missing']],
  'another purpose': [{ purposes: ['research'] }, ['consent-purpose']],
  'no purpose at all': [{ purposes: [] }, ['consent-purpose']],
  'purpose but for case': [{ purposes: [PURPOSE.toUpperCase()] }, ['consent-purpose']],
  'another kind': [{ recipients: ['defence', `${KIND} `] }, ['consent-recipient-kind']],
  'from tomorrow': [{ from: '2026-03-15' }, ['consent-not-yet']],
  'until yesterday': [{ until: '2026-03-13' }, ['consent-expired']],
  'withdrawn today': [{ withdrawn: '2026-03-14' }, ['consent-withdrawn']],
  'purpose and kind': [{ purposes: ['x'], recipients: ['x'] }, ['consent-purpose', 'consent-recipient-kind']],
  everything: [
    { purposes: [], recipients: [], until: '2026-01-02', withdrawn: '2026-01-01' },
    ['consent-purpose', 'consent-recipient-kind', 'consent-expired', 'consent-withdrawn'],
  ],
  'until today, withdrawn tomorrow': [{ until: '2026-03-14', withdrawn: '2026-03-15' }, []],
  'from today, without end': [{ from: '2026-03-14', until: null }, []],
}

/** Who approves, and what is then said. */
const APPROVERS: Readonly<Record<string, readonly [() => readonly SamplePerson[], readonly UnmetCondition[]]>> = {
  two: [() => [people.ada, people.ben], []],
  none: [() => [], ['approvals-missing']],
  one: [() => [people.ben], ['approvals-missing']],
  'one person twice': [() => [people.ada, people.ada], ['approvers-same-key', 'approvers-same-subject']],
  'one name, two keys': [() => [people.ada, people.adaAgain], ['approvers-same-subject']],
  'one key, two names': [() => [people.ada, people.adasKey], ['approvers-same-key']],
  'the sealer and one more': [() => [sample.sealer, people.ben], ['approver-is-sealer']],
  'the sealer’s key under another name': [() => [people.sealersKey, people.ben], ['approver-is-sealer']],
  'the sealer alone': [() => [sample.sealer], ['approvals-missing', 'approver-is-sealer']],
  'one twice, and another': [() => [people.ada, people.adaAgain, people.cyd], []],
}

/** What the request itself lacks. */
const LACKS: Readonly<
  Record<string, readonly [(request: AuthorisationRequest) => AuthorisationRequest, UnmetCondition]>
> = {
  ...Object.fromEntries(
    ASSURANCES.map((name) => [
      name,
      [
        (request: AuthorisationRequest) => ({
          ...request,
          assurances: request.assurances.filter(({ assurance }) => assurance !== name),
        }),
        `assurance-missing:${name}`,
      ] as const,
    ]),
  ),
  purpose: [(request) => ({ ...request, purpose: null }), 'purpose-missing'],
  recipient: [(request) => ({ ...request, recipient: null }), 'recipient-missing'],
  handling: [(request) => ({ ...request, conditions: [] }), 'handling-missing'],
}

interface Case {
  readonly lacks: readonly string[]
  readonly approvers: string
  readonly consents: readonly string[]
}

async function caseOf({ lacks, approvers, consents }: Case): Promise<{ gate: Gate; expected: string[] }> {
  const [by = () => [], ofApprovers = []] = APPROVERS[approvers] ?? []
  const given = consents.map((name) => {
    const change = CONSENTS[name]?.[0]
    return change === null ? null : { ...GOOD_CONSENT, ...change }
  })
  const { request, kept } = await sample.request(log, { consents: given })
  const lacking = lacks.reduce((one, name) => LACKS[name]?.[0](one) ?? expect.fail(name), request)
  const gate = await approved({ request: lacking, kept }, by())
  // Without a purpose or a recipient nothing can be said of who consented to which.
  const isSaid = (code: UnmetCondition) =>
    !(code === 'consent-purpose' && lacks.includes('purpose')) &&
    !(code === 'consent-recipient-kind' && lacks.includes('recipient'))
  const ofConsents = consents.flatMap((name, item) =>
    (CONSENTS[name]?.[1] ?? []).filter(isSaid).map((code) => `${code} ${item}`),
  )
  const ofRequest = lacks.map((name) => LACKS[name]?.[1] ?? expect.fail(name))
  return { gate, expected: [...ofRequest, ...ofApprovers, ...ofConsents].sort() }
}

const MET = { lacks: [], approvers: 'two', consents: Array.from({ length: ITEMS }, () => 'from today, without end') }

describe('an export under a request', () => {
  it('is made when everything is met, with the request, the approvals and the recipient in it', async () => {
    const gate = await approved(await sample.request(log))
    const custody = await sample.log()
    const input = sample.exportInput(custody)
    const prepared = await prepareExport({ ...input, gate: { ...gate, signatures: sample.ports.signatures } })
    const { exportNumber } = await prepared.finish()
    expect(exportNumber).toBe(gate.request.exportNumber)
    const read = (path: string) => JSON.parse(new TextDecoder().decode(input.sink.files.get(path)))
    const record: AuthorisationRecord = read('record/authorisation.json')
    expect(record.request).toEqual(gate.request)
    expect(record.approvals).toHaveLength(2)
    expect(read('record/bundle.json').recipient).toEqual({ name: GOOD_RECIPIENT.recipient.name })
    const text = new TextDecoder().decode(input.sink.files.get('record/authorisation.json'))
    expect(text).not.toContain(GOOD_CONSENT.giver)
    const shown = new TextDecoder().decode(input.sink.files.get('record/disclosures.jsonl'))
    expect(shown).not.toContain('authorisation.json')
  })

  it.each(Object.keys(LACKS))('is refused for the one condition that the request does not meet: %s', async (name) => {
    const { gate, expected } = await caseOf({ ...MET, lacks: [name] })
    expect(expected).toHaveLength(1)
    expect(told(await refusal(gate))).toEqual(expected)
  })

  it.each(Object.keys(APPROVERS))('is refused, or not, for who approves: %s', async (approvers) => {
    const { gate, expected } = await caseOf({ ...MET, approvers })
    expect(told(await refusal(gate))).toEqual(expected)
  })

  it.each(Object.keys(CONSENTS))('is refused, or not, for the consent of one item: %s', async (consent) => {
    const { gate, expected } = await caseOf({ ...MET, consents: ['until today, withdrawn tomorrow', consent, 'none'] })
    expect(told(await refusal(gate))).toEqual(expected)
  })

  it('is refused when whoever signs beside the sealer approves it', async () => {
    const gate = { ...(await approved(await sample.request(log))), signatures: sample.ports.signatures }
    const given = { gate, custody: log, now: NOW, signer: sample.authority.signer }
    expect(told((await gateOf(given)).problems)).toEqual([])
    const postQuantum = { certificates: [people.ben.certificate] }
    expect(told((await gateOf({ ...given, postQuantum })).problems)).toEqual(['approver-is-sealer'])
  })

  it('is refused for exactly what is not met, in 200 random combinations', async () => {
    const one: fc.Arbitrary<Case> = fc.record({
      lacks: fc.subarray(Object.keys(LACKS)),
      approvers: fc.constantFrom(...Object.keys(APPROVERS)),
      consents: fc.array(fc.constantFrom(...Object.keys(CONSENTS)), { minLength: ITEMS, maxLength: ITEMS }),
    })
    const lengths: number[] = []
    await fc.assert(
      fc.asyncProperty(one, async (given) => {
        const { gate, expected } = await caseOf(given)
        lengths.push(expected.length)
        expect(told(await refusal(gate))).toEqual(expected)
      }),
      { numRuns: 200, seed: 20260314 },
    )
    expect(Math.max(...lengths)).toBeGreaterThan(8)
    expect(lengths).toHaveLength(200)
  })
})

describe('an approval', () => {
  it('fits no other recipient, items, openings, purpose or head', async () => {
    const { request, kept } = await sample.request(log)
    const approvals = (await approved({ request, kept })).approvals
    const { recipient } = GOOD_RECIPIENT
    const changes: readonly Partial<AuthorisationRequest>[] = [
      { recipient: { ...recipient, name: 'Example Defence (sample)' } },
      { recipient: { ...recipient, key: '0'.repeat(64) } },
      { purpose: 'another purpose' },
      { grounds: [] },
      { exportNumber: '0'.repeat(32) },
    ]
    for (const change of changes)
      expect(told(await refusal({ request: { ...request, ...change }, kept, approvals }))).toEqual([
        'approval-other',
        'approval-other',
        'approvals-missing',
      ])
    const other = await sample.request(log, { policy: SOME, seed: 'other openings' })
    expect(told(await refusal({ ...other, approvals }))).toEqual([
      'approval-other',
      'approval-other',
      'approvals-missing',
    ])
  })

  it('is none when its signature is not one', async () => {
    const made = await sample.request(log)
    const { approvals } = await approved(made)
    const [first] = approvals
    const broken = (first?.signature ?? expect.fail('none')).slice()
    broken[broken.length - 3] = (broken[broken.length - 3] ?? 0) ^ 1
    const given = [{ ...(first ?? expect.fail('none')), signature: broken }, approvals[1] ?? expect.fail('none')]
    expect(told(await refusal({ ...made, approvals: given }))).toEqual(['approval-broken', 'approvals-missing'])
  })
})

describe('a certificate', () => {
  it('that has ended approves nothing, and lifts nothing', async () => {
    const past = await sample.person('Pat Approver', undefined, '2026-03-14T09:11:59Z')
    const made = await sample.request(log, { consents: [null] })
    expect(told(await refusal(await approved(made, [people.ada, past])))).toEqual([
      'approval-certificate',
      'approvals-missing',
      'consent-missing 0',
      'consent-missing 1',
      'consent-missing 2',
    ])
    const given = { condition: 'consent-missing', item: null, ground: 'Invented order (sample)' } as const
    const request = withException(made.request, await sample.exception(made.request, given, past))
    expect(told(await refusal(await approved({ ...made, request })))).toEqual([
      'consent-missing 0',
      'consent-missing 1',
      'consent-missing 2',
      'exception-certificate',
    ])
  })

  it('of an authority is left to whoever verifies, and told', async () => {
    const root = signerOf(await sample.root(), sample.ports)
    expect(signerDoubts(root, NOW)).toEqual(['key-usage', 'authority'])
    const person = signerOf(people.ada.certificate, sample.ports)
    expect(signerDoubts(person, NOW)).toEqual([])
    const day = 86_400
    expect(signerDoubts(person, { epochSeconds: NOW.epochSeconds - 90 * day, fraction: '' })).toEqual(['not-yet-valid'])
  })
})

describe('a request', () => {
  it('is for one log, at one head, with one set of items, and for one export', async () => {
    const gate = await approved(await sample.request(log))
    expect(told(await refusal(gate, await sample.log('another log')))).toEqual(['log-other'])

    const touched = await sample.log()
    await sample.add(touched, 'access', { agent: 'Invented Reader (sample)' })
    expect(told(await refusal(gate, touched))).toEqual(['head-stale'])

    const more = await sample.log()
    await sample.add(more, 'item', { size: 1, sha256: '0'.repeat(64) })
    expect(told(await refusal(gate, more))).toEqual([
      'consent-missing 3',
      'disclosures-other',
      'items-other',
      'kept-items',
    ])

    const shared = await sample.log()
    await sample.add(shared, 'fixity-check', { objects: [[0, 2]] })
    const prepared = await prepareExport({
      ...sample.exportInput(shared),
      gate: { ...gate, signatures: sample.ports.signatures },
    })
    await prepared.finish()
    expect(told(await refusal(gate, shared))).toEqual(['export-number-used'])
    await expect(prepared.finish()).rejects.toThrow(GateRefused)
  })

  it('made over a longer log is refused over an older copy of it', async () => {
    const longer = await sample.log()
    await sample.add(longer, 'access', { agent: 'Invented Reader (sample)' })
    const gate = await approved(await sample.request(longer))
    expect(told(await refusal(gate))).toContain('head-ahead')
  })

  it('is refused when what was approved is not what its private file shows', async () => {
    const { request, kept } = await sample.request(log)
    const { approvals } = await approved({ request, kept })
    const opened = { ...kept, opened: ['giver' as const] }
    expect(told(await refusal({ request, kept: opened, approvals }))).toEqual(['disclosures-other'])
    const narrower = { ...kept, policy: SOME }
    expect(told(await refusal({ request, kept: narrower, approvals }))).toEqual([
      'consent-no-item 2',
      'disclosures-other',
      'kept-items',
    ])
    const [first, ...rest] = kept.items
    const renamed = { ...kept, items: [{ ...(first ?? expect.fail('none')), name: 'something harmless' }, ...rest] }
    expect(told(await refusal({ request, kept: renamed, approvals }))).toEqual(['kept-items'])
  })

  it('is refused when its private file does not open every field of every consent', async () => {
    const { request, kept } = await sample.request(log)
    const other = await sample.request(log, {
      consents: [{ ...GOOD_CONSENT, until: null }, GOOD_CONSENT, GOOD_CONSENT],
      seed: 'other salts',
    })
    const { approvals } = await approved({ request, kept })
    const [first = expect.fail('none'), ...rest] = kept.consents
    const without = { ...kept, consents: [{ ...first, openings: first.openings.slice(1) }, ...rest] }
    expect(told(await refusal({ request, kept: without, approvals }))).toEqual(['kept-consent 0'])
    const mixed = { ...kept, consents: [...other.kept.consents.slice(0, 1), ...rest] }
    expect(told(await refusal({ request, kept: mixed, approvals }))).toEqual(['kept-consent 0'])
    expect(told(await refusal({ request, kept: { ...kept, consents: rest }, approvals }))).toEqual(['kept-consent 0'])
  })

  it('is refused when it commits to a consent of no item that is shown, or to consents out of order', async () => {
    const { request, kept } = await sample.request(log)
    const sealed = async (consents: AuthorisationRequest['consents'], given: Partial<GatePrivate> = {}) =>
      told(await refusal(await approved({ request: { ...request, consents }, kept: { ...kept, ...given } })))
    const [first = expect.fail('none'), second = expect.fail('none'), third = expect.fail('none')] = request.consents
    expect(await sealed([second, first, third])).toEqual(['kept-consent 0'])
    expect(await sealed([first, first, second, third])).toEqual(['kept-consent 0'])
    const far = kept.consents.map((each, at) => (at === 2 ? { ...each, item: 7 } : each))
    expect(await sealed([first, second, { ...third, item: 7 }], { consents: far })).toEqual([
      'consent-missing 2',
      'consent-no-item 7',
    ])
  })

  it('lets a signed exception stand for a condition, unless the sealer signed it or it is for another one', async () => {
    const made = await sample.request(log, { consents: [null, GOOD_CONSENT, null] })
    const under = async (condition: UnmetCondition, item: number | null, by: SamplePerson, request = made.request) =>
      withException(
        request,
        await sample.exception(made.request, { condition, item, ground: 'Invented order of a court (sample)' }, by),
      )
    const told1 = async (request: AuthorisationRequest) =>
      told(await refusal(await approved({ request, kept: made.kept })))
    expect(await told1(made.request)).toEqual(['consent-missing 0', 'consent-missing 2'])
    expect(await told1(await under('consent-missing', 0, people.cyd))).toEqual(['consent-missing 2'])
    const both = await under('consent-missing', 2, people.cyd, await under('consent-missing', 0, people.cyd))
    expect(await told1(both)).toEqual([])
    expect(await told1(await under('consent-missing', null, people.cyd))).toEqual([])
    expect(await told1(await under('consent-expired', null, people.cyd))).toHaveLength(2)
    expect(await told1(await under('consent-missing', null, sample.sealer))).toEqual([
      'consent-missing 0',
      'consent-missing 2',
      'exception-by-sealer',
    ])
    const [exception = expect.fail('none')] = (await under('consent-missing', 0, people.cyd)).exceptions
    expect(await told1({ ...made.request, exceptions: [{ ...exception, item: null }] })).toContain('exception-other')
    expect(await told1({ ...made.request, exceptions: [{ ...exception, signature: 'AAAA' }] })).toContain(
      'exception-broken 0',
    )
    // The approvals were for the request without it.
    const { approvals } = await approved(made)
    expect(told(await refusal({ request: both, kept: made.kept, approvals }))).toContain('approval-other')
  })

  it('counts a withdrawal that the log records, whatever the register says', async () => {
    const withdrawn = await sample.log()
    await sample.add(withdrawn, 'consent-withdrawal', { time: '2026-02-01T10:00:00Z', objects: [[1, 1]] })
    await sample.add(withdrawn, 'consent-withdrawal', { objects: [[2, 2]] })
    const gate = await approved(await sample.request(withdrawn))
    expect(told(await refusal(gate, withdrawn))).toEqual(['consent-withdrawn 1', 'consent-withdrawn 2'])
    const again = [GOOD_CONSENT, { ...GOOD_CONSENT, from: '2026-02-02' }, GOOD_CONSENT]
    const renewed = await approved(await sample.request(withdrawn, { consents: again }))
    expect(told(await refusal(renewed, withdrawn))).toEqual(['consent-withdrawn 2'])
    await sample.add(withdrawn, 'consent-withdrawal', { time: '2026-02-01T10:00:00Z' })
    expect((await sample.request(withdrawn)).unclear).toHaveLength(1)
  })

  it('that was prepared is looked at again: consents end and are withdrawn in between', async () => {
    const custody = await sample.log()
    const until = [{ ...GOOD_CONSENT, until: '2026-03-31' }, GOOD_CONSENT, null]
    const made = await sample.request(custody, { policy: SOME, consents: until })
    const at = (day: string) => instant(day)
    expect(await lapsedConsents({ ...made, custody, at: NOW })).toEqual([])
    expect(told(await lapsedConsents({ ...made, custody, at: at('2026-04-01') }))).toEqual(['consent-expired 0'])
    await sample.add(custody, 'consent-withdrawal', { time: '2026-03-20T08:00:00Z', objects: [[0, 2]] })
    expect(told(await lapsedConsents({ ...made, custody, at: at('2026-03-19') }))).toEqual([])
    const late = { ...made, custody, at: at('2026-04-01') }
    expect(told(await lapsedConsents(late))).toEqual([
      'consent-expired 0',
      'consent-withdrawn 0',
      'consent-withdrawn 1',
    ])
    const given = { condition: 'consent-withdrawn', item: null, ground: 'Invented order (sample)' } as const
    const request = withException(made.request, await sample.exception(made.request, given, people.cyd))
    expect(told(await lapsedConsents({ ...late, request }))).toEqual(['consent-expired 0'])
    const [first = expect.fail('none'), ...rest] = made.kept.consents
    const kept = { ...made.kept, consents: [{ ...first, openings: [] }, ...rest] }
    expect(told(await lapsedConsents({ ...made, kept, custody, at: NOW }))).toEqual(['kept-consent 0'])
  })

  it('asks no consent for an item that is wholly withheld', async () => {
    const gate = await approved(
      await sample.request(log, { policy: SOME, consents: [GOOD_CONSENT, GOOD_CONSENT, null] }),
    )
    expect(gate.request.consents.map(({ item }) => item)).toEqual([0, 1])
    expect(await refusal(gate)).toEqual([])
  })
})

describe('a redaction under requests', () => {
  const sinkOf = () => {
    const sink = memorySink()
    return { ...sink, written: () => new Map([...sink.files].map(([path, bytes]) => [path, fileOf(bytes)])) }
  }
  async function redacted(custody: MemoryCustodyLog, gates: readonly Gate[]) {
    const sinks = gates.map(() => sinkOf())
    const recipients = gates.map((gate, at) => ({
      gate: { ...gate, signatures: sample.ports.signatures },
      policy: policyUnder(gate) ?? expect.fail('no policy'),
      sink: sinks[at] ?? expect.fail('no sink'),
    }))
    const bundles = await redactBundles({ ...sample.exportInput(custody), recipients })
    return { bundles, sinks }
  }

  it('is refused for all recipients with the reasons of each, before anything is written for one', async () => {
    const custody = await sample.log()
    const asked = { policy: SOME, seed: 'one' }
    const one = await approved(await sample.request(custody, asked))
    const two = await approved(await sample.request(custody, { ...asked, seed: 'two' }), [people.ada])
    const three = await approved(await sample.request(custody, { ...asked, seed: 'three', purpose: 'research' }))
    const before = custody.events
    const error = await redacted(custody, [one, two, three]).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(GateRefused)
    const { requests } = error as GateRefused
    expect(requests.map(({ request, state }) => [request, told(state.problems)])).toEqual([
      [1, ['approvals-missing']],
      [2, ['consent-purpose 0', 'consent-purpose 1']],
    ])
    const twice = await redacted(custody, [one, one]).catch((caught: unknown) => caught)
    expect(told((twice as GateRefused).requests.flatMap(({ state }) => state.problems))).toEqual(['export-number-used'])
    expect(custody.events).toBe(before)
  })

  it('lets nobody read in the bundle who consented, and states its own purpose again and again', async () => {
    const custody = await sample.log()
    const named = { ...GOOD_CONSENT, giver: 'Invented Archivist' }
    await sample.add(custody, 'transfer', { place: `house of ${named.giver}, second floor` })
    const opens = { ...SOME, events: [...(SOME.events ?? []), { types: ['transfer' as const], fields: ['place'] }] }
    const gate = await approved(await sample.request(custody, { policy: opens, consents: [named, GOOD_CONSENT, null] }))
    const error = await redacted(custody, [gate]).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(RedactionRefused)
    const [leak] = (error as RedactionRefused).leaks.flatMap(({ leaks }) => leaks)
    expect(leak?.withheld).toEqual([{ file: 'authorisation.json', seq: 0, field: 'giver' }])

    for (const seed of ['first', 'second']) {
      const { bundles } = await redacted(custody, [
        await approved(await sample.request(custody, { policy: SOME, seed })),
      ])
      expect(bundles).toHaveLength(1)
    }
  })

  it('does not take it for a leak that somebody who approved also stands in a withheld field', async () => {
    const custody = await sample.log()
    await sample.add(custody, 'analysis', { agent: 'Ada Approver (sample)', outcome: 'invented (sample)' })
    const { bundles } = await redacted(custody, [await approved(await sample.request(custody, { policy: SOME }))])
    expect(bundles[0]?.search.stated).toBeGreaterThan(0)
    // In a field that is opened it is one.
    await sample.add(custody, 'transfer', { place: 'office of Ada Approver (sample)' })
    const opens = { ...SOME, events: [{ types: ['transfer' as const], fields: ['place'] }] }
    const gate = await approved(await sample.request(custody, { policy: opens, seed: 'opens' }))
    await expect(redacted(custody, [gate])).rejects.toThrow(RedactionRefused)
  })

  it('opens what came to the log after the request to nobody, whatever the policy says of such events', async () => {
    const custody = await sample.log()
    const all = { ...SOME, events: [{ all: true as const, fields: ['*'] }] }
    const gate = await approved(await sample.request(custody, { policy: all }))
    await sample.add(custody, 'fixity-check', { agent: 'Invented Checker (sample)', note: 'came in between' })
    const { sinks } = await redacted(custody, [gate])
    const read = (path: string) => new TextDecoder().decode(sinks[0]?.files.get(path))
    const opened = read('record/disclosures.jsonl')
      .split('\n')
      .filter((line) => line.includes('custody.jsonl'))
    expect(opened.length).toBeGreaterThan(2)
    for (const line of opened) expect(JSON.parse(line).seq).toBeLessThan(gate.request.head.size)
    expect(read('record/custody.jsonl').split('\n')[gate.request.head.size]).toContain('"type":"fixity-check"')
  })
})

describe('without a request', () => {
  it('a recipient is named in samples only', async () => {
    const input = { ...sample.exportInput(log), recipient: 'Example Prosecution Service (sample)' }
    await expect(prepareExport({ ...input, sample: false })).rejects.toThrow('no approved request')
    expect(input.sink.files.size).toBe(0)
    await expect(prepareExport({ ...input, sink: memorySink() })).resolves.toBeDefined()
  })
})
