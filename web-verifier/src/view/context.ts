import { type Messages, messagesIn, technicalParts } from '@probatum/words'
import { messagesOf } from '@probatum/words/languages'
import type { Engine } from '../engine/engine.ts'
import { TEXTS } from '../texts/languages.ts'
import { Speaker } from '../texts/speaker.ts'
import type { PageLanguage, TextKey } from '../texts/texts.ts'
import { type Child, el } from './dom.ts'

/** What every part of the page is drawn with. */
export interface ViewContext {
  readonly engine: Engine
  readonly speaker: Speaker
  readonly messages: Messages
  /** Tells what happened to who cannot see it; `urgent` interrupts. */
  announce(text: string, urgent?: boolean): void
}

export function speakerOf(language: PageLanguage): Speaker {
  return new Speaker(language, TEXTS[language])
}

/** The message catalogue in a language; in English while nobody has translated it. */
export function messagesFor(language: PageLanguage): Messages {
  return messagesOf(language) ?? messagesIn()
}

/** Options of the command line that stand in sentences of the catalogue: here there are controls for them. */
export function withoutOptions(text: string): string {
  return text.replace(/\s\(--[a-z-]+(?: [A-Z-]+)?\)/g, '')
}

/** A sentence of the catalogue, marked as English where the page speaks another language. */
export function told(context: ViewContext, text: string): Child {
  const plain = withoutOptions(text)
  const { language } = context.messages
  if (language !== context.speaker.language) return el('span', { lang: language, dir: 'ltr' }, withCommands(plain))
  if (context.messages.direction === 'ltr') return withCommands(plain)
  // Dates and the like keep their order among letters that run from right to left.
  return technicalParts(plain).map(({ text, technical }) => {
    if (!technical) return text
    return COMMAND.test(text) ? withCommands(text) : el('bdi', { dir: 'ltr' }, text)
  })
}

/** A command in a sentence of the catalogue stands between backticks. */
const COMMAND = /^`([^`]+)`$/

/** Commands in letters of their own, without the backticks. */
function withCommands(text: string): Child {
  return text.split(/(`[^`]+`)/).map((piece) => {
    const command = COMMAND.exec(piece)?.[1]
    return command === undefined ? piece : el('code', { dir: 'ltr' }, command)
  })
}

/** A text of the page with values from outside, each set apart in its own reading direction. */
export function phrase(speaker: Speaker, key: TextKey, values: Readonly<Record<string, string | Node>>): Child[] {
  const texts = Object.fromEntries(Object.keys(values).map((name) => [name, `\u0000${name}`]))
  return speaker.pieces(key, texts).map((piece) => {
    if ('words' in piece) return piece.words
    const value = values[piece.value.slice(1)]
    return value instanceof Node ? value : el('bdi', {}, value)
  })
}
