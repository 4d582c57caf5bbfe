import type { DocumentBlock, TableCell, TableColumn, TextRun } from '../document.ts'
import { escapeForDisplay } from '../escape-for-display.ts'
import { fillPlaces, formFor, sayNumber } from '../language.ts'
import type { Counted, Messages } from '../messages.ts'

type Sentences = Messages['certificate']['sentences']
type Labels = Messages['certificate']['labels']
export type LabelKey = keyof Labels
/** Sentences that depend on no number, and those that do. */
export type SentenceKey = { [key in keyof Sentences]: Sentences[key] extends string ? key : never }[keyof Sentences]
export type CountedKey = { [key in keyof Sentences]: Sentences[key] extends string ? never : key }[keyof Sentences]

/** A text, or runs with their own style: what comes from outside is never part of a sentence's own text. */
export type Value = string | TextRun | readonly TextRun[]
export type Values = Readonly<Record<string, Value>>

/** Of a report that somebody forged, digests and codes may hold anything. */
export const code = (text: string): TextRun => ({ text: escapeForDisplay(text), style: 'code' })
/** A name that came with the evidence: whoever sets it escapes it. */
export const name = (text: string): TextRun => ({ text, style: 'name' })
export const strong = (text: string): TextRun => ({ text, style: 'strong' })
export const LINE_END: TextRun = { text: '\n' }

export function runsOf(value: Value): readonly TextRun[] {
  if (typeof value === 'string') return value === '' ? [] : [{ text: value }]
  return Array.isArray(value) ? value : [value as TextRun]
}

/** A sentence with its places filled, each value in its own style. */
export function fillRuns(template: string, values: Values): readonly TextRun[] {
  return template.split(/(\{[\w.-]+\})/).flatMap((part): readonly TextRun[] => {
    const key = /^\{([\w.-]+)\}$/.exec(part)?.[1]
    const value = key !== undefined && Object.hasOwn(values, key) ? values[key] : undefined
    return runsOf(value ?? part)
  })
}

/** Runs one after the other, with a text between them. */
export function joinRuns(parts: readonly (readonly TextRun[])[], between: string): readonly TextRun[] {
  return parts.flatMap((runs, index) => (index === 0 ? runs : [{ text: between }, ...runs]))
}

/**
 * Collects the blocks of a document. Every paragraph has a number, so that people can point at it; which paragraphs there are
 * depends on the report alone, so the numbers are the same in every language.
 */
export class Writer {
  readonly messages: Messages
  readonly blocks: DocumentBlock[] = []
  readonly #numbers: { last: number }

  constructor(messages: Messages, numbers = { last: 0 }) {
    this.messages = messages
    this.#numbers = numbers
  }

  label(key: LabelKey, values: Readonly<Record<string, string>> = {}): string {
    return fillPlaces(this.messages.certificate.labels[key], values)
  }

  number(value: number): string {
    return sayNumber(value, this.messages.rules)
  }

  /** A sentence as runs, for a place where it has no number of its own. */
  runs(key: SentenceKey, values: Values = {}): readonly TextRun[] {
    return fillRuns(this.messages.certificate.sentences[key], values)
  }

  countRuns(key: CountedKey, count: number, values: Values = {}): readonly TextRun[] {
    const text: Counted = this.messages.certificate.sentences[key]
    return fillRuns(formFor(count, text, this.messages.rules), { n: this.number(count), ...values })
  }

  heading(level: 1 | 2 | 3, key: LabelKey, values: Values = {}): void {
    this.headingOf(level, fillRuns(this.messages.certificate.labels[key], values))
  }

  headingOf(level: 1 | 2 | 3, runs: readonly TextRun[]): void {
    const text = runs.map((run) => run.text).join('')
    const isMixed = runs.some(({ lang }) => lang !== undefined)
    this.blocks.push({ kind: 'heading', level, text, ...(isMixed ? { runs } : {}) })
  }

  say(key: SentenceKey, values: Values = {}): void {
    this.paragraph(this.runs(key, values))
  }

  count(key: CountedKey, count: number, values: Values = {}): void {
    this.paragraph(this.countRuns(key, count, values))
  }

  paragraph(runs: readonly TextRun[]): void {
    this.#numbers.last++
    this.blocks.push({ kind: 'paragraph', runs, number: String(this.#numbers.last) })
  }

  list(items: readonly (readonly TextRun[])[]): void {
    if (items.length > 0) this.blocks.push({ kind: 'list', ordered: false, items })
  }

  /** Rows without a value are left out. */
  facts(
    rows: readonly (readonly [
      key: LabelKey,
      value: Value | null | undefined,
      places?: Readonly<Record<string, string>>,
    ])[],
  ): void {
    const here = rows.flatMap(([key, value, places]) =>
      value === null || value === undefined ? [] : [{ term: this.label(key, places), value: runsOf(value) }],
    )
    if (here.length > 0) this.blocks.push({ kind: 'facts', rows: here })
  }

  table(
    caption: LabelKey,
    columns: readonly (readonly [LabelKey, TableColumn['width']])[],
    rows: readonly (readonly TableCell[])[],
  ): void {
    if (rows.length === 0) return
    this.blocks.push({
      kind: 'table',
      caption: this.label(caption),
      columns: columns.map(([key, width]) => ({ header: this.label(key), width })),
      rows,
    })
  }

  commands(lines: readonly string[]): void {
    if (lines.length > 0) this.blocks.push({ kind: 'commands', lines })
  }

  box(title: LabelKey, fill: (inside: Writer) => void): void {
    const inside = new Writer(this.messages, this.#numbers)
    fill(inside)
    if (inside.blocks.length > 0) this.blocks.push({ kind: 'box', title: this.label(title), blocks: inside.blocks })
  }

  /** What should stand on one page. */
  page(fill: (inside: Writer) => void): void {
    const inside = new Writer(this.messages, this.#numbers)
    fill(inside)
    this.blocks.push({ kind: 'page', blocks: inside.blocks })
  }

  columns(columns: readonly (readonly [title: LabelKey, items: readonly (readonly TextRun[])[]])[]): void {
    this.blocks.push({
      kind: 'columns',
      columns: columns.map(([title, items]) => ({ title: this.label(title), items })),
    })
  }
}
