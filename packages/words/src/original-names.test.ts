import { describe, expect, it } from 'vitest'
import { originalNamesIn } from './original-names.ts'

const item = (seq: number, field: string, value: string | { base64: string }) =>
  ({ file: 'items.jsonl', seq, field, value }) as const

describe('original names', () => {
  it('are those of items that open both their path and their name', () => {
    expect(
      originalNamesIn([
        item(0, 'path', 'data/00/000001.txt'),
        item(0, 'originalName', 'letter (sample).txt'),
        item(1, 'originalName', 'no path (sample).txt'),
        item(2, 'path', 'data/00/000003.txt'),
        { file: 'custody.jsonl', seq: 0, field: 'originalName', value: 'of an event' },
      ]),
    ).toEqual([{ path: 'data/00/000001.txt', name: 'letter (sample).txt' }])
  })

  it('are shown octet by octet where they are no UTF-8', () => {
    const opened = [item(0, 'path', 'data/00/000001.txt'), item(0, 'originalName', { base64: 'YYD/' })]
    expect(originalNamesIn(opened)).toEqual([{ path: 'data/00/000001.txt', name: 'a\\x80\\xff' }])
  })
})
