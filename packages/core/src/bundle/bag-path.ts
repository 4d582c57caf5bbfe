import { LIMITS } from '../model/limits.ts'
import { hasLoneSurrogate } from '../model/utf8.ts'
import type { SpellingFacts, UnsafeKind } from './bag-facts.ts'

const ESCAPING: readonly UnsafeKind[] = ['absolute', 'parent', 'home', 'drive', 'nul']

/** Whether a name of this kind reaches outside the bag, or cannot be a file's name in any: never read, never paired. */
export function isEscaping(kind: UnsafeKind): boolean {
  return ESCAPING.includes(kind)
}

// Device names of Windows, with or without an extension, as any segment.
const RESERVED = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\.|$)/i
// Printable ASCII without the characters that any rule below looks at: nearly every name, told at a glance.
const PLAIN = /^[a-z0-9_-]+(?:[./][a-z0-9_-]+)*$/
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

/** Whether nothing can be wrong with a path, and no other path has its key: told at a glance. */
export function isPlainName(path: string): boolean {
  return PLAIN.test(path) && path.length < 1024 && !/(?:^|\/)(?:con|prn|aux|nul|com|lpt)/.test(path)
}

/**
 * What is wrong with a path below the bag's top folder (RFC 8493 §5.1, §6.1.1), worst first; `undefined` for none.
 * A backslash counts as a separator wherever that would let the path escape, because Windows reads it so.
 */
export function unsafeKind(path: string): UnsafeKind | undefined {
  if (isPlainName(path)) return undefined
  const slashed = path.replaceAll('\\', '/')
  const segments = slashed.split('/')
  if (slashed.startsWith('/')) return 'absolute'
  if (/^[A-Za-z]:/.test(path)) return 'drive'
  if (path.startsWith('~')) return 'home'
  if (segments.includes('..')) return 'parent'
  if (path.includes('\0')) return 'nul'
  if (hasLoneSurrogate(path)) return 'not-utf-8'
  // A UTF-16 unit takes at most three bytes of UTF-8.
  if (path.length * 3 > LIMITS.pathBytes && utf8Length(path) > LIMITS.pathBytes) return 'too-long'
  if (CONTROL.test(path)) return 'control'
  if (path.includes('\\')) return 'backslash'
  if (segments.some((segment) => RESERVED.test(segment))) return 'reserved'
  if (segments.some((segment) => /[. ]$/.test(segment) && segment !== '.')) return 'trailing'
  return undefined
}

function utf8Length(text: string): number {
  let length = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return length
}

/** RFC 8493 §2.1.3: LF, CR and `%` are percent-encoded, and only those; decoded once, so `%250A` is `%0A`. */
export function decodePercent(path: string): string {
  return path.replace(/%(0[AaDd]|25)/g, (_, code: string) => (code === '25' ? '%' : /a/i.test(code) ? '\n' : '\r'))
}

/** The reverse, for lines that we write. */
export function encodePercent(path: string): string {
  return /[%\n\r]/.test(path)
    ? path.replace(/[%\n\r]/g, (character) => (character === '%' ? '%25' : character === '\n' ? '%0A' : '%0D'))
    : path
}

/** A `%` in a line of a 1.0 manifest that begins none of the three codes: the RFC has no reading for it. */
export function hasStrayPercent(literal: string): boolean {
  return /%(?!0[AaDd]|25)/.test(literal)
}

/** Key under which names are the same text: canonical equivalence (Unicode Standard Annex 15). */
export function normalisationKey(path: string): string {
  return path.normalize('NFC')
}

/**
 * Key under which two names cannot stand beside each other on Windows or a default macOS volume: case and
 * normalisation ignored, dots and spaces at the end of a segment dropped. Simple lower case stands in for the
 * systems' own tables, which differ by version; it is for a warning only.
 */
export function collisionKey(path: string): string {
  if (PLAIN.test(path)) return path
  return path.normalize('NFC').toLowerCase().split('/').map(withoutTrailing).join('/')
}

// By hand: a pattern for the end of a run looks at every start of the run, in time that grows with its square.
function withoutTrailing(segment: string): string {
  let end = segment.length
  while (end > 0 && (segment[end - 1] === '.' || segment[end - 1] === ' ')) end--
  return segment.slice(0, end)
}

/**
 * Other spellings of a listed name that software in use is known to make of it, first the likeliest. `literal` is the
 * text of the line, `path` its reading by the rules of the bag's version.
 */
export function otherSpellings(
  path: string,
  literal: string,
): readonly { readonly path: string; readonly how: SpellingFacts['how'] }[] {
  const spellings: { path: string; how: SpellingFacts['how'] }[] = [{ path, how: 'normalisation' }]
  const add = (spelling: string, how: SpellingFacts['how']) => {
    if (spelling !== path && !spellings.some((known) => known.path === spelling))
      spellings.push({ path: spelling, how })
  }
  add(literal, 'percent')
  add(decodePercent(literal), 'percent')
  add(path.replaceAll('\\', '/'), 'backslash')
  add(
    path
      .split('/')
      .filter((segment) => segment !== '' && segment !== '.')
      .join('/'),
    'dot-segment',
  )
  return spellings
}
