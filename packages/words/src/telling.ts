import type { Finding, Report } from '@probatum/core'
import { ENGLISH } from './en/index.ts'
import type { Messages } from './messages.ts'
import { retold, type Telling } from './sentences.ts'
import { isListSealed, isSealIntact, nextOf } from './verdict.ts'

/** Whether what a finding compares with was sealed: the tag manifest by a seal that holds, the lists by the tag manifest. */
export function tellingOf(report: Report, { id }: Pick<Finding, 'id'>): Telling {
  const { bytes, completeness } = report.body.assessment.axes
  const alone = isAlone(report) && !id.startsWith('document.')
  const certificate = report.body.subject.kind === 'certificate'
  const sealed = id.startsWith('tag.') ? isSealIntact(report) : isListSealed(report)
  const unchanged = bytes.value === 'PASSED' && completeness.value === 'PASSED' && isListSealed(report)
  return { sealed, alone, certificate, unchanged }
}

/** Whether the report is about a file by itself, and not about a bundle or bag. */
export function isAlone({ body }: Report): boolean {
  return body.subject.kind !== 'bundle' && body.subject.kind !== 'bag'
}

/** What stands at the end of a report: what to do next, and what it does not mean. */
export function adviceOf(
  report: Report,
  messages: Messages = ENGLISH,
): { readonly next: string; readonly doesNotMean: string } {
  const { next, doesNotMean, doesNotMeanCertificate } = messages.verdict
  return {
    next: retold(next[nextOf(report)], { alone: isAlone(report) }, messages),
    doesNotMean: report.body.subject.kind === 'certificate' ? doesNotMeanCertificate : doesNotMean,
  }
}
