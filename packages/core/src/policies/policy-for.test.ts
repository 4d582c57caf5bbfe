import { describe, expect, test } from 'vitest'
import { POLICY_PROPERTIES } from '../../../../tools/testing/policy-properties.ts'
import { policyFor, withNotices } from './policy-for.ts'

describe('what a policy asks of a thing', () => {
  test.each(POLICY_PROPERTIES)('$name', ({ counterexample }) => {
    expect(counterexample({ policyFor, withNotices })).toBeUndefined()
  })
})
