/**
 * @typedef {{ start: number, from: number, text: string }} StringLiteral where its quote stands, where its text begins, the text
 * @typedef {object} ScannedSource
 * @property {string} bare the source with comments, strings, template text and regular expressions blanked out, the quotes and
 *   every other character in its place
 * @property {StringLiteral[]} strings every string literal and every piece of template text
 */

/** A source that the scanner cannot follow. It is a finding of its own, never a file without findings. */
export class ScanError extends Error {
  /**
   * @param {string} message
   * @param {number} offset
   */
  constructor(message, offset) {
    super(message)
    this.offset = offset
  }
}

const WORD = /[\w$]/
/** After these words a slash begins a regular expression; after any other word it divides. */
const BEFORE_REGEX = new Set([
  'await',
  'case',
  'delete',
  'do',
  'else',
  'in',
  'instanceof',
  'new',
  'of',
  'return',
  'throw',
  'typeof',
  'void',
  'yield',
])

/** One pass over a source text, that keeps comments, strings, templates and regular expressions apart from the code. */
class Scanner {
  /** @param {string} text */
  constructor(text) {
    this.text = text
    this.at = 0
    this.bare = text.split('')
    /** @type {StringLiteral[]} */
    this.strings = []
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  blank(from, to) {
    for (let i = from; i < to; i += 1) if (this.bare[i] !== '\n') this.bare[i] = ' '
  }

  /** @param {number} to */
  comment(to) {
    this.blank(this.at, to)
    this.at = to
  }

  /**
   * @param {number} start
   * @param {number} from
   * @param {number} to
   */
  literal(start, from, to) {
    this.strings.push({ start, from, text: this.text.slice(from, to) })
    this.blank(from, to)
  }

  /** @param {string} quote */
  string(quote) {
    const start = this.at
    for (let i = start + 1; i < this.text.length && this.text[i] !== '\n'; i += 1) {
      if (this.text[i] === '\\') i += 1
      else if (this.text[i] === quote) {
        this.literal(start, start + 1, i)
        this.at = i + 1
        return
      }
    }
    throw new ScanError('a string without an end', start)
  }

  template() {
    const start = this.at
    let from = start + 1
    for (let i = from; i < this.text.length; i += 1) {
      if (this.text[i] === '\\') i += 1
      else if (this.text[i] === '`') {
        this.literal(start, from, i)
        this.at = i + 1
        return
      } else if (this.text[i] === '$' && this.text[i + 1] === '{') {
        this.literal(start, from, i)
        this.at = i + 2
        this.run('}')
        i = this.at - 1
        from = this.at
      }
    }
    throw new ScanError('a template without an end', start)
  }

  /** @returns {boolean} whether a regular expression can begin here, judged by the last character of code before it */
  regexCanBegin() {
    let i = this.at - 1
    while (i >= 0 && /\s/.test(this.bare[i] ?? '')) i -= 1
    const last = this.bare[i]
    if (last === undefined) return true
    if (!WORD.test(last)) return !')]}\'"`'.includes(last)
    let from = i
    while (from > 0 && WORD.test(this.bare[from - 1] ?? '')) from -= 1
    return BEFORE_REGEX.has(this.bare.slice(from, i + 1).join(''))
  }

  /** @returns {boolean} whether there was one: an expression that does not end on its line is a division */
  regex() {
    let inClass = false
    for (let i = this.at + 1; i < this.text.length && this.text[i] !== '\n'; i += 1) {
      const char = this.text[i]
      if (char === '\\') i += 1
      else if (char === '[') inClass = true
      else if (char === ']') inClass = false
      else if (char === '/' && !inClass) {
        this.blank(this.at + 1, i)
        this.at = i + 1
        return true
      }
    }
    return false
  }

  /** @param {'}' | undefined} end the brace that closes a template's substitution; undefined for the whole text */
  run(end) {
    const start = this.at
    let depth = 0
    while (this.at < this.text.length) {
      const char = this.text[this.at]
      const next = this.text[this.at + 1]
      if (char === '/' && next === '/') {
        const to = this.text.indexOf('\n', this.at)
        this.comment(to < 0 ? this.text.length : to)
      } else if (char === '/' && next === '*') {
        const to = this.text.indexOf('*/', this.at + 2)
        if (to < 0) throw new ScanError('a comment without an end', this.at)
        this.comment(to + 2)
      } else if (char === "'" || char === '"') this.string(char)
      else if (char === '`') this.template()
      else if (!(char === '/' && this.regexCanBegin() && this.regex())) {
        if (char === '{') depth += 1
        if (char === '}' && depth === 0 && end !== undefined) {
          this.at += 1
          return
        }
        if (char === '}') depth -= 1
        this.at += 1
      }
    }
    if (end !== undefined) throw new ScanError('a template without an end', start)
  }
}

/**
 * @param {string} text TypeScript or JavaScript
 * @returns {ScannedSource}
 * @throws {ScanError}
 */
export function scanSource(text) {
  const scanner = new Scanner(text)
  if (text.startsWith('#!')) scanner.comment(Math.max(text.indexOf('\n'), 0))
  scanner.run(undefined)
  return { bare: scanner.bare.join(''), strings: scanner.strings }
}

/** @typedef {{ specifier: string | undefined, offset: number }} Import its target; undefined when that is no plain literal */

/**
 * Every module that a source names: import and export … from, side-effect imports, import(), import types, require().
 * @param {ScannedSource} source
 * @returns {Import[]}
 */
export function importsOf({ bare, strings }) {
  const byStart = new Map(strings.map((literal) => [literal.start, literal.text]))
  /** @type {Import[]} */
  const found = []
  // `from '…'` stands nowhere else in the grammar; `Array.from(` has a parenthesis.
  for (const match of bare.matchAll(/(?<![\w$.])(?:from|import)\s*(?=['"])/g)) {
    const start = match.index + match[0].length
    found.push({ specifier: byStart.get(start), offset: start })
  }
  for (const match of bare.matchAll(/(?<![\w$.])(?:import|require)\s*\(\s*/g)) {
    const start = match.index + match[0].length
    const closed = /^(['"]) *\1\s*[,)]/.test(bare.slice(start))
    found.push({ specifier: closed ? byStart.get(start) : undefined, offset: start })
  }
  return found.sort((a, b) => a.offset - b.offset)
}
