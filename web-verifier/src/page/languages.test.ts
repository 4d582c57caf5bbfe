import { messagesIn } from '@probatum/words'
import * as words from '@probatum/words/languages'
import { describe, expect, it } from 'vitest'
import * as page from './languages.ts'

describe('the languages of the page', () => {
  it('have everything that those of the words have', () => {
    for (const name of Object.keys(words)) expect(Object.keys(page)).toContain(name)
  })

  it('are plain data: nothing of a catalogue is lost in a data block', () => {
    expect(words.availableLanguages()).toContain('en')
    for (const language of words.availableLanguages()) {
      const messages = words.messagesOf(language)
      expect(JSON.parse(JSON.stringify(messages))).toEqual(messages)
    }
  })

  it('are read once, when they are asked for', () => {
    let times = 0
    page.addLanguage('fr', () => {
      times += 1
      return { ...messagesIn(), language: 'fr' }
    })
    expect(times).toBe(0)
    expect(page.availableLanguages()).toEqual(['en', 'fr'])
    expect(page.messagesOf('fr')?.language).toBe('fr')
    expect(page.messagesOf('fr')).toBe(page.messagesOf('fr'))
    expect(times).toBe(1)
    expect(page.messagesOf('my')).toBeUndefined()
  })
})
