import { DerCursor } from '../asn1/cursor.ts'
import { contextConstructed, TAG } from '../asn1/tag.ts'
import { equalBytes } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import type { AlgorithmIdentifier } from './certificate.ts'
import { algorithmIdentifierOf, readAlgorithmIdentifier } from './certificate-parse.ts'
import { hasNoParameters } from './digest-algorithms.ts'

/** The algorithms of a SignerInfo, which nothing but this attribute signs. */
export interface SignerAlgorithms {
  readonly digestAlgorithm: AlgorithmIdentifier
  readonly signatureAlgorithm: AlgorithmIdentifier
}

/**
 * Checks a value of cmsAlgorithmProtection against its SignerInfo (RFC 6211 §2, §3): both algorithms there, equal, and
 * none for a MAC. Throws ParseError where they are not, as where the value does not read.
 */
export function requireAlgorithmProtection(der: Uint8Array, signer: SignerAlgorithms): void {
  const outer = DerCursor.over(der, 'CMSAlgorithmProtection')
  const value = outer.enter(TAG.SEQUENCE, '')
  outer.finish()
  const digest = readAlgorithmIdentifier(value, 'digestAlgorithm')
  const signature = algorithmIdentifierOf(value, value.read(contextConstructed(1), 'signatureAlgorithm'), '')
  value.finish()
  for (const [found, expected, field] of [
    [digest, signer.digestAlgorithm, 'digestAlgorithm'],
    [signature, signer.signatureAlgorithm, 'signatureAlgorithm'],
  ] as const) {
    if (isSame(found, expected)) continue
    const where = `CMSAlgorithmProtection.${field}`
    throw new ParseError('ERR_CMS_STRUCTURE', { where, spec: 'RFC 6211 §3', expected: expected.oid, found: found.oid })
  }
}

/** RFC 6211 §3: parameters that are absent and NULL ones are the same. */
function isSame(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  if (a.oid !== b.oid) return false
  if (hasNoParameters(a) || hasNoParameters(b)) return hasNoParameters(a) && hasNoParameters(b)
  return a.parameters !== null && b.parameters !== null && equalBytes(a.parameters, b.parameters)
}
