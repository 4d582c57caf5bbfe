import { fromBase64, isJsonObject, type OpenedField } from '@probatum/core'

/** What a file was called by whoever sent it. */
export interface OriginalName {
  /** Opaque path in the bundle. */
  readonly path: string
  /** As the sender's files were called; not a path of this bundle, and never opened as one. */
  readonly name: string
}

/** Original names that the bundle opens, by the opened path of their item; items without both have none. */
export function originalNamesIn(opened: Iterable<OpenedField>): readonly OriginalName[] {
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
