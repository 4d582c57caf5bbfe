import type { ArchiveTimeStampFacts, EvidenceRecordFacts } from '../model/evidence-record-facts.ts'
import type { Finding, Subject } from '../model/finding.ts'
import { formatInstant, type Instant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import { bestTimeOf } from '../pki/signing-time.ts'
import type { TrustFacts } from '../pki/trust-facts.ts'
import {
  checkEvidenceRecordData,
  checkEvidenceRecordDigest,
  checkEvidenceRecordOrder,
  checkEvidenceRecordRenewal,
  checkEvidenceRecordStructure,
  checkHashTree,
} from './evidence-record.ts'
import { inCatalogueOrder } from './finding.ts'
import type { JudgedAlone } from './lone.ts'
import { checkRenewalDue } from './renewal.due.ts'
import { dueGroupOf } from './renewal.ts'
import { renewalProofs } from './renewal-proofs.ts'
import { answer, asUnprotected } from './signature-object.ts'
import { endsOfAlgorithms } from './timestamp.believed.ts'
import { checkThreshold } from './timestamp.declared.ts'
import { type JudgedToken, judgeToken, type TrustContext } from './timestamp-token.ts'
import { checkTrustOutside, isTrustSetInside } from './trust.outside.ts'

/** An archive time-stamp that is believed, and by when it proves what it is over. */
interface BelievedStamp {
  readonly stamp: ArchiveTimeStampFacts
  readonly by: Instant
}

interface JudgedStamp {
  readonly findings: readonly Finding[]
  readonly judged: JudgedToken
  /** As of the validation time it was not there yet. */
  readonly isLater: boolean
}

/**
 * Judges an evidence record from its last archive time-stamp down to the first. Each is judged at its own time, and is believed
 * at the validation time by itself, or by a believed later one that is over it and was made while it still held (RFC 4998 §5.3;
 * ETSI EN 319 102-1 §5.6.2, time sliding).
 * @param sealKeys of whoever sealed what the record is given beside: such a key proves no time
 */
export function judgeEvidenceRecord(
  facts: EvidenceRecordFacts,
  trust: TrustFacts,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
  sealKeys: ReadonlySet<string> = new Set(),
): JudgedAlone {
  const context: TrustContext = {
    trust,
    judgement,
    trustSetInside: isTrustSetInside(judgement, contentDigests),
    sealKeys,
  }
  const { timestamps } = facts
  const believed: BelievedStamp[] = []
  const stamps = new Map<ArchiveTimeStampFacts, JudgedStamp>()
  for (const [index, stamp] of [...timestamps.entries()].reverse()) {
    const one = judgeStamp(stamp, timestamps[index - 1] ?? null, timestamps, believed, context)
    stamps.set(stamp, one)
    const open = one.findings.some(({ value, id }) => id.startsWith('evidence.') && value !== 'PASSED')
    const { proved } = one.judged
    if (!open && proved !== null) believed.push({ stamp, by: proved.upperBound })
  }
  const [initial] = timestamps
  const here = timestamps.filter((stamp) => stamps.get(stamp)?.isLater === false || stamp === initial)
  const chains = [...new Set(here.map(({ chain }) => chain))].map((chain) => here.filter((one) => one.chain === chain))
  const digests = chains.map((chain) =>
    checkEvidenceRecordDigest(chain, chain[0] === undefined ? [] : replacing(chain[0], believed), judgement),
  )
  const data = checkEvidenceRecordData(facts)
  // A token alone has no signer whose axis this could be.
  const outside: Finding = { ...checkTrustOutside(judgement, contentDigests, 'something'), axis: 'time' }
  const findings: Finding[] = [
    checkEvidenceRecordStructure(facts),
    data,
    ...timestamps.flatMap((stamp) => stamps.get(stamp)?.findings ?? []),
    ...digests,
  ]
  const isInitialHeld =
    digests.every(({ value }) => value === 'PASSED') && believed.some(({ stamp }) => stamp === initial)
  const first = initial === undefined ? null : (stamps.get(initial)?.judged ?? null)
  const proved = isInitialHeld && first?.proved ? [first.proved] : []
  const best = bestTimeOf(proved, 1)
  if (initial !== undefined) {
    const subject: Subject = { kind: 'timestamp', name: initial.path }
    const butForRevocation = first?.provedButForRevocation ? [first.provedButForRevocation] : []
    const own = first?.isOwn === true ? 1 : 0
    const noTrustSet = judgement.trustSet === null
    findings.push(checkThreshold(subject, initial.path, proved, 1, best, { butForRevocation, own, noTrustSet }))
  }
  // One that is over something else carries nothing.
  const last = believed[0]?.stamp
  const carrying = last === undefined ? undefined : stamps.get(last)?.judged
  if (best !== null && last !== undefined && carrying !== undefined) {
    findings.push(...checkDue(last, carrying, judgement))
  }
  return {
    findings: inCatalogueOrder([...findings, outside]),
    summary: {
      file: 'evidence-record',
      signer: null,
      claimedTime: null,
      // Of other files than these it proves nothing of them.
      bestSignatureTime: best === null || data.value !== 'PASSED' ? null : formatInstant(best),
      timestamps: here.flatMap((stamp) => stamps.get(stamp)?.judged.summary ?? []),
    },
  }
}

/**
 * Until when the last archive time-stamp keeps the record, while it does: once it has ended, other findings say so. None where
 * nothing ends that is known here.
 */
function checkDue({ digest }: ArchiveTimeStampFacts, judged: JudgedToken, judgement: Judgement): readonly Finding[] {
  const { policy, validationTime } = judgement
  const digests = endsOfAlgorithms(policy).filter(({ name }) => name === digest)
  const due = checkRenewalDue([dueGroupOf([judged], 1)], digests, validationTime)
  return due.value === 'PASSED' ? [{ ...due, subject: { kind: 'evidence-record', name: '' } }] : []
}

/** `all`: those of the record. `believed`: later ones that are. */
function judgeStamp(
  stamp: ArchiveTimeStampFacts,
  before: ArchiveTimeStampFacts | null,
  all: readonly ArchiveTimeStampFacts[],
  believed: readonly BelievedStamp[],
  context: TrustContext,
): JudgedStamp {
  // A chain's first is over every byte of all older chains, any other over the one before it.
  const proofs = believed.filter((later) => isOver(later.stamp, stamp)).map(({ by }) => by)
  const renewal = renewalProofs(
    believed.map((later) => ({
      by: later.by,
      covers: new Set(all.filter((one) => isOver(later.stamp, one)).map(({ path }) => path)),
      isWhole: false,
    })),
  )
  const standing = before === null ? 'alone' : 'unprotected'
  const judged = judgeToken(stamp.token, stamp.path, { ...context, renewal }, standing, proofs)
  if (before === null) return { judged, findings: [...judged.findings, checkHashTree(stamp)], isLater: false }
  const isLater = judged.findings.some(({ id, reason }) => id === 'timestamp.gen-time' && reason === 'in-future')
  if (isLater) {
    const subject: Subject = { kind: 'timestamp', name: stamp.path }
    return { judged, findings: [answer('evidence.renewal', subject, 'NOT-CHECKED:in-future')], isLater }
  }
  const findings = [
    ...judged.findings,
    asUnprotected(checkHashTree(stamp)),
    checkEvidenceRecordRenewal(stamp, before),
    checkEvidenceRecordOrder(stamp, before),
  ]
  return { judged, findings, isLater }
}

function isOver(later: ArchiveTimeStampFacts, earlier: ArchiveTimeStampFacts): boolean {
  if (later.position > 0) return later.chain === earlier.chain && later.position === earlier.position + 1
  return later.chain > earlier.chain
}

/** Times by which believed first ones of later chains prove the files, and the chain of this one. */
function replacing({ chain }: ArchiveTimeStampFacts, believed: readonly BelievedStamp[]): readonly Instant[] {
  return believed.filter(({ stamp }) => stamp.position === 0 && stamp.chain > chain).map(({ by }) => by)
}
