import type { Facts, FactsFile } from '../model/facts.ts'
import { AXES, type Axis } from '../model/finding.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Policy } from '../model/policy.ts'
import type { Ports } from '../model/ports.ts'
import type { Report } from '../model/report.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import { parsePool } from '../pki/certificate-pool.ts'
import { judge } from '../verify.ts'

/** Something that an answer may rest on. */
export type Support =
  | { readonly kind: 'anchor'; readonly role: AnchorRole; readonly label: string; readonly sha256: string }
  /** A certificate that came with the evidence: of a signer, a time-stamp authority, or between one and its anchor. */
  | { readonly kind: 'certificate'; readonly subject: string; readonly sha256: string }
  | { readonly kind: 'token'; readonly path: string }
  | { readonly kind: 'digest' | 'scheme' | 'curve'; readonly name: string }

export interface Fall {
  readonly support: Support
  /** Axes that come out otherwise without it; empty when nothing does. */
  readonly axes: readonly { readonly axis: Axis; readonly before: string; readonly after: string }[]
  /** The proved time, RFC 3339, where it is another one without it. */
  readonly bestSignatureTime: { readonly before: string | null; readonly after: string | null } | null
  readonly indication: { readonly before: string; readonly after: string }
}

export interface RestsOn {
  /** With everything. */
  readonly report: Report
  readonly falls: readonly Fall[]
}

/**
 * What each answer rests on: the facts are judged again without each anchor, each certificate and each time-stamp, and
 * under a policy that bars each digest, signature scheme and curve. One thing is taken away at a time: where two confirm
 * the same, neither is shown to carry it. Throws as `judge` does.
 */
export async function establishRestsOn(
  file: FactsFile,
  judgement: Judgement,
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<RestsOn> {
  const report = await judge(file, judgement, ports)
  const falls: Fall[] = []
  for (const [support, changedFile, changedJudgement] of removals(file, judgement)) {
    const other = await judge(changedFile, changedJudgement, ports)
    falls.push(fallOf(support, report, other))
  }
  return { report, falls }
}

type Removal = readonly [Support, FactsFile, Judgement]

function* removals(file: FactsFile, judgement: Judgement): Generator<Removal> {
  const { facts } = file
  const { trustSet, policy } = judgement
  for (const [index, { role, label, sha256 }] of (trustSet?.anchors ?? []).entries()) {
    if (trustSet === null) continue
    const anchors = trustSet.anchors.filter((_, other) => other !== index)
    yield [{ kind: 'anchor', role, label, sha256 }, file, { ...judgement, trustSet: { ...trustSet, anchors } }]
  }
  for (const { subject, sha256 } of parsePool(facts.certificates)) {
    const certificates = facts.certificates.filter((other) => other.sha256 !== sha256)
    yield [{ kind: 'certificate', subject: subject.text, sha256 }, withFacts(file, { certificates }), judgement]
  }
  for (const path of facts.signatures.flatMap(({ tokens }) => tokens.map((token) => token.path))) {
    const signatures = facts.signatures.map((signature) => ({
      ...signature,
      tokens: signature.tokens.filter((token) => token.path !== path),
    }))
    yield [{ kind: 'token', path }, withFacts(file, { signatures }), judgement]
  }
  const { renewal } = facts
  for (const { path } of renewal?.levels.flatMap(({ tokens }) => tokens) ?? []) {
    if (renewal === undefined) continue
    const without = renewal.levels.map((level) => ({
      ...level,
      tokens: level.tokens.filter((token) => token.path !== path),
    }))
    const change = { renewal: { ...renewal, levels: without } }
    yield [{ kind: 'token', path }, withFacts(file, change), judgement]
  }
  for (const [support, algorithms] of barred(policy.algorithms))
    yield [support, file, { ...judgement, policy: { ...policy, algorithms } }]
}

function withFacts(file: FactsFile, change: Partial<Facts>): FactsFile {
  return { ...file, facts: { ...file.facts, ...change } }
}

function* barred(algorithms: Policy['algorithms']): Generator<readonly [Support, Policy['algorithms']]> {
  const { digests, schemes, curves } = algorithms
  for (const name of Object.keys(digests).sort()) {
    const rest = Object.fromEntries(Object.entries(digests).filter(([other]) => other !== name))
    yield [
      { kind: 'digest', name },
      { ...algorithms, digests: rest },
    ]
  }
  for (const name of schemes)
    yield [
      { kind: 'scheme', name },
      { ...algorithms, schemes: schemes.filter((other) => other !== name) },
    ]
  for (const name of curves)
    yield [
      { kind: 'curve', name },
      { ...algorithms, curves: curves.filter((other) => other !== name) },
    ]
}

function fallOf(support: Support, report: Report, other: Report): Fall {
  const [a, b] = [report.body, other.body]
  const axes = AXES.flatMap((axis) => {
    const [before, after] = [a.assessment.axes[axis].value, b.assessment.axes[axis].value]
    return before === after ? [] : [{ axis, before, after }]
  })
  const sameTime = a.bestSignatureTime === b.bestSignatureTime
  return {
    support,
    axes,
    bestSignatureTime: sameTime ? null : { before: a.bestSignatureTime, after: b.bestSignatureTime },
    indication: { before: a.assessment.indication, after: b.assessment.indication },
  }
}
