import {
  type AuthorisationRequest,
  CONSENT_SLOTS,
  type ConsentValues,
  canonicalise,
  encodeUtf8,
  type JsonValue,
  LIMITS,
  parseDisclosure,
  parseInstant,
  parseJson,
  type SmallDigest,
  scopeIn,
  toBase64Url,
} from '@probatum/core'
import { type Showing, showAll } from '../custody-log/custody-log-showing.ts'
import { smallDigest } from '../digest.ts'
import { type DisclosurePolicy, parseDisclosurePolicy, showingOf } from '../redaction/redact-policy.ts'
import type { ConsentOpening } from './disclosure-lines.ts'
import type { ShownItem } from './export-state.ts'
import { internalFile } from './internal-file.ts'

/** First member of the file that keeps what a request commits to. */
export const GATE_PRIVATE = 'probatum/gate-private/1-draft'

const LIMIT = 268_435_456

/** A field of a consent (format, section 5.7). */
export type ConsentField = (typeof CONSENT_SLOTS)[number]

/** What stands beside a request and never reaches the recipient. */
export interface GatePrivate {
  /** Openings of all fields of all consents, by item; each ascending by field. */
  readonly consents: readonly { readonly item: number; readonly openings: readonly ConsentOpening[] }[]
  /** Fields of consents that the recipient may see. */
  readonly opened: readonly ConsentField[]
  /** External-Identifier of the bundle. */
  readonly identifier: string
  /** What the recipient may see of the log; null: all of it. */
  readonly policy: DisclosurePolicy | null
  /** For whoever approves; computed from the log, and compared with it wherever the log is at hand. */
  readonly items: readonly ShownItem[]
  readonly events: { readonly shown: number; readonly opened: number }
}

/** What a recipient may see under a request. */
export function showingUnder({ policy }: Pick<GatePrivate, 'policy'>): Showing {
  return policy === null ? showAll(() => true) : showingOf(policy)
}

/** Openings that go into disclosures.jsonl, in its order. */
export function consentOpenings({ consents, opened }: Pick<GatePrivate, 'consents' | 'opened'>): ConsentOpening[] {
  return consents.flatMap(({ openings }) => openings.filter(({ field }) => opened.some((name) => name === field)))
}

/** The file's bytes, canonical JSON. */
export function serializeGatePrivate(given: GatePrivate): Uint8Array {
  const consents = given.consents.map(({ item, openings }) => ({
    item,
    openings: Object.fromEntries(openings.map(({ field, opening }) => [field, opening])),
  }))
  return canonicalise({ ...given, consents, gatePrivate: GATE_PRIVATE })
}

const { wrong, members, list, text } = internalFile('private file of a request')

/** Throws ParseError for what is no JSON, TypeError that names the member else. */
export function parseGatePrivate(bytes: Uint8Array, where: string): GatePrivate {
  const top = members(parseJson(bytes, where, { limit: LIMIT, canonical: false, units: LIMITS.ownFileUnits }), '', {
    must: ['gatePrivate', 'consents', 'events', 'identifier', 'items', 'opened', 'policy'],
    may: [],
  })
  if (top.gatePrivate !== GATE_PRIVATE) throw wrong('gatePrivate', GATE_PRIVATE)
  const events = members(top.events, 'events', { must: ['opened', 'shown'], may: [] })
  return {
    consents: list(top.consents, 'consents', consentIn),
    opened: list(top.opened, 'opened', (field, at) => {
      const known = CONSENT_SLOTS.find((name) => name === field)
      if (known === undefined) throw wrong(at, CONSENT_SLOTS.join(' or '))
      return known
    }),
    identifier: text(top.identifier, 'identifier'),
    policy: top.policy === null ? null : parseDisclosurePolicy(canonicalise(top.policy ?? null), `${where}, policy`),
    items: list(top.items, 'items', itemIn),
    events: { shown: count(events.shown, 'events.shown'), opened: count(events.opened, 'events.opened') },
  }
}

function count(value: JsonValue | undefined, at: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw wrong(at, 'a number from 0')
  return value
}

function consentIn(value: JsonValue, at: string): GatePrivate['consents'][number] {
  const given = members(value, at, { must: ['item', 'openings'], may: [] })
  const item = count(given.item, `${at}.item`)
  const openings = members(given.openings, `${at}.openings`, { must: [], may: CONSENT_SLOTS })
  return {
    item,
    openings: Object.keys(openings)
      .sort()
      .map((field) => ({
        field,
        file: 'authorisation.json',
        opening: openingIn(openings[field], `${at}.openings.${field}`),
        seq: item,
      })),
  }
}

function openingIn(value: JsonValue | undefined, at: string): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]{1,1048576}$/.test(value)) throw wrong(at, 'an opening')
  return value
}

function itemIn(value: JsonValue, at: string): ShownItem {
  const given = members(value, at, { must: ['name', 'opened', 'payload', 'seq'], may: [] })
  if (given.name !== null && typeof given.name !== 'string') throw wrong(`${at}.name`, 'text or null')
  if (typeof given.payload !== 'boolean') throw wrong(`${at}.payload`, 'true or false')
  return {
    seq: count(given.seq, `${at}.seq`),
    name: given.name as string | null,
    payload: given.payload,
    opened: list(given.opened, `${at}.opened`, text),
  }
}

/**
 * The consents of a request, by item; and the items of which the private file does not fit: an opening that is in no slot, a field
 * that it does not open, a consent that only one of the two has, or a value that is none of its field.
 */
export function openedConsents(
  request: AuthorisationRequest,
  { consents }: Pick<GatePrivate, 'consents'>,
  digest: SmallDigest = smallDigest,
): { readonly values: ReadonlyMap<number, ConsentValues>; readonly broken: readonly number[] } {
  const values = new Map<number, ConsentValues>()
  const broken = new Set<number>()
  const kept = new Map(consents.map(({ item, openings }) => [item, openings]))
  if (kept.size < consents.length) for (const { item } of consents) broken.add(item)
  let before = -1
  for (const { item, sd } of request.consents) {
    // In the order of the format, each item once.
    if (item <= before) broken.add(item)
    before = item
    const opened = openedFields(kept.get(item) ?? [], sd, digest)
    kept.delete(item)
    // Of a field that stays closed nothing would be judged.
    const value = (name: ConsentField) => opened.get(name) ?? null
    const [giver, scope, from, until, withdrawn] = [
      value('giver'),
      scopeIn(opened.get('scope')),
      dateIn(value('from')),
      dateIn(value('until')),
      dateIn(value('withdrawn')),
    ]
    const isWhole =
      opened.size === CONSENT_SLOTS.length && typeof giver === 'string' && scope !== null && typeof from === 'string'
    if (isWhole && until !== undefined && withdrawn !== undefined)
      values.set(item, { giver, scope, from, until, withdrawn })
    else broken.add(item)
  }
  for (const item of kept.keys()) broken.add(item)
  for (const item of broken) values.delete(item)
  return { values, broken: [...broken].sort((a, b) => a - b) }
}

/** Values of the openings whose digest stands in the slot of their field. */
function openedFields(openings: readonly ConsentOpening[], sd: readonly string[], digest: SmallDigest) {
  const values = new Map<string, JsonValue>()
  for (const [at, field] of CONSENT_SLOTS.entries()) {
    const ascii = encodeUtf8(openings.find((opening) => opening.field === field)?.opening ?? '')
    const disclosed = parseDisclosure(ascii)
    if (disclosed?.name === field && sd[at] === toBase64Url(digest('sha256', ascii))) values.set(field, disclosed.value)
  }
  return values
}

/** Undefined for what is neither a date nor null. */
function dateIn(value: JsonValue): string | null | undefined {
  if (value === null) return null
  return typeof value === 'string' && value.length === 10 && parseInstant(value) !== undefined ? value : undefined
}
