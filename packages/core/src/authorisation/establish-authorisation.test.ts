import { expect, test } from 'vitest'
import { memoryTree, testSmallDigest } from '../../../../test-vectors/support/memory-tree.ts'
import { ed25519Verifier } from '../../../../test-vectors/support/sample-history.ts'
import { establishRecords } from '../bundle/record.ts'
import { canonicalise } from '../json/canonicalise.ts'
import { toHex } from '../model/bytes.ts'

const ports = { smallDigest: testSmallDigest, signatures: ed25519Verifier }
const REQUEST = {
  assurances: [],
  conditions: [],
  consents: [],
  disclosures: '00'.repeat(32),
  exceptions: [],
  exportNumber: '00'.repeat(16),
  grounds: ['Vertrag – Artikel 3 (sample)'],
  head: { root: '00'.repeat(32), size: 1 },
  itemCount: 0,
  itemRoot: '00'.repeat(32),
  logId: '00'.repeat(16),
  purpose: null,
  recipient: null,
}
const RECORD = { approvals: [], authorisation: 'probatum/authorisation/1-draft', request: REQUEST }

async function requestOf(record: object) {
  const bundle = canonicalise({ format: 'probatum/bundle/1-draft' })
  const tree = memoryTree({ 'record/bundle.json': bundle, 'record/authorisation.json': canonicalise(record) })
  return (await establishRecords(tree, ports)).authorisation?.request ?? null
}

test('the digest of a request is over the bytes that stand in the file, unknown members included', async () => {
  const digest = (value: object) => toHex(testSmallDigest('sha256', canonicalise(value)))
  expect((await requestOf(RECORD))?.sha256).toBe(digest(REQUEST))
  const later = { ...REQUEST, zone: 'a member of a later version' }
  expect((await requestOf({ ...RECORD, request: later }))?.sha256).toBe(digest(later))
  // Members beside it, before and behind.
  expect((await requestOf({ ...RECORD, a: 'ä', zone: [1] }))?.sha256).toBe(digest(REQUEST))
  expect((await requestOf({ ...RECORD, a: 'ä' }))?.sha256).toBe(digest(REQUEST))
  expect(await requestOf({ ...RECORD, request: null })).toBeNull()
})
