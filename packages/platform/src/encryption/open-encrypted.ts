import {
  ageRecipients,
  type BundleSource,
  cmsRecipients,
  decodeLatin1,
  describeEncryption,
  type EncryptionFacts,
  encryptionOf,
  type Inflater,
  LIMITS,
  openAgeArmor,
  openArchive,
  ParseError,
  type RandomAccess,
  readAgeHeader,
  readAuthEnvelopedData,
  toHex,
} from '@probatum/core'
import { AgeIdentity } from './age-identity.ts'
import type { Ciphers } from './ciphers.ts'
import { type Identity, requireWebCrypto } from './identities.ts'
import { KeyIdentity } from './key-identity.ts'
import { openAgeContent } from './open-age.ts'
import { openCmsContent } from './open-cms.ts'

/** Content that nobody reads before `checkAll` has resolved. */
export interface CheckedContent {
  readonly access: RandomAccess
  /** Reads everything once. @throws {ParseError} ERR_ENCRYPTION_TAG when a tag does not hold */
  checkAll(onProgress: (bytes: number) => void): Promise<void>
}

/** An encrypted file that was opened. */
export interface OpenEncrypted {
  /** The content. Every tag has been checked, over every byte. */
  readonly plaintext: RandomAccess
  readonly encryption: EncryptionFacts
  /**
   * Fingerprint of the key that opened it, hex: SHA-256 of the age recipient's ASCII bytes, or of the key's
   * SubjectPublicKeyInfo.
   */
  readonly recipient: string
}

/** How a file is opened. */
export interface OpenEncryptedOptions {
  /** For faults: of the file. */
  readonly name: string
  /** Bytes of plaintext whose tags hold so far, and all of them. */
  readonly onProgress?: (done: number, total: number) => void
}

/** Whether `openEncrypted` is for this file, by its first bytes. */
export async function isEncrypted(file: RandomAccess): Promise<boolean> {
  const kind = encryptionOf(decodeLatin1(await file.read(0, Math.min(file.size, 512))))
  return kind !== undefined && kind !== 'cms-without-tag'
}

/**
 * How a file is encrypted, which anybody can see.
 * @throws {ParseError} ERR_ENCRYPTION_STRUCTURE, ERR_ENCRYPTION_UNSUPPORTED, ERR_LIMIT
 * @throws {SourceFault} when it cannot be read
 */
export async function describeEncrypted(file: RandomAccess): Promise<EncryptionFacts> {
  return (await readEnvelope(file)).encryption
}

/**
 * Opens an encrypted file with the first identity that fits, and checks every authentication tag over every byte before it
 * returns. Then plaintext is made a few hundred kilobytes at a time, when it is asked for; none is ever written anywhere.
 * @throws {ParseError} ERR_ENCRYPTED without identities, ERR_ENCRYPTION_STRUCTURE, ERR_ENCRYPTION_UNSUPPORTED,
 *   ERR_ENCRYPTION_PASSPHRASE, ERR_ENCRYPTION_IDENTITY, ERR_ENCRYPTION_TAG, ERR_LIMIT
 * @throws {SourceFault} when it cannot be read
 */
export async function openEncrypted(
  file: RandomAccess,
  identities: readonly Identity[],
  ciphers: Ciphers,
  { name, onProgress }: OpenEncryptedOptions,
): Promise<OpenEncrypted> {
  requireWebCrypto()
  const envelope = await readEnvelope(file)
  const { encryption } = envelope
  if (encryption.recipients.includes('scrypt'))
    throw new ParseError('ERR_ENCRYPTION_PASSPHRASE', { where: 'age', field: 'recipients', found: 'scrypt' })
  if (identities.length === 0) throw new ParseError('ERR_ENCRYPTED', { where: 'file', found: encryption.format })
  const tries = envelope.stanzas * identities.length
  if (tries > LIMITS.encryptionTries)
    throw new ParseError('ERR_LIMIT', {
      where: encryption.format,
      field: 'recipients',
      expected: `at most ${Math.floor(LIMITS.encryptionTries / identities.length)} with ${identities.length} keys`,
      found: `${envelope.stanzas}`,
    })
  for (const identity of identities) {
    const content = await envelope.open(identity, ciphers, name)
    if (content === null) continue
    const { size } = content.access
    await content.checkAll((done) => onProgress?.(done, size))
    const recipient = toHex(await ciphers.sha256(identity.fingerprintOf()))
    return { plaintext: content.access, encryption, recipient }
  }
  if (envelope.isUnread)
    throw new ParseError('ERR_ENCRYPTION_UNSUPPORTED', {
      where: encryption.format,
      field: 'recipients',
      expected: READ_KINDS[encryption.format],
      found: [...new Set(encryption.recipients)].join(', '),
    })
  const kinds = [...new Set(identities.map(({ kind }) => (kind === 'age' ? 'age' : 'private key')))].join(', ')
  throw new ParseError('ERR_ENCRYPTION_IDENTITY', {
    where: encryption.format,
    field: 'recipients',
    expected: [...new Set(encryption.recipients)].join(', '),
    found: kinds,
  })
}

/**
 * The archive that was in an encrypted file, with what the file was added to what is said of the container.
 * @throws {ParseError} as openArchive does; ERR_ENCRYPTED_TWICE: the key that was given fitted, and there is another file to open
 * @throws {SourceFault} when it cannot be read
 */
export async function openInside(
  { plaintext, encryption }: Pick<OpenEncrypted, 'plaintext' | 'encryption'>,
  inflater: Inflater,
): Promise<BundleSource> {
  const source = await openArchive(plaintext, inflater).catch((error: unknown) => {
    if (!(error instanceof ParseError) || error.code !== 'ERR_ENCRYPTED') throw error
    throw new ParseError('ERR_ENCRYPTED_TWICE', error.detail)
  })
  return {
    kind: source.kind,
    entries: source.entries,
    irregular: source.irregular,
    oddities: [...describeEncryption(encryption), ...source.oddities],
    open: (entry) => source.open(entry),
    close: () => source.close(),
  }
}

/** Ways to a recipient that are read here, as a fault names them. */
const READ_KINDS = { age: 'X25519 or mlkem768x25519', cms: 'RSA with OAEP, or ECDH' } as const

interface Envelope {
  readonly encryption: EncryptionFacts
  /** No recipient is named in a way that is read here: no key can be tried, and whose file it is stays open. */
  readonly isUnread: boolean
  /** Recipients and whatever else is tried with a key. */
  readonly stanzas: number
  /** Null when the file is not for this identity. */
  open(identity: Identity, ciphers: Ciphers, name: string): Promise<CheckedContent | null>
}

async function readEnvelope(file: RandomAccess): Promise<Envelope> {
  const kind = encryptionOf(decodeLatin1(await file.read(0, Math.min(file.size, 2048))))
  if (kind === 'cms') {
    const data = await readAuthEnvelopedData(file)
    const encryption = { format: 'cms', isArmored: false, recipients: cmsRecipients(data) } as const
    return {
      encryption,
      isUnread: data.recipients.every(({ kind }) => kind === 'other'),
      stanzas: encryption.recipients.length,
      async open(identity, ciphers, name) {
        if (!(identity instanceof KeyIdentity)) return null
        for (const recipient of data.recipients) {
          const key = await identity.unwrap(recipient, data.keyBytes)
          if (key !== null) return openCmsContent(data, key, ciphers, name)
        }
        return null
      },
    }
  }
  if (kind !== 'age' && kind !== 'age-armor')
    throw new ParseError('ERR_ENCRYPTION_UNSUPPORTED', { where: 'file', expected: 'age or AuthEnvelopedData' })
  const isArmored = kind === 'age-armor'
  const binary = isArmored ? await openAgeArmor(file) : file
  const header = await readAgeHeader(binary)
  const recipients = ageRecipients(header)
  return {
    encryption: { format: 'age', isArmored, recipients },
    isUnread: recipients.length > 0 && !recipients.some((kind) => kind === 'X25519' || kind === 'mlkem768x25519'),
    stanzas: header.stanzas.length,
    async open(identity, ciphers, name) {
      if (!(identity instanceof AgeIdentity)) return null
      const fileKey = await identity.unwrap(header)
      return fileKey === null ? null : openAgeContent(binary, header, fileKey, ciphers, name)
    },
  }
}
