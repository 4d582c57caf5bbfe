import { canonicalText, formatInstant, type Instant, toHex } from '@probatum/core'
import type { RandomBytes } from '../random.ts'

/** What lies beside an encrypted file, for whoever carries it: it names the file, and nothing that is in it. */
export interface CourierReceipt {
  readonly file: string
  readonly bytes: number
  /** Of the encrypted file, hex. */
  readonly sha256: string
  readonly format: 'age' | 'cms'
  readonly made: Instant
}

/** A name that tells nothing: 128 random bits, and the ending of the format. */
export function randomOuterName(random: RandomBytes, format: CourierReceipt['format']): string {
  return `${toHex(random(16))}${format === 'age' ? '.age' : '.p7m'}`
}

/** docs/spec/encryption-1.md, "The courier's receipt". RFC 8785, one line. */
export function courierReceiptJson({ file, bytes, sha256, format, made }: CourierReceipt): string {
  return `${canonicalText({
    bytes,
    courierReceipt: 'probatum/courier-receipt/1-draft',
    file,
    format: FORMATS[format],
    made: formatInstant(made),
    sha256,
  })}\n`
}

const FORMATS = { age: 'age-encryption.org/v1', cms: 'CMS AuthEnvelopedData' } as const

/** The same for people, with lines to be filled in by hand. */
export function courierReceiptText({ file, bytes, sha256, format, made }: CourierReceipt): string {
  return [
    'RECEIPT FOR ONE ENCRYPTED FILE',
    '',
    `File      ${file}`,
    `Size      ${bytes} bytes`,
    `SHA-256   ${sha256.match(/.{8}/g)?.join(' ') ?? sha256}`,
    `Form      ${FORMATS[format]}`,
    `Made      ${formatInstant(made)}`,
    '',
    'What is in it cannot be seen without the key of its recipient, and this receipt does not say.',
    'The digest is of the encrypted file. Whoever hands it on or takes it can check that it is the same file:',
    '',
    `    printf '%s  %s\\n' ${sha256} ${file} | sha256sum --strict -c`,
    '',
    'Handed over by  ______________________________   Date and time  ____________________',
    '',
    'Taken by        ______________________________   Digest checked  [ ] yes  [ ] no',
    '',
  ].join('\n')
}
