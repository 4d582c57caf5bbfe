// Needs: pdftoppm.
import { beforeAll, describe, expect, test } from 'vitest'
import { comparePictures, samplePictures, TOLERANCE } from './certificate-pictures.ts'
import { decodePng, encodePng, type GreyPicture, pictureDifference } from './testing/pictures.ts'

let pictures: Map<string, GreyPicture>
beforeAll(async () => {
  pictures = await samplePictures()
}, 60_000)

/** The picture without what lies in a box. */
function without(picture: GreyPicture, left: number, top: number, width: number, height: number): GreyPicture {
  const grey = picture.grey.slice()
  for (let y = top; y < top + height; y += 1) grey.fill(255, y * picture.width + left, y * picture.width + left + width)
  return { ...picture, grey }
}

describe('the pages of the sample', () => {
  test('look like the pictures that are kept', () => {
    expect(comparePictures(pictures)).toEqual([])
  })

  test('would not, if one line were blank', () => {
    const page = pictures.get('en-4.png') ?? pictures.get('en-1.png')!
    for (let top = 130; top < 300; top += 40) {
      const blank = without(page, 40, top, 500, 20)
      expect(pictureDifference(page, blank)).toBeGreaterThan(TOLERANCE)
    }
  })
})

test('a picture is kept dot for dot', () => {
  const grey = Uint8Array.from({ length: 35 * 17 }, (_, index) => (index * 37) & 0xff)
  expect(decodePng(encodePng({ width: 35, height: 17, grey }))).toEqual({ width: 35, height: 17, grey })
})
