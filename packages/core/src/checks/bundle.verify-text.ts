import { VERIFY_TEXT_FILE } from '../bundle/layout.ts'
import type { RecordFacts } from '../bundle/record-facts.ts'
import { PUBLISHED_VERIFY_TEXTS } from '../bundle/verify-text.ts'
import type { Finding } from '../model/finding.ts'
import { makeFinding } from './finding.ts'

const REASONS = { absent: 'missing', unreadable: 'unreadable', limit: 'limit' } as const

/**
 * Whether VERIFY.txt is a text that was published for the format version. Another text may be harmless or may be
 * commands that always say yes: nobody should run it, and it proves nothing about the rest.
 */
export function checkVerifyText(facts: RecordFacts): Finding {
  const subject = { kind: 'tag-file', name: VERIFY_TEXT_FILE } as const
  const { state, sha256, published } = facts.verifyText
  if (state !== 'read') {
    const evidence = state === 'absent' ? [{ name: 'file', missing: VERIFY_TEXT_FILE }] : []
    return makeFinding('bundle.verify-text', 'INDETERMINATE', { reason: REASONS[state], subject, evidence })
  }
  const known = PUBLISHED_VERIFY_TEXTS.get(facts.format ?? '')?.join(' ') ?? ''
  const evidence = [{ name: 'sha256', expected: known, found: sha256 ?? '' }]
  return published
    ? makeFinding('bundle.verify-text', 'PASSED', { subject, evidence: [{ name: 'sha256', found: sha256 ?? '' }] })
    : makeFinding('bundle.verify-text', 'INDETERMINATE', { reason: 'not-published', subject, evidence })
}
