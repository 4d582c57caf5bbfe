import {
  compareInstants,
  type Instant,
  signatureSigners,
  tokenSigners,
  type ValidationObject,
  type ValidationTarget,
} from '@probatum/core'
import type { CollectedValidation, SealValidation, StampedSignature } from '@probatum/seal'
import type { Parsed } from 'yargs'
import { chooseTime } from '../input/judgement-input.ts'
import type { Terminal } from '../terminal.ts'
import { answerPorts } from './time-stamp-authorities.ts'
import { type ChosenValidation, chooseValidation } from './validation-choice.ts'
import { refuseRevoked, tellRest, tellStored } from './validation-words.ts'

/** Whose certificates sign: DER, the signer's first. */
type Signers = readonly { readonly certificates: readonly Uint8Array[] }[]

/** Validation data of a seal that is being made. */
export interface SealedValidation {
  /** For the making of one or several bundles. */
  readonly seal: SealValidation
  /**
   * The same, and what is known of those who approved a bundle: their signatures, DER.
   * @throws {InputError} where the certificate of one was revoked
   */
  under(approvals: readonly Uint8Array[]): Promise<SealValidation>
  /** What was stored, what was not, and what is missing. After the making. */
  report(terminal: Terminal): void
}

/**
 * Collects what is known of the signer's certificates before anything is signed, and refuses to sign under one that was
 * revoked; the rest is asked for when the time-stamps are there. Null where neither option was given.
 * @throws {UsageError | InputError | SourceFault}
 */
export async function validationForSeal(argv: Parsed, signers: Signers): Promise<SealedValidation | null> {
  const chosen = await chooseValidation(argv)
  if (chosen === null) return null
  const certificates = signers.flatMap((signer) => signer.certificates)
  const targets = targetsOf(signers, chooseTime(undefined))
  const known = await chosen.collector.collect({ targets, certificates, here: [], isLast: false })
  refuseRevoked(known.statuses, 'Nothing was sealed.')
  const afterwards = new LaterValidation(chosen, signers)
  const stored: CollectedValidation[] = []
  return {
    seal: { known: known.files, later: afterwards.collecting(known.objects, []) },
    async under(approvals) {
      const approvers = await approversOf(approvals)
      const collected = await chosen.collector.collect({
        targets: [...targets, ...approvers.targets],
        certificates: [...certificates, ...approvers.certificates],
        here: [],
        isLast: false,
      })
      refuseRevoked(collected.statuses, 'Nothing was sealed.')
      stored.push(collected)
      return { known: collected.files, later: afterwards.collecting(collected.objects, approvals) }
    },
    report(terminal) {
      tellStored(terminal, 'record/validation', stored.length === 0 ? [known] : stored)
      afterwards.report(terminal, stored.at(-1) ?? known)
    },
  }
}

/** Validation data of a bundle that was prepared, and is signed now. */
export interface EmbeddedValidation {
  /** `here`: what stands in its record/validation. `approvals`: signatures in its record/authorisation.json, DER. */
  of(here: readonly ValidationObject[], approvals: readonly Uint8Array[]): SealValidation
  /** As in SealedValidation. */
  report(terminal: Terminal): void
}

/** As `validationForSeal`, when what was known before signing is in the bundle already. */
export async function validationForEmbedding(argv: Parsed, signers: Signers): Promise<EmbeddedValidation | null> {
  const chosen = await chooseValidation(argv)
  if (chosen === null) return null
  const afterwards = new LaterValidation(chosen, signers)
  return {
    of: (here, approvals) => ({ known: [], later: afterwards.collecting(here, approvals) }),
    report: (terminal) => afterwards.report(terminal, { statuses: [], open: [] }),
  }
}

/** What is collected after the time-stamps, of one or several bundles. */
class LaterValidation {
  readonly #chosen: ChosenValidation
  readonly #signers: Signers
  readonly #stored: CollectedValidation[] = []

  constructor(chosen: ChosenValidation, signers: Signers) {
    this.#chosen = chosen
    this.#signers = signers
  }

  collecting(here: readonly ValidationObject[], approvals: readonly Uint8Array[]): SealValidation['later'] {
    return async (signed) => {
      const tokens = await tokensOf(signed)
      const approvers = await approversOf(approvals, tokens.latest)
      const collected = await this.#chosen.collector.collect({
        targets: [...targetsOf(this.#signers, tokens.latest), ...approvers.targets, ...tokens.targets],
        certificates: [
          ...this.#signers.flatMap(({ certificates }) => certificates),
          ...approvers.certificates,
          ...tokens.certificates,
        ],
        here,
        isLast: true,
      })
      refuseRevoked(collected.statuses, 'Nothing was sealed.')
      this.#stored.push(collected)
      return collected.files
    }
  }

  report(terminal: Terminal, before: Pick<CollectedValidation, 'statuses' | 'open'>): void {
    tellStored(terminal, 'seal/1/validation', this.#stored)
    tellRest(terminal, this.#chosen, this.#stored.at(-1) ?? before)
  }
}

function targetsOf(signers: Signers, time: Instant): ValidationTarget[] {
  return signers.flatMap(({ certificates: [certificate] }) =>
    certificate === undefined ? [] : [{ certificate, role: 'signer' as const, time }],
  )
}

/** Who approved, judged like the signer: at the time of the seal, which is now before there is one. */
export async function approversOf(approvals: readonly Uint8Array[], time: Instant = chooseTime(undefined)) {
  const read = await Promise.all(approvals.map((each) => signatureSigners(each, time, answerPorts(), 'approver')))
  return {
    targets: read.flatMap(({ targets }) => targets),
    certificates: read.flatMap(({ certificates }) => certificates),
  }
}

/** Who signed the time-stamps, and the latest moment at which the last of them can have been made; now without any. */
async function tokensOf(signed: readonly StampedSignature[]) {
  const read = await Promise.all(
    signed.flatMap(({ responses }) => responses).map((bytes) => tokenSigners(bytes, answerPorts())),
  )
  const moments = read.flatMap(({ latest }) => (latest === null ? [] : [latest]))
  return {
    targets: read.flatMap(({ targets }) => targets),
    certificates: read.flatMap(({ certificates }) => certificates),
    latest: latestOf(moments) ?? chooseTime(undefined),
  }
}

export function latestOf(moments: readonly Instant[]): Instant | undefined {
  return moments.toSorted(compareInstants).at(-1)
}
