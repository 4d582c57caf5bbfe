import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodePorts, openDirectory } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant, shippedPolicy } from '../../../tools/testing/judgement.ts'
import { compareReports } from './compare/reports.ts'
import { establishBundleFacts } from './establish.ts'
import { canonicalise } from './json/canonicalise.ts'
import { toHex } from './model/bytes.ts'
import { ParseError } from './model/parse-error.ts'
import { PLAIN_INPUTS } from './model/report.ts'
import { parseCertificate } from './pki/certificate-parse.ts'
import { serializeReport } from './report.ts'
import { parseReport } from './report-file.ts'
import { doesVerdictFollow } from './report-shape.ts'
import { parseTrustSet } from './trust/parse-trust-set.ts'
import { judge } from './verify.ts'

const VECTORS = new URL('../../../test-vectors/', import.meta.url)
const ports = nodePorts({ jobs: 1 })
let saved: Uint8Array

beforeAll(async () => {
  const source = await openDirectory(fileURLToPath(new URL('bundles/base/two-authorities', VECTORS)))
  const { factsFile } = await establishBundleFacts(source, ports, { digests: 'all', name: 'sample', bytes: null })
  const policy = shippedPolicy('court')
  const validationTime = instant('2027-01-01T00:00:00Z')
  const set = new Uint8Array(readFileSync(new URL('trust-sets/sample.json', VECTORS)))
  const judgement = {
    policy,
    policySha256: '0'.repeat(64),
    trustSet: parseTrustSet(set, (der) => parseCertificate(der), ports.smallDigest),
    validationTime,
    inputs: PLAIN_INPUTS,
  } as Parameters<typeof judge>[1]
  saved = serializeReport(await judge(factsFile, judgement, ports))
}, 60_000)
afterAll(() => ports.close())

// biome-ignore lint/suspicious/noExplicitAny: what is altered is no report any more
type Anything = any
/** The saved report, altered, under digests that fit. */
function altered(edit: (report: Anything) => void): Uint8Array {
  const report: Anything = JSON.parse(new TextDecoder().decode(saved))
  edit(report)
  const digest = (value: object) => toHex(ports.smallDigest('sha256', canonicalise(value)))
  if (report.body instanceof Object && report.envelope?.digests instanceof Object)
    report.envelope.digests.whole = digest(report.body)
  return canonicalise(report)
}

/** Makes the whole and its axes pass, and leaves the findings. */
function passAll({ assessment, findings }: Anything): void {
  expect(findings.some(({ value }: Anything) => value === 'INDETERMINATE')).toBe(true)
  assessment.indication = 'TOTAL-PASSED'
  for (const axis of Object.values<Anything>(assessment.axes)) {
    axis.value = 'PASSED'
    axis.decisive = []
  }
}

function refusal(bytes: Uint8Array): string {
  try {
    parseReport(bytes, ports.smallDigest)
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
  return 'accepted'
}

describe('a saved report', () => {
  test('is read as it was written', () => {
    expect(serializeReport(parseReport(saved, ports.smallDigest))).toEqual(saved)
    expect(refusal(altered(() => {}))).toBe('accepted')
  })

  test('without any one of its members, or with another kind of value in its place, is none', () => {
    const places: string[][] = []
    const walk = (value: Anything, place: string[]) => {
      if (place.length > 0) places.push(place)
      // One of a list stands for the others.
      if (Array.isArray(value)) {
        for (const one of value.slice(0, 1)) walk(one, [...place, '0'])
      } else if (value instanceof Object) for (const name of Object.keys(value)) walk(value[name], [...place, name])
    }
    walk(JSON.parse(new TextDecoder().decode(saved)), [])
    const optional =
      /\.(?:at|reason|found|expected|missing|subIndication|counts|alternative|exceptions)$|\.counts\.\w+$/
    for (const place of places) {
      // What `altered` writes itself.
      if (place.at(-1) === 'whole') continue
      const holder = (report: Anything) => place.slice(0, -1).reduce((value, name) => value[name], report)
      const last = place.at(-1) ?? ''
      const where = place.join('.')
      const isElement = /^\d+$/.test(last)
      if (!isElement && !optional.test(where)) {
        expect(refusal(altered((report) => delete holder(report)[last])), `without ${where}`).toBe('ERR_REPORT')
      }
      const wrong = altered((report) => {
        const before = holder(report)[last]
        holder(report)[last] = typeof before === 'number' ? 'x' : -1
      })
      expect(refusal(wrong), `other ${where}`).toBe('ERR_REPORT')
    }
  })

  test('with a member that nobody knows is refused', () => {
    expect(refusal(altered(({ body }) => (body.extra = 1)))).toBe('ERR_REPORT')
  })

  test.each<[string, boolean, (report: Anything) => void]>([
    ['as it was written', true, () => {}],
    ['with a better whole than its axes give', false, ({ body }) => (body.assessment.indication = 'TOTAL-PASSED')],
    ['with a worse whole', false, ({ body }) => (body.assessment.indication = 'TOTAL-FAILED')],
    ['with an axis that hides a contradiction', false, ({ body }) => (body.findings[0].value = 'FAILED')],
    ['with an axis without any check', false, ({ body }) => (body.findings = [])],
    ['with axes that hide what is open', false, ({ body }) => passAll(body)],
    ['with other numbers of findings', false, ({ body }) => body.assessment.axes.bytes.counts.PASSED++],
  ])('%s has a verdict that follows: %s', (_name, follows, edit) => {
    expect(doesVerdictFollow(parseReport(altered(edit), ports.smallDigest).body)).toBe(follows)
  })

  test('of another version may have findings that are not known here', () => {
    const other = altered(({ body }) => {
      body.engine.version = '9.0.0'
      body.findings.push({ ...body.findings[0], id: 'later.check', value: 'PASSED', reason: 'later-reason' })
    })
    expect(refusal(other)).toBe('accepted')
  })
})

describe('two reports', () => {
  const compared = (edit: (report: Anything) => void) => {
    const [a, b] = [saved, altered(edit)].map((bytes) => parseReport(bytes, ports.smallDigest))
    if (a === undefined || b === undefined) throw new TypeError('two reports were read')
    return compareReports(a, b, ports.smallDigest)
  }

  test('of one content may have seen the same facts', () => {
    const { outcome, altered } = compared(({ body }) => (body.validationTime = '2027-01-02T00:00:00Z'))
    expect([outcome, ...altered]).toEqual(['same-facts'])
  })

  test('of different content saw no one set of facts, whatever digest they state', () => {
    const other = '1'.repeat(64)
    expect(compared(({ body }) => (body.content.sha256 = other)).outcome).toBe('unexplained')
    const stated = compared((report) => {
      report.body.content.sha256 = other
      report.envelope.digests.facts = other
    })
    expect(stated.outcome).toBe('other-facts')
  })

  test('of which one has a verdict that its findings do not give are told apart', () => {
    expect(compared(({ body }) => passAll(body)).altered).toEqual(['b'])
  })
})
