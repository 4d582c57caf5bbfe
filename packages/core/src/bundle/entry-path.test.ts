import { posix, win32 } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isContainedPath, pathProblems, refusedPathProblem, visibleName } from './entry-path.ts'

/** Paths of pieces that mean something to some system. */
const nastyPath = fc
  .array(
    fc.constantFrom(
      'a',
      'B',
      '.',
      '..',
      '/',
      '//',
      '\\',
      ':',
      'C',
      'C:',
      '~',
      ' ',
      '...',
      'CON',
      'nul',
      '\0',
      '?',
      '*',
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''))

describe('isContainedPath', () => {
  it('never lets a path out of the folder that it is resolved against, by the rules of POSIX or of Windows', () => {
    let contained = 0
    fc.assert(
      fc.property(fc.oneof(nastyPath, fc.string(), fc.string({ unit: 'binary' })), (path) => {
        if (!isContainedPath(path)) return
        contained++
        expect(posix.resolve('/root/of/bundle', path).startsWith('/root/of/bundle/')).toBe(true)
        expect(win32.resolve('C:\\root\\of\\bundle', path).startsWith('C:\\root\\of\\bundle\\')).toBe(true)
        expect(win32.resolve('D:\\', path).startsWith('D:\\')).toBe(true)
        expect(posix.normalize(path)).toBe(path)
      }),
      { numRuns: 5000 },
    )
    expect(contained).toBeGreaterThan(100)
  })

  it('lets no segment become .. when Windows drops its trailing dots and spaces', () => {
    for (const path of ['a/.. /b', 'a/. ./b', '.. ', 'a/...', ' ', 'a/ /b']) {
      expect(refusedPathProblem(path), path).toBe('dots-and-spaces')
    }
  })

  it('says the same by its quick look and by its close look', () => {
    fc.assert(
      fc.property(nastyPath, (path) => {
        const refusals = pathProblems(path).filter((problem) => problem === refusedPathProblem(path))
        expect(refusals.length).toBe(isContainedPath(path) ? 0 : 1)
      }),
      { numRuns: 2000 },
    )
  })

  it('lets ordinary names of any script pass without a note', () => {
    for (const path of ['data/00/000001.jpg', 'bagit.txt', 'data/über/日本 語.txt', '.hidden/a.b.c', "it's (2).pdf"]) {
      expect(pathProblems(path), path).toEqual([])
    }
  })

  it('notes what some system cannot store or show, and does not refuse it', () => {
    const cases: readonly [string, string][] = [
      ['data/con', 'windows-reserved'],
      ['data/Aux.txt', 'windows-reserved'],
      ['com¹.log', 'windows-reserved'],
      ['data/what?.txt', 'windows-character'],
      ['data/10:30.txt', 'colon'],
      ['data/name.', 'trailing-dot-or-space'],
      ['data/name /x', 'trailing-dot-or-space'],
      ['~/x', 'home'],
      ['data/\u202etxt.exe', 'bidi-control'],
    ]
    for (const [path, problem] of cases) {
      expect(pathProblems(path), path).toEqual([problem])
      expect(isContainedPath(path), path).toBe(true)
    }
  })

  it('names every problem of a path, not the first', () => {
    expect(pathProblems('C:\\..\\nul\0')).toEqual(['nul', 'backslash', 'drive', 'colon'])
    expect(pathProblems('/a/../\ud800')).toEqual(['lone-surrogate', 'absolute', 'parent', 'empty-segment'])
  })
})

describe('visibleName', () => {
  it('keeps what is UTF-8 and shows the other bytes', () => {
    expect(visibleName(Uint8Array.of(0x63, 0xc3, 0xa9, 0xe9, 0x2f, 0xff))).toBe('cé\\xe9/\\xff')
  })
})
