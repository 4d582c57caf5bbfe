import { FORMS_OF } from '@probatum/words'
import { describe, expect, it } from 'vitest'
import { ENGLISH } from './en.ts'
import { TEXTS } from './languages.ts'
import { RULES } from './rules.ts'
import { placesOf, Speaker } from './speaker.ts'
import { type Counted, LANGUAGES } from './texts.ts'

const KEYS = Object.keys(ENGLISH) as (keyof typeof ENGLISH)[]
/** Names and signs that are the same everywhere. */
const SAME = new Set(['format', 'contentFiles', 'comma', 'notReviewed'])

describe.each(LANGUAGES.map((language) => ({ language })))('the texts in $language', ({ language }) => {
  const texts = TEXTS[language]

  it('keep every place of the English ones, and add none', () => {
    for (const key of KEYS)
      expect([key, placesOf(texts[key])]).toEqual([key, placesOf(ENGLISH[key] as string | Counted)])
  })

  it('have every plural form that the language needs', () => {
    const forms = FORMS_OF[RULES[language].plural]
    for (const key of KEYS) {
      const text: string | Counted = texts[key]
      if (typeof text !== 'string') expect([key, Object.keys(text).sort()]).toEqual([key, [...forms].sort()])
    }
  })

  it('are translated and not empty', () => {
    for (const key of KEYS) {
      const text: string | Counted = texts[key]
      if (typeof text === 'string') expect(text.trim() === '' && key !== 'notReviewed').toBe(false)
      if (language !== 'en' && typeof text === 'string' && text.length > 24 && !SAME.has(key))
        expect(text).not.toBe(ENGLISH[key])
    }
  })

  it('say that nobody has reviewed them, unless they are English', () => {
    expect(texts.notReviewed.length).toBeGreaterThan(30)
  })

  it('have twelve months and count in digits 0 to 9', () => {
    expect(RULES[language].months).toHaveLength(12)
    const speaker = new Speaker(language, texts)
    for (const count of [0, 1, 2, 3, 11, 100, 1204]) expect(speaker.count('nBytes', count)).not.toContain('{')
    expect(speaker.count('nFiles', 1204)).toContain(speaker.number(1204))
    expect(speaker.number(1204)).toMatch(/^1.204$/u)
  })
})

describe('a text with values', () => {
  const speaker = new Speaker('en', ENGLISH)

  it('sets the values apart from its words', () => {
    expect(speaker.pieces('trustOf', { issuer: 'X', number: '1' })).toEqual([
      { value: 'X' },
      { words: ', number ' },
      { value: '1' },
      { words: ' of ' },
      { words: '{date}' },
    ])
  })

  it('does not read places in a value', () => {
    expect(speaker.say('resultOf', { name: '{name}' })).toBe('Result for {name}')
  })
})
