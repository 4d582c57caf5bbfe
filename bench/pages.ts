import { execFileSync } from 'node:child_process'
import { makePdf } from '@probatum/certificate'
import { exhibitTable, sampleDocument } from '../packages/certificate/src/testing/sample-document.ts'
import { sampleOptions } from '../packages/certificate/src/testing/sample-options.ts'
import { readPdf } from '../tools/pdf-checker/reader.ts'
import { ROOT } from '../tools/setup.mjs'
import { openTestTypesetter } from '../tools/testing/typesetter.ts'
import { machine } from './machine.ts'

// node tools/run.mjs bench/pages.ts
// Writes the section on certificates of docs/performance.md to standard output: each case in a process of its own, from
// opening the typesetter to the bytes of the PDF.

interface Case {
  readonly name: string
  readonly rows: number
  /** Names in four scripts, with hidden characters: all of it is shaped and escaped. */
  readonly hostile: boolean
  readonly target: { readonly seconds: number; readonly megabytes: number } | undefined
}

const CASES: readonly Case[] = [
  { name: '25 exhibits', rows: 25, hostile: false, target: { seconds: 2, megabytes: 512 } },
  { name: '10,000 exhibits', rows: 10_000, hostile: false, target: { seconds: 15, megabytes: 512 } },
  { name: '10,000 exhibits, names in many scripts', rows: 10_000, hostile: true, target: undefined },
]

const STRANGE = ['تقرير جديد', 'မြန်မာဖိုင်', '证据文件', 'Отчёт', '\u{1f600}\u202e']

interface Measured {
  readonly seconds: number
  readonly processor: number
  readonly megabytes: number
  readonly pages: number
  readonly bytes: number
}

async function measure({ rows, hostile }: Case): Promise<Measured> {
  const table = exhibitTable(rows)
  if (table.kind !== 'table') throw new TypeError(table.kind)
  const strange = table.rows.map((cells, index) => {
    const text = `data/${STRANGE[index % 5]}-${index}/${STRANGE[(index + 1) % 5]}.pdf`
    return cells.map((cell, column) => (column === 1 ? [{ text, style: 'name' as const }] : cell))
  })
  const document = { ...sampleDocument(), blocks: [hostile ? { ...table, rows: strange } : table] }
  const before = performance.now()
  const pdf = makePdf(document, sampleOptions(await openTestTypesetter()))
  const seconds = (performance.now() - before) / 1000
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const processor = (userCPUTime + systemCPUTime) / 1e6
  return { seconds, processor, megabytes: maxRSS / 1024, pages: readPdf(pdf).pages.length, bytes: pdf.length }
}

const number = process.argv[2]
if (number !== undefined) {
  const one = CASES[Number(number)]
  if (one === undefined) throw new RangeError(number)
  console.log(JSON.stringify(await measure(one)))
} else {
  for (const line of machine()) console.log(line)
  console.log('\n| certificate | pages | size | time | target | processor time | peak memory | target | |')
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|---|')
  for (const [index, { name, target }] of CASES.entries()) {
    const said = execFileSync(process.execPath, ['tools/run.mjs', 'bench/pages.ts', String(index)], { cwd: ROOT })
    const { pages, bytes, seconds, processor, megabytes } = JSON.parse(said.toString()) as Measured
    const isKept = target === undefined || (seconds <= target.seconds && megabytes <= target.megabytes)
    const cells = [
      name,
      pages,
      `${(bytes / 1e6).toFixed(2)} MB`,
      `**${seconds.toFixed(2)} s**`,
      target === undefined ? '' : `≤ ${target.seconds} s`,
      `${processor.toFixed(2)} s`,
      `${megabytes.toFixed(0)} MB`,
      target === undefined ? '' : `≤ ${target.megabytes} MB`,
      target === undefined ? '' : isKept ? 'kept' : '**missed**',
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}
