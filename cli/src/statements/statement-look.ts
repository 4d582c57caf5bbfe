import {
  collectCertificates,
  digestOfBytes,
  establishCms,
  type SignedStatement,
  signingCandidate,
  statementSignatureOf,
} from '@probatum/core'
import type { NodePorts } from '@probatum/platform/node'
import { escapeInLine } from '@probatum/words'

/** Lines about the signature on a statement: what arithmetic says of it, and the name in the certificate that it names. */
export async function sayStatementSigner(
  { cms: bytes, signed }: Pick<SignedStatement<unknown>, 'cms' | 'signed'>,
  ports: NodePorts,
): Promise<readonly string[]> {
  const { cms, failure } = await establishCms(bytes, digestOfBytes(signed, ports), [], ports, signed)
  if (cms === null) return [`signature cannot be read (${failure.code})`]
  const code = statementSignatureOf(cms)
  const [signer] = cms.signers
  const candidate = signer === undefined ? null : signingCandidate(signer, cms)
  const source = { path: '', bytes, kind: 'signature' as const }
  const { certificates } = collectCertificates([source], ports.smallDigest)
  const certificate = certificates.find(({ sha256 }) => sha256 === candidate?.certificate)
  const said = code === 'holds' ? 'holds over what stands here' : `does not hold (${code})`
  return [
    `signature ${said}${signer?.signingTime == null ? '' : `; the signer states ${signer.signingTime}`}`,
    ...(certificate === undefined
      ? []
      : [`signed by ${escapeInLine(certificate.subject.text)}`, `  sha256  ${certificate.sha256}`]),
  ]
}
