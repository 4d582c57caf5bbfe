import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CATALOGUE, doesVerdictFollow, ParseError, parseFacts, serializeFacts } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidenceRecordFiles } from '../tools/vectors/evidence-record-files.ts'
import { besideBag, factsOf, judgeFacts, outcomesOf, reportOf } from '../tools/vectors/evidence-record-run.ts'
import { EVIDENCE_RECORDS, type EvidenceRecordVector } from '../tools/vectors/evidence-records.ts'

const FOLDER = fileURLToPath(new URL('evidence-records/', import.meta.url))
const vector = (name: string): EvidenceRecordVector =>
  EVIDENCE_RECORDS.find((one) => one.name === name) ?? expect.fail(name)
const CATALOGUED: readonly string[] = CATALOGUE.flatMap((row: { id: string; outcomes?: readonly string[] }) =>
  (row.outcomes ?? []).map((outcome) => `${row.id} ${outcome}`),
)

describe('an evidence record beside a bag', () => {
  it.each(EVIDENCE_RECORDS.map(({ name }) => name))('proves a time as alone, and is never FAILED: %s', async (name) => {
    const one = vector(name)
    const { report } = await besideBag(one)
    const [finding, more] = report.body.findings.filter(({ id }) => id === 'evidence.record')
    if (finding === undefined || more !== undefined) throw new TypeError('not one finding')
    expect(finding.value).not.toBe('FAILED')
    if (one.indication === 'TOTAL-PASSED') {
      expect(finding).toMatchObject({ value: 'PASSED', counts: { covered: one.data.length } })
      expect(finding.evidence[0]).toEqual({ name: 'time', found: one.bestSignatureTime })
    }
    // A file that is not covered is not said to be: the record may be over others.
    if (finding.value === 'PASSED' && one.indication !== 'TOTAL-PASSED')
      expect(finding.counts?.covered).toBeLessThan(one.data.length)
    expect(CATALOGUED).toContain(
      `evidence.record ${finding.value}${finding.reason === undefined ? '' : `:${finding.reason}`}`,
    )
  })

  it('changes no other finding', async () => {
    const others = async (name: string) =>
      (await besideBag(vector(name))).report.body.findings.filter(({ id }) => id !== 'evidence.record')
    const known = await others('hash-tree-renewal')
    for (const name of ['renewal-missing', 'renewed-too-late', 'chain-dropped'])
      expect(await others(name)).toEqual(known)
  })

  it('is judged again from saved facts, with the same body', async () => {
    for (const name of ['hash-tree-renewal', 'truncated', 'digest-unknown', 'one-file-not-covered']) {
      const { facts, report } = await besideBag(vector(name))
      const again = await judgeFacts(parseFacts(serializeFacts(facts)), vector(name).validationTime)
      expect(again.body).toEqual(report.body)
    }
  })
})

describe('an evidence record', () => {
  it('stands in the folder with the bytes that fixed keys and times give', () => {
    const made = evidenceRecordFiles()
    expect(readdirSync(FOLDER).sort()).toEqual([...made.keys()].sort())
    const differing = [...made].filter(([name, bytes]) => Buffer.compare(readFileSync(join(FOLDER, name)), bytes) !== 0)
    expect(differing.map(([name]) => name)).toEqual([])
  })

  it.each(EVIDENCE_RECORDS.map(({ name }) => name))('%s', async (name) => {
    const one = vector(name)
    const report = await reportOf(one)
    expect(outcomesOf(report)).toEqual(one.findings)
    expect(report.body.assessment.indication).toBe(one.indication)
    expect(report.body.bestSignatureTime).toBe(one.bestSignatureTime)
    expect(doesVerdictFollow(report.body)).toBe(true)
    for (const { id, value, reason } of report.body.findings.filter((each) => each.id.startsWith('evidence.')))
      expect(CATALOGUED).toContain(`${id} ${value}${reason === undefined ? '' : `:${reason}`}`)
  })

  it('names in each negative vector what is wrong, why and what accepting it would do', () => {
    for (const { name, mutation, why, effect, indication } of EVIDENCE_RECORDS) {
      expect([name, mutation === null]).toEqual([name, indication === 'TOTAL-PASSED'])
      expect(why.length, name).toBeGreaterThan(20)
      expect(effect.length, name).toBeGreaterThan(20)
    }
  })

  it('is judged again from saved facts, with the same body', async () => {
    for (const name of ['hash-tree-renewal', 'truncated', 'digest-unknown', 'part-of-a-group']) {
      const facts = await factsOf(vector(name))
      const again = await judgeFacts(parseFacts(serializeFacts(facts)), vector(name).validationTime)
      expect(again.body).toEqual((await reportOf(vector(name))).body)
    }
  })

  it('whose saved facts put a time-stamp in another place is refused', async () => {
    const { facts, container } = await factsOf(vector('hash-tree-renewal'))
    const { evidenceRecord } = facts
    if (evidenceRecord === undefined) throw new TypeError('no record')
    const { timestamps } = evidenceRecord
    const changed = [
      timestamps.toReversed(),
      timestamps.slice(1),
      timestamps.map((stamp) => ({ ...stamp, chain: 0 })),
      [],
    ]
    for (const list of changed) {
      const file = { container, facts: { ...facts, evidenceRecord: { ...evidenceRecord, timestamps: list } } }
      expect(() => parseFacts(serializeFacts(file))).toThrow(/ERR_FACTS/)
    }
    const { evidenceRecord: _, ...bare } = facts
    expect(() => parseFacts(serializeFacts({ container, facts: bare }))).toThrow(/ERR_FACTS/)
  })

  it('that proves a time says until when, by its last time-stamp', async () => {
    const due = ({ body }: Awaited<ReturnType<typeof reportOf>>) =>
      body.findings
        .filter(({ id }) => id === 'renewal.due')
        .flatMap(({ value, reason, evidence }) => [
          value,
          reason,
          evidence.find(({ name }) => name === 'renewBefore')?.found,
        ])
    expect(due(await reportOf(vector('tree')))).toEqual(['PASSED', 'certificate', '2032-12-31T23:59:59Z'])
    expect(due(await reportOf(vector('hash-tree-renewal')))).toEqual(['PASSED', 'certificate', '2045-12-31T23:59:59Z'])
    // As of 2028 the renewals were not there yet.
    expect(due(await reportOf(vector('before-its-renewals')))).toEqual([
      'PASSED',
      'certificate',
      '2032-12-31T23:59:59Z',
    ])
    expect(due(await reportOf(vector('not-renewed')))).toEqual([])
    // A time-stamp from elsewhere carries nothing.
    const appended = due(await reportOf(vector('renewal-of-another-record')))
    expect(appended).toEqual(['PASSED', 'certificate', '2032-12-31T23:59:59Z'])
  })

  it('without a trust set proves no time and contradicts nothing', async () => {
    const { body } = await reportOf(vector('hash-tree-renewal'), null)
    expect(body.assessment.indication).toBe('INDETERMINATE')
    expect(body.bestSignatureTime).toBeNull()
    expect(body.findings.filter(({ value }) => value === 'FAILED')).toEqual([])
  })

  it('with any octet changed proves no other time, and no other file', async () => {
    const whole = vector('hash-tree-renewal')
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.record.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, mask, other) => {
          const record = whole.record.slice()
          record[at] = (record[at] ?? 0) ^ mask
          const data = other ? ['Another file (sample).\n'] : whole.data
          const report = await reportOf({ ...whole, record, data }).catch((error: unknown) => error)
          // Its first octets may make it something else than an evidence record.
          if (report instanceof ParseError) return
          if (report instanceof Error) throw report
          const { assessment, bestSignatureTime } = (report as Awaited<ReturnType<typeof reportOf>>).body
          if (other) expect(assessment.indication).not.toBe('TOTAL-PASSED')
          expect(bestSignatureTime === null || (!other && bestSignatureTime === whole.bestSignatureTime)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('cut at any length is read as such and broken, or refused as none', async () => {
    const whole = vector('tree')
    for (let length = 0; length < whole.record.length; length += 97) {
      const cut = { ...whole, record: whole.record.subarray(0, length) }
      const report = await reportOf(cut).catch((error: unknown) => error)
      if (report instanceof ParseError) expect(report.code).toBe('ERR_ERS_STRUCTURE')
      else if (report instanceof Error) throw report
      else expect(outcomesOf(report as Awaited<ReturnType<typeof reportOf>>)).toEqual(vector('truncated').findings)
    }
  })
})
