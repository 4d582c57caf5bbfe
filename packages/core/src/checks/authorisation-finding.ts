import type { ExceptionFacts, RequestFacts } from '../authorisation/authorisation-facts.ts'
import type { OpenedConsent } from '../authorisation/opened-consents.ts'
import { type SigningPerson, signingPerson } from '../authorisation/signing-person.ts'
import { exceptionFor, type Unmet } from '../authorisation/unmet-conditions.ts'
import { AUTHORISATION } from '../bundle/layout.ts'
import type { RecordFacts } from '../bundle/record-facts.ts'
import type { Exception } from '../model/finding.ts'
import { type Instant, parseInstant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { TrustFacts } from '../pki/trust-facts.ts'
import { statementSignatureOf } from '../statements/signed-statement.ts'
import type { Given } from './history-finding.ts'
import type { CertifyingKeys } from './signature-file.ts'
import type { SignerContext } from './signature-object.ts'

export const AUTHORISATION_SUBJECT = { kind: 'record', name: AUTHORISATION } as const

/** What the sharing decision is judged by, beside its facts. */
export interface AuthorisationContext {
  /** Of whoever signed approvals and exceptions. */
  readonly trust: TrustFacts
  /** Opened fields of consents; null where they are not at hand: a saved facts file has none. */
  readonly consents: readonly OpenedConsent[] | null
  readonly judgement: Judgement
  readonly trustSetInside: boolean
  /** Of the bundle, RFC 3339; null without one. */
  readonly bestSignatureTime: string | null
  /** Of the seal, as bundle.json declares them; null where a certificate of theirs is not here. */
  readonly sealers: readonly SigningPerson[] | null
  readonly smallDigest: SmallDigest
}

/**
 * Whoever signs the seal, as bundle.json declares it; null where a certificate that it names is not here.
 * @param certifiedBy of the signature files that are here
 */
export function declaredSealers(
  records: RecordFacts | null,
  certificates: TrustFacts['certificates'],
  certifiedBy: CertifyingKeys,
  smallDigest: SmallDigest,
): readonly SigningPerson[] | null {
  const people: SigningPerson[] = []
  for (const { signer } of records?.record?.seal ?? []) {
    const certificate = certificates.get(signer)
    if (certificate === undefined) return null
    people.push(signingPerson(certificate, smallDigest, certifiedBy.get(signer)))
  }
  return people.length === 0 ? null : people
}

/** Signatures are judged at the time that is proved for the seal, which covers them; without one, at the validation time. */
export function signerContext(context: AuthorisationContext): SignerContext {
  const { judgement, trustSetInside } = context
  const best = provedTime(context)
  return {
    judgement,
    trustSetInside,
    time: best ?? judgement.validationTime,
    timeSource: best === null ? 'validationTime' : 'bestSignatureTime',
  }
}

export function provedTime({ bestSignatureTime }: Pick<AuthorisationContext, 'bestSignatureTime'>): Instant | null {
  return bestSignatureTime === null ? null : (parseInstant(bestSignatureTime) ?? null)
}

/**
 * Whether somebody signed that this condition need not be met. By arithmetic alone: whose signature it is decides what the
 * exception is worth (`authorisation.exceptions`), not whether the condition is contradicted.
 */
export function isExcepted(unmet: Pick<Unmet, 'condition' | 'item'>, { exceptions }: RequestFacts): boolean {
  return exceptionFor(unmet, exceptions.filter(isSigned)) !== undefined
}

const UNDECIDED: readonly string[] = ['holds', 'unsupported', 'limit']

function isSigned({ cms }: ExceptionFacts): boolean {
  return cms !== null && UNDECIDED.includes(statementSignatureOf(cms))
}

/** Why a condition is not met, in the order in which the finding's reason is chosen. */
const UNMET_REASONS = ['not-stated', 'dated-later', 'excepted'] as const
type UnmetReason = (typeof UNMET_REASONS)[number]

/** Conditions that are not met as exceptions of a finding, and the reason: without a signed exception before those with one. */
export function unmetGiven(
  unmet: readonly Unmet[],
  facts: RequestFacts,
  reasonOf: (unmet: Unmet) => 'not-stated' | 'dated-later' = () => 'not-stated',
): { readonly reason: UnmetReason | null; readonly given: Given } {
  const reasons = unmet.map((one): UnmetReason => (isExcepted(one, facts) ? 'excepted' : reasonOf(one)))
  const exceptions = unmet.map(({ condition }, at): Exception => {
    return { path: AUTHORISATION, at: condition, value: 'INDETERMINATE', reason: reasons[at] ?? 'not-stated' }
  })
  const reason = UNMET_REASONS.find((one) => reasons.includes(one)) ?? null
  return { reason, given: exceptions.length === 0 ? {} : { exceptions } }
}
