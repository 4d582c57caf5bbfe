// Needs: pdftotext.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Finding, Report } from '@probatum/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { placeHere } from '../../../tools/testing/place-here.ts'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/evidence-records/', import.meta.url))
const { place, probatum } = placeHere('record-beside')
const { anchors, vectors } = JSON.parse(readFileSync(join(VECTORS, 'vectors.json'), 'utf8')) as {
  anchors: string[]
  vectors: { name: string; data: string[] }[]
}
const record = (name: string) => join(VECTORS, `${name}.ers`)

/** A plain bag that has the files of a vector, and one more. */
function makeBag(name: string, vector: string): void {
  const data = vectors.find((one) => one.name === vector)?.data ?? expect.fail(vector)
  mkdirSync(join(place, name, 'data'), { recursive: true })
  const manifest = [...data, 'INVENTED SAMPLE: another file\n'].map((text, at) => {
    writeFileSync(join(place, name, `data/${at}.txt`), text)
    return `${createHash('sha256').update(text).digest('hex')}  data/${at}.txt\n`
  })
  writeFileSync(join(place, name, 'manifest-sha256.txt'), manifest.join(''))
  writeFileSync(join(place, name, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
}

async function verified(bundle: string, records: readonly string[], more: readonly string[] = [], year = 2040) {
  const given = records.flatMap((path) => ['--evidence-record', path])
  const run = await probatum(
    'verify',
    bundle,
    ...given,
    '--at',
    `${year}-01-01T00:00:00Z`,
    '--trust-set',
    'set.json',
    ...more,
    '--json',
  )
  expect(run.err).toBe('')
  const report = JSON.parse(run.out) as Report
  const findings = report.body.findings.filter(({ id }) => id === 'evidence.record')
  return { code: run.code, report, findings }
}
const outcomes = (findings: readonly Finding[]) =>
  findings.map(({ value, reason }) => (reason === undefined ? value : `${value}:${reason}`))

beforeAll(async () => {
  anchors.forEach((der, index) => {
    writeFileSync(join(place, `root-${index}.der`), Buffer.from(der, 'base64'))
  })
  const roots = anchors.map((_, index) => `root-${index}.der`)
  const said = ['--source', 'a test', '--issuer', 'Example (sample)', '--review-by', '2050-01-01']
  expect(
    (await probatum('trust', 'add', ...roots, '--role', 'time-stamp-authority', ...said, '--to', 'set.json')).code,
  ).toBe(0)
  makeBag('bag', 'hash-tree-renewal')
  makeBag('pair', 'group-hashed-anew')
  writeFileSync(join(place, 'letter.txt'), 'INVENTED SAMPLE: no record\n')
}, 60_000)

describe('verify --evidence-record', () => {
  it('says that files of the bundle existed before a time, and which', async () => {
    const { code, findings } = await verified('bag', [record('hash-tree-renewal')], ['--policy', 'fixity'])
    expect(code).toBe(0)
    expect(findings).toMatchObject([{ value: 'PASSED', axis: 'time', counts: { files: 4, compared: 4, covered: 1 } }])
    expect(findings[0]?.evidence).toEqual([
      { name: 'time', found: '2026-04-01T12:00:01Z' },
      { name: 'covers', found: 'data/0.txt' },
    ])
    const given = ['--evidence-record', record('hash-tree-renewal'), '--at', '2040-01-01T00:00:00Z']
    const { out } = await probatum('verify', 'bag', '--policy', 'fixity', ...given, '--trust-set', 'set.json')
    expect(out.replaceAll(/\s+/g, ' ')).toContain('Of the 4 files here, 1 existed before 2026-04-01T12:00:01Z')
    expect(out).toContain(`--evidence-record ${record('hash-tree-renewal')}`)
  })

  it('takes groups, several records, and one record twice as one', async () => {
    const pair = await verified(
      'pair',
      [record('group-hashed-anew'), record('group-hashed-anew')],
      ['--policy', 'fixity'],
      2034,
    )
    expect(outcomes(pair.findings)).toEqual(['PASSED'])
    expect(pair.findings[0]?.counts).toMatchObject({ covered: 2 })
    const both = await verified('bag', [record('hash-tree-renewal'), record('group')], ['--policy', 'fixity'])
    expect(outcomes(both.findings).sort()).toEqual(['INDETERMINATE:foreign', 'PASSED'])
    expect(both.report.body.inputs.files.map(({ kind }) => kind)).toEqual(['evidence-record', 'evidence-record'])
  })

  it('says of a file that is no record that it proves nothing', async () => {
    const no = await verified('bag', ['letter.txt'], ['--policy', 'fixity'])
    expect([no.code, ...outcomes(no.findings)]).toEqual([0, 'INDETERMINATE:malformed'])
  })

  it('costs certainty where the policy asks for a time, and as of an earlier day says nothing', async () => {
    mkdirSync(join(place, 'files'))
    writeFileSync(join(place, 'files/a.txt'), readFileSync(join(place, 'bag/data/0.txt')))
    expect((await probatum('seal', 'files', '-o', 'sealed', '--demo-authority')).code).toBe(0)
    const trust = ['--trust-set', 'sealed.trust-set.json']
    const value = async (...args: string[]) => {
      const { out } = await probatum('verify', 'sealed', ...trust, ...args, '--json')
      const { assessment, findings } = (JSON.parse(out) as Report).body
      return [assessment.indication, ...outcomes(findings.filter(({ id }) => id === 'evidence.record'))]
    }
    expect(await value()).toEqual(['TOTAL-PASSED'])
    expect(await value('--evidence-record', record('group'))).toEqual(['INDETERMINATE', 'INDETERMINATE:foreign'])
    // What the seal proves stays said.
    const { out } = await probatum('verify', 'sealed', ...trust, '--evidence-record', record('group'))
    const said = out.replaceAll(/\s+/g, ' ')
    expect(said).toContain('The files match, but not everything that the policy asks for could be decided.')
    expect(said).toMatch(/Since when does it exist\? No later than 20\S+Z\./)
    expect(said).toContain('The evidence record is over none of these files')
    // Its authorities are in no list that was given.
    expect(await value('--evidence-record', record('hash-tree-renewal'))).toEqual([
      'INDETERMINATE',
      'INDETERMINATE:unproved',
    ])
    const early = ['--at', '2020-01-01T00:00:00Z', '--policy', 'fixity']
    expect((await value('--evidence-record', record('hash-tree-renewal'), ...early))[1]).toBe('NOT-CHECKED:in-future')
  })

  it('is judged the same from saved facts', async () => {
    const { report } = await verified(
      'bag',
      [record('three-chains')],
      ['--policy', 'fixity', '--save-facts', 'facts.json'],
    )
    const args = ['--policy', 'fixity', '--trust-set', 'set.json', '--at', '2040-01-01T00:00:00Z', '--json']
    const judged = await probatum('judge', 'facts.json', ...args)
    expect(judged.err).toBe('')
    // The inputs too: what was given is in the facts.
    expect(report.body.inputs.files).toMatchObject([{ kind: 'evidence-record' }])
    expect(JSON.parse(judged.out)).toEqual({ ...report, envelope: { ...report.envelope, savedFacts: true } })
  })
})

describe('certify --evidence-record', () => {
  it('prints what it proves and of which files, and the certificate is made again from what it carries', async () => {
    const judged = ['--policy', 'fixity', '--trust-set', 'set.json', '--at', '2040-01-01T00:00:00Z']
    const given = ['--evidence-record', record('hash-tree-renewal')]
    expect(await probatum('certify', 'bag', '-o', 'c.pdf', ...judged, ...given, '--quiet')).toMatchObject({
      code: 0,
      err: '',
    })
    const pages = execFileSync('pdftotext', ['-layout', 'c.pdf', '-'], { cwd: place, encoding: 'utf8' })
    expect(pages.replaceAll(/\s+/g, ' ')).toContain('Of the 4 files here, 1 existed before 2026-04-01T12:00:01Z')
    expect(pages).toMatch(/Evidence record 1, given beside the bundle\n[^\n]*[0-9a-f]{64}/)
    expect(pages).toMatch(/files that it is over +1 of 4\s+data\/0\.txt/)
    const check = ['certificate', 'check', 'c.pdf', '--bundle', 'bag', '--trust-set', 'set.json', '--json']
    const [certificate, theirs] = (await probatum(...check, ...given)).out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as Report).body.findings)
    const values = (findings: readonly Finding[] | undefined, ...ids: readonly string[]) =>
      findings?.flatMap(({ id, value }) => (ids.includes(id) ? [value] : []))
    expect(values(certificate, 'document.report', 'document.base', 'document.bundle')).toEqual([
      'PASSED',
      'PASSED',
      'PASSED',
    ])
    expect(values(theirs, 'evidence.record')).toEqual(['PASSED'])
  })
})

describe('explain', () => {
  const judged = ['--policy', 'fixity', '--trust-set', 'set.json', '--at', '2040-01-01T00:00:00Z']

  it('tells what each evidence record rests on, of a bundle and of saved facts', async () => {
    const [good, foreign] = [record('hash-tree-renewal'), record('group')]
    const both = ['--evidence-record', good, '--evidence-record', foreign]
    const fromBundle = await probatum('explain', 'bag', '--rests-on', ...judged, ...both, '--json')
    expect(fromBundle.err).toBe('')
    const falls = JSON.parse(fromBundle.out) as readonly {
      support: { kind: string; label?: string; path?: string; record?: string }
      records?: readonly { sha256: string; before: string; after: string }[]
    }[]
    const own = createHash('sha256').update(readFileSync(good)).digest('hex')
    const without = (kind: string) =>
      falls.flatMap(({ support, records }) => (support.kind === kind && records !== undefined ? [support] : []))
    expect(without('token').map(({ path, record: of }) => [path, of])).toEqual(
      ['archiveTimeStamp[0][0]', 'archiveTimeStamp[0][1]', 'archiveTimeStamp[1][0]'].map((path) => [path, own]),
    )
    const years = without('anchor').map(({ label }) => /\d{4}/.exec(label ?? '')?.[0])
    expect(years).toEqual(['2020', '2028', '2034'])
    expect(without('certificate')).toHaveLength(3)
    // It proves nothing, so nothing carries it; nothing of the bag itself rests on either.
    expect(new Set(falls.flatMap(({ records }) => records ?? []).map(({ sha256 }) => sha256))).toEqual(new Set([own]))
    await verified(
      'bag',
      [good, foreign],
      ['--policy', 'fixity', '--save-facts', 'rests.json', '--save', 'report.json'],
    )
    const fromFacts = await probatum('explain', 'rests.json', '--rests-on', ...judged, '--json')
    expect(JSON.parse(fromFacts.out)).toEqual(falls)
    const refused = await probatum('explain', 'rests.json', '--rests-on', ...judged, ...both)
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--evidence-record goes with a bundle')])
    const retold = (await probatum('explain', 'report.json')).out.replaceAll(/\s+/g, ' ')
    expect(retold).toContain(`PASSED · evidence.record · ${own}`)
    expect(retold).toContain('covers: found data/0.txt Rests on RFC 4998')
  })
})
