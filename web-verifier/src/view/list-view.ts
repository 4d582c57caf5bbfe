import { escapeForDisplay, headlineOf } from '@probatum/words'
import { familyOf, verdictWord } from '../rows/answer-tones.ts'
import { told, type ViewContext } from './context.ts'
import { button, el } from './dom.ts'
import { given, wordSign } from './parts.ts'
import type { Item, PageState } from './state.ts'
import { missingChoice } from './subject-view.ts'

/** Several things that were checked in one go, each with its own result. There is no verdict over all of them. */
export function listScreen(
  context: ViewContext,
  state: PageState,
  open: (item: Item) => void,
  isWhole: boolean,
): HTMLElement {
  const { speaker } = context
  return el(
    'div',
    {},
    el(isWhole ? 'h1' : 'h2', isWhole ? { id: 'top', tabindex: '-1' } : {}, speaker.say('listHeading')),
    el(
      'ol',
      { class: 'checked' },
      state.items.map((item) =>
        el(
          'li',
          { class: 'check' },
          el('p', {}, el('strong', {}, given(item.subject.name))),
          el('p', {}, standing(context, state, item)),
          item.result === null && item.told === null && item.failure === null
            ? null
            : button([speaker.say('listOpen', { name: escapeForDisplay(item.subject.name) })], () => open(item)),
        ),
      ),
    ),
  )
}

function standing(context: ViewContext, state: PageState, item: Item): HTMLElement {
  const { speaker, messages } = context
  if (item.result !== null) {
    const family = familyOf(item.result.report)
    return el(
      'span',
      {},
      item.result.sample ? `${speaker.say('sampleWord')}${speaker.say('colon')}` : null,
      wordSign(family, speaker.say(verdictWord(item.result.report))),
      ' – ',
      told(context, messages.verdict.headlines[headlineOf(item.result.report)]),
    )
  }
  if (item.told !== null)
    return el(
      'span',
      {},
      item.told.sample ? `${speaker.say('sampleWord')}${speaker.say('colon')}` : null,
      wordSign('not-checked', speaker.say('toldWord')),
      ' – ',
      speaker.say('toldHeading'),
    )
  if (item.state === 'failed') return wordSign('not-read', speaker.say('notReadWord'))
  if (item.state === 'stopped') return wordSign('stopped', speaker.say('wordNotFinished'))
  const missing = item.state === 'left-out' ? missingChoice(state, item.subject) : null
  if (item.state === 'left-out')
    return el(
      'span',
      {},
      wordSign('not-checked', speaker.say('valueNotChecked')),
      missing === null ? null : [' – ', speaker.say(missing)],
    )
  return el('span', {}, speaker.say(item.state === 'running' ? 'listRunning' : 'listWaiting'))
}
