import {
  concatBytes,
  EVENT_TYPES,
  fromHex,
  type HandoverStatement,
  handoverStatement,
  isJsonObject,
  type JsonValue,
  type SmallDigest,
  toBase64,
  toHex,
} from '@probatum/core'
import { smallDigest } from '../digest.ts'
import type { RandomBytes } from '../random.ts'
import { readAppendRequest } from './append-request.ts'
import { type CustodyLog, type NewLine, textAsJson } from './custody-log.ts'
import { type FieldValues, type LineMaking, type MadeLine, makeEventLine } from './custody-log-lines.ts'

const FORMAT = 'probatum/prepared-handover/1-draft'
const SEED_OCTETS = 32

/**
 * A transfer before it is signed and appended: it has what giver and receiver sign, and nothing of its place in the log, so
 * that other events may come in between. Internal: the seed gives every salt away.
 */
export interface PreparedHandover {
  readonly preparedHandover: typeof FORMAT
  readonly logId: string
  /** 128 random bits, hex. */
  readonly event: string
  readonly fields: FieldValues
  /** Salts follow from it, hex. */
  readonly seed: string
}

/** Throws AppendRefused for fields that a transfer cannot have; TypeError without those that are signed. */
export function prepareHandover(
  log: Pick<CustodyLog, 'id' | 'items'>,
  fields: FieldValues,
  random: RandomBytes,
): PreparedHandover {
  const request = readAppendRequest({ fields: fields as JsonValue, type: 'transfer' }, log.items)
  for (const name of ['agent', 'objects', 'receiver'])
    if (request.fields[name] === undefined) throw new TypeError(`a hand-over that is signed needs the field ${name}`)
  for (const name of ['handover', 'receipt'])
    if (request.fields[name] !== undefined) throw new TypeError(`${name} is made after this`)
  const seed = toHex(random(SEED_OCTETS))
  return { preparedHandover: FORMAT, logId: log.id, event: toHex(random(16)), fields: request.fields, seed }
}

/** What each side signs: canonical JSON. */
export function handoverStatementsOf(
  prepared: PreparedHandover,
  digest: SmallDigest = smallDigest,
): { readonly giver: Uint8Array; readonly receiver: Uint8Array } {
  const statement = statementOf(prepared, lineOf(prepared, { seq: 0, previous: null }, {}, digest))
  return { giver: handoverStatement('giver', statement), receiver: handoverStatement('receiver', statement) }
}

/** The transfer as the next line of the log, with the signatures that there are: CMS, DER. */
export function makeSignedTransfer(
  log: Pick<CustodyLog, 'id' | 'events' | 'head' | 'items'>,
  prepared: PreparedHandover,
  signatures: { readonly giver?: Uint8Array; readonly receiver?: Uint8Array },
  digest: SmallDigest = smallDigest,
): NewLine {
  if (prepared.logId !== log.id) throw new TypeError('the hand-over was prepared for another log')
  readAppendRequest({ fields: prepared.fields as JsonValue, type: 'transfer' }, log.items)
  const { giver, receiver } = signatures
  const signed = {
    ...(giver === undefined ? {} : { handover: toBase64(giver) }),
    ...(receiver === undefined ? {} : { receipt: toBase64(receiver) }),
  }
  const line = lineOf(prepared, { seq: log.events, previous: log.head }, signed, digest)
  return { ...line, file: 'custody.jsonl' }
}

/** `undefined` for what is not of the form. */
export function readPreparedHandover(text: string): PreparedHandover | undefined {
  const value = textAsJson(text)
  const { preparedHandover, logId, event, fields, seed } = isJsonObject(value) ? value : {}
  const isHex = (given: JsonValue | undefined, octets: number): given is string =>
    typeof given === 'string' && fromHex(given)?.length === octets && given === given.toLowerCase()
  if (preparedHandover !== FORMAT || !isHex(logId, 16) || !isHex(event, 16) || !isHex(seed, SEED_OCTETS))
    return undefined
  return isJsonObject(fields ?? null)
    ? { preparedHandover, logId, event, fields: fields as FieldValues, seed }
    : undefined
}

/** The slots of agent, objects and receiver are drawn before those of the signatures, so they do not depend on them. */
function lineOf(
  { event, fields, seed }: PreparedHandover,
  place: { readonly seq: number; readonly previous: Uint8Array | null },
  signed: FieldValues,
  digest: SmallDigest,
): MadeLine {
  const making: LineMaking = { random: randomFrom(fromHex(seed) ?? new Uint8Array(0), digest), digest }
  return makeEventLine(place, 'transfer', { event }, { ...fields, ...signed }, making)
}

function statementOf({ event, logId }: PreparedHandover, { text }: MadeLine): HandoverStatement {
  const { sd } = JSON.parse(text) as { readonly sd: readonly string[] }
  const slot = (name: 'agent' | 'objects' | 'receiver') => sd[EVENT_TYPES.transfer.slots.indexOf(name)] ?? ''
  return { agent: slot('agent'), objects: slot('objects'), receiver: slot('receiver'), event, logId }
}

/** Octets that follow from a seed: SHA-256 of it and a counter. */
function randomFrom(seed: Uint8Array, digest: SmallDigest): RandomBytes {
  let counter = 0
  let pool = new Uint8Array(0)
  return (length) => {
    while (pool.length < length) {
      const count = new Uint8Array(4)
      new DataView(count.buffer).setUint32(0, counter++)
      pool = concatBytes(pool, digest('sha256', concatBytes(seed, count))) as Uint8Array<ArrayBuffer>
    }
    const taken = pool.slice(0, length)
    pool = pool.slice(length)
    return taken
  }
}
