import type { TokenFacts } from '../pki/facts.ts'
import type { Listed } from './bag-facts.ts'

/** The later seal levels of a bundle (format section 6.5), as they stand. */
export interface RenewalFacts {
  /** By number, from 2 on. One that is absent among them is a gap. */
  readonly levels: readonly LevelFacts[]
  /** Levels beyond LIMITS.sealLevels, not looked at. */
  readonly omitted: number
}

/** A later seal level: what lies in `seal/N/`, and what its sums say. */
export interface LevelFacts {
  readonly level: number
  /** Files of `seal/N/` that have no place in the format, in byte order; whatever lies in validation/ is none. */
  readonly misplaced: readonly string[]
  readonly sums: SumsFacts
  /** Time-stamps over the list, in byte order of their paths. */
  readonly tokens: readonly TokenFacts[]
}

/** `seal/N/sums-sha512.txt`, compared with the tree. */
export interface SumsFacts {
  readonly path: string
  readonly state: 'read' | 'absent' | 'unreadable' | 'too-large'
  readonly lines: number
  /** What is not in the form of section 6.5, by code: ManifestProblem, ManifestLeniency, or `order`. */
  readonly problems: Readonly<Record<string, number>>
  /** Listed files whose SHA-512 is the listed one. */
  readonly matched: number
  /** Listed payload files whose SHA-512 was not asked for. */
  readonly notCompared: number
  readonly unmatched: Listed<UnmatchedLine>
  /** Files outside `seal/N/` and later levels that it does not list. */
  readonly unlisted: Listed<UnlistedFile>
  /** Files under seal/ and record/validation/ that it lists and that are as listed, in byte order; at most LIMITS.sealFiles. */
  readonly covers: readonly string[]
}

/** A line of the sums that its file does not match, and why. */
export interface UnmatchedLine {
  readonly path: string
  /** `own-level`: a file of this level or a later one, which cannot have been here before the list. */
  readonly code: 'mismatch' | 'missing' | 'unreadable' | 'own-level'
  /** SHA-512, hex; null unless both were at hand. */
  readonly expected: string | null
  readonly found: string | null
}

/** A file that the sums of a level do not list. */
export interface UnlistedFile {
  readonly path: string
  /** `seal` and `tag-manifest` are listed by every level; `hint`: under `seal/M/validation/`; `file`: any other. */
  readonly code: 'seal' | 'tag-manifest' | 'hint' | 'file'
}
