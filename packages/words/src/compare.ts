import type {
  CommonCore,
  ComparedBundle,
  ComparedPair,
  Comparison,
  ItemCell,
  ItemRow,
  LogRelationName,
  LogStanding,
  ReportComparison,
} from '@probatum/core'
import { COMPARE_WORDS } from './en/compare.ts'
import { escapeForDisplay, escapeInLine } from './escape-for-display.ts'
import type { ExitCode } from './exit-codes.ts'
import { groupDigits, Page, type TextStyle, type Tone } from './layout.ts'

const TONES: Readonly<Record<LogRelationName, Tone>> = {
  'SAME HISTORY': 'good',
  'ONE EXTENDS THE OTHER': 'good',
  FORK: 'bad',
  'SEPARATE LOGS WITH COMMON CONTENT': 'open',
  UNRELATED: 'open',
  'CANNOT TELL': 'open',
}

/** A to Z, then A1, B1, …: how bundles are called in text and tables. */
export function bundleLetter(index: number): string {
  const round = Math.floor(index / 26)
  return `${String.fromCharCode(0x41 + (index % 26))}${round === 0 ? '' : round}`
}

/**
 * How a comparison ends: 1 for a FORK, or where a bundle contradicts what was sealed; 0 where every two are SAME HISTORY or
 * ONE EXTENDS THE OTHER, or one bundle alone has a log that is believed; else 3.
 */
export function comparisonExitCode({ bundles, pairs }: Comparison): ExitCode {
  const isContradicted = pairs.some(({ relation }) => relation === 'FORK')
  if (isContradicted || bundles.some(({ indication }) => indication === 'TOTAL-FAILED')) return 1
  const isOneHistory = pairs.every(({ relation }) => TONES[relation] === 'good')
  return isOneHistory && bundles.every(({ standing }) => standing.state === 'trusted') ? 0 : 3
}

/** 0 for the same report, 1 for a difference that nothing explains, else 3. */
export function reportsExitCode({ outcome, altered }: Pick<ReportComparison, 'outcome' | 'altered'>): ExitCode {
  if (outcome === 'unexplained' || altered.length > 0) return 1
  return outcome === 'same-report' ? 0 : 3
}

/** A comparison in words. */
export function renderComparison(comparison: Comparison, style: TextStyle): string {
  const page = new Page(style)
  if (comparison.bundles.some(({ sample }) => sample)) {
    page.line('SAMPLE: invented, or judged with a sample trust set. It proves nothing.')
    page.blank()
  }
  for (const [index, bundle] of comparison.bundles.entries()) describeBundle(page, index, bundle)
  for (const pair of comparison.pairs) describePair(page, pair, comparison.bundles)
  const { items } = comparison
  if (items !== null && comparison.pairs.length > 0) {
    page.heading('Items')
    page.wrapped(
      `${count(items.rows, 'position')}: ${groupDigits(items.inAll)} in all bundles, ${groupDigits(items.inSome)} only in some. Where there are several, the commitments are the same at ${groupDigits(items.same)} and different at ${groupDigits(items.different)}.`,
      2,
    )
    if (items.elsewhere > 0) {
      page.wrapped(`${count(items.elsewhere, 'position')} with the same line or the same file in another log.`, 2)
    }
    page.wrapped('`--csv FILE` writes the whole table.', 2)
  }
  page.blank()
  page.wrapped(
    'This is about logs and items. Whether the evidence files of a bundle are unchanged, and who sealed it, is said by `probatum verify`.',
  )
  return page.text()
}

function describeBundle(page: Page, index: number, bundle: ComparedBundle): void {
  const { name, from, origin, size, itemCount, indication, standing, commonCore, payload } = bundle
  page.given(`${escapeForDisplay(name)}${from === 'facts' ? ' (saved facts)' : ''}`, 0, `${bundleLetter(index)}  `)
  page.wrapped(
    `${from === 'facts' ? 'judged from saved facts, without a look at any file' : 'verified on its own'}: ${indication}`,
    3,
  )
  const long = `${size === null ? 'unknown size' : count(size, 'event')}, ${itemCount === null ? 'items not bound' : count(itemCount, 'item')}`
  page.wrapped(origin === null ? 'no log' : `log ${escapeInLine(origin)}: ${long}; ${sayStanding(standing)}`, 3)
  if (payload.absent > 0)
    page.wrapped(
      `${count(payload.here, 'evidence file')} here, ${groupDigits(payload.absent)} listed and not here: of ${payload.absent === 1 ? 'that one' : 'those'} only the digest in the list was compared, and nobody looked at the bytes.`,
      3,
    )
  if (commonCore !== null) describeCore(page, commonCore)
}

function sayStanding(standing: LogStanding): string {
  switch (standing.state) {
    case 'trusted':
      return `signed with a key that you believe (${standing.signer})`
    case 'no-log':
      return 'it could not be read'
    default:
      return `${standing.state === 'contradicts' ? 'CONTRADICTED' : 'not confirmed'}: ${standing.finding ?? ''}${standing.reason === null ? '' : ` (${standing.reason})`}`
  }
}

function describePair(page: Page, pair: ComparedPair, bundles: readonly ComparedBundle[]): void {
  const [first, second] = pair.bundles
  const [a, b] = [bundleLetter(first), bundleLetter(second)]
  page.heading(`${a} and ${b}`)
  page.line(`${page.mark(TONES[pair.relation])} ${page.paint(pair.relation, 'strong')}`)
  page.wrapped(COMPARE_WORDS.relations[pair.relation], 2)
  if (pair.reason !== null) page.wrapped(COMPARE_WORDS.reasons[pair.reason], 2)
  if (pair.longer !== null) page.wrapped(`${pair.longer === 'a' ? a : b} is the longer one.`, 2)
  if (pair.relation === 'CANNOT TELL' && pair.linesAgree !== null) {
    page.wrapped(
      pair.linesAgree
        ? 'As they stand, the lines agree as far as both go. Without a key that you believe, anybody can have copied them.'
        : 'As they stand, the lines contradict each other. Without a key that you believe, anybody can have made them.',
      2,
    )
  }
  describeDifference(page, pair, a, b)
  describeShared(page, pair)
  if (pair.commonCore !== null) describeCore(page, pair.commonCore)
  if (bundles[first]?.indication === 'TOTAL-FAILED' || bundles[second]?.indication === 'TOTAL-FAILED') {
    page.wrapped(
      `${page.mark('bad')} One of them contradicts what was sealed, whatever its log says: see \`probatum verify\`.`,
      2,
    )
  }
}

function describeDifference(page: Page, { differs, heads, relation }: ComparedPair, a: string, b: string): void {
  if (differs === null) return
  const { file, position } = differs
  page.wrapped(
    position === null
      ? `Where they part in ${file} cannot be said: the lines are not at hand, or not those that were signed.`
      : `First difference: line ${groupDigits(position + 1)} of ${file} (seq ${position})`,
    2,
  )
  for (const [letter, line] of [
    [a, differs.a],
    [b, differs.b],
  ]) {
    if (position !== null) page.line(`    ${letter}  line digest ${line ?? '(no such line)'}`)
  }
  for (const [letter, head] of [
    [a, heads.a],
    [b, heads.b],
  ] as const) {
    if (head === null) continue
    page.line(
      `    ${letter}  ${relation === 'FORK' ? 'signed head' : 'head as it stands'}: size ${head.size}, root ${head.root}`,
    )
  }
  if (relation === 'FORK') page.wrapped('`--json` prints both heads with their signatures.', 2)
}

function describeShared(page: Page, { shared }: ComparedPair): void {
  if (shared === null) return
  const { events, items, commitments, payload, logId, caseId } = shared
  const found = [
    ...(events > 0 ? [count(events, 'event line')] : []),
    ...(items > 0 ? [count(items, 'item line')] : []),
    ...(commitments > 0 ? [count(commitments, 'commitment')] : []),
    ...(payload > 0 ? [count(payload, 'file')] : []),
    ...(logId ? ['the log id'] : []),
    ...(caseId === true ? ['the case id'] : []),
  ]
  if (found.length > 0) page.wrapped(`In both: ${found.join(', ')}.`, 2)
}

function describeCore(page: Page, { code, size, itemCount }: CommonCore): void {
  page.wrapped(`Common-core code, over the first ${count(size, 'event')} and ${count(itemCount, 'item')}:`, 2)
  page.line(`    ${code}`)
}

function count(number: number, what: string): string {
  return `${groupDigits(number)} ${what}${number === 1 ? '' : 's'}`
}

/** A comparison of two reports in words. */
export function renderReportComparison(
  { outcome, facts, inputs, findings, indications, altered }: ReportComparison,
  names: readonly [string, string],
  style: TextStyle,
): string {
  const page = new Page(style)
  for (const [index, name] of names.entries()) {
    page.given(escapeForDisplay(name), 0, `${bundleLetter(index)}  `)
    page.wrapped(`${indications[index]}; facts ${facts[index]}`, 3)
  }
  const { title, say } = COMPARE_WORDS.reports[outcome]
  page.blank()
  const tone = reportsExitCode({ outcome, altered }) === 1 ? 'bad' : outcome === 'same-report' ? 'good' : 'open'
  page.line(`${page.mark(tone)} ${page.paint(title, 'strong')}`)
  page.wrapped(say, 2)
  for (const { input, a, b } of inputs) {
    page.wrapped(COMPARE_WORDS.inputs[input], 2, '- ')
    page.line(`      A  ${escapeForDisplay(a)}`)
    page.line(`      B  ${escapeForDisplay(b)}`)
  }
  for (const side of altered) {
    page.wrapped(
      `The findings of ${side === 'a' ? 'A' : 'B'} are not those whose digest it states, or do not give its verdict: it was altered.`,
      2,
    )
  }
  if (findings.length > 0) page.heading('Findings that differ')
  for (const { id, subject, a, b } of findings) {
    page.wrapped(`${id} (${escapeForDisplay(subject)}): A ${a ?? 'none'}, B ${b ?? 'none'}`, 2, '- ')
  }
  page.blank()
  page.wrapped(
    'The digest of the facts is the report’s own word, outside its body. Whoever doubts it verifies the evidence again.',
  )
  return page.text()
}

/** What a spreadsheet would take for a formula. A leading space does not keep every program from it. */
const FORMULA = /^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/u

/** One cell of a CSV file (RFC 4180), always in quotes; what would be a formula begins with an apostrophe. */
export function csvCell(text: string): string {
  const shown = text === '' ? '' : escapeForDisplay(text)
  return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** The table of items, row by row. No opened values but digests of files. */
export function* itemTableCsv(names: readonly string[], rows: Iterable<ItemRow>): Generator<string> {
  const each = (of: (letter: string, name: string) => readonly string[]) =>
    names.flatMap((name, index) => of(bundleLetter(index), name))
  yield csvLine([
    'log',
    'item',
    'presence',
    'commitment',
    'file',
    'elsewhere',
    ...each((letter, name) => [`${letter} ${name}`, `${letter} line digest`, `${letter} sha256`, `${letter} file`]),
  ])
  for (const { origin, position, presence, commitment, payload, elsewhere, cells } of rows) {
    const others = elsewhere.map((one) => `${bundleLetter(one.bundle)} item ${one.position} (${one.by})`)
    const own = cells.flatMap((cell) => cellsOf(cell))
    yield csvLine([origin, `${position}`, presence, commitment, payload, others.join('; '), ...own])
  }
}

function cellsOf(cell: ItemCell | null): string[] {
  if (cell === null) return ['other log', '', '', '']
  return [cell.state, cell.line ?? '', cell.sha256 ?? '', cell.hasFile ? 'here' : '']
}
