import {
  canonicalise,
  type FactsFile,
  ParseError,
  type Policy,
  parseCertificate,
  parseFacts,
  parsePolicy,
  parseReport,
  parseTrustSet,
  type Report,
  type SmallDigest,
  type TrustSet,
  toHex,
} from '@probatum/core'
import type { CertificateRequest } from '@probatum/words/certificate'
import { parseRequest } from './request.ts'

/** Names under which a certificate carries what it is made from; nothing else is needed to make it again. */
export const ATTACHMENT_NAMES = {
  request: 'certificate.json',
  report: 'report.json',
  facts: 'facts.json',
  inventory: 'inventory.jsonl',
  policy: 'policy.json',
  trustSet: 'trust-set.json',
} as const

/** The attached files' bytes. */
export interface CertificateFiles {
  readonly request: Uint8Array
  readonly report: Uint8Array
  readonly facts: Uint8Array
  readonly inventory: Uint8Array
  readonly policy: Uint8Array
  readonly trustSet: Uint8Array | null
}

/** The attached files, read and compared with each other. */
export interface ReadCertificateFiles {
  readonly request: CertificateRequest
  readonly report: Report
  readonly facts: FactsFile
  readonly policy: Policy
  readonly trustSet: TrustSet | null
}

/**
 * Reads the files that a certificate is made from, and compares every digest that one of them states of another: none of
 * them can be exchanged without certificate.json, and so the certificate id, being another.
 * @throws ParseError with the file and what does not agree
 */
export function readCertificateFiles(files: CertificateFiles, smallDigest: SmallDigest): ReadCertificateFiles {
  const request = parseRequest(files.request)
  const { attachments } = request
  const sha256 = (bytes: Uint8Array) => toHex(smallDigest('sha256', bytes))
  for (const key of ['report', 'facts', 'inventory', 'policy', 'trustSet'] as const) {
    const bytes = files[key]
    const found = bytes === null ? 'none' : sha256(bytes)
    requireSame(ATTACHMENT_NAMES[key], attachments[key] ?? 'none', found)
  }
  const report = parseReport(files.report, smallDigest, ATTACHMENT_NAMES.report)
  const facts = parseFacts(files.facts, ATTACHMENT_NAMES.facts)
  const policy = parsePolicy(files.policy)
  const trustSet = files.trustSet === null ? null : parseTrustSet(files.trustSet, parseCertificate, smallDigest)
  const { body, envelope } = report
  requireSame('report.json body.inventory', attachments.inventory, body.inventory.sha256)
  requireSame('report.json body.policy', attachments.policy, body.policy.sha256)
  requireSame('report.json body.trustSet', attachments.trustSet ?? 'none', body.trustSet?.sha256 ?? 'none')
  requireSame('report.json envelope.digests.facts', sha256(canonicalise(facts.facts)), envelope.digests.facts)
  if (facts.opened !== undefined || facts.handovers !== undefined || facts.consents !== undefined)
    throw new ParseError('ERR_FACTS', { where: 'facts.json', expected: 'no opened values in a certificate' })
  return { request, report, facts, policy, trustSet }
}

function requireSame(where: string, expected: string, found: string): void {
  if (expected !== found) throw new ParseError('ERR_REPORT', { where, expected, found })
}
