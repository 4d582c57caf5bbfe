import { readdirSync, readFileSync } from 'node:fs'
import { AXES, CATALOGUE, decodeUtf8, EVENT_TYPES, ITEM_TYPE, SHIPPED_POLICIES, serializePolicy } from '@probatum/core'
import { sealSample, seededRandom } from '@probatum/seal'
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { instant } from './testing/judgement.ts'

const FOLDER = new URL('../docs/spec/', import.meta.url)
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.schema.json'))

function schema(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))
}

function validator(given: AnySchema) {
  const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(given)
  return (value: unknown) => (validate(value) ? [] : (validate.errors ?? []))
}

function read(bytes: Uint8Array): Record<string, unknown> {
  return JSON.parse(decodeUtf8(bytes) ?? '')
}

test('every schema compiles', () => {
  expect(NAMES.length).toBeGreaterThan(3)
  for (const name of NAMES) expect(() => validator(schema(name))).not.toThrow()
})

test('every object of a schema is closed, apart from what a draft leaves open on purpose', () => {
  const open: string[] = []
  const walk = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return
    const { type, properties, additionalProperties } = value as Record<string, unknown>
    if (type === 'object' && properties !== undefined && additionalProperties === undefined) open.push(at)
    for (const [name, member] of Object.entries(value)) walk(member, `${at}/${name}`)
  }
  for (const name of NAMES.filter((one) => !one.startsWith('facts'))) walk(schema(name), name)
  expect(open).toEqual([])
})

describe('policy-1.schema.json', () => {
  const errors = validator(schema('policy-1.schema.json'))

  test.each(SHIPPED_POLICIES.map((policy) => [policy.id, policy] as const))('accepts the policy %s', (_id, policy) => {
    expect(errors(read(serializePolicy(policy)))).toEqual([])
  })

  test('refuses an unknown member', () => {
    for (const policy of SHIPPED_POLICIES) {
      expect(errors({ ...read(serializePolicy(policy)), hurry: true })).not.toEqual([])
    }
  })
})

test('the identifiers of the program fit the patterns of the schemas', () => {
  const definitions = schema('report-1.schema.json').$defs as Record<string, { readonly enum?: unknown }>
  expect(definitions.axis?.enum).toEqual([...AXES])
  const id = /^[a-z]+\.[a-z-]+$/
  expect(CATALOGUE.filter((entry) => !id.test(entry.id))).toEqual([])
  const reasons = CATALOGUE.flatMap(({ outcomes }) => outcomes).map((outcome) => outcome.split(':')[1] ?? 'none')
  expect(reasons.filter((reason) => !/^[A-Za-z0-9_-]+$/.test(reason))).toEqual([])
})

test('trust-set-1.schema.json accepts the demonstration’s set, and no anchor without its certificate', async () => {
  const errors = validator(schema('trust-set-1.schema.json'))
  const now = instant('2026-03-14T09:12:00Z')
  const { trustSet } = await sealSample({ now, random: seededRandom('schemas') })
  const set = read(trustSet)
  expect(errors(set)).toEqual([])
  const anchors = (set.anchors as Record<string, unknown>[]).map(({ certificate: _certificate, ...anchor }) => anchor)
  expect(errors({ ...set, anchors })).not.toEqual([])
  expect(errors({ ...set, anchors: [] })).not.toEqual([])
})

describe('bundle-1.schema.json', () => {
  const whole = schema('bundle-1.schema.json')
  const errors = (definition: string) => validator({ ...whole, $ref: `#/$defs/${definition}` })

  test('accepts every record of the sealed sample, and no line with a slot too many', async () => {
    const now = instant('2026-03-14T09:12:00Z')
    const { files } = await sealSample({ now, random: seededRandom('schemas'), longTerm: true })
    const text = (path: string) => decodeUtf8(files.get(path) ?? new Uint8Array(0)) ?? ''
    const values = (path: string) =>
      text(path)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    for (const [path, definition] of [
      ['record/bundle.json', 'bundleRecord'],
      ['record/authorisation.json', 'authorisation'],
      ['record/items.jsonl', 'itemsLine'],
      ['record/custody.jsonl', 'custodyLine'],
      ['record/disclosures.jsonl', 'disclosuresLine'],
    ] as const) {
      const check = errors(definition)
      expect(values(path).length).toBeGreaterThan(0)
      for (const value of values(path)) {
        expect(check(value)).toEqual([])
        expect(check({ ...value, unknown: 1 })).not.toEqual([])
        if ('sd' in value) expect(check({ ...value, sd: [...value.sd, value.sd[0]] })).not.toEqual([])
      }
    }
  })

  test('has the slots of the program', () => {
    const definitions = whole.$defs as Record<
      string,
      { readonly properties?: { readonly sd?: { readonly description: string } } }
    >
    const slots = (name: string) => definitions[name]?.properties?.sd?.description.split(', ')
    expect(slots('item')).toEqual(ITEM_TYPE.slots)
    for (const [name, type] of Object.entries(EVENT_TYPES)) expect(slots(name)).toEqual(type.slots)
  })
})
