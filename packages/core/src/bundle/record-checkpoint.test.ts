import { expect, test } from 'vitest'
import { encodeUtf8 } from '../model/utf8.ts'
import { parseCheckpoint } from './record-checkpoint.ts'

const ROOT = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
const NOTE = `log.example/sample\n40\n${ROOT}\n\n— log.example/sample AAAAAAAA\n`

test('a checkpoint is read with its extensions and all signatures', () => {
  const note = NOTE.replace(`${ROOT}\n`, `${ROOT}\nextension of a witness\n`).replace(
    /$/,
    '— witness.example BBBBBBBB\n',
  )
  expect(parseCheckpoint(encodeUtf8(note), 'record/checkpoint')).toEqual({
    origin: 'log.example/sample',
    size: 40,
    root: '00'.repeat(32),
    extensions: ['extension of a witness'],
    signatures: [
      { name: 'log.example/sample', signature: 'AAAAAAAA' },
      { name: 'witness.example', signature: 'BBBBBBBB' },
    ],
  })
})

test.each<[string, string]>([
  ['nothing', ''],
  ['no origin', NOTE.replace('log.example/sample\n', '\n')],
  ['a size with a leading zero', NOTE.replace('\n40\n', '\n040\n')],
  ['a negative size', NOTE.replace('\n40\n', '\n-4\n')],
  ['a size beyond what a double holds', NOTE.replace('\n40\n', '\n9007199254740993\n')],
  ['a root of 31 octets', NOTE.replace(ROOT, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==')],
  ['a root with unused bits set', NOTE.replace(ROOT, ROOT.replace('A=', 'B='))],
  ['an empty extension line', NOTE.replace(`${ROOT}\n`, `${ROOT}\n\nx\n`)],
  ['no signature', NOTE.slice(0, NOTE.indexOf('—'))],
  ['a hyphen for the dash', NOTE.replace('—', '-')],
  ['a signature without its key hash', NOTE.replace('AAAAAAAA\n', 'AAAA\n')],
  ['no line feed at the end', NOTE.slice(0, -1)],
  ['carriage returns', NOTE.replaceAll('\n', '\r\n')],
  ['text behind the signatures', `${NOTE}\nmore\n`],
])('a checkpoint with %s is refused', (_name, note) => {
  expect(() => parseCheckpoint(encodeUtf8(note), 'record/checkpoint')).toThrow('ERR_CHECKPOINT')
})
