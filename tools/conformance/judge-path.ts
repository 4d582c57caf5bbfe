import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ParseError, type Policy, verifyPath } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { parsePolicy } from '../../packages/core/src/policies/parse-policy.ts'
import { ROOT } from '../setup.mjs'
import { shippedPolicy } from '../testing/judgement.ts'
import type { CaseResult } from './suite.ts'

export type PathQuestion = Parameters<typeof verifyPath>[0]

export interface JudgedPath {
  readonly got: CaseResult['got']
  /** Why not, without order: reasons of obstacles, of dead ends and of what does not read. */
  readonly reasons: ReadonlySet<string>
  readonly detail: string
  /** What the shipped policy `sealed` answers to the same question. */
  readonly sealed: CaseResult['got']
}

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }

/** The policy of a suite: strength rules open, everything else strict. */
export function conformancePolicy(suite: string): Policy {
  return parsePolicy(new Uint8Array(readFileSync(join(ROOT, 'test-vectors', 'conformance', `${suite}.policy.json`))))
}

/** One question under the suite's own policy and under `sealed`, with the inputs of RFC 5280 §6.1.1 that the question has. */
export async function judgePath(question: PathQuestion): Promise<JudgedPath> {
  const sealed = shippedPolicy('sealed')
  const { maxDepth, maxSignatureChecks } = sealed.paths
  const paths = { ...question.policy.paths, maxDepth, maxSignatureChecks }
  const bySealed = await answerTo({ ...question, policy: { ...sealed, paths } })
  return { ...(await answerTo(question)), sealed: bySealed.got }
}

/**
 * One certificate and its paths as one answer. PASSED: a path holds and the certificate counts. FAILED: the certificate
 * contradicts itself, or there are paths and each does; what does not read is FAILED too, but for a limit.
 */
async function answerTo(question: PathQuestion): Promise<Omit<JudgedPath, 'sealed'>> {
  try {
    const { targetProblems, search, verdicts, chosen } = await verifyPath(question, ports)
    const problems = [...targetProblems, ...verdicts.flatMap(({ verdict }) => verdict.problems)]
    const reasons = problems.map(({ reason }) => reason as string)
    if (search.limit !== null) reasons.push('limit')
    if (verdicts.length === 0) reasons.push('no-path')
    const holds = verdicts.some(({ verdict }) => verdict.value === 'PASSED')
    const contradicts =
      targetProblems.some(({ value }) => value === 'FAILED') ||
      (verdicts.length > 0 && verdicts.every(({ verdict }) => verdict.value === 'FAILED'))
    const revocation = chosen === null ? 'NOT-CHECKED' : chosen.conclusion.outcome
    const isOpen = !revocation.startsWith('PASSED') && !revocation.startsWith('NOT-CHECKED')
    if (isOpen) reasons.push(`revocation ${revocation}`)
    const counts = holds && targetProblems.length === 0
    const isRevoked = counts && revocation.startsWith('FAILED')
    const got = counts && !isOpen ? 'PASSED' : contradicts || isRevoked ? 'FAILED' : 'INDETERMINATE'
    const said = problems.map(({ value, reason, evidence }) => `${value}:${reason} ${evidence.name} ${evidence.found}`)
    return { got, reasons: new Set(reasons), detail: [...said, ...reasons.slice(problems.length)].join(', ') }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const got = error.code === 'ERR_LIMIT' ? 'INDETERMINATE' : 'FAILED'
    return { got, reasons: new Set(['unreadable']), detail: `${error.code} ${error.detail.where}` }
  }
}
