import {
  certificatesFromPem,
  type Pkcs12Signer,
  pkcs8SigningKey,
  privateKeyFromPem,
  type SigningKey,
  signerFromPkcs12,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError } from './errors.ts'
import { readWhole } from './files.ts'

/**
 * The key of `--key` and the certificates of `--chain`.
 * @throws {InputError} when they cannot be used; nothing of the key is in it
 */
export async function readSigner(
  argv: Parsed,
): Promise<{ readonly key: SigningKey; readonly certificates: readonly Uint8Array[] }> {
  const read = (option: string) => readWhole(String(argv[option]), 1_048_576)
  try {
    const key = await pkcs8SigningKey(privateKeyFromPem(await read('key')))
    return { key, certificates: certificatesFromPem(await read('chain')) }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new InputError(
      `Key or certificates cannot be used: ${escapeForDisplay(error.message)}.`,
      'The key is PEM in PKCS #8, not encrypted (openssl pkcs8 -topk8 -nocrypt); the chain is PEM, the signer’s certificate first.',
      { cause: error },
    )
  }
}

/** The key and the certificates of `--p12`, under the password in the first line of `--password-file`. @throws {InputError} */
export async function readPkcs12(argv: Parsed): Promise<Pkcs12Signer> {
  const file = await readWhole(String(argv.p12), 1_048_576)
  const written = await readWhole(String(argv['password-file']), 65_536)
  const end = written.findIndex((byte) => byte === 10 || byte === 13)
  try {
    return await signerFromPkcs12(file, end < 0 ? written : written.subarray(0, end))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new InputError(
      `The key cannot be used: ${escapeForDisplay(error.message)}.`,
      'Check the password; a file of an older form can be written anew with openssl pkcs12.',
      { cause: error },
    )
  }
}
