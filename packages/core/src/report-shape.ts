import { CONTAINER, FACTS_KIND } from './facts-shapes/facts-shape.ts'
import { anyText, codes, count, sha256, textOrNull, time } from './facts-shapes/parts.ts'
import { exactly, flag, integer, listOf, noteProblem, object, orNull, type Shape, text } from './json/shape.ts'
import { isJsonObject } from './json/value.ts'
import { type Assessment, type AxisAssessment, assess, type Indication } from './model/assess.ts'
import {
  AXES,
  type Axis,
  type Evidence,
  type Exception,
  type Finding,
  type FindingValue,
  type SpecRef,
  type SubIndication,
  type Subject,
} from './model/finding.ts'
import type { Report, ReportBody, ReportInputs, ReportSubject, SignatureSummary } from './model/report.ts'

/** Of another version: its ids and reasons may be ones that are not known here. */
const FINDING_ID = text({ pattern: /^[a-z]+\.[a-z-]+$/, expected: 'id of a finding' }) as Shape<Finding['id']>
const REASON = text({ pattern: /^[A-Za-z0-9_-]+$/, expected: 'code' })
const AXIS = codes<Axis>({
  bytes: true,
  completeness: true,
  signer: true,
  time: true,
  custody: true,
  log: true,
  disclosure: true,
  authorisation: true,
})
const SUB_INDICATION = codes<SubIndication>({
  FORMAT_FAILURE: true,
  HASH_FAILURE: true,
  SIG_CRYPTO_FAILURE: true,
  REVOKED: true,
  EXPIRED: true,
  NOT_YET_VALID: true,
  SIG_CONSTRAINTS_FAILURE: true,
  CHAIN_CONSTRAINTS_FAILURE: true,
  CERTIFICATE_CHAIN_GENERAL_FAILURE: true,
  CRYPTO_CONSTRAINTS_FAILURE: true,
  CRYPTO_CONSTRAINTS_FAILURE_NO_POE: true,
  NO_SIGNING_CERTIFICATE_FOUND: true,
  NO_CERTIFICATE_CHAIN_FOUND: true,
  OUT_OF_BOUNDS_NO_POE: true,
  OUT_OF_BOUNDS_NOT_REVOKED: true,
  REVOKED_NO_POE: true,
  REVOKED_CA_NO_POE: true,
  TIMESTAMP_ORDER_FAILURE: true,
  SIGNED_DATA_NOT_FOUND: true,
  NO_POE: true,
  TRY_LATER: true,
  POLICY_PROCESSING_ERROR: true,
})

/** Names are chosen by the check. */
const COUNTS: Shape<Readonly<Record<string, number>>> = (value, member, report) => {
  if (!isJsonObject(value)) {
    noteProblem(report, { member, expected: 'counts', found: typeof value })
    return undefined
  }
  const read = Object.entries(value).map(([name, found]) => [name, count(found, `${member}.${name}`, report)] as const)
  return Object.fromEntries(read.flatMap(([name, number]) => (number === undefined ? [] : [[name, number]])))
}

const EXCEPTION = object<Exception>(
  {
    path: anyText,
    at: anyText,
    value: codes<Exception['value']>({ FAILED: true, INDETERMINATE: true, 'NOT-CHECKED': true, WITHHELD: true }),
    reason: REASON,
    expected: anyText,
    found: anyText,
    diagnosis: object<NonNullable<Exception['diagnosis']>>({ id: anyText, at: count, path: anyText }, ['at', 'path']),
  },
  ['at', 'expected', 'found', 'diagnosis'],
)

const FINDING = object<Finding>(
  {
    id: FINDING_ID,
    axis: AXIS,
    value: codes<FindingValue>({
      PASSED: true,
      FAILED: true,
      INDETERMINATE: true,
      'NOT-CHECKED': true,
      WITHHELD: true,
    }),
    subject: object<Subject>(
      {
        kind: codes<Subject['kind']>({
          bundle: true,
          bag: true,
          manifest: true,
          'tag-file': true,
          payload: true,
          record: true,
          signature: true,
          timestamp: true,
          certificate: true,
          document: true,
          'evidence-record': true,
          'trust-set': true,
          log: true,
          disclosures: true,
          notice: true,
        }),
        name: anyText,
        at: anyText,
      },
      ['at'],
    ),
    reason: REASON,
    evidence: listOf(
      object<Evidence>({ name: anyText, expected: anyText, found: anyText, missing: anyText }, [
        'expected',
        'found',
        'missing',
      ]),
    ),
    spec: object<SpecRef>({ document: anyText, section: anyText }),
    subIndication: SUB_INDICATION,
    counts: COUNTS,
    exceptions: listOf(EXCEPTION),
    exceptionsOmitted: count,
    role: exactly('candidate-path'),
    alternative: object<NonNullable<Finding['alternative']>>({ group: anyText, member: anyText }),
  },
  ['reason', 'subIndication', 'counts', 'exceptions', 'exceptionsOmitted', 'role', 'alternative'],
)

const AXIS_ASSESSMENT = object<AxisAssessment>({
  value: codes<AxisAssessment['value']>({ PASSED: true, FAILED: true, INDETERMINATE: true, 'NOT-CHECKED': true }),
  required: flag,
  decisive: listOf(count),
  counts: object<AxisAssessment['counts']>({
    PASSED: count,
    FAILED: count,
    INDETERMINATE: count,
    'NOT-CHECKED': count,
    WITHHELD: count,
  }),
})

const ASSESSMENT = object<Assessment>(
  {
    indication: codes<Indication>({ 'TOTAL-PASSED': true, 'TOTAL-FAILED': true, INDETERMINATE: true }),
    axes: object<Assessment['axes']>({
      bytes: AXIS_ASSESSMENT,
      completeness: AXIS_ASSESSMENT,
      signer: AXIS_ASSESSMENT,
      time: AXIS_ASSESSMENT,
      custody: AXIS_ASSESSMENT,
      log: AXIS_ASSESSMENT,
      disclosure: AXIS_ASSESSMENT,
      authorisation: AXIS_ASSESSMENT,
    }),
    subIndication: SUB_INDICATION,
  },
  ['subIndication'],
)

const SUBJECT = object<ReportSubject>({
  kind: FACTS_KIND,
  bundleId: orNull(sha256),
  sealIds: listOf(object<ReportSubject['sealIds'][number]>({ file: anyText, sha256 })),
  externalIdentifier: textOrNull,
  format: anyText,
  issuer: textOrNull,
  recipient: textOrNull,
  sample: flag,
  payloadFiles: count,
  payloadBytes: count,
})

const DIGESTS: Shape<ReportInputs['digests']> = (value, member, report) =>
  value === 'all' ? value : listOf(anyText)(value, member, report)

const INPUTS = object<ReportInputs>({
  digests: DIGESTS,
  part: flag,
  names: flag,
  setCode: codes<ReportInputs['setCode']>({ confirmed: true, 'not-confirmed': true }),
  files: listOf(object<ReportInputs['files'][number]>({ kind: anyText, sha256 })),
  recipient: textOrNull,
})

const SIGNATURE = object<SignatureSummary>({
  file: anyText,
  signer: orNull(object<NonNullable<SignatureSummary['signer']>>({ subject: anyText, sha256 })),
  claimedTime: textOrNull,
  bestSignatureTime: orNull(time),
  timestamps: listOf(
    object<SignatureSummary['timestamps'][number]>({
      file: anyText,
      authority: textOrNull,
      genTime: textOrNull,
      accuracy: textOrNull,
    }),
  ),
})

const BODY = object<ReportBody>({
  report: exactly('probatum/report/1-draft'),
  engine: object<ReportBody['engine']>({ name: exactly('probatum'), version: anyText }),
  content: object<ReportBody['content']>({ sha256, files: count, bytes: count }),
  inventory: object<ReportBody['inventory']>({ sha256, lines: count }),
  subject: SUBJECT,
  inputs: INPUTS,
  policy: object<ReportBody['policy']>({ id: anyText, sha256 }),
  trustSet: orNull(
    object<NonNullable<ReportBody['trustSet']>>({
      sha256,
      issuer: anyText,
      number: integer(1),
      date: anyText,
      reviewBy: anyText,
      sample: flag,
    }),
  ),
  validationTime: time,
  bestSignatureTime: orNull(time),
  signatures: listOf(SIGNATURE),
  findings: listOf(FINDING),
  assessment: ASSESSMENT,
})

/**
 * Whether the whole is the one that its axes give, and these are what their findings add up to: a report of which that is not so
 * was altered, with its digests. The policy is not here: which findings it lets go unchecked or withheld is left open.
 */
export function doesVerdictFollow({ findings, assessment: { axes, indication } }: ReportBody): boolean {
  const all = AXES.map((axis) => axes[axis])
  const isFailed = all.some(({ value }) => value === 'FAILED')
  const required = all.filter((axis) => axis.required)
  const isPassed = !isFailed && required.length > 0 && required.every(({ value }) => value === 'PASSED')
  if (indication !== (isFailed ? 'TOTAL-FAILED' : isPassed ? 'TOTAL-PASSED' : 'INDETERMINATE')) return false
  const requiredAxes = AXES.filter((axis) => axes[axis].required)
  const ids = [...new Set(findings.map(({ id }) => id))]
  const [lenient, strict] = [ids, []].map((some) =>
    assess(findings, { requiredAxes, mayBeNotChecked: some, mayBeWithheld: some }),
  )
  return AXES.every((axis) => {
    const { value, decisive, counts } = axes[axis]
    const possible = [lenient, strict].map((one) => one?.axes[axis])
    if (!possible.some((one) => one?.value === value)) return false
    const isCounted = Object.entries(counts).every(
      ([of, count]) => possible[0]?.counts[of as Finding['value']] === count,
    )
    return isCounted && decisive.every((index) => findings[index]?.axis === axis)
  })
}

export const REPORT: Shape<Report> = object<Report>({
  body: BODY,
  envelope: object<Report['envelope']>(
    {
      container: CONTAINER,
      digests: object<Report['envelope']['digests']>({ facts: sha256, findings: sha256, whole: sha256 }),
      savedFacts: exactly(true),
    },
    ['savedFacts'],
  ),
})
