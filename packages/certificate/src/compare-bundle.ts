import {
  canonicalise,
  type DocumentFacts,
  ENGINE_VERSION,
  equalBytes,
  type FactsFile,
  isJsonObject,
  type JsonObject,
  orNull,
  parseJson,
} from '@probatum/core'
import type { Recorded } from '@probatum/words/certificate'
import type { FoundData } from './check-data.ts'

/** A bundle that was read again: its facts, and what was found of each of its files. */
export interface BundleRead {
  readonly factsFile: FactsFile
  readonly inventory: Uint8Array
  /** What its records say that a certificate repeats. */
  readonly recorded: Recorded
}

export function compareBundle(
  { factsFile, inventory, recorded }: BundleRead,
  { read, files, data }: FoundData,
  isOwn: boolean,
): DocumentFacts['bundle'] {
  const { facts } = factsFile
  const contentSha256 = facts.content.sha256
  if (read === null || files === null)
    return {
      state: data.version !== null && data.version !== ENGINE_VERSION ? 'other-version' : 'no-data',
      contentSha256,
    }
  const stated = read.facts.facts
  if (facts.bundleId !== stated.bundleId) return { state: 'other-bundle', contentSha256 }
  if (contentSha256 === stated.content.sha256) {
    // Another build may read more out of the same bytes.
    if (!isOwn) return { state: 'same', contentSha256 }
    // What was given beside the bundle, then and now, is not of the bundle.
    const own = ({ revocation, disclosures, notices, evidenceRecords, ...rest }: typeof facts) => canonicalise(rest)
    const isSame = equalBytes(own(facts), own(stated)) && isAsRecorded(read.request.recorded, recorded)
    return { state: isSame ? 'same' : 'content-differs', contentSha256 }
  }
  // Of a million files one list alone is in memory, and the attached one is read a line at a time.
  const now = new Map(filesOf(inventory))
  for (const [path, file] of filesOf(files.inventory)) {
    const here = now.get(path)
    if (here !== undefined && isContradicted(file, here)) return { state: 'content-differs', contentSha256 }
  }
  return { state: 'facts-differ', contentSha256 }
}

/**
 * Whether the pages repeat what the records say: nothing else ties that to the bundle. How the archive was packed is no matter of
 * the bundle, and of saved facts nothing was repeated.
 */
function isAsRecorded(then: Recorded, now: Recorded): boolean {
  if (then.sharing.state === 'not-at-hand') return then.events === null && then.custody === null && then.items === null
  return equalBytes(canonicalise({ ...then, container: null }), canonicalise({ ...now, container: null }))
}

interface FoundFile {
  readonly size: number
  readonly digests: JsonObject
}

/** Another size, or another digest of one method: of a method that one of them lacks, nothing can be said. */
function isContradicted(then: FoundFile, now: FoundFile): boolean {
  const isOther = (algorithm: string) =>
    Object.hasOwn(now.digests, algorithm) && now.digests[algorithm] !== then.digests[algorithm]
  return then.size !== now.size || Object.keys(then.digests).some(isOther)
}

/** What was found of each file that was there and could be read, by its path. A listed file that is absent has no size. */
function* filesOf(inventory: Uint8Array): Generator<readonly [path: string, file: FoundFile]> {
  for (let from = 0; from < inventory.length; ) {
    const end = inventory.indexOf(10, from)
    const to = end < 0 ? inventory.length : end
    const value = orNull(() =>
      parseJson(inventory.subarray(from, to), 'inventory', { limit: 1_048_576, canonical: false }),
    )
    from = to + 1
    if (value === null || !isJsonObject(value)) continue
    const { path, size, digests = null } = value
    if (typeof path === 'string' && typeof size === 'number' && isJsonObject(digests)) yield [path, { size, digests }]
  }
}
