// Needs: chromium, openssl, sha256sum.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { deflateRawSync, crc32 as zlibCrc32 } from 'node:zlib'
import type { DigestAlgorithm, Digester, DigestJob, DigestOutcome, Extent, RandomAccess } from '@probatum/core'
import { build } from 'esbuild'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testPlace } from '../../../../tools/testing/place.ts'
import { openPortPage, type PortPage } from '../../../../tools/testing/port-page.ts'
import { BlobAccess, createWebDigester } from '../browser/index.ts'
import { crc32ByTable } from '../node/checksum.ts'
import { createNodeDigester, type NodeDigester, openDirectory, openFileAccess } from '../node/index.ts'

const ALGORITHMS: readonly DigestAlgorithm[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256']

let threaded: NodeDigester
let page: PortPage
const alone = createNodeDigester()

/** Bytes that look random and are the same each time. */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let i = 0, x = seed; i < length; i++) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0
    bytes[i] = x >>> 24
  }
  return bytes
}

const { place: folder, at, newFolder } = testPlace('digests')
const root = at('root')

/** What openssl gives, asked once for all digesters. */
const asked = new Map<string, string>()
function opensslDigest(algorithm: DigestAlgorithm, path: string): string {
  const key = `${algorithm} ${path}`
  const known = asked.get(key)
  if (known !== undefined) return known
  const output = execFileSync('openssl', ['dgst', '-r', `-${algorithm}`, path], { encoding: 'latin1' })
  const [digest = ''] = output.split(' ')
  asked.set(key, digest)
  return digest
}

beforeAll(async () => {
  page = await openPortPage()
  mkdirSync(join(root, 'data'), { recursive: true })
  const lengths = [0, 1, 10_240, 1_048_575, 1_048_576, 1_048_577, 5_000_000, 20_000_000]
  for (const [index, length] of lengths.entries()) writeFileSync(join(root, 'data', `${length}`), noise(length, index))
  for (let i = 0; i < 600; i++) writeFileSync(join(root, `small-${i}`), noise(i, i))
  // The command line is one file, and its worker is that file; here the worker is a file of its own.
  const worker = join(folder, 'worker.mjs')
  await build({
    stdin: {
      contents: "import { runDigestWorker } from './digest-worker.ts'\nrunDigestWorker()",
      resolveDir: join(import.meta.dirname, '../node'),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['probatum-source'],
    outfile: worker,
    logLevel: 'silent',
  })
  // Threads from the first turn on, so that little work shows them.
  threaded = createNodeDigester({ workerUrl: pathToFileURL(worker), jobs: 3, worthAThread: 0 })
})
afterAll(async () => {
  await threaded.close()
  await page.close()
})

/** What a system tells when a whole folder is gone: a browser only that a file is not what was chosen. */
type Gone = 'vanished' | 'changed'
const DIGESTERS: readonly (readonly [string, () => Digester, Gone])[] = [
  ['one thread', () => alone, 'vanished'],
  ['several threads', () => threaded, 'vanished'],
  ['one thread of Chromium', () => page.digester('one thread'), 'changed'],
  ['several workers of Chromium', () => page.digester('workers'), 'changed'],
  ['Chromium without WebAssembly', () => page.digester('no WebAssembly'), 'changed'],
]

async function jobsOf(path: string, algorithms: readonly DigestAlgorithm[]): Promise<DigestJob[]> {
  const { entries } = await openDirectory(path)
  return entries.map((entry) => ({ path: entry.path, extent: entry.extent, algorithms }))
}

async function digestAll(
  digester: Digester,
  jobs: readonly DigestJob[],
  options: Parameters<Digester['digest']>[1] = {},
): Promise<Map<string, DigestOutcome>> {
  const outcomes = new Map<string, DigestOutcome>()
  for await (const some of digester.digest(jobs, options)) {
    for (const outcome of some) {
      expect(outcomes.has(outcome.path)).toBe(false)
      outcomes.set(outcome.path, outcome)
    }
  }
  expect(outcomes.size).toBe(jobs.length)
  return outcomes
}

function memory(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, handle: null, read: async (offset, length) => bytes.slice(offset, offset + length) }
}

describe.each(DIGESTERS)('digesting with %s', (_, digester, gone) => {
  test('every algorithm gives what openssl gives, for files around the size of the buffer', async () => {
    const jobs = await jobsOf(join(root, 'data'), ALGORITHMS)
    const outcomes = await digestAll(digester(), jobs)
    for (const algorithm of ALGORITHMS)
      for (const { path } of jobs) {
        const expected = opensslDigest(algorithm, at('root', 'data', path))
        expect(outcomes.get(path)?.digests[algorithm], `${algorithm} ${path}`).toBe(expected)
        expect(outcomes.get(path)?.size).toBe(Number(path))
      }
  })

  test('many files give what sha256sum gives', async () => {
    const outcomes = await digestAll(digester(), await jobsOf(root, ['sha256']))
    const manifest = [...outcomes].map(([path, { digests }]) => `${digests.sha256}  ${path}\n`).join('')
    execFileSync('sha256sum', ['--strict', '--quiet', '-c', '-'], { cwd: root, input: manifest })
    expect(outcomes.size).toBe(608)
  })

  test('no jobs give no outcomes', async () => {
    expect((await digestAll(digester(), [])).size).toBe(0)
  })

  test('files that changed, went away or cannot be opened are faults, and the rest goes on', async () => {
    const path = newFolder('changing')
    for (const name of ['grown', 'grown-empty', 'gone', 'kept'])
      writeFileSync(join(path, name), name === 'grown-empty' ? '' : name)
    writeFileSync(join(path, 'large'), noise(3_000_000, 1))
    const jobs = await jobsOf(path, ['sha256'])
    await page.hold(jobs)
    for (const name of ['grown', 'grown-empty', 'large']) appendFileSync(join(path, name), '+')
    rmSync(join(path, 'gone'))
    const outcomes = await digestAll(digester(), jobs)
    // No browser tells that a file is not empty any more.
    const noticed = gone === 'vanished' ? ['grown', 'grown-empty', 'gone', 'large'] : ['grown', 'gone', 'large']
    for (const name of noticed) {
      expect(outcomes.get(name)?.fault?.reason, name).toBe('changed')
      expect(outcomes.get(name)?.digests, name).toEqual({})
    }
    expect(outcomes.get('kept')?.fault).toBeUndefined()
    renameSync(path, `${path}-elsewhere`)
    expect((await digestAll(digester(), jobs)).get('kept')?.fault?.reason).toBe(gone)
    rmSync(`${path}-elsewhere`, { recursive: true })
  })

  test('an aborted run rejects, and the digester serves the next one', async () => {
    const jobs = await jobsOf(root, ['sha256'])
    const signal = { aborted: false }
    const run = async () => {
      for await (const _some of digester().digest(jobs, { signal })) signal.aborted = true
    }
    await expect(run()).rejects.toMatchObject({ name: 'AbortError' })
    await expect(digestAll(digester(), jobs, { signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect((await digestAll(digester(), jobs)).size).toBe(608)
  })

  test('a run that the reader leaves does not disturb the next one', async () => {
    // All but the largest file, which takes longer than all others: eleven runs.
    const jobs = (await jobsOf(root, ['sha256'])).filter(({ extent }) => extent.size < 10_000_000)
    const whole = await digestAll(digester(), jobs)
    for (let i = 0; i < 5; i++) {
      for await (const _some of digester().digest(jobs, {})) break
      expect(await digestAll(digester(), jobs)).toEqual(whole)
    }
  })

  test('two runs at the same time do not mix', async () => {
    const [one, two] = await Promise.all([
      digestAll(digester(), await jobsOf(root, ['sha256'])),
      digestAll(digester(), await jobsOf(root, ['sha1'])),
    ])
    expect([...one.values()].every(({ digests }) => Object.keys(digests).join() === 'sha256')).toBe(true)
    expect([...two.values()].every(({ digests }) => Object.keys(digests).join() === 'sha1')).toBe(true)
  })

  test('progress ends with every byte and file', async () => {
    const jobs = await jobsOf(root, ['sha256'])
    const bytes = jobs.reduce((sum, { extent }) => sum + extent.size, 0)
    const reports: { bytes: number; files: number }[] = []
    await digestAll(digester(), jobs, { onProgress: (done) => reports.push(done) })
    expect(reports.at(-1)).toEqual({ bytes, files: jobs.length })
    expect(reports.every((done, i) => done.bytes >= (reports[i - 1]?.bytes ?? 0))).toBe(true)
  })

  test('a range outside its container is a mistake of the caller', async () => {
    const extent = { container: memory(new Uint8Array(10)), offset: 5, length: 6, method: 'stored', size: 6 } as const
    const run = async () => digestAll(digester(), [{ path: 'a', extent, algorithms: ['sha256'] }])
    await expect(run()).rejects.toThrow(RangeError)
  })

  describe.each(['a file', 'memory'])('an archive in %s', (place) => {
    /** Puts pieces into one container, with bytes between them, and gives their extents. */
    async function extentsOf(
      pieces: readonly { bytes: Uint8Array; extent: Omit<Extent, 'container' | 'offset' | 'length'> }[],
    ) {
      const parts: Uint8Array[] = []
      let at = 0
      const places = pieces.map(({ bytes, extent }) => {
        const gap = noise(30 + (at % 7), at)
        parts.push(gap, bytes)
        const offset = at + gap.length
        at = offset + bytes.length
        return { extent, offset, length: bytes.length }
      })
      const whole = Buffer.concat(parts)
      const path = join(folder, `archive-${Math.trunc(performance.now() * 1000)}`)
      if (place === 'a file') writeFileSync(path, whole)
      const file = place === 'a file' ? await openFileAccess(path) : undefined
      const container = file ?? memory(whole)
      const jobs = places.map(({ extent, offset, length }, i) => ({
        path: `${i}`,
        extent: { ...extent, container, offset, length },
        algorithms: ['sha256'] as const,
      }))
      return { jobs, close: async () => file?.close() }
    }

    async function outcomesOf(pieces: Parameters<typeof extentsOf>[0]): Promise<(DigestOutcome | undefined)[]> {
      const { jobs, close } = await extentsOf(pieces)
      const outcomes = await digestAll(digester(), jobs)
      await close()
      return jobs.map(({ path }) => outcomes.get(path))
    }

    const stored = (bytes: Uint8Array) => ({
      bytes,
      extent: { method: 'stored' as const, size: bytes.length, crc32: zlibCrc32(bytes) },
    })
    const deflated = (bytes: Uint8Array) => ({
      bytes: new Uint8Array(deflateRawSync(bytes)),
      extent: { method: 'deflate' as const, size: bytes.length, crc32: zlibCrc32(bytes) },
    })

    test('stored and deflated entries of every size are digested, and their CRC holds', async () => {
      const contents = [0, 1, 5000, 70_000, 1_048_577, 3_000_000].map((length, i) => noise(length, i))
      contents.push(Buffer.alloc(17_000_000, 'an invented line (sample)\n'))
      // The contents are the same for every digester and place.
      const sha256 = (name: string, bytes: Uint8Array) => {
        const path = at(`entry-${name}`)
        if (!existsSync(path)) writeFileSync(path, bytes)
        return opensslDigest('sha256', path)
      }
      const pieces = contents.flatMap((bytes) => [stored(bytes), deflated(bytes)])
      for (let i = 0; i < 300; i++) pieces.push(stored(noise(3000 + i, i)))
      const outcomes = await outcomesOf(pieces)
      for (const [i, bytes] of contents.entries())
        for (const outcome of [outcomes[2 * i], outcomes[2 * i + 1]])
          expect(outcome).toEqual({
            path: outcome?.path,
            size: bytes.length,
            digests: { sha256: sha256(`large-${i}`, bytes) },
          })
      for (let i = 0; i < 300; i += 50)
        expect(outcomes[2 * contents.length + i]?.digests.sha256).toBe(sha256(`small-${i}`, noise(3000 + i, i)))
      expect(outcomes.every((outcome) => outcome?.contradiction === undefined)).toBe(true)
    })

    test('a wrong CRC is a contradiction', async () => {
      const pieces = [
        stored(noise(100, 1)),
        deflated(noise(100, 1)),
        stored(noise(2_000_000, 1)),
        deflated(noise(2_000_000, 1)),
      ]
      const wrong = pieces.map(({ bytes, extent }) => ({ bytes, extent: { ...extent, crc32: 0x0000000a } }))
      for (const outcome of await outcomesOf(wrong))
        expect(outcome?.contradiction).toMatchObject({ code: 'crc', expected: '0000000a' })
    })

    test('sizes that lie are contradictions', async () => {
      const lie = (piece: ReturnType<typeof stored> | ReturnType<typeof deflated>, by: number) => ({
        bytes: piece.bytes,
        extent: { ...piece.extent, size: piece.extent.size + by },
      })
      const text = Buffer.alloc(20_000_000, 'x y')
      const pieces = [noise(100, 1), noise(2_000_000, 1)].flatMap((bytes) =>
        [1, -1].flatMap((by) => [lie(stored(bytes), by), lie(deflated(bytes), by)]),
      )
      pieces.push(lie(deflated(text.subarray(0, 60_000)), -60_000))
      for (const outcome of await outcomesOf(pieces)) {
        expect(outcome?.contradiction?.code).toBe('size')
        expect(outcome?.fault).toBeUndefined()
      }
    })

    test('damaged streams, streams that end early and bytes behind the end are contradictions', async () => {
      const pieces = [noise(1000, 1), noise(2_000_000, 1)].flatMap((bytes) => {
        const whole = deflated(bytes)
        return [
          { ...whole, bytes: whole.bytes.subarray(0, -5) },
          { ...whole, bytes: Buffer.concat([whole.bytes, Uint8Array.of(0)]) },
          { ...whole, bytes: Buffer.concat([Uint8Array.of(0x07), whole.bytes]) },
          { ...whole, bytes: new Uint8Array() },
        ]
      })
      for (const outcome of await outcomesOf(pieces)) expect(outcome?.contradiction?.code).toBe('deflate')
    })

    test('an entry that claims to expand beyond the limit is not inflated', async () => {
      const extent = { method: 'deflate' as const, size: 1_000_000_000, crc32: 0 }
      const [outcome] = await outcomesOf([{ bytes: deflateRawSync(Buffer.alloc(100_000)), extent }])
      expect(outcome?.contradiction?.code).toBe('limit')
      expect(outcome?.digests).toEqual({})
    })
  })
})

test('a digester that is closed while it works rejects', async () => {
  const jobs = await jobsOf(root, ['sha256'])
  const run = async () => {
    let count = 0
    for await (const _some of threaded.digest(jobs, {})) if (count++ === 0) await threaded.close()
  }
  await expect(run()).rejects.toThrow('closed')
  expect((await digestAll(threaded, jobs)).size).toBe(608)
})

test('threads look at the names of a large folder, and digest afterwards', async () => {
  const large = join(folder, 'many-names')
  mkdirSync(large)
  for (let i = 0; i < 4200; i++) writeFileSync(join(large, `${i}`), `${i}`)
  threaded.prepare({ bytes: 1, files: 1 })
  const { entries } = await openDirectory(large, { lookTogether: (names) => threaded.lookTogether(names) })
  const handles = ({ entries: all }: Pick<Awaited<ReturnType<typeof openDirectory>>, 'entries'>) =>
    JSON.stringify(all.map(({ extent }) => extent.container.handle))
  expect(handles({ entries })).toBe(handles(await openDirectory(large)))
  const jobs = entries.map(({ path, extent }): DigestJob => ({ path, extent, algorithms: ['sha256'] }))
  let count = 0
  for await (const outcomes of threaded.digest(jobs, {})) count += outcomes.length
  expect(count).toBe(4200)
})

test('what stands before each of many pieces of a file is looked at in every thread, and said where it is as expected', async () => {
  const path = join(folder, 'echoes')
  const wrong = new Set([7, 300, 899])
  const expected: Buffer[] = []
  const parts: Buffer[] = []
  const offsets: number[] = []
  let end = 0
  for (let i = 0; i < 900; i++) {
    const before = Buffer.from(`before ${i} `)
    const there = Buffer.from(before)
    if (wrong.has(i)) there[there.length - 1] = 0x21
    const data = noise(5000 + i, i)
    expected.push(before)
    parts.push(there, data)
    offsets.push(end + there.length)
    end += there.length + data.length
  }
  writeFileSync(path, Buffer.concat(parts))
  const ends = new Uint32Array(900)
  for (const [i, { length }] of expected.entries()) ends[i] = (ends[i - 1] ?? 0) + length
  const echo = { bytes: new Uint8Array(Buffer.concat(expected)), ends }
  const container = await openFileAccess(path)
  const jobs = offsets.map((offset, place): DigestJob => {
    const length = 5000 + place
    const extent: Extent = { container, offset, length, method: 'stored', size: length, echo, place }
    return { path: `${place}`, extent, algorithms: ['sha256'] }
  })
  // In another order, in which none of a batch are neighbours, too.
  const mixed = jobs.map((_, i) => jobs[(i * 7) % jobs.length] ?? jobs[0]) as DigestJob[]
  for (const [digester, asked] of [
    [alone, jobs],
    [threaded, jobs],
    [threaded, mixed],
  ] as const) {
    const outcomes = await digestAll(digester, asked)
    const unechoed = [...outcomes.values()]
      .filter(({ echoed }) => echoed !== true)
      .map(({ path: place }) => Number(place))
    expect(new Set(unechoed)).toEqual(wrong)
    expect(outcomes.get('8')?.digests.sha256).toBe(createHash('sha256').update(noise(5008, 8)).digest('hex'))
  }
  await container.close()
})

test('a worker that cannot be started is an error, never a missing outcome', async () => {
  const broken = createNodeDigester({ workerUrl: pathToFileURL(join(folder, 'nothing.mjs')), jobs: 2, worthAThread: 0 })
  const jobs: DigestJob[] = []
  for (let i = 0; i < 20; i++)
    for (const job of await jobsOf(join(root, 'data'), ['sha512'])) jobs.push({ ...job, path: `${i}/${job.path}` })
  await expect(digestAll(broken, jobs)).rejects.toThrow()
  await broken.close()
})

test('the event loop turns while a large file is digested', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const data = await jobsOf(join(root, 'data'), ['sha256', 'sha512', 'md5', 'sha3-512'])
  await digestAll(alone, data)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(0)
})

test('an archive of very many small files is digested, too', async () => {
  // The whole takes less than a worker's start; a call with one argument for each of them would overflow the stack.
  const container = new BlobAccess(new Blob(['ab']), 'many.zip', { isWhole: false })
  const extent = { container, offset: 0, length: 1, method: 'stored', size: 1 } as const
  const job = { path: 'a', extent, algorithms: ['sha256'] } as const
  const outcomes = createWebDigester().digest(Array(300_000).fill(job), {})
  for await (const [first] of outcomes) {
    expect(first?.digests.sha256).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb')
    break
  }
})

test('the number of jobs is a positive integer', () => {
  for (const jobs of [0, -1, 1.5, Number.NaN]) expect(() => createNodeDigester({ jobs })).toThrow(RangeError)
})

test('the CRC-32 by table is that of zlib, in one piece and in two', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (bytes, cut) => {
      const at = cut % (bytes.length + 1)
      expect(crc32ByTable(bytes)).toBe(zlibCrc32(bytes))
      expect(crc32ByTable(bytes.subarray(at), crc32ByTable(bytes.subarray(0, at)))).toBe(zlibCrc32(bytes))
    }),
  )
})
