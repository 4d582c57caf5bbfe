import { describe, expect, it } from 'vitest'
import { finding, reportOf } from '../../testing/invented-report.ts'
import { localTime, sayTime, timelineOf } from './timeline.ts'

const TOKEN = 'seal/1/a.p7s.x.tsr'

function stamped(claimedTime: string, value: 'PASSED' | 'INDETERMINATE', best: string | null) {
  const subject = { kind: 'timestamp', name: TOKEN } as const
  return reportOf(
    [
      finding('timestamp.message-imprint', 'PASSED', { subject }),
      finding('timestamp.path', value, { subject }),
      finding('timestamp.believed', 'PASSED', { subject }),
    ],
    {
      bestSignatureTime: best,
      signatures: [
        {
          file: 'seal/1/a.p7s',
          signer: { subject: 'CN=Example Mechanism (sample)', sha256: '0'.repeat(64) },
          claimedTime,
          bestSignatureTime: best,
          timestamps: [{ file: TOKEN, authority: 'CN=TSA (sample)', genTime: '2026-03-14T09:12:00Z', accuracy: '1 s' }],
        },
      ],
    },
  )
}

describe('the timeline', () => {
  it('is in order, and tells what is stated from what is confirmed', () => {
    const { entries, conflicts } = timelineOf(stamped('2026-03-14T09:11:00Z', 'PASSED', '2026-03-14T09:12:01Z'), {
      time: '2026-03-13T00:00:00Z',
      issuer: 'Example Mechanism (sample)',
    })
    expect(entries.map(({ event, kind }) => `${event} ${kind}`)).toEqual([
      'record-created stated',
      'signing-time stated',
      'time-stamp confirmed',
      'earliest-proof confirmed',
      'validation check',
    ])
    expect(conflicts).toEqual([])
  })

  it('never calls a time-stamp confirmed when what it rests on stayed open', () => {
    const { entries } = timelineOf(stamped('2026-03-14T09:11:00Z', 'INDETERMINATE', null), null)
    expect(entries.find(({ event }) => event === 'time-stamp')?.kind).toBe('not-confirmed')
  })

  it('never calls a time-stamp confirmed of which nothing was checked', () => {
    const report = reportOf([], { signatures: stamped('2026-03-14T09:11:00Z', 'PASSED', null).body.signatures })
    expect(timelineOf(report, null).entries.find(({ event }) => event === 'time-stamp')?.kind).toBe('not-confirmed')
  })

  it('has the time-stamps of later seal levels, and calls only those confirmed that prove their level', () => {
    const at = (level: number) => `seal/${level}/west.tsr`
    const level = (number: number, value: 'PASSED' | 'INDETERMINATE', genTime: string) =>
      finding('renewal.token', value, {
        subject: { kind: 'bundle', name: `seal/${number}/` },
        evidence: [
          { name: 'authorities', expected: '1' },
          { name: `genTime ${at(number)}`, found: genTime },
        ],
        ...(value === 'PASSED' ? {} : { exceptions: [{ path: at(number), value, reason: 'token-open' }] }),
      })
    const report = reportOf([
      level(3, 'INDETERMINATE', '2026-05-02T00:00:00Z'),
      level(2, 'PASSED', '2026-05-01T00:00:00Z'),
      level(4, 'INDETERMINATE', 'unread'),
    ])
    expect(
      timelineOf(report, null).entries.flatMap(({ event, kind, file }) => (event === 'renewal' ? [[kind, file]] : [])),
    ).toEqual([
      ['confirmed', at(2)],
      ['not-confirmed', at(3)],
    ])
  })

  it('flags a stated time behind the proof, and a time behind the check', () => {
    const late = timelineOf(stamped('2026-03-15T00:00:00Z', 'PASSED', '2026-03-14T09:12:01Z'), null)
    expect(late.conflicts.map(({ code }) => code)).toEqual(['stated-after-confirmed'])
    const future = timelineOf(stamped('2027-01-01T00:00:00Z', 'PASSED', null), null)
    expect(future.conflicts.map(({ code }) => code)).toEqual(['after-check'])
  })

  it('keeps a time that cannot be read as it stands', () => {
    expect(timelineOf(stamped('yesterday', 'PASSED', null), null).unreadable).toEqual(['yesterday'])
  })
})

describe('a moment', () => {
  const words = { months: 'January February March'.split(' '), pattern: '{day} {month} {year}, {time}' }

  it('is said by the page’s own months, with the digits of the report', () => {
    expect(sayTime('2026-03-04T09:12:00Z', words)).toBe('4 March 2026, 09:12:00')
    expect(sayTime('no time', words)).toBe('no time')
  })

  it('is the same moment in the zone of the computer', () => {
    expect(localTime('2026-03-14T20:00:00Z', () => 390)).toEqual({ time: '2026-03-15T02:30:00Z', zone: 'UTC+06:30' })
    expect(localTime('2026-01-01T01:00:00Z', () => -210)).toEqual({
      time: '2025-12-31T21:30:00Z',
      zone: 'UTC\u221203:30',
    })
    expect(localTime('nonsense', () => 0)).toBeNull()
  })
})
