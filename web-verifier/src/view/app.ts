import { escapeForDisplay } from '@probatum/words'
import type { Engine } from '../engine/engine.ts'
import type { PageLanguage } from '../texts/texts.ts'
import { messagesFor, speakerOf, type ViewContext } from './context.ts'
import { button, type Child, el, fill, focusOn } from './dom.ts'
import { failureText, noResult } from './failure-view.ts'
import { foundScreen } from './found-view.ts'
import { frame } from './frame.ts'
import { listenForDrops, startScreen } from './intake-view.ts'
import { listScreen } from './list-view.ts'
import { redrawProtected } from './opened-view.ts'
import { runningScreen } from './progress-view.ts'
import { resultScreen } from './result-view.ts'
import { type Item, newChoice, type PageState } from './state.ts'
import { toldScreen } from './told-view.ts'
import { Work } from './work.ts'

/** Milliseconds between two counts of the files that were looked at. */
const LOOKED_EVERY = 200

/** The page: its state, and the screen that shows it. */
export class App {
  readonly #engine: Engine
  readonly #place: HTMLElement
  readonly #polite: HTMLElement
  readonly #urgent: HTMLElement
  readonly #state: PageState
  readonly #work: Work
  #updateProgress: ((item: Item) => void) | null = null
  #updateLooked: ((files: number) => void) | null = null
  #printed = ''

  constructor(engine: Engine, page: HTMLElement, language: PageLanguage) {
    this.#engine = engine
    this.#place = el('div', {})
    this.#polite = el('p', { class: 'aside', role: 'status', 'aria-live': 'polite' })
    this.#urgent = el('p', { class: 'aside', role: 'alert', 'aria-live': 'assertive' })
    page.replaceChildren(this.#polite, this.#urgent, this.#place)
    this.#state = {
      language,
      screen: 'start',
      items: [],
      shown: null,
      choice: newChoice(engine),
      digests: new Map(),
      matches: new Map(),
      locked: new Map(),
      listsFrom: new Map(),
      intakeFailure: null,
      run: null,
    }
    this.#work = new Work(engine, this.#state, {
      go: (screen) => this.#go(screen),
      draw: (isNew) => this.#draw(isNew),
      drawProtected: (item) => this.#drawProtected(item),
      announce: (text, urgent) => this.#announce(text, urgent),
      show: (text, urgent) => this.#show(text, urgent),
      context: () => this.#context(),
      progress: (item) => this.#updateProgress?.(item),
      looked: (files) => this.#updateLooked?.(files),
    })
    listenForDrops(
      document,
      { ...this.#work.intake(), give: (given) => this.#work.takeDrop(given) },
      () => this.#state.screen !== 'running' && this.#state.screen !== 'looking',
    )
    for (const press of ['pointerdown', 'keydown']) document.addEventListener(press, () => this.#hideNotices(), true)
    window.addEventListener('beforeunload', (event) => {
      if (this.#state.screen === 'running') event.preventDefault()
    })
    this.#draw(false)
  }

  #context(): ViewContext {
    const { language } = this.#state
    return {
      engine: this.#engine,
      speaker: speakerOf(language),
      messages: messagesFor(language),
      announce: (text, urgent = false) => this.#announce(text, urgent),
      show: (text, urgent = false) => this.#show(text, urgent),
    }
  }

  #announce(text: string, urgent: boolean): void {
    const region = urgent ? this.#urgent : this.#polite
    // The same text twice is read out twice only when it changes.
    region.textContent = region.textContent === text ? `${text}\u00a0` : text
    region.className = 'aside'
  }

  #show(text: string, urgent: boolean): void {
    this.#hideNotices()
    this.#announce(text, urgent)
    const region = urgent ? this.#urgent : this.#polite
    region.className = 'notice no-print'
  }

  #hideNotices(): void {
    for (const region of [this.#polite, this.#urgent]) region.className = 'aside'
  }

  /**
   * Draws the screen that the state names. `isNew`: another screen than before, so that the focus goes to its heading.
   * `isStepped`: a long one comes in steps, which is for when the person is at its beginning.
   */
  #draw(isNew: boolean, isStepped = isNew): void {
    const context = this.#context()
    const { speaker } = context
    const focused = document.activeElement?.id ?? ''
    const unfolded = isNew
      ? []
      : [...this.#place.querySelectorAll<HTMLDetailsElement>('details[id][open]')].map(({ id }) => id)
    document.title = this.#title(context)
    this.#updateProgress = null
    this.#updateLooked = null
    this.#markPrintedPages(context)
    const unfold = () => {
      for (const id of unfolded) document.getElementById(id)?.setAttribute('open', '')
    }
    const content = this.#screen(context, isStepped ? unfold : null)
    // What stood here goes first: another language or direction would make the browser lay it out once more.
    this.#place.replaceChildren()
    document.documentElement.lang = speaker.language
    document.documentElement.dir = speaker.rules.direction
    fill(
      this.#place,
      frame(context, content, this.#state.screen === 'start', {
        speak: (language) => {
          this.#state.language = language
          this.#draw(false, true)
          this.#place.querySelector<HTMLElement>('.head select')?.focus()
        },
        startAgain: () => this.#work.startAgain(),
      }),
    )
    unfold()
    const heading = this.#place.querySelector<HTMLElement>('#top')
    if (isNew) this.#hideNotices()
    if (isNew && heading !== null) {
      window.scrollTo(0, 0)
      focusOn(heading)
    } else if (focused !== '') document.getElementById(focused)?.focus()
  }

  /** Protected information of the result on the screen, and nothing else of it. */
  #drawProtected(item: Item): void {
    const { screen, shown } = this.#state
    if (screen === 'result' && shown === item) redrawProtected(this.#context(), item, this.#protectedActions())
  }

  #protectedActions() {
    return {
      showOpened: (item: Item) => this.#work.showOpened(item),
      drawProtected: (item: Item) => this.#drawProtected(item),
    }
  }

  /** What stands at the foot of every printed page: which report it belongs to, and that it is a sample. */
  #markPrintedPages(context: ViewContext): void {
    const { screen, shown } = this.#state
    const result = screen === 'result' ? (shown?.result ?? shown?.told ?? null) : null
    if (result === null) {
      this.#printed = ''
      document.adoptedStyleSheets = []
      return
    }
    // Hexadecimal digits and words of this page: nothing that comes with the evidence is ever part of a style.
    const digest = result.report.envelope.digests.whole.replace(/[^0-9a-f]/g, '')
    const { speaker } = context
    const marks = [result.sample ? speaker.say('sampleWord') : '', this.#savedWord(context)].filter(
      (word) => word !== '',
    )
    const foot = [...marks, speaker.say('printFoot', { digest })].join(' · ')
    const rule = `@page { @bottom-left { content: '${foot}'; font: 7pt 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Myanmar', sans-serif } }`
    // Another sheet costs a whole new styling of the page.
    if (rule === this.#printed) return
    this.#printed = rule
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(rule)
    document.adoptedStyleSheets = [sheet]
  }

  /** What is shown where it is no check of files; else nothing. */
  #savedWord({ speaker }: ViewContext): string {
    const { shown } = this.#state
    if (shown?.told != null) return speaker.say('toldWord')
    return shown?.subject.kind === 'facts' ? speaker.say('kindFacts') : ''
  }

  #title(context: ViewContext): string {
    const { speaker } = context
    const { screen, shown } = this.#state
    const sample =
      (shown?.result ?? shown?.told)?.sample === true && screen === 'result' ? `${speaker.say('sampleWord')} – ` : ''
    const savedWord = this.#savedWord(context)
    const saved = savedWord !== '' && screen === 'result' ? `${savedWord} – ` : ''
    return `${sample}${saved}${screen === 'result' && shown !== null ? `${escapeForDisplay(shown.subject.name)} – ` : ''}${speaker.say('title')}`
  }

  #screen(context: ViewContext, stepped: (() => void) | null): HTMLElement {
    const { speaker } = context
    switch (this.#state.screen) {
      case 'start':
        return startScreen(context, this.#work.intake(), this.#intakeFailure(context))
      case 'looking': {
        const count = el('p', { class: 'quiet', id: 'looked' })
        let toldAt = Number.NEGATIVE_INFINITY
        this.#updateLooked = (files) => {
          if (performance.now() - toldAt < LOOKED_EVERY) return
          toldAt = performance.now()
          count.textContent = speaker.count('nFiles', files)
        }
        return el(
          'div',
          {},
          el('h1', { id: 'top', tabindex: '-1' }, speaker.say('looking')),
          el('progress', { 'aria-label': speaker.say('looking') }),
          count,
          el(
            'div',
            { class: 'buttons' },
            button(speaker.say('cancel'), () => this.#state.run?.cancel(), { id: 'cancel' }),
          ),
        )
      }
      case 'found':
        return foundScreen(context, this.#state, this.#work.found())
      case 'running': {
        const item = this.#state.items.find(({ state }) => state === 'running') ?? this.#state.items[0]
        if (item === undefined) throw new TypeError('a run needs something to run')
        const screen = runningScreen(context, item, () => this.#state.run?.cancel())
        this.#updateProgress = (running) => {
          if (running === item && running.progress !== null) screen.update(running.progress)
        }
        return this.#state.items.length < 2
          ? screen.element
          : el(
              'div',
              {},
              screen.element,
              listScreen(context, this.#state, (open) => this.#open(open), false),
            )
      }
      case 'list':
        return listScreen(context, this.#state, (item) => this.#open(item), true)
      default:
        return this.#resultScreen(context, stepped)
    }
  }

  #intakeFailure(context: ViewContext): Child {
    const { intakeFailure } = this.#state
    if (intakeFailure === null) return null
    const text = intakeFailure === 'drop' ? context.speaker.say('dropFailed') : failureText(context, intakeFailure)
    return el('div', { class: 'check tone-not-read', role: 'alert' }, text)
  }

  #resultScreen(context: ViewContext, stepped: (() => void) | null): HTMLElement {
    const { speaker } = context
    const item = this.#state.shown
    if (item === null) throw new TypeError('a result screen needs an item')
    const back =
      this.#state.items.length < 2
        ? null
        : el(
            'div',
            { class: 'buttons no-print' },
            button(speaker.say('backToList'), () => this.#go('list'), { id: 'back' }),
          )
    if (item.told !== null) {
      const checked = this.#state.items.filter(({ result }) => result !== null)
      return toldScreen(context, item, checked, back)
    }
    if (item.result !== null)
      return resultScreen(
        context,
        this.#state,
        item,
        {
          give: (given) => this.#work.add(given),
          redraw: () => this.#draw(false),
          judgeAgain: (one) => this.#work.judgeAgain(one),
          ...this.#protectedActions(),
          look: (file) => this.#work.look(file),
        },
        back,
        stepped,
      )
    const again = el(
      'div',
      { class: 'buttons no-print' },
      button(speaker.say('tryAgain'), () => this.#work.check(), { id: 'again', class: 'first-choice' }),
      button(speaker.say('startAgain'), () => this.#work.startAgain(), { id: 'other' }),
    )
    return noResult(context, item, [again, back])
  }

  #go(screen: PageState['screen']): void {
    this.#state.screen = screen
    this.#draw(true)
  }

  #open(item: Item): void {
    this.#state.shown = item
    this.#go('result')
  }
}
