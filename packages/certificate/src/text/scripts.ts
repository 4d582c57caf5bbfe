import type { Script } from './harfbuzz.ts'

/** Blocks of the scripts that the fonts cover: fixed here, so that no engine's Unicode version shows on a page. */
const BLOCKS: readonly (readonly [number, number, Script])[] = [
  [0x41, 0x5a, 'Latn'],
  [0x61, 0x7a, 'Latn'],
  [0xaa, 0xaa, 'Latn'],
  [0xba, 0xba, 'Latn'],
  [0xc0, 0xd6, 'Latn'],
  [0xd8, 0xf6, 'Latn'],
  [0xf8, 0x2af, 'Latn'],
  [0x370, 0x3ff, 'Grek'],
  [0x400, 0x52f, 'Cyrl'],
  [0x600, 0x6ff, 'Arab'],
  [0x750, 0x77f, 'Arab'],
  [0x870, 0x8ff, 'Arab'],
  [0x1000, 0x109f, 'Mymr'],
  [0x1c80, 0x1c8f, 'Cyrl'],
  [0x1d00, 0x1dbf, 'Latn'],
  [0x1e00, 0x1eff, 'Latn'],
  [0x1f00, 0x1fff, 'Grek'],
  [0x2c60, 0x2c7f, 'Latn'],
  [0x2de0, 0x2dff, 'Cyrl'],
  [0x2e80, 0x2fdf, 'Hani'],
  [0x3005, 0x3007, 'Hani'],
  [0x3021, 0x3029, 'Hani'],
  [0x3400, 0x4dbf, 'Hani'],
  [0x4e00, 0x9fff, 'Hani'],
  [0xa640, 0xa69f, 'Cyrl'],
  [0xa720, 0xa7ff, 'Latn'],
  [0xa9e0, 0xa9ff, 'Mymr'],
  [0xaa60, 0xaa7f, 'Mymr'],
  [0xab30, 0xab6f, 'Latn'],
  [0xf900, 0xfaff, 'Hani'],
  [0xfb00, 0xfb06, 'Latn'],
  [0xfb50, 0xfdff, 'Arab'],
  [0xfe70, 0xfefe, 'Arab'],
  [0x20000, 0x323af, 'Hani'],
]

/** The script of a code point; `Zyyy` for what belongs to none (spaces, digits, punctuation, combining marks). */
export function scriptOf(codePoint: number): Script {
  for (const [from, to, script] of BLOCKS) {
    if (codePoint < from) return 'Zyyy'
    if (codePoint <= to) return script
  }
  return 'Zyyy'
}

/** Whether letters of this code point are written from right to left; Arabic is the one such script with a font. */
export function isRightToLeftLetter(codePoint: number): boolean {
  return scriptOf(codePoint) === 'Arab' && !isArabicDigit(codePoint)
}

function isArabicDigit(codePoint: number): boolean {
  return (codePoint >= 0x660 && codePoint <= 0x66c) || (codePoint >= 0x6f0 && codePoint <= 0x6f9)
}

/**
 * Scripts of which a font happens to have glyphs, but whose letters take their places by rules that nobody here has
 * looked at: from Devanagari to Sinhala, and what extends them.
 */
export function isUnsetScript(codePoint: number): boolean {
  return (
    (codePoint >= 0x900 && codePoint <= 0xdff) ||
    (codePoint >= 0x1cd0 && codePoint <= 0x1cff) ||
    (codePoint >= 0xa830 && codePoint <= 0xa83f) ||
    (codePoint >= 0xa8e0 && codePoint <= 0xa8ff)
  )
}
