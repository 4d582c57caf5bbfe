import { canonicalText, type OpenedField } from '@probatum/core'
import type { OpenedFields, Verified } from '../engine/engine.ts'
import type { ViewContext } from './context.ts'
import { button, type Child, el } from './dom.ts'
import { given, pairs, part } from './parts.ts'
import type { Item } from './state.ts'

/** Texts that are drawn; the file has all, and can be saved. */
const CONDITIONS_SHOWN = 64

/** The sender's conditions stand before the result: they bind the reader whatever the result is. */
export function conditionsBox(context: ViewContext, { facts }: Pick<Verified, 'facts'>): Child {
  const conditions = conditionsIn(facts)
  return conditions.length === 0 ? null : conditionsList(context, conditions)
}

/** The conditions of the sharing decision (specification of the bundle, section 5.7); one with a day has it behind. */
export function conditionsIn({ facts }: Verified['facts']): readonly string[] {
  const conditions = facts.records?.authorisation?.request?.statement.conditions ?? []
  return conditions.map(({ text, until }) => (until === undefined ? text : `${text} (${until})`))
}

function conditionsList({ speaker }: ViewContext, conditions: readonly string[]): HTMLElement {
  return el(
    'section',
    { class: 'conditions', 'aria-label': speaker.say('conditionsHeading') },
    el('h2', {}, speaker.say('conditionsHeading')),
    el(
      'ul',
      {},
      conditions.slice(0, CONDITIONS_SHOWN).map((text) => el('li', {}, given(text, 'text'))),
    ),
    el('p', { class: 'small quiet' }, speaker.say('conditionsNote')),
  )
}

export interface ProtectedActions {
  showOpened(item: Item): void
  drawProtected(item: Item): void
}

const PART = 'protected-part'

/** Draws the part anew where it stands, and leaves the focus on its button. */
export function redrawProtected(context: ViewContext, item: Item, actions: ProtectedActions): void {
  const made = protectedPart(context, item, actions)
  const old = document.getElementById(PART)
  if (made === null || old === null) return
  const hadFocus = old.contains(document.activeElement)
  old.replaceWith(made)
  if (hadFocus) document.getElementById('show-protected')?.focus()
}

/** Names, places and times that the bundle opens: only after a person asks, and never in what is printed or saved. */
export function protectedPart(context: ViewContext, item: Item, actions: ProtectedActions): Element | null {
  const { speaker } = context
  const disclosure = item.result?.facts.facts.records?.history?.disclosure
  if (disclosure === undefined || disclosure.openings === 0) return null
  const shown = item.isOpenedShown && item.opened?.opened !== null ? (item.opened?.opened ?? null) : null
  return part(
    speaker.say('protectedHeading'),
    { class: 'no-print', id: PART },
    el('p', { class: 'measure' }, speaker.say('protectedLead')),
    item.opening !== null
      ? [
          el('p', {}, speaker.say('protectedWait')),
          el('progress', { 'aria-label': speaker.say('protectedWait') }),
          el(
            'div',
            { class: 'buttons' },
            button(speaker.say('cancel'), () => item.opening?.cancel(), { id: 'show-protected' }),
          ),
        ]
      : shown === null
        ? button(speaker.say('protectedShow'), () => actions.showOpened(item), {
            id: 'show-protected',
            'aria-expanded': 'false',
          })
        : [
            el('p', { class: 'note' }, el('strong', {}, speaker.say('protectedShown'))),
            button(
              speaker.say('protectedHide'),
              () => {
                item.isOpenedShown = false
                actions.drawProtected(item)
              },
              { id: 'show-protected', 'aria-expanded': 'true' },
            ),
            openedList(context, shown),
          ],
  )
}

const TITLES = {
  'authorisation.json': 'protectedConsent',
  'custody.jsonl': 'protectedEvent',
  'items.jsonl': 'protectedItem',
} as const

function openedList({ speaker }: ViewContext, { first, count }: OpenedFields): HTMLElement {
  if (count === 0) return el('p', {}, speaker.say('protectedNone'))
  const groups = new Map<string, { title: string; fields: OpenedField[] }>()
  for (const field of first) {
    const key = `${field.file} ${field.seq}`
    const title = speaker.say(TITLES[field.file], {
      seq: String(field.seq),
    })
    const group = groups.get(key) ?? { title, fields: [] }
    groups.set(key, group)
    group.fields.push(field)
  }
  return el(
    'div',
    { class: 'protected' },
    [...groups.values()].map(({ title, fields }) =>
      el(
        'div',
        {},
        el('h3', {}, title),
        pairs(
          fields.map(({ field, value }) => [
            el('code', {}, field),
            given(typeof value === 'string' ? value : canonicalText(value), 'text'),
          ]),
        ),
      ),
    ),
    count > first.length ? el('p', {}, speaker.count('protectedMore', count - first.length)) : null,
  )
}
