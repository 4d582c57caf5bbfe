import type { Instant } from '@probatum/core'
import {
  type DemonstrationAuthority,
  demonstrationAuthority,
  platformRandom,
  requireSigners,
  type SealPlan,
  type SealSigner,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import { readAbsentSigner, readPostQuantumSigner, readSigner, requireSigner } from '../keys/signer-input.ts'
import { type ChosenAuthorities, chooseAuthorities } from '../network/time-stamp-authorities.ts'
import { type SealedValidation, validationForSeal } from '../network/validation-input.ts'

/** Who signs a bundle, and who stamps it. */
export interface Signing extends ChosenAuthorities {
  readonly signer: SealSigner
  readonly postQuantum?: SealSigner
  /** Set where --validation or --online was given. */
  readonly validation?: SealedValidation
  /** Set for demonstrations only. */
  readonly demonstration: DemonstrationAuthority | null
}

/** Whether the command is `seal prepare` or `redact prepare`: then the key is elsewhere. */
export const isPreparing = (argv: Parsed): boolean => argv.prepare === true

/** @throws {UsageError} */
export function requireAuthorities(argv: Parsed, isDemonstration: boolean): void {
  const own = [
    ...['key', 'p12', 'password-file', 'chain', 'rsa-pss', 'pq-key', 'pq-chain', 'pq-password-file'],
    ...['tsa', 'tsa-later', 'tsa-threshold', 'tsa-policy', 'tsa-login'],
  ].filter((name) => argv[name] !== undefined)
  if (isDemonstration && own.length > 0)
    throw new UsageError(
      `--demo-authority replaces --${own.join(' and --')}.`,
      'Choose a real key and authority, or the demonstration.',
    )
  if (isDemonstration) return
  if (!isPreparing(argv)) requireSigner(argv)
  const needed = isPreparing(argv) ? ['chain', 'tsa'] : argv.p12 === undefined ? ['key', 'chain', 'tsa'] : ['tsa']
  const missing = needed.filter(
    (name) => argv[name] === undefined && (name !== 'tsa' || argv['tsa-later'] === undefined),
  )
  if (missing.length > 0)
    throw new UsageError(
      `A seal needs ${missing.map((name) => (name === 'tsa' ? '--tsa or --tsa-later' : `--${name}`)).join(', ')}.`,
      isPreparing(argv)
        ? 'Give --chain with the certificate of the key that is to sign; and --tsa label=URL, or without a network --tsa-later label=FILE with the certificate of the authority that is asked later.'
        : 'Give --key and --chain (or --p12); and --tsa label=URL, or without a network --tsa-later label=FILE with the certificate of the authority that is asked later. --demo-authority is for trying out.',
    )
}

/** @throws {UsageError | InputError | TimeStampError} */
export async function chooseSigning(argv: Parsed, isDemonstration: boolean, now: Instant): Promise<Signing> {
  if (isDemonstration) {
    const demonstration = await demonstrationAuthority({ now, random: platformRandom })
    const validation = await validationForSeal(argv, [demonstration.signer])
    return {
      signer: demonstration.signer,
      ...(validation === null ? {} : { validation }),
      timeStampAuthorities: [demonstration.timeStampAuthority],
      timeStampThreshold: 1,
      demonstration,
    }
  }
  // What is here is read first: a wrong password is no reason to ask an authority.
  const signer = await (isPreparing(argv) ? readAbsentSigner(argv, 'chain') : readSigner(argv))
  const postQuantum = await (isPreparing(argv) && argv['pq-key'] === undefined && argv['pq-chain'] !== undefined
    ? readAbsentSigner(argv, 'pq-chain')
    : readPostQuantumSigner(argv))
  const keys = { signer, ...(postQuantum === undefined ? {} : { postQuantum }) }
  try {
    requireUsable({ ...keys, longTerm: argv['long-term'] === true })
    const chosen = await chooseAuthorities(argv)
    const validation = await validationForSeal(argv, [signer, ...(postQuantum === undefined ? [] : [postQuantum])])
    return { ...keys, ...(validation === null ? {} : { validation }), ...chosen, demonstration: null }
  } catch (error) {
    forgetKeys(keys)
    throw error
  }
}

/** @throws {InputError} before anything is copied */
function requireUsable(plan: SealPlan): void {
  try {
    requireSigners(plan)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new InputError(
      `Nothing can be sealed with this key: ${escapeForDisplay(error.message)}.`,
      'A seal is made with RSA, ECDSA (P-256, P-384, P-521) or Ed25519; a key of ML-DSA-65 is given with --pq-key and --pq-chain beside it.',
      { cause: error },
    )
  }
}

/** Overwrites what this program holds of the keys. */
export function forgetKeys({ signer, postQuantum }: Pick<Signing, 'signer' | 'postQuantum'>): void {
  for (const each of [signer, postQuantum]) each?.key?.forget?.()
}
