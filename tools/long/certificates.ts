import { readFileSync } from 'node:fs'
import { certificateCases, digestOfCase, GOLDEN } from '../certificates/cases.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/** The certificate of the sample in every template, language and paper has the bytes that it had. */
export const name = 'certificates'

export const pieces = (): number => 4

export async function runPiece(piece: number, { progress }: PieceOptions): Promise<PieceResult> {
  const golden: Readonly<Record<string, string>> = JSON.parse(readFileSync(GOLDEN, 'utf8'))
  const failures: string[] = []
  let cases = 0
  for (const [index, one] of certificateCases().entries()) {
    if (index % pieces() !== piece) continue
    cases++
    const digest = await digestOfCase(one)
    if (digest !== golden[one.name]) failures.push(`${one.name}: ${digest}, not ${golden[one.name] ?? 'listed'}`)
    progress(one.name)
  }
  return { cases, failures }
}
