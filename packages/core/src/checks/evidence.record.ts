import { assess } from '../model/assess.ts'
import type { GivenEvidenceRecordFacts, GivenEvidenceRecordsFacts } from '../model/evidence-record-facts.ts'
import type { Facts } from '../model/facts.ts'
import type { Evidence, Finding, Subject } from '../model/finding.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Policy } from '../model/policy.ts'
import type { Ports } from '../model/ports.ts'
import type { TrustSet } from '../model/trust-set.ts'
import { establishTrust, type TrustFacts } from '../pki/trust-facts.ts'
import { CATALOGUE, type FindingId } from './catalogue.ts'
import { judgeEvidenceRecord } from './evidence-record-judge.ts'
import { answer } from './signature-object.ts'

export const RECORD_FINDING: FindingId = 'evidence.record'

/** Paths of the authorities in given records to anchors; null where none was given. */
export async function establishRecordTrust(
  { evidenceRecords, certificates, revocation }: Facts,
  trustSet: TrustSet | null,
  limits: Policy['paths'],
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<TrustFacts | null> {
  if (evidenceRecords === undefined) return null
  // Apart from the seal's: what a record carries must change nothing there.
  const own = new Set(certificates.map(({ sha256 }) => sha256))
  const pool = [...certificates, ...evidenceRecords.certificates.filter(({ sha256 }) => !own.has(sha256))]
  const tokens = evidenceRecords.files.flatMap(({ record }) => (record?.timestamps ?? []).map(({ token }) => token))
  const asked = { signatures: [], tokens, certificates: pool, revocation: evidenceRecords.revocation ?? revocation }
  return establishTrust(asked, trustSet, limits, ports)
}

/** One finding for each record that was given; none where none was. */
export function checkGivenRecords(
  given: GivenEvidenceRecordsFacts | undefined,
  trust: TrustFacts | null,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
  sealKeys: ReadonlySet<string>,
): readonly Finding[] {
  if (given === undefined || trust === null) return []
  return given.files.map((facts) => checkGivenRecord(facts, trust, judgement, contentDigests, sealKeys))
}

const OF_TIME: readonly FindingId[] = CATALOGUE.filter(({ axis }) => axis === 'time' || axis === 'signer').map(
  ({ id }) => id,
)

/** Of each check that did not pass. */
const PROBLEMS_SHOWN = 100
const PATHS_SHOWN = 20

/**
 * Whether an evidence record that was given beside the bundle proves that files of it existed before a time: judged as it is alone,
 * over the files whose digests its first list has. It is not protected by anything in the bundle, and anybody can give one: what is
 * wrong with it costs certainty, and is never FAILED.
 */
export function checkGivenRecord(
  { sha256, failure, files, compared, covered, common = 0, paths, record }: GivenEvidenceRecordFacts,
  trust: TrustFacts,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
  sealKeys: ReadonlySet<string>,
): Finding {
  const id = RECORD_FINDING
  const subject: Subject = { kind: 'evidence-record', name: sha256 }
  const counts = { files, compared, covered, ...(common === 0 ? {} : { common }) }
  const unread = failure ?? record?.failure ?? null
  if (unread !== null || record === null) {
    const evidence: Evidence[] = [
      ...(unread === null ? [] : [{ name: 'error', found: `${unread.code} ${unread.where}` }]),
      { name: 'record', missing: 'evidence-record' },
    ]
    const reason = unread?.code === 'ERR_LIMIT' ? 'limit' : 'malformed'
    return { ...answer(id, subject, `INDETERMINATE:${reason}`, evidence), counts }
  }
  if (covered === 0) {
    // What every bundle has was there before any of them.
    const reason = common > 0 ? 'common' : compared < files ? 'not-compared' : 'foreign'
    const digest = record.timestamps[0]?.digest ?? 'unread'
    const evidence: Evidence[] = [
      { name: 'digest', found: digest },
      { name: 'record', missing: 'evidence-record' },
    ]
    return { ...answer(id, subject, `INDETERMINATE:${reason}`, evidence, 'SIGNED_DATA_NOT_FOUND'), counts }
  }
  const { findings, summary } = judgeEvidenceRecord(record, trust, judgement, contentDigests, sealKeys)
  const isTimeAsked = judgement.policy.requiredAxes.includes('time')
  const policy: Policy = {
    ...judgement.policy,
    requiredAxes: ['time'],
    // A policy that asks for no time says nothing of what a time must show; what contradicts or is open counts all the same.
    mayBeNotChecked: isTimeAsked ? [...judgement.policy.mayBeNotChecked, 'evidence.renewal'] : OF_TIME,
  }
  const assessment = assess(findings, policy)
  const time = summary.bestSignatureTime
  const covers: Evidence[] = paths.slice(0, PATHS_SHOWN).map((path) => ({ name: 'covers', found: path }))
  if (assessment.indication === 'TOTAL-PASSED' && time !== null) {
    return { ...answer(id, subject, 'PASSED', [{ name: 'time', found: time }, ...covers]), counts }
  }
  const initial = record.timestamps[0]?.path
  const isLater = findings.some(
    ({ id: of, reason, subject: about }) =>
      of === 'timestamp.gen-time' && reason === 'in-future' && about.name === initial,
  )
  // As of an earlier day it was not there yet.
  if (isLater) return { ...answer(id, subject, 'NOT-CHECKED:in-future', covers), counts }
  const problems = assessment.axes.time.decisive.flatMap((at) => findings[at] ?? [])
  const evidence = problems
    .slice(0, PROBLEMS_SHOWN)
    .flatMap(({ id: of, value, reason, subject: about, evidence: all }) => [
      { name: `${of} ${about.name}`.trimEnd(), found: reason === undefined ? value : `${value}:${reason}` },
      ...all.filter(({ missing }) => missing !== undefined),
    ])
  const { subIndication = 'NO_POE' } = assessment
  return { ...answer(id, subject, 'INDETERMINATE:unproved', [...evidence, ...covers], subIndication), counts }
}
