import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodePorts, openDirectory } from '@probatum/platform/node'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant, shippedPolicy } from '../../../tools/testing/judgement.ts'
import { establishBundleFacts } from './establish.ts'
import { establishCertificateFacts, establishSignatureFacts, establishTimestampFacts } from './establish-alone.ts'
import { establishEvidenceRecordFacts } from './establish-evidence-record.ts'
import { parseFacts, serializeFacts } from './facts-file.ts'
import { canonicalise } from './json/canonicalise.ts'
import { parseJson } from './json/parse.ts'
import { isJsonObject, type JsonValue } from './json/value.ts'
import { fromBase64 } from './model/bytes.ts'
import type { FactsFile } from './model/facts.ts'
import { ParseError } from './model/parse-error.ts'
import { PLAIN_INPUTS } from './model/report.ts'
import { parseCertificate } from './pki/certificate-parse.ts'
import { digestOfBytes } from './pki/evidence-digest.ts'
import { parseTrustSet } from './trust/parse-trust-set.ts'
import { judge } from './verify.ts'

const VECTORS = new URL('../../../test-vectors/', import.meta.url)
const MEGABYTES = 10_000_000
const ports = nodePorts()
const samples = new Map<string, FactsFile>()

const read = (path: string) => new Uint8Array(readFileSync(new URL(path, VECTORS)))

beforeAll(async () => {
  for (const name of ['two-authorities', 'bag-md5', 'bag-info-malformed']) {
    const source = await openDirectory(fileURLToPath(new URL(`bundles/base/${name}`, VECTORS)))
    samples.set(name, (await establishBundleFacts(source, ports, { digests: 'all', name, bytes: null })).factsFile)
  }
  const seal = 'bundles/base/two-authorities/seal/1/'
  const names = readdirSync(new URL(seal, VECTORS))
  const p7s = read(`${seal}${names.find((name) => name.endsWith('.p7s'))}`)
  const tsr = read(`${seal}${names.find((name) => name.endsWith('.tsr'))}`)
  const over = (bytes: Uint8Array) => ({ digest: digestOfBytes(bytes, ports), bytes })
  const manifest = read('bundles/base/two-authorities/tagmanifest-sha256.txt')
  const lone = (bytes: Uint8Array) => ({ name: 'sample', bytes })
  samples.set('timestamp', await establishTimestampFacts(lone(tsr), over(p7s).digest, ports))
  samples.set('signature', await establishSignatureFacts(lone(p7s), over(manifest), ports))
  const [pooled] = samples.get('signature')?.facts.certificates ?? []
  const certificate = establishCertificateFacts(lone(fromBase64(pooled?.der ?? '') ?? p7s), 'signer', ports)
  samples.set('certificate', certificate)
  const record = lone(read('evidence-records/hash-tree-renewal.ers'))
  samples.set('evidence-record', await establishEvidenceRecordFacts(record, [over(manifest).digest], ports))
}, 60_000)
afterAll(() => ports.close())

function judgement() {
  const policy = shippedPolicy('court')
  const validationTime = instant('2027-01-01T00:00:00Z')
  return {
    policy,
    policySha256: '0'.repeat(64),
    trustSet: parseTrustSet(read('trust-sets/sample.json'), (der) => parseCertificate(der), ports.smallDigest),
    validationTime,
    inputs: PLAIN_INPUTS,
  } as const
}

type Path = readonly (string | number)[]

/** Every place of a value, the value itself apart. */
function placesOf(value: JsonValue, at: Path = []): Path[] {
  const members: (readonly [string | number, JsonValue])[] = Array.isArray(value)
    ? value.map((element, index) => [index, element] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : []
  return members.flatMap(([name, member]) => [[...at, name], ...placesOf(member, [...at, name])])
}

/** The same value with another one at a place; without it when there is no other. */
function withAt(value: JsonValue, [name, ...rest]: Path, other: JsonValue | undefined): JsonValue {
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, JsonValue>
  if (name === undefined) throw new TypeError('no place')
  const before = copy[name]
  if (rest.length > 0 && before !== undefined) copy[name] = withAt(before, rest, other)
  else if (other !== undefined) copy[name] = other
  else if (Array.isArray(copy)) copy.splice(name as number, 1)
  else delete copy[name]
  return copy as unknown as JsonValue
}

const OTHERS: readonly (JsonValue | undefined)[] = [
  undefined,
  null,
  true,
  false,
  -1,
  0,
  1,
  0.5,
  Number.MAX_SAFE_INTEGER,
  '',
  'x',
  'constructor',
  '__proto__',
  '9999-12-31T23:59:59Z',
  '0'.repeat(64),
  [],
  ['x'],
  [null],
  {},
  { scheme: 'constructor' },
]

describe('facts files', () => {
  const names = [
    'two-authorities',
    'bag-md5',
    'bag-info-malformed',
    'timestamp',
    'signature',
    'certificate',
    'evidence-record',
  ] as const

  test.each(names)('what is written is read: %s', (name) => {
    const file = samples.get(name)
    if (file === undefined) throw new TypeError(name)
    expect(parseFacts(serializeFacts(file))).toEqual(file)
  })

  test.each(names)(
    'one member that is absent or another is refused, or judged: %s',
    async (name) => {
      const file = samples.get(name)
      if (file === undefined) throw new TypeError(name)
      const written = parseJson(serializeFacts(file), name, { limit: MEGABYTES, canonical: true })
      const places = placesOf(written)
      const input = judgement()
      let refused = 0
      await fc.assert(
        fc.asyncProperty(fc.nat(places.length - 1), fc.constantFrom(...OTHERS), async (index, other) => {
          const bytes = canonicalise(withAt(written, places[index] ?? [], other))
          try {
            await judge(parseFacts(bytes), input, ports)
          } catch (error) {
            if (!(error instanceof ParseError)) throw error
            refused++
          }
        }),
        { numRuns: 400 },
      )
      expect(refused).toBeGreaterThan(0)
    },
    120_000,
  )

  test.each(names)('a member that no type has is refused: %s', (name) => {
    const file = samples.get(name)
    if (file === undefined) throw new TypeError(name)
    const written = parseJson(serializeFacts(file), name, { limit: MEGABYTES, canonical: true })
    const objects = [[], ...placesOf(written)].filter((place) => isJsonObject(at(written, place)))
    for (const place of objects) {
      const last = place.at(-1)
      // Counts by code have the names that their codes have.
      if (last === 'by') continue
      expect(() => parseFacts(canonicalise(withAt(written, [...place, 'ünknown'], null)))).toThrow(/ERR_FACTS/)
    }
    expect(objects.length).toBeGreaterThan(3)
  })

  test('names the place', () => {
    const file = samples.get('timestamp')
    if (file === undefined) throw new TypeError('timestamp')
    const written = parseJson(serializeFacts(file), 'facts', { limit: MEGABYTES, canonical: true })
    const changed = canonicalise(withAt(written, ['facts', 'token', 'tstInfo', 'genTime'], 'yesterday'))
    expect(() => parseFacts(changed)).toThrow(/facts\.token\.tstInfo\.genTime, expected RFC 3339 time in UTC/)
  })
})

function at(value: JsonValue, place: Path): JsonValue {
  let found: JsonValue = value
  for (const name of place) found = (found as unknown as Record<string | number, JsonValue>)[name] ?? null
  return found
}
