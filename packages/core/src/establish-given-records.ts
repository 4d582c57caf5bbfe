import type { EstablishedBag } from './bundle/bag-establish.ts'
import type { FileTree } from './bundle/file-tree.ts'
import { establishEvidenceRecord, firstListOf } from './establish-evidence-record.ts'
import { comparePaths, toHex } from './model/bytes.ts'
import type { GivenEvidenceRecordFacts, GivenEvidenceRecordsFacts } from './model/evidence-record-facts.ts'
import { LIMITS } from './model/limits.ts'
import { ParseError } from './model/parse-error.ts'
import type { DigestAlgorithm, Ports, SignedDigestAlgorithm } from './model/ports.ts'
import { encodeUtf8 } from './model/utf8.ts'
import type { Certificate } from './pki/certificate.ts'
import { parseFailureOf, poolOf } from './pki/certificate-pool.ts'
import { revocationInFile } from './pki/embedded-revocation.ts'
import type { EvidenceDigest } from './pki/facts.ts'
import { collectRevocation, type RevocationSourceFile } from './pki/revocation-pool.ts'

/** A bundle or bag whose files have been digested. */
export interface DigestedFiles {
  readonly tree: FileTree
  readonly bag: Pick<EstablishedBag, 'digestAt'>
}

/**
 * Reads evidence records (RFC 4998) that were given beside a bundle or bag. Which of its files a record is over is found by their
 * digests: nothing in the record names them. A record that was given twice is one.
 * @param revocation that of the bundle, and what was given beside it
 * @throws SourceFault when a file of the source is gone
 */
export async function establishGivenEvidenceRecords(
  given: readonly Uint8Array[],
  files: DigestedFiles,
  revocation: readonly RevocationSourceFile[],
  ports: Ports,
): Promise<GivenEvidenceRecordsFacts> {
  const records = new Map(given.map((bytes) => [toHex(ports.smallDigest('sha256', bytes)), bytes]))
  const pool = new Map<string, Certificate>()
  const inside: RevocationSourceFile[] = []
  const found: GivenEvidenceRecordFacts[] = []
  for (const [sha256, bytes] of [...records].sort(([a], [b]) => (a < b ? -1 : 1)))
    found.push(await establishOne(sha256, bytes, files, ports, { pool, inside }))
  return {
    files: found,
    certificates: poolOf([...pool.values()].slice(0, LIMITS.certificatesInPool)),
    ...(inside.length === 0 ? {} : { revocation: collectRevocation([...revocation, ...inside], ports.smallDigest) }),
  }
}

async function establishOne(
  sha256: string,
  bytes: Uint8Array,
  files: DigestedFiles,
  ports: Ports,
  beside: { readonly pool: Map<string, Certificate>; readonly inside: RevocationSourceFile[] },
): Promise<GivenEvidenceRecordFacts> {
  const about = { sha256, bytes: bytes.length }
  const { entries } = files.tree
  try {
    const first = firstListOf(bytes)
    const { covered, common, compared } = first === null ? NOTHING : await coveredBy(first, files, ports)
    const judged = covered.slice(0, LIMITS.evidenceRecordObjects)
    const data = judged.map((place) => digestOf(place, files, ports))
    const { evidenceRecord, pool, sources } = await establishEvidenceRecord(bytes, data, ports)
    for (const certificate of pool) beside.pool.set(certificate.sha256, certificate)
    for (const { path, bytes: token, kind } of sources) beside.inside.push(...revocationInFile(path, token, kind))
    return {
      ...about,
      failure: null,
      compared,
      files: entries.length,
      covered: judged.length,
      ...(common === 0 ? {} : { common }),
      paths: judged.slice(0, LIMITS.exceptionsInFinding).map((place) => entries[place]?.path ?? ''),
      record: evidenceRecord,
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return {
      ...about,
      ...{ failure: parseFailureOf(error), compared: 0, files: entries.length, covered: 0, paths: [], record: null },
    }
  }
}

const NOTHING = { covered: [], common: 0, compared: 0 } as const

/** Files of the format whose bytes are the same in every bundle, by name; in any bag the first one is. */
export const ALIKE_BY_NAME: readonly string[] = ['bagit.txt', 'VERIFY.txt']
/** Bytes that many bundles have: of an empty file, and of a sharing decision without a request. */
export const ALIKE_BY_CONTENT: readonly string[] = [
  '',
  '{"approvals":[],"authorisation":"probatum/authorisation/1-draft","request":null}',
]

/**
 * Whether a file shows nothing of this bundle: a record over such bytes alone, as old as any, was made for another.
 */
function isAlike(path: string, digest: string, alike: ReadonlySet<string>): boolean {
  return ALIKE_BY_NAME.includes(path) || alike.has(digest)
}

/**
 * Places of the files in the list, in the order of their paths, and how many could be compared. Where the record has another digest
 * than the manifests, files are read a second time: whoever gives a record asks.
 */
async function coveredBy(
  { algorithm, digests }: { readonly algorithm: DigestAlgorithm; readonly digests: ReadonlySet<string> },
  { tree, bag }: DigestedFiles,
  ports: Ports,
): Promise<{ readonly covered: readonly number[]; readonly common: number; readonly compared: number }> {
  const alike = new Set(ALIKE_BY_CONTENT.map((text) => toHex(ports.smallDigest(algorithm, encodeUtf8(text)))))
  const covered: number[] = []
  let common = 0
  const unread = new Map<string, number>()
  let compared = 0
  const pathAt = (place: number) => tree.entries[place]?.path ?? ''
  const compare = (place: number, digest: string) => {
    compared++
    if (!digests.has(digest)) return
    if (isAlike(pathAt(place), digest, alike)) common++
    else covered.push(place)
  }
  for (const [place, { path, rawPath }] of tree.entries.entries()) {
    const known = bag.digestAt(algorithm, place)
    if (known !== undefined) compare(place, known)
    else if (rawPath === undefined) unread.set(path, place)
  }
  const jobs = [...unread].flatMap(([path, place]) => {
    const entry = tree.entries[place]
    return entry === undefined ? [] : [{ path, extent: entry.extent, algorithms: [algorithm] }]
  })
  if (jobs.length > 0) {
    for await (const outcomes of ports.digester.digest(jobs, {})) {
      for (const { path, digests: found, fault } of outcomes) {
        const [place, digest] = [unread.get(path), found[algorithm]]
        if (fault === undefined && place !== undefined && digest !== undefined) compare(place, digest)
      }
    }
  }
  return { covered: covered.sort((a, b) => comparePaths(pathAt(a), pathAt(b))), common, compared }
}

/** Later time-stamps of a record may want another digest of a file than the manifests have: then it is read once more. */
function digestOf(place: number, { tree, bag }: DigestedFiles, ports: Ports): EvidenceDigest {
  return async (asked) => {
    const algorithm = isFileDigest(asked) ? asked : null
    const entry = tree.entries[place]
    if (algorithm === null || entry === undefined) return null
    const known = bag.digestAt(algorithm, place)
    if (known !== undefined) return known
    const { path, extent } = entry
    for await (const outcomes of ports.digester.digest([{ path, extent, algorithms: [algorithm] }], {})) {
      for (const { digests, fault } of outcomes) return fault === undefined ? (digests[algorithm] ?? null) : null
    }
    return null
  }
}

/** Signatures know digests that no manifest has. */
function isFileDigest(algorithm: SignedDigestAlgorithm): algorithm is DigestAlgorithm {
  return algorithm !== 'shake128' && algorithm !== 'shake256'
}
