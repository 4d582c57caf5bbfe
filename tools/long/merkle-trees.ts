import {
  consistencyPath,
  encodeUtf8,
  inclusionPath,
  merkleLeaf,
  merkleNode,
  toHex,
  verifyConsistency,
  verifyInclusion,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/**
 * Inclusion and consistency in trees of up to 2^20 leaves, against a tree of which every node is kept: sizes at and beside
 * powers of two, and others.
 */
export const name = 'merkle-trees'

const PIECES = 7
export const pieces = (): number => PIECES

/** Data of the leaves of the largest tree of a piece: each proof asks for nearly all of them. */
function leavesOf(size: number): (index: number) => Uint8Array {
  const packed = new Uint8Array(size * 32)
  for (let at = 0; at < size; at++) packed.set(nodeSmallDigest('sha256', encodeUtf8(`leaf ${at}`)), at * 32)
  return (index) => packed.subarray(index * 32, index * 32 + 32)
}

/** The roots of all complete subtrees, by level; level 0 has the leaves' hashes. */
function fullTree(size: number, leafData: (index: number) => Uint8Array): Uint8Array[][] {
  const levels = [Array.from({ length: size }, (_, at) => merkleLeaf(leafData(at), nodeSmallDigest))]
  for (let below = levels[0] ?? []; below.length > 1; below = levels.at(-1) ?? []) {
    const level: Uint8Array[] = []
    for (let at = 0; at + 1 < below.length; at += 2)
      level.push(merkleNode(below[at] ?? new Uint8Array(0), below[at + 1] ?? new Uint8Array(0), nodeSmallDigest))
    levels.push(level)
  }
  return levels
}

const splitOf = (n: number): number => 2 ** Math.floor(Math.log2(n - 1))

/** MTH(D[from:to]), by its definition; complete subtrees are looked up. */
function root(levels: readonly Uint8Array[][], from: number, to: number): Uint8Array {
  const size = to - from
  const level = Math.log2(size)
  if (Number.isInteger(level) && from % size === 0) return levels[level]?.[from / size] ?? new Uint8Array(0)
  const middle = from + splitOf(size)
  return merkleNode(root(levels, from, middle), root(levels, middle, to), nodeSmallDigest)
}

export async function runPiece(piece: number, options: PieceOptions): Promise<PieceResult> {
  const power = 14 + piece
  const leafData = leavesOf(2 ** power)
  const levels = fullTree(2 ** power, leafData)
  const failures: string[] = []
  let cases = 0
  const check = (what: string, holds: boolean): void => {
    cases++
    if (!holds) failures.push(what)
  }
  for (const size of [2 ** power, 2 ** power - 1, 2 ** (power - 1) + 1, Math.floor(2 ** power / 3)]) {
    const whole = root(levels, 0, size)
    for (const index of [0, 1, Math.floor(size / 2), size - 1]) {
      const leaf = levels[0]?.[index] ?? new Uint8Array(0)
      const path = inclusionPath(index, size, leafData, nodeSmallDigest)
      check(`inclusion of ${index} in ${size}`, verifyInclusion(leaf, index, size, path, whole, nodeSmallDigest))
      const other = (index + 1) % size
      check(`no inclusion of ${other} by ${index}`, !verifyInclusion(leaf, other, size, path, whole, nodeSmallDigest))
    }
    for (const first of [1, 2, Math.floor(size / 2), 2 ** (power - 2) + 1, size - 1, size]) {
      if (first > size) continue
      const earlier = root(levels, 0, first)
      const path = consistencyPath(first, size, leafData, nodeSmallDigest)
      check(
        `${first} to ${size}, ${toHex(whole)}`,
        verifyConsistency(first, size, path, earlier, whole, nodeSmallDigest),
      )
      const wrong = root(levels, 1, Math.min(first + 1, size))
      check(`not ${first} to ${size}`, !verifyConsistency(first, size, path, wrong, whole, nodeSmallDigest))
    }
    options.progress(`2^${power}: ${size} leaves`)
  }
  return { cases, failures }
}
