import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EVENT_TYPES, encodeUtf8, ITEM_TYPE, LOG_RELATIONS } from '@probatum/core'
import { parseDisclosurePolicy } from '@probatum/seal'
import { ITEM_DOUBTS } from '@probatum/words'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { BUNDLE, ensureBuilt } from './build.mjs'
import { testPlace } from './testing/place.ts'

/** The schemas of files that commands write and read, beside bundles and reports: made by the commands themselves. */
const { place } = testPlace('schemas')
const read = (name: string) => readFileSync(join(place, name), 'utf8')
const lines = (name: string) =>
  read(name)
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line))

interface Schema {
  readonly $defs: Readonly<Record<string, Record<string, unknown>>>
}
const schema = (name: string): Schema =>
  JSON.parse(readFileSync(new URL(`../docs/spec/${name}-1.schema.json`, import.meta.url), 'utf8'))

function errorsUnder(name: string, definition?: string): (value: unknown) => readonly unknown[] {
  const whole = schema(name)
  const given = definition === undefined ? whole : { ...whole, oneOf: undefined, $ref: `#/$defs/${definition}` }
  const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(
    JSON.parse(JSON.stringify(given)),
  )
  return (value) => (validate(value) ? [] : (validate.errors ?? []))
}

function probatum(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [BUNDLE, ...args], { cwd: place, encoding: 'utf8' })
  expect([0, 1, 3], `${args.join(' ')}\n${stderr}`).toContain(status)
  return stdout
}

const POLICY = {
  disclosurePolicy: 'probatum/disclosure-policy/1-draft',
  recipient: 'Example Defence (sample)',
  identifier: 'Example case 1 (sample)',
  purpose: 'Example purpose',
  events: [{ types: ['access'], seq: [[0, 9]], fields: ['agent'] }],
  items: [{ seq: [0, [1, 1]], payload: true, fields: ['originalName', 'size'] }],
  grounds: [{ file: 'custody.jsonl', all: true, fields: ['note'], ground: 'other' }],
  accept: [{ file: 'items.jsonl', field: 'originalName', path: 'data/00/000001.txt' }],
}
const trust = ['--trust-set', 'out/INTERNAL-demonstration.trust-set.json', '--at', '2030-01-01']

beforeAll(async () => {
  await ensureBuilt()
  mkdirSync(join(place, 'files'))
  for (const letter of 'ab') writeFileSync(join(place, `files/${letter}.txt`), `INVENTED SAMPLE ${letter}\n`)
  const key = ['--log-key', 'key.pem']
  probatum('custody', 'init', 'log', ...key, '--new-key', '--origin', 'sample.example/schemas', '--case-id', 'Case S')
  const acknowledged = probatum('custody', 'append', 'log', '--type', 'access', '--field', 'agent=A (sample)')
  writeFileSync(join(place, 'acknowledged.jsonl'), acknowledged)
  const signing = ['--log', 'log', ...key, '--demo-authority', '--issuer', 'Example Mechanism (sample)']
  probatum('seal', 'files', '-o', 'master', ...signing)
  writeFileSync(join(place, 'one.json'), JSON.stringify(POLICY, null, 2))
  writeFileSync(
    join(place, 'two.json'),
    JSON.stringify({ ...POLICY, identifier: 'Two', items: [{ seq: [1], payload: true, fields: [] }] }),
  )
  probatum('redact', 'master', ...signing, '--policy', 'one.json', '--policy', 'two.json', '-o', 'out')
  cpSync(join(place, 'out/one'), join(place, 'bare'), { recursive: true })
  rmSync(join(place, 'bare/data'), { recursive: true })
}, 120_000)

const closed = (errors: (value: unknown) => readonly unknown[], value: Record<string, unknown>) => {
  expect(errors(value)).toEqual([])
  expect(errors({ ...value, unknown: 1 })).not.toEqual([])
  for (const name of Object.keys(value)) {
    const { [name]: _, ...rest } = value
    expect(errors(rest), `without ${name}`).not.toEqual([])
  }
}

describe('comparison-1.schema.json', () => {
  const errors = errorsUnder('comparison')
  const relations = schema('comparison').$defs.pair as { properties: { relation: { enum: readonly string[] } } }

  it('accepts every kind of comparison of bundles and facts', () => {
    probatum('verify', 'out/two', ...trust, '--save-facts', 'facts.json')
    for (const inputs of [
      ['out/one'],
      ['out/one', 'out/two', 'master'],
      ['out/one', 'facts.json'],
      ['bare', 'out/two'],
    ])
      closed(errors, JSON.parse(probatum('compare', ...inputs, ...trust, '--json')))
    expect(errors(JSON.parse(probatum('compare', 'out/one', 'master', '--json')))).toEqual([])
  })

  it('accepts a comparison of reports', () => {
    probatum('verify', 'out/one', ...trust, '--save', 'a.json')
    probatum('verify', 'out/two', ...trust, '--policy', 'fixity', '--save', 'b.json')
    closed(errors, JSON.parse(probatum('compare', 'a.json', 'b.json', '--json')))
    expect(errors(JSON.parse(probatum('compare', 'a.json', 'a.json', '--json')))).toEqual([])
  })

  it('has the answers of the program', () => {
    expect(relations.properties.relation.enum).toEqual([...LOG_RELATIONS])
  })
})

describe('extracted-1.schema.json', () => {
  const errors = errorsUnder('extracted')

  it('accepts what extract writes of whole and of damaged bundles', () => {
    probatum('extract', 'out/one', '-o', 'whole', ...trust)
    closed(errors, JSON.parse(read('whole/extracted.json')))
    cpSync(join(place, 'out/one'), join(place, 'damaged'), { recursive: true })
    writeFileSync(join(place, 'damaged/data/00/000001.txt'), 'other\n')
    probatum('extract', 'damaged', '-o', 'marked', ...trust, '--also-unverified', '0')
    closed(errors, JSON.parse(read('marked/extracted.json')))
    expect(read('marked/extracted.json')).toContain('NOT-VERIFIED')
  })

  it('has the doubts of the program', () => {
    const { items } = schema('extracted').$defs.doubts as { items: { enum: readonly string[] } }
    expect([...items.enum].sort()).toEqual(Object.keys(ITEM_DOUBTS).sort())
  })
})

describe('custody-log-1.schema.json', () => {
  it('accepts the files of a log, and what append prints', () => {
    closed(errorsUnder('custody-log'), JSON.parse(read('log/log.json')))
    for (const [name, definition] of [
      ['log/commits.jsonl', 'commit'],
      ['log/checkpoints.jsonl', 'checkpoint'],
      ['acknowledged.jsonl', 'acknowledgement'],
    ] as const) {
      const values = lines(name)
      expect(values.length).toBeGreaterThan(0)
      for (const value of values) closed(errorsUnder('custody-log', definition), value)
    }
  })

  it('accepts lines for a batch, and none that a log adds by itself', () => {
    const errors = errorsUnder('custody-log', 'batchLine')
    expect(errors({ type: 'access', fields: { agent: 'A (sample)' } })).toEqual([])
    expect(errors({ type: 'export', fields: {} })).not.toEqual([])
    expect(errors({ type: 'access' })).not.toEqual([])
  })
})

describe('disclosure-policy-1.schema.json', () => {
  const errors = errorsUnder('disclosure-policy')
  const isParsed = (value: unknown) => {
    try {
      parseDisclosurePolicy(encodeUtf8(JSON.stringify(value)), 'test')
      return true
    } catch {
      return false
    }
  }
  const withItems = (...items: readonly object[]) => ({ ...POLICY, items })
  const withEvents = (...events: readonly object[]) => ({ ...POLICY, events })

  test.each([
    ['the example', POLICY, true],
    ['one that shows nothing', { disclosurePolicy: POLICY.disclosurePolicy, recipient: null, identifier: 'x' }, true],
    ['all items with every field', withItems({ all: true, payload: true, fields: ['*'] }), true],
    ['a rule without fields', withEvents({ seq: [1] }), true],
    ['a rule that chooses nothing', withEvents({ fields: ['agent'] }), false],
    ['a rule that chooses all and some', withEvents({ all: true, seq: [1] }), false],
    ['a type that is none of events', withEvents({ types: ['item'] }), false],
    ['types of items', withItems({ types: ['access'] }), false],
    ['a field that there is not', withItems({ all: true, fields: ['agent'] }), false],
    ['a member that is not known', { ...POLICY, hurry: true }, false],
    ['no identifier', { disclosurePolicy: POLICY.disclosurePolicy, recipient: null }, false],
    ['a ground with a space', { ...POLICY, grounds: [{ file: 'items.jsonl', all: true, ground: 'a b' }] }, false],
    [
      'a ground of item types',
      { ...POLICY, grounds: [{ file: 'items.jsonl', types: ['access'], ground: 'a' }] },
      false,
    ],
    ['an exception for everything', { ...POLICY, accept: [{}] }, false],
    ['a control character', { ...POLICY, identifier: 'a\nb' }, false],
  ])('and the program agree on %s', (_, policy, isGood) => {
    expect(isParsed(policy)).toBe(isGood)
    expect(errors(policy).length === 0).toBe(isGood)
  })

  it('has the fields and types of the program', () => {
    const { eventFields, itemFields, types } = schema('disclosure-policy').$defs as Readonly<
      Record<string, { readonly items: { readonly enum: readonly string[] } }>
    >
    const slots = new Set(Object.values(EVENT_TYPES).flatMap((type) => [...type.slots]))
    expect(new Set(eventFields?.items.enum)).toEqual(new Set(['*', ...slots]))
    expect(itemFields?.items.enum).toEqual(['*', ...ITEM_TYPE.slots])
    expect(types?.items.enum).toEqual(Object.keys(EVENT_TYPES))
  })

  it('has the disclosure matrix too', () => {
    closed(errorsUnder('disclosure-policy', 'matrix'), JSON.parse(read('out/INTERNAL-disclosure-matrix.json')))
  })
})

test('a later file of openings is in the schema of lines', () => {
  probatum('disclose', 'out/two', '--log', 'log', '--open', 'items.jsonl:0:size', '-o', 'later.jsonl', '--yes')
  const [whole, opening] = lines('later.jsonl')
  closed(errorsUnder('bundle', 'lineOpening'), whole ?? {})
  closed(errorsUnder('bundle', 'opening'), opening ?? {})
  const facts = errorsUnder('facts')
  for (const more of [[], ['--show-opened']]) {
    const name = `later-facts-${more.length}.json`
    probatum('verify', 'out/two', ...trust, '--disclosures', 'later.jsonl', '--save-facts', name, ...more)
    expect(facts(JSON.parse(read(name)))).toEqual([])
  }
  expect(JSON.parse(read('later-facts-1.json')).opened.length).toBeGreaterThan(0)
  expect(JSON.parse(read('later-facts-0.json')).opened).toBeUndefined()
})
