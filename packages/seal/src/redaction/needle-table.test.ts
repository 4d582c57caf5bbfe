import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LengthTable, OwnerTable } from './needle-table.ts'

/** Few numbers, so that they collide and come again; and any number. */
const hash = fc.oneof(fc.nat(7), fc.nat(0xffff_ffff))

describe('a table of needles', () => {
  it('gives the lengths under a hash, each once and ascending, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hash, fc.integer({ min: 1, max: 255 })), { maxLength: 60 }), (pairs) => {
        const table = new LengthTable()
        for (const [key, length] of pairs) table.add(key, length)
        const found: number[] = [77]
        for (const key of [...pairs.map(([one]) => one), 3, 0xdead]) {
          table.find(key, found)
          const wanted = new Set(pairs.filter(([one]) => one === key).map(([, length]) => length))
          expect(found).toEqual([...wanted].sort((a, b) => a - b))
        }
      }),
    )
  })

  it('gives every owner under two hashes, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hash, hash, fc.nat(20)), { maxLength: 60 }), (triples) => {
        const table = new OwnerTable()
        for (const [first, second, owner] of triples) table.add(first, second, owner)
        for (const [first, second] of [...triples, [3, 3] as const]) {
          const wanted = triples.filter(([a, b]) => a === first && b === second).map(([, , owner]) => owner)
          expect((table.find(first, second) ?? []).sort()).toEqual([...new Set(wanted)].sort())
        }
      }),
    )
  })

  it('loses nothing while it grows', () => {
    const lengths = new LengthTable()
    const owners = new OwnerTable()
    const mix = (at: number) => Math.imul(at, 0x9e3779b1) >>> 0
    for (let at = 0; at < 20_000; at++) {
      lengths.add(mix(at), (at % 255) + 1)
      owners.add(mix(at), mix(at + 1), at)
    }
    const found: number[] = []
    for (let at = 0; at < 20_000; at++) {
      lengths.find(mix(at), found)
      if (found[0] !== (at % 255) + 1 || owners.find(mix(at), mix(at + 1))?.[0] !== at) expect.fail(`lost ${at}`)
    }
    lengths.find(mix(20_000), found)
    expect(found).toEqual([])
    expect(owners.find(mix(5), mix(7))).toBeUndefined()
  })
})
