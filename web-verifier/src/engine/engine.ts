/**
 * What the page asks of the engine, and what it gets: plain data, no DOM. The view knows this file and nothing behind it.
 * All work on evidence is done in a worker that can be killed; the page's own thread only passes messages. It is long because it is
 * all of that contract, in one place.
 *
 * index.html is static text that says "damaged" (`<main id="damaged">`) and an empty, hidden `<div id="page">`. main.ts
 * checks the page, and only then calls `startView(engine, page)` of view/start.ts and swaps the two. Fonts come as data
 * blocks too: `About.fonts` names what is registered under which family.
 */
import type {
  AnchorRole,
  ContainerKind,
  DigestAlgorithm,
  Facts,
  FactsFile,
  InventoryLine,
  OpenedField,
  ParseErrorCode,
  ParseErrorDetail,
  Report,
  SourceFaultReason,
} from '@probatum/core'
import type { Language } from '@probatum/words'

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

/** What a person handed over, in one go. */
export type Given =
  | { readonly from: 'files'; readonly files: readonly GivenFile[] }
  /** As a picker hands them over. Each is looked at when it is sent: to ask a hundred thousand for their paths at once stalls the page. */
  | { readonly from: 'picked'; readonly files: ArrayLike<File> }
  /** A dropped file or folder as a handle (Chromium): a folder is walked in the worker. */
  | { readonly from: 'handles'; readonly handles: readonly FileSystemHandle[] }
  | { readonly from: 'sample'; readonly sample: string }

export interface GivenFile {
  /** Path below what was picked, `/` between segments; the name alone for a single file. */
  readonly path: string
  readonly file: File
}

export interface Intake {
  /** What can be verified, in the order in which it was given. */
  readonly subjects: readonly Subject[]
  /** What helps to judge. */
  readonly beside: readonly Beside[]
  /** What is neither, with what it looks like. It can still be hashed, and looked for in a result. */
  readonly others: readonly OtherFile[]
  /** Links, folders that cannot be read and the like. */
  readonly notRead: readonly { readonly path: string; readonly reason: SourceFaultReason }[]
}

export type Subject =
  | BundleSubject
  | TimestampSubject
  | SignatureSubject
  | CertificateSubject
  | EvidenceRecordSubject
  | SavedFactsSubject
  | SavedReportSubject
  | DocumentSubject

interface SubjectBase {
  readonly id: SubjectId
  /** As the person would recognise it: the file's or folder's own name. */
  readonly name: string
}

export interface BundleSubject extends SubjectBase {
  readonly kind: 'bundle'
  readonly container: Exclude<ContainerKind, 'file'>
  /** Bytes of the archive's file; null for a folder. */
  readonly bytes: number | null
  /** The archive as a file; null for a folder, and for an archive inside another. */
  readonly file: FileId | null
  readonly files: number
  /** Of an archive that was encrypted and has been opened with a key that was given. */
  readonly encryption?: 'age' | 'cms'
  /** Name of the ZIP in which this one lies stored, one level deep. */
  readonly inside: string | null
  /** Given with `from: 'sample'`. */
  readonly sample: boolean
}

/** A time-stamp alone; `data` is the given file that it is over, found by its digest, else null. */
export interface TimestampSubject extends SubjectBase {
  readonly kind: 'timestamp'
  readonly file: FileId
  /** Files that it could be said to be over. */
  readonly candidates: readonly FileId[]
  readonly data: FileId | null
}

/** A detached CMS signature; `content` as for a time-stamp. */
export interface SignatureSubject extends SubjectBase {
  readonly kind: 'signature'
  readonly file: FileId
  readonly candidates: readonly FileId[]
  readonly content: FileId | null
  /** Time-stamps over this signature file that were given too. */
  readonly tokens: readonly FileId[]
}

export interface CertificateSubject extends SubjectBase {
  readonly kind: 'certificate'
  readonly file: FileId
  readonly subject: string
}

/** An evidence record (RFC 4998); `data`: the given files whose digests stand in it, none where no digest was found. */
export interface EvidenceRecordSubject extends SubjectBase {
  readonly kind: 'evidence-record'
  readonly file: FileId
  /** Files that it could be said to be over. */
  readonly candidates: readonly FileId[]
  readonly data: readonly FileId[]
  /** Bundles beside which it could have been given: with one of them it is judged there (`Choice.beside`), and not by itself. */
  readonly bundles: readonly SubjectId[]
  /** The only one that was given, or of several the only one that it is over; null where files were given that it is over. */
  readonly bundle: SubjectId | null
}

/** Facts saved by `verify --save-facts`: judged again, hashed never. */
export interface SavedFactsSubject extends SubjectBase {
  readonly kind: 'facts'
  readonly file: FileId
}

/** A report that somebody saved, as JSON or as a page: it is told in words with `tell`, and verified never. */
export interface SavedReportSubject extends SubjectBase {
  readonly kind: 'report'
  readonly file: FileId
}

/** A certificate as PDF; `bundle` is the one that it is compared with: the only one that was given, else null. */
export interface DocumentSubject extends SubjectBase {
  readonly kind: 'document'
  readonly file: FileId
  /** Bundles that it could be about. */
  readonly candidates: readonly SubjectId[]
  readonly bundle: SubjectId | null
}

export type Beside =
  | { readonly kind: 'trust-set'; readonly file: FileId; readonly name: string; readonly trustSet: TrustSetChoice }
  | { readonly kind: 'policy'; readonly file: FileId; readonly name: string; readonly policy: PolicyChoice }
  | {
      readonly kind: 'crl' | 'ocsp' | 'disclosures' | 'notice' | 'sidecar'
      readonly file: FileId
      readonly name: string
      readonly sha256: string
    }

  /** Keys that open encrypted bundles. They stay in the worker; nothing of them is shown, hashed or kept. */
  | { readonly kind: 'identity'; readonly file: FileId; readonly name: string; readonly keys: number }
  /** A key under a password, or a small file under a passphrase of age, which may be one: `unlock` opens it. */
  | { readonly kind: 'locked-identity'; readonly file: FileId; readonly name: string }

/**
 * `looksLike`: as core's ERR_NOT_A_BUNDLE names it (`rar`, `7z`, `gzip`, `jpeg`, `text`, …), or the code of what was wrong with it;
 * `encrypted` for a file that no key opened, `key` for keys that cannot be used.
 */
export interface OtherFile {
  readonly file: FileId
  readonly name: string
  readonly bytes: number
  readonly looksLike: string
  /** Why it could not be read as what it looks like. */
  readonly failure: Failure | null
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

/** A finished verification. Bytes are those that the command line writes, byte for byte. */
export interface Verified {
  readonly id: string
  readonly subject: SubjectId
  readonly choice: Choice
  readonly report: Report
  /** RFC 8785, with envelope: `--save`. */
  readonly reportBytes: Uint8Array<ArrayBuffer>
  /** What the view may need for chain, timeline and steps. */
  readonly facts: FactsFile
  /** `--save-facts`. */
  readonly factsBytes: Uint8Array<ArrayBuffer>
  /** `--inventory`: JSON lines. Empty for a time-stamp, signature or certificate. */
  readonly inventory: Blob
  /** Of a certificate as PDF the inventory that it carries, for `findFile`: the certificate's own word. Null of all else. */
  readonly listed: Blob | null
  readonly kind: Facts['kind']
  /** Null unless asked for. */
  readonly opened: OpenedFields | null
  /** Given on the sample's trust set, or a bundle that calls itself a sample: every output is marked. */
  readonly sample: boolean
}

/** Opened values, which may be a great many: `all` as lines of JSON, an OpenedField each. */
export interface OpenedFields {
  readonly count: number
  /** At most 500. */
  readonly first: readonly OpenedField[]
  readonly all: Blob
}

/** A saved report, which says what somebody's check found. */
export interface Told {
  readonly report: Report
  readonly sample: boolean
}

/** `recipient`: as a report's inputs say it, `key:…` or `name:…`. */
export type RecipientRead =
  | { readonly state: 'read'; readonly recipient: string }
  | { readonly state: 'nobody' }
  /** Begins as a recipient of age, and is none. */
  | { readonly state: 'not-age' }
  /** Longer than a name can be, or with characters that cannot be seen. */
  | { readonly state: 'not-a-name' }
  /** A file without certificate and recipient. */
  | { readonly state: 'no-key' }

/**
 * A report for people, as `verify --html` writes it, or a certificate as `certify` makes it. Original names stand in them when the
 * choice asked for them.
 */
export type OutputRequest =
  | {
      readonly kind: 'html'
      readonly language: Language
    }
  | {
      readonly kind: 'certificate'
      readonly language: Language
      readonly paper: 'a4' | 'letter'
      readonly template: { readonly id: string; readonly choice: string | null }
    }

export interface Output {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** 64 hex digits; null for what is no certificate. */
  readonly certificateId: string | null
  /** What lies beside a PDF: `<name>.pdf.json`. */
  readonly sidecar: Uint8Array<ArrayBuffer> | null
}

export interface FileDigests {
  readonly file: FileId
  readonly name: string
  readonly bytes: number
  readonly digests: Readonly<Partial<Record<DigestAlgorithm, string>>>
}

export interface FileMatch {
  readonly file: FileDigests
  /** Rows of the inventory with the same bytes. */
  readonly rows: readonly InventoryLine[]
}

/**
 * What a row is to a reader, worst first. `sealing`: files of role `seal` and `tag-manifest`, which the inventory calls
 * unlisted because no list can name them. A tag file of a foreign bag that no list names is `not-compared`: RFC 8493 lets it be.
 */
export type FileStanding = 'mismatch' | 'missing' | 'unlisted' | 'unreadable' | 'not-compared' | 'match' | 'sealing'

export interface FileRow {
  readonly line: InventoryLine
  readonly standing: FileStanding
  /** Original name, where the choice asked for names and the bundle opens it. */
  readonly name?: string
}

export interface FileTable {
  /** How many rows have each standing. */
  counts(): Promise<Readonly<Record<FileStanding, number>>>
  /** Problems first, then by path. `search`: part of a path, or the beginning of a digest. */
  page(query: FileQuery): Promise<FilePage>
}

export interface FileQuery {
  readonly standing: FileStanding | null
  readonly search: string
  readonly offset: number
  readonly limit: number
}

export interface FilePage {
  /** Rows that fit the query, of which this page is a part. */
  readonly total: number
  readonly rows: readonly FileRow[]
}

/** What a typed code was compared with. */
export type TypedSubject =
  | { readonly what: 'bundle-id' | 'content' | 'inventory' | 'script' | 'edition' | 'policy' | 'trust-set' }
  | { readonly what: 'facts' | 'findings' | 'report' }
  /** What a certificate as PDF states: its own number, and those of its bundle and its report. */
  | { readonly what: 'certificate' | 'certified-bundle' | 'certified-report' }
  | { readonly what: 'seal-id'; readonly file: string }
  | { readonly what: 'file'; readonly path: string; readonly algorithm: DigestAlgorithm }

export type TypedMatch =
  /** `digits`: how many were typed; `whole`: all that there are. */
  | { readonly state: 'equal'; readonly digits: number; readonly whole: boolean; readonly is: readonly TypedSubject[] }
  /** The nearest one, and the first group of four that differs (from 1). */
  | {
      readonly state: 'different'
      readonly digits: number
      readonly nearest: TypedSubject | null
      readonly wrongGroup: number
      /** That group as it was typed and as it is in the nearest one; both empty where there is none. */
      readonly typed: string
      readonly expected: string
    }
  | { readonly state: 'too-short'; readonly digits: number; readonly least: number }
  | { readonly state: 'not-hex'; readonly character: string; readonly at: number }

export type TrustCodeMatch =
  | { readonly state: 'same' }
  /** A whole code, of another set. */
  | { readonly state: 'other-set' }
  | { readonly state: 'length'; readonly symbols: number }
  | { readonly state: 'character'; readonly character: string }
  /** Groups (from 1) whose check character does not fit. */
  | { readonly state: 'mistyped'; readonly groups: readonly number[] }

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
