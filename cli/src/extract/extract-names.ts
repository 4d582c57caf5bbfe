import { decodeUtf8, encodeUtf8 } from '@probatum/core'

/**
 * The rule by which an original name becomes a name on this disk (docs/spec/bundle-1.md, section 7.10). It is the same on
 * every system, and can be read back: `%` and two digits stand for one octet of the name in UTF-8.
 *
 * - `/` parts folders; an empty part (a name that begins with `/`, or `//` in it) is written `%2F`.
 * - In each part these are escaped: `%`, what Windows refuses (`< > : " \ | ? *`), control, format and private-use
 *   characters, whatever shows nothing, every space but U+0020; a dot, hyphen, tilde or space at the beginning; a dot or
 *   space at the end; the first letter of a name that Windows keeps for devices, with an ending or without.
 * - Octets that are no UTF-8 are escaped one by one.
 *
 * Null when the result is too long to be stored everywhere: then the item gets its default name.
 */
export function nameOnDisk(name: string | Uint8Array): string | null {
  const parts = textOf(name).split('/').map(partOnDisk)
  const path = parts.join('/')
  const isShort = parts.every((part) => encodeUtf8(part).length <= PART_OCTETS) && path.length <= PATH_UNITS
  return isShort && parts.length <= DEPTH && name.length > 0 ? path : null
}

/** NAME_MAX is 255 on Linux; the rest is room for what is added to a name. */
const PART_OCTETS = 200
/** MAX_PATH of Windows is 260 with the folder that it lies in. */
const PATH_UNITS = 160
const DEPTH = 16

const UNSAFE =
  /[%<>:"\\|?*\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}|^[.\-~ ]|[. ]$/gu
/** Windows: a device, whatever follows the first dot, spaces before it included. The digits are those of Latin-1 too. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\.|$)/iu

function partOnDisk(part: string): string {
  if (part === '') return '%2F'
  const safe = part.replace(UNSAFE, escaped)
  return DEVICE.test(safe) ? `${escaped(safe.charAt(0))}${safe.slice(1)}` : safe
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const octets = code >= FIRST_LONE && code <= LAST_LONE ? [code & 0xff] : encodeUtf8(character)
  return [...octets].map((octet) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/** Lone surrogates, which no text of a bundle has: they stand for single octets until they are escaped. */
const FIRST_LONE = 0xdc80
const LAST_LONE = 0xdcff

function textOf(name: string | Uint8Array): string {
  if (typeof name === 'string') return name
  const text = decodeUtf8(name)
  if (text !== undefined) return text
  return Array.from(name, (octet) => String.fromCharCode(octet < 0x80 ? octet : 0xdc00 + octet)).join('')
}

/** Names that are given out, none twice: as a system would see them that tells neither case nor composition apart. */
export class NamesOnDisk {
  readonly #files = new Set<string>()
  readonly #folders = new Set<string>()

  /** @param reserved names that are the extraction's own */
  constructor(reserved: readonly string[]) {
    for (const name of reserved) this.#files.add(keyOf(name))
  }

  /**
   * Gives out the first of: the name, the name with ` (item N)` before its ending, the default name, and that with a
   * number, until one is free. `mark` stands before the last part of each.
   */
  take(
    wanted: string | null,
    { item, ending, mark }: { readonly item: number; readonly ending: string; readonly mark: string },
  ): { readonly name: string; readonly isDefault: boolean } {
    for (const candidate of wanted === null ? [] : [wanted, withMark(wanted, ` (item ${item})`)]) {
      const name = withPrefix(candidate, mark)
      if (this.#claim(name)) return { name, isDefault: false }
    }
    const plain = defaultName(item, ending)
    for (let number = 1; ; number++) {
      const name = withPrefix(number === 1 ? plain : withMark(plain, ` (${number})`), mark)
      if (this.#claim(name)) return { name, isDefault: true }
    }
  }

  #claim(path: string): boolean {
    const parts = path.split('/')
    const folders = parts.slice(0, -1).map((_, index) => keyOf(parts.slice(0, index + 1).join('/')))
    const key = keyOf(path)
    if (this.#files.has(key) || this.#folders.has(key) || folders.some((folder) => this.#files.has(folder)))
      return false
    this.#files.add(key)
    for (const folder of folders) this.#folders.add(folder)
    return true
  }
}

/** `item-000003.jpg` */
function defaultName(item: number, ending: string): string {
  return `item-${String(item).padStart(6, '0')}${ending}`
}

/** Puts a mark before the ending of a path's last part. */
function withMark(path: string, mark: string): string {
  const slash = path.lastIndexOf('/')
  const dot = path.lastIndexOf('.')
  const at = dot > slash + 1 ? dot : path.length
  return `${path.slice(0, at)}${mark}${path.slice(at)}`
}

/** Puts a mark before a path's last part. */
function withPrefix(path: string, mark: string): string {
  const slash = path.lastIndexOf('/')
  return `${path.slice(0, slash + 1)}${mark}${path.slice(slash + 1)}`
}

function keyOf(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
}
