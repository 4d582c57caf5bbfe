import { toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import type { DigestAlgorithm, SmallDigest } from '../model/ports.ts'
import type { BagInProgress, BagRequest } from './bag-establish.ts'
import { type DiagnosisFacts, infoValues, type UnmatchedFacts } from './bag-facts.ts'
import type { Listing } from './bag-listing.ts'
import { requireGoing } from './bag-reading.ts'
import { DIAGNOSIS_BYTES, diagnoseMismatch } from './diagnosis.ts'

const UNMATCHED = ['mismatch', 'unreadable', 'malformed-digest'] as const

/** Of each manifest the listed files that are here and could not be said to agree, with what a mismatch looks like. */
export async function unmatchedFacts(
  bag: BagInProgress,
  smallDigest: SmallDigest,
  request: BagRequest,
): Promise<Map<Listing, UnmatchedFacts[]>> {
  const budget = { bytes: DIAGNOSIS_BYTES }
  const result = new Map<Listing, UnmatchedFacts[]>()
  let sizes: ((path: string) => number | null) | undefined
  const known = new Map<number, DiagnosisFacts | null>()
  for (const listing of bag.listings) {
    const { algorithm } = listing.name
    if (algorithm === null) continue
    const states: { file: number; state: UnmatchedFacts['code'] }[] = []
    // Mostly all agree: then there is none to look for.
    let left = UNMATCHED.reduce((sum, state) => sum + bag.states.count(listing, state), 0)
    for (let file = 0; left > 0; file++) {
      if (!listing.expected.lists(file)) continue
      const state = bag.states.of(listing, file)
      if (state !== 'mismatch' && state !== 'unreadable' && state !== 'malformed-digest') continue
      states.push({ file, state })
      left--
    }
    const others = otherItems(listing, algorithm, bag, states)
    const facts: UnmatchedFacts[] = []
    for (const { file, state } of states) {
      const entry = bag.tree.entries[file]
      if (entry === undefined) continue
      const { path, size } = entry
      const expected = listing.expected.at(file)
      const found = bag.found.at(algorithm, file)
      let diagnosis: DiagnosisFacts | null = null
      if (state === 'mismatch' && expected && found && facts.length < LIMITS.exceptionsInFinding) {
        const other = others.get(toHex(found))
        if (other !== undefined) diagnosis = { id: 'other-item', at: null, path: other }
        else {
          sizes ??= listedSizes(bag, request)
          const listedSize = sizes(path)
          const again = known.get(file)
          diagnosis =
            again !== undefined
              ? again
              : entry.rawPath === undefined
                ? await diagnoseMismatch(
                    { path, size, algorithm, expected, listedSize },
                    (name) => watched(bag.tree.open(name), request),
                    smallDigest,
                    budget,
                  )
                : null
        }
        known.set(file, diagnosis)
      }
      facts.push({
        path,
        code: state,
        expected: expected ? toHex(expected) : null,
        found: found && state === 'mismatch' ? toHex(found) : null,
        diagnosis,
      })
    }
    result.set(listing, facts)
  }
  return result
}

/** Path by digest, for the found digests of mismatches that the manifest lists for another file, here or not. */
function otherItems(
  listing: Listing,
  algorithm: DigestAlgorithm,
  bag: BagInProgress,
  states: readonly { readonly file: number; readonly state: string }[],
): Map<string, string> {
  const wanted = new Set<string>()
  for (const { file, state } of states) {
    const found = bag.found.at(algorithm, file)
    if (state === 'mismatch' && found !== undefined) wanted.add(toHex(found))
  }
  const others = new Map<string, string>()
  if (wanted.size === 0) return others
  const offer = (digest: Uint8Array | null | undefined, path: string) => {
    if (!digest) return
    const hex = toHex(digest)
    if (wanted.has(hex) && !others.has(hex)) others.set(hex, path)
  }
  for (const [file, { path }] of bag.tree.entries.entries()) offer(listing.expected.at(file), path)
  for (const [path, { digest }] of listing.missing) offer(digest, path)
  return others
}

/**
 * Size that a file should have: what the caller knows, or what Payload-Oxum leaves for the only file that does not
 * match in a payload that has the right number of files.
 */
function listedSizes(bag: BagInProgress, request: BagRequest): (path: string) => number | null {
  const oxum = /^([0-9]{1,15})\.([0-9]{1,15})$/.exec(infoValues(bag.info, 'Payload-Oxum')[0] ?? '')
  const payload = bag.tree.entries.filter(({ path }) => path.startsWith('data/'))
  const isWhole = oxum !== null && Number(oxum[2]) === payload.length
  const bytes = payload.reduce((sum, { size }) => sum + size, 0)
  const wrong = new Set<string>()
  if (isWhole) {
    for (const [file, { path }] of bag.tree.entries.entries()) {
      if (!path.startsWith('data/')) continue
      if (bag.listings.some((listing) => bag.states.of(listing, file) === 'mismatch')) wrong.add(path)
    }
  }
  return (path) => {
    const given = request.listedSize?.(path)
    if (given !== undefined) return given
    const entry = bag.tree.byPath.get(path)
    if (!isWhole || wrong.size !== 1 || !wrong.has(path) || entry === undefined) return null
    return entry.size + Number(oxum[1]) - bytes
  }
}

/** The same bytes, given up when the run is cancelled. */
async function* watched(bytes: AsyncIterable<Uint8Array>, { signal }: BagRequest): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    requireGoing(signal)
    yield piece
  }
}
