import type { Finding, Report } from '@probatum/core'
import { ENGLISH } from './en/index.ts'
import type { Messages } from './messages.ts'
import { retold, type Telling } from './sentences.ts'
import { isListSealed, isSealIntact, nextOf } from './verdict.ts'

/** Whether what a finding compares with was sealed: the tag manifest by a seal that holds, the lists by the tag manifest. */
export function tellingOf(report: Report, { id }: Pick<Finding, 'id'>): Telling {
  const { bytes, completeness } = report.body.assessment.axes
  const { isIntact, isListed } = sealOf(report)
  const alone = isAlone(report) && !id.startsWith('document.')
  const certificate = report.body.subject.kind === 'certificate'
  const sealed = id.startsWith('tag.') ? isIntact : isListed
  const unchanged = bytes.value === 'PASSED' && completeness.value === 'PASSED' && isListed
  return { sealed, alone, certificate, unchanged }
}

interface SealSaid {
  readonly isIntact: boolean
  readonly isListed: boolean
}

const seals = new WeakMap<Report['body']['findings'], SealSaid>()

/** All findings tell it, and it is asked once for each of them. */
function sealOf(report: Report): SealSaid {
  const { findings } = report.body
  const known = seals.get(findings)
  if (known !== undefined) return known
  const said = { isIntact: isSealIntact(report), isListed: isListSealed(report) }
  seals.set(findings, said)
  return said
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
