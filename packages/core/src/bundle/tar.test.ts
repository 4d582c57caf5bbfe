import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryContainer } from '../../../../test-vectors/archives/adapters.ts'
import { buildArchive } from '../../../../test-vectors/archives/build.ts'
import { ParseError } from '../model/parse-error.ts'
import type { RandomAccess } from '../model/ports.ts'
import { openTar } from './tar.ts'
import { parsePaxRecords } from './tar-header.ts'

const SAMPLE = buildArchive({
  tar: {
    entries: [
      { name: 'b/', type: '5' },
      { name: 'b/bagit.txt', content: 'BagIt-Version: 1.0\n' },
      { name: 'cut', pax: [['path', 'b/data/caf\u00e9.txt']], content: 'first\n' },
      { name: 'cut', format: 'gnu', longName: { repeat: 'n', times: 120 }, content: 'second\n' },
    ],
  },
})

async function contentsOf(archive: Uint8Array): Promise<Record<string, string>> {
  const source = await openTar(memoryContainer(archive))
  const contents: Record<string, string> = {}
  for (const entry of source.entries) {
    const parts: Uint8Array[] = []
    for await (const part of source.open(entry)) parts.push(part)
    contents[entry.path] = Buffer.concat(parts).toString('latin1')
  }
  return contents
}

describe('openTar', () => {
  it('refuses every archive that lacks a piece of its end, up to the padding', async () => {
    const withoutSecondEndBlock = SAMPLE.length - 512
    for (let length = 0; length < SAMPLE.length; length += 64) {
      const opening = contentsOf(SAMPLE.slice(0, length))
      if (length >= withoutSecondEndBlock) expect(Object.keys(await opening), `${length} bytes`).toHaveLength(3)
      else await expect(opening, `${length} bytes`).rejects.toMatchObject({ code: 'ERR_TAR_TRUNCATED' })
    }
  })

  it('answers hostile bytes with a ParseError and nothing else', async () => {
    const edit = fc.tuple(fc.nat(SAMPLE.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const altered = SAMPLE.slice()
        for (const [at, byte] of edits) altered[at] = byte
        // The sums are made right, so that what they protect is reached.
        for (let at = 0; at + 512 <= altered.length; at += 512) {
          if (altered[at + 257] === 0x75) setChecksum(altered.subarray(at, at + 512))
        }
        try {
          await contentsOf(altered)
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('reads headers that lie close together in few reads, and skips what lies between far ones', async () => {
    const near = Array.from({ length: 500 }, (_, index) => ({ name: `data/${index}`, content: 'sample' }))
    const close = await readsOf({ entries: near })
    expect(close.entries).toBe(500)
    expect(close.reads).toBeLessThan(5)
    const far = Array.from({ length: 5 }, (_, index) => ({ name: `data/${index}`, content: { zeros: 3_000_000 } }))
    const { entries, bytes } = await readsOf({ entries: far })
    expect(entries).toBe(5)
    expect(bytes).toBeLessThan(3_000_000)
  })
})

describe('parsePaxRecords', () => {
  it('reads what pax writes, values with any bytes included', () => {
    const value = '30 mtime=1\n30'
    const record = ` comment=${value}\n`
    const bytes = new TextEncoder().encode(`${record.length + 2}${record}6 a=b\n`)
    expect([...parsePaxRecords(bytes, 'test')].map(([key, each]) => [key, Buffer.from(each).toString()])).toEqual([
      ['comment', value],
      ['a', 'b'],
    ])
  })

  it('takes nothing whose length does not fit', () => {
    for (const text of ['5 a=b\n', '7 a=b\n', '06 a=b\n', '6 ab=\n5', 'x a=b\n', '6 abc\n', ' 6 a=b\n', '0 a=b\n']) {
      expect(() => parsePaxRecords(new TextEncoder().encode(text), 'test'), text).toThrow(ParseError)
    }
  })
})

async function readsOf(recipe: {
  readonly entries: readonly { readonly name: string; readonly content: string | { readonly zeros: number } }[]
}) {
  const whole = memoryContainer(buildArchive({ tar: recipe }))
  const seen = { reads: 0, bytes: 0 }
  const counted: RandomAccess = {
    ...whole,
    read(offset, length) {
      seen.reads++
      seen.bytes += length
      return whole.read(offset, length)
    },
  }
  const source = await openTar(counted)
  return { entries: source.entries.length, ...seen }
}

function setChecksum(block: Uint8Array): void {
  block.fill(0x20, 148, 156)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
}
