import type { ParseFailure, PooledCertificate, TokenFacts } from '../pki/facts.ts'
import type { RevocationFacts } from '../pki/revocation.ts'

/** What was found of an evidence record (RFC 4998), beside the files that it is said to be over. */
export interface EvidenceRecordFacts {
  /** Why it does not read; null when it does. Then everything below is what could be found all the same: nothing. */
  readonly failure: ParseFailure | null
  readonly version: number | null
  /** Names of the digests that its head announces, or their OIDs. */
  readonly digestAlgorithms: readonly string[]
  /** Types of what stands in cryptoInfos; nothing here is judged by them. */
  readonly cryptoInfos: readonly string[]
  /** encryptionInfoType: the digests may be those of encrypted files. Null without one. */
  readonly encryptionInfo: string | null
  /** Files that were given: `data[0]` and so on, in the order in which they were given. */
  readonly objects: number
  /** All archive time-stamps, chain after chain. */
  readonly timestamps: readonly ArchiveTimeStampFacts[]
}

/** An evidence record that was given beside a bundle or bag. */
export interface GivenEvidenceRecordFacts {
  /** Of the file as it was given, hex. */
  readonly sha256: string
  readonly bytes: number
  /** Why it is no evidence record at all; null when it is one. */
  readonly failure: ParseFailure | null
  /** Files of the bundle, and how many of them could be compared: for the others the record's digest was not at hand. */
  readonly files: number
  readonly compared: number
  /** Files that the first list has; the record below is about the first LIMITS.evidenceRecordObjects of them. */
  readonly covered: number
  /** Files that it has beside these whose bytes are the same in other bundles, and show nothing of this one. Absent: none. */
  readonly common?: number
  /** The first LIMITS.exceptionsInFinding of them. */
  readonly paths: readonly string[]
  /** Over these files; null when it is no record at all. */
  readonly record: EvidenceRecordFacts | null
}

/** All evidence records that were given with a bundle. */
export interface GivenEvidenceRecordsFacts {
  /** In the order of their digests. */
  readonly files: readonly GivenEvidenceRecordFacts[]
  /** Of their time-stamps: apart from those of the bundle, because what a record carries must change nothing there. */
  readonly certificates: readonly PooledCertificate[]
  /** That of their time-stamps together with the bundle's; absent where their time-stamps have none. */
  readonly revocation?: RevocationFacts
}

/** An ArchiveTimeStamp (RFC 4998 §4.1), and what its tree is over. */
export interface ArchiveTimeStampFacts {
  /** `archiveTimeStamp[0][1]`: the second of the first chain. Its time-stamp has the same path. */
  readonly path: string
  readonly chain: number
  readonly position: number
  /** Digest of its hash tree, by name or OID; null when neither the field nor the time-stamp says which. */
  readonly digest: string | null
  /** Types of its attributes; nothing here is judged by them. */
  readonly attributes: readonly string[]
  /**
   * `none`: the time-stamp is over one digest itself. `unsupported`: a digest that cannot be computed here.
   * `hash-length`: digests of another length than `digest` gives, so that nothing was computed.
   */
  readonly tree: 'none' | 'computed' | 'unsupported' | 'hash-length'
  /** Digests in each list; empty without a tree. */
  readonly lists: readonly number[]
  /** Hex; null unless `tree` is `computed`. */
  readonly root: string | null
  /** What it has to be over: of each file, and of each chain's first but the initial with all older chains; or the time-stamp before. */
  readonly covers: readonly CoveredFacts[]
  /** Digests in the first list that are none of these. */
  readonly others: number
  readonly token: TokenFacts
}

/** One thing that an archive time-stamp must cover, and whether it does. */
export interface CoveredFacts {
  /** `data[0]`, or the path of the archive time-stamp before. */
  readonly what: string
  /** Hex; null when it could not be computed. */
  readonly hash: string | null
  /** Whether the first list has it; without a tree, whether the time-stamp is over it. */
  readonly found: boolean
}
