import { isolatedParts, type Messages, messagesIn } from '@probatum/words'
import { messagesOf } from '@probatum/words/languages'
import type { Engine } from '../engine/engine.ts'
import { sayTime } from '../rows/timeline.ts'
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
  /** Tells it to everybody: it stands at the foot of the window until the next press. */
  show(text: string, urgent?: boolean): void
}

export function speakerOf(language: PageLanguage): Speaker {
  return new Speaker(language, TEXTS[language])
}

/** The message catalogue in a language; in English while nobody has translated it. */
export function messagesFor(language: PageLanguage): Messages {
  return messagesOf(language) ?? messagesIn()
}

/** Options of the command line stand between brackets in sentences of the catalogue: here there are controls for them. */
function withoutOptions(text: string): string {
  return text.replace(/\s\([^()]*--[a-z][^()]*\)/g, '')
}

/** A sentence of the catalogue, marked as English where the page speaks another language. Moments are said as the page says its own. */
export function told(context: ViewContext, text: string): Child {
  const plain = withoutOptions(text)
  const { language } = context.messages
  if (language !== context.speaker.language) return el('span', { lang: language, dir: 'ltr' }, withCommands(plain))
  if (context.messages.direction === 'ltr') return withCommands(plain, context.speaker)
  // Dates, names and the like keep their order among letters that run from right to left.
  return isolatedParts(plain).map(({ text, technical }) => {
    if (!technical) return text
    if (COMMAND.test(text)) return withCommands(text)
    return MOMENT.test(text) ? el('bdi', {}, said(text, context.speaker)) : el('bdi', { dir: 'ltr' }, text)
  })
}

/** RFC 3339 in UTC, as the catalogue's sentences have it. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/
const MOMENTS = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)/

/** `14 March 2026, 09:12:00 UTC`: whoever is no expert takes the other form for a number. */
function said(time: string, { rules }: Speaker): HTMLElement {
  return el('time', { datetime: time }, `${sayTime(time, { months: rules.months, pattern: rules.datePattern })} UTC`)
}

/** A command in a sentence of the catalogue stands between backticks. */
const COMMAND = /^`([^`]+)`$/

/** Commands in letters of their own, without the backticks. */
function withCommands(text: string, speaker?: Speaker): Child {
  return text.split(/(`[^`]+`)/).map((piece) => {
    const command = COMMAND.exec(piece)?.[1]
    if (command !== undefined) return el('code', { dir: 'ltr' }, command)
    if (speaker === undefined) return piece
    return piece.split(MOMENTS).map((part) => (MOMENT.test(part) ? said(part, speaker) : part))
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
