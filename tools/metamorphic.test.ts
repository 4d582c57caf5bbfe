import {
  digestOfBytes,
  establishSignatureFacts,
  establishTimestampFacts,
  type FactsFile,
  type Judgement,
  judge,
  PLAIN_INPUTS,
  parseCertificate,
  parseTrustSet,
  type Report,
  serializeReport,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import {
  demonstrationAuthority,
  demonstrationTrustSet,
  makeTimeStampToken,
  seededRandom,
  signDetached,
} from '@probatum/seal'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { contentOf, DerCursor, encodingOf } from '../packages/core/src/asn1/cursor.ts'
import { indefinite, tlv } from '../test-vectors/make/der.ts'
import { instant, shippedPolicy } from './testing/judgement.ts'

const NOW = instant('2026-03-14T09:12:00Z')
const DATA = new TextEncoder().encode('an invented statement (sample)')
const ports = nodePorts()

let judgement: Judgement
let token: Uint8Array
let signature: Uint8Array
/** Certificates of nobody here. */
let strangers: readonly Uint8Array[]

beforeAll(async () => {
  const authority = await demonstrationAuthority({ now: NOW, random: seededRandom('metamorphic') })
  const other = await demonstrationAuthority({ now: NOW, random: seededRandom('somebody else'), label: 'other' })
  // The same names under other keys: what is irrelevant must not be told by its name.
  strangers = [...other.signer.certificates, ...other.timeStampAuthority.certificates, ...Object.values(other.roots)]
  const { timeStampAuthority: tsa, signer, roots } = authority
  token = await makeTimeStampToken({
    imprint: { algorithm: 'sha256', digest: ports.smallDigest('sha256', DATA) },
    policy: '2.999.3161.1',
    serialNumber: Uint8Array.of(0x41, 0x07),
    genTime: NOW,
    accuracy: { seconds: 1, millis: 0, micros: 0 },
    nonce: null,
    tsaName: true,
    key: tsa.key,
    certificates: [...tsa.certificates, roots.timeStampAuthority],
    digest: 'sha256',
  })
  signature = await signDetached({
    content: DATA,
    privateKey: signer.key,
    certificates: [...signer.certificates, roots.signer],
    digest: 'sha256',
    signingTime: NOW,
  })
  const policy = shippedPolicy('sealed')
  judgement = {
    policy,
    policySha256: '0'.repeat(64),
    trustSet: parseTrustSet(demonstrationTrustSet(authority, NOW), parseCertificate, ports.smallDigest),
    validationTime: instant('2026-03-15T00:00:00Z'),
    inputs: PLAIN_INPUTS,
  }
})
afterAll(() => ports.close())

const over = () => ({ digest: digestOfBytes(DATA, ports), bytes: DATA })
const KINDS = ['token', 'signature'] as const

async function factsOf(kind: (typeof KINDS)[number], bytes: Uint8Array): Promise<FactsFile> {
  return kind === 'token'
    ? establishTimestampFacts({ name: 'sample', bytes }, over().digest, ports)
    : establishSignatureFacts({ name: 'sample', bytes }, over(), ports)
}

const reportOf = async (kind: (typeof KINDS)[number], bytes: Uint8Array): Promise<Report> =>
  judge(await factsOf(kind, bytes), judgement, ports)

/** All that a report says, without what tells one file of bytes from another. */
function said({ body }: Report): unknown {
  const findings = body.findings.map((finding) => ({
    ...finding,
    evidence: finding.evidence.filter(({ name }) => name !== 'encoding' && name !== 'unreadableCertificates'),
  }))
  return { findings, assessment: body.assessment, signatures: body.signatures, best: body.bestSignatureTime }
}

const originalOf = (kind: (typeof KINDS)[number]) => (kind === 'token' ? token : signature)

type Rewrite = (tag: number, children: readonly Uint8Array[], path: string) => Uint8Array

const ENVELOPE: ReadonlyMap<string, string> = new Map([
  ['', 'ContentInfo'],
  ['/1', 'content'],
  ['/1/0', 'SignedData'],
  ['/1/0/2', 'encapContentInfo'],
  ['/1/0/2/1', 'eContent'],
  ['/1/0/3', 'certificates'],
])

/** Lays the outer structure anew, element by element; what is inside stays as it is. */
function rewritten(der: Uint8Array, rewrite: Rewrite, path = ''): Uint8Array {
  if (!ENVELOPE.has(path)) return der
  const { tag } = DerCursor.over(der, '').any('')
  const inner = DerCursor.over(der, '').enter(tag, '')
  const children: Uint8Array[] = []
  while (!inner.done) children.push(rewritten(encodingOf(inner.any('')), rewrite, `${path}/${children.length}`))
  return rewrite(tag, children, path)
}

/** The same with other certificates in the bag. */
const withBag = (der: Uint8Array, change: (bag: readonly Uint8Array[]) => readonly Uint8Array[]) =>
  rewritten(der, (tag, children, path) => tlv(tag, ...(path === '/1/0/3' ? change(children) : children)))

describe.each(KINDS)('a %s', (kind) => {
  test('is good as it is', async () => {
    const { body } = await reportOf(kind, originalOf(kind))
    expect(body.assessment.axes[kind === 'token' ? 'time' : 'signer'].value).toBe('PASSED')
    expect(withBag(originalOf(kind), (bag) => bag)).toEqual(originalOf(kind))
  })

  test('with the certificates of its bag in any order, and others among them, gives the same report', async () => {
    const expected = said(await reportOf(kind, originalOf(kind)))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3]), fc.infiniteStream(fc.nat(9)), async (extra, stream) => {
        const more = extra.flatMap((index) => strangers[index] ?? [])
        const changed = withBag(originalOf(kind), (bag) => {
          const all = [...bag, ...more]
          const keys = all.map(() => stream.next().value ?? 0)
          return all
            .map((der, index) => ({ der, key: keys[index] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ der }) => der)
        })
        expect(said(await reportOf(kind, changed))).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  test('with the same certificate twice, or one that does not read, gives the same report', async () => {
    const expected = said(await reportOf(kind, originalOf(kind)))
    const twice = withBag(originalOf(kind), (bag) => [...bag, ...bag])
    expect(said(await reportOf(kind, twice))).toEqual(expected)
    const unreadable = withBag(originalOf(kind), (bag) => [tlv(0x30, Uint8Array.of(5, 0)), ...bag])
    expect(said(await reportOf(kind, unreadable))).toEqual(expected)
  })

  test('in a BER envelope gives the same report', async () => {
    const expected = said(await reportOf(kind, originalOf(kind)))
    const ber = rewritten(originalOf(kind), (tag, children, path) => {
      // The content in segments, as a streaming signer writes it.
      if (path !== '/1/0/2/1') return indefinite(tag, ...children)
      const whole = contentOf(DerCursor.over(children[0] ?? new Uint8Array(), '').any(''))
      const half = whole.length >> 1
      return indefinite(tag, indefinite(0x24, tlv(0x04, whole.subarray(0, half)), tlv(0x04, whole.subarray(half))))
    })
    expect(ber).not.toEqual(originalOf(kind))
    const report = await reportOf(kind, ber)
    expect(said(report)).toEqual(expected)
    const structure = report.body.findings.find(({ id }) => id.endsWith('.structure'))
    expect(structure?.evidence).toContainEqual({ name: 'encoding', found: 'BER' })
  })

  test('gives the same bytes of the report in every time zone, and with another clock', async () => {
    const expected = serializeReport(await reportOf(kind, originalOf(kind)))
    const before = process.env.TZ
    const hours = new Set<number>()
    try {
      for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu', 'Africa/Monrovia']) {
        process.env.TZ = zone
        hours.add(new Date(0).getHours())
        expect(serializeReport(await reportOf(kind, originalOf(kind))), zone).toEqual(expected)
      }
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
    // Otherwise the zones were never set, and this test could only pass.
    expect(hours.size).toBeGreaterThan(3)
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      for (const clock of ['1970-01-01T00:00:00Z', '2049-12-31T23:59:59Z']) {
        vi.setSystemTime(new Date(clock))
        expect(serializeReport(await reportOf(kind, originalOf(kind))), clock).toEqual(expected)
      }
    } finally {
      vi.useRealTimers()
    }
  })

  test('is judged without asking for a clock, chance or a locale', async () => {
    const expected = serializeReport(await reportOf(kind, originalOf(kind)))
    const asked = (what: string) => () => {
      throw new Error(`asked for ${what}`)
    }
    const spies = [
      vi.spyOn(Date, 'now').mockImplementation(asked('the clock')),
      vi.spyOn(Math, 'random').mockImplementation(asked('chance')),
      vi.spyOn(String.prototype, 'localeCompare').mockImplementation(asked('a locale')),
      vi.spyOn(String.prototype, 'toLocaleLowerCase').mockImplementation(asked('a locale')),
      vi.spyOn(String.prototype, 'toLocaleUpperCase').mockImplementation(asked('a locale')),
      vi.spyOn(Intl, 'Collator').mockImplementation(asked('a locale')),
      vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(asked('a locale')),
    ]
    let found: Uint8Array
    try {
      found = serializeReport(await reportOf(kind, originalOf(kind)))
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
    expect(found).toEqual(expected)
  })
})
