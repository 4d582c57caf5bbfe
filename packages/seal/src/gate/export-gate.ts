import type { AuthorisationRecord, AuthorisationRequest, Instant, SignatureVerifier, SmallDigest } from '@probatum/core'
import type { CustodyLog } from '../custody-log/custody-log.ts'
import { typeOfLine } from '../custody-log/custody-log.ts'
import type { StartDigest } from '../digest.ts'
import { smallDigest } from '../digest.ts'
import type { DisclosurePolicy } from '../redaction/redact-policy.ts'
import { establishExportState } from './export-state.ts'
import { type GateApproval, recordedApproval } from './gate-approval.ts'
import { consentOpenings, type GatePrivate, showingUnder } from './gate-private.ts'
import { checkGate, type GateProblem, GateRefused, type GateState } from './gate-problems.ts'
import { signerOf } from './signed-statement.ts'

/** A request that an export is made under. */
export interface ExportGate {
  readonly request: AuthorisationRequest
  readonly kept: GatePrivate
  readonly approvals: readonly GateApproval[]
  /** Signatures of approvals and exceptions are verified with it. */
  readonly signatures: SignatureVerifier
}

/** An export that is about to be made, and the decision that it is made under. */
export interface GatedExport {
  readonly gate: ExportGate
  readonly custody: CustodyLog
  readonly now: Instant
  readonly signer: { readonly certificates: readonly Uint8Array[] }
  readonly postQuantum?: { readonly certificates: readonly Uint8Array[] }
  readonly smallDigest?: SmallDigest
  readonly startDigest?: StartDigest
}

/** What stands between an export and its seal, everything considered: the log, the sealer, the files and signatures of the request. */
export async function gateOf(input: GatedExport): Promise<GateState> {
  const { gate, custody, now: at, signer, postQuantum, smallDigest: digest = smallDigest, startDigest } = input
  const { request, kept, approvals, signatures } = gate
  const ports = { signatures, smallDigest: digest }
  const state = await establishExportState({
    custody,
    showing: showingUnder(kept),
    consentOpenings: consentOpenings(kept),
    headSize: request.head.size,
    smallDigest: digest,
    ...(startDigest === undefined ? {} : { startDigest }),
  })
  const sealers = [signer, ...(postQuantum === undefined ? [] : [postQuantum])].flatMap(({ certificates }) => {
    const [own, ...above] = certificates.map((certificate) => signerOf(certificate, ports))
    // As a verifier finds them on the path: whoever holds one of these keys makes such a sealer.
    return own === undefined ? [] : [{ ...own, certifiedBy: above.map(({ key }) => key) }]
  })
  return checkGate({ request, kept, approvals, at, sealers, state, ports })
}

/** Throws GateRefused, with all that is wrong with each of them, unless all may be sealed. */
export async function requireGates(exports: readonly GatedExport[]): Promise<void> {
  const refused: { request: number; state: GateState }[] = []
  const numbers = new Set<string>()
  for (const [request, each] of exports.entries()) {
    const state = await gateOf(each)
    const { exportNumber } = each.gate.request
    const again: GateProblem[] = numbers.has(exportNumber)
      ? [{ code: 'export-number-used', item: null, expected: exportNumber }]
      : []
    numbers.add(exportNumber)
    const problems = [...state.problems, ...again]
    if (problems.length > 0) refused.push({ request, state: { ...state, problems } })
  }
  if (refused.length > 0) throw new GateRefused(refused)
}

/**
 * Throws GateRefused when the log got anything since `from` that a request does not bear: other exports of the same run and
 * fixity checks may come in between, nothing else, and its own export not twice.
 */
export async function requireFresh(
  { gate, custody }: Pick<GatedExport, 'gate' | 'custody'>,
  from: number,
): Promise<void> {
  if (custody.events === from) return
  const problems: GateProblem[] = []
  for await (const line of custody.lines('custody.jsonl')) {
    if (line.seq < from) continue
    const type = typeOfLine(line)
    const { exportNumber } = gate.request
    if (type !== 'export' && type !== 'fixity-check')
      problems.push({ code: 'head-stale', item: null, found: `${line.seq} ${type}` })
    else if (line.text.includes(`"exportNumber":"${exportNumber}"`))
      problems.push({ code: 'export-number-used', item: null, expected: exportNumber, found: `${line.seq}` })
  }
  if (problems.length > 0) throw new GateRefused([{ request: 0, state: { problems, excepted: [], approvers: [] } }])
}

/** record/authorisation.json. */
export function authorisationRecord({
  request,
  approvals,
}: Pick<ExportGate, 'request' | 'approvals'>): AuthorisationRecord {
  return { approvals: approvals.map(recordedApproval), authorisation: 'probatum/authorisation/1-draft', request }
}

/** The disclosure policy of a request, with the names that the bundle will state; null where it shows everything. */
export function policyUnder({ request, kept }: Pick<ExportGate, 'request' | 'kept'>): DisclosurePolicy | null {
  if (kept.policy === null) return null
  const { purpose: _, ...policy } = kept.policy
  return {
    ...policy,
    recipient: request.recipient?.name ?? null,
    identifier: kept.identifier,
    ...(request.purpose === null ? {} : { purpose: request.purpose }),
  }
}
