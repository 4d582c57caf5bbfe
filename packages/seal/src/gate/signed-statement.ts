import {
  type Certificate,
  collectCertificates,
  compareInstants,
  digestOfBytes,
  establishCms,
  establishHandover,
  type HandoverFacts,
  type Instant,
  parseCertificate,
  type SignaturePorts,
  type SigningPerson,
  signingPerson,
} from '@probatum/core'

/** A signature over a statement of the gate. */
export interface StatementSignature {
  /** `holds`, or what is wrong with it. */
  readonly code: HandoverFacts['code']
  /** Whose it is; null unless it holds. */
  readonly signer: GateSigner | null
}

/** Whose certificate signed an approval or exception. */
export interface GateSigner extends SigningPerson {
  /** Subject of the certificate, RFC 4514 text. */
  readonly name: string
  readonly certificate: Certificate
}

/**
 * Why a certificate does not count for a signature at a moment: its dates, or what its key is for (RFC 5280 §4.1.2.5, §4.2.1.3).
 * `authority`: it issues certificates; that alone leaves the answer open, and refuses nothing here.
 */
export type SignerDoubt = 'not-yet-valid' | 'expired' | 'key-usage' | 'authority'

/** What speaks against a certificate at a moment; empty where nothing does. */
export function signerDoubts({ certificate }: Pick<GateSigner, 'certificate'>, at: Instant): SignerDoubt[] {
  const { notBefore, notAfter, keyUsage, basicConstraints } = certificate
  const isForSignatures = keyUsage === null || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation')
  return [
    ...(compareInstants(at, notBefore) < 0 ? (['not-yet-valid'] as const) : []),
    ...(compareInstants(at, notAfter) > 0 ? (['expired'] as const) : []),
    ...(isForSignatures ? [] : (['key-usage'] as const)),
    ...(basicConstraints?.ca === true ? (['authority'] as const) : []),
  ]
}

/** Who a certificate is of, as persons are told apart. Throws ParseError for what is none. */
export function signerOf(certificate: Uint8Array, { smallDigest }: Pick<SignaturePorts, 'smallDigest'>): GateSigner {
  return personIn(parseCertificate(certificate), smallDigest)
}

function personIn(certificate: Certificate, smallDigest: SignaturePorts['smallDigest']): GateSigner {
  return { ...signingPerson(certificate, smallDigest), name: certificate.subject.text, certificate }
}

/** Whether a detached CMS holds over a statement, under the rule of every signature that is not the seal; and whose it is. */
export async function establishStatement(
  cms: Uint8Array,
  statement: Uint8Array,
  ports: SignaturePorts,
): Promise<StatementSignature> {
  const code = await establishHandover(cms, statement, ports)
  if (code !== 'holds') return { code, signer: null }
  const { cms: facts } = await establishCms(cms, digestOfBytes(statement, ports), [], ports, statement)
  const bound = facts?.signers[0]?.candidates.find(
    ({ bound: isBound, signature }) => isBound === 'match' && signature === 'valid',
  )
  const { certificates } = collectCertificates([{ path: '', bytes: cms, kind: 'signature' }], ports.smallDigest)
  const certificate = certificates.find(({ sha256 }) => sha256 === bound?.certificate)
  return certificate === undefined
    ? { code: 'malformed', signer: null }
    : { code, signer: personIn(certificate, ports.smallDigest) }
}
