import { commonNameOf, isAlone } from '@probatum/words'
import type { Verified } from '../engine/engine.ts'
import { type TimeKind, type TimelineEntry, timelineOf } from '../rows/timeline.ts'
import type { TextKey } from '../texts/texts.ts'
import { phrase, type ViewContext } from './context.ts'
import { el } from './dom.ts'
import { given, moment, part } from './parts.ts'

const KINDS = {
  stated: 'timeStated',
  confirmed: 'timeConfirmed',
  'not-confirmed': 'timeNotConfirmed',
  check: 'timeCheck',
} as const satisfies Readonly<Record<TimeKind, TextKey>>

const EVENTS = {
  'record-created': 'eventCreated',
  'signing-time': 'eventSigned',
  'time-stamp': 'eventStamp',
  renewal: 'eventRenewal',
  'earliest-proof': 'eventProof',
  validation: 'eventCheck',
} as const satisfies Readonly<Record<TimelineEntry['event'], TextKey>>

/** Where nothing was sealed: of a signature, a time-stamp or a record by itself. */
const ALONE: Partial<Readonly<Record<TimelineEntry['event'], TextKey>>> = {
  'signing-time': 'eventSignedAlone',
  'time-stamp': 'eventStampAlone',
  'earliest-proof': 'eventProofAlone',
}

/** Every time in order; what somebody says and what is confirmed are told apart by a word. */
export function timelinePart(context: ViewContext, { report, facts }: Verified): HTMLElement {
  const { speaker } = context
  const alone = isAlone(report)
  const record = facts.facts.records?.record ?? null
  const { entries, conflicts, unreadable } = timelineOf(
    report,
    record === null ? null : { time: record.created, issuer: record.issuer.name },
  )
  return part(
    speaker.say('timelineHeading'),
    {},
    el('p', { class: 'measure' }, speaker.say('timelineLead')),
    conflicts.map(({ code, earlier, later }) =>
      el(
        'p',
        { class: 'check tone-undecided' },
        phrase(speaker, code === 'after-check' ? 'conflictAfterCheck' : 'conflictStated', {
          earlier: earlier.time,
          later: later.time,
        }),
      ),
    ),
    unreadable.map((text) =>
      el('p', { class: 'note' }, phrase(speaker, 'timeUnreadable', { text: given(text, 'text') })),
    ),
    el(
      'ol',
      { class: 'line' },
      entries.map((entry) => {
        const { kind, event, time, by, accuracy, file } = entry
        const mark = kind === 'confirmed' ? 'confirmed' : kind === 'check' ? 'check-time' : undefined
        return el(
          'li',
          { class: mark },
          el('div', {}, el('span', { class: 'kind' }, speaker.say(KINDS[kind])), ' ', moment(context, time)),
          el(
            'div',
            {},
            speaker.say((alone ? ALONE[event] : undefined) ?? EVENTS[event]),
            by === ''
              ? null
              : [speaker.say('comma'), phrase(speaker, 'byWhom', { name: given(commonNameOf(by), 'text') })],
            accuracy === null ? null : [speaker.say('comma'), phrase(speaker, 'accuracy', { accuracy })],
          ),
          file === '' ? null : el('div', { class: 'small quiet' }, given(file)),
        )
      }),
    ),
  )
}
