import type { ConsentFacts } from '../authorisation/authorisation-facts.ts'
import { type ItemLines, OpenedConsents } from '../authorisation/opened-consents.ts'
import type { Listed } from '../bundle/bag-facts.ts'
import type { FileTree } from '../bundle/file-tree.ts'
import { DISCLOSURES } from '../bundle/layout.ts'
import type { PayloadManifest } from '../bundle/payload-manifest.ts'
import { compareBytes } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { type SmallDigest, SourceFault } from '../model/ports.ts'
import { DisclosureReading, type LineTables } from './disclosure-reading.ts'
import { openingsIn, type ScannedOpening } from './disclosure-scan.ts'
import type { HistoryFacts, PayloadBindingProblem } from './history-facts.ts'
import { type LaterConsents, laterConsents } from './later-consents.ts'
import { OpenedEvents } from './opened-events.ts'
import { OpenedItems } from './opened-items.ts'

/** A value that holds under its commitment and contradicts another one, or could not be compared with it. */
export interface LaterValueProblem {
  readonly file: 'custody.jsonl' | 'items.jsonl'
  /** From 1. */
  readonly line: number
  readonly field: 'objects' | 'digests' | 'time' | 'copyOf' | 'path'
  readonly code:
    | 'no-item'
    | 'digest-differs'
    | 'times'
    | 'original-differs'
    | 'no-original'
    | 'payload-differs'
    | 'several-items'
}

/**
 * What the values of given files say together with those that the bundle opens itself, beyond what these say alone. The values
 * are not in here.
 */
export interface LaterValueFacts {
  /** `limit`: too many openings to be sorted in memory. */
  readonly state: 'read' | 'limit'
  /** Values that were compared with something. */
  readonly compared: number
  readonly problems: Listed<LaterValueProblem>
  /** Signatures of givers and receivers: they are not judged here. */
  readonly handovers: number
}

const NONE: LaterValueFacts = { state: 'read', compared: 0, problems: { count: 0, by: {}, first: [] }, handovers: 0 }

/** The bundle that files were given with. */
export interface LaterSurroundings {
  /** With the lines that given files show. */
  readonly tables: LineTables
  /** Which items are stubs in the bundle itself; null where they could not be read. */
  readonly exported: ItemLines | null
  readonly history: HistoryFacts
  /** Null without a request. */
  readonly consents: ConsentFacts | null
  readonly payload: PayloadManifest | null
}

/** @param given openings of the files, without whole lines, which are in the tables already */
export async function establishLaterValues(
  tree: FileTree,
  given: readonly Uint8Array[],
  around: LaterSurroundings,
  digest: SmallDigest,
): Promise<{ readonly values: LaterValueFacts; readonly consents: LaterConsents | null }> {
  const { tables, history, payload } = around
  // All of them are sorted in memory.
  const size = given.reduce((sum, { length }) => sum + length, tree.byPath.get(DISCLOSURES)?.size ?? 0)
  if (size > LIMITS.jsonLinesWholeBytes) return { values: { ...NONE, state: 'limit' }, consents: null }
  const own = await ownDisclosures(tree)
  const opened = new OpenedConsents()
  const both = together([own, ...given], tables, history.custody.created, payload, digest, opened)
  const before = ofBundle(history)
  const problems = problemsOf(both).filter(isNew(problemsOf(before)))
  const by = newCounts(problems, countsOf(both), countsOf(before))
  const values: LaterValueFacts = {
    state: 'read',
    compared: Math.max(0, comparedOf(both) - comparedOf(before)),
    problems: {
      count: Object.values(by).reduce((sum, count) => sum + count, 0),
      by,
      first: problems.slice(0, LIMITS.exceptionsInFinding),
    },
    handovers: Math.max(0, both.handovers - history.custody.handovers.count),
  }
  return { values, consents: laterConsents(opened, given, around) }
}

/** Nothing where there are none, or none that can be read: the findings about the bundle say so. */
async function ownDisclosures(tree: FileTree): Promise<Uint8Array> {
  if (!tree.byPath.has(DISCLOSURES)) return new Uint8Array(0)
  try {
    return await tree.read(DISCLOSURES, LIMITS.jsonLinesWholeBytes)
  } catch (error) {
    if (error instanceof ParseError || (error instanceof SourceFault && error.reason !== 'vanished')) {
      return new Uint8Array(0)
    }
    throw error
  }
}

/** The checks of opened values, with what they count. */
interface Together
  extends Pick<HistoryFacts['custody'], 'times' | 'objects' | 'digests'>,
    Pick<HistoryFacts['disclosure'], 'copies' | 'payload'> {
  readonly handovers: number
}

function ofBundle({ custody, disclosure }: HistoryFacts): Together {
  const { times, objects, digests, handovers } = custody
  return { times, objects, digests, copies: disclosure.copies, payload: disclosure.payload, handovers: handovers.count }
}

/** As if all of these openings stood in one file: in the order of the format, each once. */
function together(
  files: readonly Uint8Array[],
  tables: LineTables,
  created: string | null,
  payload: PayloadManifest | null,
  digest: SmallDigest,
  consents: OpenedConsents,
): Together {
  const openings = files.flatMap(openingsIn)
  openings.sort(byPlace)
  const events = new OpenedEvents(tables.items?.count ?? null)
  const items = tables.items === null ? null : new OpenedItems(tables.items, payload)
  const reading = new DisclosureReading(tables, digest, { events, items, consents })
  for (const [at, { file, seq, field, opening }] of openings.entries()) {
    const before = openings[at - 1]
    const isSame = before !== undefined && byPlace(before, { file, seq, field, opening }) === 0
    if (!isSame || compareBytes(before.opening, opening) !== 0) reading.opening(file, seq, field, opening)
  }
  reading.finish()
  const finished = items?.finish() ?? { copies: { count: 0, problems: { count: 0, by: {}, first: [] } }, payload: null }
  const handovers = events.handovers.length + events.handoversOmitted
  return { ...events.finish((seq) => items?.sha256Of(seq) ?? null, created), ...finished, handovers }
}

function byPlace(a: ScannedOpening, b: ScannedOpening): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  if (a.seq !== b.seq) return a.seq - b.seq
  return a.field === b.field ? 0 : a.field < b.field ? -1 : 1
}

function comparedOf({ times, objects, digests, copies, payload }: Together): number {
  return times.compared + objects.compared + digests.compared + copies.count + (payload?.bound ?? 0)
}

const PAYLOAD: Readonly<Partial<Record<PayloadBindingProblem['code'], LaterValueProblem['code']>>> = {
  'sha256-differs': 'payload-differs',
  'sha512-differs': 'payload-differs',
  'size-differs': 'payload-differs',
  'several-items': 'several-items',
}

type Codes = Readonly<Record<string, LaterValueProblem['code']>>

const TIMES: Codes = { 'later-than-record': 'times', 'before-acquisition': 'times' }

/** Of each check, where its problems stand in what is said here, and what they are called. */
function checksOf({ times, objects, digests, copies, payload }: Together) {
  const event = { file: 'custody.jsonl' } as const
  return [
    { ...event, field: 'objects', problems: objects.problems, codes: { 'no-item': 'no-item' } as Codes },
    { ...event, field: 'digests', problems: digests.problems, codes: { differs: 'digest-differs' } as Codes },
    { ...event, field: 'time', problems: times.problems, codes: TIMES },
    {
      file: 'items.jsonl',
      field: 'copyOf',
      problems: copies.problems,
      codes: { 'original-differs': 'original-differs', 'no-original': 'no-original' } as Codes,
    },
    ...(payload === null
      ? []
      : [{ file: 'items.jsonl', field: 'path', problems: payload.problems, codes: PAYLOAD as Codes } as const]),
  ] as const
}

/** The first LIMITS.exceptionsInFinding of each check. */
function problemsOf(found: Together): LaterValueProblem[] {
  return checksOf(found).flatMap(({ file, field, problems, codes }) =>
    problems.first.flatMap(({ line, code }): LaterValueProblem[] => {
      const known = codes[code]
      return known === undefined || line === null ? [] : [{ file, field, line, code: known }]
    }),
  )
}

/** All of them, by code: lists are cut, and what is open may fill one before what contradicts. */
function countsOf(found: Together): ReadonlyMap<LaterValueProblem['code'], number> {
  const counts = new Map<LaterValueProblem['code'], number>()
  for (const { problems, codes } of checksOf(found)) {
    for (const [code, count] of Object.entries(problems.by)) {
      const known = codes[code]
      if (known !== undefined) counts.set(known, (counts.get(known) ?? 0) + count)
    }
  }
  return counts
}

/** By code, how many there are more than the bundle has itself; at least those that can be named. */
function newCounts(
  named: readonly LaterValueProblem[],
  both: ReturnType<typeof countsOf>,
  own: ReturnType<typeof countsOf>,
): Record<string, number> {
  const by: Record<string, number> = {}
  for (const [code, count] of both) {
    const least = named.filter((problem) => problem.code === code).length
    const more = Math.max(least, count - (own.get(code) ?? 0))
    if (more > 0) by[code] = more
  }
  return by
}

function isNew(before: readonly LaterValueProblem[]): (problem: LaterValueProblem) => boolean {
  const key = ({ file, line, field, code }: LaterValueProblem) => `${file} ${line} ${field} ${code}`
  const known = new Set(before.map(key))
  return (problem) => !known.has(key(problem))
}
