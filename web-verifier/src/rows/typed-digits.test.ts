import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digitsTyped, inGroups } from './typed-digits.ts'

describe('a number from paper', () => {
  it('may carry its label, brackets and hidden marks', () => {
    expect(digitsTyped('SHA-256: ab12 cd34')).toBe('ab12 cd34')
    expect(digitsTyped('\u202a(ab12\u200b cd34)\u202c')).toBe('ab12 cd34')
  })

  it('may be written in Arabic-Indic, Burmese or full-width digits', () => {
    expect(digitsTyped('\u0661\u0662\u06f3\u1044\uff15')).toBe('12345')
  })

  it('is not changed where it is plain', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{16,64}$/), (digits) => {
        expect(digitsTyped(digits)).toBe(digits)
        expect(digitsTyped(inGroups(digits)).replaceAll(' ', '')).toBe(digits)
      }),
    )
  })

  it('keeps what is no digit, so that the comparison can name it', () => {
    expect(digitsTyped('xyz!')).toBe('xyz!')
  })
})
