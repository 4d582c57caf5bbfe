// Needs: python3, tar, unzip, zip.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deflateRawSync, crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { memoryContainer, wholeInflater } from '../../../../test-vectors/archives/adapters.ts'
import { buildArchive, crc32 as slowCrc32 } from '../../../../test-vectors/archives/build.ts'
import { testPlace } from '../../../../tools/testing/place.ts'
import { ParseError } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'
import type { BundleSource } from './source.ts'
import { openTar } from './tar.ts'
import { openZip } from './zip.ts'
import { crc32 } from './zip-crc32.ts'

/** Where an archive is refused; `opened` when it is not. */
async function refusalOf(open: () => Promise<unknown>): Promise<string> {
  try {
    await open()
    return 'opened'
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return `${error.detail.where} ${error.detail.field}`
  }
}

async function contentsOf(source: BundleSource): Promise<Record<string, string>> {
  const contents: Record<string, string> = {}
  for (const entry of source.entries) {
    const parts: Uint8Array[] = []
    for await (const part of source.open(entry)) parts.push(part)
    contents[entry.path] = Buffer.concat(parts).toString('latin1')
  }
  return contents
}

/** A container of any size that is zeros except for a few pieces. */
function sparseContainer(
  size: number,
  pieces: readonly { readonly at: number; readonly bytes: Uint8Array }[],
): RandomAccess {
  return {
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length)
      for (const piece of pieces) {
        const from = Math.max(offset, piece.at)
        const to = Math.min(offset + length, piece.at + piece.bytes.length)
        if (from < to) bytes.set(piece.bytes.subarray(from - piece.at, to - piece.at), from - offset)
      }
      return bytes
    },
    handle: null,
  }
}

describe('crc32', () => {
  it('is the CRC-32 of zlib and of the bitwise definition, in one piece and in several', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, at) => {
        const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
        expect(crc32(bytes)).toBe(slowCrc32(bytes))
        expect(crc32(tail, crc32(head))).toBe(slowCrc32(bytes))
      }),
    )
    const large = Buffer.alloc(100_000, 'sample')
    if (zlibCrc32 !== undefined) expect(crc32(large)).toBe(zlibCrc32(large))
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  })
})

describe('openZip', () => {
  it('reads what was written, stored and deflated, with every kind of descriptor', async () => {
    const name = fc.stringMatching(/^[a-z]{1,8}(?:\/[a-z]{1,8}){0,2}\.txt$/)
    const form = fc.constantFrom(undefined, 'signed-32', 'unsigned-32', 'signed-64', 'unsigned-64')
    const file = fc.record({
      name,
      content: fc.string({ unit: 'grapheme', maxLength: 50 }),
      deflated: fc.boolean(),
      form,
      zip64: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(file, { selector: (each) => each.name, maxLength: 8 }), async (files) => {
        const entries = files.map(({ name, content, deflated, form, zip64 }) => ({
          name,
          content,
          ...(deflated ? { method: 8, data: { hex: deflateRawSync(content).toString('hex') } } : {}),
          ...(form === undefined ? {} : { descriptor: form }),
          zip64,
        }))
        const source = await openZip(memoryContainer(buildArchive({ zip: { entries } })), wholeInflater)
        const expected = files.map(({ name, content }) => [name, Buffer.from(content).toString('latin1')])
        expect(await contentsOf(source)).toEqual(Object.fromEntries(expected))
      }),
      { numRuns: 100 },
    )
  })

  it('never shows other contents when one byte of the archive is altered', async () => {
    const archive = buildArchive({
      zip: {
        entries: [
          { name: 'b/bagit.txt', content: 'BagIt-Version: 1.0\n', mode: 0x81a4 },
          { name: 'b/data/a.txt', content: 'first\nfirst\nfirst\n', method: 8, descriptor: 'signed-32' },
          { name: 'b/data/c.txt', content: 'second\n', zip64: true, extra: { hex: '5554 0500 03 00000000' } },
        ],
        zip64: {},
        comment: 'note',
      },
    })
    const whole = await contentsOf(await openZip(memoryContainer(archive), wholeInflater))
    expect(Object.keys(whole)).toHaveLength(3)
    const accepted: number[] = []
    for (let at = 0; at < archive.length; at++) {
      for (const mask of [1, 0x80, 0xff]) {
        const altered = archive.slice()
        altered[at] = (altered[at] ?? 0) ^ mask
        try {
          const contents = await contentsOf(await openZip(memoryContainer(altered), wholeInflater))
          expect(contents, `byte ${at} ^ ${mask}`).toEqual(whole)
          accepted.push(at)
        } catch (error) {
          if (!(error instanceof ParseError)) throw error
        }
      }
    }
    // Times, versions, attributes and comments have no meaning here; all else is held against something.
    expect(accepted.length).toBeLessThan(archive.length)
    expect(accepted.length).toBeGreaterThan(0)
  })

  it('refuses every archive that lacks a piece of its end', async () => {
    const archive = buildArchive({
      zip: {
        entries: [
          { name: 'a', content: 'first' },
          { name: 'b', content: 'second' },
        ],
      },
    })
    for (let length = 4; length < archive.length; length++) {
      const opening = openZip(memoryContainer(archive.slice(0, length)), wholeInflater)
      await expect(opening, `${length} bytes`).rejects.toMatchObject({ code: 'ERR_ZIP_TRUNCATED' })
    }
  })

  it('answers hostile bytes with a ParseError and nothing else', async () => {
    const archive = buildArchive({ zip: { entries: [{ name: 'a', content: 'x', zip64: true }], zip64: {} } })
    const edits = fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const altered = archive.slice()
        for (const [at, byte] of changes) altered[at] = byte
        try {
          await contentsOf(await openZip(memoryContainer(altered), wholeInflater))
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('tells an archive over 4 GiB whose offsets macOS wrote modulo 2^32 from one that is damaged', async () => {
    const small = buildArchive({ zip: { entries: [{ name: 'film.mov', content: 'x' }] } })
    const directoryAt = 39
    const directory = small.slice(directoryAt)
    const shift = 2 ** 32
    const container = sparseContainer(small.length + shift, [
      { at: 0, bytes: small.slice(0, directoryAt) },
      { at: directoryAt + shift, bytes: directory },
    ])
    await expect(openZip(container, wholeInflater)).rejects.toMatchObject({
      code: 'ERR_ZIP_WRAPPED',
      detail: { field: 'directory-offset', expected: `${directoryAt + shift}`, found: `${directoryAt}` },
    })
    const shifted = sparseContainer(small.length + 4096, [
      { at: 0, bytes: small.slice(0, directoryAt) },
      { at: directoryAt + 4096, bytes: directory },
    ])
    await expect(openZip(shifted, wholeInflater)).rejects.toMatchObject({ code: 'ERR_ZIP_AMBIGUOUS' })
  })

  it('tells a count modulo 2^16 from a wrong one', async () => {
    const entries = Array.from({ length: 65_538 }, (_, index) => ({ name: `${index}` }))
    const archive = buildArchive({ zip: { entries, end: { entries: 2, entriesHere: 2 } } })
    await expect(openZip(memoryContainer(archive), wholeInflater)).rejects.toMatchObject({
      code: 'ERR_ZIP_WRAPPED',
      detail: { field: 'entry-count' },
    })
  })

  it('reads an entry beyond 4 GiB through ZIP64', async () => {
    const size = 2 ** 32 + 10
    const entry = {
      name: 'film.mov',
      zip64: true,
      local: { size, compressedSize: size },
      central: { size, compressedSize: size },
    }
    const small = buildArchive({ zip: { entries: [entry], zip64: { directoryOffset: 0, locatorOffset: 0 } } })
    const dataAt = 30 + 8 + 20
    const moved = buildArchive({
      zip: {
        entries: [entry],
        zip64: { directoryOffset: dataAt + size, locatorOffset: small.length - 42 - 56 + size },
      },
    })
    const container = sparseContainer(moved.length + size, [
      { at: 0, bytes: moved.slice(0, dataAt) },
      { at: dataAt + size, bytes: moved.slice(dataAt) },
    ])
    const source = await openZip(container, wholeInflater)
    expect(source.entries.map(({ path, size, extent }) => [path, size, extent.offset])).toEqual([
      ['film.mov', size, dataAt],
    ])
  })

  it('reads headers that lie close together in few reads', async () => {
    const entries = Array.from({ length: 2000 }, (_, index) => ({ name: `data/${index}`, content: 'sample content' }))
    const whole = memoryContainer(buildArchive({ zip: { entries } }))
    let reads = 0
    const counted: RandomAccess = {
      ...whole,
      read(offset, length) {
        reads++
        return whole.read(offset, length)
      },
    }
    expect((await openZip(counted, wholeInflater)).entries).toHaveLength(2000)
    expect(reads).toBeLessThan(10)
  })

  it('judges headers that it reads one by one as those that it reads in large pieces', async () => {
    const entry = fc.record({
      content: fc.record({ zeros: fc.oneof(fc.constant(0), fc.nat(20_000)) }),
      // Shorter and longer than what is read of a header at once.
      extra: fc.record({ zeros: fc.oneof(fc.constant(0), fc.nat(600)) }),
      descriptor: fc.constantFrom(undefined, 'signed-32' as const, 'unsigned-64' as const),
    })
    const outcomeOf = async (container: RandomAccess) => {
      try {
        return (await openZip(container, wholeInflater)).entries.map(({ path, size, extent }) => [
          path,
          size,
          extent.offset,
          extent.length,
        ])
      } catch (error) {
        if (error instanceof ParseError) return { code: error.code, ...error.detail }
        throw error
      }
    }
    let refused = 0
    const change = fc.option(fc.record({ entry: fc.nat(29), at: fc.nat(60), bit: fc.nat(7) }))
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 30 }), change, async (entries, change) => {
        const named = entries.map(({ descriptor, ...rest }, index) => ({
          name: `data/${index}`,
          ...rest,
          ...(descriptor === undefined ? {} : { descriptor }),
        }))
        const archive = buildArchive({ zip: { entries: named } })
        const headers = [
          ...Buffer.from(archive)
            .toString('latin1')
            .matchAll(/PK\x03\x04/g),
        ].map(({ index }) => index)
        const header = change === null ? undefined : headers[change.entry % headers.length]
        if (change !== null && header !== undefined)
          archive[header + change.at] = (archive[header + change.at] ?? 0) ^ (1 << change.bit)
        const whole = memoryContainer(archive)
        const oneByOne: Required<RandomAccess> = {
          ...whole,
          async readEach(offsets, length) {
            return Buffer.concat(await Promise.all(offsets.map((offset) => whole.read(offset, length))))
          },
        }
        const expected = await outcomeOf(whole)
        if (!Array.isArray(expected)) refused++
        expect(await outcomeOf(oneByOne)).toEqual(expected)
      }),
    )
    expect(refused).toBeGreaterThan(0)
  })

  it('says the same of every changed byte before data when it looks at it later, and nothing of it was seen by a digester', async () => {
    const entries = ['bagit.txt', 'data/1', 'data/b\u00fccher/2', 'data/empty', 'tagmanifest-sha256.txt'].map(
      (name, at) => ({
        name,
        content: 'sample\n'.repeat(at === 3 ? 0 : 40 + at),
      }),
    )
    const good = buildArchive({ zip: { entries } })
    const postponed = await openZip(memoryContainer(good), wholeInflater, { postpones: true })
    expect(postponed.postponed).toBeDefined()
    const directory = Buffer.from(good).indexOf('PK\x01\x02')
    let refused = 0
    for (const { extent } of postponed.entries) {
      const { echo, place = 0 } = extent
      const start = extent.offset - ((echo?.ends[place] ?? 0) - (place === 0 ? 0 : (echo?.ends[place - 1] ?? 0)))
      expect(Buffer.from(good.subarray(start, start + 4)).toString('latin1')).toBe('PK\x03\x04')
      for (let at = start; at < extent.offset; at++) {
        const changed = good.slice()
        changed[at] = (changed[at] ?? 0) ^ 0xff
        const now = await refusalOf(() => openZip(memoryContainer(changed), wholeInflater))
        const later = await refusalOf(async () => {
          const source = await openZip(memoryContainer(changed), wholeInflater, { postpones: true })
          // All others were seen, and agree.
          for (const other of source.entries) if (other.extent.place !== place) source.postponed?.agreed(other.extent)
          await source.postponed?.settle()
        })
        expect(later).toEqual(now)
        if (now !== 'opened') refused++
      }
    }
    // Not compared in either way: version needed, time, date; and bits 1 and 2 of the flags, which one turn of all bits meets together.
    expect(refused).toBeGreaterThan((directory - 1) / 20)
  })

  it('reads all headers together at the end where no digester looked at any of many', async () => {
    const entries = Array.from({ length: 700 }, (_, at) => ({ name: `data/${at}`, content: `sample ${at}` }))
    const good = buildArchive({ zip: { entries } })
    const second = Buffer.from(good).indexOf('PK\x03\x04', 4)
    for (const [archive, is] of [
      [good, 'opened'],
      [good.map((byte, at) => (at === second + 14 ? byte ^ 1 : byte)), 'data/1 local.crc32'],
    ] as const) {
      const source = await openZip(memoryContainer(archive), wholeInflater, { postpones: true })
      expect(await refusalOf(async () => source.postponed?.settle())).toBe(is)
      // Asked again it says the same.
      expect(await refusalOf(async () => source.postponed?.settle())).toBe(is)
    }
  })

  it('postpones nothing where the directory does not say what stands before the data', async () => {
    const stored = { name: 'data/1', content: 'sample' }
    for (const entry of [
      { ...stored, extra: { hex: '555405000300000000' } },
      { ...stored, descriptor: 'signed-32' as const },
    ]) {
      const archive = buildArchive({ zip: { entries: [stored, { ...entry, name: 'data/2' }] } })
      const source = await openZip(memoryContainer(archive), wholeInflater, { postpones: true })
      expect([source.entries.length, source.postponed]).toEqual([2, undefined])
    }
  })

  it('is not asked for entries of another archive', async () => {
    const archive = buildArchive({ zip: { entries: [{ name: 'a' }] } })
    const one = await openZip(memoryContainer(archive), wholeInflater)
    const other = await openZip(memoryContainer(archive), wholeInflater)
    const [entry] = other.entries
    if (entry === undefined) throw new TypeError('no entry')
    expect(() => one.open(entry)).toThrow(TypeError)
  })
})

describe('archives of stock tools', () => {
  const { place: folder } = testPlace('archives')
  const files: Readonly<Record<string, string>> = {
    'b/bagit.txt': 'BagIt-Version: 1.0\n',
    'b/data/00/000001.txt': 'sample line\n'.repeat(500),
    'b/data/empty.txt': '',
    'b/data/caf\u00e9.txt': 'sample',
  }
  const expected = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, Buffer.from(text).toString('latin1')]),
  )
  const run = (command: string, args: readonly string[], options: { readonly input?: string } = {}): Buffer =>
    execFileSync(command, args, { cwd: folder, maxBuffer: 1 << 26, stdio: ['pipe', 'pipe', 'pipe'], ...options })

  beforeAll(() => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
  })

  const python = (mode: string, extra = ''): string =>
    [
      'import sys, zipfile, tarfile, io, os',
      `names = ${JSON.stringify(Object.keys(files))}`,
      'class Pipe(io.RawIOBase):',
      '    def writable(self): return True',
      '    def write(self, data): return out.write(data)',
      'out = open("made", "wb")',
      mode,
      extra,
      'out.close()',
    ].join('\n')
  const zipWith = (sink: string, method: string, force = 'False'): string =>
    [
      `z = zipfile.ZipFile(${sink}, "w", zipfile.${method})`,
      'for n in names:',
      `    with z.open(zipfile.ZipInfo.from_file(n), "w", force_zip64=${force}) as f: f.write(open(n, "rb").read())`,
      'z.close()',
    ].join('\n')

  const zips: Readonly<Record<string, () => void>> = {
    'zip -r': () => run('zip', ['-r', 'made.zip', 'b']),
    'zip -0 -X': () => run('zip', ['-0', '-X', '-r', 'made.zip', 'b']),
    'zip into a pipe': () => writeFileSync(join(folder, 'made.zip'), run('zip', ['-r', '-', 'b'])),
    'zip with ZIP64 forced': () => run('zip', ['-fz', '-r', 'made.zip', 'b']),
    'python3 -m zipfile': () => run('python3', ['-m', 'zipfile', '-c', 'made.zip', 'b']),
    'python zipfile, stored': () => run('python3', ['-c', python(zipWith('out', 'ZIP_STORED'))]),
    'python zipfile, ZIP64 forced': () => run('python3', ['-c', python(zipWith('out', 'ZIP_DEFLATED', 'True'))]),
    'python zipfile into a pipe': () => run('python3', ['-c', python(zipWith('Pipe()', 'ZIP_DEFLATED'))]),
  }
  for (const [tool, make] of Object.entries(zips)) {
    it(`opens what ${tool} makes`, async () => {
      rmSync(join(folder, 'made.zip'), { force: true })
      rmSync(join(folder, 'made'), { force: true })
      make()
      const path = [join(folder, 'made.zip'), join(folder, 'made')].find((each) => {
        try {
          return readFileSync(each).length > 0
        } catch {
          return false
        }
      })
      if (path === undefined) throw new Error('nothing was made')
      expect(await contentsOf(await openZip(memoryContainer(readFileSync(path)), wholeInflater))).toEqual(expected)
    })
  }

  for (const format of ['ustar', 'pax', 'gnu', 'v7']) {
    it(`opens what tar --format=${format} makes`, async () => {
      const bytes = run('tar', [`--format=${format}`, '-cf', '-', 'b'])
      expect(await contentsOf(await openTar(memoryContainer(bytes)))).toEqual(expected)
    })
  }

  for (const format of ['USTAR_FORMAT', 'PAX_FORMAT', 'GNU_FORMAT']) {
    it(`opens what Python's tarfile makes as ${format}`, async () => {
      run('python3', [
        '-c',
        python(`t = tarfile.open(fileobj=out, mode="w", format=tarfile.${format}); t.add("b"); t.close()`),
      ])
      expect(await contentsOf(await openTar(memoryContainer(readFileSync(join(folder, 'made')))))).toEqual(expected)
    })
  }

  it('builds from a recipe what unzip and Python read alike', () => {
    const entries = Object.entries(files).map(([name, content]) => ({ name, content, method: 8, flags: 2048 }))
    writeFileSync(join(folder, 'recipe.zip'), buildArchive({ zip: { entries } }))
    run('unzip', ['-tq', 'recipe.zip'])
    for (const [path, text] of Object.entries(files)) {
      const script = `import sys,zipfile; sys.stdout.buffer.write(zipfile.ZipFile("recipe.zip").read(${JSON.stringify(path)}))`
      expect(run('python3', ['-c', script]).toString()).toBe(text)
    }
  })
})
