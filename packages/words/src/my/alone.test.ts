import { describe, expect, it } from 'vitest'
import { missingAlone, toldAlone } from '../../../../tools/testing/told-alone.ts'
import { BURMESE } from './index.ts'

/** A seal (not inside the word for a time-stamp), a bundle, a list of files, a tag manifest, these files. */
const FOREIGN = /(?<!အချိန်)တံဆိပ်|အထုပ်|ဖိုင်စာရင်း|tag manifest|ဤဖိုင်များ|အချိန်လက်မှတ်/u

describe('a signature or time-stamp judged alone, in Burmese', () => {
  const told = toldAlone(BURMESE)

  it('is told without a word about seals, bundles and lists of files', () => {
    expect(told.length).toBeGreaterThan(300)
    expect(told.filter(([, text]) => FOREIGN.test(text))).toEqual([])
  })

  it('lacks nothing that is named after a bundle', () => {
    expect(missingAlone(BURMESE).filter((text) => FOREIGN.test(text))).toEqual([])
  })
})
