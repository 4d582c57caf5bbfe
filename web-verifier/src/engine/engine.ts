/**
 * What the page asks of the engine, and what it gets: plain data, no DOM. The view knows this file and nothing behind it.
 * All work on evidence is done in a worker that can be killed; the page's own thread only passes messages. What is given and what
 * comes out have a file each; both are handed on here.
 *
 * index.html is static text that says "damaged" (`<main id="damaged">`) and an empty, hidden `<div id="page">`. main.ts
 * checks the page, and only then calls `startView(engine, page)` of view/start.ts and swaps the two. Fonts come as data
 * blocks too: `About.fonts` names what is registered under which family.
 */
import type { AnchorRole, DigestAlgorithm, ParseErrorCode, ParseErrorDetail, SourceFaultReason } from '@probatum/core'
import type { Given, Intake } from './given.ts'
import type {
  FileDigests,
  FileMatch,
  FileTable,
  Output,
  OutputRequest,
  RecipientRead,
  Told,
  TrustCodeMatch,
  TypedMatch,
  Verified,
} from './results.ts'

export type * from './given.ts'
export * from './results.ts'

/** The engine of an undamaged page. The view gets one from `main.ts`, which has checked the page first. */
export interface Engine {
  readonly about: About
  /** Policies that come with the page: the program's own first, then those of the edition. */
  readonly policies: readonly PolicyChoice[]
  /** Trust sets that come with the page: the sample's, and those of the edition. Picked ones are in an Intake. */
  readonly trustSets: readonly TrustSetChoice[]
  /** Sample bundles built into the page, to be given to `open` with `given: 'sample'`. */
  readonly samples: readonly SampleBundle[]

  /** Looks at what was picked or dropped and says what it is, by content. Earlier givens stay until `forget`. */
  open(given: Given, onProgress?: OnProgress): Run<Intake>
  /** Opens a key with its pass phrase, and with it the encrypted files that waited. The phrase is kept until `forget`, in memory alone. */
  unlock(file: FileId, passphrase: string): Run<Intake>
  /** Lets go of everything that was given, and of all results. */
  forget(): void
  /** Everything given so far, as the last `open` said it. */
  readonly intake: Intake

  /** Verifies one subject. One run at a time: a second call waits for the first. */
  verify(subject: SubjectId, choice: Choice, onProgress?: OnProgress): Run<Verified>
  /** Reads a report that somebody saved. Nothing is checked but that it is whole, and that its verdict follows from its findings. */
  tell(subject: SubjectId): Run<Told>
  /** Judges a result's facts again under another policy, trust set or time: nothing is hashed again. */
  judge(verified: Verified, choice: Choice): Run<Verified>

  /** Digest of one file that was given, whatever it is: for a person who wants its fingerprint. */
  digest(file: FileId, algorithms: readonly DigestAlgorithm[], onProgress?: OnProgress): Run<FileDigests>
  /** "Is this file part of it?": looks a file's digests up in the inventory of a result. */
  findFile(file: FileId, verified: Verified, onProgress?: OnProgress): Run<FileMatch>
  /** A digest, code or prefix of one (16 digits or more) as typed or pasted, against everything that a result has. */
  compareTyped(typed: string, verified: Verified): Promise<TypedMatch>
  /** The rows of a result's file list. Sorting and searching are done away from the page's thread. */
  files(verified: Verified): FileTable
  /** Files to keep that this page can make: a certificate needs fonts, which may not be built in. */
  readonly outputs: readonly OutputRequest['kind'][]
  /** Makes a file to keep, in a worker, by `makeOutput` of outputs/make-output.ts. */
  output(verified: Verified, wanted: OutputRequest): Run<Output>
  /** Bytes of one record, tag or seal file of a bundle, to be kept or shown; rejects with `choice` where it is not there. */
  member(verified: Verified, path: string): Run<Uint8Array<ArrayBuffer>>
  /** Reads a trust set's code as typed, and says whether it is the code of that set. */
  confirmTrustSet(trustSet: TrustSetId, typed: string): TrustCodeMatch
  /** Whom a person names as recipient: age1…, the SHA-256 of a key, or a name. */
  recipientOf(typed: string): RecipientRead
  /** The same from a file with a certificate, or with recipients of age. */
  recipientOfFile(file: Blob): Promise<RecipientRead>
}

/** Something that takes time. `done` rejects with EngineError; after `cancel()` with one whose failure is `cancelled`. */
export interface Run<Result> {
  readonly done: Promise<Result>
  /** Kills the worker: `done` rejects within 200 ms, at any moment. */
  cancel(): void
}

export type FileId = string
export type SubjectId = string
export type TrustSetId = string

/** Which copy of the page this is. */
export interface About {
  /** Version of the program, as in every report. */
  readonly version: string
  /** CSP hash of the script that runs, as computed from its own text: `sha256-<base64>`. */
  readonly scriptHash: string
  /** The same as 64 hex digits, for print. */
  readonly scriptSha256: string
  /** An institution's own edition: what `probatum page make` embedded. Null on the plain page. */
  readonly edition: {
    readonly name: string
    /** Of the embedded block. To be shown on screen and in every output. */
    readonly sha256: string
  } | null
  /** False where the browser forbids WebAssembly: then everything is hashed in plain JavaScript, several times slower. */
  readonly hasWasm: boolean
  /** Families that main.ts has registered (FontFace from checked bytes): no @font-face rule is needed. */
  readonly fonts: readonly string[]
}

export interface PolicyChoice {
  readonly id: string
  /** Of the policy's file. */
  readonly sha256: string
  readonly from: 'program' | 'edition' | 'file'
  readonly requiredAxes: readonly string[]
}

export interface TrustSetChoice {
  readonly id: TrustSetId
  readonly from: 'sample' | 'edition' | 'file'
  /** Name of the picked file; null for one of the page. */
  readonly file: string | null
  readonly sha256: string
  readonly issuer: string
  readonly number: number
  readonly date: string
  readonly reviewBy: string
  readonly sample: boolean
  /** Eight groups of four: what the letter has. It is for the person to type, never for the page to fill in. */
  readonly code: string
  readonly anchors: readonly {
    readonly label: string
    readonly role: AnchorRole
    readonly source: string
    /** Subject of its certificate; null for a log, which is a bare key. */
    readonly subject: string | null
    readonly sha256: string
  }[]
}

export interface SampleBundle {
  readonly id: string
  /** What the sample shows: `sealed`, `changed`, …; the view has words for it. */
  readonly shows: string
  readonly bytes: number
}

/** Everything that a judgement rests on besides the evidence. */
export interface Choice {
  /** Id of a shipped policy, or of a PolicyChoice of the edition or of a picked file. */
  readonly policy: string
  readonly trustSet: TrustSetId | null
  /** The set's code as typed; it must match, or `verify` rejects with `trust-code`. Null: not confirmed. */
  readonly typedCode: string | null
  /** RFC 3339 in UTC, or a day, which means its last second; null for the clock's now. */
  readonly at: string | null
  /** This copy is a part: listed files that are absent do not contradict. */
  readonly part: boolean
  /** Original file names may be shown where they were opened; stated in the report. */
  readonly names: boolean
  /** Hand out opened values, for "Show protected information". They are never part of report or facts. */
  readonly showOpened: boolean
  /** Payload digests to compute; absent: all that the manifests have. */
  readonly digests?: 'all' | readonly DigestAlgorithm[]
  /** Files of the intake that go with it: CRLs, OCSP responses, later openings, notices, sidecars, and evidence records beside a bundle. */
  readonly beside: readonly FileId[]
  /** Of a time-stamp or signature: the file that it is said to be over, when the person chose another; of a PDF the bundle (SubjectId), or `` for none. */
  readonly over?: FileId
  /** Of an evidence record: the files that it is said to be over. */
  readonly data?: readonly FileId[]
  /** Whom the bundle should be for, as `recipientOf` reads it; null for nobody. */
  readonly recipient?: string | null
  /** Of a certificate: as what it is asked about. */
  readonly role?: 'signer' | 'time-stamp-authority'
}

export type OnProgress = (progress: Progress) => void

/** `listing`: names are collected; `reading`: manifests and records; `comparing`: bytes are hashed; `judging`: certificates and checks. */
export interface Progress {
  readonly phase: 'listing' | 'looking' | 'reading' | 'comparing' | 'judging'
  readonly bytes: number
  readonly totalBytes: number | null
  readonly files: number
  readonly totalFiles: number | null
  /** After five seconds of `comparing`; null before, and where it cannot be told. */
  readonly secondsLeft: number | null
}

/** Why there is no result. `messages.parseErrors` and `messages.faults` of words have the sentences. */
export type Failure =
  | {
      readonly kind: 'parse'
      readonly code: ParseErrorCode
      readonly detail: ParseErrorDetail
      readonly message: string
    }
  | { readonly kind: 'source'; readonly reason: SourceFaultReason; readonly path: string; readonly systemCode: string }
  | { readonly kind: 'cancelled'; readonly progress: Progress | null }
  | { readonly kind: 'trust-code'; readonly match: TrustCodeMatch }
  /** A key that this pass phrase does not open; or what it opened is no key. */
  | { readonly kind: 'passphrase'; readonly what: 'not-open' | 'no-key' }
  /** `at` is no time; `over`: the file that the signature or time-stamp is over is needed and was not chosen. */
  | { readonly kind: 'choice'; readonly what: 'policy' | 'trust-set' | 'at' | 'over' | 'data' | 'beside' | 'subject' }
  /** A defect of the program: no verdict. */
  | { readonly kind: 'defect'; readonly stack: string }

export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind)
    this.failure = failure
  }
}
