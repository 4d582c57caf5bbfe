import { infoValues } from './bundle/bag-facts.ts'
import { canonicalise } from './json/canonicalise.ts'
import type { Assessment } from './model/assess.ts'
import { toHex } from './model/bytes.ts'
import type { Facts, FactsFile } from './model/facts.ts'
import type { Finding } from './model/finding.ts'
import { formatInstant } from './model/instant.ts'
import type { Judgement } from './model/judgement.ts'
import type { SmallDigest } from './model/ports.ts'
import type { Report, ReportBody, ReportSubject, SignatureSummary } from './model/report.ts'
import { ENGINE_VERSION } from './version.ts'

/** What the report says besides facts: conclusions of one judgement. */
export interface Conclusions {
  readonly findings: readonly Finding[]
  readonly assessment: Assessment
  readonly signatures: readonly SignatureSummary[]
  readonly bestSignatureTime: string | null
}

/** Puts the body together, and apart from it what is true of this copy only. */
export function assembleReport(
  file: FactsFile,
  judgement: Judgement,
  { findings, assessment, signatures, bestSignatureTime }: Conclusions,
  smallDigest: SmallDigest,
): Report {
  const { facts, container } = file
  const { policy, policySha256, trustSet, validationTime, inputs } = judgement
  const body: ReportBody = {
    report: 'probatum/report/1-draft',
    engine: { name: 'probatum', version: ENGINE_VERSION },
    content: facts.content,
    inventory: facts.inventory,
    subject: subjectOf(facts),
    inputs,
    policy: { id: policy.id, sha256: policySha256 },
    trustSet:
      trustSet === null
        ? null
        : {
            sha256: trustSet.sha256,
            issuer: trustSet.file.issuer,
            number: trustSet.file.number,
            date: trustSet.file.date,
            reviewBy: trustSet.file.reviewBy,
            sample: trustSet.file.sample ?? false,
          },
    validationTime: formatInstant(validationTime),
    bestSignatureTime,
    signatures,
    findings,
    assessment,
  }
  const sha256 = (value: object) => toHex(smallDigest('sha256', canonicalise(value)))
  let ofFacts: string | undefined
  let ofFindings: string | undefined
  const digests = {
    // When they are asked for: the facts name every small file, and a verdict in words shows neither.
    get facts() {
      ofFacts ??= sha256(facts)
      return ofFacts
    },
    get findings() {
      ofFindings ??= sha256(findings)
      return ofFindings
    },
    whole: sha256(body),
  }
  return { body, envelope: { container, digests } }
}

function subjectOf(facts: Facts): ReportSubject {
  const record = facts.records?.record ?? null
  return {
    kind: facts.kind,
    bundleId: facts.bundleId,
    // A signature alone seals no bundle.
    sealIds:
      facts.kind === 'signature' || facts.kind === 'document'
        ? []
        : facts.signatures.map(({ path, sha256 }) => ({ file: path, sha256 })),
    externalIdentifier: facts.bag === null ? null : (infoValues(facts.bag.info, 'External-Identifier')[0] ?? null),
    format: formatOf(facts),
    issuer: record?.issuer.name ?? null,
    recipient: record?.recipient?.name ?? null,
    sample: record?.sample ?? facts.document?.data.sample ?? false,
    payloadFiles: facts.bag?.payload.files ?? 0,
    payloadBytes: facts.bag?.payload.bytes ?? 0,
  }
}

function formatOf(facts: Facts): string {
  if (facts.kind === 'timestamp') return 'RFC 3161'
  if (facts.kind === 'signature') return 'RFC 5652'
  if (facts.kind === 'certificate') return 'RFC 5280'
  if (facts.kind === 'document') return 'PDF'
  if (facts.kind === 'evidence-record') return 'RFC 4998'
  if (facts.records !== null) return facts.records.format ?? 'unknown'
  return `BagIt ${facts.bag?.declaration.version ?? 'unknown'}`
}

/** The same report, with the note that saved facts were judged. */
export function ofSavedFacts({ body, envelope }: Report): Report {
  return { body, envelope: { ...envelope, savedFacts: true } }
}

/** RFC 8785 bytes of a report, body and envelope. */
export function serializeReport(report: Report): Uint8Array {
  return canonicalise(report)
}
