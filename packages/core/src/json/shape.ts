import { LIMITS } from '../model/limits.ts'
import { ParseError, type ParseErrorCode } from '../model/parse-error.ts'
import { beginningOf, isJsonObject, type JsonObject, type JsonValue } from './value.ts'

/** A member that is not what the schema says. */
export interface ShapeProblem {
  /** Dotted place: `seal[0].signer`; '' for the value itself. */
  readonly member: string
  readonly expected: string
  readonly found: string
}

/** The first LIMITS.exceptionsInFinding of each are kept, and the rest counted: a hostile file has a million of them. */
export interface ShapeReport {
  readonly problems: ShapeProblem[]
  problemsOmitted: number
  /** Members that the schema does not have, dotted. Not a problem by themselves: the reader decides. */
  readonly unknown: string[]
  unknownOmitted: number
}

/** Reads a value as a T; notes what is wrong and returns `undefined` when it is none. */
export type Shape<T> = (value: JsonValue, member: string, report: ShapeReport) => T | undefined

export interface ShapeResult<T> extends ShapeReport {
  /** Set when there is no problem; unknown members are left out of it. */
  readonly value: T | undefined
}

/** Notes what is wrong at one place. */
export function noteProblem(report: ShapeReport, problem: ShapeProblem): void {
  if (report.problems.length < LIMITS.exceptionsInFinding) report.problems.push(problem)
  else report.problemsOmitted++
}

function noteUnknown(report: ShapeReport, member: string): void {
  if (report.unknown.length < LIMITS.exceptionsInFinding) report.unknown.push(member)
  else report.unknownOmitted++
}

/** How many there are so far: more than before, and what was read in between is not as it should be. */
export const problemCount = ({ problems, problemsOmitted }: ShapeReport): number => problems.length + problemsOmitted

/** Reads a value by a shape; every problem is reported. */
export function readShape<T>(shape: Shape<T>, value: JsonValue): ShapeResult<T> {
  const report: ShapeReport = { problems: [], problemsOmitted: 0, unknown: [], unknownOmitted: 0 }
  const read = shape(value, '', report)
  return { value: report.problems.length === 0 ? read : undefined, ...report }
}

/** Reads a value of a closed schema: an unknown member is an error like any other, because it may alter the meaning of the rest. */
export function readClosed<T>(
  shape: Shape<T>,
  value: JsonValue,
  where: string,
  code: ParseErrorCode = 'ERR_JSON_SHAPE',
): T {
  const result = readShape(shape, value)
  const [unknown] = result.unknown
  const [problem] = result.problems
  if (problem !== undefined) {
    const place = problem.member === '' ? where : `${where} ${problem.member}`
    throw new ParseError(code, { where: place, expected: problem.expected, found: problem.found })
  }
  if (unknown !== undefined) {
    throw new ParseError(code, { where: `${where} ${unknown}`, expected: 'no such member' })
  }
  if (result.value === undefined) throw new TypeError('a shape that reports no problem returns a value')
  return result.value
}

export function text(rule: { readonly pattern?: RegExp; readonly expected?: string } = {}): Shape<string> {
  return (value, member, report) => {
    if (typeof value === 'string' && (rule.pattern === undefined || rule.pattern.test(value))) return value
    return refuse(report, member, rule.expected ?? rule.pattern?.source ?? 'string', value)
  }
}

/** Text that a rule beyond a pattern accepts, e.g. a time. */
export function textWhere(expected: string, isRight: (value: string) => boolean): Shape<string> {
  return (value, member, report) =>
    typeof value === 'string' && isRight(value) ? value : refuse(report, member, expected, value)
}

/** Lower-case hex of so many bytes. */
export function hex(bytes: number): Shape<string> {
  return text({ pattern: new RegExp(`^[0-9a-f]{${bytes * 2}}$`), expected: `${bytes * 2} hex digits` })
}

export function oneOf<const T extends string>(choices: readonly T[]): Shape<T> {
  return (value, member, report) =>
    choices.find((choice) => choice === value) ?? refuse(report, member, choices.join(' | '), value)
}

export function integer(minimum: number, maximum = Number.MAX_SAFE_INTEGER): Shape<number> {
  return (value, member, report) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum
      ? value
      : refuse(report, member, `integer ${minimum} to ${maximum}`, value)
}

export const flag: Shape<boolean> = (value, member, report) =>
  typeof value === 'boolean' ? value : refuse(report, member, 'true | false', value)

export function exactly<const T extends null | boolean | number | string>(wanted: T): Shape<T> {
  return (value, member, report) => (value === wanted ? wanted : refuse(report, member, JSON.stringify(wanted), value))
}

export const anyValue: Shape<JsonValue> = (value) => value

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value, member, report) => (value === null ? null : shape(value, member, report))
}

export function listOf<T>(
  shape: Shape<T>,
  rule: { readonly minimum?: number; readonly maximum?: number; readonly unique?: boolean } = {},
): Shape<readonly T[]> {
  return (value, member, report) => {
    if (!Array.isArray(value)) return refuse(report, member, 'array', value)
    if (value.length < (rule.minimum ?? 0) || value.length > (rule.maximum ?? Number.POSITIVE_INFINITY)) {
      const expected =
        rule.minimum === rule.maximum ? `${rule.minimum}` : `${rule.minimum ?? 0} to ${rule.maximum ?? 'any'}`
      return refuse(report, member, `${expected} elements`, `${value.length}`)
    }
    if (rule.unique === true && new Set(value).size !== value.length) {
      return refuse(report, member, 'each element once', value)
    }
    const elements: T[] = []
    for (const [index, element] of value.entries()) {
      const read = shape(element, `${member}[${index}]`, report)
      if (read !== undefined) elements.push(read)
    }
    return elements
  }
}

/** An object with exactly these members; the ones named in `optional` may be absent. */
export function object<T extends object>(
  members: { readonly [K in keyof T]-?: Shape<Exclude<T[K], undefined>> },
  optional: readonly (keyof T & string)[] = [],
): Shape<T> {
  const shapes: readonly (readonly [string, Shape<unknown>])[] = Object.entries<Shape<unknown>>(members)
  const known = new Set(shapes.map(([name]) => name))
  const mayBeAbsent: ReadonlySet<string> = new Set(optional)
  return (value, member, report) => {
    if (!isJsonObject(value)) return refuse(report, member, 'object', value)
    const read: Record<string, unknown> = {}
    for (const [name, shape] of shapes) {
      const found = memberOf(value, name)
      if (found !== undefined) read[name] = shape(found, dotted(member, name), report)
      else if (!mayBeAbsent.has(name)) {
        noteProblem(report, { member: dotted(member, name), expected: 'member', found: 'absent' })
      }
    }
    for (const name of Object.keys(value)) if (!known.has(name)) noteUnknown(report, dotted(member, name))
    // Every member was read by the shape that its type demands; problems are in the report.
    return read as T
  }
}

/** An object whose member names are chosen by its writer. */
export function mapOf<T>(names: readonly string[], shape: Shape<T>): Shape<{ readonly [name: string]: T }> {
  return (value, member, report) => {
    if (!isJsonObject(value)) return refuse(report, member, 'object', value)
    const read: Record<string, T> = {}
    for (const name of Object.keys(value)) {
      const found = names.includes(name) ? memberOf(value, name) : undefined
      if (found === undefined) {
        noteUnknown(report, dotted(member, name))
        continue
      }
      const element = shape(found, dotted(member, name), report)
      if (element !== undefined) read[name] = element
    }
    return read
  }
}

/** An own member, whatever its name. */
export function memberOf(value: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

function dotted(member: string, name: string): string {
  return member === '' ? name : `${member}.${name}`
}

function refuse(report: ShapeReport, member: string, expected: string, found: JsonValue): undefined {
  noteProblem(report, { member, expected, found: inShort(found) })
  return undefined
}

function inShort(value: JsonValue): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'object' && value !== null) return 'object'
  const written = String(value)
  return written.length > 80 ? `${beginningOf(written, 80)}…` : written
}
