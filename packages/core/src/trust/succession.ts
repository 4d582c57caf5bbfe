import { establishSignatureFacts } from '../establish-alone.ts'
import { canonicalise } from '../json/canonicalise.ts'
import { toHex } from '../model/bytes.ts'
import type { Finding } from '../model/finding.ts'
import { formatInstant, type Instant } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import type { Ports } from '../model/ports.ts'
import { PLAIN_INPUTS } from '../model/report.ts'
import type { TrustSet } from '../model/trust-set.ts'
import { judge } from '../verify.ts'

/**
 * What is signed to say that one set follows another: canonical JSON, made from the two sets alone, so that whoever has
 * them makes it again and no third file is believed.
 */
export interface SuccessionStatement {
  readonly statement: 'probatum/trust-set-succession/1-draft'
  /** SHA-256 of the file, hex. */
  readonly last: { readonly number: number; readonly sha256: string }
  readonly next: { readonly number: number; readonly sha256: string }
}

/** Ways in which a set cannot be the next one, whoever signs: what it says itself contradicts it. */
export type SuccessionProblem = 'number' | 'issuer' | 'date' | 'sample'

/** What of the two sets contradicts that one is the next after the other; in this order. */
export function successionProblems(last: TrustSet, next: TrustSet): SuccessionProblem[] {
  const problems: SuccessionProblem[] = []
  // Exactly the next: nobody leaves out a set in between that ended an anchor.
  if (next.file.number !== last.file.number + 1) problems.push('number')
  if (next.file.issuer !== last.file.issuer) problems.push('issuer')
  if (next.file.date < last.file.date) problems.push('date')
  // A demonstration never vouches for anything real, and nothing real becomes one.
  if ((next.file.sample ?? false) !== (last.file.sample ?? false)) problems.push('sample')
  return problems
}

/** The bytes that are signed. */
export function successionStatement(last: TrustSet, next: TrustSet): Uint8Array {
  const statement: SuccessionStatement = {
    statement: 'probatum/trust-set-succession/1-draft',
    last: { number: last.file.number, sha256: last.sha256 },
    next: { number: next.file.number, sha256: next.sha256 },
  }
  return canonicalise(statement)
}

/** Whether one set follows another. */
export interface SuccessionQuestion {
  readonly last: TrustSet
  readonly next: TrustSet
  /** CMS over the statement, detached. */
  readonly signature: Uint8Array
  /** Certificates and anchors are judged as of this time: nothing proves when the statement was signed. */
  readonly time: Instant
  /** For the strength of algorithms, the search for paths, and revocation. */
  readonly policy: Policy
  /** SHA-256 of the policy's file, hex. */
  readonly policySha256: string
}

/** Whether the next set was signed by whom the last one names for that. */
export interface SuccessionAnswer {
  /** FAILED: the sets or the signature contradict it. INDETERMINATE: nobody whom the last set names for it is shown to have signed. */
  readonly value: 'PASSED' | 'FAILED' | 'INDETERMINATE'
  readonly problems: readonly SuccessionProblem[]
  /** The last set has no anchor of the role `trust-set`: no signature can ever follow from it. */
  readonly hasSuccessor: boolean
  readonly signer: { readonly subject: string; readonly sha256: string } | null
  readonly time: string
  /** About the signature: `signature.*` and `signer.*`. */
  readonly findings: readonly Finding[]
}

/**
 * Whether somebody whom the last set names for it signed that `next` is the set after `last`. The next set's own anchors
 * are not asked: a set is never trusted by itself. Throws ParseError when the file is no signature at all.
 */
export async function verifySuccession(
  question: SuccessionQuestion,
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<SuccessionAnswer> {
  const { last, next, signature, time, policy, policySha256 } = question
  const statement = successionStatement(last, next)
  const digest: Parameters<typeof establishSignatureFacts>[1] = {
    digest: async (algorithm) => toHex(ports.smallDigest(algorithm, statement)),
    bytes: statement,
  }
  const facts = await establishSignatureFacts({ name: 'succession', bytes: signature }, digest, ports)
  // The anchors for this purpose, and no others, are the ones that the signature is judged by.
  const anchors = last.anchors.filter(({ role }) => role === 'trust-set')
  const judgement = {
    policy: { ...policy, requiredAxes: ['signer'], timestamps: { atLeast: 0 } } as const satisfies Policy,
    policySha256,
    trustSet: { ...last, anchors: anchors.map((anchor) => ({ ...anchor, role: 'signer' as const })) },
    validationTime: time,
    inputs: PLAIN_INPUTS,
  } as const
  const { body } = await judge(facts, judgement, ports)
  const problems = successionProblems(last, next)
  const { indication } = body.assessment
  const holds = indication === 'TOTAL-PASSED' && body.assessment.axes.signer.value === 'PASSED'
  const contradicted = problems.length > 0 || indication === 'TOTAL-FAILED'
  return {
    value: contradicted ? 'FAILED' : holds ? 'PASSED' : 'INDETERMINATE',
    problems,
    hasSuccessor: anchors.length > 0,
    signer: body.signatures[0]?.signer ?? null,
    time: formatInstant(time),
    findings: body.findings.filter(({ axis }) => axis === 'signer'),
  }
}
