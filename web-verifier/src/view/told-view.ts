import { answersOf, commandOf, fillPlaces, headlineOf, verdictLabel } from '@probatum/words'
import { checksPart, problemsPart } from './checks-view.ts'
import { phrase, told, type ViewContext } from './context.ts'
import { type Child, el } from './dom.ts'
import { trustRow } from './ground-view.ts'
import { command, given, hash, moment, pairs, part } from './parts.ts'
import { sampleMark } from './result-view.ts'
import { sign } from './signs.ts'
import type { Item } from './state.ts'

/**
 * What a saved report says, as `probatum explain` tells it. It has the sign and the colour of nothing that was checked, on the whole
 * of it: whoever glances at the screen, or photographs it, must not take it for a result.
 * @param checked results of this page that it can be compared with
 */
export function toldScreen(context: ViewContext, item: Item, checked: readonly Item[], head: Child): HTMLElement {
  const { speaker, messages } = context
  if (item.told === null) throw new TypeError('nothing is told')
  const { report, sample } = item.told
  const { body, envelope } = report
  const { subIndication } = body.assessment
  return el(
    'div',
    { class: 'told' },
    sample ? sampleMark(context) : null,
    el(
      'div',
      { class: 'verdict tone-not-checked' },
      sign('not-checked', 48),
      el('p', { class: 'word' }, speaker.say('toldWord')),
      el('h1', { tabindex: '-1', id: 'top' }, speaker.say('toldHeading')),
      el('p', {}, el('strong', {}, speaker.say('toldBanner'))),
      el('p', {}, given(item.subject.name)),
    ),
    head,
    ...checked.flatMap(({ result, subject }) =>
      result === null || result.kind === 'document'
        ? []
        : el(
            'p',
            { class: 'note' },
            phrase(speaker, result.report.body.content.sha256 === body.content.sha256 ? 'toldSame' : 'toldOther', {
              name: given(subject.name),
            }),
          ),
    ),
    part(
      phraseText(context, envelope.container.name),
      { class: 'first' },
      el(
        'p',
        {},
        speaker.say('toldSays'),
        ' ',
        el('q', {}, told(context, messages.verdict.headlines[headlineOf(report)])),
      ),
      el(
        'p',
        { class: 'small quiet' },
        `${speaker.say('expertLabel')}${speaker.say('colon')}`,
        el('bdi', { dir: 'ltr', lang: 'en' }, verdictLabel(report)),
        subIndication === undefined
          ? null
          : [
              ' ',
              el('bdi', { dir: 'ltr', lang: 'en' }, `${subIndication}:`),
              ' ',
              told(context, messages.subIndications[subIndication]),
            ],
      ),
      envelope.savedFacts === true ? el('p', {}, el('strong', {}, told(context, messages.verdict.savedFacts))) : null,
      el(
        'ol',
        { class: 'answers' },
        answersOf(report, messages).map((answer) => answerItem(context, answer)),
      ),
      el('p', { class: 'measure quiet' }, speaker.say('toldFollows')),
    ),
    part(speaker.say('groundHeading'), {}, ground(context, item)),
    part(speaker.say('sameElsewhere'), {}, el('p', {}, speaker.say('toldCheck')), command(context, commandOf(report))),
    problemsPart(context, report),
    checksPart(context, report),
  )
}

function phraseText({ speaker }: ViewContext, name: string): Child[] {
  return phrase(speaker, 'toldAbout', { name: given(name) })
}

function answerItem(
  context: ViewContext,
  { question, word, text, doesNotShow }: ReturnType<typeof answersOf>[number],
): HTMLElement {
  return el(
    'li',
    { class: 'tone-not-checked' },
    el('h3', {}, told(context, question)),
    el('p', { class: 'says' }, el('span', {}, told(context, word))),
    el('p', {}, told(context, text)),
    el(
      'p',
      { class: 'quiet small' },
      told(context, fillPlaces(context.messages.answers.sentenceDoesNotShow, { what: doesNotShow })),
    ),
  )
}

/** By what it says that it was judged. */
function ground(context: ViewContext, { told: one }: Item): HTMLElement {
  const { speaker } = context
  if (one === null) throw new TypeError('nothing is told')
  const { body, envelope } = one.report
  const { policy, subject } = body
  return pairs([
    [speaker.say('groundProgram'), el('bdi', { dir: 'ltr' }, `${body.engine.name} ${body.engine.version}`)],
    [speaker.say('groundPolicy'), [given(policy.id, 'text'), el('br'), 'SHA-256 ', hash(policy.sha256)]],
    trustRow(context, body, false),
    [speaker.say('groundAt'), moment(context, body.validationTime)],
    subject.externalIdentifier === null ? null : [speaker.say('identifier'), given(subject.externalIdentifier, 'text')],
    subject.issuer === null ? null : [speaker.say('issuer'), given(subject.issuer, 'text')],
    subject.recipient === null ? null : [speaker.say('recipient'), given(subject.recipient, 'text')],
    subject.bundleId === null ? null : [speaker.say('numBundleId'), hash(subject.bundleId)],
    [speaker.say('numContent'), hash(body.content.sha256)],
    [speaker.say('numReport'), hash(envelope.digests.whole)],
  ])
}
