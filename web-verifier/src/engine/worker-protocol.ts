import type { TypesetterFiles } from '@probatum/certificate'
import type { DigestAlgorithm, FactsFile, Report } from '@probatum/core'
import type { Messages } from '@probatum/words'
import type { Maker } from '@probatum/words/certificate'
import type {
  Choice,
  Failure,
  FileDigests,
  FileId,
  FileMatch,
  FilePage,
  FileQuery,
  FileStanding,
  Given,
  GivenFile,
  Intake,
  Output,
  OutputRequest,
  Progress,
  SubjectId,
  TypedMatch,
  TypedSubject,
  Verified,
} from './engine.ts'

/** Policies and trust sets of the page, which the worker needs to judge by. Whole files. */
export interface PageLists {
  readonly policies: readonly { readonly id: string; readonly bytes: Uint8Array }[]
  readonly trustSets: readonly { readonly id: string; readonly bytes: Uint8Array }[]
}

/** `Verified` without what the page adds. Blobs are handed to the page without being copied: the inventory of 100,000 files is 25 MB. */
export type Judged = Omit<Verified, 'id' | 'subject' | 'choice' | 'kind' | 'sample'>

/** What a typed code can be compared with, besides the files. */
export type KnownDigest = readonly [subject: TypedSubject, hex: string]

/** Each call with its answer. */
export interface WorkerCalls {
  /** Files are sent before, by `files` messages, because one message with 100,000 of them stalls the page. */
  open(
    given:
      | Exclude<Given, { from: 'sample' | 'picked' }>
      | { readonly from: 'sample'; readonly name: string; readonly bytes: Uint8Array },
  ): Intake
  unlock(file: FileId, passphrase: string): Intake
  /** `typesetter`: what a certificate as PDF is made again with; null of everything else. */
  verify(subject: SubjectId, choice: Choice, typesetter: TypesetterFiles | null): Judged
  tell(subject: SubjectId): Report
  judge(subject: SubjectId, facts: FactsFile, choice: Choice): Pick<Judged, 'report' | 'reportBytes'>
  digest(file: FileId, algorithms: readonly DigestAlgorithm[]): FileDigests
  findFile(file: FileId, inventory: Blob): FileMatch
  counts(table: string, inventory: Blob): Readonly<Record<FileStanding, number>>
  /** `names`: opened fields, where original names are asked for. */
  page(table: string, inventory: Blob, names: Blob | null, query: FileQuery): FilePage
  compareTyped(table: string, inventory: Blob, known: readonly KnownDigest[], typed: string): TypedMatch
  output(
    subject: SubjectId,
    result: {
      readonly report: Report
      readonly facts: FactsFile
      readonly inventory: Blob
      /** Opened fields, where original names are asked for. */
      readonly names: Blob | null
    },
    choice: Choice,
    wanted: OutputRequest,
    typesetter: TypesetterFiles | null,
    /** The catalogue that is wanted; null for English, which every script has. */
    messages: Messages | null,
    /** What the page says of itself: it stands in what is made. */
    maker: Maker,
  ): Output
  member(subject: SubjectId, path: string): Uint8Array<ArrayBuffer>
}

export type CallName = keyof WorkerCalls
export type Call = {
  [Name in CallName]: { readonly id: number; readonly name: Name; readonly args: Parameters<WorkerCalls[Name]> }
}[CallName]

export type ToWorker = { readonly lists: PageLists } | { readonly files: readonly GivenFile[] } | Call

export type FromWorker =
  | { readonly id: number; readonly progress: Progress }
  | { readonly id: number; readonly result: ReturnType<WorkerCalls[CallName]> }
  | { readonly id: number; readonly failure: Failure }
