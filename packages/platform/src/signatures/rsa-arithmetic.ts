import { DIGEST_OCTETS, type DigestAlgorithm, equalBytes, fromHex, toHex } from '@probatum/core'
import { nobleSmallDigest } from '../digests/noble-digest.ts'
import { derEncode, NULL, OBJECT_IDENTIFIER, SEQUENCE } from './der-element.ts'
import { DIGESTS } from './object-identifiers.ts'
import type { RsaKey } from './public-key.ts'

/** RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2), for digests that a platform does not combine with RSA. */
export function isPkcs1Signature(
  key: RsaKey,
  digest: DigestAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const encoded = encodedMessage(key, signature)
  const expected = pkcs1Encoding(digest, message, key.modulus.length)
  return encoded !== undefined && expected !== undefined && equalBytes(encoded, expected)
}

/** EMSA-PKCS1-v1_5 (RFC 8017 §9.2): encoded and compared whole, so that nothing in it can be padding of a forger's choice. */
function pkcs1Encoding(digest: DigestAlgorithm, message: Uint8Array, length: number): Uint8Array | undefined {
  const identifier = [...DIGESTS].find(([, name]) => name === digest)?.[0]
  const oid = identifier === undefined ? undefined : fromHex(identifier)
  if (oid === undefined) return undefined
  const algorithm = derEncode(SEQUENCE, derEncode(OBJECT_IDENTIFIER, oid), derEncode(NULL))
  const digestInfo = derEncode(SEQUENCE, algorithm, derEncode(0x04, nobleSmallDigest(digest, message)))
  if (length < digestInfo.length + 11) return undefined
  const encoded = new Uint8Array(length).fill(0xff)
  encoded[0] = 0
  encoded[1] = 1
  encoded[length - digestInfo.length - 1] = 0
  encoded.set(digestInfo, length - digestInfo.length)
  return encoded
}

export interface PssParameters {
  readonly digest: DigestAlgorithm
  readonly mgfDigest: DigestAlgorithm
  readonly saltLength: number
}

/** RSASSA-PSS (RFC 8017 §8.1.2 and §9.1.2) with any pair of digests; the salt has exactly the stated length. */
export function isPssSignature(
  key: RsaKey,
  { digest, mgfDigest, saltLength }: PssParameters,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const representative = encodedMessage(key, signature)
  if (representative === undefined) return false
  const bits = key.modulusBits - 1
  const length = Math.ceil(bits / 8)
  // A modulus of 8k+1 bits gives an encoding that is one octet shorter than the modulus.
  const encoded = representative.subarray(representative.length - length)
  if (representative.length > length && representative[0] !== 0) return false
  const hashLength = DIGEST_OCTETS[digest]
  if (length < hashLength + saltLength + 2 || encoded[length - 1] !== 0xbc) return false
  const maskedLength = length - hashLength - 1
  const hash = encoded.subarray(maskedLength, length - 1)
  const unused = 8 * length - bits
  if (((encoded[0] ?? 0) & ~(0xff >> unused) & 0xff) !== 0) return false
  const mask = maskGeneration(mgfDigest, hash, maskedLength)
  const block = encoded.subarray(0, maskedLength).map((octet, i) => octet ^ (mask[i] ?? 0))
  block[0] = (block[0] ?? 0) & (0xff >> unused)
  const saltAt = maskedLength - saltLength
  if (block[saltAt - 1] !== 1 || block.subarray(0, saltAt - 1).some((octet) => octet !== 0)) return false
  const again = new Uint8Array(8 + hashLength + saltLength)
  again.set(nobleSmallDigest(digest, message), 8)
  again.set(block.subarray(saltAt), 8 + hashLength)
  return equalBytes(nobleSmallDigest(digest, again), hash)
}

/** MGF1 (RFC 8017 §B.2.1). */
function maskGeneration(digest: DigestAlgorithm, seed: Uint8Array, length: number): Uint8Array {
  const step = DIGEST_OCTETS[digest]
  const mask = new Uint8Array(Math.ceil(length / step) * step)
  const input = new Uint8Array(seed.length + 4)
  input.set(seed)
  for (let counter = 0; counter * step < length; counter++) {
    new DataView(input.buffer).setUint32(seed.length, counter)
    mask.set(nobleSmallDigest(digest, input), counter * step)
  }
  return mask.subarray(0, length)
}

/** RSAVP1 (RFC 8017 §5.2.2), in the modulus' length; `undefined` when the signature is out of range. */
function encodedMessage(key: RsaKey, signature: Uint8Array): Uint8Array | undefined {
  if (signature.length !== key.modulus.length) return undefined
  const modulus = toNumber(key.modulus)
  const base = toNumber(signature)
  if (base >= modulus) return undefined
  let result = 1n
  for (const bit of toNumber(key.exponent).toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return fromHex(result.toString(16).padStart(2 * key.modulus.length, '0'))
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`)
}
