import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** The fonts of a certificate; `FONT_FILES` has the file of each. */
export type FontName = 'sans' | 'sans-bold' | 'mono' | 'arabic' | 'arabic-bold' | 'myanmar' | 'myanmar-bold' | 'han'

/** A file that a typesetter is opened with: its name in its folder, and the digest that it must have. */
export interface NeededFile {
  readonly file: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/**
 * The fonts, in the folder `fonts` of this package (`@probatum/certificate/fonts/FILE`). A certificate is a function of
 * these bytes: with another font its pages would be others.
 */
export const FONT_FILES: Readonly<Record<FontName, NeededFile>> = {
  sans: {
    file: 'NotoSans-Regular.ttf',
    sha256: 'fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614',
  },
  'sans-bold': {
    file: 'NotoSans-Bold.ttf',
    sha256: '13a813c49624ae3ba3c5c6e72c5ebffc4b9e1e6ea32f421c04069b037c6ad431',
  },
  mono: {
    file: 'NotoSansMono-Regular.ttf',
    sha256: '11b5d661e57865bce89d3f103a654cfa4faf9347abebac252e30742be1e657b2',
  },
  arabic: {
    file: 'NotoSansArabic-Regular.ttf',
    sha256: '252629ca0e87b6233851249b8cbf7b43445211a8caf199f1b306a19202251508',
  },
  'arabic-bold': {
    file: 'NotoSansArabic-Bold.ttf',
    sha256: 'a86a704ff8b315082f4859b04c2f8f746f4cefb14553ef10505f143e0d4829d3',
  },
  myanmar: {
    file: 'NotoSansMyanmar-Regular.ttf',
    sha256: '52c27fe2643e3e34bae3b3d8865f6a2400e8c955d1adbe311979ea012116eb13',
  },
  'myanmar-bold': {
    file: 'NotoSansMyanmar-Bold.ttf',
    sha256: 'e8c0650bd16c279dc64b7baabb33fd5b0266e4ef8005fe36fd8122dcc43dba18',
  },
  han: {
    file: 'NotoSansSC-Subset.ttf',
    sha256: '6155e34f050f0d746c6c3ae534199f7734ecd62fef61535b25c1bd799b63c5f2',
  },
}

/** The two modules of harfbuzzjs 1.6.4, in its folder `dist` (`harfbuzzjs/dist/FILE`). */
export const SHAPER_FILES: Readonly<Record<'harfbuzzWasm' | 'subsetWasm', NeededFile>> = {
  harfbuzzWasm: {
    file: 'harfbuzz.wasm',
    sha256: '6eeed8e1bc9ad7773038e48ff8f9e07e0ad228572c594b45e5357e9c2f7a0b2e',
  },
  subsetWasm: {
    file: 'harfbuzz-subset.wasm',
    sha256: '62415fe6bad92ef16f3e5d2dbed6c66a4adec7f5a59c6d27084811c92cce1ba5',
  },
}

/** Throws when the bytes are not the file that was meant. */
export function requireFile(bytes: Uint8Array, { file, sha256: expected }: NeededFile): void {
  const found = bytesToHex(sha256(bytes))
  if (found !== expected)
    throw new Error(
      `${file} is not the file this program was made with: its SHA-256 is ${found}, expected ${expected}. Install the program again.`,
    )
}
