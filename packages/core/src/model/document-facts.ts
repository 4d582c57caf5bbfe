import type { ParseFailure } from '../pki/facts.ts'

/**
 * What was found of a PDF certificate. Where it was compared with what this version makes from the attached data, the
 * answer says so; of another version's nothing is said.
 */
export interface DocumentFacts {
  /** Why the file does not read; null when it does. Then everything below is what could be found all the same: nothing. */
  readonly failure: ParseFailure | null
  /** What was written one after the other; the first is the base. Empty for a file of another build, which is not read so. */
  readonly revisions: readonly DocumentRevision[]
  /** Signatures and document time-stamps, in the order of their fields. */
  readonly signatures: readonly DocumentSignature[]
  /** Beyond the limit: not looked at. */
  readonly signaturesOmitted: number
  readonly data: DocumentData
  /** The first bytes of the file, beside the ones that are made from its data. */
  readonly base: {
    readonly state: 'same' | 'altered' | 'other' | OpenState
    /** Bytes of the base that is made from the data; null where none was made. */
    readonly bytes: number | null
    /** Where the first byte differs; null without a comparison, or without a difference. */
    readonly firstDifference: number | null
    /** Bytes at the same places that differ. */
    readonly differing: number | null
  }
  /** What pages a reader shows, beside the ones that are made from the data. */
  readonly shown: {
    readonly state:
      | 'same'
      | 'text-same'
      | 'differs'
      | 'added'
      | 'pages-missing'
      /** What is there of our pages is whole: some are missing, others were added, or they stand in another order. */
      | 'other-pages'
      | 'made-anew'
      | 'unread'
      | OpenState
    readonly pages: number | null
    readonly expectedPages: number | null
    /** Pieces of text that are made from the data, and how many of them are there in their order. */
    readonly pieces: number | null
    readonly found: number | null
    /** The first page, from 1, that lacks one or has more. */
    readonly firstPage: number | null
  }
  /** The attached facts, judged again under the attached policy, trust set and time. */
  readonly report: { readonly state: 'follows' | 'differs' | OpenState }
  /** The bundle that was given, verified again; null when none was. */
  readonly bundle: {
    readonly state: 'same' | 'content-differs' | 'facts-differ' | 'other-bundle' | OpenState
    readonly contentSha256: string
  } | null
  readonly sidecar: {
    readonly state: 'same' | 'other-certificate' | 'printed-same' | 'printed-differs' | 'no-digests'
    /** Digests that were read on the pages or typed, and stand in it too. */
    readonly printed: readonly string[]
    /** Others, of which it knows nothing: those of files stand in the attached list alone. */
    readonly unknown: number
  } | null
}

/** Why nothing could be compared. */
export type OpenState = 'other-version' | 'no-data'

/** What a certificate as PDF states of itself. */
export interface DocumentData {
  readonly state: 'agree' | 'disagree' | 'lost' | 'malformed' | 'limit'
  /** What does not agree or is not there. */
  readonly where: string | null
  readonly expected: string | null
  readonly found: string | null
  /** Version that made the certificate; null when its request does not read. */
  readonly version: string | null
  /** Build that made it: SHA-256 of its sources, hex; null when its request does not read. */
  readonly build: string | null
  readonly certificateId: string | null
  /** What the attached report says: claims, until the findings say more. */
  readonly reportDigest: string | null
  readonly bundleId: string | null
  readonly indication: 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE' | null
  readonly validationTime: string | null
  readonly sample: boolean
}

/** One writing of the file, from its first byte to behind its `%%EOF`. */
export interface DocumentRevision {
  readonly from: number
  readonly to: number
  /** Which of the accepted things it adds. */
  readonly adds: readonly ('signature' | 'document-timestamp' | 'dss')[]
  /** Everything else, the first of it by name. */
  readonly changes: readonly DocumentChange[]
  readonly changesOmitted: number
}

/** A change that a later revision of a PDF makes. */
export interface DocumentChange {
  readonly code:
    | 'object-replaced'
    | 'object-added'
    | 'object-freed'
    | 'catalog'
    | 'page'
    | 'annotation'
    | 'trailer'
    | 'dss'
    | 'unaccounted'
    | 'unreadable'
  /** Number of the object; null where it is none. */
  readonly object: number | null
  /** Key or offset. */
  readonly at: string
}

/** A signature in a PDF, and what it is over. */
export interface DocumentSignature {
  /** `signature[0]`, `document-timestamp[0]` */
  readonly path: string
  readonly kind: 'signature' | 'document-timestamp' | 'other'
  /** Index of the revision that wrote it; null where revisions are not told apart. */
  readonly revision: number | null
  readonly subFilter: string | null
  /** /M as it stands; somebody's statement. */
  readonly claimedTime: string | null
  readonly byteRange: readonly number[] | null
  readonly coverage: 'covers' | 'not-four' | 'out-of-range' | 'not-whole' | 'not-its-contents' | 'packed'
  /** `empty`: nothing but zeros; `trailing`: other bytes than zeros behind the structure. */
  readonly contents: 'filled' | 'empty' | 'trailing' | 'absent'
}
