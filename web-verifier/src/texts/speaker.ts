import { fillPlaces, PLURALS, sayNumber } from '@probatum/words'
import { RULES } from './rules.ts'
import type { Counted, CountedKey, PageLanguage, PageRules, PageTexts, TextKey } from './texts.ts'

/** A piece of a sentence: words of the page, or a value that came from outside and is set apart from them. */
export type Piece = { readonly words: string } | { readonly value: string }

/** Says the page's texts in one language. */
export class Speaker {
  readonly language: PageLanguage
  readonly rules: PageRules
  readonly #texts: PageTexts

  constructor(language: PageLanguage, texts: PageTexts) {
    this.language = language
    this.rules = RULES[language]
    this.#texts = texts
  }

  say(key: TextKey, values: Readonly<Record<string, string>> = {}): string {
    return fillPlaces(this.#texts[key], values)
  }

  /** The same in pieces, so that what came from outside can be set apart in reading direction. */
  pieces(key: TextKey, values: Readonly<Record<string, string>>): Piece[] {
    return this.#texts[key].split(/(\{\w+\})/).flatMap((part): Piece[] => {
      const value = /^\{\w+\}$/.test(part) ? values[part.slice(1, -1)] : undefined
      if (value !== undefined) return [{ value }]
      return part === '' ? [] : [{ words: part }]
    })
  }

  /** A text whose form depends on a number. */
  count(key: CountedKey, count: number, values: Readonly<Record<string, string>> = {}): string {
    const forms: Counted = this.#texts[key]
    const form = forms[PLURALS[this.rules.plural](count)] ?? forms.other
    return fillPlaces(form, { n: this.number(count), ...values })
  }

  /** Digits 0 to 9 in groups of three, in every language. */
  number(value: number): string {
    return sayNumber(value, this.rules)
  }
}

/** Places of a text, for the comparison of languages. */
export function placesOf(text: string | Counted): readonly string[] {
  const forms = typeof text === 'string' ? [text] : Object.values(text)
  return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort()
}
