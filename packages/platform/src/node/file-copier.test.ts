import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { SourceFault } from '@probatum/core'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { testPlace } from '../../../../tools/testing/place.ts'
import { type CopyJob, type CopyOutcome, TargetFault } from './copy-file.ts'
import { openDirectory } from './directory.ts'
import { handleOfEntry } from './file-access.ts'
import { copyFiles, type FileCopierOptions } from './file-copier.ts'

const { place: folder } = testPlace('copies')
const source = join(folder, 'source')

/** Small ones, the sizes around the buffer's, and some that get a batch of their own. */
const SIZES = [0, 1, 10_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20, 17 << 20, 18 << 20]
const SMALL = 300
let script = ''
beforeAll(async () => {
  mkdirSync(source)
  for (const [at, size] of SIZES.entries())
    writeFileSync(join(source, `size ${at}`), Buffer.alloc(size, `INVENTED ${at} `))
  for (let at = 0; at < SMALL; at++) writeFileSync(join(source, `small ${at}`), `INVENTED SAMPLE ${at}\n`)
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'digest-worker-main.ts')],
    ...{
      bundle: true,
      platform: 'node',
      format: 'cjs',
      conditions: ['probatum-source'],
      write: false,
      logLevel: 'silent',
    },
  })
  script = outputFiles[0]?.text ?? expect.fail('no worker')
})

let number = 0
async function jobs(): Promise<{ readonly target: string; readonly jobs: CopyJob[] }> {
  const target = join(folder, `target-${number++}`)
  mkdirSync(target)
  const listed = await openDirectory(source)
  const all = listed.entries.map((entry): CopyJob => {
    const file = handleOfEntry(entry) ?? expect.fail('no file')
    return { file, to: join(target, entry.path), algorithms: ['sha256', 'md5'] }
  })
  return { target, jobs: all }
}

const OPTIONS: readonly (readonly [string, () => FileCopierOptions])[] = [
  ['in one thread', () => ({})],
  ['on three threads', () => ({ workerScript: script, jobs: 3, worthThreads: 0 })],
]

async function copied(all: readonly CopyJob[], options: FileCopierOptions, seen: CopyOutcome[] = []) {
  let bytes = 0
  const onBytes = (count: number) => {
    bytes += count
  }
  for await (const outcome of copyFiles(all, { onBytes }, options)) seen.push(outcome)
  return { outcomes: seen, bytes }
}

describe.each(OPTIONS)('copying %s', (_, options) => {
  it('gives each file once, with the digests of the bytes that lie in the copy, and counts them all', async () => {
    const { target, jobs: all } = await jobs()
    const { outcomes, bytes } = await copied(all, options())
    expect(outcomes.map(({ to }) => to).sort()).toEqual(all.map(({ to }) => to).sort())
    for (const { to, size, digests, target: stamp } of outcomes) {
      const there = readFileSync(to)
      for (const algorithm of ['sha256', 'md5'] as const)
        expect(digests[algorithm]).toBe(createHash(algorithm).update(there).digest('hex'))
      expect([size, stamp.size]).toEqual([there.length, there.length])
      expect(stamp.mtime).toBe(String(statSync(to, { bigint: true }).mtimeNs))
    }
    expect(bytes).toBe(outcomes.reduce((sum, { size }) => sum + size, 0))
    // Names of both folders in one order: nothing else was written.
    expect(readdirSync(target).sort()).toEqual(readdirSync(source).sort())
    execFileSync('diff', ['-r', source, target])
  })

  it('never replaces a file, and never follows a link in its place', async () => {
    const { target, jobs: all } = await jobs()
    const victim = join(folder, `victim-${number++}`)
    writeFileSync(victim, 'untouched')
    symlinkSync(victim, join(target, 'size 0'))
    const error = await copied(all, options()).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TargetFault)
    expect(error).toMatchObject({ systemCode: 'EEXIST', path: join(target, 'size 0') })
    expect(readFileSync(victim, 'utf8')).toBe('untouched')
  })

  it('ends with a fault when a file is no longer what was listed, and gives what was done by then', async () => {
    const { target, jobs: all } = await jobs()
    const changed = join(source, 'small 7')
    const before = readFileSync(changed)
    writeFileSync(changed, 'INVENTED, and longer than it was before')
    const seen: CopyOutcome[] = []
    try {
      const error = await copied(all, options(), seen).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(SourceFault)
      expect(error).toMatchObject({ reason: 'changed', path: 'small 7' })
    } finally {
      writeFileSync(changed, before)
    }
    expect(existsSync(join(target, 'small 7'))).toBe(false)
    for (const { to, digests } of seen)
      expect(digests.sha256).toBe(createHash('sha256').update(readFileSync(to)).digest('hex'))
  })

  it('tells a file that is gone from a folder that is gone', async () => {
    const { jobs: all } = await jobs()
    const gone = join(source, 'small 8')
    const before = readFileSync(gone)
    unlinkSync(gone)
    try {
      const error = await copied(all, options()).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(SourceFault)
    } finally {
      writeFileSync(gone, before)
    }
    const nowhere = all.map((job) => ({ ...job, to: join(folder, 'no such folder', 'x') }))
    const error = await copied(nowhere.slice(0, 1), options()).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'TargetFault', systemCode: 'ENOENT' })
  })

  it('stops when nobody wants more', async () => {
    const { jobs: all } = await jobs()
    let seen = 0
    for await (const _outcome of copyFiles(all, {}, options())) if (++seen === 2) break
    expect(seen).toBe(2)
  })
})
