import { createHash } from 'node:crypto'
import { DISCLOSURES, decodeUtf8, type FileTree, ITEMS, LIMITS } from '@probatum/core'

/**
 * Path of an evidence file to its item's position, as far as the bundle opens it and the opening matches its commitment
 * in items.jsonl. It helps a person to find the item; whether the records hold is for `verify` to say. Lines that do not
 * read are left out.
 */
export async function itemPositions(tree: FileTree): Promise<ReadonlyMap<string, number>> {
  const positions = new Map<string, number>()
  const commitments = new Map<number, readonly unknown[]>()
  for (const line of await linesOf(tree, ITEMS))
    if (typeof line.seq === 'number' && Array.isArray(line.sd)) commitments.set(line.seq, line.sd)
  for (const { file, field, seq, opening } of await linesOf(tree, DISCLOSURES)) {
    if (file !== 'items.jsonl' || field !== 'path' || typeof seq !== 'number' || typeof opening !== 'string') continue
    const commitment = createHash('sha256').update(opening).digest('base64url')
    if (commitments.get(seq)?.includes(commitment) !== true) continue
    const opened: unknown = parsed(Buffer.from(opening, 'base64url').toString('utf8'))
    if (Array.isArray(opened) && opened[1] === 'path' && typeof opened[2] === 'string') positions.set(opened[2], seq)
  }
  return positions
}

type Line = Readonly<Record<string, unknown>>

async function linesOf(tree: FileTree, path: string): Promise<Line[]> {
  if (!tree.entries.some((entry) => entry.path === path)) return []
  const text = decodeUtf8(await tree.read(path, LIMITS.manifestBytes))
  return (text ?? '').split('\n').flatMap((line) => {
    const value = parsed(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value as Line] : []
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
