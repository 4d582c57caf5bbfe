import { CUSTODY, ITEMS, type LinePlace, type WithheldPlace } from '@probatum/core'
import type { TableCell, TextRun } from '../document.ts'
import { escapeForDisplay, escapeInLine } from '../escape-for-display.ts'
import type { Context } from './context.ts'
import { writeConditions } from './first-page.ts'
import { type RecordedLines, WITHHELD_NAMED } from './input.ts'
import { code, type LabelKey, name, type Writer } from './writer.ts'

/** Through whose hands: counts and kinds of entries, what is withheld, and where the log is anchored. */
export function writeCustody(writer: Writer, { facts, recorded, inventory }: Context): void {
  writer.heading(1, 'headingCustody')
  const history = facts.records?.history ?? null
  if (history === null || history.custody.state === 'absent') {
    writer.say('custodyNone')
    return
  }
  const { custody, log } = history
  if (custody.state !== 'read') {
    writer.say('custodyUnread')
    return
  }
  writer.count('custodyCount', custody.lines)
  writer.count('custodyShown', custody.lines - custody.stubs - custody.unread)
  if (custody.stubs > 0) writer.count('custodyWithheld', custody.stubs)
  if (custody.handovers.count > 0) writer.count('custodyHandovers', custody.handovers.count)
  const { checkpoint } = log
  if (checkpoint !== null)
    writer.say('custodyAnchored', {
      size: writer.number(checkpoint.size),
      root: code(checkpoint.root),
      origin: name(checkpoint.origin),
    })
  const { logId, logKey } = custody.logStart
  const { compared, broken } = custody.links
  const numbers = { compared: writer.number(compared), broken: writer.number(broken.count) }
  const at = broken.first[0]?.line
  writer.facts([
    ['logFile', digestOf(inventory, CUSTODY)],
    ['firstEntry', recorded.custody === null ? null : code(recorded.custody.first)],
    ['lastEntry', recorded.custody === null ? null : code(recorded.custody.last)],
    [
      'links',
      at === undefined
        ? writer.label('linksText', numbers)
        : writer.label('linksBrokenText', { ...numbers, line: writer.number(at) }),
    ],
    ['logId', logId === null ? null : code(logId)],
    ['logKey', logKey === null ? null : code(logKey)],
  ])
  writer.table(
    'captionEvents',
    [
      ['columnEvent', 3],
      ['columnCount', 'fit'],
    ],
    Object.entries(recorded.events ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, count]) => [eventCell(writer, type), [{ text: writer.number(count) }]]),
  )
  writer.say('custodyPeople')
  writePlaces(writer, CUSTODY, custody.withheld.first, recorded.custody)
}

function digestOf(inventory: Context['inventory'], path: string): TextRun | null {
  for (const line of inventory)
    if (line.path === path) return line.digests.sha256 === undefined ? null : code(line.digests.sha256)
  return null
}

function eventCell(writer: Writer, type: string): TableCell {
  const key = `event:${type}`
  const { labels } = writer.messages.certificate
  if (type === 'withheld' || type === 'other') return [{ text: writer.label(`event:${type}`) }]
  if (Object.hasOwn(labels, key)) return [{ text: writer.label(key as LabelKey) }, { text: ' ' }, code(type)]
  return [{ text: `${writer.label('event:other')} ` }, name(type)]
}

function groundText(writer: Writer, ground: string | null): string {
  const key = `ground:${ground ?? 'none'}`
  const { labels } = writer.messages.certificate
  return Object.hasOwn(labels, key) ? writer.label(key as LabelKey) : escapeInLine(ground ?? '')
}

/** Each with what stands for it: the line digest, by which the line can be told when it is shown later. */
function writePlaces(
  writer: Writer,
  record: string,
  withheld: readonly (WithheldPlace | LinePlace)[],
  lines: RecordedLines | null,
): void {
  const digests = new Map(lines?.withheld.map(({ line, digest }) => [line, digest]))
  const rows = withheld.slice(0, WITHHELD_NAMED).map((place): readonly TableCell[] => {
    const digest = digests.get(place.line)
    return [
      [code(record)],
      [{ text: String(place.line) }],
      [digest === undefined ? { text: '' } : code(digest)],
      [{ text: groundText(writer, 'ground' in place ? place.ground : null) }],
    ]
  })
  writer.table(
    'captionWithheld',
    [
      ['columnRecord', 2],
      ['columnLine', 'fit'],
      ['columnLineDigest', 'fit'],
      ['columnGround', 2],
    ],
    rows,
  )
}

/** What this recipient may not see, and redacted copies. */
export function writeWithheld(writer: Writer, { facts, recorded }: Context): void {
  writer.heading(1, 'headingWithheld')
  const history = facts.records?.history ?? null
  if (history === null || history.disclosure.items.state !== 'read') {
    writer.say('withheldNotKnown')
    return
  }
  const { items, fields, copies } = history.disclosure
  writer.count('withheldItemsOf', items.lines)
  if (items.withheld.count === 0 && copies.count === 0) writer.say('withheldNothing')
  if (items.withheld.count > 0) writer.count('withheldItems', items.withheld.count)
  if (copies.count > 0) writer.count('withheldCopies', copies.count)
  writer.say('withheldFields', { slots: writer.number(fields.slots), opened: writer.number(fields.opened) })
  if (fields.grounded > 0) writer.count('withheldGrounds', fields.grounded)
  if (items.withheld.count > 0 || copies.count > 0 || fields.opened < fields.slots) writer.say('withheldCanHide')
  if (items.withheld.count > 0 || fields.grounded > 0) writer.say('withheldByIssuer')
  writePlaces(writer, ITEMS, items.withheld.first, recorded.items)
}

/** The withheld items alone, for a form. */
export function writeWithheldPlaces(writer: Writer, { facts, recorded }: Context): void {
  writePlaces(writer, ITEMS, facts.records?.history?.disclosure.items.withheld.first ?? [], recorded.items)
}

/** Repeated as recorded; the checks of the axis say whether any of it was judged. */
export function writeConsent(writer: Writer, context: Context): void {
  const { recorded, facts, report } = context
  const { sharing } = recorded
  writer.heading(1, 'headingConsent')
  if (sharing.state === 'absent') {
    writer.say('consentNoRecord')
    return
  }
  const isJudged = report.body.findings.some(({ axis, value }) => axis === 'authorisation' && value !== 'NOT-CHECKED')
  writer.say(isJudged ? 'consentJudged' : 'consentNotJudged')
  const sha256 = facts.records?.history?.custody.authorisationSha256 ?? null
  writer.facts([['recordDigest', sha256 === null ? null : code(sha256)]])
  if (sharing.state === 'not-at-hand') writer.say('consentNotAtHand')
  else if (sharing.state === 'unreadable') writer.say('consentUnread')
  else if (sharing.state === 'no-request') writer.say('consentNoRequest')
  else {
    const texts = (values: readonly string[]) => values.map((value) => escapeInLine(value)).join('; ')
    writer.facts([
      ['purpose', sharing.purpose === '' ? writer.label('none') : escapeInLine(sharing.purpose)],
      ['grounds', sharing.grounds.length === 0 ? writer.label('none') : texts(sharing.grounds)],
    ])
    writer.box('headingConditions', (inside) => writeConditions(inside, context))
    writer.table(
      'captionAssurances',
      [
        ['columnAssurance', 3],
        ['columnBy', 2],
        ['columnDate', 'fit'],
        ['columnReference', 2],
      ],
      sharing.assurances.map(({ assurance, by, date, reference }) => [
        [{ text: assuranceText(writer, assurance) }],
        [{ text: escapeInLine(by) }],
        [{ text: escapeForDisplay(date) }],
        [{ text: escapeInLine(reference) }],
      ]),
    )
    writer.count('consentConsents', sharing.consents)
    writer.count('consentApprovals', sharing.approvals)
    writer.count('consentExceptions', sharing.exceptions)
  }
  writer.say('consentLater')
}

function assuranceText(writer: Writer, assurance: string): string {
  const key = `assurance:${assurance}`
  return Object.hasOwn(writer.messages.certificate.labels, key)
    ? writer.label(key as LabelKey)
    : escapeInLine(assurance)
}
