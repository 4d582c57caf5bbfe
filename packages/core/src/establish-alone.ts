import { loneFactsOf, loneHints, loneRevocation } from './lone-facts.ts'
import type { CertificateRole, Facts, FactsFile } from './model/facts.ts'
import { requireCmsBeginning, requireTimeStampBeginning } from './pki/begins-as.ts'
import { parseCertificate } from './pki/certificate-parse.ts'
import { type CertificateSource, collectCertificates, poolOf } from './pki/certificate-pool.ts'
import type { SignaturePorts } from './pki/establish-cms.ts'
import { establishSignatureFile } from './pki/establish-signature-file.ts'
import { establishToken } from './pki/establish-token.ts'
import { digestOfBytes } from './pki/evidence-digest.ts'
import type { EvidenceDigest } from './pki/facts.ts'
import { unwrapByContent } from './pki/pem.ts'
import type { GivenRevocation } from './pki/revocation-pool.ts'
import { certificateSourcesOf } from './pki/signature-time-stamps.ts'

/** A file that is judged without a bundle, under the name that the operator gave it. */
export interface LoneFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a lone signature is said to be over. */
export interface LoneContent {
  /** Null for an algorithm that the platform does not have. */
  readonly digest: EvidenceDigest
  /**
   * Its bytes; null only above LIMITS.cmsBytes. Needed where a signature has no signed attributes, and to tell whether
   * the content could be the attributes of another signature.
   */
  readonly bytes: Uint8Array | null
}

/** Files that come with a lone signature. */
export interface LoneHints {
  /** Time-stamps over the signature file's bytes; the ones inside it are found without. */
  readonly tokens?: readonly Uint8Array[]
  /** Certificates that a path may go through (DER or PEM). Nothing here is trusted by being here. */
  readonly certificates?: readonly Uint8Array[]
  /** CRLs and OCSP responses; see `describeGivenRevocation` for the report's inputs. */
  readonly revocation?: readonly GivenRevocation[]
}

// The operator's file names are not content: the same bytes give the same facts under any name.
const TOKEN = 'token'
const SIGNATURE = 'signature'
const CONTENT = 'content'
const CERTIFICATE = 'certificate'

/**
 * Reads a time-stamp token, or response, and compares it with the data that it is said to be over. No bundle is needed.
 * Throws ParseError for a file that is no time-stamp at all; one that begins as such and breaks inside is a fact.
 * @param evidence digest of those data; null for an algorithm that the platform does not have
 */
export async function establishTimestampFacts(
  token: LoneFile,
  evidence: EvidenceDigest,
  ports: SignaturePorts,
  hints: Pick<LoneHints, 'certificates' | 'revocation'> = {},
): Promise<FactsFile> {
  requireTimeStampBeginning(token.bytes, TOKEN)
  const file = { path: TOKEN, label: '', bytes: token.bytes }
  const sources: CertificateSource[] = [{ ...file, kind: 'token' }, ...loneHints(hints)]
  const pool = collectCertificates(sources, ports.smallDigest).certificates
  const facts: Facts = {
    ...loneFactsOf([file], [], ports),
    kind: 'timestamp',
    token: await establishToken(file, evidence, pool, ports),
    certificates: poolOf(pool),
    revocation: loneRevocation(sources, hints, ports),
  }
  return { facts, container: containerOf(token) }
}

/**
 * Reads a CMS signature and compares it with the file that it is said to be over: detached, or attached and equal. The
 * signature-time-stamps in its unsigned attributes are read too. Throws ParseError for files that are no signature, and no
 * time-stamp, at all.
 * @param content null when the file is not here: an attached copy is then no evidence
 */
export async function establishSignatureFacts(
  signature: LoneFile,
  content: LoneContent | null,
  ports: SignaturePorts,
  hints: LoneHints = {},
): Promise<FactsFile> {
  const { bytes } = signature
  requireCmsBeginning(bytes, SIGNATURE)
  const tokens = (hints.tokens ?? []).map((token, index) => ({ path: `${TOKEN}[${index}]`, label: '', bytes: token }))
  for (const token of tokens) requireTimeStampBeginning(token.bytes, token.path)
  const sources: CertificateSource[] = [
    ...certificateSourcesOf(SIGNATURE, bytes),
    ...tokens.map((token) => ({ ...token, kind: 'token' as const })),
    ...loneHints(hints),
  ]
  const pool = collectCertificates(sources, ports.smallDigest).certificates
  const contentBytes = content?.bytes ?? null
  const file = await establishSignatureFile(
    {
      path: SIGNATURE,
      bytes,
      covers: CONTENT,
      coversBytes: contentBytes,
      coversState: content === null ? 'absent' : 'file',
      evidence: content?.digest ?? digestOfBytes(contentBytes, ports),
      tokens,
    },
    pool,
    ports,
  )
  const facts: Facts = {
    ...loneFactsOf([{ path: SIGNATURE, bytes }, ...tokens], contentBytes === null ? [] : [contentBytes], ports),
    kind: 'signature',
    signatures: [file],
    certificates: poolOf(pool),
    revocation: loneRevocation(sources, hints, ports),
  }
  return { facts, container: containerOf(signature) }
}

/**
 * Reads one certificate with what a path to an anchor may be built and judged from. Throws ParseError when the
 * certificate does not read; hints that do not read tell nothing.
 */
export function establishCertificateFacts(
  target: LoneFile,
  role: CertificateRole,
  ports: SignaturePorts,
  hints: Pick<LoneHints, 'certificates' | 'revocation'> = {},
): FactsFile {
  const der = unwrapByContent(target.bytes, CERTIFICATE)
  const { sha256 } = parseCertificate(der)
  const sources: CertificateSource[] = [{ path: CERTIFICATE, bytes: der, kind: 'certificate' }, ...loneHints(hints)]
  const pool = collectCertificates(sources, ports.smallDigest).certificates
  const facts: Facts = {
    ...loneFactsOf([{ path: CERTIFICATE, bytes: der }], [], ports),
    kind: 'certificate',
    target: { sha256, role },
    certificates: poolOf(pool),
    revocation: loneRevocation(sources, hints, ports),
  }
  return { facts, container: containerOf(target) }
}

function containerOf({ name, bytes }: LoneFile): FactsFile['container'] {
  return { kind: 'file', name, bytes: bytes.length, oddities: [], leftovers: [], outside: [] }
}
