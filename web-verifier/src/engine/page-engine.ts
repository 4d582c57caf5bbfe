import type { TypesetterFiles } from '@probatum/certificate'
import { messagesOf } from '@probatum/words/languages'
import {
  type About,
  type Choice,
  type Engine,
  EngineError,
  type FileTable,
  type Given,
  type GivenFile,
  type Intake,
  type OnProgress,
  type RecipientRead,
  type Run,
  type SampleBundle,
  type Told,
  type TrustSetChoice,
  type Verified,
} from './engine.ts'
import { matchCode } from './judging.ts'
import { knownDigests } from './known-digests.ts'
import { type ListFiles, listsOfPage } from './page-lists.ts'
import { readRecipient, readRecipientFile } from './recipient-read.ts'
import { inSlices, pageTurns } from './slices.ts'
import { WorkerLink } from './worker-link.ts'
import type { Judged, PageLists, WorkerCalls } from './worker-protocol.ts'

/** What the engine needs of the checked page. */
export interface PageParts extends ListFiles {
  readonly about: About
  readonly samples: readonly (SampleBundle & { readonly name: string; readonly bytesOf: () => Uint8Array })[]
  /** Null where the page has no fonts for certificates. */
  readonly typesetterFiles: (() => Promise<TypesetterFiles>) | null
  readonly startWorker: () => Worker
}
const NO_INTAKE: Intake = { subjects: [], beside: [], others: [], notRead: [] }

export function createEngine(parts: PageParts): Engine {
  return new PageEngine(parts)
}

/** Every question of the view, passed to a worker or answered at once: one class, as `Engine` is one interface. */
class PageEngine implements Engine {
  readonly about: Engine['about']
  readonly policies: Engine['policies']
  readonly trustSets: Engine['trustSets']
  readonly samples: Engine['samples']
  readonly outputs: Engine['outputs']
  intake: Intake = NO_INTAKE
  readonly #parts: PageParts
  readonly #lists: PageLists
  readonly #givens: (Given | Unlocked)[] = []
  /** Works on evidence; killed by `cancel`. */
  #worker: WorkerLink | undefined
  /** Answers questions about results that are there; nothing of it is ever cancelled. */
  #desk: WorkerLink | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #results = 0
  #generation = 0

  constructor(parts: PageParts) {
    this.#parts = parts
    this.about = parts.about
    this.samples = parts.samples.map(({ id, shows, bytes }) => ({ id, shows, bytes }))
    this.outputs = parts.typesetterFiles === null ? ['html'] : ['html', 'certificate']
    const { policies, trustSets, lists } = listsOfPage(parts)
    this.policies = policies
    this.trustSets = trustSets
    this.#lists = lists
  }

  open(given: Given, onProgress?: OnProgress): Run<Intake> {
    return this.#take(given, onProgress)
  }

  unlock(file: string, passphrase: string): Run<Intake> {
    return this.#take({ from: 'unlock', file, passphrase })
  }

  #take(given: Given | Unlocked, onProgress?: OnProgress): Run<Intake> {
    const generation = this.#generation
    const run = this.#run((link) => this.#send(link, given, onProgress), onProgress)
    const done = run.done.then((intake) => {
      if (generation !== this.#generation) return this.intake
      this.#givens.push(given)
      this.intake = intake
      return intake
    })
    return { done, cancel: run.cancel }
  }

  forget(): void {
    this.#generation++
    this.#givens.length = 0
    this.intake = NO_INTAKE
    this.#worker?.kill(null)
    this.#worker = undefined
    this.#desk?.kill(null)
    this.#desk = undefined
  }

  verify(subject: string, choice: Choice, onProgress?: OnProgress): Run<Verified> {
    const isDocument = this.intake.subjects.some(({ id, kind }) => id === subject && kind === 'document')
    const run = this.#run(async (link) => {
      const files = isDocument ? ((await this.#parts.typesetterFiles?.()) ?? null) : null
      return link.call('verify', [subject, choice, files], onProgress)
    }, onProgress)
    return { done: run.done.then((judged) => this.#verified(subject, choice, judged)), cancel: run.cancel }
  }

  tell(subject: string): Run<Told> {
    const run = this.#run((link) => link.call('tell', [subject]))
    const done = run.done.then((report) => ({ report, sample: this.#isSample(subject, report) }))
    return { done, cancel: run.cancel }
  }

  judge(verified: Verified, choice: Choice): Run<Verified> {
    const run = this.#run((link) => link.call('judge', [verified.subject, verified.facts, choice]))
    const done = run.done.then((judged): Verified => {
      const id = `result-${++this.#results}`
      return { ...verified, ...judged, id, choice, sample: this.#isSample(verified.subject, judged.report) }
    })
    return { done, cancel: run.cancel }
  }

  digest(...[file, algorithms, onProgress]: Parameters<Engine['digest']>): ReturnType<Engine['digest']> {
    return this.#run((link) => link.call('digest', [file, algorithms], onProgress), onProgress)
  }

  findFile(...[file, verified, onProgress]: Parameters<Engine['findFile']>): ReturnType<Engine['findFile']> {
    const rows = verified.kind === 'document' ? verified.listed : verified.inventory
    return this.#run((link) => {
      if (rows === null) throw new EngineError({ kind: 'choice', what: 'subject' })
      return link.call('findFile', [file, rows], onProgress)
    }, onProgress)
  }

  compareTyped(typed: string, verified: Verified): ReturnType<Engine['compareTyped']> {
    const known = knownDigests(verified, this.about)
    return this.#askDesk('compareTyped', [verified.id, verified.inventory, known, typed])
  }

  files(verified: Verified): FileTable {
    const { id, inventory } = verified
    const names = namesAskedFor(verified)
    return {
      counts: () => this.#askDesk('counts', [id, inventory]),
      page: (query) => this.#askDesk('page', [id, inventory, names, query]),
    }
  }

  output(...[verified, wanted]: Parameters<Engine['output']>): ReturnType<Engine['output']> {
    const { subject, choice, report, facts, inventory } = verified
    const names = namesAskedFor(verified)
    // What is kept of saved facts is the report for machines: the others read as a check of files.
    if (this.intake.subjects.some(({ id, kind }) => id === subject && kind === 'facts'))
      throw new EngineError({ kind: 'choice', what: 'subject' })
    const needsFonts = wanted.kind === 'certificate'
    const { scriptHash: script, edition } = this.about
    const maker = { program: 'probatum-web-verifier', script, edition } as const
    return this.#run(async (link) => {
      const messages = wanted.language === 'en' ? null : (messagesOf(wanted.language) ?? null)
      const files = needsFonts ? ((await this.#parts.typesetterFiles?.()) ?? null) : null
      return link.call('output', [subject, { report, facts, inventory, names }, choice, wanted, files, messages, maker])
    })
  }

  member(verified: Verified, path: string): ReturnType<Engine['member']> {
    return this.#run((link) => link.call('member', [verified.subject, path]))
  }

  confirmTrustSet(...[trustSet, typed]: Parameters<Engine['confirmTrustSet']>): ReturnType<Engine['confirmTrustSet']> {
    const set = this.#trustSetChoices().find(({ id }) => id === trustSet)
    return set === undefined ? { state: 'other-set' } : matchCode(set.sha256, typed)
  }

  recipientOf(typed: string): RecipientRead {
    return readRecipient(typed)
  }

  recipientOfFile(file: Blob): Promise<RecipientRead> {
    return readRecipientFile(file)
  }

  #trustSetChoices(): readonly TrustSetChoice[] {
    return [
      ...this.trustSets,
      ...this.intake.beside.flatMap((each) => (each.kind === 'trust-set' ? [each.trustSet] : [])),
    ]
  }

  #verified(subject: string, choice: Choice, judged: Judged): Verified {
    return {
      ...judged,
      id: `result-${++this.#results}`,
      subject,
      choice,
      kind: judged.facts.facts.kind,
      sample: this.#isSample(subject, judged.report),
    }
  }

  #isSample(id: string, { body }: Verified['report']): boolean {
    const subject = this.intake.subjects.find((each) => each.id === id)
    const isGiven = subject?.kind === 'bundle' && subject.sample
    return isGiven || body.subject.sample || body.trustSet?.sample === true
  }

  /** Sends what was given; of a folder a few files at a time. */
  async #send(link: WorkerLink, given: Given | Unlocked, onProgress?: OnProgress): Promise<Intake> {
    if (given.from === 'unlock') return link.call('unlock', [given.file, given.passphrase])
    if (given.from === 'handles') return link.call('open', [given], onProgress)
    if (given.from === 'sample') {
      const sample = this.#parts.samples.find(({ id }) => id === given.sample)
      if (sample === undefined) throw new EngineError({ kind: 'choice', what: 'subject' })
      return link.call('open', [{ from: 'sample', name: sample.name, bytes: sample.bytesOf() }], onProgress)
    }
    const { length: totalFiles } = given.files
    const send = (from: number, to: number) => {
      link.requireAlive()
      link.send({ files: filesOf(given, from, to) })
      onProgress?.({ phase: 'listing', bytes: 0, totalBytes: null, files: to, totalFiles, secondsLeft: null })
    }
    await inSlices(totalFiles, send, pageTurns)
    return link.call('open', [{ from: 'files', files: [] }], onProgress)
  }

  /** One run at a time, in the worker that can be killed. */
  #run<Result>(work: (link: WorkerLink) => Promise<Result>, onProgress?: OnProgress): Run<Result> {
    let link: WorkerLink | undefined
    let isCancelled = false
    let cancelWaiting: ((error: unknown) => void) | undefined
    const cancelledError = () => new EngineError({ kind: 'cancelled', progress: link?.progress ?? null })
    const before = this.#queue
    const waiting = new Promise<never>((_, reject) => {
      cancelWaiting = reject
    })
    waiting.catch(() => {})
    const started = before.then(async () => {
      if (isCancelled) throw cancelledError()
      link = await this.#readyWorker(onProgress, () => isCancelled)
      return work(link)
    })
    const done = Promise.race([started, waiting])
    this.#queue = started.catch(() => {})
    return {
      done,
      cancel: () => {
        if (isCancelled) return
        isCancelled = true
        const error = cancelledError()
        if (link !== undefined && this.#worker === link) this.#worker = undefined
        link?.kill(error)
        cancelWaiting?.(error)
      },
    }
  }

  /** The worker, with everything that was given so far: one that was killed has to look at it again. */
  async #readyWorker(onProgress: OnProgress | undefined, isCancelled: () => boolean): Promise<WorkerLink> {
    if (this.#worker !== undefined && !this.#worker.isDead) return this.#worker
    const link = new WorkerLink(this.#parts.startWorker())
    this.#worker = link
    link.send({ lists: this.#lists })
    const before = JSON.stringify(this.intake)
    let again: Intake = NO_INTAKE
    for (const given of [...this.#givens]) {
      if (isCancelled()) return link
      again = await this.#send(link, given, onProgress)
    }
    // Ids count what was found: with other files there, an id would mean another one than the page shows.
    if (JSON.stringify(again) !== before) {
      const failure = { kind: 'source', reason: 'changed', path: '', systemCode: 'PROBATUM_CHANGED' } as const
      link.kill(new EngineError(failure))
      this.#worker = undefined
      throw new EngineError(failure)
    }
    return link
  }

  #askDesk<Name extends 'counts' | 'page' | 'compareTyped'>(
    name: Name,
    args: Parameters<WorkerCalls[Name]>,
  ): Promise<ReturnType<WorkerCalls[Name]>> {
    if (this.#desk === undefined || this.#desk.isDead) this.#desk = new WorkerLink(this.#parts.startWorker())
    return this.#desk.call(name, args)
  }
}

/** Null unless the choice asked for them: the report says so, and what is made must agree with it. */
function namesAskedFor({ choice, opened }: Verified): Blob | null {
  return choice.names && opened !== null ? opened.all : null
}

/** A key that was opened: a worker that was killed has to open it again. In memory, and gone with `forget`. */
interface Unlocked {
  readonly from: 'unlock'
  readonly file: string
  readonly passphrase: string
}

function filesOf(given: Extract<Given, { readonly files: unknown }>, from: number, to: number): GivenFile[] {
  if (given.from === 'files') return given.files.slice(from, to).map(({ path, file }) => ({ path, file }))
  const files: GivenFile[] = []
  for (let at = from; at < to; at++) {
    const file = given.files[at]
    if (file !== undefined)
      files.push({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file })
  }
  return files
}
