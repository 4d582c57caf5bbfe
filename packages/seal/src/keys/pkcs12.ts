import { equalBytes } from '@probatum/core'
import { derOid } from '../der/der.ts'
import { type DerPart, derInside, derParts } from '../der/der-read.ts'
import { OID } from '../der/oids.ts'
import { type CertificateParts, certificateParts } from '../signatures/certificate-parts.ts'
import { decryptPbes2 } from './pbes2.ts'
import { pkcs8SigningKey, signingKeyOf } from './pkcs8.ts'
import { publicKeyParts, type RsaScheme } from './signature-scheme.ts'
import type { SigningKey } from './signing-key.ts'

const WHAT = 'PKCS #12'
const IS = {
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
} as const
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
export async function signerFromPkcs12(
  file: Uint8Array,
  password: Uint8Array,
  rsa: RsaScheme = 'rsa-pkcs1',
): Promise<Pkcs12Signer> {
  const found = NOTHING()
  try {
    await readSafes(file, password, found)
    return await signerFrom(found, rsa)
  } finally {
    for (const secret of found.decrypted) secret.fill(0)
  }
}

/**
 * Gives the one private key of a PKCS #12 file to `use`, as PKCS #8, and overwrites it. For keys that need not sign: those that
 * open what was encrypted to them. Throws TypeError as `signerFromPkcs12`, and what `use` throws.
 */
export async function withPkcs12Key<T>(
  file: Uint8Array,
  password: Uint8Array,
  use: (pkcs8: Uint8Array) => Promise<T>,
): Promise<T> {
  const found = NOTHING()
  try {
    await readSafes(file, password, found)
    const [pkcs8, another] = found.keys
    if (pkcs8 === undefined || another !== undefined) throw new TypeError(`${WHAT}: ${found.keys.length} private keys`)
    return await use(pkcs8)
  } finally {
    for (const secret of found.decrypted) secret.fill(0)
  }
}

const NOTHING = (): Found => ({ keys: [], certificates: [], decrypted: [] })

async function readSafes(file: Uint8Array, password: Uint8Array, found: Found): Promise<void> {
  const [version, authSafe] = derInside(file, 0x30, WHAT)
  if (version?.tag !== 0x02 || authSafe === undefined) throw new TypeError(`${WHAT}: another structure`)
  for (const info of derInside(octetsOf(authSafe), 0x30, WHAT)) await readSafe(info, password, found)
}

interface Found {
  /** PKCS#8. */
  readonly keys: Uint8Array[]
  readonly certificates: CertificateParts[]
  /** To be overwritten at the end. */
  readonly decrypted: Uint8Array[]
}

async function readSafe(info: DerPart, password: Uint8Array, found: Found): Promise<void> {
  const [type] = derInside(info.whole, 0x30, WHAT)
  const isEncrypted = is(type, IS.encryptedData)
  const contents = isEncrypted ? await decryptedContent(info, password) : octetsOf(info)
  if (isEncrypted) found.decrypted.push(contents)
  for (const bag of derInside(contents, 0x30, WHAT)) {
    const [kind, value] = derInside(bag.whole, 0x30, WHAT)
    const [inner] = derParts(value?.content ?? new Uint8Array(), WHAT)
    if (inner === undefined) throw new TypeError(`${WHAT}: another structure`)
    if (is(kind, IS.keyBag)) found.keys.push(inner.whole)
    else if (is(kind, IS.shroudedKeyBag)) {
      const [algorithm, encrypted] = derInside(inner.whole, 0x30, WHAT)
      const key = await decryptPbes2(algorithm, encrypted?.content ?? new Uint8Array(), password, WHAT)
      found.decrypted.push(key)
      found.keys.push(key)
    } else if (is(kind, IS.certBag)) {
      const [form, wrapped] = derInside(inner.whole, 0x30, WHAT)
      const [der] = derParts(wrapped?.content ?? new Uint8Array(), WHAT)
      // A copy: what it stands in is overwritten.
      if (is(form, IS.x509Certificate) && der?.tag === 0x04)
        found.certificates.push(certificateParts(der.content.slice()))
    }
  }
}

async function signerFrom({ keys, certificates }: Found, rsa: RsaScheme): Promise<Pkcs12Signer> {
  const [pkcs8, another] = keys
  if (pkcs8 === undefined || another !== undefined) throw new TypeError(`${WHAT}: ${keys.length} private keys`)
  const { spki } = await pkcs8SigningKey(pkcs8)
  const publicKey = publicKeyParts(spki).key
  const own = certificates.find((one) => equalBytes(publicKeyParts(one.spki).key, publicKey))
  if (own === undefined) throw new TypeError(`${WHAT}: no certificate of its key`)
  const key = await signingKeyOf(own.spki, pkcs8, rsa)
  const others = certificates.filter((one) => one !== own && !equalBytes(one.issuer, one.subject))
  return { key, certificates: [own, ...others].map(({ der }) => der) }
}

function is(part: DerPart | undefined, dotted: string): boolean {
  return part !== undefined && equalBytes(part.whole, derOid(dotted))
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
  return decryptPbes2(algorithm, encrypted.content, password, WHAT)
}
