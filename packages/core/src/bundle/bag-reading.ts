import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { type AbortSignalLike, SourceFault, type SourceFaultReason } from '../model/ports.ts'
import type { ReadState } from './bag-facts.ts'
import type { FileTree } from './file-tree.ts'
import { AUTHORISATION, layoutRole } from './layout.ts'
import { manifestName } from './manifest.ts'

/** Most bytes of a file that is read whole; `undefined` for a file that is only digested. */
export function wholeReadLimit(path: string): number | undefined {
  if (path.startsWith('data/')) return undefined
  if (path === 'bagit.txt') return LIMITS.bagDeclarationBytes
  if (path === 'bag-info.txt' || path === 'package-info.txt') return LIMITS.bagInfoBytes
  if (path === 'fetch.txt') return LIMITS.fetchBytes
  if (manifestName(path) !== undefined) return LIMITS.manifestBytes
  if (path === AUTHORISATION) return LIMITS.authorisationBytes
  if (path.startsWith('record/')) return path.endsWith('.jsonl') ? LIMITS.jsonLinesWholeBytes : LIMITS.recordBytes
  if (path === 'VERIFY.txt') return LIMITS.recordBytes
  if (layoutRole(path)?.role === 'sums') return LIMITS.manifestBytes
  return path.startsWith('seal/') ? LIMITS.cmsBytes : undefined
}

export interface Contradiction {
  readonly path: string
  readonly code: 'crc' | 'size' | 'deflate' | 'limit'
  readonly expected: string
  readonly found: string
}

export interface ReadFailure {
  readonly path: string
  readonly reason: SourceFaultReason
  /** The system's own code; for the envelope, never for the body. */
  readonly systemCode: string
}

/** What went wrong while reading, collected over the whole run. */
export class ReadTroubles {
  readonly failures: ReadFailure[] = []
  readonly contradictions: Contradiction[] = []
  /** A file that is read whole and digested too is one file, however often it fails. */
  readonly #failed = new Set<string>()
  readonly #contradicted = new Set<string>()

  /** @throws {SourceFault} when the whole source is gone: the run is not finished, and nothing may be called missing. */
  fault(path: string, reason: SourceFaultReason, systemCode: string): void {
    if (reason === 'vanished') throw new SourceFault(reason, path, systemCode)
    if (this.#failed.has(path)) return
    this.#failed.add(path)
    this.failures.push({ path, reason, systemCode })
  }

  contradict(contradiction: Contradiction): void {
    const key = `${contradiction.code} ${contradiction.path}`
    if (this.#contradicted.has(key)) return
    this.#contradicted.add(key)
    this.contradictions.push(contradiction)
  }
}

export type WholeFile =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  | { readonly state: ReadState & ('absent' | 'unreadable' | 'too-large') }

/** Reads a file whole by way of the tree, which keeps the bytes: what is digested here is what others parse. */
export async function readWhole(tree: FileTree, path: string, troubles: ReadTroubles): Promise<WholeFile> {
  const entry = tree.byPath.get(path)
  const limit = wholeReadLimit(path)
  if (entry === undefined || limit === undefined) return { state: 'absent' }
  if (entry.size > limit) return { state: 'too-large' }
  try {
    return { state: 'read', bytes: await tree.read(path, limit) }
  } catch (error) {
    if (error instanceof SourceFault) troubles.fault(path, error.reason, error.systemCode)
    else if (error instanceof ParseError && error.code === 'ERR_LIMIT') return { state: 'too-large' }
    else if (error instanceof ParseError && error.code === 'ERR_ZIP_CONTENT') {
      const { expected = '', found = '' } = error.detail
      troubles.contradict({ path, code: 'deflate', expected, found })
    } else throw error
    return { state: 'unreadable' }
  }
}

/** @throws an error named AbortError once the signal is aborted: a run that was cancelled has no result. */
export function requireGoing(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted !== true) return
  const error = new Error('reading the bag was cancelled')
  error.name = 'AbortError'
  throw error
}
