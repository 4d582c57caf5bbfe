import { resolve } from 'node:path'
import type { Instant } from '@probatum/core'
import {
  applyItemsTable,
  type ItemsTable,
  readItemsTable,
  type TabledFile,
  type TableOddity,
  type TableProblem,
} from '@probatum/seal'
import { escapeForDisplay, groupDigits } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textOf } from '../commands/report-output.ts'
import { InputError } from '../errors.ts'
import { readWhole } from '../files.ts'
import type { Terminal } from '../terminal.ts'
import type { NamedFile } from './seal-source.ts'

/** What is said at most of one kind: a table of 100,000 lines in another encoding has 100,000 problems of one kind. */
const SHOWN_OF_A_KIND = 20

/**
 * The files with what the table of `--items` says of them, in its order; without one, as they are.
 * @throws {InputError} that names everything for which nothing is sealed
 */
export async function readItems(
  argv: Parsed,
  files: readonly NamedFile[],
  now: Instant,
  terminal: Terminal,
): Promise<readonly TabledFile<NamedFile>[]> {
  const path = textOf(argv, 'items')
  if (path === undefined) return files.map((file) => ({ file }))
  const table = readItemsTable(await readWhole(path))
  const { items, problems } = applyItemsTable(table, files, now)
  if (problems.length > 0) throw refused(path, String(argv.folder), table, problems)
  for (const oddity of table.oddities) terminal.note(`${escapeForDisplay(path)}: ${sayOddity(oddity)}\n`)
  return items
}

function refused(path: string, folder: string, table: ItemsTable, problems: readonly TableProblem[]): InputError {
  const lines: string[] = []
  const count = new Map<string, number>()
  for (const problem of problems) {
    const shown = (count.get(problem.code) ?? 0) + 1
    count.set(problem.code, shown)
    if (shown <= SHOWN_OF_A_KIND) lines.push(`\n  - ${where(table, problem)}${sayProblem(problem)}`)
  }
  for (const [code, all] of count)
    if (all > SHOWN_OF_A_KIND) lines.push(`\n  - ${groupDigits(all - SHOWN_OF_A_KIND)} more of the same kind (${code})`)
  const isInside = resolve(path).startsWith(`${resolve(folder)}/`)
  const inside = isInside ? ' The table itself lies in that folder: move it elsewhere.' : ''
  return new InputError(
    `The table of items ${escapeForDisplay(path)} has ${problems.length === 1 ? 'a problem' : `${groupDigits(problems.length)} problems`}; nothing was sealed:${lines.join('')}`,
    `Mend the table or the folder, and run again; --dry-run checks without sealing.${inside} docs/spec/items-table-1.md describes the table.`,
  )
}

function where({ form }: ItemsTable, { line }: TableProblem): string {
  if (line === null) return ''
  return form === 'csv' ? `line ${line}: ` : `item ${line}: `
}

const quote = (text: string) => `“${escapeForDisplay(text)}”`

function sayProblem(problem: TableProblem): string {
  switch (problem.code) {
    case 'not-utf-8':
      return 'not UTF-8. Save the table as “CSV UTF-8”.'
    case 'no-header':
      return 'the table is empty. Its first line names the columns.'
    case 'semicolons':
      return 'semicolons between the columns. Save it with commas (RFC 4180).'
    case 'quote-in-field':
      return 'a quote inside a value that does not begin with one. Put the value in quotes, and write each quote in it twice.'
    case 'after-quote':
      return 'something between a closing quote and the next comma. Write a quote within a value twice.'
    case 'open-quote':
      return 'a quote that is not closed before the end of the file.'
    case 'lone-carriage-return':
      return 'a carriage return without a line feed. Save the table with line ends of Unix or Windows.'
    case 'json':
      return `not read as JSON: ${escapeForDisplay(problem.found)}`
    case 'unknown-column':
      return `there is no column ${quote(problem.column)}. What is not understood is not passed over: correct its name, or take it out.`
    case 'column-twice':
      return `the column ${quote(problem.column)} stands twice. Keep one.`
    case 'column-missing':
      return `the column “${problem.column}” is missing: each line names its file there.`
    case 'row-width':
      return `${problem.found} values where the first line has ${problem.expected} columns. A value with a comma in it stands in quotes.`
    case 'value':
      return `${problem.column}: ${quote(problem.found)} is not what belongs there. ${EXPECTED[problem.column] ?? ''}`.trim()
    case 'path-missing':
      return 'no path. Name the file, from the folder that is sealed, with / between folders.'
    case 'row-twice':
      return `${quote(problem.path)} stands in line ${problem.first} already. Keep one of the two.`
    case 'row-without-file':
      return `there is no file ${quote(problem.path)}.${problem.near === null ? ' Take the line out, or put the file there.' : ` Is ${quote(problem.near)} meant? Write it exactly so.`}`
    case 'file-without-row':
      return `the file ${quote(problem.path)} has no line. Add one, or take the file out of the folder.`
    case 'name-not-unique':
      return `two files look like ${quote(problem.path)}, one of them with octets that are not text. Rename one, or seal without a table.`
    case 'copy-of-nothing':
      return `copyOf: ${quote(problem.path)} has no line. The original of a redacted copy is in the same table.`
    case 'copy-cycle':
      return problem.lines.length === 1
        ? 'copyOf: the file is said to be a copy of itself.'
        : `copyOf: a circle of copies (lines ${problem.lines.join(', ')}). One of them is the original.`
    case 'copy-without-method':
      return 'copyOf without copyMethod: say how the copy was made, e.g. “faces blurred”.'
    case 'no-copy':
      return `${problem.column} without copyOf: name the original, or leave it empty.`
    case 'acquired-later':
      return `acquiredAt: ${quote(problem.found)} is later than now.`
  }
}

const A_TIME =
  'A time is in UTC, with seconds: 2026-03-14T09:12:00Z. Where only the day is known, leave it empty and write it into acquisitionNote.'
const EXPECTED: Readonly<Partial<Record<string, string>>> = {
  acquiredAt: A_TIME,
  modified: A_TIME,
  mediaType: 'It is like image/jpeg.',
  copyGround: 'A ground is a code: a-z, 0-9 and hyphens, at most 64, e.g. witness-protection.',
  description: 'Text of at most 16,384 characters, no control characters but tab and line feed.',
  acquisitionNote: 'Text of at most 16,384 characters, no control characters but tab and line feed.',
  ...Object.fromEntries(
    ['sourceReference', 'acquiredBy', 'acquiredFrom', 'acquiredWith', 'acquiredUnder', 'copyMethod', 'copyAgent'].map(
      (column) => [column, 'One line of text, at most 1024 characters.'],
    ),
  ),
}

function sayOddity(oddity: TableOddity): string {
  switch (oddity.code) {
    case 'byte-order-mark':
      return 'begins with a byte order mark, which was not read as part of the first column.'
    case 'crlf':
      return 'has line ends of Windows (CR LF), which were not read as part of the values.'
    case 'empty-lines':
      return `has ${groupDigits(oddity.count)} ${oddity.count === 1 ? 'line' : 'lines'} with nothing on ${oddity.count === 1 ? 'it' : 'them'}, which ${oddity.count === 1 ? 'was' : 'were'} passed over.`
  }
}
