import { decodeUtf8, type InventoryLine, LIMITS, ParseError, parseJson } from '@probatum/core'

const WHERE = 'inventory.jsonl'
const ROLES: readonly string[] = ['payload', 'manifest', 'tag-manifest', 'tag', 'seal']

/**
 * The inventory as a verification wrote it, a line at a time: a million lines are never in memory as objects.
 * @throws ParseError ERR_TEXT_ENCODING, ERR_REPORT for a line that no verification writes
 */
export function* inventoryLines(bytes: Uint8Array): Generator<InventoryLine> {
  let from = 0
  let number = 0
  while (from < bytes.length) {
    const end = bytes.indexOf(0x0a, from)
    const line = bytes.subarray(from, end === -1 ? bytes.length : end)
    from = end === -1 ? bytes.length : end + 1
    yield readLine(line, `${WHERE} line ${++number}`)
  }
}

function readLine(bytes: Uint8Array, where: string): InventoryLine {
  const text = decodeUtf8(bytes)
  if (text === undefined) throw new ParseError('ERR_TEXT_ENCODING', { where, expected: 'UTF-8', spec: 'RFC 8259 §8.1' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The strict reader says what is wrong, and where.
    value = parseJson(bytes, where, { limit: LIMITS.recordBytes, canonical: true })
  }
  if (!isInventoryLine(value)) throw new ParseError('ERR_REPORT', { where, expected: 'a line of an inventory' })
  return value
}

function isInventoryLine(value: unknown): value is InventoryLine {
  if (!isObject(value)) return false
  const { digests, manifests, path, role, size } = value
  if (typeof path !== 'string' || typeof role !== 'string' || !ROLES.includes(role)) return false
  if (size !== null && (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)) return false
  return [digests, manifests].every(
    (one) => isObject(one) && Object.values(one).every((text) => typeof text === 'string'),
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
