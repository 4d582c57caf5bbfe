import { createCipheriv, createHash } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { decodeUtf8, encodeUtf8, type Instant, ParseError, parsePem, toHex } from '@probatum/core'
import {
  type AgeRecipient,
  ageRecipient,
  CMS_ENCRYPTION_BYTES,
  courierReceiptJson,
  courierReceiptText,
  type EncryptionRecipient,
  encryptAge,
  encryptCms,
  parseAgeRecipients,
  platformRandom,
  type RecipientCertificate,
  randomOuterName,
  recipientCertificate,
  recipientFingerprint,
  type SealableFile,
  type StartGcm,
  writeZip,
  zipBytes,
} from '@probatum/seal'
import { escapeForDisplay, groupDigits, quoteForShell, sayBytes } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, writeNew } from '../files.ts'
import { PROGRAM } from '../program.ts'
import { isPreparing } from '../sealing/seal-signing.ts'

/** To whom something is encrypted: one form, because it is one file. */
export type Encryption =
  | { readonly format: 'age'; readonly recipients: readonly AgeRecipient[] }
  | { readonly format: 'cms'; readonly recipients: readonly RecipientCertificate[] }

/**
 * The recipients of `--encrypt-to`, read before any work; undefined when the option is not given.
 * @throws {UsageError | InputError | SourceFault}
 */
export async function chooseEncryption(argv: Parsed, now: Instant): Promise<Encryption | undefined> {
  return encryptionTo(textsOf(argv, 'encrypt-to'), now)
}

/**
 * The same for several bundles in one run: `NAME=RECIPIENT`, each bundle by the name of its policy; without a name where there is
 * one bundle only. All of them are encrypted, or none.
 * @throws {UsageError | InputError | SourceFault}
 */
export async function chooseEncryptions(
  argv: Parsed,
  names: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, Encryption>> {
  const given = textsOf(argv, 'encrypt-to').map((text) => {
    const name = names.find((one) => text.startsWith(`${one}=`))
    return name === undefined ? { name: undefined, text } : { name, text: text.slice(name.length + 1) }
  })
  const chosen = new Map<string, Encryption>()
  if (given.length === 0) return chosen
  if (names.length > 1 && given.some(({ name }) => name === undefined))
    throw new UsageError(
      '--encrypt-to: several bundles are made, and it does not say which of them is for whom.',
      `Write NAME=RECIPIENT, with the names ${names.join(', ')}.`,
    )
  for (const one of names) {
    const own = given.filter(({ name }) => name === undefined || name === one).map(({ text }) => text)
    const encryption = await encryptionTo(own, now)
    if (encryption === undefined)
      throw new UsageError(
        `--encrypt-to: nobody is named for ${escapeForDisplay(one)}, which would be left in the clear.`,
        'Name a recipient for each bundle, or for none.',
      )
    chosen.set(one, encryption)
  }
  return chosen
}

/**
 * What was approved for one key is not encrypted past it; others, such as the archive's own, may open it too.
 * @param key fingerprint in the sharing request, hex; null where it names none
 * @throws {InputError}
 */
export function requireApprovedKey({ recipients }: Encryption, key: string | null): void {
  if (key === null || recipients.some((recipient) => recipientFingerprint(recipient) === key)) return
  throw new InputError(
    '--encrypt-to names other keys than the one that this sharing was approved for. Nothing was sealed.',
    `Encrypt to the recipient's own key, whose fingerprint stands in the request: ${key}.`,
  )
}

/** Neither a time-stamp nor a signature that is to be added later finds its place in an encrypted file. @throws {UsageError} */
export function requireWholeSeal(argv: Parsed): void {
  if (isPreparing(argv))
    throw new UsageError(
      '--encrypt-to: what is prepared has no signature yet, and none can be put into an encrypted bundle.',
      `Finish it with embed first, then: ${PROGRAM} encrypt BUNDLE --encrypt-to RECIPIENT -o OUT/`,
    )
  if (argv['tsa-later'] === undefined) return
  throw new UsageError(
    '--encrypt-to: no time-stamp can be added to an encrypted bundle, and --tsa-later leaves one out.',
    `Seal without --encrypt-to, attach the time-stamp, then: ${PROGRAM} encrypt BUNDLE --encrypt-to RECIPIENT -o OUT/`,
  )
}

async function encryptionTo(given: readonly string[], now: Instant): Promise<Encryption | undefined> {
  const recipients: EncryptionRecipient[] = []
  for (const text of given) recipients.push(...(await readRecipients(text)))
  if (recipients.length === 0) return undefined
  for (const recipient of recipients)
    if (recipient.format === 'cms' && recipient.validUntil < now.epochSeconds)
      throw new InputError(
        `--encrypt-to: the certificate of ${recipient.name} has expired.`,
        'Ask the recipient for the certificate of the key that is in use: with an old one nobody may have the key any more.',
      )
  const age = recipients.filter((recipient) => recipient.format === 'age')
  const cms = recipients.filter((recipient) => recipient.format === 'cms')
  if (age.length > 0 && cms.length > 0)
    throw new UsageError(
      '--encrypt-to: recipients of age and certificates cannot have one file together.',
      'Make one file for each kind: `probatum encrypt` wraps the same bundle again.',
    )
  return age.length > 0 ? { format: 'age', recipients: age } : { format: 'cms', recipients: cms }
}

async function readRecipients(text: string): Promise<readonly EncryptionRecipient[]> {
  const refused = (what: string, why: string) =>
    new InputError(
      `--encrypt-to: ${what} cannot be encrypted to: ${escapeForDisplay(why)}.`,
      'Give a recipient of age (age1…), a file with such recipients, or a file with a certificate, PEM or DER.',
    )
  if (/^(?:age1|ssh-)/.test(text)) {
    try {
      return [ageRecipient(text)]
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      throw refused('this', error.message)
    }
  }
  const bytes = await readWhole(text, 1_048_576)
  const content = decodeUtf8(bytes)
  try {
    if (/^AGE-SECRET-KEY-|-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/m.test(content ?? ''))
      throw new TypeError('it holds a private key, which belongs to nobody but the recipient')
    if (bytes[0] === 0x30) return [recipientCertificate(bytes)]
    if (content === undefined) throw new TypeError('it is neither a certificate nor a text')
    if (!content.includes('-----BEGIN ')) return parseAgeRecipients(content)
    const certificates = parsePem(bytes, 'certificate').filter(({ label }) => label === 'CERTIFICATE')
    const [first, second] = certificates
    if (first === undefined) throw new TypeError('there is no certificate in it')
    if (second !== undefined)
      throw new TypeError('there are several certificates in it, and which is the recipient’s is not clear')
    return [recipientCertificate(first.der)]
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof ParseError)) throw error
    throw refused(escapeForDisplay(text), error instanceof ParseError ? error.code : error.message)
  }
}

/** What is encrypted: its size stands in the front of a CMS file. */
export interface Plaintext {
  readonly size: number
  readonly pieces: AsyncIterable<Uint8Array>
}

/** A bundle that was written, as the ZIP that it travels in. @param named as what unpacking makes it */
export function zipOf(sink: { files(): ReadonlyMap<string, SealableFile> }, named: string): Plaintext {
  const input = { topFolder: basename(resolve(named)) || 'bundle', files: sink.files() }
  return { size: zipBytes(input), pieces: writeZip(input) }
}

/** @throws {InputError} before any work, when the form has no room for it */
export function requireEncryptable({ format, recipients }: Encryption, size: number): void {
  if (format === 'age' || size <= CMS_ENCRYPTION_BYTES) return
  throw new InputError(
    `The bundle has ${sayBytes(size)}, and more than ${sayBytes(CMS_ENCRYPTION_BYTES)} are not encrypted to a certificate: programs for it read the whole into memory.`,
    `Ask ${recipients[0]?.name ?? 'the recipient'} for a recipient of age (\`age-keygen -o key.txt\` prints one), then: ${PROGRAM} encrypt BUNDLE --encrypt-to age1… -o OUT/ — or with age itself: \`zip -0 -r - BUNDLE | age -r age1… -o FILE.age\``,
  )
}

export interface EncryptedOutput {
  /** Name of the encrypted file: random. */
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

/**
 * Makes a folder with the encrypted file and the courier's receipts. No plaintext is written: it goes from the bundle's files
 * through the cipher to the disk.
 */
export async function writeEncrypted(
  folder: string,
  encryption: Encryption,
  plaintext: Plaintext,
  made: Instant,
): Promise<EncryptedOutput> {
  requireEncryptable(encryption, plaintext.size)
  mkdirSync(folder)
  const file = randomOuterName(platformRandom, encryption.format)
  const sealed =
    encryption.format === 'age'
      ? encryptAge(encryption.recipients, plaintext.pieces)
      : encryptCms(
          { recipients: encryption.recipients, size: plaintext.size, random: platformRandom, startGcm },
          plaintext.pieces,
        )
  const hash = createHash('sha256')
  let bytes = 0
  const target = await open(join(folder, file), 'wx', 0o600)
  try {
    for await (const piece of sealed) {
      hash.update(piece)
      bytes += piece.length
      await target.writeFile(piece)
    }
    await target.sync()
  } finally {
    await target.close()
  }
  const sha256 = toHex(new Uint8Array(hash.digest()))
  await requireWritten(join(folder, file), sha256)
  const receipt = { file, bytes, sha256, format: encryption.format, made }
  const stem = file.replace(/\.[a-z0-9]+$/, '')
  await writeNew(join(folder, `${stem}.receipt.txt`), encodeUtf8(courierReceiptText(receipt)))
  await writeNew(join(folder, `${stem}.receipt.json`), encodeUtf8(courierReceiptJson(receipt)))
  return { file, bytes, sha256 }
}

/** The receipt is about what lies on the disk. */
async function requireWritten(path: string, sha256: string): Promise<void> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece)
  if (hash.digest('hex') !== sha256)
    throw new InputError(
      'The encrypted file reads otherwise than it was written. Nothing was handed over.',
      'Check the disk and the memory of this computer, and write to another one.',
    )
}

const startGcm: StartGcm = (key, nonce) => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return {
    update: (bytes) => cipher.update(bytes),
    finish() {
      cipher.final()
      return cipher.getAuthTag()
    },
  }
}

/** To whom, in words: certificates by their subjects, recipients of age as they are typed. */
export function sayRecipients(encryption: Encryption): string {
  const names =
    encryption.format === 'age'
      ? encryption.recipients.map(({ text }) => text.slice(0, 80))
      : encryption.recipients.map(({ name }) => escapeForDisplay(name))
  return `to ${names.join(', ')}`
}

/** @param folder where the file lies in the end */
export function sayEncrypted(
  { file, bytes, sha256 }: EncryptedOutput,
  { recipients }: Encryption,
  folder: string,
  trust = '',
): string[] {
  const path = join(folder, file)
  const count = `${groupDigits(recipients.length)} ${recipients.length === 1 ? 'recipient' : 'recipients'}`
  return [
    `Encrypted to ${count}: ${escapeForDisplay(path)} (${sayBytes(bytes)})`,
    `sha256     ${sha256}  of the encrypted file; it stands in the receipt beside it`,
    'Send the encrypted file with its receipt, and nothing else that lies here.',
    `Its recipient checks it:  ${PROGRAM} verify ${quoteForShell(path)} --identity KEY-FILE${trust}`,
  ]
}
