import { canonicalText, type OpenedValue } from '@probatum/core'
import { OPENED_WORDS } from './en/opened.ts'
import { escapeForDisplay } from './escape-for-display.ts'
import { groupDigits, Page, type TextStyle } from './layout.ts'

/** What is printed is what was opened: nothing in it is a command of this program. */
function pageOf({ program: _, ...style }: TextStyle): Page {
  return new Page(style)
}

/** A value that stands in quotes, so that its end can be seen; every character that shows nothing is escaped. */
function sayValue(value: OpenedValue['value']): string {
  return escapeForDisplay(canonicalText(value))
}

/** Opened values under their banner: everything that a bundle and files of later openings show in this call. */
export function renderOpened(opened: readonly OpenedValue[], style: TextStyle): string {
  const page = pageOf(style)
  page.line('')
  page.line(page.paint(OPENED_WORDS.banner, 'open'))
  page.wrapped(OPENED_WORDS.warning)
  if (opened.length === 0) page.wrapped(OPENED_WORDS.none, 2)
  let before: string | undefined
  for (const { file, seq, field, value, given } of opened) {
    const line = file === 'authorisation.json' ? `consent of item ${seq}` : `line ${groupDigits(seq + 1)} (seq ${seq})`
    const place = `${file} ${line}${given === null ? '' : `, ${OPENED_WORDS.later} ${given}`}`
    if (place !== before) page.line(`  ${place}`)
    before = place
    page.line(`    ${escapeForDisplay(field)}: ${sayValue(value)}`)
  }
  page.line(page.paint(OPENED_WORDS.end, 'open'))
  return page.text()
}

/** Original file names that are opened, by item and opaque path. */
export function renderNames(opened: readonly OpenedValue[], style: TextStyle): string {
  const page = pageOf(style)
  page.line('')
  page.line(page.paint(OPENED_WORDS.names, 'strong'))
  const items = new Map<number, { path?: string; name?: string }>()
  for (const { file, seq, field, value } of opened) {
    if (file !== 'items.jsonl' || (field !== 'path' && field !== 'originalName')) continue
    const item = items.get(seq) ?? {}
    items.set(seq, item)
    if (field === 'originalName') item.name = sayValue(value)
    else if (typeof value === 'string') item.path = escapeForDisplay(value)
  }
  const named = [...items].filter(([, { name }]) => name !== undefined).sort(([a], [b]) => a - b)
  if (named.length === 0) page.wrapped(OPENED_WORDS.noNames, 2)
  for (const [seq, { path = OPENED_WORDS.noPath, name = '' }] of named) page.line(`  item ${seq}  ${path}  ${name}`)
  return page.text()
}
