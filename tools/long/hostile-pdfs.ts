import type { PieceOptions, PieceResult } from '../sweep.ts'
import { judgedInChild, MOST_MEGABYTES, MOST_MILLISECONDS } from '../testing/hostile-judged.ts'
import { PDF_INPUTS } from '../testing/hostile-pdfs.ts'

/**
 * PDFs that unpack to much more than they are, or hold what is cheap to write and dear to keep: each is checked within 2 s of
 * processor time and 256 MB, in a child that can be killed.
 */
export const name = 'hostile-pdfs'
const PIECES = 4
export const pieces = (): number => PIECES

export async function runPiece(piece: number, { progress }: PieceOptions): Promise<PieceResult> {
  const failures: string[] = []
  let cases = 0
  for (const [at, [input, { answer }]] of [...PDF_INPUTS].entries()) {
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
