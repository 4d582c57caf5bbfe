import { concatBytes, encodeUtf8, toBase64, toHex } from '@probatum/core'
import { digestOf } from '../digest.ts'
import { ED25519_SPKI_PREFIX, type SigningKey } from '../keys/signing-key.ts'

/** The key of a custody log. Its name is the log's origin. */
export interface LogKey {
  readonly origin: string
  readonly key: SigningKey
  /** `name+hash+key` of C2SP signed-note: what a trust set holds. */
  readonly verifierKey: string
  /** The four octets that a signature line begins with. */
  readonly keyHash: Uint8Array
  /** SHA-256 of the 32 octets of the public key, hex. */
  readonly fingerprint: string
}

/** C2SP signed-note: signature type of Ed25519. */
const ED25519_TYPE = 0x01

/** Names an Ed25519 key as a log's. Throws TypeError for other keys and for names that a note cannot carry. */
export function logKey(origin: string, key: SigningKey): LogKey {
  if (key.scheme !== 'ed25519') throw new TypeError('the key of a log is an Ed25519 key')
  if (origin === '' || /[\s+\p{Cc}]/u.test(origin)) throw new TypeError('a log’s origin has no white space and no plus')
  const publicKey = key.spki.subarray(ED25519_SPKI_PREFIX.length)
  const typed = concatBytes(Uint8Array.of(ED25519_TYPE), publicKey)
  const keyHash = digestOf('sha256', concatBytes(encodeUtf8(`${origin}\n`), typed)).subarray(0, 4)
  return {
    origin,
    key,
    keyHash,
    verifierKey: `${origin}+${toHex(keyHash)}+${toBase64(typed)}`,
    fingerprint: toHex(digestOf('sha256', publicKey)),
  }
}

/** A checkpoint (C2SP tlog-checkpoint) as a signed note (C2SP signed-note), with the log's own signature. */
export async function makeCheckpoint(log: LogKey, size: number, root: Uint8Array): Promise<Uint8Array> {
  const text = encodeUtf8(`${log.origin}\n${size}\n${toBase64(root)}\n`)
  const signature = await log.key.sign(text, 'sha512')
  const line = `— ${log.origin} ${toBase64(concatBytes(log.keyHash, signature))}\n`
  return concatBytes(text, encodeUtf8(`\n${line}`))
}
