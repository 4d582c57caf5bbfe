// Needs: md5sum, sha256sum, sha512sum.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { comparePaths, encodeUtf8, type ManifestRules, manifestName, parseManifest } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex } from '../../../../test-vectors/support/memory-tree.ts'
import { testPlace } from '../../../../tools/testing/place.ts'

const { place: folder } = testPlace('manifest')

const RULES: ManifestRules = {
  kind: 'payload',
  algorithm: 'sha256',
  encoding: 'utf-8',
  percentDecoding: true,
  exists: () => false,
}
const A = 'a'.repeat(64)
const B = 'b'.repeat(64)

function read(text: string | Uint8Array, rules: Partial<ManifestRules> = {}) {
  const entries: { path: string; digest: string | null; literal: string; line: number }[] = []
  const bytes = typeof text === 'string' ? encodeUtf8(text) : text
  const reading = parseManifest(bytes, { ...RULES, ...rules }, (path, digest, literal, line) =>
    entries.push({ path, digest, literal, line }),
  )
  return { ...reading, entries, paths: entries.map(({ path }) => path) }
}

describe('manifestName', () => {
  it.each([
    ['manifest-sha256.txt', 'payload', 'sha256'],
    ['tagmanifest-md5.txt', 'tag', 'md5'],
    ['manifest-SHA-512.txt', 'payload', 'sha512'],
    // RFC 8493 §2.4 takes the hyphen out of the common name.
    ['manifest-sha3256.txt', 'payload', 'sha3-256'],
    ['manifest-sha384.txt', 'payload', 'sha384'],
    ['manifest-sha3384.txt', 'payload', 'sha3-384'],
    ['manifest-blake2b512.txt', 'payload', null],
    ['manifest-sha512256.txt', 'payload', null],
    ['manifest-constructor.txt', 'payload', null],
  ])('reads %s', (path, kind, algorithm) => {
    expect(manifestName(path)).toMatchObject({ kind, algorithm })
  })

  it.each(['data/manifest-md5.txt', 'manifest-.txt', 'manifest-md5.txt.bak', 'manifest-md5.TXT', 'xmanifest-md5.txt'])(
    'takes %s for another file',
    (path) => {
      expect(manifestName(path)).toBeUndefined()
    },
  )
})

describe('parseManifest', () => {
  it('reads the native form and knows it', () => {
    const reading = read(`${A}  data/1\n${B}  data/2\n`)
    expect(reading.entries).toEqual([
      { path: 'data/1', digest: A, literal: 'data/1', line: 1 },
      { path: 'data/2', digest: B, literal: 'data/2', line: 2 },
    ])
    expect(reading).toMatchObject({ lines: 2, nativeForm: true, problems: [], leniencies: {} })
  })

  it.each([
    ['one space', `${A} data/1\n`, {}],
    ['a tab', `${A}\tdata/1\n`, {}],
    ['an asterisk', `${A} *data/1\n`, { asterisk: 1 }],
    ['a dot-slash', `${A}  ././data/1\n`, { 'dot-slash': 1 }],
    ['capital digits', `${A.toUpperCase()}  data/1\n`, { 'upper-case-digest': 1 }],
    ['CRLF', `${A}  data/1\r\n`, { 'carriage-return': 1 }],
    ['CR alone', `${A}  data/1\r`, { 'carriage-return': 1 }],
    ['no line end at the end', `${A}  data/1`, { 'no-final-line-end': 1 }],
    ['a byte order mark', `\ufeff${A}  data/1\n`, { 'byte-order-mark': 1 }],
    ['a blank line', `${A}  data/1\n \n`, { 'blank-line': 1 }],
  ])('reads a line with %s, says so, and does not take it for the native form', (_, text, leniencies) => {
    const reading = read(text)
    expect(reading.paths).toEqual(['data/1'])
    expect(reading.entries[0]?.digest).toBe(A)
    expect(reading).toMatchObject({ nativeForm: false, problems: [], leniencies })
  })

  it('does not take lines out of order, or a path twice, for the native form', () => {
    expect(read(`${A}  data/2\n${A}  data/1\n`).nativeForm).toBe(false)
    expect(read(`${A}  data/1\n${A}  data/1\n`).nativeForm).toBe(false)
    expect(read(`${B}  data/1\n${A}  data/2\n`).nativeForm).toBe(true)
  })

  it('keeps an asterisk that belongs to the name of a file', () => {
    expect(read(`${A} *x\n`, { kind: 'tag', exists: (path) => path === '*x' }).paths).toEqual(['*x'])
    expect(read(`${A} *x\n`, { kind: 'tag' }).paths).toEqual(['x'])
    expect(read(`${A}  *x\n`, { kind: 'tag' }).paths).toEqual(['*x'])
  })

  it.each([
    ['data/a%0Ab', 'data/a\nb'],
    ['data/a%0ab%0D', 'data/a\nb\r'],
    ['data/100%25', 'data/100%'],
    // Once: what came out is not decoded again.
    ['data/%250A', 'data/%0A'],
    ['data/%252e%252e/x', 'data/%2e%2e/x'],
    ['data/%2e%2e/x', 'data/%2e%2e/x'],
    ['data/%41', 'data/%41'],
    ['data/%', 'data/%'],
  ])('decodes %j once, and only the three codes', (literal, path) => {
    expect(read(`${A}  ${literal}\n`).paths).toEqual([path])
    expect(read(`${A}  ${literal}\n`, { percentDecoding: false }).paths).toEqual([literal])
  })

  it.each([
    ['no path', `${A}\n`, 'no-separator', []],
    ['only spaces after the digest', `${A}  \n`, 'no-separator', []],
    ['a space first', ` ${A}  data/1\n`, 'no-separator', []],
    ['a short digest', `${A.slice(2)}  data/1\n`, 'malformed-digest', ['data/1']],
    ['a long digest', `${A}00  data/1\n`, 'malformed-digest', ['data/1']],
    ['a digest that is not hex', `${A.slice(1)}g  data/1\n`, 'malformed-digest', ['data/1']],
    ['a full-width digit', `${A.slice(1)}\uff11  data/1\n`, 'malformed-digest', ['data/1']],
    ['a path outside data/', `${A}  other\n`, 'outside-payload', ['other']],
  ])('counts a line with %s', (_, text, code, paths) => {
    const reading = read(`${text}${B}  data/2\n`)
    expect(reading.problemCounts).toEqual({ [code]: 1 })
    expect(reading.problems[0]).toMatchObject({ line: 1, code })
    expect(reading.paths).toEqual([...paths, 'data/2'])
    expect(reading.nativeForm).toBe(false)
  })

  it('still reads the other lines when one is not in the declared encoding', () => {
    const bytes = Uint8Array.from([...encodeUtf8(`${A}  data/`), 0xff, ...encodeUtf8(`\n${B}  data/2\n`)])
    const reading = read(bytes)
    expect(reading.paths).toEqual(['data/2'])
    expect(reading.problems).toEqual([{ line: 1, code: 'encoding', path: '' }])
  })

  it('reads UTF-16 by its mark and ISO-8859-1 byte by byte', () => {
    const text = `${A}  data/caf\u00e9\n`
    const units = [...`\ufeff${text}`].map((character) => character.charCodeAt(0))
    const big = Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 255]))
    const little = Uint8Array.from(units.flatMap((unit) => [unit & 255, unit >> 8]))
    expect(read(big, { encoding: 'utf-16' }).paths).toEqual(['data/caf\u00e9'])
    expect(read(little, { encoding: 'utf-16' }).paths).toEqual(['data/caf\u00e9'])
    expect(read(Uint8Array.from(units.slice(1)), { encoding: 'iso-8859-1' }).paths).toEqual(['data/caf\u00e9'])
  })

  it('passes over a line longer than a megabyte, and counts it', () => {
    const reading = read(`${A}  data/1\n${'x'.repeat(3_000_000)}\n${B}  data/2\n`)
    expect(reading.paths).toEqual(['data/1', 'data/2'])
    expect(reading.problems).toEqual([{ line: 2, code: 'line-too-long', path: '' }])
  })

  it('lists no path that no system can store', () => {
    const reading = read(`${A}  data/${'x'.repeat(5000)}\n${B}  data/2\n`)
    expect(reading.paths).toEqual(['data/2'])
    expect(reading.problems).toEqual([{ line: 1, code: 'line-too-long', path: '' }])
  })

  it('reads lines that lie across the pieces it decodes', () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => `${A}  data/${String(at).padStart(6, '0')}\u20ac`)
    for (const end of ['\n', '\r\n', '\r']) {
      const reading = read(`${lines.join(end)}${end}`)
      expect(reading.lines).toBe(40_000)
      expect(reading.paths.at(-1)).toBe('data/039999\u20ac')
      expect(reading.problems).toEqual([])
      expect(reading.nativeForm).toBe(end === '\n')
    }
  })

  it('never throws, and accounts for every line', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('utf-8', 'iso-8859-1', 'utf-16', 'utf-16le'),
        (bytes, encoding) => {
          const reading = read(bytes, { encoding: encoding as 'utf-8' })
          const counted = Object.values(reading.problemCounts).reduce((sum, count) => sum + count, 0)
          expect(reading.entries.length + counted + (reading.leniencies['blank-line'] ?? 0)).toBeGreaterThanOrEqual(
            reading.lines,
          )
        },
      ),
    )
  })

  it('gives back the names of a manifest in the native form', () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9 _.\u00e9\u4e16-]{1,20}$/).filter((text) => !/^[ .]/.test(text))
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), (names) => {
        const paths = names.map((text) => `data/${text}`).sort(comparePaths)
        const reading = read(paths.map((path) => `${hex('sha256', path)}  ${path}\n`).join(''))
        expect(reading.entries.map(({ path, digest }) => [path, digest])).toEqual(
          paths.map((path) => [path, hex('sha256', path)]),
        )
        expect(reading.nativeForm).toBe(true)
      }),
    )
  })

  it('reads what md5sum and sha256sum write', () => {
    writeFileSync(join(folder, 'one sample.txt'), 'sample\n')
    for (const [tool, algorithm] of [
      ['md5sum', 'md5'],
      ['sha256sum', 'sha256'],
      ['sha512sum', 'sha512'],
    ] as const) {
      for (const mode of ['--text', '--binary']) {
        const out = execFileSync(tool, [mode, 'one sample.txt'], { cwd: folder })
        const { entries, problems } = read(out, { algorithm, kind: 'tag' })
        expect(problems).toEqual([])
        expect(entries).toMatchObject([{ path: 'one sample.txt', digest: hex(algorithm, 'sample\n') }])
      }
    }
  })
})

describe('lines of the common form', () => {
  const path = fc.stringMatching(/^(?:data\/)?[ab .%*/\\é\u{1f600}~]{0,5}$/u)
  const gap = fc.constantFrom('  ', '  ', '  ', ' ', '\t', '   ')
  const digest = fc.constantFrom(A, A, B, A.toUpperCase(), A.slice(1), `${A.slice(1)}g`, '')
  const line = fc.tuple(digest, gap, path).map((parts) => parts.join(''))

  // Ended by CR LF, none of them is.
  it('say what the same lines say that are read one by one', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('payload', 'tag', 'sums'), (lines, kind) => {
        const text = (end: string) => lines.map((each) => each + end).join('')
        const { nativeForm, ...together } = read(text('\n'), { kind })
        const { nativeForm: _, leniencies, ...oneByOne } = read(text('\r\n'), { kind })
        const { 'carriage-return': crs, ...others } = leniencies
        expect(together).toEqual({ ...oneByOne, leniencies: others })
        expect(crs === 1).toBe(lines.length > 0)
        const { paths } = together
        const isAscending = paths.every((each, at) => at === 0 || comparePaths(paths[at - 1] ?? '', each) < 0)
        expect(nativeForm).toBe(isAscending && lines.every((each) => read(`${each}\n`, { kind }).nativeForm))
      }),
      { numRuns: 500 },
    )
  })
})
