import { describe, expect, it } from 'vitest'
import { ENGLISH } from './en/index.ts'
import { FORMS_OF, LANGUAGE_CODES, sayCount, sayList, sayNumber, saySize } from './language.ts'
import { availableLanguages, messagesOf } from './languages.ts'
import type { LanguageRules, Messages, PluralForm } from './messages.ts'

const FORMS: readonly PluralForm[] = ['zero', 'one', 'two', 'few', 'many', 'other']

function placesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([\w.-]+)\}/g)].map(([, place = '']) => place))].sort()
}

function isCounted(value: object): value is Partial<Record<PluralForm, string>> & { other: string } {
  return (
    'other' in value &&
    Object.entries(value).every(([key, text]) => FORMS.some((form) => form === key) && typeof text === 'string')
  )
}

/** What a translation has too many, too few, or otherwise than English. */
function* faults(english: unknown, other: unknown, at: string, rules: LanguageRules): Generator<string> {
  if (typeof english === 'string') {
    if (typeof other !== 'string') yield `${at}: is no text`
    else if (other.trim() === '') yield `${at}: is empty`
    else if (placesIn(english).join() !== placesIn(other).join())
      yield `${at}: has the places ${placesIn(other).join() || 'none'}, English has ${placesIn(english).join() || 'none'}`
    return
  }
  if (typeof english !== 'object' || english === null) return
  if (typeof other !== 'object' || other === null) {
    yield `${at}: is not there`
    return
  }
  if (isCounted(english)) {
    const forms = Object.keys(other).sort().join()
    const wanted = [...FORMS_OF[rules.plural]].sort().join()
    if (forms !== wanted) yield `${at}: has the forms ${forms}, the language has ${wanted}`
    // The number, and the files that it counts, may stand in words where the form says how many: one, two, none.
    const places = (text: string, form: string) =>
      placesIn(text)
        .filter((place) => place !== 'n' && (place !== 'files' || !['zero', 'one', 'two'].includes(form)))
        .join()
    for (const [form, text] of Object.entries(other))
      if (typeof text !== 'string' || text.trim() === '') yield `${at}.${form}: is empty`
      else if (places(text, form) !== places(english.other, form)) yield `${at}.${form}: has other places than English`
      else if (
        ['few', 'many', 'other'].includes(form) &&
        placesIn(english.other).includes('n') !== placesIn(text).includes('n')
      )
        yield `${at}.${form}: does not say the number`
    return
  }
  const values = other as Readonly<Record<string, unknown>>
  for (const key of Object.keys(values)) if (!(key in english)) yield `${at}.${key}: English has no such text`
  for (const [key, value] of Object.entries(english)) yield* faults(value, values[key], `${at}.${key}`, rules)
}

/** Phrases for what is judged alone are replaced in the language's own sentences, so that each has its own. */
function toCompare({
  alone: _,
  aboutCertificate: __,
  language,
  languageName,
  direction,
  reviewed,
  rules,
  ...rest
}: Messages) {
  return { ...rest, rules: { bytes: rules.bytes } }
}

function faultsOf(messages: Messages): string[] {
  return [...faults(toCompare(ENGLISH), toCompare(messages), messages.language, messages.rules)]
}

describe('the languages', () => {
  it.each(availableLanguages())(
    'has in %s every sentence of the English catalogue, with the same places',
    (language) => {
      const messages = messagesOf(language)
      expect(messages?.language).toBe(language)
      expect(messages === undefined ? ['nothing'] : faultsOf(messages)).toEqual([])
    },
  )

  // The page leaves them out, brackets and all: it has controls in their place.
  it.each(availableLanguages())('put options of the command line between brackets, in %s', (language) => {
    const { findings, missing, answers } = messagesOf(language) ?? ENGLISH
    const said = JSON.stringify([findings, missing, answers])
    const plain = said.replaceAll(/`[^`]+`/g, '').replaceAll(/\s\([^()]*--[a-z][^()]*\)/g, '')
    expect(said).toMatch(/\(--at\)/)
    expect(plain.match(/[^".]*--[a-z][^".]*/g) ?? []).toEqual([])
  })

  it('are offered in one order, English among them', () => {
    expect(availableLanguages()).toContain('en')
    expect(LANGUAGE_CODES.filter((code) => messagesOf(code) !== undefined)).toEqual(availableLanguages())
  })

  it('would be found out: a text left out, a place lost, a form too few, a text too many', () => {
    const { sentences } = ENGLISH.certificate
    const broken = (changed: object): Messages => ({
      ...ENGLISH,
      certificate: { ...ENGLISH.certificate, sentences: { ...sentences, ...changed } },
    })
    expect(faultsOf(broken({ knownOn: 'It states what is known.' }))).toEqual([
      'en.certificate.sentences.knownOn: has the places none, English has time',
    ])
    expect(faultsOf(broken({ knownOn: undefined }))).toEqual(['en.certificate.sentences.knownOn: is no text'])
    expect(faultsOf(broken({ custodyCount: { other: '{n}' } }))).toEqual([
      'en.certificate.sentences.custodyCount: has the forms other, the language has one,other',
    ])
    expect(faultsOf(broken({ custodyCount: { one: 'one', other: 'some' } }))).toEqual([
      'en.certificate.sentences.custodyCount.other: does not say the number',
    ])
    expect(faultsOf(broken({ more: 'x' }))).toEqual(['en.certificate.sentences.more: English has no such text'])
  })
})

describe('counting', () => {
  const { rules } = ENGLISH
  const arabic: LanguageRules = { ...rules, plural: 'arabic' }
  const forms = { zero: '0', one: '1', two: '2', few: 'few', many: 'many', other: 'other' }

  it('takes the form that the language has for a number', () => {
    expect([0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111].map((n) => sayCount(n, forms, arabic))).toEqual([
      '0',
      '1',
      '2',
      'few',
      'few',
      'many',
      'many',
      'other',
      'other',
      'few',
      'many',
    ])
    expect([0, 1, 2].map((n) => sayCount(n, forms, { ...rules, plural: 'zero-is-one' }))).toEqual(['1', '1', 'other'])
    expect([0, 1].map((n) => sayCount(n, forms, { ...rules, plural: 'none' }))).toEqual(['other', 'other'])
  })

  it('groups digits, lists words and tells sizes as the language does', () => {
    const french: LanguageRules = { ...rules, group: '\u00a0', decimal: ',', list: { separator: ', ', last: ' et ' } }
    expect(sayNumber(1_234_567, french)).toBe('1\u00a0234\u00a0567')
    expect(sayList(['a', 'b', 'c'], french)).toBe('a, b et c')
    expect(saySize(12_345, french)).toBe('12,3 kB (12\u00a0345 bytes)')
    expect(sayCount(1, { one: '{n} of {all}', other: '{n} of {all}' }, rules, { all: '7' })).toBe('1 of 7')
  })
})
