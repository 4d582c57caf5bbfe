import type { Report } from '@probatum/core'
import { adviceOf, answersOf, fillPlaces, headlineOf, verdictLabel } from '@probatum/words'
import type { FileId, Given } from '../engine/engine.ts'
import { answerSigns, familyOf, verdictWord } from '../rows/answer-tones.ts'
import { countOpen, countValues } from '../rows/checks.ts'
import { chainsPart } from './chains-view.ts'
import { checksPart, problemsPart } from './checks-view.ts'
import { comparePart } from './compare-view.ts'
import { phrase, told, type ViewContext } from './context.ts'
import { custodyPart } from './custody-view.ts'
import { add, type Child, el } from './dom.ts'
import { filesPart } from './files-view.ts'
import { groundPart } from './ground-view.ts'
import { conditionsBox, protectedPart } from './opened-view.ts'
import { outputsPart } from './outputs-view.ts'
import { given, hash, pairs, part } from './parts.ts'
import { rawPart } from './raw-view.ts'
import { sign } from './signs.ts'
import type { Item, PageState } from './state.ts'
import { timelinePart } from './timeline-view.ts'

export interface ResultActions {
  give(given: Given): void
  redraw(): void
  judgeAgain(item: Item): void
  showOpened(item: Item): void
  drawProtected(item: Item): void
  look(file: FileId): void
}

/**
 * The whole result, on one page: verdict, three answers, checks, raw data. Nothing here decides anything.
 * @param stepped null: all at once. Else what stands further down follows in steps, each in a task of its own, so that none holds
 * up the page; it is called after each
 */
export function resultScreen(
  context: ViewContext,
  state: PageState,
  item: Item,
  actions: ResultActions,
  head: Child,
  stepped: (() => void) | null,
): HTMLElement {
  const { result } = item
  if (result === null) throw new TypeError('a result screen needs a result')
  const { report } = result
  const screen = el(
    'div',
    { class: 'result' },
    result.sample ? sampleMark(context) : null,
    item.subject.kind === 'facts' ? factsMark(context) : null,
    conditionsBox(context, result),
    verdictBox(context, item, report),
    head,
    answersPart(context, report),
    printedGround(context, report),
  )
  const steps: readonly (() => Child)[] = [
    // What is missing stands with each open question: what to do about it comes after them.
    () =>
      familyOf(report) === 'undecided'
        ? [problemsPart(context, report), nextPart(context, report)]
        : [nextPart(context, report), problemsPart(context, report)],
    () => [outputsPart(context, item), comparePart(context, state, item, actions), timelinePart(context, result)],
    () => [chainsPart(context, result), custodyPart(context, result), protectedPart(context, item, actions)],
    () => (result.inventory.size === 0 ? null : filesPart(context, item)),
    () => checksPart(context, report),
    () => [groundPart(context, state, item, actions), rawPart(context, result)],
  ]
  const draw = (step: number) => {
    const next = steps[step]
    if (next === undefined) {
      screen.dataset.state = 'complete'
      return
    }
    add(screen, [next()])
    if (stepped === null) {
      draw(step + 1)
      return
    }
    stepped()
    setTimeout(() => {
      // Another screen has taken its place meanwhile.
      if (screen.isConnected) draw(step + 1)
    })
  }
  draw(0)
  return screen
}

/** Everything printed or kept says that it is a sample, beside the verdict itself. */
export function sampleMark({ speaker }: ViewContext): HTMLElement {
  return el(
    'p',
    { class: 'sample' },
    el('strong', {}, speaker.say('sampleWord')),
    el('span', {}, speaker.say('sampleBanner')),
  )
}

/** Whoever shows the screen to somebody must not be able to say that files were checked. */
function factsMark({ speaker }: ViewContext): HTMLElement {
  return el(
    'p',
    { class: 'sample', id: 'from-facts' },
    el('strong', {}, speaker.say('kindFacts')),
    el('span', {}, speaker.say('factsBanner')),
  )
}

function verdictBox(context: ViewContext, item: Item, report: Report): HTMLElement {
  const { messages, speaker } = context
  const family = familyOf(report)
  const { subIndication } = report.body.assessment
  return el(
    'div',
    {},
    el(
      'div',
      { class: `verdict tone-${family}` },
      sign(family, 48),
      el('p', { class: 'word' }, speaker.say(verdictWord(report))),
      el('h1', { tabindex: '-1', id: 'top' }, told(context, messages.verdict.headlines[headlineOf(report)])),
      el('p', {}, phrase(speaker, 'resultOf', { name: given(item.subject.name) })),
      el(
        'p',
        { class: 'small quiet' },
        `${speaker.say('expertLabel')}${speaker.say('colon')}`,
        el('bdi', { dir: 'ltr', lang: 'en' }, verdictLabel(report)),
      ),
      // On a line of its own: two texts of different direction in one line change places where it wraps.
      subIndication === undefined
        ? null
        : el(
            'p',
            { class: 'small quiet' },
            el('bdi', { dir: 'ltr', lang: 'en' }, subIndication),
            speaker.say('colon'),
            told(context, messages.subIndications[subIndication]),
          ),
    ),
  )
}

function answersPart(context: ViewContext, report: Report): HTMLElement {
  const { speaker, messages } = context
  const answers = answersOf(report, messages)
  const signs = answerSigns(report)
  return part(
    speaker.say(answers.length === 3 ? 'answersHeading' : answers.length === 2 ? 'answersTwo' : 'answersOne'),
    { class: 'first' },
    el(
      'ol',
      { class: 'answers' },
      answers.map(({ question, word, text, doesNotShow }, index) => {
        const kind = signs[index] ?? 'undecided'
        return el(
          'li',
          { class: `tone-${kind}` },
          el('h3', {}, told(context, question)),
          el('p', { class: 'says' }, sign(kind, 20), el('span', {}, told(context, word))),
          el('p', {}, told(context, text)),
          el(
            'p',
            { class: 'quiet small' },
            told(context, fillPlaces(messages.answers.sentenceDoesNotShow, { what: doesNotShow })),
          ),
        )
      }),
    ),
  )
}

/** On paper the first page alone says by what the result was judged; on the screen it stands further down. */
function printedGround({ speaker, engine }: ViewContext, { body }: Report): HTMLElement {
  const { policy, trustSet } = body
  return el(
    'div',
    { class: 'print-only small' },
    pairs([
      [speaker.say('groundPolicy'), [given(policy.id, 'text'), ', SHA-256 ', hash(policy.sha256)]],
      [
        speaker.say('groundTrust'),
        trustSet === null
          ? speaker.say('groundTrustNone')
          : [
              phrase(speaker, 'trustOf', {
                issuer: given(trustSet.issuer, 'text'),
                number: String(trustSet.number),
                date: trustSet.date,
              }),
              ', SHA-256 ',
              hash(trustSet.sha256),
            ],
      ],
      [speaker.say('groundAt'), el('bdi', { dir: 'ltr' }, body.validationTime)],
      [speaker.say('groundProgram'), el('bdi', { dir: 'ltr' }, `probatum ${body.engine.version}`)],
      [speaker.say('whichScript'), hash(engine.about.scriptSha256)],
    ]),
  )
}

function nextPart(context: ViewContext, report: Report): HTMLElement {
  const { messages, speaker } = context
  const { next, doesNotMean } = adviceOf(report, messages)
  const counts = countValues(report)
  const open = countOpen(report)
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const parts = [
    speaker.count('ranAll', total - counts['NOT-CHECKED']),
    speaker.say('countPassed', { n: speaker.number(counts.PASSED) }),
    ...(counts.FAILED === 0 ? [] : [speaker.say('countFailed', { n: speaker.number(counts.FAILED) })]),
    ...(open.asked === 0 ? [] : [speaker.say('countOpen', { n: speaker.number(open.asked) })]),
    ...(open.notAsked === 0 ? [] : [speaker.say('countOpenNotAsked', { n: speaker.number(open.notAsked) })]),
    ...(counts.WITHHELD === 0 ? [] : [speaker.say('countWithheld', { n: speaker.number(counts.WITHHELD) })]),
    speaker.say('countNot', { n: speaker.number(counts['NOT-CHECKED']) }),
  ]
  return el(
    'div',
    { class: 'measure' },
    el('p', { class: 'quiet' }, parts.join(' · ')),
    el('h3', {}, speaker.say('nextHeading')),
    el('p', {}, told(context, next)),
    el('h3', {}, speaker.say('meansNot')),
    el('p', {}, told(context, doesNotMean)),
  )
}
