/** What a name table says: name id (OpenType `name`) to text. */
export type FontNames = ReadonlyMap<number, string>

interface Table {
  readonly tag: string
  readonly bytes: Uint8Array
}

const COPYRIGHT = 0
const FAMILY = 1
const STYLE = 2
const UNIQUE = 3
const FULL = 4
const VERSION = 5
const POSTSCRIPT = 6
const LICENCE = 13
const LICENCE_ADDRESS = 14

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function tablesOf(font: Uint8Array): Table[] {
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

/** The names for Windows in English (platform 3, encoding 1, language 0x409). */
export function namesOf(font: Uint8Array): FontNames {
  const table = tablesOf(font).find(({ tag }) => tag === 'name')?.bytes
  if (table === undefined) return new Map()
  const data = view(table)
  const names = new Map<number, string>()
  for (let index = 0; index < data.getUint16(2); index += 1) {
    const record = 6 + index * 12
    if (data.getUint16(record) !== 3 || data.getUint16(record + 4) !== 0x409) continue
    const start = data.getUint16(4) + data.getUint16(record + 10)
    const length = data.getUint16(record + 8)
    let text = ''
    for (let at = start; at < start + length; at += 2) text += String.fromCharCode(data.getUint16(at))
    names.set(data.getUint16(record + 6), text)
  }
  return names
}

function nameTable(names: FontNames): Uint8Array {
  const sorted = [...names].sort(([a], [b]) => a - b)
  const storage = sorted.map(([, text]) => text).join('')
  const bytes = new Uint8Array(6 + sorted.length * 12 + storage.length * 2)
  const data = view(bytes)
  data.setUint16(2, sorted.length)
  data.setUint16(4, 6 + sorted.length * 12)
  let offset = 0
  for (const [index, [id, text]] of sorted.entries()) {
    for (const [place, value] of [3, 1, 0x409, id, text.length * 2, offset].entries())
      data.setUint16(6 + index * 12 + place * 2, value)
    offset += text.length * 2
  }
  for (let index = 0; index < storage.length; index += 1)
    data.setUint16(6 + sorted.length * 12 + index * 2, storage.charCodeAt(index))
  return bytes
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

function fontOf(tables: readonly Table[]): Uint8Array {
  const sorted = [...tables].sort((a, b) => (a.tag < b.tag ? -1 : 1))
  const power = Math.floor(Math.log2(sorted.length))
  const head = 12 + sorted.length * 16
  const total = sorted.reduce((sum, { bytes }) => sum + Math.ceil(bytes.length / 4) * 4, head)
  const font = new Uint8Array(total)
  const data = view(font)
  data.setUint32(0, 0x0001_0000)
  data.setUint16(4, sorted.length)
  data.setUint16(6, 16 << power)
  data.setUint16(8, power)
  data.setUint16(10, sorted.length * 16 - (16 << power))
  let offset = head
  let adjustment = 0
  for (const [index, { tag, bytes }] of sorted.entries()) {
    const own = bytes.slice()
    if (tag === 'head') {
      view(own).setUint32(8, 0)
      adjustment = offset + 8
    }
    font.set(own, offset)
    const entry = 12 + index * 16
    for (let place = 0; place < 4; place += 1) font[entry + place] = tag.charCodeAt(place)
    data.setUint32(entry + 4, checksum(own))
    data.setUint32(entry + 8, offset)
    data.setUint32(entry + 12, own.length)
    offset += Math.ceil(own.length / 4) * 4
  }
  data.setUint32(adjustment, (WHOLE - checksum(font)) >>> 0)
  return font
}

/**
 * The same font under another name: copyright, version and licence stay. The SIL Open Font License, clause 3, wants
 * another name for a modified version of a font with a reserved one.
 */
export function renameFont(font: Uint8Array, name: string): Uint8Array {
  const old = namesOf(font)
  const kept = [COPYRIGHT, VERSION, LICENCE, LICENCE_ADDRESS].flatMap((id) => {
    const text = old.get(id)
    return text === undefined ? [] : [[id, text] as const]
  })
  const names = new Map<number, string>([
    ...kept,
    [FAMILY, name],
    [STYLE, 'Regular'],
    [UNIQUE, `${name} Regular`],
    [FULL, name],
    [POSTSCRIPT, `${name.replaceAll(' ', '')}-Regular`],
  ])
  const others = tablesOf(font).filter(({ tag }) => tag !== 'name')
  return fontOf([...others, { tag: 'name', bytes: nameTable(names) }])
}
