import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeForDisplay, escapeInLine } from './escape-for-display.ts'

/** Undoes the escaping: what can be undone has not been mistaken for anything else. */
function readBack(text: string): string {
  if (text === '""') return ''
  return text.replace(/(\\+)u\{(?:([0-9a-f]+)\})?/g, (whole, slashes: string, code?: string) => {
    const literal = '\\'.repeat(slashes.length >> 1)
    if (slashes.length % 2 === 0) return literal + whole.slice(slashes.length)
    return literal + String.fromCodePoint(Number.parseInt(code ?? '', 16))
  })
}

describe('escapeForDisplay', () => {
  it.each([
    ['plain.txt', 'plain.txt'],
    ['two words.txt', 'two words.txt'],
    ['trailing ', 'trailing\\u{20}'],
    ['  leading', '\\u{20}\\u{20}leading'],
    ['line\nbreak', 'line\\u{a}break'],
    ['\u001b[2Jgone', '\\u{1b}[2Jgone'],
    ['invoice\u202egpj.exe', 'invoice\\u{202e}gpj.exe'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['no\u00a0break', 'no\\u{a0}break'],
    ['C1 \u009b31m', 'C1 \\u{9b}31m'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
    ['lone \ud800', 'lone \\u{d800}'],
    ['back\\slash', 'back\\slash'],
    ['says \\u{202e}', 'says \\\\u{202e}'],
    ['\\\u202e', '\\\\\\u{202e}'],
    ['မြန်မာ', 'မြန်မာ'],
    ['', '""'],
  ])('writes %j as %s', (text, shown) => {
    expect(escapeForDisplay(text)).toBe(shown)
  })

  it('gives one line without anything that is not seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(escapeForDisplay(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^ | $|(?! )\p{Zs}/u)
      }),
    )
  })

  it('never shows two strings alike', () => {
    const piece = fc.constantFrom('\\', 'u{', '}', '20', '202e', '\u202e', ' ', '\u00a0', 'a', '""')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('')
        fc.pre(text !== '""')
        expect(readBack(escapeForDisplay(text))).toBe(text)
      }),
    )
  })

  it('sets right-to-left text apart from what stands around it', () => {
    expect(escapeInLine('شاهد 1')).toBe('\u2068شاهد 1\u2069')
    expect(escapeInLine('plain')).toBe('plain')
  })
})
