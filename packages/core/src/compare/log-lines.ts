import type { FileTree } from '../bundle/file-tree.ts'
import { CUSTODY, DISCLOSURES, ITEMS } from '../bundle/layout.ts'
import { parseManifest } from '../bundle/manifest.ts'
import { readDisclosures } from '../bundle/record-disclosures.ts'
import { readCustody, readItems } from '../bundle/record-lines.ts'
import { BoundedList, FileNotes } from '../bundle/record-notes.ts'
import { DisclosureReading, type OpenedField } from '../custody/disclosure-reading.ts'
import { isValueOf } from '../custody/field-values.ts'
import type { HistoryFacts } from '../custody/history-facts.ts'
import type { LineTable } from '../custody/line-table.ts'
import { OpenedEvents } from '../custody/opened-events.ts'
import { canonicalText } from '../json/canonicalise.ts'
import { fromHex, readHex, toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { orNull, ParseError } from '../model/parse-error.ts'
import { type SmallDigest, SourceFault } from '../model/ports.ts'
import { MerkleEdge } from '../proofs/merkle.ts'

/** Lines of one file by position: what can be compared without knowing what they say. */
export interface LineDigests {
  readonly count: number
  /** Line digests, 32 octets each. */
  readonly packed: Uint8Array
  /** 1 for a withheld line. */
  readonly withheld: Uint8Array
}

/** The items of a bundle, with the digests of their files where these are opened. */
export interface ItemDigests extends LineDigests {
  /** The commitment in the slot `sha256` of every shown item, 32 octets each. */
  readonly commitments: Uint8Array
  /** Opened SHA-256 by position, 32 octets each; zeros where it is closed. */
  readonly sha256: Uint8Array
  /** 1 where it is opened. */
  readonly hasSha256: Uint8Array
  /** 1 where the item's path is opened and the bundle has a file of that name. */
  readonly hasFile: Uint8Array
}

/** What a comparison needs of a bundle beside its facts. Holds opened values: never part of a report. */
export interface LogLines {
  readonly events: LineDigests | null
  readonly items: ItemDigests | null
  /** SHA-256 of every file that manifest-sha256.txt lists, 32 octets each. */
  readonly payload: Uint8Array
  /** Opened case id, canonical JSON; null while it is closed. */
  readonly caseId: string | null
}

/**
 * Reads the lines of a bundle again, for what facts do not keep: the digest of each, and opened values.
 * @param facts of the same bundle: lines that are not the ones judged there are a source that changed
 * @param onOpened called with every opened field whose opening holds and whose value is in form
 * @throws SourceFault when the source is gone or has changed since
 */
export async function readLogLines(
  tree: FileTree,
  facts: HistoryFacts | null,
  digest: SmallDigest,
  onOpened?: (field: OpenedField) => void,
): Promise<LogLines> {
  const unknown = new BoundedList<never>()
  const notes = (path: string) => new FileNotes(path, unknown)
  const itemBytes = await readLines(tree, ITEMS)
  const items = itemBytes === null ? null : orNull(() => readItems(itemBytes, notes(ITEMS), digest).table)
  const custodyBytes = await readLines(tree, CUSTODY)
  const counterparts = { record: null, authorisationSha256: null, itemLines: null }
  const events =
    custodyBytes === null ? null : orNull(() => readCustody(custodyBytes, notes(CUSTODY), counterparts, digest).table)
  requireUnchanged(items, facts?.log.itemRoot ?? null, ITEMS, digest)
  requireUnchanged(events, facts?.log.root ?? null, CUSTODY, digest)

  let caseId: string | null = null
  const sha256 = new Uint8Array((items?.count ?? 0) * 32)
  const hasSha256 = new Uint8Array(items?.count ?? 0)
  const hasFile = new Uint8Array(items?.count ?? 0)
  const opened = (field: OpenedField) => {
    const { file, seq, field: name, value } = field
    if (!isValueOf(file, name, value)) return
    onOpened?.(field)
    if (file === 'custody.jsonl') {
      if (seq === 0 && name === 'caseId') caseId = canonicalText(value)
    } else if (name === 'sha256' && typeof value === 'string') {
      sha256.set(fromHex(value) ?? [], seq * 32)
      hasSha256[seq] = 1
    } else if (name === 'path' && typeof value === 'string' && tree.byPath.has(value)) hasFile[seq] = 1
  }
  const disclosures = await readLines(tree, DISCLOSURES)
  if (disclosures !== null) {
    const reading = new DisclosureReading(
      // Consents are of one request: no other bundle has them.
      { events, items, consents: null },
      digest,
      { events: new OpenedEvents(items?.count ?? null), items: null },
      opened,
    )
    const linesOf = {
      'authorisation.json': null,
      'custody.jsonl': events?.count ?? null,
      'items.jsonl': items?.count ?? null,
    }
    orNull(() => readDisclosures(disclosures, notes(DISCLOSURES), linesOf, reading))
  }
  return {
    events: events === null ? null : lineDigests(events),
    items:
      items === null ? null : { ...lineDigests(items), commitments: commitmentsOf(items), sha256, hasSha256, hasFile },
    payload: await listedPayload(tree),
    caseId,
  }
}

/** Null when the file is absent or cannot be read: what is missing is told by the findings. */
async function readLines(tree: FileTree, path: string): Promise<Uint8Array | null> {
  if (!tree.byPath.has(path)) return null
  try {
    return await tree.read(path, LIMITS.jsonLinesBytes)
  } catch (error) {
    if (error instanceof ParseError || (error instanceof SourceFault && error.reason !== 'vanished')) return null
    throw error
  }
}

function requireUnchanged(table: LineTable | null, root: string | null, path: string, digest: SmallDigest): void {
  const own = table === null ? null : rootOf(table.packedDigests, table.count, digest)
  if (own !== root) throw new SourceFault('changed', path, 'PROBATUM_OTHER_LINES')
}

function lineDigests(table: LineTable): LineDigests {
  const withheld = new Uint8Array(table.count)
  for (let seq = 0; seq < table.count; seq++) if (table.isStub(seq)) withheld[seq] = 1
  // A copy: the table keeps the slots of every line.
  return { count: table.count, packed: table.packedDigests.slice(), withheld }
}

function commitmentsOf(table: LineTable): Uint8Array {
  const packed = new Uint8Array((table.count - table.stubs) * 32)
  let at = 0
  for (let seq = 0; seq < table.count; seq++) {
    const slots = table.slotsOf(seq)
    const slot = slots?.names.indexOf('sha256') ?? -1
    if (slots === null || slot === -1) continue
    packed.set(slots.digestAt(slot), at)
    at += 32
  }
  return packed.subarray(0, at)
}

const MANIFEST = 'manifest-sha256.txt'

async function listedPayload(tree: FileTree): Promise<Uint8Array> {
  if (!tree.byPath.has(MANIFEST)) return new Uint8Array(0)
  let packed = new Uint8Array(64 * 32)
  let end = 0
  try {
    const bytes = await tree.read(MANIFEST, LIMITS.manifestBytes)
    const rules = {
      kind: 'payload',
      algorithm: 'sha256',
      encoding: 'utf-8',
      percentDecoding: true,
      exists: () => true,
    } as const
    parseManifest(bytes, rules, (_, listed) => {
      if (listed === null) return
      if (end === packed.length) {
        const grown = new Uint8Array(2 * packed.length)
        grown.set(packed)
        packed = grown
      }
      readHex(listed, 0, 32, packed, end)
      end += 32
    })
  } catch (error) {
    if (error instanceof ParseError || (error instanceof SourceFault && error.reason !== 'vanished')) {
      return new Uint8Array(0)
    }
    throw error
  }
  return packed.subarray(0, end)
}

/** Merkle root over the first `size` of packed line digests, hex. Throws RangeError when there are not so many. */
export function rootOf(packed: Uint8Array, size: number, digest: SmallDigest): string {
  if (size * 32 > packed.length) throw new RangeError(`there are no ${size} lines`)
  const edge = new MerkleEdge(digest)
  for (let at = 0; at < size; at++) edge.append(packed.subarray(at * 32, at * 32 + 32))
  return toHex(edge.root())
}
