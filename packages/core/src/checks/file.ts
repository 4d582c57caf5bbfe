import type { BagFacts } from '../bundle/bag-facts.ts'
import type { Finding } from '../model/finding.ts'
import { LIMITS } from '../model/limits.ts'
import type { BagContext } from './bag-context.ts'
import { BAG, one, summarise, type Trouble, troubleOf } from './bag-summary.ts'

/**
 * Is everything a regular file? A link is never followed: what it points to is not in the bag. In a native bundle
 * nothing but files is allowed outside seal/, where an addition can only cost certainty. A hard link in a tar is a second name of
 * a file, which archivers write by themselves; unpacked it is a file like any other (docs/adr/0008).
 */
export function checkFileRegular(facts: BagFacts, { native }: BagContext): Finding {
  const { irregular } = facts
  const kinds = Object.keys(irregular.by)
  const inSeal = kinds.filter((kind) => kind.startsWith('seal:'))
  const folders: readonly string[] = kinds.filter((kind) => kind === 'unreadable-folder')
  const hard: readonly string[] = kinds.filter((kind) => kind === 'hard-link')
  const others = kinds.filter((kind) => ![...inSeal, ...folders, ...hard].includes(kind))
  const isSeal = (path: string) => path.startsWith('seal/')
  return summarise('file.regular', {
    subject: BAG,
    troubles: [
      troubleOf(irregular, others, native ? 'FAILED' : 'INDETERMINATE', 'irregular', undefined, ({ path, code }) => {
        return !isSeal(path) && code !== 'unreadable-folder' && code !== 'hard-link'
      }),
      troubleOf(irregular, hard, 'INDETERMINATE', 'hard-link', undefined, ({ path, code }) => {
        return !isSeal(path) && code === 'hard-link'
      }),
      troubleOf(irregular, inSeal, 'INDETERMINATE', 'irregular', undefined, ({ path }) => isSeal(path)),
      troubleOf(irregular, folders, 'INDETERMINATE', 'unreadable-folder', undefined, ({ path, code }) => {
        return !isSeal(path) && code === 'unreadable-folder'
      }),
    ],
    otherwise: { value: 'PASSED' },
  })
}

/**
 * Are there files that operating systems leave behind? Where the policy sets them aside the answer does not depend on
 * them, not even in a count: a copy with them and one without are the same content and give the same report.
 */
export function checkFileLeftover({ leftovers, policy }: BagContext): Finding {
  if (policy.strict.systemLeftovers === 'set-aside') return one('file.leftover', 'PASSED')
  const trouble: Trouble = {
    value: 'INDETERMINATE',
    reason: 'refused',
    count: leftovers.length,
    exceptions: leftovers
      .slice(0, LIMITS.exceptionsInFinding)
      .map((path) => ({ path, value: 'INDETERMINATE', reason: 'leftover' })),
  }
  return summarise('file.leftover', { subject: BAG, troubles: [trouble], otherwise: { value: 'PASSED' } })
}
