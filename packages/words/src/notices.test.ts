import { CATALOGUE, type Finding, type FindingValue } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { ARABIC } from './ar/index.ts'
import { ENGLISH } from './en/index.ts'
import { SPANISH } from './es/index.ts'
import { FRENCH } from './fr/index.ts'
import type { Messages } from './messages.ts'
import { BURMESE } from './my/index.ts'
import { sayFinding } from './sentences.ts'

const OUTCOMES: readonly string[] = CATALOGUE.find(({ id }) => id === 'authorisation.notices')?.outcomes ?? []
const LANGUAGES = [ENGLISH, FRENCH, SPANISH, ARABIC, BURMESE].map((messages) => [messages.language, messages] as const)

function findingOf(outcome: string): Finding {
  const [value = '', reason = ''] = outcome.split(':')
  const evidence = [
    { name: 'date', found: '2031-05-06' },
    { name: 'kind', found: 'withdrawn' },
    { name: 'items', found: '14' },
    { name: 'code', found: 'ordered' },
  ]
  const subject = { kind: 'notice', name: '0'.repeat(64) } as const
  const spec = { document: 'Probatum notice 1', section: '5' }
  return {
    id: 'authorisation.notices',
    axis: 'authorisation',
    value: value as FindingValue,
    reason,
    subject,
    evidence,
    spec,
  }
}

const told = (outcome: string, messages: Messages, unchanged: boolean) => {
  const { say, todo = '' } = sayFinding(findingOf(outcome), messages, { sealed: true, unchanged })
  return { say, all: `${say} ${todo}` }
}

describe.each(LANGUAGES)('what a notice says, in %s', (_language, messages) => {
  it('leaves no place empty, and has words for every answer', () => {
    expect(OUTCOMES.length).toBeGreaterThan(40)
    for (const outcome of OUTCOMES) {
      const { say, all } = told(outcome, messages, true)
      expect(all, outcome).not.toMatch(/[{}]|undefined/)
      expect(say, outcome).not.toContain('(withdrawn-item)')
      expect(say.length, outcome).toBeGreaterThan(10)
    }
  })

  it('calls the files unchanged only where the first answer does', () => {
    const { filesUnchanged, filesApart } = messages.answers
    const saying = OUTCOMES.filter((outcome) => /:(?:withdrawn|superseded|recalled)(?:-items?)?$/.test(outcome))
    expect(saying).toHaveLength(9)
    for (const outcome of saying) {
      expect(told(outcome, messages, true).say.startsWith(filesUnchanged), outcome).toBe(true)
      const open = told(outcome, messages, false).say
      expect(open.startsWith(filesApart), outcome).toBe(true)
      expect(open).not.toContain(filesUnchanged)
      expect(open).toContain('2031-05-06')
      if (outcome.includes('-item')) expect(open).toContain('14')
    }
    for (const outcome of OUTCOMES.filter((one) => !saying.includes(one)))
      expect(told(outcome, messages, true).say, outcome).not.toContain(filesUnchanged)
  })

  it('of a notice that is not believed tells what it says, and what to do', () => {
    for (const outcome of ['signature', 'signer-unknown', 'inconsistent', 'validity', 'dated-before'].map(
      (one) => `INDETERMINATE:${one}`,
    )) {
      const { say, all } = told(outcome, messages, true)
      for (const part of ['withdrawn', '2031-05-06', '14', 'ordered']) expect(say, outcome).toContain(part)
      expect(all.length).toBeGreaterThan(say.length + 10)
    }
  })
})

it('says the sentence of a withdrawal in English', () => {
  expect(told('INDETERMINATE:withdrawn-item', ENGLISH, true).say).toBe(
    'The files are unchanged. On 2031-05-06 the issuer withdrew permission to use item 14.',
  )
})
