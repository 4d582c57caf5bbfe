import { describe, expect, it } from 'vitest'
import { concatBytes, fromHex } from '../model/bytes.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { isLeftover } from './leftovers.ts'

const hex = (text: string): Uint8Array => fromHex(text.replaceAll(' ', '')) ?? new Uint8Array(0)
const whole = (path: string, bytes: Uint8Array): boolean => isLeftover(path, bytes, bytes.length)

const APPLE_DOUBLE = concatBytes(
  hex('00051607 00020000'),
  new Uint8Array(16),
  hex('0001 00000009 00000026 00000002 aabb'),
)
const DS_STORE = hex('00000001 42756431 00001000')
const THUMBS = hex('d0cf11e0a1b11ae1 0000')

describe('isLeftover', () => {
  it('knows what macOS leaves', () => {
    expect(whole('data/.DS_Store', DS_STORE)).toBe(true)
    expect(whole('._bagit.txt', APPLE_DOUBLE)).toBe(true)
    expect(whole('__MACOSX/bundle/._bagit.txt', APPLE_DOUBLE)).toBe(true)
  })

  it('knows what Windows leaves, in either spelling and encoding', () => {
    expect(whole('data/Thumbs.db', THUMBS)).toBe(true)
    expect(whole('data/thumbs.db', THUMBS)).toBe(true)
    const text = '\r\n[.ShellClassInfo]\r\nIconResource=folder.ico,0\r\n'
    expect(whole('Desktop.ini', encodeUtf8(text))).toBe(true)
    const wide = concatBytes(hex('fffe'), ...[...text].map((character) => Uint8Array.of(character.charCodeAt(0), 0)))
    expect(whole('desktop.ini', wide)).toBe(true)
  })

  it('knows what both write at the root of a volume, and nowhere else', () => {
    const guid = '{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}'
    const wide = concatBytes(...[...guid].map((character) => Uint8Array.of(character.charCodeAt(0), 0)))
    const uuid = encodeUtf8(guid.slice(1, -1))
    const files = [
      ['System Volume Information/IndexerVolumeGuid', wide],
      ['System Volume Information/WPSettings.dat', hex('0c000000 0102030405060708')],
      ['.fseventsd/fseventsd-uuid', uuid],
      ['.fseventsd/no_log', new Uint8Array(0)],
      ['.fseventsd/0000000000a1b2c3', hex('1f8b0800 0000')],
    ] as const
    for (const [path, bytes] of files) {
      expect(whole(path, bytes), path).toBe(true)
      expect(whole(`data/${path}`, bytes), path).toBe(false)
      expect(whole(path, encodeUtf8('a statement of a witness\n')), path).toBe(false)
    }
    expect(whole('System Volume Information/tracking.log', wide)).toBe(false)
  })

  it('knows the mark of the web, which becomes a file where Windows files are copied to another system', () => {
    const mark =
      '[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=C:\\Users\\A Clerk\\Fälle\\evidence.zip\r\nHostUrl=about:internet\r\n'
    expect(whole('data/00/000001.jpg:Zone.Identifier', encodeUtf8(mark))).toBe(true)
    expect(whole('bagit.txt:Zone.Identifier', encodeUtf8('[ZoneTransfer]\nZoneId=3\n'))).toBe(true)
    expect(whole('data/00/000001.jpg', encodeUtf8(mark))).toBe(false)
    expect(whole(':Zone.Identifier', encodeUtf8(mark))).toBe(false)
    const others = [
      '',
      '[ZoneTransfer]\r\n',
      'ZoneId=3\r\n',
      `${mark}a statement of a witness\r\n`,
      `${mark}Note=he lied\r\n`,
    ]
    for (const text of [...others, `${mark}HostUrl=${'x'.repeat(5000)}\r\n`])
      expect(whole('data/00/000001.jpg:Zone.Identifier', encodeUtf8(text)), text).toBe(false)
  })

  it('takes a file for what it holds and not for its name', () => {
    for (const name of ['.DS_Store', 'Thumbs.db', 'desktop.ini', '._note']) {
      expect(whole(name, encodeUtf8('a statement of a witness\n')), name).toBe(false)
      expect(whole(name, new Uint8Array(0)), name).toBe(false)
    }
    expect(whole('desktop.ini', encodeUtf8('[.ShellClassInfo]\nA=1\na statement of a witness\n'))).toBe(false)
    // Explorer would show evidence under other names.
    const names = (name: string) => whole('desktop.ini', encodeUtf8(`[LocalizedFileNames]\r\n000001.txt=${name}\r\n`))
    expect(names('@%SystemRoot%\\system32\\shell32.dll,-21770')).toBe(true)
    expect([names('confession.txt'), names(' confession.txt')]).toEqual([false, false])
  })

  it('takes a file for nothing by its content alone', () => {
    expect(whole('data/a.bin', DS_STORE)).toBe(false)
    expect(whole('__MACOSX/a.bin', APPLE_DOUBLE)).toBe(false)
    expect(whole('data/._', APPLE_DOUBLE)).toBe(false)
  })

  it('wants the entries of an AppleDouble file to lie inside it', () => {
    expect(isLeftover('._a', APPLE_DOUBLE, APPLE_DOUBLE.length - 1)).toBe(false)
    expect(whole('._a', APPLE_DOUBLE.subarray(0, 26))).toBe(false)
    expect(whole('._a', concatBytes(APPLE_DOUBLE.subarray(0, 24), hex('0000')))).toBe(false)
  })

  it('takes no text longer than its head for a desktop.ini', () => {
    const text = encodeUtf8(`[.ShellClassInfo]\n${'A=1\n'.repeat(2000)}`)
    expect(isLeftover('desktop.ini', text.subarray(0, 4096), text.length)).toBe(false)
  })
})
