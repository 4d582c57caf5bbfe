import { comparePaths } from '../model/bytes.ts'
import type { Finding } from '../model/finding.ts'
import { compareInstants, type Instant, parseInstant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import type { SignatureSummary } from '../model/report.ts'
import type { SignatureFileFacts } from '../pki/facts.ts'
import type { TrustFacts } from '../pki/trust-facts.ts'
import { inCatalogueOrder } from './finding.ts'
import type { DueGroup } from './renewal.due.ts'
import { dueGroupOf } from './renewal.ts'
import { NO_RENEWAL, type RenewalProofs } from './renewal-proofs.ts'
import { checkSignaturePresent, SEAL_FOLDER } from './signature.ts'
import { type CertifyingKeys, judgeSignatureFile, keysThatSealed } from './signature-file.ts'
import type { Declaration } from './signature-object.ts'
import { checkTimestampPresent, checkTimestampsUnread } from './timestamp.declared.ts'
import type { TrustContext } from './timestamp-token.ts'
import { checkTrustOutside, isTrustSetInside } from './trust.outside.ts'

/** Findings about all signatures of a bundle, and what the report says of each. */
export interface JudgedSignatures {
  readonly findings: readonly Finding[]
  readonly summaries: readonly SignatureSummary[]
  /** The time-stamps over each declared signature file that is here; over each, without a declaration. */
  readonly groups: readonly DueGroup[]
  readonly certifiedBy: CertifyingKeys
}

/**
 * Every finding about signers, times and what trust rests on, in the order of the catalogue.
 * `record`: null for a bag that is no bundle of ours. `contentDigests`: SHA-256, hex, of the files judged, at least of
 * all small ones; a trust set among them is refused. `validationCovered`: as SignerContext has it.
 */
export function checkSignatures(
  signatures: readonly SignatureFileFacts[],
  trust: TrustFacts,
  record: Declaration | null,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
  validationCovered = false,
): Finding[] {
  const { findings } = judgeSignatures(signatures, trust, record, judgement, contentDigests, validationCovered)
  return inCatalogueOrder(findings)
}

/** For each signature file: who made it, and since when it is proved to exist. Same parameters as `checkSignatures`. */
export function summariseSignatures(
  signatures: readonly SignatureFileFacts[],
  trust: TrustFacts,
  record: Declaration | null,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
  validationCovered = false,
): readonly SignatureSummary[] {
  return judgeSignatures(signatures, trust, record, judgement, contentDigests, validationCovered).summaries
}

/**
 * The bundle's bestSignatureTime, RFC 3339: the latest among its declared signature files; null when one of them has
 * none or is absent. Without a declaration, among the files that are here.
 */
export function bestSignatureTimeOf(summaries: readonly SignatureSummary[], record: Declaration | null): string | null {
  const declared = record?.record?.seal.map(({ file }) => `${SEAL_FOLDER}${file}`) ?? summaries.map(({ file }) => file)
  const times = declared.map((path) => summaries.find(({ file }) => file === path)?.bestSignatureTime ?? null)
  let latest: { readonly text: string; readonly instant: Instant } | null = null
  for (const text of times) {
    const instant = text === null ? undefined : parseInstant(text)
    if (text === null || instant === undefined) return null
    if (latest === null || compareInstants(instant, latest.instant) > 0) latest = { text, instant }
  }
  return latest?.text ?? null
}

/** Both at once. `renewal`: what later seal levels prove. */
export function judgeSignatures(
  signatures: readonly SignatureFileFacts[],
  trust: TrustFacts,
  record: Declaration | null,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
  validationCovered: boolean,
  renewal: RenewalProofs = NO_RENEWAL,
): JudgedSignatures {
  const trustSetInside = isTrustSetInside(judgement, contentDigests)
  const sealKeys = keysThatSealed(signatures, record, trust)
  const context: TrustContext = { trust, judgement, trustSetInside, validationCovered, renewal, sealKeys }
  const rests = signatures.length > 0 ? 'something' : 'nothing'
  const findings: Finding[] = [
    checkSignaturePresent(signatures, record),
    checkTrustOutside(judgement, contentDigests, rests),
  ]
  if (signatures.length === 0) {
    const subject = { kind: record === null ? 'bag' : 'bundle', name: '' } as const
    const declared = record?.record?.seal.map(({ timestamps }) => timestamps) ?? []
    const needed = record === null ? 0 : Math.max(judgement.policy.timestamps.atLeast, ...declared)
    // Without the file that they are over they are over nothing; with one that could not be read they are only not judged.
    const tokensHere = (record?.seal ?? []).flatMap(({ present, tokens }) => (present ? tokens : []))
    findings.push(
      tokensHere.length > 0
        ? checkTimestampsUnread(subject, tokensHere, needed)
        : checkTimestampPresent(subject, 0, needed),
    )
  }
  const summaries: SignatureSummary[] = []
  const groups: DueGroup[] = []
  const certifiedBy = new Map<string, readonly Uint8Array[]>()
  const declared = new Set(record?.record?.seal.map(({ file }) => `${SEAL_FOLDER}${file}`))
  for (const file of signatures.toSorted((a, b) => comparePaths(a.path, b.path))) {
    const judged = judgeSignatureFile(file, record, context)
    findings.push(...judged.findings)
    summaries.push(judged.summary)
    for (const [sha256, keys] of judged.certifiedBy)
      certifiedBy.set(sha256, [...(certifiedBy.get(sha256) ?? []), ...keys])
    if (declared.size === 0 || declared.has(file.path)) groups.push(dueGroupOf(judged.tokens, judged.needed))
  }
  return { findings, summaries, groups, certifiedBy }
}
