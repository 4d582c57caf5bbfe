import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openArchive, ParseError, serializeReport } from '@probatum/core'
import { nodePorts, openFileAccess } from '@probatum/platform/node'
import { buildArchive } from '../../test-vectors/archives/build.ts'
import type { ArchiveCase } from '../../test-vectors/archives/recipe.ts'
import type { Vector } from '../../test-vectors/vector.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { CHOICE, type EnginePage, openEnginePage } from '../testing/engine-page.ts'
import { VectorRunner } from '../vectors/run-vector.ts'

/**
 * Every archive of the vectors in Chromium, hostile ones first: refused for the same reason as by Node, or the same report;
 * no script or console error, no request.
 */
export const name = 'archives-in-page'
const PIECES = 4
export const pieces = () => PIECES

const NO_BUNDLE = 'ERR_NOT_A_BUNDLE'
const AT = '2026-06-01T00:00:00Z'

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const folder = join(root, 'test-vectors')
  const cases = ['hostile-zip.json', 'honest-zip.json', 'tar.json']
    .flatMap((file) => JSON.parse(readFileSync(join(folder, 'archives', file), 'utf8')) as ArchiveCase[])
    .filter((_, at) => at % PIECES === piece)
  const scratch = mkdtempSync(join(tmpdir(), 'probatum-archives-'))
  const ports = nodePorts({ jobs: 1 })
  const runner = new VectorRunner(folder, scratch, ports)
  const page = await openEnginePage()
  const failures: string[] = []
  try {
    for (const [at, { id, recipe }] of cases.entries()) {
      // The name is hostile too: markup, a change of direction, a line end.
      const path = join(scratch, `<img src=x onerror=alert(1)>\u202e${id}\n.zip`)
      const bytes = buildArchive(recipe)
      writeFileSync(path, bytes)
      const vector = {
        name: path.slice(scratch.length + 1),
        policy: 'fixity',
        trustSet: null,
        validationTime: AT,
        inputs: {},
      }
      const expected = await inNode(path, vector as unknown as Vector, runner, ports)
      const found = await inPage(page, path)
      if (found !== expected) failures.push(`${id}: Node: ${expected.slice(0, 300)}, the page: ${found.slice(0, 300)}`)
      rmSync(path)
      if (at % 50 === 49) progress(`${at + 1} archives`)
    }
    failures.push(...page.problems)
  } finally {
    await page.close()
    await ports.close()
    rmSync(scratch, { recursive: true })
  }
  return { cases: Math.max(cases.length, failures.length), failures }
}

async function inNode(
  path: string,
  vector: Vector,
  runner: VectorRunner,
  ports: ReturnType<typeof nodePorts>,
): Promise<string> {
  const file = await openFileAccess(path)
  try {
    const source = await openArchive(file, ports.inflater)
    return new TextDecoder().decode(serializeReport(await runner.judge(vector, source, file.size)))
  } catch (error) {
    if (error instanceof ParseError) return error.code === NO_BUNDLE ? NO_BUNDLE : error.message
    throw error
  } finally {
    await file.close()
  }
}

async function inPage(page: EnginePage, path: string): Promise<string> {
  const { subjects, others } = await page.give([path])
  const [subject] = subjects
  if (subject?.kind === 'bundle' && subject.inside === null) {
    const outcome = await page.verify({ ...CHOICE, policy: 'fixity', at: AT }, subject.id)
    if ('report' in outcome) return outcome.report
    return outcome.failure.kind === 'parse' ? outcome.failure.message : JSON.stringify(outcome.failure)
  }
  const [other] = others
  if (other?.failure?.kind === 'parse') return other.failure.message
  // What holds no bundle is explained, or used as what it is, without a run.
  return NO_BUNDLE
}
