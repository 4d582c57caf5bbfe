import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../tools/setup.mjs'
import { writeLargeBag, writeLargeFolder } from '../tools/testing/large-bags.ts'
import { openLargePage, type Way } from '../tools/testing/large-page.ts'
import { median } from './measure.ts'

/** Milliseconds for which the page's own thread may be kept waiting. */
const TARGET = 100
/** Octets of each file: small, so that what is measured is what each costs by itself. */
const SIZE = 200

interface Measured {
  readonly takenIn: number
  readonly takenInProcessor: number
  readonly checked: number
  readonly checkedProcessor: number
  readonly told: number
  readonly untold: number
}

const CASES: readonly { readonly what: string; readonly way: Way; readonly isFolder: boolean }[] = [
  { what: 'a ZIP, chosen', way: 'choose a file', isFolder: false },
  { what: 'a folder, dropped', way: 'drop', isFolder: true },
  { what: 'a folder, chosen', way: 'choose a folder', isFolder: true },
]

/** @returns lines of Markdown, and whether every target was kept */
export async function benchMembers(members: number, rounds: number): Promise<{ lines: string[]; isKept: boolean }> {
  const scratch = mkdtempSync(join(tmpdir(), 'probatum-bench-members-'))
  try {
    const archive = join(scratch, 'many (sample).zip')
    const folder = join(scratch, 'many (sample)')
    writeLargeBag(archive, members, SIZE)
    writeLargeFolder(folder, members, SIZE)
    const all = new Map<string, Measured[]>()
    for (let round = 0; round < rounds; round++)
      for (const { what, way, isFolder } of CASES)
        all.set(what, [...(all.get(what) ?? []), await measure(way, isFolder ? join(folder, 'bag') : archive)])
    return tableOf(all, members, rounds)
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

async function measure(way: Way, path: string): Promise<Measured> {
  const opened = await openLargePage(ROOT)
  try {
    const times = [performance.now()]
    const processor = [await opened.processor()]
    const mark = async () => {
      times.push(performance.now())
      processor.push(await opened.processor())
    }
    await opened.handOver(way, path)
    await mark()
    await opened.page.locator('#check').click()
    await opened.page.locator('table.files tbody tr').nth(50).waitFor({ state: 'attached', timeout: 900_000 })
    await mark()
    if (opened.problems.length > 0) throw new Error(opened.problems.join('\n'))
    const [begun = 0, given = 0, done = 0] = times
    const [first = 0, second = 0, third = 0] = processor
    return {
      takenIn: (given - begun) / 1000,
      takenInProcessor: second - first,
      checked: (done - given) / 1000,
      checkedProcessor: third - second,
      ...(await opened.longest()),
    }
  } finally {
    await opened.close()
  }
}

function tableOf(all: ReadonlyMap<string, readonly Measured[]>, members: number, rounds: number) {
  let isKept = true
  const rows = [...all].map(([what, runs]) => {
    const of = (name: keyof Measured) => median(runs.map((run) => run[name]))
    const own = of('told')
    isKept &&= own <= TARGET
    const seconds = (name: keyof Measured) => `${of(name).toFixed(1)} s`
    const cells = [
      what,
      seconds('takenIn'),
      seconds('takenInProcessor'),
      seconds('checked'),
      seconds('checkedProcessor'),
      `**${own.toFixed(0)} ms**`,
      `≤ ${TARGET} ms, ${own <= TARGET ? 'kept' : 'missed'}`,
      `${of('untold').toFixed(0)} ms`,
    ]
    return `| ${cells.join(' | ')} |`
  })
  const lines = [
    `### ${members.toLocaleString('en')} files`,
    '',
    `Of ${SIZE} octets each, ${rounds} rounds, medians; processor time is that of all processes of the browser, with the hashing.`,
    '',
    '| | taken in | processor | checked and listed | processor | longest task of the page | target | before the page is told |',
    '|---|--:|--:|--:|--:|--:|---|--:|',
    ...rows,
    '',
    'A folder that is chosen, not dropped, reaches the page as one list, and Chromium makes that list in one task of the page’s thread before',
    'it tells the page anything: the last column, which no page can divide. A dropped folder is walked in the worker.',
    '',
  ]
  return { lines, isKept }
}
