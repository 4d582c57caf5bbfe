import { encodeUtf8, ParseError } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consentsByItem, parseConsentRegister } from './consent-register.ts'
import { parseCsv } from './csv.ts'

const parse = (text: string) => parseConsentRegister(encodeUtf8(text), 'register')
const CONSENT = {
  items: [0, [2, 5]],
  giver: 'Source, Invented (sample)',
  purposes: ['trial', 'appeal'],
  recipients: ['national prosecutor'],
  from: '2026-01-01',
  until: '2027-01-01',
}
const json = (consent: object, more = {}) =>
  JSON.stringify({ consentRegister: 'probatum/consent-register/1-draft', consents: [consent], ...more })
const digest = (letter: string) => letter.repeat(64)
const items = [...'abcabc'].map((letter, seq) => ({ seq, sha256: digest(letter) }))

describe('a register of consents', () => {
  it('says the same as JSON and as CSV, whatever separator a spreadsheet writes', () => {
    const [{ at: _, ...fromJson } = expect.fail('none')] = parse(json(CONSENT)).consents
    expect(fromJson).toEqual({
      ...CONSENT,
      items: [
        [0, 0],
        [2, 5],
      ],
      sha256: [],
      withdrawn: null,
    })
    for (const [separator, cell] of [
      [',', '"0 2-5"'],
      [';', '0,2-5'],
    ] as const) {
      const text = [
        ['from', 'items', 'giver', 'until', 'recipients', 'purposes', 'withdrawn'].join(separator),
        [
          '2026-01-01',
          cell,
          '"Source, Invented (sample)"',
          '2027-01-01',
          'national prosecutor',
          'trial|appeal',
          '',
        ].join(separator),
        '',
      ].join('\r\n')
      const [{ at, ...fromCsv } = expect.fail('none')] = parse(`\uFEFF${text}`).consents
      expect([at, fromCsv]).toEqual(['line 2', fromJson])
    }
  })

  it.each([
    ['an unknown member', json({ ...CONSENT, onlyIn: 'court' }), 'onlyIn'],
    ['an unknown column', 'items,giver,purposes,recipients,from,unless\n', 'unless'],
    ['a column that is missing', 'items,giver,purposes,from\n', 'recipients'],
    ['a column twice', 'items,giver,purposes,recipients,from,from\n', 'once'],
    ['a day that does not exist', json({ ...CONSENT, until: '2026-02-30' }), 'until'],
    ['a time in place of a day', json({ ...CONSENT, from: '2026-02-01T00:00:00Z' }), 'from'],
    ['no items', json({ ...CONSENT, items: [] }), 'items'],
    ['a range that runs backwards', json({ ...CONSENT, items: [[3, 1]] }), 'items'],
    ['a digest that is none', json({ ...CONSENT, sha256: ['abc'] }), 'sha256'],
    ['a text that could disturb a terminal', json({ ...CONSENT, giver: 'a\u001b[2J' }), 'giver'],
    ['cells that are missing', 'items,giver,purposes,recipients,from\n0,A\n', 'line 2'],
    ['another kind of file', JSON.stringify({ disclosurePolicy: 1 }), 'consentRegister'],
  ])('is refused for %s, and says where', (_, text, place) => {
    expect(() => parse(text)).toThrow(TypeError)
    expect(() => parse(text)).toThrow(place)
  })

  it('is refused when it is no text or no JSON', () => {
    expect(() => parse('{')).toThrow(ParseError)
    expect(() => parseConsentRegister(Uint8Array.of(0x69, 0xff), 'register')).toThrow(ParseError)
  })

  it('names items by position or by digest, each once', () => {
    const { items: _, ...rest } = CONSENT
    const bySha = consentsByItem(parse(json({ ...rest, sha256: [digest('B'), digest('f')] })), { id: '', items })
    expect([...bySha.keys()]).toEqual([1, 4])
    expect([...consentsByItem(parse(json(CONSENT)), { id: '', items }).keys()]).toEqual([0, 2, 3, 4, 5])
    const both = parse(json({ ...CONSENT, items: [1], sha256: [digest('b')] }))
    expect([...consentsByItem(both, { id: '', items }).keys()]).toEqual([1, 4])
    const twice = 'items,giver,purposes,recipients,from\n0-2,A,x,y,2026-01-01\n2,B,x,y,2026-01-01\n'
    expect(() => consentsByItem(parse(twice), { id: '', items })).toThrow('line 2 and line 3: both are about item 2')
    expect(() => consentsByItem(parse(json({ ...CONSENT, items: [6] })), { id: '', items })).toThrow('6 items')
    const huge = parse(json({ ...CONSENT, items: [[0, 9_007_199_254_740_991]] }))
    expect(() => consentsByItem(huge, { id: '', items })).toThrow('6 items')
    const logId = '0'.repeat(32)
    expect(() => consentsByItem(parse(json(CONSENT, { logId })), { id: '1'.repeat(32), items })).toThrow('logId')
    expect(consentsByItem(parse(json(CONSENT, { logId })), { id: logId, items }).size).toBe(5)
  })
})

describe('CSV', () => {
  it('reads what is written by RFC 4180, whatever stands in the cells', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('', '"', '""', ',', ';', '\n', '\r\n', 'a"b', ' '))
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
        fc.constantFrom(',' as const, ';' as const),
        fc.constantFrom('\n', '\r\n'),
        (rows, separator, end) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
          const text = rows.map((cells) => cells.map(quoted).join(separator) + end).join('')
          expect(parseCsv(text, separator).map(({ cells }) => cells)).toEqual(rows)
        },
      ),
      { seed: 4180 },
    )
  })

  it('never stops with anything but an error that says the line, and counts lines inside cells', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ') }), (text) => {
        try {
          for (const { line } of parseCsv(text, ',')) expect(line).toBeGreaterThan(0)
        } catch (error) {
          expect(String(error)).toMatch(/TypeError: line \d+: /)
        }
      }),
      { seed: 4180 },
    )
    expect(parseCsv('"a\nb",c\n\nd,e', ',').map(({ line }) => line)).toEqual([1, 4])
    expect(() => parseCsv('a,"b\nc,d', ',')).toThrow('line 1: a cell in quotes that does not end')
    expect(() => parseCsv('a,b\nc,d"e"', ',')).toThrow('line 2')
    expect(() => parseCsv('a,"b"c', ',')).toThrow('behind a cell')
  })
})
