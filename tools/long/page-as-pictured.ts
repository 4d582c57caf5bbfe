import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeResults } from '../../web-verifier/testing/results.ts'
import { openViewPage } from '../../web-verifier/testing/view-page.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { farSquares, PAGE_PICTURES, takePicture } from '../testing/page-pictures.ts'

/**
 * The pictures of docs/web-verifier are of the page as it is: each is made again and laid over the one that is kept. What was
 * made stays in .cache/page-pictures, to be looked at.
 */
export const name = 'page-as-pictured'
const EACH = 8
export const pieces = () => Math.ceil(PAGE_PICTURES.length / EACH)

/** Squares of 12 dots: another version of the browser may draw a control in another way; a changed sentence is more. */
const MOST_FAR = 12
const AGAIN = 'node tools/run.mjs tools/page-pictures.ts makes all of them again: look at what changed'

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const kept = join(root, 'docs', 'web-verifier', 'pictures')
  const made = join(root, '.cache', 'page-pictures')
  mkdirSync(made, { recursive: true })
  const view = await openViewPage(await makeResults())
  const failures: string[] = []
  const wanted = PAGE_PICTURES.slice(piece * EACH, (piece + 1) * EACH)
  try {
    for (const picture of wanted) {
      const now = await takePicture(view, picture)
      writeFileSync(join(made, picture.name), now)
      const path = join(kept, picture.name)
      if (!existsSync(path)) failures.push(`${picture.name} is not kept`)
      else {
        const far = await farSquares(view.browser, now, readFileSync(path))
        if (far > MOST_FAR) failures.push(`${picture.name}: the page differs in ${far} squares`)
      }
    }
  } finally {
    await view.close()
  }
  if (failures.length > 0) progress(AGAIN)
  return { cases: wanted.length, failures }
}
