import type { Finding } from '@probatum/core'
import type { TextRun } from '../document.ts'
import { ENGLISH } from '../en/index.ts'
import { escapeForDisplay, escapeInLine } from '../escape-for-display.ts'
import { sayRenamedTogether } from '../renamed-together.ts'
import { doesNotShowOf, questionOf, sayException, sayFinding, sayMissing } from '../sentences.ts'
import { stockCommandOf } from '../stock-commands.ts'
import { tellingOf } from '../telling.ts'
import { problemsOf } from '../verdict.ts'
import { AXIS_ORDER, type Context, VALUE_LABELS, valueLabel } from './context.ts'
import { code, joinRuns, name, strong, type Writer } from './writer.ts'

/** Objects printed under one finding. */
const OBJECTS_SHOWN = 20

/** What every axis asks and has, with the number of its checks. */
export function writeAxes(writer: Writer, { report, messages }: Context): void {
  const { axes } = report.body.assessment
  writer.heading(1, 'headingAxes')
  writer.say('axesIntro')
  writer.table(
    'captionAxes',
    [
      ['columnAxis', 'fit'],
      ['columnQuestion', 3],
      ['columnValue', 2],
      ['columnRequired', 1],
      ['columnChecks', 3],
    ],
    AXIS_ORDER.map((axis) => {
      const { value, required, counts } = axes[axis]
      // The number behind the word: then the word has one form.
      const parts = Object.entries(counts).flatMap(([key, count]) =>
        count === 0
          ? []
          : [`${writer.label(VALUE_LABELS[key] ?? 'none')}${messages.rules.colon ?? ':'} ${writer.number(count)}`],
      )
      return [
        [{ text: messages.axes[axis].title }],
        [{ text: messages.axes[axis].is }],
        [strong(writer.label(VALUE_LABELS[value] ?? 'none'))],
        [{ text: writer.label(required ? 'yes' : 'no') }],
        [{ text: parts.length === 0 ? writer.label('none') : parts.join(messages.rules.list.separator) }],
      ]
    }),
  )
}

/** Every contradiction and every open question, with what would settle it. */
export function writeProblems(writer: Writer, context: Context): void {
  const { report } = context
  const { axes } = report.body.assessment
  writer.heading(1, 'headingProblems')
  const problems = problemsOf(report)
  const counted = problems.filter(({ axis, value }) => value === 'FAILED' || axes[axis].required)
  if (counted.length === 0) writer.say('problemsNone')
  if (problems.length === 0) return
  writer.say('problemsIntro')
  const together = sayRenamedTogether(problems, context.messages)
  if (together !== null) writer.paragraph([{ text: together }])
  for (const finding of problems) writeProblem(writer, finding, context)
}

function writeProblem(writer: Writer, finding: Finding, context: Context): void {
  const { report, messages } = context
  const telling = tellingOf(report, finding)
  const { say, todo } = sayFinding(finding, messages, telling)
  const value = strong(`${writer.label(valueLabel(finding))}${messages.rules.colon ?? ':'}`)
  writer.paragraph([value, { text: ` ${say}` }, ...(todo === undefined ? [] : [{ text: ` ${todo}` }])])
  const reason = finding.reason === undefined ? '' : `:${finding.reason}`
  const items: (readonly TextRun[])[] = [
    [
      code(`${finding.value}${reason} ${finding.id}`),
      ...(finding.subject.name === '' ? [] : [{ text: ' ' }, name(finding.subject.name)]),
      ...(finding.subject.at === undefined ? [] : [{ text: ` ${escapeForDisplay(finding.subject.at)}` }]),
    ],
  ]
  for (const { name: what, expected, found, missing } of finding.evidence) {
    const sides = [
      ...(expected === undefined ? [] : [[{ text: `${writer.label('expectedValue')} ` }, name(expected)]]),
      ...(found === undefined ? [] : [[{ text: `${writer.label('columnFound')} ` }, name(found)]]),
    ]
    if (sides.length > 0)
      items.push([
        // A term of the report's own, which is English.
        { text: `${escapeForDisplay(what)}: `, ...(messages.language === ENGLISH.language ? {} : { lang: 'en' }) },
        ...joinRuns(sides, messages.rules.list.separator),
      ])
    if (missing !== undefined) items.push(writer.runs('missingThing', { ...sayMissing(missing, messages, telling) }))
  }
  const exceptions = finding.exceptions ?? []
  for (const exception of exceptions.slice(0, OBJECTS_SHOWN))
    items.push([name(exception.path), { text: ` ${sayException(exception, messages, telling)}` }])
  const rest = Math.max(0, exceptions.length - OBJECTS_SHOWN) + (finding.exceptionsOmitted ?? 0)
  if (rest > 0) items.push(writer.countRuns(context.certificateId === null ? 'moreObjectsReport' : 'moreObjects', rest))
  if (finding.subIndication !== undefined)
    items.push(
      writer.runs('subIndication', {
        code: finding.subIndication,
        meaning: messages.subIndications[finding.subIndication],
      }),
    )
  items.push(
    writer.runs('restsOn', {
      document: escapeInLine(finding.spec.document),
      section: escapeInLine(finding.spec.section),
    }),
  )
  writer.list(items)
  const command = stockCommandOf(finding, report)
  if (command !== undefined) writer.commands([command])
}

/** Checks that were not made, and what a check leaves open although it passed. */
export function writeNotChecked(writer: Writer, { report, messages }: Context): void {
  const findings = report.body.findings.filter(
    ({ value, role }) => (value === 'NOT-CHECKED' || value === 'WITHHELD') && role === undefined,
  )
  if (findings.length === 0) {
    writer.say('notCheckedNone')
    return
  }
  writer.say('notCheckedIntro')
  writer.table(
    'captionNotChecked',
    [
      ['columnQuestion', 3],
      ['columnValue', 'fit'],
      ['columnWhy', 3],
      ['columnCheck', 2],
    ],
    findings.map((finding) => {
      const telling = tellingOf(report, finding)
      return [
        [{ text: questionOf(finding, messages, telling) }],
        [{ text: writer.label(VALUE_LABELS[finding.value] ?? 'none') }],
        [{ text: sayFinding(finding, messages, telling).say }],
        [code(finding.id)],
      ]
    }),
  )
}

/** What passing checks leave open, each sentence once: told apart by the English one, so that all languages have as many. */
export function leftOpen({ report, messages }: Context): readonly string[] {
  const said = new Map<string, string>()
  for (const finding of report.body.findings) {
    if (finding.value !== 'PASSED' || finding.role !== undefined) continue
    const english = doesNotShowOf(finding, ENGLISH)
    const own = doesNotShowOf(finding, messages)
    if (english !== undefined && own !== undefined && !said.has(english)) said.set(english, own)
  }
  return [...said.values()]
}
