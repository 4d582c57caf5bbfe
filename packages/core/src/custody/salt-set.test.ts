import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../model/limits.ts'
import { SaltSet } from './salt-set.ts'

const saltOf = (octets: Uint8Array) => new TextEncoder().encode(Buffer.from(octets).toString('base64url'))
const numbered = (number: number) => {
  const octets = Buffer.alloc(16)
  octets.writeUInt32BE(number, 12)
  return saltOf(octets)
}

describe('a set of salts', () => {
  it('finds exactly what a plain set finds', () => {
    const few = fc.uint8Array({ minLength: 16, maxLength: 16, max: 3 })
    const any = fc.uint8Array({ minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(fc.array(fc.oneof(few, any), { maxLength: 3000 }), (salts) => {
        const [set, plain] = [new SaltSet(), new Set<string>()]
        for (const salt of salts.map(saltOf)) {
          expect(set.add(salt)).toBe(plain.has(salt.join()))
          plain.add(salt.join())
        }
      }),
      { numRuns: 30 },
    )
  })

  it('tells salts apart that differ in one bit, wherever it is', () => {
    const set = new SaltSet()
    const salts = Array.from({ length: 128 }, (_, bit) => {
      const octets = new Uint8Array(16)
      octets[bit >> 3] = 1 << (bit & 7)
      return saltOf(octets)
    })
    expect(salts.map((salt) => set.add(salt))).toEqual(salts.map(() => false))
    expect(salts.map((salt) => set.add(salt))).toEqual(salts.map(() => true))
  })

  it('gives up, and never says yes, where many salts were chosen to stand in one place', () => {
    const set = new SaltSet()
    const octets = Buffer.alloc(16)
    const salts = Array.from({ length: 20_000 }, (_, number) => {
      octets.writeUInt32BE(number, 0)
      octets.writeUInt32BE(number, 4)
      return saltOf(octets)
    })
    expect(salts.some((salt) => set.add(salt))).toBe(false)
    expect(set.add(salts[0] ?? expect.fail())).toBe(true)
  })

  it('compares as many as its limit says, and no more', () => {
    const set = new SaltSet()
    set.add(numbered(0))
    for (let number = 1; number < LIMITS.saltsCompared - 1; number++) set.add(numbered(number))
    expect(set.isFull).toBe(false)
    expect(set.add(numbered(0))).toBe(true)
    expect(set.isFull).toBe(true)
    expect(set.add(numbered(0))).toBe(false)
  })
})
