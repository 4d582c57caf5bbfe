import { compareInstants, type Instant } from '../model/instant.ts'

/** What one believed seal level proves to have existed by a moment. */
export interface LevelProof {
  readonly by: Instant
  /** Paths of files under seal/ and record/validation/ that it lists and that are as listed. */
  readonly covers: ReadonlySet<string>
  /** It lists every file of the bundle, and all are as listed. */
  readonly isWhole: boolean
}

/** What the believed later levels prove of what lies below them (format section 6.5). */
export interface RenewalProofs {
  /** Times by which all of these files under seal/ or record/validation/ are proved to have existed, earliest first. */
  readonly of: (...paths: readonly string[]) => readonly Instant[]
  /** The earliest time by which every file of the bundle is proved to have existed; null without. */
  readonly whole: Instant | null
}

/** What the levels prove, each by the time of its own time-stamps. */
export function renewalProofs(levels: readonly LevelProof[]): RenewalProofs {
  const inOrder = levels.toSorted((a, b) => compareInstants(a.by, b.by))
  return {
    of: (...paths) => inOrder.flatMap(({ by, covers }) => (paths.every((path) => covers.has(path)) ? [by] : [])),
    whole: inOrder.find(({ isWhole }) => isWhole)?.by ?? null,
  }
}

/** Of a bundle that nobody renewed. */
export const NO_RENEWAL: RenewalProofs = renewalProofs([])
