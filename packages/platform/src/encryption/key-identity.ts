import { type CmsRecipient, concatBytes, DIGEST_OCTETS, ParseError, type WrapDigest } from '@probatum/core'

const WEB_DIGEST: Readonly<Record<WrapDigest, string>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}
const DIGESTS = ['sha1', 'sha256', 'sha384', 'sha512'] as const
const CURVES = ['P-256', 'P-384', 'P-521'] as const
/** Octets of a field element, which is what ECDH gives (SEC 1 §3.3.1). */
const FIELD_BYTES: Readonly<Record<(typeof CURVES)[number], number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }

type PrivateKey =
  | { readonly is: 'rsa'; readonly keys: Readonly<Record<WrapDigest, CryptoKey>> }
  | { readonly is: 'ec'; readonly curve: (typeof CURVES)[number]; readonly key: CryptoKey }

/** A private key that opens CMS files. It stays in Web Crypto, from which it cannot be taken out again. */
export class KeyIdentity {
  readonly kind = 'key'
  /** DER of the public half. */
  readonly spki: Uint8Array
  readonly #key: PrivateKey

  private constructor(spki: Uint8Array, key: PrivateKey) {
    this.spki = spki
    this.#key = key
  }

  /**
   * From PKCS #8, DER, not encrypted: RSA, or EC on P-256, P-384, P-521.
   * @throws {ParseError} ERR_IDENTITY, with nothing of the key in it
   */
  static async of(pkcs8: Uint8Array): Promise<KeyIdentity> {
    const { subtle } = globalThis.crypto
    const der = new Uint8Array(pkcs8)
    try {
      for (const curve of CURVES) {
        const parameters = { name: 'ECDH', namedCurve: curve }
        const readable = await orNothing(subtle.importKey('pkcs8', der, parameters, true, ['deriveBits']))
        if (readable === undefined) continue
        const { kty, crv, x, y } = await subtle.exportKey('jwk', readable)
        const half = { kty, crv, x, y } as JsonWebKey
        const spki = await subtle.exportKey('spki', await subtle.importKey('jwk', half, parameters, true, []))
        const key = await subtle.importKey('pkcs8', der, parameters, false, ['deriveBits'])
        return new KeyIdentity(new Uint8Array(spki), { is: 'ec', curve, key })
      }
      const parameters = (digest: WrapDigest) => ({ name: 'RSA-OAEP', hash: WEB_DIGEST[digest] })
      const readable = await orNothing(subtle.importKey('pkcs8', der, parameters('sha256'), true, ['decrypt']))
      if (readable !== undefined) {
        const { kty, n, e } = await subtle.exportKey('jwk', readable)
        const half = { kty, n, e } as JsonWebKey
        const whole = await subtle.importKey('jwk', half, parameters('sha256'), true, ['encrypt'])
        const spki = await subtle.exportKey('spki', whole)
        const keys = {} as Record<WrapDigest, CryptoKey>
        for (const digest of DIGESTS)
          keys[digest] = await subtle.importKey('pkcs8', der, parameters(digest), false, ['decrypt'])
        return new KeyIdentity(new Uint8Array(spki), { is: 'rsa', keys })
      }
    } finally {
      der.fill(0)
    }
    throw new ParseError('ERR_IDENTITY', { where: 'private key', expected: 'RSA, or EC on P-256, P-384 or P-521' })
  }

  /** The content's key, when a recipient of the file is this one and the key has this length, else null. */
  async unwrap(recipient: CmsRecipient, keyBytes: number): Promise<Uint8Array | null> {
    const key = this.#key
    if (recipient.kind === 'rsa-oaep' && key.is === 'rsa')
      return unwrapRsa(key.keys[recipient.digest], recipient, keyBytes)
    if (recipient.kind === 'ecdh' && key.is === 'ec') return unwrapEcdh(key, recipient, keyBytes)
    return null
  }

  fingerprintOf(): Uint8Array {
    return this.spki
  }
}

async function unwrapRsa(
  key: CryptoKey,
  { encryptedKey }: Extract<CmsRecipient, { kind: 'rsa-oaep' }>,
  keyBytes: number,
): Promise<Uint8Array | null> {
  const run = globalThis.crypto.subtle.decrypt({ name: 'RSA-OAEP' }, key, new Uint8Array(encryptedKey))
  const unwrapped = await orNothing(run)
  return unwrapped === undefined || unwrapped.byteLength !== keyBytes ? null : new Uint8Array(unwrapped)
}

/** RFC 5753 §3.1, with the key derivation of SEC 1 §3.6.1. */
async function unwrapEcdh(
  { curve, key }: Extract<PrivateKey, { is: 'ec' }>,
  recipient: Extract<CmsRecipient, { kind: 'ecdh' }>,
  keyBytes: number,
): Promise<Uint8Array | null> {
  const { subtle } = globalThis.crypto
  const parameters = { name: 'ECDH', namedCurve: curve }
  const point = new Uint8Array(recipient.originatorPoint)
  const peer = await orNothing(subtle.importKey('raw', point, parameters, false, []))
  if (peer === undefined) return null
  const secret = await orNothing(subtle.deriveBits({ name: 'ECDH', public: peer }, key, FIELD_BYTES[curve] * 8))
  if (secret === undefined) return null
  const wrapping = await deriveKey(new Uint8Array(secret), recipient)
  const kek = await orNothing(subtle.importKey('raw', wrapping, 'AES-KW', false, ['unwrapKey']))
  if (kek === undefined) return null
  for (const wrapped of recipient.encryptedKeys) {
    // RFC 3394 §2.2.1: eight octets more than what is wrapped.
    if (wrapped.length !== keyBytes + 8) continue
    const run = subtle.unwrapKey('raw', new Uint8Array(wrapped), kek, 'AES-KW', 'AES-GCM', true, ['decrypt'])
    const unwrapped = await orNothing(run)
    if (unwrapped !== undefined) return new Uint8Array(await subtle.exportKey('raw', unwrapped))
  }
  return null
}

async function deriveKey(
  secret: Uint8Array,
  { kdf, wrapBytes, sharedInfo }: Extract<CmsRecipient, { kind: 'ecdh' }>,
): Promise<Uint8Array<ArrayBuffer>> {
  const derived = new Uint8Array(Math.ceil(wrapBytes / DIGEST_OCTETS[kdf]) * DIGEST_OCTETS[kdf])
  for (let at = 0, counter = 1; at < wrapBytes; at += DIGEST_OCTETS[kdf], counter++) {
    const input = concatBytes(secret, Uint8Array.of(0, 0, 0, counter), sharedInfo)
    derived.set(new Uint8Array(await globalThis.crypto.subtle.digest(WEB_DIGEST[kdf], new Uint8Array(input))), at)
  }
  return derived.slice(0, wrapBytes)
}

/** Web Crypto says no with an exception of its own, whose text says nothing more. */
async function orNothing<Result>(run: Promise<Result>): Promise<Result | undefined> {
  try {
    return await run
  } catch {
    return undefined
  }
}
