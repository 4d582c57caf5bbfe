import type { RecipientRead } from '../engine/engine.ts'
import { phrase, type ViewContext } from './context.ts'
import { button, type Child, el, fill, on } from './dom.ts'
import { field, given, hash } from './parts.ts'
import type { PageState } from './state.ts'

/** Id of the field for whom a bundle should be for. */
export const RECIPIENT = 'recipient'

/** Whom the bundle should be for: typed, or read from a certificate. What it is understood as stands under it. */
export function recipientField(context: ViewContext, { choice }: PageState): Child[] {
  const { speaker, engine, announce } = context
  const input = el('input', {
    type: 'text',
    class: 'typed',
    value: choice.recipient,
    autocomplete: 'off',
    spellcheck: 'false',
  })
  const answer = el('p', { class: 'hint', id: `${RECIPIENT}-answer` })
  const show = (read: RecipientRead) => fill(answer, understood(context, read))
  on(input, 'input', () => {
    choice.recipient = input.value
    show(engine.recipientOf(input.value))
  })
  on(input, 'change', () => announce(answer.textContent ?? ''))
  show(engine.recipientOf(choice.recipient))
  const box = field(speaker.say('recipientFor'), input, speaker.say('recipientHint'), RECIPIENT)
  box.append(answer)
  const label = speaker.say('recipientFile')
  const picked = el('input', { type: 'file', hidden: true, 'aria-label': label })
  on(picked, 'change', async () => {
    const [file] = picked.files ?? []
    picked.value = ''
    if (file === undefined) return
    const read = await engine.recipientOfFile(file)
    if (read.state === 'read') {
      choice.recipient = read.recipient
      input.value = read.recipient
    }
    show(read)
    announce(answer.textContent ?? '')
  })
  return [
    box,
    el(
      'div',
      { class: 'buttons' },
      button(label, () => picked.click(), { id: 'recipient-file' }),
      picked,
    ),
  ]
}

function understood({ speaker }: ViewContext, read: RecipientRead): Child {
  switch (read.state) {
    case 'nobody':
      return speaker.say('recipientNobody')
    case 'not-age':
      return speaker.say('recipientNotAge')
    case 'not-a-name':
      return speaker.say('recipientNotName')
    case 'no-key':
      return speaker.say('recipientNoKey')
    default:
      return read.recipient.startsWith('key:')
        ? [speaker.say('recipientByKey'), ' ', hash(read.recipient.slice('key:'.length))]
        : phrase(speaker, 'recipientByName', { name: given(read.recipient.slice('name:'.length), 'text') })
  }
}
