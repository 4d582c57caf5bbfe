import type { Verified } from '../engine/engine.ts'
import { signOf, VALUE_WORDS } from '../rows/answer-tones.ts'
import { phrase, type ViewContext } from './context.ts'
import { type Child, el } from './dom.ts'
import { given, part, wordSign } from './parts.ts'

/** Through whose hands it went, in numbers: what is shown, what is withheld, and whether the links hold. */
export function custodyPart(context: ViewContext, { facts, report, kind }: Verified): Child {
  const { speaker } = context
  if (kind !== 'bundle') return null
  const history = facts.facts.records?.history ?? null
  const axis = report.body.assessment.axes.custody
  const heading = speaker.say('custodyHeading')
  if (history === null || history.custody.state === 'absent')
    return part(heading, {}, el('p', {}, speaker.say('custodyNone')))
  const { custody, disclosure } = history
  if (custody.state !== 'read') return part(heading, {}, el('p', {}, speaker.say('custodyUnread')))
  const number = (value: number) => speaker.number(value)
  const broken = custody.links.broken.count
  const items = disclosure.items
  const { fields } = disclosure
  const origin = custody.logStart.origin
  return part(
    heading,
    {},
    el(
      'p',
      {},
      wordSign(
        !axis.required && axis.value === 'INDETERMINATE' ? 'not-checked' : signOf(axis.value),
        speaker.say(VALUE_WORDS[axis.value]),
      ),
      ': ',
      speaker.say(axis.required ? 'axisRequired' : 'axisNotRequired'),
    ),
    el(
      'ul',
      {},
      origin === null ? null : el('li', {}, given(origin)),
      el(
        'li',
        {},
        speaker.count('custodyEvents', custody.lines),
        ': ',
        phrase(speaker, 'custodyShown', {
          shown: number(custody.lines - custody.stubs),
          withheld: number(custody.stubs),
        }),
      ),
      el(
        'li',
        {},
        speaker.count('custodyLinks', custody.links.compared),
        broken === 0 ? null : [': ', wordSign('mismatch', speaker.count('custodyBroken', broken))],
      ),
      items.state !== 'read'
        ? null
        : el(
            'li',
            {},
            phrase(speaker, 'custodyItems', {
              shown: number(items.lines - items.withheld.count),
              withheld: number(items.withheld.count),
            }),
          ),
      el(
        'li',
        {},
        phrase(speaker, 'custodyFields', {
          opened: number(fields.opened),
          closed: number(fields.slots - fields.opened),
          grounded: number(fields.grounded),
        }),
      ),
      custody.handovers.count === 0 ? null : el('li', {}, speaker.count('custodyHandovers', custody.handovers.count)),
    ),
    el('p', { class: 'quiet measure' }, speaker.say('custodyNot')),
  )
}
