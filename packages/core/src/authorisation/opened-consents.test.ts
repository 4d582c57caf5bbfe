import { expect, test } from 'vitest'
import { CONSENT_SLOTS } from '../bundle/authorisation-record.ts'
import type { JsonValue } from '../json/value.ts'
import { toBase64Url } from '../model/bytes.ts'
import { ConsentTable } from './consent-table.ts'
import { OpenedConsents } from './opened-consents.ts'

const sd = CONSENT_SLOTS.map((_, at) => toBase64Url(new Uint8Array(32).fill(at + 1)))
const table = new ConsentTable([0, 1, 2].map((item) => ({ item, salt: '00'.repeat(16), sd })))
/** The second of three items is wholly withheld. */
const items = { count: 3, isStub: (item: number) => item === 1 }
const values: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['scope', { purposes: ['another purpose (sample)'], recipients: ['national prosecutor'] }],
  ['from', '2026-01-01'],
  ['until', null],
  ['withdrawn', null],
])

test('a consent for an item that is wholly withheld is told, and judged by nobody', () => {
  const opened = new OpenedConsents()
  for (const item of [0, 1]) opened.consent(item, values)
  opened.malformed(1)
  expect(opened.of(items).map(({ item }) => item)).toEqual([0])
  expect(opened.finish(table, items)).toEqual({
    ...{ count: 3, needed: 2, closed: 1, partly: 0, opened: 1, stubs: 1 },
    problems: { count: 0, by: {}, first: [] },
  })
})

test('without such a consent nothing is told of withheld items, and without items nothing of either', () => {
  const opened = new OpenedConsents()
  opened.consent(0, values)
  opened.malformed(2)
  expect(opened.finish(table, items)).not.toHaveProperty('stubs')
  expect(opened.finish(table, items).problems.first).toEqual([{ item: 2, code: 'malformed-value' }])
  expect(opened.finish(table, null)).toMatchObject({ needed: null, opened: 1 })
  expect(opened.of(null)).toHaveLength(1)
})
