import { decodeLatin1, parsePem, toBase64 } from '@probatum/core'
import { derContext, derElement, derInteger, derNull, derOctetString, derOid, derSequence } from './der.ts'
import { derInside } from './der-read.ts'
import { OID } from './oids.ts'

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
 * The private key in a PEM file as PKCS#8, DER: `PRIVATE KEY`, or the older `RSA PRIVATE KEY` and `EC PRIVATE KEY`.
 * Throws TypeError when there is none, more than one, or an encrypted one; ParseError when it is no PEM. No error holds
 * anything of the key.
 */
export function privateKeyFromPem(file: Uint8Array): Uint8Array {
  // RFC 1421 headers, or PKCS#8's own label.
  if (/^Proc-Type:.*ENCRYPTED|-----BEGIN ENCRYPTED PRIVATE KEY-----/m.test(decodeLatin1(file)))
    throw new TypeError('PEM: the private key is encrypted; decrypt it first, e.g. with "openssl pkey"')
  const keys = parsePem(file, 'private key').filter(({ label }) => label.endsWith('PRIVATE KEY'))
  const [key, another] = keys
  if (key === undefined) throw new TypeError('PEM: no private key')
  if (another !== undefined) throw new TypeError('PEM: more than one private key')
  if (key.label === 'PRIVATE KEY') return key.der
  if (key.label === 'RSA PRIVATE KEY') {
    return derSequence(derInteger(0), derSequence(derOid(OID.rsaEncryption), derNull()), derOctetString(key.der))
  }
  if (key.label === 'EC PRIVATE KEY') return pkcs8FromEc(key.der)
  throw new TypeError(`PEM: ${key.label} is not read here; an unencrypted PKCS#8 key is`)
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
  return derSequence(derInteger(0), derSequence(derOid(OID.ecPublicKey), curve.content), derOctetString(inner))
}
