import { escapeForFonts, escapeToAscii } from '@probatum/words'

/** Whether some font at hand has a glyph for a code point. */
export type HasGlyph = (codePoint: number) => boolean

const PRINTABLE_ASCII = /^[ -~]*$/
/** Names of which nothing needs a second look: words of ASCII without a backslash, single spaces between them. */
const PLAIN = /^[!-[\]-~]+(?: [!-[\]-~]+)*$/
const MARK = /\p{M}/u
const MYANMAR = /[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]/
const BEARER = /[\p{L}\p{N}\u25cc]/u
/** Letters of living orthographies bear up to two marks, a Burmese syllable up to seven: more would print over other rows. */
const MARKS_ON_A_LETTER = 2
const MARKS_ON_A_SYLLABLE = 7

/**
 * A mark that stands on nothing, or the one too many: it would be drawn over what belongs to something else.
 */
function isStrayMark(character: string, before: string): boolean {
  if (!MARK.test(character)) return false
  const most = MYANMAR.test(character) ? MARKS_ON_A_SYLLABLE : MARKS_ON_A_LETTER
  let end = before.length
  for (let marks = 0; marks < most; marks += 1) {
    const last = lastCharacter(before, end)
    if (!MARK.test(last)) return !BEARER.test(last)
    end -= last.length
  }
  return true
}

function lastCharacter(text: string, end: number): string {
  const pair = text.codePointAt(end - 2) ?? 0
  return pair > 0xffff ? String.fromCodePoint(pair) : text.slice(Math.max(0, end - 1), end)
}

export interface DisplayedName {
  /** The name as it is set: hidden, odd and missing characters written as `\u{…}`. */
  readonly shown: string
  /** The name in printable ASCII, where the name itself is something else and `shown` does not say it already. */
  readonly ascii?: string
}

/** What is asked of the fonts at hand. */
export interface Fonts {
  readonly hasGlyph: HasGlyph
  isWellFormed(text: string): boolean
}

/** How a text that came with the evidence is shown, so that it can only look like what it is. */
export function displayName(text: string, { hasGlyph, isWellFormed }: Fonts): DisplayedName {
  if (PLAIN.test(text)) return { shown: text }
  const isMalformed = !isWellFormed(text)
  const shown = escapeForFonts(
    text,
    (character, before) =>
      !hasGlyph(character.codePointAt(0) ?? 0) ||
      isStrayMark(character, before) ||
      (isMalformed && MYANMAR.test(character)),
  )
  if (PRINTABLE_ASCII.test(text)) return { shown }
  const ascii = escapeToAscii(text)
  return ascii === shown ? { shown } : { shown, ascii }
}

/**
 * Format characters that sentences of the program need: directional marks and isolates, joiners, soft hyphens and places
 * where a line may end. Embeddings and overrides are not among them.
 */
const MEANT = /[\u00ad\u061c\u200b-\u200f\u2060\u2066-\u2069]/

const CONTROL = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u

/**
 * A sentence of the program: what no font has, and controls, are written as `\u{…}`; a line feed ends the line. In a code
 * nothing is meant but what is seen.
 */
export function displayText(text: string, hasGlyph: HasGlyph, isCode = false): string {
  if (PRINTABLE_ASCII.test(text)) return text
  let shown = ''
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0
    const isShown = isCode
      ? hasGlyph(codePoint) && !HIDDEN.test(character)
      : character === '\n' || MEANT.test(character) || (hasGlyph(codePoint) && !CONTROL.test(character))
    shown += isShown ? character : `\\u{${codePoint.toString(16)}}`
  }
  return shown
}
