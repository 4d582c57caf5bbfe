import { win32 } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NamesOnDisk, nameOnDisk } from './extract-names.ts'

describe('a name on disk', () => {
  it.each<[string, string]>([
    ['picture 1.jpg', 'picture 1.jpg'],
    ['photos/día 1/é.jpg', 'photos/día 1/é.jpg'],
    ['../../etc/passwd', '%2E%2E/%2E%2E/etc/passwd'],
    ['/etc/passwd', '%2F/etc/passwd'],
    ['a//b', 'a/%2F/b'],
    ['..', '%2E%2E'],
    ['.', '%2E'],
    ['..\\..\\windows\\x.dll', '%2E.%5C..%5Cwindows%5Cx.dll'],
    ['C:\\x', 'C%3A%5Cx'],
    ['file.txt:stream', 'file.txt%3Astream'],
    ['CON', '%43ON'],
    ['con.txt', '%63on.txt'],
    ['a/nul .tar.gz', 'a/%6Eul .tar.gz'],
    ['COM\u00b9.log', '%43OM\u00b9.log'],
    ['console', 'console'],
    ['name. ', 'name.%20'],
    ['name.', 'name%2E'],
    ['.htaccess', '%2Ehtaccess'],
    ['-rf', '%2Drf'],
    ['~root', '%7Eroot'],
    ['100%', '100%25'],
    ['photo\u202egpj.exe', 'photo%E2%80%AEgpj.exe'],
    ['a\nb\u0000c', 'a%0Ab%00c'],
    ['zero\u200bwidth', 'zero%E2%80%8Bwidth'],
    ['no\u00a0break', 'no%C2%A0break'],
    ['<a href="x">|?*', '%3Ca href=%22x%22%3E%7C%3F%2A'],
  ])('of %j is %j', (name, written) => {
    expect(nameOnDisk(name)).toBe(written)
  })

  it('of octets that are no UTF-8 escapes each, and of others is their text', () => {
    expect(nameOnDisk(Uint8Array.of(0x61, 0xff, 0x2f, 0xe9, 0x2e, 0x6a))).toBe('a%FF/%E9.j')
    expect(nameOnDisk(new TextEncoder().encode('e\u0301.jpg'))).toBe('e\u0301.jpg')
  })

  it('is none where it could not be stored everywhere, or is empty', () => {
    expect(nameOnDisk('')).toBeNull()
    expect(nameOnDisk('x'.repeat(161))).toBeNull()
    expect(nameOnDisk('é'.repeat(101))).toBeNull()
    expect(nameOnDisk(Array.from({ length: 17 }, () => 'd').join('/'))).toBeNull()
    expect(nameOnDisk('%'.repeat(60))).toBeNull()
  })

  it('never leads out of the target, here or on Windows, and is never taken for something else', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '/', '\\', 'C:', 'nul', 'COM1', ' ', '\u202e', '%', '~', '-', ':', '\0'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    )
    const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(hostile, (name) => {
        const path = nameOnDisk(name)
        if (path === null) return
        expect(path).not.toMatch(/[<>:"\\|?*\p{Cc}\p{Cf}\p{Cs}]/u)
        for (const part of path.split('/')) expect(part).not.toMatch(/^(?:|\.\.?)$|^[-~. ]|[. ]$/)
        for (const { resolve, relative, sep } of [win32]) {
          const below = relative('C:\\target', resolve('C:\\target', path))
          expect(below.split(sep)).toEqual(path.split('/'))
        }
        // It can be read back.
        const octets = path
          .replace(/(?:%2F(?=\/|$))/g, '')
          .replace(/(?:%[0-9A-F]{2})+/g, (run) => decodeURIComponent(run))
        expect(octets).toBe(name)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('names that are given out', () => {
  const take = (names: NamesOnDisk, wanted: string | null, item: number, mark = '') =>
    names.take(wanted, { item, ending: '.jpg', mark }).name

  it('are never the same to a system that tells neither case nor composition apart', () => {
    const names = new NamesOnDisk(['EXTRACTED.txt'])
    expect(take(names, 'a.jpg', 0)).toBe('a.jpg')
    expect(take(names, 'A.JPG', 1)).toBe('A (item 1).JPG')
    expect(take(names, '\u00e9.jpg', 2)).toBe('\u00e9.jpg')
    expect(take(names, 'e\u0301.jpg', 3)).toBe('e\u0301 (item 3).jpg')
    expect(take(names, 'stra\u00dfe', 4)).toBe('stra\u00dfe')
    expect(take(names, 'STRASSE', 5)).toBe('STRASSE (item 5)')
    expect(take(names, 'extracted.TXT', 6)).toBe('extracted (item 6).TXT')
    expect(take(names, null, 7)).toBe('item-000007.jpg')
  })

  it('never make a file of what is a folder, or a folder of what is a file', () => {
    const names = new NamesOnDisk([])
    expect(take(names, 'a/b', 0)).toBe('a/b')
    expect(take(names, 'A', 1)).toBe('A (item 1)')
    expect(take(names, 'c', 2)).toBe('c')
    expect(take(names, 'C/d', 3)).toBe('item-000003.jpg')
    expect(take(names, 'a/b/c', 4)).toBe('item-000004.jpg')
  })

  it('do not meet one that looks like a resolved one', () => {
    const names = new NamesOnDisk([])
    expect(take(names, 'x (item 2).jpg', 0)).toBe('x (item 2).jpg')
    expect(take(names, 'item-000002.jpg', 1)).toBe('item-000002.jpg')
    expect(take(names, 'x.jpg', 3)).toBe('x.jpg')
    expect(take(names, 'x.jpg', 2)).toBe('item-000002 (2).jpg')
  })

  it('bear their mark in the last part', () => {
    const names = new NamesOnDisk([])
    expect(take(names, 'a/b.jpg', 0, 'NOT-VERIFIED ')).toBe('a/NOT-VERIFIED b.jpg')
    expect(take(names, null, 1, 'NOT-VERIFIED ')).toBe('NOT-VERIFIED item-000001.jpg')
  })
})
