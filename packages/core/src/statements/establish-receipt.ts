import { signingPerson } from '../authorisation/signing-person.ts'
import {
  type JudgedSigner,
  judgeStatementSigner,
  SIGNER_PROBLEMS,
  type SignerProblem,
} from '../checks/statement-signer.ts'
import { toHex } from '../model/bytes.ts'
import type { Judgement } from '../model/judgement.ts'
import { LIMITS } from '../model/limits.ts'
import { collectCertificates, poolOf } from '../pki/certificate-pool.ts'
import { establishCms, type SignaturePorts } from '../pki/establish-cms.ts'
import { digestOfBytes } from '../pki/evidence-digest.ts'
import type { CmsFacts, PooledCertificate } from '../pki/facts.ts'
import type { RevocationFacts } from '../pki/revocation.ts'
import { collectRevocation, type GivenRevocation, givenSources } from '../pki/revocation-pool.ts'
import { establishTrust } from '../pki/trust-facts.ts'
import { parseReceipt, type ReceiptStatement } from './receipt.ts'

/** A receipt, and what arithmetic says of it. */
export interface ReceiptFacts {
  /** Of the file, hex. */
  readonly sha256: string
  readonly statement: ReceiptStatement
  /** Null for what is no CMS. */
  readonly cms: CmsFacts | null
  readonly certificates: readonly PooledCertificate[]
  readonly revocation: RevocationFacts
}

/** Reads a receipt and computes its signature. @throws ParseError as `parseReceipt` */
export async function establishReceipt(
  bytes: Uint8Array,
  hints: { readonly revocation?: readonly GivenRevocation[] },
  ports: SignaturePorts,
): Promise<ReceiptFacts> {
  const { statement, signed, cms: structure } = parseReceipt(bytes)
  const { cms } = await establishCms(
    structure,
    digestOfBytes(signed, ports),
    [],
    ports,
    signed,
    LIMITS.statementSignatureChecks,
  )
  const sources = [{ path: 'receipt', bytes: structure, kind: 'signature' as const }]
  return {
    sha256: toHex(ports.smallDigest('sha256', bytes)),
    statement,
    cms,
    certificates: poolOf(collectCertificates(sources, ports.smallDigest).certificates),
    revocation: collectRevocation(givenSources(hints.revocation), ports.smallDigest),
  }
}

/** Ids of the bundle that a receipt is compared with. */
export interface ReceivedBundle extends Pick<ReceiptStatement, 'bundle' | 'seal' | 'logId' | 'exportNumber'> {
  /** Keys under which its seal was made, as `SigningPerson` has them. */
  readonly sealers: readonly string[]
}

/** What is wrong with a receipt, or between it and the bundle. `by-sealer`: nobody else acknowledged anything. */
export type ReceiptProblem = 'bundle-differs' | 'seal-differs' | 'log-differs' | 'by-sealer' | SignerProblem

/** These contradict the receipt itself, or the bundle that it is held against. */
const CONTRADICTIONS: readonly ReceiptProblem[] = [
  'other-content',
  'signature',
  'bundle-differs',
  'seal-differs',
  'log-differs',
]

/** A receipt, held against the bundle that it names. */
export interface JudgedReceipt {
  readonly value: 'PASSED' | 'FAILED' | 'INDETERMINATE'
  /** Contradictions first. */
  readonly problems: readonly ReceiptProblem[]
}

/**
 * Whether a receipt holds, is about this bundle (null: not compared), and is somebody's whom an anchor of role `handover`
 * certifies at the validation time.
 */
export async function judgeReceipt(
  facts: ReceiptFacts,
  bundle: ReceivedBundle | null,
  judgement: Judgement,
  ports: SignaturePorts,
): Promise<JudgedReceipt> {
  const { cms, certificates, revocation, statement } = facts
  const found: ReceiptProblem[] = []
  if (bundle !== null) {
    if (bundle.bundle !== statement.bundle) found.push('bundle-differs')
    else if (bundle.seal !== statement.seal) found.push('seal-differs')
    const isSameExport = bundle.logId === statement.logId && bundle.exportNumber === statement.exportNumber
    if (bundle.bundle === statement.bundle && !isSameExport) found.push('log-differs')
  }
  const { problems, certificate }: Pick<JudgedSigner, 'problems' | 'certificate'> =
    cms === null ? { problems: ['malformed'], certificate: null } : await signerOf(cms)
  // Whoever sealed a bundle has it anyway: their own receipt shows no other hands.
  if (certificate !== null && bundle?.sealers.includes(signingPerson(certificate, ports.smallDigest).key) === true)
    found.push('by-sealer')
  found.push(...SIGNER_PROBLEMS.filter((problem) => problems.includes(problem)))
  const contradicting = CONTRADICTIONS.filter((problem) => found.includes(problem))
  const open = found.filter((problem) => !CONTRADICTIONS.includes(problem))
  const value = contradicting.length > 0 ? 'FAILED' : open.length > 0 ? 'INDETERMINATE' : 'PASSED'
  return { value, problems: [...contradicting, ...open] }

  async function signerOf(structure: CmsFacts): Promise<JudgedSigner> {
    const statements = [{ role: 'handover' as const, cms: structure }]
    const asked = { signatures: [], tokens: [], certificates, revocation, statements }
    const { policy, trustSet, validationTime } = judgement
    const trust = await establishTrust(asked, trustSet, policy.paths, ports)
    const context = { judgement, time: validationTime, timeSource: 'validationTime', trustSetInside: false } as const
    return judgeStatementSigner(structure, 'handover', { kind: 'signature', name: facts.sha256 }, trust, context)
  }
}
