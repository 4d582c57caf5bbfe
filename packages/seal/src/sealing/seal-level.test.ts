import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LevelSums } from './seal-level.ts'

const digestOf = (text: string) => new Uint8Array(createHash('sha512').update(text).digest())
const textOf = (sums: LevelSums) => Buffer.concat([...sums.pieces()]).toString('latin1')

describe('the list of a seal level', () => {
  it('has a line for each file, in byte order, whatever the order in which they came', () => {
    const path = fc.stringMatching(/^[a-z0-9/.-]{1,12}$/)
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 40 }), (paths) => {
        const sums = new LevelSums()
        for (const each of paths) sums.add(each, digestOf(each))
        const sorted = paths.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        const text = sorted.map((each) => `${Buffer.from(digestOf(each)).toString('hex')}  ${each}\n`).join('')
        expect(textOf(sums)).toBe(text)
        expect(sums.digest()).toEqual(digestOf(text))
        expect(sums.size).toBe(paths.length)
      }),
    )
  })

  it('is the same in pieces: more files than stand in one', () => {
    const sums = new LevelSums()
    for (let n = 0; n < 5000; n++) sums.add(`data/00/${String(n).padStart(6, '0')}`, new Uint8Array(64))
    expect([...sums.pieces()].length).toBeGreaterThan(1)
    expect(textOf(sums)).toMatch(/^(0{128} {2}data\/00\/\d{6}\n){5000}$/)
    expect(sums.digest()).toEqual(digestOf(textOf(sums)))
  })

  it('takes no path that has no place in it, no file twice, and no other digest', () => {
    const sums = new LevelSums()
    sums.add('a', new Uint8Array(64))
    for (const path of ['a', '', 'a b', 'a\nb', 'a\\b', 'é'])
      expect(() => sums.add(path, new Uint8Array(64))).toThrow(RangeError)
    expect(() => sums.add('b', new Uint8Array(32))).toThrow(RangeError)
    expect(sums.size).toBe(1)
  })
})
