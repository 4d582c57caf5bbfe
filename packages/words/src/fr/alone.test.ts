import { CATALOGUE, type Finding, type FindingId, type FindingValue } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { questionOf, sayFinding, sayMissing } from '../sentences.ts'
import { FRENCH } from './index.ts'

const rows: readonly { readonly id: FindingId; readonly outcomes?: readonly string[] }[] = CATALOGUE
const telling = { sealed: true, alone: true }
/** Checks that a signature or a time-stamp alone can have. */
const ALONE = /^(?:signature|signer|timestamp|trust)\.(?!declared)/
const FOREIGN = /sceau|scell|paquet|liste de fichiers|fichiers d’accompagnement|ces fichiers/i
/** A seal is masculine and a signature is not: words around it must have changed with it. */
const DISAGREES = /signature[^.?]* (?:a été fait|est intact|contredit|qu’il nomme|il (?:porte|a|n’est))\b(?!e)/u

describe('a signature or time-stamp judged alone, in French', () => {
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
      const { say, todo = '' } = sayFinding(finding, FRENCH, telling)
      for (const text of [say, todo, questionOf(finding, FRENCH, telling)]) told.push([`${id} ${outcome}`, text])
    }

  it('is told without a word about seals, bundles and lists of files', () => {
    expect(told.length).toBeGreaterThan(300)
    expect(told.filter(([, text]) => FOREIGN.test(text))).toEqual([])
  })

  it('is told with the words that agree with a signature', () => {
    const about = told.filter(([where]) => !where.startsWith('timestamp.'))
    expect(about.filter(([, text]) => DISAGREES.test(text))).toEqual([])
  })

  it('lacks nothing that is named after a bundle', () => {
    for (const name of ['trust-set', 'signing-certificate', 'issuer-certificate', 'time-stamp', 'renewal', 'other'])
      expect(Object.values(sayMissing(name, FRENCH, telling)).join(' ')).not.toMatch(FOREIGN)
  })
})
