import { expect, test } from 'vitest'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { parseJson } from './parse.ts'
import { flag, hex, integer, listOf, object, oneOf, orNull, readClosed, readShape, text } from './shape.ts'

interface Sample {
  readonly name: string
  readonly size: number
  readonly parts: readonly { readonly digest: string }[]
  readonly kind: 'a' | 'b'
  readonly note: string | null
  readonly sample?: boolean
}

const sample = object<Sample>(
  {
    name: text({ pattern: /^[a-z]+$/ }),
    size: integer(0),
    parts: listOf(object<{ readonly digest: string }>({ digest: hex(2) }), { maximum: 2 }),
    kind: oneOf(['a', 'b']),
    note: orNull(text()),
    sample: flag,
  },
  ['sample'],
)

function read(json: string) {
  return readShape(sample, parseJson(encodeUtf8(json), 'x', { limit: 1000, canonical: false }))
}

test('a value of the shape is read member by member', () => {
  const result = read('{"name":"x","size":3,"parts":[{"digest":"00ff"}],"kind":"b","note":null}')
  expect(result.problems).toEqual([])
  expect(result.value).toEqual({ name: 'x', size: 3, parts: [{ digest: '00ff' }], kind: 'b', note: null })
})

test('every problem is reported with its place', () => {
  const result = read('{"name":"X","size":-1,"parts":[{"digest":"00FF"},{}],"kind":"c","sample":1}')
  expect(result.value).toBeUndefined()
  expect(result.problems.map((problem) => problem.member)).toEqual([
    'name',
    'size',
    'parts[0].digest',
    'parts[1].digest',
    'kind',
    'note',
    'sample',
  ])
})

test('unknown members are named and left out, whatever their names', () => {
  const result = read(
    '{"name":"x","size":0,"parts":[{"digest":"0000","toString":1}],"kind":"a","note":"","__proto__":{"size":9}}',
  )
  expect(result.unknown).toEqual(['parts[0].toString', '__proto__'])
  expect(result.value).toEqual({ name: 'x', size: 0, parts: [{ digest: '0000' }], kind: 'a', note: '' })
})

test('a member of the prototype chain is not a member', () => {
  const value = parseJson(encodeUtf8('{}'), 'x', { limit: 10, canonical: true })
  expect(readShape(object<{ constructor: string }>({ constructor: text() }), value).problems).toHaveLength(1)
})

test('a closed schema refuses unknown members', () => {
  const value = parseJson(encodeUtf8('{"name":"x","more":1}'), 'x', { limit: 100, canonical: false })
  expect(() => readClosed(object<{ name: string }>({ name: text() }), value, 'x.json')).toThrow(ParseError)
})

test('of a million problems the first are named, and the rest counted', () => {
  const result = readShape(
    listOf(text()),
    Array.from({ length: 5000 }, () => 0),
  )
  expect(result.problems).toHaveLength(LIMITS.exceptionsInFinding)
  expect(result.problems.at(-1)?.member).toBe(`[${LIMITS.exceptionsInFinding - 1}]`)
  expect(result.problemsOmitted).toBe(5000 - LIMITS.exceptionsInFinding)
  const value = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`m${at}`, at]))
  const known = readShape(object<object>({}), value)
  expect([known.unknown.length, known.unknownOmitted]).toEqual([LIMITS.exceptionsInFinding, 4000])
})
