import { UNMET_CONDITIONS } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { explainGate, GATE_CONDITIONS, type SaidProblem, sayPositions, sayProblems } from './gate.ts'

describe('what the gate says', () => {
  it('has words for every condition, each in one place', () => {
    expect([...GATE_CONDITIONS].sort()).toEqual([...UNMET_CONDITIONS].sort())
    for (const code of UNMET_CONDITIONS) expect(explainGate()).toContain(`\n${code}\n`)
  })

  it('names each item once, and says the same of several in one line', () => {
    const missing = [0, 1, 2, 5].map((item): SaidProblem => ({ code: 'consent-missing', item }))
    const other: SaidProblem = { code: 'consent-purpose', item: 1, expected: 'trial', found: 'research' }
    expect(sayProblems([...missing, other], false).filter((line) => line.startsWith('-'))).toEqual([
      '- items 0-2, 5: there is no consent  [consent-missing]',
      '- item 1: the consent does not cover the purpose “trial”  [consent-purpose]',
    ])
    expect(sayPositions([])).toBe('')
    expect(sayPositions([7])).toBe('7')
  })

  it('tells what stands in a consent only when that is asked for', () => {
    const expired = ['2026-01-01', '2026-02-01'].map(
      (found, item): SaidProblem => ({ code: 'consent-expired', item, found }),
    )
    const closed = sayProblems(expired, false).join('\n')
    expect(closed).not.toContain('2026')
    expect(closed).toContain('items 0-1')
    const open = sayProblems(expired, true)
    expect(open.filter((line) => line.startsWith('-'))).toHaveLength(2)
    expect(open.join('\n')).toContain('(2026-02-01)')
  })

  it('tells of every approval and exception by itself, without letting its name disturb the terminal', () => {
    const problems: SaidProblem[] = [
      { code: 'approval-other', item: null, found: 'Ada (sample)' },
      { code: 'approval-other', item: null, found: 'Ben\u001b[2J (sample)' },
      { code: 'exception-other', item: 0, found: 'consent-missing' },
      { code: 'exception-other', item: 0, found: 'consent-expired' },
    ]
    const lines = sayProblems(problems, false).filter((line) => line.startsWith('-'))
    expect(lines).toHaveLength(4)
    expect(lines.join('\n')).not.toContain('\u001b')
  })
})
