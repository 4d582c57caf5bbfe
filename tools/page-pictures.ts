import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeResults } from '../web-verifier/testing/results.ts'
import { openViewPage } from '../web-verifier/testing/view-page.ts'
import { PAGE_PICTURES, takePicture } from './testing/page-pictures.ts'

/**
 * Pictures of every state of the web verifier, in two languages and two widths, for docs/web-verifier/pictures. Results are
 * made from the invented sample at a fixed time and drawn in the page's own letters, so that pictures change only with the page:
 * tools/long/page-as-pictured.ts compares.
 *
 *   node tools/run.mjs tools/page-pictures.ts [FOLDER]
 */

const folder = process.argv[2] ?? 'docs/web-verifier/pictures'

await mkdir(folder, { recursive: true })
for (const name of await readdir(folder)) if (name.endsWith('.webp')) await rm(join(folder, name))
const view = await openViewPage(await makeResults())
let bytes = 0
try {
  for (const wanted of PAGE_PICTURES) {
    const picture = await takePicture(view, wanted)
    await writeFile(join(folder, wanted.name), picture)
    bytes += picture.length
  }
} finally {
  await view.close()
}
console.log(`${PAGE_PICTURES.length} pictures, ${Math.round(bytes / 1000)} kB, in ${folder}`)
