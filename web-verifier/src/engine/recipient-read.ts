import {
  decodeUtf8,
  encodeUtf8,
  ParseError,
  parseCertificate,
  parsePem,
  parseRecipientInput,
  toHex,
} from '@probatum/core'
import { nobleSmallDigest } from '@probatum/platform/browser'
import type { RecipientRead } from './engine.ts'

/** More than any certificate, or list of recipients that a person keeps. */
const FILE_BYTES = 1_048_576
/** bech32 of lower case; longer ones are of plug-ins and hybrid keys. */
const AGE = /^age1[02-9ac-hj-np-z]{6,4096}$/

/**
 * Whom a person names as recipient, as `--recipient` reads it. Here no path can be meant, so that a bare text is a name.
 */
export function readRecipient(typed: string): RecipientRead {
  const text = typed.trim()
  if (text === '') return { state: 'nobody' }
  const digits = text.replace(/[\s:]/g, '').toLowerCase()
  if (/^[0-9a-f]{64}$/.test(digits)) return { state: 'read', recipient: `key:${digits}` }
  if (parseRecipientInput(text) !== undefined) return { state: 'read', recipient: text }
  if (text.startsWith('age1')) return AGE.test(text) ? keyOf(encodeUtf8(text)) : { state: 'not-age' }
  const recipient = `name:${text}`
  return parseRecipientInput(recipient) === undefined ? { state: 'not-a-name' } : { state: 'read', recipient }
}

/** From a certificate in PEM or DER, or from what `age-keygen` writes for others: recipients in lines, and comments. */
export async function readRecipientFile(file: Blob): Promise<RecipientRead> {
  if (file.size > FILE_BYTES) return { state: 'no-key' }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const text = decodeUtf8(bytes) ?? ''
  const age = text.split(/\r?\n/).find((line) => line.startsWith('age1'))
  if (age !== undefined) return readRecipient(age)
  try {
    const isPem = text.includes('-----BEGIN ')
    const der = isPem ? parsePem(bytes, 'recipient').find(({ label }) => label === 'CERTIFICATE')?.der : bytes
    return der === undefined ? { state: 'no-key' } : keyOf(parseCertificate(der).spki)
  } catch (error) {
    if (error instanceof ParseError) return { state: 'no-key' }
    throw error
  }
}

/** What a recipient is known by: a certificate by its SubjectPublicKeyInfo, one of age by its characters. */
function keyOf(bytes: Uint8Array): RecipientRead {
  return { state: 'read', recipient: `key:${toHex(nobleSmallDigest('sha256', bytes))}` }
}
