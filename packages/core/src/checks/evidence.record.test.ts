import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodePorts, openDirectory } from '@probatum/platform/node'
import { afterAll, describe, expect, it } from 'vitest'
import { algorithm } from '../../../../test-vectors/make/cms.ts'
import { integer, sequence } from '../../../../test-vectors/make/der.ts'
import { instant, shippedPolicy } from '../../../../tools/testing/judgement.ts'
import { token } from '../../../../tools/vectors/cms.ts'
import { type Issued, issue, PKI, TIME_STAMP_UNIT } from '../../../../tools/vectors/pki.ts'
import { PLAIN_INPUTS } from '../model/report.ts'
import { parseCertificate } from '../pki/certificate-parse.ts'
import { parseTrustSet } from '../trust/parse-trust-set.ts'
import { verifyBundle } from '../verify.ts'

const VECTORS = fileURLToPath(new URL('../../../../test-vectors/', import.meta.url))
const SMALL = `${VECTORS}bundles/base/small/`
const SHA256 = '2.16.840.1.101.3.4.2.1'
const read = (path: string) => new Uint8Array(readFileSync(path))
const ports = nodePorts({ jobs: 1 })
afterAll(() => ports.close())

/** RFC 4998 §4: one archive time-stamp without a tree, over one file. */
async function recordOver(data: Uint8Array, unit: Issued): Promise<Uint8Array> {
  const archived = sequence(await token({ data, unit, genTime: '20260401091200Z' }))
  return sequence(integer(1), sequence(algorithm(SHA256)), sequence(sequence(archived)))
}

async function said(record: Uint8Array) {
  const policy = shippedPolicy('sealed')
  const validationTime = instant('2026-06-01T00:00:00Z')
  const trustSet = parseTrustSet(
    read(`${VECTORS}trust-sets/sample.json`),
    (der) => parseCertificate(der),
    ports.smallDigest,
  )
  const { report } = await verifyBundle(
    await openDirectory(SMALL),
    ports,
    { digests: 'all', name: 'small', bytes: null, evidenceRecords: [record] },
    { policy, policySha256: '1'.repeat(64), trustSet, validationTime, inputs: PLAIN_INPUTS },
  )
  const {
    value,
    reason = '',
    counts,
    evidence,
  } = report.body.findings.find(({ id }) => id === 'evidence.record') ?? expect.fail()
  return { says: `${value}:${reason}`, counts, evidence, indication: report.body.assessment.indication }
}

const MANIFEST = read(`${SMALL}tagmanifest-sha256.txt`)

describe('an evidence record beside a bundle', () => {
  it('proves a time of the file that it is over', async () => {
    expect(await said(await recordOver(MANIFEST, PKI.unit))).toMatchObject({
      says: 'PASSED:',
      counts: { covered: 1 },
      indication: 'TOTAL-PASSED',
    })
  })

  it.each([
    ['bagit.txt', read(`${SMALL}bagit.txt`)],
    ['VERIFY.txt', read(`${SMALL}VERIFY.txt`)],
    ['an empty file', read(`${SMALL}record/proofs.jsonl`)],
    ['a decision without a request', read(`${SMALL}record/authorisation.json`)],
  ])('proves nothing of it by %s, which other bundles have too', async (_, bytes) => {
    const { says, counts, indication } = await said(await recordOver(bytes, PKI.unit))
    expect([says, counts?.covered, indication]).toEqual(['INDETERMINATE:common', 0, 'INDETERMINATE'])
    expect(counts?.common).toBeGreaterThan(0)
  })

  it('proves no time by the key that sealed', async () => {
    const own = { name: 'Example Time-Stamp Unit', issuer: PKI.timeRoot, extensions: TIME_STAMP_UNIT, serial: 0x1003 }
    const { says, evidence } = await said(await recordOver(MANIFEST, await issue({ ...own, key: PKI.signer.key })))
    expect(says).toBe('INDETERMINATE:unproved')
    expect(evidence.map(({ name, found }) => `${name} ${found}`)).toContain(
      'timestamp.threshold archiveTimeStamp[0][0] INDETERMINATE:own-key',
    )
  })
})
