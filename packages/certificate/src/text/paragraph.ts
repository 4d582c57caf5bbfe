import { technicalParts } from '@probatum/words'
import bidiModule, { type Bidi } from 'bidi-js'
import { displayName, displayText } from './display.ts'
import type { FontName } from './fonts.ts'
import type { Script } from './harfbuzz.ts'
import { isRightToLeftLetter, scriptOf } from './scripts.ts'
import type { TextStyle, Typesetter } from './typesetter.ts'

/** bidi-js comes as CommonJS or as a module, as the one who loads it likes. */
const openBidi = (
  typeof bidiModule === 'function' ? bidiModule : (bidiModule as { default: unknown }).default
) as () => Bidi
const bidi = openBidi()

export interface InputRun {
  readonly text: string
  readonly style?: 'strong' | 'code' | 'name'
  readonly lang?: string
}

/** Text of one style, after escaping: what is set. */
export interface Piece {
  readonly text: string
  readonly style: TextStyle
  /** Where it is not the language of the document. */
  readonly lang?: string
}

/** A stretch that is shaped at once: one font, script, direction and piece. `from` and `to` are UTF-16 indexes. */
export interface Item {
  readonly from: number
  readonly to: number
  readonly font: FontName
  readonly script: Script
  readonly level: number
  readonly piece: Piece
}

/** Text without controls, in logical order, cut into items. */
export interface Paragraph {
  readonly text: string
  readonly items: readonly Item[]
  readonly baseLevel: 0 | 1
  /** Nothing but printable ASCII from left to right: no shaping is needed where kerning is off. */
  readonly isPlain: boolean
}

/** The runs as they are shown, and the ASCII forms of the names that need one. */
export function displayRuns(runs: readonly InputRun[], typesetter: Typesetter): { pieces: Piece[]; ascii: string[] } {
  const pieces: Piece[] = []
  const ascii: string[] = []
  for (const { text, style = 'plain', lang } of runs) {
    if (text === '' && style !== 'name') continue
    const language = lang === undefined ? {} : { lang }
    if (style === 'name') {
      const name = displayName(text, typesetter)
      pieces.push({ text: name.shown, style, ...language })
      if (name.ascii !== undefined && !ascii.includes(name.ascii)) ascii.push(name.ascii)
    } else pieces.push({ text: displayText(text, typesetter.hasGlyph, style === 'code'), style, ...language })
  }
  return { pieces, ascii }
}

const PRINTABLE_ASCII = /^[ -~]*$/
/** Directional controls have done their work once levels are known; soft hyphens and word joiners are not set. */
const NOT_SET = /[\u00ad\u061c\u200b\u200e\u200f\u2060\u2066-\u2069]/
const BREAK_HERE = '\u200b'
const LEFT_TO_RIGHT_ISOLATE = '\u2066'
const POP_ISOLATE = '\u2069'
/** Stands for a name or code in the text whose direction is sought. */
const OBJECT = '\ufffc'

interface Unit {
  readonly character: string
  readonly level: number
  readonly piece: Piece
}

const isFixed = ({ style }: Piece): boolean => style === 'code' || style === 'name'

/**
 * Levels of a name: it reads from left to right in the order of its characters; only the letters of a right-to-left word,
 * with the marks on them and single spaces between such words, run the other way (UAX #9 would let digits after them
 * change places).
 */
function nameLevels(characters: readonly string[], base: number): number[] {
  const isLetter = (index: number): boolean => isRightToLeftLetter(characters[index]?.codePointAt(0) ?? 0)
  return characters.map((character, index) =>
    isLetter(index) ||
    (/\p{M}|\u200c|\u200d/u.test(character) && index > 0 && isLetter(lastBearer(characters, index))) ||
    (character === ' ' && isLetter(index - 1) && isLetter(index + 1))
      ? base + 1
      : base,
  )
}

function lastBearer(characters: readonly string[], index: number): number {
  let at = index - 1
  while (at > 0 && /\p{M}/u.test(characters[at] ?? '')) at -= 1
  return at
}

/** Letters of right-to-left scripts, their digits, and marks that begin such text. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\u2067\ufb1d-\ufdff\ufe70-\ufefc]/

/** The pieces as they are for the bidirectional algorithm: parts that keep their order are isolates from left to right. */
function partsOf(piece: Piece): { readonly text: string; readonly isIsolate: boolean }[] {
  if (isFixed(piece)) return [{ text: piece.text, isIsolate: true }]
  return technicalParts(piece.text).map(({ text, technical }) => ({ text, isIsolate: technical }))
}

/** Each character with its embedding level (UAX #9); names, codes, dates and numbers are isolates from left to right. */
function unitsOf(pieces: readonly Piece[], rightToLeft: boolean): Unit[] {
  if (!rightToLeft && !pieces.some(({ text }) => RIGHT_TO_LEFT.test(text)))
    return pieces.flatMap((piece) => [...piece.text].map((character) => ({ character, level: 0, piece })))
  const parts = pieces.flatMap((piece) => partsOf(piece).map((part) => ({ ...part, piece })))
  let forBidi = ''
  for (const { text, isIsolate } of parts)
    forBidi += isIsolate ? `${LEFT_TO_RIGHT_ISOLATE}${OBJECT}${POP_ISOLATE}` : text
  const { levels } = bidi.getEmbeddingLevels(forBidi, rightToLeft ? 'rtl' : 'ltr')
  const units: Unit[] = []
  let at = 0
  for (const { text, isIsolate, piece } of parts) {
    const characters = [...text]
    if (isIsolate) {
      const base = levels[at + 1] ?? 0
      const own = nameLevels(characters, base + (base % 2))
      for (const [index, character] of characters.entries()) units.push({ character, level: own[index] ?? base, piece })
      at += 3
    } else
      for (const character of characters) {
        units.push({ character, level: levels[at] ?? 0, piece })
        at += character.length
      }
  }
  return units
}

const JOINS_PREVIOUS = /\p{M}|\u200c|\u200d| /u

/** Cuts pieces into items; `breaks` are the places where a hidden control allows a line to end. */
export function itemise(
  pieces: readonly Piece[],
  rightToLeft: boolean,
  typesetter: Typesetter,
): Paragraph & { readonly breaks: ReadonlySet<number> } {
  const baseLevel = rightToLeft ? 1 : 0
  if (!rightToLeft && pieces.every(({ text }) => PRINTABLE_ASCII.test(text))) {
    const items: Item[] = []
    let text = ''
    for (const piece of pieces) {
      const font = typesetter.fontFor(0x20, piece.style)
      if (font === undefined || piece.text === '') continue
      const from = text.length
      text += piece.text
      items.push({ from, to: text.length, font, script: 'Latn', level: 0, piece })
    }
    return { text, items, baseLevel, isPlain: true, breaks: new Set() }
  }
  const breaks = new Set<number>()
  const items: Item[] = []
  let text = ''
  let open: { from: number; font: FontName; script: Script; level: number; piece: Piece } | undefined
  const close = (): void => {
    if (open !== undefined && text.length > open.from) items.push({ ...open, to: text.length })
  }
  for (const { character, level, piece } of unitsOf(pieces, rightToLeft)) {
    if (NOT_SET.test(character)) {
      if (character === BREAK_HERE) breaks.add(text.length)
      continue
    }
    const codePoint = character.codePointAt(0) ?? 0
    const joins =
      open !== undefined &&
      open.piece === piece &&
      JOINS_PREVIOUS.test(character) &&
      typesetter.face(open.font).has(codePoint)
    // A joiner that no font has leaves no trace; a line feed has no glyph and ends the line.
    const font: FontName | undefined = joins ? open?.font : typesetter.fontFor(codePoint, piece.style)
    if (font === undefined && character !== '\n') continue
    const own = scriptOf(codePoint)
    const script: Script = own === 'Zyyy' ? (joins ? (open?.script ?? 'Zyyy') : 'Zyyy') : own
    const isSame =
      open !== undefined &&
      open.piece === piece &&
      open.level === level &&
      open.font === (font ?? open.font) &&
      (open.script === script || script === 'Zyyy' || open.script === 'Zyyy')
    if (open === undefined || !isSame) {
      close()
      open = { from: text.length, font: font ?? 'sans', script, level, piece }
    } else if (open.script === 'Zyyy') open = { ...open, script }
    text += character
  }
  close()
  return { text, items, baseLevel, isPlain: false, breaks }
}
