import { equalBytes } from '@probatum/core'
import { derOid } from '../der/der.ts'
import { type DerPart, derInside } from '../der/der-read.ts'
import { own } from './signing-key.ts'

const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'
const CIPHERS: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.1.2': 128,
  '2.16.840.1.101.3.4.1.22': 192,
  '2.16.840.1.101.3.4.1.42': 256,
}
const PSEUDO_RANDOM: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'SHA-1',
  '1.2.840.113549.2.9': 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
}
/** Ten times what is common; more only keeps a person waiting. */
const ITERATIONS = 20_000_000

function is(part: DerPart | undefined, dotted: string): boolean {
  return part !== undefined && equalBytes(part.whole, derOid(dotted))
}

function rowOf<T>(table: Readonly<Record<string, T>>, part: DerPart | undefined): T | undefined {
  return Object.entries(table).find(([dotted]) => is(part, dotted))?.[1]
}

/**
 * PBES1 (RFC 8018 §6.1) and the schemes of RFC 7292 Appendix C: single DES, RC2 with 40 bits, or 3DES, under SHA-1. They are not
 * read: a stock program writes such a file anew, once, and who has read it must know how.
 */
export class OldEncryptionError extends TypeError {
  readonly form: 'pkcs12' | 'pem'

  constructor(what: string) {
    super(`${what}: encrypted in an old way that is not read here`)
    this.form = what === 'PKCS #12' ? 'pkcs12' : 'pem'
  }
}

/**
 * Decrypts under PBES2 (RFC 8018 §6.2) with PBKDF2 and AES in CBC. Throws TypeError for another encryption or another password;
 * neither password nor content is in it. The result is the caller's to overwrite.
 */
export async function decryptPbes2(
  algorithm: DerPart | undefined,
  encrypted: Uint8Array,
  password: Uint8Array,
  what: string,
): Promise<Uint8Array> {
  const [scheme, parameters] = derInside(algorithm?.whole ?? new Uint8Array(), 0x30, what)
  if (!is(scheme, PBES2)) throw new OldEncryptionError(what)
  const [kdf, cipher] = derInside(parameters?.whole ?? new Uint8Array(), 0x30, what)
  const [kdfType, kdfParameters] = derInside(kdf?.whole ?? new Uint8Array(), 0x30, what)
  const [cipherType, iv] = derInside(cipher?.whole ?? new Uint8Array(), 0x30, what)
  const length = rowOf(CIPHERS, cipherType)
  if (!is(kdfType, PBKDF2) || length === undefined || iv?.tag !== 0x04)
    throw new TypeError(`${what}: encrypted in a way that is not read here`)
  const [salt, rounds, ...rest] = derInside(kdfParameters?.whole ?? new Uint8Array(), 0x30, what)
  const prf = rest.find(({ tag }) => tag === 0x30)
  // RFC 8018 §A.2: HMAC with SHA-1 is the default.
  const hash = prf === undefined ? 'SHA-1' : rowOf(PSEUDO_RANDOM, derInside(prf.whole, 0x30, what)[0])
  if (hash === undefined || salt?.tag !== 0x04) throw new TypeError(`${what}: encrypted in a way that is not read here`)
  const iterations = (rounds?.content ?? new Uint8Array()).reduce((sum, octet) => sum * 256 + octet, 0)
  if (iterations < 1 || iterations > ITERATIONS) throw new TypeError(`${what}: ${iterations} rounds`)
  const { subtle } = globalThis.crypto
  const copy = own(password)
  try {
    const secret = await subtle.importKey('raw', copy, 'PBKDF2', false, ['deriveKey'])
    const key = await subtle.deriveKey(
      { name: 'PBKDF2', hash, salt: own(salt.content), iterations },
      secret,
      { name: 'AES-CBC', length },
      false,
      ['decrypt'],
    )
    return new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv: own(iv.content) }, key, own(encrypted)))
  } catch (cause) {
    throw new TypeError(`${what}: another password`, { cause })
  } finally {
    copy.fill(0)
  }
}

/** PKCS#8 from EncryptedPrivateKeyInfo (RFC 5958 §3). Throws as `decryptPbes2`. */
export async function decryptPkcs8(encrypted: Uint8Array, password: Uint8Array): Promise<Uint8Array> {
  const what = 'encrypted private key'
  const [algorithm, data] = derInside(encrypted, 0x30, what)
  if (data?.tag !== 0x04) throw new TypeError(`${what}: another structure`)
  const pkcs8 = await decryptPbes2(algorithm, data.content, password, what)
  // One in 256 wrong passwords leaves a padding that looks right.
  if (pkcs8[0] === 0x30) return pkcs8
  pkcs8.fill(0)
  throw new TypeError(`${what}: another password`)
}
