import type { ViewContext } from './context.ts'
import { button, type Child, el, fill } from './dom.ts'
import type { PageState } from './state.ts'

/** As the buttons say it. */
const ROWS = 100

/**
 * A list that may be as long as a folder has files: a hundred rows are there at a time, and no other is ever made.
 * @param key names it in the state, so that it stays where it was when the screen is drawn anew
 * @param rowsOf makes the element that holds these rows
 */
export function longList<Row>(
  { speaker, announce }: ViewContext,
  { listsFrom }: Pick<PageState, 'listsFrom'>,
  key: string,
  rows: readonly Row[],
  rowsOf: (shown: readonly Row[]) => Child,
): Child {
  if (rows.length <= ROWS) return rowsOf(rows)
  const place = el('div', {})
  const last = Math.floor((rows.length - 1) / ROWS) * ROWS
  const draw = (pressed: 'previous' | 'next' | null) => {
    const from = Math.min(listsFrom.get(key) ?? 0, last)
    const shown = rows.slice(from, from + ROWS)
    const range = speaker.say('rowsShown', {
      from: speaker.number(from + 1),
      to: speaker.number(from + shown.length),
      total: speaker.number(rows.length),
    })
    const turn = (which: 'previous' | 'next', to: number, isEnd: boolean) =>
      button(
        speaker.say(which),
        () => {
          listsFrom.set(key, to)
          draw(which)
        },
        { disabled: isEnd },
      )
    const previous = turn('previous', from - ROWS, from === 0)
    const next = turn('next', from + ROWS, from === last)
    fill(place, rowsOf(shown), el('div', { class: 'pager' }, previous, el('span', {}, range), next))
    if (pressed === null) return
    // At either end the button that was pressed cannot have the focus any more.
    const focused = next.disabled || (pressed === 'previous' && !previous.disabled) ? previous : next
    focused.focus()
    announce(range)
  }
  draw(null)
  return place
}
