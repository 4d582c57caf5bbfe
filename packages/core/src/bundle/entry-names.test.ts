import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ParseError } from '../model/parse-error.ts'
import { EntryNames } from './entry-names.ts'

/** What is said of these files: the place of the first that is refused and why, `end` when it is all of them together. */
function refusal(paths: readonly string[], folderCharacters?: number): string | undefined {
  const names = new EntryNames('tar', folderCharacters)
  let place = 'end'
  try {
    for (const [at, path] of paths.entries()) {
      place = `${at}`
      names.add(path, false)
    }
    place = 'end'
    names.finish()
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return `${place} ${error.code} ${error.detail.where}`
  }
  return undefined
}

/** The same, by comparing each with each. */
function expectedRefusal(paths: readonly string[]): string | undefined {
  const again = paths.findIndex((path, at) => paths.indexOf(path) < at)
  if (again >= 0) return `${again} ERR_PATH_DUPLICATE ${paths[again]}`
  return paths.some((file) => paths.some((other) => other.startsWith(`${file}/`))) ? 'both' : undefined
}

const segment = fc.constantFrom('a', 'a!', 'a0', 'b', 'B', 'é', '\uffee', '\u{1f600}')
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'))

/** Of characters of folders; mostly too little for all of them. */
const room = fc.constantFrom(undefined, 0, 1, 4, 9)

test('a name that is there twice, or is a file and a folder, is refused in any order', () => {
  fc.assert(
    fc.property(fc.array(path, { maxLength: 12 }), fc.boolean(), room, (drawn, isSorted, characters) => {
      const paths = isSorted ? drawn.sort() : drawn
      const expected = expectedRefusal(paths)
      const said = refusal(paths, characters)
      if (expected !== 'both') expect(said).toBe(expected)
      else {
        const folder = said?.slice('end ERR_PATH_DUPLICATE '.length) ?? ''
        expect(said).toBe(`end ERR_PATH_DUPLICATE ${folder}`)
        expect(paths).toContain(folder)
        expect(paths.some((other) => other.startsWith(`${folder}/`))).toBe(true)
      }
    }),
  )
})

test('names in order are compared with one that comes behind them out of order', () => {
  expect(refusal(['a', 'b', 'c', 'b'])).toBe('3 ERR_PATH_DUPLICATE b')
  expect(refusal(['a', 'b', 'c', 'aa', 'c'])).toBe('4 ERR_PATH_DUPLICATE c')
  expect(refusal(['a', 'a'])).toBe('1 ERR_PATH_DUPLICATE a')
  expect(refusal(['a', 'a/b', 'c'])).toBe('end ERR_PATH_DUPLICATE a')
  expect(refusal(['a', 'b/c', 'aa'])).toBeUndefined()
})

test('a file above names thousands of folders deep is found where their folders are not kept one by one', () => {
  const deep = (at: number) => `${at}/${'a/'.repeat(2000)}x`
  const paths = Array.from({ length: 300 }, (_, at) => deep(at))
  expect(refusal(paths, 1000)).toBeUndefined()
  const file = `222/${'a/'.repeat(1000)}a`
  expect(refusal([...paths, file], 1000)).toBe(`end ERR_PATH_DUPLICATE ${file}`)
  expect(refusal([...paths, `${file}a`, `${file}/b`, `${file}-`], 1000)).toBeUndefined()
})
