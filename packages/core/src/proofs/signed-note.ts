import { concatBytes, fromBase64, toBase64, toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'

/** C2SP signed-note: what the octet before the key says. */
const SIGNATURE_TYPE = { ed25519: 0x01, 'cosignature/v1': 0x04 } as const

/** A verifier key of a signed note (`name+hash+key`), role `log` of a trust set. */
export interface NoteKey {
  readonly name: string
  /** Key ID: the first four octets of SHA-256(name ‖ LF ‖ type ‖ key), hex. */
  readonly hash: string
  /** `ed25519`: a log's own; `cosignature/v1`: a witness's (C2SP tlog-cosignature). */
  readonly type: keyof typeof SIGNATURE_TYPE
  /** 32 octets. */
  readonly publicKey: Uint8Array
  /** SHA-256 of those octets, hex: `logKey` of the custody log. */
  readonly fingerprint: string
}

/** RFC 8410 §4: SubjectPublicKeyInfo of an Ed25519 key, everything before its 32 octets. */
const ED25519_SPKI_HEAD = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0)

/** SubjectPublicKeyInfo, DER, of the 32 octets of an Ed25519 key. */
export function ed25519Spki(publicKey: Uint8Array): Uint8Array {
  return concatBytes(ED25519_SPKI_HEAD, publicKey)
}

/** The 32 octets of an Ed25519 key; `undefined` for a SubjectPublicKeyInfo of another kind. */
export function ed25519Octets(spki: Uint8Array): Uint8Array | undefined {
  const isEd25519 = spki.length === 44 && ED25519_SPKI_HEAD.every((octet, at) => spki[at] === octet)
  return isEd25519 ? spki.subarray(ED25519_SPKI_HEAD.length) : undefined
}

/** Writes `name+hash+key` of C2SP signed-note for the 32 octets of an Ed25519 key. */
export function noteVerifierKey(
  name: string,
  publicKey: Uint8Array,
  smallDigest: SmallDigest,
  type: NoteKey['type'] = 'ed25519',
): string {
  const typed = concatBytes(Uint8Array.of(SIGNATURE_TYPE[type]), publicKey)
  return `${name}+${toHex(keyHash(name, typed, smallDigest))}+${toBase64(typed)}`
}

/** Reads `name+hash+key`; `undefined` when it is not of the form, of another type, or its hash is not that of its key. */
export function parseNoteVerifierKey(text: string, smallDigest: SmallDigest): NoteKey | undefined {
  const [, name = '', hash = '', key = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? []
  const typed = fromBase64(key)
  if (typed?.length !== 33) return undefined
  const type = (Object.keys(SIGNATURE_TYPE) as NoteKey['type'][]).find((one) => SIGNATURE_TYPE[one] === typed[0])
  if (type === undefined || toHex(keyHash(name, typed, smallDigest)) !== hash) return undefined
  const publicKey = typed.subarray(1)
  return { name, hash, type, publicKey, fingerprint: toHex(smallDigest('sha256', publicKey)) }
}

function keyHash(name: string, typed: Uint8Array, smallDigest: SmallDigest): Uint8Array {
  return smallDigest('sha256', concatBytes(encodeUtf8(`${name}\n`), typed)).subarray(0, 4)
}

/** A signature line of a note, parted. */
export interface NoteSignature {
  readonly name: string
  /** Key ID, hex. */
  readonly hash: string
  /** What follows the key ID. */
  readonly signature: Uint8Array
}

/** `signature` as it stands in a note: base64 of key ID and signature. `undefined` when it is too short for both. */
export function partNoteSignature(name: string, signature: string): NoteSignature | undefined {
  const bytes = fromBase64(signature)
  if (bytes === undefined || bytes.length < 5) return undefined
  return { name, hash: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) }
}

/** What an Ed25519 signature is over, and the signature itself. */
export interface NoteSignatureQuestion {
  readonly message: Uint8Array
  readonly signature: Uint8Array
  /** When a witness says that it saw the checkpoint, in seconds since 1970; null of a log's own signature. */
  readonly time: number | null
}

/**
 * What a signature line under this key is over: the text of the note, and under a witness's key the time of the
 * cosignature before it (C2SP tlog-cosignature, cosignature/v1). `undefined` when the signature has not the length of its kind.
 */
export function noteSignatureQuestion(
  key: NoteKey,
  signature: Uint8Array,
  text: Uint8Array,
): NoteSignatureQuestion | undefined {
  if (key.type === 'ed25519') return signature.length === 64 ? { message: text, signature, time: null } : undefined
  if (signature.length !== 72) return undefined
  let time = 0
  for (const octet of signature.subarray(0, 8)) time = time * 256 + octet
  // Beyond 2^53 the number would not be the one that was signed.
  if (!Number.isSafeInteger(time)) return undefined
  return { message: cosignedMessage(text, time), signature: signature.subarray(8), time }
}

/** What a witness signs: C2SP tlog-cosignature, `cosignature/v1`. `time` in whole seconds since 1970. */
export function cosignedMessage(text: Uint8Array, time: number): Uint8Array {
  return concatBytes(encodeUtf8(`cosignature/v1\ntime ${time}\n`), text)
}
