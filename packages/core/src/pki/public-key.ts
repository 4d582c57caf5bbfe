import { DerCursor } from '../asn1/cursor.ts'
import { RememberedReadings } from '../asn1/remembered-readings.ts'
import { TAG } from '../asn1/tag.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { EcCurve, SlhDsaSet } from '../model/ports.ts'
import { readAlgorithmIdentifier } from './certificate-parse.ts'
import { type PssParameters, readPssParameters } from './pss.ts'

/** What a SubjectPublicKeyInfo says of its key; nothing about whether the key is any good. */
export type KeyDescription =
  | RsaDescription
  | { readonly kind: 'ec'; readonly curve: EcCurve; readonly octets: number }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'ed448' }
  | { readonly kind: 'ml-dsa'; readonly set: 44 | 65 | 87 }
  | { readonly kind: 'slh-dsa'; readonly set: SlhDsaSet }
  /** Unknown to the table; `met` is what was met. */
  | { readonly kind: 'other'; readonly met: string }

/** An RSA key: what it may be used for, the bits of its modulus, and the octets of a signature. */
export interface RsaDescription {
  readonly kind: 'rsa'
  /** What rsaEncryption or id-RSASSA-PSS lets it do (RFC 4055 §1.2). */
  readonly scheme: 'any' | 'pss'
  /** The parameters of id-RSASSA-PSS, which its signatures must have (RFC 4055 §3.3). Absent: none, so that any will do. */
  readonly only?: PssParameters | 'unread'
  readonly bits: number
  readonly octets: number
}

interface Curve {
  readonly name: EcCurve
  /** Octets of the order. */
  readonly octets: number
}

/** RFC 5480 §2.1.1.1, RFC 5639 §4.1. */
const CURVES: ReadonlyMap<string, Curve> = new Map<string, Curve>([
  ['1.2.840.10045.3.1.7', { name: 'P-256', octets: 32 }],
  ['1.3.132.0.34', { name: 'P-384', octets: 48 }],
  ['1.3.132.0.35', { name: 'P-521', octets: 66 }],
  ['1.3.36.3.3.2.8.1.1.7', { name: 'brainpoolP256r1', octets: 32 }],
  ['1.3.36.3.3.2.8.1.1.11', { name: 'brainpoolP384r1', octets: 48 }],
  ['1.3.36.3.3.2.8.1.1.13', { name: 'brainpoolP512r1', octets: 64 }],
])

/** id-slh-dsa-sha2-128s to id-slh-dsa-shake-256f (RFC 9909 §3); signatures and keys have one identifier. */
export const SLH_DSA_SETS: readonly (readonly [string, SlhDsaSet])[] = [
  ['2.16.840.1.101.3.4.3.20', 'sha2-128s'],
  ['2.16.840.1.101.3.4.3.21', 'sha2-128f'],
  ['2.16.840.1.101.3.4.3.22', 'sha2-192s'],
  ['2.16.840.1.101.3.4.3.23', 'sha2-192f'],
  ['2.16.840.1.101.3.4.3.24', 'sha2-256s'],
  ['2.16.840.1.101.3.4.3.25', 'sha2-256f'],
  ['2.16.840.1.101.3.4.3.26', 'shake-128s'],
  ['2.16.840.1.101.3.4.3.27', 'shake-128f'],
  ['2.16.840.1.101.3.4.3.28', 'shake-192s'],
  ['2.16.840.1.101.3.4.3.29', 'shake-192f'],
  ['2.16.840.1.101.3.4.3.30', 'shake-256s'],
  ['2.16.840.1.101.3.4.3.31', 'shake-256f'],
]

/** Keys whose identifier says everything: RFC 8410 §3, RFC 9881 §2, RFC 9909 §3. */
const PLAIN_KEYS: ReadonlyMap<string, KeyDescription> = new Map<string, KeyDescription>([
  ['1.3.101.112', { kind: 'ed25519' }],
  ['1.3.101.113', { kind: 'ed448' }],
  ['2.16.840.1.101.3.4.3.17', { kind: 'ml-dsa', set: 44 }],
  ['2.16.840.1.101.3.4.3.18', { kind: 'ml-dsa', set: 65 }],
  ['2.16.840.1.101.3.4.3.19', { kind: 'ml-dsa', set: 87 }],
  ...SLH_DSA_SETS.map(([oid, set]) => [oid, { kind: 'slh-dsa', set }] as const),
])

const descriptions = new RememberedReadings<KeyDescription>()

/** Describes the key of a SubjectPublicKeyInfo that has been parsed once. Never throws ParseError. */
export function describeKey(spki: Uint8Array): KeyDescription {
  return descriptions.of(spki, readDescription)
}

function readDescription(spki: Uint8Array): KeyDescription {
  try {
    const sequence = DerCursor.over(spki, 'SubjectPublicKeyInfo').enter(TAG.SEQUENCE, '')
    const { oid, parameters } = readAlgorithmIdentifier(sequence, 'algorithm')
    const plain = PLAIN_KEYS.get(oid)
    if (plain !== undefined) return plain
    if (oid === '1.2.840.10045.2.1') return describeCurve(parameters)
    if (oid === '1.2.840.113549.1.1.1' || oid === '1.2.840.113549.1.1.10') {
      const modulus = modulusOf(sequence.octetsInBitString('subjectPublicKey'))
      const octets = modulus.length
      const bits = octets * 8 - Math.clz32(modulus[0] ?? 0) + 24
      if (oid.endsWith('.1')) return { kind: 'rsa', scheme: 'any', bits, octets }
      const only = parameters === null ? {} : { only: readPssParameters(parameters) ?? ('unread' as const) }
      return { kind: 'rsa', scheme: 'pss', ...only, bits, octets }
    }
    return { kind: 'other', met: `key ${oid}` }
  } catch (error) {
    if (error instanceof ParseError) return { kind: 'other', met: `key ${error.code}` }
    throw error
  }
}

function describeCurve(parameters: Uint8Array | null): KeyDescription {
  // RFC 5480 §2.1.1: namedCurve only. Explicit parameters let a forger choose the generator (CVE-2020-0601).
  if (parameters?.[0] !== TAG.OBJECT_IDENTIFIER) return { kind: 'other', met: 'curve by parameters' }
  const oid = DerCursor.over(parameters, 'namedCurve').oid('')
  const curve = CURVES.get(oid)
  return curve === undefined
    ? { kind: 'other', met: `curve ${oid}` }
    : { kind: 'ec', curve: curve.name, octets: curve.octets }
}

/** Octets of n of an RSAPublicKey, without leading zeros (RFC 8017 §A.1.1). @throws ParseError */
export function modulusOf(key: Uint8Array): Uint8Array {
  const sequence = DerCursor.over(key, 'RSAPublicKey').enter(TAG.SEQUENCE, '')
  const offset = sequence.offset
  const modulus = sequence.integer('modulus', LIMITS.bigIntegerOctets)
  if ((modulus[0] ?? 0) >= 0x80) {
    sequence.fail('ERR_DER_VALUE', 'modulus', offset, 'RFC 8017 §3.1', 'a positive number', undefined)
  }
  return modulus[0] === 0 ? modulus.subarray(1) : modulus
}
