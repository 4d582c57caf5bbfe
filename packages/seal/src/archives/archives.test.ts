// Needs: python3, tar, unzip, zip.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeUtf8, type Inflater, openArchive, type RandomAccess } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import { testPlace } from '../../../../tools/testing/place.ts'
import { sealSample } from '../demonstration/seal-sample.ts'
import { seededRandom } from '../random.ts'
import { fileOf, type SealableFile, wholeOf } from '../sealing/bundle-sink.ts'
import { writeTar } from './tar.ts'
import { writeZip } from './zip.ts'

const { place: folder } = testPlace('archives')

type Files = ReadonlyMap<string, Uint8Array>
const sealable = (files: Files) => new Map([...files].map(([path, bytes]) => [path, fileOf(bytes)]))

// Python's readers say what they found: names in order, contents, methods, flags, times.
const ZIP_SCRIPT = `
import sys, json, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([[i.filename, z.read(i).hex(), i.compress_type, i.flag_bits & ~0x800, i.date_time[0]] for i in z.infolist()]))`
const TAR_SCRIPT = `
import sys, json, tarfile
with tarfile.open(sys.argv[1], 'r:') as t:
    print(json.dumps([[m.name, t.extractfile(m).read().hex(), m.isreg(), m.mode, m.mtime] for m in t]))`

function readBack(script: string, bytes: Uint8Array): unknown[][] {
  writeFileSync(join(folder, 'archive'), bytes)
  const answer = spawnSync('python3', ['-c', script, join(folder, 'archive')], { encoding: 'utf8', maxBuffer: 1 << 28 })
  expect(answer.stderr).toBe('')
  return JSON.parse(answer.stdout)
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const order = (files: Files) =>
  [...files.keys()]
    .map((path) => Buffer.from(path))
    .sort(Buffer.compare)
    .map(String)
    .sort((a, b) => Number(a.startsWith('data/')) - Number(b.startsWith('data/')))

const segment = fc.stringMatching(/^[a-zé0-9_-]{1,60}$/)
const path = fc.oneof(
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
  segment.map((name) => `data/00/${name}`),
)
const someFiles = fc.dictionary(path, fc.uint8Array({ maxLength: 1500 }), { maxKeys: 8, noNullPrototype: true })
const filesOf = (record: Record<string, Uint8Array>): Files => new Map(Object.entries(record))

describe('writeZip', () => {
  it.each(['when-needed', 'always'] as const)('is read by Python as it was written, ZIP64 %s', async (zip64) => {
    await fc.assert(
      fc.asyncProperty(someFiles, async (record) => {
        const files = filesOf(record)
        const bytes = await wholeOf(writeZip({ topFolder: 'bündel', files: sealable(files), zip64 }))
        const expected = order(files).map((name) => [
          `bündel/${name}`,
          hex(files.get(name) ?? new Uint8Array(0)),
          0,
          0,
          1980,
        ])
        expect(readBack(ZIP_SCRIPT, bytes)).toEqual(expected)
      }),
      { numRuns: 12 },
    )
  })

  it('passes the test of unzip, and its permissions are those of plain files', async () => {
    const files = new Map([
      ['bagit.txt', encodeUtf8('a')],
      ['data/00/000001.txt', encodeUtf8('b')],
    ])
    const at = join(folder, 'plain.zip')
    writeFileSync(at, await wholeOf(writeZip({ topFolder: 'bundle', files: sealable(files) })))
    expect(spawnSync('unzip', ['-t', at]).status).toBe(0)
    expect(spawnSync('zipinfo', [at], { encoding: 'utf8' }).stdout).toContain('-rw-r--r--')
  })

  it('holds more entries than the short form can count', async () => {
    const empty = fileOf(new Uint8Array(0))
    const files = new Map<string, SealableFile>()
    for (let i = 0; i < 65_540; i++) files.set(`data/00/${String(i).padStart(6, '0')}`, empty)
    const bytes = await wholeOf(writeZip({ topFolder: 'b', files }))
    expect(readBack(ZIP_SCRIPT, bytes).length).toBe(65_540)
  })

  it('rejects a file that is another one when it is read again', async () => {
    let reads = 0
    const fickle: SealableFile = {
      size: 1,
      async *open() {
        reads += 1
        yield Uint8Array.of(reads)
      },
    }
    await expect(wholeOf(writeZip({ topFolder: 'b', files: new Map([['a', fickle]]) }))).rejects.toThrow(RangeError)
    const short: SealableFile = { ...fileOf(Uint8Array.of(1)), size: 2 }
    await expect(wholeOf(writeZip({ topFolder: 'b', files: new Map([['a', short]]) }))).rejects.toThrow(RangeError)
  })

  it.each(['', '.', '..', 'a/b', 'a\\b'])('refuses the top folder %j', async (topFolder) => {
    await expect(wholeOf(writeZip({ topFolder, files: new Map() }))).rejects.toThrow(RangeError)
  })
})

describe('writeTar', () => {
  it('is read by Python as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(someFiles, async (record) => {
        const files = filesOf(record)
        const bytes = await wholeOf(writeTar({ topFolder: 'bundle', files: sealable(files) }))
        const expected = order(files).map((name) => [
          `bundle/${name}`,
          hex(files.get(name) ?? new Uint8Array(0)),
          true,
          0o644,
          0,
        ])
        expect(readBack(TAR_SCRIPT, bytes)).toEqual(expected)
        expect(bytes.length % 512).toBe(0)
      }),
      { numRuns: 12 },
    )
  })

  it('is read by tar, long names too', async () => {
    const long = `${'x'.repeat(150)}/${'y'.repeat(90)}`
    const longer = `${'x'.repeat(250)}/${'é'.repeat(20)}`
    const files = new Map([
      [long, encodeUtf8('a')],
      [longer, encodeUtf8('b')],
    ])
    const at = join(folder, 'long.tar')
    writeFileSync(at, await wholeOf(writeTar({ topFolder: 'b', files: sealable(files) })))
    const answer = spawnSync('tar', ['-tf', at, '--quoting-style=literal'], { encoding: 'utf8' })
    expect(answer).toMatchObject({ status: 0, stdout: `b/${long}\nb/${longer}\n` })
    expect(readFileSync(at).length % 512).toBe(0)
  })
})

describe('the core', () => {
  const inflater: Inflater = { inflate: () => expect.fail('nothing here is deflated') }
  const now = instant('2026-03-14T09:12:00Z')

  it.each([
    ['zip', writeZip, {}, ['zip.creator']],
    ['zip', writeZip, { zip64: 'always' }, ['zip.creator', 'zip.zip64']],
    ['tar', writeTar, {}, ['tar.format']],
  ] as const)(
    'reads a sealed bundle in a %s as it was written, with nothing irregular',
    async (kind, write, more, facts) => {
      const { files } = await sealSample({ now, random: seededRandom('archives') })
      const bytes = await wholeOf(write({ topFolder: 'example-case', files: sealable(files), ...more }))
      const container: RandomAccess = {
        size: bytes.length,
        read: async (offset, length) => bytes.slice(offset, offset + length),
        handle: null,
      }
      const source = await openArchive(container, inflater)
      const found = new Map<string, string>()
      for (const entry of source.entries) found.set(entry.path, hex(await wholeOf(source.open(entry))))
      expect([source.kind, source.irregular]).toEqual([kind, []])
      expect(source.oddities.map(({ id }) => id)).toEqual(facts)
      expect([...found]).toEqual(order(files).map((path) => [`example-case/${path}`, hex(files.get(path) ?? bytes)]))
    },
  )
})
