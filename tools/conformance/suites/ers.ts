import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Certificate,
  collectCertificates,
  digestOfBytes,
  equalBytes,
  establishEvidenceRecordFacts,
  judge,
  PLAIN_INPUTS,
  type TrustSet,
} from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { parseEvidenceRecord } from '../../../packages/core/src/pki/evidence-record.ts'
import { parsePolicy } from '../../../packages/core/src/policies/parse-policy.ts'
import { ROOT } from '../../setup.mjs'
import { instant } from '../../testing/judgement.ts'
import type { CaseResult, Suite } from '../suite.ts'

/** Every record of the data, with the file beside it. */
const RECORDS = [
  '1Chain1ATS/BIN_ER.ers',
  '1Chain2ATS/BIN_ER.ers',
  '1Chain2ATS/testRenewal.ers',
  '2Chains3ATS/BIN_ER.ers',
] as const
/** The last of their time-stamps is of 2018-04-03, and the certificates of all hold on the next day. */
const VALIDATION_TIME = '2018-04-04T00:00:00Z'

/** Evidence records of the ERS test tool. All are valid; each is asked about another file too, which is not in it. */
export const suite: Suite = {
  name: 'ers',
  run: async (data) => {
    const results: CaseResult[] = []
    for (const name of RECORDS) {
      const bytes = new Uint8Array(readFileSync(join(data, 'ers', name)))
      const file = new Uint8Array(readFileSync(join(data, 'ers', name, '..', 'BIN.bin')))
      results.push(await judged(name, bytes, file, 'valid'))
      results.push(await judged(`${name} other file`, bytes, file.subarray(1), 'invalid'))
    }
    return results
  },
}

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const policy = parsePolicy(new Uint8Array(readFileSync(join(ROOT, 'test-vectors', 'conformance', 'ers.policy.json'))))

async function judged(
  id: string,
  bytes: Uint8Array,
  file: Uint8Array,
  expected: 'valid' | 'invalid',
): Promise<CaseResult> {
  const facts = await establishEvidenceRecordFacts({ name: id, bytes }, [digestOfBytes(file, ports)], ports)
  const validationTime = instant(VALIDATION_TIME)
  const trustSet = trustSetOf(rootsIn(bytes))
  const { body } = await judge(
    facts,
    { policy, policySha256: '', trustSet, validationTime, inputs: PLAIN_INPUTS },
    ports,
  )
  const { value } = body.assessment.axes.time
  const open = body.findings.filter((finding) => finding.value !== 'PASSED' && finding.value !== 'NOT-CHECKED')
  return {
    id,
    expected,
    got: value === 'NOT-CHECKED' ? 'INDETERMINATE' : value,
    detail: open.map((finding) => `${finding.id} ${finding.value}:${finding.reason}`).join(', '),
  }
}

/**
 * The data names no authorities, so the self-issued certificates that its time-stamps carry are the anchors: in this run, and
 * nowhere else.
 */
function rootsIn(bytes: Uint8Array): readonly Certificate[] {
  const stamps = parseEvidenceRecord(bytes).chains.flatMap(({ timestamps }) => timestamps)
  const sources = stamps.map(({ timeStamp }, index) => ({ path: `${index}`, bytes: timeStamp, kind: 'token' }) as const)
  const { certificates } = collectCertificates(sources, nodeSmallDigest)
  return certificates.filter(({ subject, issuer }) => equalBytes(subject.der, issuer.der))
}

function trustSetOf(roots: readonly Certificate[]): TrustSet {
  const role = 'time-stamp-authority'
  const listed = roots.map(({ der, sha256, subject }) => ({ der, sha256, label: subject.text }))
  return {
    file: {
      trustSet: 'probatum/trust-set/1-draft',
      issuer: 'conformance',
      number: 1,
      date: '2018-04-04',
      reviewBy: '2036-11-23',
      anchors: listed.map(({ der, label }) => ({
        role,
        label,
        source: 'the suite',
        certificate: Buffer.from(der).toString('base64'),
      })),
    },
    sha256: '0'.repeat(64),
    anchors: listed.map((anchor) => ({ ...anchor, anchor: true, role })),
  }
}
