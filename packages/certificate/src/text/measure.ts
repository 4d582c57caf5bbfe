import { breakOpportunities } from './breaks.ts'
import type { ShapedGlyph } from './harfbuzz.ts'
import { type Item, itemise, type Piece } from './paragraph.ts'
import type { Face, SetGlyph, Typesetter } from './typesetter.ts'

/** How text is set: sizes in points. */
export interface TextSetting {
  readonly size: number
  /** Of `code` and `name`. */
  readonly codeSize: number
  /** Off in tables, where printable ASCII is set without shaping. */
  readonly kerning: boolean
  readonly language: string
  readonly rightToLeft: boolean
}

const NO_LIGATURES = ['liga', 'clig', 'calt', 'kern']
const LESS_LIGATURES = ['liga', 'clig']
const LESS_LIGATURES_NO_KERNING = ['liga', 'clig', 'kern']
const ALL: readonly string[] = []

/** Letters of Arabic and Burmese take their shapes from ligatures and contexts; there they stay. */
function featuresOff(item: Item, kerning: boolean): readonly string[] {
  if (item.script === 'Arab' || item.script === 'Mymr') return ALL
  if (item.piece.style === 'code' || item.piece.style === 'name') return NO_LIGATURES
  return kerning ? LESS_LIGATURES : LESS_LIGATURES_NO_KERNING
}

/** Glyphs with the text that each stands for: several glyphs of one cluster become one. */
function shapeText(text: string, item: Item, face: Face, setting: TextSetting): (SetGlyph & { cluster: number })[] {
  const shaped = face.shaping.shape({
    text,
    script: item.script,
    rightToLeft: item.level % 2 === 1,
    language:
      item.piece.style === 'code' || item.piece.style === 'name' ? 'und' : (item.piece.lang ?? setting.language),
    without: featuresOff(item, setting.kerning),
  })
  // A cluster's glyphs stand side by side (HarfBuzz keeps clusters monotone).
  const clusters: ShapedGlyph[][] = []
  for (const glyph of shaped) {
    if (glyph.glyph === 0) throw new Error(`no glyph in ${face.name} for ${JSON.stringify(text)}`)
    const last = clusters.at(-1)
    if (last !== undefined && last[0]?.cluster === glyph.cluster) last.push(glyph)
    else clusters.push([glyph])
  }
  const starts = clusters.map(([first]) => first?.cluster ?? 0).sort((a, b) => a - b)
  const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? text.length]))
  const set: (SetGlyph & { cluster: number })[] = []
  // Members one by one: to spread them takes several times as long, and a page has thousands.
  for (const glyphs of clusters) {
    const [first] = glyphs
    if (first === undefined) continue
    const { cluster, glyph, advance, x, y } = first
    const own = text.slice(cluster, ends.get(cluster))
    if (glyphs.length === 1) {
      set.push({ cluster, text: own, glyph, advance, x, y })
      continue
    }
    let pen = 0
    const parts = glyphs.map(({ glyph, advance, x, y }) => {
      const part = { glyph, x: pen + x, y }
      pen += advance
      return part
    })
    set.push({ cluster, text: own, glyph: face.compose({ parts, advance: pen }), advance: pen, x: 0, y: 0 })
  }
  return set
}

/** Whether a printable ASCII text comes out as its characters' glyphs side by side. */
function needsNoShaping({ piece }: Item, text: string, kerning: boolean): boolean {
  return (!kerning || piece.style === 'code' || piece.style === 'name') && PRINTABLE_ASCII.test(text)
}

const PRINTABLE_ASCII = /^[ -~]*$/

export function setText(text: string, item: Item, face: Face, setting: TextSetting): SetGlyph[] {
  if (item.level % 2 === 1 || !needsNoShaping(item, text, setting.kerning)) return shapeText(text, item, face, setting)
  return Array.from(text, (_, index) => {
    const glyph = face.ascii[text.charCodeAt(index)]
    if (glyph === undefined) throw new Error(`no glyph in ${face.name} for ${JSON.stringify(text)}`)
    return glyph
  })
}

export const sizeOf = ({ style }: Piece, { size, codeSize }: TextSetting): number =>
  style === 'code' || style === 'name' ? codeSize : size

export interface Measured {
  readonly text: string
  readonly items: readonly Item[]
  readonly baseLevel: number
  /** 1 where a line may begin. */
  readonly opportunities: Uint8Array
  /** 1 where a cluster of glyphs begins: a line may begin there when a word alone is too long for one. */
  readonly clusters: Uint8Array
  /** Points up to each index. */
  readonly along: Float64Array
}

/** How far along the text each of its places lies, and where lines may begin. */
export function measure(pieces: readonly Piece[], setting: TextSetting, typesetter: Typesetter): Measured {
  const paragraph = itemise(pieces, setting.rightToLeft, typesetter)
  const { text, items, baseLevel } = paragraph
  const clusters = new Uint8Array(text.length + 1)
  const advances = new Float64Array(text.length)
  for (const item of items) {
    const face = typesetter.face(item.font)
    const scale = sizeOf(item.piece, setting) / 1000
    const stretch = text.slice(item.from, item.to)
    if (item.level % 2 === 0 && needsNoShaping(item, stretch, setting.kerning))
      for (let index = item.from; index < item.to; index += 1) {
        advances[index] = (face.ascii[text.charCodeAt(index)]?.advance ?? 0) * scale
        clusters[index] = 1
      }
    // A line feed has no glyph; around it the text is shaped as it will be set.
    else
      for (const part of stretch.matchAll(/[^\n]+/g))
        for (const { cluster, advance } of shapeText(part[0], item, face, setting)) {
          const index = item.from + part.index + cluster
          advances[index] = (advances[index] ?? 0) + advance * scale
          clusters[index] = 1
        }
  }
  const along = new Float64Array(text.length + 1)
  for (let index = 0; index < text.length; index += 1) along[index + 1] = (along[index] ?? 0) + (advances[index] ?? 0)
  // A mark that joined the space before it is wider as the beginning of a line, where HarfBuzz puts a dotted circle under it.
  const opportunities = breakOpportunities(paragraph).map((is, index) =>
    index === text.length ? is : is & (clusters[index] ?? 0),
  )
  return { text, items, baseLevel, opportunities, clusters, along }
}
