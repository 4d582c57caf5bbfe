import type { Finding } from '@probatum/core'
import { ENGLISH } from './en/index.ts'
import { escapeInLine } from './escape-for-display.ts'
import { fillPlaces, sayCount } from './language.ts'
import type { Messages } from './messages.ts'

/** Files named in the sentence; each question names all of its own. */
const NAMED = 3

/**
 * A renamed file is asked about several times: a listed one is not here, one that is here is not listed, it was compared under
 * nothing, its name has no place. What stands above those questions says that they are about the same files; it takes none of
 * them away. Null where not two of them are about nothing but renamed files.
 */
export function sayRenamedTogether(problems: readonly Finding[], messages: Messages = ENGLISH): string | null {
  const listedAs = new Map(
    problems
      .filter(({ id, reason }) => id === 'payload.present' && reason === 'renamed')
      .flatMap(({ exceptions = [] }) =>
        exceptions.flatMap(({ path, reason, found }) =>
          reason === 'renamed' && found !== undefined ? [[found, path] as const] : [],
        ),
      ),
  )
  if (listedAs.size === 0) return null
  const names = new Set([...listedAs.keys(), ...listedAs.values()])
  const about = problems.filter(
    ({ value, exceptions = [], exceptionsOmitted = 0 }) =>
      value === 'INDETERMINATE' &&
      exceptions.length > 0 &&
      exceptionsOmitted === 0 &&
      exceptions.every(({ path }) => names.has(path)),
  )
  if (about.length < 2) return null
  const { terms, answers, rules } = messages
  const files = [...listedAs]
    .slice(0, NAMED)
    .map(([path, listed]) => fillPlaces(terms.renamedAs, { path: escapeInLine(path), listed: escapeInLine(listed) }))
    .join(rules.list.separator)
  const rest = listedAs.size - NAMED
  const more = rest > 0 ? sayCount(rest, answers.outsideMore, rules) : ''
  return sayCount(about.length, terms.renamedTogether, rules, { files: `${files}${more}` })
}
