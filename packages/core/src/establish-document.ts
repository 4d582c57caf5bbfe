import { contentDigest } from './bundle/content-digest.ts'
import { compareBytes, concatBytes, toBase64, toHex } from './model/bytes.ts'
import type { DocumentFacts, DocumentSignature } from './model/document-facts.ts'
import type { Facts, FactsFile } from './model/facts.ts'
import { LIMITS } from './model/limits.ts'
import { type CertificateSource, collectCertificates, poolOf } from './pki/certificate-pool.ts'
import { revocationInFile } from './pki/embedded-revocation.ts'
import type { SignaturePorts } from './pki/establish-cms.ts'
import { establishSignatureFile } from './pki/establish-signature-file.ts'
import { establishToken } from './pki/establish-token.ts'
import { digestOfBytes } from './pki/evidence-digest.ts'
import type { SignatureFileFacts, TokenFacts } from './pki/facts.ts'
import {
  collectRevocation,
  type GivenRevocation,
  givenSources,
  type RevocationSourceFile,
} from './pki/revocation-pool.ts'
import { certificateSourcesOf } from './pki/signature-time-stamps.ts'

/** A signature or document time-stamp as its dictionary has it. */
export interface SignatureInDocument {
  readonly facts: DocumentSignature
  /** The structure in its room, without what stands behind it; null for an empty room. */
  readonly cms: Uint8Array | null
  /** What its ranges say that it is over; null where they lie outside the file, or have moved. */
  readonly signed: Uint8Array | null
}

/** A document with signatures in it, as whoever read it hands it over. */
export interface DocumentInput {
  readonly name: string
  readonly bytes: Uint8Array
  readonly document: DocumentFacts
  readonly signatures: readonly SignatureInDocument[]
  /** What the document carries to judge its signatures by (DSS), DER each. */
  readonly store: {
    readonly certificates: readonly Uint8Array[]
    readonly crls: readonly Uint8Array[]
    readonly ocsps: readonly Uint8Array[]
  }
  readonly hints: { readonly certificates: readonly Uint8Array[]; readonly revocation: readonly GivenRevocation[] }
}

/**
 * The facts of a PDF certificate: its signatures as those of any CMS, each over what its ranges cover. A document
 * time-stamp counts for the signatures that stand before it, and only when it covers everything up to itself.
 */
export async function establishDocumentFacts(input: DocumentInput, ports: SignaturePorts): Promise<FactsFile> {
  const { bytes, document: about, hints, store } = input
  const sha256 = (part: Uint8Array) => toHex(ports.smallDigest('sha256', part))
  const read = input.signatures.flatMap(({ facts, cms, signed }) => (cms === null ? [] : [{ facts, cms, signed }]))
  const signatures = read.filter(({ facts }) => facts.kind !== 'document-timestamp')
  const stamps = read.filter(({ facts }) => facts.kind === 'document-timestamp' && facts.coverage === 'covers')
  const sources: CertificateSource[] = [
    ...signatures.flatMap(({ facts, cms }) => certificateSourcesOf(facts.path, cms)),
    ...stamps.map(({ facts, cms }) => ({ path: facts.path, bytes: cms, kind: 'token' as const })),
    ...[...store.certificates, ...hints.certificates].map((der, index) => ({
      path: `certificate[${index}]`,
      bytes: der,
      kind: 'certificate' as const,
    })),
  ]
  const pool = collectCertificates(sources, ports.smallDigest).certificates
  const files: SignatureFileFacts[] = []
  for (const { facts, cms, signed } of signatures) {
    const file = await establishSignatureFile(
      {
        path: facts.path,
        bytes: cms,
        covers: 'document',
        coversBytes: signed,
        coversState: signed === null ? 'absent' : 'file',
        tokens: [],
      },
      pool,
      ports,
    )
    const over: TokenFacts[] = []
    for (const stamp of stamps) {
      if (stamp.signed === null || (stamp.facts.revision ?? 0) <= (facts.revision ?? 0)) continue
      const token = { path: stamp.facts.path, label: '', bytes: stamp.cms }
      over.push(await establishToken(token, digestOfBytes(stamp.signed, ports), pool, ports))
    }
    files.push({ ...file, tokens: [...over, ...file.tokens] })
  }
  const inStore = [
    ...store.crls.map(
      (der, index): RevocationSourceFile => ({ source: `DSS.CRLs[${index}]`, bytes: der, kind: 'crl' }),
    ),
    ...store.ocsps.map(
      (der, index): RevocationSourceFile => ({ source: `DSS.OCSPs[${index}]`, bytes: der, kind: 'ocsp' }),
    ),
  ]
  const inside = sources.flatMap((source) => revocationInFile(source.path, source.bytes, source.kind))
  const whole = sha256(bytes)
  const small = bytes.length <= LIMITS.trustSetBytes ? [ports.smallDigest('sha256', bytes)] : []
  const facts: Facts = {
    facts: 'probatum/facts/1-draft',
    kind: 'document',
    content: {
      sha256: contentDigest([{ path: 'certificate.pdf', sha256: whole }], ports.smallDigest),
      files: 1,
      bytes: bytes.length,
    },
    inventory: { sha256: sha256(new Uint8Array()), lines: 0 },
    digests: 'all',
    smallFiles: toBase64(concatBytes(...small.sort(compareBytes))),
    bundleId: about.data.bundleId,
    bag: null,
    records: null,
    signatures: files,
    token: null,
    document: about,
    certificates: poolOf(pool),
    revocation: collectRevocation([...inside, ...inStore, ...givenSources(hints.revocation)], ports.smallDigest),
  }
  return {
    facts,
    container: { kind: 'file', name: input.name, bytes: bytes.length, oddities: [], leftovers: [], outside: [] },
  }
}
