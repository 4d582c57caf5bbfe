import { decodeUtf8, ParseError } from '@probatum/core'
import {
  type Identity,
  isLockedIdentityFile,
  KeyIdentity,
  parseIdentities,
  parseLockedIdentities,
} from '@probatum/platform/node'
import { privateKeyFromEncryptedPem, privateKeyFromPem, withPkcs12Key } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textOf, textsOf } from '../commands/report-output.ts'
import { InputError } from '../errors.ts'
import { todoOfOldEncryption } from './old-encryption.ts'
import { firstLine, withSecretFile } from './secret-file.ts'

const PEM = '-----BEGIN '
const TODO =
  'It is an identity file of age, a private key in PEM (PKCS #8), or PKCS #12; one under a password with --identity-password-file.'

/**
 * The files of `--identity`, under the password in the first line of `--identity-password-file`. What was read is overwritten, as
 * far as it is not text.
 * @throws {InputError | SourceFault} with nothing of key or password
 */
export async function readIdentityFiles(argv: Parsed): Promise<readonly Identity[]> {
  const paths = textsOf(argv, 'identity')
  const password = textOf(argv, 'identity-password-file')
  const identities: Identity[] = []
  for (const path of paths) {
    try {
      identities.push(...(await withSecretFile(path, (file) => readOne(file, password))))
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof ParseError)) throw error
      // Of a ParseError only what it expected: its other parts could be of the file.
      const why =
        error instanceof ParseError ? `${error.detail.where}: ${error.detail.expected ?? error.code}` : error.message
      throw new InputError(
        `--identity: ${escapeForDisplay(path)} cannot be used (${escapeForDisplay(why)}). Nothing was checked.`,
        todoOfOldEncryption(error, path) ?? TODO,
      )
    }
  }
  return identities
}

async function readOne(file: Uint8Array, passwordFile: string | undefined): Promise<readonly Identity[]> {
  if (passwordFile !== undefined && isLockedIdentityFile(file))
    return withSecretFile(passwordFile, (secret) => parseLockedIdentities(file, decodeUtf8(firstLine(secret)) ?? ''))
  const isPem = Buffer.from(file.buffer, file.byteOffset, file.length).includes(`${PEM}`)
  if (file[0] === 0x30) {
    if (passwordFile === undefined) throw new TypeError('PKCS #12 needs a password')
    return withSecretFile(passwordFile, (secret) =>
      withPkcs12Key(file, firstLine(secret), async (pkcs8) => [await KeyIdentity.of(pkcs8)]),
    )
  }
  if (!isPem || Buffer.from(file.buffer, file.byteOffset, file.length).includes(`${PEM}AGE `))
    return parseIdentities(file)
  const pkcs8 =
    passwordFile === undefined
      ? privateKeyFromPem(file)
      : await withSecretFile(passwordFile, (secret) => privateKeyFromEncryptedPem(file, firstLine(secret)))
  try {
    return [await KeyIdentity.of(pkcs8)]
  } finally {
    pkcs8.fill(0)
  }
}
