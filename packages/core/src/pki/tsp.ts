import { contentOf, DerCursor } from '../asn1/cursor.ts'
import { contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import type { Instant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { decodeUtf8 } from '../model/utf8.ts'
import type { AlgorithmIdentifier, Extension, GeneralName } from './certificate.ts'
import { readAlgorithmIdentifier, readExtensionList, repeated } from './certificate-parse.ts'
import { type Cms, readContentInfo } from './cms.ts'
import { readGeneralName } from './general-name.ts'
import { unwrapByContent } from './pem.ts'

/** TSTInfo (RFC 3161 §2.4.2). */
export interface TstInfo {
  readonly version: number
  readonly policy: string
  readonly messageImprint: { readonly hashAlgorithm: AlgorithmIdentifier; readonly hashedMessage: Uint8Array }
  /** Content octets. */
  readonly serialNumber: Uint8Array
  readonly genTime: Instant
  /** Whole microseconds; null when the field is absent, which is not the same as 0. */
  readonly accuracyMicroseconds: number | null
  readonly ordering: boolean
  /** Content octets; null when absent. */
  readonly nonce: Uint8Array | null
  readonly tsa: GeneralName | null
  readonly extensions: readonly Extension[]
}

/** PKIStatusInfo (RFC 3161 §2.4.2). */
export interface PkiStatusInfo {
  readonly status: number
  /** Texts of the authority, as they are: hostile until escaped. */
  readonly statusString: readonly string[]
  /** Names of PKIFailureInfo bits that are set, or `bit n`. */
  readonly failInfo: readonly string[]
}

/** What a file with a time-stamp holds. */
export type TimeStampFile =
  | { readonly form: 'token'; readonly statusInfo: null; readonly token: Cms }
  | { readonly form: 'response'; readonly statusInfo: PkiStatusInfo; readonly token: Cms | null }

/** RFC 3161 §2.4.2, PKIFailureInfo. */
const FAILURES: ReadonlyMap<number, string> = new Map([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
])

/**
 * Reads a TimeStampResp or a bare TimeStampToken, in DER or BER, PEM or base64, told by the content. The envelope may
 * be BER; nothing may stand behind it. Throws ParseError. A response without a token is no error: its status says why.
 */
export function parseTimeStampFile(bytes: Uint8Array): TimeStampFile {
  const der = unwrapByContent(bytes, 'TimeStampResp')
  if (der.length > LIMITS.cmsBytes) {
    throw new ParseError('ERR_LIMIT', {
      where: 'TimeStampResp',
      expected: `at most ${LIMITS.cmsBytes} octets`,
      found: `${der.length}`,
    })
  }
  const outer = DerCursor.over(der, 'TimeStampResp', 'BER')
  const first = outer.enter(TAG.SEQUENCE, '').tag
  if (first === TAG.OBJECT_IDENTIFIER) {
    const cursor = DerCursor.over(der, 'TimeStampToken', 'BER')
    const token = readContentInfo(cursor)
    cursor.finish()
    return { form: 'token', statusInfo: null, token }
  }
  return parseResponse(der)
}

function parseResponse(der: Uint8Array): TimeStampFile {
  const outer = DerCursor.over(der, 'TimeStampResp', 'BER')
  const response = outer.enter(TAG.SEQUENCE, '')
  outer.finish()
  const statusInfo = readStatusInfo(response.enter(TAG.SEQUENCE, 'status'))
  const token = response.done ? null : readContentInfo(response)
  response.finish()
  return { form: 'response', statusInfo, token }
}

function readStatusInfo(info: DerCursor): PkiStatusInfo {
  const status = info.smallInteger('status')
  const statusString: string[] = []
  if (info.tag === TAG.SEQUENCE) {
    const texts = info.enter(TAG.SEQUENCE, 'statusString')
    while (!texts.done) {
      const element = texts.read(TAG.UTF8_STRING, `${statusString.length}`)
      const text = decodeUtf8(contentOf(element))
      if (text === undefined) {
        return texts.fail('ERR_DER_VALUE', '', element.offset, 'X.690 §8.23.10', 'UTF-8', undefined)
      }
      statusString.push(text)
    }
  }
  const failInfo: string[] = []
  if (info.tag === TAG.BIT_STRING) {
    const offset = info.offset
    const { octets } = info.bitString('failInfo')
    if (octets.length > 8) info.fail('ERR_LIMIT', 'failInfo', offset, 'RFC 3161 §2.4.2', 'at most 64 bits', undefined)
    for (let bit = 0; bit < octets.length * 8; bit++) {
      if (((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) failInfo.push(FAILURES.get(bit) ?? `bit ${bit}`)
    }
  }
  info.finish()
  return { status, statusString, failInfo }
}

/** Reads a TSTInfo in strict DER with nothing behind it. Throws ParseError; version and values are judged elsewhere. */
export function parseTstInfo(der: Uint8Array): TstInfo {
  const outer = DerCursor.over(der, 'TSTInfo')
  const info = outer.enter(TAG.SEQUENCE, '')
  outer.finish()
  const version = info.smallInteger('version')
  const policy = info.oid('policy')
  const imprint = info.enter(TAG.SEQUENCE, 'messageImprint')
  const hashAlgorithm = readAlgorithmIdentifier(imprint, 'hashAlgorithm')
  const hashedMessage = imprint.octetString('hashedMessage')
  imprint.finish()
  // RFC 3161 §2.4.2: up to 160 bits must be taken.
  const serialNumber = info.integer('serialNumber', LIMITS.serialOctets)
  const genTime = info.generalizedTime('genTime', 'allowed')
  const accuracyMicroseconds = info.tag === TAG.SEQUENCE ? readAccuracy(info.enter(TAG.SEQUENCE, 'accuracy')) : null
  const ordering = info.booleanDefaultFalse('ordering')
  const nonce = info.tag === TAG.INTEGER ? info.integer('nonce', LIMITS.serialOctets) : null
  const tsa = readTsa(info)
  const extensions = info.tag === contextConstructed(1) ? readTstExtensions(info) : []
  info.finish()
  return {
    version,
    policy,
    messageImprint: { hashAlgorithm, hashedMessage },
    serialNumber,
    genTime,
    accuracyMicroseconds,
    ordering,
    nonce,
    tsa,
    extensions,
  }
}

/** GeneralName is a CHOICE, so [0] is EXPLICIT (X.680 §31.2.7). */
function readTsa(info: DerCursor): GeneralName | null {
  const explicit = info.optionalExplicit(0, 'tsa')
  if (explicit === undefined) return null
  const name = readGeneralName(explicit, '')
  explicit.finish()
  return name
}

/** [1] IMPLICIT Extensions: at least one, and each once (RFC 5280 §4.2). */
function readTstExtensions(info: DerCursor): Extension[] {
  const { offset } = info
  const extensions = readExtensionList(info.enter(contextConstructed(1), 'extensions'))
  const [twice] = repeated(extensions)
  if (twice !== undefined) {
    info.fail('ERR_TSP_STRUCTURE', 'extensions', offset, 'RFC 5280 §4.2', undefined, `${twice} twice`)
  }
  return extensions
}

/** RFC 3161 §2.4.2: seconds, millis and micros up to 999; absent parts are 0. A written 0 has one meaning all the same. */
function readAccuracy(accuracy: DerCursor): number {
  const seconds = accuracy.tag === TAG.INTEGER ? accuracy.smallInteger('seconds') : 0
  const millis = readThousandths(accuracy, 0, 'millis')
  const micros = readThousandths(accuracy, 1, 'micros')
  accuracy.finish()
  return seconds * 1_000_000 + millis * 1000 + micros
}

function readThousandths(accuracy: DerCursor, number: number, field: string): number {
  if (accuracy.tag !== contextPrimitive(number)) return 0
  const offset = accuracy.offset
  const value = accuracy.smallInteger(field, contextPrimitive(number))
  if (value > 999) accuracy.fail('ERR_TSP_STRUCTURE', field, offset, 'RFC 3161 §2.4.2', '1 to 999', `${value}`)
  return value
}
