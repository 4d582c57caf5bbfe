import { DerCursor } from '../asn1/cursor.ts'
import { TAG } from '../asn1/tag.ts'
import { equalBytes } from '../model/bytes.ts'
import type { Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { readExtensionList, repeated } from './certificate-parse.ts'
import type { CrlEntries, CrlEntry, EntryIssuer, RevocationReason } from './crl.ts'
import { readGeneralNames } from './general-name.ts'

/**
 * RFC 5280 §5.3.1, by number. 7 is not used there, and X.509 §9.5.3.1 goes on with weakAlgorithmOrKey (11): whatever the reason,
 * the entry says that it is revoked, so that a number without a name is `unspecified`.
 */
const REASONS: readonly RevocationReason[] = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'unspecified',
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
]

const REASON_CODE = '2.5.29.21'
const INVALIDITY_DATE = '2.5.29.24'
const CERTIFICATE_ISSUER = '2.5.29.29'

/** crlEntryExtensions with a reasonCode alone, up to its value: by far the most common. */
const PLAIN_REASON = Uint8Array.of(0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01)
const UTC_TIME_OCTETS = 15

/**
 * Reads every entry of `revokedCertificates` (RFC 5280 §5.1.2.6) between two offsets of a CRL once, strictly, and keeps
 * none. Entries of the common form are judged without an object for each, so that 200,000 cost milliseconds; every
 * other one is read by the cursor, which alone decides what is refused. Throws ParseError.
 */
export function scanEntries(bytes: Uint8Array, start: number, end: number, version: 1 | 2): CrlEntries {
  const unknownCritical = new Set<string>()
  const malformed = new Set<string>()
  const issuers: EntryIssuer[] = []
  let count = 0
  for (let at = start; at < end; count++) {
    const length = bytes[at + 1] ?? 0x80
    const plainEnd = at + 2 + length
    if (
      bytes[at] === TAG.SEQUENCE &&
      length < 0x80 &&
      plainEnd <= end &&
      isPlainEntry(bytes, at + 2, plainEnd, version)
    ) {
      at = plainEnd
      continue
    }
    const cursor = DerCursor.over(bytes.subarray(at, end), `revokedCertificates[${count}]`)
    const { entry, nameKeys } = readEntry(cursor, version)
    for (const oid of entry.unknownCritical) unknownCritical.add(oid)
    for (const oid of entry.malformed) malformed.add(oid)
    if (nameKeys !== null) issuers.push({ from: at, nameKeys })
    at += cursor.offset
  }
  return {
    start,
    end,
    count,
    unknownCritical: [...unknownCritical].sort(),
    malformed: [...malformed].sort(),
    issuers,
  }
}

/** Serial number, UTCTime and at most a reasonCode, all in DER. False says nothing: the cursor decides. */
function isPlainEntry(bytes: Uint8Array, from: number, end: number, version: 1 | 2): boolean {
  const octets = bytes[from + 1] ?? 0
  if (bytes[from] !== TAG.INTEGER || octets === 0 || octets > LIMITS.serialOctets) return false
  const first = bytes[from + 2] ?? 0
  const second = bytes[from + 3] ?? 0
  if (octets > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) return false
  const time = from + 2 + octets
  const rest = time + UTC_TIME_OCTETS
  if (rest > end || !isPlainUtcTime(bytes, time)) return false
  if (rest === end) return true
  if (version !== 2 || end - rest !== PLAIN_REASON.length + 1) return false
  for (let i = 0; i < PLAIN_REASON.length; i++) if (bytes[rest + i] !== PLAIN_REASON[i]) return false
  return (bytes[end - 1] ?? 0x80) < 0x80
}

/** By month; 29 February, which only some years have, is rare enough for the cursor. */
const PLAIN_DAYS = Uint8Array.of(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

/** A UTCTime of a day that every year has. */
function isPlainUtcTime(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== TAG.UTC_TIME || bytes[at + 1] !== 13 || bytes[at + 14] !== 0x5a) return false
  if (twoDigits(bytes, at + 2) < 0) return false
  const month = twoDigits(bytes, at + 4)
  const day = twoDigits(bytes, at + 6)
  if (month < 1 || month > 12 || day < 1 || day > (PLAIN_DAYS[month] ?? 0)) return false
  const hour = twoDigits(bytes, at + 8)
  const minute = twoDigits(bytes, at + 10)
  const second = twoDigits(bytes, at + 12)
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
}

/** Negative when they are no digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - 0x30
  const ones = (bytes[at + 1] ?? 0) - 0x30
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones
}

interface ReadEntry {
  readonly entry: CrlEntry & { readonly unknownCritical: readonly string[]; readonly malformed: readonly string[] }
  /** Of certificateIssuer; null when absent. */
  readonly nameKeys: ReadonlySet<string> | null
}

function readEntry(cursor: DerCursor, version: 1 | 2): ReadEntry {
  const sequence = cursor.enter(TAG.SEQUENCE, '')
  sequence.integer('userCertificate', LIMITS.serialOctets)
  const revocationDate = sequence.time('revocationDate')
  let reason: RevocationReason | null = null
  let invalidityDate: Instant | null = null
  let nameKeys: ReadonlySet<string> | null = null
  const unknownCritical: string[] = []
  const malformed: string[] = []
  if (!sequence.done) {
    const offset = sequence.offset
    const list = sequence.enter(TAG.SEQUENCE, 'crlEntryExtensions')
    sequence.finish()
    if (version !== 2) {
      list.fail('ERR_X509_STRUCTURE', '', offset, 'RFC 5280 §5.1.2.1', 'version 2', `${version}`)
    }
    // RFC 5280 §5.3 wants no empty list; lists in use have such, and they have one meaning.
    const extensions = list.done ? [] : readExtensionList(list)
    malformed.push(...repeated(extensions))
    for (const { oid, critical, value } of extensions) {
      try {
        const extension = DerCursor.over(value, `${list.where} ${oid}`)
        if (oid === REASON_CODE) reason = readReason(extension)
        else if (oid === INVALIDITY_DATE) invalidityDate = extension.generalizedTime('', 'forbidden')
        else if (oid === CERTIFICATE_ISSUER) nameKeys = readNameKeys(extension)
        else {
          if (critical) unknownCritical.push(oid)
          continue
        }
        extension.finish()
      } catch (error) {
        if (!(error instanceof ParseError)) throw error
        // A list that its issuer signed is named for it, and not passed over as if it were not there.
        malformed.push(oid)
      }
    }
  }
  return { entry: { revocationDate, reason, invalidityDate, unknownCritical, malformed }, nameKeys }
}

/** Reads the CRLReason that is next. */
export function readReason(cursor: DerCursor): RevocationReason {
  return REASONS[cursor.smallInteger('', TAG.ENUMERATED)] ?? 'unspecified'
}

function readNameKeys(cursor: DerCursor): ReadonlySet<string> {
  const names = readGeneralNames(cursor.enter(TAG.SEQUENCE, ''))
  return new Set(names.flatMap((name) => (name.kind === 'directoryName' ? [name.name.key] : [])))
}

/**
 * Every entry for a serial number of an issuer, in order. `bytes`: the CRL that `entries` were read from;
 * `crlIssuerKey`: the name that entries belong to until one names another issuer (RFC 5280 §5.3.3).
 */
export function findEntries(
  bytes: Uint8Array,
  entries: CrlEntries,
  version: 1 | 2,
  crlIssuerKey: string,
  certificate: { readonly serialNumber: Uint8Array; readonly issuerKey: string },
): CrlEntry[] {
  const { serialNumber, issuerKey } = certificate
  const found: CrlEntry[] = []
  const ofCrl = new Set([crlIssuerKey])
  let issuer = -1
  for (let at = entries.start; at < entries.end; ) {
    const [content, next] = placeOf(bytes, at)
    while ((entries.issuers[issuer + 1]?.from ?? Number.POSITIVE_INFINITY) <= at) issuer++
    if (bytes[content + 1] === serialNumber.length) {
      const serial = bytes.subarray(content + 2, content + 2 + serialNumber.length)
      const nameKeys = entries.issuers[issuer]?.nameKeys ?? ofCrl
      if (equalBytes(serial, serialNumber) && nameKeys.has(issuerKey)) {
        found.push(readEntry(DerCursor.over(bytes.subarray(at, next), 'revokedCertificates'), version).entry)
      }
    }
    at = next
  }
  return found
}

/** Content and end of an entry that has been read once. */
function placeOf(bytes: Uint8Array, at: number): [number, number] {
  const first = bytes[at + 1] ?? 0
  if (first < 0x80) return [at + 2, at + 2 + first]
  const content = at + 2 + (first & 0x7f)
  let length = 0
  for (let i = at + 2; i < content; i++) length = length * 256 + (bytes[i] ?? 0)
  return [content, content + length]
}
