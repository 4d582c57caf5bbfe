import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import {
  type BundleSource,
  type DigestAlgorithm,
  type Digester,
  type DigestJob,
  type DigestOutcome,
  openArchive,
  ParseError,
  PayloadGuess,
  type SourceEntry,
} from '@probatum/core'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildArchive } from '../../../../test-vectors/archives/build.ts'
import type { ArchiveCase, ZipEntryRecipe } from '../../../../test-vectors/archives/recipe.ts'
import { createNodeDigester, type NodeDigester, nodeInflater, openDirectory, openFileAccess } from './index.ts'

const SHA256: readonly DigestAlgorithm[] = ['sha256']
const ARCHIVES = new URL('../../../../test-vectors/archives/', import.meta.url)

let folder: string
let threaded: NodeDigester
const alone = createNodeDigester({ jobs: 1 })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probatum-ahead-'))
  mkdirSync(join(folder, 'bag', 'data'), { recursive: true })
  writeFileSync(join(folder, 'bag', 'manifest-sha512.txt'), '')
  for (let i = 0; i < 400; i++) writeFileSync(join(folder, 'bag', 'data', `${i}`), `file ${i} `.repeat(i))
  const worker = join(folder, 'worker.mjs')
  await build({
    stdin: {
      contents: "import { runDigestWorker } from './digest-worker.ts'\nrunDigestWorker()",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['probatum-source'],
    outfile: worker,
    logLevel: 'silent',
  })
  threaded = createNodeDigester({ workerUrl: pathToFileURL(worker), jobs: 3, worthAThread: 0 })
  threaded.prepare({ bytes: 1e9, files: 0 })
})
afterAll(async () => {
  await threaded.close()
  rmSync(folder, { recursive: true })
})

const jobsOf = (entries: readonly SourceEntry[], algorithms: readonly DigestAlgorithm[]): DigestJob[] =>
  entries.map(({ path, extent }) => ({ path: `as asked/${path}`, extent, algorithms }))

async function digested(digester: Digester, jobs: readonly DigestJob[]): Promise<DigestOutcome[]> {
  const outcomes: DigestOutcome[] = []
  for await (const some of digester.digest(jobs, {})) outcomes.push(...some)
  return outcomes.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** With what was begun before done, or still under way: no run may tell which. */
const WAITS = [0, 60]

for (const wait of WAITS)
  describe(`after ${wait} ms`, () => {
    test('what was begun ahead has the outcomes that it has when nothing was', async () => {
      const { entries } = await openDirectory(join(folder, 'bag'))
      for (const algorithms of [SHA256, ['sha256', 'md5', 'sha512']] as const) {
        threaded.expect({ entries, under: '', algorithms })
        await later(wait)
        expect(await digested(threaded, jobsOf(entries, algorithms))).toEqual(
          await digested(alone, jobsOf(entries, algorithms)),
        )
      }
    })

    test('other algorithms, other bytes and other files than were expected are digested as asked', async () => {
      const { entries } = await openDirectory(join(folder, 'bag'))
      const some = jobsOf(entries, SHA256).filter((_, at) => at % 5 === 0)
      const cut = jobsOf(entries, SHA256).map((job) => {
        const size = job.extent.length >> 1
        return { ...job, extent: { ...job.extent, offset: size, length: size, size } }
      })
      for (const jobs of [jobsOf(entries, ['md5']), jobsOf(entries, ['md5', 'sha256']), some, cut, []]) {
        threaded.expect({ entries, under: '', algorithms: SHA256 })
        await later(wait)
        expect(await digested(threaded, jobs)).toEqual(await digested(alone, jobs))
      }
    })

    test('a list that grows, one that is given up for another, and a run that is cancelled spoil nothing', async () => {
      const { entries } = await openDirectory(join(folder, 'bag'))
      const grown: SourceEntry[] = []
      for (const entry of entries) {
        if (grown.push(entry) % 100 === 0) threaded.expect({ entries: grown, under: 'data/', algorithms: SHA256 })
      }
      await later(wait)
      threaded.expect({ entries, under: 'data/', algorithms: SHA256 })
      const run = threaded.digest(jobsOf(entries, SHA256), { signal: { aborted: true } })[Symbol.asyncIterator]()
      const drained = (async () => {
        while ((await run.next()).done !== true);
      })()
      await expect(drained).rejects.toThrow('cancelled')
      threaded.expect({ entries: grown, under: '', algorithms: SHA256 })
      await later(wait)
      expect(await digested(threaded, jobsOf(entries, SHA256))).toEqual(await digested(alone, jobsOf(entries, SHA256)))
    })

    test('a file that is changed or gone after it was listed is told, and no other', async () => {
      const { entries } = await openDirectory(join(folder, 'bag'))
      const names = ['data/1', 'data/2']
      writeFileSync(join(folder, 'bag', 'data', '1'), 'changed')
      rmSync(join(folder, 'bag', 'data', '2'))
      threaded.expect({ entries, under: '', algorithms: SHA256 })
      await later(wait)
      const outcomes = await digested(threaded, jobsOf(entries, SHA256))
      expect(outcomes.filter(({ fault }) => fault !== undefined).map(({ path }) => path)).toEqual(
        names.map((name) => `as asked/${name}`),
      )
      for (const name of names) writeFileSync(join(folder, 'bag', name), 'again')
    })

    for (const file of ['hostile-zip.json', 'honest-zip.json'])
      test(`${file}: the same refusals and outcomes, whatever was begun before the archive was judged`, async () => {
        const cases = JSON.parse(readFileSync(new URL(file, ARCHIVES), 'utf8')) as readonly ArchiveCase[]
        let refused = 0
        for (const { id, recipe } of wait === 0 ? cases : cases.slice(0, 20)) {
          const path = join(folder, 'case.zip')
          writeFileSync(path, buildArchive(recipe))
          const [plain, ahead] = [await outcomeOf(path, false, 0), await outcomeOf(path, true, wait)]
          expect({ id, ahead }).toEqual({ id, ahead: plain })
          if (!Array.isArray(plain)) refused++
        }
        expect(refused).toBeGreaterThan(file === 'hostile-zip.json' ? 0 : -1)
        if (file === 'honest-zip.json') expect(refused).toBeLessThan(cases.length / 2)
      })
  })

/** The error's own text and detail, or everything that was digested. */
async function outcomeOf(path: string, isAhead: boolean, wait: number): Promise<unknown> {
  const file = await openFileAccess(path)
  const onEntries = (entries: readonly SourceEntry[]) => threaded.expect({ entries, under: '', algorithms: SHA256 })
  try {
    const source = await openArchive(file, nodeInflater, isAhead ? { onEntries } : {})
    if (isAhead) await later(wait)
    return await digested(isAhead ? threaded : alone, jobsOf(source.entries, SHA256))
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { code: error.code, detail: error.detail }
  } finally {
    await file.close()
  }
}

test('an archive whose data lie elsewhere than its directory lets guess has them digested where they are', async () => {
  // Descriptors of 12 and 24 bytes, which the directory says nothing about.
  const entries = Array.from({ length: 40 }, (_, at): ZipEntryRecipe => {
    const content = `file ${at} `.repeat(at)
    return { name: `data/${at}`, content, descriptor: at % 2 === 0 ? 'unsigned-32' : 'signed-64' }
  })
  const path = join(folder, 'descriptors.zip')
  writeFileSync(path, buildArchive({ zip: { entries } }))
  const guessed: number[] = []
  const file = await openFileAccess(path)
  let listed: readonly SourceEntry[] = []
  const source: BundleSource = await openArchive(file, nodeInflater, {
    onEntries: (entries) => {
      listed = entries
      guessed.push(...entries.map(({ extent }) => extent.offset))
      threaded.expect({ entries, under: '', algorithms: SHA256 })
    },
  })
  await later(30)
  expect(source.entries).toBe(listed)
  expect(source.entries.map(({ extent }) => extent.offset)).not.toEqual(guessed)
  const jobs = jobsOf(source.entries, SHA256)
  expect(await digested(threaded, jobs)).toEqual(await digested(alone, jobs))
  await file.close()
})

describe('the guess which files are payload', () => {
  const entry = (path: string) => ({ path }) as SourceEntry
  test('goes by the outermost payload manifests, and by all of them', () => {
    const entries = [
      'top/data/in/manifest-md5.txt',
      'top/bagit.txt',
      'top/manifest-sha512.txt',
      'top/manifest-sha-1.txt',
    ]
    expect(new PayloadGuess().of(entries.map(entry))).toMatchObject({
      under: 'top/data/',
      algorithms: ['sha256', 'sha512', 'sha1'],
    })
    expect(new PayloadGuess().of(['manifest-sha256.txt'].map(entry))).toMatchObject({
      under: 'data/',
      algorithms: SHA256,
    })
  })
  test('says nothing before a manifest is listed, and then stays as it is', () => {
    const guess = new PayloadGuess()
    const entries = ['bagit.txt', 'tagmanifest-sha512.txt', 'manifest-unknown.txt', 'minutes.txt'].map(entry)
    expect(guess.of(entries)).toBeUndefined()
    entries.push(entry('manifest-md5.txt'))
    const found = guess.of(entries)
    expect(found).toMatchObject({ under: 'data/', algorithms: ['sha256', 'md5'] })
    entries.push(entry('manifest-sha1.txt'))
    expect(guess.of(entries)).toBe(found)
  })
})
