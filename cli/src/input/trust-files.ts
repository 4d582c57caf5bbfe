import {
  type Certificate,
  ParseError,
  parseCertificate,
  parsePem,
  parseTrustSet,
  type TrustSet,
  unwrapByContent,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import { readWhole } from '../files.ts'
import { parseFile } from './parse-file.ts'

/** @throws {ParseError | SourceFault} */
export async function readTrustSet(path: string): Promise<TrustSet> {
  const bytes = await readWhole(path)
  const sha256 = (der: Uint8Array) => nodeSmallDigest('sha256', der)
  return parseFile(path, bytes, (whole) =>
    parseTrustSet(whole, (der) => parseCertificate(der, sha256), nodeSmallDigest),
  )
}

const PRIVATE_KEY = /PRIVATE KEY$/

/**
 * The certificates of a file: DER, or all that stand in a PEM file.
 * @throws {InputError} for a file that holds a private key, which belongs in no list
 * @throws {ParseError | SourceFault}
 */
export async function readCertificates(path: string): Promise<Certificate[]> {
  return parseFile(path, await readWhole(path, 16_777_216), (bytes) => certificatesIn(path, bytes))
}

function certificatesIn(path: string, bytes: Uint8Array): Certificate[] {
  if (bytes[0] === 0x30) return [parseCertificate(bytes)]
  const blocks = /^-----BEGIN /m.test(new TextDecoder('latin1').decode(bytes)) ? parsePem(bytes) : null
  if (blocks === null) return [parseCertificate(unwrapByContent(bytes, 'certificate'))]
  if (blocks.some(({ label }) => PRIVATE_KEY.test(label)))
    throw new InputError(
      `${escapeForDisplay(path)} holds a private key.`,
      'Keep that file to yourself, and give one that holds certificates only.',
    )
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE').map(({ der }) => parseCertificate(der))
  if (certificates.length === 0)
    throw new InputError(`There is no certificate in ${escapeForDisplay(path)}.`, 'Give a certificate, PEM or DER.')
  return certificates
}

/** The one certificate of a file. */
export async function readCertificate(path: string): Promise<Certificate> {
  const [certificate, another] = await readCertificates(path)
  if (certificate === undefined || another !== undefined)
    throw new InputError(
      `There is more than one certificate in ${escapeForDisplay(path)}, and one is meant.`,
      'Put it in a file of its own.',
    )
  return certificate
}

/** @throws {InputError} naming the member, where what was made is no set */
export function requireSet(bytes: Uint8Array): TrustSet {
  try {
    return parseTrustSet(bytes, parseCertificate, nodeSmallDigest)
  } catch (error) {
    if (!(error instanceof ParseError) || error.code !== 'ERR_TRUST_SET') throw error
    const { where, expected, found } = error.detail
    throw new InputError(
      `This would make no trust set: ${escapeForDisplay(where)}${expected === undefined ? '' : `, expected ${escapeForDisplay(expected)}`}${found === undefined ? '' : `, found ${escapeForDisplay(found)}`}. Nothing was written.`,
      'The same certificate can stand once in each role. `probatum trust list SET` shows what is there.',
      { cause: error },
    )
  }
}
