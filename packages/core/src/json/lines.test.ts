import { expect, test } from 'vitest'
import { encodeUtf8 } from '../model/utf8.ts'
import { parseJsonLines } from './lines.ts'

const OPTIONS = { lineLimit: 40, canonical: true }

function read(text: string) {
  return [...parseJsonLines(encodeUtf8(text), 'x.jsonl', OPTIONS)]
}

test('an empty file has no line', () => {
  expect(read('')).toEqual([])
})

test('each line keeps its place and its bytes', () => {
  const lines = read('{"é":1}\n{"b":2}\n')
  expect(lines.map((line) => [line.index, line.offset, line.error])).toEqual([
    [0, 0, undefined],
    [1, 9, undefined],
  ])
  expect(lines[1]?.bytes).toEqual(encodeUtf8('{"b":2}'))
})

test('a bad line does not hide the others, and its offset is that in the file', () => {
  const lines = read('{"a":1}\n{"a":1,"a":2}\n{"c":3}\n')
  expect(lines.map((line) => line.error?.code)).toEqual([undefined, 'ERR_JSON_DUPLICATE_KEY', undefined])
  expect(lines[1]?.error?.detail).toMatchObject({ where: 'x.jsonl line 2', offset: 15 })
})

test.each([
  ['a last line without its end', '{"a":1}', 'ERR_JSON_SYNTAX'],
  ['a carriage return before the line feed', '{"a":1}\r\n', 'ERR_JSON_NOT_CANONICAL'],
  ['an empty line', '\n', 'ERR_JSON_SYNTAX'],
  ['a line that is too long', `"${'a'.repeat(50)}"\n`, 'ERR_LIMIT'],
])('%s is refused', (_name, text, code) => {
  expect(read(text).map((line) => line.error?.code)).toEqual([code])
})
