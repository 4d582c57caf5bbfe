import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalise, parseNotice, receiptFile } from '@probatum/core'
import { serializeGateApproval } from '@probatum/seal'
import { describe, expect, it } from 'vitest'
import { placeHere } from '../../../tools/testing/place-here.ts'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/', import.meta.url))
const { place, probatum } = placeHere('inspect')
const read = (path: string) => new Uint8Array(readFileSync(join(VECTORS, path)))

function inspect(name: string, bytes: Uint8Array) {
  writeFileSync(join(place, name), bytes)
  return probatum('inspect', name)
}
/** It describes; whether anything holds is never said. */
const JUDGING = /✓|✗|PASSED|FAILED|INDETERMINATE|\bvalid\b/

describe('inspect', () => {
  const notice = read('notices/by-sealer.json')
  const { cms, statement } = parseNotice(notice)
  const [bundle = expect.fail('no bundle')] = statement.bundles

  it('says what a notice states, and how it is signed', async () => {
    const { code, out, err } = await inspect('notice.json', notice)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Notice: what its sender states')
    for (const said of [statement.kind, statement.code, statement.date, bundle.bundle, statement.log.origin])
      expect(out).toContain(said)
    expect(out).toContain('signerInfos[0]')
    expect(out).not.toMatch(JUDGING)
  })

  it('says what a receipt and an approval state', async () => {
    const receipt = {
      ...{ bundle: bundle.bundle, seal: bundle.seal, ciphertext: null, statement: 'probatum/receipt/1' as const },
      ...{ exportNumber: 'ab'.repeat(16), logId: statement.log.id },
    }
    const { code, out } = await inspect('receipt.json', receiptFile(receipt, cms))
    expect(code).toBe(0)
    for (const said of ['Receipt', bundle.seal, 'ab'.repeat(16), 'signerInfos[0]']) expect(out).toContain(said)
    expect(out).not.toMatch(JUDGING)
    const approval = { approver: 'Example Director (sample)', request: 'cd'.repeat(32), signature: cms }
    const approved = await inspect('approval.json', serializeGateApproval(approval))
    for (const said of ['Example Director (sample)', 'cd'.repeat(32), 'signerInfos[0]'])
      expect(approved.out).toContain(said)
    expect(approved.out).not.toMatch(JUDGING)
  })

  it('says what a request states in the clear', async () => {
    const { request } = JSON.parse(new TextDecoder().decode(read('bundles/base/shared/record/authorisation.json')))
    const { code, out } = await inspect('request.json', canonicalise(request))
    expect(code).toBe(0)
    for (const said of [
      request.purpose,
      request.recipient.name,
      request.disclosures,
      'for 3 items',
      'no-death-penalty',
    ])
      expect(out.replaceAll(/\s+/g, ' ')).toContain(said)
    expect(out).not.toMatch(JUDGING)
  })

  it('says what an evidence record has, one time-stamp after the other', async () => {
    const { code, out } = await inspect('record.ers', read('evidence-records/hash-tree-renewal.ers'))
    expect(code).toBe(0)
    expect(out).toContain('EvidenceRecord (RFC 4998)')
    expect(out).toMatch(/archiveTimeStamp\[1\]\[0\][\s\S]*genTime +20/)
    expect(out).not.toMatch(JUDGING)
  })

  it('says of JSON that it does not know that it is none of these', async () => {
    const { code, err } = await inspect('other.json', new TextEncoder().encode('{"hello":"INVENTED SAMPLE"}'))
    expect(code).toBe(4)
    expect(err).toContain('notice, receipt, request')
    const key = await inspect(
      'key.json',
      new TextEncoder().encode('{"kty":"EC","d":"INVENTEDSECRET","signature":"INVENTEDSECRET"}'),
    )
    expect([key.code, key.out]).toEqual([4, ''])
    expect(key.err).not.toContain('INVENTED')
  })
})
