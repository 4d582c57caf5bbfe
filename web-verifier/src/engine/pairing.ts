import {
  type DigestAlgorithm,
  digestAlgorithmOf,
  digestWhole,
  ParseError,
  parseCms,
  parseEvidenceRecord,
  parseTimeStampFile,
  parseTstInfo,
  SourceFault,
  toHex,
} from '@probatum/core'
import type { BlobAccess, WebPorts } from '@probatum/platform/browser'
import type { FileId, Subject } from './engine.ts'

/** Data of a time-stamp or signature are looked for by hashing candidates of at most this size by themselves. */
const HASHED_TO_PAIR = 256 << 20

export type GivenAccess = ReadonlyMap<FileId, { readonly access: BlobAccess }>

/** The subjects, with the files that time-stamps, signatures and evidence records are over, found by digest among all that was given. */
export async function pairByDigest(
  given: readonly Subject[],
  files: GivenAccess,
  digester: WebPorts['digester'],
): Promise<readonly Subject[]> {
  const subjects = [...given]
  const lone = subjects.filter(({ kind }) => kind === 'timestamp' || kind === 'signature' || kind === 'evidence-record')
  if (lone.length === 0) return subjects
  const known = new Map<string, Promise<string | null>>()
  const compute = async (id: FileId, algorithm: DigestAlgorithm) => {
    const access = files.get(id)?.access
    if (access === undefined || access.size > HASHED_TO_PAIR) return null
    return (await digestWhole(access, [algorithm], digester)).digests[algorithm] ?? null
  }
  const digestOf = (id: FileId, algorithm: DigestAlgorithm) => {
    const key = `${algorithm} ${id}`
    const digest = known.get(key) ?? compute(id, algorithm)
    known.set(key, digest)
    return digest
  }
  for (const [place, subject] of subjects.entries()) {
    if (subject.kind === 'evidence-record') {
      const candidates = [...files.keys()].filter((id) => id !== subject.file)
      const listed = await digestsListed(files.get(subject.file)?.access)
      const data: FileId[] = []
      for (const id of listed === undefined ? [] : candidates) {
        const digest = listed === undefined ? null : await digestOf(id, listed.algorithm)
        if (digest !== null && listed?.digests.has(digest)) data.push(id)
      }
      subjects[place] = { ...subject, candidates, data }
    }
    if (subject.kind !== 'timestamp' && subject.kind !== 'signature') continue
    const candidates = [...files.keys()].filter((id) => id !== subject.file)
    const wanted = await digestStated(files.get(subject.file)?.access, subject.kind)
    let over: FileId | null = null
    for (const id of wanted === undefined ? [] : candidates) {
      if (wanted === undefined || (await digestOf(id, wanted.algorithm)) !== wanted.hex) continue
      over = id
      break
    }
    subjects[place] =
      subject.kind === 'timestamp' ? { ...subject, candidates, data: over } : { ...subject, candidates, content: over }
  }
  const tokens = subjects.filter((subject) => subject.kind === 'timestamp')
  for (const [place, subject] of subjects.entries()) {
    if (subject.kind !== 'signature') continue
    const own = tokens.filter(({ data }) => data === subject.file).map(({ file }) => file)
    subjects[place] = { ...subject, tokens: own }
  }
  return subjects
}

/**
 * A PDF is compared with the bundle that lies beside it, and an evidence record is judged there, unless it is over files that were
 * given by themselves; of several the person chooses (and see `chooseRecordBundles`).
 */
export function pairWithBundles(subjects: readonly Subject[]): readonly Subject[] {
  const candidates = subjects.flatMap(({ kind, id }) => (kind === 'bundle' ? [id] : []))
  const bundle = candidates.length === 1 ? (candidates[0] ?? null) : null
  return subjects.map((subject) => {
    if (subject.kind === 'document') return { ...subject, candidates, bundle }
    if (subject.kind !== 'evidence-record') return subject
    return { ...subject, bundles: candidates, bundle: subject.data.length > 0 ? null : bundle }
  })
}

export interface ListedDigests {
  readonly algorithm: DigestAlgorithm
  /** Hex. */
  readonly digests: ReadonlySet<string>
}

/** The digests of files in an evidence record: the first list of its first time-stamp, else what that is over (RFC 4998 §4.2). */
export async function digestsListed(access: BlobAccess | undefined): Promise<ListedDigests | undefined> {
  if (access === undefined) return undefined
  try {
    const { chains } = parseEvidenceRecord(await access.read(0, access.size))
    const first = chains[0]?.timestamps[0]
    const eContent = first === undefined ? null : (parseTimeStampFile(first.timeStamp).token?.eContent ?? null)
    if (first === undefined || eContent === null) return undefined
    const { hashAlgorithm, hashedMessage } = parseTstInfo(eContent).messageImprint
    const algorithm = digestAlgorithmOf(first.digestAlgorithm ?? hashAlgorithm)
    if (algorithm === null) return undefined
    return { algorithm, digests: new Set((first.reducedHashtree?.[0] ?? [hashedMessage]).map(toHex)) }
  } catch (error) {
    // What breaks inside is said when it is verified.
    if (!(error instanceof ParseError) && !(error instanceof SourceFault)) throw error
    return undefined
  }
}

/** The digest that a time-stamp or signature states; undefined where it has none, or none that is computed here. */
async function digestStated(
  access: BlobAccess | undefined,
  kind: 'timestamp' | 'signature',
): Promise<{ readonly algorithm: DigestAlgorithm; readonly hex: string } | undefined> {
  if (access === undefined) return undefined
  try {
    const bytes = await access.read(0, access.size)
    if (kind === 'timestamp') {
      const { token } = parseTimeStampFile(bytes)
      if (token === null || token.eContent === null) return undefined
      const { hashAlgorithm, hashedMessage } = parseTstInfo(token.eContent).messageImprint
      return statedDigest(hashAlgorithm, hashedMessage)
    }
    for (const { digestAlgorithm, signedAttrs } of parseCms(bytes).signerInfos) {
      // RFC 5652 §11.2: message-digest, an OCTET STRING.
      const value = signedAttrs?.attributes.find(({ oid }) => oid === '1.2.840.113549.1.9.4')?.values[0]
      const stated = value === undefined ? undefined : statedDigest(digestAlgorithm, value.subarray(2))
      if (stated !== undefined) return stated
    }
  } catch (error) {
    // What breaks inside is said when it is verified.
    if (!(error instanceof ParseError) && !(error instanceof SourceFault)) throw error
  }
  return undefined
}

function statedDigest(identifier: Parameters<typeof digestAlgorithmOf>[0], value: Uint8Array) {
  const algorithm = digestAlgorithmOf(identifier)
  if (algorithm === null) return undefined
  return { algorithm, hex: toHex(value) }
}
