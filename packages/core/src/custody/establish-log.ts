import type { ConsistencyProof } from '../bundle/line-types.ts'
import type { Checkpoint } from '../bundle/record-checkpoint.ts'
import { fromHex, toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { MerkleEdge } from '../proofs/merkle.ts'
import { verifyConsistency } from '../proofs/merkle-proof.ts'
import type { CheckpointFacts, HistoryFileState, LinePlace, LogFacts } from './history-facts.ts'
import type { LineTable } from './line-table.ts'
import { PlaceList } from './place-list.ts'
import type { StatedItems } from './stated-exports.ts'

/** A proof with the line that it stands in, from 0. */
export interface ReadProof {
  readonly index: number
  readonly proof: ConsistencyProof
}

/** The checkpoint as it was read; null where it does not read. */
export interface ReadCheckpoint {
  readonly state: HistoryFileState
  readonly checkpoint: Checkpoint | null
  /** The signed text, base64. */
  readonly text: string
}

/** Roots over the first so many lines of a table, hex: `root` over all, `at` over those asked for. */
export interface LineRoots {
  readonly root: string
  readonly at: ReadonlyMap<number, string>
}

/** Merkle roots over line digests, in one pass. Sizes beyond the table have none. */
export function lineRoots(table: LineTable, digest: SmallDigest, sizes: Iterable<number> = []): LineRoots {
  const wanted = new Set(sizes)
  const at = new Map<number, string>()
  const edge = new MerkleEdge(digest)
  const digests = table.packedDigests
  if (wanted.has(0)) at.set(0, toHex(edge.root()))
  for (let seq = 0; seq < table.count; seq++) {
    edge.append(digests.subarray(seq * 32, seq * 32 + 32))
    if (wanted.has(edge.size)) at.set(edge.size, toHex(edge.root()))
  }
  return { root: toHex(edge.root()), at }
}

/** Rebuilds the trees over the lines, and sets checkpoint and consistency proofs against them. */
export function establishLog(
  given: {
    readonly checkpoint: ReadCheckpoint
    readonly events: LineTable | null
    /** Over the lines of `events`, at the sizes of the proofs among others; null without them. */
    readonly roots: LineRoots | null
    readonly items: LineTable | null
    /** What exports before this one's say of the items. */
    readonly exports: { readonly stated: readonly StatedItems[]; readonly omitted: number }
    readonly proofs: readonly ReadProof[]
    readonly proofsFile: { readonly state: HistoryFileState; readonly lines: number | null }
  },
  digest: SmallDigest,
): LogFacts {
  const { checkpoint, events, roots, items, exports, proofs, proofsFile } = given
  const { stated, omitted } = exports
  const sizes = stated.map(({ itemCount }) => itemCount)
  const itemRoots = items === null ? null : lineRoots(items, digest, sizes)
  const head = checkpoint.checkpoint
  return {
    state: checkpoint.state,
    checkpoint: head === null ? null : checkpointFacts(head, checkpoint.text),
    root: roots?.root ?? null,
    lines: events?.count ?? null,
    itemRoot: itemRoots?.root ?? null,
    itemLines: items?.count ?? null,
    ...(itemRoots === null || stated.length === 0
      ? {}
      : {
          earlierExports: {
            compared: stated.length,
            omitted,
            problems: itemProblems(stated, itemRoots, items?.count ?? 0).finish(),
          },
        }),
    proofs: {
      state: proofsFile.state,
      count: proofsFile.lines ?? 0,
      unread: (proofsFile.lines ?? 0) - proofs.length,
      problems: proofProblems(proofs, head, roots, digest).finish(),
    },
  }
}

function checkpointFacts(head: Checkpoint, text: string): CheckpointFacts {
  const { origin, size, root, signatures } = head
  return { origin, size, root, text, signatures }
}

/** Items are appended and never changed, removed or reordered: what an export was over is still at the beginning. */
function itemProblems(
  stated: readonly StatedItems[],
  { at }: LineRoots,
  items: number,
): PlaceList<LinePlace<'items-differ' | 'items-fewer'>> {
  const problems = new PlaceList<LinePlace<'items-differ' | 'items-fewer'>>()
  for (const { seq, itemCount, itemRoot } of stated) {
    const own = at.get(itemCount)
    const note = (code: 'items-differ' | 'items-fewer', expected: string, found: string) =>
      problems.add({ line: seq + 1, code, expected, found })
    if (own === undefined) note('items-fewer', `at most ${items}`, `${itemCount}`)
    else if (own !== itemRoot) note('items-differ', own, itemRoot)
  }
  return problems
}

function proofProblems(
  proofs: readonly ReadProof[],
  head: Checkpoint | null,
  roots: LineRoots | null,
  digest: SmallDigest,
): PlaceList<LinePlace<'proof' | 'history-differs' | 'other-size'>> {
  const problems = new PlaceList<LinePlace<'proof' | 'history-differs' | 'other-size'>>()
  for (const { index, proof } of proofs) {
    const { first, firstRoot, second } = proof
    const note = (code: 'proof' | 'history-differs' | 'other-size', expected: string | null, found: string | null) =>
      problems.add({ line: index + 1, code, expected, found })
    // All lines are here, so the earlier root can be rebuilt, whatever the proof says.
    const own = roots?.at.get(first)
    if (own !== undefined && own !== firstRoot) note('history-differs', own, firstRoot)
    if (head === null) continue
    if (second !== head.size) note('other-size', `${head.size}`, `${second}`)
    else if (!holds(proof, head.root, digest)) note('proof', null, null)
  }
  return problems
}

function holds(proof: ConsistencyProof, root: string, digest: SmallDigest): boolean {
  const octets = (hex: string) => fromHex(hex) ?? new Uint8Array(0)
  const path = proof.consistencyPath.map(octets)
  return verifyConsistency(proof.first, proof.second, path, octets(proof.firstRoot), octets(root), digest)
}
