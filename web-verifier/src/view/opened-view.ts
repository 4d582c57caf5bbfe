import { canonicalText, type OpenedField } from '@probatum/core'
import type { Verified } from '../engine/engine.ts'
import type { ViewContext } from './context.ts'
import { button, type Child, el, fill } from './dom.ts'
import { given, pairs, part } from './parts.ts'
import type { Item } from './state.ts'

/** Where the request for an export states how it may be used (specification of the bundle, section 5.7). */
const REQUEST = 'record/authorisation.json'

/** Texts that are drawn; the file has all, and can be saved. */
const CONDITIONS_SHOWN = 64

/** The sender's conditions stand before the result: they bind the reader whatever the result is. */
export function conditionsBox(context: ViewContext, result: Verified): Child {
  const isThere =
    result.facts.facts.records?.files.some(({ path, state }) => path === REQUEST && state === 'valid') === true
  if (!isThere) return null
  const box = el('div', {})
  context.engine.member(result, REQUEST).done.then(
    (bytes) => {
      const conditions = conditionsIn(bytes)
      if (conditions.length > 0) fill(box, conditionsList(context, conditions))
    },
    // It could not be read a second time: the finding about the record says what was wrong with it.
    () => undefined,
  )
  return box
}

/** `request.conditions` of a record that the engine has found to be in form. */
export function conditionsIn(bytes: Uint8Array): readonly string[] {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  const request = typeof value === 'object' && value !== null && 'request' in value ? value.request : null
  const list = typeof request === 'object' && request !== null && 'conditions' in request ? request.conditions : null
  return Array.isArray(list) ? list.filter((text): text is string => typeof text === 'string') : []
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

/** Opened values that are drawn at once: a case with thousands of items has tens of thousands. */
const FIELDS_SHOWN = 500

/** Names, places and times that the bundle opens: only after a person asks, and never in what is printed or saved. */
export function protectedPart(
  context: ViewContext,
  item: Item,
  actions: { showOpened(item: Item): void; redraw(): void },
): Child {
  const { speaker } = context
  const disclosure = item.result?.facts.facts.records?.history?.disclosure
  if (disclosure === undefined || disclosure.openings === 0) return null
  const shown = item.isOpenedShown && item.opened?.opened !== null ? (item.opened?.opened ?? null) : null
  return part(
    speaker.say('protectedHeading'),
    { class: 'no-print' },
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
                actions.redraw()
              },
              { id: 'show-protected', 'aria-expanded': 'true' },
            ),
            openedList(context, shown),
          ],
  )
}

function openedList({ speaker }: ViewContext, opened: readonly OpenedField[]): HTMLElement {
  if (opened.length === 0) return el('p', {}, speaker.say('protectedNone'))
  const groups = new Map<string, { title: string; fields: OpenedField[] }>()
  for (const field of opened.slice(0, FIELDS_SHOWN)) {
    const key = `${field.file} ${field.seq}`
    const title = speaker.say(field.file === 'items.jsonl' ? 'protectedItem' : 'protectedEvent', {
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
    opened.length > FIELDS_SHOWN ? el('p', {}, speaker.count('protectedMore', opened.length - FIELDS_SHOWN)) : null,
  )
}
