import { comparePaths } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import type { DigestAlgorithm, SourceFaultReason } from '../model/ports.ts'

/** A list kept bounded: all are counted, by code; the first LIMITS.exceptionsInFinding in byte order of paths are named. */
export interface Listed<T> {
  readonly count: number
  /** Count by the code of each member; what a check decides by, since `first` may be cut. */
  readonly by: Readonly<Record<string, number>>
  readonly first: readonly T[]
}

/** Counts everything, orders by path and keeps the head: never many more than that at once. */
export class PathListing<T> {
  #count = 0
  readonly #by: Record<string, number> = {}
  readonly #pathOf: (item: T) => string
  readonly #codeOf: (item: T) => string
  #kept: T[] = []

  constructor(pathOf: (item: T) => string, codeOf: (item: T) => string) {
    this.#pathOf = pathOf
    this.#codeOf = codeOf
  }

  add(item: T): void {
    const code = this.#codeOf(item)
    this.#count++
    this.#by[code] = (this.#by[code] ?? 0) + 1
    this.#kept.push(item)
    if (this.#kept.length >= 2 * LIMITS.exceptionsInFinding) this.#cut()
  }

  #cut(): void {
    this.#kept.sort((a, b) => comparePaths(this.#pathOf(a), this.#pathOf(b)))
    this.#kept.length = Math.min(this.#kept.length, LIMITS.exceptionsInFinding)
  }

  finish(): Listed<T> {
    this.#cut()
    return { count: this.#count, by: this.#by, first: this.#kept }
  }
}

/** The first LIMITS.exceptionsInFinding of the items with all that are counted by code. */
export function listed<T>(items: Iterable<T>, pathOf: (item: T) => string, codeOf: (item: T) => string): Listed<T> {
  const listing = new PathListing(pathOf, codeOf)
  for (const item of items) listing.add(item)
  return listing.finish()
}

/** How a file that has to be read for the bag's own sake came in. */
export type ReadState = 'read' | 'absent' | 'unreadable' | 'too-large' | 'encoding' | 'unsupported-encoding'

/** bagit.txt */
export interface DeclarationFacts {
  readonly state: ReadState
  /** As written, also when malformed; null when there is none. */
  readonly version: string | null
  readonly encoding: string | null
  /** Deviations from RFC 8493 §2.1.1, in the order found. */
  readonly problems: readonly DeclarationProblem[]
}

/** What is wrong with bagit.txt. */
export type DeclarationProblem =
  | 'byte-order-mark'
  | 'encoding'
  | 'whitespace'
  | 'version-malformed'
  | 'version-missing'
  | 'encoding-missing'
  | 'encoding-unsupported'
  | 'extra-line'

/** bag-info.txt, or package-info.txt before 0.96. */
export interface InfoFacts {
  readonly path: string | null
  readonly state: ReadState
  /** In the order of the file, labels as written, continuation lines joined by one space. */
  readonly fields: readonly { readonly label: string; readonly value: string }[]
  readonly problems: readonly { readonly line: number; readonly code: InfoProblem }[]
}

/** What is wrong with a line of bag-info.txt. */
export type InfoProblem = 'no-colon' | 'empty-label' | 'space-before-colon' | 'continuation-first' | 'byte-order-mark'

/** What is wrong with a line of a manifest. */
export type ManifestProblem =
  | 'no-separator'
  | 'malformed-digest'
  | 'outside-payload'
  | 'inside-payload'
  | 'line-too-long'
  | 'encoding'

/** Readings that are not RFC 8493's own, by how many lines needed them; never silent. */
export type ManifestLeniency =
  | 'asterisk'
  | 'dot-slash'
  | 'byte-order-mark'
  | 'carriage-return'
  | 'blank-line'
  | 'upper-case-digest'
  | 'stray-percent'
  | 'no-final-line-end'

/** One manifest: how it reads, and what became of each path that it lists. */
export interface ManifestFacts {
  readonly path: string
  readonly kind: 'payload' | 'tag'
  /** As the file name has it. */
  readonly algorithmName: string
  /** Null: an algorithm that this version does not know. */
  readonly algorithm: DigestAlgorithm | null
  readonly state: ReadState
  readonly lines: number
  /** Lines `<hex>  <path>` only, ordered by path, each path once, every line ended by one LF. */
  readonly nativeForm: boolean
  readonly problems: Listed<{ readonly line: number; readonly code: ManifestProblem; readonly path: string }>
  readonly leniencies: Readonly<Partial<Record<ManifestLeniency, number>>>
  readonly duplicates: Listed<{ readonly path: string; readonly code: 'repeated' | 'contradictory' }>
  /** False when `--digests` left it out. Tag manifests are always compared. */
  readonly asked: boolean
  /** Listed files that are here and whose bytes agree. */
  readonly matched: number
  /** Listed files that are here and could not be said to agree. */
  readonly unmatched: Listed<UnmatchedFacts>
}

/** A listed path that its file does not match, and why. */
export interface UnmatchedFacts {
  readonly path: string
  readonly code: 'mismatch' | 'unreadable' | 'malformed-digest'
  readonly expected: string | null
  readonly found: string | null
  readonly diagnosis: DiagnosisFacts | null
}

/** What a mismatch looks like; never changes a value. */
export interface DiagnosisFacts {
  readonly id: 'line-ends' | 'byte-order-mark' | 'truncated' | 'zeros' | 'cut-at-4-gib' | 'other-item'
  /** Byte offset. */
  readonly at: number | null
  /** The item whose bytes lie here. */
  readonly path: string | null
}

/** A listed path with no file of that name. */
export interface MissingFacts {
  readonly path: string
  /**
   * `absent`: nothing explains it. `in-fetch`: fetch.txt says where it should be had. `unreadable-folder`: it would lie
   * in a folder that could not be listed. `irregular`: a link or device has its name. `ambiguous`: more than one file
   * could be meant. `malformed`: only lines name it that have no digest of their algorithm, so that they may be no manifest
   * lines at all. `renamed`: a file that no manifest lists has its bytes.
   */
  readonly code: 'absent' | 'in-fetch' | 'unreadable-folder' | 'irregular' | 'ambiguous' | 'malformed' | 'renamed'
  /** Of `renamed`: the path of that file. */
  readonly elsewhere?: string
  /** Manifests that list it. */
  readonly manifests: readonly string[]
}

/** A file that no manifest lists. */
export interface UnlistedFacts {
  readonly path: string
  /**
   * `nowhere`: in no manifest of its kind; `some`: in some but not all; `ambiguous`: see MissingFacts. `renamed`, `copy`: in
   * none, and its bytes are those of a listed name that no file has, or of another file that is here.
   */
  readonly code: 'nowhere' | 'some' | 'ambiguous' | 'renamed' | 'copy'
  /** Of `renamed` and `copy`: that name, or the path of that file. */
  readonly of?: string
}

/** A file found under another spelling of the listed name, one file and one name, no other candidates. */
export interface SpellingFacts {
  readonly path: string
  readonly found: string
  readonly how: 'normalisation' | 'percent' | 'backslash' | 'dot-segment' | 'encoding'
  readonly manifest: string
  readonly role: 'payload' | 'tag'
  /** `agrees`: the bytes match what that manifest lists; `unproved`: they differ or could not be compared. */
  readonly code: 'agrees' | 'unproved'
}

/** How a name cannot be trusted. */
export type UnsafeKind =
  | 'absolute'
  | 'parent'
  | 'home'
  | 'drive'
  | 'nul'
  | 'too-long'
  | 'not-utf-8'
  | 'backslash'
  | 'control'
  | 'reserved'
  | 'trailing'

/** A path whose name cannot be trusted. */
export interface UnsafePathFacts {
  readonly path: string
  readonly code: UnsafeKind
  /** Where the name stands: a manifest's path, fetch.txt, or '' for the tree itself. */
  readonly where: string
}

/** Everything that arithmetic tells of a bag (RFC 8493). */
export interface BagFacts {
  readonly declaration: DeclarationFacts
  readonly info: InfoFacts
  /** In byte order of their paths. */
  readonly manifests: readonly ManifestFacts[]
  readonly fetch: {
    readonly state: ReadState
    readonly entries: number
    /** Lines that are not URL, length and path. */
    readonly malformed: number
    readonly absent: Listed<{ readonly path: string }>
    /** Entries that not every payload manifest lists. */
    readonly unlisted: Listed<{ readonly path: string }>
  }
  /** What the request asked for; tag files are compared under every algorithm whatever it says. */
  readonly payloadDigests: 'all' | readonly DigestAlgorithm[]
  readonly files: number
  /** Below data/, as found. */
  readonly payload: { readonly files: number; readonly bytes: number }
  /** Payload files by the set of algorithms under which they were compared, equal or not. */
  readonly coverage: readonly {
    readonly algorithms: readonly DigestAlgorithm[]
    readonly files: Listed<{ readonly path: string }>
  }[]
  readonly missing: { readonly payload: Listed<MissingFacts>; readonly tag: Listed<MissingFacts> }
  /** Tag: outside data/, seal/ and the tag manifests themselves. */
  readonly unlisted: { readonly payload: Listed<UnlistedFacts>; readonly tag: Listed<UnlistedFacts> }
  /** Files that the tag manifests could list. */
  readonly tagFiles: number
  readonly spellings: Listed<SpellingFacts>
  readonly unreadable: Listed<{ readonly path: string; readonly code: SourceFaultReason }>
  readonly contradictions: Listed<{
    readonly path: string
    readonly code: 'crc' | 'size' | 'deflate' | 'limit'
    readonly expected: string
    readonly found: string
  }>
  /** Links, devices, folders that could not be listed. */
  readonly irregular: Listed<{ readonly path: string; readonly code: string }>
  readonly unsafe: Listed<UnsafePathFacts>
  readonly collisions: Listed<{
    readonly path: string
    readonly code: 'normalisation' | 'case'
    readonly other: string
  }>
}

/** First value of a label, labels compared without case (RFC 8493 §2.2.2). */
export function infoValues(info: InfoFacts, label: string): readonly string[] {
  const wanted = label.toLowerCase()
  return info.fields.filter((field) => field.label.toLowerCase() === wanted).map((field) => field.value)
}
