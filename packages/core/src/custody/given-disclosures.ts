import type { ConsentFacts, LaterConsentFacts } from '../authorisation/authorisation-facts.ts'
import type { ItemLines, OpenedConsent } from '../authorisation/opened-consents.ts'
import type { Listed } from '../bundle/bag-facts.ts'
import type { FileTree } from '../bundle/file-tree.ts'
import type { OpenableFile } from '../bundle/line-types.ts'
import type { PayloadManifest } from '../bundle/payload-manifest.ts'
import { readDisclosures } from '../bundle/record-disclosures.ts'
import type { RecordFileFacts, UnknownPart } from '../bundle/record-facts.ts'
import { BoundedList, FileNotes, failureOf, unreadFile } from '../bundle/record-notes.ts'
import { compareBytes, toHex } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import { type SmallDigest, SourceFault } from '../model/ports.ts'
import { MerkleEdge } from '../proofs/merkle.ts'
import { DisclosureReading, type LineTables, type OpenedField } from './disclosure-reading.ts'
import type { HistoryFacts, OpeningProblem } from './history-facts.ts'
import { type RevealedLine, readLineTables, revealLines } from './later-disclosures.ts'
import { establishLaterValues, type LaterValueFacts } from './later-values.ts'
import type { LineTable } from './line-table.ts'
import { OpenedEvents } from './opened-events.ts'
import { PlaceList } from './place-list.ts'
import { withContradictions } from './revealed-lines.ts'

/** A withheld line that is shown and is not the one that was withheld, or could not be compared. */
export interface RevealProblem {
  readonly file: OpenableFile
  /** From 1. */
  readonly line: number
  readonly code: Exclude<RevealedLine['code'], 'holds' | 'shown'>
}

/**
 * A file of later openings that was given beside a bundle (specification, section 5.6). Opened values are not in here.
 */
export interface GivenDisclosureFacts {
  /** Of the file as it was given, hex. */
  readonly sha256: string
  readonly bytes: number
  /** Whether the bundle has lines that openings can be of; another bag has none, and of a newer format nothing is known. */
  readonly against: 'lines' | 'no-lines'
  /** Form of the openings in it. */
  readonly file: RecordFileFacts
  /** Members that are not known here. */
  readonly unknown: number
  readonly lines: {
    readonly count: number
    /** In the place of a stub whose digest they have. */
    readonly holding: number
    /** The bundle, or another given file, shows the same line. */
    readonly shown: number
    readonly problems: Listed<RevealProblem>
  }
  readonly openings: { readonly count: number; readonly holding: number; readonly problems: Listed<OpeningProblem> }
  /** Lines that state a ground: such a file has none. */
  readonly grounds: number
}

/** All files of later openings that were given with a bundle. */
export interface GivenDisclosuresFacts {
  /** In the order of their digests. */
  readonly files: readonly GivenDisclosureFacts[]
  /** What all of them say together with the bundle; null where there are no lines to say it of. */
  readonly values: LaterValueFacts | null
  /** What they show of consents; absent where that is nothing. */
  readonly consents?: LaterConsentFacts
}

/** An opened field, and the given file that opens it. */
export interface LaterOpenedField extends OpenedField {
  /** SHA-256, hex. */
  readonly given: string
}

/** Who is told of values that files of later openings open; they are in no facts. */
export interface LaterListeners {
  readonly onOpened?: (field: LaterOpenedField) => void
  /** Called with the consents of which the files open more, where there are any. */
  readonly onConsents?: (consents: readonly OpenedConsent[]) => void
  /** What the bundle itself shows of consents; null without a request. */
  readonly consents?: ConsentFacts | null
}

/**
 * Checks files of later openings against the lines of the bundle that they were given with. Lines that any of the files
 * shows count for the openings of all of them; the order in which they were given does not matter, and a file that was given
 * twice is one.
 * @param payload of the same bundle; null where there is none
 * @param history of the same bundle: other lines than those judged there are a source that changed; null for an input that
 * has none
 * @throws SourceFault when the source is gone or has changed since
 */
export async function establishGivenDisclosures(
  tree: FileTree,
  given: readonly Uint8Array[],
  history: HistoryFacts | null,
  payload: (() => PayloadManifest) | null,
  { smallDigest }: { readonly smallDigest: SmallDigest },
  { onOpened, onConsents, consents: ownConsents = null }: LaterListeners = {},
): Promise<GivenDisclosuresFacts> {
  const digests = given.map((bytes) => ({ bytes, digest: smallDigest('sha256', bytes) }))
  digests.sort((a, b) => compareBytes(a.digest, b.digest))
  const files = digests.filter(
    ({ digest }, at) => at === 0 || compareBytes(digest, digests[at - 1]?.digest ?? digest) !== 0,
  )
  const tables =
    history === null ? { events: null, items: null, consents: null } : await tablesOf(tree, history, smallDigest)
  // Before lines are put in the place of stubs: what the bundle withholds it did not share, whatever is shown later.
  const exported = tables.items === null ? null : stubsOf(tables.items)
  const revealedOf = files.map(({ bytes, digest }) => ({ bytes, digest, ...revealLines(bytes, tables, smallDigest) }))
  const read = revealedOf.map((one) =>
    history === null ? one : { ...one, lines: withContradictions(one.lines, tables, history, smallDigest) },
  )
  const rests = read.map(({ rest }) => rest)
  const later =
    history === null || !hasLines(tables)
      ? null
      : await establishLaterValues(
          tree,
          rests,
          { tables, exported, history, consents: ownConsents, payload: payload?.() ?? null },
          smallDigest,
        )
  const consents = later?.consents ?? null
  if (consents !== null && consents.opened.length > 0) onConsents?.(consents.opened)
  const facts = read.map(({ bytes, digest, lines, rest }): GivenDisclosureFacts => {
    const sha256 = toHex(digest)
    const unknown = new BoundedList<UnknownPart>()
    const notes = new FileNotes(sha256, unknown)
    const opened = { events: new OpenedEvents(null), items: null }
    const tell = onOpened && ((field: OpenedField) => onOpened({ ...field, given: sha256 }))
    const reading = new DisclosureReading(tables, smallDigest, opened, tell)
    // Whether its lines are there is asked of each opening, and is no question of form.
    const linesOf = { 'authorisation.json': null, 'custody.jsonl': null, 'items.jsonl': null }
    const file = readWithinLimits(sha256, () => readDisclosures(rest, notes, linesOf, reading))
    const { openings, holding, problems, grounds } = reading.finish()
    return {
      sha256,
      bytes: bytes.length,
      against: hasLines(tables) ? 'lines' : 'no-lines',
      file,
      unknown: unknown.kept.length + unknown.omitted,
      lines: revealed(lines),
      openings: { count: openings, holding, problems },
      grounds,
    }
  })
  return { files: facts, values: later?.values ?? null, ...(consents === null ? {} : { consents: consents.facts }) }
}

/** Which items are stubs now. */
function stubsOf(items: LineTable): ItemLines {
  const stubs = Uint8Array.from({ length: items.count }, (_, seq) => (items.isStub(seq) ? 1 : 0))
  return { count: items.count, isStub: (seq) => stubs[seq] === 1 }
}

function readWithinLimits(path: string, read: () => RecordFileFacts): RecordFileFacts {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return unreadFile(path, 'limit', failureOf(error))
  }
}

const hasLines = ({ events, items }: LineTables): boolean => events !== null || items !== null

function revealed(lines: readonly RevealedLine[]): GivenDisclosureFacts['lines'] {
  const problems = new PlaceList<RevealProblem>()
  let holding = 0
  let shown = 0
  for (const { file, line, code } of lines) {
    if (code === 'holds') holding++
    else if (code === 'shown') shown++
    else problems.add({ file, line, code })
  }
  return { count: lines.length, holding, shown, problems: problems.finish() }
}

/** Null where the file cannot be read: the findings about the bundle say so. */
async function tablesOf(tree: FileTree, history: HistoryFacts, digest: SmallDigest): Promise<LineTables> {
  let tables: LineTables
  try {
    tables = await readLineTables(tree, digest)
  } catch (error) {
    const isUnread = error instanceof ParseError || (error instanceof SourceFault && error.reason !== 'vanished')
    if (!isUnread) throw error
    return { events: null, items: null, consents: null }
  }
  requireRoot(tables.events, history.log.root, digest, 'record/custody.jsonl')
  requireRoot(tables.items, history.log.itemRoot, digest, 'record/items.jsonl')
  return tables
}

function requireRoot(table: LineTable | null, root: string | null, digest: SmallDigest, path: string): void {
  if (table === null || root === null) return
  const edge = new MerkleEdge(digest)
  for (let seq = 0; seq < table.count; seq++) edge.append(table.digest(seq))
  if (toHex(edge.root()) !== root) throw new SourceFault('changed', path, 'PROBATUM_OTHER_LINES')
}
