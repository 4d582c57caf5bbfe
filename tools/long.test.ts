import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { loadSweeps, pieceOfCommit, runShard, runSweep } from './long.mjs'
import type { Sweep } from './sweep.ts'
import { testPlace } from './testing/place.ts'

const COMMIT = '126e84c280a83b597dba8baf6a89f2db205c5cbb'
const provenance = { commit: COMMIT, commitDate: '2026-01-02T03:04:05+00:00', node: 'v20.19.0' }

const { newFolder } = testPlace('long')
let folder: string
beforeEach(() => {
  folder = newFolder('case')
})

/** Three pieces of ten cases; those in `failing` fail once, those in `breaking` throw. */
function fakeSweep({ failing = [], breaking = [] }: { failing?: number[]; breaking?: number[] } = {}) {
  const ran: number[] = []
  const sweep: Sweep = {
    name: 'fake',
    pieces: () => 3,
    runPiece: async (piece) => {
      ran.push(piece)
      if (breaking.includes(piece)) throw new Error('out of luck')
      return { cases: 10, failures: failing.includes(piece) ? [`case ${piece}0 was accepted`] : [] }
    },
  }
  return { sweep, ran }
}

function run(sweep: Sweep, more: { only?: number; provenance?: typeof provenance } = {}) {
  const lines: string[] = []
  const files = { stateFile: join(folder, 'state', 'fake.json'), assuranceFile: join(folder, 'assurance', 'fake.json') }
  const result = runSweep({ sweep, provenance, ...files, ...more, log: (line) => lines.push(line) })
  return { result, lines, assurance: () => readFileSync(files.assuranceFile, 'utf8') }
}

describe('a whole sweep', () => {
  test('runs every piece in order and writes its figures with the commit and the date of that commit', async () => {
    const { sweep, ran } = fakeSweep()
    const { result, assurance } = run(sweep)
    expect(await result).toMatchObject({ ran: [0, 1, 2], cases: 30, passed: 30, failed: 0 })
    expect(ran).toEqual([0, 1, 2])
    expect(JSON.parse(assurance())).toEqual({
      sweep: 'fake',
      commit: COMMIT,
      commitDate: '2026-01-02T03:04:05+00:00',
      node: 'v20.19.0',
      pieces: 3,
      cases: 30,
      passed: 30,
      failed: 0,
      failures: [],
    })
  })

  test('counts and names what failed, in the result, the log and the file', async () => {
    const { result, lines, assurance } = run(fakeSweep({ failing: [1] }).sweep)
    expect(await result).toMatchObject({ passed: 29, failed: 1, failures: ['case 10 was accepted'] })
    expect(lines).toContain('  case 10 was accepted')
    expect(JSON.parse(assurance())).toMatchObject({
      cases: 30,
      passed: 29,
      failed: 1,
      failures: ['case 10 was accepted'],
    })
  })

  test('goes on where it broke off, and keeps the failures found before', async () => {
    const broken = run(fakeSweep({ failing: [0], breaking: [1] }).sweep)
    await expect(broken.result).rejects.toThrow('out of luck')
    expect(broken.assurance).toThrow('ENOENT')
    const { sweep, ran } = fakeSweep()
    const { result } = run(sweep)
    expect(await result).toMatchObject({ cases: 30, failed: 1, failures: ['case 00 was accepted'] })
    expect(ran).toEqual([1, 2])
  })

  test('runs nothing again once it is complete', async () => {
    await run(fakeSweep().sweep).result
    const { sweep, ran } = fakeSweep()
    expect(await run(sweep).result).toMatchObject({ cases: 30 })
    expect(ran).toEqual([])
  })

  test.each([
    ['another commit', { commit: 'f'.repeat(40) }],
    ['another Node', { node: 'v24.0.0' }],
  ])('begins anew for %s', async (_, changed) => {
    await run(fakeSweep().sweep, { only: 0 }).result
    const { sweep, ran } = fakeSweep()
    await run(sweep, { provenance: { ...provenance, ...changed } }).result
    expect(ran).toEqual([0, 1, 2])
  })

  test('runs one piece alone, and writes no figures before the last one', async () => {
    const { sweep, ran } = fakeSweep()
    const first = run(sweep, { only: 2 })
    expect(await first.result).toMatchObject({ ran: [2], cases: 10 })
    expect(first.assurance).toThrow('ENOENT')
    await run(sweep, { only: 0 }).result
    const last = run(sweep, { only: 1 })
    await last.result
    expect(ran).toEqual([2, 0, 1])
    expect(JSON.parse(last.assurance())).toMatchObject({ cases: 30 })
  })

  test.each([-1, 3, 0.5, Number.NaN])('has no piece %s', async (only) => {
    await expect(run(fakeSweep().sweep, { only }).result).rejects.toThrow('fake has pieces 0 to 2')
  })

  test.each([
    ['nothing', undefined],
    ['no list', { cases: 1 }],
    ['a list of other things', { cases: 1, failures: [1] }],
    ['more failures than cases', { cases: 0, failures: ['a'] }],
    ['a broken count', { cases: -1, failures: [] }],
  ])('does not count a piece that gives %s', async (_, given) => {
    const sweep = { ...fakeSweep().sweep, runPiece: async () => given as never }
    await expect(run(sweep).result).rejects.toThrow('fake, piece 0')
  })

  test('has at least one piece', async () => {
    await expect(run({ ...fakeSweep().sweep, pieces: () => 0 }).result).rejects.toThrow('at least one piece')
  })
})

describe('the shard of a commit', () => {
  test('is the whole commit id modulo the number of pieces', () => {
    expect(pieceOfCommit('00000000000000000000000000000000000000ff', 10)).toBe(5)
    expect(pieceOfCommit('ff00000000000000000000000000000000000001', 256)).toBe(1)
    expect(pieceOfCommit(COMMIT, 1)).toBe(0)
  })

  test('is one piece', async () => {
    const { sweep, ran } = fakeSweep({ failing: [2] })
    expect(
      await runShard(
        sweep,
        (pieces) => pieces - 1,
        () => {},
      ),
    ).toMatchObject({ ran: [2], cases: 10, failed: 1 })
    expect(ran).toEqual([2])
  })
})

describe('the folder of sweeps', () => {
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  const module = (name: string) =>
    `const n: number = 2\nexport const name = '${name}'\nexport const pieces = () => n\nexport const runPiece = async () => ({ cases: n, failures: [] })`

  test('is read in the order of names, without its tests', async () => {
    write('b.ts', module('b'))
    write('a.ts', module('a'))
    write('a.test.ts', 'throw new Error()')
    write('readme.md', '')
    const sweeps = await loadSweeps(folder)
    expect(sweeps.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(await sweeps[0]?.pieces()).toBe(2)
  })

  test('may not exist', async () => {
    expect(await loadSweeps(join(folder, 'none'))).toEqual([])
  })

  test('holds nothing but sweeps', async () => {
    write('c.ts', module('d'))
    await expect(loadSweeps(folder)).rejects.toThrow('c.ts is no sweep')
  })

  test('is not read past a module that cannot be built', async () => {
    mkdirSync(join(folder, 'sub'))
    write('e.ts', 'const = 1')
    await expect(loadSweeps(folder)).rejects.toThrow('e.ts')
  })
})
