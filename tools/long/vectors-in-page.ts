import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodePorts } from '@probatum/platform/node'
import type { Vector } from '../../test-vectors/vector.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { type AskedPage, openEnginePage, openFirefoxEnginePage } from '../testing/engine-page.ts'
import { findFirefox } from '../testing/firefox.ts'
import { notForPages, SEEN_OTHERWISE, VectorsInPage } from '../vectors/in-page.ts'
import { VectorRunner } from '../vectors/run-vector.ts'

/**
 * Every bundle vector in Chromium, from a `file:` address: the report has the same bytes as Node's, no script or console
 * error, no request. The last pieces do the same in Firefox, where one is installed.
 */
export const name = 'vectors-in-page'
const PIECES = 12
const IN_FIREFOX = 6
export const pieces = () => PIECES + IN_FIREFOX

/** The vectors of a folder, one in `of`, from the `piece`th on. */
export function vectorsOf(folder: string, piece: number, of: number): Vector[] {
  return readdirSync(join(folder, 'bundles'))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .filter((_, at) => at % of === piece)
    .map((file): Vector => JSON.parse(readFileSync(join(folder, 'bundles', file), 'utf8')))
}

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const folder = join(root, 'test-vectors')
  if (piece < PIECES) return runVectors(vectorsOf(folder, piece, PIECES), root, progress)
  const firefox = findFirefox()
  if (firefox === undefined) {
    progress('Firefox is not installed: nothing is run in it')
    return { cases: 0, failures: [] }
  }
  const page = await openFirefoxEnginePage(firefox)
  progress(`Firefox ${page.version}`)
  return runIn(page, vectorsOf(folder, piece - PIECES, IN_FIREFOX), root, progress, { noFolders: true })
}

export async function runVectors(
  vectors: readonly Vector[],
  root: string,
  progress: (line: string) => void = () => {},
): Promise<PieceResult> {
  return runIn(await openEnginePage(), vectors, root, progress)
}

async function runIn(
  page: AskedPage,
  vectors: readonly Vector[],
  root: string,
  progress: (line: string) => void,
  options: { readonly noFolders?: boolean } = {},
): Promise<PieceResult> {
  const folder = join(root, 'test-vectors')
  const scratch = mkdtempSync(join(tmpdir(), 'probatum-in-page-'))
  const ports = nodePorts({ jobs: 1 })
  const failures: string[] = []
  let cases = 0
  try {
    const inPage = new VectorsInPage(page, new VectorRunner(folder, scratch, ports), folder, scratch, options)
    for (const vector of vectors) {
      if (notForPages(vector) !== undefined) continue
      cases++
      const difference = await inPage.differenceOf(vector)
      const isExpected = SEEN_OTHERWISE.has(vector.name)
      // Packed, these are like any other.
      if (isExpected && options.noFolders === true) continue
      if (isExpected && difference === undefined) failures.push(`${vector.name}: is seen alike, and was listed`)
      if (!isExpected && difference !== undefined) failures.push(`${vector.name}: ${difference}`)
      if (cases % 20 === 0) progress(`${cases} vectors`)
    }
    failures.push(...page.problems)
  } finally {
    await page.close()
    await ports.close()
    rmSync(scratch, { recursive: true })
  }
  return { cases: Math.max(cases, failures.length), failures }
}
