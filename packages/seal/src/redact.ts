import {
  canonicalText,
  concatBytes,
  EVENT_TYPES,
  type EventTypeName,
  encodeUtf8,
  formatInstant,
  ITEM_TYPE,
  isJsonObject,
  type JsonValue,
  type OpenableFile,
  VERIFY_TEXT,
} from '@probatum/core'
import { type BundleSink, fileOf, type SealableFile } from './bundle-sink.ts'
import { type CustodyLog, type LoggedLine, openedValue, typeOfLine } from './custody-log.ts'
import {
  ExportRefused,
  isFieldOpened,
  isLineShown,
  type LogExportInput,
  type PreparedExport,
  prepareExport,
  type Showing,
} from './custody-log-export.ts'
import { type NeedleForm, needlesOfJson, needlesOfText, SHORTEST_TEXT, textsIn } from './redact-needles.ts'
import { type DisclosurePolicy, inRanges, showingOf, signatureWithoutName } from './redact-policy.ts'
import { type Hit, Search, type Wanted } from './redact-search.ts'
import type { SealOutcome } from './seal-writing.ts'

/** A sink whose files can be read again: what was written is what is searched. */
export interface ReadableSink extends BundleSink {
  /** What was written so far, by path. */
  written(): ReadonlyMap<string, SealableFile>
}

export interface RedactRecipient {
  readonly policy: DisclosurePolicy
  readonly sink: ReadableSink
}

export interface RedactInput
  extends Omit<LogExportInput, 'sink' | 'recipient' | 'externalIdentifier' | 'showing' | 'purpose'> {
  readonly recipients: readonly RedactRecipient[]
}

/** A field by its place. */
export interface FieldPlace {
  readonly file: OpenableFile
  readonly seq: number
  readonly field: string
}

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

/** Withheld values stand in the output: nothing may be handed out. */
export class RedactionRefused extends Error {
  override readonly name = 'RedactionRefused'
  /** Index of the recipient, and what stands in the bundle made for it. */
  readonly leaks: readonly { readonly recipient: number; readonly leaks: readonly Leak[]; readonly omitted: number }[]
  constructor(leaks: RedactionRefused['leaks']) {
    const [first] = leaks.flatMap((each) => each.leaks)
    const [place] = first?.withheld ?? []
    super(
      `withheld values stand in the output: ${place?.file} ${place?.seq} ${place?.field} in ${first?.path} (${first?.form})`,
    )
    this.leaks = leaks
  }
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

export interface RedactedBundle {
  readonly outcome: SealOutcome & { readonly exportNumber: string; readonly size: number }
  readonly search: SearchSummary
}

/**
 * Seals a bundle for each recipient over the same log, each at its own size. Every bundle is written and searched for every
 * value that its policy withholds before the first export is added to the log; the rest of it, signatures included, is
 * searched before this resolves. Throws RedactionRefused when something withheld stands there, ExportRefused for what
 * the caller has wrong.
 */
export async function redactBundles(input: RedactInput): Promise<RedactedBundle[]> {
  const { recipients, ...common } = input
  await requireNamesWithSignatures(input)
  const prepared: PreparedExport[] = []
  for (const { policy, sink } of recipients)
    prepared.push(
      await prepareExport({
        ...common,
        sink,
        recipient: policy.recipient,
        externalIdentifier: policy.identifier,
        showing: showingOf(policy),
        ...(policy.purpose === undefined ? {} : { purpose: policy.purpose }),
      }),
    )
  const searches = await searchAll(
    input,
    recipients.map(() => new Set<string>()),
  )

  const searched = recipients.map(({ sink }) => new Set(sink.written().keys()))
  const size = input.custody.events
  const outcomes: RedactedBundle['outcome'][] = []
  for (const each of prepared) outcomes.push(await each.finish())
  await searchAll(input, searched, size)
  return outcomes.map((outcome, at) => ({ outcome, search: searches[at] as SearchSummary }))
}

async function requireNamesWithSignatures({ custody, recipients }: RedactInput): Promise<void> {
  for await (const line of custody.lines('custody.jsonl')) {
    if (typeOfLine(line) !== 'transfer') continue
    for (const { policy } of recipients) {
      const field = signatureWithoutName(policy, line.seq)
      if (field !== undefined && line.openings.some((opening) => opening.field === field))
        throw new ExportRefused(
          `disclosure policy of ${policy.identifier}: ${field} of event ${line.seq} names the person who signed; open ${field === 'handover' ? 'agent' : 'receiver'} too, or withhold both`,
        )
    }
  }
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

interface Withheld {
  readonly value: JsonValue
  readonly text: string | null
  readonly places: FieldPlace[]
  readonly openings: string[]
}

const PASS = 20_000
const LEAKS = 200

async function searchAll(
  input: RedactInput,
  searched: readonly ReadonlySet<string>[],
  size?: number,
): Promise<SearchSummary[]> {
  const summaries: SearchSummary[] = []
  const refused: { recipient: number; leaks: readonly Leak[]; omitted: number }[] = []
  for (const [recipient, { policy, sink }] of input.recipients.entries()) {
    const found = await searchBundle(input, policy, sink.written(), searched[recipient] ?? new Set(), size)
    summaries.push(found.summary)
    if (found.leaks.length > 0)
      refused.push({ recipient, leaks: found.leaks.slice(0, LEAKS), omitted: Math.max(0, found.leaks.length - LEAKS) })
  }
  if (refused.length > 0) throw new RedactionRefused(refused)
  return summaries
}

async function searchBundle(
  input: RedactInput,
  policy: DisclosurePolicy,
  files: ReadonlyMap<string, SealableFile>,
  skip: ReadonlySet<string>,
  size: number | undefined,
) {
  const { withheld, opened } = await partValues(input.custody, showingOf(policy), size)
  const summary = { values: withheld.length, short: 0, stated: 0, repeated: 0, accepted: 0 }
  const leaks = new Map<string, Leak & { count: number }>()
  const vocabulary = fileOf(concatBytes(encodeUtf8(vocabularyOf(input, policy)), ...input.signer.certificates))
  for (let from = 0; from < withheld.length; from += PASS) {
    const wanted: Wanted<Withheld>[] = withheld
      .slice(from, from + PASS)
      .map((each) => ({ key: each, needles: needlesOf(each) }))
    const search = new Search(wanted)
    const stated = new Set<Withheld>()
    await search.file('', vocabulary, ({ key }) => stated.add(key))
    const repeated = new Set<Withheld>()
    const accepted = new Set<Withheld>()
    const judge = ({ key, form, path, offset }: Hit<Withheld>) => {
      const isValueItself = form !== 'opening' && form !== 'digest'
      if (isValueItself && stated.has(key)) return
      const openedAt = key.text === null ? undefined : opened.get(key.text)
      if (form !== 'opening' && openedAt !== undefined && key.places.every(({ field }) => COMMON.has(field))) {
        repeated.add(key)
        return
      }
      if (isAccepted(policy, key, path)) {
        accepted.add(key)
        return
      }
      const place = `${path}\0${form}\0${key.places[0]?.file}\0${key.places[0]?.seq}\0${key.places[0]?.field}`
      const leak = leaks.get(place)
      if (leak === undefined)
        leaks.set(place, { withheld: key.places.slice(0, 5), form, path, offset, count: 1, openedAt: openedAt ?? null })
      else leak.count += 1
    }
    for (const [path, file] of files) if (!skip.has(path)) await search.file(path, file, judge)
    summary.stated += stated.size
    summary.repeated += repeated.size
    summary.accepted += accepted.size
    for (const { key } of wanted) if (key.text !== null && [...key.text].length < SHORTEST_TEXT) summary.short += 1
  }
  return { summary, leaks: [...leaks.values()] }
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
async function partValues(custody: CustodyLog, showing: Showing, size: number | undefined) {
  const withheld = new Map<string, Withheld>()
  const opened = new Map<string, FieldPlace>()
  for (const file of ['custody.jsonl', 'items.jsonl'] as const)
    for await (const line of custody.lines(file)) {
      // Exports of this same run: their fields are closed, and were never known before.
      if (file === 'custody.jsonl' && size !== undefined && line.seq >= size) break
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
        for (const text of texts.length === 0 ? [null] : textsOf(field, texts)) {
          const key = text ?? `\0${opening.opening}`
          const known = withheld.get(key)
          if (known === undefined)
            withheld.set(key, { value, text, places: [{ file, seq, field }], openings: [opening.opening] })
          else {
            known.places.push({ file, seq, field })
            known.openings.push(opening.opening)
          }
        }
      }
    }
  return { withheld: [...withheld.values()], opened }
}

/** A file's name is looked for without its folders too. */
function textsOf(field: string, texts: readonly string[]): string[] {
  const names = field === 'originalName' ? texts.flatMap((text) => text.split(/[/\\]/).slice(-1)) : []
  return [...new Set([...texts, ...names.filter((name) => name !== '')])]
}

function needlesOf({ value, text, openings }: Withheld) {
  const own = openings.map((opening) => ({ form: 'opening' as const, bytes: encodeUtf8(opening).subarray(0, 96) }))
  return [...own, ...needlesOfJson(value), ...(text === null ? [] : needlesOfText(text))]
}

/** What every bundle of this export says anyway, the signer's certificates apart: a withheld value that is one of these words cannot be told from them. */
function vocabularyOf(input: RedactInput, policy: DisclosurePolicy): string {
  const time = formatInstant({ epochSeconds: input.now.epochSeconds, fraction: '' })
  return [
    VERIFY_TEXT,
    canonicalText(EVENT_TYPES),
    canonicalText(ITEM_TYPE),
    'items.jsonl custody.jsonl probatum/bundle/1-draft https://probatum.example/bundle/1-draft',
    input.issuer,
    policy.recipient ?? '',
    policy.identifier,
    input.softwareAgent,
    input.log.origin,
    time,
    ...input.timeStampAuthorities.flatMap(({ label, subject }) => [label, subject]),
  ].join('\n')
}

/** A row of the disclosure matrix: one place of the log, and what each recipient sees of it. Never a value. */
export interface MatrixRow {
  readonly file: OpenableFile
  readonly seq: number
  readonly type: string
  /** `line`, `payload`, or the name of a field. */
  readonly what: string
  /** One for each recipient: `opened`, `withheld`, `withheld: GROUND`, `absent`, `redacted copy: item N`. */
  readonly cells: readonly string[]
}

/** Who sees what: internal, because it says which fields exist. */
export async function* disclosureMatrix(
  custody: CustodyLog,
  policies: readonly DisclosurePolicy[],
): AsyncIterable<MatrixRow> {
  const showings = policies.map(showingOf)
  const copies = await copiesOf(custody)
  for (const file of ['custody.jsonl', 'items.jsonl'] as const)
    for await (const line of custody.lines(file)) {
      const { seq } = line
      const type = file === 'items.jsonl' ? 'item' : typeOfLine(line)
      const row = (what: string, cell: (showing: Showing) => string): MatrixRow => ({
        file,
        seq,
        type,
        what,
        cells: showings.map(cell),
      })
      yield row('line', (showing) =>
        isLineShown(showing, file, seq, type) ? 'opened' : withheldCell(showing.ground(file, seq, type, null)),
      )
      if (file === 'items.jsonl')
        yield row('payload', (showing) => {
          if (showing.showsPayload(seq)) return 'opened'
          const copy = copies.get(seq)?.find((each) => showing.showsPayload(each))
          return copy === undefined
            ? withheldCell(showing.ground(file, seq, type, null))
            : `redacted copy: item ${copy}`
        })
      yield* fieldRows(line, file, type, row)
    }
}

function* fieldRows(
  line: LoggedLine,
  file: OpenableFile,
  type: string,
  row: (what: string, cell: (showing: Showing) => string) => MatrixRow,
): Iterable<MatrixRow> {
  const slots = file === 'items.jsonl' ? ITEM_TYPE.slots : EVENT_TYPES[type as EventTypeName].slots
  for (const field of slots) {
    const isThere = line.openings.some((opening) => opening.field === field)
    yield row(field, (showing) => {
      if (!isThere) return 'absent'
      if (isFieldOpened(showing, file, line.seq, type, field)) return 'opened'
      const isShown = isLineShown(showing, file, line.seq, type)
      return withheldCell(showing.ground(file, line.seq, type, isShown ? field : null))
    })
  }
}

const withheldCell = (ground: string | null) => (ground === null ? 'withheld' : `withheld: ${ground}`)

/** Positions of the redacted copies of each item. */
async function copiesOf(custody: CustodyLog): Promise<Map<number, number[]>> {
  const copies = new Map<number, number[]>()
  for await (const line of custody.lines('items.jsonl')) {
    const opening = line.openings.find(({ field }) => field === 'copyOf')
    const value = opening === undefined ? null : openedValue(opening)
    const original = isJsonObject(value) ? value.seq : undefined
    if (typeof original === 'number') copies.set(original, [...(copies.get(original) ?? []), line.seq])
  }
  return copies
}

/** The matrix as RFC 4180 CSV, each row marked; piece by piece. */
export async function* matrixCsv(
  rows: AsyncIterable<MatrixRow>,
  recipients: readonly string[],
): AsyncIterable<Uint8Array> {
  const line = (cells: readonly (number | string)[]) => `${cells.map(csvCell).join(',')}\r\n`
  yield encodeUtf8(line(['INTERNAL', 'file', 'seq', 'type', 'what', ...recipients]))
  let piece: string[] = []
  for await (const { file, seq, type, what, cells } of rows) {
    piece.push(line(['not for recipients', file, seq, type, what, ...cells]))
    if (piece.length < 1000) continue
    yield encodeUtf8(piece.join(''))
    piece = []
  }
  yield encodeUtf8(piece.join(''))
}

function csvCell(cell: number | string): string {
  // A spreadsheet runs what begins like a formula.
  const text = /^[=+\-@\t\r]/.test(String(cell)) ? `'${cell}` : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
