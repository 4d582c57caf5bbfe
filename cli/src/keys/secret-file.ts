import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import { SourceFault } from '@probatum/core'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import { requireFileName, systemFault } from '../files.ts'

/** A key with its certificates has some kilobytes. */
const SECRET_BYTES = 1_048_576

/**
 * Reads a file with a key or a password, or standard input for `-`, gives its octets to `use`, and overwrites them whatever
 * happens. No text is made of them here, and no other copy. `isNamed` false: what was given is not repeated, because people
 * type a password where its file is meant.
 * @throws {SourceFault | InputError | UsageError} and what `use` throws
 */
export async function withSecretFile<T>(
  path: string,
  use: (secret: Uint8Array) => Promise<T>,
  isNamed = true,
): Promise<T> {
  requireFileName(path)
  const secret =
    path === '-'
      ? await readSecretStream(process.stdin, 'standard input')
      : await readSecret(path, isNamed ? path : 'the file with the password')
  try {
    return await use(secret)
  } finally {
    secret.fill(0)
  }
}

async function readSecret(path: string, name: string): Promise<Uint8Array> {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    throw fault(error, name)
  }
  try {
    const stats = fstatSync(file)
    // A pipe, as a shell's `<(…)` gives one.
    if (!stats.isFile() && !stats.isDirectory())
      return await readSecretStream(createReadStream('', { fd: file, autoClose: false }), name)
    if (stats.size > SECRET_BYTES) throw tooLarge(name)
    const secret = new Uint8Array(stats.size)
    let length = 0
    while (length < secret.length) {
      const count = readSync(file, secret, length, secret.length - length, null)
      if (count === 0) break
      length += count
    }
    return secret.subarray(0, length)
  } catch (error) {
    throw fault(error, name)
  } finally {
    closeSync(file)
  }
}

async function readSecretStream(stream: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of stream) {
    pieces.push(piece)
    length += piece.length
    if (length > SECRET_BYTES) throw tooLarge(name)
  }
  const secret = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    secret.set(piece, at)
    at += piece.length
    piece.fill(0)
  }
  return secret
}

const tooLarge = (name: string) =>
  new InputError(`${escapeForDisplay(name)} is larger than a key or a password can be.`, 'Is it the right file?')

/** Without its cause, which repeats what was typed. */
function fault(error: unknown, name: string): unknown {
  return error instanceof SourceFault ? error : systemFault(error, name, {})
}

/**
 * The password in the first line of a file: a view, which is overwritten with the file.
 * @throws {InputError} for a file that an editor or a shell wrote in an encoding of its own
 */
export function firstLine(secret: Uint8Array): Uint8Array {
  const [a, b, c] = secret
  const isWide = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  if (isWide || (a === 0xef && b === 0xbb && c === 0xbf))
    throw new InputError(
      `The file with the password ${isWide ? 'is in UTF-16' : 'begins with a byte order mark'}, which an editor or \`>\` of Windows PowerShell wrote: the password would be another one.`,
      'Save it anew in an editor as UTF-8, without a byte order mark (BOM).',
    )
  const end = secret.findIndex((byte) => byte === 10 || byte === 13)
  return end < 0 ? secret : secret.subarray(0, end)
}
