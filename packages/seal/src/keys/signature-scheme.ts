import { equalBytes, type SignatureAlgorithm } from '@probatum/core'
import { derContext, derInteger, derNull, derOid, derSequence } from '../der/der.ts'
import { type DerPart, derInside, derParts } from '../der/der-read.ts'
import { OID } from '../der/oids.ts'
import type { SealDigest } from '../digest.ts'

/** How a key signs. */
export type SignatureScheme = 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'ed25519' | 'ml-dsa-65'

/** What a key under rsaEncryption may be used with (RFC 4055 §1.2); one under id-RSASSA-PSS is for PSS alone. */
export type RsaScheme = 'rsa-pkcs1' | 'rsa-pss'

const DIGEST_OID = { sha256: OID.sha256, sha384: OID.sha384, sha512: OID.sha512 } as const

/** Octets of each digest that is signed with. */
export const DIGEST_OCTETS: Readonly<Record<SealDigest, number>> = { sha256: 32, sha384: 48, sha512: 64 }
const RSA_OID = { sha256: OID.sha256WithRsa, sha384: OID.sha384WithRsa, sha512: OID.sha512WithRsa } as const
const ECDSA_OID = { sha256: OID.ecdsaWithSha256, sha384: OID.ecdsaWithSha384, sha512: OID.ecdsaWithSha512 } as const
/** FIPS 204, table 2. */
const ML_DSA_65_OCTETS = 3309
const ED25519_OCTETS = 64
const WHAT = 'SubjectPublicKeyInfo'

/** Curves that sign here, with the octets of their order. */
export const CURVES = [
  { name: 'P-256', oid: OID.p256, octets: 32 },
  { name: 'P-384', oid: OID.p384, octets: 48 },
  { name: 'P-521', oid: OID.p521, octets: 66 },
] as const

/** AlgorithmIdentifier of a digest: RFC 5754 §2 has the parameters absent. */
export const digestAlgorithmIdentifier = (digest: SealDigest): Uint8Array => derSequence(derOid(DIGEST_OID[digest]))

/** AlgorithmIdentifier of a signature, DER. */
export function algorithmIdentifier(scheme: SignatureScheme, digest: SealDigest): Uint8Array {
  if (scheme === 'rsa-pkcs1') return derSequence(derOid(RSA_OID[digest]), derNull())
  if (scheme === 'ecdsa') return derSequence(derOid(ECDSA_OID[digest]))
  if (scheme === 'ed25519') return derSequence(derOid(OID.ed25519))
  // RFC 9882 §3.1
  if (scheme === 'ml-dsa-65') return derSequence(derOid(OID.mlDsa65))
  // RFC 4055 §3.1; saltLength as long as the digest.
  const hash = digestAlgorithmIdentifier(digest)
  return derSequence(
    derOid(OID.rsassaPss),
    derSequence(
      derContext(0, hash),
      derContext(1, derSequence(derOid(OID.mgf1), hash)),
      derContext(2, derInteger(DIGEST_OCTETS[digest])),
    ),
  )
}

/** Digest of the signed attributes: RFC 8419 §3.1 wants SHA-512 beside Ed25519, RFC 9882 §3.3 has it beside ML-DSA-65. */
export function digestBesideScheme(scheme: SignatureScheme, digest: SealDigest): SealDigest {
  return scheme === 'ed25519' || scheme === 'ml-dsa-65' ? 'sha512' : digest
}

/** AlgorithmIdentifier and key of a SubjectPublicKeyInfo. */
export function publicKeyParts(spki: Uint8Array): {
  readonly algorithm: Uint8Array
  readonly oid: DerPart | undefined
  readonly parameters: DerPart | undefined
  readonly key: Uint8Array
} {
  const [algorithm, bits] = derInside(spki, 0x30, WHAT)
  if (algorithm === undefined || bits?.tag !== 0x03 || bits.content[0] !== 0) throw new TypeError(`${WHAT}: none`)
  const [oid, parameters] = derInside(algorithm.whole, 0x30, WHAT)
  return { algorithm: algorithm.whole, oid, parameters, key: bits.content.subarray(1) }
}

const is = (part: DerPart | undefined, dotted: string) => part !== undefined && equalBytes(part.whole, derOid(dotted))

/** The scheme of a key, `rsa` being the choice where it has one. Throws TypeError for a key that does not sign here. */
export function schemeOf(spki: Uint8Array, rsa: RsaScheme = 'rsa-pkcs1'): SignatureScheme {
  const { oid, parameters } = publicKeyParts(spki)
  if (is(oid, OID.rsaEncryption)) return rsa
  if (is(oid, OID.rsassaPss)) return 'rsa-pss'
  if (is(oid, OID.ed25519)) return 'ed25519'
  if (is(oid, OID.mlDsa65)) return 'ml-dsa-65'
  if (is(oid, OID.ecPublicKey) && CURVES.some((curve) => is(parameters, curve.oid))) return 'ecdsa'
  throw new TypeError('certificate: a key or curve that does not sign here')
}

/**
 * RFC 4055 §3.1: a key under id-RSASSA-PSS with parameters signs with that digest and mask, and a salt at least as long. Throws
 * TypeError where this key may not sign with this digest.
 */
export function requireAllowedDigest(spki: Uint8Array, digest: SealDigest): void {
  const { oid, parameters } = publicKeyParts(spki)
  if (!is(oid, OID.rsassaPss) || parameters === undefined) return
  const members = derInside(parameters.whole, 0x30, 'RSASSA-PSS-params')
  const inside = (tag: number) => members.find((member) => member.tag === tag)?.content
  const hash = digestAlgorithmIdentifier(digest)
  const hashes = [hash, derSequence(derOid(DIGEST_OID[digest]), derNull())]
  const isHash = (given: Uint8Array | undefined) =>
    given !== undefined && hashes.some((one) => equalBytes(given, one) || equalBytes(given, mask(one)))
  const salt = derParts(inside(0xa2) ?? derInteger(20), 'RSASSA-PSS-params')[0]?.content ?? new Uint8Array()
  const saltLength = salt.reduce((sum, octet) => sum * 256 + octet, 0)
  if (!isHash(inside(0xa0)) || !isHash(inside(0xa1)) || saltLength > DIGEST_OCTETS[digest])
    throw new TypeError(`certificate: its RSASSA-PSS key is not for ${digest} with a salt of that length`)
}

const mask = (hash: Uint8Array) => derSequence(derOid(OID.mgf1), hash)

/** Row of the algorithm table for a signature under this key. */
export function algorithmRow(spki: Uint8Array, scheme: SignatureScheme, digest: SealDigest): SignatureAlgorithm {
  switch (scheme) {
    case 'rsa-pkcs1':
      return { scheme, digest }
    case 'rsa-pss':
      return { scheme, digest, mgfDigest: digest, saltLength: DIGEST_OCTETS[digest] }
    case 'ecdsa':
      return { scheme, digest, curve: curveOf(spki).name }
    case 'ed25519':
      return { scheme }
    case 'ml-dsa-65':
      return { scheme: 'ml-dsa', set: 65 }
  }
}

function curveOf(spki: Uint8Array): (typeof CURVES)[number] {
  const { parameters } = publicKeyParts(spki)
  const curve = CURVES.find(({ oid }) => is(parameters, oid))
  if (curve === undefined) throw new TypeError('certificate: a curve that does not sign here')
  return curve
}

/** ECDSA-Sig-Value (RFC 3279 §2.2.3) from r ‖ s. */
export function ecdsaSigValue(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2
  return derSequence(derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half)))
}

/**
 * What a device gave, as it stands in a SignerInfo: none where its length or form is not that of a signature of this key. Of
 * ECDSA both r ‖ s and the DER of RFC 3279 §2.2.3 are taken; what reads as both is given as both, and only the key can tell.
 */
export function signatureForms(spki: Uint8Array, scheme: SignatureScheme, given: Uint8Array): Uint8Array[] {
  if (scheme !== 'ecdsa') return given.length === signatureOctets(spki, scheme) ? [given] : []
  const { octets } = curveOf(spki)
  return [...(isSigValue(given, octets) ? [given] : []), ...(given.length === 2 * octets ? [ecdsaSigValue(given)] : [])]
}

/** In words, for errors: what a signature of this key looks like. */
export function expectedForm(spki: Uint8Array, scheme: SignatureScheme): string {
  if (scheme !== 'ecdsa') return `${signatureOctets(spki, scheme)} octets`
  const { octets } = curveOf(spki)
  return `r and s in ${2 * octets} octets, or their DER`
}

function signatureOctets(spki: Uint8Array, scheme: Exclude<SignatureScheme, 'ecdsa'>): number {
  if (scheme === 'ed25519') return ED25519_OCTETS
  if (scheme === 'ml-dsa-65') return ML_DSA_65_OCTETS
  const [modulus] = derInside(publicKeyParts(spki).key, 0x30, 'RSAPublicKey')
  const octets = modulus?.content ?? new Uint8Array()
  return octets[0] === 0 ? octets.length - 1 : octets.length
}

/** Two positive INTEGERs in the one way of DER, and nothing else. */
function isSigValue(given: Uint8Array, octets: number): boolean {
  try {
    const numbers = derInside(given, 0x30, 'ECDSA-Sig-Value')
    if (numbers.length !== 2 || numbers.some(({ tag, content }) => tag !== 0x02 || content.length === 0)) return false
    const isShort = numbers.every(({ content }) => content.length <= octets + (content[0] === 0 ? 1 : 0))
    return isShort && equalBytes(derSequence(...numbers.map(({ content }) => derInteger(content))), given)
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
