import { decodeUtf8, ParseError, parsePem } from '@probatum/core'
import { type AgeIdentity, parseAgeIdentities } from './age-identity.ts'
import { KeyIdentity } from './key-identity.ts'

/** Somebody's private key, by which an encrypted file is opened. */
export type Identity = AgeIdentity | KeyIdentity

/**
 * A page that came over plain HTTP has none: then nothing is said of keys or files.
 * @throws {ParseError} ERR_ENCRYPTION_UNSUPPORTED
 */
export function requireWebCrypto(): void {
  if ((globalThis.crypto as Crypto | undefined)?.subtle === undefined)
    throw new ParseError('ERR_ENCRYPTION_UNSUPPORTED', {
      where: 'platform',
      expected: 'Web Crypto, in a secure context',
    })
}

/** What a file of identities is at most: some thousand lines. */
export const IDENTITY_FILE_BYTES = 1_048_576

/** Whether a file is one that `parseIdentities` is for; what it says of a key is not looked at. */
export function isIdentityFile(bytes: Uint8Array): boolean {
  if (bytes.length > IDENTITY_FILE_BYTES) return false
  const text = decodeUtf8(bytes)
  if (text === undefined) return false
  return /^AGE-(?:SECRET-KEY|PLUGIN)-/m.test(text) || /^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/m.test(text)
}

/**
 * Reads an identity file of age, or private keys in PEM (PKCS #8, not encrypted).
 * @throws {ParseError} ERR_IDENTITY, ERR_PEM, ERR_LIMIT, with nothing of a key in it
 */
export async function parseIdentities(bytes: Uint8Array): Promise<readonly Identity[]> {
  requireWebCrypto()
  const refused = (expected: string, found?: string) =>
    new ParseError('ERR_IDENTITY', { where: 'identity file', expected, ...(found === undefined ? {} : { found }) })
  if (bytes.length > IDENTITY_FILE_BYTES) throw refused(`at most ${IDENTITY_FILE_BYTES} bytes`)
  const text = decodeUtf8(bytes)
  if (text === undefined) throw refused('a text')
  if (/^age-encryption\.org\/|^-----BEGIN AGE ENCRYPTED FILE-----/.test(text.trimStart()))
    throw refused('an identity file that is not itself encrypted')
  if (!text.includes('-----BEGIN ')) return parseAgeIdentities(text)
  const blocks = parsePem(bytes, 'identity file').filter(({ label }) => label.endsWith('PRIVATE KEY'))
  const identities: KeyIdentity[] = []
  for (const { label, der } of blocks) {
    if (label !== 'PRIVATE KEY') throw refused('PKCS #8, not encrypted', label)
    identities.push(await KeyIdentity.of(der))
  }
  if (identities.length === 0) throw refused('a private key', 'none')
  return identities
}
