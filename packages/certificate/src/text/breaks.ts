import type { Paragraph, Piece } from './paragraph.ts'
import { scriptOf } from './scripts.ts'

/** Marks that must not begin a line, and those that must not end one, in Chinese setting. */
const NOT_AT_START =
  /[!%),.:;?\]}\u2019\u201d\u2026\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u3017\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d]/
const NOT_AT_END = /[([{\u2018\u201c\u3008\u300a\u300c\u300e\u3010\u3014\u3016\uff08\uff3b\uff5b]/
const CHINESE_PUNCTUATION = /[\u3000-\u303f\uff00-\uff65]/

const BURMESE_SIGN = /[\u104a\u104b]/
const ASAT = '\u103a'
const VIRAMA = '\u1039'
const DOT_BELOW = '\u1037'

const isBurmese = (codePoint: number): boolean => scriptOf(codePoint) === 'Mymr'
/** Consonants and independent vowels begin a syllable. */
const isBurmeseInitial = (codePoint: number): boolean =>
  (codePoint >= 0x1000 && codePoint <= 0x102a) || codePoint === 0x103f || codePoint === 0x104e

/**
 * Burmese is written without spaces between words: a line may end before a syllable, that is, before a consonant that
 * neither ends the one before it (asat) nor is stacked under it (virama).
 */
function isBurmeseBreak(text: string, index: number, before: number, after: number): boolean {
  if (!isBurmese(before) || !isBurmeseInitial(after)) return false
  if (text[index - 1] === VIRAMA) return false
  const next = text[index + 1] === DOT_BELOW ? text[index + 2] : text[index + 1]
  return next !== ASAT && next !== VIRAMA
}

function isChineseBreak(before: string, after: string): boolean {
  const isChinese = (character: string): boolean =>
    scriptOf(character.codePointAt(0) ?? 0) === 'Hani' || CHINESE_PUNCTUATION.test(character)
  if (!isChinese(before) && !isChinese(after)) return false
  return !NOT_AT_START.test(after) && !NOT_AT_END.test(before) && !/\p{M}/u.test(after)
}

/**
 * Where in a name a line may end: after a separator, before a full stop or a backslash (of an escape). Never after a hyphen, which readers of a PDF's
 * text take for one of their own, and never beside a space, which would be lost.
 */
function isNameBreak(before: string, after: string): boolean {
  if (before === ' ' || after === ' ') return false
  return before === '/' || before === '_' || ((after === '.' || after === '\\') && before !== after)
}

function breaksInside({ style }: Piece, text: string, index: number): boolean {
  const before = text[index - 1] ?? ''
  const after = text[index] ?? ''
  if (style === 'code') return false
  if (style === 'name') return isNameBreak(before, after)
  if (before === ' ') return after !== ' '
  const codeBefore = before.charCodeAt(0)
  const codeAfter = after.charCodeAt(0)
  if (codeBefore < 0x1000 && codeAfter < 0x1000) return false
  if (BURMESE_SIGN.test(before) && !BURMESE_SIGN.test(after)) return after !== ' '
  return (
    isBurmeseBreak(text, index, codeBefore, codeAfter) ||
    (!/[\udc00-\udfff]/.test(after) && isChineseBreak(before, after))
  )
}

/** 1 where a line may begin. Lines also end at line feeds. */
export function breakOpportunities(
  paragraph: Paragraph & { readonly breaks: ReadonlySet<number> },
): Uint8Array<ArrayBuffer> {
  const { text, items, breaks } = paragraph
  const found = new Uint8Array(text.length + 1)
  let previous: Piece | undefined
  for (const { from, to, piece } of items)
    for (let index = from; index < to; index += 1) {
      const isInside = index > from || previous === piece
      if (index > 0)
        found[index] = (isInside ? breaksInside(piece, text, index) : text[index - 1] === ' ' && text[index] !== ' ')
          ? 1
          : 0
      if (breaks.has(index)) found[index] = 1
      previous = piece
    }
  return found
}
