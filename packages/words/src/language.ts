import type { Counted, Language, LanguageRules, PluralForm } from './messages.ts'

/** Every language of pages and certificates, in the order in which they are offered. */
export const LANGUAGE_CODES: readonly Language[] = ['en', 'fr', 'es', 'ar', 'my']

/**
 * Which form a number takes in each language (CLDR plural rules for whole numbers), written out because the platform's
 * own tables differ between versions, and a page must have the same bytes everywhere.
 */
export const PLURALS: Readonly<Record<LanguageRules['plural'], (count: number) => PluralForm>> = {
  /** en, es: 1 is one. */
  'one-other': (count) => (count === 1 ? 'one' : 'other'),
  /** fr: 0 and 1 are one. */
  'zero-is-one': (count) => (count === 0 || count === 1 ? 'one' : 'other'),
  /** ar */
  arabic: (count) => {
    const hundredth = count % 100
    if (count === 0) return 'zero'
    if (count === 1) return 'one'
    if (count === 2) return 'two'
    if (hundredth >= 3 && hundredth <= 10) return 'few'
    return hundredth >= 11 ? 'many' : 'other'
  },
  /** my: a number changes no word. */
  none: () => 'other',
}

/** Forms that a language of that rule must have; a test holds the translations to it. */
export const FORMS_OF: Readonly<Record<LanguageRules['plural'], readonly PluralForm[]>> = {
  'one-other': ['one', 'other'],
  'zero-is-one': ['one', 'other'],
  arabic: ['zero', 'one', 'two', 'few', 'many', 'other'],
  none: ['other'],
}

/** The form of a text for a number; the number itself is put in by `fillPlaces` under `{n}`. */
export function formFor(count: number, text: Counted, { plural }: LanguageRules): string {
  return text[PLURALS[plural](count)] ?? text.other
}

/**
 * Puts values into the places of a sentence: `{name}`. A place without a value stays visible as what it is, rather than
 * making a sentence that says something else.
 */
export function fillPlaces(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([\w.-]+)\}/g, (whole, key: string) =>
    Object.hasOwn(values, key) ? (values[key] ?? whole) : whole,
  )
}

/** A sentence about a number: its form, with `{n}` and the other places filled. */
export function sayCount(
  count: number,
  text: Counted,
  rules: LanguageRules,
  values: Readonly<Record<string, string>> = {},
): string {
  return fillPlaces(formFor(count, text, rules), { n: sayNumber(count, rules), ...values })
}

/** `1,204`: Western digits in every language, in groups of three. */
export function sayNumber(value: number, { group }: Pick<LanguageRules, 'group'>): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, group)
}

/** `a, b and c` */
export function sayList(words: readonly string[], { list }: Pick<LanguageRules, 'list'>): string {
  return words.length < 2
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(list.separator)}${list.last}${words.at(-1) ?? ''}`
}

/** Bytes exactly, and for more than 9,999 also in a unit that can be read (powers of 1000). */
export function saySize(bytes: number, rules: LanguageRules): string {
  const exact = sayCount(bytes, rules.bytes, rules)
  if (bytes < 10_000) return exact
  const units = ['kB', 'MB', 'GB', 'TB', 'PB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toFixed(1).replace('.', rules.decimal)} ${units[unit]} (${exact})`
}
