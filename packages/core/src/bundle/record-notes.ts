import { parseJson } from '../json/parse.ts'
import type { ShapeResult } from '../json/shape.ts'
import type { JsonValue } from '../json/value.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { ParseFailure } from '../pki/facts.ts'
import type { RecordFileFacts, RecordProblem, UnknownPart } from './record-facts.ts'

/** A list that keeps the first LIMITS.exceptionsInFinding and counts the rest: a hostile file has a million bad lines. */
export class BoundedList<T> {
  readonly kept: T[] = []
  omitted = 0

  add(item: T): void {
    if (this.kept.length < LIMITS.exceptionsInFinding) this.kept.push(item)
    else this.omitted++
  }
}

/** What is noted while one file of record/ is read. */
export class FileNotes {
  readonly path: string
  readonly problems = new BoundedList<RecordProblem>()
  private contradicted = false
  private limited = false
  private readonly unknown: BoundedList<UnknownPart>

  constructor(path: string, unknown: BoundedList<UnknownPart>) {
    this.path = path
    this.unknown = unknown
  }

  noteError(error: ParseError, at: string): void {
    if (error.code === 'ERR_LIMIT') this.limited = true
    this.note({ code: error.code, at, offset: error.detail.offset ?? null, expected: error.detail.expected ?? null })
  }

  /** Values are left out: what a disclosure opens never reaches the facts. */
  noteShape(result: ShapeResult<unknown>, at: string): void {
    for (const { member, expected } of result.problems) this.note({ code: 'ERR_JSON_SHAPE', at, member, expected })
    this.problems.omitted += result.problemsOmitted
    for (const member of result.unknown) this.noteUnknown(at, member)
    this.unknown.omitted += result.unknownOmitted
  }

  noteMisshapen(at: string, member: string, expected: string): void {
    this.note({ code: 'ERR_JSON_SHAPE', at, member, expected })
  }

  noteUnknown(at: string, member: string, value: string | null = null): void {
    this.unknown.add({ path: this.path, at, member, value })
  }

  /** Two statements that cannot both hold. Equal ones are no problem. */
  compare(at: string, member: string, expected: string | number, found: string | number | undefined): void {
    if (found === undefined || found === expected) return
    this.contradicted = true
    this.note({ code: 'contradiction', at, member, expected: String(expected), found: String(found) })
  }

  finish(lines: number | null = null, stubs: number | null = null): RecordFileFacts {
    const state = this.contradicted
      ? 'contradictory'
      : this.limited
        ? 'limit'
        : this.problems.kept.length > 0
          ? 'invalid'
          : 'valid'
    const { kept, omitted } = this.problems
    return { path: this.path, state, failure: null, problems: kept, problemsOmitted: omitted, lines, stubs }
  }

  private note(given: Pick<RecordProblem, 'code' | 'at'> & Partial<RecordProblem>): void {
    this.problems.add({ member: '', offset: null, expected: null, found: null, ...given })
  }
}

/** A file that could not be read at all. */
export function unreadFile(
  path: string,
  state: 'absent' | 'invalid' | 'limit' | 'unreadable',
  failure: ParseFailure | null = null,
): RecordFileFacts {
  return { path, state, failure, problems: [], problemsOmitted: 0, lines: null, stubs: null }
}

/** A ParseError as a fact. */
export function failureOf(error: ParseError): ParseFailure {
  const { where, offset, spec } = error.detail
  return { code: error.code, where, offset: offset ?? null, spec: spec ?? null }
}

/** A file that is one value of canonical JSON; undefined, and a note, where it is not. */
export function parseNoted(bytes: Uint8Array, notes: FileNotes): JsonValue | undefined {
  try {
    return parseJson(bytes, notes.path, { limit: LIMITS.authorisationBytes, canonical: true })
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    notes.noteError(error, '')
    return undefined
  }
}
