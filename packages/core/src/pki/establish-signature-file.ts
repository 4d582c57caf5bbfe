import { toHex } from '../model/bytes.ts'
import type { Certificate } from './certificate.ts'
import { establishCms, type SignaturePorts } from './establish-cms.ts'
import { establishToken, type TokenFile } from './establish-token.ts'
import { digestOfBytes } from './evidence-digest.ts'
import type { EvidenceDigest, SignatureFileFacts, TokenFacts } from './facts.ts'
import { establishSignatureTimeStamps } from './signature-time-stamps.ts'

/** A signature file of a bundle with the time-stamps over it. */
export interface SignatureFile {
  readonly path: string
  readonly bytes: Uint8Array
  /** The tag manifest that it is over. */
  readonly covers: string
  /** Its bytes; null when it is not here. */
  readonly coversBytes: Uint8Array | null
  /** Digests of what it is over, where its bytes are too many to be at hand. */
  readonly evidence?: EvidenceDigest
  readonly coversState: SignatureFileFacts['coversState']
  readonly tokens: readonly TokenFile[]
}

/**
 * Establishes the facts of a signature file: the CMS over the tag manifest, and each token over the signature file's
 * own bytes, and each signature-time-stamp in it over its signature value. Never throws on hostile bytes.
 */
export async function establishSignatureFile(
  file: SignatureFile,
  pool: readonly Certificate[],
  ports: SignaturePorts,
): Promise<SignatureFileFacts> {
  const evidence = file.evidence ?? digestOfBytes(file.coversBytes, ports)
  const { failure, cms } = await establishCms(file.bytes, evidence, pool, ports, file.coversBytes)
  const tokens: TokenFacts[] = []
  const overSignature = digestOfBytes(file.bytes, ports)
  for (const token of file.tokens) tokens.push(await establishToken(token, overSignature, pool, ports))
  tokens.push(...(await establishSignatureTimeStamps(file.path, file.bytes, pool, ports)))
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

export { digestOfBytes } from './evidence-digest.ts'
