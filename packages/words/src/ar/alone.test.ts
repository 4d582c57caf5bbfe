import { describe, expect, it } from 'vitest'
import { missingAlone, toldAlone } from '../../../../tools/testing/told-alone.ts'
import { ARABIC } from './index.ts'

/** Seal, sealed, bundle, list of files, these files. */
const FOREIGN = /ختم|خُتم|مختوم|حزمة|حزم|قائمة الملفات|هذه الملفات/

describe('a signature or time-stamp judged alone, in Arabic', () => {
  const told = toldAlone(ARABIC)

  it('is told without a word about seals, bundles and lists of files', () => {
    expect(told.length).toBeGreaterThan(300)
    expect(told.filter(([, text]) => FOREIGN.test(text))).toEqual([])
  })

  it('lacks nothing that is named after a bundle', () => {
    expect(missingAlone(ARABIC).filter((text) => FOREIGN.test(text))).toEqual([])
  })
})
