/** What a person hands over, and what the engine says that it is: plain data of the contract in engine.ts. */
import type { ContainerKind, SourceFaultReason } from '@probatum/core'
import type { Failure, FileId, PolicyChoice, SubjectId, TrustSetChoice } from './engine.ts'

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
 * `zip` or `tar` for an archive without a bag, `office` for one that is a document, `encrypted` for a file that no key opened, `key` for
 * keys that cannot be used.
 */
export interface OtherFile {
  readonly file: FileId
  readonly name: string
  readonly bytes: number
  readonly looksLike: string
  /** Why it could not be read as what it looks like. */
  readonly failure: Failure | null
}
