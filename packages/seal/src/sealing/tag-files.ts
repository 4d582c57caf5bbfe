import { encodeUtf8, formatInstant, type Instant, PROFILE_IDENTIFIER } from '@probatum/core'

/** bagit.txt (RFC 8493 §2.1.1). */
export const BAG_DECLARATION: Uint8Array = encodeUtf8('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')

/** bag-info.txt (RFC 8493 §2.2.2). Throws TypeError for a value that would break its line. */
export function bagInfo(input: {
  readonly externalIdentifier: string
  readonly baggingDate: Instant
  readonly payloadBytes: number
  readonly payloadFiles: number
  readonly softwareAgent: string
}): Uint8Array {
  const elements = [
    ['BagIt-Profile-Identifier', PROFILE_IDENTIFIER],
    ['External-Identifier', input.externalIdentifier],
    ['Bagging-Date', formatInstant(input.baggingDate).slice(0, 10)],
    ['Payload-Oxum', `${input.payloadBytes}.${input.payloadFiles}`],
    ['Bag-Software-Agent', input.softwareAgent],
  ] as const
  for (const [label, value] of elements)
    if (!/^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u.test(value)) throw new TypeError(`${label}: not one line of text`)
  return encodeUtf8(elements.map(([label, value]) => `${label}: ${value}\n`).join(''))
}

/**
 * Opaque path of item `seq`: `data/00/000001.jpg` is the first. 10,000 files a folder. Of the original name only an
 * ending of one to eight ASCII letters and digits is kept, in lower case, so that the file opens.
 */
export function payloadPath(seq: number, originalName: string | undefined): string {
  const ending = /[^/\\.]\.([A-Za-z0-9]{1,8})$/.exec(originalName ?? '')?.[1]?.toLowerCase()
  const folder = String(Math.floor(seq / 10_000)).padStart(2, '0')
  return `data/${folder}/${String(seq + 1).padStart(6, '0')}${ending === undefined ? '' : `.${ending}`}`
}
