// Needs: openssl.
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attribute } from '../../../test-vectors/make/cms.ts'
import { tlv } from '../../../test-vectors/make/der.ts'
import { shippedPolicy } from '../../../tools/testing/judgement.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER, TIME_STAMP_UNIT } from '../../../tools/testing/openssl-pki.ts'
import { contentOf, DerCursor, encodingOf } from './asn1/cursor.ts'
import { establishSignatureFacts, establishTimestampFacts, type LoneHints } from './establish-alone.ts'
import { parseFacts, serializeFacts } from './facts-file.ts'
import type { FactsFile } from './model/facts.ts'
import type { Finding } from './model/finding.ts'
import { addMicroseconds, formatInstant, type Instant, parseInstant } from './model/instant.ts'
import { PLAIN_INPUTS, type Report } from './model/report.ts'
import type { AnchorRole, TrustSet } from './model/trust-set.ts'
import { encodeUtf8 } from './model/utf8.ts'
import { parseCertificate } from './pki/certificate-parse.ts'
import { parseCms } from './pki/cms.ts'
import { digestOfBytes } from './pki/evidence-digest.ts'
import { OID } from './pki/object-identifiers.ts'
import { judge } from './verify.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const CONTENT = encodeUtf8('an invented statement (sample)')
const DAY = 86_400_000_000

let pki: ReturnType<typeof opensslPki>
let signer: Issued
let second: Issued
let unit: Issued
let lateUnit: Issued
let stranger: Issued
let trustSet: TrustSet
let p7s: Uint8Array
let now: Instant

beforeAll(() => {
  pki = opensslPki()
  const root = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
  signer = pki.issue({ subject: '/CN=Example Signer (sample)', issuer: root, extensions: SIGNER, days: 20 })
  second = pki.issue({ subject: '/CN=Example Second Signer (sample)', issuer: root, extensions: SIGNER })
  const timeRoot = pki.issue({ subject: '/CN=Example Time Root (sample)', extensions: AUTHORITY })
  unit = pki.issue({ subject: '/CN=Example Unit (sample)', issuer: timeRoot, extensions: TIME_STAMP_UNIT, days: 30 })
  const lateRoot = pki.issue({ subject: '/CN=Example Second Time Root (sample)', extensions: AUTHORITY })
  lateUnit = pki.issue({ subject: '/CN=Example Second Unit (sample)', issuer: lateRoot, extensions: TIME_STAMP_UNIT })
  const strangeRoot = pki.issue({ subject: '/CN=Example Strange Root (sample)', extensions: AUTHORITY })
  stranger = pki.issue({
    subject: '/CN=Example Strange Unit (sample)',
    issuer: strangeRoot,
    extensions: TIME_STAMP_UNIT,
  })
  trustSet = trustSetOf([
    ['signer', root],
    ['time-stamp-authority', timeRoot],
    ['time-stamp-authority', lateRoot],
  ])
  p7s = pki.sign(CONTENT, [signer], [])
  now = parseInstant(new Date(Date.now() + 3_600_000).toISOString()) ?? { epochSeconds: 0, fraction: '' }
}, 60_000)
afterAll(() => pki.remove())

function trustSetOf(anchors: readonly (readonly [AnchorRole, Issued])[]): TrustSet {
  const listed = anchors.map(([role, { der }]) => ({
    role,
    label: `Example ${role} (sample)`,
    der,
    sha256: parseCertificate(der).sha256,
    source: 'made for this test',
    from: null,
    until: null,
  }))
  return {
    sha256: '0'.repeat(64),
    anchors: listed,
    file: { issuer: 'Example Compiler (sample)', number: 1, date: '2026-01-01', reviewBy: '2027-01-01' },
  } as unknown as TrustSet
}

async function reportOf(facts: FactsFile, at = now): Promise<Report> {
  const policy = shippedPolicy('sealed')
  return judge(
    facts,
    { policy, policySha256: '1'.repeat(64), trustSet, validationTime: at, inputs: PLAIN_INPUTS },
    ports,
  )
}

async function signatureReport(
  bytes: Uint8Array,
  content: Uint8Array | null = CONTENT,
  hints: LoneHints = {},
  at = now,
): Promise<Report> {
  const over = content === null ? null : { digest: digestOfBytes(content, ports), bytes: content }
  return reportOf(await establishSignatureFacts({ name: 'letter.p7s', bytes }, over, ports, hints), at)
}

/** `id value:reason` of every finding that is not about a candidate path. */
function outcomes(report: Report, id: string): string[] {
  return report.body.findings
    .filter((finding) => finding.id === id && finding.role !== 'candidate-path')
    .map(({ value, reason }) => (reason === undefined ? value : `${value}:${reason}`))
}

const failed = ({ body }: Report): readonly Finding[] =>
  body.findings.filter(({ value, role }) => value === 'FAILED' && role !== 'candidate-path')

/** Appends octets to the last element of the last element … `depth` times. */
function appendedAt(der: Uint8Array, depth: number, more: Uint8Array): Uint8Array {
  const element = DerCursor.over(der, '').any('')
  const content = contentOf(element)
  if (depth === 0) return tlv(element.tag, content, more)
  const children: Uint8Array[] = []
  const inner = DerCursor.over(der, '').enter(element.tag, '')
  while (!inner.done) children.push(encodingOf(inner.any('')))
  const last = children.pop()
  if (last === undefined) throw new TypeError('nothing in it')
  return tlv(element.tag, ...children, appendedAt(last, depth - 1, more))
}

/** The signature file with time-stamps in the unsigned attributes of its only signer. */
function withStamps(bytes: Uint8Array, ...tokens: readonly Uint8Array[]): Uint8Array {
  return appendedAt(bytes, 4, tlv(0xa1, attribute(OID.signatureTimeStamp, ...tokens)))
}

/** The token of a response, without the status before it. */
function tokenOver(data: Uint8Array, by: Issued): Uint8Array {
  const response = DerCursor.over(pki.stamp(data, by, []), '').enter(0x30, '')
  response.any('')
  return encodingOf(response.any(''))
}

function signatureValue(bytes: Uint8Array): Uint8Array {
  const [info] = parseCms(bytes).signerInfos
  if (info === undefined) throw new TypeError('no signer')
  return info.signature
}

describe('a signature alone', () => {
  test('names its signer, and without a time-stamp leaves the time open', async () => {
    const report = await signatureReport(p7s)
    const { axes, indication } = report.body.assessment
    expect([axes.signer.value, axes.time.value, indication]).toEqual(['PASSED', 'INDETERMINATE', 'INDETERMINATE'])
    expect(axes.bytes).toMatchObject({ value: 'NOT-CHECKED', required: false })
    expect(report.body.subject).toMatchObject({ kind: 'signature', format: 'RFC 5652', sealIds: [] })
    expect(report.body.signatures).toMatchObject([
      { file: 'signature', signer: { subject: 'CN=Example Signer (sample)' } },
    ])
    expect(outcomes(report, 'timestamp.present')).toEqual(['INDETERMINATE:none'])
    // Nothing declares a signer or a seal.
    expect(outcomes(report, 'signature.declared-signer')).toEqual([])
    expect(outcomes(report, 'signature.present')).toEqual([])
  })

  test('over another file contradicts it', async () => {
    const report = await signatureReport(p7s, encodeUtf8('another statement'))
    expect(report.body.assessment.indication).toBe('TOTAL-FAILED')
    expect(outcomes(report, 'signature.message-digest')).toEqual(['FAILED:differs'])
  })

  test('with a copy inside is judged by the file that it is shown with, never by the copy', async () => {
    const attached = pki.sign(CONTENT, [signer], [], '-nodetach')
    expect(outcomes(await signatureReport(attached), 'signature.content')).toEqual(['PASSED:attached'])
    const other = await signatureReport(attached, encodeUtf8('another statement'))
    expect(outcomes(other, 'signature.content')).toEqual(['FAILED:differs'])
    const alone = await signatureReport(attached, null)
    expect(outcomes(alone, 'signature.content')).toEqual(['INDETERMINATE:content-missing'])
    expect(alone.body.assessment.axes.signer.value).toBe('INDETERMINATE')
  })

  test('over a file that is too large to be at hand is compared by its digests', async () => {
    const over = { digest: digestOfBytes(CONTENT, ports), bytes: null }
    const report = await reportOf(await establishSignatureFacts({ name: 'a', bytes: p7s }, over, ports))
    expect(report.body.assessment.axes.signer.value).toBe('PASSED')
  })

  test('has the same facts under any name, and they can be saved and read', async () => {
    const over = { digest: digestOfBytes(CONTENT, ports), bytes: CONTENT }
    const a = await establishSignatureFacts({ name: 'a.p7s', bytes: p7s }, over, ports)
    const b = await establishSignatureFacts({ name: 'b.p7s', bytes: p7s }, over, ports)
    expect(a.facts).toEqual(b.facts)
    expect(parseFacts(serializeFacts(a))).toEqual(a)
  })

  test('that is no signature is refused, and says nothing about the file', async () => {
    await expect(signatureReport(encodeUtf8('not a signature'))).rejects.toThrow(/ERR_CMS_STRUCTURE: signature/)
  })

  test('that breaks inside has a finding', async () => {
    const report = await signatureReport(p7s.subarray(0, p7s.length - 1))
    expect(outcomes(report, 'signature.structure')).toEqual(['FAILED:malformed'])
  })
})

describe('a signature-time-stamp in an unsigned attribute', () => {
  test('proves the time of the signature', async () => {
    const stamped = withStamps(p7s, tokenOver(signatureValue(p7s), unit))
    const report = await signatureReport(stamped)
    expect(failed(report)).toEqual([])
    expect(report.body.assessment.indication).toBe('TOTAL-PASSED')
    const [summary] = report.body.signatures
    expect(summary?.timestamps.map(({ file }) => file)).toEqual(['signature#signerInfos[0].signatureTimeStamp[0]'])
    expect(report.body.bestSignatureTime).toBe(summary?.bestSignatureTime)
    expect(report.body.bestSignatureTime).not.toBeNull()
    const attributes = report.body.findings.find(({ id }) => id === 'signature.signed-attributes')
    expect(attributes?.evidence).toContainEqual({ name: 'unprotectedAttribute', found: OID.signatureTimeStamp })
    // Without the time-stamp a signer whose certificate has ended could not be placed in time.
    const late = addMicroseconds(now, 25 * DAY)
    expect(outcomes(await signatureReport(p7s, CONTENT, {}, late), 'signer.validity')).toEqual([
      'INDETERMINATE:expired',
    ])
    expect(outcomes(await signatureReport(stamped, CONTENT, {}, late), 'signer.validity')).toEqual(['PASSED'])
  })

  test('of another signature, or over the whole file, costs certainty and contradicts nothing', async () => {
    const other = pki.sign(encodeUtf8('another statement'), [signer], [])
    for (const token of [tokenOver(signatureValue(other), unit), tokenOver(p7s, unit), encodeUtf8('rubbish')]) {
      const value = token[0] === 0x30 ? token : tlv(0x04, token)
      const report = await signatureReport(withStamps(p7s, value))
      expect(failed(report)).toEqual([])
      expect(report.body.assessment.indication).toBe('INDETERMINATE')
      expect(report.body.findings.filter(({ reason }) => reason === 'unprotected')).not.toEqual([])
      // Also beside a good one: somebody put it there, and that is said.
      const beside = await signatureReport(withStamps(p7s, tokenOver(signatureValue(p7s), unit), value))
      expect(beside.body.assessment.indication).toBe('INDETERMINATE')
      expect(beside.body.bestSignatureTime).not.toBeNull()
    }
  })

  test('of an authority that is not trusted proves nothing and costs nothing beside one that is', async () => {
    const value = tokenOver(signatureValue(p7s), stranger)
    const alone = await signatureReport(withStamps(p7s, value))
    expect(alone.body.assessment.axes.time.value).toBe('INDETERMINATE')
    const beside = await signatureReport(withStamps(p7s, value, tokenOver(signatureValue(p7s), unit)))
    expect(beside.body.assessment.indication).toBe('TOTAL-PASSED')
  })

  test('beyond the limit is named and not examined', async () => {
    const token = tokenOver(signatureValue(p7s), unit)
    const report = await signatureReport(withStamps(p7s, ...Array(17).fill(token)))
    expect(outcomes(report, 'timestamp.structure').filter((outcome) => outcome !== 'PASSED')).toEqual([
      'INDETERMINATE:limit',
    ])
    expect(report.body.signatures[0]?.timestamps).toHaveLength(17)
  })

  test('whose authority has expired is believed when a later token over the file covers it', async () => {
    const stamped = withStamps(p7s, tokenOver(signatureValue(p7s), unit))
    const late = addMicroseconds(now, 31 * DAY)
    const alone = await signatureReport(stamped, CONTENT, {}, late)
    expect(outcomes(alone, 'timestamp.believed')).toEqual(['INDETERMINATE:expired'])
    expect(alone.body.bestSignatureTime).toBeNull()
    const renewed = await signatureReport(stamped, CONTENT, { tokens: [pki.stamp(stamped, lateUnit, [])] }, late)
    expect(outcomes(renewed, 'timestamp.believed')).toEqual(['PASSED', 'PASSED:renewed'].sort())
    expect(renewed.body.assessment.indication).toBe('TOTAL-PASSED')
    // One over the file as it was before says nothing of what was put in since.
    const before = await signatureReport(stamped, CONTENT, { tokens: [pki.stamp(p7s, lateUnit, [])] }, late)
    expect(outcomes(before, 'timestamp.believed')).toContain('INDETERMINATE:expired')
  })

  test('and a second one are put in order only where their intervals allow it', async () => {
    const value = signatureValue(p7s)
    const report = await signatureReport(withStamps(p7s, tokenOver(value, unit), tokenOver(value, lateUnit)))
    const threshold = report.body.findings.find(({ id }) => id === 'timestamp.threshold')
    // Made within the same moments, each good for a second either way.
    const [a, b] = [0, 1].map((index) => `signature#signerInfos[0].signatureTimeStamp[${index}]`)
    const order = threshold?.evidence.filter(({ name }) => name === 'order').map(({ found }) => found)
    expect(order).toHaveLength(1)
    expect([`${a} before or after ${b}`, `${b} before or after ${a}`]).toContain(order?.[0])
  })

  test('of two signers dates the file only when both have one', async () => {
    const two = pki.sign(CONTENT, [signer, second], [])
    const values = parseCms(two).signerInfos.map(({ signature }) => signature)
    const last = values[1]
    if (last === undefined) throw new TypeError('two signers')
    const report = await signatureReport(withStamps(two, tokenOver(last, unit)))
    expect(report.body.bestSignatureTime).toBeNull()
    expect(outcomes(report, 'timestamp.threshold')).toEqual(['INDETERMINATE:too-few'])
    const sources = report.body.findings
      .filter(({ id }) => id === 'signer.validity')
      .map(({ evidence }) => evidence[0]?.name)
    expect(sources).toEqual(['validationTime', 'bestSignatureTime'])
    expect(failed(report)).toEqual([])
  })
})

describe('a token alone', () => {
  test('has a summary with its proved time', async () => {
    const facts = await establishTimestampFacts(
      { name: 'a.tsr', bytes: pki.stamp(CONTENT, unit, []) },
      digestOfBytes(CONTENT, ports),
      ports,
    )
    const report = await reportOf(facts)
    expect(report.body.assessment.indication).toBe('TOTAL-PASSED')
    expect(report.body.signatures).toMatchObject([{ file: 'token', signer: null, claimedTime: null }])
    expect(report.body.bestSignatureTime).toBe(report.body.signatures[0]?.bestSignatureTime)
    const upper = parseInstant(report.body.bestSignatureTime ?? '')
    expect(upper === undefined ? '' : formatInstant(addMicroseconds(upper, -1_000_000))).toBe(
      report.body.signatures[0]?.timestamps[0]?.genTime,
    )
    expect(
      report.body.findings.find(({ id }) => id === 'timestamp.gen-time')?.evidence.map(({ name }) => name),
    ).toEqual(expect.arrayContaining(['policy', 'serialNumber', 'nonce']))
  })
})
