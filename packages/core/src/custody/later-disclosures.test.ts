import { describe, expect, it } from 'vitest'
import { memoryTree, testSmallDigest } from '../../../../test-vectors/support/memory-tree.ts'
import {
  jsonLines,
  sampleHistory,
  WITHHELD_EVENT,
  WITHHELD_ITEM,
} from '../../../../test-vectors/support/sample-history.ts'
import { canonicalText } from '../json/canonicalise.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import type { OpenedField } from './disclosure-reading.ts'
import { establishLaterDisclosures } from './later-disclosures.ts'

const sample = sampleHistory()
const event = sample.events[WITHHELD_EVENT] ?? expect.fail()
const item = sample.items[WITHHELD_ITEM] ?? expect.fail()
const closed = sample.items[3] ?? expect.fail()
const lineOf = (file: string, seq: number, line: string) => canonicalText({ file, line, seq })
const disclosed = (openings: readonly object[]) => openings.map((one) => canonicalText(one as never))

async function later(lines: readonly string[], files = sample.files) {
  const opened: OpenedField[] = []
  const found = await establishLaterDisclosures(
    memoryTree(files),
    encodeUtf8(jsonLines(lines)),
    { smallDigest: testSmallDigest },
    (field) => opened.push(field),
  )
  return { ...found, opened }
}

describe('a later file of disclosures', () => {
  it('opens fields of a line that was closed, and names nothing else', async () => {
    const { file, lines, matched, opened } = await later(disclosed(closed.openings))
    expect(file.state).toBe('valid')
    expect(lines).toEqual([])
    expect(matched).toMatchObject({ openings: 3, holding: 3, problems: { count: 0 } })
    expect(opened.map(({ field, seq }) => `${seq} ${field}`)).toEqual(['3 path', '3 sha256', '3 size'])
  })

  it('shows a withheld line, and then its fields', async () => {
    const { file, lines, matched } = await later([
      lineOf('custody.jsonl', WITHHELD_EVENT, event.text),
      lineOf('items.jsonl', WITHHELD_ITEM, item.text),
      ...disclosed(event.openings),
      ...disclosed(item.openings),
    ])
    expect(file.problems).toEqual([])
    expect(lines.map(({ code }) => code)).toEqual(['holds', 'holds'])
    expect(matched).toMatchObject({ holding: event.openings.length + item.openings.length, problems: { count: 0 } })
  })

  it.each([
    ['differs', lineOf('custody.jsonl', WITHHELD_EVENT, event.text.replace(/"salt":"../, '"salt":"ff'))],
    ['differs', lineOf('custody.jsonl', 3, event.text)],
    ['shown', lineOf('items.jsonl', 3, closed.text)],
    ['no-line', lineOf('items.jsonl', 99, item.text)],
    ['differs', lineOf('items.jsonl', WITHHELD_ITEM, closed.text)],
  ])('with a line that is %s opens nothing of it', async (code, line) => {
    const { lines, matched } = await later([line, ...disclosed(item.openings)])
    expect(lines.map((one) => one.code)).toEqual([code])
    expect(matched.problems.by).toEqual({ 'line-withheld': item.openings.length })
  })

  it('with a line whose own number or predecessor is another than its place says so', async () => {
    const custody = sample.files['record/custody.jsonl'] ?? ''
    const stubs = custody.split('\n')
    const moved = event.text.replace(`"seq":${WITHHELD_EVENT}`, '"seq":3')
    const withheld = (text: string) => Buffer.from(testSmallDigest('sha256', encodeUtf8(text))).toString('hex')
    const filesWith = (text: string) => ({
      ...sample.files,
      'record/custody.jsonl': stubs
        .with(WITHHELD_EVENT, canonicalText({ seq: WITHHELD_EVENT, withheld: withheld(text) }))
        .join('\n'),
    })
    const unlinked = event.text.replace(/"prev":"../, '"prev":"00')
    expect((await later([lineOf('custody.jsonl', WITHHELD_EVENT, moved)], filesWith(moved))).lines[0]?.code).toBe(
      'seq-differs',
    )
    expect((await later([lineOf('custody.jsonl', WITHHELD_EVENT, unlinked)], filesWith(unlinked))).lines[0]?.code).toBe(
      'prev-differs',
    )
    expect((await later([lineOf('custody.jsonl', WITHHELD_EVENT, '{}')], filesWith('{}'))).lines[0]?.code).toBe(
      'malformed',
    )
  })

  it('with an opening of another bundle is told', async () => {
    const other = sampleHistory({ items: { 3: { size: 7 } } }).items[3]?.openings ?? []
    const { matched } = await later(disclosed(other))
    expect(matched.problems.by).toEqual({ 'no-slot': 1 })
  })
})
