// Needs: openssl.
import { nodePorts, nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shippedPolicy } from '../../../../tools/testing/judgement.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER } from '../../../../tools/testing/openssl-pki.ts'
import { canonicalise } from '../json/canonicalise.ts'
import { toBase64, toHex } from '../model/bytes.ts'
import type { Instant } from '../model/instant.ts'
import type { AnchorRole, TrustAnchorEntry, TrustSet, TrustSetFile } from '../model/trust-set.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { parseCertificate } from '../pki/certificate-parse.ts'
import { compareWithTrustSet, describeTrustSet } from './describe-trust-set.ts'
import { diffTrustSets, nextTrustSet, serializeTrustSet } from './next-trust-set.ts'
import { parseTrustSet } from './parse-trust-set.ts'
import { successionProblems, successionStatement, verifySuccession } from './succession.ts'

const ports = nodePorts({ jobs: 1 })
let pki: ReturnType<typeof opensslPki>
let keeper: Issued
let sealer: Issued
let stranger: Issued
let root: Issued
let renewed: Issued
let impostor: Issued
beforeAll(() => {
  pki = opensslPki()
  const [subject, extensions] = ['/CN=Example Keeper (sample)', SIGNER]
  keeper = pki.issue({ subject, extensions })
  sealer = pki.issue({ subject: '/CN=Example Sealer (sample)', extensions })
  stranger = pki.issue({ subject, extensions })
  const authority = { subject: '/CN=Example Root (sample)', extensions: AUTHORITY }
  root = pki.issue(authority)
  renewed = pki.issue({ ...authority, key: root.key, days: 40 })
  impostor = pki.issue(authority)
})
afterAll(async () => {
  pki.remove()
  await ports.close()
})

const entry = (role: AnchorRole, { der }: Issued, more: Partial<TrustAnchorEntry> = {}): TrustAnchorEntry => ({
  role,
  label: 'Example (sample)',
  source: 'this test',
  certificate: toBase64(der),
  ...more,
})
const head = { issuer: 'Example Court (sample)', date: '2026-01-01', reviewBy: '2027-01-01', sample: true }
const read = (file: TrustSetFile): TrustSet => parseTrustSet(serializeTrustSet(file), parseCertificate, nodeSmallDigest)
const first = (anchors: readonly TrustAnchorEntry[]) => read(nextTrustSet(null, head, anchors))
const after = (last: TrustSet, anchors: readonly TrustAnchorEntry[], change: object = {}) =>
  read({ ...nextTrustSet(last.file, { ...head, date: '2026-06-01' }, anchors), ...change })

const policy = shippedPolicy('sealed')
const now = (): Instant => ({ epochSeconds: Math.floor(Date.now() / 1000) + 1, fraction: '' })
async function verify(last: TrustSet, next: TrustSet, signature: Uint8Array, time = now()) {
  if (policy === undefined) throw new Error('no policy')
  return verifySuccession({ last, next, signature, time, policy, policySha256: '0'.repeat(64) }, ports)
}

describe('a next set', () => {
  test('follows when the key that the last one names for it signed exactly that', async () => {
    const last = first([entry('trust-set', keeper), entry('signer', sealer)])
    const next = after(last, [entry('trust-set', keeper)])
    const answer = await verify(last, next, pki.sign(successionStatement(last, next), [keeper], []))
    expect(answer.findings.filter(({ value }) => value === 'FAILED' || value === 'INDETERMINATE')).toEqual([])
    expect(answer).toMatchObject({ value: 'PASSED', problems: [], hasSuccessor: true })
    expect(answer.signer?.sha256).toBe(toHex(nodeSmallDigest('sha256', keeper.der)))
  })

  test('does not follow by the word of another role, of a namesake, or of the next set itself', async () => {
    const last = first([entry('trust-set', keeper), entry('signer', sealer), entry('approver', stranger)])
    const next = after(last, [entry('trust-set', sealer), entry('trust-set', stranger)])
    for (const signer of [sealer, stranger]) {
      const answer = await verify(last, next, pki.sign(successionStatement(last, next), [signer], []))
      expect(answer.value).toBe('INDETERMINATE')
    }
    const unnamed = first([entry('signer', sealer)])
    const onward = after(unnamed, [entry('trust-set', sealer)])
    const answer = await verify(unnamed, onward, pki.sign(successionStatement(unnamed, onward), [sealer], []))
    expect(answer).toMatchObject({ value: 'INDETERMINATE', hasSuccessor: false })
  })

  test('does not follow another last set, nor when anything else was signed', async () => {
    const last = first([entry('trust-set', keeper)])
    const other = first([entry('trust-set', keeper, { label: 'another (sample)' })])
    const next = after(last, [entry('trust-set', keeper), entry('signer', sealer)])
    const signature = pki.sign(successionStatement(last, next), [keeper], [])
    expect((await verify(other, next, signature)).value).toBe('FAILED')
    expect((await verify(last, next, pki.sign(serializeTrustSet(next.file), [keeper], []))).value).toBe('FAILED')
    const alike = canonicalise({ statement: 'probatum/approval/1', last: {}, next: {} })
    expect((await verify(last, next, pki.sign(alike, [keeper], []))).value).toBe('FAILED')
    await expect(verify(last, next, encodeUtf8('no signature'))).rejects.toThrow('ERR_CMS_STRUCTURE')
  })

  test('cannot be told by an anchor whose time in the last set has ended', async () => {
    const last = first([entry('trust-set', keeper, { until: '2026-03-01' })])
    const next = after(last, [entry('trust-set', keeper)])
    const answer = await verify(last, next, pki.sign(successionStatement(last, next), [keeper], []))
    expect(answer.value).toBe('INDETERMINATE')
  })

  test('is contradicted by its own number, issuer, date or sample mark, whoever signed', async () => {
    const last = first([entry('trust-set', keeper)])
    const anchors = last.file.anchors
    const { sample: _, ...real } = nextTrustSet(last.file, { ...head, date: '2026-06-01' }, anchors)
    for (const [problem, next] of [
      ['number', after(last, anchors, { number: 3 })],
      ['number', after(last, anchors, { number: 1 })],
      ['issuer', after(last, anchors, { issuer: 'Somebody else (sample)' })],
      ['date', after(last, anchors, { date: '2025-12-31' })],
      ['sample', read(real)],
    ] as const) {
      expect(successionProblems(last, next)).toEqual([problem])
      const answer = await verify(last, next, pki.sign(successionStatement(last, next), [keeper], []))
      expect(answer, problem).toMatchObject({ value: 'FAILED', problems: [problem] })
    }
  })
})

describe('a certificate and a set', () => {
  test('are the same, renewed, nearly the same, or strangers', () => {
    const set = first([entry('signer', root)])
    const relations = (issued: Issued) =>
      compareWithTrustSet(parseCertificate(issued.der), set).matches.map(({ relation }) => relation)
    expect(relations(root)).toEqual(['anchor'])
    expect(relations(renewed)).toEqual(['same-key'])
    expect(relations(impostor)).toEqual(['same-name-other-key'])
    expect(relations(pki.issue({ subject: '/CN=Under it (sample)', extensions: SIGNER, issuer: root }))).toEqual([
      'issuer-named',
    ])
    expect(relations(sealer)).toEqual([])
  })

  test('older than the certificate, and end-entity certificates, are pointed out', () => {
    const set = read(
      nextTrustSet(null, { ...head, date: '2020-01-01', reviewBy: '2021-01-01' }, [entry('signer', sealer)]),
    )
    expect(describeTrustSet(set)).toMatchObject([{ isEndEntity: true, isYoungerThanSet: true }])
    expect(compareWithTrustSet(parseCertificate(root.der), set).isYoungerThanSet).toBe(true)
    expect(describeTrustSet(first([entry('signer', root)]))).toMatchObject([{ isEndEntity: false }])
  })
})

test('two sets differ by what was added, removed and changed', () => {
  const last = first([entry('signer', sealer), entry('trust-set', keeper)])
  const next = after(last, [entry('signer', sealer, { until: '2026-07-01' }), entry('signer', root)])
  expect(diffTrustSets(last.file, next.file).map(({ kind, entry: { role } }) => [kind, role])).toEqual([
    ['removed', 'trust-set'],
    ['changed', 'signer'],
    ['added', 'signer'],
  ])
})
