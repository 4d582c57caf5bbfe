import { toHex } from '../model/bytes.ts'
import type { Certificate } from './certificate.ts'
import { establishCms, type SignaturePorts } from './establish-cms.ts'
import { establishToken, type TokenFile } from './establish-token.ts'
import type { EvidenceDigest, SignatureFileFacts, TokenFacts } from './facts.ts'

/** A signature file of a bundle with the time-stamps over it. */
export interface SignatureFile {
  readonly path: string
  readonly bytes: Uint8Array
  /** The tag manifest that it is over. */
  readonly covers: string
  /** Its bytes; null when it is not here. */
  readonly coversBytes: Uint8Array | null
  readonly coversState: SignatureFileFacts['coversState']
  readonly tokens: readonly TokenFile[]
}

/**
 * Establishes the facts of a signature file: the CMS over the tag manifest, and each token over the signature file's
 * own bytes. Never throws on hostile bytes.
 */
export async function establishSignatureFile(
  file: SignatureFile,
  pool: readonly Certificate[],
  ports: SignaturePorts,
): Promise<SignatureFileFacts> {
  const { failure, cms } = await establishCms(
    file.bytes,
    digestOfBytes(file.coversBytes, ports),
    pool,
    ports,
    file.coversBytes,
  )
  const tokens: TokenFacts[] = []
  const overSignature = digestOfBytes(file.bytes, ports)
  for (const token of file.tokens) tokens.push(await establishToken(token, overSignature, pool, ports))
  return {
    path: file.path,
    sha256: toHex(ports.smallDigest('sha256', file.bytes)),
    covers: file.covers,
    coversState: file.coversState,
    failure,
    cms,
    tokens,
  }
}

/** Digests of bytes that are at hand, each computed once. */
export function digestOfBytes(
  bytes: Uint8Array | null,
  { smallDigest }: Pick<SignaturePorts, 'smallDigest'>,
): EvidenceDigest {
  const known = new Map<string, string>()
  return async (algorithm) => {
    if (bytes === null) return null
    const digest = known.get(algorithm) ?? toHex(smallDigest(algorithm, bytes))
    known.set(algorithm, digest)
    return digest
  }
}
