import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { testTypesetter } from '../../../../tools/testing/typesetter.ts'
import { HOSTILE_NAMES } from '../testing/hostile-names.ts'
import { SENTENCES } from '../testing/sample-document.ts'
import { displayName, displayText } from './display.ts'
import type { Typesetter } from './typesetter.ts'

let typesetter: Typesetter
beforeAll(async () => {
  typesetter = await testTypesetter()
}, 60_000)

const show = (name: string) => displayName(name, typesetter)

/** What an escaped name stands for: the reverse of escaping, written apart from it. */
function unescaped(shown: string): string {
  return shown.replaceAll(/(\\+)u\{([0-9a-f]+)\}/g, (_, backslashes: string, hex: string) => {
    const literal = '\\'.repeat(Math.floor(backslashes.length / 2))
    return backslashes.length % 2 === 1
      ? literal + String.fromCodePoint(Number.parseInt(hex, 16))
      : `${literal}u{${hex}}`
  })
}

describe('names that came with the evidence', () => {
  test.each([
    ['report_\u202egpj.exe', 'report_\\u{202e}gpj.exe', undefined],
    ['plain.txt', 'plain.txt', undefined],
    ['a  b', 'a \\u{20}b', undefined],
    [' a ', '\\u{20}a\\u{20}', undefined],
    ['caf\u00e9.txt', 'caf\u00e9.txt', 'caf\\u{e9}.txt'],
    ['\u{1f600}.txt', '\\u{1f600}.txt', undefined],
    ['\u0915\u094d\u0937', '\\u{915}\\u{94d}\\u{937}', undefined],
    ['escape\\u{202e}', 'escape\\\\u{202e}', undefined],
    ['', '""', undefined],
  ])('%j is shown as %j', (name, shown, ascii) => {
    expect(show(name)).toEqual(ascii === undefined ? { shown } : { shown, ascii })
  })

  test('marks without a letter, and too many on one, are escaped', () => {
    expect(show('/\u0301x').shown).toBe('/\\u{301}x')
    expect(show('a\u0300\u0301\u0302').shown).toBe('a\u0300\u0301\\u{302}')
  })

  test('Burmese that is no syllable is escaped, one that is stays', () => {
    expect(show('\u1000\u103c\u103c\u103c.txt').shown).toBe('\\u{1000}\\u{103c}\\u{103c}\\u{103c}.txt')
    expect(show('\u1000\u103c\u103d\u1031\u1038.txt').shown).toBe('\u1000\u103c\u103d\u1031\u1038.txt')
    for (const { text, lang } of SENTENCES) if (lang === 'my') expect(typesetter.isWellFormed(text)).toBe(true)
  })

  test('every hostile name has a form in printable ASCII that says what it is', () => {
    for (const name of HOSTILE_NAMES) {
      const { shown, ascii = shown } = show(name)
      expect(ascii).toMatch(/^[ -~]+$/)
      if (name !== '') expect(unescaped(ascii)).toBe(name)
    }
  })

  test('whatever the name, nothing hidden is shown, and the ASCII form is exact', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (name) => {
        const { shown, ascii = shown } = show(name)
        expect(shown).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
        expect(ascii).toMatch(/^[ -~]+$/)
        expect(unescaped(ascii)).toBe(name)
        for (const character of shown) expect(typesetter.hasGlyph(character.codePointAt(0) ?? 0)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('a name of many marks takes no longer than one of letters', () => {
    const marks = `a${'\u0301'.repeat(20_000)}`
    expect(show(marks).shown.length).toBeGreaterThan(marks.length)
  })
})

describe('sentences of the program', () => {
  test('keep directional marks and isolates, and show what no font has', () => {
    expect(displayText('a\u2068\u0627\u2069b', typesetter.hasGlyph)).toBe('a\u2068\u0627\u2069b')
    expect(displayText('a\u200bb\u00a0c', typesetter.hasGlyph, true)).toBe('a\\u{200b}b\\u{a0}c')
    expect(displayText('a\u202eb\u{1f600}', typesetter.hasGlyph)).toBe('a\\u{202e}b\\u{1f600}')
  })
})
