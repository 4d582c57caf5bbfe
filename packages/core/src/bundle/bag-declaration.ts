import { decodeUtf8 } from '../model/utf8.ts'
import type { DeclarationFacts, DeclarationProblem, ReadState } from './bag-facts.ts'
import { splitLines, type TagEncoding, tagEncoding } from './bag-text.ts'

const LABELS = ['BagIt-Version', 'Tag-File-Character-Encoding'] as const

/** bagit.txt that is not there, or could not be read. */
export function noDeclaration(state: ReadState): DeclarationFacts {
  return { state, version: null, encoding: null, problems: [] }
}

/**
 * Reads bagit.txt (RFC 8493 §2.1.1): two lines in UTF-8 without a byte order mark. Every deviation is recorded, and
 * the rest is read as far as its meaning is certain. Never throws.
 */
export function parseBagDeclaration(bytes: Uint8Array): DeclarationFacts {
  let text = decodeUtf8(bytes)
  if (text === undefined) return { ...noDeclaration('encoding'), problems: ['encoding'] }
  const problems = new Set<DeclarationProblem>()
  if (text.startsWith('\ufeff')) {
    problems.add('byte-order-mark')
    text = text.slice(1)
  }
  const lines = splitLines(text)
  const values = LABELS.map((label, index) => valueUnder(lines[index] ?? '', label, problems))
  if (lines.length > LABELS.length) problems.add('extra-line')
  const [version = null, encoding = null] = values
  if (version === null) problems.add('version-missing')
  else if (!/^[0-9]+\.[0-9]+$/.test(version)) problems.add('version-malformed')
  if (encoding === null) problems.add('encoding-missing')
  else if (tagEncoding(encoding) === undefined) problems.add('encoding-unsupported')
  return { state: 'read', version, encoding, problems: [...problems] }
}

function valueUnder(line: string, label: string, problems: Set<DeclarationProblem>): string | null {
  const colon = line.indexOf(':')
  if (colon < 0 || line.slice(0, colon).trim() !== label) return null
  const value = line.slice(colon + 1).trim()
  if (line !== `${label}: ${value}`) problems.add('whitespace')
  return value === '' ? null : value
}

/** Versions with rules of their own that are known here. */
const VERSIONS: readonly string[] = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0']

/** What a BagIt version means here. */
export type VersionClass = 'current' | 'draft' | 'old' | 'unknown' | 'not-stated'

/** `draft` is 0.97, the last before the RFC; `old` is below it. */
export function versionClass(declaration: DeclarationFacts): VersionClass {
  if (declaration.version === null) return 'not-stated'
  if (!VERSIONS.includes(declaration.version)) return 'unknown'
  return declaration.version === '1.0' ? 'current' : declaration.version === '0.97' ? 'draft' : 'old'
}

/** Whether the rules of RFC 8493 apply: 1.0, and anything unknown, which is read by the newest rules known. */
export function readsAsCurrent(declaration: DeclarationFacts): boolean {
  const version = versionClass(declaration)
  return version !== 'old' && version !== 'draft'
}

/**
 * Encoding of the other tag files. UTF-8 where none is stated; `undefined` when the one stated cannot be read:
 * a guess could turn names into other names and so into false contradictions.
 */
export function declaredEncoding(declaration: DeclarationFacts): TagEncoding | undefined {
  return declaration.encoding === null ? 'utf-8' : tagEncoding(declaration.encoding)
}
