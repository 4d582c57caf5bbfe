import {
  decodeUtf8,
  encodeUtf8,
  fromBase64,
  isJsonObject,
  type JsonValue,
  type OpenableFile,
  type Opening,
  parseDisclosure,
  toHex,
} from '@probatum/core'
import { payloadPath } from '../sealing/tag-files.ts'
import type { AppendRequest } from './append-request.ts'
import { type LineMaking, type MadeLine, makeEventLine, makeItemLine } from './custody-log-lines.ts'

/** A line as a log keeps it, with the openings of all its fields. */
export interface LoggedLine {
  readonly seq: number
  /** Canonical JSON without a line feed: the bytes that the line digest is over. */
  readonly text: string
  /** In ascending order of fields. */
  readonly openings: readonly Opening[]
}

/** A line to be kept, with the file that it belongs to. */
export interface NewLine extends MadeLine {
  readonly file: OpenableFile
  /** Of a `log-key-change`: the log's key from here on, C2SP signed-note. */
  readonly verifierKey?: string
}

/** A head that was signed: what later bundles prove their consistency with. */
export interface KeptCheckpoint {
  readonly size: number
  /** hex */
  readonly root: string
  /** The signed note, base64. */
  readonly note: string
}

/** A custody log, wherever it is kept. One writer at a time. */
export interface CustodyLog {
  /** Log id, hex. */
  readonly id: string
  readonly origin: string
  /** The log's key as it is now, C2SP signed-note: what exports are signed with. */
  readonly verifierKey: string
  /** Lines of custody.jsonl. */
  readonly events: number
  /** Lines of items.jsonl. */
  readonly items: number
  /** Line digest of the last event. */
  readonly head: Uint8Array
  /** Ascending by size. */
  readonly checkpoints: readonly KeptCheckpoint[]
  lines(file: OpenableFile): AsyncIterable<LoggedLine>
  /** Appends lines: all of them, durably, when it resolves. */
  append(lines: readonly NewLine[]): Promise<void>
  keepCheckpoint(checkpoint: KeptCheckpoint): Promise<void>
}

/** First line of a new log. */
export function makeLogStart(
  log: { readonly id: string; readonly origin: string; readonly fingerprint: string },
  fields: Readonly<Record<string, string>>,
  making: LineMaking,
): NewLine {
  const clear = { logId: log.id, logKey: log.fingerprint, origin: log.origin }
  const line = makeEventLine({ seq: 0, previous: null }, 'log-start', clear, fields, making)
  return { ...line, file: 'custody.jsonl' }
}

/** Makes the lines that follow a log's head, one after the other, before they are kept. */
export class LineMaker {
  events: number
  items: number
  #head: Uint8Array
  readonly #making: LineMaking

  constructor(log: Pick<CustodyLog, 'events' | 'items' | 'head'>, making: LineMaking) {
    this.events = log.events
    this.items = log.items
    this.#head = log.head
    this.#making = making
  }

  /** An item without a path gets the one of its position. */
  make({ type, fields }: AppendRequest): NewLine {
    if (type === 'item') {
      const path = fields.path ?? payloadPath(this.items, nameOf(fields.originalName as JsonValue | undefined))
      const line = makeItemLine(this.items, { ...fields, path }, this.#making)
      this.items += 1
      return { ...line, file: 'items.jsonl' }
    }
    const place = { seq: this.events, previous: this.#head }
    const line =
      type === 'transfer'
        ? makeEventLine(place, type, { event: toHex(this.#making.random(16)) }, fields, this.#making)
        : makeEventLine(place, type, {}, fields, this.#making)
    this.events += 1
    this.#head = line.digest
    return { ...line, file: 'custody.jsonl' }
  }
}

function nameOf(originalName: JsonValue | undefined): string | undefined {
  if (typeof originalName === 'string') return originalName
  const base64 = originalName !== undefined && isJsonObject(originalName) ? originalName.base64 : undefined
  const octets = typeof base64 === 'string' ? fromBase64(base64) : undefined
  return octets === undefined ? undefined : decodeUtf8(octets)
}

/** What an opening shows; the log's own openings are always in form, or the log is damaged. */
export function openedValue(opening: Opening): JsonValue {
  const disclosed = parseDisclosure(encodeUtf8(opening.opening))
  if (disclosed === undefined || disclosed.name !== opening.field)
    throw new RangeError(`${opening.file} ${opening.seq} ${opening.field}: the kept opening is not in form`)
  return disclosed.value
}

/** Type of a line; throws RangeError for what is none. */
export function typeOfLine({ seq, text }: LoggedLine): string {
  const value = textAsJson(text)
  const type = isJsonObject(value) ? value.type : undefined
  if (typeof type !== 'string') throw new RangeError(`line ${seq} of the log is not in form`)
  return type
}

/** The log's own text as JSON; null for what is none. */
export function textAsJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return null
  }
}

/** A log in memory: for tests, samples and whoever keeps it in his own way. */
export class MemoryCustodyLog implements CustodyLog {
  readonly id: string
  readonly origin: string
  readonly checkpoints: KeptCheckpoint[] = []
  #verifierKey: string
  readonly #lines: Readonly<Record<OpenableFile, LoggedLine[]>> = { 'custody.jsonl': [], 'items.jsonl': [] }
  #head: Uint8Array

  /** @param start the line of `makeLogStart` */
  constructor(log: Pick<CustodyLog, 'id' | 'origin' | 'verifierKey'>, start: NewLine) {
    this.id = log.id
    this.origin = log.origin
    this.#verifierKey = log.verifierKey
    this.#head = start.digest
    this.#lines['custody.jsonl'].push(start)
  }

  get events(): number {
    return this.#lines['custody.jsonl'].length
  }

  get items(): number {
    return this.#lines['items.jsonl'].length
  }

  get head(): Uint8Array {
    return this.#head
  }

  get verifierKey(): string {
    return this.#verifierKey
  }

  async *lines(file: OpenableFile): AsyncIterable<LoggedLine> {
    yield* this.#lines[file]
  }

  async append(lines: readonly NewLine[]): Promise<void> {
    for (const line of lines) {
      const kept = this.#lines[line.file]
      if (line.seq !== kept.length) throw new RangeError(`${line.file}: line ${line.seq} does not follow`)
      kept.push(line)
      if (line.file === 'custody.jsonl') this.#head = line.digest
      this.#verifierKey = line.verifierKey ?? this.#verifierKey
    }
  }

  async keepCheckpoint(checkpoint: KeptCheckpoint): Promise<void> {
    this.checkpoints.push(checkpoint)
  }
}
