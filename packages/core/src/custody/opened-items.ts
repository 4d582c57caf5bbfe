import type { Listed } from '../bundle/bag-facts.ts'
import type { PayloadManifest } from '../bundle/payload-manifest.ts'
import type { JsonValue } from '../json/value.ts'
import { comparePaths, equalBytes, fromHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { copyOfIn } from './field-values.ts'
import type { DisclosureFacts, LinePlace, PayloadBinding, PayloadBindingProblem } from './history-facts.ts'
import type { LineTable } from './line-table.ts'
import { PlaceList } from './place-list.ts'

const NOT_CLAIMED = 0
const CLAIMED = 1
const BOUND = 2
const PROBLEM = 3

/** The opened fields of items, one item after the other: the payload file of each, and the originals of copies. */
export class OpenedItems {
  /** Items with an opened field. */
  opened = 0
  readonly #table: LineTable
  readonly #payload: PayloadManifest | null
  /** For each file of the payload, whether an item claims it. */
  readonly #claims: Uint8Array
  readonly #problems: PayloadBindingProblem[] = []
  readonly #problemsBy: Record<string, number> = {}
  #problemCount = 0
  #paths = 0
  #copies = 0
  readonly #copyProblems = new PlaceList<LinePlace<'no-original' | 'original-differs' | 'malformed-value'>>()
  /** SHA-256 of each item where it is opened, packed; and whether it is. */
  readonly #sha256: Uint8Array
  readonly #hasSha256: Uint8Array

  constructor(table: LineTable, payload: PayloadManifest | null) {
    this.#table = table
    this.#payload = payload
    this.#claims = new Uint8Array(payload?.files ?? 0)
    this.#sha256 = new Uint8Array(table.count * 32)
    this.#hasSha256 = new Uint8Array(table.count)
  }

  /** The opened SHA-256 of an item; null while it is closed. */
  sha256Of(seq: number): Uint8Array | null {
    return this.#hasSha256[seq] === 1 ? this.#sha256.subarray(seq * 32, seq * 32 + 32) : null
  }

  /** A field that is opened and whose value is not in form. */
  malformed(seq: number, field: string): void {
    if (field !== 'copyOf') return
    this.#copies++
    this.#copyProblems.add({ line: seq + 1, code: 'malformed-value', expected: null, found: null })
  }

  /** All opened fields of one item whose values are in form. */
  item(seq: number, values: ReadonlyMap<string, JsonValue>): void {
    this.opened++
    const sha256 = values.get('sha256')
    const digest = typeof sha256 === 'string' ? fromHex(sha256) : undefined
    if (digest !== undefined) {
      this.#sha256.set(digest, seq * 32)
      this.#hasSha256[seq] = 1
    }
    const copyOf = values.get('copyOf')
    if (copyOf !== undefined) this.#copy(seq, copyOf)
    const path = values.get('path')
    if (typeof path === 'string') this.#bind(seq, path, digest, values)
  }

  #copy(seq: number, value: JsonValue): void {
    this.#copies++
    const original = copyOfIn(value)
    const note = (code: 'no-original' | 'original-differs' | 'malformed-value') =>
      this.#copyProblems.add({ line: seq + 1, code, expected: null, found: null })
    if (original === null) note('malformed-value')
    // Items are appended: an original stands before its copy.
    else if (original.seq >= seq) note('no-original')
    else if (this.#table.digestHex(original.seq) !== original.line) note('original-differs')
  }

  #bind(seq: number, path: string, sha256: Uint8Array | undefined, values: ReadonlyMap<string, JsonValue>): void {
    this.#paths++
    const payload = this.#payload
    if (payload === null) return
    const found = payload.find(path)
    if (found === null) {
      this.#problem({ path: '', line: seq + 1, code: 'no-file' })
      return
    }
    const { file } = found
    const before = this.#claims[file]
    this.#claims[file] = CLAIMED
    const note = (code: PayloadBindingProblem['code']) => {
      this.#claims[file] = PROBLEM
      this.#problem({ path, line: seq + 1, code })
    }
    if (before !== NOT_CLAIMED) note('several-items')
    const size = values.get('size')
    if (sha256 === undefined || typeof size !== 'number') note('closed')
    if (sha256 !== undefined && found.sha256 !== null && !equalBytes(found.sha256, sha256)) note('sha256-differs')
    const sha512 = values.get('sha512')
    const long = typeof sha512 === 'string' ? fromHex(sha512) : undefined
    if (long !== undefined && found.sha512 !== null && !equalBytes(found.sha512, long)) note('sha512-differs')
    // Of a file that is not as it was sealed the size is no statement of the manifest.
    if (typeof size === 'number' && found.size !== null && found.size !== size) note('size-differs')
    if (this.#claims[file] === CLAIMED && found.sha256 !== null) this.#claims[file] = BOUND
  }

  #problem(problem: PayloadBindingProblem): void {
    this.#problemCount++
    this.#problemsBy[problem.code] = (this.#problemsBy[problem.code] ?? 0) + 1
    if (this.#problems.length < LIMITS.exceptionsInFinding) this.#problems.push(problem)
  }

  finish(): { readonly copies: DisclosureFacts['copies']; readonly payload: PayloadBinding | null } {
    return { copies: { count: this.#copies, problems: this.#copyProblems.finish() }, payload: this.#binding() }
  }

  #binding(): PayloadBinding | null {
    const payload = this.#payload
    if (payload === null) return null
    let bound = 0
    let files = payload.files
    for (let file = 0; file < payload.files; file++) {
      if (this.#claims[file] === BOUND) bound++
      else if (this.#claims[file] !== NOT_CLAIMED) continue
      // What nobody sealed has no item: `payload.listed` speaks of it.
      else if (!payload.isListed(file)) files--
      else {
        this.#problem({ path: payload.pathOf(file), line: null, code: 'no-item' })
      }
    }
    const first = this.#problems.toSorted((a, b) => comparePaths(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0))
    const problems: Listed<PayloadBindingProblem> = { count: this.#problemCount, by: this.#problemsBy, first }
    return { files, bound, problems, allPathsOpened: this.#paths === this.#table.count }
  }
}
