import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePolicy } from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { indicationOf, lettersOfSid, statusOffset } from '../testing/flips.ts'
import { judgementOf } from '../testing/judgement.ts'
import { readTree } from '../vectors/run-vector.ts'

/**
 * Every bit of every file of a bundle that was renewed twice is flipped, judged when its first authority and its first digest have
 * ended. A bit of payload, manifests, records and first seal never passes; a bit of a later level costs certainty and never makes
 * FAILED; what passes all the same stands where the specification (section 9) says that nothing is protected.
 */
export const name = 'renewed-bundle'

const PIECES = 24

export const pieces = (): number => PIECES

const VALIDATION_TIME = '2040-01-01T00:00:00Z'
const LAST_TOKEN = 'seal/3/example-tsa.tsr'

/** Where a later level keeps what the first seal does not declare. */
const isLater = (path: string) => /^seal\/(?:[23]\/|1\/validation\/)/.test(path)
const isHintOfLast = (path: string) => path.startsWith('seal/3/validation/')

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const ports = nodePorts({ jobs: 1 })
  try {
    const vectors = join(root, 'test-vectors')
    const files = readTree(join(vectors, 'bundles', 'base', 'renewed'))
    const read = (...path: readonly string[]) => new Uint8Array(readFileSync(join(vectors, ...path)))
    const policy = parsePolicy(read('policies', 'sealed-sha256-ended.json'))
    const trustSet = read('trust-sets', 'renewal.json')
    const verify = indicationOf(judgementOf({ policy, trustSet, at: VALIDATION_TIME }), ports, 'renewed')
    const unchanged = await verify(files)
    // Without this every change would be "noticed" by a program that refuses everything.
    if (unchanged !== 'TOTAL-PASSED') return { cases: 1, failures: [`unchanged: ${unchanged}`] }
    const last = files.get(LAST_TOKEN) ?? new Uint8Array(0)
    const excused = new Set([`${statusOffset(last)} 1`, ...lettersOfSid(last).map((at) => `${at} 32`)])
    const failures: string[] = []
    let cases = 1
    let index = 0
    for (const [path, bytes] of files) {
      for (let at = 0; at < bytes.length; at++) {
        for (let bit = 0; bit < 8; bit++) {
          if (index++ % PIECES !== piece) continue
          const mask = 1 << bit
          const value = await verify(new Map([...files, [path, bytes.with(at, (bytes[at] ?? 0) ^ mask)]]))
          cases += 1
          const mayPass = isHintOfLast(path) || (path === LAST_TOKEN && excused.has(`${at} ${mask}`))
          const mustPass = mayPass && !isHintOfLast(path)
          const isWrong = value === 'TOTAL-PASSED' ? !mayPass : mustPass || (isLater(path) && value !== 'INDETERMINATE')
          if (isWrong) failures.push(`${path} ${at} 0x${mask.toString(16).padStart(2, '0')}: ${value}`)
          if (cases % 500 === 0) progress(`${cases} cases`)
        }
      }
    }
    return { cases, failures }
  } finally {
    await ports.close()
  }
}
