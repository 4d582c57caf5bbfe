import type { AXES, Fall, Report, RestsOn, Support } from '@probatum/core'
import { TRUST_WORDS } from './en/trust.ts'
import { escapeForDisplay, escapeInLine } from './escape-for-display.ts'
import { Page, type TextStyle } from './layout.ts'
import { toneOf } from './render-text.ts'
import { answersOf } from './report-answers.ts'
import { commonNameOf, messagesIn } from './sentences.ts'
import { sayHeadline, verdictLabel } from './verdict.ts'

/** The axes that each of the three answers, in their order, is made from. */
const ANSWERED_BY: Readonly<Record<Report['body']['subject']['kind'], readonly (readonly (typeof AXES)[number][])[]>> =
  {
    bundle: [['bytes', 'completeness'], ['signer'], ['time']],
    bag: [['bytes', 'completeness'], ['signer'], ['time']],
    signature: [[], ['signer'], ['time']],
    timestamp: [[], ['time']],
    certificate: [['signer', 'time']],
    document: [['bytes'], ['signer'], ['time']],
    'evidence-record': [[], ['time']],
  }

/** One thing that an answer rests on, in one line; text from the bundle is escaped. */
export function nameOfSupport(support: Support): string {
  switch (support.kind) {
    case 'anchor':
      return `the anchor “${escapeInLine(support.label)}” (${TRUST_WORDS.roles[support.role].title}, SHA-256 ${support.sha256})`
    case 'certificate':
      return `the certificate of ${escapeInLine(commonNameOf(support.subject))} (SHA-256 ${support.sha256})`
    case 'token':
      return `the time-stamp ${escapeForDisplay(support.path)}${support.record === undefined ? '' : ` of the evidence record ${support.record}`}`
    case 'digest':
      return `the digest ${support.name}`
    case 'scheme':
      return `the signature method ${support.name}`
    case 'curve':
      return `the curve ${support.name}`
  }
}

/** Whether an answer over these axes comes out otherwise. */
function touches(fall: Fall, axes: readonly string[]): string[] {
  const changes = fall.axes.filter(({ axis }) => axes.includes(axis)).map(({ axis, after }) => `${axis} ${after}`)
  if (axes.includes('time') && fall.bestSignatureTime?.after !== undefined && fall.bestSignatureTime?.after !== null)
    changes.push(`proved no later than ${fall.bestSignatureTime.after}`)
  if (axes.includes('time'))
    changes.push(...(fall.records ?? []).map(({ sha256, after }) => `the evidence record ${sha256} ${after}`))
  return changes
}

/** What each answer rests on, and what falls without it. */
export function renderRestsOn({ report, falls }: RestsOn, style: TextStyle): string {
  const page = new Page(style)
  const messages = messagesIn()
  page.line(`${page.mark(toneOf(report))} ${page.paint(sayHeadline(report, messages), 'strong')}`)
  page.wrapped(verdictLabel(report), 2)
  page.given(escapeForDisplay(report.envelope.container.name), 2)
  const { axes } = report.body.assessment
  for (const [index, { question, word }] of answersOf(report, messages).entries()) {
    const own = ANSWERED_BY[report.body.subject.kind][index] ?? []
    if (own.length === 0) continue
    page.heading(`${question} ${word}.`)
    const fallen = falls.flatMap((fall) => {
      const changes = touches(fall, own)
      return changes.length === 0 ? [] : [{ fall, changes }]
    })
    const answered = own.filter((axis) => axes[axis].value === 'PASSED')
    if (fallen.length === 0)
      page.wrapped(
        answered.length === 0
          ? 'It is not answered, so nothing that could be taken away carries it.'
          : 'Nothing that was taken away alone changes it.',
        2,
      )
    else page.wrapped('Without one of these it is answered otherwise:', 2)
    for (const { fall, changes } of fallen)
      page.wrapped(`${nameOfSupport(fall.support)}: ${changes.join(', ')}`, 2, '- ')
  }
  const idle = falls.filter(
    ({ axes: changed, bestSignatureTime, records }) =>
      changed.length === 0 && bestSignatureTime === null && records === undefined,
  )
  const evidence = idle.filter(({ support }) => ['anchor', 'certificate', 'token'].includes(support.kind))
  if (evidence.length > 0) page.heading('Nothing changes without')
  for (const { support } of evidence) page.wrapped(nameOfSupport(support), 2, '- ')
  const methods = idle.flatMap(({ support }) => ('name' in support ? [support.name] : []))
  page.blank()
  if (methods.length > 0) page.wrapped(`Methods that nothing here depends on alone: ${methods.join(', ')}.`)
  page.wrapped(
    'Everything was judged again with one thing taken away at a time. Where two confirm the same, neither is shown to carry it alone. What falls becomes “cannot tell”: it is not thereby contradicted.',
  )
  return page.text()
}
