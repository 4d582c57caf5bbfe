/** A table of a TrueType font (OpenType, "Organization of an OpenType font"). */
export interface SfntTable {
  readonly tag: string
  readonly bytes: Uint8Array
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export function readTables(font: Uint8Array): SfntTable[] {
  const data = view(font)
  return Array.from({ length: data.getUint16(4) }, (_, index) => {
    const entry = 12 + index * 16
    const start = data.getUint32(entry + 8)
    return {
      tag: String.fromCharCode(...font.subarray(entry, entry + 4)),
      bytes: font.slice(start, start + data.getUint32(entry + 12)),
    }
  })
}

function checksum(bytes: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4)
    sum =
      (sum +
        (((bytes[at] ?? 0) << 24) |
          ((bytes[at + 1] ?? 0) << 16) |
          ((bytes[at + 2] ?? 0) << 8) |
          (bytes[at + 3] ?? 0))) >>>
      0
  return sum
}

/** OpenType `head.checkSumAdjustment`: what makes the sum over the whole file this number. */
const WHOLE = 0xb1b0_afba
/** The offset of `checkSumAdjustment` in `head`. */
const ADJUSTMENT = 8

const padded = (length: number): number => Math.ceil(length / 4) * 4

/** A font of these tables, with their checksums. */
export function writeFont(tables: readonly SfntTable[]): Uint8Array {
  const sorted = [...tables].sort((a, b) => (a.tag < b.tag ? -1 : 1))
  let power = 0
  while (2 << power <= sorted.length) power += 1
  const start = 12 + sorted.length * 16
  const font = new Uint8Array(sorted.reduce((sum, { bytes }) => sum + padded(bytes.length), start))
  const data = view(font)
  data.setUint32(0, 0x0001_0000)
  for (const [index, value] of [sorted.length, 16 << power, power, sorted.length * 16 - (16 << power)].entries())
    data.setUint16(4 + index * 2, value)
  let offset = start
  let adjustment: number | undefined
  for (const [index, { tag, bytes }] of sorted.entries()) {
    const own = bytes.slice()
    if (tag === 'head') {
      view(own).setUint32(ADJUSTMENT, 0)
      adjustment = offset + ADJUSTMENT
    }
    font.set(own, offset)
    const entry = 12 + index * 16
    for (let place = 0; place < 4; place += 1) font[entry + place] = tag.charCodeAt(place)
    data.setUint32(entry + 4, checksum(own))
    data.setUint32(entry + 8, offset)
    data.setUint32(entry + 12, own.length)
    offset += padded(own.length)
  }
  if (adjustment !== undefined) data.setUint32(adjustment, (WHOLE - checksum(font)) >>> 0)
  return font
}

/** Glyphs set together, each at an offset in units of the em. */
export interface Composite {
  readonly parts: readonly { readonly glyph: number; readonly x: number; readonly y: number }[]
  readonly advance: number
}

/** OpenType `glyf`, composite glyph flags: offsets are two signed words, more components follow. */
const WORDS_AS_OFFSETS = 0x0003
const MORE_COMPONENTS = 0x0020
const COMPONENT_BYTES = 8

interface Box {
  readonly xMin: number
  readonly yMin: number
  readonly xMax: number
  readonly yMax: number
}

/**
 * The font with one more glyph for each composite, numbered from `first` on: what stands for one cluster of text then is
 * one glyph, and a reader that takes text from the page needs no rule for the rest of a cluster.
 */
export function addComposites(
  font: Uint8Array,
  composites: readonly Composite[],
): { readonly font: Uint8Array; readonly first: number } {
  const tables = readTables(font)
  const bytesOf = (tag: string): Uint8Array => {
    const found = tables.find((table) => table.tag === tag)?.bytes
    if (found === undefined) throw new Error(`a font without the table ${tag}`)
    return found
  }
  const maxp = bytesOf('maxp').slice()
  const head = bytesOf('head').slice()
  const hhea = bytesOf('hhea').slice()
  const glyf = bytesOf('glyf')
  const locations = locationsOf(bytesOf('loca'), view(head).getInt16(50) === 1)
  const first = view(maxp).getUint16(4)
  if (composites.length === 0) return { font, first }
  const metrics = metricsOf(bytesOf('hmtx'), view(hhea).getUint16(34), first)

  const boxOf = (glyph: number): Box | undefined => {
    const start = locations[glyph] ?? 0
    if ((locations[glyph + 1] ?? 0) <= start) return undefined
    const data = view(glyf)
    const [xMin = 0, yMin = 0, xMax = 0, yMax = 0] = [2, 4, 6, 8].map((at) => data.getInt16(start + at))
    return { xMin, yMin, xMax, yMax }
  }
  const added: Uint8Array[] = []
  for (const { parts, advance } of composites) {
    const drawn = parts.flatMap((part) => {
      const box = boxOf(part.glyph)
      return box === undefined ? [] : [{ ...part, box }]
    })
    const glyph = compositeGlyph(drawn)
    added.push(glyph.bytes)
    metrics.push([advance, glyph.xMin])
  }
  const newGlyf = new Uint8Array(padded(glyf.length) + added.reduce((sum, { length }) => sum + length, 0))
  newGlyf.set(glyf)
  let end = padded(glyf.length)
  // The last glyph's end is where the next one begins; what pads the table belongs to the last one.
  locations[first] = end
  for (const bytes of added) {
    newGlyf.set(bytes, end)
    end += bytes.length
    locations.push(end)
  }
  const loca = new Uint8Array(locations.length * 4)
  for (const [index, location] of locations.entries()) view(loca).setUint32(index * 4, location)
  const hmtx = new Uint8Array(metrics.length * 4)
  for (const [index, [advance, bearing]] of metrics.entries()) {
    view(hmtx).setUint16(index * 4, advance)
    view(hmtx).setInt16(index * 4 + 2, bearing)
  }
  view(head).setInt16(50, 1)
  view(hhea).setUint16(34, metrics.length)
  view(maxp).setUint16(4, metrics.length)
  const most = Math.max(view(maxp).getUint16(28), ...composites.map(({ parts }) => parts.length))
  view(maxp).setUint16(28, most)
  // maxPoints, maxContours; maxCompositePoints, maxCompositeContours: bounds for a rasteriser's memory.
  for (const [simple, composed] of [
    [6, 10],
    [8, 12],
  ] as const) {
    const each = Math.max(view(maxp).getUint16(simple), view(maxp).getUint16(composed))
    view(maxp).setUint16(composed, Math.min(0xffff, each * most))
  }
  view(maxp).setUint16(30, Math.max(1, view(maxp).getUint16(30)) + 1)
  const replaced = new Map([
    ['maxp', maxp],
    ['head', head],
    ['hhea', hhea],
    ['glyf', newGlyf],
    ['loca', loca],
    ['hmtx', hmtx],
  ])
  return { font: writeFont(tables.map(({ tag, bytes }) => ({ tag, bytes: replaced.get(tag) ?? bytes }))), first }
}

function compositeGlyph(
  parts: readonly { readonly glyph: number; readonly x: number; readonly y: number; readonly box: Box }[],
): { readonly bytes: Uint8Array; readonly xMin: number } {
  if (parts.length === 0) return { bytes: new Uint8Array(), xMin: 0 }
  const box = {
    xMin: Math.min(...parts.map(({ x, box: { xMin } }) => x + xMin)),
    yMin: Math.min(...parts.map(({ y, box: { yMin } }) => y + yMin)),
    xMax: Math.max(...parts.map(({ x, box: { xMax } }) => x + xMax)),
    yMax: Math.max(...parts.map(({ y, box: { yMax } }) => y + yMax)),
  }
  const bytes = new Uint8Array(padded(10 + parts.length * COMPONENT_BYTES))
  const data = view(bytes)
  for (const [index, value] of [-1, box.xMin, box.yMin, box.xMax, box.yMax].entries()) data.setInt16(index * 2, value)
  for (const [index, { glyph, x, y }] of parts.entries()) {
    const at = 10 + index * COMPONENT_BYTES
    data.setUint16(at, WORDS_AS_OFFSETS | (index < parts.length - 1 ? MORE_COMPONENTS : 0))
    data.setUint16(at + 2, glyph)
    data.setInt16(at + 4, x)
    data.setInt16(at + 6, y)
  }
  return { bytes, xMin: box.xMin }
}

function locationsOf(loca: Uint8Array, isLong: boolean): number[] {
  const data = view(loca)
  return Array.from({ length: loca.length / (isLong ? 4 : 2) }, (_, index) =>
    isLong ? data.getUint32(index * 4) : data.getUint16(index * 2) * 2,
  )
}

/** Advance and left side bearing of each glyph; after the long entries the last advance goes on. */
function metricsOf(hmtx: Uint8Array, long: number, glyphs: number): (readonly [number, number])[] {
  const data = view(hmtx)
  return Array.from({ length: glyphs }, (_, index) =>
    index < long
      ? [data.getUint16(index * 4), data.getInt16(index * 4 + 2)]
      : [data.getUint16((long - 1) * 4), data.getInt16(long * 4 + (index - long) * 2)],
  )
}
