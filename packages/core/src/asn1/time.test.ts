import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ascii } from '../../../../test-vectors/make/der.ts'
import { formatInstant, instantOf } from '../model/instant.ts'
import { ParseError } from '../model/parse-error.ts'
import { parseGeneralizedTime, parseUtcTime } from './time.ts'

/** The text that genTime reads as, or the code of the refusal. */
function genTime(text: string): string {
  try {
    return formatInstant(parseGeneralizedTime(ascii(text), 'genTime', 0, 'allowed'))
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
}

describe('genTime of a time-stamp', () => {
  it.each([
    ['20240601120000Z', '2024-06-01T12:00:00Z'],
    ['20240601120000.5Z', '2024-06-01T12:00:00.5Z'],
    ['20240601120000.001Z', '2024-06-01T12:00:00.001Z'],
    ['20240229120000Z', '2024-02-29T12:00:00Z'],
    ['20240601120000', 'ERR_TIME'],
    ['20240601120000+0300', 'ERR_TIME'],
    ['20240601120000+0000', 'ERR_TIME'],
    ['20240230120000Z', 'ERR_TIME'],
    ['20230229120000Z', 'ERR_TIME'],
    ['20241301120000Z', 'ERR_TIME'],
    ['20240601250000Z', 'ERR_TIME'],
    ['20240601240000Z', 'ERR_TIME'],
    ['20240601120060Z', 'ERR_TIME'],
    ['20240601126000Z', 'ERR_TIME'],
    ['2024060112Z', 'ERR_TIME'],
    ['202406011200Z', 'ERR_TIME'],
    ['20240601120000.50Z', 'ERR_TIME'],
    ['20240601120000.Z', 'ERR_TIME'],
    ['20240601120000,5Z', 'ERR_TIME'],
    ['20240601120000.5', 'ERR_TIME'],
    ['20240601120000.5+0100', 'ERR_TIME'],
    ['20240601120000z', 'ERR_TIME'],
    ['2024060112000 Z', 'ERR_TIME'],
    ['00000601120000Z', 'ERR_TIME'],
    ['', 'ERR_TIME'],
    ['Z', 'ERR_TIME'],
    ['20240601120000.1234567890123Z', 'ERR_LIMIT'],
  ])('%s reads as %s', (text, expected) => {
    expect(genTime(text)).toBe(expected)
  })

  it('reads every second of the calendar as itself', () => {
    const two = (value: number) => String(value).padStart(2, '0')
    const field = (most: number) => fc.integer({ min: 0, max: most })
    fc.assert(
      fc.property(field(9999), field(13), field(32), field(24), field(60), field(60), (year, month, day, h, m, s) => {
        const text = `${String(year).padStart(4, '0')}${two(month)}${two(day)}${two(h)}${two(m)}${two(s)}Z`
        const instant = instantOf(year, month, day, h, m, s)
        expect(genTime(text)).toBe(instant === undefined ? 'ERR_TIME' : formatInstant(instant))
      }),
      { numRuns: 500 },
    )
  })
})

describe('times of a certificate', () => {
  it('reads two digits of a year as RFC 5280 says', () => {
    const year = (text: string) => formatInstant(parseUtcTime(ascii(text), 'notBefore', 0)).slice(0, 4)
    expect([year('491231235959Z'), year('500101000000Z'), year('000101000000Z'), year('991231235959Z')]).toEqual([
      '2049',
      '1950',
      '2000',
      '1999',
    ])
  })

  it.each(['4912312359Z', '491231235959', '491231235959+0000', '490230000000Z', '49123123595 Z', '4912312359599Z'])(
    'refuses UTCTime %s',
    (text) => {
      expect(() => parseUtcTime(ascii(text), 'notBefore', 0)).toThrow(/^ERR_TIME/)
    },
  )

  it('refuses a fraction of a second', () => {
    expect(() => parseGeneralizedTime(ascii('20500101000000.5Z'), 'notAfter', 0, 'forbidden')).toThrow(/^ERR_TIME/)
  })
})
