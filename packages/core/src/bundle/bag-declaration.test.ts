import { encodeUtf8, infoValues, parseBagDeclaration, parseBagInfo } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFetch } from './bag-fetch.ts'
import { collisionKey, decodePercent, encodePercent, isEscaping, unsafeKind } from './bag-path.ts'

const declaration = (text: string) => parseBagDeclaration(encodeUtf8(text))

describe('parseBagDeclaration', () => {
  it('reads the two lines of RFC 8493', () => {
    expect(declaration('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')).toEqual({
      state: 'read',
      version: '1.0',
      encoding: 'UTF-8',
      problems: [],
    })
  })

  it.each([
    ['a byte order mark', '\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n', 'byte-order-mark'],
    ['a space before the colon', 'BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n', 'whitespace'],
    ['two spaces after it', 'BagIt-Version:  1.0\nTag-File-Character-Encoding: UTF-8\n', 'whitespace'],
    ['a space at the end', 'BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n', 'whitespace'],
    ['no whole number', 'BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n', 'version-malformed'],
    ['a word', 'BagIt-Version: one\nTag-File-Character-Encoding: UTF-8\n', 'version-malformed'],
    ['no encoding', 'BagIt-Version: 1.0\n', 'encoding-missing'],
    ['an unknown encoding', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: KLINGON\n', 'encoding-unsupported'],
    ['a third line', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: yes\n', 'extra-line'],
    ['a label in other letters', 'bagit-version: 1.0\nTag-File-Character-Encoding: UTF-8\n', 'version-missing'],
  ])('says so of a declaration with %s', (_, text, problem) => {
    expect(declaration(text).problems).toEqual([problem])
  })

  it('says so of lines in the other order', () => {
    expect(declaration('Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n').problems).toEqual([
      'version-missing',
      'encoding-missing',
    ])
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(parseBagDeclaration(bytes).problems.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('parseBagInfo', () => {
  const info = (text: string) => parseBagInfo('bag-info.txt', encodeUtf8(text), 'utf-8')

  it('joins continuation lines and keeps repeated labels in order', () => {
    const facts = info('Note: one\n  two\n\tthree\nContact-Name: A (sample)\ncontact-name: B (sample)\n\nEmpty:\n')
    expect(facts.fields).toEqual([
      { label: 'Note', value: 'one two three' },
      { label: 'Contact-Name', value: 'A (sample)' },
      { label: 'contact-name', value: 'B (sample)' },
      { label: 'Empty', value: '' },
    ])
    expect(infoValues(facts, 'CONTACT-NAME')).toEqual(['A (sample)', 'B (sample)'])
    expect(facts.problems).toEqual([])
  })

  it('records what is no field', () => {
    expect(info(' first\nno field\n: no label\nLabel : x\n').problems).toEqual([
      { line: 1, code: 'continuation-first' },
      { line: 2, code: 'no-colon' },
      { line: 3, code: 'empty-label' },
      { line: 4, code: 'space-before-colon' },
    ])
  })
})

describe('hostile text', () => {
  // A pattern that looks back at every start of these runs takes minutes; the test's own time limit would end it.
  it('is read in one pass, whatever its runs of spaces, dots and continuation lines', () => {
    const spaces = ' '.repeat(500_000)
    const facts = parseBagInfo('bag-info.txt', encodeUtf8(`A: x${spaces}y\n${' z\n'.repeat(150_000)}`), 'utf-8')
    expect(facts.fields[0]?.value).toHaveLength(2 + spaces.length + 2 * 150_000)
    expect(collisionKey(`A${'.'.repeat(500_000)}x`)).toHaveLength(500_002)
  })
})

describe('parseFetch', () => {
  it('keeps the paths, counts what is no entry, and keeps no URL', () => {
    const text = 'https://example.org/a 12 data/a%0Ab\nhttps://example.org/b - ./data/with space\nrubbish\n'
    expect(parseFetch(encodeUtf8(text), 'utf-8', true)).toEqual({
      entries: [{ path: 'data/a\nb' }, { path: 'data/with space' }],
      malformed: 1,
    })
  })
})

describe('unsafeKind', () => {
  it.each([
    ['/etc/passwd', 'absolute', true],
    ['\\\\server\\share', 'absolute', true],
    ['../x', 'parent', true],
    ['data/../../x', 'parent', true],
    ['data\\..\\x', 'parent', true],
    ['\\.\\./\\.\\./x', 'absolute', true],
    ['~/x', 'home', true],
    ['C:\\x', 'drive', true],
    ['c:x', 'drive', true],
    ['data/a\0b', 'nul', true],
    ['data/a\\b', 'backslash', false],
    ['data/a\u001bb', 'control', false],
    ['data/CON.txt', 'reserved', false],
    ['data/lpt1', 'reserved', false],
    ['data/a.', 'trailing', false],
    ['data/b /c', 'trailing', false],
    [`data/${'x'.repeat(5000)}`, 'too-long', false],
    ['data/\ud800', 'not-utf-8', false],
  ] as const)('finds %j %s', (path, kind, escapes) => {
    expect(unsafeKind(path)).toBe(kind)
    expect(isEscaping(kind)).toBe(escapes)
  })

  it.each(['data/x', 'data/~x', 'data/a..b', 'data/..a', 'data/confirm.txt', 'data/caf\u00e9', 'data/%2e%2e', '...x'])(
    'has nothing against %j',
    (path) => {
      expect(unsafeKind(path)).toBeUndefined()
    },
  )
})

describe('percent-encoding', () => {
  it('comes back to the same path, and leaves no line end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('%', '0', 'A', 'a', 'D', '2', '5', '\n', '\r', 'x') }), (path) => {
        expect(decodePercent(encodePercent(path))).toBe(path)
        expect(encodePercent(path)).not.toMatch(/[\r\n]/)
      }),
    )
  })
})

describe('collisionKey', () => {
  it.each([
    ['data/A', 'data/a'],
    ['data/caf\u00e9', 'data/cafe\u0301'],
    ['data/a.', 'data/a'],
    ['data/x /b', 'data/x/b'],
  ])('is the same for %j and %j', (a, b) => {
    expect(collisionKey(a)).toBe(collisionKey(b))
  })

  it('is different for names that can stand beside each other', () => {
    expect(collisionKey('data/a.b')).not.toBe(collisionKey('data/ab'))
  })
})
