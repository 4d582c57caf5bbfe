import type { InfoFacts, InfoProblem, ReadState } from './bag-facts.ts'
import { decodeTagText, splitLines, type TagEncoding } from './bag-text.ts'

/** Facts of a bag-info.txt that was not read, with the reason. */
export function noBagInfo(path: string | null, state: ReadState): InfoFacts {
  return { path, state, fields: [], problems: [] }
}

/**
 * Reads bag-info.txt or package-info.txt (RFC 8493 §2.2.2): `Label: value`, labels may repeat, a line that begins with
 * space or tab continues the one before. Lines that are neither are recorded. Never throws.
 */
export function parseBagInfo(path: string, bytes: Uint8Array, encoding: TagEncoding | undefined): InfoFacts {
  if (encoding === undefined) return noBagInfo(path, 'unsupported-encoding')
  let text = decodeTagText(bytes, encoding)
  if (text === undefined) return noBagInfo(path, 'encoding')
  const fields: { label: string; parts: string[] }[] = []
  const problems: { line: number; code: InfoProblem }[] = []
  if (text.startsWith('\ufeff')) {
    problems.push({ line: 1, code: 'byte-order-mark' })
    text = text.slice(1)
  }
  for (const [index, line] of splitLines(text).entries()) {
    const problem = (code: InfoProblem) => problems.push({ line: index + 1, code })
    if (/^[ \t]*$/.test(line)) continue
    const last = fields.at(-1)
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (last === undefined) problem('continuation-first')
      else last.parts.push(trimmed(line))
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 0) problem('no-colon')
    else {
      const label = trimmed(line.slice(0, colon))
      if (label === '') problem('empty-label')
      else {
        if (label.length !== colon) problem('space-before-colon')
        fields.push({ label, parts: [trimmed(line.slice(colon + 1))] })
      }
    }
  }
  const joined = fields.map(({ label, parts }) => ({ label, value: parts.filter((part) => part !== '').join(' ') }))
  return { path, state: 'read', fields: joined, problems }
}

// By hand: a pattern for the end of a run of spaces takes time that grows with the square of its length.
function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text[start])) start++
  while (end > start && isBlank(text[end - 1])) end--
  return text.slice(start, end)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}
