import type { Facts, InventoryLine } from '@probatum/core'
import type { LabelKey } from './writer.ts'

/** What the lists say of one file, the gravest first. */
const RESULTS = [
  ['mismatch', 'resultMismatch'],
  ['missing', 'resultMissing'],
  ['unlisted', 'resultUnlisted'],
  ['unreadable', 'resultUnreadable'],
  ['malformed-digest', 'resultNotCompared'],
  ['not-compared', 'resultNotCompared'],
] as const satisfies readonly (readonly [string, LabelKey])[]

/** What stands beside a file; null where nothing is to be said of one that no list need name. */
export function resultOf({ manifests, role, size }: InventoryLine, kind: Facts['kind']): LabelKey | null {
  const states = Object.values(manifests)
  // No list names the seal and the tag manifests, which come after the lists; RFC 8493 lets tag files of a bag stand in none.
  const needNotBeListed = role === 'seal' || role === 'tag-manifest' || (kind === 'bag' && role !== 'payload')
  for (const [state, label] of RESULTS) {
    if (!states.includes(state)) continue
    if (state === 'unlisted' && needNotBeListed) continue
    // Of a digest that was left out, another list speaks.
    if (state === 'not-compared' && states.includes('match')) continue
    return label
  }
  if (states.includes('match')) return 'resultMatch'
  if (size === null) return 'resultMissing'
  return needNotBeListed ? null : 'resultUnlisted'
}

/** Nothing is to be said of it. */
export const isQuiet = (result: LabelKey | null): boolean => result === null || result === 'resultMatch'

/** Evidence files of which a list states the digest that they have, and none states another. */
export function countMatches(inventory: Iterable<InventoryLine>, kind: Facts['kind']): number {
  let count = 0
  for (const line of inventory) if (line.role === 'payload' && resultOf(line, kind) === 'resultMatch') count++
  return count
}
