import type { LinePlace, WithheldPlace } from '@probatum/core'
import type { TableCell } from '../document.ts'
import { escapeForDisplay, escapeInLine } from '../escape-for-display.ts'
import type { Context } from './context.ts'
import { writeConditions } from './first-page.ts'
import { code, type LabelKey, name, type Writer } from './writer.ts'

/** Rows of withheld places; the facts name no more either. */
const PLACES_SHOWN = 100

/** Through whose hands: counts and kinds of entries, what is withheld, and where the log is anchored. */
export function writeCustody(writer: Writer, { facts, recorded }: Context): void {
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
  writer.facts([
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
  writePlaces(writer, [{ record: 'record/custody.jsonl', withheld: custody.withheld.first }])
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

function writePlaces(
  writer: Writer,
  records: readonly { readonly record: string; readonly withheld: readonly (WithheldPlace | LinePlace)[] }[],
): void {
  const rows = records.flatMap(({ record, withheld }) =>
    withheld
      .slice(0, PLACES_SHOWN)
      .map((place) => [
        [code(record)],
        [{ text: String(place.line) }],
        [{ text: groundText(writer, 'ground' in place ? place.ground : null) }],
      ]),
  )
  writer.table(
    'captionWithheld',
    [
      ['columnRecord', 2],
      ['columnLine', 'fit'],
      ['columnGround', 3],
    ],
    rows,
  )
}

/** What this recipient may not see, and redacted copies. */
export function writeWithheld(writer: Writer, { facts }: Context): void {
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
  writePlaces(writer, [{ record: 'record/items.jsonl', withheld: items.withheld.first }])
}

/** The withheld items alone, for a form. */
export function writeWithheldPlaces(writer: Writer, { facts }: Context): void {
  const withheld = facts.records?.history?.disclosure.items.withheld.first ?? []
  writePlaces(writer, [{ record: 'record/items.jsonl', withheld }])
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
