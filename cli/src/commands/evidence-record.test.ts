import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from '@probatum/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { runProbatum } from '../../../tools/testing/started.ts'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/evidence-records/', import.meta.url))
const { place, probatum: here } = placeHere('evidence-record')
const { anchors, vectors } = JSON.parse(readFileSync(join(VECTORS, 'vectors.json'), 'utf8')) as {
  anchors: string[]
  vectors: { name: string; data: string[]; validationTime: string }[]
}

const probatum = async (args: readonly string[], input?: string | Uint8Array) =>
  input === undefined ? here(...args) : runProbatum(args, { cwd: place, input })

/** The call for a vector: its record and its files, written down. */
function callFor(name: string): string[] {
  const { data, validationTime } = vectors.find((one) => one.name === name) ?? expect.fail(name)
  const files = data.map((content, index) => {
    const file = `${name}-${index}.txt`
    writeFileSync(join(place, file), content)
    return file
  })
  const record = join(VECTORS, `${name}.ers`)
  return ['evidence-record', 'verify', record, '--data', ...files, '--at', validationTime, '--trust-set', 'set.json']
}

beforeAll(async () => {
  anchors.forEach((der, index) => {
    writeFileSync(join(place, `root-${index}.der`), Buffer.from(der, 'base64'))
  })
  const roots = anchors.map((_, index) => `root-${index}.der`)
  const said = ['--source', 'a test', '--issuer', 'Example (sample)', '--review-by', '2050-01-01']
  const made = await probatum(['trust', 'add', ...roots, '--role', 'time-stamp-authority', ...said, '--to', 'set.json'])
  expect(made, made.err).toMatchObject({ code: 0 })
}, 60_000)

describe('evidence-record verify', () => {
  it('says that a renewed record holds, over which files, and since when', async () => {
    const run = await probatum(callFor('hash-tree-renewal'))
    expect(run.out).toMatch(/^✓ The evidence record holds for these files\.\n {2}TOTAL-PASSED \(time\)/)
    expect(run.out).toContain('Yes. The record is over exactly the bytes of these files.')
    expect(run.out).toContain('No later than 2026-04-01T12:00:01Z')
    expect(run.out).toContain('Example Time-Stamp Unit of 2025')
    expect(run.out.replaceAll(/\s+/g, ' ')).toContain('Renew before 2045-12-31T23:59:59Z: then the certificate')
    // Later authorities keep the proof; they say nothing of that day.
    expect(run.out).toContain('Confirmed by Example Time-Stamp Unit of 2025 (sample). ')
    expect([run.code, run.err]).toEqual([0, ''])
  })

  it('takes several files after one --data, and the record or one file from standard input', async () => {
    expect((await probatum(callFor('group'))).code).toBe(0)
    const call = callFor('group')
    const piped = call.map((word) => (word === 'group-1.txt' ? '-' : word))
    expect((await probatum(piped, readFileSync(join(place, 'group-1.txt')))).code).toBe(0)
    const record = call.map((word) => (word.endsWith('.ers') ? '-' : word))
    expect((await probatum(record, readFileSync(join(VECTORS, 'group.ers')))).code).toBe(0)
    const both = record.map((word) => (word === 'group-1.txt' ? '-' : word))
    expect(await probatum(both)).toMatchObject({ code: 2, err: expect.stringContaining('standard input') })
  })

  it('names the file that is not in the record, and ends with 1', async () => {
    const run = await probatum(callFor('one-file-not-covered'))
    expect(run.out).toMatch(/^✗ The evidence record does not hold for these files\./)
    expect(run.out).toContain('data[1] is not among what the record is over')
    expect(run.code).toBe(1)
  })

  it('cannot tell of a chain that is not whole, and asks for the record', async () => {
    const run = await probatum(callFor('renewal-missing'))
    expect(run.out).toMatch(/^◇ We cannot tell whether the evidence record holds for these files\./)
    expect(run.out).toContain('Please send me the evidence record of this file again')
    expect(run.code).toBe(3)
  })

  it('prints a call that gives the same report elsewhere', async () => {
    const call = [...callFor('group'), '--save', 'report.json', '--save-facts', 'facts.json']
    const run = await probatum(call)
    expect(run.out).toMatch(/evidence-record verify \S*group\.ers --data group-0\.txt --data group-1\.txt/)
    const report = JSON.parse(readFileSync(join(place, 'report.json'), 'utf8')) as Report
    expect([report.body.subject.kind, report.body.subject.format]).toEqual(['evidence-record', 'RFC 4998'])
    const judged = await probatum([
      'judge',
      'facts.json',
      ...call.slice(call.indexOf('--at'), call.indexOf('--save')),
      '--json',
    ])
    expect((JSON.parse(judged.out) as Report).body).toEqual(report.body)
  })

  it('refuses what is no evidence record, and files that are not there', async () => {
    const [group, verify, record = ''] = callFor('tree')
    const other = await probatum([group ?? '', verify ?? '', 'set.json', '--data', 'tree-0.txt'])
    expect(other).toMatchObject({ code: 4, err: expect.stringContaining('RFC 4998 evidence record') })
    expect(await probatum([group ?? '', verify ?? '', record, '--data', 'gone.txt'])).toMatchObject({ code: 4 })
    expect(await probatum([group ?? '', verify ?? '', record])).toMatchObject({ code: 2 })
    expect(existsSync(join(place, 'gone.txt'))).toBe(false)
    expect((await probatum(['verify', record])).err).toContain(
      '`probatum evidence-record verify FILE --data DATA` checks one',
    )
  })
})
