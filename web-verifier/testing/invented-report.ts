import {
  assess,
  catalogueEntry,
  type Finding,
  type FindingId,
  type FindingValue,
  PLAIN_INPUTS,
  type Report,
  SHIPPED_POLICIES,
} from '@probatum/core'

const SHA = '0'.repeat(64)

export function finding(id: FindingId, value: FindingValue, given: Partial<Finding> = {}): Finding {
  const { axis, spec } = catalogueEntry(id)
  return { id, axis, value, spec, evidence: [], subject: { kind: 'bundle', name: '' }, ...given }
}

/** An invented report over these findings, for what only looks at its members. */
export function reportOf(
  findings: readonly Finding[],
  body: Partial<Report['body']> = {},
  policyId = 'sealed',
): Report {
  const policy = SHIPPED_POLICIES.find(({ id }) => id === policyId)
  if (policy === undefined) throw new TypeError(`no policy ${policyId}`)
  return {
    body: {
      report: 'probatum/report/1-draft',
      engine: { name: 'probatum', version: '0.1.0' },
      content: { sha256: SHA, files: 9, bytes: 5000 },
      inventory: { sha256: SHA, lines: 9 },
      subject: {
        kind: 'bundle',
        bundleId: SHA,
        sealIds: [],
        externalIdentifier: null,
        format: '1-draft',
        issuer: null,
        recipient: null,
        sample: false,
        payloadFiles: 3,
        payloadBytes: 40,
      },
      inputs: PLAIN_INPUTS,
      policy: { id: policyId, sha256: SHA },
      trustSet: null,
      validationTime: '2026-06-01T00:00:00Z',
      bestSignatureTime: null,
      signatures: [],
      findings,
      assessment: assess(findings, policy),
      ...body,
    },
    envelope: {
      container: { kind: 'zip', name: 'bundle.zip', bytes: 1, oddities: [], leftovers: [], outside: [] },
      digests: { facts: SHA, findings: SHA, whole: SHA },
    },
  }
}
