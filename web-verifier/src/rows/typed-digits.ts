const LABEL = /^\s*(?:sha-?(?:256|384|512)|sha3-(?:256|384|512)|md5)\s*[:=(]?\s*(?=[0-9a-f]{4})/i
/** Marks that turn the reading direction or show nothing come along when a number is copied out of a right-to-left page. */
const HIDDEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
/** First digits of the rows that mean 0 to 9: Arabic-Indic, extended Arabic-Indic, Burmese, full-width. */
const ZEROS = [0x0660, 0x06f0, 0x1040, 0xff10] as const

/** A number as a person typed or pasted it, without its label, hidden marks and brackets, in the digits 0 to 9. */
export function digitsTyped(text: string): string {
  const plain = text
    .replace(HIDDEN, '')
    .replace(LABEL, '')
    .replace(/[()[\]"'“”«»]/g, '')
  return [...plain]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0
      const zero = ZEROS.find((first) => code >= first && code < first + 10)
      return zero === undefined ? character : String(code - zero)
    })
    .join('')
    .trim()
}

/** Digits in groups of four, to be read aloud and compared. */
export function inGroups(digits: string): string {
  return digits.match(/.{1,4}/g)?.join(' ') ?? digits
}
