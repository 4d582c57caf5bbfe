import type { LaterConsentFacts, RequestFacts } from '../authorisation/authorisation-facts.ts'
import type { RecordFacts } from '../bundle/record-facts.ts'
import type { GivenDisclosuresFacts } from '../custody/given-disclosures.ts'
import type { Finding } from '../model/finding.ts'
import { type ConsentFinding, concludeConsents, valueProblems, withdrawnReason } from './authorisation.consents.ts'
import { type AuthorisationContext, provedTime } from './authorisation-finding.ts'
import type { FindingId } from './catalogue.ts'
import { outcomeFinding } from './history-finding.ts'

export const LATER_CONSENTS_FINDING: FindingId = 'authorisation.later-consents'

/** There is no such finding where no given file says anything of consents. */
export function checkGivenConsents(
  given: GivenDisclosuresFacts | undefined,
  records: RecordFacts | null,
  context: AuthorisationContext | null,
): readonly Finding[] {
  const request = records?.authorisation?.request ?? null
  if (given?.consents === undefined || request === null || context === null) return []
  return [checkLaterConsents({ files: given.files, consents: given.consents }, request, context)]
}

/**
 * Whether consents that files of later openings open, together with what the bundle opens of them, cover this purpose, kind of
 * recipient and bestSignatureTime: the question of `authorisation.consents`, which itself stays as it is without the files.
 */
export function checkLaterConsents(
  { files, consents }: Pick<GivenDisclosuresFacts, 'files'> & { readonly consents: LaterConsentFacts },
  request: RequestFacts,
  context: AuthorisationContext,
): Finding {
  const id = LATER_CONSENTS_FINDING
  const [only, more] = files
  const subject = { kind: 'disclosures', name: only !== undefined && more === undefined ? only.sha256 : '' } as const
  const { partly, opened, stubs, withdrawn } = consents
  const shown = partly + opened
  const at = provedTime(context)
  const here = (context.consents ?? []).filter(({ later }) => later === true)
  const problems: ConsentFinding[] = [
    ...withdrawn.first.map(({ item }) => ({ item, reason: withdrawnReason(request, item) })),
    ...valueProblems(request, here, at),
  ]
  const all = new Set(problems.map(({ reason }) => reason))
  const omitted = withdrawn.count - withdrawn.first.length
  if (omitted > 0) all.add(withdrawnReason(request, null))
  if (shown > 0 && at === null) all.add('no-time')
  if (shown > here.length) all.add('not-in-facts')
  const counts = { opened, partly, stubs }
  const worst = concludeConsents(all, problems, omitted)
  if (worst.outcome !== null) return outcomeFinding(id, worst.outcome, subject, { counts, ...worst.given })
  if (partly > 0) return outcomeFinding(id, 'WITHHELD:closed', subject, { counts })
  return outcomeFinding(id, opened === 0 ? 'NOT-CHECKED:stubs' : 'PASSED', subject, { counts })
}
