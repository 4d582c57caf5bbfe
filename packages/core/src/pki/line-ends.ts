/** How each line of a text ends. */
export type LineEnds = 'CRLF' | 'LF'

const LINE_ENDS: readonly LineEnds[] = ['CRLF', 'LF']

const [CR, LF] = [0x0d, 0x0a]

/** Longer content is no text that a mail program or a transfer has written anew; it is held and digested twice more. */
export const TEXT_BYTES = 8_388_608

/**
 * The bytes with each line end, CR LF or LF, written as this one: the canonical form of text in mail is CR LF (RFC 8551 §3.1.1). A CR
 * alone is no line end there. Null where nothing would be another byte.
 */
export function withLineEnds(content: Uint8Array, ends: LineEnds): Uint8Array | null {
  let bare = 0
  let whole = 0
  for (let at = content.indexOf(LF); at !== -1; at = content.indexOf(LF, at + 1)) {
    if (at > 0 && content[at - 1] === CR) whole++
    else bare++
  }
  if ((ends === 'CRLF' ? bare : whole) === 0) return null
  const written = new Uint8Array(content.length + (ends === 'CRLF' ? bare : -whole))
  let to = 0
  for (let at = 0; at < content.length; at++) {
    const byte = content[at] ?? 0
    const isEndOfLine = byte === LF || (byte === CR && content[at + 1] === LF)
    if (!isEndOfLine) written[to++] = byte
    else {
      if (byte === CR) at++
      if (ends === 'CRLF') written[to++] = CR
      written[to++] = LF
    }
  }
  return written
}

/** The same text with other line ends. */
export interface OtherLineEnds {
  readonly ends: LineEnds
  readonly bytes: Uint8Array
}

/**
 * Content that differs from this by its line ends alone; none of it above TEXT_BYTES. Where one of them is what was signed, that is
 * what differs, and never that anything holds: other bytes were signed than the ones that are here.
 */
export function otherLineEnds(content: Uint8Array): readonly OtherLineEnds[] {
  if (content.length > TEXT_BYTES) return []
  return LINE_ENDS.flatMap((ends) => {
    const bytes = withLineEnds(content, ends)
    return bytes === null ? [] : [{ ends, bytes }]
  })
}
