import { decodeUtf8, type JsonObject, type JsonValue, LIMITS, ParseError, parseJson } from '@probatum/core'
import type { Ranges } from '../redaction/redact-policy.ts'
import { type CsvRow, parseCsv } from './csv.ts'
import { internalFile } from './internal-file.ts'

/** What a source agreed to, as a request commits to it. Dates are RFC 3339 full-dates. */
export interface Consent {
  readonly giver: string
  readonly purposes: readonly string[]
  /** Kinds of recipients: "national prosecutor". */
  readonly recipients: readonly string[]
  readonly from: string
  readonly until: string | null
  readonly withdrawn: string | null
}

/** A line of a register: the consent, and the items that it is about. */
export interface RegisteredConsent extends Consent {
  /** Positions in the log. */
  readonly items: Ranges
  /** SHA-256 of the items' files, hex. */
  readonly sha256: readonly string[]
  /** Where it stands in the register. */
  readonly at: string
}

/** Consents as a mechanism keeps them (docs/spec/gate-1.md). */
export interface ConsentRegister {
  /** Id of the log that positions are of; null where the register does not say. */
  readonly logId: string | null
  readonly consents: readonly RegisteredConsent[]
}

/** First member of a register in JSON. */
export const CONSENT_REGISTER = 'probatum/consent-register/1-draft'

const LIMIT = 67_108_864
const { wrong, members, list, text, date } = internalFile('consent register')

/**
 * Reads a mechanism's register of consents: JSON, or CSV whose columns are the members (docs/spec/gate-1.md). Throws ParseError
 * for what is no JSON, TypeError that names the place else.
 */
export function parseConsentRegister(bytes: Uint8Array, where: string): ConsentRegister {
  const first = bytes.find((byte) => byte > 0x20)
  return first === 0x7b
    ? fromJson(parseJson(bytes, where, { limit: LIMIT, canonical: false, units: LIMITS.ownFileUnits }))
    : fromCsv(bytes, where)
}

function fromJson(value: JsonValue): ConsentRegister {
  const top = members(value, '', { must: ['consentRegister', 'consents'], may: ['logId'] })
  if (top.consentRegister !== CONSENT_REGISTER) throw wrong('consentRegister', CONSENT_REGISTER)
  const { logId = null } = top
  if (logId !== null && !(typeof logId === 'string' && /^[0-9a-f]{32}$/.test(logId)))
    throw wrong('logId', '32 hex digits')
  return { logId, consents: list(top.consents, 'consents', consentIn) }
}

const COLUMNS = ['items', 'sha256', 'giver', 'purposes', 'recipients', 'from', 'until', 'withdrawn'] as const

function fromCsv(bytes: Uint8Array, where: string): ConsentRegister {
  if (bytes.length > LIMIT)
    throw new ParseError('ERR_LIMIT', { where, expected: `at most ${LIMIT} bytes`, found: `${bytes.length}` })
  // Spreadsheets write a byte order mark.
  const content = decodeUtf8(bytes)?.replace(/^\uFEFF/, '')
  if (content === undefined) throw new ParseError('ERR_TEXT_ENCODING', { where, expected: 'UTF-8' })
  const head = content.slice(0, content.search(/[\r\n]|$/))
  let rows: CsvRow[]
  try {
    rows = parseCsv(content, head.includes(';') ? ';' : ',')
  } catch (error) {
    throw error instanceof TypeError ? new TypeError(`consent register, ${error.message}`, { cause: error }) : error
  }
  const [names, ...lines] = rows
  const columns = names?.cells.map((name) => name.trim()) ?? []
  // A column that is not understood may have been meant to limit something.
  for (const name of columns)
    if (!COLUMNS.some((column) => column === name)) throw wrong(`column ${name}`, `only ${COLUMNS.join(', ')}`)
  if (new Set(columns).size < columns.length) throw wrong('line 1', 'each column once')
  for (const name of ['giver', 'purposes', 'recipients', 'from'])
    if (!columns.includes(name)) throw wrong('line 1', `the column ${name}`)
  return {
    logId: null,
    consents: lines.map(({ cells, line }) => {
      const at = `line ${line}`
      if (cells.length !== columns.length) throw wrong(at, `${columns.length} cells`)
      const filled = columns.flatMap((name, index): [string, JsonValue][] => {
        const cell = cells[index]?.trim() ?? ''
        return cell === '' ? [] : [[name, cellValue(name, cell, at)]]
      })
      return consentIn(Object.fromEntries(filled), at)
    }),
  }
}

function cellValue(name: string, cell: string, at: string): JsonValue {
  if (name === 'items')
    return cell.split(/[\s,]+/).map((part) => {
      const [, first, last] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(part) ?? []
      if (first === undefined) throw wrong(`${at}, items`, 'positions as 0-3,7')
      return [Number(first), Number(last ?? first)]
    })
  if (name === 'sha256') return cell.split(/[\s,|]+/)
  return name === 'purposes' || name === 'recipients' ? cell.split('|').map((part) => part.trim()) : cell
}

function consentIn(value: JsonValue, at: string): RegisteredConsent {
  const given: JsonObject = members(value, at, {
    must: ['giver', 'purposes', 'recipients', 'from'],
    may: ['items', 'sha256', 'until', 'withdrawn'],
  })
  const items = list(given.items, `${at}.items`, range)
  const sha256 = list(given.sha256, `${at}.sha256`, (digest, place) => {
    if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/i.test(digest)) throw wrong(place, '64 hex digits')
    return digest.toLowerCase()
  })
  if (items.length + sha256.length === 0) throw wrong(at, 'items, as positions or as the SHA-256 of their files')
  const dateOrNull = (name: 'until' | 'withdrawn') =>
    given[name] === undefined || given[name] === null ? null : date(given[name], `${at}.${name}`)
  return {
    at,
    items,
    sha256,
    giver: text(given.giver, `${at}.giver`),
    purposes: list(given.purposes, `${at}.purposes`, text),
    recipients: list(given.recipients, `${at}.recipients`, text),
    from: date(given.from, `${at}.from`),
    until: dateOrNull('until'),
    withdrawn: dateOrNull('withdrawn'),
  }
}

function range(value: JsonValue, at: string): readonly [number, number] {
  const isPosition = (seq: JsonValue | undefined): seq is number => Number.isSafeInteger(seq) && Number(seq) >= 0
  const [first, last] =
    Array.isArray(value) && value.length === 2 ? (value as readonly JsonValue[]) : ([value, value] as const)
  if (!isPosition(first) || !isPosition(last) || first > last) throw wrong(at, 'a position or [first, last]')
  return [first, last]
}

/** An item of the log, as a register may name it. */
export interface ConsentedItem {
  readonly seq: number
  /** hex */
  readonly sha256: string
}

/**
 * The consent of each item that has one. Throws TypeError for positions that the log does not have, a register of another log,
 * and an item that two lines are about: a request holds one consent for an item, and a person has to say which counts.
 */
export function consentsByItem(
  register: ConsentRegister,
  log: { readonly id: string; readonly items: readonly ConsentedItem[] },
): ReadonlyMap<number, RegisteredConsent> {
  if (register.logId !== null && register.logId !== log.id) throw wrong('logId', `that of the log, ${log.id}`)
  const bySha256 = new Map<string, number[]>()
  for (const { seq, sha256 } of log.items) {
    const same = bySha256.get(sha256)
    if (same === undefined) bySha256.set(sha256, [seq])
    else same.push(seq)
  }
  const found = new Map<number, RegisteredConsent>()
  const add = (seq: number, consent: RegisteredConsent) => {
    const other = found.get(seq)
    if (other !== undefined && other !== consent)
      throw new TypeError(
        `consent register, ${other.at} and ${consent.at}: both are about item ${seq}; a request holds one consent for an item`,
      )
    found.set(seq, consent)
  }
  for (const consent of register.consents) {
    for (const [first, last] of consent.items) {
      if (last >= log.items.length)
        throw new TypeError(`consent register, ${consent.at}: the log has ${log.items.length} items, from 0`)
      for (let seq = first; seq <= last; seq++) add(seq, consent)
    }
    for (const digest of consent.sha256) for (const seq of bySha256.get(digest) ?? []) add(seq, consent)
  }
  return found
}
