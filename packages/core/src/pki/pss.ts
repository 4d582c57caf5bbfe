import { DerCursor } from '../asn1/cursor.ts'
import { contextConstructed, TAG } from '../asn1/tag.ts'
import { ParseError } from '../model/parse-error.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import type { AlgorithmIdentifier } from './certificate.ts'
import { readAlgorithmIdentifier } from './certificate-parse.ts'
import { digestAlgorithmOf } from './digest-algorithms.ts'

/** RSASSA-PSS-params (RFC 4055 §3.1): of a signature how it was made; of a key which signatures it may make. */
export interface PssParameters {
  readonly digest: DigestAlgorithm
  readonly mgfDigest: DigestAlgorithm
  /** Octets. Of a key: the least that it may be. */
  readonly saltLength: number
}

/** Null when the parameters are malformed, or more than MGF1 with known digests and the trailer 1. */
export function readPssParameters(parameters: Uint8Array): PssParameters | null {
  try {
    const outer = DerCursor.over(parameters, 'RSASSA-PSS-params')
    const params = outer.enter(TAG.SEQUENCE, '')
    outer.finish()
    const hash = params.optionalExplicit(0, 'hashAlgorithm')
    const digest = hash === undefined ? 'sha1' : digestAlgorithmOf(only(hash, 'hashAlgorithm'))
    const mask = params.optionalExplicit(1, 'maskGenAlgorithm')
    const mgfDigest = mask === undefined ? 'sha1' : maskDigest(only(mask, 'maskGenAlgorithm'))
    const saltLength = explicitNumber(params, 2, 20)
    const trailer = explicitNumber(params, 3, 1)
    params.finish()
    if (digest === null || mgfDigest === null || trailer !== 1) return null
    return { digest, mgfDigest, saltLength }
  } catch (error) {
    if (error instanceof ParseError) return null
    throw error
  }
}

/**
 * RFC 4055 §3.3: where a key names parameters, those of its signatures are the same, but for a salt that may be longer; any
 * other signature is to be refused. So OpenSSL does.
 */
export function allowsPss(key: PssParameters, signature: PssParameters): boolean {
  return (
    key.digest === signature.digest && key.mgfDigest === signature.mgfDigest && key.saltLength <= signature.saltLength
  )
}

/** `sha256 mgf1-sha256 salt 32`, for evidence. */
export function describePss({ digest, mgfDigest, saltLength }: PssParameters): string {
  return `${digest} mgf1-${mgfDigest} salt ${saltLength}`
}

function only(explicit: DerCursor, field: string): AlgorithmIdentifier {
  const identifier = readAlgorithmIdentifier(explicit, field)
  explicit.finish()
  return identifier
}

/** MGF1 with the digest in its parameters (RFC 4055 §2.2). */
function maskDigest(identifier: AlgorithmIdentifier): DigestAlgorithm | null {
  if (identifier.oid !== '1.2.840.113549.1.1.8' || identifier.parameters === null) return null
  return digestAlgorithmOf(only(DerCursor.over(identifier.parameters, 'MGF1'), 'parameters'))
}

function explicitNumber(params: DerCursor, number: number, absent: number): number {
  if (params.tag !== contextConstructed(number)) return absent
  const explicit = params.enter(contextConstructed(number), `${number}`)
  const value = explicit.smallInteger('')
  explicit.finish()
  return value
}
