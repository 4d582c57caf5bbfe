import { CATALOGUE, type Finding, type FindingId, type FindingValue } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { questionOf, sayFinding, sayMissing } from '../sentences.ts'
import { BURMESE } from './index.ts'

const rows: readonly { readonly id: FindingId; readonly outcomes?: readonly string[] }[] = CATALOGUE
const telling = { sealed: true, alone: true }
/** Checks that a signature or a time-stamp alone can have. */
const ALONE = /^(?:signature|signer|timestamp|trust)\.(?!declared)/
/** A seal (not inside the word for a time-stamp), a bundle, a list of files, a tag manifest, these files. */
const FOREIGN = /(?<!အချိန်)တံဆိပ်|အထုပ်|ဖိုင်စာရင်း|tag manifest|ဤဖိုင်များ|အချိန်လက်မှတ်/u

describe('a signature or time-stamp judged alone, in Burmese', () => {
  const told: [string, string][] = []
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
      const { say, todo = '' } = sayFinding(finding, BURMESE, telling)
      for (const text of [say, todo, questionOf(finding, BURMESE, telling)]) told.push([`${id} ${outcome}`, text])
    }

  it('is told without a word about seals, bundles and lists of files', () => {
    expect(told.length).toBeGreaterThan(300)
    expect(told.filter(([, text]) => FOREIGN.test(text))).toEqual([])
  })

  it('lacks nothing that is named after a bundle', () => {
    for (const name of ['trust-set', 'signing-certificate', 'issuer-certificate', 'time-stamp', 'renewal', 'other'])
      expect(Object.values(sayMissing(name, BURMESE, telling)).join(' ')).not.toMatch(FOREIGN)
  })
})
