import type { Finding, Report } from '@probatum/core'
import type { Telling } from './sentences.ts'
import { isListSealed, isSealIntact } from './verdict.ts'

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
