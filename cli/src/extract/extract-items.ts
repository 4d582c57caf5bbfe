import {
  DISCLOSURES,
  type Facts,
  type FileTree,
  fromBase64,
  type InventoryLine,
  ITEMS,
  isJsonObject,
  type OpenedField,
  type Report,
  readLogLines,
  type SmallDigest,
} from '@probatum/core'
import type { ItemDoubt } from '@probatum/words'

/** An evidence file, and what is known about it. */
export interface ExtractableItem {
  /** Position in items.jsonl, from 0; of another bag the place among its files. Null: no item names the file. */
  readonly item: number | null
  readonly path: string
  /** As opened; null while it is closed. Of another bag its path below data/. */
  readonly originalName: string | Uint8Array | null
  /** As computed when the bundle was verified. */
  readonly digests: InventoryLine['digests']
  readonly size: number | null
  /** Empty for a verified item. */
  readonly doubts: readonly ItemDoubt[]
}

interface OpenedItem {
  readonly item: number
  path?: string
  sha256?: string
  size?: number
  originalName?: string | Uint8Array
}

/** Records that say which file is which item, and what it is called. */
const NAMING: readonly string[] = [ITEMS, DISCLOSURES]

/**
 * The evidence files of a bundle that was verified, with everything that speaks against taking one of them out. An item
 * is verified when every manifest lists it with these bytes, these lists are the sealed ones, its item names its digest and
 * size, and no signature is contradicted. What is wrong with other files is no doubt about this one.
 */
export async function extractableItems(
  tree: FileTree,
  facts: Facts,
  report: Report,
  inventory: Uint8Array,
  digest: SmallDigest,
): Promise<{ readonly items: readonly ExtractableItem[]; readonly withheld: number }> {
  const lines = inventoryLines(inventory)
  const history = facts.records?.history ?? null
  const common = commonDoubts(lines, report)
  const payload = lines.filter(({ role }) => role === 'payload')
  if (facts.kind !== 'bundle') {
    const items = payload.map(({ path, digests, manifests, size }, item) => {
      const doubts = doubtsOf([...common, ...fileDoubts({ manifests, size })])
      return { item, path, originalName: path.slice('data/'.length), digests, size, doubts }
    })
    return { items, withheld: 0 }
  }
  const opened = await openedItems(tree, facts, digest)
  const items = payload.map(({ path, digests, manifests, size }): ExtractableItem => {
    const claims = opened.byPath.get(path) ?? []
    const [own] = claims
    const doubts = doubtsOf([
      ...common,
      ...fileDoubts({ manifests, size }),
      ...(own === undefined ? ['no-item' as const] : itemDoubts(own, digests.sha256, size)),
      ...(claims.length > 1 ? ['several-items' as const] : []),
    ])
    const item = own?.item ?? null
    return { item, path, originalName: own?.originalName ?? null, digests, size, doubts }
  })
  return { items, withheld: Math.max(0, (history?.disclosure.items.lines ?? 0) - opened.withPath) }
}

function doubtsOf(doubts: readonly ItemDoubt[]): readonly ItemDoubt[] {
  return [...new Set(doubts)]
}

function inventoryLines(inventory: Uint8Array): readonly InventoryLine[] {
  const text = Buffer.from(inventory).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as InventoryLine)
}

/** Doubts about every item: lists and records that are not those that were sealed, and a seal that is contradicted. */
function commonDoubts(lines: readonly InventoryLine[], { body }: Report): readonly ItemDoubt[] {
  const isNaming = ({ path, role }: InventoryLine) => role === 'manifest' || NAMING.includes(path)
  const isAltered = lines.some(
    (line) => isNaming(line) && Object.values(line.manifests).some((state) => state !== 'match'),
  )
  return [
    ...(isAltered ? ['list-altered' as const] : []),
    ...(body.assessment.axes.signer.value === 'FAILED' ? ['seal-contradicted' as const] : []),
  ]
}

function fileDoubts({ manifests, size }: Pick<InventoryLine, 'manifests' | 'size'>): readonly ItemDoubt[] {
  const states = Object.values(manifests)
  return [
    ...(states.length === 0 ? ['unlisted' as const] : []),
    ...states.flatMap((state): ItemDoubt[] => {
      if (state === 'match') return []
      return [state === 'malformed-digest' ? 'not-compared' : state]
    }),
    ...(size === null ? ['missing' as const] : []),
    // Of a mismatch it is said already; what agrees under MD5 or SHA-1 alone shows nothing against whoever makes two files.
    ...(states.length > 0 && Object.keys(manifests).every((name) => WEAK.test(name)) ? ['weak-digest' as const] : []),
  ]
}

/** RFC 6151, RFC 6194: collisions can be made. */
const WEAK = /^(?:manifest-)?(?:md5|sha1)(?:\.txt)?$/

function itemDoubts(item: OpenedItem, sha256: string | undefined, size: number | null): readonly ItemDoubt[] {
  if (item.sha256 === undefined || item.size === undefined) return ['no-item']
  // A file that is not here, or was not read, differs from nothing.
  if (size === null) return ['missing']
  if (sha256 === undefined) return ['not-compared']
  return item.sha256 === sha256 && item.size === size ? [] : ['item-differs']
}

async function openedItems(tree: FileTree, facts: Facts, digest: SmallDigest) {
  const byItem = new Map<number, OpenedItem>()
  const note = ({ file, seq, field, value }: OpenedField) => {
    if (file !== 'items.jsonl') return
    const own = byItem.get(seq) ?? { item: seq }
    byItem.set(seq, own)
    if (field === 'path' && typeof value === 'string') own.path = value
    if (field === 'sha256' && typeof value === 'string') own.sha256 = value
    if (field === 'size' && typeof value === 'number') own.size = value
    if (field !== 'originalName') return
    const octets = isJsonObject(value) && typeof value.base64 === 'string' ? fromBase64(value.base64) : undefined
    const name = typeof value === 'string' ? value : octets
    if (name !== undefined) own.originalName = name
  }
  const history = facts.records?.history ?? null
  // Of a format that is not known nothing is known about its items.
  if (history !== null) await readLogLines(tree, history, digest, note)
  const byPath = new Map<string, OpenedItem[]>()
  let withPath = 0
  for (const item of byItem.values()) {
    if (item.path === undefined) continue
    withPath++
    const same = byPath.get(item.path)
    if (same === undefined) byPath.set(item.path, [item])
    else same.push(item)
  }
  return { byPath, withPath }
}
