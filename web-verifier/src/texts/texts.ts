import type { ENGLISH } from './en.ts'

/** Languages of the page. */
export const LANGUAGES = ['en', 'fr', 'es', 'ar', 'my'] as const
export type PageLanguage = (typeof LANGUAGES)[number]

/** Plural categories of CLDR; a language has those of its rule, and always `other`. */
export interface Counted {
  readonly zero?: string
  readonly one?: string
  readonly two?: string
  readonly few?: string
  readonly many?: string
  readonly other: string
}

type English = typeof ENGLISH
export type TextKey = { [Key in keyof English]: English[Key] extends string ? Key : never }[keyof English]
export type CountedKey = Exclude<keyof English, TextKey>

/** What each language has: a missing text is a type error. */
export type PageTexts = { readonly [Key in keyof English]: English[Key] extends string ? string : Counted }

/** How a language is set, counted and dated. No `Intl`: browsers differ in what they know, and two must say the same. */
export interface LanguageRules {
  readonly direction: 'ltr' | 'rtl'
  readonly plural: (count: number) => keyof Counted
  /** Between groups of three digits. */
  readonly group: string
  readonly months: readonly string[]
  readonly datePattern: string
}
