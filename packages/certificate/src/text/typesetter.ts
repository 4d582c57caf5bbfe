import { FONT_FILES, type FontName, requireFile, SHAPER_FILES } from './fonts.ts'
import { type HarfBuzz, openHarfBuzz, type ShapingFont } from './harfbuzz.ts'
import { isUnsetScript } from './scripts.ts'
import type { Composite } from './sfnt.ts'
import { openSubsetter, type Subsetter } from './subset.ts'

export type TextStyle = 'plain' | 'strong' | 'code' | 'name'

/** One glyph to be set; lengths in thousandths of the em. `text` is what it stands for. */
export interface SetGlyph {
  /** A glyph of the font, or one of `Face.composites`, from `FIRST_COMPOSITE` on. */
  readonly glyph: number
  readonly text: string
  readonly advance: number
  readonly x: number
  readonly y: number
}

/** A font with what is asked of it often. */
export interface Face {
  readonly name: FontName
  readonly bytes: Uint8Array
  readonly shaping: ShapingFont
  /** Above and below the baseline, in thousandths of the em: room for a line. */
  readonly ascent: number
  readonly descent: number
  /** Printable ASCII without shaping, by code; for fonts that have all of it. */
  readonly ascii: readonly (SetGlyph | undefined)[]
  has(codePoint: number): boolean
  /** Several glyphs that stand for one cluster of text, as one glyph. The same parts give the same number. */
  compose(composite: Composite): number
  compositeOf(glyph: number): Composite | undefined
  advanceOf(glyph: number): number
}

/** Fonts have at most 65,536 glyphs of their own. */
export const FIRST_COMPOSITE = 0x1_0000

/** Shapes text and cuts fonts down: everything that needs HarfBuzz and the fonts. Opened once, used for many documents. */
export interface Typesetter {
  face(name: FontName): Face
  /** The first font for a style that has the character. */
  fontFor(codePoint: number, style: TextStyle): FontName | undefined
  hasGlyph(codePoint: number): boolean
  /**
   * False for Burmese marks that no syllable has in that order: the shaper sets each on a dotted circle of its own, so that
   * one cluster can be as wide as a column.
   */
  isWellFormed(text: string): boolean
  readonly subsetter: Subsetter
}

const CANDIDATES: Readonly<Record<TextStyle, readonly FontName[]>> = {
  plain: ['sans', 'arabic', 'myanmar', 'han', 'mono'],
  strong: ['sans-bold', 'arabic-bold', 'myanmar-bold', 'han', 'mono', 'sans', 'arabic', 'myanmar'],
  code: ['mono', 'sans', 'arabic', 'myanmar', 'han'],
  name: ['mono', 'sans', 'arabic', 'myanmar', 'han'],
}

/** Less than the fonts' own metrics for Arabic and Burmese (2.1 em), which are meant for the rarest stacks. */
const HEIGHTS: Readonly<Record<FontName, readonly [ascent: number, descent: number]>> = {
  sans: [1069, 293],
  'sans-bold': [1069, 293],
  mono: [1069, 293],
  han: [1069, 293],
  arabic: [1200, 520],
  'arabic-bold': [1200, 520],
  myanmar: [1180, 690],
  'myanmar-bold': [1180, 690],
}

const BURMESE = /[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]+/g
const DOTTED_CIRCLE = 0x25cc

function openFace(harfbuzz: HarfBuzz, name: FontName, bytes: Uint8Array): Face {
  const shaping = harfbuzz.openFont(bytes)
  if (shaping.unitsPerEm !== 1000) throw new Error(`the font ${name} does not have 1000 units per em`)
  // 0 not asked yet, 1 missing, 2 there.
  const known = new Uint8Array(0x1_0000)
  const composites: Composite[] = []
  const numbers = new Map<string, number>()
  const compositeOf = (glyph: number): Composite | undefined =>
    glyph < FIRST_COMPOSITE ? undefined : composites[glyph - FIRST_COMPOSITE]
  const advances = new Map<number, number>()
  const ascii = Array.from({ length: 0x7f }, (_, code): SetGlyph | undefined => {
    const glyph = code < 0x20 ? 0 : shaping.nominalGlyph(code)
    return glyph === 0
      ? undefined
      : { glyph, text: String.fromCharCode(code), advance: shaping.advanceOf(glyph), x: 0, y: 0 }
  })
  return {
    name,
    bytes,
    shaping,
    ascent: HEIGHTS[name][0],
    descent: HEIGHTS[name][1],
    ascii,
    has(codePoint) {
      if (known[codePoint] === 2) return true
      if (known[codePoint] === 1) return false
      const has = shaping.nominalGlyph(codePoint) !== 0
      known[codePoint] = has ? 2 : 1
      return has
    },
    compose(composite) {
      const key = `${composite.advance} ${composite.parts.map(({ glyph, x, y }) => `${glyph} ${x} ${y}`).join()}`
      let number = numbers.get(key)
      if (number === undefined) {
        number = FIRST_COMPOSITE + composites.length
        composites.push(composite)
        numbers.set(key, number)
      }
      return number
    },
    compositeOf,
    advanceOf(glyph) {
      const known = advances.get(glyph)
      if (known !== undefined) return known
      const advance = compositeOf(glyph)?.advance ?? shaping.advanceOf(glyph)
      advances.set(glyph, advance)
      return advance
    },
  }
}

/** Bytes of shaper and fonts; each must have the digest that is written down for it. */
export interface TypesetterFiles {
  /** dist/harfbuzz.wasm of harfbuzzjs 1.6.4. */
  readonly harfbuzzWasm: Uint8Array
  /** dist/harfbuzz-subset.wasm of harfbuzzjs 1.6.4. */
  readonly subsetWasm: Uint8Array
  /** The files of `FONT_FILES`. */
  readonly fonts: Readonly<Record<FontName, Uint8Array>>
}

/**
 * Checks every file against its digest (`FONT_FILES`, `SHAPER_FILES`) and starts the shaper. A font is handed to it when
 * a text first needs it.
 */
export async function openTypesetter({ harfbuzzWasm, subsetWasm, fonts }: TypesetterFiles): Promise<Typesetter> {
  requireFile(harfbuzzWasm, SHAPER_FILES.harfbuzzWasm)
  requireFile(subsetWasm, SHAPER_FILES.subsetWasm)
  const names = Object.keys(FONT_FILES) as FontName[]
  for (const name of names) requireFile(fonts[name], FONT_FILES[name])
  const harfbuzz = await openHarfBuzz(harfbuzzWasm)
  const subsetter = await openSubsetter(subsetWasm)
  const faces = new Map<FontName, Face>()
  const face = (name: FontName): Face => {
    let opened = faces.get(name)
    if (opened === undefined) {
      opened = openFace(harfbuzz, name, fonts[name])
      faces.set(name, opened)
    }
    return opened
  }
  const fontFor = (codePoint: number, style: TextStyle): FontName | undefined =>
    isUnsetScript(codePoint) ? undefined : CANDIDATES[style].find((name) => face(name).has(codePoint))
  return {
    face,
    fontFor,
    // Every style ends at the same set of fonts.
    hasGlyph: (codePoint) => fontFor(codePoint, 'plain') !== undefined,
    isWellFormed(text) {
      const stretches = text.match(BURMESE)
      if (stretches === null) return true
      const { shaping } = face('myanmar')
      const circle = shaping.nominalGlyph(DOTTED_CIRCLE)
      return stretches.every((stretch) =>
        shaping
          .shape({ text: stretch, script: 'Mymr', rightToLeft: false, language: 'und', without: [] })
          .every(({ glyph }) => glyph !== circle),
      )
    },
    subsetter,
  }
}
