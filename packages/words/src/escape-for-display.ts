/**
 * Characters that would move the cursor, hide, or turn the reading direction of what stands around them: controls,
 * format characters (soft hyphen, zero width, bidirectional controls of UAX #9, tags), private use, lone surrogates,
 * line and paragraph separators, and letters that show nothing (Hangul fillers, variation selectors).
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** Every space but U+0020 looks like it. */
const ODD_SPACE = /(?! )\p{Zs}/gu

/** Where it would be mistaken for an escape, or stands before one: an even number then means backslashes themselves. */
const BACKSLASHES_BEFORE_AN_ESCAPE =
  /\\+(?=u\{|[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}| +$)/gu

const BIDI_STRONG_RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\u{10800}-\u{10fff}]|[\u{1e800}-\u{1efff}]/u

function visible(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/**
 * A string from outside (a path, a name in a certificate, a value) so that it can only look like what it is, on one
 * line: hidden and direction-changing characters, odd spaces and spaces at either end are written as `\u{…}`, and a
 * backslash that would be mistaken for one is doubled. Never empty: `""`.
 */
export function escapeForDisplay(text: string): string {
  if (text === '') return '""'
  return text
    .replace(BACKSLASHES_BEFORE_AN_ESCAPE, '$&$&')
    .replace(HIDDEN, visible)
    .replace(ODD_SPACE, visible)
    .replace(/^ +| +$/g, (spaces) => visible(' ').repeat(spaces.length))
}

/**
 * The same, and set apart from the words around it when it holds right-to-left letters, which would carry neighbouring
 * digits and brackets along (UAX #9 §3.1.1, first strong isolate).
 */
export function escapeInLine(text: string): string {
  const escaped = escapeForDisplay(text)
  return BIDI_STRONG_RTL.test(escaped) ? `\u2068${escaped}\u2069` : escaped
}

const IS_HIDDEN = new RegExp(HIDDEN.source, 'u')
const IS_ODD_SPACE = new RegExp(ODD_SPACE.source, 'u')

/**
 * `escapeForDisplay`, and escaped besides: what `isUnshowable` says (a character that no font at hand has), the second
 * and every further space in a row. `before` is what stands before the character, unescaped.
 */
export function escapeForFonts(text: string, isUnshowable: (character: string, before: string) => boolean): string {
  if (text === '') return '""'
  const lastKept = text.replace(/ +$/, '').length
  let shown = ''
  let backslashes = 0
  let at = 0
  for (const character of text) {
    const before = text.slice(0, at)
    const escaped =
      IS_HIDDEN.test(character) ||
      IS_ODD_SPACE.test(character) ||
      (character === ' ' && (at === 0 || at >= lastKept || before.endsWith(' '))) ||
      isUnshowable(character, before)
    // Backslashes before an escape, or before what would be taken for one, are doubled.
    if (escaped || (character === 'u' && text[at + 1] === '{')) shown += '\\'.repeat(backslashes)
    backslashes = character === '\\' ? backslashes + 1 : 0
    shown += escaped ? visible(character) : character
    at += character.length
  }
  return shown
}

/** The same name in printable ASCII alone: every other character is written as `\u{…}`. */
export function escapeToAscii(text: string): string {
  return escapeForFonts(text, (character) => character < ' ' || character > '~')
}
