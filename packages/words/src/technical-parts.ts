/**
 * Dates, times, versions and the like: what begins with an ASCII digit and goes on over signs. After Arabic letters UAX #9
 * (W2, N1) would turn `2026-03-14` into `14-03-2026`, another date to whoever reads it. What begins with a Latin letter keeps
 * its order by itself (W7).
 */
const OVER_SIGNS = '(?<![A-Za-z0-9][-+:.,/_@=#]?)[+-]?[0-9][A-Za-z0-9]*(?:[-+:.,/_@=#][A-Za-z0-9]+)*'

/** What is to be typed: a command between backticks, and an option with its value, whose dashes would go to its other end. */
const TYPED = '`[!-_a-~ ]{1,200}`|(?<![A-Za-z0-9-])--?[a-z][a-z0-9-]*(?: [A-Z]+(?![A-Za-z]))?'

/** A number with its unit, which would stand before it. */
const QUANTITY = '(?<![A-Za-z0-9.,])[0-9][0-9.,]* (?:[kMGTP]B|[KMGT]iB|s)(?![A-Za-z0-9])'

/** A method with its date: `RSA 1024: 2014-01-01`. */
const DATED = '(?<![A-Za-z0-9])[A-Z][A-Za-z0-9-]{0,20}(?: [0-9]{1,6})?: [0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9A-Za-z])'

/** A standard with its part: `ETSI EN 319 102-1`. */
const STANDARD =
  '(?<![A-Za-z0-9])[A-Z]{2,8}(?:[ /][A-Z]{2,8}){0,3}(?: [0-9]{1,6}){0,2} [0-9]{1,6}(?:-[0-9]{1,4}){1,2}(?![A-Za-z0-9-])'

/** Only what goes over signs depends on there being one: plain numbers stay in their sentence. */
const TECHNICAL = new RegExp(`(${TYPED}|${QUANTITY}|${DATED}|${STANDARD})|${OVER_SIGNS}`, 'g')

/** A piece of a sentence. */
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
    if (match[1] === undefined && !/[-+:.,/_@=#]/.test(match[0])) continue
    if (match.index > end) parts.push({ text: text.slice(end, match.index), technical: false })
    parts.push({ text: match[0], technical: true })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end), technical: false })
  return parts
}

/** From a Latin letter to the last one before letters that run from right to left: a name, with the signs between its words. */
const FROM_LEFT = /(?<![\w-])[A-Za-z][^\u0590-\u08ff\u200f`\n]*[A-Za-z0-9]\)?/g

/**
 * The same for a page that runs from right to left, where names are set apart too: a dash or a bracket at the end of
 * `DEMONSTRATION ONLY \u2013 Example (sample)` would else go to its other end (UAX #9, N1 and N2).
 */
export function isolatedParts(text: string): readonly TextPart[] {
  return technicalParts(text).flatMap((part) => (part.technical ? [part] : namesIn(part.text)))
}

function namesIn(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(FROM_LEFT)) {
    const name = withoutStrayBracket(match[0])
    // A word alone keeps its order by itself.
    if (!/[^A-Za-z0-9 ]/.test(name)) continue
    if (match.index > end) parts.push({ text: text.slice(end, match.index), technical: false })
    parts.push({ text: name, technical: true })
    end = match.index + name.length
  }
  if (end < text.length) parts.push({ text: text.slice(end), technical: false })
  return parts
}

/** A bracket that the sentence opened is the sentence's. */
function withoutStrayBracket(name: string): string {
  const count = (sign: string) => name.split(sign).length
  return name.endsWith(')') && count(')') > count('(') ? name.slice(0, -1) : name
}
