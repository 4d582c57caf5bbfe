import { type Asn1Element, DerCursor, encodingOf, isSetOfOrder } from '../asn1/cursor.ts'
import { requireDer } from '../asn1/strict.ts'
import { contextConstructed, TAG } from '../asn1/tag.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { AlgorithmIdentifier } from './certificate.ts'
import { algorithmIdentifierOf, readAlgorithmIdentifier } from './certificate-parse.ts'
import { unwrapByContent } from './pem.ts'

/** ArchiveTimeStamp (RFC 4998 §4.1). */
export interface ArchiveTimeStamp {
  /** Null when the field is absent: then the digest of the time-stamp itself counts. */
  readonly digestAlgorithm: AlgorithmIdentifier | null
  /** Types of the attributes. RFC 4998 defines none that bears on verification. */
  readonly attributes: readonly string[]
  /** Lists of digests, as they stand; null when the field is absent. */
  readonly reducedHashtree: readonly (readonly Uint8Array[])[] | null
  /** The whole ContentInfo as it arrived: what the next time-stamp of the chain is over. */
  readonly timeStamp: Uint8Array
}

/** ArchiveTimeStampChain (RFC 4998 §5.1). */
export interface ArchiveTimeStampChain {
  /** The whole encoding: a later chain is over it. */
  readonly der: Uint8Array
  readonly timestamps: readonly ArchiveTimeStamp[]
}

/** EvidenceRecord (RFC 4998 §3). */
export interface EvidenceRecord {
  readonly version: number
  readonly digestAlgorithms: readonly AlgorithmIdentifier[]
  /** Types of the attributes in cryptoInfos. */
  readonly cryptoInfos: readonly string[]
  /** encryptionInfoType; null when the field is absent. */
  readonly encryptionInfo: string | null
  readonly chains: readonly ArchiveTimeStampChain[]
}

const SPEC = 'RFC 4998 §3'
const SPEC_ARCHIVE = 'RFC 4998 §4.1'
const SPEC_SEQUENCE = 'RFC 4998 §5.1'

/**
 * Reads an EvidenceRecord in strict DER (RFC 4998 §3: "MUST be DER encoded"), with nothing behind it; PEM and base64 are
 * unwrapped. Time-stamps are not looked into here: RFC 5652 lets their envelope be BER. Versions, algorithms and digests are
 * judged elsewhere. Throws ParseError.
 */
export function parseEvidenceRecord(bytes: Uint8Array): EvidenceRecord {
  const der = unwrapByContent(bytes, 'EvidenceRecord')
  if (der.length > LIMITS.evidenceRecordBytes) {
    throw new ParseError('ERR_LIMIT', {
      where: 'EvidenceRecord',
      spec: SPEC,
      expected: `at most ${LIMITS.evidenceRecordBytes} octets`,
      found: `${der.length}`,
    })
  }
  const outer = DerCursor.over(der, 'EvidenceRecord')
  const record = outer.enter(TAG.SEQUENCE, '')
  outer.finish()
  const version = record.smallInteger('version')
  const digestAlgorithms: AlgorithmIdentifier[] = []
  const listed = record.enter(TAG.SEQUENCE, 'digestAlgorithms')
  while (!listed.done) {
    requireFew(listed, digestAlgorithms.length)
    digestAlgorithms.push(readAlgorithmIdentifier(listed, `[${digestAlgorithms.length}]`))
  }
  const cryptoInfos =
    record.tag === contextConstructed(0) ? readAttributes(record.enter(contextConstructed(0), 'cryptoInfos')) : []
  const encryptionInfo = record.tag === contextConstructed(1) ? readEncryptionInfo(record) : null
  const sequence = record.enter(TAG.SEQUENCE, 'archiveTimeStampSequence')
  record.finish()
  const read: Counted = { timestamps: 0, hashes: 0 }
  const chains: ArchiveTimeStampChain[] = []
  while (!sequence.done) {
    const field = `[${chains.length}]`
    if (chains.length >= LIMITS.evidenceRecordChains) {
      const most = `at most ${LIMITS.evidenceRecordChains} chains`
      sequence.fail('ERR_LIMIT', '', sequence.offset, SPEC_SEQUENCE, most, undefined)
    }
    const element = sequence.read(TAG.SEQUENCE, field)
    chains.push({ der: encodingOf(element), timestamps: readChain(sequence.into(element, field), read) })
  }
  if (chains.length === 0) empty(sequence, SPEC_SEQUENCE)
  return { version, digestAlgorithms, cryptoInfos, encryptionInfo, chains }
}

/** What the whole record has had so far. */
interface Counted {
  timestamps: number
  hashes: number
}

function empty(cursor: DerCursor, spec: string): never {
  return cursor.fail('ERR_ERS_STRUCTURE', '', cursor.offset, spec, 'at least one', 'none')
}

function readChain(chain: DerCursor, read: Counted): ArchiveTimeStamp[] {
  const timestamps: ArchiveTimeStamp[] = []
  while (!chain.done) {
    if (++read.timestamps > LIMITS.evidenceRecordTimestamps) {
      const most = `at most ${LIMITS.evidenceRecordTimestamps} time-stamps`
      chain.fail('ERR_LIMIT', '', chain.offset, SPEC_SEQUENCE, most, undefined)
    }
    timestamps.push(readArchiveTimeStamp(chain.enter(TAG.SEQUENCE, `[${timestamps.length}]`), read))
  }
  if (timestamps.length === 0) empty(chain, SPEC_SEQUENCE)
  return timestamps
}

/** The module has IMPLICIT TAGS. */
function readArchiveTimeStamp(archive: DerCursor, read: Counted): ArchiveTimeStamp {
  const digestAlgorithm =
    archive.tag === contextConstructed(0)
      ? algorithmIdentifierOf(archive, archive.any('digestAlgorithm'), 'digestAlgorithm')
      : null
  const attributes =
    archive.tag === contextConstructed(1) ? readAttributes(archive.enter(contextConstructed(1), 'attributes')) : []
  const reducedHashtree =
    archive.tag === contextConstructed(2)
      ? readTree(archive.enter(contextConstructed(2), 'reducedHashtree'), read)
      : null
  const timeStamp = encodingOf(archive.read(TAG.SEQUENCE, 'timeStamp'))
  archive.finish()
  return { digestAlgorithm, attributes, reducedHashtree, timeStamp }
}

/** RFC 4998 §4.1: SEQUENCE OF PartialHashtree, each a SEQUENCE OF OCTET STRING. One without digests would say nothing. */
function readTree(tree: DerCursor, read: Counted): Uint8Array[][] {
  const lists: Uint8Array[][] = []
  while (!tree.done) {
    const list = tree.enter(TAG.SEQUENCE, `[${lists.length}]`)
    const hashes: Uint8Array[] = []
    while (!list.done) {
      if (++read.hashes > LIMITS.evidenceRecordHashes) {
        const most = `at most ${LIMITS.evidenceRecordHashes} digests`
        list.fail('ERR_LIMIT', '', list.offset, SPEC_ARCHIVE, most, undefined)
      }
      hashes.push(list.octetString(`[${hashes.length}]`))
    }
    if (hashes.length === 0) empty(list, SPEC_ARCHIVE)
    lists.push(hashes)
  }
  if (lists.length === 0) empty(tree, SPEC_ARCHIVE)
  return lists
}

function requireFew(list: DerCursor, count: number): void {
  const most = LIMITS.evidenceRecordAttributes
  if (count >= most) list.fail('ERR_LIMIT', '', list.offset, SPEC, `at most ${most}`, undefined)
}

/** SET or SEQUENCE of Attribute, by their types; values are read as DER and mean nothing here. */
function readAttributes(list: DerCursor): string[] {
  const types: string[] = []
  while (!list.done) {
    const field = `[${types.length}]`
    requireFew(list, types.length)
    const attribute = list.enter(TAG.SEQUENCE, field)
    types.push(attribute.oid('type'))
    const values = attribute.read(TAG.SET, 'values')
    attribute.finish()
    requireDer(encodingOf(values), `${list.where}.${field}.values`)
    // X.690 §11.6
    const inner = attribute.into(values, 'values')
    const elements: Asn1Element[] = []
    while (!inner.done) elements.push(inner.any(''))
    if (!isSetOfOrder(elements)) {
      list.fail('ERR_DER_NON_CANONICAL', `${field}.values`, values.offset, 'X.690 §11.6', 'ascending order', undefined)
    }
  }
  if (types.length === 0) empty(list, SPEC)
  return types
}

/** EncryptionInfo (RFC 4998 §6.1.1): its type; the value is not used here. */
function readEncryptionInfo(record: DerCursor): string {
  const element = record.any('encryptionInfo')
  const info = record.into(element, 'encryptionInfo')
  const type = info.oid('encryptionInfoType')
  const value = info.any('encryptionInfoValue')
  requireDer(encodingOf(value), `${info.where}.encryptionInfoValue`)
  info.finish()
  return type
}

/**
 * Refuses a file that is no evidence record at all, which begins with a version and a list of digests. One that begins so and
 * breaks inside is a fact.
 * @throws ParseError ERR_ERS_STRUCTURE
 */
export function requireEvidenceRecordBeginning(bytes: Uint8Array, where: string): void {
  const der = unwrapped(bytes, where)
  if (der !== null && isEvidenceRecordBeginning(der)) return
  throw new ParseError('ERR_ERS_STRUCTURE', { where, offset: 0, spec: SPEC, expected: 'EvidenceRecord' })
}

/**
 * Whether bytes begin as an evidence record: the header of a SEQUENCE, then version, an INTEGER of one octet, then a SEQUENCE of
 * SEQUENCEs. A private key (PKCS #8) has an object identifier there.
 */
export function isEvidenceRecordBeginning(der: Uint8Array): boolean {
  const length = der[1] ?? 0
  const at = 2 + (length > 0x80 && length < 0xff ? length & 0x7f : 0)
  const begins = der[0] === TAG.SEQUENCE && der[at] === TAG.INTEGER && der[at + 1] === 1
  return begins && der[at + 3] === TAG.SEQUENCE && (der[at + 5] ?? TAG.SEQUENCE) === TAG.SEQUENCE
}

/** Null for what is neither DER nor PEM nor base64. */
function unwrapped(bytes: Uint8Array, where: string): Uint8Array | null {
  try {
    return unwrapByContent(bytes, where)
  } catch (error) {
    if (!(error instanceof ParseError) || error.code === 'ERR_LIMIT') throw error
    return null
  }
}
