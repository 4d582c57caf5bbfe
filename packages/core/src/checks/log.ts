import { CHECKPOINT, CUSTODY, PROOFS } from '../bundle/layout.ts'
import type { BundleRecord } from '../bundle/record-facts.ts'
import { CLOCK_TOLERANCE_SECONDS } from '../custody/event-times.ts'
import type { CustodyFacts, HistoryFacts, LinePlace, LogFacts } from '../custody/history-facts.ts'
import { type CheckedNoteSignature, currentLogKey, type LogTrust } from '../custody/log-trust.ts'
import type { Evidence, Finding } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant, parseInstant } from '../model/instant.ts'
import type { FindingId } from './catalogue.ts'
import { firstOf, type Given, lineExceptions, notReadFinding, outcomeFinding, sides } from './history-finding.ts'

/** What the log is judged by, beside its facts. */
export interface LogContext {
  readonly record: BundleRecord | null
  readonly trust: LogTrust
  readonly hasTrustSet: boolean
  readonly trustSetInside: boolean
  /** When the checkpoint is proved to have existed: bestSignatureTime, or else the validation time. */
  readonly time: Instant
  readonly validationTime: Instant
  /** Fingerprints of Ed25519 keys that seal, approve or stamp: SHA-256 of their 32 octets, hex. */
  readonly otherKeys: ReadonlySet<string>
}

const SUBJECT = { kind: 'log', name: CHECKPOINT } as const
const CUSTODY_SUBJECT = { kind: 'record', name: CUSTODY } as const
const PROOFS_SUBJECT = { kind: 'record', name: PROOFS } as const

/** Every finding about checkpoint, key, tree and proofs of the log. */
export function checkLog(history: HistoryFacts, context: LogContext): readonly Finding[] {
  const { custody, log } = history
  const notRead = (id: FindingId) => notReadFinding(id, log.state, SUBJECT)
  return [
    notRead('log.checkpoint') ?? checkCheckpoint(history, context),
    notReadFinding('log.key', custody.state, CUSTODY_SUBJECT) ?? checkKey(custody, history, context),
    notReadFinding('log.key-change', custody.state, CUSTODY_SUBJECT) ?? checkKeyChanges(custody, context),
    notRead('log.size') ?? compared('log.size', log, log.checkpoint?.size ?? null, log.lines),
    notRead('log.root') ?? compared('log.root', log, log.checkpoint?.root ?? null, log.root),
    notReadFinding('log.consistency', log.proofs.state, PROOFS_SUBJECT) ?? checkConsistency(log),
    notRead('log.witnesses') ?? checkWitnesses(history, context),
  ]
}

/** Signatures of the log itself: under an anchor of its own name and of a log's type. */
function ownSignatures({ log }: HistoryFacts, { trust, trustSetInside }: LogContext): readonly CheckedNoteSignature[] {
  if (trustSetInside) return []
  return trust.signatures.filter(
    ({ anchor }) => anchor.key.type === 'ed25519' && anchor.key.name === log.checkpoint?.origin,
  )
}

/** Whether the log's own signature on the checkpoint holds under an anchor of role `log`. */
export function checkCheckpoint(history: HistoryFacts, context: LogContext): Finding {
  const id = 'log.checkpoint'
  const { log, custody } = history
  const head = log.checkpoint
  if (head === null) return outcomeFinding(id, 'INDETERMINATE:malformed', SUBJECT)
  const origin: Evidence = { name: 'origin', ...sides(context.record?.log.origin ?? null, head.origin) }
  const stated = [context.record?.log.origin, custody.logStart.origin ?? undefined]
  if (stated.some((one) => one !== undefined && one !== head.origin)) {
    return outcomeFinding(id, 'FAILED:origin-differs', SUBJECT, { evidence: [origin] })
  }
  const open = (reason: string, missing: string) =>
    outcomeFinding(id, `INDETERMINATE:${reason}`, SUBJECT, { evidence: [origin, { name: 'log-key', missing }] })
  if (!head.signatures.some(({ name }) => name === head.origin)) return open('not-signed', 'log-signature')
  if (!context.hasTrustSet) return open('no-trust-set', 'trust-set')
  if (context.trustSetInside) return open('trust-set-inside', 'trust-set')
  const own = ownSignatures(history, context)
  const invalid = own.find(({ outcome }) => outcome === 'invalid')
  const [signature] = own
  if (invalid !== undefined || signature === undefined) {
    if (invalid !== undefined) return outcomeFinding(id, 'FAILED:signature', SUBJECT, keyEvidence(invalid, origin))
    return unsigned(custody, context, head.origin, origin, open)
  }
  const given = keyEvidence(signature, origin)
  if (own.some(({ outcome }) => outcome === 'unsupported')) {
    return outcomeFinding(id, 'INDETERMINATE:unsupported', SUBJECT, given)
  }
  const outcome = own.some((one) => isInInterval(one, context.time)) ? 'PASSED' : 'INDETERMINATE:anchor-interval'
  return outcomeFinding(id, outcome, SUBJECT, given)
}

/** The signature under the log's name is of none of the anchors' keys. */
function unsigned(
  custody: CustodyFacts,
  { trust }: LogContext,
  name: string,
  origin: Evidence,
  open: (reason: string, missing: string) => Finding,
): Finding {
  const named = trust.anchors.filter(({ key }) => key.type === 'ed25519' && key.name === name)
  if (named.length === 0) return open('anchor-missing', 'trust-anchor')
  const current = currentLogKey(custody)
  const anchor = named.find(({ key }) => key.fingerprint === current)
  // The log's own statement and the list agree on the key, and the checkpoint bears another one's mark.
  if (anchor === undefined) return open('same-name-other-key', 'trust-anchor')
  const evidence = [origin, { name: 'log-key', expected: anchor.key.fingerprint }]
  return outcomeFinding('log.checkpoint', 'FAILED:other-key', SUBJECT, { evidence })
}

function keyEvidence({ anchor }: CheckedNoteSignature, origin: Evidence) {
  return {
    evidence: [origin, { name: 'anchor', found: anchor.label }, { name: 'log-key', found: anchor.key.fingerprint }],
  }
}

function isInInterval({ anchor }: Pick<CheckedNoteSignature, 'anchor'>, time: Instant): boolean {
  const from = anchor.from === null ? undefined : parseInstant(anchor.from)
  const until = anchor.until === null ? undefined : parseInstant(anchor.until)
  return (
    (from === undefined || compareInstants(time, from) >= 0) &&
    (until === undefined || compareInstants(time, until) < 0)
  )
}

/** Whether the key that signed the checkpoint is the one that the log itself names last, and serves nothing else. */
export function checkKey(custody: CustodyFacts, history: HistoryFacts, context: LogContext): Finding {
  const id = 'log.key'
  const current = currentLogKey(custody)
  const holding = ownSignatures(history, context).filter(({ outcome }) => outcome === 'valid')
  const found = holding[0]?.anchor.key.fingerprint ?? null
  const given = { evidence: [{ name: 'log-key', ...sides(current, found) }] }
  const shared = (key: string | null) => key !== null && context.otherKeys.has(key)
  if (shared(current) || shared(found)) return outcomeFinding(id, 'FAILED:seal-key', SUBJECT, given)
  if (current === null) return outcomeFinding(id, 'INDETERMINATE:key-unknown', SUBJECT, given)
  if (found === null) return outcomeFinding(id, 'NOT-CHECKED:not-verified', SUBJECT, given)
  const isCurrent = holding.some(({ anchor }) => anchor.key.fingerprint === current)
  return outcomeFinding(id, isCurrent ? 'PASSED' : 'FAILED:other-key', SUBJECT, given)
}

/** Whether every change of the log's key is signed by the key before, or by an anchor. */
export function checkKeyChanges({ keyChanges, keyChangesOmitted }: CustodyFacts, { trust, time }: LogContext): Finding {
  const id = 'log.key-change'
  if (keyChanges.length === 0) return outcomeFinding(id, 'NOT-CHECKED:none', CUSTODY_SUBJECT)
  const by: Record<string, number> = {}
  const judged = trust.keyChanges.map(({ line, outcome, anchors }) => {
    const ended = outcome === 'valid' && anchors?.every((anchor) => !isInInterval({ anchor }, time)) === true
    return { line, code: ended ? ('anchor-interval' as const) : outcome }
  })
  for (const { code } of judged) by[code] = (by[code] ?? 0) + 1
  const first = judged.filter(({ code }) => code !== 'valid')
  const given = {
    counts: { changes: keyChanges.length + keyChangesOmitted, hold: by.valid ?? 0 },
    ...lineExceptions(CUSTODY, { count: first.length, by, first }, ({ line, code }) => ({
      line,
      value: code === 'invalid' || code === 'key-differs' ? ('FAILED' as const) : ('INDETERMINATE' as const),
      reason: code === 'invalid' ? 'signature' : code,
    })),
  }
  if ((by.invalid ?? 0) > 0) return outcomeFinding(id, 'FAILED:signature', CUSTODY_SUBJECT, given)
  if ((by['key-differs'] ?? 0) > 0) return outcomeFinding(id, 'FAILED:key-differs', CUSTODY_SUBJECT, given)
  if (keyChangesOmitted > 0) return outcomeFinding(id, 'INDETERMINATE:limit', CUSTODY_SUBJECT, given)
  const open = firstOf(['key-missing', 'malformed-value', 'unsupported', 'anchor-interval'], by)
  return outcomeFinding(id, open === undefined ? 'PASSED' : `INDETERMINATE:${open}`, CUSTODY_SUBJECT, given)
}

/** Size or root of the checkpoint against that of the lines. */
function compared(
  id: 'log.size' | 'log.root',
  log: LogFacts,
  stated: number | string | null,
  own: number | string | null,
): Finding {
  const name = id === 'log.size' ? 'size' : 'root'
  const evidence = [{ name, ...sides(stated?.toString() ?? null, own?.toString() ?? null) }]
  const given = { evidence, ...(log.lines === null ? {} : { counts: { lines: log.lines } }) }
  if (stated === null || own === null) return outcomeFinding(id, 'INDETERMINATE:not-compared', SUBJECT, given)
  return outcomeFinding(id, stated === own ? 'PASSED' : 'FAILED:differs', SUBJECT, given)
}

/**
 * Whether the log continues what earlier checkpoints signed, by the proofs and by the lines themselves, and still begins with the items
 * that its earlier exports were over: no event but these names the lines of items.jsonl.
 */
export function checkConsistency({ proofs, earlierExports, checkpoint, root }: LogFacts): Finding {
  const id = 'log.consistency'
  const { count, unread, problems } = proofs
  const describe = ({ line, expected, found }: LinePlace) =>
    ({ line, value: 'FAILED', ...sides(expected, found) }) as const
  const ofProofs = lineExceptions<LinePlace>(PROOFS, problems, describe)
  const ofExports = earlierExports && lineExceptions<LinePlace>(CUSTODY, earlierExports.problems, describe)
  const exceptions = [...(ofExports?.exceptions ?? []), ...(ofProofs.exceptions ?? [])]
  const omitted = (ofExports?.exceptionsOmitted ?? 0) + (ofProofs.exceptionsOmitted ?? 0)
  const given: Given = {
    counts: { proofs: count, ...(earlierExports === undefined ? {} : { exports: earlierExports.compared }) },
    ...(exceptions.length === 0 ? {} : { exceptions }),
    ...(omitted === 0 ? {} : { exceptionsOmitted: omitted }),
  }
  if ((problems.by['history-differs'] ?? 0) > 0) {
    return outcomeFinding(id, 'FAILED:history-differs', PROOFS_SUBJECT, given)
  }
  if (problems.count > 0) return outcomeFinding(id, 'FAILED:proof', PROOFS_SUBJECT, given)
  if (earlierExports !== undefined && earlierExports.problems.count > 0) {
    return outcomeFinding(id, 'FAILED:items-differ', PROOFS_SUBJECT, given)
  }
  if (unread > 0) return outcomeFinding(id, 'INDETERMINATE:line-unread', PROOFS_SUBJECT, given)
  if (earlierExports !== undefined && earlierExports.omitted > 0) {
    return outcomeFinding(id, 'INDETERMINATE:limit', PROOFS_SUBJECT, given)
  }
  if (count === 0 && earlierExports === undefined) return outcomeFinding(id, 'NOT-CHECKED:none', PROOFS_SUBJECT, given)
  const isCompared = count === 0 || (checkpoint !== null && root !== null)
  return outcomeFinding(id, isCompared ? 'PASSED' : 'INDETERMINATE:not-compared', PROOFS_SUBJECT, given)
}

/** Fingerprints of the keys that the log has or had: by its own lines, and by its anchors. */
function keysOfLog({ custody, log }: HistoryFacts, { trust }: LogContext): ReadonlySet<string | null> {
  const named = trust.anchors.filter(({ key }) => key.type === 'ed25519' && key.name === log.checkpoint?.origin)
  const stated = [custody.logStart.logKey, ...custody.keyChanges.map(({ logKey }) => logKey)]
  return new Set([...stated, ...named.map(({ key }) => key.fingerprint)])
}

/**
 * Whether the cosignatures of witnesses that the trust set names hold. Others say nothing; nor does the log's own key under
 * another name, or the key of whoever seals: they can show each recipient another history, and cosign both.
 */
export function checkWitnesses(history: HistoryFacts, context: LogContext): Finding {
  const id = 'log.witnesses'
  const { trust, trustSetInside, time, validationTime } = context
  const own = new Set([...keysOfLog(history, context), ...context.otherKeys])
  const named = trustSetInside ? [] : trust.signatures.filter(({ anchor }) => anchor.key.type === 'cosignature/v1')
  const witnesses = named.filter(({ anchor }) => !own.has(anchor.key.fingerprint))
  const unknown = trust.unknown + named.length - witnesses.length
  const evidence = witnesses.map(({ anchor, time }): Evidence => {
    const found =
      time === null ? anchor.label : `${anchor.label} ${formatInstant({ epochSeconds: time, fraction: '' })}`
    return { name: 'witness', found }
  })
  const hold = witnesses.filter(({ outcome }) => outcome === 'valid')
  // Witnesses, not lines: one may have signed several times.
  const keysOf = (some: typeof witnesses) => new Set(some.map(({ anchor }) => anchor.key.fingerprint)).size
  const counts = { witnesses: keysOf(witnesses), hold: keysOf(hold), unknown }
  const given = { counts, evidence }
  if (witnesses.some(({ outcome }) => outcome === 'invalid')) {
    return outcomeFinding(id, 'FAILED:signature', SUBJECT, given)
  }
  // The seal covers it: what it states cannot be later than what the seal is proved by, but for two clocks, each compared with the sealer's.
  const latest = Math.min(validationTime.epochSeconds, context.time.epochSeconds + 2 * CLOCK_TOLERANCE_SECONDS)
  if (hold.some((one) => one.time !== null && one.time > latest)) {
    return outcomeFinding(id, 'INDETERMINATE:later', SUBJECT, given)
  }
  if (hold.length < witnesses.length) return outcomeFinding(id, 'INDETERMINATE:unsupported', SUBJECT, given)
  if (!hold.every((one) => isInInterval(one, time))) {
    return outcomeFinding(id, 'INDETERMINATE:anchor-interval', SUBJECT, given)
  }
  if (hold.length > 0) return outcomeFinding(id, 'PASSED', SUBJECT, given)
  return outcomeFinding(id, unknown > 0 ? 'NOT-CHECKED:unknown' : 'NOT-CHECKED:none', SUBJECT, given)
}
