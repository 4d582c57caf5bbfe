import { type Engine, EngineError, type Failure, type FileId, type Given } from '../engine/engine.ts'
import type { PageLanguage } from '../texts/texts.ts'
import { TRUST_CODE } from './choice-view.ts'
import { messagesFor, speakerOf, type ViewContext } from './context.ts'
import { button, type Child, el, fill, focusOn } from './dom.ts'
import { failureText, noResult } from './failure-view.ts'
import { foundScreen, isSampleOnly, matchText, overOf } from './found-view.ts'
import { frame } from './frame.ts'
import { listenForDrops, startScreen } from './intake-view.ts'
import { listScreen } from './list-view.ts'
import { runningScreen } from './progress-view.ts'
import { resultScreen } from './result-view.ts'
import { choiceFor, type Item, newChoice, newItem, type PageState, policiesOf, trustSetsOf } from './state.ts'

/** The page: its state, and what a person's actions do to it. Everything on evidence is asked of the engine. */
export class App {
  readonly #engine: Engine
  readonly #place: HTMLElement
  readonly #polite: HTMLElement
  readonly #urgent: HTMLElement
  readonly #state: PageState
  #updateProgress: ((item: Item) => void) | null = null
  /** Raised when what was going on is given up: what comes of it later is not shown. */
  #turn = 0

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
      intakeFailure: null,
      run: null,
    }
    listenForDrops(
      document,
      { ...this.#intake(), give: (given) => this.#takeDrop(given) },
      () => this.#state.screen !== 'running' && this.#state.screen !== 'looking',
    )
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
    }
  }

  #announce(text: string, urgent: boolean): void {
    const region = urgent ? this.#urgent : this.#polite
    // The same text twice is read out twice only when it changes.
    region.textContent = region.textContent === text ? `${text}\u00a0` : text
  }

  /** Draws the screen that the state names. `isNew`: another screen than before, so that the focus goes to its heading. */
  #draw(isNew: boolean): void {
    const context = this.#context()
    const { speaker } = context
    const focused = document.activeElement?.id ?? ''
    const unfolded = isNew
      ? []
      : [...this.#place.querySelectorAll<HTMLDetailsElement>('details[id][open]')].map(({ id }) => id)
    document.documentElement.lang = speaker.language
    document.documentElement.dir = speaker.rules.direction
    document.title = this.#title(context)
    this.#updateProgress = null
    this.#markPrintedPages(speaker.say('sampleWord'))
    const content = this.#screen(context, isNew)
    fill(
      this.#place,
      frame(context, content, this.#state.screen === 'start', {
        speak: (language) => {
          this.#state.language = language
          this.#draw(false)
          this.#place.querySelector<HTMLElement>('.head select')?.focus()
        },
        startAgain: () => this.#startAgain(),
      }),
    )
    for (const id of unfolded) document.getElementById(id)?.setAttribute('open', '')
    const heading = this.#place.querySelector<HTMLElement>('#top')
    if (isNew && heading !== null) {
      window.scrollTo(0, 0)
      focusOn(heading)
    } else if (focused !== '') document.getElementById(focused)?.focus()
  }

  /** What stands at the foot of every printed page: which report it belongs to, and that it is a sample. */
  #markPrintedPages(sampleWord: string): void {
    const { screen, shown } = this.#state
    const result = screen === 'result' ? (shown?.result ?? null) : null
    if (result === null) {
      document.adoptedStyleSheets = []
      return
    }
    // Hexadecimal digits and a word of this page: nothing that comes with the evidence is ever part of a style.
    const digest = result.report.envelope.digests.whole.replace(/[^0-9a-f]/g, '')
    const mark = result.sample ? `${sampleWord} · ` : ''
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      `@page { @bottom-left { content: '${mark}report SHA-256 ${digest}'; font: 7pt 'Noto Sans', sans-serif } }`,
    )
    document.adoptedStyleSheets = [sheet]
  }

  #title({ speaker }: ViewContext): string {
    const { screen, shown } = this.#state
    const sample = shown?.result?.sample === true && screen === 'result' ? `${speaker.say('sampleWord')} – ` : ''
    return `${sample}${screen === 'result' && shown !== null ? `${shown.subject.name} – ` : ''}${speaker.say('title')}`
  }

  #screen(context: ViewContext, isNew: boolean): HTMLElement {
    const { speaker } = context
    switch (this.#state.screen) {
      case 'start':
        return startScreen(context, this.#intake(), this.#intakeFailure(context))
      case 'looking':
        return el(
          'div',
          {},
          el('h1', { id: 'top', tabindex: '-1' }, speaker.say('looking')),
          el('progress', { 'aria-label': speaker.say('looking') }),
          el(
            'div',
            { class: 'buttons' },
            button(speaker.say('cancel'), () => this.#state.run?.cancel(), { id: 'cancel' }),
          ),
        )
      case 'found':
        return foundScreen(context, this.#state, this.#found())
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
              listScreen(context, this.#state, (open) => this.#show(open), false),
            )
      }
      case 'list':
        return listScreen(context, this.#state, (item) => this.#show(item), true)
      default:
        return this.#resultScreen(context, isNew)
    }
  }

  #intakeFailure(context: ViewContext): Child {
    const { intakeFailure } = this.#state
    if (intakeFailure === null) return null
    const text = intakeFailure === 'drop' ? context.speaker.say('dropFailed') : failureText(context, intakeFailure)
    return el('div', { class: 'check tone-not-read', role: 'alert' }, text)
  }

  #resultScreen(context: ViewContext, isNew: boolean): HTMLElement {
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
    if (item.result !== null)
      return resultScreen(
        context,
        this.#state,
        item,
        {
          give: (given) => this.#add(given),
          redraw: () => this.#draw(false),
          judgeAgain: (one) => this.#judgeAgain(one),
          showOpened: (one) => this.#showOpened(one),
          look: (file) => this.#look(file),
        },
        back,
        isNew,
      )
    const again = el(
      'div',
      { class: 'buttons no-print' },
      button(speaker.say('tryAgain'), () => this.#check(), { id: 'again', class: 'first-choice' }),
      button(speaker.say('startAgain'), () => this.#startAgain(), { id: 'other' }),
    )
    return noResult(context, item, [again, back])
  }

  #go(screen: PageState['screen']): void {
    this.#state.screen = screen
    this.#draw(true)
  }

  #show(item: Item): void {
    this.#state.shown = item
    this.#go('result')
  }

  #startAgain(): void {
    this.#turn += 1
    this.#state.run?.cancel()
    this.#engine.forget()
    Object.assign(this.#state, {
      items: [],
      shown: null,
      choice: newChoice(this.#engine),
      intakeFailure: null,
      run: null,
    } satisfies Partial<PageState>)
    this.#state.digests.clear()
    this.#state.matches.clear()
    this.#go('start')
  }

  #intake() {
    return {
      give: (given: Given) => void this.#give(given),
      dropFailed: () => {
        this.#state.intakeFailure = 'drop'
        this.#announce(this.#context().speaker.say('dropFailed'), true)
        this.#draw(false)
      },
    }
  }

  #found() {
    return {
      ...this.#intake(),
      check: () => this.#check(),
      digest: (file: FileId) => void this.#digest(file),
      look: (file: FileId) => this.#look(file),
      redraw: () => this.#draw(false),
      back: () => this.#go('list'),
    }
  }

  /** Asks the engine what was handed over. A sample is checked at once, on the sample's own list. */
  async #give(given: Given): Promise<void> {
    const turn = ++this.#turn
    this.#state.intakeFailure = null
    if (given.from === 'sample') {
      this.#engine.forget()
      Object.assign(this.#state, {
        items: [],
        shown: null,
        choice: newChoice(this.#engine),
      } satisfies Partial<PageState>)
    }
    this.#go('looking')
    const run = this.#engine.open(given)
    this.#state.run = run
    try {
      await run.done
    } catch (error) {
      if (turn !== this.#turn) return
      this.#state.intakeFailure = failureOf(error)
      this.#state.run = null
      this.#go(this.#hasAnything() ? 'found' : 'start')
      return
    }
    if (turn !== this.#turn) return
    this.#state.run = null
    this.#chooseWhatWasGiven()
    if (given.from === 'sample') this.#check()
    else this.#go('found')
  }

  #hasAnything(): boolean {
    const { subjects, beside, others } = this.#engine.intake
    return subjects.length + beside.length + others.length > 0
  }

  /** A list or policy that was handed over is meant to be used; several are for the person to choose among. */
  #chooseWhatWasGiven(): void {
    const { choice } = this.#state
    const isSample = isSampleOnly(this.#engine.intake.subjects)
    const lists = trustSetsOf(this.#engine, isSample).filter(({ from }) => from === (isSample ? 'sample' : 'file'))
    const [list] = lists
    if (choice.trustSet === null && list !== undefined && lists.length === 1) choice.trustSet = list.id
    const policies = policiesOf(this.#engine).filter(({ from }) => from === 'file')
    const [policy] = policies
    if (policy !== undefined && policies.length === 1) choice.policy = policy.id
  }

  /** What is dropped on a result is something to judge it by, or to look for in it, before it is something else. */
  #takeDrop(given: Given): void {
    if (this.#state.screen === 'result' && this.#state.shown?.result != null) void this.#add(given)
    else void this.#give(given)
  }

  /** Hands over more beside a result: a list, a policy, or a file to look for. The result stays, unless it is a bundle. */
  async #add(given: Given): Promise<void> {
    try {
      const known = new Set(this.#engine.intake.others.map(({ file }) => file))
      const subjects = this.#engine.intake.subjects.length
      const run = this.#engine.open(given)
      await run.done
      this.#chooseWhatWasGiven()
      if (this.#engine.intake.subjects.length > subjects) {
        this.#go('found')
        return
      }
      this.#draw(false)
      for (const { file } of this.#engine.intake.others) if (!known.has(file)) this.#look(file)
    } catch (error) {
      this.#tellFailure(error)
    }
  }

  #tellFailure(error: unknown): void {
    const { messages, speaker } = this.#context()
    const failure = failureOf(error)
    const text =
      failure.kind === 'parse'
        ? messages.parseErrors[failure.code].say
        : failure.kind === 'source'
          ? messages.faults[failure.reason].say
          : failure.kind === 'trust-code'
            ? speaker.say('trustCodeOther')
            : speaker.say(failure.kind === 'choice' ? 'whenHint' : 'defectText')
    this.#announce(text, true)
  }

  /** Nothing is begun with a code that belongs to another list, or was mistyped: the answer under the field says which. */
  #isCodeWrong(): boolean {
    const { trustSet, typedCode } = this.#state.choice
    if (trustSet === null || typedCode.trim() === '') return false
    if (this.#engine.confirmTrustSet(trustSet, typedCode).state === 'same') return false
    document.getElementById(TRUST_CODE)?.focus()
    this.#announce(document.getElementById(`${TRUST_CODE}-answer`)?.textContent ?? '', true)
    return true
  }

  /** Checks everything that was given, one after the other. */
  async #check(): Promise<void> {
    if (this.#isCodeWrong()) return
    const turn = ++this.#turn
    const { subjects } = this.#engine.intake
    for (const subject of subjects) {
      const over = overOf(this.#state, subject)
      if (over !== null) this.#state.choice.over.set(subject.id, over)
    }
    this.#state.items = subjects.map(newItem)
    this.#state.shown = this.#state.items[0] ?? null
    let isFirst = true
    for (const item of this.#state.items) {
      item.state = 'running'
      this.#state.screen = 'running'
      this.#draw(isFirst)
      isFirst = false
      const end = await this.#checkOne(item)
      if (turn !== this.#turn) return
      if (end === 'stopped') break
    }
    this.#state.run = null
    if (this.#state.items.length === 1) {
      this.#go('result')
      this.#tellResult(this.#state.items[0])
    } else this.#go('list')
  }

  async #checkOne(item: Item): Promise<Item['state']> {
    const lock = await wakeLock()
    try {
      const choice = choiceFor(this.#state, this.#engine, item.subject)
      const run = this.#engine.verify(item.subject.id, choice, (progress) => {
        item.progress = progress
        this.#updateProgress?.(item)
      })
      this.#state.run = run
      item.result = await run.done
      item.state = 'done'
    } catch (error) {
      item.failure = failureOf(error)
      item.state = item.failure.kind === 'cancelled' ? 'stopped' : 'failed'
    } finally {
      await lock?.release().catch(() => undefined)
    }
    return item.state
  }

  /** The focus is on the verdict already; a contradiction interrupts. */
  #tellResult(item: Item | undefined): void {
    if (item?.result === undefined || item.result === null) return
    const heading = document.getElementById('top')?.textContent ?? ''
    this.#announce(heading, item.result.report.body.assessment.indication === 'TOTAL-FAILED')
  }

  async #judgeAgain(item: Item): Promise<void> {
    if (item.result === null || this.#isCodeWrong()) return
    try {
      const choice = choiceFor(this.#state, this.#engine, item.subject)
      // Original names are no part of the facts, and withdrawal lists given since are not in them: the bundle is read again.
      const isReadAgain = choice.names || choice.beside.join() !== item.result.choice.beside.join()
      const run = isReadAgain ? this.#engine.verify(item.subject.id, choice) : this.#engine.judge(item.result, choice)
      item.result = await run.done
      item.opened = null
      item.isOpenedShown = false
      this.#draw(true)
      this.#tellResult(item)
    } catch (error) {
      this.#tellFailure(error)
    }
  }

  async #showOpened(item: Item): Promise<void> {
    const { speaker } = this.#context()
    if (item.result === null) return
    this.#announce(speaker.say('protectedWait'), false)
    try {
      if (item.opened === null) {
        const choice = { ...item.result.choice, showOpened: true }
        item.opened = await this.#engine.verify(item.subject.id, choice).done
      }
      item.isOpenedShown = true
      this.#draw(false)
      document.getElementById('show-protected')?.focus()
    } catch (error) {
      this.#tellFailure(error)
    }
  }

  async #digest(file: FileId): Promise<void> {
    try {
      this.#state.digests.set(file, await this.#engine.digest(file, ['sha256', 'sha512']).done)
      this.#draw(false)
    } catch (error) {
      this.#tellFailure(error)
    }
  }

  async #look(file: FileId): Promise<void> {
    const item =
      this.#state.shown?.result == null ? this.#state.items.find(({ result }) => result !== null) : this.#state.shown
    if (item?.result == null) return
    try {
      const match = await this.#engine.findFile(file, item.result).done
      this.#state.matches.set(file, match)
      this.#draw(false)
      const context = this.#context()
      context.announce(matchText(context, match, item.subject.name).textContent ?? '')
    } catch (error) {
      this.#tellFailure(error)
    }
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof EngineError) return error.failure
  return { kind: 'defect', stack: error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error) }
}

/** Keeps a computer awake while it hashes; where the browser has no such thing, nothing is lost but time. */
async function wakeLock(): Promise<WakeLockSentinel | null> {
  try {
    return (await navigator.wakeLock?.request('screen')) ?? null
  } catch {
    return null
  }
}
