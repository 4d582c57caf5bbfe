import type { Report } from '@probatum/core'
import { commandOf, saySize } from '@probatum/words'
import { choicePanel } from './choice-view.ts'
import { phrase, type ViewContext } from './context.ts'
import { button, type Child, el } from './dom.ts'
import { isSampleOnly } from './found-view.ts'
import { command, given, hash, moment, namedFold, pairs, part } from './parts.ts'
import type { ResultActions } from './result-view.ts'
import type { Item, PageState } from './state.ts'

/** Policy, list, time and program: a result without them says nothing. */
export function groundPart(context: ViewContext, state: PageState, item: Item, actions: ResultActions): HTMLElement {
  const { speaker, engine, messages } = context
  const { result } = item
  if (result === null) throw new TypeError('a ground needs a result')
  const { body, envelope } = result.report
  const { policy, trustSet, subject } = body
  const { leftovers, outside, oddities } = envelope.container
  return part(
    speaker.say('groundHeading'),
    {},
    pairs([
      [speaker.say('groundPolicy'), [given(policy.id, 'text'), el('br'), 'SHA-256 ', hash(policy.sha256)]],
      trustRow(context, body, trustSet?.sample === true),
      [speaker.say('groundAt'), moment(context, body.validationTime)],
      [speaker.say('groundProgram'), el('bdi', { dir: 'ltr' }, `probatum ${body.engine.version}`)],
      [speaker.say('whichScript'), hash(engine.about.scriptSha256)],
      engine.about.edition === null
        ? null
        : [
            speaker.say('whichEdition'),
            [given(engine.about.edition.name, 'text'), el('br'), hash(engine.about.edition.sha256)],
          ],
      body.inputs.files.length === 0
        ? null
        : [
            speaker.say('groundGiven'),
            el(
              'ul',
              {},
              body.inputs.files.map(({ kind, sha256 }) => el('li', {}, `${kind} `, hash(sha256))),
            ),
          ],
      body.inputs.part ? [speaker.say('part'), speaker.say('groundPart')] : null,
      subject.externalIdentifier === null
        ? null
        : [speaker.say('identifier'), given(subject.externalIdentifier, 'text')],
      subject.issuer === null ? null : [speaker.say('issuer'), given(subject.issuer, 'text')],
      subject.recipient === null ? null : [speaker.say('recipient'), given(subject.recipient, 'text')],
      [speaker.say('format'), given(subject.format, 'text')],
      subject.bundleId === null
        ? null
        : [
            capital(speaker.say(result.kind === 'document' ? 'numCertifiedBundle' : 'numBundleId')),
            hash(subject.bundleId),
          ],
      ...subject.sealIds.map(
        ({ file, sha256 }) =>
          [phrase(speaker, 'numSealId', { name: given(file) }).map(capitalPiece), hash(sha256)] as const,
      ),
      [
        capital(speaker.say('numContent')),
        [
          hash(body.content.sha256),
          el('br'),
          phrase(speaker, 'contentFiles', {
            files: speaker.count('nFiles', body.content.files),
            bytes: saySize(body.content.bytes, messages.rules),
          }),
        ],
      ],
      [capital(speaker.say('numInventory')), hash(body.inventory.sha256)],
      [capital(speaker.say('numFacts')), hash(envelope.digests.facts)],
      [capital(speaker.say('numFindings')), hash(envelope.digests.findings)],
      [capital(speaker.say('numReport')), hash(envelope.digests.whole)],
    ]),
    leftovers.length + outside.length + oddities.length === 0
      ? null
      : namedFold(
          'this-copy',
          speaker.say('copyHeading'),
          el(
            'ul',
            {},
            leftovers.slice(0, SHOWN).map((path) => el('li', {}, given(path), ': ', speaker.say('copyLeftover'))),
            outside.slice(0, SHOWN).map((path) => el('li', {}, given(path), ': ', speaker.say('copyOutside'))),
            oddities
              .slice(0, SHOWN)
              .map(({ id, path, value }) =>
                el(
                  'li',
                  {},
                  `${id} `,
                  path === undefined ? null : given(path),
                  ' ',
                  value === undefined ? null : given(value, 'text'),
                ),
              ),
          ),
        ),
    el('h3', {}, speaker.say('sameElsewhere')),
    command(context, commandOf(result.report)),
    namedFold(
      'change-choice',
      speaker.say('changeChoice'),
      el(
        'div',
        { class: 'no-print' },
        el('p', {}, speaker.say('judgeNote')),
        choicePanel(context, state, { give: actions.give, redraw: actions.redraw }, isSampleOnly([item.subject])),
        el(
          'div',
          { class: 'buttons' },
          button(speaker.say('judgeAgain'), () => actions.judgeAgain(item), { id: 'judge-again' }),
        ),
      ),
    ),
  )
}

/** Peculiarities of a copy that are listed; the JSON report has all. */
const SHOWN = 50

function capital(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

/** The first words of a phrase; what follows has no letter to raise. */
function capitalPiece(piece: Child, index: number): Child {
  return index === 0 && typeof piece === 'string' ? capital(piece) : piece
}

/** The trust set that was judged by; `isMarked`: that it is the sample's is said beside it. */
export function trustRow(
  { speaker }: ViewContext,
  { trustSet, inputs }: Pick<Report['body'], 'trustSet' | 'inputs'>,
  isMarked: boolean,
): readonly [string, Child] {
  const term = speaker.say('groundTrust')
  if (trustSet === null) return [term, speaker.say('groundTrustNone')]
  const { issuer, number, date, sha256 } = trustSet
  return [
    term,
    [
      phrase(speaker, 'trustOf', { issuer: given(issuer, 'text'), number: String(number), date }),
      speaker.say('semicolon'),
      speaker.say(inputs.setCode === 'confirmed' ? 'groundConfirmed' : 'groundNotConfirmed'),
      isMarked ? `${speaker.say('semicolon')}${speaker.say('trustSample')}` : null,
      el('br'),
      'SHA-256 ',
      hash(sha256),
    ],
  ]
}
