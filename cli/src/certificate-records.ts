import {
  AUTHORISATION,
  CUSTODY,
  type FactsFile,
  type FileTree,
  fromBase64,
  isJsonObject,
  LIMITS,
  type OpenedValue,
  SourceFault,
  toHex,
} from '@probatum/core'
import type { nodePorts } from '@probatum/platform/node'
import type { RecordBytes } from '@probatum/words/certificate'

/**
 * The records that a certificate repeats, when they are the ones that were verified. A log that is too large to be read
 * whole is counted by the facts alone.
 * @throws {SourceFault} when a record was changed meanwhile
 */
export async function readRecords(
  tree: FileTree,
  { facts }: FactsFile,
  inventory: Uint8Array,
  smallDigest: ReturnType<typeof nodePorts>['smallDigest'],
): Promise<RecordBytes> {
  if (facts.kind !== 'bundle' || facts.records?.formatKnown !== true) return { custody: null, authorisation: null }
  const read = async (path: string, limit: number) => {
    const entry = tree.byPath.get(path)
    if (entry === undefined || entry.size > limit) return null
    const bytes = await tree.read(path, limit)
    const line = `{"digests":{"sha256":"${toHex(smallDigest('sha256', bytes))}"`
    if (!hasLine(inventory, line, path)) throw new SourceFault('changed', path, 'digest')
    return bytes
  }
  return {
    custody: await read(CUSTODY, LIMITS.jsonLinesWholeBytes),
    authorisation: await read(AUTHORISATION, LIMITS.authorisationBytes),
  }
}

/** Whether the inventory has a file of this path with these digests. */
function hasLine(inventory: Uint8Array, beginning: string, path: string): boolean {
  const bytes = Buffer.from(inventory.buffer, inventory.byteOffset, inventory.byteLength)
  const member = `"path":${JSON.stringify(path)},`
  for (let at = bytes.indexOf(member); at !== -1; at = bytes.indexOf(member, at + 1)) {
    const from = bytes.lastIndexOf(0x0a, at) + 1
    if (bytes.toString('utf8', from, from + beginning.length) === beginning) return true
  }
  return false
}

/** Opened original names, by the path of their item. */
export function namesOf(opened: readonly OpenedValue[]): readonly { path: string; name: string }[] {
  const items = new Map<number, { path?: string; name?: string }>()
  for (const { file, seq, field, value } of opened) {
    if (file !== 'items.jsonl') continue
    const item = items.get(seq) ?? {}
    items.set(seq, item)
    if (field === 'path' && typeof value === 'string') item.path = value
    if (field !== 'originalName') continue
    if (typeof value === 'string') item.name = value
    else if (isJsonObject(value) && typeof value.base64 === 'string') item.name = octets(fromBase64(value.base64))
  }
  return [...items.values()].flatMap(({ path, name }) =>
    path === undefined || name === undefined ? [] : [{ path, name }],
  )
}

/** A name that is no UTF-8, octet by octet. */
function octets(bytes: Uint8Array | undefined): string {
  return [...(bytes ?? [])]
    .map((octet) =>
      octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : `\\x${octet.toString(16).padStart(2, '0')}`,
    )
    .join('')
}
