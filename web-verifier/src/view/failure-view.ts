import { EngineError, type Failure } from '../engine/engine.ts'
import type { TextKey } from '../texts/texts.ts'
import { phrase, told, type ViewContext } from './context.ts'
import { type Child, el } from './dom.ts'
import { copyButton, fold, given } from './parts.ts'
import { sign } from './signs.ts'
import type { Item } from './state.ts'

/** What the engine says of a failure; anything else is a defect of the page. */
export function failureOf(error: unknown): Failure {
  if (error instanceof EngineError) return error.failure
  return { kind: 'defect', stack: error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error) }
}

function sayChoice(what: Extract<Failure, { kind: 'choice' }>['what']): TextKey {
  return what === 'over' ? 'chooseOver' : what === 'data' ? 'chooseData' : 'whenHint'
}

/** A failure in one sentence, where what was there stays on the screen. */
export function sayFailure({ messages, speaker }: ViewContext, failure: Failure): string {
  switch (failure.kind) {
    case 'parse':
      return messages.parseErrors[failure.code].say
    case 'source':
      return messages.faults[failure.reason].say
    case 'trust-code':
      return speaker.say('trustCodeOther')
    case 'cancelled':
      return speaker.say('stoppedHeading')
    case 'choice':
      return speaker.say(sayChoice(failure.what))
    default:
      return speaker.say('defectText')
  }
}

/** Why there is no result, in a sentence, what to do, and what an expert wants to know. */
export function failureText(context: ViewContext, failure: Failure): Child {
  const { messages, speaker } = context
  if (failure.kind === 'parse') {
    const words = messages.parseErrors[failure.code]
    return el(
      'div',
      {},
      el('p', {}, told(context, words.say)),
      words.todo === undefined
        ? null
        : el('p', {}, el('strong', {}, `${speaker.say('whatToDo')}${speaker.say('colon')}`), told(context, words.todo)),
      fold(speaker.say('technical'), false, el('p', {}, el('code', {}, given(failure.message, 'text')))),
    )
  }
  if (failure.kind === 'source') {
    const words = messages.faults[failure.reason]
    return el(
      'div',
      {},
      el('p', {}, given(failure.path), ': ', told(context, words.say)),
      words.todo === undefined
        ? null
        : el('p', {}, el('strong', {}, `${speaker.say('whatToDo')}${speaker.say('colon')}`), told(context, words.todo)),
      fold(speaker.say('technical'), false, el('p', {}, el('code', {}, given(failure.systemCode, 'text')))),
    )
  }
  if (failure.kind === 'trust-code') return el('p', {}, speaker.say('trustCodeOther'))
  if (failure.kind === 'choice')
    return el(
      'p',
      {},
      failure.what === 'at'
        ? speaker.say('whenHint')
        : failure.what === 'over'
          ? speaker.say('chooseOver')
          : failure.what === 'data'
            ? speaker.say('chooseData')
            : failure.what,
    )
  if (failure.kind === 'defect')
    return el('div', {}, el('pre', {}, failure.stack), copyButton(context, failure.stack, speaker.say('technical')))
  return null
}

/** The page that stands where a result would: stopped, not read, not finished, or a mistake of the program. */
export function noResult(context: ViewContext, item: Item, again: Child): HTMLElement {
  const { speaker } = context
  const { failure } = item
  const kind =
    failure?.kind === 'cancelled' || failure === null ? 'stopped' : failure.kind === 'source' ? 'source' : failure.kind
  const heading =
    kind === 'stopped'
      ? speaker.say('stoppedHeading')
      : kind === 'source'
        ? speaker.say('sourceHeading')
        : kind === 'defect'
          ? speaker.say('defectHeading')
          : speaker.say('notReadHeading1')
  const isStopped = kind === 'stopped' || kind === 'source' || kind === 'defect'
  const lead =
    kind === 'stopped'
      ? speaker.say('stoppedText')
      : kind === 'source'
        ? speaker.say('sourceText')
        : kind === 'defect'
          ? speaker.say('defectText')
          : speaker.say('notReadText')
  const progress = failure?.kind === 'cancelled' ? failure.progress : null
  return el(
    'div',
    {},
    el(
      'div',
      { class: `verdict tone-${isStopped ? 'stopped' : 'not-read'}` },
      sign(isStopped ? 'stopped' : 'not-read', 48),
      el('p', { class: 'word' }, speaker.say(isStopped ? 'wordNotFinished' : 'notReadWord')),
      el('h1', { tabindex: '-1', id: 'top' }, heading),
      el('p', {}, lead),
    ),
    el('p', {}, given(item.subject.name)),
    progress === null || progress.totalBytes === null
      ? null
      : el(
          'p',
          {},
          phrase(speaker, 'stoppedAt', {
            done: speaker.count('nBytes', progress.bytes),
            total: speaker.count('nBytes', progress.totalBytes),
          }),
        ),
    failure === null ? null : failureText(context, failure),
    again,
  )
}
