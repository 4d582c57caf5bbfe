import { type Counted, LANGUAGE_CODES, type Language, type LanguageRules, type Translated } from '@probatum/words'
import type { ENGLISH } from './en.ts'

/** Languages of the page. */
export const LANGUAGES: readonly Language[] = LANGUAGE_CODES
export type PageLanguage = Language

type English = typeof ENGLISH
export type TextKey = { [Key in keyof English]: English[Key] extends string ? Key : never }[keyof English]
export type CountedKey = Exclude<keyof English, TextKey>

/** What each language has: a missing text is a type error. */
export type PageTexts = Translated<English>
export type { Counted }

/** How a language is set, counted and dated. No `Intl`: browsers differ in what they know, and two must say the same. */
export interface PageRules extends Pick<LanguageRules, 'plural' | 'group'> {
  readonly direction: 'ltr' | 'rtl'
  readonly months: readonly string[]
  readonly datePattern: string
}
