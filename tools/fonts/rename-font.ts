import { readTables, writeFont } from '../../packages/certificate/src/text/sfnt.ts'

/** What a name table says: name id (OpenType `name`) to text. */
export type FontNames = ReadonlyMap<number, string>

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

/** The names for Windows in English (platform 3, encoding 1, language 0x409). */
export function namesOf(font: Uint8Array): FontNames {
  const table = readTables(font).find(({ tag }) => tag === 'name')?.bytes
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

/**
 * The same font under another name: copyright, version and licence stay what they are in `old`. The SIL Open Font License, clause 3, wants
 * another name for a modified version of a font with a reserved one.
 */
export function renameFont(font: Uint8Array, name: string, old: FontNames = namesOf(font)): Uint8Array {
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
  const others = readTables(font).filter(({ tag }) => tag !== 'name')
  return writeFont([...others, { tag: 'name', bytes: nameTable(names) }])
}
