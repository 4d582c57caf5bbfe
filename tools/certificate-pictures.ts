import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePdf } from '@probatum/certificate'
import { sampleDocument } from '../packages/certificate/src/testing/sample-document.ts'
import { sampleOptions } from '../packages/certificate/src/testing/sample-options.ts'
import { isProgram, ROOT } from './setup.mjs'
import { decodePng, encodePng, type GreyPicture, pictureDifference, renderPages } from './testing/pictures.ts'
import { testTypesetter } from './testing/typesetter.ts'

// node tools/run.mjs tools/certificate-pictures.ts [--write]
// Compares the sample's pages with the pictures kept in test-vectors/certificate-pages, or makes those anew: look at them
// before you keep them.

const PICTURES = join(ROOT, 'test-vectors/certificate-pages')
const DOTS_PER_INCH = 72
/** Of 255: another version of poppler smooths edges otherwise; a letter that is gone makes more. */
export const TOLERANCE = 12

/** The sample's pages that are kept: all of the English one, the first two of the others. */
export async function samplePictures(): Promise<Map<string, GreyPicture>> {
  const typesetter = await testTypesetter()
  const pictures = new Map<string, GreyPicture>()
  for (const [language, most] of [
    ['en', 99],
    ['ar', 2],
    ['my', 2],
  ] as const) {
    const pages = renderPages(makePdf(sampleDocument({ language }), sampleOptions(typesetter)), DOTS_PER_INCH)
    for (const [index, page] of pages.slice(0, most).entries()) pictures.set(`${language}-${index + 1}.png`, page)
  }
  return pictures
}

/** The names of pictures that are missing, too many, or not like the page. */
export function comparePictures(pictures: ReadonlyMap<string, GreyPicture>): string[] {
  const kept = readdirSync(PICTURES).filter((name) => name.endsWith('.png'))
  return [
    ...kept.filter((name) => !pictures.has(name)).map((name) => `${name}: no such page`),
    ...[...pictures].flatMap(([name, picture]) => {
      if (!kept.includes(name)) return [`${name}: no picture is kept`]
      const difference = pictureDifference(picture, decodePng(readFileSync(join(PICTURES, name))))
      return difference > TOLERANCE ? [`${name}: differs by ${difference.toFixed(1)}`] : []
    }),
  ]
}

if (isProgram(import.meta.url)) {
  const pictures = await samplePictures()
  if (process.argv.includes('--write')) {
    rmSync(PICTURES, { recursive: true, force: true })
    mkdirSync(PICTURES, { recursive: true })
    for (const [name, picture] of pictures) writeFileSync(join(PICTURES, name), encodePng(picture))
    console.log(`${pictures.size} pictures written`)
  } else {
    const problems = comparePictures(pictures)
    for (const problem of problems) console.log(problem)
    console.log(`${pictures.size} pages, ${problems.length} differ`)
    process.exitCode = problems.length > 0 ? 1 : 0
  }
}
