import { nodePorts } from '@probatum/platform/node'
import { sealSample, seededRandom } from '@probatum/seal'
import { sampleChanges } from '../sample-changes.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { indicationOf, lettersOfSid, statusOffset } from '../testing/flips.ts'
import { instant, judgementOf } from '../testing/judgement.ts'

/** Every small change of the sealed sample is noticed, never TOTAL-PASSED, but for those that the specification lists. */
export const name = 'sealed-sample'

const PIECES = 24

export const pieces = (): number => PIECES

const NOW = '2026-03-14T09:12:00Z'
/** A day later: the time at which the changed bundles are judged. */
const VALIDATION_TIME = '2026-03-15T00:00:00Z'

export async function runPiece(piece: number, options: PieceOptions): Promise<PieceResult> {
  const ports = nodePorts()
  try {
    const sample = await sealSample({ now: instant(NOW), random: seededRandom('sweep') })
    const verify = indicationOf(judgementOf({ trustSet: sample.trustSet, at: VALIDATION_TIME }), ports, 'sample')
    const unchanged = await verify(sample.files)
    // Without this every change would be "noticed" by a program that refuses everything.
    if (unchanged !== 'TOTAL-PASSED') return { cases: 1, failures: [`unchanged: ${unchanged}`] }
    const unnoticed = mayChangeUnnoticed(sample.files)
    const failures: string[] = []
    let cases = 1
    let index = 0
    for (const change of sampleChanges(sample.files)) {
      if (index++ % PIECES !== piece) continue
      cases += 1
      const value = await verify(change.apply(sample.files))
      const noticed = value === 'TOTAL-FAILED' || value === 'INDETERMINATE' || value === 'refused'
      // An exception that is none any more is struck from the list, and from the specification.
      if (noticed === unnoticed.has(change.name)) failures.push(`${change.name}: ${value}`)
      if (cases % 500 === 0) options.progress(`${cases} cases`)
    }
    return { cases, failures }
  } finally {
    await ports.close()
  }
}

const TOKEN = 'seal/1/tagmanifest-sha256.txt.p7s.demonstration.tsr'

/**
 * The changes that alter nothing that anybody signed and nothing that the standards tell apart: the specification,
 * section 9, lists them with their reasons.
 */
function mayChangeUnnoticed(files: ReadonlyMap<string, Uint8Array>): ReadonlySet<string> {
  const bytes = files.get(TOKEN) ?? new Uint8Array(0)
  const flip = (at: number, mask: string) => `flip ${TOKEN} ${at} ${mask}`
  return new Set([flip(statusOffset(bytes), '0x01'), ...lettersOfSid(bytes).map((at) => flip(at, '0x20'))])
}
