import type { ParseFailure } from '../pki/facts.ts'

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

export interface DeclaredSignature {
  /** Name below seal/1, e.g. `tagmanifest-sha256.txt.p7s` */
  readonly file: string
  /** SHA-256 of the signer's certificate, hex. */
  readonly signer: string
  /** Tokens of distinct authorities that the file needs. */
  readonly timestamps: number
}

/** A file of record/ as it was found. */
export interface RecordFileFacts {
  readonly path: string
  readonly state: 'valid' | 'absent' | 'invalid' | 'unreadable'
  /** Of `invalid`: what is wrong, as a fact. */
  readonly failure: ParseFailure | null
  /** Lines of a .jsonl file. */
  readonly lines: number | null
}

/** What bundle.json and the files beside it say; null members where they could not be read. */
export interface RecordFacts {
  /** Format version named in bundle.json, without the prefix: `1-draft`; null when it is not named. */
  readonly format: string | null
  readonly formatKnown: boolean
  /** Members of bundle.json that this version does not know, dotted. */
  readonly unknownMembers: readonly string[]
  /** Null unless bundle.json is valid under a known format. With unknown members the known ones are still read. */
  readonly record: BundleRecord | null
  readonly files: readonly RecordFileFacts[]
  /** items.jsonl: lines or stubs, when it could be read. */
  readonly itemLines: number | null
  /** SHA-256 of VERIFY.txt and whether it is on the published list of its format version. */
  readonly verifyText: { readonly sha256: string | null; readonly published: boolean }
  /** Paths of a native bundle that the format has no place for (outside seal/, payload apart), in byte order. */
  readonly misplaced: readonly string[]
  /** Payload paths that are not of the native form. */
  readonly misplacedPayload: readonly string[]
  /** Mandatory files that are absent. */
  readonly absent: readonly string[]
  /** Files under seal/ that the record does not declare or the format has no place for. */
  readonly undeclaredSealFiles: readonly string[]
  /** Validation hints found: listed in the envelope of a later issue. */
  readonly laterLevels: readonly number[]
}
