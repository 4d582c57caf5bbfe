import type { BundleRecord, RecordFacts } from '../bundle/record-facts.ts'
import { establishLogTrust, type LogTrust } from '../custody/log-trust.ts'
import { toHex } from '../model/bytes.ts'
import type { FactsFile } from '../model/facts.ts'
import type { Finding } from '../model/finding.ts'
import { type Instant, parseInstant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Policy } from '../model/policy.ts'
import type { Ports, SmallDigest } from '../model/ports.ts'
import type { TrustSet } from '../model/trust-set.ts'
import type { Certificate } from '../pki/certificate.ts'
import { parseCertificate } from '../pki/certificate-parse.ts'
import type { CmsFacts } from '../pki/facts.ts'
import { isEstablished, signingCandidate } from '../pki/trust-candidate.ts'
import { establishTrust } from '../pki/trust-facts.ts'
import { ed25519Octets } from '../proofs/signed-note.ts'
import { CATALOGUE, type FindingId } from './catalogue.ts'
import { checkHandovers, type HandoverTrust } from './custody.handover.ts'
import { checkCustody } from './custody.ts'
import { checkDisclosure } from './disclosure.ts'
import { GIVEN_FINDINGS } from './disclosure-given.ts'
import { makeFinding } from './finding.ts'
import { checkLog } from './log.ts'

const AXES_OF_HISTORY: readonly string[] = ['custody', 'log', 'disclosure']
/** Every finding about custody, log and disclosure, in the order of the catalogue. */
export const HISTORY_FINDINGS: readonly FindingId[] = CATALOGUE.filter(
  ({ axis, id }) => AXES_OF_HISTORY.includes(axis) && !GIVEN_FINDINGS.includes(id),
).map(({ id }) => id)

/** What the history is judged by, beside its facts and the judgement. */
export interface HistoryContext {
  readonly logTrust: LogTrust
  /** Null where the signatures are not at hand. */
  readonly handoverTrust: HandoverTrust | null
  readonly judgement: Judgement
  readonly trustSetInside: boolean
  /** Of the bundle, RFC 3339; null without one. */
  readonly bestSignatureTime: string | null
  /** Keys that are never a log's: fingerprints, see `keysOfSigners`. */
  readonly otherKeys: ReadonlySet<string>
}

/**
 * The findings about custody, log and disclosure.
 * @param facts null for a bag that is none of our bundles: it has no such records
 * @param context null where there is no history to judge
 */
export function checkHistory(facts: RecordFacts | null, context: HistoryContext | null): readonly Finding[] {
  const history = facts?.history ?? null
  if (facts === null || history === null || context === null) {
    const subject = { kind: 'bundle', name: '' } as const
    const reason = facts === null ? 'foreign-bag' : 'unknown-format'
    return HISTORY_FINDINGS.map((id) => makeFinding(id, 'NOT-CHECKED', { reason, subject }))
  }
  const record: BundleRecord | null = facts.record
  return [
    ...checkCustody(history, record, context.bestSignatureTime),
    checkHandovers(history.custody, context.handoverTrust, {
      judgement: context.judgement,
      time: timeOf(context),
      timeSource: context.bestSignatureTime === null ? 'validationTime' : 'bestSignatureTime',
      trustSetInside: context.trustSetInside,
    }),
    ...checkLog(history, {
      record,
      trust: context.logTrust,
      hasTrustSet: context.judgement.trustSet !== null,
      trustSetInside: context.trustSetInside,
      time: timeOf(context),
      validationTime: context.judgement.validationTime,
      otherKeys: context.otherKeys,
    }),
    ...checkDisclosure(history.disclosure),
  ]
}

function timeOf({ bestSignatureTime, judgement }: HistoryContext): Instant {
  const best = bestSignatureTime === null ? undefined : parseInstant(bestSignatureTime)
  return best ?? judgement.validationTime
}

/**
 * `establishLogTrust` where there is a history; null where there is none.
 * @param trustSet null when none was given, or when it is refused because it lies in what is judged
 */
export async function establishHistoryTrust(
  facts: RecordFacts | null,
  trustSet: TrustSet | null,
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<LogTrust | null> {
  const history = facts?.history ?? null
  return history === null ? null : establishLogTrust(history, trustSet, ports)
}

/** Paths of whoever signed hand-overs to anchors of role `handover`; null where there is no signature to judge. */
export async function establishHandoverTrust(
  { facts, handovers }: Pick<FactsFile, 'facts' | 'handovers'>,
  trustSet: TrustSet | null,
  limits: Policy['paths'],
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<HandoverTrust | null> {
  if (handovers === undefined) return null
  // Apart from the seal's: what a hand-over carries must change nothing there, whether it is saved or not.
  const certificates = [
    ...facts.certificates,
    ...handovers.certificates.filter(({ sha256 }) => !facts.certificates.some((one) => one.sha256 === sha256)),
  ]
  const asked = {
    signatures: [],
    tokens: [],
    certificates,
    revocation: facts.revocation,
    handovers: handovers.signatures,
  }
  return { handovers, trust: await establishTrust(asked, trustSet, limits, ports) }
}

/**
 * Fingerprints of the Ed25519 keys that serve another purpose: SHA-256 of their 32 octets. Those that really signed, and
 * those of the trust set; a certificate that merely lies about is nobody's doing.
 */
export function keysOfSigners(
  signatures: readonly { readonly cms: CmsFacts | null }[],
  certificates: ReadonlyMap<string, Certificate>,
  judgement: Judgement,
  smallDigest: SmallDigest,
): ReadonlySet<string> {
  const keys = new Set<string>()
  const add = (spki: Uint8Array | undefined) => {
    const octets = spki === undefined ? undefined : ed25519Octets(spki)
    if (octets !== undefined) keys.add(toHex(smallDigest('sha256', octets)))
  }
  for (const { cms } of signatures) {
    for (const signer of cms?.signers ?? []) {
      const candidate = cms === null ? null : signingCandidate(signer, cms)
      if (cms === null || candidate === null || candidate.signature !== 'valid') continue
      if (isEstablished(candidate, cms)) add(certificates.get(candidate.certificate)?.spki)
    }
  }
  for (const { der } of judgement.trustSet?.anchors ?? [])
    add(parseCertificate(der, (bytes) => smallDigest('sha256', bytes)).spki)
  return keys
}
