import type { Instant } from '@probatum/core'
import type { RandomBytes } from '../random.ts'
import { fileOf, memorySink } from '../sealing/bundle-sink.ts'
import { sealBundle } from '../sealing/seal-bundle.ts'
import type { SealOutcome } from '../sealing/seal-writing.ts'
import { type DemonstrationAuthority, type DemonstrationInput, demonstrationAuthority } from './demonstration.ts'
import { sampleCase } from './sample-case.ts'
import { demonstrationTrustSet } from './trust-set.ts'

/** The invented case as a sealed bundle in memory, and what verifies it. */
export interface SealedSample {
  /** The bundle's files by path. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** A trust set with the demonstration's anchors. It stays outside the bundle. */
  readonly trustSet: Uint8Array
  readonly outcome: SealOutcome
  readonly authority: DemonstrationAuthority
}

/**
 * Seals the invented case with a throw-away authority. With `seededRandom` and a fixed time the bytes are the same each
 * time (RSASSA-PSS apart).
 */
export async function sealSample(input: {
  readonly now: Instant
  readonly random: RandomBytes
  readonly algorithm?: DemonstrationInput['algorithm']
  readonly longTerm?: boolean
}): Promise<SealedSample> {
  const { now, random, algorithm = 'ecdsa-p256', longTerm = false } = input
  const authority = await demonstrationAuthority({ now, random, algorithm })
  const sink = memorySink()
  const outcome = await sealBundle({
    files: sampleCase().map(({ bytes, ...file }) => ({ ...fileOf(bytes), ...file })),
    sink,
    now,
    random,
    issuer: 'Example Mechanism (sample)',
    recipient: 'Example Prosecution Service (sample)',
    externalIdentifier: 'Example case 1 (sample), export 1',
    caseId: 'Example case 1 (sample)',
    longTerm,
    sample: true,
    signer: authority.signer,
    timeStampAuthorities: [authority.timeStampAuthority],
    log: authority.log,
    softwareAgent: 'probatum',
  })
  return { files: sink.files, trustSet: demonstrationTrustSet(authority, now), outcome, authority }
}
