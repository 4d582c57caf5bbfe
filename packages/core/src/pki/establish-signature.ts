import { DerCursor } from '../asn1/cursor.ts'
import { TAG } from '../asn1/tag.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { SignatureAlgorithm, SignatureOutcome, SignatureVerifier } from '../model/ports.ts'
import { chooseAlgorithm } from './algorithms.ts'
import type { AlgorithmIdentifier } from './certificate.ts'
import { describeKey, type KeyDescription } from './public-key.ts'

/** One signature, the key, and the bytes it is said to be over. */
export interface SignatureQuestion {
  readonly signatureAlgorithm: AlgorithmIdentifier
  /** digestAlgorithm of a SignerInfo; null for certificates, CRLs and OCSP responses. */
  readonly contentDigest: AlgorithmIdentifier | null
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** Null: the bytes are not at hand; then the algorithm is named and nothing is computed. */
  readonly message: Uint8Array | null
  readonly signature: Uint8Array
}

/** What arithmetic says of one signature. */
export interface SignatureAnswer {
  /**
   * Null when there is no row; `unsupported` then says what was met. With the outcome `invalid`: a key that makes no such
   * signature.
   */
  readonly algorithm: SignatureAlgorithm | null
  readonly unsupported: string | null
  /** Modulus bits of an RSA key; null for others. */
  readonly rsaBits: number | null
  readonly outcome: SignatureOutcome | 'not-tried'
}

/**
 * The one wrapper around the platform's arithmetic: chooses the row of the table, and refuses encodings that two
 * implementations could read differently before any of them sees them. Strength is not judged here.
 */
export async function establishSignature(
  question: SignatureQuestion,
  signatures: SignatureVerifier,
): Promise<SignatureAnswer> {
  const key = describeKey(question.spki)
  const rsaBits = key.kind === 'rsa' ? key.bits : null
  const choice = chooseAlgorithm(question.signatureAlgorithm, question.contentDigest, key)
  if (choice.outcome === 'unsupported') {
    return { algorithm: null, unsupported: choice.met, rsaBits, outcome: 'unsupported' }
  }
  if (choice.outcome === 'mismatch') return { algorithm: null, unsupported: choice.met, rsaBits, outcome: 'invalid' }
  const { algorithm } = choice
  const { message, signature } = question
  if (message === null) return { algorithm, unsupported: null, rsaBits, outcome: 'not-tried' }
  const outcome = isWellFormed(signature, key)
    ? await signatures.verify({ algorithm, publicKey: question.spki, message, signature })
    : 'invalid'
  return { algorithm, unsupported: null, rsaBits, outcome }
}

function isWellFormed(signature: Uint8Array, key: KeyDescription): boolean {
  // RFC 8017 §8.1.2 and §8.2.2, step 1: as long as the modulus, or it is no signature.
  if (key.kind === 'rsa') return signature.length === key.octets
  if (key.kind === 'ec') return isEcdsaSigValue(signature, key.octets)
  return true
}

/**
 * Ecdsa-Sig-Value (RFC 3279 §2.2.3) in DER, r and s positive and no longer than the order. Anything laxer gives one
 * signature several encodings (CVE-2020-14966).
 */
function isEcdsaSigValue(signature: Uint8Array, orderOctets: number): boolean {
  try {
    const outer = DerCursor.over(signature, 'Ecdsa-Sig-Value')
    const value = outer.enter(TAG.SEQUENCE, '')
    outer.finish()
    const r = value.integer('r', LIMITS.bigIntegerOctets)
    const s = value.integer('s', LIMITS.bigIntegerOctets)
    value.finish()
    return isPositive(r, orderOctets) && isPositive(s, orderOctets)
  } catch (error) {
    if (error instanceof ParseError) return false
    throw error
  }
}

/** Content octets of a minimal INTEGER. */
function isPositive(integer: Uint8Array, octets: number): boolean {
  const first = integer[0] ?? 0
  if (first >= 0x80 || (integer.length === 1 && first === 0)) return false
  return integer.length <= octets + (first === 0 ? 1 : 0)
}
