import {
  type FactsFile,
  type Instant,
  type Judgement,
  judge,
  ofSavedFacts,
  type Policy,
  parseCertificate,
  parsePolicy,
  parseSetCode,
  parseTrustSet,
  type Report,
  type ReportInputs,
  SHIPPED_POLICIES,
  serializePolicy,
  serializeReport,
  type TrustSet,
  toHex,
  trustSetCode,
} from '@probatum/core'
import { nobleSmallDigest, type WebPorts } from '@probatum/platform/browser'
import { readMoment } from '../rows/typed-moment.ts'
import { type Choice, EngineError, type TrustCodeMatch } from './engine.ts'
import type { PageLists } from './worker-protocol.ts'

/** Policies and trust sets that can be chosen, by id. */
export interface Lists {
  policy(id: string): Policy | undefined
  trustSet(id: string): TrustSet | undefined
}

/** The lists of the page, and what was given beside the bundles. */
export function listsOf(
  page: PageLists,
  given: { readonly policies: ReadonlyMap<string, Policy>; readonly trustSets: ReadonlyMap<string, TrustSet> },
): Lists {
  const policies = new Map(page.policies.map(({ id, bytes }) => [id, parsePolicy(bytes)]))
  const trustSets = new Map(page.trustSets.map(({ id, bytes }) => [id, readTrustSet(bytes)]))
  return {
    policy: (id) => SHIPPED_POLICIES.find((policy) => policy.id === id) ?? policies.get(id) ?? given.policies.get(id),
    trustSet: (id) => trustSets.get(id) ?? given.trustSets.get(id),
  }
}

export function readTrustSet(bytes: Uint8Array): TrustSet {
  return parseTrustSet(bytes, (der) => parseCertificate(der), nobleSmallDigest)
}

/** Everything that a judgement rests on besides the evidence; read before the evidence is. @throws EngineError */
export interface ChosenJudgement {
  readonly judgement: (
    inputs: Pick<ReportInputs, 'digests' | 'files'> & Partial<Pick<ReportInputs, 'recipient'>>,
  ) => Judgement
}

export function chooseJudgement(choice: Choice, lists: Lists): ChosenJudgement {
  const policy = lists.policy(choice.policy)
  if (policy === undefined) throw new EngineError({ kind: 'choice', what: 'policy' })
  const trustSet = choice.trustSet === null ? null : (lists.trustSet(choice.trustSet) ?? null)
  if (choice.trustSet !== null && trustSet === null) throw new EngineError({ kind: 'choice', what: 'trust-set' })
  if (choice.typedCode !== null && trustSet !== null) {
    const match = matchCode(trustSet.sha256, choice.typedCode)
    if (match.state !== 'same') throw new EngineError({ kind: 'trust-code', match })
  }
  const validationTime = chooseTime(choice.at)
  const isConfirmed = choice.typedCode !== null && trustSet !== null
  return {
    judgement: (inputs) => ({
      policy,
      policySha256: toHex(nobleSmallDigest('sha256', serializePolicy(policy))),
      trustSet,
      validationTime,
      inputs: {
        recipient: null,
        ...inputs,
        part: choice.part,
        names: choice.names,
        setCode: isConfirmed ? 'confirmed' : 'not-confirmed',
      },
    }),
  }
}

/** As the command line takes `--at`. */
export function chooseTime(given: string | null): Instant {
  const text = given ?? `${new Date().toISOString().slice(0, 19)}Z`
  const instant = readMoment(text)
  if (instant === undefined) throw new EngineError({ kind: 'choice', what: 'at' })
  return instant
}

export function matchCode(sha256: string, typed: string): TrustCodeMatch {
  const read = parseSetCode(typed)
  if (read.state !== 'read') return read
  return { state: read.code === trustSetCode(sha256) ? 'same' : 'other-set' }
}

export async function judgedReport(
  facts: FactsFile,
  judgement: Judgement,
  ports: Pick<WebPorts, 'signatures' | 'smallDigest'>,
  isOfSavedFacts: boolean,
): Promise<{ readonly report: Report; readonly reportBytes: Uint8Array<ArrayBuffer> }> {
  const judged = await judge(facts, judgement, ports)
  const report = isOfSavedFacts ? ofSavedFacts(judged) : judged
  // As `verify --save` writes it.
  return { report, reportBytes: serializeReport(report) as Uint8Array<ArrayBuffer> }
}
