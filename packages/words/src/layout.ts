import { asTyped } from './program.ts'

/** How text is laid out: nothing here knows what it says. */
export interface TextStyle {
  /** Columns; words that are longer (paths, digests) are never broken. */
  readonly width: number
  /** Only ASCII in the output: other characters are written as `\u{…}`. */
  readonly ascii: boolean
  /** Terminal colours beside the words, never instead of them. */
  readonly colour: boolean
  /** What stands for `probatum` in commands that are to be typed; see asTyped. */
  readonly program?: string
}

export type Tone = 'good' | 'bad' | 'open' | 'faint' | 'strong'

const SGR: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  open: [33, 39],
  faint: [2, 22],
  strong: [1, 22],
}

/** Shape and word tell the same as the colour. */
const MARKS = {
  good: ['\u2713', '[ok]'],
  bad: ['\u2717', '[no]'],
  open: ['\u25c7', '[?]'],
  faint: ['\u00b7', '[-]'],
  strong: ['*', '*'],
} as const

const ASCII: Readonly<Record<string, string>> = {
  '\u2019': "'",
  '\u2026': '...',
  '\u2013': '-',
  '\u2014': '-',
  '\u201c': '"',
  '\u201d': '"',
  '\u2068': '',
  '\u2069': '',
  '\u00b7': '-',
  '\u00a7': 'section ',
}

/** Text of the program's own, broken at the width. */
export function wrapText(text: string, style: TextStyle): string {
  const page = new Page(style)
  page.wrapped(text)
  return page.text()
}

/** For terminals without other letters: signs of the program's own get plain forms, every other character is written `\u{…}`. */
export function toAscii(text: string): string {
  return text.replace(/[^\x00-\x7e]/gu, (character) => {
    const plain = ASCII[character]
    return plain ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
}

/** Collects lines; every line is wrapped under its indentation. */
export class Page {
  readonly style: TextStyle
  #lines: string[] = []

  constructor(style: TextStyle) {
    this.style = style
  }

  mark(tone: Tone): string {
    return this.paint(MARKS[tone][this.style.ascii ? 1 : 0], tone)
  }

  paint(text: string, tone: Tone): string {
    if (!this.style.colour) return text
    const [on, off] = SGR[tone]
    return `\u001b[${on}m${text}\u001b[${off}m`
  }

  blank(): void {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('')
  }

  heading(text: string): void {
    this.blank()
    this.#lines.push(this.paint(text, 'strong'))
  }

  /**
   * A name or value of somebody else's. Every further line begins with an ellipsis: else it could be made to break where what follows
   * reads as a line of the program's own.
   */
  given(escaped: string, indent = 0, first = ''): void {
    this.wrapped(escaped, indent, first, '\u2026 ')
  }

  /** `first` stands before the first line, as many spaces before the others, and then `onward`. */
  wrapped(text: string, indent = 0, first = '', onward = ''): void {
    const typed = asTyped(text, this.style.program ?? 'probatum')
    const lead = ' '.repeat(indent)
    const hang = ' '.repeat(indent + columns(first)) + onward
    const room = Math.max(20, this.style.width - hang.length)
    let line = ''
    let head = lead + first
    for (const word of typed.split(' ')) {
      if (line !== '' && columns(line) + 1 + columns(word) > room) {
        this.#lines.push(head + line)
        head = hang
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    this.#lines.push((head + line).trimEnd())
  }

  /** As it is: commands must be copied in one piece. */
  line(text: string): void {
    this.#lines.push(asTyped(text, this.style.program ?? 'probatum'))
  }

  text(): string {
    const text = `${this.#lines.join('\n')}\n`
    return this.style.ascii ? toAscii(text) : text
  }
}

/** Columns without the colours; wide characters are counted as one, which only shortens a line. */
function columns(text: string): number {
  return text.replace(/\u001b\[\d+m/g, '').length
}

/** `1,204`: the same everywhere, whatever the computer's language. */
export function groupDigits(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** Bytes exactly, and for more than 9,999 also in a unit that can be read (powers of 1000). */
export function sayBytes(bytes: number): string {
  const exact = `${groupDigits(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`
  if (bytes < 10_000) return exact
  const units = ['kB', 'MB', 'GB', 'TB', 'PB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toFixed(1)} ${units[unit]} (${exact})`
}
