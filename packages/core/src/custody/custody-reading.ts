import type { Listed } from '../bundle/bag-facts.ts'
import { NO_PREVIOUS_LINE } from '../bundle/line-types.ts'
import { canonicalText } from '../json/canonicalise.ts'
import { memberOf } from '../json/shape.ts'
import { beginningOf, isJsonObject, type JsonObject, type JsonValue } from '../json/value.ts'
import { toBase64, toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import type { CustodyFacts, KeyChangeFacts, LineBreak, LinePlace } from './history-facts.ts'
import { hexEquals } from './line-scan.ts'
import type { LineTable } from './line-table.ts'
import { PlaceList } from './place-list.ts'
import { StatedExports, type StatedItems } from './stated-exports.ts'

const HEX_64 = /^[0-9a-f]{64}$/

/** What the lines of custody.jsonl show while they are read, one after the other. */
export class CustodyReading {
  readonly #table: LineTable
  readonly #order = new PlaceList<LineBreak>()
  readonly #broken: { readonly seq: number; readonly expected: string; readonly found: string }[] = []
  #brokenCount = 0
  #compared = 0
  #unread = 0
  #previousSeq = -1
  readonly #again = new PlaceList<LinePlace>()
  readonly #unknownTypes = new PlaceList<LinePlace>()
  readonly #keyChanges: KeyChangeFacts[] = []
  #keyChangesOmitted = 0
  readonly #exports = new StatedExports()
  #first: JsonObject | 'stub' | 'other' | 'unread' | undefined
  #last: JsonObject | 'stub' | 'other' | 'unread' | undefined

  constructor(table: LineTable) {
    this.#table = table
  }

  /** A line of an ordinary type that was recognised byte by byte. The table has it already. */
  ordinary(seq: number, stated: number, bytes: Uint8Array, prevAt: number): void {
    this.#place(seq, stated)
    this.#compareBytes(seq, bytes, prevAt)
    this.#ends(seq, 'other')
  }

  stub(seq: number, stated: number | undefined): void {
    if (stated === undefined) this.#previousSeq++
    else this.#place(seq, stated)
    this.#ends(seq, 'stub')
  }

  /** A line that could not be read as JSON. */
  unread(seq: number): void {
    this.#unread++
    this.#previousSeq++
    this.#ends(seq, 'unread')
  }

  /**
   * A line that was read as JSON, whatever its members. `known`: its type is one of the format; `inForm`: so are its members, and what
   * it says can be compared.
   */
  parsed(seq: number, value: JsonValue, known: boolean, inForm: boolean): void {
    if (!isJsonObject(value)) {
      this.unread(seq)
      return
    }
    const stated = memberOf(value, 'seq')
    const prev = memberOf(value, 'prev')
    const type = memberOf(value, 'type')
    if (typeof stated === 'number' && Number.isSafeInteger(stated)) this.#place(seq, stated)
    else this.#previousSeq++
    if (typeof prev === 'string' && HEX_64.test(prev)) this.#compare(seq, prev)
    else this.#unread++
    if (typeof type === 'string' && !known) {
      this.#unknownTypes.add({ line: seq + 1, code: 'unknown-type', expected: null, found: beginningOf(type, 64) })
    }
    if (type === 'log-start' && seq > 0) {
      this.#again.add({ line: seq + 1, code: 'again', expected: null, found: null })
    }
    if (type === 'log-key-change') this.#keyChange(seq, value)
    if (type === 'export') this.#exports.add(seq, value, inForm)
    this.#ends(seq, value)
  }

  #ends(seq: number, line: JsonObject | 'stub' | 'other' | 'unread'): void {
    if (seq === 0) this.#first = line
    this.#last = line
  }

  /** Only where the numbers do not go on: behind an inserted line a million others are not out of order. */
  #place(seq: number, stated: number): void {
    const expected = this.#previousSeq + 1
    this.#previousSeq = stated
    if (stated === expected) return
    const code = stated > expected ? 'gap' : stated === expected - 1 ? 'repeated' : 'out-of-order'
    this.#order.add({ line: seq + 1, code, expected: `${expected}`, found: `${stated}`, at: null })
  }

  #compareBytes(seq: number, bytes: Uint8Array, prevAt: number): void {
    this.#compared++
    if (seq > 0 && hexEquals(bytes, prevAt, this.#table.digest(seq - 1), 0, 32)) return
    let found = ''
    for (const code of bytes.subarray(prevAt, prevAt + 64)) found += String.fromCharCode(code)
    this.#break(seq, found)
  }

  #compare(seq: number, prev: string): void {
    this.#compared++
    if (prev !== this.#expected(seq)) this.#break(seq, prev)
  }

  #expected(seq: number): string {
    return seq === 0 ? NO_PREVIOUS_LINE : this.#table.digestHex(seq - 1)
  }

  #break(seq: number, found: string): void {
    const expected = this.#expected(seq)
    if (expected === found) return
    this.#brokenCount++
    if (this.#broken.length < LIMITS.exceptionsInFinding) this.#broken.push({ seq, expected, found })
  }

  #keyChange(seq: number, value: JsonObject): void {
    const text = (name: string) => {
      const member = memberOf(value, name)
      return typeof member === 'string' ? member : ''
    }
    if (this.#keyChanges.length >= LIMITS.logKeyChanges) {
      this.#keyChangesOmitted++
      return
    }
    const logKey = text('logKey')
    const logId = this.#memberOfStart('logId') ?? ''
    const statement = keyChangeStatement({ logId, logKey, prev: text('prev'), seq })
    this.#keyChanges.push({
      line: seq + 1,
      logKey,
      verifierKey: text('verifierKey'),
      signedBy: text('signedBy'),
      signature: text('signature'),
      statement: toBase64(statement),
    })
  }

  #memberOfStart(name: string): string | null {
    const member = typeof this.#first === 'object' ? memberOf(this.#first, name) : undefined
    return typeof member === 'string' ? member : null
  }

  /** What the earlier exports say of the items; in the order of their lines. */
  earlierExports(): { readonly stated: readonly StatedItems[]; readonly omitted: number } {
    return this.#exports.before(this.#table.count - 1)
  }

  finish(): Pick<
    CustodyFacts,
    | 'lines'
    | 'stubs'
    | 'unread'
    | 'links'
    | 'order'
    | 'logStart'
    | 'keyChanges'
    | 'keyChangesOmitted'
    | 'ownExport'
    | 'unknownTypes'
  > {
    return {
      lines: this.#table.count,
      stubs: this.#table.stubs,
      unread: this.#unread,
      links: { compared: this.#compared, broken: this.#brokenLinks() },
      order: this.#order.finish(),
      logStart: {
        state: stateOf(this.#first, 'log-start'),
        logId: this.#memberOfStart('logId'),
        logKey: this.#memberOfStart('logKey'),
        origin: this.#memberOfStart('origin'),
        first: this.#memberOfStart('prev') === NO_PREVIOUS_LINE,
        again: this.#again.finish(),
      },
      keyChanges: this.#keyChanges,
      keyChangesOmitted: this.#keyChangesOmitted,
      ownExport: this.#ownExport(),
      unknownTypes: this.#unknownTypes.finish(),
    }
  }

  /** A `prev` that is the digest of another line: that line has two successors. */
  #brokenLinks(): Listed<LineBreak> {
    const wanted = new Set(this.#broken.map(({ found }) => found))
    const lineOf = new Map<string, number>()
    if (wanted.size > 0) {
      // By the first octets, so that a million digests are not turned into text.
      const heads = new Set([...wanted].map((digest) => digest.slice(0, 8)))
      const digests = this.#table.packedDigests
      for (let seq = 0; seq < this.#table.count; seq++) {
        if (!heads.has(toHex(digests.subarray(seq * 32, seq * 32 + 4)))) continue
        const digest = this.#table.digestHex(seq)
        if (wanted.has(digest) && !lineOf.has(digest)) lineOf.set(digest, seq + 1)
      }
    }
    const first = this.#broken.map(({ seq, expected, found }): LineBreak => {
      const at = lineOf.get(found) ?? null
      return { line: seq + 1, code: at === null ? 'broken' : 'fork', expected, found, at }
    })
    const forks = first.filter(({ code }) => code === 'fork').length
    const by: Record<string, number> = {}
    if (forks > 0) by.fork = forks
    if (this.#brokenCount > forks) by.broken = this.#brokenCount - forks
    return { count: this.#brokenCount, by, first }
  }

  #ownExport(): CustodyFacts['ownExport'] {
    const last = this.#table.count < 2 && this.#last !== undefined ? 'other' : this.#last
    const member = (name: string) => (typeof last === 'object' ? memberOf(last, name) : undefined)
    const text = (name: string) => {
      const value = member(name)
      return typeof value === 'string' ? value : null
    }
    const itemCount = member('itemCount')
    const exportNumber = text('exportNumber')
    const state = stateOf(last, 'export')
    const again = new PlaceList<LinePlace>()
    for (const seq of this.#exports.places(exportNumber)) {
      if (seq < this.#table.count - 1) again.add({ line: seq + 1, code: 'again', expected: null, found: exportNumber })
    }
    const repeated = again.finish()
    return {
      state,
      authorisation: text('authorisation'),
      exportNumber,
      itemCount: typeof itemCount === 'number' ? itemCount : null,
      itemRoot: text('itemRoot'),
      ...(state === 'present' && repeated.count > 0 ? { again: repeated } : {}),
    }
  }
}

function stateOf(
  line: JsonObject | 'stub' | 'other' | 'unread' | undefined,
  type: string,
): CustodyFacts['logStart']['state'] {
  if (line === undefined) return 'absent'
  if (line === 'stub') return 'withheld'
  if (line === 'unread') return 'unread'
  return line !== 'other' && memberOf(line, 'type') === type ? 'present' : 'other-type'
}

/** What the signature of `log-key-change` is over: canonical JSON. `logKey` is the new key's fingerprint. */
export function keyChangeStatement(given: {
  readonly logId: string
  readonly logKey: string
  readonly prev: string
  readonly seq: number
}): Uint8Array {
  const { logId, logKey, prev, seq } = given
  return encodeUtf8(canonicalText({ logId, logKey, prev, seq, statement: 'probatum/log-key-change/1' }))
}
