import {
  ASSURANCES,
  type AuthorisationRequest,
  type RequestException,
  type UnmetCondition,
} from '../bundle/authorisation-record.ts'
import { compareInstants, type Instant, parseInstant } from '../model/instant.ts'
import type { SigningPerson } from './signing-person.ts'

/** A condition of sharing that is not met. */
export interface Unmet {
  readonly condition: UnmetCondition
  /** Position of the item; null for the whole request. */
  readonly item: number | null
  readonly expected?: string
  /** Of a consent an opened value: not for reports. */
  readonly found?: string
}

/** One field of a consent; `closed` when it is not opened: then it may be absent too. */
export type ConsentField<T> = T | 'closed'

/** What a consent is for: field `scope` of a consent. */
export interface ConsentScope {
  /** Texts, one of which is the request's purpose. */
  readonly purposes: readonly string[]
  /** Kinds of recipients. */
  readonly recipients: readonly string[]
}

/** What is known of one item's consent. Dates are RFC 3339; null says that there is none. */
export interface ConsentValues {
  readonly giver: ConsentField<string>
  readonly scope: ConsentField<ConsentScope>
  readonly from: ConsentField<string>
  readonly until: ConsentField<string | null>
  readonly withdrawn: ConsentField<string | null>
}

/** Everything that the conditions of a request are held against. */
export interface ConditionsGiven {
  /** Positions of the items that are exported and not wholly withheld, ascending: each needs a consent. */
  readonly items: Iterable<number>
  /** By position. Of a position that is not in here nothing is opened, and so nothing is said of it. */
  readonly consents: ReadonlyMap<number, ConsentValues>
  /** The moment at which consents must hold; null where none is known: then no date is judged. */
  readonly at: Instant | null
  /** Of the approvals that hold. */
  readonly approvers: readonly SigningPerson[]
  /** Of the seal; before there is one, whoever will sign it. */
  readonly sealers: readonly SigningPerson[]
}

/**
 * The conditions of sharing that a request does not meet: the whole request first, then item by item. The same rule decides
 * before sealing whether to refuse, and afterwards what a bundle shows.
 */
export function unmetConditions(request: AuthorisationRequest, given: ConditionsGiven): readonly Unmet[] {
  return [...unmetOfRequest(request, given.at), ...unmetApprovals(given), ...unmetConsents(request, given)]
}

/**
 * Those that the request alone does not meet: assurances, purpose, recipient, handling.
 * @param at the moment at which the assurances must have been given; null where none is known: then no date is judged
 */
export function unmetOfRequest(
  request: Pick<AuthorisationRequest, 'assurances' | 'conditions' | 'purpose' | 'recipient'>,
  at: Instant | null,
): readonly Unmet[] {
  const unmet: Unmet[] = []
  const given = request.assurances.filter(({ date }) => at === null || !isDatedLater(date, at))
  const stated = new Set(given.map(({ assurance }) => assurance))
  for (const assurance of ASSURANCES) {
    if (!stated.has(assurance)) unmet.push({ condition: `assurance-missing:${assurance}`, item: null })
  }
  if (request.purpose === null) unmet.push({ condition: 'purpose-missing', item: null })
  if (request.recipient === null) unmet.push({ condition: 'recipient-missing', item: null })
  if (request.conditions.length === 0) unmet.push({ condition: 'handling-missing', item: null })
  return unmet
}

/** Two approvals are needed, of persons who differ from each other and from whoever seals, by subject and by key. */
export function unmetApprovals({
  approvers,
  sealers,
}: Pick<ConditionsGiven, 'approvers' | 'sealers'>): readonly Unmet[] {
  const others = approvers.filter((approver) => !sealers.some((sealer) => isAlike(approver, sealer)))
  if (somePair(others, (a, b) => !isAlike(a, b))) return []
  const unmet: Unmet[] = []
  if (approvers.length < 2) {
    unmet.push({ condition: 'approvals-missing', item: null, expected: '2', found: `${approvers.length}` })
  }
  if (somePair(approvers, (a, b) => a.subject === b.subject))
    unmet.push({ condition: 'approvers-same-subject', item: null })
  if (somePair(approvers, isOfOneKey)) unmet.push({ condition: 'approvers-same-key', item: null })
  if (others.length < approvers.length) unmet.push({ condition: 'approver-is-sealer', item: null })
  return unmet
}

/** One of the two is enough to be taken for the same person: a new key is soon made, and a second name soon found. */
function isAlike(a: SigningPerson, b: SigningPerson): boolean {
  return a.subject === b.subject || isOfOneKey(a, b)
}

/** One key, or one that certifies the other: its holder makes as many persons as he likes. */
function isOfOneKey(a: SigningPerson, b: SigningPerson): boolean {
  const certifies = (one: SigningPerson, other: SigningPerson) => other.certifiedBy?.includes(one.key) === true
  return a.key === b.key || certifies(a, b) || certifies(b, a)
}

function somePair<T>(list: readonly T[], holds: (a: T, b: T) => boolean): boolean {
  return list.some((a, index) => list.slice(index + 1).some((b) => holds(a, b)))
}

/** Items without a consent that covers this purpose and kind of recipient at that time, as far as consents are opened. */
export function unmetConsents(
  request: AuthorisationRequest,
  { items, consents, at }: Pick<ConditionsGiven, 'items' | 'consents' | 'at'>,
): readonly Unmet[] {
  const committed = new Set(request.consents.map(({ item }) => item))
  const unmet: Unmet[] = []
  for (const item of items) {
    const values = consents.get(item)
    if (!committed.has(item)) unmet.push({ condition: 'consent-missing', item })
    else if (values !== undefined) unmet.push(...unmetConsent(request, item, values, at))
  }
  return unmet
}

/** What one item's consent does not cover, as far as it is opened. */
export function unmetConsent(
  { purpose, recipient }: Pick<AuthorisationRequest, 'purpose' | 'recipient'>,
  item: number,
  { scope, from, until, withdrawn }: ConsentValues,
  at: Instant | null,
): readonly Unmet[] {
  const unmet: Unmet[] = []
  if (scope !== 'closed') {
    const { purposes, recipients } = scope
    if (purpose !== null && !purposes.includes(purpose)) {
      unmet.push({ condition: 'consent-purpose', item, expected: purpose, found: purposes.join('; ') })
    }
    if (recipient !== null && !recipients.includes(recipient.kind)) {
      unmet.push({ condition: 'consent-recipient-kind', item, expected: recipient.kind, found: recipients.join('; ') })
    }
  }
  if (at === null) return unmet
  if (isDate(from) && isBefore(at, from)) unmet.push({ condition: 'consent-not-yet', item, found: from })
  if (isDate(until) && hasDayPassed(until, at)) {
    unmet.push({ condition: 'consent-expired', item, found: until })
  }
  if (isDate(withdrawn) && !isBefore(at, withdrawn)) {
    unmet.push({ condition: 'consent-withdrawn', item, found: withdrawn })
  }
  return unmet
}

const DAY_SECONDS = 86_400

const isDate = (field: ConsentField<string | null>): field is string => field !== null && field !== 'closed'

/** A date is a day in UTC: it begins with its first moment. One that does not read as a date has not begun. */
function isBefore(at: Instant, date: string): boolean {
  const begins = parseInstant(date)
  return begins === undefined || compareInstants(at, begins) < 0
}

/** Whether a day had begun nowhere on Earth: somebody's statement bears the date of where he is, which is at most a day ahead of UTC. */
export function isDatedLater(date: string, { epochSeconds, fraction }: Instant): boolean {
  return isBefore({ epochSeconds: epochSeconds + DAY_SECONDS, fraction }, date)
}

/** Whether a day is over. */
export function hasDayPassed(date: string, at: Instant): boolean {
  const begins = parseInstant(date)
  return begins !== undefined && at.epochSeconds - begins.epochSeconds >= DAY_SECONDS
}

/** The exception of a request that is for this condition: of the same item, or without one, for all of them. */
export function exceptionFor<T extends Pick<RequestException, 'condition' | 'item'>>(
  unmet: Pick<Unmet, 'condition' | 'item'>,
  exceptions: readonly T[],
): T | undefined {
  return exceptions.find(
    ({ condition, item }) => condition === unmet.condition && (item === null || item === unmet.item),
  )
}
