import { AXES, type Report } from '@probatum/core'
import { escapeForDisplay } from './escape-for-display.ts'
import { fillPlaces } from './language.ts'
import { Page, type TextStyle } from './layout.ts'
import type { Messages } from './messages.ts'
import { writeFinding } from './render-finding.ts'
import { writeGround } from './render-ground.ts'
import { toneOf } from './render-text.ts'
import { answersOf } from './report-answers.ts'
import { doesNotShowOf, messagesIn, questionOf } from './sentences.ts'
import { stockCommandOf } from './stock-commands.ts'
import { adviceOf, tellingOf } from './telling.ts'
import { sayHeadline, verdictLabel } from './verdict.ts'

/** A saved report told in words: every finding with its question, answer, clause and the command that checks it again. */
export function renderExplanation(report: Report, style: TextStyle, messages: Messages = messagesIn()): string {
  const { body, envelope } = report
  const page = new Page(style)
  const { verdict } = messages
  page.line(`${page.mark(toneOf(report))} ${page.paint(sayHeadline(report, messages), 'strong')}`)
  page.wrapped(verdictLabel(report, messages), 2)
  page.given(
    `This retells a saved report about ${escapeForDisplay(envelope.container.name)}. Nothing was checked again.`,
    2,
  )
  page.given(
    `It was made by probatum ${escapeForDisplay(body.engine.version)} under the policy ${escapeForDisplay(body.policy.id)}, as of ${escapeForDisplay(body.validationTime)}.`,
    2,
  )
  if (body.subject.sample || body.trustSet?.sample === true) page.wrapped(page.paint(verdict.sample, 'open'), 2)
  if (envelope.savedFacts === true) page.wrapped(page.paint(verdict.savedFacts, 'open'), 2)
  for (const { question, word, text, doesNotShow } of answersOf(report, messages)) {
    page.heading(question)
    page.wrapped(`${word}. ${text}`, 2)
    page.wrapped(fillPlaces(messages.answers.sentenceDoesNotShow, { what: doesNotShow }), 2)
  }
  for (const axis of AXES) {
    const findings = body.findings.filter((finding) => finding.axis === axis)
    if (findings.length === 0) continue
    const { title, is } = messages.axes[axis]
    const { value, required } = body.assessment.axes[axis]
    page.heading(`${title}: ${is} \u2013 ${value}${required ? '' : ', not asked by the policy'}`)
    for (const finding of findings) {
      const telling = tellingOf(report, finding)
      page.blank()
      page.wrapped(questionOf(finding, messages, telling), 2)
      writeFinding(page, finding, messages, telling)
      if (finding.role === 'candidate-path') page.wrapped('A candidate path: it does not count by itself.', 6)
      const doesNotShow = doesNotShowOf(finding, messages, telling)
      if (doesNotShow !== undefined) page.wrapped(doesNotShow, 6)
      const command = stockCommandOf(finding, report)
      if (command !== undefined) page.line(`      By hand: ${command}`)
    }
  }
  writeGround(page, report)
  page.heading('What next')
  const { next, doesNotMean } = adviceOf(report, messages)
  page.wrapped(next, 2)
  page.wrapped(doesNotMean, 2)
  return page.text()
}
