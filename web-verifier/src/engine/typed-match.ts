import type { DigestAlgorithm, InventoryLine } from '@probatum/core'
import type { TypedMatch, TypedSubject } from './engine.ts'
import type { KnownDigest } from './worker-protocol.ts'

/** Fewer digits could be made to fit: 16 of them are 64 bits. */
export const LEAST_DIGITS = 16
const GROUP = 4

/**
 * Compares what a person typed or pasted with everything that a result has. Spaces, hyphens, colons and dots between
 * groups, and either case, are taken.
 */
export function matchTyped(
  typed: string,
  known: readonly KnownDigest[],
  lines: () => Iterable<InventoryLine>,
): TypedMatch {
  let digits = ''
  for (const [at, character] of [...typed].entries()) {
    if (/[\s\-\u2010-\u2015:.]/u.test(character)) continue
    if (!/[0-9a-f]/i.test(character)) return { state: 'not-hex', character, at }
    digits += character.toLowerCase()
  }
  if (digits.length < LEAST_DIGITS) return { state: 'too-short', digits: digits.length, least: LEAST_DIGITS }
  const equal: { readonly subject: TypedSubject; readonly whole: boolean }[] = []
  let nearest: { readonly subject: TypedSubject; readonly hex: string; readonly common: number } | null = null
  const compare = (subject: () => TypedSubject, hex: string) => {
    if (hex.startsWith(digits)) {
      equal.push({ subject: subject(), whole: hex.length === digits.length })
      return
    }
    const common = commonGroups(hex, digits)
    if (nearest === null || common > nearest.common) nearest = { subject: subject(), hex, common }
  }
  for (const [subject, hex] of known) compare(() => subject, hex)
  for (const { path, digests } of lines()) {
    for (const [algorithm, hex] of Object.entries(digests)) {
      compare(() => ({ what: 'file', path, algorithm: algorithm as DigestAlgorithm }), hex)
    }
  }
  if (equal.length > 0) {
    return {
      state: 'equal',
      digits: digits.length,
      whole: equal.some(({ whole }) => whole),
      is: equal.map(({ subject }) => subject),
    }
  }
  return { state: 'different', digits: digits.length, ...nearestOf(nearest, digits) }
}

interface Nearest {
  readonly subject: TypedSubject
  readonly hex: string
  readonly common: number
}

function nearestOf(nearest: Nearest | null, digits: string) {
  // With no group in common nothing is near.
  if (nearest === null || nearest.common === 0) return { nearest: null, wrongGroup: 1, typed: '', expected: '' }
  const wrongGroup = firstWrongGroup(nearest.hex, digits)
  const group = (hex: string) => hex.slice((wrongGroup - 1) * GROUP, wrongGroup * GROUP)
  return { nearest: nearest.subject, wrongGroup, typed: group(digits), expected: group(nearest.hex) }
}

/** Groups of four that stand equal in the same place: a slip of the hand leaves most of them. */
function commonGroups(hex: string, digits: string): number {
  let common = 0
  for (let at = 0; at + GROUP <= digits.length; at += GROUP) {
    if (hex.slice(at, at + GROUP) === digits.slice(at, at + GROUP)) common++
  }
  return common
}

function firstWrongGroup(hex: string, digits: string): number {
  for (let at = 0; at < digits.length; at += GROUP) {
    const typed = digits.slice(at, at + GROUP)
    if (hex.slice(at, at + typed.length) !== typed) return at / GROUP + 1
  }
  return Math.floor(hex.length / GROUP) + 1
}
