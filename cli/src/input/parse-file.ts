import { ParseError } from '@probatum/core'
import { fileOf, tellFile } from '../errors.ts'

/**
 * Parses a file that the operator named, so that an error tells which file it is about, and what that file looks like.
 * @throws what `parse` throws
 */
export function parseFile<T>(path: string, bytes: Uint8Array, parse: (bytes: Uint8Array) => T): T {
  try {
    return parse(bytes)
  } catch (error) {
    if (error instanceof ParseError) tellFile(error, { path, ...fileKind(bytes) })
    throw error
  }
}

/** The same around work that parses one file among other things. `todo` where the file itself tells nothing better. */
export async function aboutFile<T>(
  path: string,
  bytes: Uint8Array,
  todo: string,
  work: () => Promise<T> | T,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // Of a file that is read among the others it is told already.
    if (error instanceof ParseError && fileOf(error) === undefined) tellFile(error, { path, todo, ...fileKind(bytes) })
    throw error
  }
}

const HEAD_BYTES = 4096

/** A header field of MIME, which may be folded; `x-` in older mail (RFC 8551 §3.2, §3.5). */
const SIGNED_MAIL = /^Content-Type:[ \t]*(?:multipart\/signed|application\/(?:x-)?pkcs7-(?:mime|signature))\b/im

const FORMATS: Readonly<Record<string, string>> = {
  report: 'It is a saved report: `probatum explain FILE` retells it.',
  facts: 'These are saved facts: `probatum judge FILE` judges them.',
  'trust-set': 'It is a trust set: --trust-set takes it.',
  policy: 'It is a policy: --policy takes it.',
  notice: 'It is a notice: --notices takes it, and `probatum notice show` shows it.',
  bundle: 'It is a record of a bundle: `probatum verify` takes the whole folder or archive.',
  comparison: 'It is a saved comparison.',
  'courier-receipt':
    'It is a receipt for couriers, of the encrypted file beside it: `probatum verify` takes that file.',
  'items-table': 'It is a table of items: --items takes it.',
  receipt: 'It is a receipt of a recipient: `probatum receipt check FILE --bundle BUNDLE` checks it.',
  'disclosure-policy': 'It is a disclosure policy: `probatum redact` and `gate request` take it with --policy.',
  recipient: 'It is the file of a recipient: `probatum gate request` takes it with --recipient.',
}

/** What a file is that is not what was asked for, and what to do instead; nothing of one that cannot be told. */
export function fileKind(bytes: Uint8Array): { readonly looks?: string; readonly todo?: string } {
  const starts = (...start: number[]) => start.every((byte, at) => bytes[at] === byte)
  if (bytes.length === 0) return { looks: 'It is empty.', todo: 'Ask for the file again, or look for another copy.' }
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff))
    return {
      looks: 'It is text in UTF-16, as `>` of Windows PowerShell writes it.',
      todo: 'Make it again with --save FILE (or -o FILE), which writes the bytes as they are.',
    }
  if (starts(0xef, 0xbb, 0xbf))
    return { looks: 'It begins with a byte order mark: an editor has saved it again.', todo: 'Ask for the file again.' }
  if (starts(0x50, 0x4b, 3, 4)) return { looks: 'It is a ZIP.', todo: 'Give the one file that is meant.' }
  if (starts(0x25, 0x50, 0x44, 0x46))
    return { looks: 'It is a PDF.', todo: 'A certificate of a result is checked with `probatum certificate check`.' }
  const text = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1')
  if (SIGNED_MAIL.test(text))
    return {
      looks: 'It is a signed mail (S/MIME): the signature, and what was signed, stand in it together.',
      todo: 'Take both out: `openssl cms -cmsout -inform SMIME -in MAIL -outform DER -out MAIL.p7s` and `openssl cms -verify -noverify -inform SMIME -in MAIL -out MAIL.content`; then `probatum signature verify MAIL.p7s --content MAIL.content`. Sender, date and subject of the mail are not signed.',
    }
  const label = /^\s*-----BEGIN ([A-Z0-9 ]+)-----/m.exec(text)?.[1]
  if (label?.endsWith('PRIVATE KEY'))
    return { looks: 'It is a private key.', todo: 'Keep it to yourself: no list, report or bundle has it in.' }
  if (label === 'CERTIFICATE')
    return {
      looks: 'It is a certificate, in PEM.',
      todo: '`probatum trust add FILE` makes a trust set of it, once you compared it with its owner.',
    }
  if (label === 'CMS' || label === 'PKCS7')
    return {
      looks:
        'It is CMS in PEM: `openssl cms -cmsout -inform PEM -outform DER -in FILE -out FILE.p7m` makes the form that is read here.',
      todo: 'Make it DER, and give that file.',
    }
  if (label !== undefined) return { looks: `It is PEM: ${label}.`, todo: '`probatum inspect FILE` describes it.' }
  if (starts(0x30))
    return {
      looks: 'It looks like a certificate, signature or time-stamp.',
      todo: '`probatum inspect FILE` describes it.',
    }
  // The canonical form of either begins so, and says what it is only further on.
  if (text.startsWith('{"body":{')) return { looks: FORMATS.report as string }
  if (text.startsWith('{"container":{')) return { looks: FORMATS.facts as string }
  const format = /"probatum\/([a-z-]+)\/[0-9]/.exec(text)?.[1]
  const told = format === undefined ? undefined : FORMATS[format]
  return told === undefined ? {} : { looks: told }
}
