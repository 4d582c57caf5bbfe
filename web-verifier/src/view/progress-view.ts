import type { Progress } from '../engine/engine.ts'
import type { TextKey } from '../texts/texts.ts'
import { phrase, type ViewContext } from './context.ts'
import { button, el, fill } from './dom.ts'
import { given } from './parts.ts'
import type { Item } from './state.ts'

const STEPS = [
  ['listing', 'stepListing'],
  ['looking', 'stepLooking'],
  ['reading', 'stepReading'],
  ['comparing', 'stepComparing'],
  ['judging', 'stepJudging'],
] as const satisfies readonly (readonly [Progress['phase'], TextKey])[]

/** A quarter is the least that is worth interrupting a reader of the screen for (ARIA25: the bar itself is not read out). */
const ANNOUNCED = 25

/** The screen while a check runs. `update` changes what is there instead of drawing it anew: the focus stays. */
export function runningScreen(context: ViewContext, item: Item, cancel: () => void) {
  const { speaker, engine } = context
  const bar = el('progress', { 'aria-label': speaker.say('runningHeading'), max: 1 })
  const numbers = el('p', { class: 'quiet' })
  const steps = el('ol', { class: 'steps' })
  let announced = 0
  let step: Progress['phase'] | null = null
  const update = (progress: Progress) => {
    if (progress.phase !== step) {
      step = progress.phase
      fill(steps, stepItems(context, step))
      const key = STEPS.find(([phase]) => phase === step)?.[1]
      if (key !== undefined) context.announce(speaker.say(key))
    }
    const { bytes, totalBytes, files, totalFiles } = progress
    if (progress.phase === 'comparing' && totalBytes !== null && totalBytes > 0) {
      bar.value = bytes / totalBytes
      const percent = Math.floor((bytes / totalBytes) * 100)
      if (percent >= announced + ANNOUNCED && percent < 100) {
        announced = percent - (percent % ANNOUNCED)
        context.announce(speaker.say('quarter', { percent: String(announced) }))
      }
    } else if (progress.phase === 'judging') bar.value = 1
    else bar.removeAttribute('value')
    fill(numbers, [
      totalBytes === null
        ? speaker.count('nBytes', bytes)
        : phrase(speaker, 'progressOf', { done: speaker.number(bytes), total: speaker.count('nBytes', totalBytes) }),
      ' · ',
      totalFiles === null
        ? speaker.count('nFiles', files)
        : phrase(speaker, 'progressOf', { done: speaker.number(files), total: speaker.count('nFiles', totalFiles) }),
      progress.phase === 'comparing' ? [' · ', left(context, progress.secondsLeft)] : null,
    ])
  }
  const element = el(
    'div',
    {},
    el('h1', { tabindex: '-1', id: 'top' }, phrase(speaker, 'runningOf', { name: given(item.subject.name) })),
    steps,
    bar,
    numbers,
    engine.about.hasWasm ? null : el('p', { class: 'note' }, speaker.say('slowHash')),
    el('div', { class: 'buttons' }, button(speaker.say('cancel'), cancel, { id: 'cancel' })),
  )
  update(
    item.progress ?? { phase: 'listing', bytes: 0, totalBytes: null, files: 0, totalFiles: null, secondsLeft: null },
  )
  return { element, update }
}

function stepItems({ speaker }: ViewContext, now: Progress['phase']): HTMLElement[] {
  const at = STEPS.findIndex(([phase]) => phase === now)
  return STEPS.map(([, key], index) =>
    el(
      'li',
      { 'aria-current': index === at ? 'step' : undefined },
      el('span', { 'aria-hidden': 'true' }, index < at ? '\u2713' : index === at ? '\u25b8' : '\u00b7'),
      el(
        'span',
        {},
        speaker.say(key),
        el(
          'span',
          { class: 'aside' },
          ` (${speaker.say(index < at ? 'stepDone' : index === at ? 'stepNow' : 'stepNext')})`,
        ),
      ),
    ),
  )
}

function left({ speaker }: ViewContext, seconds: number | null): string {
  if (seconds === null) return speaker.say('leftUnknown')
  const whole = Math.max(1, Math.ceil(seconds))
  return whole < 90 ? speaker.count('leftSeconds', whole) : speaker.count('leftMinutes', Math.ceil(whole / 60))
}
