import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodePorts, openDirectory } from '@probatum/platform/node'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryTree } from '../../../../test-vectors/support/memory-tree.ts'
import { instant } from '../../../../tools/testing/judgement.ts'
import { testPlace } from '../../../../tools/testing/place.ts'
import type { AuthorisationFacts, RequestFacts } from '../authorisation/authorisation-facts.ts'
import type { OpenedConsent } from '../authorisation/opened-consents.ts'
import { ASSURANCES } from '../bundle/authorisation-record.ts'
import { establishRecords } from '../bundle/record.ts'
import { type EstablishedFacts, establishBundleFacts } from '../establish.ts'
import { parseFacts, serializeFacts } from '../facts-file.ts'
import { assess } from '../model/assess.ts'
import type { FactsFile } from '../model/facts.ts'
import type { Finding } from '../model/finding.ts'
import type { Judgement } from '../model/judgement.ts'
import { PLAIN_INPUTS } from '../model/report.ts'
import { decodeUtf8, encodeUtf8 } from '../model/utf8.ts'
import { parseCertificate } from '../pki/certificate-parse.ts'
import { parsePolicy } from '../policies/parse-policy.ts'
import { parseTrustSet } from '../trust/parse-trust-set.ts'
import { judge } from '../verify.ts'
import { checkLaterConsents } from './authorisation.later-consents.ts'
import { checkAuthorisation, establishAuthorisationTrust } from './authorisation.ts'
import { type AuthorisationContext, declaredSealers } from './authorisation-finding.ts'
import { CATALOGUE } from './catalogue.ts'

const VECTORS = fileURLToPath(new URL('../../../../test-vectors/', import.meta.url))
const ports = nodePorts()
const { smallDigest } = ports
const { place } = testPlace('authorisation')
const read = (path: string) => new Uint8Array(readFileSync(join(VECTORS, path)))
const validationTime = instant('2026-06-01T00:00:00Z')

const judgement: Judgement = {
  policy: parsePolicy(read('policies/sharing.json')),
  policySha256: '0'.repeat(64),
  trustSet: parseTrustSet(read('trust-sets/sharing.json'), (der) => parseCertificate(der), smallDigest),
  validationTime,
  inputs: PLAIN_INPUTS,
}

async function establish(
  over: string | null,
  more: Partial<Parameters<typeof establishBundleFacts>[2]> = {},
): Promise<EstablishedFacts> {
  const folder = join(place, `${over}`)
  for (const from of ['base/shared', ...(over === null ? [] : [`over/${over}`])])
    cpSync(join(VECTORS, 'bundles', from), folder, { recursive: true })
  const request = { digests: 'all', name: 'shared', bytes: null, ...more } as const
  return establishBundleFacts(await openDirectory(folder), ports, request)
}

let shared: EstablishedFacts
let excepted: AuthorisationFacts
let context: AuthorisationContext
beforeAll(async () => {
  shared = await establish(null, { showOpened: true })
  const { records } = (await establish('exception-for-assurance')).factsFile.facts
  if (records?.authorisation == null) throw new TypeError('no decision')
  excepted = records.authorisation
  const { facts } = shared.factsFile
  // The seal's certificate is among those of the facts.
  const certificates = new Map(
    facts.certificates.map(({ sha256, der }) => [sha256, parseCertificate(new Uint8Array(Buffer.from(der, 'base64')))]),
  )
  const trust = await establishAuthorisationTrust(shared.factsFile, judgement.trustSet, judgement.policy.paths, ports)
  if (trust === null) throw new TypeError('no trust')
  context = {
    trust,
    consents: shared.factsFile.consents ?? null,
    judgement,
    trustSetInside: false,
    bestSignatureTime: '2026-03-14T09:12:01Z',
    sealers: declaredSealers(facts.records, certificates, new Map(), smallDigest),
    smallDigest,
  }
}, 60_000)
afterAll(async () => {
  await ports.close()
})

/** The decision as it stands, and what is known beside it. */
interface State {
  readonly decision: AuthorisationFacts
  readonly request: RequestFacts
  readonly consents: readonly OpenedConsent[]
}

function findingsOf({ decision, request, consents }: State): readonly Finding[] {
  const { records } = shared.factsFile.facts
  if (records === null) throw new TypeError('records')
  return checkAuthorisation({ ...records, authorisation: { ...decision, request } }, { ...context, consents })
}

const WORST = ['PASSED', 'INDETERMINATE', 'FAILED'] as const
/** Of the axis alone: that nobody asked for a recipient costs nothing. */
const rank = (findings: readonly Finding[]) =>
  WORST.indexOf(assess(findings, judgement.policy).axes.authorisation.value as (typeof WORST)[number])
const outcomes = (findings: readonly Finding[]) =>
  findings.map(({ id, value, reason }) => (reason === undefined ? `${id} ${value}` : `${id} ${value}:${reason}`))

function start(): State {
  const decision = shared.factsFile.facts.records?.authorisation ?? null
  if (decision?.request == null) throw new TypeError('no request')
  return { decision, request: decision.request, consents: shared.factsFile.consents ?? [] }
}

type Defect = (state: State) => State

const stated =
  (change: (statement: RequestFacts['statement']) => Partial<RequestFacts['statement']>): Defect =>
  ({ request, ...rest }) => ({
    ...rest,
    request: { ...request, statement: { ...request.statement, ...change(request.statement) } },
  })
const consented =
  (item: number, change: Partial<OpenedConsent['values']>): Defect =>
  (state) => ({
    ...state,
    consents: state.consents.map((one) => (one.item === item ? { ...one, values: { ...one.values, ...change } } : one)),
  })
const ofConsents =
  (change: (consents: RequestFacts['consents']) => Partial<RequestFacts['consents']>): Defect =>
  ({ request, ...rest }) => ({
    ...rest,
    request: { ...request, consents: { ...request.consents, ...change(request.consents) } },
  })
const scope = { purposes: ['trial (sample)'], recipients: ['national prosecutor'] }
const alteredApproval: Defect = ({ decision, ...rest }) => ({
  ...rest,
  decision: {
    ...decision,
    approvals: decision.approvals.map((approval) => ({
      ...approval,
      cms: approval.cms && {
        ...approval.cms,
        signers: approval.cms.signers.map((signer) => ({ ...signer, messageDigest: '00'.repeat(32) })),
      },
    })),
  },
})

/** Ways in which something is wrong. Whatever is said of each alone, none may ever make the whole better. */
const DEFECTS: Readonly<Record<string, Defect>> = {
  ...Object.fromEntries(
    ASSURANCES.map((name) => [
      `without ${name}`,
      stated(({ assurances }) => ({ assurances: assurances.filter(({ assurance }) => assurance !== name) })),
    ]),
  ),
  'no handling': stated(() => ({ conditions: [] })),
  'another purpose': stated(() => ({ purpose: 'documentation (sample)' })),
  'another export': stated(() => ({ exportNumber: '00'.repeat(16) })),
  'another log': stated(() => ({ logId: '00'.repeat(16) })),
  'other items': stated(() => ({ itemRoot: '00'.repeat(32) })),
  'other openings': stated(() => ({ disclosures: '00'.repeat(32) })),
  'a head ahead': stated(({ head }) => ({ head: { ...head, size: 99 } })),
  'a stale head': ({ request, ...rest }) => ({
    ...rest,
    request: {
      ...request,
      since: {
        lines: 3,
        problems: {
          count: 1,
          by: { 'other-type': 1 },
          first: [{ line: 4, code: 'other-type', expected: 'export | fixity-check', found: 'access' }],
        },
      },
    },
  }),
  'one approval twice': ({ decision, ...rest }) => ({
    ...rest,
    decision: { ...decision, approvals: decision.approvals.flatMap((one) => [one, one]).slice(0, 2) },
  }),
  'approvals over something else': alteredApproval,
  'a consent expired': consented(2, { until: '2026-03-01' }),
  'a consent withdrawn': consented(2, { withdrawn: '2026-03-01' }),
  'a consent that begins later': consented(3, { from: '2026-04-01' }),
  'a consent for another purpose': consented(1, { scope: { ...scope, purposes: [] } }),
  'a consent for other recipients': consented(1, { scope: { ...scope, recipients: [] } }),
  'a consent missing': ofConsents(({ problems }) => ({
    problems: {
      count: problems.count + 1,
      by: { ...problems.by, 'consent-missing': (problems.by['consent-missing'] ?? 0) + 1 },
      first: [...problems.first, { item: 1, code: 'consent-missing' }],
    },
  })),
  'a consent of no item': ofConsents(({ problems }) => ({
    problems: {
      count: problems.count + 1,
      by: { ...problems.by, 'no-item': (problems.by['no-item'] ?? 0) + 1 },
      first: [...problems.first, { item: 9, code: 'no-item' }],
    },
  })),
}

/**
 * Ways in which something is not there: where it was wrong before, that can no longer be said, and it is open. None may ever
 * make the whole pass.
 */
const ABSENCES: Readonly<Record<string, Defect>> = {
  // Which items are shared: a consent for one that is not contradicts nothing.
  'items unread': ofConsents(() => ({ needed: null })),
  'no purpose': stated(() => ({ purpose: null })),
  'no recipient': stated(() => ({ recipient: null })),
  'openings unread': ({ request, ...rest }) => ({ ...rest, request: { ...request, disclosures: null } }),
  'one approval': ({ decision, ...rest }) => ({
    ...rest,
    decision: { ...decision, approvals: decision.approvals.slice(0, 1) },
  }),
  'no approval': ({ decision, ...rest }) => ({ ...rest, decision: { ...decision, approvals: [] } }),
}
const ALL = { ...DEFECTS, ...ABSENCES }

describe('the axis authorisation', () => {
  test('passes where everything is shown', () => {
    const findings = findingsOf(start())
    expect(outcomes(findings)).toEqual([
      'authorisation.request PASSED',
      'authorisation.approvals PASSED',
      'authorisation.assurances PASSED',
      'authorisation.consents PASSED',
      'authorisation.conditions PASSED',
      'authorisation.exceptions PASSED',
      'authorisation.recipient NOT-CHECKED:not-asked',
    ])
    expect(rank(findings)).toBe(0)
  })

  test.each(Object.keys(ALL))('does not pass with %s', (name) => {
    expect(rank(findingsOf(ALL[name]?.(start()) ?? start()))).toBeGreaterThan(0)
  })

  test('is never better with more that is not met, and says only what the catalogue lists', () => {
    const known = new Set(CATALOGUE.flatMap(({ id, outcomes: all }) => all.map((outcome) => `${id} ${outcome}`)))
    const apply = (chosen: readonly string[]) =>
      findingsOf(chosen.reduce((state, name) => ALL[name]?.(state) ?? state, start()))
    const wrong = fc.constantFrom(...Object.keys(DEFECTS))
    const absent = fc.uniqueArray(fc.constantFrom(...Object.keys(ABSENCES)))
    fc.assert(
      fc.property(fc.uniqueArray(wrong, { maxLength: 6 }), wrong, absent, (some, more, without) => {
        const fewer = apply(some)
        const all = apply([...some, more])
        expect(rank(all)).toBeGreaterThanOrEqual(rank(fewer))
        const least = apply([...some, more, ...without])
        expect(rank(least)).toBeGreaterThan(0)
        for (const findings of [all, least]) {
          expect(outcomes(findings).filter((outcome) => !known.has(outcome))).toEqual([])
          expect(findings.some(({ value }) => value === 'FAILED')).toBe(rank(findings) === 2)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('is INDETERMINATE at best with a signed exception, needed or not', () => {
    const exceptions = excepted.request?.exceptions ?? []
    expect(exceptions).toHaveLength(1)
    for (const name of [null, ...Object.keys(ALL)]) {
      const state = name === null ? start() : (ALL[name]?.(start()) ?? start())
      expect(rank(findingsOf({ ...state, request: { ...state.request, exceptions } })), `${name}`).toBeGreaterThan(0)
    }
  })

  test('does not call a closed consent a contradiction, nor an open one for which nobody knows the time', () => {
    const { decision, request } = start()
    const closed = { ...request, consents: { ...request.consents, opened: 0, closed: 3 } }
    const findings = findingsOf({ decision, request: closed, consents: [] })
    expect(outcomes(findings)).toContain('authorisation.consents WITHHELD:closed')
    const { records } = shared.factsFile.facts
    const timeless = checkAuthorisation(records, { ...context, bestSignatureTime: null })
    expect(outcomes(timeless)).toContain('authorisation.consents INDETERMINATE:no-time')
  })

  test('names who approved, and what was excepted on which ground', () => {
    const of = (findings: readonly Finding[], id: string) =>
      findings.find((finding) => finding.id === id)?.evidence.map(({ found }) => found)
    expect(of(findingsOf(start()), 'authorisation.approvals')).toEqual([
      'Example approver 1 (sample) (CN=Example Approver One (sample))',
      'Example approver 2 (sample) (CN=Example Approver Two (sample))',
    ])
    const { decision, request, consents } = start()
    const exceptions = excepted.request?.exceptions ?? []
    expect(
      of(findingsOf({ decision, request: { ...request, exceptions }, consents }), 'authorisation.exceptions'),
    ).toEqual(['assurance-missing:no-death-penalty: Example order 3 (sample) (CN=Example Approver One (sample))'])
  })

  test('tells no approver from a sealer who is not known', () => {
    const { records } = shared.factsFile.facts
    const findings = checkAuthorisation(records, { ...context, sealers: null })
    expect(outcomes(findings)).toContain('authorisation.approvals INDETERMINATE:sealer-unknown')
  })
})

describe('a record that was altered', () => {
  const RECORD = 'record/authorisation.json'
  const files = () =>
    Object.fromEntries(
      ['bundle.json', 'items.jsonl', 'custody.jsonl', 'disclosures.jsonl', 'checkpoint', 'authorisation.json'].map(
        (name) => [`record/${name}`, read(`bundles/base/shared/record/${name}`)] as const,
      ),
    )
  const known = new Set(CATALOGUE.flatMap(({ id, outcomes: all }) => all.map((outcome) => `${id} ${outcome}`)))

  test('throws nothing, whatever byte is another, and never passes unless the name of an approver alone is', async () => {
    const whole = files()
    const bytes = whole[RECORD] ?? new Uint8Array(0)
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const altered = bytes.with(at, (bytes[at] ?? 0) ^ mask)
        const facts = await establishRecords(memoryTree({ ...whole, [RECORD]: altered }), ports)
        const findings = checkAuthorisation(facts, context)
        for (const outcome of outcomes(findings)) {
          expect(known, outcome).toContain(outcome)
          seen.add(outcome)
        }
        const named = facts.authorisation?.approvals.map(({ approver }) => approver).join() ?? ''
        const isNameAlone = named !== 'Example approver 1 (sample),Example approver 2 (sample)' && named !== ''
        if (!isNameAlone) expect(rank(findings), `${at} ${mask}`).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
    expect(seen).toContain('authorisation.request INDETERMINATE:malformed')
    expect(seen).toContain('authorisation.approvals FAILED:other-content')
  })
})

describe('consents that are opened later', () => {
  const openings = () =>
    (decodeUtf8(read('bundles/base/shared/record/disclosures.jsonl')) ?? '')
      .split('\n')
      .filter((line) => line.includes('"file":"authorisation.json"'))
  const given = async (lines: readonly string[]) => {
    const disclosures = [encodeUtf8(lines.map((line) => `${line}\n`).join(''))]
    const { factsFile } = await establish('consents-closed', { disclosures })
    return outcomes((await judge(factsFile, judgement, ports)).body.findings)
  }

  test('hold in the slots of their own names, and change nothing that the bundle says itself', async () => {
    const found = await given(openings())
    expect(openings()).toHaveLength(15)
    expect(found).toContain('disclosure.later-openings PASSED')
    expect(found).toContain('disclosure.later-form PASSED')
    expect(found).toContain('authorisation.consents WITHHELD:closed')
    expect(found).toContain('authorisation.later-consents PASSED')
  })

  test('are judged as those in the bundle are, as far as they are opened', async () => {
    const scopes = openings().filter((line) => line.includes('"field":"scope"'))
    expect(await given(scopes)).toContain('authorisation.later-consents WITHHELD:closed')
    // An opening that does not hold is none, and where nothing is opened of consents there is no such finding.
    for (const lines of [[], [(scopes[0] ?? '').replace(/"seq":[0-9]+/, '"seq":99')]])
      expect((await given(lines)).join()).not.toContain('later-consents')
    const consents = start().consents.map((one) => ({ ...one, later: true as const }))
    const later = { opened: 3, partly: 0, stubs: 0, withdrawn: { count: 0, by: {}, first: [] } }
    const asked = (
      values: Partial<OpenedConsent['values']>,
      facts: Partial<typeof later> = {},
      more: Partial<AuthorisationContext> = {},
    ) => {
      const changed = consents.map((one, at) => (at === 0 ? { ...one, values: { ...one.values, ...values } } : one))
      const finding = checkLaterConsents({ files: [], consents: { ...later, ...facts } }, start().request, {
        ...context,
        consents: changed,
        ...more,
      })
      return `${finding.value}:${finding.reason ?? ''}`
    }
    expect(asked({})).toBe('PASSED:')
    expect(asked({ scope: { purposes: ['another (sample)'], recipients: ['national prosecutor'] } })).toBe(
      'FAILED:consent-purpose',
    )
    expect(asked({ scope: { ...scope, recipients: ['court'] } })).toContain('FAILED:consent-')
    expect(asked({ from: '2026-05-01' })).toBe('FAILED:consent-not-yet')
    expect(asked({ until: '2026-01-31' })).toBe('INDETERMINATE:consent-expired')
    expect(asked({ withdrawn: '2026-02-01' })).toBe('INDETERMINATE:consent-withdrawn')
    const first = [{ item: 0, code: 'withdrawn-in-log' as const }]
    expect(asked({}, { withdrawn: { count: 1, by: { 'withdrawn-in-log': 1 }, first } as never })).toBe(
      'INDETERMINATE:withdrawn-in-log',
    )
    expect(asked({}, {}, { bestSignatureTime: null })).toBe('INDETERMINATE:no-time')
    expect(asked({}, {}, { consents: null })).toBe('INDETERMINATE:not-in-facts')
    expect(asked({}, { opened: 0, stubs: 1 }, { consents: null })).toBe('NOT-CHECKED:stubs')
  })

  test('of items that nobody can say are shared contradict nothing', () => {
    const { decision, request, consents } = start()
    const values = { scope: { purposes: ['another (sample)'], recipients: ['court'] } }
    const other = consents.map((one) => ({ ...one, values: { ...one.values, ...values } }))
    const known = findingsOf({ decision, request, consents: other })
    expect(outcomes(known)).toContain('authorisation.consents FAILED:consent-purpose')
    const unread = { ...request, consents: { ...request.consents, needed: null } }
    const findings = findingsOf({ decision, request: unread, consents: other })
    expect(outcomes(findings)).toContain('authorisation.consents INDETERMINATE:not-compared')
  })

  test('of another item, or with another value, are contradicted', async () => {
    const [first = '', second = ''] = openings()
    const field = (line: string) => /"field":"([a-z]+)"/.exec(line)?.[1] ?? ''
    expect(field(first)).not.toBe(field(second))
    const exchanged = second.replace(`"field":"${field(second)}"`, `"field":"${field(first)}"`)
    expect(await given([exchanged])).toContain('disclosure.later-openings FAILED:other-slot')
    const ofThree = openings()
      .slice(10)
      .map((line) => line.replace('"seq":3}', '"seq":2}'))
    const unique = [...openings().slice(0, 5), ...ofThree]
    expect(await given(unique)).toContain('disclosure.later-openings FAILED:no-slot')
  })
})

describe('what is saved of it', () => {
  /** Texts of consents, which are opened to this recipient and to nobody who gets the facts. */
  const OPENED = /Source 7|2026-12-31|truth commission/

  test('has no opened value unless that is asked for, and reads back', () => {
    const { factsFile } = shared
    const text = (show: { readonly opened?: boolean }) => decodeUtf8(serializeFacts(factsFile, show)) ?? ''
    expect(JSON.stringify(factsFile.facts)).not.toMatch(OPENED)
    expect(text({})).not.toMatch(OPENED)
    expect(text({ opened: true })).toMatch(OPENED)
    expect(parseFacts(serializeFacts(factsFile, { opened: true }))).toEqual(factsFile)
    expect(shared.opened?.filter(({ file }) => file === 'authorisation.json')).toHaveLength(15)
  })

  test('leaves consents open when they are not in it, and judges the rest the same', async () => {
    const live = await judge(shared.factsFile, judgement, ports)
    const saved = (show: { readonly opened?: boolean }): FactsFile => parseFacts(serializeFacts(shared.factsFile, show))
    const opened = await judge(saved({ opened: true }), judgement, ports)
    expect(opened.envelope.digests.findings).toBe(live.envelope.digests.findings)
    const { body } = await judge(saved({}), judgement, ports)
    const differing = outcomes(body.findings).filter((outcome) => !outcomes(live.body.findings).includes(outcome))
    expect(differing).toEqual(['authorisation.consents INDETERMINATE:not-in-facts'])
    expect(JSON.stringify(live.body)).not.toMatch(OPENED)
  })

  test('of another bag, and of an unknown format, is nothing', () => {
    const { records } = shared.factsFile.facts
    const reasons = (findings: readonly Finding[]) => new Set(findings.map(({ value, reason }) => `${value}:${reason}`))
    expect(reasons(checkAuthorisation(null, null))).toEqual(new Set(['NOT-CHECKED:foreign-bag']))
    expect(reasons(checkAuthorisation(records && { ...records, authorisation: null }, context))).toEqual(
      new Set(['NOT-CHECKED:unknown-format']),
    )
  })
})
