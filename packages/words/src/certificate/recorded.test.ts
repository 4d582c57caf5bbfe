import { createHash } from 'node:crypto'
import { encodeUtf8, type SmallDigest } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RecordBytes, readRecorded } from './recorded.ts'

const lines = (...values: readonly object[]) => encodeUtf8(values.map((value) => `${JSON.stringify(value)}\n`).join(''))
const smallDigest: SmallDigest = (algorithm, bytes) => new Uint8Array(createHash(algorithm).update(bytes).digest())
const read = (given: Partial<RecordBytes>) =>
  readRecorded({ custody: null, items: null, authorisation: null, ...given }, smallDigest)
const record = (value: unknown) => encodeUtf8(JSON.stringify(value))
const REQUEST = {
  assurances: [
    {
      assurance: 'no-death-penalty',
      by: 'Example Office (sample)',
      date: '2026-03-01',
      reference: 'Letter 4 (sample)',
    },
  ],
  conditions: [
    { kind: 'use', text: 'Use in case 1 alone (sample)' },
    { kind: 'return-or-destroy', text: 'Return (sample)', until: '2027-01-31' },
  ],
  consents: [{ item: 0, salt: '00', sd: ['secret-slot'] }],
  exceptions: [],
  grounds: ['Treaty (sample)'],
  purpose: 'Trial (sample)',
}
const sharing = (request: unknown, approvals: unknown = []) =>
  read({
    authorisation: record({ approvals, authorisation: 'probatum/authorisation/1-draft', request }),
  }).sharing

describe('what is repeated of the records', () => {
  it('counts entries by kind, withheld ones and unknown kinds among them', () => {
    const custody = lines(
      { seq: 0, type: 'log-start' },
      { seq: 1, type: 'transfer' },
      { seq: 2, withheld: 'ab' },
      { seq: 3, type: 'transfer' },
      { seq: 4, type: 'Not A Kind' },
      { seq: 5 },
    )
    expect(read({ custody }).events).toEqual({
      'log-start': 1,
      other: 2,
      transfer: 2,
      withheld: 1,
    })
  })

  it('counts nothing of a log that could not be read, or is not there', () => {
    expect(read({ custody: encodeUtf8('{"seq":0\n') }).events).toBeNull()
    expect(read({ custody: Uint8Array.of(0xff, 0x0a) }).events).toBeNull()
    expect(read({}).events).toBeNull()
  })

  it('names the first and the last entry by their line digests, and what stands for withheld ones, up to a hundred', () => {
    const stub = (seq: number) => ({ seq, withheld: seq.toString(16).padStart(64, '0') })
    const first = { fields: ['x'.repeat(200)], seq: 0, type: 'log-start' }
    const custody = lines(first, ...Array.from({ length: 150 }, (_, index) => stub(index + 1)))
    const { custody: log, items } = read({ custody, items: lines(first) })
    const digest = createHash('sha256').update(JSON.stringify(first)).digest('hex')
    expect([log?.first, log?.last]).toEqual([digest, stub(150).withheld])
    expect(log?.withheld).toHaveLength(100)
    expect(log?.withheld[0]).toEqual({ digest: stub(1).withheld, line: 2 })
    expect(items).toEqual({ first: digest, last: digest, withheld: [] })
    expect(read({ custody: new Uint8Array() }).custody).toBeNull()
    // What is no digest stands for nothing.
    expect(read({ custody: lines({ seq: 0, withheld: 'ab' }) }).custody?.withheld).toEqual([])
  })

  it('keeps the kinds to a number that fits a page', () => {
    const custody = lines(
      ...Array.from({ length: 500 }, (_, index) => ({
        type: `kind-${'x'.repeat(index % 60)}${'y'.repeat(index % 7)}`,
      })),
    )
    const { events } = read({ custody })
    expect(Object.keys(events ?? {}).length).toBeLessThanOrEqual(65)
    expect(Object.values(events ?? {}).reduce((sum, count) => sum + count, 0)).toBe(500)
  })

  it('repeats conditions, grounds, purpose and assurances, and of consents and approvals only how many', () => {
    const { sharing: told } = read({
      authorisation: record({ approvals: [{ approver: 'A Person (sample)', signature: '' }], request: REQUEST }),
    })
    expect(told).toEqual({
      state: 'request',
      purpose: 'Trial (sample)',
      grounds: ['Treaty (sample)'],
      conditions: ['Use in case 1 alone (sample)', 'Return (sample) (2027-01-31)'],
      assurances: REQUEST.assurances,
      consents: 1,
      approvals: 1,
      exceptions: 0,
    })
    expect(JSON.stringify(told)).not.toMatch(/secret-slot|A Person/)
  })

  it('tells no record, no request and an unreadable record apart', () => {
    expect(read({}).sharing).toEqual({ state: 'absent' })
    expect(sharing(null)).toEqual({ state: 'no-request' })
    expect(read({ authorisation: encodeUtf8('{') }).sharing).toEqual({ state: 'unreadable' })
    for (const [member, value] of [
      ['purpose', 7],
      ['conditions', 'one'],
      ['conditions', [1]],
      ['conditions', ['text']],
      ['conditions', [{ kind: 'use' }]],
      ['conditions', [{ text: 'a', until: 7 }]],
      ['grounds', null],
      ['consents', {}],
      ['assurances', [{}]],
      ['exceptions', undefined],
    ] as const)
      expect(sharing({ ...REQUEST, [member]: value }), member).toEqual({ state: 'unreadable' })
    expect(sharing(REQUEST, 'none')).toEqual({ state: 'unreadable' })
    expect(sharing({ ...REQUEST, purpose: null })).toMatchObject({ state: 'request', purpose: '' })
  })

  it('never throws, whatever the records hold', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.json({ maxDepth: 4 }), (bytes, json) => {
        read({ custody: bytes, items: encodeUtf8(`${json}\n`), authorisation: encodeUtf8(json) })
        read({ custody: encodeUtf8(`${json}\n`), items: bytes, authorisation: bytes })
      }),
    )
  })
})
