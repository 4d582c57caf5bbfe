import type { PieceOptions, PieceResult } from '../sweep.ts'
import { judgedInChild, MOST_MEGABYTES, MOST_MILLISECONDS } from '../testing/hostile-judged.ts'
import { RECORD_INPUTS } from '../testing/hostile-records.ts'

/**
 * Records, statements, tables and evidence records as large as their limits let them be: each is judged within 2 s of
 * processor time and 256 MB, in a child that can be killed.
 */
export const name = 'hostile-records'
const PIECES = 6
export const pieces = (): number => PIECES

export async function runPiece(piece: number, { progress }: PieceOptions): Promise<PieceResult> {
  const failures: string[] = []
  let cases = 0
  for (const [at, [input, { answer }]] of [...RECORD_INPUTS].entries()) {
    if (at % PIECES !== piece) continue
    cases++
    const found = await judgedInChild(input)
    if (found === 'killed') failures.push(`${input}: killed`)
    else {
      const megabytes = Math.round(found.growth / 1_048_576)
      const said = `${input}: ${found.answer}, ${megabytes} MB, ${Math.round(found.milliseconds)} ms`
      progress(said)
      const isWithin = megabytes < MOST_MEGABYTES && found.milliseconds < MOST_MILLISECONDS
      if (found.answer !== answer || !isWithin) failures.push(said)
    }
  }
  return { cases, failures }
}
