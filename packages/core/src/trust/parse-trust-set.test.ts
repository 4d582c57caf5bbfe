// Needs: openssl.
import { createHash } from 'node:crypto'
import { nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AUTHORITY, type Issued, opensslPki } from '../../../../tools/testing/openssl-pki.ts'
import { canonicalise } from '../json/canonicalise.ts'
import { toBase64 } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import type { TrustAnchorEntry, TrustSetFile } from '../model/trust-set.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { parseCertificate } from '../pki/certificate-parse.ts'
import { parseTrustSet } from './parse-trust-set.ts'

let pki: ReturnType<typeof opensslPki>
let root: Issued
let anchor: TrustAnchorEntry
beforeAll(() => {
  pki = opensslPki()
  root = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
  anchor = { role: 'signer', label: 'Example (sample)', source: 'this test', certificate: toBase64(root.der) }
})
afterAll(() => pki.remove())

function file(change: object = {}): TrustSetFile {
  const whole: TrustSetFile = {
    trustSet: 'probatum/trust-set/1-draft',
    issuer: 'Example Court (sample)',
    number: 3,
    date: '2026-01-01',
    reviewBy: '2027-01-01',
    sample: true,
    anchors: [anchor],
  }
  return { ...whole, ...change }
}

const parse = (bytes: Uint8Array) => parseTrustSet(bytes, parseCertificate, nodeSmallDigest)
const parseFile = (change: object = {}) => parse(canonicalise(file(change)))

function refusal(run: () => unknown): { readonly code: string; readonly where: string } {
  try {
    run()
  } catch (error) {
    if (error instanceof ParseError) return { code: error.code, where: error.detail.where }
    throw error
  }
  throw new Error('was accepted')
}

describe('a trust set', () => {
  test('gives its anchors, and the digest of its own bytes', () => {
    const bytes = canonicalise(file({ anchors: [{ ...anchor, from: '2020-01-01', until: '2030-01-01T12:00:00Z' }] }))
    const set = parse(bytes)
    expect(set.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(set.anchors).toEqual([
      {
        anchor: true,
        role: 'signer',
        label: 'Example (sample)',
        sha256: createHash('sha256').update(root.der).digest('hex'),
        der: root.der,
        from: { epochSeconds: Date.UTC(2020, 0, 1) / 1000, fraction: '' },
        until: { epochSeconds: Date.UTC(2030, 0, 1, 12) / 1000, fraction: '' },
      },
    ])
  })

  test('may name one certificate in two roles, and a log by its key', () => {
    const verifierKey = 'sample.example/log+0123abcd+AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='
    const log = { role: 'log', label: 'Example (sample)', source: 'this test', verifierKey }
    const set = parseFile({ anchors: [anchor, { ...anchor, role: 'time-stamp-authority' }, log] })
    expect(set.anchors.map(({ role }) => role)).toEqual(['signer', 'time-stamp-authority'])
    expect(set.file.anchors).toHaveLength(3)
  })

  const REFUSED: readonly (readonly [string, () => object, string, string])[] = [
    ['a member that nobody knows', () => ({ extra: 1 }), 'ERR_TRUST_SET', 'extra'],
    [
      'an anchor member that nobody knows',
      () => ({ anchors: [{ ...anchor, trusted: true }] }),
      'ERR_TRUST_SET',
      'trusted',
    ],
    ['another format', () => ({ trustSet: 'probatum/trust-set/2' }), 'ERR_TRUST_SET', 'trustSet'],
    ['no anchor', () => ({ anchors: [] }), 'ERR_TRUST_SET', 'anchors'],
    ['an unknown role', () => ({ anchors: [{ ...anchor, role: 'judge' }] }), 'ERR_TRUST_SET', 'role'],
    [
      'an anchor twice in a role',
      () => ({ anchors: [anchor, { ...anchor, label: 'again' }] }),
      'ERR_TRUST_SET',
      'anchors[1]',
    ],
    ['a day that does not exist', () => ({ date: '2026-02-30' }), 'ERR_TRUST_SET', 'date'],
    ['a time as its date', () => ({ date: '2026-01-01T00:00:00Z' }), 'ERR_TRUST_SET', 'date'],
    ['a review before its date', () => ({ reviewBy: '2025-12-31' }), 'ERR_TRUST_SET', 'reviewBy'],
    [
      'an interval that runs backwards',
      () => ({ anchors: [{ ...anchor, from: '2026-01-02', until: '2026-01-02' }] }),
      'ERR_TRUST_SET',
      'until',
    ],
    [
      'an anchor without a certificate',
      () => ({ anchors: [{ ...anchor, certificate: undefined }] }),
      'ERR_TRUST_SET',
      'certificate',
    ],
    ['a log with a certificate', () => ({ anchors: [{ ...anchor, role: 'log' }] }), 'ERR_TRUST_SET', 'certificate'],
    [
      'a certificate that is no base64',
      () => ({ anchors: [{ ...anchor, certificate: '*' }] }),
      'ERR_TRUST_SET',
      'certificate',
    ],
    ['a line break in a label', () => ({ anchors: [{ ...anchor, label: 'a\nb' }] }), 'ERR_TRUST_SET', 'label'],
    ['a sample that is none', () => ({ sample: false }), 'ERR_TRUST_SET', 'sample'],
  ]
  test.each(REFUSED)('with %s is refused', (_name, change, code, where) => {
    const { code: found, where: place } = refusal(() => parseFile(change()))
    expect(found).toBe(code)
    expect(place).toContain(where)
  })

  test('with a certificate that does not read is refused by its parser', () => {
    const cut = toBase64(root.der.subarray(0, 100))
    expect(refusal(() => parseFile({ anchors: [{ ...anchor, certificate: cut }] })).code).toMatch(/^ERR_DER/)
  })

  test('in other than canonical form is refused', () => {
    expect(refusal(() => parse(encodeUtf8(JSON.stringify(file(), null, 2)))).code).toBe('ERR_JSON_NOT_CANONICAL')
  })
})
