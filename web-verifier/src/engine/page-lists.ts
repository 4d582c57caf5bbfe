import { parsePolicy, SHIPPED_POLICIES } from '@probatum/core'
import { nobleSmallDigest } from '@probatum/platform/browser'
import { describeChoice, policyChoice } from './choices.ts'
import type { Engine } from './engine.ts'
import { readTrustSet } from './judging.ts'
import type { PageLists } from './worker-protocol.ts'

/** What a checked page brings along to judge by: policies and trust sets of the edition, and the sample's trust set. Whole files. */
export interface ListFiles {
  readonly editionPolicies: readonly Uint8Array[]
  readonly editionTrustSets: readonly Uint8Array[]
  readonly sampleTrustSets: readonly Uint8Array[]
}

/** The same as it is offered to a person, the program's own policies first, and as the worker needs it. */
export function listsOfPage(files: ListFiles): Pick<Engine, 'policies' | 'trustSets'> & { readonly lists: PageLists } {
  const ofEdition = files.editionPolicies.map((bytes, at) => ({
    bytes,
    choice: policyChoice(parsePolicy(bytes), `edition ${at + 1}`, 'edition', nobleSmallDigest),
  }))
  const shipped = SHIPPED_POLICIES.map((policy) => policyChoice(policy, policy.id, 'program', nobleSmallDigest))
  const sets = (all: readonly Uint8Array[], from: 'edition' | 'sample') =>
    all.map((bytes, at) => {
      const id = `${from}-${at + 1}`
      return { id, bytes, choice: describeChoice(readTrustSet(bytes), { id, from, file: null }) }
    })
  const trustSets = [...sets(files.editionTrustSets, 'edition'), ...sets(files.sampleTrustSets, 'sample')]
  return {
    policies: [...shipped, ...ofEdition.map(({ choice }) => choice)],
    trustSets: trustSets.map(({ choice }) => choice),
    lists: {
      policies: ofEdition.map(({ bytes, choice }) => ({ id: choice.id, bytes })),
      trustSets: trustSets.map(({ id, bytes }) => ({ id, bytes })),
    },
  }
}
