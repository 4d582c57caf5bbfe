import { CATALOGUE, type Finding, type FindingId, type FindingValue } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { questionOf, sayFinding, sayMissing } from '../sentences.ts'
import { ARABIC } from './index.ts'

const rows: readonly { readonly id: FindingId; readonly outcomes?: readonly string[] }[] = CATALOGUE
/** Checks that a signature or a time-stamp alone can have. */
const ALONE = /^(?:signature|signer|timestamp|trust)\.(?!declared)/
/** Seal, sealed, bundle, list of files, these files. */
const FOREIGN = /ختم|خُتم|مختوم|حزمة|حزم|قائمة الملفات|هذه الملفات/
const telling = { sealed: true, alone: true }

describe('in Arabic a signature or time-stamp judged alone', () => {
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
        const { say, todo = '' } = sayFinding(finding, ARABIC, telling)
        for (const text of [say, todo, questionOf(finding, ARABIC, telling)])
          if (FOREIGN.test(text)) left.push(`${id} ${outcome}: ${text}`)
      }
    expect(left).toEqual([])
  })

  it('lacks nothing that is named after a bundle', () => {
    for (const name of ['trust-set', 'signing-certificate', 'issuer-certificate', 'time-stamp', 'renewal', 'other'])
      expect(Object.values(sayMissing(name, ARABIC, telling)).join(' ')).not.toMatch(FOREIGN)
  })
})
