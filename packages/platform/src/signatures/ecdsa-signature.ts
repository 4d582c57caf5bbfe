import type { EcCurve } from '@probatum/core'
import { derElement, derElements, SEQUENCE, unsignedInteger } from './der-element.ts'
import { CURVE_OCTETS } from './object-identifiers.ts'

/**
 * Ecdsa-Sig-Value (RFC 3279 §2.2.3) in strict DER, as r and s side by side in the curve's length (IEEE P1363), the form
 * that every platform takes. `undefined` for any other encoding: of two encodings of one signature only one counts.
 */
export function ecdsaRAndS(signature: Uint8Array, curve: EcCurve): Uint8Array | undefined {
  const whole = derElement(signature, 0, signature.length)
  if (whole === undefined || whole.tag !== SEQUENCE || whole.end !== signature.length) return undefined
  const numbers = derElements(signature, whole.start, whole.end, 2)
  if (numbers?.length !== 2) return undefined
  const octets = CURVE_OCTETS[curve]
  const both = new Uint8Array(2 * octets)
  for (const [index, element] of numbers.entries()) {
    const number = unsignedInteger(signature, element)
    if (number === undefined || number.length > octets) return undefined
    both.set(number, (index + 1) * octets - number.length)
  }
  return both
}
