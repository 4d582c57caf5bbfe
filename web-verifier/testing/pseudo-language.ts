import { messagesIn } from '@probatum/words'
import { TEXTS } from '../src/texts/languages.ts'

/**
 * A language that nobody speaks, made from English: what still stands in plain letters on the page came from no catalogue,
 * and what has no room here has none in a language of longer words. It never ships.
 */

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const MARKED = [...'áƀçđéƒĝĥíĵķļɱñóþʠŕšţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞꝖŔŠŢÚṼŴẊÝŽ']

/** Places, commands between backticks, and options, which the page itself looks for: they are no words of a language. */
const KEPT = /(\{[\w.-]+\}|`[^`]+`|\(--[a-z-]+(?: [A-Z-]+)?\))/

function accented(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => MARKED[PLAIN.indexOf(letter)] ?? letter)
}

/** A sentence in brackets, longer by 40 of 100, each of its letters marked; what fills a place stands between `‹` and `›`. */
export function pseudo(text: string): string {
  const pieces = text.split(KEPT).map((piece) => {
    if (!KEPT.test(piece)) return accented(piece)
    return piece.startsWith('{') ? `‹${piece}›` : piece
  })
  // Signs between values are no sentence.
  if (!/[A-Za-z]/.test(text.replaceAll(new RegExp(KEPT, 'g'), ''))) return pieces.join('')
  const more = Math.ceil(text.length * 0.4)
  // In words, as a language has them: one word of that length would fit nowhere.
  const words = '~'.repeat(more).match(/.{1,7}/g) ?? []
  return `[${pieces.join('')} ${words.join(' ')}]`
}

/** Codes and signs of the message catalogue. */
const NO_WORDS = new Set(['language', 'direction', 'plural', 'group', 'decimal'])
/** Phrases that are looked for in other texts, and small words between them: without brackets. */
const PHRASES = new Set(['alone', 'aboutCertificate', 'months', 'list', 'colon'])

/** Parts of the catalogue that stand in it twice are altered once. */
const altered = new WeakSet<object>()

function alter(texts: object, say: (text: string) => string, noWords: ReadonlySet<string>): void {
  if (altered.has(texts)) return
  altered.add(texts)
  for (const [key, value] of Object.entries(texts)) {
    if (noWords.has(key)) continue
    const sayHere = PHRASES.has(key) ? accented : say
    if (typeof value === 'string') Reflect.set(texts, key, sayHere(value))
    else if (typeof value === 'object' && value !== null) alter(value, sayHere, noWords)
  }
}

/** From now on English is that language, in this copy of the program. */
export function speakPseudo(): void {
  alter(TEXTS.en, pseudo, new Set())
  alter(messagesIn(), pseudo, NO_WORDS)
}
