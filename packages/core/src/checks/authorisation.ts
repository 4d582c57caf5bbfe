import type { AuthorisationFacts } from '../authorisation/authorisation-facts.ts'
import type { RecordFacts } from '../bundle/record-facts.ts'
import type { FactsFile } from '../model/facts.ts'
import type { Finding } from '../model/finding.ts'
import type { Policy } from '../model/policy.ts'
import type { Ports } from '../model/ports.ts'
import type { TrustSet } from '../model/trust-set.ts'
import { establishTrust, type TrustFacts } from '../pki/trust-facts.ts'
import { checkApprovals } from './authorisation.approvals.ts'
import { checkAssurances } from './authorisation.assurances.ts'
import { checkConditions } from './authorisation.conditions.ts'
import { checkConsents } from './authorisation.consents.ts'
import { checkExceptions } from './authorisation.exceptions.ts'
import { checkRecipient } from './authorisation.recipient.ts'
import { checkRequest } from './authorisation.request.ts'
import { AUTHORISATION_SUBJECT, type AuthorisationContext, provedTime } from './authorisation-finding.ts'
import type { FindingId } from './catalogue.ts'
import { makeFinding } from './finding.ts'

/** Every finding about the sharing decision itself. */
export const AUTHORISATION_FINDINGS = [
  'authorisation.request',
  'authorisation.approvals',
  'authorisation.assurances',
  'authorisation.consents',
  'authorisation.conditions',
  'authorisation.exceptions',
  'authorisation.recipient',
] as const satisfies readonly FindingId[]

/** Those about what a request says. */
const OF_A_REQUEST = [
  'authorisation.approvals',
  'authorisation.assurances',
  'authorisation.consents',
  'authorisation.conditions',
  'authorisation.exceptions',
] as const satisfies readonly FindingId[]

/**
 * The findings about the sharing decision.
 * @param facts null for a bag that is none of our bundles: it has no such record
 * @param context null where there is no decision to judge
 */
export function checkAuthorisation(
  facts: RecordFacts | null,
  context: AuthorisationContext | null,
): readonly Finding[] {
  const authorisation = facts?.authorisation ?? null
  const history = facts?.history ?? null
  if (facts === null || authorisation === null || history === null || context === null) {
    const subject = { kind: 'bundle', name: '' } as const
    const reason = facts === null ? 'foreign-bag' : 'unknown-format'
    return AUTHORISATION_FINDINGS.map((id) => makeFinding(id, 'NOT-CHECKED', { reason, subject }))
  }
  const { judgement } = context
  return [
    checkRequest(authorisation, history, facts.record),
    ...checkStatement(authorisation, context),
    checkRecipient(authorisation, facts.record, judgement.inputs.recipient),
  ]
}

function checkStatement(facts: AuthorisationFacts, context: AuthorisationContext): readonly Finding[] {
  const { request, state } = facts
  if (request === null) {
    const reason = state === 'read' ? 'no-request' : 'not-read'
    return OF_A_REQUEST.map((id) => makeFinding(id, 'NOT-CHECKED', { reason, subject: AUTHORISATION_SUBJECT }))
  }
  return [
    checkApprovals(facts, request, context),
    checkAssurances(request, provedTime(context)),
    checkConsents(request, context),
    checkConditions(request, context.judgement.validationTime),
    checkExceptions(request, context),
  ]
}

/** Paths of whoever signed approvals and exceptions to anchors of role `approver`; null where there is no decision to judge. */
export async function establishAuthorisationTrust(
  { facts }: Pick<FactsFile, 'facts'>,
  trustSet: TrustSet | null,
  limits: Policy['paths'],
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<TrustFacts | null> {
  const authorisation = facts.records?.authorisation ?? null
  if (authorisation === null) return null
  const { approvals, request, certificates } = authorisation
  const own = new Set(facts.certificates.map(({ sha256 }) => sha256))
  // Apart from the seal's: what an approval carries must change nothing there.
  const pool = [...facts.certificates, ...certificates.filter(({ sha256 }) => !own.has(sha256))]
  const statements = [...approvals, ...(request?.exceptions ?? [])].flatMap(({ cms }) =>
    cms === null ? [] : [{ role: 'approver', cms } as const],
  )
  if (statements.length === 0) return establishTrust({ ...NOTHING, certificates: [] }, trustSet, limits, ports)
  const asked = { ...NOTHING, certificates: pool, revocation: facts.revocation, statements }
  return establishTrust(asked, trustSet, limits, ports)
}

const NOTHING = { signatures: [], tokens: [] } as const
