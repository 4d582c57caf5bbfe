import { beforeAll, describe, expect, test } from 'vitest'
import { testTypesetter, typesetterFiles } from '../../../../tools/testing/typesetter.ts'
import { openTypesetter, type Typesetter } from './typesetter.ts'

let typesetter: Typesetter
beforeAll(async () => {
  typesetter = await testTypesetter()
}, 60_000)

describe('the typesetter', () => {
  test('refuses a font, and a shaper, of which one bit is another', async () => {
    const files = typesetterFiles()
    const bent = files.fonts.mono.slice()
    bent[5000] = (bent[5000] ?? 0) ^ 1
    await expect(openTypesetter({ ...files, fonts: { ...files.fonts, mono: bent } })).rejects.toThrow(
      /NotoSansMono-Regular\.ttf is not the file/,
    )
    await expect(openTypesetter({ ...files, harfbuzzWasm: files.subsetWasm })).rejects.toThrow(/harfbuzz\.wasm/)
  })

  test.each([
    ['Latin', 'A\u00e9\u0153\u1ef9'],
    ['Cyrillic', '\u0416\u0457\u0491'],
    ['Greek', '\u03a9\u1f66'],
    ['Arabic', '\u0634\u067e\u0661'],
    ['Burmese', '\u1000\u103b\u1041'],
    ['simplified Chinese', '\u8bc1\u636e\u6863'],
    ['traditional Chinese', '\u8b49\u64da\u6a94\u9f8d'],
  ])('has every character of %s in each style', (_, text) => {
    for (const character of text)
      for (const style of ['plain', 'strong', 'code', 'name'] as const)
        expect(typesetter.fontFor(character.codePointAt(0)!, style)).toBeDefined()
  })

  test.each(['\u{1f600}', '\u0e01', '\u05d0', '\u0915', '\u{20000}', '\ud7a3'])('has no font for %j', (character) => {
    expect(typesetter.hasGlyph(character.codePointAt(0)!)).toBe(false)
  })

  test('knows no character that this engine calls unassigned, so that engines agree on all of them', () => {
    const unknown: string[] = []
    let known = 0
    for (let codePoint = 0; codePoint < 0x3_2400; codePoint += 1) {
      if (codePoint >= 0xd800 && codePoint < 0xe000) continue
      if (!typesetter.hasGlyph(codePoint)) continue
      known += 1
      if (/\p{Cn}/u.test(String.fromCodePoint(codePoint))) unknown.push(codePoint.toString(16))
    }
    expect(unknown).toEqual([])
    expect(known).toBeGreaterThan(12_000)
  })

  test('shapes the dots and vowels of Arabic, and the medials of Burmese, as HarfBuzz places them', () => {
    const arabic = typesetter.face('arabic').shaping.shape({
      text: '\u0634\u064e',
      script: 'Arab',
      rightToLeft: true,
      language: 'ar',
      without: [],
    })
    // One letter and a vowel: the letter, its dots and the vowel are glyphs of their own, the marks without width.
    expect(arabic.length).toBeGreaterThan(2)
    expect(arabic.filter(({ advance }) => advance > 0)).toHaveLength(1)
    const burmese = typesetter.face('myanmar').shaping.shape({
      text: '\u1000\u103c\u1031',
      script: 'Mymr',
      rightToLeft: false,
      language: 'my',
      without: [],
    })
    // The vowel e and the medial ra are written before the consonant that they follow in the text.
    const glyphOf = (codePoint: number): number => typesetter.face('myanmar').shaping.nominalGlyph(codePoint)
    expect(burmese[0]?.glyph).toBe(glyphOf(0x1031))
    expect(burmese.at(-1)?.glyph).toBe(glyphOf(0x1000))
  })
})
