import { type DigestAlgorithm, type EcCurve, fromHex, type SlhDsaSet, toHex } from '@probatum/core'
import {
  BIT_STRING,
  content,
  type DerElement,
  derElement,
  derElements,
  derEncode,
  INTEGER,
  NULL,
  OBJECT_IDENTIFIER,
  SEQUENCE,
  unsignedInteger,
} from './der-element.ts'
import {
  CURVE_OCTETS,
  CURVES,
  DIGESTS,
  EC_PUBLIC_KEY,
  ED448,
  ED25519,
  MGF1,
  ML_DSA,
  RSA_ENCRYPTION,
  RSASSA_PSS,
  SLH_DSA,
} from './object-identifiers.ts'
import { ML_DSA_KEY_OCTETS, slhDsaKeyOctets } from './post-quantum.ts'

/** What an id-RSASSA-PSS key allows (RFC 4055 §3.3): these digests, and a salt of at least this length. */
export interface PssRestriction {
  readonly digest: DigestAlgorithm
  readonly mgfDigest: DigestAlgorithm
  readonly leastSaltLength: number
}

export interface RsaKey {
  readonly kind: 'rsa'
  /** Big-endian, first octet not zero. */
  readonly modulus: Uint8Array
  readonly exponent: Uint8Array
  readonly modulusBits: number
  /** `pkcs1-and-pss` for rsaEncryption, `pss` for id-RSASSA-PSS without parameters. */
  readonly use: 'pkcs1-and-pss' | 'pss' | PssRestriction
  /** RSAPublicKey (RFC 8017 §A.1.1) as it stands in the bit string. */
  readonly pkcs1: Uint8Array
  /** The key under rsaEncryption, the identifier that every platform reads. */
  readonly spki: Uint8Array
}

export interface EcKey {
  readonly kind: 'ec'
  readonly curve: EcCurve
  /** RFC 5480 §2.2: 04 with both coordinates, 02 or 03 with x. Not yet known to lie on the curve. */
  readonly point: Uint8Array
  readonly spki: Uint8Array
}

export interface EdwardsKey {
  readonly kind: 'ed25519' | 'ed448'
  /** RFC 8032 §5.1.2, §5.2.2. Not yet known to lie on the curve. */
  readonly point: Uint8Array
  readonly spki: Uint8Array
}

/** FIPS 204 §5.3; RFC 9881 §4: the key is the bit string itself. */
export interface MlDsaKey {
  readonly kind: 'ml-dsa'
  readonly set: 44 | 65 | 87
  readonly key: Uint8Array
}

/** FIPS 205 §9.1; RFC 9909 §5. */
export interface SlhDsaKey {
  readonly kind: 'slh-dsa'
  readonly set: SlhDsaSet
  readonly key: Uint8Array
}

/**
 * `unusable`: no signature can be right under such a key. `unsupported`: another implementation might read it
 * (an unknown curve, explicit parameters, an RSA number in an encoding that DER forbids).
 */
export type PublicKey =
  | RsaKey
  | EcKey
  | EdwardsKey
  | MlDsaKey
  | SlhDsaKey
  | { readonly kind: 'other' }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'unsupported' }

const UNUSABLE: PublicKey = { kind: 'unusable' }
const UNSUPPORTED: PublicKey = { kind: 'unsupported' }

/** Larger moduli cost seconds for each check and no authority issues them. */
const MOST_MODULUS_BITS = 16_384
/** RFC 8017 leaves it open; platforms disagree above 64 bits (OpenSSL's own limit for large moduli). */
const MOST_EXPONENT_OCTETS = 8

/** Reads a SubjectPublicKeyInfo (RFC 5280 §4.1). Never throws; says nothing about the key's strength or owner. */
export function readPublicKey(spki: Uint8Array): PublicKey {
  const whole = derElement(spki, 0, spki.length)
  if (whole === undefined || whole.tag !== SEQUENCE || whole.end !== spki.length) return UNUSABLE
  const [algorithm, bits] = derElements(spki, whole.start, whole.end, 2) ?? []
  if (algorithm?.tag !== SEQUENCE || bits?.tag !== BIT_STRING || spki[bits.start] !== 0) return UNUSABLE
  const [identifier, parameters] = derElements(spki, algorithm.start, algorithm.end, 2) ?? []
  if (identifier?.tag !== OBJECT_IDENTIFIER) return UNUSABLE
  const key = spki.subarray(bits.start + 1, bits.end)
  const oid = toHex(content(spki, identifier))
  switch (oid) {
    case RSA_ENCRYPTION:
      // RFC 3279 §2.3.1 asks for NULL; keys without it are in use and every platform reads them.
      if (parameters !== undefined && !isNull(parameters)) return UNUSABLE
      return readRsaKey(key, 'pkcs1-and-pss')
    case RSASSA_PSS: {
      const use = parameters === undefined ? 'pss' : readPssParameters(spki, parameters)
      return use === undefined ? UNSUPPORTED : readRsaKey(key, use)
    }
    case EC_PUBLIC_KEY:
      return readEcKey(spki, parameters, key)
    case ED25519:
      return parameters === undefined && key.length === 32 ? { kind: 'ed25519', point: key, spki } : UNUSABLE
    case ED448:
      return parameters === undefined && key.length === 57 ? { kind: 'ed448', point: key, spki } : UNUSABLE
    default:
      return readPostQuantumKey(oid, parameters, key)
  }
}

/** RFC 9881 §2, RFC 9909 §3: parameters are absent. */
function readPostQuantumKey(oid: string, parameters: DerElement | undefined, key: Uint8Array): PublicKey {
  const mlDsa = ML_DSA.get(oid)
  if (mlDsa !== undefined) {
    const isRight = parameters === undefined && key.length === ML_DSA_KEY_OCTETS[mlDsa]
    return isRight ? { kind: 'ml-dsa', set: mlDsa, key } : UNUSABLE
  }
  const slhDsa = SLH_DSA.get(oid)
  if (slhDsa === undefined) return { kind: 'other' }
  const isRight = parameters === undefined && key.length === slhDsaKeyOctets(slhDsa)
  return isRight ? { kind: 'slh-dsa', set: slhDsa, key } : UNUSABLE
}

function readRsaKey(key: Uint8Array, use: RsaKey['use']): PublicKey {
  const whole = derElement(key, 0, key.length)
  if (whole === undefined || whole.tag !== SEQUENCE || whole.end !== key.length) return UNUSABLE
  const [n, e, more] = derElements(key, whole.start, whole.end, 2) ?? []
  if (n?.tag !== INTEGER || e?.tag !== INTEGER || more !== undefined) return UNUSABLE
  const modulus = unsignedInteger(key, n)
  const exponent = unsignedInteger(key, e)
  // Old software left out the sign octet; OpenSSL reads such a number, DER makes it negative.
  if (modulus === undefined || exponent === undefined) return UNSUPPORTED
  const modulusBits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24
  if (modulusBits > MOST_MODULUS_BITS || exponent.length > MOST_EXPONENT_OCTETS) return UNSUPPORTED
  // RFC 8017 §3.1: n is a product of odd primes, e is odd and at least 3. With e = 1 anybody could sign.
  const odd = ((modulus.at(-1) ?? 0) & (exponent.at(-1) ?? 0) & 1) === 1
  if (!odd || modulusBits < 16 || modulus.length < exponent.length || (exponent.length === 1 && (exponent[0] ?? 0) < 3))
    return UNUSABLE
  return { kind: 'rsa', modulus, exponent, modulusBits, use, pkcs1: key, spki: rsaEncryptionSpki(key) }
}

function rsaEncryptionSpki(key: Uint8Array): Uint8Array {
  const identifier = derEncode(OBJECT_IDENTIFIER, fromHex(RSA_ENCRYPTION) ?? new Uint8Array())
  const algorithm = derEncode(SEQUENCE, identifier, derEncode(NULL))
  return derEncode(SEQUENCE, algorithm, derEncode(BIT_STRING, Uint8Array.of(0), key))
}

function readEcKey(spki: Uint8Array, parameters: DerElement | undefined, point: Uint8Array): PublicKey {
  // RFC 5480 §2.1.1: namedCurve only. Explicit parameters let a forger choose his own generator.
  if (parameters?.tag === SEQUENCE) return UNSUPPORTED
  if (parameters?.tag !== OBJECT_IDENTIFIER) return UNUSABLE
  const curve = CURVES.get(toHex(content(spki, parameters)))
  if (curve === undefined) return { kind: 'other' }
  const octets = CURVE_OCTETS[curve]
  const whole = point[0] === 4 && point.length === 1 + 2 * octets
  const compressed = (point[0] === 2 || point[0] === 3) && point.length === 1 + octets
  return whole || compressed ? { kind: 'ec', curve, point, spki } : UNUSABLE
}

/** RSASSA-PSS-params (RFC 4055 §3.1) with its defaults; `undefined` when it holds anything but MGF1 and known digests. */
function readPssParameters(bytes: Uint8Array, parameters: DerElement): PssRestriction | undefined {
  const fields = parameters.tag === SEQUENCE ? derElements(bytes, parameters.start, parameters.end, 4) : undefined
  if (fields === undefined) return undefined
  let digest: DigestAlgorithm | undefined = 'sha1'
  let mgfDigest: DigestAlgorithm | undefined = 'sha1'
  let leastSaltLength = 20
  let lastTag = 0
  for (const field of fields) {
    const inner = derElement(bytes, field.start, field.end)
    if (field.tag <= lastTag || inner === undefined || inner.end !== field.end) return undefined
    lastTag = field.tag
    if (field.tag === 0xa0) digest = readDigest(bytes, inner)
    else if (field.tag === 0xa1) mgfDigest = readMaskGeneration(bytes, inner)
    else {
      const value = unsignedInteger(bytes, inner)
      if (value === undefined || value.length > 2) return undefined
      const number = value.reduce((sum, octet) => sum * 256 + octet, 0)
      if (field.tag === 0xa2) leastSaltLength = number
      else if (field.tag !== 0xa3 || number !== 1) return undefined
    }
  }
  if (digest === undefined || mgfDigest === undefined) return undefined
  return { digest, mgfDigest, leastSaltLength }
}

function readMaskGeneration(bytes: Uint8Array, element: DerElement): DigestAlgorithm | undefined {
  const [identifier, digest] = algorithmParts(bytes, element)
  if (identifier === undefined || digest === undefined) return undefined
  return toHex(content(bytes, identifier)) === MGF1 ? readDigest(bytes, digest) : undefined
}

function readDigest(bytes: Uint8Array, element: DerElement): DigestAlgorithm | undefined {
  const [identifier, parameters] = algorithmParts(bytes, element)
  if (identifier === undefined || (parameters !== undefined && !isNull(parameters))) return undefined
  return DIGESTS.get(toHex(content(bytes, identifier)))
}

function algorithmParts(bytes: Uint8Array, element: DerElement): readonly (DerElement | undefined)[] {
  const parts = element.tag === SEQUENCE ? derElements(bytes, element.start, element.end, 2) : undefined
  return parts?.[0]?.tag === OBJECT_IDENTIFIER ? parts : []
}

function isNull(element: DerElement): boolean {
  return element.tag === NULL && element.start === element.end
}
