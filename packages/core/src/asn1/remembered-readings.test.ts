import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { toHex } from '../model/bytes.ts'
import { RememberedReadings } from './remembered-readings.ts'

describe('remembered readings', () => {
  it('are those of the very octets, whatever was read before', () => {
    const readings = new RememberedReadings<string>()
    // Few values, so that places are shared and octets come again.
    const octets = fc.uint8Array({ min: 0, max: 3, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(octets, { maxLength: 30 }), (all) => {
        for (const bytes of all) expect(readings.of(bytes, toHex)).toBe(toHex(bytes))
      }),
    )
  })

  it('are made once, of a copy that the caller cannot change', () => {
    const readings = new RememberedReadings<Uint8Array>()
    const read = vi.fn((bytes: Uint8Array) => bytes)
    const bytes = Uint8Array.of(1, 2, 3)
    const first = readings.of(bytes, read)
    expect(readings.of(Uint8Array.of(1, 2, 3), read)).toBe(first)
    expect(read).toHaveBeenCalledTimes(1)
    bytes.fill(9)
    expect([...first]).toEqual([1, 2, 3])
    expect([...readings.of(bytes, read)]).toEqual([9, 9, 9])
  })

  it('are not kept of what does not read, nor of what is long', () => {
    const readings = new RememberedReadings<number>()
    const read = vi.fn(({ length }: Uint8Array) => {
      if (length === 1) throw new RangeError('as meant')
      return length
    })
    for (let time = 0; time < 2; time++) {
      expect(() => readings.of(Uint8Array.of(1), read)).toThrow('as meant')
      expect(readings.of(new Uint8Array(5000), read)).toBe(5000)
    }
    expect(read).toHaveBeenCalledTimes(4)
  })
})
