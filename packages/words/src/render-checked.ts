import { AXES, type Report } from '@probatum/core'
import type { Page, Tone } from './layout.ts'
import type { Messages } from './messages.ts'
import { questionOf, retold, sayFinding } from './sentences.ts'
import { isAlone, tellingOf } from './telling.ts'
import { sayShown } from './verdict.ts'

/** The axes: what became of each, and how many checks it took. */
export function writeAxes(page: Page, report: Report, messages: Messages): void {
  const { body } = report
  page.heading('What was checked')
  for (const axis of AXES) {
    const { value, required, counts } = body.assessment.axes[axis]
    if (isAlone(report) && value === 'NOT-CHECKED') continue
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const tone: Tone =
      value === 'PASSED'
        ? 'good'
        : value === 'FAILED'
          ? 'bad'
          : value === 'INDETERMINATE' && required
            ? 'open'
            : 'faint'
    const parts = Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [] : [`${count} ${name}`]))
    const { title, is } = messages.axes[axis]
    const asked = required ? '' : ' (not asked by the policy)'
    const shown = sayShown(body, axis, messages)
    const checks = total === 0 ? 'no check' : `${total} ${total === 1 ? 'check' : 'checks'}: ${parts.join(', ')}`
    const detail = shown === null ? checks : `${shown}; ${checks}`
    page.wrapped(
      `${value}${asked} \u2013 ${retold(is, { alone: isAlone(report) }, messages)}; ${detail}`,
      2,
      `${page.mark(tone)} ${title.padEnd(15)}`,
    )
  }
}

/** What was not checked or withheld, with the question that stays open. */
export function writeNotChecked(page: Page, report: Report, messages: Messages): void {
  const { body } = report
  for (const [value, title] of [
    ['NOT-CHECKED', 'Not checked'],
    ['WITHHELD', 'Withheld'],
  ] as const) {
    const findings = body.findings.filter((finding) => finding.value === value && finding.role === undefined)
    if (findings.length === 0) continue
    page.heading(`${title}: ${findings.length}`)
    for (const finding of findings) {
      const telling = tellingOf(report, finding)
      const words = `${questionOf(finding, messages, telling)} ${sayFinding(finding, messages, telling).say}`
      page.wrapped(`${words} (${finding.id})`, 2, `${page.mark('faint')} `)
    }
  }
}

/** The axes and what was not checked, in a few lines. */
export function writeCheckedInShort(page: Page, report: Report): void {
  const { body } = report
  page.heading('What was checked')
  const axes = AXES.map((axis) => ({ axis, ...body.assessment.axes[axis] }))
  const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, one) => sum + one, 0)
  for (const [value, tone] of [
    ['FAILED', 'bad'],
    ['INDETERMINATE', 'open'],
    ['PASSED', 'good'],
  ] as const) {
    const these = axes.filter((one) => one.value === value && (value === 'FAILED' || one.required))
    if (these.length === 0) continue
    const named = these.map(({ axis, counts }) => {
      const shown = sayShown(body, axis)
      const checks = `${total(counts)} ${total(counts) === 1 ? 'check' : 'checks'}`
      return `${axis} (${shown === null ? checks : `${shown}; ${checks}`})`
    })
    page.wrapped(`${value}: ${named.join(', ')}`, 2, `${page.mark(tone)} `)
  }
  const rest = axes.filter(({ value, required }) => !required && value !== 'FAILED').map(({ axis }) => axis)
  if (rest.length > 0 && !isAlone(report))
    page.wrapped(`not asked by the policy: ${rest.join(', ')}`, 2, `${page.mark('faint')} `)
  for (const value of ['INDETERMINATE', 'NOT-CHECKED', 'WITHHELD'] as const) {
    const ids = body.findings
      .filter((one) => one.value === value && one.role === undefined)
      // The others stand above as problems.
      .filter(({ axis }) => value !== 'INDETERMINATE' || !body.assessment.axes[axis].required)
      .map(({ id }) => id)
    if (ids.length > 0)
      page.wrapped(
        `${value}${value === 'INDETERMINATE' ? ', not asked' : ''}: ${ids.length} (${[...new Set(ids)].join(', ')})`,
        2,
        `${page.mark('faint')} `,
      )
  }
}
