import { describe, expect, test } from 'vitest'
import { srgbCurve, srgbProfile } from './icc.ts'

describe('the sRGB profile', () => {
  test('is an ICC profile of version 2 whose tags lie inside', () => {
    const bytes = Buffer.from(srgbProfile())
    expect(bytes.readUInt32BE(0)).toBe(bytes.length)
    expect(bytes.toString('latin1', 12, 24)).toBe('mntrRGB XYZ ')
    expect(bytes.readUInt32BE(8)).toBe(0x0210_0000)
    expect(bytes.toString('latin1', 36, 40)).toBe('acsp')
    const count = bytes.readUInt32BE(128)
    const tags = Array.from({ length: count }, (_, index) => {
      const at = 132 + index * 12
      expect(bytes.readUInt32BE(at + 4) % 4).toBe(0)
      expect(bytes.readUInt32BE(at + 4) + bytes.readUInt32BE(at + 8)).toBeLessThanOrEqual(bytes.length)
      return bytes.toString('latin1', at, at + 4)
    })
    expect(tags.sort()).toEqual(['bTRC', 'bXYZ', 'cprt', 'desc', 'gTRC', 'gXYZ', 'rTRC', 'rXYZ', 'wtpt'])
  })

  test('has primaries that add up to its white', () => {
    const bytes = Buffer.from(srgbProfile())
    const at = (tag: string): number => {
      for (let entry = 132; ; entry += 12)
        if (bytes.toString('latin1', entry, entry + 4) === tag) return bytes.readUInt32BE(entry + 4)
    }
    for (const axis of [0, 1, 2]) {
      const value = (tag: string): number => bytes.readInt32BE(at(tag) + 8 + axis * 4) / 65_536
      expect(value('rXYZ') + value('gXYZ') + value('bXYZ')).toBeCloseTo(value('wtpt'), 3)
    }
  })

  test('has the curve of IEC 61966-2-1, which is straight at its foot', () => {
    // Values of the standard's formula, rounded: 0.04 is below the bend, 0.05 above it.
    for (const [stored, light] of [
      [0, 0],
      [0.04, 0.003096],
      [0.05, 0.003936],
      [0.2, 0.033105],
      [0.5, 0.214041],
      [1, 1],
    ] as const)
      expect(srgbCurve(stored)).toBeCloseTo(light, 6)
  })

  // An engine may be off in the last bit of a power. No point lies where that would round to another number.
  test('has no point that another engine could round the other way', () => {
    for (let index = 0; index < 1024; index += 1) {
      const exact = srgbCurve(index / 1023) * 65_535
      expect(Math.abs(exact - Math.floor(exact) - 0.5)).toBeGreaterThan(1e-6)
    }
  })
})
