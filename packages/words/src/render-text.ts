import type { Report } from '@probatum/core'
import { escapeForDisplay } from './escape-for-display.ts'
import { fillPlaces } from './language.ts'
import { Page, type TextStyle, type Tone } from './layout.ts'
import type { Messages } from './messages.ts'
import { sayRenamedTogether } from './renamed-together.ts'
import { writeAxes, writeCheckedInShort, writeNotChecked } from './render-checked.ts'
import { writeFinding } from './render-finding.ts'
import { type ShownCore, writeGround, writeGroundInShort } from './render-ground.ts'
import { answersOf } from './report-answers.ts'
import { type CommandNames, commandOf } from './report-command.ts'
import { messagesIn } from './sentences.ts'
import { stockCommandOf } from './stock-commands.ts'
import { adviceOf, tellingOf } from './telling.ts'
import { problemsOf, problemsTold, sayHeadline, verdictLabel } from './verdict.ts'

/** How a report is written for a terminal or a text file. */
export interface TextOptions extends TextStyle {
  readonly command?: CommandNames
  /** Of a bundle with a log: the code to be read out to whoever has another bundle of it. Stands in text only. */
  readonly commonCore?: ShownCore | null
  /** Whether it was judged from saved facts, with nothing of the thing itself at hand. */
  readonly isFromFacts?: boolean
  /** Every axis, what was not checked, and all digests; without it a page that fits a screen where nothing is wrong. */
  readonly details?: boolean
}

/** How the whole is shown: by colour and sign, beside the words. */
export function toneOf({ body }: Report): Tone {
  const { indication } = body.assessment
  return indication === 'TOTAL-PASSED' ? 'good' : indication === 'TOTAL-FAILED' ? 'bad' : 'open'
}

function writeResult(
  page: Page,
  report: Report,
  messages: Messages,
  { details = false, isFromFacts = false }: Pick<TextOptions, 'details' | 'isFromFacts'>,
): void {
  const { body } = report
  const { verdict } = messages
  page.wrapped(page.paint(sayHeadline(report, messages), 'strong'), 0, `${page.mark(toneOf(report))} `)
  page.wrapped(verdictLabel(report, messages), 2)
  if (body.assessment.subIndication !== undefined)
    page.wrapped(`${body.assessment.subIndication}: ${messages.subIndications[body.assessment.subIndication]}`, 2)
  page.given(escapeForDisplay(report.envelope.container.name), 2)
  if (body.subject.sample || body.trustSet?.sample === true) page.wrapped(page.paint(verdict.sample, 'open'), 2)
  if (isFromFacts || report.envelope.savedFacts === true) page.wrapped(page.paint(verdict.savedFacts, 'open'), 2)
  for (const { question, word, text, doesNotShow } of answersOf(report, messages)) {
    page.heading(question)
    page.wrapped(`${word}. ${text}`, 2)
    page.wrapped(fillPlaces(messages.answers.sentenceDoesNotShow, { what: doesNotShow }), 2)
  }
  const problems = details ? problemsOf(report) : problemsTold(report)
  const said = new Set<string>()
  if (problems.length > 0) page.heading(`Problems: ${problems.length}`)
  const together = sayRenamedTogether(problems, messages)
  if (together !== null) page.wrapped(together, 2)
  for (const finding of problems) {
    writeFinding(page, finding, messages, tellingOf(report, finding), said)
    const command = finding.id === 'timestamp.believed' ? stockCommandOf(finding, report) : undefined
    if (command !== undefined) page.line(`      By hand, at its own time: ${command}`)
  }
}

/** The result, the three answers and the problems: what a person needs first, and not enough to keep. */
export function renderSummary(
  report: Report,
  style: TextStyle,
  messages: Messages = messagesIn(),
  told: Pick<TextOptions, 'isFromFacts'> = {},
): string {
  const page = new Page(style)
  writeResult(page, report, messages, told)
  return page.text()
}

/** A report for people: the result first, then why, then what it rests on, then how to get it again. */
export function renderText(report: Report, options: TextOptions, messages: Messages = messagesIn()): string {
  const page = new Page(options)
  const tone = toneOf(report)
  const { verdict } = messages
  writeResult(page, report, messages, options)
  if (options.details === true) {
    writeAxes(page, report, messages)
    writeNotChecked(page, report, messages)
    writeGround(page, report, options.commonCore)
  } else {
    writeCheckedInShort(page, report)
    writeGroundInShort(page, report, options.commonCore)
  }
  page.heading('What next')
  const { next, doesNotMean } = adviceOf(report, messages)
  // The three answers have said already what a match leaves open.
  page.wrapped(options.details === true || tone !== 'good' ? next : `${next} ${verdict.more}`, 2)
  if (options.details === true || tone !== 'good') page.wrapped(doesNotMean, 2)
  page.heading('The same report elsewhere')
  page.line(`  ${commandOf(report, options.command)}`)
  return page.text()
}
