import { LIMITS } from '../model/limits.ts'
import { DerCursor } from './cursor.ts'
import { CONSTRUCTED, TAG } from './tag.ts'

/**
 * Reads everything below one element as strict DER whatever it means: lengths, and the canonical forms of the
 * universal types that have one. Throws ParseError. The order of a SET is not looked at: whether it is a SET OF
 * (X.690 §11.6) only its type says.
 */
export function requireDer(bytes: Uint8Array, where: string): void {
  const cursor = DerCursor.over(bytes, where)
  requireElement(cursor)
  cursor.finish()
}

/** The same for elements that follow one another until the end. */
export function requireDerElements(bytes: Uint8Array, where: string): void {
  const cursor = DerCursor.over(bytes, where)
  while (!cursor.done) requireElement(cursor)
}

function requireElement(cursor: DerCursor): void {
  switch (cursor.tag) {
    case TAG.BOOLEAN:
      cursor.boolean('')
      return
    case TAG.INTEGER:
    case TAG.ENUMERATED:
      cursor.integer('', LIMITS.bigIntegerOctets, cursor.tag)
      return
    case TAG.BIT_STRING:
      cursor.bitString('')
      return
    case TAG.NULL:
      cursor.null('')
      return
    case TAG.OBJECT_IDENTIFIER:
      cursor.oid('')
      return
    default:
      break
  }
  const element = cursor.any('')
  if ((element.tag & CONSTRUCTED) === 0) return
  // X.690 §10.2: strings are primitive. Of the universal types only SEQUENCE, SET and the rare EXTERNAL (8) and
  // EMBEDDED PDV (11) are constructed.
  const universal = element.tag < 0x40 ? element.tag & 0x1f : -1
  if (universal >= 0 && universal !== 16 && universal !== 17 && universal !== 8 && universal !== 11) {
    cursor.fail('ERR_DER_NON_CANONICAL', '', element.offset, 'X.690 §10.2', 'a primitive encoding', undefined)
  }
  const inner = cursor.into(element, '')
  while (!inner.done) requireElement(inner)
}
