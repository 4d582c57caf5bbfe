import { encodeUtf8, parseCertificate, parseRecipientInput, toHex } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { certificatesFromPem, recipientKey } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textOf } from '../commands/report-output.ts'
import { UsageError } from '../errors.ts'
import { exists, readWhole } from '../files.ts'

const FORMS =
  'Write a recipient of age (age1…), a file with a certificate, the 64 hex digits of a key’s SHA-256, or name:NAME as the bundle has it.'

/**
 * Whom `--recipient` names, as a report's inputs say it: by the fingerprint of a key, or by a name. A name is written with
 * `name:` before it, so that a slip in the path of a file is not taken for one.
 * @throws {UsageError | SourceFault}
 */
export async function readRecipient(argv: Parsed): Promise<string | null> {
  const given = textOf(argv, 'recipient')
  if (given === undefined) return null
  if (/^[0-9a-f]{64}$/i.test(given)) return `key:${given.toLowerCase()}`
  if (parseRecipientInput(given) !== undefined) return given
  if (given.startsWith('age1')) return `key:${ageKey(given)}`
  if (!(await exists(given)))
    throw new UsageError(`--recipient: there is no file of the name ${escapeForDisplay(given)}.`, FORMS)
  const bytes = await readWhole(given, 1_048_576)
  const text = new TextDecoder().decode(bytes)
  // What `age-keygen` writes for others: lines of recipients, and comments.
  const [recipient] = text.split(/\r?\n/).filter((line) => line.startsWith('age1'))
  return `key:${recipient === undefined ? certificateKey(given, bytes, text) : ageKey(recipient.trim())}`
}

function ageKey(age: string): string {
  try {
    return recipientKey({ age })
  } catch {
    throw new UsageError(`--recipient: ${escapeForDisplay(age)} is no recipient of age.`, FORMS)
  }
}

function certificateKey(path: string, bytes: Uint8Array, text: string): string {
  try {
    const [first] = text.includes('-----BEGIN') ? certificatesFromPem(encodeUtf8(text)) : [bytes]
    if (first === undefined) throw new TypeError('no certificate')
    return toHex(nodeSmallDigest('sha256', parseCertificate(first).spki))
  } catch {
    throw new UsageError(`--recipient: ${escapeForDisplay(path)} holds no certificate and no recipient of age.`, FORMS)
  }
}
