import {
  AXES,
  type Facts,
  type FactsFile,
  type Finding,
  type InventoryLine,
  type Policy,
  type Report,
  type TrustSet,
} from '@probatum/core'
import type { Tone } from '../document.ts'
import type { Messages } from '../messages.ts'
import { isListSealed, isToHeed } from '../verdict.ts'
import type { CertificateRequest, ListMode, Maker, Recorded } from './input.ts'
import type { LabelKey } from './writer.ts'

/** What every part of the document is written from. */
export interface Context {
  readonly report: Report
  readonly facts: Facts
  readonly container: FactsFile['container']
  readonly inventory: Iterable<InventoryLine>
  /** Evidence files that are as listed: what was compared with nothing is none of them. */
  readonly matched: number
  readonly policy: Policy
  readonly trustSet: TrustSet | null
  readonly messages: Messages
  readonly recorded: Recorded
  readonly names: CertificateRequest['names']
  readonly maker: Maker
  /** SHA-256 of the sources of what made a certificate, hex; null in a document that is no certificate. */
  readonly build: string | null
  readonly list: ListMode
  /** `+06:30`; null: times in UTC alone. */
  readonly utcOffset: string | null
  /** By digest. */
  readonly labels: ReadonlyMap<string, string>
  /** Null in a report, which has no attachments. */
  readonly certificateId: string | null
}

/** A value as a family that is shown by word, sign and tone. */
function toneOfValue(value: string): Tone {
  if (value === 'PASSED') return 'match'
  if (value === 'FAILED') return 'mismatch'
  return value === 'NOT-CHECKED' ? 'not-checked' : 'undecided'
}

export const VALUE_LABELS: Readonly<Record<string, LabelKey>> = {
  PASSED: 'valuePassed',
  FAILED: 'valueFailed',
  INDETERMINATE: 'valueUndecided',
  'NOT-CHECKED': 'valueNotChecked',
  WITHHELD: 'valueWithheld',
}

/** The word of a finding: what is to be heeded is said for certain, whatever the policy makes of it. */
export function valueLabel(finding: Finding): LabelKey {
  return isToHeed(finding) ? 'valueToHeed' : (VALUE_LABELS[finding.value] ?? 'none')
}

/** How each of the three answers stands out. */
export function answerTones(report: Report): readonly [Tone, Tone, Tone] {
  const { axes } = report.body.assessment
  const both = [axes.bytes.value, axes.completeness.value]
  const isListShown = isListSealed(report) || report.body.signatures.length === 0
  const unchanged = both.includes('FAILED')
    ? 'mismatch'
    : both.every((value) => value === 'PASSED') && isListShown
      ? 'match'
      : 'undecided'
  // The time is that of the seal: it is no answer about files that the seal is not shown to be over.
  const since = axes.time.value === 'PASSED' && !isListSealed(report) ? 'undecided' : toneOfValue(axes.time.value)
  return [unchanged, toneOfValue(axes.signer.value), since]
}

export function toneOfWhole({ body }: Report): Tone {
  const { indication } = body.assessment
  return indication === 'TOTAL-PASSED' ? 'match' : indication === 'TOTAL-FAILED' ? 'mismatch' : 'undecided'
}

/** Digests under which evidence files were compared, strong ones and those that the policy gave up by the time of the check. */
export function comparedDigests({ facts, policy, report }: Context): { counted: string[]; ended: string[] } {
  const counted: string[] = []
  const ended: string[] = []
  const day = report.body.validationTime.slice(0, 10)
  for (const { kind, algorithm, asked, state } of facts.bag?.manifests ?? []) {
    if (kind !== 'payload' || algorithm === null || !asked || state !== 'read') continue
    const row = policy.algorithms.digests[algorithm]
    const counts = row !== undefined && (row.until === undefined || day < row.until)
    const list = counts ? counted : ended
    if (!list.includes(nameOfDigest(algorithm))) list.push(nameOfDigest(algorithm))
  }
  return { counted, ended }
}

/** As standards write it: `SHA-256`, `SHA3-256`, `MD5`. */
export function nameOfDigest(algorithm: string): string {
  const match = /^(md|sha3-|sha|shake)(\d+)$/.exec(algorithm)
  if (match === null) return algorithm
  const [, family = '', bits = ''] = match
  return family === 'sha' ? `SHA-${bits}` : `${family.toUpperCase()}${bits}`
}

export const AXIS_ORDER = AXES
