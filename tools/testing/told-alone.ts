import { CATALOGUE, type Finding, type FindingId, type FindingValue } from '@probatum/core'
import { type Messages, questionOf, sayFinding, sayMissing, type Telling } from '@probatum/words'

const ROWS: readonly { readonly id: FindingId; readonly outcomes?: readonly string[] }[] = CATALOGUE
/** Checks that a signature or a time-stamp alone can have. */
const CHECKS = /^(?:signature|signer|timestamp|trust)\.(?!declared)/
/** What can be missing, whatever it is missing for. */
const MISSING = ['trust-set', 'signing-certificate', 'issuer-certificate', 'time-stamp', 'renewal', 'other']

/** A signature or time-stamp that is judged by itself. */
export const ALONE: Telling = { sealed: true, alone: true }

/** Everything that is said of each outcome of these checks: `id outcome`, and the text. */
export function toldAlone(
  messages: Messages,
  telling = ALONE,
  checks = CHECKS,
): (readonly [where: string, text: string])[] {
  return ROWS.filter(({ id }) => checks.test(id)).flatMap(({ id, outcomes = [] }) =>
    outcomes.flatMap((outcome) => {
      const [value, reason] = outcome.split(':')
      const finding: Finding = {
        id,
        axis: 'signer',
        value: value as FindingValue,
        subject: { kind: 'signature', name: 'a' },
        evidence: [],
        spec: { document: '', section: '' },
        ...(reason === undefined ? {} : { reason }),
      }
      const { say, todo = '' } = sayFinding(finding, messages, telling)
      return [say, todo, questionOf(finding, messages, telling)].map((text) => [`${id} ${outcome}`, text] as const)
    }),
  )
}

/** Everything that is said of what is missing. */
export function missingAlone(messages: Messages): string[] {
  return MISSING.flatMap((name) => Object.values(sayMissing(name, messages, ALONE)))
}
