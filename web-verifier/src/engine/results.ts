/** What comes out of the engine: plain data of the contract in engine.ts. */
import type { DigestAlgorithm, Facts, FactsFile, InventoryLine, OpenedField, Report } from '@probatum/core'
import type { Language } from '@probatum/words'
import type { Choice, FileId, SubjectId } from './engine.ts'

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
export const STANDINGS = ['mismatch', 'missing', 'unlisted', 'unreadable', 'not-compared', 'match', 'sealing'] as const
export type FileStanding = (typeof STANDINGS)[number]

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
