import { ParseError } from '../model/parse-error.ts'
import { parseJson } from './parse.ts'
import type { JsonValue } from './value.ts'

/** How lines of JSON are read. */
export interface JsonLinesOptions {
  /** Most bytes of one line, its end not counted. */
  readonly lineLimit: number
  /** Whether every line must be in RFC 8785 form. */
  readonly canonical: boolean
  /** What the values of a line may cost to keep; default as for any JSON text. */
  readonly units?: number
}

/** One line of a .jsonl file: what it says, and exactly which bytes said it. */
export interface JsonLine {
  /** From 0. */
  readonly index: number
  /** Offset of its first byte in the file. */
  readonly offset: number
  /** The line without its end: what a line digest is over. Shares memory with the file. */
  readonly bytes: Uint8Array
  /** The value, or why there is none. One bad line says nothing about the next. */
  readonly value: JsonValue | undefined
  readonly error: ParseError | undefined
}

const LINE_FEED = 0x0a

/**
 * Reads JSON lines: `\n` ends each line, the last one too; an empty file has no line. Errors stand in the line that has
 * them, with offsets from the file's beginning, so that all of them can be reported.
 * @param where the file's path
 */
export function* parseJsonLines(bytes: Uint8Array, where: string, options: JsonLinesOptions): Generator<JsonLine> {
  let offset = 0
  for (let index = 0; offset < bytes.length; index++) {
    const end = bytes.indexOf(LINE_FEED, offset)
    const line = bytes.subarray(offset, end === -1 ? bytes.length : end)
    yield readJsonLine(index, offset, line, end !== -1, where, options)
    offset += line.length + 1
  }
}

/** Reads one line, whose place is known. `ended`: a line feed follows it. */
export function readJsonLine(
  index: number,
  offset: number,
  bytes: Uint8Array,
  ended: boolean,
  where: string,
  options: JsonLinesOptions,
): JsonLine {
  const at = `${where} line ${index + 1}`
  try {
    const { lineLimit: limit, ...rest } = options
    const value = parseJson(bytes, at, { ...rest, limit })
    if (!ended) throw new ParseError('ERR_JSON_SYNTAX', { where: at, offset: bytes.length, expected: 'line feed' })
    return { index, offset, bytes, value, error: undefined }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const { code, detail } = error
    return { index, offset, bytes, value: undefined, error: new ParseError(code, atOffset(detail, offset)) }
  }
}

function atOffset(detail: ParseError['detail'], offset: number): ParseError['detail'] {
  return detail.offset === undefined ? { ...detail, offset } : { ...detail, offset: detail.offset + offset }
}
