import { decodeLatin1, encodeUtf8, parsePem, toBase64 } from '@probatum/core'
import { derContext, derElement, derInteger, derNull, derOctetString, derOid, derSequence } from '../der/der.ts'
import { derInside } from '../der/der-read.ts'
import { OID } from '../der/oids.ts'
import { decryptPkcs8, OldEncryptionError } from './pbes2.ts'

/** A certificate as text (RFC 7468 §5), ended by a line feed. */
export function certificatePem(der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** All certificates in a PEM file, in order. Throws TypeError when there is none, ParseError when it is no PEM. */
export function certificatesFromPem(file: Uint8Array): Uint8Array[] {
  const certificates = parsePem(file, 'certificates').filter(({ label }) => label === 'CERTIFICATE')
  if (certificates.length === 0) throw new TypeError('PEM: no certificate')
  return certificates.map(({ der }) => der)
}

/**
 * The private key in a PEM file as PKCS#8, DER: `PRIVATE KEY`, or the older `RSA PRIVATE KEY` and `EC PRIVATE KEY`. Throws TypeError
 * when there is none, more than one, or one that cannot be read or is encrypted. No error holds anything of the key, no
 * text is made of it, and copies made here are overwritten; the result is the caller's to overwrite.
 */
export function privateKeyFromPem(file: Uint8Array): Uint8Array {
  return plainPkcs8(onlyKeyBlock(file))
}

/** As `privateKeyFromPem`, and `ENCRYPTED PRIVATE KEY` (PKCS#8 under PBES2) with its password. */
export async function privateKeyFromEncryptedPem(file: Uint8Array, password: Uint8Array): Promise<Uint8Array> {
  const block = onlyKeyBlock(file)
  return block.label === 'ENCRYPTED PRIVATE KEY' ? decryptPkcs8(block.der, password) : plainPkcs8(block)
}

interface KeyBlock {
  readonly label: string
  readonly der: Uint8Array
}

function plainPkcs8({ label, der }: KeyBlock): Uint8Array {
  if (label === 'PRIVATE KEY') return der
  if (label === 'RSA PRIVATE KEY') {
    const octets = derOctetString(der)
    const pkcs8 = derSequence(derInteger(0), derSequence(derOid(OID.rsaEncryption), derNull()), octets)
    for (const copy of [octets, der]) copy.fill(0)
    return pkcs8
  }
  if (label === 'EC PRIVATE KEY') {
    const pkcs8 = pkcs8FromEc(der)
    der.fill(0)
    return pkcs8
  }
  throw new TypeError(
    label === 'ENCRYPTED PRIVATE KEY'
      ? 'PEM: the private key is encrypted, and no password was given'
      : `PEM: ${label} is not read here; a PKCS#8 key is`,
  )
}

const DASHES = encodeUtf8('-----')
const BEGIN = encodeUtf8('-----BEGIN ')
const HEADER = encodeUtf8('ENCRYPTED')

/** The one block whose label ends with PRIVATE KEY, read as octets: a text of it could not be overwritten. */
function onlyKeyBlock(file: Uint8Array): KeyBlock {
  const found: { label: string; body: Uint8Array }[] = []
  for (let at = indexOf(file, BEGIN, 0); at >= 0; at = indexOf(file, BEGIN, at + 1)) {
    const labelEnd = indexOf(file, DASHES, at + BEGIN.length)
    const label = labelEnd < 0 || labelEnd > at + 100 ? '' : decodeLatin1(file.subarray(at + BEGIN.length, labelEnd))
    if (!/^(?:[A-Z0-9]+ )*PRIVATE KEY$/.test(label)) continue
    const bodyAt = labelEnd + DASHES.length
    const end = encodeUtf8(`-----END ${label}-----`)
    const bodyEnd = indexOf(file, DASHES, bodyAt)
    if (bodyEnd < 0 || indexOf(file, end, bodyEnd) !== bodyEnd)
      throw new TypeError('PEM: the private key has no end; the file is cut off')
    found.push({ label, body: file.subarray(bodyAt, bodyEnd) })
  }
  const [key, another] = found
  if (key === undefined) throw new TypeError('PEM: no private key')
  if (another !== undefined) throw new TypeError('PEM: more than one private key')
  // RFC 1421 headers (Proc-Type: 4,ENCRYPTED): a digest without rounds protects such a key.
  if (key.label !== 'ENCRYPTED PRIVATE KEY' && indexOf(key.body, HEADER, 0) >= 0) throw new OldEncryptionError('PEM')
  return { label: key.label, der: base64Octets(key.body) }
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(wanted[0] ?? 0, from); at >= 0; at = bytes.indexOf(wanted[0] ?? 0, at + 1))
    if (wanted.every((octet, index) => bytes[at + index] === octet)) return at
  return -1
}

/** Value of a base64 character; -1 for white space, which means nothing here (RFC 7468 §3); -2 for anything else. */
function base64Value(octet: number): number {
  if (octet >= 0x41 && octet <= 0x5a) return octet - 0x41
  if (octet >= 0x61 && octet <= 0x7a) return octet - 0x61 + 26
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30 + 52
  if (octet === 0x2b) return 62
  if (octet === 0x2f) return 63
  return octet === 0x20 || (octet >= 0x09 && octet <= 0x0d) ? -1 : -2
}

function base64Octets(body: Uint8Array): Uint8Array {
  const octets = new Uint8Array(Math.ceil((body.length * 3) / 4))
  let bits = 0
  let held = 0
  let length = 0
  let characters = 0
  let padding = 0
  for (const octet of body) {
    if (octet === 0x3d) padding += 1
    const value = octet === 0x3d ? -1 : base64Value(octet)
    if (value === -1) continue
    if (value < 0 || padding > 0) {
      octets.fill(0)
      throw new TypeError('PEM: the private key is no base64')
    }
    characters += 1
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    octets[length] = (held >> bits) & 0xff
    length += 1
  }
  const whole = octets.slice(0, length)
  octets.fill(0)
  if (length > 0 && padding === (4 - (characters % 4)) % 4 && (held & ((1 << bits) - 1)) === 0) return whole
  whole.fill(0)
  throw new TypeError('PEM: the private key is no base64')
}

/** ECPrivateKey (RFC 5915 §3) names its curve in [0]; in PKCS#8 the curve stands outside (RFC 5958 §2). */
function pkcs8FromEc(der: Uint8Array): Uint8Array {
  const what = 'EC private key'
  const [version, secret, ...rest] = derInside(der, 0x30, what)
  const curve = rest.find(({ tag }) => tag === 0xa0)
  const publicKey = rest.find(({ tag }) => tag === 0xa1)
  if (version === undefined || secret?.tag !== 0x04 || curve === undefined)
    throw new TypeError(`${what}: it does not name its curve`)
  const inner = derElement(
    0x30,
    version.whole,
    secret.whole,
    ...(publicKey === undefined ? [] : [derContext(1, publicKey.content)]),
  )
  const octets = derOctetString(inner)
  const pkcs8 = derSequence(derInteger(0), derSequence(derOid(OID.ecPublicKey), curve.content), octets)
  for (const copy of [inner, octets]) copy.fill(0)
  return pkcs8
}
