import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Certificate,
  collectCertificates,
  digestOfBytes,
  establishToken,
  type Finding,
  PLAIN_INPUTS,
  parsePem,
  poolOf,
  type TrustSet,
} from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { checkLoneToken } from '../../../packages/core/src/checks/lone.ts'
import { assess } from '../../../packages/core/src/model/assess.ts'
import { parseCertificate } from '../../../packages/core/src/pki/certificate-parse.ts'
import { establishTrust } from '../../../packages/core/src/pki/trust-facts.ts'
import { parsePolicy } from '../../../packages/core/src/policies/parse-policy.ts'
import { ROOT } from '../../setup.mjs'
import { instant } from '../../testing/judgement.ts'
import type { CaseResult, Suite } from '../suite.ts'

interface TokenCase {
  readonly folder: string
  readonly file: string
  /** The stamped bytes, or the file that holds them. */
  readonly data: string | { readonly file: string }
  readonly chain: string | null
  readonly validationTime: string
  readonly expected: CaseResult['expected']
  /** What the suite refuses it for. */
  readonly meant?: Finding['id']
}

const CLIENT = 'rfc3161-client'
const NOW = '2026-11-23T00:00:00Z'
const sigstage = (file: string, more: Partial<TokenCase> = {}): TokenCase => ({
  folder: `${CLIENT}/sigstage`,
  file,
  data: 'hello',
  chain: 'ts_chain.pem',
  validationTime: NOW,
  expected: 'valid',
  ...more,
})

/** The data's README: what was stamped, and what is to be said of it. */
const CASES: readonly TokenCase[] = [
  sigstage('response-sha256.tsr'),
  sigstage('response-sha384.tsr'),
  sigstage('response-sha512.tsr'),
  sigstage('response-no-embedded-cert.tsr'),
  sigstage('response-invalid-signature.tsr', { expected: 'invalid', meant: 'timestamp.signature' }),
  sigstage('issue-104.tsr', { folder: `${CLIENT}/identrust`, validationTime: '2025-03-11T12:00:00Z' }),
  sigstage('response-expired.tsr', {
    folder: `${CLIENT}/sigstore.mock`,
    data: { file: 'payload' },
    expected: 'invalid',
    meant: 'timestamp.believed',
  }),
  sigstage('response.tsr', { folder: `${CLIENT}/test_tsa` }),
  sigstage('other_response.tsr', { folder: `${CLIENT}/test_tsa`, expected: 'invalid', meant: 'timestamp.path' }),
  sigstage('globalsign-2014-sha1.tsr', { folder: '.', chain: null, expected: 'invalid', meant: 'timestamp.path' }),
]

export const suites: readonly Suite[] = [
  { name: 'tsp', run: (data) => Promise.all(CASES.map((one) => judge(data, one))) },
]

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const policy = parsePolicy(new Uint8Array(readFileSync(join(ROOT, 'test-vectors', 'conformance', 'tsp.policy.json'))))

async function judge(data: string, one: TokenCase): Promise<CaseResult> {
  const folder = join(data, 'tsp', one.folder)
  const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)))
  const bytes = read(one.file)
  const stamped = typeof one.data === 'string' ? new Uint8Array(Buffer.from(one.data)) : read(one.data.file)
  const chain = one.chain === null ? [] : chainOf(read(one.chain))
  const sources = [
    { path: one.file, bytes, kind: 'token' } as const,
    ...chain.map(({ sha256, der }) => ({ path: sha256, bytes: der, kind: 'certificate' }) as const),
  ]
  const pool = collectCertificates(sources, nodeSmallDigest).certificates
  const evidence = digestOfBytes(stamped, ports)
  const token = await establishToken({ path: one.file, label: '', bytes }, evidence, pool, ports)
  const trustSet = trustSetOf(chain.at(-1))
  const certificates = poolOf(pool)
  const trust = await establishTrust({ signatures: [], tokens: [token], certificates }, trustSet, policy.paths, ports)
  const validationTime = instant(one.validationTime)
  const findings = checkLoneToken(
    token,
    trust,
    { policy, policySha256: '', trustSet, validationTime, inputs: PLAIN_INPUTS },
    new Set(),
  )
  const value = assess(findings, policy).axes.time.value
  const open = findings.filter((finding) => finding.value !== 'PASSED' && finding.value !== 'NOT-CHECKED')
  return {
    id: `${one.folder}/${one.file}`,
    expected: one.expected,
    got: value === 'NOT-CHECKED' ? 'INDETERMINATE' : value,
    ...(one.meant === undefined ? {} : { meant: open.some(({ id }) => id === one.meant) }),
    detail: open.map((finding) => `${finding.id} ${finding.value}:${finding.reason}`).join(', '),
  }
}

function chainOf(bytes: Uint8Array): Certificate[] {
  const ders = bytes[0] === 0x30 ? [bytes] : parsePem(bytes).map(({ der }) => der)
  return ders.map((der) => parseCertificate(der))
}

/** The last certificate of the chain is what its maker trusts. */
function trustSetOf(root: Certificate | undefined): TrustSet | null {
  if (root === undefined) return null
  const role = 'time-stamp-authority'
  const label = root.subject.text
  const certificate = Buffer.from(root.der).toString('base64')
  return {
    file: {
      trustSet: 'probatum/trust-set/1-draft',
      issuer: 'conformance',
      number: 1,
      date: '2026-11-23',
      reviewBy: '2036-11-23',
      anchors: [{ role, label, source: 'the suite', certificate }],
    },
    sha256: '0'.repeat(64),
    anchors: [{ anchor: true, role, label, sha256: root.sha256, der: root.der }],
  }
}
