import { canonicalise, canonicalText } from '../json/canonicalise.ts'
import { toHex } from '../model/bytes.ts'
import type { Finding } from '../model/finding.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { Report } from '../model/report.ts'
import { doesVerdictFollow } from '../report-shape.ts'

/** What a report's body follows from. */
export const REPORT_INPUTS = ['content', 'policy', 'trust-set', 'validation-time', 'engine', 'inputs'] as const

/** One of REPORT_INPUTS. */
export type ReportInputName = (typeof REPORT_INPUTS)[number]

/** What differs between two reports, inputs before findings. */
export interface ReportComparison {
  /**
   * `same-report`: the bodies are the same bytes. `same-facts`: both saw the same evidence and judged it under other
   * inputs. `other-facts`: they saw different things. `unexplained`: nothing that a body follows from differs, and the
   * bodies do, or they state one digest of facts over different content: one of them was altered, or a program has a defect.
   */
  readonly outcome: 'same-report' | 'same-facts' | 'other-facts' | 'unexplained'
  readonly facts: readonly [string, string]
  /** Inputs that differ, with both values. */
  readonly inputs: readonly { readonly input: ReportInputName; readonly a: string; readonly b: string }[]
  /** Findings that differ: by id and subject, what each says; null where one has none. */
  readonly findings: readonly FindingDifference[]
  readonly indications: readonly [string, string]
  /** Reports whose findings have not the digest that their envelope states, or do not give their verdict. */
  readonly altered: readonly ('a' | 'b')[]
}

/** One finding as either report has it. */
export interface FindingDifference {
  readonly id: string
  /** Kind and name of the subject. */
  readonly subject: string
  /** `FAILED:mismatch` */
  readonly a: string | null
  readonly b: string | null
}

/** Compares two reports: the digests of the facts first, then which input differs, then what was found otherwise. */
export function compareReports(a: Report, b: Report, digest: SmallDigest): ReportComparison {
  const inputs = REPORT_INPUTS.flatMap((input) => {
    const [one, other] = [inputOf(a, input), inputOf(b, input)]
    return one === other ? [] : [{ input, a: one, b: other }]
  })
  const facts = [a.envelope.digests.facts, b.envelope.digests.facts] as const
  const altered = (['a', 'b'] as const).filter((side) => {
    const { body, envelope } = side === 'a' ? a : b
    return (
      !doesVerdictFollow(body) || toHex(digest('sha256', canonicalise(body.findings))) !== envelope.digests.findings
    )
  })
  return {
    outcome: outcomeOf(a, b, facts, inputs),
    facts,
    inputs,
    findings: differences(a.body.findings, b.body.findings),
    indications: [a.body.assessment.indication, b.body.assessment.indication],
    altered,
  }
}

function outcomeOf(
  a: Report,
  b: Report,
  [one, other]: readonly [string, string],
  inputs: readonly { readonly input: ReportInputName }[],
): ReportComparison['outcome'] {
  const isSameBody = canonicalText(a.body) === canonicalText(b.body)
  if (isSameBody) return one === other ? 'same-report' : 'unexplained'
  if (inputs.length === 0) return 'unexplained'
  // The content stands in the facts: over two contents their digest, which is a report's own word, cannot be one.
  if (one === other && inputs.some(({ input }) => input === 'content')) return 'unexplained'
  return one === other ? 'same-facts' : 'other-facts'
}

function inputOf({ body }: Report, input: ReportInputName): string {
  switch (input) {
    case 'content':
      return body.content.sha256
    case 'policy':
      return `${body.policy.id} ${body.policy.sha256}`
    case 'trust-set':
      return body.trustSet === null ? 'none' : body.trustSet.sha256
    case 'validation-time':
      return body.validationTime
    case 'engine':
      return `${body.engine.name} ${body.engine.version}`
    case 'inputs':
      return canonicalText(body.inputs)
  }
}

function differences(a: readonly Finding[], b: readonly Finding[]): FindingDifference[] {
  const [one, other] = [said(a), said(b)]
  const keys = [...new Set([...one.keys(), ...other.keys()])]
  return keys.flatMap((key) => {
    const [first = null, second = null] = [one.get(key), other.get(key)]
    const [id = '', subject = ''] = key.split('\n')
    return first === second ? [] : [{ id, subject, a: first, b: second }]
  })
}

function said(findings: readonly Finding[]): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  for (const { id, subject, value, reason } of findings) {
    const key = `${id}\n${subject.kind} ${subject.name}${subject.at === undefined ? '' : ` ${subject.at}`}`
    const says = reason === undefined ? value : `${value}:${reason}`
    const before = map.get(key)
    map.set(key, before === undefined ? says : `${before}, ${says}`)
  }
  return map
}
