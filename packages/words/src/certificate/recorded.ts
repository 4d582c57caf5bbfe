import {
  isJsonObject,
  type JsonValue,
  LIMITS,
  lineDigest,
  ParseError,
  parseJson,
  type SmallDigest,
  toHex,
} from '@probatum/core'
import { type Recorded, type RecordedLines, type RecordedSharing, WITHHELD_NAMED } from './input.ts'

/** The records as they lie in the bundle; null where one is not there. */
export interface RecordBytes {
  /** record/custody.jsonl */
  readonly custody: Uint8Array | null
  /** record/items.jsonl */
  readonly items: Uint8Array | null
  /** record/authorisation.json */
  readonly authorisation: Uint8Array | null
  /** SHA-256 of the archive; absent for a folder. */
  readonly container?: string
}

/**
 * What a certificate repeats of the records: clear members only, so that no opened and no withheld value can be among
 * them. Judges nothing, and never throws for what the records hold.
 */
export function readRecorded(
  { custody, items, authorisation, container }: RecordBytes,
  smallDigest: SmallDigest,
): Recorded {
  return {
    container: container ?? null,
    events: custody === null ? null : countEvents(custody),
    custody: custody === null ? null : readLines(custody, smallDigest),
    items: items === null ? null : readLines(items, smallDigest),
    sharing: authorisation === null ? { state: 'absent' } : readSharing(authorisation),
  }
}

/** A line of a log has at most this many kinds; others are counted under one name. */
const KINDS = 64
const KIND = /^[a-z][a-z-]{0,63}$/

function countEvents(bytes: Uint8Array): Readonly<Record<string, number>> | null {
  const events = new Map<string, number>()
  for (const line of linesOf(bytes)) {
    const kind = kindOf(line)
    if (kind === null) return null
    const key = events.has(kind) || events.size < KINDS ? kind : 'other'
    events.set(key, (events.get(key) ?? 0) + 1)
  }
  return Object.fromEntries([...events].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from)
    const to = end === -1 ? bytes.length : end
    yield bytes.subarray(from, to)
    from = to + 1
  }
}

/** A stub has a number and 64 digits; a line with fields is far longer, and need not be parsed to be told from one. */
const STUB_BYTES = 160

function readLines(bytes: Uint8Array, smallDigest: SmallDigest): RecordedLines | null {
  const withheld: RecordedLines['withheld'][number][] = []
  let [first, last]: readonly (Uint8Array | undefined)[] = []
  let line = 0
  for (const one of linesOf(bytes)) {
    line++
    first ??= one
    last = one
    if (withheld.length === WITHHELD_NAMED || one.length > STUB_BYTES) continue
    const digest = stubOf(one)
    if (digest !== null) withheld.push({ digest, line })
  }
  if (first === undefined || last === undefined) return null
  const digestOf = (one: Uint8Array) => stubOf(one) ?? toHex(lineDigest(one, smallDigest))
  return { first: digestOf(first), last: digestOf(last), withheld }
}

/** The line digest that a stub states; null for a line that is none. */
function stubOf(line: Uint8Array): string | null {
  const value = line.length > STUB_BYTES ? undefined : jsonOf(line)
  if (value === undefined || !isJsonObject(value) || typeof value.withheld !== 'string') return null
  return /^[0-9a-f]{64}$/.test(value.withheld) ? value.withheld : null
}

function kindOf(line: Uint8Array): string | null {
  const value = jsonOf(line)
  if (value === undefined || !isJsonObject(value)) return null
  if (typeof value.withheld === 'string') return 'withheld'
  return typeof value.type === 'string' && KIND.test(value.type) ? value.type : 'other'
}

function jsonOf(bytes: Uint8Array): JsonValue | undefined {
  try {
    return parseJson(bytes, 'record', { limit: LIMITS.authorisationBytes, canonical: false })
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}

function readSharing(bytes: Uint8Array): RecordedSharing {
  const value = jsonOf(bytes)
  if (value === undefined || !isJsonObject(value)) return { state: 'unreadable' }
  const { request, approvals } = value
  if (request === null) return { state: 'no-request' }
  if (request === undefined || !isJsonObject(request)) return { state: 'unreadable' }
  const purpose = request.purpose === null ? '' : request.purpose
  const grounds = textsIn(request.grounds)
  const conditions = conditionsIn(request.conditions)
  const assurances = assurancesIn(request.assurances)
  const counts = [request.consents, approvals, request.exceptions].map((list) =>
    Array.isArray(list) ? list.length : null,
  )
  const [consents = null, approved = null, exceptions = null] = counts
  if (typeof purpose !== 'string' || grounds === null || conditions === null || assurances === null)
    return { state: 'unreadable' }
  if (consents === null || approved === null || exceptions === null) return { state: 'unreadable' }
  return { state: 'request', purpose, grounds, conditions, assurances, consents, approvals: approved, exceptions }
}

function textsIn(value: JsonValue | undefined): readonly string[] | null {
  if (!Array.isArray(value)) return null
  return value.every((text) => typeof text === 'string') ? (value as readonly string[]) : null
}

/** The texts of handling conditions; one with a date has it behind, in parentheses. */
function conditionsIn(value: JsonValue | undefined): readonly string[] | null {
  if (!Array.isArray(value)) return null
  const texts: string[] = []
  for (const each of value) {
    if (!isJsonObject(each)) return null
    const { text, until } = each
    if (typeof text !== 'string' || (until !== undefined && typeof until !== 'string')) return null
    texts.push(until === undefined ? text : `${text} (${until})`)
  }
  return texts
}

type Assurances = Extract<RecordedSharing, { state: 'request' }>['assurances']

function assurancesIn(value: JsonValue | undefined): Assurances | null {
  if (!Array.isArray(value)) return null
  const read: Assurances[number][] = []
  for (const each of value) {
    if (!isJsonObject(each)) return null
    const { assurance, by, date, reference } = each
    if (typeof assurance !== 'string' || typeof by !== 'string' || typeof date !== 'string') return null
    if (typeof reference !== 'string') return null
    read.push({ assurance, by, date, reference })
  }
  return read
}
