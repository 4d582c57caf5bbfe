import { makePage } from '../build-page.mjs'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { openSeenPages, stretchesOf, withOneChange } from '../testing/seen-page.ts'

/**
 * The web verifier with one octet changed at a drawn place of its script or of its embedded data: whatever it is changed
 * to, the copy shows that it is damaged, and nothing else.
 */
export const name = 'page-flips'
const PIECES = 60
/** As many in the script as in all the data together, of which each octet is as likely as any other. */
const CHANGES_EACH = 8
export const pieces = () => PIECES

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const html = Buffer.from(await makePage(root))
  const { script, blocks } = stretchesOf(html)
  const pages = await openSeenPages()
  const failures: string[] = []
  let cases = 0
  try {
    // Without this every copy would be "damaged" by a page that never starts.
    const whole = await pages.seen(html)
    if (!whole.hasPage || whole.isDamaged) return { cases: 1, failures: ['the page itself does not start'] }
    for (let turn = 0; turn < CHANGES_EACH; turn++) {
      for (const where of ['script', 'data'] as const) {
        const seed = `${name}, ${piece}, ${where}, ${turn}`
        const { at, copy, what } = withOneChange(html, where === 'script' ? [script] : blocks, seed)
        const { isDamaged, hasPage } = await pages.seen(copy)
        cases++
        if (!isDamaged || hasPage)
          failures.push(`${what} at ${at}, ${html[at]} to ${copy[at]}: damaged ${isDamaged}, page ${hasPage}`)
      }
    }
    progress(`${cases} copies`)
    if (pages.trapped.length > 0) failures.push(`the network was reached: ${pages.trapped.join(', ')}`)
  } finally {
    await pages.close()
  }
  return { cases: Math.max(cases, failures.length), failures }
}
