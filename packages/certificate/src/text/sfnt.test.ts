import { beforeAll, describe, expect, test } from 'vitest'
import { testTypesetter } from '../../../../tools/testing/typesetter.ts'
import { FONT_FILES, type FontName } from './fonts.ts'
import { addComposites, readTables, writeFont } from './sfnt.ts'
import type { Typesetter } from './typesetter.ts'

let typesetter: Typesetter
beforeAll(async () => {
  typesetter = await testTypesetter()
}, 60_000)

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const tableOf = (font: Uint8Array, tag: string): Uint8Array =>
  readTables(font).find((table) => table.tag === tag)!.bytes

/** Where a glyph's outline begins and ends in `glyf`; long locations. */
function outline(font: Uint8Array, glyph: number): Uint8Array {
  const loca = view(tableOf(font, 'loca'))
  return tableOf(font, 'glyf').subarray(loca.getUint32(glyph * 4), loca.getUint32(glyph * 4 + 4))
}

function wholeSum(font: Uint8Array): number {
  let sum = 0
  const data = view(font)
  for (let at = 0; at < font.length; at += 4) sum = (sum + data.getUint32(at)) >>> 0
  return sum
}

describe('a font', () => {
  test.each(Object.keys(FONT_FILES) as FontName[])('%s is the same after it was taken apart', (name) => {
    const tables = readTables(typesetter.face(name).bytes)
    const again = readTables(writeFont(tables))
    const byTag = (list: typeof tables) =>
      new Map(list.map(({ tag, bytes }) => [tag, Buffer.from(bytes).toString('base64')]))
    const before = byTag(tables)
    const after = byTag(again)
    // The sum over the file stands in `head`, and is made anew.
    before.delete('head')
    after.delete('head')
    expect(after).toEqual(before)
    expect(wholeSum(writeFont(tables))).toBe(0xb1b0_afba)
  })

  test('gets a glyph that is made of others, at their offsets, with its own width', () => {
    const face = typesetter.face('arabic')
    const [alef, beh] = ['\u0627', '\u0628'].map((character) => face.shaping.nominalGlyph(character.codePointAt(0)!))
    const parts = [
      { glyph: alef!, x: 10, y: -20 },
      { glyph: beh!, x: 300, y: 0 },
    ]
    const subset = typesetter.subsetter.subset({ font: face.bytes, glyphs: [0, alef!, beh!], keepNumbers: true })
    const { font, first } = addComposites(subset, [{ parts, advance: 777 }])
    const added = view(outline(font, first))
    expect(added.getInt16(0)).toBe(-1)
    expect([10, 12, 14, 16].map((at) => added.getInt16(at))).toEqual([0x23, alef, 10, -20])
    expect([18, 20, 22, 24].map((at) => added.getInt16(at))).toEqual([0x03, beh, 300, 0])
    const box = (glyph: number): number[] => [2, 4, 6, 8].map((at) => view(outline(font, glyph)).getInt16(at))
    const [one, other] = [box(alef!), box(beh!)] as [number[], number[]]
    expect(box(first)).toEqual([
      Math.min(one[0]! + 10, other[0]! + 300),
      Math.min(one[1]! - 20, other[1]!),
      Math.max(one[2]! + 10, other[2]! + 300),
      Math.max(one[3]! - 20, other[3]!),
    ])
    expect(view(tableOf(font, 'maxp')).getUint16(4)).toBe(first + 1)
    const metrics = view(tableOf(font, 'hmtx'))
    expect([metrics.getUint16(first * 4), metrics.getInt16(first * 4 + 2)]).toEqual([777, box(first)[0]])
    expect(metrics.getUint16(alef! * 4)).toBe(face.shaping.advanceOf(alef!))
    expect(wholeSum(font)).toBe(0xb1b0_afba)
  })
})
