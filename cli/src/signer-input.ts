import { certificatesFromPem, pkcs8SigningKey, privateKeyFromPem, type SigningKey } from '@probatum/seal'
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
