import type { AuthorisationFacts } from '../authorisation/authorisation-facts.ts'
import type { HistoryFacts } from '../custody/history-facts.ts'
import type { ParseErrorCode } from '../model/parse-error.ts'
import type { ParseFailure } from '../pki/facts.ts'
import type { Listed } from './bag-facts.ts'

/** record/bundle.json, format 1-draft, as the specification's section 4 has it. Members in this order (RFC 8785 sorts by name). */
export interface BundleRecord {
  /** Time-stamp authorities that the issuer accepts: hints to find them by, never anchors. */
  readonly authorities: readonly { readonly label: string; readonly subject: string }[]
  /** RFC 3339, the issuer's own statement. */
  readonly created: string
  /** `probatum/bundle/1-draft` */
  readonly format: string
  readonly issuer: { readonly name: string }
  readonly itemCount: number
  readonly log: { readonly id: string; readonly origin: string }
  /** Null when the export is for nobody in particular. */
  readonly recipient: { readonly name: string } | null
  /** Present, and true, in invented samples only. */
  readonly sample?: boolean
  /** The signature files that this bundle must have, in order. */
  readonly seal: readonly DeclaredSignature[]
}

/** A signature that bundle.json announces. */
export interface DeclaredSignature {
  /** Name below seal/1, e.g. `tagmanifest-sha256.txt.p7s` */
  readonly file: string
  /** SHA-256 of the signer's certificate, hex. */
  readonly signer: string
  /** Tokens of distinct authorities that the file needs. */
  readonly timestamps: number
}

/** One place of a record that is not as the format says. Values stand here only where two statements contradict each other. */
export interface RecordProblem {
  /** `contradiction`: two statements of the bundle that cannot both hold; else why the bytes could not be read. */
  readonly code: ParseErrorCode | 'contradiction'
  /** `line 3`; '' for the whole file. */
  readonly at: string
  /** Dotted member; '' for the whole value. */
  readonly member: string
  readonly offset: number | null
  readonly expected: string | null
  readonly found: string | null
}

/** A file of record/ as it was found. */
export interface RecordFileFacts {
  readonly path: string
  readonly state: 'valid' | 'absent' | 'contradictory' | 'invalid' | 'limit' | 'unreadable'
  /** Why the file could not be read at all: of `limit`, `unreadable`, and of `invalid` where it is not one line's fault. */
  readonly failure: ParseFailure | null
  /** In order of their places; the first LIMITS.exceptionsInFinding. */
  readonly problems: readonly RecordProblem[]
  readonly problemsOmitted: number
  /** Lines of a .jsonl file, withheld ones included. */
  readonly lines: number | null
  /** Withheld lines among them. */
  readonly stubs: number | null
}

/** What this version does not know: it costs certainty, because it may alter the meaning of the rest. */
export interface UnknownPart {
  readonly path: string
  /** `line 3`; '' for a file that is one value. */
  readonly at: string
  /** Dotted member, or `type` for a line of an unknown type. */
  readonly member: string
  /** The unknown type's name. */
  readonly value: string | null
}

/** A declared signature file and its tokens, as far as their names say. */
export interface SealFileFacts {
  /** Name below seal/1. */
  readonly file: string
  readonly present: boolean
  readonly timestamps: number
  /** Paths of the tokens over it that carry a declared authority's label, in byte order. */
  readonly tokens: readonly string[]
}

/** What bundle.json and the files beside it say; null members where they could not be read. */
export interface RecordFacts {
  /** Format version named in bundle.json, without the prefix: `1-draft`; null when it is not named. */
  readonly format: string | null
  readonly formatKnown: boolean
  /** Members and line types that this version does not know; the first LIMITS.exceptionsInFinding. */
  readonly unknown: readonly UnknownPart[]
  readonly unknownOmitted: number
  /** Null unless bundle.json is valid under a known format. With unknown members the known ones are still read. */
  readonly record: BundleRecord | null
  /** Empty under an unknown format: nothing is known about its records. */
  readonly files: readonly RecordFileFacts[]
  /** What chain, tree and commitments prove; null under an unknown format. */
  readonly history: HistoryFacts | null
  /** The sharing decision; null under an unknown format. */
  readonly authorisation: AuthorisationFacts | null
  /** SHA-256 of VERIFY.txt and whether it is on the published list of its format version. */
  readonly verifyText: {
    readonly state: 'read' | 'absent' | 'unreadable' | 'limit'
    readonly sha256: string | null
    readonly published: boolean
  }
  /** Files outside seal/ that the format has no place for, or whose payload path is not of its form. */
  readonly misplaced: Listed<{ readonly path: string; readonly reason: 'no-place' | 'payload-name' }>
  /** Mandatory files that are absent. */
  readonly absent: readonly string[]
  /** In the order in which bundle.json declares them; empty when it could not be read. */
  readonly seal: readonly SealFileFacts[]
  /** Tag manifests that are here and whose signature file is not declared. */
  readonly unsealedTagManifests: readonly string[]
  /** Files of seal/1, or beside the levels, that bundle.json does not declare or the format has no place for. */
  readonly undeclaredSealFiles: readonly string[]
  /** Files of seal/2 and later, hints apart: see RenewalFacts. */
  readonly laterLevelFiles: readonly string[]
  /** Files under seal/ beyond LIMITS.sealFiles, which were not looked at. */
  readonly sealFilesOmitted: number
  /** CRLs and OCSP responses among the validation hints, by their names; what they say is not looked at. */
  readonly revocationFiles: Listed<{ readonly path: string }>
}
