import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { testTypesetter } from '../../../../tools/testing/typesetter.ts'
import { SENTENCES, sampleDigest } from '../testing/sample-document.ts'
import { breakLines, type Line, type TextSetting, widthsOf } from './lines.ts'
import { displayRuns, type InputRun } from './paragraph.ts'
import type { Typesetter } from './typesetter.ts'

let typesetter: Typesetter
beforeAll(async () => {
  typesetter = await testTypesetter()
}, 60_000)

const SETTING: TextSetting = { size: 10, codeSize: 7, kerning: true, language: 'en', rightToLeft: false }

const lines = (runs: readonly InputRun[], width: number, setting = SETTING): Line[] =>
  breakLines(displayRuns(runs, typesetter).pieces, width, setting, typesetter)
const textOf = (line: Line): string => line.runs.map(({ text }) => text).join('')
const visually = (line: Line): string =>
  [...line.runs]
    .sort((a, b) => a.x - b.x)
    .map(({ glyphs }) => glyphs.map(({ text }) => text).join(''))
    .join('')

describe('lines', () => {
  test('lose and add nothing, whatever the width', () => {
    const run = fc.record(
      {
        text: fc.oneof(
          fc.constantFrom(...SENTENCES.map(({ text }) => text)),
          fc.string({ maxLength: 30 }),
          fc.string({ unit: fc.constantFrom('\u0627', '\u0644', ' ', '1', '(', 'a', '\u1000', '\u103c', '\u6587') }),
        ),
        style: fc.constantFrom('strong' as const, 'code' as const, 'name' as const),
      },
      { requiredKeys: ['text'] },
    )
    fc.assert(
      fc.property(
        fc.array(run, { maxLength: 4 }),
        fc.integer({ min: 5, max: 400 }),
        fc.boolean(),
        (runs, width, rightToLeft) => {
          const { pieces } = displayRuns(runs, typesetter)
          const whole = pieces.map(({ text }) => text).join('')
          const broken = breakLines(pieces, width, { ...SETTING, rightToLeft }, typesetter)
          expect(broken.map(textOf).join('')).toBe(
            whole.replaceAll(/[\u200b\u200e\u200f\u2066-\u2069\u00ad\u2060\u061c]/g, ''),
          )
          for (const line of broken)
            for (const { glyphs, text } of line.runs) {
              const texts = glyphs.map((glyph) => glyph.text)
              expect([texts.join(''), texts.toReversed().join('')]).toContain(text)
            }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('are no wider than their column, unless one cluster is', () => {
    for (const { text, lang } of SENTENCES)
      for (const line of lines([{ text, lang }], 120, { ...SETTING, language: lang }))
        expect(line.width).toBeLessThanOrEqual(121)
  })

  test('keep 64 digits together in 269 points, and set 128 on two lines of 64', () => {
    const digest = sampleDigest(1)
    expect(lines([{ text: 'SHA-256 ' }, { text: digest, style: 'code' }], 270).map(textOf)).toEqual([
      'SHA-256 ',
      digest,
    ])
    const long = sampleDigest(1, 128)
    expect(lines([{ text: long, style: 'code' }], 270).map(textOf)).toEqual([long.slice(0, 64), long.slice(64)])
  })

  test('of names end after separators, never beside a space or after a hyphen', () => {
    const name = 'data/photographs of a place/IMG-0001_final version-2.jpg'
    for (let width = 20; width < 240; width += 3) {
      const broken = lines([{ text: name, style: 'name' }], width).map(textOf)
      expect(broken.join('')).toBe(name)
      for (const part of broken.slice(0, -1)) expect(part).not.toMatch(/ $/)
      if (width > 60) for (const part of broken.slice(1)) expect(part).not.toMatch(/^ /)
    }
  })

  test('of Burmese end before a syllable, those of Chinese not before a full stop', () => {
    const burmese = SENTENCES.find(({ lang }) => lang === 'my')!
    for (const line of lines([burmese], 60).slice(1)) expect(textOf(line)).toMatch(/^[\u1000-\u102a\u103f\u104e]/)
    const chinese = SENTENCES.find(({ lang }) => lang === 'zh-Hans')!
    for (let width = 30; width < 200; width += 5)
      for (const line of lines([chinese], width).slice(1)) expect(textOf(line)).not.toMatch(/^[。，）]/)
  })

  test('set a line feed of a sentence as the end of a line', () => {
    expect(lines([{ text: 'one\ntwo' }], 200).map(textOf)).toEqual(['one', 'two'])
  })

  test('give the width that a column needs', () => {
    const { pieces } = displayRuns([{ text: 'two words' }], typesetter)
    const { whole, widest } = widthsOf(pieces, SETTING, typesetter)
    expect(breakLines(pieces, whole, SETTING, typesetter)).toHaveLength(1)
    expect(breakLines(pieces, whole - 1, SETTING, typesetter)).toHaveLength(2)
    expect(widest).toBeLessThan(whole)
  })
})

describe('direction', () => {
  test('a name reads from left to right; only its Arabic words run the other way', () => {
    const [line] = lines([{ text: '\u0623\u0628-2024/\u062c\u062f.pdf', style: 'name' }], 400)
    expect(visually(line!)).toBe('\u0628\u0623-2024/\u062f\u062c.pdf')
  })

  test('a code in an Arabic sentence stays as it is, and the sentence goes around it', () => {
    const arabic: TextSetting = { ...SETTING, language: 'ar', rightToLeft: true }
    const [line] = lines(
      [{ text: '\u0623\u0628 ' }, { text: '12ab-34', style: 'code' }, { text: ' \u062c.' }],
      400,
      arabic,
    )
    expect(visually(line!)).toBe('.\u062c 12ab-34 \u0628\u0623')
  })

  test('digits of a sentence keep their order', () => {
    const arabic: TextSetting = { ...SETTING, language: 'ar', rightToLeft: true }
    const [line] = lines([{ text: '\u0623 456 \u0628 \u0661\u0662\u0663' }], 400, arabic)
    expect(visually(line!)).toBe('\u0661\u0662\u0663 \u0628 456 \u0623')
  })

  test.each(['2026-03-14T09:12:01Z', '14/03/2026', '1.2.3', 'data/00/x-1.txt', '+02:00', '-5', 'SHA-256', '1,392.50'])(
    '%s in an Arabic sentence keeps its order, in either direction of the document',
    (word) => {
      for (const rightToLeft of [true, false]) {
        const [line] = lines([{ text: `\u0623\u0628 ${word} \u062c` }], 400, {
          ...SETTING,
          language: 'ar',
          rightToLeft,
        })
        expect(visually(line!)).toContain(word)
      }
    },
  )

  test('an English phrase in an Arabic document is not taken apart', () => {
    const arabic: TextSetting = { ...SETTING, language: 'ar', rightToLeft: true }
    for (const phrase of ['SHA-256 of the manifest', 'made on 2026-03-14 by SHA-256/1 and data/00/x']) {
      const [line] = lines([{ text: `\u0623\u0628: ${phrase} \u062c` }], 400, arabic)
      expect(visually(line!)).toContain(phrase)
    }
  })

  test('isolates of a sentence are obeyed and not set', () => {
    const [line] = lines([{ text: 'a \u2068\u0623\u0628\u2069 1' }], 400)
    expect(visually(line!)).toBe('a \u0628\u0623 1')
  })
})

describe('shaping', () => {
  test('of printable ASCII without kerning is what HarfBuzz makes of it', () => {
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')
    for (const name of ['sans', 'sans-bold', 'mono'] as const) {
      const face = typesetter.face(name)
      const shaped = face.shaping.shape({
        text: ascii,
        script: 'Latn',
        rightToLeft: false,
        language: 'en',
        without: ['liga', 'clig', 'calt', 'kern'],
      })
      const direct = Array.from(ascii, (character) => face.ascii[character.charCodeAt(0)]!)
      expect(shaped.map(({ glyph, advance, x, y }) => [glyph, advance, x, y])).toEqual(
        direct.map(({ glyph, advance, x, y }) => [glyph, advance, x, y]),
      )
    }
  })

  test('makes one glyph of each cluster', () => {
    for (const { text, lang } of SENTENCES)
      for (const line of lines([{ text, lang }], 10_000, { ...SETTING, language: lang }))
        for (const { glyphs } of line.runs) for (const glyph of glyphs) expect(glyph.text).not.toBe('')
  })

  test('sets no ligature in a code', () => {
    const [line] = lines([{ text: 'office ffi fl', style: 'code' }], 400)
    expect(line!.runs.flatMap(({ glyphs }) => glyphs)).toHaveLength('office ffi fl'.length)
  })
})
