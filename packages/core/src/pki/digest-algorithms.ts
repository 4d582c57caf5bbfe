import { TAG } from '../asn1/tag.ts'
import { equalBytes } from '../model/bytes.ts'
import { DIGEST_OCTETS } from '../model/digest-octets.ts'
import type { DigestAlgorithm, SignedDigestAlgorithm } from '../model/ports.ts'
import type { AlgorithmIdentifier } from './certificate.ts'

const DIGESTS: ReadonlyMap<string, DigestAlgorithm> = new Map<string, DigestAlgorithm>([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.7', 'sha3-224'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
])

/** Octets of each digest, with what only signed attributes may name. */
export const SIGNED_DIGEST_OCTETS: Readonly<Record<SignedDigestAlgorithm, number>> = {
  ...DIGEST_OCTETS,
  shake128: 32,
  shake256: 64,
}

/** RFC 5754 §2: parameters absent, or NULL, which must be taken too. */
export function hasNoParameters({ parameters }: AlgorithmIdentifier): boolean {
  return parameters === null || (parameters.length === 2 && parameters[0] === TAG.NULL && parameters[1] === 0)
}

/** The digest that an AlgorithmIdentifier names; null when it is unknown or has parameters. */
export function digestAlgorithmOf(identifier: AlgorithmIdentifier): DigestAlgorithm | null {
  return hasNoParameters(identifier) ? (DIGESTS.get(identifier.oid) ?? null) : null
}

/**
 * The digest that a SignerInfo's digestAlgorithm names: besides the others SHAKE128 and SHAKE256, parameters absent (RFC 8702
 * §3.1), and id-shake256-len with 512 (RFC 8419 §3.1, for Ed448), which is the same digest.
 */
export function signedDigestOf(identifier: AlgorithmIdentifier): SignedDigestAlgorithm | null {
  const { oid, parameters } = identifier
  if (parameters === null && oid === '2.16.840.1.101.3.4.2.11') return 'shake128'
  if (parameters === null && oid === '2.16.840.1.101.3.4.2.12') return 'shake256'
  if (oid === '2.16.840.1.101.3.4.2.18') {
    return parameters !== null && equalBytes(parameters, INTEGER_512) ? 'shake256' : null
  }
  return digestAlgorithmOf(identifier)
}

/** ShakeOutputLen 512, DER. */
const INTEGER_512 = Uint8Array.of(TAG.INTEGER, 2, 2, 0)

/** Name of the digest, or the OID when it is unknown; for facts. */
export function digestName(identifier: AlgorithmIdentifier): string {
  return signedDigestOf(identifier) ?? identifier.oid
}
