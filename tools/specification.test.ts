// Needs: openssl, python3, sh.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import {
  CATALOGUE,
  canonicalText,
  EVENT_TYPES,
  encodeUtf8,
  fromHex,
  ITEM_TYPE,
  layoutRole,
  lineDigest,
  MANDATORY_FILES,
  merkleRoot,
  PUBLISHED_VERIFY_TEXTS,
  type SmallDigest,
  toBase64Url,
  toHex,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { describe, expect, test } from 'vitest'
import type { Vector } from '../test-vectors/vector.ts'

const TEXT = readFileSync(new URL('../docs/spec/bundle-1.md', import.meta.url), 'utf8')

function section(number: string): string {
  const depth = number.includes('.') ? '###' : '##'
  const from = TEXT.indexOf(`\n${depth} ${number} `)
  if (from === -1) throw new Error(`no section ${number}`)
  const next = TEXT.slice(from + 1).search(depth === '##' ? /\n## / : /\n###? /)
  return next === -1 ? TEXT.slice(from) : TEXT.slice(from, from + 1 + next)
}

/** First cells of the tables of a section, without the heads. */
function firstCells(text: string): string[] {
  return [...text.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1] ?? '')
}

test('every section that a check rests on is there', () => {
  const cited = CATALOGUE.filter(({ spec }) => spec.document === 'Probatum bundle 1').map(({ spec }) => spec.section)
  expect(cited.length).toBeGreaterThan(10)
  for (const number of cited) expect(section(number).length).toBeGreaterThan(100)
})

test('every check has its place in the steps of verification, and every step names a check that exists', () => {
  const named = new Set([...section('7').matchAll(/`([a-z]+\.[a-z-]+)`/g)].map((match) => match[1]))
  const files = new Set(['bundle.json', 'authorisation.json', 'items.jsonl', 'custody.jsonl', 'fetch.txt', 'bagit.txt'])
  const ids: readonly string[] = CATALOGUE.map(({ id }) => id)
  // A PDF certificate has its own specification.
  const isOfCertificate = (id: string) => id.startsWith('document.')
  const certificate = readFileSync(new URL('../docs/spec/certificate-1-draft.md', import.meta.url), 'utf8')
  const rows = [...certificate.matchAll(/^\| `(document\.[a-z-]+)`/gm)].map((match) => match[1] ?? '')
  expect([...rows].sort()).toEqual(ids.filter(isOfCertificate).sort())
  // So has an evidence record.
  const isOfRecord = (id: string) => id.startsWith('evidence.')
  const record = readFileSync(new URL('../docs/spec/evidence-record-1.md', import.meta.url), 'utf8')
  const asked = [...record.matchAll(/^\| `(evidence\.[a-z-]+)`/gm)].map((match) => match[1] ?? '')
  expect([...asked].sort()).toEqual(ids.filter(isOfRecord).sort())
  expect(ids.filter((id) => !isOfCertificate(id) && !isOfRecord(id) && !named.has(id))).toEqual([])
  const other = ['desktop.ini', 'bag-info.txt', 'disclosures.jsonl', 'proofs.jsonl']
  expect(
    [...named].filter((id) => !ids.includes(id ?? '') && !files.has(id ?? '') && !other.includes(id ?? '')),
  ).toEqual([])
})

test('the layout of the specification is the layout of the program', () => {
  const rows = [...section('2.1').matchAll(/^\| `([^`]+)`[^|]*\| (mandatory)/gm)].map((match) => match[1] ?? '')
  expect([...rows].sort()).toEqual([...MANDATORY_FILES].sort())
  for (const path of rows) expect(layoutRole(path)).toEqual({ role: 'tag' })
})

describe('the tables of lines are those of the program', () => {
  test('slots of an item', () => {
    expect(firstCells(section('5.3'))).toEqual(ITEM_TYPE.slots)
  })

  test('ordinary slots, and types of events with their clear members and slots', () => {
    const [ordinary, types] = [section('5.4').split('| type |')[0] ?? '', section('5.4').split('| type |')[1] ?? '']
    expect(firstCells(ordinary)).toEqual(EVENT_TYPES.access.slots)
    expect(firstCells(types)).toEqual(Object.keys(EVENT_TYPES))
    for (const [name, type] of Object.entries(EVENT_TYPES)) {
      const row = types.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? ''
      const [, , , clear = '', slots = ''] = row.split('|')
      const members = [...clear.matchAll(/`(\w+)`:/g)].map((match) => match[1] ?? '')
      expect(members.sort()).toEqual([...type.clear].sort())
      const own = [...slots.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? '')
      const all = slots.includes('ordinary') ? [...EVENT_TYPES.access.slots, ...own] : own
      expect(all).toEqual(type.slots)
    }
  })
})

test('every published text of VERIFY.txt is listed', () => {
  const digests = [...section('10').matchAll(/`([0-9a-f]{64})`/g)].map((match) => match[1])
  expect(digests).toEqual([...PUBLISHED_VERIFY_TEXTS.values()].flat())
})

describe('the worked example', () => {
  const example = section('11')
  const runs = [...example.matchAll(/```console\n([\s\S]*?)```/g)]
    .flatMap((match) => (match[1] ?? '').trim().split('\n$ '))
    .map((run) => run.replace(/^\$ /, '').split('\n'))

  test.each(runs.map(([command = '', printed = '']) => [command, printed]))('runs: %s', (command, printed) => {
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim()).toBe(printed)
  })

  test('is what the program computes', () => {
    const digest: SmallDigest = nodeSmallDigest
    const [opening, slot, line, root, rootOfTwo] = runs.map(([, printed]) => printed)
    const disclosure = canonicalText(['AAECAwQFBgcICQoLDA0ODw', 'agent', 'Example Mechanism (sample)'])
    expect(toBase64Url(encodeUtf8(disclosure))).toBe(opening)
    expect(toBase64Url(digest('sha256', encodeUtf8(opening ?? '')))).toBe(slot)
    const text = /'(\{"logId".*?\})'/.exec(example)?.[1] ?? ''
    expect(canonicalText(JSON.parse(text))).toBe(text)
    const first = lineDigest(encodeUtf8(text), digest)
    expect(toHex(first)).toBe(line)
    expect(toHex(merkleRoot([first], digest))).toBe(root)
    expect(toHex(merkleRoot([first, fromHex('33'.repeat(32)) ?? first], digest))).toBe(rootOfTwo)
  })
})

test('every row of what must not pass has vectors, and each of them answers the least that the row asks for', () => {
  const vectors = new URL('../test-vectors/', import.meta.url)
  const named: Record<string, readonly string[]> = JSON.parse(
    readFileSync(new URL('must-not-pass.json', vectors), 'utf8'),
  )
  const rows = [...section('8').matchAll(/^\| (8\.\d+) \|.*\| (refused|FAILED|INDETERMINATE) \|$/gm)]
  const least = new Map(rows.map(([, number = '', value = '']) => [number, value]))
  expect(rows).toHaveLength(least.size)
  expect(Object.keys(named).sort()).toEqual([...least.keys()].sort())
  const ranks = ['PASSED', 'NOT-CHECKED', 'WITHHELD', 'INDETERMINATE', 'FAILED', 'refused']
  for (const [number, names] of Object.entries(named)) {
    expect(names.length, number).toBeGreaterThan(0)
    for (const name of names) {
      const { expect: expected }: Vector = JSON.parse(readFileSync(new URL(`bundles/${name}.json`, vectors), 'utf8'))
      const values = (expected.findings ?? []).map((line) => /^\S+ ([A-Z-]+)/.exec(line)?.[1] ?? '')
      const rank =
        expected.error === undefined ? Math.max(...values.map((value) => ranks.indexOf(value))) : ranks.length - 1
      expect(expected.indication, `${number} ${name}`).not.toBe('TOTAL-PASSED')
      expect(rank, `${number} ${name}`).toBeGreaterThanOrEqual(ranks.indexOf(least.get(number) ?? ''))
    }
  }
})

test('every decision stands in the index, in order and under its own title', () => {
  const folder = new URL('../docs/adr/', import.meta.url)
  const titleOf = (name: string) => /^# \d{4}\. (.*)$/m.exec(readFileSync(new URL(name, folder), 'utf8'))?.[1]
  const names = readdirSync(folder).filter((name) => /^\d{4}-/.test(name) && !name.startsWith('0000-'))
  const rows = names.sort().map((name) => `| [${name.slice(0, 4)}](${name}) | ${titleOf(name)} |`)
  const index = readFileSync(new URL('README.md', folder), 'utf8')
  expect(rows.length).toBeGreaterThan(20)
  expect(index.match(/^\| \[\d{4}\].*$/gm)).toEqual(rows)
})
