import { describe, expect, it } from 'vitest'
import { missingAlone, toldAlone } from '../../../../tools/testing/told-alone.ts'
import { FRENCH } from './index.ts'

const FOREIGN = /sceau|scell|paquet|liste de fichiers|fichiers d’accompagnement|ces fichiers/i
/** A seal is masculine and a signature is not: words around it must have changed with it. */
const DISAGREES = /signature[^.?]* (?:a été fait|est intact|contredit|qu’il nomme|il (?:porte|a|n’est))\b(?!e)/u

describe('a signature or time-stamp judged alone, in French', () => {
  const told = toldAlone(FRENCH)

  it('is told without a word about seals, bundles and lists of files', () => {
    expect(told.length).toBeGreaterThan(300)
    expect(told.filter(([, text]) => FOREIGN.test(text))).toEqual([])
  })

  it('is told with the words that agree with a signature', () => {
    const about = told.filter(([where]) => !where.startsWith('timestamp.'))
    expect(about.filter(([, text]) => DISAGREES.test(text))).toEqual([])
  })

  it('lacks nothing that is named after a bundle', () => {
    expect(missingAlone(FRENCH).filter((text) => FOREIGN.test(text))).toEqual([])
  })
})
