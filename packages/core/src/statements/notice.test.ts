import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '../checks/catalogue.ts'
import { canonicalise } from '../json/canonicalise.ts'
import { LIMITS } from '../model/limits.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import {
  NOTICE_CODES,
  NOTICE_EVENT_TYPES,
  NOTICE_KINDS,
  type NoticeStatement,
  noticeFile,
  noticeStatement,
  parseNotice,
  parseNoticeStatement,
} from './notice.ts'
import { parseReceipt, type ReceiptStatement, receiptFile, receiptStatement } from './receipt.ts'
import { statementTypeOf } from './signed-statement.ts'

const hex = (octets: number) =>
  fc.uint8Array({ minLength: octets, maxLength: octets }).map((bytes) => Buffer.from(bytes).toString('hex'))
const path = fc.array(hex(32), { maxLength: 5 })
const ascending = <T extends number | string>(values: readonly T[]) =>
  [...new Set(values)].sort((a, b) => (a < b ? -1 : 1))

const statements: fc.Arbitrary<NoticeStatement> = fc.record({
  bundles: fc.array(hex(32), { minLength: 1, maxLength: 3 }).chain((ids) =>
    fc.tuple(
      ...ascending(ids).map((bundle) =>
        fc.record({
          bundle: fc.constant(bundle),
          consistencyPath: path,
          seal: hex(32),
          size: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        }),
      ),
    ),
  ),
  checkpoint: fc.string(),
  code: fc.constantFrom(...NOTICE_CODES),
  date: fc.constantFrom('2026-11-25T12:00:00Z', '2031-02-28T23:59:59.5Z'),
  event: fc.option(fc.record({ line: fc.string(), path }), { nil: null }),
  items: fc.option(fc.array(fc.nat(), { minLength: 1 }).map(ascending), { nil: null }),
  kind: fc.constantFrom(...NOTICE_KINDS),
  log: fc.record({ id: hex(16), origin: fc.constantFrom('a', 'sample.example/log') }),
  replacement: fc.option(hex(32), { nil: null }),
  statement: fc.constant('probatum/notice/1' as const),
})

const sample: NoticeStatement = {
  bundles: [{ bundle: '1'.repeat(64), consistencyPath: [], seal: '2'.repeat(64), size: 3 }],
  checkpoint: 'sample.example/log\n3\n',
  code: 'ordered',
  date: '2026-11-25T12:00:00Z',
  event: null,
  items: [1, 2],
  kind: 'recalled',
  log: { id: '3'.repeat(32), origin: 'sample.example/log' },
  replacement: null,
  statement: 'probatum/notice/1',
}
const CMS = Uint8Array.of(1, 2, 3, 4)

describe('the file of a notice', () => {
  it('is read as it was written, and what is signed stands in it as it is', () => {
    fc.assert(
      fc.property(statements, fc.uint8Array({ minLength: 1 }), (statement, cms) => {
        const file = noticeFile(statement, cms)
        const parsed = parseNotice(file)
        expect(parsed.statement).toEqual(statement)
        expect(Buffer.from(parsed.cms).equals(cms)).toBe(true)
        expect(Buffer.from(parsed.signed).equals(noticeStatement(statement))).toBe(true)
        expect(parsed.signed.buffer).toBe(file.buffer)
        expect(parseNoticeStatement(parsed.signed)).toEqual(statement)
      }),
    )
  })

  it.each<[string, object]>([
    ['bundles out of order', { bundles: ['2', '1'].map((one) => ({ ...sample.bundles[0], bundle: one.repeat(64) })) }],
    ['a bundle twice', { bundles: [1, 2].map(() => sample.bundles[0]) }],
    ['no bundle', { bundles: [] }],
    ['positions out of order', { items: [2, 1] }],
    ['a position twice', { items: [1, 1] }],
    ['no position', { items: [] }],
    ['a position below 0', { items: [-1] }],
    ['a position that is none', { items: [1.5] }],
    ['a day without a clock', { date: '2026-11-25' }],
    ['a day that does not exist', { date: '2026-02-30T00:00:00Z' }],
    ['another statement', { statement: 'probatum/approval/1' }],
    ['a reason in words', { code: 'because the witness asked' }],
    ['a member more', { witness: 'A (sample)' }],
    ['a member less', { replacement: undefined }],
    [
      'a path that is too long',
      { bundles: [{ ...sample.bundles[0], consistencyPath: Array(55).fill('1'.repeat(64)) }] },
    ],
  ])('is refused with %s', (_what, change) => {
    const bytes = canonicalise({ notice: { ...sample, ...change }, signature: 'AQIDBA==' })
    expect(() => parseNotice(bytes)).toThrow(/ERR_JSON_SHAPE/)
    expect(() => parseNotice(noticeFile(sample, CMS))).not.toThrow()
  })

  it.each<[string, string, RegExp]>([
    ['a line feed at its end', `${JSON.stringify({})}\n`, /ERR_JSON/],
    ['nothing in it', '', /ERR_JSON/],
    ['no signature', '{"notice":{}}', /ERR_JSON_SHAPE/],
    ['an empty signature', '{"notice":{},"signature":""}', /ERR_JSON_SHAPE/],
    ['another member', '{"notice":{},"receipt":{},"signature":"AAAA"}', /ERR_JSON_SHAPE/],
  ])('is refused with %s', (_what, text, error) => {
    expect(() => parseNotice(encodeUtf8(text))).toThrow(error)
  })

  it('is refused beyond the limit', () => {
    expect(() => parseNotice(new Uint8Array(LIMITS.statementBytes + 1))).toThrow(/ERR_LIMIT/)
  })

  it('tells its version, whatever else is in it', () => {
    const later = canonicalise({ notice: { ...sample, statement: 'probatum/notice/2', more: 1 }, signature: '' })
    expect(statementTypeOf(later, 'notice')).toBe('probatum/notice/2')
    expect(statementTypeOf(later, 'receipt')).toBeNull()
    expect(statementTypeOf(encodeUtf8('{"notice":{"statement":7}}'), 'notice')).toBeNull()
    expect(statementTypeOf(encodeUtf8('a letter'), 'notice')).toBeNull()
  })

  it('is no receipt, nor the other way round', () => {
    const receipt: ReceiptStatement = {
      bundle: '1'.repeat(64),
      ciphertext: null,
      exportNumber: '2'.repeat(32),
      logId: '3'.repeat(32),
      seal: '4'.repeat(64),
      statement: 'probatum/receipt/1',
    }
    const file = receiptFile(receipt, CMS)
    expect(Buffer.from(parseReceipt(file).signed).equals(receiptStatement(receipt))).toBe(true)
    expect(() => parseNotice(file)).toThrow(/ERR_JSON_SHAPE/)
    expect(() => parseReceipt(noticeFile(sample, CMS))).toThrow(/ERR_JSON_SHAPE/)
  })
})

describe('the specification of notices', () => {
  const read = (name: string) => readFileSync(new URL(`../../../../docs/spec/${name}`, import.meta.url), 'utf8')
  const text = read('notice-1.md')

  it('has the codes, kinds and types of events of the program, and so has its schema', () => {
    const cells = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1])
    expect(cells.filter((cell) => NOTICE_CODES.some((code) => code === cell)).sort()).toEqual([...NOTICE_CODES])
    const { notice } = JSON.parse(read('notice-1.schema.json')).properties
    expect(notice.properties.code.enum).toEqual([...NOTICE_CODES])
    expect(notice.properties.kind.enum).toEqual([...NOTICE_KINDS])
    expect([...notice.required].sort()).toEqual(Object.keys(sample).sort())
    for (const type of NOTICE_EVENT_TYPES) expect(text).toContain(`\`${type}\``)
  })

  it('names every answer that a notice gets', () => {
    const row = CATALOGUE.find(({ id }) => id === 'authorisation.notices')
    expect(text).toContain(`## ${row?.spec.section} `)
    const reasons = (row?.outcomes ?? []).map((outcome) => outcome.split(':')[1] ?? '')
    const named = (reason: string) =>
      text.includes(`\`${reason.replace(/-items?$/, '')}\``) || text.includes(`\`${reason}\``)
    expect(reasons.filter((reason) => !named(reason))).toEqual([])
  })
})
