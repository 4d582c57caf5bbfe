// Needs: openssl.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCertificate, parseInstant } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { parseEvidenceRecord } from '../packages/core/src/pki/evidence-record.ts'
import { testPlace } from '../tools/testing/place.ts'
import { factsOf } from '../tools/vectors/evidence-record-run.ts'
import { EVIDENCE_RECORD_ROOTS, EVIDENCE_RECORDS } from '../tools/vectors/evidence-records.ts'

const { place } = testPlace('ers')

const roots = join(place, 'roots.pem')
const pem = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`
writeFileSync(roots, EVIDENCE_RECORD_ROOTS.map(pem).join(''))

/** What `openssl ts` says of each time-stamp of a record, over the root that was computed here. */
async function asked(name: string, alter: (root: string) => string = (root) => root): Promise<(number | null)[]> {
  const vector = EVIDENCE_RECORDS.find((one) => one.name === name) ?? expect.fail(name)
  const { facts } = await factsOf(vector)
  const stamps = parseEvidenceRecord(vector.record).chains.flatMap(({ timestamps }) => timestamps)
  return (facts.evidenceRecord?.timestamps ?? []).map(({ root, covers, token }, index) => {
    const file = join(place, `${name}-${index}.der`)
    writeFileSync(file, stamps[index]?.timeStamp ?? new Uint8Array())
    const time = parseInstant(token.tstInfo?.genTime ?? '')?.epochSeconds
    const digest = alter(root ?? covers[0]?.hash ?? '')
    const trusted = ['-CAfile', roots, '-attime', `${time}`]
    return spawnSync('openssl', ['ts', '-verify', '-in', file, '-token_in', '-digest', digest, ...trusted]).status
  })
}

describe('openssl', () => {
  it('takes every time-stamp of the good records, over the roots that are computed here', async () => {
    expect(EVIDENCE_RECORD_ROOTS.map((der) => parseCertificate(der).subject.text)).toHaveLength(4)
    expect(await asked('one-file')).toEqual([0])
    expect(await asked('tree')).toEqual([0])
    expect(await asked('group')).toEqual([0])
    expect(await asked('single-digest-hashed')).toEqual([0])
    expect(await asked('hash-tree-renewal')).toEqual([0, 0, 0])
    expect(await asked('three-chains')).toEqual([0, 0, 0])
  })

  it('refuses them over any other root', async () => {
    const other = (root: string) => `${root.startsWith('0') ? '1' : '0'}${root.slice(1)}`
    expect(await asked('hash-tree-renewal', other)).toEqual([1, 1, 1])
    expect(await asked('tree-node-flipped')).toEqual([1])
    expect(await asked('token-of-another-tree')).toEqual([1])
  })
})
