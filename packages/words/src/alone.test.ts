import { describe, expect, it } from 'vitest'
import { missingAlone, toldAlone } from '../../../tools/testing/told-alone.ts'
import { messagesIn } from './sentences.ts'

const FOREIGN = /\bseal|bundle|list of files|tag manifest|these files/i

describe('a signature or time-stamp judged alone', () => {
  const told = toldAlone(messagesIn())

  it('is told without a word about seals, bundles and lists of files', () => {
    expect(told.length).toBeGreaterThan(300)
    expect(told.filter(([, text]) => FOREIGN.test(text))).toEqual([])
  })

  it('lacks nothing that is named after a bundle', () => {
    expect(missingAlone(messagesIn()).filter((text) => FOREIGN.test(text))).toEqual([])
  })
})
