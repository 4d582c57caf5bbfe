import { comparePaths, encodeUtf8, type Instant, type SignaturePorts, toHex, tokenSigners } from '@probatum/core'
import { type RunningDigest, type StartDigest, startPureDigest } from '../digest.ts'
import { type AskedAuthorities, askAll, type MissingTimeStamp } from './seal-time-stamps.ts'

/** What is put together before it is handed on. */
const PIECE_LINES = 2048

/**
 * SHA-512 digests of a bundle's files by their paths: 64 octets each, and no text, because there may be a million. Files may be
 * added in any order.
 */
export class LevelSums {
  readonly #digests = new Map<string, Uint8Array>()

  /** @throws RangeError for what is no SHA-512, a file that was added already, or a path that has no place in the list */
  add(path: string, sha512: Uint8Array): void {
    if (sha512.length !== 64) throw new RangeError('not a SHA-512')
    // A listed path is never escaped, because the format's own paths have nothing to escape.
    if (!/^[A-Za-z0-9._/-]+$/.test(path)) throw new RangeError(`not a path of the format: ${path}`)
    if (this.#digests.has(path)) throw new RangeError(`twice: ${path}`)
    this.#digests.set(path, sha512)
  }

  get size(): number {
    return this.#digests.size
  }

  /** The lines of the list (format, section 6.5) in byte order of the paths, some thousand at once. */
  *pieces(): Iterable<Uint8Array> {
    const paths = [...this.#digests.keys()].sort(comparePaths)
    for (let from = 0; from < paths.length; from += PIECE_LINES) {
      const lines = paths.slice(from, from + PIECE_LINES).map((path) => {
        const digest = this.#digests.get(path)
        return `${toHex(digest ?? new Uint8Array(0))}  ${path}\n`
      })
      yield encodeUtf8(lines.join(''))
    }
  }

  /** SHA-512 of the list itself: what the authorities stamp. */
  digest(startDigest: StartDigest = startPureDigest): Uint8Array {
    const running: RunningDigest = startDigest('sha512')
    for (const piece of this.pieces()) running.update(piece)
    return running.digest()
  }
}

/** What the authorities gave for a later seal level, and who gave nothing. */
export interface LevelStamps {
  readonly tokens: readonly {
    readonly label: string
    readonly response: Uint8Array
    readonly genTime: Instant
    /** The earliest moment at which it can have been made, accuracy included. */
    readonly earliest: Instant
  }[]
  readonly missing: readonly MissingTimeStamp[]
}

/**
 * Asks the authorities for time-stamps over the list of a level. Throws TimeStampError when fewer than the threshold answer.
 * `file`: the list, for messages.
 */
export async function stampLevel(
  input: AskedAuthorities,
  file: string,
  sha512: Uint8Array,
  ports: SignaturePorts,
): Promise<LevelStamps> {
  const { responses, missing } = await askAll(input, file, { algorithm: 'sha512', digest: sha512 })
  const tokens: LevelStamps['tokens'][number][] = []
  for (const { label, response } of responses) {
    const { earliest, targets } = await tokenSigners(response, ports)
    const genTime = targets[0]?.time
    if (earliest === null || genTime === undefined) throw new TypeError(`the answer of ${label} has no time`)
    tokens.push({ label, response, genTime, earliest })
  }
  return { tokens, missing }
}
