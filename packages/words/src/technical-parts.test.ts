import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isolatedParts, technicalParts } from './technical-parts.ts'

describe('the parts of a sentence', () => {
  test('set dates, times and versions apart, and leave plain numbers and words', () => {
    expect(technicalParts('في 2026-03-14T09:12:00Z أو قبله، 5 ملفات')).toEqual([
      { text: 'في ', technical: false },
      { text: '2026-03-14T09:12:00Z', technical: true },
      { text: ' أو قبله، 5 ملفات', technical: false },
    ])
    expect(technicalParts('نسخة 0.1.0')[1]).toEqual({ text: '0.1.0', technical: true })
    expect(technicalParts('SHA-256')).toEqual([{ text: 'SHA-256', technical: false }])
  })

  test('set options and commands apart, whose dashes would change their end', () => {
    const technical = (text: string) => technicalParts(text).flatMap((part) => (part.technical ? [part.text] : []))
    expect(technical('اختر مجموعة ثقة: --trust-set FILE. أو مع --crl أو --ocsp')).toEqual([
      '--trust-set FILE',
      '--crl',
      '--ocsp',
    ])
    expect(technical('تفعله openssl مع -attime (يطبع `probatum steps` السطر)')).toEqual(['-attime', '`probatum steps`'])
    expect(technical('قيمة ` وحدها، وكلمة well-known')).toEqual([])
  })

  test('keep a number with its unit and a name with its date', () => {
    const technical = (text: string) => technicalParts(text).flatMap((part) => (part.technical ? [part.text] : []))
    expect(technical('الدقة 1 s، الحجم 3.4 GB (3,400,000,000 بايت)')).toEqual(['1 s', '3.4 GB', '3,400,000,000'])
    expect(technical('MD5: 2008-12-30، RSA 1024: 2014-01-01')).toEqual(['MD5: 2008-12-30', 'RSA 1024: 2014-01-01'])
    expect(technical('يستند إلى ETSI EN 319 102-1، القسم 5.6')).toEqual(['ETSI EN 319 102-1', '5.6'])
    expect(technical('5 ملفات و 7 signatures')).toEqual([])
  })

  test('are the whole sentence, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('1', '2', '-', '.', ':', 'a', 'Z', ' ', '`', 'ب', '،') }),
        (text) => {
          expect(
            technicalParts(text)
              .map((part) => part.text)
              .join(''),
          ).toBe(text)
        },
      ),
    )
  })

  test('set names apart with the signs at their ends, and leave brackets of the sentence to it', () => {
    const apart = (text: string) => isolatedParts(text).flatMap((part) => (part.technical ? [part.text] : []))
    expect(apart('يقول: DEMONSTRATION ONLY \u2013 Example Mechanism (sample). لا تظهر')).toEqual([
      'DEMONSTRATION ONLY \u2013 Example Mechanism (sample)',
    ])
    expect(apart('من ختمها (Example & Co.، وحدها) أو Example Court')).toEqual(['Example & Co'])
    expect(apart('قائمة (Example 2 - A) هنا')).toEqual(['Example 2 - A'])
    expect(apart('اختر مجموعة ثقة: --trust-set FILE. أو `probatum steps`')).toEqual([
      '--trust-set FILE',
      '`probatum steps`',
    ])
    expect(apart('قيمة signer هنا')).toEqual([])
  })

  test('are the whole sentence too where names are set apart', () => {
    const unit = fc.constantFrom('1', '-', '.', '(', ')', 'a', 'Z', ' ', '`', 'ب', '،')
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(
          isolatedParts(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
