import type { AuthorisationRecord } from '../bundle/authorisation-record.ts'
import type { HistoryFileState, LinePlace } from '../custody/history-facts.ts'
import type { LineTable } from '../custody/line-table.ts'
import { PlaceList } from '../custody/place-list.ts'
import { fromBase64 } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { type CertificateSource, collectCertificates, poolOf } from '../pki/certificate-pool.ts'
import { establishCms, type SignaturePorts } from '../pki/establish-cms.ts'
import { digestOfBytes } from '../pki/evidence-digest.ts'
import type {
  ApprovalFacts,
  AuthorisationFacts,
  ConsentFacts,
  ExceptionFacts,
  RequestFacts,
  StatementSignatureFacts,
} from './authorisation-facts.ts'
import type { ConsentTable } from './consent-table.ts'
import type { OpenedConsents } from './opened-consents.ts'
import { approvalStatement, exceptionStatement } from './statements.ts'

/** authorisation.json as it was read. */
export interface ReadAuthorisation {
  readonly state: HistoryFileState
  /** Null when it could not be read. */
  readonly record: AuthorisationRecord | null
  /** SHA-256 of the canonical request, unknown members included, hex; null without one. */
  readonly requestSha256: string | null
}

/** What the record is compared with. */
export interface AuthorisationSurroundings {
  readonly events: LineTable | null
  readonly items: LineTable | null
  readonly consents: ConsentTable
  readonly opened: OpenedConsents
  /** SHA-256 of disclosures.jsonl, hex; null when it could not be read. */
  readonly disclosures: string | null
  /** Root over the first `head.size` lines; null when there are not as many. */
  readonly headRoot: string | null
}

/** What the sharing decision says beside the rest of the bundle, and which of its signatures are over what they must be. */
export async function establishAuthorisation(
  { state, record, requestSha256 }: ReadAuthorisation,
  around: AuthorisationSurroundings,
  ports: SignaturePorts,
): Promise<AuthorisationFacts> {
  const request = record?.request ?? null
  if (record === null || request === null || requestSha256 === null) {
    return { state, request: null, approvals: [], certificates: [] }
  }
  const { consents: _, exceptions: stated, ...statement } = request
  const { exportNumber, logId } = request
  const sources: CertificateSource[] = []
  const read = async (at: string, signature: string, signed: Uint8Array): Promise<StatementSignatureFacts> => {
    const bytes = fromBase64(signature) ?? new Uint8Array(0)
    sources.push({ path: at, bytes, kind: 'signature' })
    const { failure, cms } = await establishCms(
      bytes,
      digestOfBytes(signed, ports),
      [],
      ports,
      signed,
      LIMITS.statementSignatureChecks,
    )
    return { failure, cms }
  }
  const approved = approvalStatement({ exportNumber, logId, request: requestSha256 })
  const approvals: ApprovalFacts[] = []
  for (const [at, { approver, signature }] of record.approvals.entries()) {
    approvals.push({ approver, ...(await read(`approval ${at}`, signature, approved)) })
  }
  const exceptions: ExceptionFacts[] = []
  for (const [at, { condition, ground, item, signature }] of stated.slice(0, LIMITS.requestExceptions).entries()) {
    const signed = exceptionStatement({ condition, exportNumber, ground, item, logId })
    exceptions.push({ condition, ground, item, ...(await read(`exception ${at}`, signature, signed)) })
  }
  const facts: RequestFacts = {
    sha256: requestSha256,
    statement,
    disclosures: around.disclosures,
    headRoot: around.headRoot,
    since: linesSince(request.head.size, around.events),
    consents: { ...around.opened.finish(around.consents, around.items), ...closedWithdrawals(around) },
    exceptions,
    exceptionsOmitted: stated.length - exceptions.length,
  }
  const certificates = poolOf(collectCertificates(sources, ports.smallDigest).certificates)
  return { state, request: facts, approvals, certificates }
}

/** A withdrawal that is shown, and not what it is about, leaves open whether a consent of this sharing was withdrawn. */
function closedWithdrawals({ events, opened }: AuthorisationSurroundings): Pick<ConsentFacts, 'withdrawalsClosed'> {
  let shown = 0
  for (let seq = 0; seq < (events?.count ?? 0); seq++) if (events?.typeOf(seq) === 'consent-withdrawal') shown++
  const closed = shown - opened.withdrawalsNamed
  return closed > 0 ? { withdrawalsClosed: closed } : {}
}

/** What may stand between the request and the export: several exports of one run, and digests that were compared. */
const HARMLESS: readonly (string | null)[] = ['export', 'fixity-check']

function linesSince(size: number, events: LineTable | null): RequestFacts['since'] {
  const problems = new PlaceList<LinePlace<'other-type' | 'withheld' | 'unread'>>()
  if (events === null) return { lines: null, problems: problems.finish() }
  const own = Math.max(events.count - 1, 0)
  for (let seq = size; seq < own; seq++) {
    const type = events.typeOf(seq)
    if (HARMLESS.includes(type)) continue
    const code = events.isStub(seq) ? 'withheld' : type === null ? 'unread' : 'other-type'
    problems.add({ line: seq + 1, code, expected: HARMLESS.join(' | '), found: type })
  }
  return { lines: Math.max(own - size, 0), problems: problems.finish() }
}
