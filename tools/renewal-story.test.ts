import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  believedTokens,
  compareInstants,
  establishBundleFacts,
  establishRestsOn,
  type FactsFile,
  type Finding,
  formatInstant,
  type Instant,
  judge,
  PLAIN_INPUTS,
  type Policy,
  type Ports,
  parseCertificate,
  parseFacts,
  parsePolicy,
  parseTrustSet,
  type Report,
  serializeFacts,
  serializePolicy,
  type TrustSet,
  toHex,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant, shippedPolicy } from './testing/judgement.ts'
import { memorySource } from './testing/memory-source.ts'
import { authority, type Issued, issue, PKI, TIME_STAMP_UNIT } from './vectors/pki.ts'
import { addLevel, crl, type Lives, RENEWAL_PKI, renewed } from './vectors/renewal-bases.ts'
import { type Files, fileAt, seal, text } from './vectors/seal.ts'

/** One bundle over fourteen years: sealed in 2026 under SHA-256, renewed in 2031 and 2036 under SHA-512, judged in 2040. */
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => new Uint8Array(readFileSync(`${ROOT}/${path}`))
const ports = nodePorts({ jobs: 1 })
afterAll(() => ports.close())

const trustSetOf = (bytes: Uint8Array): TrustSet => parseTrustSet(bytes, parseCertificate, ports.smallDigest)
const RENEWAL = trustSetOf(read('test-vectors/trust-sets/renewal.json'))
const CLOSED = trustSetOf(read('test-vectors/trust-sets/renewal-second-closed.json'))
/** SHA-256 counts for nothing new from 2034 on. */
const ENDED = parsePolicy(read('test-vectors/policies/sealed-sha256-ended.json'))
const SEALED = shippedPolicy('sealed')

interface Asked {
  readonly policy?: Policy
  readonly trustSet?: TrustSet
  readonly at?: string
}

async function factsOf(files: Files): Promise<FactsFile> {
  const request = { digests: 'all', name: 'renewed', bytes: null } as const
  return (await establishBundleFacts(memorySource(files), ports, request)).factsFile
}

async function judged(files: Files | FactsFile, asked: Asked = {}): Promise<Report> {
  const { policy = ENDED, trustSet = RENEWAL, at = '2040-01-01T00:00:00Z' } = asked
  const validationTime = instant(at)
  const policySha256 = toHex(ports.smallDigest('sha256', serializePolicy(policy)))
  const facts = files instanceof Map ? await factsOf(files) : (files as FactsFile)
  return judge(facts, { policy, policySha256, trustSet, validationTime, inputs: PLAIN_INPUTS }, ports)
}

const answerOf = ({ body }: Report) => `${body.assessment.indication} ${body.assessment.subIndication ?? ''}`.trim()
const found = ({ body }: Report, id: Finding['id']) => body.findings.filter((finding) => finding.id === id)
const outcomes = (report: Report, id: Finding['id']) =>
  found(report, id).map(({ value, reason }) => (reason === undefined ? value : `${value}:${reason}`))
const dueOf = (report: Report) =>
  found(report, 'renewal.due')[0]?.evidence.find(({ name }) => name === 'renewBefore')?.found

/** The files of a bundle with some of them altered or, where null, gone. */
function altered(all: Files, changes: Readonly<Record<string, Uint8Array | null>>): Files {
  const made = new Map(all)
  for (const [path, bytes] of Object.entries(changes)) {
    if (bytes === null) made.delete(path)
    else made.set(path, bytes)
  }
  return made
}
const flipped = (bytes: Uint8Array, at = bytes.length - 1): Uint8Array => bytes.with(at, (bytes[at] ?? 0) ^ 1)

let files: Files
beforeAll(async () => {
  files = await renewed()
})

describe('a bundle of 2026, judged in 2040', () => {
  test('passes with its levels, though its first authority and SHA-256 have ended and a key was lost', async () => {
    const report = await judged(files)
    expect(answerOf(report)).toBe('TOTAL-PASSED')
    expect(outcomes(report, 'renewal.token')).toEqual(['PASSED', 'PASSED:renewed'])
    expect(outcomes(report, 'timestamp.believed')).toEqual(['PASSED:renewed'])
    expect(outcomes(report, 'timestamp.revocation')).toEqual(['PASSED'])
    expect(outcomes(report, 'manifest.algorithm')).toEqual(['PASSED:renewed'])
    // The time of the seal is what it was in 2026.
    expect(report.body.bestSignatureTime).toBe('2026-03-14T09:12:01Z')
    expect(dueOf(report)).toBe('2045-12-31T23:59:59Z')
  })

  test('passes where the list ends the second authority with its key, after the last renewal', async () => {
    const later = altered(files, { 'seal/3/validation/time-root-of-2028.crl': null })
    expect(answerOf(await judged(later, { trustSet: CLOSED }))).toBe('TOTAL-PASSED')
  })

  test.each<[string, Lives | ((all: Files) => Files), Asked, string]>([
    ['no level was ever made', (all) => only(all, 1), {}, 'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE'],
    ['the last level is gone', (all) => only(all, 1, 2), {}, 'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE'],
    [
      'the last level is gone, and SHA-256 counts',
      (all) => only(all, 1, 2),
      { policy: SEALED },
      'INDETERMINATE OUT_OF_BOUNDS_NO_POE',
    ],
    ['the first level is gone', (all) => only(all, 1, 3), { policy: SEALED }, 'INDETERMINATE OUT_OF_BOUNDS_NO_POE'],
    [
      'the first level came after its authority’s end',
      { second: { genTime: '20330301091200Z' } },
      { policy: SEALED },
      'INDETERMINATE OUT_OF_BOUNDS_NO_POE',
    ],
    [
      'the first level came after the end of SHA-256',
      { second: { genTime: '20340301091200Z' } },
      {},
      'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    ],
    [
      'the last level came after the loss of the key',
      { third: { genTime: '20370901091200Z' } },
      { policy: SEALED },
      'INDETERMINATE OUT_OF_BOUNDS_NO_POE',
    ],
    [
      'the last level came after the list ends the authority',
      { third: { genTime: '20370901091200Z', validation: {} } },
      { policy: SEALED, trustSet: CLOSED },
      'INDETERMINATE OUT_OF_BOUNDS_NO_POE',
    ],
    [
      'the first level lists the seal alone',
      { second: { lists: isOfSeal } },
      {},
      'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    ],
    [
      'the first level leaves out one file',
      { second: { lists: (path) => path !== 'record/items.jsonl' } },
      {},
      'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    ],
    [
      'the last level leaves out one file',
      { third: { lists: (path) => path !== 'data/00/000001.txt' } },
      {},
      'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    ],
  ])('cannot be decided when %s', async (_, how, asked, expected) => {
    const made = typeof how === 'function' ? how(files) : await renewed(how)
    expect(answerOf(await judged(made, asked))).toBe(expected)
  })

  test.each([
    'data/00/000001.txt',
    'manifest-sha256.txt',
    'tagmanifest-sha256.txt',
    'record/items.jsonl',
    'seal/1/tagmanifest-sha256.txt.p7s',
    'seal/1/tagmanifest-sha256.txt.p7s.example-tsa.tsr',
  ])('is contradicted when a byte of %s differs', async (path) => {
    const report = await judged(altered(files, { [path]: flipped(fileAt(files, path)) }))
    expect(report.body.assessment.indication).toBe('TOTAL-FAILED')
  })

  test.each([
    'seal/1/validation/time-root-of-2020.crl',
    'seal/2/sums-sha512.txt',
    'seal/2/example-tsa.tsr',
    'seal/3/sums-sha512.txt',
    'seal/3/example-tsa.tsr',
  ])('loses certainty alone when a byte of %s differs, or the file is gone', async (path) => {
    for (const bytes of [flipped(fileAt(files, path)), null]) {
      const report = await judged(altered(files, { [path]: bytes }))
      expect(report.body.assessment.indication).toBe('INDETERMINATE')
      expect(report.body.findings.filter(({ value, role }) => value === 'FAILED' && role === undefined)).toEqual([])
    }
  })

  test('passes with lists of the seal alone, while every digest below them counts', async () => {
    const short = await renewed({ second: { lists: isOfSeal }, third: { lists: isOfSeal } })
    const report = await judged(short, { policy: SEALED })
    expect(answerOf(report)).toBe('TOTAL-PASSED')
    expect(outcomes(report, 'renewal.coverage')).toEqual(['PASSED:seal-only', 'PASSED:seal-only'])
  })

  test('finds certificates between an authority and its root among the hints of a level', async () => {
    const strong = { digest: 'sha512', from: '340101000000Z', to: '491231235959Z' } as const
    const middle = await authority('Example Time Authority of 2034', { issuer: RENEWAL_PKI.thirdRoot, ...strong })
    const unit = await issue({
      ...strong,
      name: 'Example Unit below it',
      issuer: middle,
      extensions: TIME_STAMP_UNIT,
      to: '451231235959Z',
    })
    for (const [validation, expected] of [
      [{ 'middle.cer': middle.der }, 'PASSED'],
      [{}, 'INDETERMINATE:not-proved'],
    ] as const) {
      const made = await renewed({ third: { unit, validation } })
      expect(outcomes(await judged(made), 'renewal.token')[0]).toBe(expected)
    }
  })

  test('is left as it was by whatever is added to its levels, but for certainty', async () => {
    const names = [
      'sums-sha512.txt',
      'example-tsa.tsr',
      'other-tsa.tsr',
      'notes.txt',
      'validation/a.crl',
      'validation/b.cer',
    ]
    const path = fc
      .tuple(fc.integer({ min: 4, max: 7 }), fc.constantFrom(...names))
      .map(([n, name]) => `seal/${n}/${name}`)
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc
        .constantFrom(...['seal/2/sums-sha512.txt', 'seal/3/example-tsa.tsr', 'seal/2/example-tsa.tsr'])
        .map((one) => one),
    )
    await fc.assert(
      fc.asyncProperty(fc.dictionary(path, bytes, { minKeys: 1, maxKeys: 4 }), async (added) => {
        const given = Object.entries(added).map(
          ([to, one]) => [to, typeof one === 'string' ? fileAt(files, one) : one] as const,
        )
        const { body } = await judged(altered(files, Object.fromEntries(given)))
        expect(body.assessment.indication).not.toBe('TOTAL-FAILED')
        expect(body.assessment.axes.bytes.value).toBe('PASSED')
        expect(body.assessment.axes.signer.value).toBe('PASSED')
        const isOnlyHints = given.every(([to]) => to.includes('/validation/'))
        expect(body.assessment.indication === 'TOTAL-PASSED').toBe(isOnlyHints)
      }),
      { numRuns: 60 },
    )
  })

  test('is judged alike from its saved facts, which are in their schema', async () => {
    const facts = await factsOf(files)
    const saved = parseFacts(serializeFacts(facts))
    expect(saved).toEqual(facts)
    expect(await judged(saved)).toEqual(await judged(facts))
    const schema = JSON.parse(new TextDecoder().decode(read('docs/spec/facts-1.schema.json')))
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema)
    expect(validate(JSON.parse(new TextDecoder().decode(serializeFacts(facts)))), JSON.stringify(validate.errors)).toBe(
      true,
    )
  })
})

test('the seal is believed exactly where a chain of tokens leads to the day of the check, whatever the times', async () => {
  const day = (year: number, month: number) => `${year}${`${month}`.padStart(2, '0')}15091200Z`
  const instantOf = (generalized: string) => {
    const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)/.exec(generalized) ?? []
    return instant(`${year}-${month}-${date}T09:12:00Z`)
  }
  const time = (from: number, to: number) =>
    fc
      .tuple(fc.integer({ min: from, max: to }), fc.integer({ min: 1, max: 12 }))
      .map(([year, month]) => day(year, month))
  /** Their certificates' periods, by the names that the model gives the tokens. */
  const UNITS = { a: [2025, 2032], b: [2030, 2039], c: [2035, 2045] } as const
  const token = (name: keyof typeof UNITS, generalized: string, covers: readonly string[]) => {
    const [, last] = UNITS[name]
    const end = instant(`${last}-12-31T23:59:59Z`)
    const upperBound = { ...instantOf(generalized), epochSeconds: instantOf(generalized).epochSeconds + 1 }
    return { sha256: name, upperBound, covers, holdsAt: (at: Instant) => compareInstants(at, end) <= 0 }
  }
  const isValid = (name: keyof typeof UNITS, generalized: string) => {
    const year = Number(generalized.slice(0, 4))
    return year >= UNITS[name][0] && year <= UNITS[name][1]
  }
  const withoutLists = (all: Files) => {
    all.delete('seal/1/validation/time-root-of-2020.crl')
  }
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(time(2029, 2041), time(2029, 2047), time(2027, 2048), async (second, third, at) => {
      const made = await renewed({
        first: withoutLists,
        second: { genTime: second },
        third: { genTime: third, validation: {} },
      })
      const now = { ...instantOf(at), epochSeconds: instantOf(at).epochSeconds + 3600 }
      const report = await judged(made, { policy: SEALED, at: formatInstant(now) })
      const chain = [token('a', '20260314091200Z', ['seal'])]
      if (isValid('b', second)) chain.push(token('b', second, ['a']))
      // A level that is not later than the one below proves nothing.
      if (isValid('c', third) && third > second) chain.push(token('c', third, ['a', 'b']))
      const first = believedTokens(chain, now).find(({ token: { sha256 } }) => sha256 === 'a')
      const expected =
        first === undefined ? 'INDETERMINATE:expired' : first.renewedBy === null ? 'PASSED' : 'PASSED:renewed'
      expect(outcomes(report, 'timestamp.believed'), `${second} ${third} ${at}`).toEqual([expected])
      // What passes as a whole is believed; what is not cannot pass.
      if (expected.startsWith('INDETERMINATE')) expect(report.body.assessment.indication).toBe('INDETERMINATE')
      seen.add(`${expected} ${report.body.assessment.indication}`)
    }),
    { numRuns: 80, seed: 7 },
  )
  expect([...seen].sort()).toEqual([
    'INDETERMINATE:expired INDETERMINATE',
    'PASSED INDETERMINATE',
    'PASSED TOTAL-PASSED',
    'PASSED:renewed INDETERMINATE',
    'PASSED:renewed TOTAL-PASSED',
  ])
})

test('what it rests on names the time-stamps, authorities and certificates of its levels', async () => {
  const validationTime = instant('2040-01-01T00:00:00Z')
  const policySha256 = toHex(ports.smallDigest('sha256', serializePolicy(SEALED)))
  const asked = { policy: SEALED, policySha256, trustSet: RENEWAL, validationTime, inputs: PLAIN_INPUTS }
  const { falls } = await establishRestsOn(await factsOf(files), asked, ports)
  const named = falls.flatMap(({ support, axes }) =>
    support.kind === 'token' && axes.some(({ axis, after }) => axis === 'time' && after === 'INDETERMINATE')
      ? [support.path]
      : [],
  )
  expect(named).toEqual([
    'seal/1/tagmanifest-sha256.txt.p7s.example-tsa.tsr',
    'seal/2/example-tsa.tsr',
    'seal/3/example-tsa.tsr',
  ])
})

describe('the payload', () => {
  /** The digests that are computed of the payload, and how often its files are opened. */
  async function workOn(all: Files, digests: 'all' | readonly 'sha256'[] = 'all') {
    const asked: (readonly string[])[] = []
    const digester: Ports['digester'] = {
      digest(jobs, options) {
        for (const { path, algorithms } of jobs) if (path.startsWith('data/')) asked.push([...algorithms].sort())
        return ports.digester.digest(jobs, options)
      },
    }
    const source = memorySource(all)
    let opened = 0
    const counted = {
      ...source,
      async *open(entry: Parameters<typeof source.open>[0]) {
        if (entry.path.startsWith('data/')) opened++
        yield* source.open(entry)
      },
    }
    await establishBundleFacts(counted, { ...ports, digester }, { digests, name: 'renewed', bytes: null })
    return { asked, opened }
  }

  test('is read once for all of its digests, and under SHA-512 only where a level lists it and nobody left that digest out', async () => {
    expect(await workOn(files)).toEqual({ asked: [['sha256', 'sha512']], opened: 0 })
    expect(await workOn(files, ['sha256'])).toEqual({ asked: [['sha256']], opened: 0 })
    expect(await workOn(only(files, 1))).toEqual({ asked: [['sha256']], opened: 0 })
    const short = await renewed({ second: { lists: isOfSeal }, third: { lists: isOfSeal } })
    expect(await workOn(short)).toEqual({ asked: [['sha256']], opened: 0 })
  })
})

describe('renewal.due', () => {
  test('names the day of what ends first, and from that day on the seal is no longer believed', async () => {
    const fresh = only(files, 1)
    for (const [policy, trustSet, all, reason] of [
      [SEALED, RENEWAL, fresh, 'certificate'],
      [ENDED, CLOSED, only(files, 1, 2), 'anchor-interval'],
      [withEnd(SEALED, 'sha256', '2029-01-01'), RENEWAL, fresh, 'algorithm'],
      [withEnd(SEALED, 'sha512', '2035-01-01'), RENEWAL, only(files, 1, 2), 'algorithm'],
    ] as const) {
      const asked = { policy, trustSet }
      const first = await judged(all, { ...asked, at: '2028-01-01T00:00:00Z' })
      const levels = all === fresh ? first : await judged(all, { ...asked, at: '2032-01-01T00:00:00Z' })
      expect(outcomes(levels, 'renewal.due')).toEqual([`PASSED:${reason}`])
      const due = instant(dueOf(levels) ?? '')
      const at = (seconds: number) => `${new Date((due.epochSeconds + seconds) * 1000).toISOString().slice(0, 19)}Z`
      const before = await judged(all, { ...asked, at: at(-1) })
      expect(answerOf(before)).toBe('TOTAL-PASSED')
      expect(dueOf(before)).toBe(dueOf(levels))
      const after = await judged(all, { ...asked, at: at(1) })
      expect(after.body.assessment.indication).toBe('INDETERMINATE')
      expect(outcomes(after, 'renewal.due')).toEqual(['INDETERMINATE:overdue'])
    }
  })

  test('is the end of the root where that comes before the end of the authority below it', async () => {
    const root = await authority('Example Short Root', { to: '300101000000Z' })
    const unit = await issue({
      name: 'Example Long Unit',
      issuer: root,
      extensions: TIME_STAMP_UNIT,
      to: '321231235959Z',
    })
    const all = await seal({ units: { 'example-tsa': unit } })
    const report = await judged(all, { policy: SEALED, trustSet: trusting([root]), at: '2027-01-01T00:00:00Z' })
    expect(outcomes(report, 'renewal.due')).toEqual(['PASSED:anchor'])
    expect(dueOf(report)).toBe('2030-01-01T00:00:00Z')
  })

  test('is asked of nothing where no time is proved', async () => {
    const report = await judged(await seal({ units: {} }), { policy: SEALED, at: '2026-06-01T00:00:00Z' })
    expect(outcomes(report, 'renewal.due')).toEqual(['NOT-CHECKED:nothing-proved'])
  })
})

describe('under a policy that asks for two authorities and for revocation', () => {
  /** The axes of a seal alone, as `court` asks for them. */
  const COURT: Policy = {
    ...ENDED,
    requiredAxes: ['bytes', 'completeness', 'signer', 'time'],
    revocation: 'required',
    timestamps: { atLeast: 2 },
    mayBeNotChecked: shippedPolicy('court').mayBeNotChecked,
  }
  let roots: readonly Issued[]
  let court: TrustSet
  let make: (lives?: { readonly alone?: 2 | 3; readonly without?: string }) => Promise<Files>

  beforeAll(async () => {
    const of = (name: string, from: string, to: string, more = {}) => authority(name, { from, to, ...more })
    const strong = { digest: 'sha512' } as const
    const otherFirst = await of('Example Second Root of 2020', '200101000000Z', '331231235959Z')
    const otherSecond = await of('Example Second Root of 2028', '280101000000Z', '451231235959Z', strong)
    const otherThird = await of('Example Second Root of 2034', '340101000000Z', '491231235959Z', strong)
    const unit = (name: string, issuer: Issued, from: string, to: string, more = {}) =>
      issue({ name, issuer, from, to, extensions: TIME_STAMP_UNIT, ...more })
    const first = await unit('Example Other Unit of 2025', otherFirst, '250101000000Z', '321231235959Z')
    const second = await unit('Example Other Unit of 2030', otherSecond, '300101000000Z', '391231235959Z', strong)
    const third = await unit('Example Other Unit of 2035', otherThird, '350101000000Z', '451231235959Z', strong)
    const { firstRoot, secondRoot, thirdRoot } = RENEWAL_PKI
    roots = [firstRoot, secondRoot, thirdRoot, otherFirst, otherSecond, otherThird]
    court = trusting(roots)
    const list = (issuer: Issued, year: string, digest: 'sha256' | 'sha512') =>
      crl({ issuer, thisUpdate: `${year}0701000000Z`, nextUpdate: `${year}1201000000Z`, digest })
    make = async ({ alone, without } = {}) => {
      const all = await seal({ units: { 'example-tsa': RENEWAL_PKI.first, 'second-tsa': first } })
      const lists = { root: PKI.root, first: firstRoot, second: otherFirst }
      for (const [name, issuer] of Object.entries(lists))
        if (name !== without) all.set(`seal/1/validation/${name}.crl`, await list(issuer, '26', 'sha256'))
      const levelOf = async (level: 2 | 3, year: string, one: Issued, two: Issued, issuers: readonly Issued[]) =>
        addLevel(all, {
          level,
          unit: one,
          genTime: `20${year}0501091200Z`,
          ...(alone === level ? {} : { others: { 'second-tsa': two } }),
          validation: Object.fromEntries(
            await Promise.all(
              issuers.map(async (issuer, at) => [`${at}.crl`, await list(issuer, year, 'sha512')] as const),
            ),
          ),
        })
      await levelOf(2, '31', RENEWAL_PKI.second, second, [secondRoot, otherSecond])
      await levelOf(3, '36', RENEWAL_PKI.third, third, [thirdRoot, otherThird])
      return all
    }
  })

  test('the levels hold with two authorities each, and with lists that later levels cover', async () => {
    const report = await judged(await make(), { policy: COURT, trustSet: court })
    expect(outcomes(report, 'renewal.token')).toEqual(['PASSED', 'PASSED:renewed'])
    expect(outcomes(report, 'signer.revocation')).toEqual(['PASSED'])
    expect(answerOf(report)).toBe('TOTAL-PASSED')
  })

  test.each([2, 3] as const)('level %i of one authority alone is too little', async (alone) => {
    const report = await judged(await make({ alone }), { policy: COURT, trustSet: court })
    expect(outcomes(report, 'renewal.token')).toContain('INDETERMINATE:too-few')
    expect(report.body.assessment.indication).toBe('INDETERMINATE')
  })

  test('a list that is not there leaves the answer open', async () => {
    const report = await judged(await make({ without: 'second' }), { policy: COURT, trustSet: court })
    expect(outcomes(report, 'timestamp.threshold')).toEqual(['INDETERMINATE:revocation-unknown'])
  })
})

/** The list of 2040 with these authorities beside the signer's. */
function trusting(authorities: readonly Issued[]): TrustSet {
  const written = JSON.parse(new TextDecoder().decode(read('test-vectors/trust-sets/renewal.json')))
  const anchors = [PKI.root, ...authorities].map((one, at) => ({
    certificate: Buffer.from(one.der).toString('base64'),
    label: `Example ${at} (sample)`,
    role: at === 0 ? 'signer' : 'time-stamp-authority',
    source: 'invented for this test',
  }))
  return trustSetOf(text(canonical({ ...written, anchors })))
}

function isOfSeal(path: string): boolean {
  return path.startsWith('seal/') || path.startsWith('tagmanifest-')
}

/** The bundle with these of its seal levels. */
function only(all: Files, ...levels: readonly number[]): Files {
  return new Map([...all].filter(([path]) => !path.startsWith('seal/') || levels.includes(Number(path.split('/')[1]))))
}

function withEnd(policy: Policy, digest: 'sha256' | 'sha512', until: string): Policy {
  const digests = { ...policy.algorithms.digests, [digest]: { until } }
  return { ...policy, algorithms: { ...policy.algorithms, digests } }
}

function canonical(value: object): string {
  const sorted = (one: unknown): unknown =>
    Array.isArray(one)
      ? one.map(sorted)
      : typeof one === 'object' && one !== null
        ? Object.fromEntries(
            Object.entries(one)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, part]) => [name, sorted(part)]),
          )
        : one
  return JSON.stringify(sorted(value))
}
