import type { LoneFile, LoneHints } from './establish-alone.ts'
import { loneFactsOf, loneHints, loneRevocation } from './lone-facts.ts'
import { concatBytes, fromHex, toHex } from './model/bytes.ts'
import { DIGEST_OCTETS } from './model/digest-octets.ts'
import type { ArchiveTimeStampFacts, CoveredFacts, EvidenceRecordFacts } from './model/evidence-record-facts.ts'
import type { Facts, FactsFile } from './model/facts.ts'
import { LIMITS } from './model/limits.ts'
import { orNull, ParseError } from './model/parse-error.ts'
import type { DigestAlgorithm } from './model/ports.ts'
import type { AlgorithmIdentifier, Certificate } from './pki/certificate.ts'
import { type CertificateSource, collectCertificates, parseFailureOf, poolOf } from './pki/certificate-pool.ts'
import { digestAlgorithmOf, digestName } from './pki/digest-algorithms.ts'
import type { SignaturePorts } from './pki/establish-cms.ts'
import { establishToken, type ReadToken, readToken } from './pki/establish-token.ts'
import {
  type ArchiveTimeStamp,
  type EvidenceRecord,
  parseEvidenceRecord,
  requireEvidenceRecordBeginning,
} from './pki/evidence-record.ts'
import type { EvidenceDigest, ParseFailure } from './pki/facts.ts'
import { rootsOf, sequenceOf } from './pki/reduced-hash-tree.ts'
import { parseTstInfo, type TstInfo } from './pki/tsp.ts'

// The operator's file names are not content.
const RECORD = 'evidence-record'

const pathOf = (chain: number, position: number): string => `archiveTimeStamp[${chain}][${position}]`

/**
 * Reads an evidence record and compares it with the files that it is said to be over. Throws ParseError for a file that is no
 * evidence record at all, and for more files than LIMITS.evidenceRecordObjects; one that begins as such and breaks inside is a fact.
 * @param data digests of the files, null for an algorithm that the platform does not have; at least one
 */
export async function establishEvidenceRecordFacts(
  record: LoneFile,
  data: readonly EvidenceDigest[],
  ports: SignaturePorts,
  hints: Pick<LoneHints, 'certificates' | 'revocation'> = {},
): Promise<FactsFile> {
  const { evidenceRecord, sources, pool } = await establishEvidenceRecord(record.bytes, data, ports, hints)
  const { bytes, name } = record
  const facts: Facts = {
    ...loneFactsOf([{ path: RECORD, bytes }], [], ports),
    kind: 'evidence-record',
    evidenceRecord,
    certificates: poolOf(pool),
    revocation: loneRevocation(sources, hints, ports),
  }
  return {
    facts,
    container: { kind: 'file', name, bytes: bytes.length, oddities: [], leftovers: [], outside: [] },
  }
}

/** What an evidence record says, with the certificates that it and the hints have. @throws as `establishEvidenceRecordFacts` */
export async function establishEvidenceRecord(
  bytes: Uint8Array,
  data: readonly EvidenceDigest[],
  ports: SignaturePorts,
  hints: Pick<LoneHints, 'certificates' | 'revocation'> = {},
): Promise<{
  readonly evidenceRecord: EvidenceRecordFacts
  readonly sources: readonly CertificateSource[]
  readonly pool: readonly Certificate[]
}> {
  requireEvidenceRecordBeginning(bytes, RECORD)
  if (data.length > LIMITS.evidenceRecordObjects) {
    const expected = `at most ${LIMITS.evidenceRecordObjects} files`
    throw new ParseError('ERR_LIMIT', { where: 'data', expected, found: `${data.length}` })
  }
  const read = readRecord(bytes)
  const readStamp = timeStampReader()
  const stamps = (read.parsed?.chains ?? []).flatMap(({ timestamps }, chain) =>
    timestamps.map((stamp, position): PlacedStamp => {
      const path = pathOf(chain, position)
      return { stamp, chain, position, path, token: readStamp(stamp.timeStamp, path) }
    }),
  )
  const sources: CertificateSource[] = [
    ...stamps
      .filter(({ token }) => token.parsed !== null)
      .map(({ stamp, path }): CertificateSource => ({ path, bytes: stamp.timeStamp, kind: 'token' })),
    ...loneHints(hints),
  ]
  const pool = collectCertificates(sources, ports.smallDigest).certificates
  const timestamps: ArchiveTimeStampFacts[] = []
  if (read.parsed !== null) {
    for (const placed of stamps) timestamps.push(await establishStamp(placed, read.parsed, data, pool, ports))
  }
  const evidenceRecord: EvidenceRecordFacts = {
    failure: read.failure,
    version: read.parsed?.version ?? null,
    digestAlgorithms: (read.parsed?.digestAlgorithms ?? []).map(digestName),
    cryptoInfos: read.parsed?.cryptoInfos ?? [],
    encryptionInfo: read.parsed?.encryptionInfo ?? null,
    objects: data.length,
    timestamps,
  }
  return { evidenceRecord, sources, pool }
}

/**
 * What the first archive time-stamp is over, beside all that comes later: digests (hex) and what they are made with; null where
 * nothing of it can be told. Throws ParseError for a file that is no evidence record at all.
 */
export function firstListOf(
  bytes: Uint8Array,
): { readonly algorithm: DigestAlgorithm; readonly digests: ReadonlySet<string> } | null {
  requireEvidenceRecordBeginning(bytes, RECORD)
  const stamp = readRecord(bytes).parsed?.chains[0]?.timestamps[0]
  if (stamp === undefined) return null
  const imprint = tstInfoOf(readTimeStamp(stamp.timeStamp, pathOf(0, 0)))?.messageImprint
  const identifier = stamp.digestAlgorithm ?? imprint?.hashAlgorithm
  const algorithm = identifier === undefined ? null : digestAlgorithmOf(identifier)
  if (algorithm === null) return null
  const list = stamp.reducedHashtree?.[0] ?? (imprint === undefined ? [] : [imprint.hashedMessage])
  return { algorithm, digests: new Set(list.map(toHex)) }
}

type ReadRecord =
  | { readonly failure: null; readonly parsed: EvidenceRecord }
  | { readonly failure: ParseFailure; readonly parsed: null }

function readRecord(bytes: Uint8Array): ReadRecord {
  try {
    return { failure: null, parsed: parseEvidenceRecord(bytes) }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { failure: parseFailureOf(error), parsed: null }
  }
}

interface PlacedStamp {
  readonly stamp: ArchiveTimeStamp
  readonly chain: number
  readonly position: number
  readonly path: string
  readonly token: ReadToken
}

async function establishStamp(
  { stamp, chain, position, path, token }: PlacedStamp,
  { chains }: EvidenceRecord,
  data: readonly EvidenceDigest[],
  pool: readonly Certificate[],
  ports: SignaturePorts,
): Promise<ArchiveTimeStampFacts> {
  const info = tstInfoOf(token)
  // RFC 4998 §4.1: absent, it is the digest of the time-stamp.
  const identifier: AlgorithmIdentifier | null = stamp.digestAlgorithm ?? info?.messageImprint.hashAlgorithm ?? null
  const algorithm = identifier === null ? null : digestAlgorithmOf(identifier)
  const imprint = info === null ? null : toHex(info.messageImprint.hashedMessage)
  const before = chains[chain]?.timestamps[position - 1]
  const covers: Omit<CoveredFacts, 'found'>[] = []
  if (before !== undefined) {
    const hash = algorithm === null ? null : toHex(ports.smallDigest(algorithm, before.timeStamp))
    covers.push({ what: pathOf(chain, position - 1), hash })
  } else {
    // RFC 4998 §5.2: ha(i), of all older chains; null for the initial archive time-stamp, which is over the files alone.
    const older =
      algorithm === null || chain === 0 ? null : ports.smallDigest(algorithm, sequenceOf(chains.slice(0, chain)))
    for (const [index, evidence] of data.entries()) {
      const digest = algorithm === null ? null : await evidence(algorithm)
      const hash = digest === null || older === null ? digest : joined(digest, older, algorithm, ports)
      covers.push({ what: `data[${index}]`, hash })
    }
  }
  const tree = treeOf(stamp, algorithm, imprint, ports)
  const first = new Set(stamp.reducedHashtree?.[0]?.map(toHex) ?? (imprint === null ? [] : [imprint]))
  const covered = covers.map((one): CoveredFacts => ({ ...one, found: one.hash !== null && first.has(one.hash) }))
  const known = new Set(covered.flatMap(({ hash }) => hash ?? []))
  const over = tree.tree === 'none' ? (covered.find(({ found }) => found) ?? covered[0])?.hash : tree.root
  return {
    path,
    chain,
    position,
    digest: identifier === null ? null : digestName(identifier),
    attributes: stamp.attributes,
    ...tree,
    covers: covered,
    others: [...first].filter((hash) => !known.has(hash)).length,
    token: await establishToken(
      { path, label: '', bytes: stamp.timeStamp },
      async (asked) => (asked === algorithm ? (over ?? null) : null),
      pool,
      ports,
      token,
    ),
  }
}

/** RFC 4998 §5.2: h(i)' = H(h(i) + ha(i)); the two are not put in order. */
function joined(
  digest: string,
  older: Uint8Array,
  algorithm: DigestAlgorithm | null,
  { smallDigest }: SignaturePorts,
): string | null {
  const bytes = fromHex(digest)
  return algorithm === null || bytes === undefined ? null : toHex(smallDigest(algorithm, concatBytes(bytes, older)))
}

function treeOf(
  { reducedHashtree: lists }: ArchiveTimeStamp,
  algorithm: DigestAlgorithm | null,
  imprint: string | null,
  { smallDigest }: SignaturePorts,
): Pick<ArchiveTimeStampFacts, 'tree' | 'lists' | 'root'> {
  if (lists === null) return { tree: 'none', lists: [], root: null }
  const sizes = lists.map(({ length }) => length)
  if (algorithm === null) return { tree: 'unsupported', lists: sizes, root: null }
  // Digests of other lengths could be cut out of the others' bytes in more than one way.
  if (lists.some((list) => list.some(({ length }) => length !== DIGEST_OCTETS[algorithm]))) {
    return { tree: 'hash-length', lists: sizes, root: null }
  }
  const roots = rootsOf(lists, (bytes) => smallDigest(algorithm, bytes)).map(toHex)
  return { tree: 'computed', lists: sizes, root: roots.find((root) => root === imprint) ?? roots[0] ?? null }
}

/** Reads the time-stamps of one record one after the other, until they have had more than all of them may have. */
function timeStampReader(): (bytes: Uint8Array, path: string) => ReadToken {
  let signers = LIMITS.evidenceRecordSigners
  let elements = LIMITS.evidenceRecordElements
  return (bytes, path) => {
    const read = signers < 0 || elements < 0 ? null : readTimeStamp(bytes, path)
    const token = read?.parsed?.token
    signers -= token?.signerInfos.length ?? 0
    elements -= (token?.certificates.length ?? 0) + (token?.crls.length ?? 0)
    if (read !== null && signers >= 0 && elements >= 0) return read
    const failure = { code: 'ERR_LIMIT', where: `${path}.timeStamp`, offset: 0, spec: null } as const
    return { failure, parsed: null }
  }
}

/** RFC 4998 §4.1: timeStamp is a ContentInfo; a response around it is none. */
function readTimeStamp(bytes: Uint8Array, path: string): ReadToken {
  const read = readToken(bytes)
  if (read.parsed === null || read.parsed.form === 'token') return read
  const failure = { code: 'ERR_ERS_STRUCTURE', where: `${path}.timeStamp`, offset: 0, spec: 'RFC 4998 §4.1' } as const
  return { failure, parsed: null }
}

function tstInfoOf({ parsed }: ReadToken): TstInfo | null {
  const content = parsed?.token?.eContent ?? null
  // What does not read is said with the time-stamp itself.
  return content === null ? null : orNull(() => parseTstInfo(content))
}
