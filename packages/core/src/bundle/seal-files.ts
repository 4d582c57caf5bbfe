import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { type DigestAlgorithm, SourceFault } from '../model/ports.ts'
import { type CertificateSource, collectCertificates, poolOf } from '../pki/certificate-pool.ts'
import { revocationInFile } from '../pki/embedded-revocation.ts'
import type { SignaturePorts } from '../pki/establish-cms.ts'
import { establishSignatureFile } from '../pki/establish-signature-file.ts'
import { establishToken, type TokenFile } from '../pki/establish-token.ts'
import { digestOfBytes } from '../pki/evidence-digest.ts'
import type { PooledCertificate, SignatureFileFacts, TokenFacts } from '../pki/facts.ts'
import type { RevocationSourceFile } from '../pki/revocation-pool.ts'
import { certificateSourcesOf } from '../pki/signature-time-stamps.ts'
import type { EstablishedBag } from './bag-establish.ts'
import type { BagFacts } from './bag-facts.ts'
import type { FileTree } from './file-tree.ts'
import { layoutRole } from './layout.ts'
import type { LevelFacts, RenewalFacts, SumsFacts } from './level-facts.ts'
import { compareSums, type LevelFiles, laterLevels } from './seal-levels.ts'

export interface SealFacts {
  readonly signatures: readonly SignatureFileFacts[]
  readonly certificates: readonly PooledCertificate[]
  /** CRLs and OCSP responses: files of their own, and those in signatures and tokens. */
  readonly revocation: readonly RevocationSourceFile[]
  /** The later levels; null without any. */
  readonly renewal: RenewalFacts | null
}

export const NO_SEAL: SealFacts = { signatures: [], certificates: [], revocation: [], renewal: null }

/**
 * Establishes the facts of every signature file of seal/1 and of the tokens over it, and of every later level. A file that
 * cannot be read is left out here: `payload.readable` and `seal.declared` speak of it. `digests`: of the payload, as asked for.
 */
export async function establishSeal(
  tree: FileTree,
  bag: Pick<EstablishedBag, 'facts' | 'digestAt' | 'placeOf'>,
  digests: 'all' | readonly DigestAlgorithm[],
  ports: SignaturePorts,
): Promise<SealFacts> {
  const paths = tree.entries
    .filter(({ path, rawPath }) => rawPath === undefined && /^(?:seal|record\/validation)\//.test(path))
    .map(({ path }) => path)
    .slice(0, LIMITS.sealFiles)
  const signatures: {
    readonly path: string
    readonly name: string
    readonly covers: string
    readonly bytes: Uint8Array
  }[] = []
  const tokens: (TokenFile & { readonly signatureFile: string })[] = []
  const levelTokens = new Map<string, TokenFile>()
  const sources: CertificateSource[] = []
  const revocation: RevocationSourceFile[] = []
  for (const path of paths) {
    const place = layoutRole(path)
    if (place === undefined || place.role === 'sums') continue
    const hint = place.role === 'validation-hint' ? /\.(crl|ocsp)$/.exec(path)?.[1] : undefined
    const bytes = await readOrLeave(tree, path, hint === undefined ? LIMITS.cmsBytes : LIMITS.crlBytes)
    if (bytes === undefined) {
      if (hint !== undefined) revocation.push({ source: path, bytes: null, kind: hint === 'crl' ? 'crl' : 'ocsp' })
      continue
    }
    if (hint !== undefined) revocation.push({ source: path, bytes, kind: hint === 'crl' ? 'crl' : 'ocsp' })
    else if (place.role === 'signature') {
      signatures.push({ path, name: place.file, covers: place.covers, bytes })
      sources.push(...certificateSourcesOf(path, bytes))
    } else if (place.role === 'token') {
      tokens.push({ path, label: place.label, bytes, signatureFile: place.signatureFile })
      sources.push({ path, bytes, kind: 'token' })
    } else if (place.role === 'level-token') {
      levelTokens.set(path, { path, label: place.label, bytes })
      sources.push({ path, bytes, kind: 'token' })
    } else if (place.role === 'validation-hint' && path.endsWith('.cer')) {
      sources.push({ path, bytes, kind: 'certificate' })
    }
  }
  const pool = collectCertificates(sources, ports.smallDigest).certificates
  const facts: SignatureFileFacts[] = []
  for (const { path, name, covers, bytes } of signatures) {
    const over = tokens.filter(({ signatureFile }) => signatureFile === name)
    const covered = await coveredManifest(tree, bag.facts, covers)
    facts.push(await establishSignatureFile({ path, bytes, covers, ...covered, tokens: over }, pool, ports))
  }
  const inside = sources.flatMap(({ path, bytes, kind }) => revocationInFile(path, bytes, kind))
  const later = laterLevels(paths)
  const levels: LevelFacts[] = []
  for (const files of later.levels) {
    const { bytes, state } = await readSums(tree, files)
    const sums = compareSums(files, bytes, state, tree, { ...bag, digests })
    const over = digestOfBytes(bytes, ports)
    const judged: TokenFacts[] = []
    for (const { path } of files.tokens) {
      const file = levelTokens.get(path)
      if (file !== undefined) judged.push(await establishToken(file, over, pool, ports))
    }
    levels.push({ level: files.level, misplaced: files.misplaced, sums, tokens: judged })
  }
  return {
    signatures: facts,
    certificates: poolOf(pool),
    revocation: [...revocation, ...inside],
    renewal: levels.length === 0 ? null : { levels, omitted: later.omitted },
  }
}

async function readSums(
  tree: FileTree,
  { sumsPath }: LevelFiles,
): Promise<{ readonly bytes: Uint8Array | null; readonly state: SumsFacts['state'] }> {
  const entry = tree.byPath.get(sumsPath)
  if (entry === undefined) return { bytes: null, state: 'absent' }
  if (entry.size > LIMITS.manifestBytes) return { bytes: null, state: 'too-large' }
  const bytes = await readOrLeave(tree, sumsPath, LIMITS.manifestBytes)
  return bytes === undefined ? { bytes: null, state: 'unreadable' } : { bytes, state: 'read' }
}

async function coveredManifest(
  tree: FileTree,
  bag: BagFacts,
  path: string,
): Promise<{ coversBytes: Uint8Array | null; coversState: SignatureFileFacts['coversState'] }> {
  const manifest = bag.manifests.find((one) => one.path === path)
  const bytes = tree.byPath.has(path) ? await readOrLeave(tree, path, LIMITS.manifestBytes) : undefined
  if (bytes === undefined || manifest === undefined) return { coversBytes: null, coversState: 'absent' }
  // Beyond a limit, or in an encoding that is not known here: what it is was not seen.
  if (manifest.state !== 'read') return { coversBytes: bytes, coversState: 'unread' }
  // What the seal signs must parse as a tag manifest, so that no signature over something else can stand for a seal.
  const reads = manifest.problems.count === 0 && manifest.lines > 0
  return { coversBytes: bytes, coversState: reads ? 'tag-manifest' : 'not-a-tag-manifest' }
}

/** @throws SourceFault when the whole source is gone */
async function readOrLeave(
  tree: FileTree,
  path: string,
  limit: number = LIMITS.cmsBytes,
): Promise<Uint8Array | undefined> {
  try {
    return await tree.read(path, limit)
  } catch (error) {
    if (error instanceof ParseError || (error instanceof SourceFault && error.reason !== 'vanished')) return undefined
    throw error
  }
}
