import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CATALOGUE, canonicalise, type Finding, type FindingId, type JsonValue } from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testPlace } from '../tools/testing/place.ts'
import { OVERS } from '../tools/vectors/bases.ts'
import { LOG_OVERS } from '../tools/vectors/log-bases.ts'
import { MUST_NOT_PASS_LOG_OVERS } from '../tools/vectors/must-not-pass-bases.ts'
import { RENEWAL_OVERS } from '../tools/vectors/renewal-bases.ts'
import { type Outcome, outcomeOf, VectorRunner } from '../tools/vectors/run-vector.ts'
import type { Vector } from './vector.ts'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const { place: scratch } = testPlace('vectors')
const ports = nodePorts()
const runner = new VectorRunner(FOLDER, scratch, ports)
afterAll(async () => {
  await ports.close()
})

const files = readdirSync(join(FOLDER, 'bundles')).filter((name) => name.endsWith('.json'))
const vectors = files.map((name): Vector => JSON.parse(readFileSync(join(FOLDER, 'bundles', name), 'utf8')))
const schema = JSON.parse(readFileSync(join(FOLDER, '../docs/spec/report-1.schema.json'), 'utf8'))
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema)

const outcomes = new Map<string, Outcome>()
/** Every value that any vector gave, by finding id. */
const seen = new Map<FindingId, Set<Finding['value']>>(CATALOGUE.map(({ id }) => [id, new Set()]))
beforeAll(async () => {
  for (const vector of vectors) outcomes.set(vector.name, await runner.run(vector))
  for (const { report } of outcomes.values())
    for (const { id, value } of report?.body.findings ?? []) seen.get(id)?.add(value)
}, 120_000)
const outcomesOf = new Map<string, readonly string[]>(CATALOGUE.map(({ id, outcomes }) => [id, outcomes]))

describe('a vector', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s is judged as it says', (name, vector) => {
    const { found, report } = outcomes.get(name) ?? expect.fail(name)
    const { also = [], diagnoses = [], leftovers = [], outside = [], ...expected } = vector.expect
    if (report === null) return expect(found).toEqual(vector.expect)
    expect(found).toEqual({ ...expected, diagnoses, leftovers, outside, also: expect.arrayContaining([...also]) })
    expect(validate(report), JSON.stringify(validate.errors, null, 1)).toBe(true)
    for (const finding of report.body.findings)
      expect(outcomesOf.get(finding.id), finding.id).toContain(outcomeOf(finding))
  })
})

describe('the vectors', () => {
  it('are named as their files, each with a reason and an effect of its own words', () => {
    expect(vectors.map(({ name }) => `${name}.json`)).toEqual(files.map((file) => basename(file)))
    for (const { name, why, effect } of vectors) {
      expect(why.length, name).toBeGreaterThan(10)
      expect(effect.length, name).toBeGreaterThan(10)
    }
    expect(new Set(vectors.map(({ why }) => why)).size).toBeGreaterThan(vectors.length * 0.9)
  })

  it('are more than a hundred, and at least half of them must not pass', () => {
    const negative = vectors.filter(({ expect: { indication } }) => indication !== 'TOTAL-PASSED')
    expect(vectors.length).toBeGreaterThanOrEqual(100)
    expect(negative.length * 2).toBeGreaterThanOrEqual(vectors.length)
  })

  it('use every bundle whose seal was made anew', () => {
    const used = new Set(vectors.flatMap(({ over }) => over ?? []))
    expect(
      Object.keys({ ...OVERS, ...LOG_OVERS, ...MUST_NOT_PASS_LOG_OVERS, ...RENEWAL_OVERS }).filter(
        (name) => !used.has(name),
      ),
    ).toEqual([])
  })

  /** Whole bundles and bags that are wrong themselves, because something is left out that no operation could add. */
  const WRONG_BASES = new Set([
    ...['no-time-stamp', 'record-file-missing', 'payload-name-not-of-the-form', 'no-payload'],
    // Judged in 2005, bag-md5 passes; bag-sha1 is its like.
    ...['bag-sha1', 'bag-utf-16-declared', 'bag-version-9', 'bag-empty', 'bag-group-impossible'],
    ...['bag-info-malformed', 'bag-unknown-algorithm'],
  ])

  it('have a base that passes as it is, so that the mutation alone makes the difference', () => {
    const passing = vectors.filter(
      ({ mutations, over, container, expect: { indication } }) =>
        mutations.length === 0 && over === undefined && container.kind === 'directory' && indication === 'TOTAL-PASSED',
    )
    const good = new Set(passing.map(({ base }) => base))
    const bases = new Set(vectors.flatMap(({ base }) => base ?? []))
    expect([...bases].filter((base) => !good.has(base)).sort()).toEqual([...WRONG_BASES].sort())
  })

  /** Answers that no bundle of this kind can give yet. */
  const NEVER_PASSED = new Set<FindingId>([
    // Nobody can show that there is no notice.
    'authorisation.notices',
    // A bundle that shows everything has no closed field at all, absent ones included.
    'disclosure.fields',
    // None of these bundles carries revocation data of its signer.
    'signer.revocation',
    // Not a question with a good answer: a bag is one of several, or it is not.
    'bag.part',
  ])

  it('show every finding passed and not passed', () => {
    // Those of a PDF certificate are seen where certificates are attacked, packages/certificate/src/check.test.ts; those of an
    // evidence record in evidence-records.test.ts, those of a certificate alone in pki-vectors.test.ts.
    const ids = CATALOGUE.map(({ id }) => id).filter(
      (id) => !/^(?:(?:document|evidence)\.|(?:signer|timestamp)\.key$)/.test(id),
    )
    const isNotPassed = (id: FindingId) => [...(seen.get(id) ?? [])].some((value) => value !== 'PASSED')
    expect(ids.filter((id) => !seen.get(id)?.has('PASSED'))).toEqual(ids.filter((id) => NEVER_PASSED.has(id)))
    expect(ids.filter((id) => !isNotPassed(id))).toEqual([])
  })
})

const bodyOf = async (name: string): Promise<Uint8Array> => {
  const vector = vectors.find((one) => one.name === name) ?? expect.fail(name)
  const { report } = await runner.run(vector)
  return canonicalise((report ?? expect.fail(name)).body as unknown as JsonValue)
}

describe('the body of a report', () => {
  it('is the same bytes for one bundle in every container', async () => {
    const bundle = await bodyOf('sealed')
    const containers = vectors.filter(
      ({ base, over, mutations, policy, trustSet, validationTime, container, expect: { indication } }) =>
        base === 'sealed' &&
        over === undefined &&
        mutations.length === 0 &&
        `${policy} ${trustSet} ${validationTime}` === 'sealed sample 2026-06-01T00:00:00Z' &&
        (container.kind === 'zip' || container.kind === 'tar') &&
        indication === 'TOTAL-PASSED',
    )
    expect(containers.length).toBeGreaterThan(15)
    for (const { name } of containers) expect(Buffer.from(await bodyOf(name)).equals(bundle), name).toBe(true)
  })

  it('is the same bytes in every time zone', async () => {
    const before = process.env.TZ
    try {
      const bodies: Buffer[] = []
      const hours = new Set<number>()
      for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/St_Johns']) {
        process.env.TZ = zone
        hours.add(new Date(0).getHours())
        bodies.push(Buffer.from(await bodyOf('validation-long-after')))
      }
      expect(hours.size).toBe(3)
      for (const body of bodies) expect(body.equals(bodies[0] ?? Buffer.alloc(0))).toBe(true)
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  })
})
