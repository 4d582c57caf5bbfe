import { encryptionOf } from '../encryption/encryption-facts.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Inflater, RandomAccess } from '../model/ports.ts'
import { isEvidenceRecordBeginning } from '../pki/evidence-record.ts'
import type { BundleSource } from './source.ts'
import { openTar } from './tar.ts'
import { hasTarChecksum } from './tar-header.ts'
import { type ArchiveOptions, openZip } from './zip.ts'

const HEAD_BYTES = 512
const END_RECORD = 'PK\x05\x06'
const TAIL_BYTES = 65_557

/** Beginnings of files that people hand over instead of a bundle; the first that fits names it. */
const BEGINNINGS: readonly (readonly [start: string, name: string])[] = [
  ['\x1f\x8b', 'gzip'],
  ['\x1f\x9d', 'compress'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ\0', 'xz'],
  ['\x28\xb5\x2f\xfd', 'zstandard'],
  ['\x04\x22\x4d\x18', 'lz4'],
  ['7z\xbc\xaf\x27\x1c', '7z'],
  ['Rar!\x1a\x07', 'rar'],
  ['MSCF', 'cabinet'],
  ['-----BEGIN PGP ', 'pgp'],
  ['-----BEGIN ', 'pem'],
  ['%PDF-', 'pdf'],
  ['\xff\xd8\xff', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'ole'],
  ['MZ', 'windows-program'],
  ['\x7fELF', 'program'],
  ['BagIt-Version:', 'bagit-declaration'],
]

/**
 * Opens a file that may be an archive, by its content and never by its name.
 * @throws {ParseError} ERR_NOT_A_BUNDLE, `found` naming what the file looks like; ERR_ENCRYPTED for what a platform's
 *   `openEncrypted` opens, ERR_ENCRYPTION_UNSUPPORTED for what nothing here does; else as `openZip` and `openTar`
 * @throws {SourceFault} when the container cannot be read
 */
export async function openArchive(
  container: RandomAccess,
  inflater: Inflater,
  options: ArchiveOptions = {},
): Promise<BundleSource> {
  if (container.size === 0) throw notABundle('empty-file')
  const head = await container.read(0, Math.min(HEAD_BYTES, container.size))
  const start = latin1(head)
  if (/^PK(?:\x03\x04|\x05\x06|\x06\x06|\x07\x08|00PK)/.test(start)) return openZip(container, inflater, options)
  if (head.length === HEAD_BYTES && hasTarChecksum(head)) return openTar(container)
  const encryption = encryptionOf(start)
  if (encryption === 'cms-without-tag')
    throw new ParseError('ERR_ENCRYPTION_UNSUPPORTED', {
      where: 'file',
      expected: 'AuthEnvelopedData',
      found: 'EnvelopedData or EncryptedData',
    })
  if (encryption !== undefined) throw new ParseError('ERR_ENCRYPTED', { where: 'file', found: encryption })
  const known = BEGINNINGS.find(([beginning]) => start.startsWith(beginning))?.[1]
  // A program may carry an archive behind it, and a text may: openZip says why that is refused.
  if ((known === undefined || known.endsWith('program')) && (await hasEndRecord(container))) {
    return openZip(container, inflater, options)
  }
  throw notABundle(known ?? looksLike(head, start))
}

async function hasEndRecord(container: RandomAccess): Promise<boolean> {
  const length = Math.min(TAIL_BYTES, container.size)
  return latin1(await container.read(container.size - length, length)).includes(END_RECORD)
}

function looksLike(head: Uint8Array, start: string): string {
  if (head.every((byte) => byte === 0)) return 'zeros'
  // Before the time-stamps that it holds.
  if (isEvidenceRecordBeginning(head)) return 'evidence-record'
  // ContentInfo with id-signedData (RFC 5652 §5.1), and a response or token of RFC 3161, which holds one.
  if (head[0] === 0x30 && start.includes('\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02')) {
    return start.slice(0, 12).includes('\x02\x01') ? 'timestamp' : 'cms'
  }
  if (head[0] === 0x30 && ((head[1] ?? 0) & 0x80) !== 0) return 'der'
  const text = start.replace(/^\xef\xbb\xbf/, '').trimStart()
  if (/^[[{]/.test(text)) return 'json'
  if (/^<(?:!doctype html|html)/i.test(text)) return 'html'
  if (text.startsWith('<')) return 'xml'
  return head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d)) ? 'text' : 'unknown'
}

function notABundle(found: string): ParseError {
  return new ParseError('ERR_NOT_A_BUNDLE', { where: 'file', expected: 'a folder, a ZIP or a tar archive', found })
}

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}
