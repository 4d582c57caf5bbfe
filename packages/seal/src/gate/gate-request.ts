import {
  type AuthorisationRequest,
  CONSENT_SLOTS,
  canonicalise,
  type HandlingCondition,
  type RequestException,
  type SmallDigest,
  toHex,
} from '@probatum/core'
import { type CustodyLog, openedValue } from '../custody-log/custody-log.ts'
import { commitFields, type LineMaking, makeSalt } from '../custody-log/custody-log-lines.ts'
import { showAll } from '../custody-log/custody-log-showing.ts'
import type { StartDigest } from '../digest.ts'
import type { RandomBytes } from '../random.ts'
import { type DisclosurePolicy, showingOf } from '../redaction/redact-policy.ts'
import { type Consent, type ConsentedItem, type ConsentRegister, consentsByItem } from './consent-register.ts'
import { establishExportState } from './export-state.ts'
import { type ConsentField, consentOpenings, type GatePrivate } from './gate-private.ts'
import { type LoggedWithdrawal, withdrawalDate, withdrawalsIn } from './log-withdrawals.ts'
import type { RecipientFile } from './recipient-file.ts'

/** What a request to share is made from. */
export interface GateRequestInput {
  readonly custody: CustodyLog
  readonly recipient: RecipientFile
  readonly consents: ConsentRegister
  readonly purpose: string
  readonly grounds: readonly string[]
  /** Handling, beside what the recipient's file says. */
  readonly conditions: readonly HandlingCondition[]
  /** Null: everything is shown, and the files of all items come along. */
  readonly policy: DisclosurePolicy | null
  readonly identifier: string
  /** Fields of consents that the recipient may see; closed by default. */
  readonly openedConsents: readonly ConsentField[]
  readonly random: RandomBytes
  readonly smallDigest?: SmallDigest
  readonly startDigest?: StartDigest
}

/** A request, and what stays in the house. */
export interface MadeGateRequest {
  readonly request: AuthorisationRequest
  readonly kept: GatePrivate
  /** Withdrawals that the log records without saying of which items: a person has to look. */
  readonly unclear: readonly LoggedWithdrawal[]
}

/**
 * A request to share, over a log as it is now. It is made whatever is unmet: `gateProblems` tells. Throws TypeError when the policy,
 * the register and the log do not fit together.
 */
export async function makeGateRequest(input: GateRequestInput): Promise<MadeGateRequest> {
  const { custody, recipient, purpose, random } = input
  const policy = input.policy === null ? null : boundPolicy(input.policy, input)
  const showing = policy === null ? showAll(() => true) : showingOf(policy)
  const making: LineMaking = { random, ...(input.smallDigest === undefined ? {} : { digest: input.smallDigest }) }
  const withdrawals = await withdrawalsIn(custody)
  const found = consentsByItem(input.consents, { id: custody.id, items: await itemsOf(custody) })
  const digests = {
    ...(input.smallDigest === undefined ? {} : { smallDigest: input.smallDigest }),
    ...(input.startDigest === undefined ? {} : { startDigest: input.startDigest }),
  }
  const { items } = await establishExportState({ custody, showing, consentOpenings: [], ...digests })
  const commitments = items.flatMap(({ seq }) => {
    const consent = found.get(seq)
    if (consent === undefined) return []
    return [commitment(seq, { ...consent, withdrawn: withdrawalDate(consent, seq, withdrawals) }, making)]
  })
  const kept = {
    consents: commitments.map(({ item, openings }) => ({ item, openings })),
    opened: CONSENT_SLOTS.filter((name) => input.openedConsents.includes(name)),
    identifier: input.identifier,
    policy,
  }
  const state = await establishExportState({ custody, showing, consentOpenings: consentOpenings(kept), ...digests })
  const request: AuthorisationRequest = {
    assurances: recipient.assurances,
    conditions: [...recipient.conditions, ...input.conditions],
    consents: commitments.map(({ item, salt, sd }) => ({ item, salt, sd })),
    disclosures: state.disclosures,
    exceptions: [],
    exportNumber: toHex(random(16)),
    grounds: input.grounds,
    head: state.head,
    itemCount: state.itemCount,
    itemRoot: state.itemRoot,
    logId: state.logId,
    purpose,
    recipient: recipient.recipient,
  }
  return {
    request,
    kept: { ...kept, items: state.items, events: state.events },
    unclear: withdrawals.filter(({ items: named }) => named === null),
  }
}

/** A policy that says for whom and what for says the same as the request. */
function boundPolicy(policy: DisclosurePolicy, { recipient, purpose }: GateRequestInput): DisclosurePolicy {
  const { name } = recipient.recipient ?? {}
  if (policy.recipient !== null && policy.recipient !== name)
    throw new TypeError('disclosure policy, recipient: expected that of the recipient file, or null')
  if (policy.purpose !== undefined && policy.purpose !== purpose)
    throw new TypeError('disclosure policy, purpose: expected that of the request, or none')
  return policy
}

async function itemsOf(custody: CustodyLog): Promise<ConsentedItem[]> {
  const items: ConsentedItem[] = []
  for await (const { seq, openings } of custody.lines('items.jsonl')) {
    const sha256 = openings.find(({ field }) => field === 'sha256')
    items.push({ seq, sha256: sha256 === undefined ? '' : String(openedValue(sha256)) })
  }
  return items
}

function commitment(item: number, consent: Consent, making: LineMaking) {
  const { giver, purposes, recipients, from, until, withdrawn } = consent
  // Null stands for "none": an absent field, whose slot is a random digest, could never be shown to be absent.
  const fields = { giver, scope: { purposes, recipients }, from, until, withdrawn }
  return { item, salt: makeSalt(making), ...commitFields('authorisation.json', item, CONSENT_SLOTS, fields, making) }
}

/** The request file: the bytes whose SHA-256 is approved. */
export const serializeGateRequest = (request: AuthorisationRequest): Uint8Array => canonicalise(request)

/** The request with one more exception: another request, which no earlier approval fits. */
export function withException(request: AuthorisationRequest, exception: RequestException): AuthorisationRequest {
  return { ...request, exceptions: [...request.exceptions, exception] }
}
