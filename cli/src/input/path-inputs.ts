import { createHash } from 'node:crypto'
import { type Policy, serializePolicy } from '@probatum/core'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { UsageError } from '../errors.ts'
import type { ChosenPolicy } from './judgement-input.ts'

/** Options of PATH_INPUTS, and what they are in a policy. */
const FLAGS = {
  'initial-explicit-policy': 'initialExplicitPolicy',
  'initial-policy-mapping-inhibit': 'initialPolicyMappingInhibit',
  'initial-any-policy-inhibit': 'initialAnyPolicyInhibit',
} as const satisfies Readonly<Record<string, keyof Policy['paths']>>

export interface PathInputs {
  /**
   * The policy with these inputs, under an identifier and a digest of its own: whoever reads the report sees that it is
   * not the one that was named.
   */
  readonly derive: (chosen: ChosenPolicy) => ChosenPolicy
  /** As they are typed again. */
  readonly words: readonly string[]
}

/** @throws {UsageError} for what is no object identifier */
export function readPathInputs(argv: Parsed): PathInputs {
  const set = [...new Set(textsOf(argv, 'user-initial-policy-set'))]
  for (const oid of set) {
    if (/^[0-2](?:\.(?:0|[1-9][0-9]{0,38})){1,32}$/.test(oid)) continue
    throw new UsageError(
      `--user-initial-policy-set: ${escapeForDisplay(oid)} is no object identifier.`,
      'Write it as 1.3.6.1.4.1.32473.1, several one after the other.',
    )
  }
  const flags = Object.entries(FLAGS).filter(([option]) => argv[option] === true)
  const inputs: Partial<Policy['paths']> = {
    ...(set.length === 0 ? {} : { userInitialPolicySet: set.toSorted() }),
    ...Object.fromEntries(flags.map(([, member]) => [member, true])),
  }
  const words = [...set.flatMap((oid) => ['--user-initial-policy-set', oid]), ...flags.map(([option]) => `--${option}`)]
  return {
    words,
    derive(chosen) {
      if (words.length === 0) return chosen
      const { paths, id } = chosen.policy
      const policy = { ...chosen.policy, id: `${id.slice(0, 52)}-path-inputs`, paths: { ...paths, ...inputs } }
      return { ...chosen, policy, sha256: createHash('sha256').update(serializePolicy(policy)).digest('hex') }
    },
  }
}
