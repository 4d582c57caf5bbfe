import { escapeForDisplay } from '@probatum/words'
import type { Given, PolicyChoice, TrustSetChoice } from '../engine/engine.ts'
import { readMoment } from '../rows/typed-moment.ts'
import { phrase, type ViewContext } from './context.ts'
import { button, type Child, el, on } from './dom.ts'
import { givenByInput } from './drop.ts'
import { copyButton, field, fold, given, hash, pairs, select, tick } from './parts.ts'
import { recipientField } from './recipient-field.ts'
import { type PageState, policiesOf, trustSetsOf } from './state.ts'

/** Id of the field for the code. */
export const TRUST_CODE = 'trust-code'
/** Id of the field for the moment as of which is judged. */
export const MOMENT = 'moment'

export interface ChoiceActions {
  give(given: Given): void
  redraw(): void
}

/**
 * Policy, list of keys, and how the copy is to be taken: everything from outside the bundle. There is no way here to
 * believe a key because a bundle brings it.
 */
export function choicePanel(
  context: ViewContext,
  state: PageState,
  actions: ChoiceActions,
  isSample: boolean,
): HTMLElement {
  const { speaker, engine } = context
  const { choice } = state
  const lists = trustSetsOf(engine, isSample)
  const list = lists.find(({ id }) => id === choice.trustSet) ?? null
  return el(
    'div',
    { class: 'choice' },
    field(
      speaker.say('trustSet'),
      select(
        [
          { value: '', label: speaker.say('trustNone') },
          ...lists.map((each) => ({ value: each.id, label: listLabel(context, each) })),
        ],
        list?.id ?? '',
        (value) => {
          choice.trustSet = value === '' ? null : value
          choice.typedCode = ''
          actions.redraw()
        },
      ),
      speaker.say('trustWhy'),
    ),
    list === null ? whomToAsk(context) : listDetails(context, state, list),
    el('div', { class: 'buttons' }, picker(actions, speaker.say('addTrustSet'), 'add-trust-set')),
    field(
      speaker.say('policy'),
      select(
        policiesOf(engine).map((policy) => ({ value: policy.id, label: policyLabel(context, policy) })),
        choice.policy,
        (value) => {
          choice.policy = value
        },
      ),
    ),
    el('div', { class: 'buttons' }, picker(actions, speaker.say('addPolicy'), 'add-policy')),
    moreChoices(context, state),
  )
}

function moreChoices(context: ViewContext, state: PageState): HTMLElement {
  const { speaker } = context
  const { choice } = state
  const at = el('input', { type: 'text', class: 'typed', value: choice.at, autocomplete: 'off', spellcheck: 'false' })
  const answer = el('p', { class: 'hint', id: `${MOMENT}-answer` })
  const isRead = () => choice.at.trim() === '' || readMoment(choice.at) !== undefined
  const show = () => {
    answer.textContent = isRead() ? '' : speaker.say('whenUnreadable')
  }
  on(at, 'input', () => {
    choice.at = at.value
    show()
  })
  on(at, 'change', () => {
    if (!isRead()) context.announce(answer.textContent ?? '')
  })
  show()
  const when = field(speaker.say('when'), at, speaker.say('whenHint'), MOMENT)
  when.append(answer)
  return fold(
    speaker.say('moreChoices'),
    choice.at !== '' || choice.part || choice.names || choice.recipient !== '',
    when,
    tick(speaker.say('part'), choice.part, (checked) => {
      choice.part = checked
    }),
    tick(speaker.say('showNames'), choice.names, (checked) => {
      choice.names = checked
    }),
    recipientField(context, state),
  )
}

function picker(actions: ChoiceActions, label: string, id: string): Child[] {
  const input = el('input', { type: 'file', hidden: true, accept: '.json,application/json', 'aria-label': label })
  on(input, 'change', () => {
    if ((input.files?.length ?? 0) > 0) actions.give(givenByInput(input))
  })
  return [button(label, () => input.click(), { id }), input]
}

function policyLabel(
  { speaker }: ViewContext,
  { id, from, sha256 }: Pick<PolicyChoice, 'id' | 'from' | 'sha256'>,
): string {
  if (from === 'file')
    return `${escapeForDisplay(id)} (${speaker.say('policyFromFile')}, SHA-256 ${sha256.slice(0, 8)}…)`
  if (from === 'edition') return `${escapeForDisplay(id)} (${speaker.say('policyFromEdition')})`
  switch (id) {
    case 'fixity':
      return speaker.say('policyFixity')
    case 'sealed':
      return speaker.say('policySealed')
    case 'court':
      return speaker.say('policyCourt')
    case 'long-term':
      return speaker.say('policyLongTerm')
    default:
      return id
  }
}

function listLabel({ speaker }: ViewContext, { issuer, number, date, sample, from }: TrustSetChoice): string {
  const said = speaker.say('trustOf', { issuer: escapeForDisplay(issuer), number: String(number), date })
  const notes = [
    ...(sample ? [speaker.say('trustSample')] : []),
    ...(from === 'file' ? [speaker.say('policyFromFile')] : []),
    ...(from === 'edition' ? [speaker.say('policyFromEdition')] : []),
  ]
  return notes.length === 0 ? said : `${said} (${notes.join(', ')})`
}

function whomToAsk(context: ViewContext): HTMLElement {
  const { speaker } = context
  const ask = speaker.say('trustAsk')
  return fold(
    speaker.say('trustWhom'),
    false,
    el('div', { class: 'ask' }, el('blockquote', {}, ask), copyButton(context, ask, speaker.say('missingAsk'))),
  )
}

/** UTC day of this computer's clock: only for the hint that a list is old; no verdict rests on it here. */
function today(): string {
  return new Date().toISOString().slice(0, 10)
}

function listDetails(context: ViewContext, state: PageState, list: TrustSetChoice): HTMLElement {
  const { speaker } = context
  return el(
    'div',
    { class: 'note' },
    // The control cuts a long name.
    el('p', {}, listLabel(context, list)),
    list.reviewBy < today()
      ? el('p', {}, el('strong', {}, phrase(speaker, 'trustOverdue', { date: list.reviewBy })))
      : null,
    pairs([['SHA-256', hash(list.sha256)]]),
    codeField(context, state, list),
    fold(
      speaker.say('trustAnchors'),
      false,
      el(
        'ul',
        {},
        list.anchors.map(({ label, role, subject, source }) =>
          el(
            'li',
            {},
            given(label, 'text'),
            ` (${context.messages.roles[role].title})`,
            subject === null ? null : [': ', given(subject, 'text')],
            el('br'),
            el('span', { class: 'quiet small' }, given(source, 'text')),
          ),
        ),
      ),
    ),
  )
}

function codeField(
  { speaker, engine, announce }: ViewContext,
  { choice }: PageState,
  list: TrustSetChoice,
): HTMLElement {
  const input = el('input', {
    type: 'text',
    class: 'typed',
    value: choice.typedCode,
    autocomplete: 'off',
    spellcheck: 'false',
    autocapitalize: 'characters',
  })
  const answer = el('p', { class: 'hint', id: `${TRUST_CODE}-answer` })
  const judge = (): string => {
    if (choice.typedCode.trim() === '') return speaker.say('trustCodeNone')
    const match = engine.confirmTrustSet(list.id, choice.typedCode)
    switch (match.state) {
      case 'same':
        return speaker.say('trustCodeSame')
      case 'other-set':
        return speaker.say('trustCodeOther')
      case 'length':
        return speaker.count('trustCodeLength', match.symbols)
      case 'character':
        return speaker.say('trustCodeCharacter', { character: match.character })
      default:
        return speaker.say('trustCodeMistyped', { groups: match.groups.join(', ') })
    }
  }
  const show = () => {
    answer.textContent = judge()
  }
  on(input, 'input', () => {
    choice.typedCode = input.value
    show()
  })
  on(input, 'change', () => announce(answer.textContent ?? ''))
  show()
  const box = field(speaker.say('trustCode'), input, speaker.say('trustCodeHint'), TRUST_CODE)
  box.append(answer)
  return box
}
