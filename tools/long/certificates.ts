import { readFileSync } from 'node:fs'
import { certificateCases, digestOfCase, GOLDEN } from '../certificates/cases.ts'
import { remadeInChromium } from '../certificates/in-chromium.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/** The certificate of the sample in every template, language and paper has the bytes that it had, made here and in Chromium. */
export const name = 'certificates'

export const pieces = (): number => 4

export async function runPiece(piece: number, { progress }: PieceOptions): Promise<PieceResult> {
  const golden: Readonly<Record<string, string>> = JSON.parse(readFileSync(GOLDEN, 'utf8'))
  const failures: string[] = []
  const own = certificateCases().filter((_, index) => index % pieces() === piece)
  for (const one of own) {
    const digest = await digestOfCase(one)
    if (digest !== golden[one.name]) failures.push(`${one.name}: ${digest}, not ${golden[one.name] ?? 'listed'}`)
    progress(one.name)
  }
  const remade = await remadeInChromium(own)
  for (const [index, one] of own.entries())
    if (remade[index] !== golden[one.name]) failures.push(`${one.name} in Chromium: ${remade[index]}`)
  return { cases: 2 * own.length, failures }
}
