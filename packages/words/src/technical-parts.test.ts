import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { technicalParts } from './technical-parts.ts'

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

  test('are the whole sentence, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('1', '2', '-', '.', ':', 'a', 'Z', ' ', 'ب', '،') }), (text) => {
        expect(
          technicalParts(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
