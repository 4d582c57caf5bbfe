import { copyIn, instantiate, type WasmHeap } from './web-assembly.ts'

/** The functions of hb-subset.h that are used, as harfbuzzjs 1.6.4 exports them. The module imports nothing. */
interface SubsetExports extends WasmHeap {
  _initialize(): void
  hb_blob_create(data: number, length: number, mode: number, userData: number, destroy: number): number
  hb_blob_destroy(blob: number): void
  hb_blob_get_data(blob: number, length: number): number
  hb_blob_get_length(blob: number): number
  hb_face_create(blob: number, index: number): number
  hb_face_destroy(face: number): void
  hb_face_reference_blob(face: number): number
  hb_set_add(set: number, value: number): void
  hb_set_clear(set: number): void
  hb_subset_input_create_or_fail(): number
  hb_subset_input_destroy(input: number): void
  hb_subset_input_glyph_set(input: number): number
  hb_subset_input_unicode_set(input: number): number
  hb_subset_input_set(input: number, which: number): number
  hb_subset_input_set_flags(input: number, flags: number): void
  hb_subset_or_fail(face: number, input: number): number
}

export interface SubsetRequest {
  readonly font: Uint8Array
  /** Glyphs that are kept, and what they are composed of. */
  readonly glyphs?: Iterable<number>
  /** Code points whose glyphs are kept. */
  readonly codePoints?: Iterable<number>
  /** Glyph numbers stay what they were (the glyphs left out become empty). */
  readonly keepNumbers: boolean
  /** Tables to leave out besides those for layout. */
  readonly dropTables?: readonly string[]
}

export interface Subsetter {
  /** A TrueType font with these glyphs only, without hinting and without layout tables: its text is shaped already. */
  subset(request: SubsetRequest): Uint8Array
}

const WRITABLE = 2
/** hb_subset_flags_t. */
const NO_HINTING = 0x1
const RETAIN_GIDS = 0x2
const NOTDEF_OUTLINE = 0x40
/** hb_subset_sets_t HB_SUBSET_SETS_DROP_TABLE_TAG. */
const DROP_TABLES = 3
const LAYOUT_TABLES = ['GSUB', 'GPOS', 'GDEF']

function tag(text: string): number {
  return (
    ((text.charCodeAt(0) << 24) | (text.charCodeAt(1) << 16) | (text.charCodeAt(2) << 8) | text.charCodeAt(3)) >>> 0
  )
}

/** `wasm` is dist/harfbuzz-subset.wasm of harfbuzzjs 1.6.4. */
export async function openSubsetter(wasm: Uint8Array): Promise<Subsetter> {
  const hb = await instantiate<SubsetExports>(wasm, () => ({}))
  hb._initialize()
  return {
    subset({ font, glyphs = [], codePoints = [], keepNumbers, dropTables = [] }) {
      const data = copyIn(hb, font)
      const blob = hb.hb_blob_create(data, font.length, WRITABLE, 0, 0)
      const face = hb.hb_face_create(blob, 0)
      const input = hb.hb_subset_input_create_or_fail()
      const glyphSet = hb.hb_subset_input_glyph_set(input)
      for (const glyph of glyphs) hb.hb_set_add(glyphSet, glyph)
      const unicodeSet = hb.hb_subset_input_unicode_set(input)
      for (const codePoint of codePoints) hb.hb_set_add(unicodeSet, codePoint)
      const dropped = hb.hb_subset_input_set(input, DROP_TABLES)
      for (const table of [...LAYOUT_TABLES, ...dropTables]) hb.hb_set_add(dropped, tag(table))
      hb.hb_subset_input_set_flags(input, NO_HINTING | NOTDEF_OUTLINE | (keepNumbers ? RETAIN_GIDS : 0))
      const result = hb.hb_subset_or_fail(face, input)
      if (result === 0) throw new Error('a font could not be cut down to the glyphs in use')
      const resultBlob = hb.hb_face_reference_blob(result)
      const start = hb.hb_blob_get_data(resultBlob, 0)
      const bytes = new Uint8Array(hb.memory.buffer).slice(start, start + hb.hb_blob_get_length(resultBlob))
      hb.hb_blob_destroy(resultBlob)
      hb.hb_face_destroy(result)
      hb.hb_subset_input_destroy(input)
      hb.hb_face_destroy(face)
      hb.hb_blob_destroy(blob)
      hb.free(data)
      return bytes
    },
  }
}
