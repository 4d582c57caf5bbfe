import { CUSTODY } from '../bundle/layout.ts'
import type { HandoverSignatures } from '../custody/handover.ts'
import type { CustodyFacts, HandoverFacts } from '../custody/history-facts.ts'
import type { Finding } from '../model/finding.ts'
import type { TrustFacts } from '../pki/trust-facts.ts'
import { lineExceptions, outcomeFinding, sides } from './history-finding.ts'
import { examineSigner, type SignedObject, type SignerContext } from './signature-object.ts'
import { answersOn } from './statement-signer.ts'

const SUBJECT = { kind: 'record', name: CUSTODY } as const

/** Whose hand-over signatures are, by the anchors of role `handover`. */
export interface HandoverTrust {
  readonly handovers: HandoverSignatures
  readonly trust: TrustFacts
}

/** What is said of one signature, in the order in which the finding's reason is chosen: contradictions first. */
const REASONS = [
  ['FAILED', 'other-content'],
  ['FAILED', 'signature'],
  ['FAILED', 'replayed'],
  ['FAILED', 'key-usage'],
  ['FAILED', 'revoked'],
  ['INDETERMINATE', 'malformed'],
  ['INDETERMINATE', 'line-unread'],
  ['INDETERMINATE', 'unsupported'],
  ['INDETERMINATE', 'limit'],
  ['INDETERMINATE', 'one-for-both'],
  ['INDETERMINATE', 'name-closed'],
  ['INDETERMINATE', 'not-in-facts'],
  ['INDETERMINATE', 'no-trust-set'],
  ['INDETERMINATE', 'trust-set-inside'],
  ['INDETERMINATE', 'other-role'],
  ['INDETERMINATE', 'signer-unknown'],
  ['INDETERMINATE', 'anchor-interval'],
  ['INDETERMINATE', 'validity'],
  ['INDETERMINATE', 'key-usage'],
  ['INDETERMINATE', 'algorithm'],
  ['INDETERMINATE', 'revocation'],
] as const
type Verdict = (typeof REASONS)[number] | 'PASSED'
type Reason = (typeof REASONS)[number][1]

/** What the facts alone say of a signature; null where it holds, and the trust set decides. */
const OF_FACTS: Readonly<Record<HandoverFacts['code'], Reason | null>> = {
  holds: null,
  'name-closed': 'name-closed',
  'one-for-both': 'one-for-both',
  'other-content': 'other-content',
  signature: 'signature',
  replayed: 'replayed',
  malformed: 'malformed',
  'not-signed': 'malformed',
  'line-unread': 'line-unread',
  unsupported: 'unsupported',
  limit: 'limit',
}

function verdictOf(value: 'FAILED' | 'INDETERMINATE', reason: Reason): Verdict {
  const verdict = REASONS.find((one) => one[0] === value && one[1] === reason)
  if (verdict === undefined) throw new TypeError(`no such answer: ${value}:${reason}`)
  return verdict
}

/**
 * Whether the hand-over signatures that are opened are over their own line, and are those of people whom an anchor of role
 * `handover` certifies. The time of interest is that of the seal, which covers them: the event's own time is a statement.
 * @param trust null where the certificates are not at hand: they are opened values, and a saved facts file has none
 */
export function checkHandovers(
  { state, handovers }: CustodyFacts,
  trust: HandoverTrust | null,
  context: SignerContext,
): Finding {
  const id = 'custody.handover'
  if (state !== 'read') return outcomeFinding(id, 'NOT-CHECKED:not-read', SUBJECT)
  if (handovers.count === 0) return outcomeFinding(id, 'NOT-CHECKED:none', SUBJECT)
  const judged = handovers.first.map((facts) => ({ ...facts, verdict: verdictOn(facts, trust, context) }))
  const open = judged.flatMap(({ verdict, ...facts }) => (verdict === 'PASSED' ? [] : [{ ...facts, verdict }]))
  // Those beyond the limit are counted, and were not looked at.
  const omitted = handovers.count - judged.length
  const given = {
    counts: { signatures: handovers.count, hold: judged.length - open.length },
    ...lineExceptions(CUSTODY, { count: open.length + omitted, by: {}, first: open }, (one) => ({
      line: one.line,
      at: one.by === 'giver' ? 'handover' : 'receipt',
      value: one.verdict[0],
      reason: one.verdict[1],
      ...sides(null, one.certificate),
    })),
  }
  const all: Verdict[] = open.map(({ verdict }) => verdict)
  if (omitted > 0) all.push(verdictOf('INDETERMINATE', 'limit'))
  const worst = REASONS.find((one) => all.includes(one))
  return outcomeFinding(id, worst === undefined ? 'PASSED' : worst.join(':'), SUBJECT, given)
}

function verdictOn(facts: HandoverFacts, trust: HandoverTrust | null, context: SignerContext): Verdict {
  const reason = OF_FACTS[facts.code]
  if (reason !== null) return REASONS.find((one) => one[1] === reason) ?? verdictOf('INDETERMINATE', 'malformed')
  const found = trust?.handovers.signatures.find(({ line, by }) => line === facts.line && by === facts.by)
  if (trust === null || found === undefined) return verdictOf('INDETERMINATE', 'not-in-facts')
  const object: SignedObject = { kind: 'signature', subject: SUBJECT, cms: found.cms }
  const [signer] = found.cms.signers
  if (signer === undefined) return verdictOf('INDETERMINATE', 'malformed')
  const examined = examineSigner(object, signer, trust.trust, 'handover')
  const said = answersOn(examined, context).map(({ value, problem }) =>
    verdictOf(value, problem === 'none-holds' ? 'signer-unknown' : problem),
  )
  return REASONS.find((one) => said.includes(one)) ?? 'PASSED'
}
