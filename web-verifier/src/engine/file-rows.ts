import { decodeUtf8, type InventoryLine } from '@probatum/core'
import { type FilePage, type FileQuery, type FileRow, type FileStanding, STANDINGS } from './engine.ts'

/** What one line of the inventory is to a reader: the worst that any list says of the file. */
export function standingOf({ manifests, role }: InventoryLine): FileStanding {
  if (role === 'seal' || role === 'tag-manifest') return 'sealing'
  const states = Object.values(manifests)
  if (states.includes('mismatch') || states.includes('malformed-digest')) return 'mismatch'
  if (states.includes('missing')) return 'missing'
  if (states.includes('unreadable')) return 'unreadable'
  if (role === 'payload' && states.includes('unlisted')) return 'unlisted'
  // RFC 8493 §2.2.1: a tag file need not be listed; in a bundle of ours one that is not is told by `seal.undeclared` and its like.
  if (states.includes('match')) return states.includes('not-compared') ? 'not-compared' : 'match'
  return states.includes('unlisted') && role === 'payload' ? 'unlisted' : 'not-compared'
}

/** The inventory of one result, as rows. Lines are parsed when they are shown: a million objects would not fit. */
export class FileRows {
  readonly #bytes: Uint8Array
  /** Where each line begins, by standing and then as in the inventory. */
  readonly #starts: Float64Array
  readonly #standings: Uint8Array
  readonly counts: Readonly<Record<FileStanding, number>>

  constructor(inventory: Uint8Array) {
    this.#bytes = inventory
    const starts: number[][] = STANDINGS.map(() => [])
    for (let at = 0; at < inventory.length; ) {
      const end = inventory.indexOf(0x0a, at)
      const standing = standingOf(lineAt(inventory, at, end))
      starts[STANDINGS.indexOf(standing)]?.push(at)
      at = end < 0 ? inventory.length : end + 1
    }
    this.#starts = Float64Array.from(starts.flat())
    this.#standings = Uint8Array.from(starts.flatMap((group, standing) => group.map(() => standing)))
    this.counts = Object.fromEntries(STANDINGS.map((standing, i) => [standing, starts[i]?.length ?? 0])) as Record<
      FileStanding,
      number
    >
  }

  page({ standing, search, offset, limit }: FileQuery): FilePage {
    const rows: FileRow[] = []
    let total = 0
    const wanted = search.trim()
    for (let row = 0; row < this.#starts.length; row++) {
      const own = STANDINGS[this.#standings[row] ?? 0] ?? 'not-compared'
      if (standing !== null && own !== standing) continue
      const isShown = total >= offset && rows.length < limit
      if (wanted === '' && !isShown) {
        total++
        continue
      }
      const line = this.#line(row)
      if (wanted !== '' && !fits(line, wanted)) continue
      total++
      if (isShown) rows.push({ line, standing: own })
    }
    return { total, rows }
  }

  /** Every line, problems first. */
  *lines(): Generator<InventoryLine, void, undefined> {
    for (let row = 0; row < this.#starts.length; row++) yield this.#line(row)
  }

  #line(row: number): InventoryLine {
    const start = this.#starts[row] ?? 0
    return lineAt(this.#bytes, start, this.#bytes.indexOf(0x0a, start))
  }
}

function lineAt(bytes: Uint8Array, start: number, end: number): InventoryLine {
  return JSON.parse(decodeUtf8(bytes.subarray(start, end < 0 ? bytes.length : end)) ?? '') as InventoryLine
}

/** Part of a path, or the beginning of a digest. */
function fits({ path, digests }: InventoryLine, wanted: string): boolean {
  if (path.toLowerCase().includes(wanted.toLowerCase())) return true
  const digits = wanted.replaceAll(/\s/g, '').toLowerCase()
  return /^[0-9a-f]{4,}$/.test(digits) && Object.values(digests).some((hex) => hex.startsWith(digits))
}
