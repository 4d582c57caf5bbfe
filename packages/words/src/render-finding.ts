import type { Finding } from '@probatum/core'
import { escapeForDisplay } from './escape-for-display.ts'
import { groupDigits, type Page, type Tone } from './layout.ts'
import type { Messages } from './messages.ts'
import { sayException, sayFinding, sayMissing, type Telling } from './sentences.ts'

/** Objects printed under one finding; the inventory has all. */
export const OBJECTS_SHOWN = 50

/** A finding with its objects, evidence, missing material, remedy and clause. */
export function writeFinding(
  page: Page,
  finding: Finding,
  messages: Messages,
  telling: Telling,
  /** What was said already on this page, and need not be said again. */
  said: Set<string> = new Set(),
): void {
  const tone: Tone = finding.value === 'FAILED' ? 'bad' : finding.value === 'PASSED' ? 'good' : 'open'
  const { say, todo } = sayFinding(finding, messages, telling)
  page.wrapped(say, 2, `${page.mark(tone)} `)
  const subject = finding.subject.name === '' ? '' : ` · ${escapeForDisplay(finding.subject.name)}`
  const at = finding.subject.at === undefined ? '' : ` ${escapeForDisplay(finding.subject.at)}`
  const reason = finding.reason === undefined ? '' : `:${finding.reason}`
  page.wrapped(`${finding.value}${reason} · ${finding.id}${subject}${at}`, 6)
  for (const { name, expected, found, missing } of finding.evidence) {
    const sides = [
      ...(expected === undefined ? [] : [`expected ${escapeForDisplay(expected)}`]),
      ...(found === undefined ? [] : [`found ${escapeForDisplay(found)}`]),
    ]
    const line = `${name}: ${sides.join(', ')}`
    if (line.length + 6 <= page.style.width && sides.length > 0) page.wrapped(line, 6)
    else for (const side of sides) page.wrapped(`${name}: ${side}`, 6)
    if (missing === undefined || said.has(missing)) continue
    said.add(missing)
    const { what, from, ask } = sayMissing(missing, messages, telling)
    page.wrapped(`Missing: ${what}. Who may have it: ${from}. You can send: "${ask}"`, 6)
  }
  const exceptions = finding.exceptions ?? []
  for (const exception of exceptions.slice(0, OBJECTS_SHOWN)) {
    const place = exception.at === undefined ? '' : `, ${escapeForDisplay(exception.at)},`
    page.wrapped(`${escapeForDisplay(exception.path)}${place} ${sayException(exception, messages, telling)}`, 6, '- ')
    if (exception.expected !== undefined) page.wrapped(`listed ${escapeForDisplay(exception.expected)}`, 10)
    if (exception.found !== undefined) page.wrapped(`here   ${escapeForDisplay(exception.found)}`, 10)
  }
  const rest = exceptions.length - Math.min(exceptions.length, OBJECTS_SHOWN) + (finding.exceptionsOmitted ?? 0)
  if (rest > 0) page.wrapped(`and ${groupDigits(rest)} more; --inventory FILE saves all of them`, 6, '- ')
  if (finding.subIndication !== undefined)
    page.wrapped(`${finding.subIndication}: ${messages.subIndications[finding.subIndication]}`, 6)
  if (todo !== undefined && !said.has(todo)) page.wrapped(`What to do: ${todo}`, 6)
  if (todo !== undefined) said.add(todo)
  page.wrapped(`Rests on ${finding.spec.document} \u00a7${finding.spec.section}`, 6)
}
