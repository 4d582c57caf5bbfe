import type { Engine, FileId, Given } from '../engine/engine.ts'
import type { TextKey } from '../texts/texts.ts'
import type { ViewContext } from './context.ts'
import { failureOf, sayFailure } from './failure-view.ts'
import { matchText } from './file-view.ts'
import { isSampleOnly } from './found-view.ts'
import {
  choiceFor,
  type Item,
  isBeside,
  newChoice,
  newItem,
  overOf,
  type PageState,
  policiesOf,
  type Screen,
  trustSetsOf,
} from './state.ts'
import { missingChoice } from './subject-view.ts'
import { pointAtWrongField } from './wrong-field.ts'

/** What the work needs of what is seen. */
export interface ScreenPort {
  /** Shows another screen, and moves the focus to its heading. */
  go(screen: Screen): void
  /** Draws the present screen anew. `isNew`: the focus goes to its heading. */
  draw(isNew: boolean): void
  /** Draws the protected information of a result anew, where it is on the screen. */
  drawProtected(item: Item): void
  announce(text: string, urgent: boolean): void
  /** The same for everybody to see. */
  show(text: string, urgent: boolean): void
  context(): ViewContext
  progress(item: Item): void
  /** How many files of what was handed over have been listed or looked at. */
  looked(files: number): void
}

/** What a person's actions do: everything on evidence is asked of the engine, and what comes of it is put into the state. */
export class Work {
  readonly #engine: Engine
  readonly #state: PageState
  readonly #screen: ScreenPort
  /** Raised when what was going on is given up: what comes of it later is not shown. */
  #turn = 0

  constructor(engine: Engine, state: PageState, screen: ScreenPort) {
    this.#engine = engine
    this.#state = state
    this.#screen = screen
  }

  startAgain(): void {
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
    this.#state.locked.clear()
    this.#state.listsFrom.clear()
    this.#screen.go('start')
  }

  intake() {
    return {
      give: (given: Given) => void this.#give(given),
      dropFailed: () => {
        this.#state.intakeFailure = 'drop'
        this.#screen.announce(this.#screen.context().speaker.say('dropFailed'), true)
        this.#screen.draw(false)
      },
    }
  }

  found() {
    return {
      ...this.intake(),
      check: () => this.check(),
      digest: (file: FileId) => void this.#digest(file),
      look: (file: FileId) => this.look(file),
      unlock: (file: FileId, passphrase: string) => void this.#unlock(file, passphrase),
      redraw: () => this.#screen.draw(false),
      back: () => this.#screen.go('list'),
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
    this.#screen.go('looking')
    const run = this.#engine.open(given, ({ files }) => this.#screen.looked(files))
    this.#state.run = run
    try {
      await run.done
    } catch (error) {
      if (turn !== this.#turn) return
      this.#state.intakeFailure = failureOf(error)
      this.#state.run = null
      this.#screen.go(this.#hasAnything() ? 'found' : 'start')
      return
    }
    if (turn !== this.#turn) return
    this.#state.run = null
    this.#chooseWhatWasGiven()
    if (given.from === 'sample') this.check()
    else this.#screen.go('found')
  }

  /** Opens a key; what it opens besides is there when the screen is drawn anew. */
  async #unlock(file: FileId, passphrase: string): Promise<void> {
    const { locked } = this.#state
    if (locked.get(file) === 'unlocking') return
    const turn = this.#turn
    const tell = (key: TextKey, urgent: boolean) => {
      this.#screen.draw(false)
      this.#screen.announce(this.#screen.context().speaker.say(key), urgent)
    }
    locked.set(file, 'unlocking')
    tell('unlocking', false)
    try {
      await this.#engine.unlock(file, passphrase).done
      locked.delete(file)
      if (turn !== this.#turn) return
      tell('besideIdentity', false)
      document.getElementById('top')?.focus()
    } catch (error) {
      const failure = failureOf(error)
      if (failure.kind !== 'passphrase') {
        locked.delete(file)
        this.#screen.draw(false)
        return this.#tellFailure(error)
      }
      const key = failure.what === 'no-key' ? 'passphraseNoKey' : 'passphraseNotOpen'
      locked.set(file, key)
      if (turn !== this.#turn) return
      tell(key, true)
      document.getElementById(`passphrase-${file}`)?.focus()
    }
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
  takeDrop(given: Given): void {
    if (this.#state.screen === 'result' && this.#state.shown?.result != null) void this.add(given)
    else void this.#give(given)
  }

  /** Hands over more beside a result: a list, a policy, or a file to look for. The result stays, unless it is a bundle. */
  async add(given: Given): Promise<void> {
    try {
      const known = new Set(this.#engine.intake.others.map(({ file }) => file))
      const subjects = this.#engine.intake.subjects.length
      const run = this.#engine.open(given)
      await run.done
      this.#chooseWhatWasGiven()
      if (this.#engine.intake.subjects.length > subjects) {
        this.#screen.go('found')
        return
      }
      this.#screen.draw(false)
      for (const { file, looksLike } of this.#engine.intake.others)
        if (!known.has(file) && looksLike !== 'key') this.look(file)
    } catch (error) {
      this.#tellFailure(error)
    }
  }

  #tellFailure(error: unknown): void {
    this.#screen.show(sayFailure(this.#screen.context(), failureOf(error)), true)
  }

  #isFieldWrong(): boolean {
    return pointAtWrongField(this.#engine, this.#state.choice, (text) => this.#screen.announce(text, true))
  }

  /** Checks everything that was given, one after the other. */
  async check(): Promise<void> {
    if (this.#isFieldWrong()) return
    const turn = ++this.#turn
    const { subjects } = this.#engine.intake
    for (const subject of subjects) {
      const over = overOf(this.#state, subject)
      if (over !== null) this.#state.choice.over.set(subject.id, over)
    }
    this.#state.items = subjects.filter((subject) => !isBeside(this.#state, subject)).map(newItem)
    for (const item of this.#state.items) if (missingChoice(this.#state, item.subject) !== null) item.state = 'left-out'
    const ready = this.#state.items.filter(({ state }) => state === 'waiting')
    this.#state.shown = ready[0] ?? null
    let isFirst = true
    for (const item of ready) {
      item.state = 'running'
      this.#state.screen = 'running'
      this.#screen.draw(isFirst)
      isFirst = false
      const end = await (item.subject.kind === 'report' ? this.#tellOne(item) : this.#checkOne(item))
      if (turn !== this.#turn) return
      if (end === 'stopped') break
    }
    this.#state.run = null
    if (this.#state.items.length === 1) {
      this.#screen.go('result')
      this.#tellResult(this.#state.items[0])
    } else this.#screen.go('list')
  }

  /** A saved report is told, whatever policy and list were chosen. */
  async #tellOne(item: Item): Promise<Item['state']> {
    try {
      const run = this.#engine.tell(item.subject.id)
      this.#state.run = run
      item.told = await run.done
      item.state = 'done'
    } catch (error) {
      item.failure = failureOf(error)
      item.state = item.failure.kind === 'cancelled' ? 'stopped' : 'failed'
    }
    return item.state
  }

  async #checkOne(item: Item): Promise<Item['state']> {
    const lock = await wakeLock()
    try {
      const choice = choiceFor(this.#state, this.#engine, item.subject)
      const run = this.#engine.verify(item.subject.id, choice, (progress) => {
        item.progress = progress
        this.#screen.progress(item)
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
    const heading = document.getElementById('top')?.textContent ?? ''
    if (item?.told != null) this.#screen.announce(heading, false)
    if (item?.result === undefined || item.result === null) return
    this.#screen.announce(heading, item.result.report.body.assessment.indication === 'TOTAL-FAILED')
  }

  async judgeAgain(item: Item): Promise<void> {
    if (item.result === null || this.#isFieldWrong()) return
    try {
      const choice = choiceFor(this.#state, this.#engine, item.subject)
      // Original names are no part of the facts, and withdrawal lists given since are not in them: the bundle is read again.
      const isReadAgain =
        item.subject.kind === 'document' || choice.names || choice.beside.join() !== item.result.choice.beside.join()
      const run = isReadAgain ? this.#engine.verify(item.subject.id, choice) : this.#engine.judge(item.result, choice)
      item.result = await run.done
      item.opened = null
      item.isOpenedShown = false
      this.#screen.draw(true)
      this.#tellResult(item)
    } catch (error) {
      this.#tellFailure(error)
    }
  }

  async showOpened(item: Item): Promise<void> {
    const { speaker } = this.#screen.context()
    if (item.result === null) return
    this.#screen.announce(speaker.say('protectedWait'), false)
    try {
      if (item.opened === null) {
        const choice = { ...item.result.choice, showOpened: true }
        item.opening = this.#engine.verify(item.subject.id, choice)
        this.#screen.drawProtected(item)
        item.opened = await item.opening.done
      }
      item.opening = null
      item.isOpenedShown = true
      this.#screen.drawProtected(item)
    } catch (error) {
      item.opening = null
      this.#screen.drawProtected(item)
      this.#tellFailure(error)
    }
  }

  async #digest(file: FileId): Promise<void> {
    try {
      this.#state.digests.set(file, await this.#engine.digest(file, ['sha256', 'sha512']).done)
      this.#screen.draw(false)
    } catch (error) {
      this.#tellFailure(error)
    }
  }

  async look(file: FileId): Promise<void> {
    const item =
      this.#state.shown?.result == null ? this.#state.items.find(({ result }) => result !== null) : this.#state.shown
    if (item?.result == null) return
    try {
      const match = await this.#engine.findFile(file, item.result).done
      this.#state.matches.set(file, match)
      this.#screen.draw(false)
      const context = this.#screen.context()
      context.announce(matchText(context, match, item.subject.name).textContent ?? '')
    } catch (error) {
      this.#tellFailure(error)
    }
  }
}

/** Keeps a computer awake while it hashes; where the browser has no such thing, nothing is lost but time. */
async function wakeLock(): Promise<WakeLockSentinel | null> {
  try {
    return (await navigator.wakeLock?.request('screen')) ?? null
  } catch {
    return null
  }
}
