import { createHash } from 'node:crypto'
import {
  DEFAULT_POLICY_ID,
  type Instant,
  type Judgement,
  type Policy,
  parseInstant,
  parsePolicy,
  parseSetCode,
  type ReportInputs,
  SHIPPED_POLICIES,
  serializePolicy,
  type TrustSet,
  trustSetCode,
} from '@probatum/core'
import { escapeForDisplay } from '@probatum/words'
import { UsageError } from '../errors.ts'
import { readWhole } from '../files.ts'
import { inAnyCase, nearest } from '../nearest.ts'
import { parseFile } from './parse-file.ts'
import { readTrustSet } from './trust-files.ts'

/** A policy and the digest of its file. */
export interface ChosenPolicy {
  readonly policy: Policy
  readonly sha256: string
  /** As it can be typed again. */
  readonly name: string
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function shippedPolicy(id: string): ChosenPolicy | undefined {
  const name = inAnyCase(
    id,
    SHIPPED_POLICIES.map((shipped) => shipped.id),
  )
  const policy = SHIPPED_POLICIES.find((shipped) => shipped.id === name)
  return policy === undefined ? undefined : { policy, sha256: sha256(serializePolicy(policy)), name: policy.id }
}

/**
 * A policy by name, or a file: a name has no dot and no slash, so that a file in the present folder never stands in for
 * a policy of the program.
 * @throws {UsageError | ParseError | SourceFault}
 */
export async function choosePolicy(given: string | undefined): Promise<ChosenPolicy> {
  const name = given ?? DEFAULT_POLICY_ID
  const shipped = shippedPolicy(name)
  if (shipped !== undefined) return shipped
  if (!/[./\\]/.test(name)) {
    const near = nearest(
      name,
      SHIPPED_POLICIES.map(({ id }) => id),
      2,
    )
    const ask = near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''
    throw new UsageError(
      `There is no policy of the name ${escapeForDisplay(name)}.`,
      `${ask}The names are ${SHIPPED_POLICIES.map(({ id }) => id).join(', ')}; a file is written with its path, as ./my-policy.json.`,
    )
  }
  const bytes = await readWhole(name)
  return { policy: parseFile(name, bytes, parsePolicy), sha256: sha256(bytes), name }
}

/** `option`: by which it was given. @throws {UsageError} */
export function chooseTime(given: string | undefined, option = '--at'): Instant {
  if (given === undefined) {
    const now = parseInstant(`${new Date().toISOString().slice(0, 19)}Z`)
    if (now === undefined) throw new TypeError('the clock gives no time that can be written')
    return now
  }
  // Who names a day means a check after what happened on it.
  const instant = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T23:59:59Z` : given)
  if (instant === undefined)
    throw new UsageError(
      `${option}: ${escapeForDisplay(given)} is not a time that can be read${whyNoTime(given)}.`,
      'Write it in UTC as 2026-03-14T09:12:00Z, or a day as 2026-03-14, which means its last second.',
    )
  return instant
}

/** What is wrong with it, where that can be told; no time is guessed. */
function whyNoTime(given: string): string {
  const [, day, time, zone] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(given) ?? []
  if (day === undefined) return ''
  if (parseInstant(`${day}T00:00:00Z`) === undefined) return ': there is no such day'
  if (time === undefined) return ''
  if (zone === undefined) return ': it does not say in which time zone'
  const utc = new Date(given.replace(' ', 'T'))
  if (zone.toUpperCase() === 'Z' || Number.isNaN(utc.getTime())) return ''
  return `: times are in UTC here, and this one would be ${utc.toISOString().slice(0, 19)}Z`
}

export interface JudgementOptions {
  readonly policy?: string
  readonly 'trust-set'?: string
  readonly 'trust-code'?: string
  readonly at?: string
}

export interface ChosenJudgement {
  readonly judgement: (
    inputs: Omit<ReportInputs, 'setCode' | 'files' | 'recipient'> & Partial<Pick<ReportInputs, 'files' | 'recipient'>>,
  ) => Judgement
  readonly names: { readonly policy: string; readonly trustSet: string | null }
}

/**
 * Everything that a judgement rests on besides the bundle: read before the bundle is, so that a slip of the pen does not
 * cost an hour of hashing. `derive`: what further options make of the policy.
 */
export async function chooseJudgement(
  options: JudgementOptions,
  derive: (chosen: ChosenPolicy) => ChosenPolicy = (chosen) => chosen,
): Promise<ChosenJudgement> {
  const chosen = derive(await choosePolicy(options.policy))
  const validationTime = chooseTime(options.at)
  const file = options['trust-set']
  const typed = options['trust-code']
  if (typed !== undefined && file === undefined)
    throw new UsageError('--trust-code confirms a trust set, and none was chosen.', 'Add --trust-set FILE.')
  let trustSet: TrustSet | null = null
  if (file !== undefined) {
    trustSet = await readTrustSet(file)
    if (typed !== undefined) confirmCode(trustSet, typed)
  }
  const setCode = typed === undefined ? 'not-confirmed' : 'confirmed'
  return {
    judgement: (inputs) => ({
      policy: chosen.policy,
      policySha256: chosen.sha256,
      trustSet,
      validationTime,
      inputs: { files: [], recipient: null, ...inputs, setCode },
    }),
    names: { policy: chosen.name, trustSet: file ?? null },
  }
}

function confirmCode(trustSet: TrustSet, typed: string): void {
  const nothing = 'Nothing was checked.'
  const read = parseSetCode(typed)
  // Nothing goes on with a set that is not the one of the letter.
  if (read.state === 'read' && read.code === trustSetCode(trustSet.sha256)) return
  if (read.state === 'read')
    throw new UsageError(
      `--trust-code: this is the code of another trust set than the one that you chose. ${nothing}`,
      'Do not use the file. Ask its issuer, by another way, for the set that belongs to the code.',
    )
  const why =
    read.state === 'length'
      ? `a code has 32 signs, and this has ${read.symbols}`
      : read.state === 'character'
        ? `no code has the sign ${escapeForDisplay(read.character)}`
        : `group ${read.groups.join(' and ')} is mistyped`
  throw new UsageError(`--trust-code: ${why}. ${nothing}`, 'Compare the code with the letter, sign by sign.')
}
