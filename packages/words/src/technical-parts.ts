/**
 * Dates, times, versions and the like: what begins with an ASCII digit and goes on over signs. After Arabic letters UAX #9
 * (W2, N1) would turn `2026-03-14` into `14-03-2026`, another date to whoever reads it. What begins with a Latin letter keeps
 * its order by itself (W7).
 */
const TECHNICAL = /(?<![A-Za-z0-9][-+:.,/_@=#]?)[+-]?[0-9][A-Za-z0-9]*(?:[-+:.,/_@=#][A-Za-z0-9]+)*/g

export interface TextPart {
  readonly text: string
  /** To be set apart from the words around it, from left to right. */
  readonly technical: boolean
}

/** A sentence cut into what is read in its own direction and what keeps its order from left to right; together the whole text. */
export function technicalParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(TECHNICAL)) {
    if (!/[-+:.,/_@=#]/.test(match[0])) continue
    if (match.index > end) parts.push({ text: text.slice(end, match.index), technical: false })
    parts.push({ text: match[0], technical: true })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end), technical: false })
  return parts
}
