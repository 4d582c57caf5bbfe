import {
  ASSURANCES,
  type Assurance,
  encodeUtf8,
  HANDLING_KINDS,
  type HandlingCondition,
  type JsonValue,
  ParseError,
  parseJson,
  type RequestRecipient,
  toHex,
} from '@probatum/core'
import { digestOf } from '../digest.ts'
import { certificatesFromPem } from '../keys/pem.ts'
import { certificateParts } from '../signatures/certificate-parts.ts'
import { internalFile } from './internal-file.ts'

/** An authority that may get exports, with what it has assured so far. */
export interface RecipientFile {
  readonly recipient: RequestRecipient
  readonly assurances: readonly Assurance[]
  /** How it handles whatever it gets. */
  readonly conditions: readonly HandlingCondition[]
}

/** First member of a file about a recipient. */
export const RECIPIENT_FILE = 'probatum/recipient/1-draft'

const LIMIT = 1_048_576
const { wrong, members, list, text, date } = internalFile('recipient file')

/** Reads a file about a recipient (docs/spec/gate-1.md). Throws ParseError for what is no JSON, TypeError that names the member else. */
export function parseRecipientFile(bytes: Uint8Array, where: string): RecipientFile {
  const top = members(parseJson(bytes, where, { limit: LIMIT, canonical: false }), '', {
    must: ['recipientFile', 'name', 'kind'],
    may: ['age', 'certificate', 'key', 'assurances', 'conditions'],
  })
  if (top.recipientFile !== RECIPIENT_FILE) throw wrong('recipientFile', RECIPIENT_FILE)
  const assurances = list(top.assurances, 'assurances', assurance)
  for (const [at, { assurance: name }] of assurances.entries())
    if (assurances.findIndex((other) => other.assurance === name) !== at)
      throw wrong(`assurances[${at}]`, `${name} once`)
  return {
    recipient: { key: keyOf(top), kind: text(top.kind, 'kind'), name: text(top.name, 'name') },
    assurances,
    conditions: list(top.conditions, 'conditions', handlingCondition),
  }
}

/**
 * Fingerprint of a recipient's key, hex: of a certificate the SHA-256 of its SubjectPublicKeyInfo, of an age recipient that of the
 * string's octets. Throws TypeError for what is neither.
 */
export function recipientKey(given: { readonly age: string } | { readonly certificate: Uint8Array }): string {
  if ('certificate' in given) return toHex(digestOf('sha256', certificateParts(given.certificate).spki))
  // age: bech32 of lower case; longer ones are of plug-ins and hybrid keys.
  if (!/^age1[02-9ac-hj-np-z]{6,4096}$/.test(given.age)) throw new TypeError('no recipient of age')
  return toHex(digestOf('sha256', encodeUtf8(given.age)))
}

function keyOf(top: Readonly<Record<string, JsonValue>>): string | null {
  const { age, certificate, key } = top
  if ([age, certificate, key].filter((value) => value !== undefined).length > 1)
    throw wrong('', 'one of age, certificate and key')
  if (key !== undefined) {
    if (typeof key !== 'string' || !/^[0-9a-f]{64}$/.test(key)) throw wrong('key', '64 hex digits')
    return key
  }
  if (age !== undefined) {
    if (typeof age !== 'string') throw wrong('age', 'a recipient of age')
    return orWrong('age', 'a recipient of age, age1…', () => recipientKey({ age }))
  }
  if (certificate === undefined) return null
  if (typeof certificate !== 'string') throw wrong('certificate', 'a certificate in PEM')
  return orWrong('certificate', 'a certificate in PEM', () => {
    const [der] = certificatesFromPem(encodeUtf8(certificate))
    if (der === undefined) throw new TypeError('no certificate')
    return recipientKey({ certificate: der })
  })
}

function orWrong<T>(at: string, expected: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof TypeError || error instanceof ParseError) throw wrong(at, expected)
    throw error
  }
}

function assurance(value: JsonValue, at: string): Assurance {
  const given = members(value, at, { must: ['assurance', 'by', 'date', 'reference'], may: [] })
  const name = ASSURANCES.find((one) => one === given.assurance)
  if (name === undefined) throw wrong(`${at}.assurance`, ASSURANCES.join(' or '))
  return {
    assurance: name,
    by: text(given.by, `${at}.by`),
    date: date(given.date, `${at}.date`),
    reference: text(given.reference, `${at}.reference`),
  }
}

function handlingCondition(value: JsonValue, at: string): HandlingCondition {
  const given = members(value, at, { must: ['kind', 'text'], may: ['until'] })
  const kind = HANDLING_KINDS.find((one) => one === given.kind)
  if (kind === undefined) throw wrong(`${at}.kind`, HANDLING_KINDS.join(' or '))
  return {
    kind,
    text: text(given.text, `${at}.text`),
    ...(given.until === undefined ? {} : { until: date(given.until, `${at}.until`) }),
  }
}
