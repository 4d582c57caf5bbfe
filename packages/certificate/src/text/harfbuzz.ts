import { copyIn, instantiate, type WasmHeap } from './web-assembly.ts'

/**
 * The functions of hb.h that are used, as harfbuzzjs 1.6.4 exports them (HarfBuzz built with Emscripten). The module is
 * used without its JavaScript: that part fetches the module by its address when it is loaded, which a page opened from a
 * disk may not do.
 */
interface HarfBuzzExports extends WasmHeap {
  __wasm_call_ctors(): void
  hb_blob_create(data: number, length: number, mode: number, userData: number, destroy: number): number
  hb_face_create(blob: number, index: number): number
  hb_face_get_upem(face: number): number
  hb_font_create(face: number): number
  hb_font_get_nominal_glyph(font: number, codePoint: number, glyph: number): number
  hb_font_get_glyph_h_advance(font: number, glyph: number): number
  hb_language_from_string(text: number, length: number): number
  hb_buffer_create(): number
  hb_buffer_clear_contents(buffer: number): void
  hb_buffer_set_direction(buffer: number, direction: number): void
  hb_buffer_set_script(buffer: number, script: number): void
  hb_buffer_set_language(buffer: number, language: number): void
  hb_buffer_set_flags(buffer: number, flags: number): void
  hb_buffer_add_utf16(buffer: number, text: number, length: number, offset: number, itemLength: number): void
  hb_buffer_get_length(buffer: number): number
  hb_buffer_get_glyph_infos(buffer: number, length: number): number
  hb_buffer_get_glyph_positions(buffer: number, length: number): number
  hb_shape(font: number, buffer: number, features: number, count: number): void
}

/** ISO 15924 codes of the scripts that the fonts cover. */
export type Script = 'Zyyy' | 'Latn' | 'Cyrl' | 'Grek' | 'Arab' | 'Mymr' | 'Hani'

/** One glyph as shaped; lengths in units of the font's em, `cluster` an index of UTF-16 code units into the text. */
export interface ShapedGlyph {
  readonly glyph: number
  readonly cluster: number
  readonly advance: number
  readonly x: number
  readonly y: number
}

/** How a stretch of one font, script and direction is shaped. */
export interface ShapingRequest {
  readonly text: string
  readonly script: Script
  readonly rightToLeft: boolean
  /** BCP 47. */
  readonly language: string
  /** OpenType features that are switched off, for example `liga`. */
  readonly without: readonly string[]
}

export interface ShapingFont {
  readonly unitsPerEm: number
  /** 0 when the font has no glyph for it. */
  nominalGlyph(codePoint: number): number
  advanceOf(glyph: number): number
  shape(request: ShapingRequest): ShapedGlyph[]
}

export interface HarfBuzz {
  openFont(bytes: Uint8Array): ShapingFont
}

const PAGE = 65_536
/** hb_memory_mode_t HB_MEMORY_MODE_WRITABLE: the blob is ours and stays. */
const WRITABLE = 2
/** hb_direction_t. */
const LEFT_TO_RIGHT = 4
const RIGHT_TO_LEFT = 5
/** hb_buffer_flags_t: begin and end of text, so that marks at either end are judged as such. */
const BEGIN_AND_END_OF_TEXT = 0x3
/** The sizes of hb_glyph_info_t, hb_glyph_position_t and hb_feature_t in 32-bit words. */
const INFO_WORDS = 5
const POSITION_WORDS = 5
const FEATURE_WORDS = 4
/** hb_feature_t.end: HB_FEATURE_GLOBAL_END. */
const TO_THE_END = 0xffff_ffff

function tag(text: string): number {
  return (
    ((text.charCodeAt(0) << 24) | (text.charCodeAt(1) << 16) | (text.charCodeAt(2) << 8) | text.charCodeAt(3)) >>> 0
  )
}

function stopped(what: string): never {
  throw new Error(`HarfBuzz stopped: ${what}`)
}

/** `wasm` is dist/harfbuzz.wasm of harfbuzzjs 1.6.4. */
export async function openHarfBuzz(wasm: Uint8Array): Promise<HarfBuzz> {
  const hb = await instantiate<HarfBuzzExports>(wasm, (exports) => ({
    wasi_snapshot_preview1: { proc_exit: () => stopped('exit') },
    env: {
      _abort_js: () => stopped('abort'),
      // A timer and its keep-alive belong to Emscripten's run time; HarfBuzz has no use for either.
      _setitimer_js: () => 0,
      _emscripten_runtime_keepalive_clear: () => undefined,
      emscripten_resize_heap: (bytes = 0) => {
        const { memory } = exports()
        const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE)
        try {
          memory.grow(Math.max(missing, 16))
          return 1
        } catch {
          return 0
        }
      },
    },
  }))
  hb.__wasm_call_ctors()

  const buffer = hb.hb_buffer_create()
  const out = hb.malloc(4)
  const languages = new Map<string, number>()
  const languageOf = (text: string): number => {
    const known = languages.get(text)
    if (known !== undefined) return known
    const pointer = copyIn(
      hb,
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
    )
    const language = hb.hb_language_from_string(pointer, text.length)
    hb.free(pointer)
    languages.set(text, language)
    return language
  }
  const featureLists = new Map<string, { pointer: number; count: number }>()
  const withoutFeatures = (names: readonly string[]): { pointer: number; count: number } => {
    const key = names.join()
    const known = featureLists.get(key)
    if (known !== undefined) return known
    const pointer = names.length === 0 ? 0 : hb.malloc(names.length * FEATURE_WORDS * 4)
    const words = new Uint32Array(hb.memory.buffer)
    for (const [index, name] of names.entries())
      words.set([tag(name), 0, 0, TO_THE_END], pointer / 4 + index * FEATURE_WORDS)
    const list = { pointer, count: names.length }
    featureLists.set(key, list)
    return list
  }

  return {
    openFont(bytes) {
      const blob = hb.hb_blob_create(copyIn(hb, bytes), bytes.length, WRITABLE, 0, 0)
      const face = hb.hb_face_create(blob, 0)
      const font = hb.hb_font_create(face)
      return {
        unitsPerEm: hb.hb_face_get_upem(face),
        nominalGlyph(codePoint) {
          if (hb.hb_font_get_nominal_glyph(font, codePoint, out) === 0) return 0
          return new Uint32Array(hb.memory.buffer)[out / 4] ?? 0
        },
        advanceOf: (glyph) => hb.hb_font_get_glyph_h_advance(font, glyph),
        shape({ text, script, rightToLeft, language, without }) {
          const units = hb.malloc(Math.max(2, text.length * 2))
          const view = new Uint16Array(hb.memory.buffer, units, text.length)
          for (let index = 0; index < text.length; index += 1) view[index] = text.charCodeAt(index)
          hb.hb_buffer_clear_contents(buffer)
          hb.hb_buffer_add_utf16(buffer, units, text.length, 0, text.length)
          hb.free(units)
          hb.hb_buffer_set_direction(buffer, rightToLeft ? RIGHT_TO_LEFT : LEFT_TO_RIGHT)
          hb.hb_buffer_set_script(buffer, tag(script))
          hb.hb_buffer_set_language(buffer, languageOf(language))
          hb.hb_buffer_set_flags(buffer, BEGIN_AND_END_OF_TEXT)
          const features = withoutFeatures(without)
          hb.hb_shape(font, buffer, features.pointer, features.count)
          const count = hb.hb_buffer_get_length(buffer)
          const infos = hb.hb_buffer_get_glyph_infos(buffer, 0) / 4
          const positions = hb.hb_buffer_get_glyph_positions(buffer, 0) / 4
          const unsigned = new Uint32Array(hb.memory.buffer)
          const signed = new Int32Array(hb.memory.buffer)
          return Array.from({ length: count }, (_, index) => {
            const info = infos + index * INFO_WORDS
            const position = positions + index * POSITION_WORDS
            return {
              glyph: unsigned[info] ?? 0,
              cluster: unsigned[info + 2] ?? 0,
              advance: signed[position] ?? 0,
              x: signed[position + 2] ?? 0,
              y: signed[position + 3] ?? 0,
            }
          })
        },
      }
    },
  }
}
