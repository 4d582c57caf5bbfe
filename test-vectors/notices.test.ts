import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  AXES,
  CATALOGUE,
  describeGivenNotices,
  establishBundleFacts,
  type FactsFile,
  type Finding,
  judge,
  LIMITS,
  noticeFile,
  parseCertificate,
  parseFacts,
  parseNotice,
  parseTrustSet,
  type Report,
  serializeFacts,
  serializePolicy,
  serializeReport,
  toHex,
} from '@probatum/core'
import { nodePorts, openDirectory } from '@probatum/platform/node'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { instant, shippedPolicy } from '../tools/testing/judgement.ts'

/** Notices against the bundle that they are about. */
const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const ports = nodePorts({ jobs: 1 })
afterAll(() => ports.close())

const read = (path: string) => new Uint8Array(readFileSync(join(FOLDER, path)))
const NAMES = readdirSync(join(FOLDER, 'notices')).map((name) => name.slice(0, -'.json'.length))
const notice = (name: string) => read(`notices/${name}.json`)
const trustSet = parseTrustSet(read('trust-sets/notices.json'), parseCertificate, ports.smallDigest)

async function factsWith(notices: readonly Uint8Array[], base = 'custody'): Promise<FactsFile> {
  const source = await openDirectory(join(FOLDER, 'bundles/base', base))
  try {
    const request = { digests: 'all', name: base, bytes: null, notices } as const
    return (await establishBundleFacts(source, ports, request)).factsFile
  } finally {
    await source.close()
  }
}

async function judged(file: FactsFile, id = 'sealed', at = '2026-06-01T00:00:00Z'): Promise<Report> {
  const policy = shippedPolicy(id)
  const validationTime = instant(at)
  const policySha256 = toHex(ports.smallDigest('sha256', serializePolicy(policy)))
  const files = describeGivenNotices(file.facts)
  const inputs = {
    digests: 'all',
    part: false,
    names: false,
    setCode: 'not-confirmed',
    files,
    recipient: null,
  } as const
  return judge(file, { policy, policySha256, trustSet, validationTime, inputs }, ports)
}

const ofNotices = ({ body }: Report) => body.findings.filter(({ id }) => id === 'authorisation.notices')
const ofOthers = ({ body }: Report) => body.findings.filter(({ id }) => id !== 'authorisation.notices')
const found = (finding: Finding | undefined, name: string) =>
  finding?.evidence.find((evidence) => evidence.name === name)?.found

const outcomes: readonly string[] = CATALOGUE.find(({ id }) => id === 'authorisation.notices')?.outcomes ?? []
const without = await judged(await factsWith([]))

/** What must hold whatever is given: no other answer moves, and none is FAILED. */
function expectOnlyAuthorisation(report: Report, before: Report = without): void {
  expect(ofOthers(report)).toEqual(ofOthers(before))
  for (const axis of AXES.filter((one) => one !== 'authorisation'))
    expect({ ...report.body.assessment.axes[axis], decisive: [] }).toEqual({
      ...before.body.assessment.axes[axis],
      decisive: [],
    })
  for (const { value, reason } of ofNotices(report)) {
    expect(value).not.toBe('FAILED')
    expect(outcomes).toContain(`${value}:${reason}`)
  }
  expect(report.body.signatures).toEqual(before.body.signatures)
  expect(report.body.bestSignatureTime).toBe(before.body.bestSignatureTime)
}

describe('a notice', () => {
  it('is not asked for where none was given', () => {
    expect(ofNotices(without).map(({ value, reason }) => `${value}:${reason}`)).toEqual(['NOT-CHECKED:none'])
    expect(without.body.assessment.indication).toBe('TOTAL-PASSED')
  })

  it.each(NAMES)('%s moves no axis but authorisation', async (name) => {
    expectOnlyAuthorisation(await judged(await factsWith([notice(name)])))
  })

  it('says day, items, code and event in the evidence, and names whoever signed it', async () => {
    const [finding] = ofNotices(await judged(await factsWith([notice('by-sealer')])))
    expect(finding?.reason).toBe('withdrawn-item')
    expect(['date', 'items', 'code', 'kind', 'event', 'role'].map((name) => found(finding, name))).toEqual([
      ...['2026-04-20', '1', 'consent-withdrawn', 'withdrawn', 'consent-withdrawal 8', 'signer'],
    ])
    expect(found(finding, 'signer')).toContain('Example Mechanism (sample)')
  })

  it('costs a bundle its answer under a policy that does not ask for authorisation, unless it is about another one', async () => {
    const report = await judged(await factsWith([notice('by-office')]), 'fixity')
    expect(report.body.assessment.indication).toBe('INDETERMINATE')
    expect(report.body.assessment.axes.authorisation.required).toBe(true)
    const other = await judged(await factsWith([notice('other-bundle'), notice('other-bundle-by-stranger')]), 'fixity')
    expect(other.body.assessment.indication).toBe('TOTAL-PASSED')
    expect(other.body.assessment.axes.authorisation.required).toBe(false)
  })

  it('stands once for each file, in the order of their digests, in findings and inputs', async () => {
    const given = ['whole', 'by-office', 'whole', 'no-json'].map(notice)
    const one = await judged(await factsWith(given))
    const other = await judged(await factsWith([...given].reverse()))
    expect(Buffer.from(serializeReport(other)).equals(serializeReport(one))).toBe(true)
    const names = ofNotices(one).map(({ subject }) => subject.name)
    expect(names).toEqual([...new Set(given.map((bytes) => toHex(ports.smallDigest('sha256', bytes))))].sort())
    expect(one.body.inputs.files).toEqual(names.map((sha256) => ({ kind: 'notice', sha256 })))
  })

  it('is judged again from saved facts, with the same bytes as the report', async () => {
    const file = await factsWith(NAMES.map(notice))
    // With opened values: whose hand-overs are is told of these alone.
    const again = parseFacts(serializeFacts(file, { opened: true }))
    expect(again.facts.notices?.files).toHaveLength(NAMES.length)
    const report = await judged(again)
    expect(Buffer.from(serializeReport(report)).equals(serializeReport(await judged(file)))).toBe(true)
    expectOnlyAuthorisation(report)
  })

  it('is refused in saved facts that say of it what no reading gives', async () => {
    const file = await factsWith([notice('by-sealer')])
    const [own] = file.facts.notices?.files ?? expect.fail('no notices')
    const withFacts = (change: object) =>
      serializeFacts({
        ...file,
        facts: { ...file.facts, notices: { files: [{ ...(own ?? expect.fail()), ...change }], certificates: [] } },
      })
    expect(() => parseFacts(withFacts({}))).not.toThrow()
    for (const change of [{ context: null }, { statement: null }, { about: 'other-bundle' }, { state: 'limit' }])
      expect(() => parseFacts(withFacts(change)), JSON.stringify(change)).toThrow(/ERR_FACTS/)
  })

  it('brings certificates of its own that change nothing for the seal', async () => {
    const { facts } = await factsWith([notice('by-office')])
    const { facts: bare } = await factsWith([])
    const { notices, ...rest } = facts
    expect(rest).toEqual(bare)
    expect(notices?.certificates).toHaveLength(1)
  })

  it('is told as unread beyond what is examined in one run, and costs certainty', async () => {
    const many = Array.from({ length: LIMITS.noticesGiven + 3 }, (_, at) => new TextEncoder().encode(`${at}`))
    const report = await judged(await factsWith(many))
    const reasons = ofNotices(report).map(({ reason }) => reason)
    expect(reasons.filter((reason) => reason === 'limit')).toHaveLength(3)
    expectOnlyAuthorisation(report)
  })

  it('is told as unread beyond what may stand in the facts', async () => {
    const large = Array.from({ length: 5 }, (_, at) => new Uint8Array(LIMITS.noticesBytes / 4).fill(0x20 + at))
    const report = await judged(await factsWith(large))
    expect(ofNotices(report).map(({ reason }) => reason)).toContain('limit')
    expectOnlyAuthorisation(report)
  })

  it('with half a million positions is told in a few words, and with more is beyond what is read', async () => {
    const { statement } = parseNotice(notice('by-sealer'))
    const withPositions = async (length: number) => {
      const items = Array.from({ length }, (_, at) => 2 * at)
      const file = await factsWith([noticeFile({ ...statement, items }, Uint8Array.of(0x30))])
      return ofNotices(await judged(file))
    }
    const [finding] = await withPositions(500_000)
    expect(finding?.reason).toBe('malformed-signature')
    expect(found(finding, 'items')).toMatch(/^0, 2, 4, .*38, … \(500000\)$/)
    const [beyond] = await withPositions(1_000_000)
    expect(`${beyond?.value}:${beyond?.reason}`).toBe('INDETERMINATE:limit')
  })

  it('with any octet changed says nothing that the issuer did not sign', async () => {
    const whole = notice('by-office')
    const signed = new TextDecoder().decode(parseNotice(whole).signed)
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const altered = whole.slice()
        altered[at] = (altered[at] ?? 0) ^ mask
        const report = await judged(await factsWith([altered]))
        expectOnlyAuthorisation(report)
        const [finding] = ofNotices(report)
        if (finding?.reason !== 'withdrawn-item') return
        // In an unprotected place of the CMS an octet may matter to nobody.
        expect(new TextDecoder().decode(parseNotice(altered).signed)).toBe(signed)
      }),
      { numRuns: 40 },
    )
  })

  it('of any bytes is read or refused, and never an error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((text) => new TextEncoder().encode(`{"notice":${text},"signature":"AAAA"}`)),
        ),
        async (bytes) => {
          const file = await factsWith([bytes])
          expect(file.facts.notices?.files[0]?.state).not.toBe('read')
          expectOnlyAuthorisation(await judged(file))
        },
      ),
      { numRuns: 30 },
    )
  })
})
