import type { Instant } from '@probatum/core'
import { OID } from '../der/oids.ts'
import type { SealDigest } from '../digest.ts'
import { pkcs8SigningKey } from '../keys/pkcs8.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { makeSignedData } from './signed-data.ts'

/** What a detached CMS signature is made of (RFC 5652; format, section 6.2). */
export interface DetachedSignatureInput {
  /** What is signed; it does not stand in the result. */
  readonly content: Uint8Array
  /** DER: the signer's certificate first, then the authorities between it and the root, without the root. */
  readonly certificates: readonly Uint8Array[]
  /** The key, or its PKCS#8 in DER. */
  readonly privateKey: SigningKey | Uint8Array
  /** The signer's own statement of when; whole seconds are written. */
  readonly signingTime: Instant
  /** Ed25519 always takes SHA-512 (RFC 8419 §3.1). */
  readonly digest: SealDigest
}

/**
 * A detached CMS signature in the CAdES-B profile, DER: what `openssl cms -verify -cades -content FILE` takes.
 * Throws TypeError when key and certificate do not belong together.
 */
export async function signDetached(input: DetachedSignatureInput): Promise<Uint8Array> {
  const key = input.privateKey instanceof Uint8Array ? await pkcs8SigningKey(input.privateKey) : input.privateKey
  return makeSignedData({
    contentType: OID.data,
    content: input.content,
    attached: false,
    key,
    certificates: input.certificates,
    digest: input.digest,
    signingTime: input.signingTime,
  })
}
