import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  digestOfBytes,
  establishSignatureFacts,
  establishTimestampFacts,
  type FactsFile,
  type Judgement,
  judge,
  ParseError,
  PLAIN_INPUTS,
  parseCertificate,
  type Report,
  verifyPath,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { parseCrl } from '../../packages/core/src/pki/crl-parse.ts'
import { certificate, extension, signedData, signerInfo, token, tstInfo } from '../../test-vectors/make/cms.ts'
import {
  ascii,
  bits,
  boolean,
  commonNames,
  type Der,
  explicit,
  integer,
  lengthOctets,
  nothing,
  oid,
  sequence,
  set,
  tlv,
  utcTime,
} from '../../test-vectors/make/der.ts'
import { instant, shippedPolicy } from './judgement.ts'

/**
 * Inputs that are small to write and could be dear to read. Each is made first; what it then costs to judge is measured by
 * the test that starts this in a child of its own.
 */
export type HostileInput = () => Promise<() => Promise<string>>

const DATA = ascii('an invented statement (sample)')
const MEGABYTE = 1_048_576
const ECDSA = sequence(oid('1.2.840.10045.4.3.2'))

function policy() {
  const found = shippedPolicy('sealed')
  return found
}

export const judgement = (): Judgement => ({
  policy: policy(),
  policySha256: '0'.repeat(64),
  trustSet: null,
  validationTime: instant('2026-06-01T00:00:00Z'),
  inputs: PLAIN_INPUTS,
})

/** The first finding about the structure: `PASSED`, `FAILED:malformed ERR_DER_DEPTH`. */
function structureOf({ body }: Report): string {
  const found = body.findings.find(({ id }) => id === 'timestamp.structure' || id === 'signature.structure')
  if (found === undefined) throw new TypeError('nothing was said')
  const error = found.evidence.find(({ name }) => name === 'error')?.found
  return [found.reason === undefined ? found.value : `${found.value}:${found.reason}`, error].filter(Boolean).join(' ')
}

export const asToken =
  (bytes: Uint8Array, said: (report: Report, facts: FactsFile) => string = structureOf) =>
  async () => {
    const ports = nodePorts()
    try {
      const facts = await establishTimestampFacts({ name: 'sample', bytes }, digestOfBytes(DATA, ports), ports)
      return said(await judge(facts, judgement(), ports), facts)
    } catch (error) {
      if (error instanceof ParseError) return `refused ${error.code}`
      throw error
    } finally {
      await ports.close()
    }
  }

const asSignature = (bytes: Uint8Array, content: Uint8Array, said: (report: Report) => string) => async () => {
  const ports = nodePorts()
  const over = { digest: digestOfBytes(content, ports), bytes: content }
  const facts = await establishSignatureFacts({ name: 'sample', bytes }, over, ports)
  const found = said(await judge(facts, judgement(), ports))
  await ports.close()
  return found
}

/** Definite lengths all the way down, written from the inside out into one array. */
function nested(depth: number): Uint8Array {
  const heads: Uint8Array[] = []
  let length = 0
  for (let level = 0; level < depth; level++) {
    const head = Uint8Array.of(0x30, ...lengthOctets(length))
    heads.push(head)
    length += head.length
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const head of heads.reverse()) {
    whole.set(head, at)
    at += head.length
  }
  return whole
}

const contentInfo = (type: Uint8Array, content: Uint8Array) => sequence(type, explicit(0, content))
const SIGNED_DATA = oid('1.2.840.113549.1.7.2')
const nulls = (count: number) => new Uint8Array(2 * count).map((_, at) => (at % 2 === 0 ? 5 : 0))

async function outcomeOf(read: () => unknown): Promise<string> {
  try {
    await read()
    return 'read'
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
}

interface Made {
  readonly name: string
  readonly der: Der
}
interface Keys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const newKeys = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const KEY_USAGE_CA = extension('2.5.29.15', bits(Uint8Array.of(0x06), 1), true)
const CA = [extension('2.5.29.19', sequence(boolean(true)), true), KEY_USAGE_CA]
const END = [extension('2.5.29.15', bits(Uint8Array.of(0x80), 7), true)]

let serial = 1
function issue(subject: string, keys: Keys, issuer: string, by: Keys, extensions: readonly Der[]): Made {
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(serial++),
    ECDSA,
    commonNames(issuer),
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    commonNames(subject),
    new Uint8Array(keys.publicKey.export({ format: 'der', type: 'spki' })),
    explicit(3, sequence(...extensions)),
  )
  return { name: subject, der: sequence(tbs, ECDSA, bits(new Uint8Array(sign('sha256', tbs, by.privateKey)))) }
}

/** Judges the path of `target`, and says the best value that any candidate has, or that there is none. */
const asPath = (target: Made, intermediates: readonly Made[], anchors: readonly Made[]) => async () => {
  const ports = nodePorts()
  const answer = await verifyPath(
    {
      target: target.der,
      intermediates: intermediates.map(({ der }) => der),
      anchors: anchors.map(({ der }) => der),
      role: 'signer',
      time: instant('2026-06-01T00:00:00Z'),
      policy: policy(),
    },
    ports,
  )
  await ports.close()
  const values = new Set(answer.verdicts.map(({ verdict }) => verdict.value))
  const best = ['PASSED', 'INDETERMINATE', 'FAILED'].find((value) => values.has(value as never)) ?? 'none'
  return answer.search.limit === null ? best : `${best} limit:${answer.search.limit}`
}

/** Every one of `count` authorities certifies every other; only one of them is certified by the anchor. */
async function crossCertified(count: number, anchored: boolean) {
  const rootKeys = newKeys()
  const root = issue('Example Root (sample)', rootKeys, 'Example Root (sample)', rootKeys, CA)
  const authorities = [...Array(count).keys()].map((n) => ({
    name: `Example Authority ${n} (sample)`,
    keys: newKeys(),
  }))
  const crossed = authorities.flatMap((a) =>
    authorities.filter((b) => b !== a).map((b) => issue(b.name, b.keys, a.name, a.keys, CA)),
  )
  const first = authorities[0]
  const last = authorities.at(-1)
  if (first === undefined || last === undefined) throw new TypeError('no authorities')
  if (anchored) crossed.push(issue(last.name, last.keys, 'Example Root (sample)', rootKeys, CA))
  const target = issue('Example Signer (sample)', newKeys(), first.name, first.keys, END)
  return asPath(target, crossed, [root])
}

/** One name and `count` keys: every certificate could be issued by every other. */
async function namesakes(count: number) {
  const rootKeys = newKeys()
  const root = issue('Example Root (sample)', rootKeys, 'Example Root (sample)', rootKeys, CA)
  const name = 'Example Authority (sample)'
  const keys = [...Array(count).keys()].map(() => newKeys())
  const made = keys.map((own, n) => issue(name, own, name, keys[(n + 1) % count] ?? own, CA))
  const [first] = keys
  if (first === undefined) throw new TypeError('no keys')
  return asPath(issue('Example Signer (sample)', newKeys(), name, first, END), made, [root])
}

/** As many constraints as names: each pair has to be compared, or none is. */
async function manyNames(count: number) {
  const rootKeys = newKeys()
  const root = issue('Example Root (sample)', rootKeys, 'Example Root (sample)', rootKeys, CA)
  const dns = (text: string) => tlv(0x82, ascii(text))
  const many = (suffix: string) => [...Array(count).keys()].map((n) => dns(`n${n}.${suffix}`))
  const excluded = tlv(0xa1, ...many('excluded.example').map((name) => sequence(name)))
  const constraints = extension('2.5.29.30', sequence(excluded), true)
  const keys = newKeys()
  const authority = issue('Example Authority (sample)', keys, 'Example Root (sample)', rootKeys, [...CA, constraints])
  const names = extension('2.5.29.17', sequence(...many('names.example')))
  const target = issue('Example Signer (sample)', newKeys(), 'Example Authority (sample)', keys, [...END, names])
  return asPath(target, [authority], [root])
}

function crl(entries: number): Uint8Array {
  const keys = newKeys()
  const time = utcTime('260101000000Z')
  const revoked = new Uint8Array(entries * 37)
  const one = (n: number) => sequence(tlv(0x02, ...[Uint8Array.of(0x41, n >> 24, n >> 16, n >> 8, n, 0, 0, 0)]), time)
  let at = 0
  for (let n = 0; n < entries; n++) {
    const entry = one(n)
    revoked.set(entry, at)
    at += entry.length
  }
  const list = sequence(revoked.subarray(0, at))
  const tbs = sequence(
    integer(1),
    ECDSA,
    commonNames('Example Authority (sample)'),
    time,
    utcTime('270101000000Z'),
    list,
  )
  return sequence(tbs, ECDSA, bits(new Uint8Array(sign('sha256', tbs, keys.privateKey))))
}

const signer = () => certificate()

/** 64 signers, each of whom names 256 certificates, by a long name that is written otherwise than in them. */
function manyNamesakes(values: readonly string[]): Uint8Array {
  const name = (tag: number) =>
    sequence(...values.map((value) => set(sequence(oid('2.5.4.3'), tlv(tag, new TextEncoder().encode(value))))))
  const keys = newKeys()
  const serialNumber = integer(0x1234)
  const issuer = name(0x0c)
  const made = [...Array(256).keys()].map((n) =>
    certificate({ keys, issuer, serial: serialNumber, subject: commonNames(`Example Unit ${n} (sample)`) }),
  )
  const [first] = made
  if (first === undefined) throw new TypeError('no certificates')
  const info = tstInfo({ data: DATA })
  const eContentType = '1.2.840.113549.1.9.16.1.4'
  // PrintableString, or the same name once more where it has none.
  const sid = sequence(values.every((value) => /^[A-Za-z ]*$/.test(value)) ? name(0x13) : issuer, serialNumber)
  const one = signerInfo({ signer: first, content: info, eContentType, sid })
  return signedData({
    eContentType,
    eContent: info,
    certificates: made.map(({ der }) => der),
    signerInfos: Array.from({ length: 64 }, () => one),
  })
}

/** Every input by name, with what is answered. Made when asked for. */
export const HOSTILE_INPUTS: ReadonlyMap<string, { readonly make: HostileInput; readonly answer: string }> = new Map([
  ...[101, 10_000, 1_000_000].map(
    (depth) =>
      [
        `nested ${depth} deep`,
        { make: async () => asToken(nested(depth)), answer: 'refused ERR_TSP_STRUCTURE' },
      ] as const,
  ),
  [
    'nested 1,000,000 deep in a ContentInfo',
    {
      make: async () => asToken(contentInfo(SIGNED_DATA, nested(1_000_000))),
      answer: 'FAILED:malformed ERR_DER_UNEXPECTED_TAG',
    },
  ],
  [
    'a certificate bag nested 100,000 deep',
    {
      make: async () => {
        const one = signer()
        const info = tstInfo({ data: DATA })
        const infos = [signerInfo({ signer: one, content: info, eContentType: '1.2.840.113549.1.9.16.1.4' })]
        const certificates = [nested(100_000), one.der]
        return asToken(
          signedData({ eContentType: '1.2.840.113549.1.9.16.1.4', eContent: info, certificates, signerInfos: infos }),
        )
      },
      answer: 'PASSED',
    },
  ],
  ...[11_000, 2_000_000].map(
    (count) =>
      [
        `${count} NULLs`,
        { make: async () => asToken(sequence(nulls(count))), answer: 'refused ERR_TSP_STRUCTURE' },
      ] as const,
  ),
  [
    '2,000,000 NULLs for attributes',
    {
      make: async () => {
        const one = signer()
        return asToken(
          token(one, tstInfo({ data: DATA }), {
            unsignedAttributes: [sequence(oid('2.999.1'), set(nulls(2_000_000)))],
          }),
        )
      },
      answer: 'INDETERMINATE:limit ERR_LIMIT',
    },
  ],
  [
    'an attached content of 17 MiB',
    {
      make: async () => {
        const content = new Uint8Array(17 * MEGABYTE)
        const one = signer()
        const bytes = signedData({
          eContent: content,
          certificates: [one.der],
          signerInfos: [signerInfo({ signer: one, content })],
        })
        return asSignature(bytes, content, ({ body }) => {
          const found = body.findings.filter(({ id }) =>
            ['signature.content', 'signature.message-digest', 'signature.value'].includes(id),
          )
          return found.map(({ value, reason }) => (reason === undefined ? value : `${value}:${reason}`)).join(' ')
        })
      },
      answer: 'PASSED:attached PASSED PASSED',
    },
  ],
  ...[1, 4].map(
    (megabytes) =>
      [
        `an object identifier of ${megabytes} MiB`,
        {
          make: async () => asToken(contentInfo(tlv(0x06, new Uint8Array(megabytes * MEGABYTE).fill(1)), nothing())),
          answer: 'INDETERMINATE:limit ERR_LIMIT',
        },
      ] as const,
  ),
  ...[1, 15].map(
    (megabytes) =>
      [
        `a serial number of ${megabytes} MiB`,
        {
          make: async () => {
            const info = tstInfo({ data: DATA })
            const large = tlv(0x02, new Uint8Array(megabytes * MEGABYTE).fill(0x41))
            const one = signer()
            return asToken(token(one, info, { sid: sequence(one.issuer, large) }))
          },
          answer: 'INDETERMINATE:limit ERR_LIMIT',
        },
      ] as const,
  ),
  ...[2_000, 200_000].map(
    (entries) =>
      [
        `a CRL of ${entries} entries`,
        {
          make: async () => {
            const der = crl(entries)
            return () => outcomeOf(() => parseCrl(der))
          },
          answer: 'read',
        },
      ] as const,
  ),
  ...(
    [
      ['one value of 16,000 letters', ['A'.repeat(16_000)]],
      ['one value of 5,000 letters that are to be escaped', ['\u202e'.repeat(5_000)]],
      ['one value of 75,000 letters', ['A'.repeat(75_000)]],
      ['1,000 values', Array.from({ length: 1000 }, () => 'A')],
      ['3,800 values', Array.from({ length: 3800 }, () => 'A')],
    ] as const
  ).map(
    ([what, values]) =>
      [
        `64 signers, 256 certificates of one serial number, and a name of ${what}`,
        {
          make: async () => {
            const bytes = manyNamesakes(values)
            return asToken(bytes, ({ body }) => body.assessment.indication)
          },
          answer: 'TOTAL-FAILED',
        },
      ] as const,
  ),
  [
    'a byte behind a certificate',
    {
      make: async () => {
        const der = Uint8Array.of(...signer().der, 0)
        return () =>
          outcomeOf(() => parseCertificate(der, (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest())))
      },
      answer: 'ERR_DER_TRAILING_DATA',
    },
  ],
  [
    '12 authorities that certify each other',
    { make: () => crossCertified(12, false), answer: 'none limit:signature-checks' },
  ],
  [
    '4 authorities that certify each other, one under the anchor',
    { make: () => crossCertified(4, true), answer: 'PASSED' },
  ],
  ['60 authorities of one name', { make: () => namesakes(60), answer: 'none limit:signature-checks' }],
  ['2,000 names under 2,000 constraints', { make: () => manyNames(2_000), answer: 'INDETERMINATE' }],
])
