import { LANGUAGE_CODES, type Language, type Messages, messagesIn } from '@probatum/words'

/**
 * What stands for `@probatum/words/languages` in the page and its workers (vite.config.ts): translated catalogues are data
 * blocks, pressed and checked like fonts, and read when somebody asks for them. Plain in the scripts, and twice, they
 * would be a third of the page.
 */

const readers = new Map<Language, () => Messages>()
const read = new Map<Language, Messages>([['en', messagesIn()]])

/** Makes a language known; its sentences are read when they are asked for first. */
export function addLanguage(language: Language, reader: () => Messages): void {
  readers.set(language, reader)
}

/** Languages that have their sentences, in order. */
export function availableLanguages(): readonly Language[] {
  return LANGUAGE_CODES.filter((code) => read.has(code) || readers.has(code))
}

/** The sentences of a language; undefined while nobody has translated them. */
export function messagesOf(language: Language): Messages | undefined {
  let messages = read.get(language)
  if (messages === undefined) {
    messages = readers.get(language)?.()
    if (messages !== undefined) read.set(language, messages)
  }
  return messages
}
