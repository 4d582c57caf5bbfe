import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../../../test-vectors/support/memory-tree.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { makeListing, treeIndex } from './bag-listing.ts'

const DIGEST = '0'.repeat(64)
const NAME = { kind: 'payload', algorithmName: 'sha256', algorithm: 'sha256' } as const

function listingOf(lines: readonly string[], budget: { names: number }) {
  const { entries } = memoryTree({ 'data/here': 'x' })
  const index = treeIndex({ entries })
  const bytes = encodeUtf8(lines.map((path) => `${DIGEST}  ${path}\n`).join(''))
  const rules = { encoding: 'utf-8', percentDecoding: true, payloadDigests: 'all', budget } as const
  return makeListing('manifest-sha256.txt', NAME, { state: 'read', bytes }, index, rules)
}

describe('makeListing', () => {
  it('keeps so many names without a file and no more, whichever manifest lists them', () => {
    const budget = { names: 3 }
    const first = listingOf(['data/a', 'data/b', 'data/here'], budget)
    expect([first.state, first.missing.size, first.expected.lists(0)]).toEqual(['read', 2, true])
    // A file that is here costs nothing; beyond the limit, half of a list is none.
    const second = listingOf(['data/here', 'data/c', 'data/d'], budget)
    expect([second.state, second.missing.size, second.expected.lists(0)]).toEqual(['too-large', 0, false])
  })

  it('counts repeated names too', () => {
    const { state, duplicates } = listingOf(['data/here', 'data/here', 'data/here'], { names: 1 })
    expect([state, duplicates.length]).toEqual(['too-large', 0])
  })
})
