import type { ArchiveTimeStampFacts, EvidenceRecordFacts } from '../model/evidence-record-facts.ts'
import type { Evidence, Exception, Finding, Subject } from '../model/finding.ts'
import { addMicroseconds, compareInstants, formatInstant, type Instant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import { SIGNED_DIGEST_OCTETS } from '../pki/digest-algorithms.ts'
import { digestWeakness } from '../pki/path-strength.ts'
import { genTimeOf, upperBoundOf } from '../pki/signing-time.ts'
import { answer } from './signature-object.ts'

/**
 * Checks of an evidence record (RFC 4998). FAILED: a file is not among what the first archive time-stamp is over, or that
 * time-stamp is not over its own hash tree. Of later ones nothing signed says that they belong here: anybody can append one
 * or leave one out, so what they contradict costs certainty alone.
 */
const WHOLE: Subject = { kind: 'evidence-record', name: '' }
const ofStamp = ({ path }: ArchiveTimeStampFacts): Subject => ({ kind: 'timestamp', name: path })
const isKnown = (digest: string | null): digest is string =>
  digest !== null && Object.hasOwn(SIGNED_DIGEST_OCTETS, digest)

/** Whether it reads, in a version that is known here. */
export function checkEvidenceRecordStructure(facts: EvidenceRecordFacts): Finding {
  const id = 'evidence.structure'
  const { failure, version, timestamps, digestAlgorithms, cryptoInfos, encryptionInfo } = facts
  if (failure !== null) {
    const evidence: Evidence[] = [
      { name: 'where', found: failure.where },
      { name: 'error', found: failure.code },
      ...(failure.offset === null ? [] : [{ name: 'offset', found: `${failure.offset}` }]),
    ]
    const reason = failure.code === 'ERR_LIMIT' ? 'limit' : 'malformed'
    return answer(id, WHOLE, `INDETERMINATE:${reason}`, [...evidence, { name: 'record', missing: 'evidence-record' }])
  }
  const chains = new Set(timestamps.map(({ chain }) => chain)).size
  const evidence: Evidence[] = [
    { name: 'version', expected: '1', found: `${version}` },
    { name: 'chains', found: `${chains}` },
    { name: 'archiveTimeStamps', found: `${timestamps.length}` },
    { name: 'digestAlgorithms', found: digestAlgorithms.join(' ') },
    // What is not used here is named.
    ...cryptoInfos.map((type) => ({ name: 'cryptoInfos', found: type })),
    ...(encryptionInfo === null ? [] : [{ name: 'encryptionInfo', found: encryptionInfo }]),
    ...timestamps
      .flatMap(({ path, attributes }) => attributes.map((type) => ({ name: `${path} attributes`, found: type })))
      .slice(0, ATTRIBUTES_SHOWN),
  ]
  if (version !== 1) return answer(id, WHOLE, 'INDETERMINATE:version', evidence)
  const unannounced = timestamps.flatMap(({ digest }) =>
    digest === null || digestAlgorithms.includes(digest) ? [] : [digest],
  )
  // RFC 4998 §3 wants every digest announced, and nothing is worked out from the list.
  return answer(id, WHOLE, unannounced.length > 0 ? 'PASSED:digest-not-announced' : 'PASSED', evidence)
}

/** Whether every file is among those that the initial archive time-stamp is over (RFC 4998 §4.3). */
export function checkEvidenceRecordData({ timestamps, encryptionInfo }: EvidenceRecordFacts): Finding {
  const id = 'evidence.data'
  const initial = timestamps[0]
  if (initial === undefined) return answer(id, WHOLE, 'INDETERMINATE:not-read')
  const { covers, digest, others, token } = initial
  const evidence: Evidence[] = [
    { name: 'digest', found: digest ?? 'unread' },
    { name: 'others', found: `${others}` },
    ...covers
      .flatMap(({ what, hash, found }) =>
        hash === null ? [] : [{ name: what, found: `${hash}${found ? '' : ' (not listed)'}` }],
      )
      .slice(0, OBJECTS_SHOWN),
  ]
  const counts = { files: covers.length, covered: covers.filter(({ found }) => found).length, others }
  if (covers.some(({ hash }) => hash === null)) {
    const outcome = isKnown(digest) ? 'INDETERMINATE:unreadable' : 'INDETERMINATE:unsupported'
    return { ...answer(id, WHOLE, outcome, evidence), counts }
  }
  const missing = covers.filter(({ found }) => !found)
  if (missing.length === 0) return { ...answer(id, WHOLE, 'PASSED', evidence), counts }
  // Without a tree only the time-stamp says what it is over.
  if (initial.tree === 'none' && token.tstInfo === null)
    return { ...answer(id, WHOLE, 'INDETERMINATE:not-read', evidence), counts }
  // RFC 4998 §6: the digests may be those of what the files were encrypted to.
  const value = encryptionInfo === null && initial.tree !== 'hash-length' ? 'FAILED' : 'INDETERMINATE'
  const reason = encryptionInfo !== null ? 'encryption-info' : value === 'FAILED' ? 'differs' : 'hash-length'
  const exceptions = missing.slice(0, OBJECTS_SHOWN).map(
    ({ what, hash }): Exception => ({
      path: what,
      value,
      reason: 'not-in-record',
      ...(hash === null ? {} : { found: hash }),
    }),
  )
  const indication = value === 'FAILED' ? 'HASH_FAILURE' : 'SIGNED_DATA_NOT_FOUND'
  const omitted = missing.length - exceptions.length
  return {
    ...answer(id, WHOLE, `${value}:${reason}`, evidence, indication),
    counts,
    exceptions,
    ...(omitted > 0 ? { exceptionsOmitted: omitted } : {}),
  }
}

const OBJECTS_SHOWN = 1000
/** What a renewal is not over: the exceptions of `evidence.data` have every file. */
const LOST_SHOWN = 20
/** Sizes of lists; a tree over 2^32 files leaves 33. */
const LISTS_SHOWN = 64
const ATTRIBUTES_SHOWN = 100

/** Whether a time-stamp is over the root of its own hash tree (RFC 4998 §4.3, steps 3 and 4). */
export function checkHashTree(stamp: ArchiveTimeStampFacts): Finding {
  const id = 'evidence.hash-tree'
  const subject = ofStamp(stamp)
  const { digest, tree, lists, root, token } = stamp
  const info = token.tstInfo
  const evidence: Evidence[] = [
    { name: 'digest', found: digest ?? 'unread' },
    { name: 'lists', found: lists.length > LISTS_SHOWN ? `${lists.length} lists` : lists.join(' ') },
    ...(info === null
      ? []
      : [{ name: 'hashedMessage', ...(root === null ? {} : { expected: root }), found: info.hashedMessage }]),
  ]
  if (info === null) return answer(id, subject, 'INDETERMINATE:not-read', evidence)
  if (!isKnown(digest)) return answer(id, subject, 'INDETERMINATE:unsupported', evidence)
  if (tree === 'hash-length') return answer(id, subject, 'INDETERMINATE:hash-length', evidence)
  // RFC 4998 §4.3, step 4: both are the same.
  if (info.imprintAlgorithm !== digest) {
    const imprint = { name: 'hashAlgorithm', expected: digest, found: info.imprintAlgorithm }
    return answer(id, subject, 'INDETERMINATE:digest-differs', [...evidence, imprint])
  }
  if (tree === 'none') return answer(id, subject, 'PASSED:no-tree', evidence)
  if (root === null) return answer(id, subject, 'INDETERMINATE:unsupported', evidence)
  if (root === info.hashedMessage) return answer(id, subject, 'PASSED', evidence)
  return answer(id, subject, 'FAILED:differs', evidence, 'HASH_FAILURE')
}

/**
 * Whether a later archive time-stamp is over what it renews: the time-stamp before it in its chain (RFC 4998 §5.2, time-stamp
 * renewal), or the files together with all older chains (hash-tree renewal).
 */
export function checkEvidenceRecordRenewal(stamp: ArchiveTimeStampFacts, before: ArchiveTimeStampFacts): Finding {
  const id = 'evidence.renewal'
  const subject = ofStamp(stamp)
  const { covers, position, digest } = stamp
  const lost = covers.filter(({ found }) => !found)
  const evidence: Evidence[] = [
    { name: 'renews', found: before.path },
    { name: 'digest', found: digest ?? 'unread' },
    ...lost.slice(0, LOST_SHOWN).map(({ what, hash }) => ({ name: what, expected: hash ?? 'not computed' })),
  ]
  if (lost.length === 0) return answer(id, subject, position > 0 ? 'PASSED:time-stamp' : 'PASSED:hash-tree', evidence)
  if (lost.some(({ hash }) => hash === null)) {
    return answer(
      id,
      subject,
      isKnown(digest) ? 'INDETERMINATE:unreadable' : 'INDETERMINATE:unsupported',
      evidence,
      'NO_POE',
    )
  }
  const asked: Evidence = { name: 'record', missing: 'evidence-record' }
  return answer(id, subject, 'INDETERMINATE:not-linked', [...evidence, asked], 'NO_POE')
}

/** RFC 4998 §5.1: archive time-stamps are in ascending order of time, the accuracy of both considered. */
export function checkEvidenceRecordOrder(stamp: ArchiveTimeStampFacts, before: ArchiveTimeStampFacts): Finding {
  const id = 'evidence.order'
  const subject = ofStamp(stamp)
  const [later, earlier] = [stamp.token.tstInfo, before.token.tstInfo]
  if (later === null || earlier === null) return answer(id, subject, 'INDETERMINATE:unknown', [], 'NO_POE')
  const bounds = (info: typeof later): readonly [Instant, Instant] => [
    addMicroseconds(genTimeOf(info), -(info.accuracyMicroseconds ?? 0)),
    upperBoundOf(info),
  ]
  const [[from, to], [since, until]] = [bounds(later), bounds(earlier)]
  const evidence: Evidence[] = [
    { name: 'genTime', expected: `after ${formatInstant(until)} (${before.path})`, found: formatInstant(from) },
  ]
  if (compareInstants(from, until) > 0) return answer(id, subject, 'PASSED', evidence)
  // It holds the other's digest, so one came after the other, and their accuracies allow it.
  if (compareInstants(to, since) > 0) return answer(id, subject, 'PASSED:within-accuracy', evidence)
  return answer(id, subject, 'INDETERMINATE:not-later', evidence, 'TIMESTAMP_ORDER_FAILURE')
}

/**
 * Whether the digests of one chain counted until a believed later chain took their place, or still count at the validation
 * time (RFC 4998 §5.3): a time-stamp that was renewed in time proves nothing of files whose digest has ended since.
 *
 * `stamps`: of the chain. `replaced`: times by which believed later chains prove files and chain.
 */
export function checkEvidenceRecordDigest(
  stamps: readonly ArchiveTimeStampFacts[],
  replaced: readonly Instant[],
  { policy, validationTime }: Judgement,
): Finding {
  const id = 'evidence.digest'
  const subject: Subject = { ...WHOLE, at: `archiveTimeStampChain[${stamps[0]?.chain ?? 0}]` }
  const digests = [...new Set(stamps.map(({ digest }) => digest))]
  const evidence: Evidence[] = digests.map((digest) => ({ name: 'digest', found: digest ?? 'unread' }))
  const known = digests.filter(isKnown)
  if (known.length < digests.length) return answer(id, subject, 'INDETERMINATE:unsupported', evidence)
  // RFC 4998 §5.3: all of a chain use the same.
  if (known.length > 1) return answer(id, subject, 'INDETERMINATE:mixed', evidence)
  const weaknessAt = (time: Instant) => known.flatMap((digest) => digestWeakness(digest, policy, time) ?? [])
  const now = weaknessAt(validationTime)
  if (now.length === 0) return answer(id, subject, 'PASSED', evidence)
  const inTime = replaced.toSorted(compareInstants).find((time) => weaknessAt(time).length === 0)
  if (inTime !== undefined) {
    return answer(id, subject, 'PASSED:replaced', [...evidence, { name: 'replaced', found: formatInstant(inTime) }])
  }
  const found: Evidence[] = [
    ...now.map(({ part, expected, found: met }) => ({ name: part, expected, found: met })),
    { name: 'validationTime', found: formatInstant(validationTime) },
    ...replaced.map((time) => ({ name: 'replacedTooLate', found: formatInstant(time) })),
    { name: 'renewal', missing: 'evidence-record' },
  ]
  const reason = now.some(({ kind }) => kind === 'weak') ? 'weak' : 'ended'
  return answer(id, subject, `INDETERMINATE:${reason}`, [...evidence, ...found], 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE')
}
