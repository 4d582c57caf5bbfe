import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileOf } from '../sealing/bundle-sink.ts'
import type { Needle } from './redact-needles.ts'
import { Search } from './redact-search.ts'

const fold = (octet: number) => (octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet)

/** Few letters, so that needles overlap, begin alike and stand often. */
const octets = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(0x61, 0x62, 0x42, 0x2e), { minLength: min, maxLength: max })
    .map((all) => Uint8Array.from(all))

/** The obvious way: every needle at every place. */
function slowHits(needles: readonly Uint8Array[], bytes: Uint8Array): string[] {
  const hits: string[] = []
  for (let at = 0; at < bytes.length; at++)
    for (const [key, needle] of needles.entries())
      if (at + needle.length <= bytes.length && needle.every((octet, i) => fold(octet) === fold(bytes[at + i] ?? 0)))
        hits.push(`${key} at ${at}`)
  return hits.sort()
}

async function hits(needles: readonly Uint8Array[], bytes: Uint8Array, pieces: readonly number[]): Promise<string[]> {
  const search = new Search(
    needles.map((needle, key) => ({ key, needles: () => [{ form: 'text', bytes: needle } satisfies Needle] })),
  )
  async function* open() {
    let at = 0
    for (const length of [...pieces, bytes.length]) {
      yield bytes.subarray(at, at + length)
      at = Math.min(bytes.length, at + length)
    }
  }
  const found: string[] = []
  await search.file('sample', { size: bytes.length, open }, ({ key, offset }) => found.push(`${key} at ${offset}`))
  return found.sort()
}

describe('the search for many needles', () => {
  it('finds what comparing each needle at each place finds, however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(octets(4, 14), {
          minLength: 1,
          maxLength: 12,
          selector: (needle) => [...needle].map(fold).join(),
        }),
        octets(0, 120),
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }),
        async (needles, bytes, pieces) => {
          expect(await hits(needles, bytes, pieces)).toEqual(slowHits(needles, bytes))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('finds each of those that have one needle, and nothing where only the beginning is the same', async () => {
    const text = (value: string) => Uint8Array.from(value, (letter) => letter.charCodeAt(0))
    const needles = ['Example Person 1', 'example person 1', 'Example Person 12', 'Example Person 2'].map(text)
    const bytes = text('x EXAMPLE PERSON 12, Example Person 3, example person 2')
    expect(await hits(needles, bytes, [9])).toEqual(['0 at 2', '1 at 2', '2 at 2', '3 at 39'])
  })

  it('makes the needles of what stands somewhere again, and of nothing else', async () => {
    const made = [0, 0, 0]
    const wanted = ['first value', 'second value', 'third value'].map((value, key) => ({
      key,
      needles: () => {
        made[key] = (made[key] ?? 0) + 1
        return [{ form: 'text', bytes: new TextEncoder().encode(value) } satisfies Needle]
      },
    }))
    const search = new Search(wanted)
    const bytes = new TextEncoder().encode('second value, '.repeat(50))
    const found: number[] = []
    await search.file('sample', fileOf(bytes), ({ key }) => found.push(key))
    expect(found).toEqual(Array.from({ length: 50 }, () => 1))
    expect(made).toEqual([1, 2, 1])
  })

  it('finds needles of each length around eight octets at the very ends', async () => {
    for (let length = 4; length <= 12; length++) {
      const needle = Uint8Array.from({ length }, (_, at) => 0x61 + at)
      expect(await hits([needle], needle, [])).toEqual(['0 at 0'])
      expect(await hits([needle], Uint8Array.of(0x2e, ...needle), [1, length - 1])).toEqual(['0 at 1'])
      expect(await hits([needle], needle.subarray(0, length - 1), [])).toEqual([])
    }
  })
})
