import { CATALOGUE, type Finding, type FindingId, type FindingValue } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { messagesIn, questionOf, sayFinding, sayMissing } from './sentences.ts'

const rows: readonly { readonly id: FindingId; readonly outcomes?: readonly string[] }[] = CATALOGUE
const telling = { sealed: true, alone: true }
/** Checks that a signature or a time-stamp alone can have. */
const ALONE = /^(?:signature|signer|timestamp|trust)\.(?!declared)/
const FOREIGN = /\bseal|bundle|list of files|tag manifest|these files/i

describe('a signature or time-stamp judged alone', () => {
  it('is told without a word about seals, bundles and lists of files', () => {
    const left: string[] = []
    for (const { id, outcomes = [] } of rows.filter((row) => ALONE.test(row.id)))
      for (const outcome of outcomes) {
        const [value, reason] = outcome.split(':')
        const finding: Finding = {
          id,
          axis: 'signer',
          value: value as FindingValue,
          subject: { kind: 'signature', name: 'a' },
          evidence: [],
          spec: { document: '', section: '' },
          ...(reason === undefined ? {} : { reason }),
        }
        const { say, todo = '' } = sayFinding(finding, messagesIn(), telling)
        for (const text of [say, todo, questionOf(finding, messagesIn(), telling)])
          if (FOREIGN.test(text)) left.push(`${id} ${outcome}: ${text}`)
      }
    expect(left).toEqual([])
  })

  it('lacks nothing that is named after a bundle', () => {
    for (const name of ['trust-set', 'signing-certificate', 'issuer-certificate', 'time-stamp', 'renewal', 'other'])
      expect(Object.values(sayMissing(name, messagesIn(), telling)).join(' ')).not.toMatch(FOREIGN)
  })
})
