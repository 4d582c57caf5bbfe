import type { Assessment } from './assess.ts'
import type { ContainerKind, Oddity } from './container.ts'
import type { Finding } from './finding.ts'

/** What a run was given beside the bundle; all of it stands in the body. */
export interface ReportInputs {
  /** Payload digests that were computed: all that the manifests have, or the ones asked for. */
  readonly digests: 'all' | readonly string[]
  /** The copy was declared to be a part: absent listed files are not a contradiction. */
  readonly part: boolean
  /** Opened original names may be shown. */
  readonly names: boolean
  /** Whether the trust set's code was typed and agreed. */
  readonly setCode: 'confirmed' | 'not-confirmed'
  /** SHA-256 of further files given, by kind: openings, notices, evidence records, revocation data. */
  readonly files: readonly { readonly kind: string; readonly sha256: string }[]
  readonly recipient: string | null
}

/** A whole copy with all its digests, and nothing given or asked for beside it. */
export const PLAIN_INPUTS: ReportInputs = {
  digests: 'all',
  part: false,
  names: false,
  setCode: 'not-confirmed',
  files: [],
  recipient: null,
}

/** What was examined, for people to recognise it. All values come from the bundle and are claims until the findings say more. */
export interface ReportSubject {
  readonly kind: 'bundle' | 'bag' | 'timestamp' | 'signature' | 'certificate' | 'document' | 'evidence-record'
  /** SHA-256 of tagmanifest-sha256.txt. */
  readonly bundleId: string | null
  /** SHA-256 of each declared signature file that is here. */
  readonly sealIds: readonly { readonly file: string; readonly sha256: string }[]
  /** External-Identifier of bag-info.txt. */
  readonly externalIdentifier: string | null
  /** Format version that bundle.json names, or `BagIt x.y` for a foreign bag. */
  readonly format: string
  readonly issuer: string | null
  readonly recipient: string | null
  /** The bundle says of itself that it is an invented sample. */
  readonly sample: boolean
  readonly payloadFiles: number
  readonly payloadBytes: number
}

/** One signature file, or a token alone: who made it, and since when it is proved to exist. */
export interface SignatureSummary {
  readonly file: string
  readonly signer: { readonly subject: string; readonly sha256: string } | null
  /** signing-time attribute: the signer's own statement. */
  readonly claimedTime: string | null
  /** Upper bound of the earliest proved existence, RFC 3339; null when no sufficient token counts. */
  readonly bestSignatureTime: string | null
  readonly timestamps: readonly {
    readonly file: string
    readonly authority: string | null
    readonly genTime: string | null
    readonly accuracy: string | null
  }[]
}

/** The part of a report that is the same on every machine: two reports are compared by it. */
export interface ReportBody {
  readonly report: 'probatum/report/1-draft'
  readonly engine: { readonly name: 'probatum'; readonly version: string }
  readonly content: { readonly sha256: string; readonly files: number; readonly bytes: number }
  readonly inventory: { readonly sha256: string; readonly lines: number }
  readonly subject: ReportSubject
  readonly inputs: ReportInputs
  readonly policy: { readonly id: string; readonly sha256: string }
  readonly trustSet: {
    readonly sha256: string
    readonly issuer: string
    readonly number: number
    readonly date: string
    readonly reviewBy: string
    readonly sample: boolean
  } | null
  readonly validationTime: string
  readonly bestSignatureTime: string | null
  readonly signatures: readonly SignatureSummary[]
  readonly findings: readonly Finding[]
  readonly assessment: Assessment
}

/** What belongs to this copy and this call alone. */
export interface ReportEnvelope {
  readonly container: {
    readonly kind: ContainerKind
    /** Name as the operator gave it. */
    readonly name: string
    readonly bytes: number | null
    readonly oddities: readonly Oddity[]
    /** What operating systems left behind: set aside, not sealed. By the container's paths, top folder included. */
    readonly leftovers: readonly string[]
    /** Entries of the container that lie outside the bundle's top folder, by the container's paths. */
    readonly outside: readonly string[]
  }
  readonly digests: { readonly facts: string; readonly findings: string; readonly whole: string }
  /**
   * Saved facts were judged, and no file of what they are about was read. Absent where it was. It is a note for readers: the body,
   * and what is compared, is the same either way, and whoever keeps a report can leave the note out.
   */
  readonly savedFacts?: true
}

/** A judgement: facts, policy, trust set and time in, one body and one envelope out. */
export interface Report {
  readonly body: ReportBody
  readonly envelope: ReportEnvelope
}
