import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeResults } from '../web-verifier/testing/results.ts'
import { STATES } from '../web-verifier/testing/states.ts'
import { openViewPage } from '../web-verifier/testing/view-page.ts'

/**
 * Pictures of every state of the web verifier, in two languages and two widths, for docs/web-verifier/pictures. Results are
 * made from the invented sample at a fixed time, so that pictures change only with the page.
 *
 *   node tools/run.mjs tools/page-pictures.ts [FOLDER]
 */

const LANGUAGES = ['en', 'ar'] as const
const WIDTHS = [390, 1280] as const
/** Longer pages are cut here, one state apart: what follows is the same in all of them. */
const HEIGHT = { short: 1800, whole: 12_000 } as const
const WHOLE = 'result-changed'

const folder = process.argv[2] ?? 'docs/web-verifier/pictures'

await mkdir(folder, { recursive: true })
for (const name of await readdir(folder)) if (name.endsWith('.webp')) await rm(join(folder, name))
const view = await openViewPage(await makeResults())
let bytes = 0
try {
  for (const { name, reach } of STATES)
    for (const width of WIDTHS)
      for (const language of LANGUAGES) {
        const { page, context, problems } = await view.open({ width })
        await page.selectOption('.head select', language)
        await reach(page)
        const limit = name === WHOLE && language === 'en' && width === 1280 ? HEIGHT.whole : HEIGHT.short
        const height = Math.min(limit, await page.evaluate(() => document.documentElement.scrollHeight))
        await page.setViewportSize({ width, height })
        await page.waitForTimeout(100)
        const path = join(folder, `${name}-${language}-${width}.webp`)
        const devtools = await context.newCDPSession(page)
        const { data } = await devtools.send('Page.captureScreenshot', {
          format: 'webp',
          quality: 45,
          clip: { x: 0, y: 0, width, height, scale: 1 },
        })
        const picture = Buffer.from(data, 'base64')
        await writeFile(path, picture)
        bytes += picture.length
        if (problems.length > 0) throw new Error(`${name} ${language} ${width}: ${problems.join('; ')}`)
        await context.close()
      }
} finally {
  await view.close()
}
console.log(
  `${STATES.length * WIDTHS.length * LANGUAGES.length} pictures, ${Math.round(bytes / 1000)} kB, in ${folder}`,
)
