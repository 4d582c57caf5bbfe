import { CATALOGUE, type FindingId, type FindingValue } from '@probatum/core'
import { problemsTold } from '@probatum/words'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finding, reportOf } from '../../testing/invented-report.ts'
import { answerSigns, familyOf } from './answer-tones.ts'
import { candidatesOf, checksByAxis, countOpen, countValues, VALUES } from './checks.ts'

const someFinding = fc
  .tuple(
    fc.constantFrom(...CATALOGUE.map(({ id }) => id as FindingId)),
    fc.constantFrom<FindingValue>('PASSED', 'FAILED', 'INDETERMINATE', 'NOT-CHECKED', 'WITHHELD'),
  )
  .map(([id, value]) => finding(id, value))

describe('the checks of a result', () => {
  it('are all shown, each once, whatever their value', () => {
    fc.assert(
      fc.property(fc.array(someFinding, { maxLength: 60 }), (findings) => {
        const report = reportOf(findings)
        const shown = checksByAxis(report).flatMap((axis) => axis.findings)
        expect(new Set(shown)).toEqual(new Set(findings))
        expect(shown).toHaveLength(findings.length)
        const counts = countValues(report)
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(findings.length)
        const { asked, notAsked } = countOpen(report)
        expect(asked + notAsked).toBe(counts.INDETERMINATE)
        // A signed exception is told whoever asks.
        const told = problemsTold(report).filter(({ id }) => id !== 'authorisation.exceptions')
        expect(asked).toBe(told.filter(({ value }) => value === 'INDETERMINATE').length)
      }),
    )
  })

  it('stand with problems first in every axis', () => {
    fc.assert(
      fc.property(fc.array(someFinding, { maxLength: 60 }), (findings) => {
        for (const axis of checksByAxis(reportOf(findings))) {
          const ranks = axis.findings.map(({ value }) => VALUES.indexOf(value))
          expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
        }
      }),
    )
  })

  it('name every contradiction among the problems', () => {
    fc.assert(
      fc.property(fc.array(someFinding, { maxLength: 60 }), (findings) => {
        const failed = findings.filter(({ value }) => value === 'FAILED')
        expect(problemsTold(reportOf(findings)).filter(({ value }) => value === 'FAILED')).toHaveLength(failed.length)
      }),
    )
  })

  it('keep candidate paths beside the conclusion about them', () => {
    const subject = { kind: 'signature', name: 'seal/1/a.p7s' } as const
    const conclusion = finding('signer.path', 'INDETERMINATE', { subject })
    const tried = finding('signer.path-candidate', 'FAILED', { subject, role: 'candidate-path' })
    const report = reportOf([conclusion, tried])
    expect(candidatesOf(conclusion, report)).toEqual([tried])
    expect(checksByAxis(report).flatMap(({ findings }) => findings)).toEqual([conclusion])
    expect(problemsTold(report)).toEqual([conclusion])
  })
})

describe('the sign of an answer', () => {
  it('is a tick for no part of a whole that contradicts or is open there', () => {
    fc.assert(
      fc.property(fc.array(someFinding, { maxLength: 60 }), (findings) => {
        const report = reportOf(findings)
        const { axes } = report.body.assessment
        const [unchanged, who, since] = answerSigns(report)
        for (const [sign, ...on] of [
          [unchanged, 'bytes', 'completeness'],
          [who, 'signer'],
          [since, 'time'],
        ] as const)
          if (sign === 'match') for (const axis of on) expect(axes[axis].value).toBe('PASSED')
      }),
    )
  })

  it('is no tick for the signer and time of what has no seal', () => {
    const report = reportOf([finding('payload.digest', 'PASSED'), finding('payload.present', 'PASSED')], {}, 'fixity')
    expect(answerSigns(report)).toEqual(['match', 'not-checked', 'not-checked'])
    expect(familyOf(report)).toBe('match')
  })

  it('is no tick for a time that is not shown to be over these files', () => {
    const seal = finding('signature.value', 'FAILED', { subject: { kind: 'signature', name: 'a' } })
    const report = reportOf([seal, finding('timestamp.threshold', 'PASSED')], {
      bestSignatureTime: '2026-01-01T00:00:00Z',
      signatures: [{ file: 'a', signer: null, claimedTime: null, bestSignatureTime: null, timestamps: [] }],
    })
    expect(answerSigns(report)[2]).toBe('undecided')
  })
})
