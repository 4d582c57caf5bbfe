import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { SourceFault } from '../model/ports.ts'
import { type CertificateSource, collectCertificates, poolOf } from '../pki/certificate-pool.ts'
import type { SignaturePorts } from '../pki/establish-cms.ts'
import { establishSignatureFile } from '../pki/establish-signature-file.ts'
import type { TokenFile } from '../pki/establish-token.ts'
import type { PooledCertificate, SignatureFileFacts } from '../pki/facts.ts'
import { type RevocationSourceFile, revocationInFile } from '../pki/revocation-pool.ts'
import { certificateSourcesOf } from '../pki/signature-time-stamps.ts'
import type { BagFacts } from './bag-facts.ts'
import type { FileTree } from './file-tree.ts'
import { layoutRole } from './layout.ts'

export interface SealFacts {
  readonly signatures: readonly SignatureFileFacts[]
  readonly certificates: readonly PooledCertificate[]
  /** CRLs and OCSP responses: files of their own, and those in signatures and tokens. */
  readonly revocation: readonly RevocationSourceFile[]
}

export const NO_SEAL: SealFacts = { signatures: [], certificates: [], revocation: [] }

/**
 * Establishes the facts of every signature file of seal/1 and of the tokens over it. A file that cannot be read is
 * left out here: `payload.readable` and `seal.declared` speak of it.
 */
export async function establishSeal(tree: FileTree, bag: BagFacts, ports: SignaturePorts): Promise<SealFacts> {
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
  const sources: CertificateSource[] = []
  const revocation: RevocationSourceFile[] = []
  for (const path of paths) {
    const place = layoutRole(path)
    if (place === undefined || place.role === 'later-level') continue
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
    } else if (place.role === 'validation-hint' && path.endsWith('.cer')) {
      sources.push({ path, bytes, kind: 'certificate' })
    }
  }
  const pool = collectCertificates(sources, ports.smallDigest).certificates
  const facts: SignatureFileFacts[] = []
  for (const { path, name, covers, bytes } of signatures) {
    const over = tokens.filter(({ signatureFile }) => signatureFile === name)
    const covered = await coveredManifest(tree, bag, covers)
    facts.push(await establishSignatureFile({ path, bytes, covers, ...covered, tokens: over }, pool, ports))
  }
  const inside = sources.flatMap(({ path, bytes, kind }) => revocationInFile(path, bytes, kind))
  return { signatures: facts, certificates: poolOf(pool), revocation: [...revocation, ...inside] }
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
