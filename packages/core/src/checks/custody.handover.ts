import { CUSTODY } from '../bundle/layout.ts'
import type { HandoverSignatures } from '../custody/handover.ts'
import type { CustodyFacts, HandoverFacts } from '../custody/history-facts.ts'
import type { Finding } from '../model/finding.ts'
import { keyIdentity } from '../pki/key-identity.ts'
import type { TrustFacts } from '../pki/trust-facts.ts'
import { lineExceptions, outcomeFinding, sides } from './history-finding.ts'
import { examineSigner, type SignedObject, type SignerContext } from './signature-object.ts'
import { answersOn, keysAbove } from './statement-signer.ts'

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
  const judged = apart(handovers.first.map((facts) => ({ ...facts, ...verdictOn(facts, trust, context) })))
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

/** What a signature was judged to be, and by which keys its signer is known: identities of its own and of those that certify it. */
interface JudgedSide {
  readonly verdict: Verdict
  readonly key: string | null
  readonly certifiedBy: readonly string[]
}

function verdictOn(facts: HandoverFacts, trust: HandoverTrust | null, context: SignerContext): JudgedSide {
  const only = (verdict: Verdict): JudgedSide => ({ verdict, key: null, certifiedBy: [] })
  const reason = OF_FACTS[facts.code]
  if (reason !== null) return only(REASONS.find((one) => one[1] === reason) ?? verdictOf('INDETERMINATE', 'malformed'))
  const found = trust?.handovers.signatures.find(({ line, by }) => line === facts.line && by === facts.by)
  if (trust === null || found === undefined) return only(verdictOf('INDETERMINATE', 'not-in-facts'))
  const object: SignedObject = { kind: 'signature', subject: SUBJECT, cms: found.cms }
  const [signer] = found.cms.signers
  if (signer === undefined) return only(verdictOf('INDETERMINATE', 'malformed'))
  const examined = examineSigner(object, signer, trust.trust, 'handover')
  const { answers, path } = answersOn(examined, context)
  const said = answers.map(({ value, problem }) =>
    verdictOf(value, problem === 'none-holds' ? 'signer-unknown' : problem),
  )
  const { certificate } = examined
  return {
    verdict: REASONS.find((one) => said.includes(one)) ?? 'PASSED',
    key: certificate === null ? null : keyIdentity(certificate.spki),
    certifiedBy: keysAbove(path).map(keyIdentity),
  }
}

/** Of one line two sides of which one certifies the other are one person's word: its holder makes as many persons as he likes. */
function apart<T extends JudgedSide & Pick<HandoverFacts, 'line' | 'by'>>(judged: readonly T[]): readonly T[] {
  const keys = new Map(judged.map(({ line, by, key }) => [`${line} ${by}`, key]))
  const lines = new Set(
    judged.flatMap(({ line, by, certifiedBy }) => {
      const other = keys.get(`${line} ${by === 'giver' ? 'receiver' : 'giver'}`) ?? null
      return other !== null && certifiedBy.includes(other) ? [line] : []
    }),
  )
  return judged.map((one) =>
    one.verdict === 'PASSED' && lines.has(one.line)
      ? { ...one, verdict: verdictOf('INDETERMINATE', 'one-for-both') }
      : one,
  )
}
