import { decodeLatin1, decodeUtf8, decodeUtf16 } from '../model/utf8.ts'

/** Bytes at the beginning of a file that `isLeftover` looks at. */
export const LEFTOVER_HEAD_BYTES = 4096

/** What operating systems leave behind in folders and archives. */
export type LeftoverName =
  | 'ds-store'
  | 'thumbs-db'
  | 'desktop-ini'
  | 'apple-double'
  | 'zone-identifier'
  | 'volume-guid'
  | 'volume-settings'
  | 'events-uuid'
  | 'events-no-log'
  | 'events-log'

/** Where a file came from, as Windows notes it beside the file; a file of its own once it was copied to another system. */
const ZONE_IDENTIFIER = ':Zone.Identifier'

/** By the path alone; only a reason to look at the content. */
export function leftoverName(path: string): LeftoverName | undefined {
  const ofVolume = volumeLeftoverName(path)
  if (ofVolume !== undefined) return ofVolume
  if (path.endsWith(ZONE_IDENTIFIER) && path.length > ZONE_IDENTIFIER.length) return 'zone-identifier'
  const start = path.lastIndexOf('/') + 1
  // By the first letter: all others, of a million names, are no leftovers.
  if (!'.TtDd'.includes(path.charAt(start))) return undefined
  const name = path.slice(start)
  if (name === '.DS_Store') return 'ds-store'
  // Windows does not keep to one spelling of its own two.
  if (/^thumbs\.db$/i.test(name)) return 'thumbs-db'
  if (/^desktop\.ini$/i.test(name)) return 'desktop-ini'
  return name.startsWith('._') && name.length > 2 ? 'apple-double' : undefined
}

/** What is written at the root of each volume, and so into a bundle that is one: on a memory stick, say. */
function volumeLeftoverName(path: string): LeftoverName | undefined {
  if (path.startsWith('System Volume Information/')) {
    const name = path.slice('System Volume Information/'.length)
    return name === 'IndexerVolumeGuid' ? 'volume-guid' : name === 'WPSettings.dat' ? 'volume-settings' : undefined
  }
  if (!path.startsWith('.fseventsd/')) return undefined
  const name = path.slice('.fseventsd/'.length)
  if (name === 'fseventsd-uuid') return 'events-uuid'
  if (name === 'no_log') return 'events-no-log'
  return /^[0-9a-f]{16}$/.test(name) ? 'events-log' : undefined
}

/**
 * Whether a file is what its name says: left behind by an operating system. Members of `__MACOSX/` are AppleDouble files,
 * named `._…`, and need no rule of their own.
 * @param head the first LEFTOVER_HEAD_BYTES bytes, or the whole file when it is shorter
 * @param size of the whole file
 */
export function isLeftover(path: string, head: Uint8Array, size: number): boolean {
  switch (leftoverName(path)) {
    case 'ds-store':
      return startsWith(head, [0, 0, 0, 1, 0x42, 0x75, 0x64, 0x31])
    case 'thumbs-db':
      // Compound File Binary (MS-CFB 2.2).
      return startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    case 'desktop-ini':
      return isDesktopIni(head, size)
    case 'apple-double':
      return isAppleDouble(head, size)
    case 'zone-identifier':
      return isZoneIdentifier(head, size)
    case 'volume-guid':
      return size === 76 && head.length === size && GUID.test(decodeLatin1(head).replaceAll('\0', ''))
    case 'volume-settings':
      return size === 12 && startsWith(head, [12, 0, 0, 0])
    case 'events-uuid':
      return size === 36 && head.length === size && GUID.test(`{${decodeLatin1(head)}}`)
    case 'events-no-log':
      return size === 0
    case 'events-log':
      // gzip (RFC 1952 §2.3).
      return startsWith(head, [0x1f, 0x8b, 8])
    default:
      return false
  }
}

const GUID = /^\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/i

/** RFC 1740 appendix B: magic, version 2, 16 bytes of filler, and entries that lie inside the file. */
function isAppleDouble(head: Uint8Array, size: number): boolean {
  if (!startsWith(head, [0, 5, 0x16, 7, 0, 2, 0, 0]) || head.length < 26) return false
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const entries = view.getUint16(24)
  if (entries === 0 || 26 + entries * 12 > head.length) return false
  for (let i = 0; i < entries; i++) {
    const at = 26 + i * 12
    if (view.getUint32(at + 4) + view.getUint32(at + 8) > size) return false
  }
  return true
}

/** `[ZoneTransfer]` and members that Windows writes there, each in a line; paths in them are in any code page. */
function isZoneIdentifier(head: Uint8Array, size: number): boolean {
  if (size > LEFTOVER_HEAD_BYTES || head.length !== size) return false
  const [first, ...members] = decodeLatin1(head)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
  const isMember = (line: string) =>
    /^(?:ZoneId=[0-4]|(?:ReferrerUrl|HostUrl|HostIpAddress|LastWriterPackageFamilyName)=[ -~\u0080-\u00ff]*)$/.test(
      line,
    )
  return first === '[ZoneTransfer]' && members.some((line) => line.startsWith('ZoneId=')) && members.every(isMember)
}

/** A text of at most 4096 bytes with a section that Explorer writes, and nothing that is no line of such a file. */
function isDesktopIni(head: Uint8Array, size: number): boolean {
  if (size > LEFTOVER_HEAD_BYTES || head.length !== size) return false
  const marked16 = startsWith(head, [0xff, 0xfe])
  const text = marked16 ? decodeUtf16(head) : decodeUtf8(head)
  if (text === undefined) return false
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  if (givesOtherNames(lines)) return false
  const isLine = (line: string): boolean => /^\s*(?:|;.*|\[[^\]]*\]\s*|[^=[\]]+=.*)$/.test(line)
  const isSection = (line: string): boolean =>
    /^\s*\[(?:\.ShellClassInfo|ViewState|LocalizedFileNames)\]\s*$/i.test(line)
  return lines.every(isLine) && lines.some(isSection)
}

/** Explorer shows files under the names of this section. What Windows writes there points into its own libraries (`@…`). */
function givesOtherNames(lines: readonly string[]): boolean {
  let isNames = false
  return lines.some((line) => {
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1]
    if (section !== undefined) isNames = section.toLowerCase() === 'localizedfilenames'
    return isNames && section === undefined && /^[^=]+=\s*[^@\s]/.test(line) && !/^\s*;/.test(line)
  })
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return bytes.length >= start.length && start.every((byte, i) => bytes[i] === byte)
}
