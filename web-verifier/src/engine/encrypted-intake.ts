import { type BundleSource, type EncryptionFacts, type Inflater, ParseError } from '@probatum/core'
import {
  type BlobAccess,
  IDENTITY_FILE_BYTES,
  type Identity,
  isIdentityFile,
  openEncrypted,
  openInside,
  parseIdentities,
  webCiphers,
} from '@probatum/platform/browser'
import type { FileId } from './engine.ts'

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
   * Takes a file when it is one of keys. Returns how many there are in it, null for another file.
   * @throws {ParseError} for keys that cannot be used, with nothing of them in it
   */
  async takeIdentities({ access }: Pick<EncryptedFile, 'access'>): Promise<number | null> {
    if (access.size > IDENTITY_FILE_BYTES) return null
    const bytes = await access.read(0, access.size)
    if (!isIdentityFile(bytes)) return null
    const identities = await parseIdentities(bytes)
    this.#identities.push(...identities)
    return identities.length
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
