import type { AuthorisationFacts } from '../authorisation/authorisation-facts.ts'
import { ConsentTable } from '../authorisation/consent-table.ts'
import { establishAuthorisation, type ReadAuthorisation } from '../authorisation/establish-authorisation.ts'
import type { OpenedConsent } from '../authorisation/opened-consents.ts'
import type { OpenedField } from '../custody/disclosure-reading.ts'
import type { ReadProof } from '../custody/establish-log.ts'
import type { HandoverSignatures } from '../custody/handover.ts'
import type { HistoryFacts } from '../custody/history-facts.ts'
import { HistoryReading, historyState, type ReadLines } from '../custody/history-reading.ts'
import { memberOf, readShape } from '../json/shape.ts'
import { isJsonObject, type JsonValue } from '../json/value.ts'
import { toBase64, toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { type Ports, SourceFault } from '../model/ports.ts'
import type { FileTree } from './file-tree.ts'
import {
  AUTHORISATION,
  BUNDLE_RECORD,
  CHECKPOINT,
  CUSTODY,
  DISCLOSURES,
  FORMAT_PREFIX,
  FORMAT_VERSION,
  ITEMS,
  PROOFS,
  VERIFY_TEXT_FILE,
} from './layout.ts'
import { type BlockReader, lineBlocks } from './line-blocks.ts'
import type { PayloadManifest } from './payload-manifest.ts'
import { type AuthorisationReading, readAuthorisationRecord } from './record-authorisation.ts'
import { type Checkpoint, readCheckpoint, signedTextOf } from './record-checkpoint.ts'
import { disclosuresReader, readProofs } from './record-disclosures.ts'
import type { BundleRecord, RecordFacts, RecordFileFacts, UnknownPart } from './record-facts.ts'
import { custodyReader, itemsReader } from './record-lines.ts'
import { BoundedList, FileNotes, failureOf, parseNoted, unreadFile } from './record-notes.ts'
import { BUNDLE_RECORD_SHAPE } from './record-shapes.ts'
import { isPublishedVerifyText } from './verify-text.ts'

export type RecordPorts = Pick<Ports, 'signatures' | 'smallDigest'>

/** What is given with a tree whose records are read. */
export interface RecordRequest {
  /** The payload by its manifests, which items are compared with; null: they are compared with nothing. */
  readonly payload: (() => PayloadManifest) | null
  /** Called with every opened field whose opening holds. Opened values are in no facts. */
  readonly onOpened?: (field: OpenedField) => void
  /** SHA-256 of a tag file, hex, where it is known already; null when it could not be computed. */
  readonly fileDigest?: (path: string) => string | null | undefined
  /** Called with the opened fields of consents, when there are any. */
  readonly onConsents?: (consents: readonly OpenedConsent[]) => void
  /** Called when signatures of giver or receiver hold: whose they are is judged later. */
  readonly onHandovers?: (signatures: HandoverSignatures) => void
}

/** What record/bundle.json says it is. */
export interface BundleRecordReading {
  readonly format: string | null
  readonly unknownFormat: boolean
  readonly record: BundleRecord | null
  readonly file: RecordFileFacts
}

/** Reads the record files of one bundle, one after the other, and notes what is not in form. */
export class RecordReading {
  readonly unknown = new BoundedList<UnknownPart>()
  private readonly tree: FileTree
  private readonly ports: RecordPorts
  private readonly request: RecordRequest

  constructor(tree: FileTree, ports: RecordPorts, request: RecordRequest) {
    this.tree = tree
    this.ports = ports
    this.request = request
  }

  async readBundleRecord(): Promise<BundleRecordReading> {
    const unread = { format: null, unknownFormat: false, record: null }
    const read = await this.readBytes(BUNDLE_RECORD, LIMITS.recordBytes)
    if (!('bytes' in read)) return { ...unread, file: read.file }
    const notes = new FileNotes(BUNDLE_RECORD, this.unknown)
    const value = parseNoted(read.bytes, notes)
    if (value === undefined) return { ...unread, file: notes.finish() }
    const format = formatNamedIn(value)
    if (format !== null && format !== FORMAT_VERSION) {
      return { ...unread, format, unknownFormat: true, file: notes.finish() }
    }
    const result = readShape(BUNDLE_RECORD_SHAPE, value)
    notes.noteShape(result, '')
    if (format === null) notes.noteMisshapen('', 'format', `${FORMAT_PREFIX}…`)
    const record = format === null ? null : (result.value ?? null)
    return { format, unknownFormat: false, record, file: notes.finish() }
  }

  /** In the order of the specification's section 2. */
  async readOthers(record: BundleRecord | null): Promise<{
    readonly files: readonly RecordFileFacts[]
    readonly history: HistoryFacts
    readonly authorisation: AuthorisationFacts
  }> {
    const { smallDigest } = this.ports
    const { file: authorisation, sha256: authorisationSha256, ...sharing } = await this.readAuthorisation()
    const request = sharing.record?.request ?? null
    const items = await this.readLines(ITEMS, (notes) => itemsReader(notes, smallDigest), unreadLines)
    const counterparts = { record, authorisationSha256, itemLines: items.file.lines }
    const custody = await this.readLines(
      CUSTODY,
      (notes) => custodyReader(notes, counterparts, smallDigest),
      (file) => ({ file, table: null, custody: null }),
    )
    const { payload, onOpened } = this.request
    const consents = sharing.record === null ? null : new ConsentTable(request?.consents ?? [])
    const read = { items, custody, payload: payload?.() ?? null, consents }
    const history = new HistoryReading(read, this.ports, onOpened)
    const linesOf = {
      'authorisation.json': items.file.lines,
      'custody.jsonl': custody.file.lines,
      'items.jsonl': items.file.lines,
    }
    const disclosures = await this.readLines(
      DISCLOSURES,
      (notes) => disclosuresReader(notes, linesOf, history.disclosures),
      (file) => file,
    )
    let head: { readonly checkpoint: Checkpoint; readonly text: string } | undefined
    const checkpoint = await this.readFile(CHECKPOINT, LIMITS.checkpointBytes, (bytes, notes) => {
      const parsed = readCheckpoint(bytes, notes, record, custody.file.lines)
      if (parsed !== undefined) head = { checkpoint: parsed, text: toBase64(signedTextOf(bytes)) }
      return notes.finish()
    })
    const proofs: ReadProof[] = []
    const proofsFile = await this.readFile(PROOFS, LIMITS.proofsBytes, (bytes, notes) =>
      readProofs(bytes, notes, head?.checkpoint.size ?? null, (index, proof) => proofs.push({ index, proof })),
    )
    const headSize = request?.head.size ?? null
    const found = await history.finish(
      {
        disclosures,
        // One that contradicts another record was read all the same.
        checkpoint: {
          state: head === undefined ? historyState(checkpoint) : 'read',
          checkpoint: head?.checkpoint ?? null,
          text: head?.text ?? '',
        },
        proofs,
        proofsFile,
        authorisationSha256,
        created: record?.created ?? null,
        headSize,
      },
      this.ports,
      this.request.onHandovers,
    )
    const around = {
      events: custody.table,
      items: items.table,
      consents: consents ?? new ConsentTable([]),
      opened: history.consents,
      disclosures: request === null ? null : await this.digestOf(DISCLOSURES, disclosures),
      headRoot: found.headRoot,
    }
    const opened = history.consents.of(items.table)
    if (opened.length > 0) this.request.onConsents?.(opened)
    return {
      files: [items.file, custody.file, disclosures, checkpoint, proofsFile, authorisation],
      history: found.history,
      authorisation: await establishAuthorisation(sharing, around, this.ports),
    }
  }

  private async readAuthorisation(): Promise<
    ReadAuthorisation & { readonly file: RecordFileFacts; readonly sha256: string | null }
  > {
    const { smallDigest } = this.ports
    let read: AuthorisationReading | undefined
    const file = await this.readFile(AUTHORISATION, LIMITS.authorisationBytes, (bytes, notes) => {
      read = readAuthorisationRecord(bytes, notes, smallDigest)
      return notes.finish()
    })
    const { record = null, requestSha256 = null, sha256 = null } = read ?? {}
    return { file, sha256, state: record === null ? historyState(file) : 'read', record, requestSha256 }
  }

  /** A small file of lines is read whole, as everything else; a large one in pieces, from the source once more. */
  private async readLines<T, U>(
    path: string,
    makeReader: (notes: FileNotes) => BlockReader<T>,
    unread: (file: RecordFileFacts) => U,
  ): Promise<T | U> {
    const size = this.tree.byPath.get(path)?.size ?? 0
    if (size <= LIMITS.jsonLinesWholeBytes || size > LIMITS.jsonLinesBytes) {
      const outcome = await this.readBytes(path, LIMITS.jsonLinesBytes)
      if (!('bytes' in outcome)) return unread(outcome.file)
      const { bytes } = outcome
      const reader = makeReader(new FileNotes(path, this.unknown))
      const failed = await this.attempt(path, async () => reader.block(bytes, 0))
      return failed === null ? reader.finish() : unread(failed)
    }
    const reader = makeReader(new FileNotes(path, this.unknown))
    const failed = await this.attempt(path, async () => {
      for await (const { bytes, offset } of lineBlocks(this.tree.open(path), path)) reader.block(bytes, offset)
    })
    return failed === null ? reader.finish() : unread(failed)
  }

  async readVerifyText(format: string): Promise<RecordFacts['verifyText']> {
    const read = await this.readBytes(VERIFY_TEXT_FILE, LIMITS.recordBytes)
    if ('bytes' in read) {
      const sha256 = toHex(this.ports.smallDigest('sha256', read.bytes))
      return { state: 'read', sha256, published: isPublishedVerifyText(format, sha256) }
    }
    const { state } = read.file
    return { state: state === 'absent' || state === 'limit' ? state : 'unreadable', sha256: null, published: false }
  }

  private async readFile(
    path: string,
    limit: number,
    read: (bytes: Uint8Array, notes: FileNotes) => RecordFileFacts,
  ): Promise<RecordFileFacts> {
    const outcome = await this.readBytes(path, limit)
    return 'bytes' in outcome ? read(outcome.bytes, new FileNotes(path, this.unknown)) : outcome.file
  }

  private async digestOf(path: string, file: RecordFileFacts): Promise<string | null> {
    if (file.state === 'absent' || file.state === 'unreadable' || file.state === 'limit') return null
    const known = this.request.fileDigest?.(path)
    if (known !== undefined) return known
    const read = await this.readBytes(path, LIMITS.jsonLinesBytes)
    return 'bytes' in read ? toHex(this.ports.smallDigest('sha256', read.bytes)) : null
  }

  private async readBytes(path: string, limit: number): Promise<{ bytes: Uint8Array } | { file: RecordFileFacts }> {
    if (!this.tree.byPath.has(path)) return { file: unreadFile(path, 'absent') }
    let bytes: Uint8Array = new Uint8Array(0)
    const failed = await this.attempt(path, async () => {
      bytes = await this.tree.read(path, limit)
    })
    return failed === null ? { bytes } : { file: failed }
  }

  /** What a file that could not be read is; null when it could. */
  private async attempt(path: string, read: () => Promise<void>): Promise<RecordFileFacts | null> {
    try {
      await read()
      return null
    } catch (error) {
      if (error instanceof ParseError) {
        return unreadFile(path, error.code === 'ERR_LIMIT' ? 'limit' : 'unreadable', failureOf(error))
      }
      if (error instanceof SourceFault && error.reason !== 'vanished') return unreadFile(path, 'unreadable')
      throw error
    }
  }
}

const unreadLines = (file: RecordFileFacts): ReadLines => ({ file, table: null })

/** The version that bundle.json names, without its prefix; null when it names none of ours. */
function formatNamedIn(value: JsonValue): string | null {
  const format = isJsonObject(value) ? memberOf(value, 'format') : undefined
  if (typeof format !== 'string' || !format.startsWith(FORMAT_PREFIX)) return null
  const version = format.slice(FORMAT_PREFIX.length)
  return /^[A-Za-z0-9.-]{1,32}$/.test(version) ? version : null
}
