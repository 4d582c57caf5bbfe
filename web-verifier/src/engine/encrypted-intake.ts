import {
  type BundleSource,
  decodeUtf8,
  type EncryptionFacts,
  encodeUtf8,
  type Inflater,
  ParseError,
} from '@probatum/core'
import {
  type BlobAccess,
  IDENTITY_FILE_BYTES,
  type Identity,
  isIdentityFile,
  isLockedIdentityFile,
  KeyIdentity,
  openEncrypted,
  openInside,
  parseIdentities,
  parseLockedIdentities,
  webCiphers,
} from '@probatum/platform/browser'
import { privateKeyFromEncryptedPem, withPkcs12Key } from '@probatum/seal/keys'
import { EngineError, type FileId } from './engine.ts'

/** An encrypted file that was given. */
export interface EncryptedFile {
  readonly id: FileId
  readonly path: string
  readonly name: string
  readonly access: BlobAccess
}

export interface OpenedFile {
  readonly source: BundleSource
  readonly encryption: EncryptionFacts
  /** Fingerprint of the key that opened it, hex. */
  readonly recipient: string
}

/** Bytes of an encrypted file whose authentication tags hold so far. */
export type OnChecked = (done: number, total: number) => void

/** Keys that were given, and encrypted files that wait for theirs. In the worker alone, and gone with it. */
export class EncryptedIntake {
  readonly #inflater: Inflater
  readonly #identities: Identity[] = []
  #waiting: EncryptedFile[] = []

  constructor(inflater: Inflater) {
    this.#inflater = inflater
  }

  /**
   * Takes a file when it is one of keys. Returns how many there are in it, `locked` for one that wants a pass phrase, null for
   * another file.
   * @throws {ParseError} for keys that cannot be used, with nothing of them in it
   */
  async takeIdentities({ access }: Pick<EncryptedFile, 'access'>): Promise<number | 'locked' | null> {
    if (access.size > IDENTITY_FILE_BYTES) return null
    const bytes = await access.read(0, access.size)
    if (lockOf(bytes) !== null) return 'locked'
    if (!isIdentityFile(bytes)) return null
    const identities = await parseIdentities(bytes)
    this.#identities.push(...identities)
    return identities.length
  }

  /**
   * Takes the keys of a file under a pass phrase. Returns how many there are in it.
   * @throws {EngineError} `passphrase`, with nothing of it or of a key
   */
  async unlock({ access }: Pick<EncryptedFile, 'access'>, passphrase: string): Promise<number> {
    const bytes = await access.read(0, access.size)
    try {
      const identities = await unlocked(bytes, passphrase)
      this.#identities.push(...identities)
      return identities.length
    } catch (error) {
      if (error instanceof ParseError)
        throw new EngineError({ kind: 'passphrase', what: error.detail.found === 'another' ? 'not-open' : 'no-key' })
      if (error instanceof TypeError) throw new EngineError({ kind: 'passphrase', what: 'not-open' })
      throw error
    }
  }

  /**
   * Opens an encrypted file, or keeps it until its key is given.
   * @throws {ParseError} why it is not open; it waits when another key could help
   */
  async open(file: EncryptedFile, onChecked: OnChecked): Promise<OpenedFile> {
    try {
      return await this.#tryOpen(file, onChecked)
    } catch (error) {
      const isForAnother =
        error instanceof ParseError && (error.code === 'ERR_ENCRYPTED' || error.code === 'ERR_ENCRYPTION_IDENTITY')
      if (isForAnother) this.#waiting.push(file)
      throw error
    }
  }

  /** Files that waited, now that another key is here: each is asked for again with `open`. */
  takeWaiting(): readonly EncryptedFile[] {
    const waiting = this.#waiting
    this.#waiting = []
    return waiting
  }

  async #tryOpen({ name, access }: EncryptedFile, onChecked: OnChecked): Promise<OpenedFile> {
    const opened = await openEncrypted(access, this.#identities, webCiphers, { name, onProgress: onChecked })
    const { encryption, recipient } = opened
    return { source: await openInside(opened, this.#inflater), encryption, recipient }
  }
}

/** What keeps a file of keys closed; null where nothing does. */
function lockOf(bytes: Uint8Array): 'age' | 'pem' | 'pkcs12' | null {
  if (isLockedIdentityFile(bytes)) return 'age'
  if (isPkcs12(bytes)) return 'pkcs12'
  const text = bytes[0] === 0x30 ? undefined : decodeUtf8(bytes)
  return text !== undefined && /^-----BEGIN ENCRYPTED PRIVATE KEY-----/m.test(text) ? 'pem' : null
}

/** RFC 7292 §4: version 3, then a ContentInfo. */
function isPkcs12(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30) return false
  const length = bytes[1] ?? 0
  const at = 2 + (length > 0x80 ? length & 0x7f : 0)
  return bytes[at] === 0x02 && bytes[at + 1] === 1 && bytes[at + 2] === 3 && bytes[at + 3] === 0x30
}

async function unlocked(bytes: Uint8Array, passphrase: string): Promise<readonly Identity[]> {
  const lock = lockOf(bytes)
  if (lock === 'age') return parseLockedIdentities(bytes, passphrase)
  const password = encodeUtf8(passphrase)
  try {
    if (lock === 'pkcs12') return await withPkcs12Key(bytes, password, async (pkcs8) => [await KeyIdentity.of(pkcs8)])
    const pkcs8 = await privateKeyFromEncryptedPem(bytes, password)
    try {
      return [await KeyIdentity.of(pkcs8)]
    } finally {
      pkcs8.fill(0)
    }
  } finally {
    password.fill(0)
  }
}
