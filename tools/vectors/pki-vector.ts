import { toBase64 } from '@probatum/core'

/** Vectors of tokens, signatures, paths and revocation, as they stand in FAMILY/vectors.json; the README explains every member. */

export const FAMILIES = ['tokens', 'signatures', 'paths', 'revocation'] as const
export type Family = (typeof FAMILIES)[number]

export interface AnchorOfVector {
  readonly role: 'signer' | 'time-stamp-authority'
  /** A name of `files`. */
  readonly certificate: string
  readonly from?: string
  readonly until?: string
}

export interface PathOptions {
  readonly userInitialPolicySet?: readonly string[]
  readonly initialPolicyMappingInhibit?: boolean
  readonly initialExplicitPolicy?: boolean
  readonly initialAnyPolicyInhibit?: boolean
  readonly certificateProfile?: 'required'
  readonly maxDepth?: number
}

export interface PkiVector {
  readonly name: string
  /** The good vector that it departs from; null for a good one. */
  readonly base: string | null
  readonly mutation: string
  readonly why: string
  readonly effect: string
  /** Id of a shipped policy. */
  readonly policy: string
  /** Members of `paths` that differ from the shipped policy's. */
  readonly paths?: PathOptions
  readonly trustSet: string | null
  readonly validationTime: string
  /** Names of `files`. */
  readonly inputs: {
    readonly token?: string
    readonly signature?: string
    readonly certificate?: string
    readonly data?: string
    readonly certificates?: readonly string[]
    readonly revocation?: readonly string[]
  }
  readonly expect: {
    /** Absent: the file is refused as no token, or no signature, at all. */
    readonly indication?: 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE'
    /** Every finding that is neither PASSED nor NOT-CHECKED. */
    readonly findings: readonly string[]
    /** Code of the error with which the file is refused. */
    readonly error?: string
    /** Some that are, with their reason. */
    readonly also?: readonly string[]
  }
  /** Why OpenSSL is not asked; absent: it is. */
  readonly withoutOpenssl?: string
  /** What it is asked with, besides the usual. */
  readonly openssl?: { readonly arguments?: readonly string[]; readonly time?: string }
}

export interface FamilyFile {
  readonly vectors: 'probatum/pki-vectors/1-draft'
  readonly family: Family
  readonly trustSets: Readonly<Record<string, readonly AnchorOfVector[]>>
  readonly cases: readonly PkiVector[]
  /** Base64. */
  readonly files: Readonly<Record<string, string>>
}

/** Collects one family; every file that a vector names must be there, and every file must be named. */
export class FamilyBuilder {
  readonly #family: Family
  readonly #files = new Map<string, string>()
  readonly #cases: PkiVector[] = []
  readonly #trustSets: Record<string, readonly AnchorOfVector[]> = {}

  constructor(family: Family) {
    this.#family = family
  }

  /** Keeps the bytes under the name, which is returned. */
  file(name: string, bytes: Uint8Array): string {
    const text = toBase64(bytes)
    if ((this.#files.get(name) ?? text) !== text) throw new Error(`two files ${name}`)
    this.#files.set(name, text)
    return name
  }

  trustSet(name: string, anchors: readonly AnchorOfVector[]): string {
    this.#trustSets[name] = anchors
    return name
  }

  add(vector: PkiVector): void {
    if (this.#cases.some(({ name }) => name === vector.name)) throw new Error(`two vectors ${vector.name}`)
    this.#cases.push(vector)
  }

  done(): FamilyFile {
    const good = new Set(this.#cases.filter(({ base }) => base === null).map(({ name }) => name))
    for (const { name, base } of this.#cases)
      if (base !== null && !good.has(base)) throw new Error(`${name}: no good vector ${base}`)
    return {
      vectors: 'probatum/pki-vectors/1-draft',
      family: this.#family,
      trustSets: this.#trustSets,
      cases: this.#cases,
      files: Object.fromEntries(this.#files),
    }
  }
}

/** As it lies in the repository. */
export const familyText = (family: FamilyFile): string => `${JSON.stringify(family, null, 1)}\n`
