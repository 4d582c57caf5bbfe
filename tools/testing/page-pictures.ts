import type { Browser } from 'playwright-core'
import { STATES } from '../../web-verifier/testing/states.ts'
import type { ViewPage } from '../../web-verifier/testing/view-page.ts'

/** A picture of one state of the web verifier. */
export interface PagePicture {
  readonly state: string
  readonly language: 'en' | 'ar'
  readonly width: 390 | 1280
  /** Its file. */
  readonly name: string
}

/** Longer pages are cut here, one state apart: what follows is the same in all of them. */
const HEIGHT = { short: 1800, whole: 12_000 } as const
const WHOLE = 'result-changed-en-1280'

/** Every state in two languages and two widths. */
export const PAGE_PICTURES: readonly PagePicture[] = STATES.flatMap(({ name: state }) =>
  ([390, 1280] as const).flatMap((width) =>
    (['en', 'ar'] as const).map((language) => ({
      state,
      language,
      width,
      name: `${state}-${language}-${width}.webp`,
    })),
  ),
)

/** @throws when the page says that anything went wrong */
export async function takePicture(
  view: ViewPage,
  { state, language, width, name }: PagePicture,
): Promise<Buffer<ArrayBuffer>> {
  const { page, context, problems } = await view.open({ width })
  await page.selectOption('.head select', language)
  await STATES.find((each) => each.name === state)?.reach(page)
  const limit = name.startsWith(WHOLE) ? HEIGHT.whole : HEIGHT.short
  const height = Math.min(limit, await page.evaluate(() => document.documentElement.scrollHeight))
  await page.setViewportSize({ width, height })
  // What lies above the place to which the focus went would be left blank.
  await page.evaluate(async () => {
    window.scrollTo(0, 0)
    await document.fonts.ready
  })
  await page.waitForTimeout(100)
  const devtools = await context.newCDPSession(page)
  const { data } = await devtools.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 45,
    clip: { x: 0, y: 0, width, height, scale: 1 },
  })
  await context.close()
  if (problems.length > 0) throw new Error(`${name}: ${problems.join('; ')}`)
  return Buffer.from(data, 'base64')
}

/** Squares of so many dots are compared by their mean grey, so that another way to smooth an edge is no difference. */
const SQUARE = 12
/** Of 255; a line of text that is not there is some 60. */
const FAR = 40

/**
 * How many squares of two pictures are far apart; every square where one is more than a fiftieth longer than the other. The
 * browser reads the pictures: there is no other reader of WebP here.
 */
export async function farSquares(browser: Browser, a: Uint8Array, b: Uint8Array): Promise<number> {
  const page = await browser.newPage()
  try {
    return await page.evaluate(
      async ({ pictures, square, far }) => {
        const [one, two] = await Promise.all(
          pictures.map(async (base64) => {
            const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
            const image = await createImageBitmap(new Blob([bytes], { type: 'image/webp' }))
            const drawn = new OffscreenCanvas(image.width, image.height).getContext('2d')
            drawn?.drawImage(image, 0, 0)
            return drawn?.getImageData(0, 0, image.width, image.height)
          }),
        )
        if (one === undefined || two === undefined) throw new TypeError('no picture')
        const height = Math.min(one.height, two.height)
        const isOther = one.width !== two.width || Math.abs(one.height - two.height) > height / 50
        if (isOther) return Math.ceil(one.width / square) * Math.ceil(one.height / square)
        let count = 0
        for (let top = 0; top + square <= height; top += square)
          for (let left = 0; left + square <= one.width; left += square) {
            let difference = 0
            for (let y = top; y < top + square; y++)
              for (let x = left; x < left + square; x++)
                for (let colour = 0; colour < 3; colour++) {
                  const at = (y * one.width + x) * 4 + colour
                  difference += (one.data[at] ?? 0) - (two.data[at] ?? 0)
                }
            if (Math.abs(difference) > far * square * square * 3) count++
          }
        return count
      },
      { pictures: [a, b].map((bytes) => Buffer.from(bytes).toString('base64')), square: SQUARE, far: FAR },
    )
  } finally {
    await page.close()
  }
}
