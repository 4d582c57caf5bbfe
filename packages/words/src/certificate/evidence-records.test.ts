import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Judged, judgedBase } from '../../../../tools/testing/judged.ts'
import type { DocumentBlock } from '../document.ts'
import { availableLanguages, messagesOf } from '../languages.ts'
import type { Language } from '../messages.ts'
import { reportDocument } from './document.ts'
import { inventoryLines } from './inventory-lines.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const record = (name: string) =>
  new Uint8Array(readFileSync(join(ROOT, 'test-vectors/evidence-records', `${name}.ers`)))

let judged: Judged
let without: Judged
beforeAll(async () => {
  without = await judgedBase(ROOT, 'sealed')
  const evidenceRecords = [record('hash-tree-renewal'), record('truncated')]
  judged = await judgedBase(ROOT, 'sealed', { evidenceRecords })
})

const allBlocks = (blocks: readonly DocumentBlock[]): readonly DocumentBlock[] =>
  blocks.flatMap((block) => (block.kind === 'box' ? allBlocks(block.blocks) : [block]))

function blocksOf({ inventory, ...from }: Judged, language: Language) {
  const messages = messagesOf(language) ?? expect.fail(language)
  const lines = { [Symbol.iterator]: () => inventoryLines(inventory) }
  return { messages, blocks: allBlocks(reportDocument({ ...from, inventory: lines, names: null }, messages).blocks) }
}

/** What stands under the heading of each record: rows, and the paragraph behind the last one. */
function sectionsOf(from: Judged, language: Language) {
  const { messages, blocks } = blocksOf(from, language)
  const { headingEvidenceRecord: heading } = messages.certificate.labels
  return [1, 2].flatMap((n) => {
    const at = blocks.findIndex((one) => one.kind === 'heading' && one.text === heading.replace('{n}', String(n)))
    const rows = blocks[at + 1]
    if (at < 0 || rows?.kind !== 'facts') return []
    const next = blocks[at + 2]
    const number = next?.kind === 'paragraph' ? next.number : null
    return [{ rows: rows.rows.map(({ value }) => value.map(({ text }) => text).join('')), number }]
  })
}

describe('evidence records in a certificate', () => {
  it('stand each with its digest, its answer, what it is over and the times of its time-stamps', () => {
    const sections = sectionsOf(judged, 'en')
    const { files = [] } = judged.facts.facts.evidenceRecords ?? {}
    expect(sections.map(({ rows }) => rows[0])).toEqual(files.map(({ sha256 }) => sha256))
    const [foreign, broken] = [3, 0].map((stamps) =>
      sections.find((_, at) => (files[at]?.record?.timestamps.length ?? 0) === stamps),
    )
    expect(foreign?.rows[1]).toContain('over none of these files')
    expect(foreign?.rows[2]).toMatch(/^0 of \d+$/)
    expect(foreign?.rows[3]?.split('\n')).toEqual([
      'archiveTimeStamp[0][0]: 2026-04-01T12:00:00Z',
      'archiveTimeStamp[0][1]: 2031-06-01T12:00:00Z',
      'archiveTimeStamp[1][0]: 2036-06-01T12:00:00Z',
    ])
    expect(broken?.rows).toEqual([expect.any(String), expect.stringContaining('does not read')])
    expect(sectionsOf(without, 'en')).toEqual([])
  })

  it('are said to prove their own statement alone, and where there is none nothing is said of them', () => {
    const apart = (of: Judged) => {
      const { blocks, messages } = blocksOf(of, 'en')
      const said = messages.certificate.sentences.evidenceRecordApart
      return blocks.filter((one) => one.kind === 'paragraph' && one.runs.map(({ text }) => text).join('') === said)
        .length
    }
    expect([apart(judged), apart(without)]).toEqual([1, 0])
  })

  it('name the first twenty files, and how many there are', () => {
    const { evidenceRecords, ...facts } = judged.facts.facts
    const paths = Array.from({ length: 25 }, (_, at) => `data/${at}.txt`)
    const files = evidenceRecords?.files.map((file) => ({ ...file, covered: paths.length, paths })) ?? expect.fail()
    const of = {
      ...judged,
      facts: { ...judged.facts, facts: { ...facts, evidenceRecords: { ...evidenceRecords, files } } },
    }
    const rows = sectionsOf(of as Judged, 'en').flatMap((section) =>
      section.rows.filter((row) => row.includes('data/0.txt')),
    )
    expect(rows.map((row) => row.split('\n').slice(1))).toEqual([[...paths.slice(0, 20), 'the first 20 of 25']])
  })

  it.each(availableLanguages().map((language) => [language]))('stand at the same paragraph in %s', (language) => {
    const numbers = (of: Language) => sectionsOf(judged, of).map(({ number, rows }) => [number, rows.length])
    expect(numbers(language)).toEqual(numbers('en'))
    expect(numbers(language)).toHaveLength(2)
  })
})
