import fc from 'fast-check'
import { makePdf } from '../../packages/certificate/src/make-pdf.ts'
import { sampleOptions } from '../../packages/certificate/src/testing/sample-options.ts'
import { anyDocument } from '../certificates/any-document.ts'
import { checkPdf } from '../pdf-checker/check.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { testTypesetter } from '../testing/typesetter.ts'

/** The PDF of any document breaks no rule: 300 others in each piece, the same in each run. */
export const name = 'any-document'

const DOCUMENTS = 150

export const pieces = (): number => 24

export async function runPiece(piece: number, { progress }: PieceOptions): Promise<PieceResult> {
  const typesetter = await testTypesetter()
  const samples = fc.sample(fc.tuple(anyDocument, fc.constantFrom('a4' as const, 'letter' as const)), {
    numRuns: DOCUMENTS,
    seed: 7_000 + piece,
  })
  const failures: string[] = []
  for (const [index, [document, paper]] of samples.entries()) {
    const problems = checkPdf(makePdf(document, sampleOptions(typesetter, paper)))
    const [first] = problems
    if (first !== undefined) failures.push(`document ${index}, ${paper}: ${JSON.stringify(first)}`)
    if (index % 100 === 0) progress(`${index} of ${DOCUMENTS}`)
  }
  return { cases: samples.length, failures }
}
