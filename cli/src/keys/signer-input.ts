import { ParseError, parseCertificate } from '@probatum/core'
import {
  certificateParts,
  certificatesFromPem,
  type Pkcs12Signer,
  pkcs8SigningKey,
  privateKeyFromEncryptedPem,
  privateKeyFromPem,
  type RsaScheme,
  type SealSigner,
  type SigningKey,
  signerFromPkcs12,
  signingKeyOf,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textOf } from '../commands/report-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole } from '../files.ts'
import { todoOfOldEncryption } from './old-encryption.ts'
import { firstLine, withSecretFile } from './secret-file.ts'

/** A key that is here, with its certificates: the signer's first, DER. */
export interface LocalSigner extends SealSigner {
  readonly key: SigningKey
}

const KEY_TODO =
  'The key is PEM in PKCS #8 (openssl pkcs8 -topk8), an encrypted one with --password-file; the chain is PEM, the signer’s certificate first.'

/** What `signingKeyOf` says of a key that belongs to another certificate. */
const NOT_OF_CERTIFICATE = 'the private key is not the certificate’s'

function subjectOf(der: Uint8Array): string {
  try {
    return parseCertificate(der).subject.text
  } catch (error) {
    if (error instanceof ParseError) return 'somebody whose name does not read'
    throw error
  }
}

/** How `--rsa-pss` has an RSA key sign. */
export const rsaOf = (argv: Parsed): RsaScheme => (argv['rsa-pss'] === true ? 'rsa-pss' : 'rsa-pkcs1')

/**
 * The key of `--key` and the certificates of `--chain`, or both from `--p12`. The octets of the files are overwritten as soon as
 * the key is read.
 * @throws {InputError} when they cannot be used; nothing of key or password is in it
 */
export async function readSigner(argv: Parsed): Promise<LocalSigner> {
  if (argv.p12 !== undefined) return readPkcs12(argv)
  const certificates = await readCertificates(argv, 'chain')
  return readKey(argv, certificates, { key: 'key', password: 'password-file' })
}

/** The key of `--pq-key` and the certificates of `--pq-chain`; undefined when neither is given. @throws as `readSigner` */
export async function readPostQuantumSigner(argv: Parsed): Promise<LocalSigner | undefined> {
  requireTogether(argv, 'pq-key', 'pq-chain')
  if (argv['pq-key'] === undefined) return undefined
  const certificates = await readCertificates(argv, 'pq-chain')
  return readKey(argv, certificates, { key: 'pq-key', password: 'pq-password-file' })
}

/** Certificates of a signer whose key is not here. @throws {InputError} */
export async function readAbsentSigner(argv: Parsed, chain: 'chain' | 'pq-chain'): Promise<SealSigner> {
  return { key: null, certificates: await readCertificates(argv, chain), rsa: rsaOf(argv) }
}

async function readKey(
  argv: Parsed,
  certificates: readonly Uint8Array[],
  option: { readonly key: string; readonly password: string },
): Promise<LocalSigner> {
  const { spki, der } = certificateParts(certificates[0] ?? new Uint8Array())
  try {
    const key = await readPrivateKey(argv, option, (pkcs8) => signingKeyOf(spki, pkcs8, rsaOf(argv)))
    return { key, certificates }
  } catch (error) {
    if (error instanceof TypeError && error.message === NOT_OF_CERTIFICATE)
      throw new InputError(
        `--${option.key}: ${escapeForDisplay(String(argv[option.key]))} is not the key of the first certificate, which is that of ${escapeForDisplay(subjectOf(der))}. Nothing was signed.`,
        'Give the key that belongs to this certificate, or the certificate of this key; the signer’s own certificate stands first in its file.',
        { cause: error },
      )
    const old = todoOfOldEncryption(error, String(argv[option.key]))
    throw unusable(error, `--${option.key}`, old ?? todoOfPassword(error, option.password) ?? KEY_TODO)
  }
}

/** Gives the key of an option to `use` as PKCS#8, and overwrites it. @throws TypeError, and as `withSecretFile` */
function readPrivateKey<T>(
  argv: Parsed,
  option: { readonly key: string; readonly password: string },
  use: (pkcs8: Uint8Array) => Promise<T>,
): Promise<T> {
  return withSecretFile(String(argv[option.key]), async (pem) => {
    const path = textOf(argv, option.password)
    const pkcs8 =
      path === undefined
        ? privateKeyFromPem(pem)
        : await withSecretFile(path, (secret) => privateKeyFromEncryptedPem(pem, firstLine(secret)), false)
    try {
      return await use(pkcs8)
    } finally {
      pkcs8.fill(0)
    }
  })
}

/**
 * A private key that needs no certificate: of a log, of a witness.
 * @throws TypeError when it cannot be used; nothing of the key is in it
 */
export function readLoneKey(path: string): Promise<SigningKey> {
  return readPrivateKey({ _: [], key: path }, { key: 'key', password: 'password-file' }, (pkcs8) =>
    pkcs8SigningKey(pkcs8),
  )
}

/** The key and the certificates of `--p12`, under the password in the first line of `--password-file`. @throws {InputError} */
async function readPkcs12(argv: Parsed): Promise<Pkcs12Signer> {
  if (argv['password-file'] === undefined)
    throw new UsageError(
      '--p12 and --password-file go together.',
      'Write the password to a file that only you can read.',
    )
  try {
    return await withSecretFile(String(argv.p12), (file) =>
      withSecretFile(
        String(argv['password-file']),
        (secret) => signerFromPkcs12(file, firstLine(secret), rsaOf(argv)),
        false,
      ),
    )
  } catch (error) {
    throw unusable(
      error,
      '--p12',
      todoOfOldEncryption(error, String(argv.p12)) ??
        todoOfPassword(error, 'password-file') ??
        'Check the password, and that it is PKCS #12 (.p12, .pfx) with one private key and its certificate. PEM is given with --key and --chain.',
    )
  }
}

async function readCertificates(argv: Parsed, option: string): Promise<readonly Uint8Array[]> {
  const path = String(argv[option])
  try {
    const certificates = certificatesFromPem(await readWhole(path, 1_048_576))
    for (const certificate of certificates) certificateParts(certificate)
    return certificates
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof ParseError)) throw error
    throw new InputError(
      `--${option}: ${escapeForDisplay(path)} holds no certificates that can be used (${escapeForDisplay(error instanceof ParseError ? error.code : error.message)}).`,
      'It is PEM (-----BEGIN CERTIFICATE-----), the signer’s certificate first, then those of the authorities, without the root.',
      { cause: error },
    )
  }
}

/** Where the password is what is wrong, or missing. */
function todoOfPassword(error: unknown, option: string): string | undefined {
  if (!(error instanceof TypeError)) return undefined
  if (/no password was given$/.test(error.message))
    return `Write its password to a file that only you can read, and give that file with --${option}.`
  if (!/another password/.test(error.message)) return undefined
  return `Check the file of --${option}: its first line is the password, to the last space, in UTF-8.`
}

function unusable(error: unknown, option: string, todo: string): unknown {
  if (!(error instanceof TypeError)) return error
  return new InputError(`Key or certificates cannot be used (${option}): ${escapeForDisplay(error.message)}.`, todo, {
    cause: error,
  })
}

/** @throws {UsageError} */
function requireTogether(argv: Parsed, ...options: readonly [string, string]): void {
  const [given, missing] = argv[options[0]] === undefined ? [options[1], options[0]] : options
  if (argv[given] !== undefined && argv[missing] === undefined)
    throw new UsageError(`--${given} needs --${missing}.`, 'Give both, or neither.')
}

/**
 * Options that say who signs, where the key is here.
 * @throws {UsageError}
 */
export function requireSigner(argv: Parsed): void {
  const own = ['key', 'chain'].filter((name) => argv[name] !== undefined)
  if (argv.p12 !== undefined && own.length > 0)
    throw new UsageError('--p12 has the key and its certificates.', 'Leave --key and --chain out.')
  if (argv.p12 !== undefined && argv['password-file'] === undefined)
    throw new UsageError(
      '--p12 and --password-file go together.',
      'Write the password to a file that only you can read.',
    )
  requireTogether(argv, 'pq-key', 'pq-chain')
}
