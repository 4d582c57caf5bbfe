import type { DigestAlgorithm } from '../model/ports.ts'
import { manifestName } from './manifest.ts'
import type { SourceEntry } from './source.ts'

/** Files that a run over a bundle most likely digests, and how; told while the bundle is still being listed. */
export interface LikelyPayload {
  readonly entries: readonly SourceEntry[]
  /** How their paths begin. */
  readonly under: string
  readonly algorithms: readonly DigestAlgorithm[]
}

/**
 * Guesses a bundle's payload from the names of its manifests, so that other threads can begin with it. Nothing rests on it but time:
 * which bundle it is, and what is digested, is decided once everything is listed.
 */
export class PayloadGuess {
  #looked = 0
  #found: LikelyPayload | undefined

  /**
   * @param entries as far as they are listed; the same array may have grown at the next call
   * @returns undefined as long as no manifest was listed
   */
  of(entries: readonly SourceEntry[]): LikelyPayload | undefined {
    if (this.#found?.entries === entries) return this.#found
    let top: string | undefined
    let algorithms = new Set<DigestAlgorithm>()
    for (; this.#looked < entries.length; this.#looked++) {
      const { path } = entries[this.#looked] ?? { path: '' }
      const name = path.lastIndexOf('/') + 1
      // By the first letter: nearly all of a million names are no manifest's.
      if (path.charCodeAt(name) !== 0x6d) continue
      const manifest = manifestName(path.slice(name))
      if (manifest?.kind !== 'payload' || manifest.algorithm === null) continue
      const folder = path.slice(0, name)
      if (top === undefined || folder.length < top.length) {
        top = folder
        algorithms = new Set<DigestAlgorithm>(['sha256'])
      }
      if (folder === top) algorithms.add(manifest.algorithm)
    }
    if (top !== undefined) this.#found = { entries, under: `${top}data/`, algorithms: [...algorithms] }
    return this.#found
  }
}
