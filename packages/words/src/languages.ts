import { ARABIC } from './ar/index.ts'
import { ENGLISH } from './en/index.ts'
import { SPANISH } from './es/index.ts'
import { FRENCH } from './fr/index.ts'
import { LANGUAGE_CODES } from './language.ts'
import type { Language, Messages } from './messages.ts'
import { BURMESE } from './my/index.ts'

/** The languages that have their sentences. A translation adds its row here. */
const LANGUAGES: { readonly [language in Language]?: Messages } = {
  en: ENGLISH,
  fr: FRENCH,
  es: SPANISH,
  ar: ARABIC,
  my: BURMESE,
}

/** Languages that have their sentences, in order. */
export function availableLanguages(): readonly Language[] {
  return LANGUAGE_CODES.filter((code) => LANGUAGES[code] !== undefined)
}

/** The sentences of a language; undefined while nobody has translated them. */
export function messagesOf(language: Language): Messages | undefined {
  return LANGUAGES[language]
}
