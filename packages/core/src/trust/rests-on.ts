import { RECORD_FINDING } from '../checks/evidence.record.ts'
import type { EvidenceRecordFacts } from '../model/evidence-record-facts.ts'
import type { Facts, FactsFile } from '../model/facts.ts'
import { AXES, type Axis, type Finding } from '../model/finding.ts'
import type { Judgement } from '../model/judgement.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
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
  /** `record`: of a given evidence record, by its SHA-256; absent for those of the bundle, and of what is judged alone. */
  | { readonly kind: 'token'; readonly path: string; readonly record?: string }
  | { readonly kind: 'digest' | 'scheme' | 'curve'; readonly name: string }

/** What comes out otherwise when one support is taken away. */
export interface Fall {
  readonly support: Support
  /** Axes that come out otherwise without it; empty when nothing does. */
  readonly axes: readonly { readonly axis: Axis; readonly before: string; readonly after: string }[]
  /** The proved time, RFC 3339, where it is another one without it. */
  readonly bestSignatureTime: { readonly before: string | null; readonly after: string | null } | null
  /**
   * Evidence records given beside the bundle, by their SHA-256, that are answered otherwise without it: each is a statement of its own.
   * Absent where none is.
   */
  readonly records?: readonly { readonly sha256: string; readonly before: string; readonly after: string }[]
  readonly indication: { readonly before: string; readonly after: string }
}

/** A report, and what it would be without each of its supports. */
export interface RestsOn {
  /** With everything. */
  readonly report: Report
  readonly falls: readonly Fall[]
}

/**
 * What each answer rests on: the facts are judged again without each anchor, each certificate and each time-stamp, and
 * under a policy that bars each digest, signature scheme and curve. One thing is taken away at a time: where two confirm
 * the same, neither is shown to carry it. Throws as `judge` does, and ParseError ERR_LIMIT where that is too much work.
 */
export async function establishRestsOn(
  file: FactsFile,
  judgement: Judgement,
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<RestsOn> {
  const report = await judge(file, judgement, ports)
  const falls: Fall[] = []
  let findings = 0
  for (const [support, changedFile, changedJudgement] of removals(file, judgement)) {
    const other = await judge(changedFile, changedJudgement, ports)
    findings += other.body.findings.length
    if (findings > LIMITS.restsOnFindings) {
      const expected = `at most ${LIMITS.restsOnFindings} findings in all judgements`
      throw new ParseError('ERR_LIMIT', { where: 'what it rests on', expected })
    }
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
  const { evidenceRecords: given } = facts
  const own = new Set(facts.certificates.map(({ sha256 }) => sha256))
  const ofRecords = given?.certificates.filter(({ sha256 }) => !own.has(sha256)) ?? []
  for (const { subject, sha256 } of parsePool([...facts.certificates, ...ofRecords])) {
    const without = (pool: Facts['certificates']) => pool.filter((other) => other.sha256 !== sha256)
    const change = {
      certificates: without(facts.certificates),
      ...(given === undefined ? {} : { evidenceRecords: { ...given, certificates: without(given.certificates) } }),
    }
    yield [{ kind: 'certificate', subject: subject.text, sha256 }, withFacts(file, change), judgement]
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
  const { evidenceRecord } = facts
  for (const { path } of evidenceRecord?.timestamps ?? []) {
    if (evidenceRecord === undefined) continue
    const change = { evidenceRecord: withoutStamp(evidenceRecord, path) }
    yield [{ kind: 'token', path }, withFacts(file, change), judgement]
  }
  for (const { sha256, record } of given?.files ?? []) {
    for (const { path } of record?.timestamps ?? []) {
      if (given === undefined || record === null) continue
      const files = given.files.map((one) =>
        one.record === record ? { ...one, record: withoutStamp(record, path) } : one,
      )
      const change = { evidenceRecords: { ...given, files } }
      yield [{ kind: 'token', path, record: sha256 }, withFacts(file, change), judgement]
    }
  }
  for (const [support, algorithms] of barred(policy.algorithms))
    yield [support, file, { ...judgement, policy: { ...policy, algorithms } }]
}

/** Nothing of a record is over the files without its first time-stamp. */
function withoutStamp(record: EvidenceRecordFacts, path: string): EvidenceRecordFacts {
  const { timestamps } = record
  const isFirst = timestamps[0]?.path === path
  return { ...record, timestamps: isFirst ? [] : timestamps.filter((one) => one.path !== path) }
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
  const records = a.findings.flatMap((finding) => {
    if (finding.id !== RECORD_FINDING) return []
    const { name: sha256 } = finding.subject
    const now = b.findings.find(({ id, subject }) => id === RECORD_FINDING && subject.name === sha256)
    const [before, after] = [outcomeOf(finding), now === undefined ? 'absent' : outcomeOf(now)]
    return before === after ? [] : [{ sha256, before, after }]
  })
  const sameTime = a.bestSignatureTime === b.bestSignatureTime
  return {
    support,
    axes,
    bestSignatureTime: sameTime ? null : { before: a.bestSignatureTime, after: b.bestSignatureTime },
    ...(records.length === 0 ? {} : { records }),
    indication: { before: a.assessment.indication, after: b.assessment.indication },
  }
}

const outcomeOf = ({ value, reason }: Finding) => (reason === undefined ? value : `${value}:${reason}`)
