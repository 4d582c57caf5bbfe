import { equalBytes } from '@probatum/core'
import { type CertificateParts, certificateParts } from './certificate-parts.ts'
import { derOid } from './der.ts'
import { type DerPart, derInside, derParts } from './der-read.ts'
import { OID } from './oids.ts'
import { pkcs8SigningKey, type SigningKey } from './signing-key.ts'

const WHAT = 'PKCS #12'
const IS = {
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
} as const
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

/** A signer's key with its certificates: the signer's first, without a root. */
export interface Pkcs12Signer {
  readonly key: SigningKey
  readonly certificates: readonly Uint8Array[]
}

/**
 * Reads a PKCS #12 file (RFC 7292) that is encrypted under PBES2 with AES, as OpenSSL 3 and Windows since 2019 write them.
 * Its MAC is not computed: that key and certificate belong together is, and shows more. Throws TypeError for another
 * encryption, a wrong password, or a file without exactly one key and its certificate; nothing of the key is in it.
 */
export async function signerFromPkcs12(file: Uint8Array, password: Uint8Array): Promise<Pkcs12Signer> {
  const [version, authSafe] = derInside(file, 0x30, WHAT)
  if (version?.tag !== 0x02 || authSafe === undefined) throw new TypeError(`${WHAT}: another structure`)
  const keys: Uint8Array[] = []
  const found: CertificateParts[] = []
  for (const info of derInside(octetsOf(authSafe), 0x30, WHAT)) {
    const [type] = derInside(info.whole, 0x30, WHAT)
    const contents = is(type, IS.encryptedData) ? await decryptedContent(info, password) : octetsOf(info)
    for (const bag of derInside(contents, 0x30, WHAT)) {
      const [kind, value] = derInside(bag.whole, 0x30, WHAT)
      const [inner] = derParts(value?.content ?? new Uint8Array(), WHAT)
      if (inner === undefined) throw new TypeError(`${WHAT}: another structure`)
      if (is(kind, IS.keyBag)) keys.push(inner.whole)
      else if (is(kind, IS.shroudedKeyBag)) {
        const [algorithm, encrypted] = derInside(inner.whole, 0x30, WHAT)
        keys.push(await decrypted(algorithm, encrypted?.content ?? new Uint8Array(), password))
      } else if (is(kind, IS.certBag)) {
        const [form, wrapped] = derInside(inner.whole, 0x30, WHAT)
        const [der] = derParts(wrapped?.content ?? new Uint8Array(), WHAT)
        if (is(form, IS.x509Certificate) && der?.tag === 0x04) found.push(certificateParts(der.content))
      }
    }
  }
  const [pkcs8, another] = keys
  if (pkcs8 === undefined || another !== undefined) throw new TypeError(`${WHAT}: ${keys.length} private keys`)
  const key = await pkcs8SigningKey(pkcs8)
  const own = found.find(({ spki }) => equalBytes(spki, key.spki))
  if (own === undefined) throw new TypeError(`${WHAT}: no certificate of its key`)
  const others = found.filter((one) => one !== own && !equalBytes(one.issuer, one.subject))
  return { key, certificates: [own, ...others].map(({ der }) => der) }
}

function is(part: DerPart | undefined, dotted: string): boolean {
  return part !== undefined && equalBytes(part.whole, derOid(dotted))
}

function rowOf<T>(table: Readonly<Record<string, T>>, part: DerPart | undefined): T | undefined {
  return Object.entries(table).find(([dotted]) => is(part, dotted))?.[1]
}

/** The OCTET STRING of a ContentInfo of type data. */
function octetsOf(info: DerPart): Uint8Array {
  const [type, content] = derInside(info.whole, 0x30, WHAT)
  const [octets] = derParts(content?.content ?? new Uint8Array(), WHAT)
  if (!is(type, OID.data) || octets?.tag !== 0x04) throw new TypeError(`${WHAT}: another structure, or not DER`)
  return octets.content
}

async function decryptedContent(info: DerPart, password: Uint8Array): Promise<Uint8Array> {
  const [, content] = derInside(info.whole, 0x30, WHAT)
  const [data] = derParts(content?.content ?? new Uint8Array(), WHAT)
  const [, encryptedInfo] = derInside(data?.whole ?? new Uint8Array(), 0x30, WHAT)
  const [, algorithm, encrypted] = derInside(encryptedInfo?.whole ?? new Uint8Array(), 0x30, WHAT)
  if (encrypted?.tag !== 0x80) throw new TypeError(`${WHAT}: another structure, or not DER`)
  return decrypted(algorithm, encrypted.content, password)
}

/** PBES2 (RFC 8018 §6.2) with PBKDF2 and AES in CBC. */
async function decrypted(
  algorithm: DerPart | undefined,
  encrypted: Uint8Array,
  password: Uint8Array,
): Promise<Uint8Array> {
  const [scheme, parameters] = derInside(algorithm?.whole ?? new Uint8Array(), 0x30, WHAT)
  if (!is(scheme, IS.pbes2))
    throw new TypeError(`${WHAT}: encrypted in an old way; write it anew with "openssl pkcs12 -export"`)
  const [kdf, cipher] = derInside(parameters?.whole ?? new Uint8Array(), 0x30, WHAT)
  const [kdfType, kdfParameters] = derInside(kdf?.whole ?? new Uint8Array(), 0x30, WHAT)
  const [cipherType, iv] = derInside(cipher?.whole ?? new Uint8Array(), 0x30, WHAT)
  const length = rowOf(CIPHERS, cipherType)
  const [salt, rounds, ...rest] = derInside(kdfParameters?.whole ?? new Uint8Array(), 0x30, WHAT)
  const prf = rest.find(({ tag }) => tag === 0x30)
  // RFC 8018 §A.2: HMAC with SHA-1 is the default.
  const hash = prf === undefined ? 'SHA-1' : rowOf(PSEUDO_RANDOM, derInside(prf.whole, 0x30, WHAT)[0])
  const iterations = (rounds?.content ?? new Uint8Array()).reduce((sum, octet) => sum * 256 + octet, 0)
  if (!is(kdfType, IS.pbkdf2) || length === undefined || hash === undefined || salt?.tag !== 0x04 || iv?.tag !== 0x04)
    throw new TypeError(`${WHAT}: encrypted in a way that is not read here`)
  if (iterations < 1 || iterations > ITERATIONS) throw new TypeError(`${WHAT}: ${iterations} rounds`)
  const { subtle } = globalThis.crypto
  const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
  try {
    const secret = await subtle.importKey('raw', own(password), 'PBKDF2', false, ['deriveKey'])
    const key = await subtle.deriveKey(
      { name: 'PBKDF2', hash, salt: own(salt.content), iterations },
      secret,
      { name: 'AES-CBC', length },
      false,
      ['decrypt'],
    )
    return new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv: own(iv.content) }, key, own(encrypted)))
  } catch (cause) {
    throw new TypeError(`${WHAT}: another password`, { cause })
  }
}
