import { decodeUtf8, ParseError } from '@probatum/core'
import type { AgeIdentity } from './age-identity.ts'
import { parseAgeIdentities } from './age-identity.ts'
import { IDENTITY_FILE_BYTES } from './identities.ts'

const BINARY = 'age-encryption.org/v1\n-> scrypt '
const ARMOURED = '-----BEGIN AGE ENCRYPTED FILE-----'

/**
 * Whether a file is under a passphrase of age (`age -p`) and small enough for identities. What is in it shows only when it is open:
 * it may be anything.
 */
export function isLockedIdentityFile(bytes: Uint8Array): boolean {
  if (bytes.length > IDENTITY_FILE_BYTES) return false
  const head = String.fromCharCode(...bytes.subarray(0, 200))
  if (head.startsWith(BINARY)) return true
  if (!head.trimStart().startsWith(ARMOURED)) return false
  const [line = ''] = head.trimStart().slice(ARMOURED.length).trimStart().split(/\r?\n/)
  return atob(line.slice(0, 40)).startsWith(BINARY.slice(0, 30))
}

/**
 * Identities of age in a file under a passphrase. The work that the file asks for is bounded: at most 2^20 (C2SP age.md, "scrypt").
 * @throws {ParseError} ERR_IDENTITY for another passphrase, and for what is no identity; with nothing of passphrase or key in it
 */
export async function parseLockedIdentities(bytes: Uint8Array, passphrase: string): Promise<readonly AgeIdentity[]> {
  const { armor, Decrypter } = await import('age-encryption')
  let opened: Uint8Array
  try {
    const decrypter = new Decrypter()
    decrypter.addPassphrase(passphrase)
    const text = decodeUtf8(bytes)
    opened = await decrypter.decrypt(text?.trimStart().startsWith(ARMOURED) === true ? armor.decode(text) : bytes)
  } catch {
    // The library's error is not passed on: it may hold what was typed.
    throw new ParseError('ERR_IDENTITY', { where: 'identity file', expected: 'its passphrase', found: 'another' })
  }
  try {
    const text = decodeUtf8(opened)
    if (text === undefined) throw new ParseError('ERR_IDENTITY', { where: 'identity file', expected: 'a text' })
    return await parseAgeIdentities(text)
  } finally {
    opened.fill(0)
  }
}
