import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWholly } from './command-line.ts'
import { VERIFY } from './options.ts'
import { plainArguments } from './plain-arguments.ts'
import { VERIFY_ROW } from './rows/verify.ts'

const NAMES = Object.keys(VERIFY).map((name) => `--${name}`)
const ALIASES = [
  '--crls',
  '-h',
  '--help',
  '--version',
  '--',
  '-',
  '--json=true',
  '--no-json',
  '--nothing',
  '-j',
  '-json',
]
const WORDS = [
  'a',
  'b c',
  'true',
  'false',
  '007',
  '1e3',
  '4',
  '0',
  '',
  ' ',
  '"q"',
  "'",
  'a=b',
  '-1',
  '[]',
  'verify',
  'en',
]
const CHOICES = [
  'auto',
  'never',
  'fr',
  '__proto__',
  'constructor',
  '--__proto__',
  '--toString',
  '$0',
  '_',
  '2025',
  'é\n',
]

const option = fc.constantFrom(...NAMES)
const word = fc.constantFrom(...WORDS, ...CHOICES)
const part = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(option, word) },
  { weight: 2, arbitrary: fc.tuple(option, word).map(([name, value]) => [`${name}=${value}`]) },
  { weight: 2, arbitrary: option.map((name) => [name]) },
  { weight: 3, arbitrary: word.map((each) => [each]) },
  { weight: 1, arbitrary: fc.constantFrom(...ALIASES).map((each) => [each]) },
)
/** What people type: each option once, with a value that it may have. */
const usual = fc.uniqueArray(option, { maxLength: 6 }).chain((names) =>
  fc.tuple(
    ...names.map((name) => {
      const { type, choices } = VERIFY[name.slice(2)] ?? { type: 'string' }
      if (type === 'boolean') return fc.constant([name])
      const value = choices === undefined ? (type === 'number' ? '4' : 'x.json') : (choices[0] ?? '')
      return fc.constantFrom([name, value], [`${name}=${value}`])
    }),
  ),
)

test('what is read plainly is what yargs makes of the same arguments', () => {
  let plainly = 0
  const same = (parts: readonly (readonly string[])[], bundles: readonly string[]) => {
    const args = ['verify', ...parts.flat(), ...bundles]
    const plain = plainArguments(args, VERIFY_ROW)
    if (plain === undefined) return
    plainly++
    expect({ ...plain }, JSON.stringify(args)).toEqual({ ...readWholly(args) })
  }
  fc.assert(fc.property(fc.array(part, { maxLength: 4 }), fc.constantFrom(['x.zip'], []), same), { numRuns: 400 })
  fc.assert(fc.property(usual, fc.constantFrom(['x.zip'], ['x.zip', '7/']), same), { numRuns: 100 })
  expect(plainly).toBeGreaterThan(100)
}, 60_000)

test('usual arguments are read plainly', () => {
  fc.assert(
    fc.property(usual, (parts) => {
      expect(plainArguments(['verify', ...parts.flat(), 'x.zip'], VERIFY_ROW)).toMatchObject({ bundle: ['x.zip'] })
    }),
    { numRuns: 100 },
  )
})

test.each([
  ['no bundle', ['verify', '--json']],
  ['another command', ['judge', 'x']],
  ['an option that there is not', ['verify', 'x', '--trust', 'y']],
  ['a name that every object has', ['verify', 'x', '--constructor', 'y']],
  ['an option without its value', ['verify', 'x', '--at']],
  ['an option in the place of a value', ['verify', 'x', '--at', '--json']],
  ['an empty value', ['verify', 'x', '--at=']],
  ['an option twice', ['verify', 'x', '--at', '2030-01-01', '--at', '2031-01-01']],
  ['a value that is no choice', ['verify', 'x', '--color', 'red']],
  ['a number that is none', ['verify', 'x', '--jobs', '4x']],
  ['standard input', ['verify', '-']],
  ['the end of options', ['verify', '--', 'x']],
  ['a call for help', ['verify', 'x', '--help']],
])('%s is left to yargs', (_, args) => {
  expect(plainArguments(args, VERIFY_ROW)).toBeUndefined()
})
