/** Nearly every text: nothing in it is written otherwise. No backslash, no space at either end. */
const PLAIN = /^[!-[\]-~](?:[ -[\]-~]*[!-[\]-~])?$/

/** Patterns by Unicode's properties. To read them takes a millisecond, which a run with plain names does not spend. */
function patterns() {
  /**
   * Characters that would move the cursor, hide, or turn the reading direction of what stands around them: controls,
   * format characters (soft hyphen, zero width, bidirectional controls of UAX #9, tags), private use, lone surrogates,
   * line and paragraph separators, and letters that show nothing (Hangul fillers, variation selectors).
   */
  const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu
  /** Every space but U+0020 looks like it. */
  const oddSpace = /(?! )\p{Zs}/gu
  /** Where it would be mistaken for an escape, or stands before one: an even number then means backslashes themselves. */
  const backslashesBeforeAnEscape =
    /\\+(?=u\{|[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}| +$)/gu
  const isHidden = new RegExp(hidden.source, 'u')
  const isOddSpace = new RegExp(oddSpace.source, 'u')
  return { hidden, oddSpace, backslashesBeforeAnEscape, isHidden, isOddSpace }
}

let made: ReturnType<typeof patterns> | undefined

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
  if (PLAIN.test(text)) return text
  if (text === '') return '""'
  made ??= patterns()
  return text
    .replace(made.backslashesBeforeAnEscape, '$&$&')
    .replace(made.hidden, visible)
    .replace(made.oddSpace, visible)
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

/**
 * `escapeForDisplay`, and escaped besides: what `isUnshowable` says (a character that no font at hand has), the second
 * and every further space in a row. `before` is what stands before the character, unescaped.
 */
export function escapeForFonts(text: string, isUnshowable: (character: string, before: string) => boolean): string {
  if (text === '') return '""'
  made ??= patterns()
  const { isHidden, isOddSpace } = made
  const lastKept = text.replace(/ +$/, '').length
  let shown = ''
  let backslashes = 0
  let at = 0
  for (const character of text) {
    const before = text.slice(0, at)
    const escaped =
      isHidden.test(character) ||
      isOddSpace.test(character) ||
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
