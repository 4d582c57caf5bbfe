import { describe, expect, it } from 'vitest'
import type { Verified } from '../engine/engine.ts'
import { conditionsIn } from './opened-view.ts'

const facts = (authorisation: unknown) => ({ facts: { records: { authorisation } } }) as unknown as Verified['facts']

describe('the sender’s conditions', () => {
  it('are those of the request, each with its day where it has one', () => {
    const conditions = [
      { kind: 'use', text: 'For case 1 alone (sample)' },
      { kind: 'return-or-destroy', text: 'Destroy after the trial (sample)', until: '2028-12-31' },
    ]
    expect(conditionsIn(facts({ request: { statement: { conditions } } }))).toEqual([
      'For case 1 alone (sample)',
      'Destroy after the trial (sample) (2028-12-31)',
    ])
  })

  it('are none without a request, and of a bag that is no bundle', () => {
    expect(conditionsIn(facts({ request: null }))).toEqual([])
    expect(conditionsIn(facts(null))).toEqual([])
    expect(conditionsIn({ facts: { records: null } } as unknown as Verified['facts'])).toEqual([])
  })
})
