import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  AXES,
  canonicalText,
  describeGivenNotices,
  establishBundleFacts,
  establishNotices,
  type FactsFile,
  judge,
  parseNotice,
  type Report,
} from '@probatum/core'
import { type NodePorts, nodePorts, openDirectory } from '@probatum/platform/node'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { judgementOf } from '../testing/judgement.ts'

/**
 * Every bit of two notices turned round, and every place at which they can be cut off: none of it is FAILED or moves
 * another answer, and what is told as withdrawn is what was signed.
 */
export const name = 'notice-flips'
const NOTICES = ['by-sealer', 'by-office'] as const
const PIECES_EACH = 24
export const pieces = () => NOTICES.length * PIECES_EACH

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const vectors = join(root, 'test-vectors')
  const ports = nodePorts({ jobs: 1 })
  const failures: string[] = []
  let index = 0
  let cases = 0
  try {
    const which = NOTICES[Math.floor(piece / PIECES_EACH)] ?? NOTICES[0]
    const whole = new Uint8Array(readFileSync(join(vectors, 'notices', `${which}.json`)))
    const signed = canonicalText(parseNotice(whole).statement)
    const bare = await factsOf(join(vectors, 'bundles/base/custody'), ports)
    const judged = judging(join(vectors, 'trust-sets/notices.json'), ports)
    const told = async (bytes: Uint8Array) => {
      const notices = await establishNotices([bytes], bare.facts, ports)
      return judged({ ...bare, facts: { ...bare.facts, notices } })
    }
    const others = othersOf(await judged(bare))
    // Without this every change would be "not believed" by a program that believes nothing.
    if (reasonOf(await told(whole)) !== 'withdrawn-item') return { cases: 1, failures: [`${which}: does not hold`] }
    for (const [what, bytes] of changesOf(whole)) {
      if (index++ % PIECES_EACH !== piece % PIECES_EACH) continue
      cases++
      const report = await told(bytes)
      if (othersOf(report) !== others) failures.push(`${which} ${what}: another answer moved`)
      const [finding] = report.body.findings.filter(({ id }) => id === 'authorisation.notices')
      if (finding?.value === 'FAILED') failures.push(`${which} ${what}: FAILED`)
      if (reasonOf(report) === 'withdrawn-item' && canonicalText(parseNotice(bytes).statement) !== signed)
        failures.push(`${which} ${what}: told as signed`)
      if (cases % 500 === 0) progress(`${cases} cases`)
    }
    return { cases, failures }
  } finally {
    await ports.close()
  }
}

function* changesOf(whole: Uint8Array): Generator<readonly [string, Uint8Array]> {
  for (let at = 0; at < whole.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const bytes = whole.slice()
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
      yield [`octet ${at} bit ${bit}`, bytes]
    }
    yield [`cut off at ${at}`, whole.slice(0, at)]
  }
}

async function factsOf(folder: string, ports: NodePorts): Promise<FactsFile> {
  const source = await openDirectory(folder)
  try {
    const request = { digests: 'all', name: 'custody', bytes: null } as const
    return (await establishBundleFacts(source, ports, request)).factsFile
  } finally {
    await source.close()
  }
}

function judging(set: string, ports: NodePorts): (file: FactsFile) => Promise<Report> {
  const judgement = judgementOf({ trustSet: new Uint8Array(readFileSync(set)), at: '2026-06-01T00:00:00Z' })
  return (file) => {
    const inputs = { ...judgement.inputs, files: describeGivenNotices(file.facts) }
    return judge(file, { ...judgement, inputs }, ports)
  }
}

const reasonOf = ({ body }: Report) => body.findings.find(({ id }) => id === 'authorisation.notices')?.reason

/** Everything that no notice may move, as text. */
function othersOf({ body }: Report): string {
  const { axes } = body.assessment
  const values = AXES.filter((axis) => axis !== 'authorisation').map((axis) => [axes[axis].value, axes[axis].counts])
  const findings = body.findings.filter(({ id }) => id !== 'authorisation.notices')
  return canonicalText([values, findings, body.signatures])
}
