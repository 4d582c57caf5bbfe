import { concatBytes, DISCLOSURES, encodeUtf8, type JsonValue, parseDisclosure } from '@probatum/core'
import { type CustodyLog, openedValue, typeOfLine } from '../custody-log/custody-log.ts'
import { isFieldOpened, type Showing, showingUntil } from '../custody-log/custody-log-showing.ts'
import type { GatePrivate } from '../gate/gate-private.ts'
import { fileOf, type SealableFile } from '../sealing/bundle-sink.ts'
import {
  type ExportStatement,
  type FieldPlace,
  giversOf,
  type LeakGate,
  needlesOf,
  signedIn,
  textsOf,
  textsOfRequest,
  vocabularyOf,
  type Withheld,
} from './leak-texts.ts'
import { type NeedleForm, SHORTEST_TEXT, textsIn } from './redact-needles.ts'
import { type DisclosurePolicy, inRanges, showingOf } from './redact-policy.ts'
import { type Hit, Search } from './redact-search.ts'

/** A withheld value that stands in what was made. The value itself is not in here. */
export interface Leak {
  /** Where it is withheld. */
  readonly withheld: readonly FieldPlace[]
  readonly form: NeedleForm
  /** Where it stands: file of the bundle, offset of the first octet, how often. */
  readonly path: string
  readonly offset: number
  readonly count: number
  /** A field in which the policy opens the same value; null for none. */
  readonly openedAt: FieldPlace | null
}

/** What the search of one bundle could not or need not refuse. */
export interface SearchSummary {
  readonly values: number
  /** Too short to be looked for as text; looked for as digests and openings. */
  readonly short: number
  /** Stated by the issuer in this export itself, or words of the format: names of types, texts of VERIFY.txt. */
  readonly stated: number
  /** Let through because the policy opens the same value in a field of low information, or accepts it. */
  readonly repeated: number
  readonly accepted: number
}

/** Fields whose values many lines share without telling anything of each other. */
const COMMON: ReadonlySet<string> = new Set([
  'copyGround',
  'copyMethod',
  'copyOf',
  'digestAfter',
  'digestBefore',
  'instrument',
  'mediaType',
  'modified',
  'outcome',
  'sha256',
  'sha512',
  'time',
])

/** Values that are looked for in one pass over the files: some hundred needles each, ten to twenty KB of memory for every one. */
const PASS = 30_000

interface Pass {
  readonly search: Search<Withheld>
  /** Values that the format or the export itself says. */
  readonly stated: ReadonlySet<Withheld>
}

/** Looks for everything that a policy withholds of a log. */
export class LeakSearch {
  readonly #policy: DisclosurePolicy
  readonly #statement: ExportStatement
  readonly #requested: readonly string[]
  /** Names of whoever approved, and their signatures: every recipient reads them. */
  readonly #signed: readonly Uint8Array[]
  readonly #withheld: readonly Withheld[]
  readonly #opened: ReadonlyMap<string, FieldPlace>
  readonly #perPass: number
  /** Kept where one pass is enough. */
  #only: Pass | undefined
  readonly #stated = new Set<Withheld>()
  readonly #repeated = new Set<Withheld>()
  readonly #accepted = new Set<Withheld>()

  private constructor(
    policy: DisclosurePolicy,
    statement: ExportStatement,
    gate: LeakGate | undefined,
    values: { withheld: readonly Withheld[]; opened: ReadonlyMap<string, FieldPlace> },
    perPass: number,
  ) {
    this.#perPass = perPass
    this.#policy = policy
    this.#statement = statement
    this.#requested = gate === undefined ? [] : textsOfRequest(gate.request)
    this.#signed = gate === undefined ? [] : signedIn(gate)
    this.#withheld = values.withheld
    this.#opened = values.opened
  }

  /**
   * Reads the values of a log as it is now. Under a request, what came after its head is withheld, and so are the givers of consents
   * that it does not open; what it says in the clear is one more thing that the export states of itself.
   * @param perPass values that are looked for at once
   */
  static async of(
    custody: CustodyLog,
    policy: DisclosurePolicy,
    statement: ExportStatement,
    gate?: LeakGate,
    perPass: number = PASS,
  ): Promise<LeakSearch> {
    const showing = showingUntil(showingOf(policy), gate?.request.head.size ?? custody.events)
    const values = await partValues(custody, showing, gate?.kept)
    return new LeakSearch(policy, statement, gate, values, perPass)
  }

  /** What was let through so far, and why. */
  summary(): SearchSummary {
    const isShort = ({ text }: Withheld) => text !== null && [...text].length < SHORTEST_TEXT
    return {
      values: this.#withheld.length,
      short: this.#withheld.filter(isShort).length,
      stated: this.#stated.size,
      repeated: this.#repeated.size,
      accepted: this.#accepted.size,
    }
  }

  /** Places of withheld values in files, by path. */
  async leaks(files: ReadonlyMap<string, SealableFile>): Promise<Leak[]> {
    const leaks = new Map<string, Leak & { count: number }>()
    for (let from = 0; from < this.#withheld.length; from += this.#perPass) {
      const { search, stated } = await this.#pass(from, files)
      for (const [path, file] of files)
        await search.file(path, file, (hit) => {
          if (!this.#isLetThrough(hit, stated)) this.#note(hit, leaks)
        })
    }
    return [...leaks.values()]
  }

  async #pass(from: number, files: ReadonlyMap<string, SealableFile>): Promise<Pass> {
    if (this.#only !== undefined) return this.#only
    const search = new Search(
      this.#withheld.slice(from, from + this.#perPass).map((each) => ({ key: each, needles: () => needlesOf(each) })),
    )
    const stated = new Set<Withheld>()
    // Payload paths are numbers that the format gives: a file that was called 2.txt is not told by data/00/000002.txt.
    const paths = encodeUtf8([...files.keys()].filter((path) => path.startsWith('data/')).join('\n'))
    const own = vocabularyOf(this.#statement, this.#policy)
    const { signer, postQuantum } = this.#statement
    const certificates = [...signer.certificates, ...(postQuantum?.certificates ?? [])]
    const vocabulary = concatBytes(own, paths, ...certificates, ...this.#signed)
    await search.file('', fileOf(vocabulary), ({ key }) => stated.add(key))
    const pass = { search, stated }
    if (this.#withheld.length <= this.#perPass) this.#only = pass
    return pass
  }

  #isLetThrough({ key, form, path }: Hit<Withheld>, stated: ReadonlySet<Withheld>): boolean {
    const isValueItself = form !== 'opening' && form !== 'digest'
    // In evidence and openings a word of the format may be the withheld name itself.
    const isOwnWord = !path.startsWith('data/') && path !== DISCLOSURES && stated.has(key)
    if (isValueItself && (isOwnWord || this.#isStatement(key.text))) {
      this.#stated.add(key)
      return true
    }
    const isOpened = key.text !== null && this.#opened.has(key.text)
    if (form !== 'opening' && isOpened && key.places.every(({ field }) => COMMON.has(field))) {
      this.#repeated.add(key)
      return true
    }
    if (!isAccepted(this.#policy, key, path)) return false
    this.#accepted.add(key)
    return true
  }

  #isStatement(text: string | null): boolean {
    const { issuer, softwareAgent } = this.#statement
    const { recipient, identifier } = this.#policy
    return [issuer, softwareAgent, recipient, identifier, ...this.#requested].some(
      (said) => said !== null && said === text,
    )
  }

  #note({ key, form, path, offset }: Hit<Withheld>, leaks: Map<string, Leak & { count: number }>): void {
    const [first] = key.places
    const place = `${path}\0${form}\0${first?.file}\0${first?.seq}\0${first?.field}`
    const known = leaks.get(place)
    if (known !== undefined) {
      known.count += 1
      return
    }
    const openedAt = key.text === null ? null : (this.#opened.get(key.text) ?? null)
    leaks.set(place, { withheld: key.places.slice(0, 5), form, path, offset, count: 1, openedAt })
  }
}

function isAccepted(policy: DisclosurePolicy, { places }: Withheld, path: string): boolean {
  return places.every((place) =>
    policy.accept.some(
      (rule) =>
        (rule.file === undefined || rule.file === place.file) &&
        (rule.field === undefined || rule.field === place.field) &&
        inRanges(rule.seq, place.seq) &&
        (rule.path === undefined || rule.path === path),
    ),
  )
}

/** Values that the recipient must not have, each once, and texts that it is given. */
async function partValues(custody: CustodyLog, showing: Showing, kept?: GatePrivate) {
  const withheld = new Map<string, Withheld>()
  const opened = new Map<string, FieldPlace>()
  const withhold = (text: string | null, value: JsonValue, place: FieldPlace, opening: string) => {
    const key = text ?? `\0${opening}`
    const known = withheld.get(key)
    if (known === undefined) withheld.set(key, { value, text, places: [place], openings: [opening] })
    else {
      known.places.push(place)
      known.openings.push(opening)
    }
  }
  for (const file of ['custody.jsonl', 'items.jsonl'] as const)
    for await (const line of custody.lines(file)) {
      const type = file === 'items.jsonl' ? 'item' : typeOfLine(line)
      for (const opening of line.openings) {
        const value = openedValue(opening)
        const { seq } = line
        const { field } = opening
        if (isFieldOpened(showing, file, seq, type, field)) {
          for (const text of textsIn(value)) if (!opened.has(text)) opened.set(text, { file, seq, field })
          continue
        }
        const texts = textsIn(value).filter((text) => text !== '')
        for (const text of texts.length === 0 ? [null] : textsOf(field, texts))
          withhold(text, value, { file, seq, field }, opening.opening)
      }
    }
  for (const { file, seq, field, opening } of giversOf(kept)) {
    const value = parseDisclosure(encodeUtf8(opening))?.value
    if (typeof value === 'string') withhold(value, value, { file, seq, field }, opening)
  }
  return { withheld: [...withheld.values()], opened }
}
