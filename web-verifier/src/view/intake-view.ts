import type { Given, SampleBundle } from '../engine/engine.ts'
import { ENGLISH } from '../texts/en.ts'
import type { ViewContext } from './context.ts'
import { button, type Child, el, on } from './dom.ts'
import { givenByDrop, givenByInput } from './drop.ts'
import { keyed, part } from './parts.ts'

export interface IntakeActions {
  give(given: Given): void
  dropFailed(): void
}

/** The first thing on the page: what it does, where to put a bundle, and samples to try. */
export function startScreen(context: ViewContext, actions: IntakeActions, failure: Child): HTMLElement {
  const { speaker, engine } = context
  return el(
    'div',
    {},
    el('h1', { tabindex: '-1', id: 'top' }, speaker.say('startTitle')),
    el('p', { class: 'measure' }, speaker.say('lead'), ' ', el('strong', {}, speaker.say('offline'))),
    failure,
    el('h2', {}, speaker.say('startHeading')),
    dropZone(context, actions),
    el('p', { class: 'measure hint' }, speaker.say('alsoTakes')),
    engine.samples.length === 0 ? null : samples(context, actions),
  )
}

/** A drop zone with its buttons: whoever cannot drag presses them (WCAG 2.2, 2.5.7). */
export function dropZone(context: ViewContext, actions: IntakeActions): HTMLElement {
  const { speaker } = context
  const big = el('p', { class: 'big' }, speaker.say('dropHere'))
  const files = el('input', { type: 'file', multiple: true, hidden: true, 'aria-label': speaker.say('chooseFiles') })
  on(files, 'change', () => {
    if ((files.files?.length ?? 0) > 0) actions.give(givenByInput(files))
  })
  const { press, explanation } = folderChoice(context, actions)
  const zone = el(
    'div',
    { class: 'drop', id: 'drop' },
    big,
    el('p', { class: 'quiet' }, speaker.say('dropHint')),
    el(
      'div',
      { class: 'buttons' },
      button(speaker.say('chooseFiles'), () => files.click(), { class: 'first-choice', id: 'choose-files' }),
      press,
    ),
    files,
    explanation,
  )
  let depth = 0
  const over = (isOver: boolean) => {
    zone.classList.toggle('over', isOver)
    big.textContent = speaker.say(isOver ? 'dropNow' : 'dropHere')
  }
  on(zone, 'dragenter', () => over(++depth > 0))
  on(zone, 'dragleave', () => over(--depth > 0))
  on(zone, 'drop', () => {
    depth = 0
    over(false)
  })
  return zone
}

/** The folder button first explains the browser's word "upload"; the dialog opens after that has been read. */
function folderChoice(context: ViewContext, actions: IntakeActions) {
  const { speaker } = context
  const input = el('input', {
    type: 'file',
    webkitdirectory: true,
    hidden: true,
    'aria-label': speaker.say('chooseFolder'),
  })
  on(input, 'change', () => {
    if ((input.files?.length ?? 0) > 0) actions.give(givenByInput(input))
  })
  const go = button(speaker.say('folderAgree'), () => input.click(), { id: 'choose-folder' })
  const explanation = el(
    'div',
    { id: 'folder-note', hidden: true, class: 'measure' },
    el('p', {}, speaker.say('uploadNote')),
    go,
    input,
  )
  const press = button(
    speaker.say('chooseFolder'),
    () => {
      explanation.hidden = !explanation.hidden
      press.setAttribute('aria-expanded', String(!explanation.hidden))
      if (!explanation.hidden) go.focus()
    },
    { 'aria-expanded': 'false', 'aria-controls': 'folder-note', id: 'folder' },
  )
  return { press, explanation }
}

/** A drop anywhere on the page counts, and none makes the browser leave the page for the dropped file. */
export function listenForDrops(target: Document, actions: IntakeActions, isOpen: () => boolean): void {
  on(target, 'dragover', (event) => event.preventDefault())
  on(target, 'drop', (event) => {
    event.preventDefault()
    const data = (event as DragEvent).dataTransfer
    if (data === null || !isOpen()) return
    givenByDrop(data).then(actions.give, actions.dropFailed)
  })
}

function samples(context: ViewContext, actions: IntakeActions): HTMLElement {
  const { speaker, engine } = context
  const label = ({ shows }: SampleBundle, ending: string) => {
    const key = keyed('sample', `${shows}${ending}`, ENGLISH)
    return speaker.say(key ?? (ending === '' ? 'sampleOther' : 'sampleNoHint'))
  }
  return part(
    speaker.say('samplesHeading'),
    {},
    el('p', { class: 'measure' }, speaker.say('samplesLead')),
    el(
      'ul',
      { class: 'cards' },
      engine.samples.map((sample) =>
        el(
          'li',
          {},
          button(
            [
              el('span', {}, `${speaker.say('sampleWord')}${speaker.say('colon')}${label(sample, '')}`),
              el('small', {}, label(sample, '-hint')),
            ],
            () => actions.give({ from: 'sample', sample: sample.id }),
            { id: `sample-${sample.id}` },
          ),
        ),
      ),
    ),
  )
}
