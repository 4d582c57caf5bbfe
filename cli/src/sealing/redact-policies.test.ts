import { describe, expect, it } from 'vitest'
import { UsageError } from '../errors.ts'
import { readPolicies } from './redact-policies.ts'

describe('disclosure policies', () => {
  it.each(['sealed', 'court', 'fixity'])('are not taken for what a verifier asks for (%s)', async (policy) => {
    const error = await readPolicies({ _: [], $0: 'probatum', policy: [policy] }).catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toContain('Here a file is meant that says what a recipient sees.')
  })
})
