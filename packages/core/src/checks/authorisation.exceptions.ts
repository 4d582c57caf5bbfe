import type { RequestFacts } from '../authorisation/authorisation-facts.ts'
import { AUTHORISATION } from '../bundle/layout.ts'
import type { Evidence, Exception, Finding } from '../model/finding.ts'
import { AUTHORISATION_SUBJECT, type AuthorisationContext, signerContext } from './authorisation-finding.ts'
import { outcomeFinding } from './history-finding.ts'
import { judgeStatementSigner, SIGNER_PROBLEMS, type SignerProblem } from './statement-signer.ts'

const FAILED: readonly SignerProblem[] = ['other-content', 'signature', 'revoked']

/**
 * Whether a condition of sharing was set aside, and by whom. One that is signed by somebody whom an anchor of role `approver`
 * certifies is a decision that can be read, and leaves open whether it was right: no answer with an exception is PASSED.
 */
export function checkExceptions(
  { exceptions, exceptionsOmitted }: RequestFacts,
  context: AuthorisationContext,
): Finding {
  const id = 'authorisation.exceptions'
  const count = exceptions.length + exceptionsOmitted
  if (count === 0) return outcomeFinding(id, 'PASSED', AUTHORISATION_SUBJECT, { counts: { exceptions: 0 } })
  const at = signerContext(context)
  const evidence: Evidence[] = []
  const found: SignerProblem[] = []
  const told = exceptions.flatMap(({ condition, item, ground, cms, failure }, index): Exception[] => {
    const { problems, certificate } =
      cms === null
        ? { problems: [failure?.code === 'ERR_LIMIT' ? 'limit' : 'malformed'] as const, certificate: null }
        : judgeStatementSigner(cms, 'approver', AUTHORISATION_SUBJECT, context.trust, at)
    const name = `exception ${index + 1}`
    const what = item === null ? condition : `${condition} item ${item}`
    const by = certificate === null ? '' : ` (${certificate.subject.text})`
    evidence.push({ name, found: `${what}: ${ground}${by}` })
    found.push(...problems)
    const reasons = problems.length === 0 ? (['excepted'] as const) : problems
    return reasons.map((reason) => ({
      path: AUTHORISATION,
      at: item === null ? name : `${name} item ${item}`,
      value: FAILED.some((one) => one === reason) ? 'FAILED' : 'INDETERMINATE',
      reason,
    }))
  })
  const given = {
    counts: { exceptions: count },
    evidence,
    exceptions: told,
    ...(exceptionsOmitted > 0 ? { exceptionsOmitted } : {}),
  }
  const failed = FAILED.find((reason) => found.includes(reason))
  if (failed !== undefined) return outcomeFinding(id, `FAILED:${failed}`, AUTHORISATION_SUBJECT, given)
  const open =
    SIGNER_PROBLEMS.find((reason) => found.includes(reason)) ?? (exceptionsOmitted > 0 ? 'limit' : 'excepted')
  return outcomeFinding(id, `INDETERMINATE:${open}`, AUTHORISATION_SUBJECT, given)
}
