import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  digestOfBytes,
  encodeUtf8,
  establishBundleFacts,
  establishEvidenceRecordFacts,
  type FactsFile,
  type Finding,
  judge,
  PLAIN_INPUTS,
  parseCertificate,
  type Report,
  type TrustSet,
  toHex,
} from '@probatum/core'
import { nodePorts, nodeSignatureVerifier, nodeSmallDigest, openDirectory } from '@probatum/platform/node'
import { instant, shippedPolicy } from '../testing/judgement.ts'
import { EVIDENCE_RECORD_ROOTS, type EvidenceRecordVector } from './evidence-records.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }

const trustSet = {
  sha256: '0'.repeat(64),
  anchors: EVIDENCE_RECORD_ROOTS.map((der) => {
    const { sha256, subject } = parseCertificate(der)
    return { anchor: true, role: 'time-stamp-authority', label: subject.text, der, sha256 }
  }),
  file: { issuer: 'Example Compiler (sample)', number: 1, date: '2026-01-01', reviewBy: '2050-01-01' },
} as unknown as TrustSet

export const factsOf = ({ record, data }: Pick<EvidenceRecordVector, 'record' | 'data'>) =>
  establishEvidenceRecordFacts(
    { name: 'record.ers', bytes: record },
    data.map((content) => digestOfBytes(encodeUtf8(content), ports)),
    ports,
  )

/** The report on a record under the shipped policy `sealed`. */
export async function reportOf(
  vector: Pick<EvidenceRecordVector, 'record' | 'data' | 'validationTime'>,
  trusted: TrustSet | null = trustSet,
): Promise<Report> {
  return judgeFacts(await factsOf(vector), vector.validationTime, trusted)
}

export async function judgeFacts(file: FactsFile, at: string, trusted: TrustSet | null = trustSet): Promise<Report> {
  const policy = shippedPolicy('sealed')
  const validationTime = instant(at)
  return judge(
    file,
    { policy, policySha256: '1'.repeat(64), trustSet: trusted, validationTime, inputs: PLAIN_INPUTS },
    ports,
  )
}

/** What verification says of a bag that has the files of a vector, and another one, with the record beside it. */
export async function besideBag({
  record,
  data,
  validationTime,
}: Pick<EvidenceRecordVector, 'record' | 'data' | 'validationTime'>): Promise<{ facts: FactsFile; report: Report }> {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-record-beside-'))
  const bagPorts = nodePorts({ jobs: 1 })
  try {
    mkdirSync(join(folder, 'data'))
    const payload = [...data, 'INVENTED SAMPLE: a file of which no record says anything']
    const manifest = payload.map((content, at) => {
      writeFileSync(join(folder, `data/${at}.txt`), content)
      return `${toHex(ports.smallDigest('sha256', encodeUtf8(content)))}  data/${at}.txt\n`
    })
    writeFileSync(join(folder, 'manifest-sha256.txt'), manifest.join(''))
    writeFileSync(join(folder, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    const source = await openDirectory(folder)
    const request = { digests: 'all', name: 'bag', bytes: null, evidenceRecords: [record] } as const
    const { factsFile } = await establishBundleFacts(source, bagPorts, request)
    return { facts: factsFile, report: await judgeFacts(factsFile, validationTime) }
  } finally {
    await bagPorts.close()
    rmSync(folder, { recursive: true })
  }
}

/** The vectors have no revocation data, and what stands in a record is never a response. When to renew is a test of its own. */
const LEFT_OUT: readonly string[] = ['timestamp.revocation', 'timestamp.status', 'renewal.due']

/** `id VALUE:reason` of what is not a plain PASSED, but for candidate paths. */
export function outcomesOf({ body }: Report): string[] {
  const isTold = ({ id, value, reason, role }: Finding) =>
    role === undefined && !LEFT_OUT.includes(id) && (value !== 'PASSED' || reason !== undefined)
  return body.findings
    .filter(isTold)
    .map(({ id, value, reason }) => `${id} ${value}${reason === undefined ? '' : `:${reason}`}`)
}
