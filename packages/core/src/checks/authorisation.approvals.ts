import type { AuthorisationFacts, RequestFacts } from '../authorisation/authorisation-facts.ts'
import { type SigningPerson, signingPerson } from '../authorisation/signing-person.ts'
import { unmetApprovals } from '../authorisation/unmet-conditions.ts'
import { AUTHORISATION } from '../bundle/layout.ts'
import type { Evidence, Exception, Finding } from '../model/finding.ts'
import { AUTHORISATION_SUBJECT, type AuthorisationContext, isExcepted, signerContext } from './authorisation-finding.ts'
import { outcomeFinding } from './history-finding.ts'
import { judgeStatementSigner, SIGNER_PROBLEMS, type SignerProblem } from './statement-signer.ts'

/** What contradicts: the signature is over something else, does not hold, or its certificate had been revoked. */
const FAILED: readonly SignerProblem[] = ['other-content', 'signature', 'revoked']

/** What the approvals together do not show, after what is wrong with each. */
const TOGETHER = {
  'approvals-missing': 'too-few',
  'approvers-same-subject': 'same-subject',
  'approvers-same-key': 'same-key',
  'approver-is-sealer': 'is-sealer',
} as const

/**
 * Whether each approval is over this request, made by somebody whom an anchor of role `approver` certifies, and whether two of
 * them are of persons who differ from each other and from whoever sealed.
 */
export function checkApprovals(
  { approvals }: AuthorisationFacts,
  request: RequestFacts,
  context: AuthorisationContext,
): Finding {
  const id = 'authorisation.approvals'
  const at = signerContext(context)
  const evidence: Evidence[] = []
  const exceptions: Exception[] = []
  const people: SigningPerson[] = []
  const found: SignerProblem[] = []
  for (const [index, { approver, cms, failure }] of approvals.entries()) {
    const { problems, certificate, certifiedBy } =
      cms === null
        ? {
            problems: [failure?.code === 'ERR_LIMIT' ? 'limit' : 'malformed'] as const,
            certificate: null,
            certifiedBy: [],
          }
        : judgeStatementSigner(cms, 'approver', AUTHORISATION_SUBJECT, context.trust, at)
    const name = `approval ${index + 1}`
    evidence.push({ name, found: certificate === null ? approver : `${approver} (${certificate.subject.text})` })
    found.push(...problems)
    if (problems.length === 0 && certificate !== null)
      people.push(signingPerson(certificate, context.smallDigest, certifiedBy))
    exceptions.push(
      ...problems.map(
        (reason): Exception => ({
          path: AUTHORISATION,
          at: name,
          value: FAILED.includes(reason) ? 'FAILED' : 'INDETERMINATE',
          reason,
          ...(certificate === null ? {} : { found: certificate.sha256 }),
        }),
      ),
    )
  }
  const unmet = unmetApprovals({ approvers: people, sealers: context.sealers ?? [] })
  const together = unmet.map(({ condition, item }) => {
    const code = TOGETHER[condition as keyof typeof TOGETHER]
    const reason = isExcepted({ condition, item }, request) ? 'excepted' : code
    return { path: AUTHORISATION, at: 'approvals', value: 'INDETERMINATE', reason } as const
  })
  // Nobody can be told apart from a sealer who is not known.
  const unknown = context.sealers === null ? (['sealer-unknown'] as const) : []
  const given = {
    counts: { approvals: approvals.length, hold: people.length },
    evidence,
    ...listed([
      ...exceptions,
      ...together,
      ...unknown.map((reason) => ({ path: AUTHORISATION, at: 'approvals', value: 'INDETERMINATE', reason }) as const),
    ]),
  }
  const failed = FAILED.find((reason) => found.includes(reason))
  if (failed !== undefined) return outcomeFinding(id, `FAILED:${failed}`, AUTHORISATION_SUBJECT, given)
  const reasons: readonly string[] = [
    ...SIGNER_PROBLEMS.filter((reason) => found.includes(reason)),
    ...together.map(({ reason }) => reason).filter((reason) => reason !== 'excepted'),
    ...unknown,
    ...together.map(({ reason }) => reason),
  ]
  const [worst] = reasons
  return outcomeFinding(id, worst === undefined ? 'PASSED' : `INDETERMINATE:${worst}`, AUTHORISATION_SUBJECT, given)
}

function listed(exceptions: readonly Exception[]): { readonly exceptions?: readonly Exception[] } {
  return exceptions.length === 0 ? {} : { exceptions }
}
