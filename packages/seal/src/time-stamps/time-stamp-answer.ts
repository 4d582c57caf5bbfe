import {
  compareInstants,
  DEFAULT_POLICY_ID,
  type Finding,
  type FindingId,
  formatInstant,
  type Instant,
  type Judgement,
  ParseError,
  PLAIN_INPUTS,
  parseCertificate,
  parseInstant,
  parseTimeStampFile,
  SHIPPED_POLICIES,
  type SignaturePorts,
  serializePolicy,
  type TimestampAnswer,
  timestampVerifier,
  toHex,
} from '@probatum/core'
import { digestOf } from '../digest.ts'
import { TimeStampError, type TimeStampErrorReason, type TimeStampProblem } from './time-stamp-error.ts'
import type { MessageImprint } from './time-stamp-token.ts'

/** What an answer has to fit. */
export interface ExpectedAnswer {
  readonly imprint: MessageImprint
  /** Unsigned big-endian octets, as they were sent; null when the request is not at hand. */
  readonly nonce: Uint8Array | null
  /** Dotted; null when none was asked for. */
  readonly policy: string | null
  /** Our own clock. */
  readonly now: Instant
  /** Seconds by which the two clocks may differ. */
  readonly toleranceSeconds: number
  /** Whether the token was made just now. One that was fetched on another day is only not from the future. */
  readonly isFresh: boolean
}

/** An answer that holds, but for the path to an anchor: whom to believe is each recipient's own decision. */
export interface AcceptedAnswer {
  /** RFC 4514, of the certificate that signed. */
  readonly subject: string
  /** RFC 4514: the highest issuer that the token's certificates name, most often the root. A hint, proved by nothing. */
  readonly topIssuer: string
  /** RFC 3339. */
  readonly genTime: string
  readonly policy: string
  /** TimeStampResp of status grantedWithMods: RFC 3161 §2.4.2 leaves open what was modified; everything asked for is there. */
  readonly isModified: boolean
}

/**
 * Findings that have to hold without any anchor, and what it is called when one does not. Not among them: path, revocation,
 * believed and threshold, which need the recipient's own trust set.
 */
const NEEDED: Readonly<Partial<Record<FindingId, TimeStampErrorReason>>> = {
  'timestamp.structure': 'unreadable',
  'timestamp.status': 'refused',
  'timestamp.message-imprint': 'other-imprint',
  'timestamp.signer-info': 'signers',
  'timestamp.extensions': 'extension',
  'timestamp.gen-time': 'other-time',
  'timestamp.signed-attributes': 'signed-attributes',
  'timestamp.content-type': 'signed-attributes',
  'timestamp.message-digest': 'signed-attributes',
  'timestamp.algorithm': 'algorithm',
  'timestamp.signing-certificate': 'signed-attributes',
  'timestamp.signature': 'signature',
  'timestamp.tsa-name': 'tsa-name',
  'timestamp.extended-key-usage': 'extended-key-usage',
  'timestamp.key-usage': 'key-usage',
  'timestamp.validity': 'validity',
}

/**
 * Judges a TimeStampResp or bare token as its recipients will (RFC 3161 §2.4.2, by the checks of core), and what only the
 * requester can compare: nonce, policy, and the time against our own clock.
 * @throws {TimeStampError} with every problem that was found
 */
export async function requireTimeStampAnswer(
  bytes: Uint8Array,
  expected: ExpectedAnswer,
  ports: SignaturePorts,
): Promise<AcceptedAnswer> {
  const judged = await judgeAnswer(bytes, expected, ports)
  const { token, findings, summary } = judged
  const { tstInfo } = token
  const status = statusText(bytes)
  if (token.form === 'response' && tstInfo === null && token.failure === null)
    throw token.status === 0 || token.status === 1
      ? new TimeStampError('no-token', status)
      : new TimeStampError('refused', status)
  const problems: TimeStampProblem[] = [...problemsOf(findings), ...ownProblems(judged, expected)]
  const [first] = problems
  if (first !== undefined) throw new TimeStampError(first.reason, first.detail, { problems })
  if (tstInfo === null || summary.timestamps[0]?.authority == null)
    throw new TimeStampError('unreadable', 'no TSTInfo, or no certificate')
  const subject = summary.timestamps[0].authority
  const topIssuer = topIssuerOf(bytes, subject)
  return { subject, topIssuer, genTime: tstInfo.genTime, policy: tstInfo.policy, isModified: token.status === 1 }
}

/** Up from the signer's certificate through those that the token brings, by their names alone. */
function topIssuerOf(bytes: Uint8Array, signer: string): string {
  const issuers = new Map<string, string>()
  for (const { kind, der } of parseTimeStampFile(bytes).token?.certificates ?? []) {
    if (kind !== 'certificate') continue
    try {
      const { subject, issuer } = parseCertificate(der)
      issuers.set(subject.text, issuer.text)
    } catch (error) {
      // Of a certificate that no path needs; the signer's was read before.
      if (!(error instanceof ParseError)) throw error
    }
  }
  let top = signer
  // A name that was passed is not passed again: names may lead in a circle.
  for (let next = issuers.get(top); next !== undefined; next = issuers.get(top)) {
    issuers.delete(top)
    top = next
  }
  return top
}

async function judgeAnswer(
  bytes: Uint8Array,
  { imprint, now, toleranceSeconds }: ExpectedAnswer,
  ports: SignaturePorts,
): Promise<TimestampAnswer> {
  const policy = SHIPPED_POLICIES.find(({ id }) => id === DEFAULT_POLICY_ID)
  if (policy === undefined) throw new RangeError('no default policy')
  const judgement: Judgement = {
    policy,
    policySha256: toHex(digestOf('sha256', serializePolicy(policy))),
    trustSet: null,
    validationTime: laterBy(now, toleranceSeconds),
    inputs: PLAIN_INPUTS,
  }
  const verify = timestampVerifier(judgement, ports)
  try {
    return await verify(bytes, async (algorithm) => (algorithm === imprint.algorithm ? toHex(imprint.digest) : null))
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new TimeStampError('unreadable', error.message, { cause: error })
  }
}

function problemsOf(findings: readonly Finding[]): TimeStampProblem[] {
  const counted = findings.filter(({ role }) => role !== 'candidate-path')
  const problems = counted.flatMap((finding): TimeStampProblem[] => {
    const needed = NEEDED[finding.id]
    if (finding.value === 'PASSED' || (needed === undefined && finding.value !== 'FAILED')) return []
    const reason = finding.reason === 'certificate-missing' ? 'no-certificate' : (needed ?? 'contradiction')
    return [{ reason, detail: sayPlainly(finding) }]
  })
  const absent = (Object.keys(NEEDED) as FindingId[]).filter((id) => !counted.some((finding) => finding.id === id))
  // A check that was not made never counts as one that holds.
  return [
    ...problems,
    ...(problems.length > 0
      ? []
      : absent.map((id) => ({ reason: NEEDED[id] ?? 'contradiction', detail: `${id} absent` }))),
  ]
}

function sayPlainly({ id, value, reason, evidence }: Finding): string {
  const said = evidence.map(({ name, expected, found, missing }) =>
    [
      name,
      expected === undefined ? '' : `expected ${expected}`,
      found ?? (missing === undefined ? '' : `missing ${missing}`),
    ]
      .filter((part) => part !== '')
      .join(' '),
  )
  return [`${id} ${value}${reason === undefined ? '' : `:${reason}`}`, ...said].join('; ')
}

/** What nobody but the requester can compare. */
function ownProblems(
  { token: { tstInfo } }: TimestampAnswer,
  { nonce, policy, now, toleranceSeconds, isFresh }: ExpectedAnswer,
): TimeStampProblem[] {
  if (tstInfo === null) return []
  const problems: TimeStampProblem[] = []
  if (nonce !== null && (tstInfo.nonce === null || !isSameInteger(tstInfo.nonce, toHex(nonce))))
    problems.push({
      reason: 'other-nonce',
      detail: tstInfo.nonce === null ? 'none' : `expected ${toHex(nonce)}, found ${tstInfo.nonce}`,
    })
  if (policy !== null && tstInfo.policy !== policy)
    problems.push({ reason: 'other-policy', detail: `expected ${policy}, found ${tstInfo.policy}` })
  const genTime = parseInstant(tstInfo.genTime)
  const earliest = laterBy(now, -toleranceSeconds)
  if (isFresh && genTime !== undefined && compareInstants(genTime, earliest) < 0)
    problems.push({
      reason: 'other-time',
      detail: `${tstInfo.genTime} is more than ${toleranceSeconds} s before this computer’s ${formatInstant(now)}`,
    })
  return problems
}

/** Content octets of two INTEGERs, hex: DER may put a zero octet before. */
function isSameInteger(a: string, b: string): boolean {
  const bare = (hex: string) => hex.replace(/^(?:00)+(?=..)/, '')
  return bare(a) === bare(b)
}

function laterBy({ epochSeconds, fraction }: Instant, seconds: number): Instant {
  return { epochSeconds: epochSeconds + seconds, fraction }
}

/** The authority's own words. */
function statusText(bytes: Uint8Array): string {
  try {
    const { statusInfo } = parseTimeStampFile(bytes)
    if (statusInfo === null) return 'a bare token'
    return [`status ${statusInfo.status}`, ...statusInfo.failInfo, ...statusInfo.statusString].join(', ')
  } catch (error) {
    if (error instanceof ParseError) return error.message
    throw error
  }
}
