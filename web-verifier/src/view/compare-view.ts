import type { FileId, Given, TypedMatch, TypedSubject, Verified } from '../engine/engine.ts'
import { digitsTyped } from '../rows/typed-digits.ts'
import { phrase, type ViewContext } from './context.ts'
import { button, type Child, el, fill, on } from './dom.ts'
import { givenByInput } from './drop.ts'
import { matchText } from './file-view.ts'
import { field, given, part } from './parts.ts'
import type { Item, PageState } from './state.ts'

/** A number from a letter or certificate, compared by the machine: nobody compares 64 digits by eye. */
export function comparePart(
  context: ViewContext,
  state: PageState,
  item: Item,
  actions: { give(given: Given): void; look(file: FileId): void },
): HTMLElement {
  const { speaker, engine } = context
  const { result } = item
  if (result === null) throw new TypeError('a comparison needs a result')
  const input = el('input', {
    type: 'text',
    class: 'typed whole',
    value: item.typed,
    autocomplete: 'off',
    spellcheck: 'false',
  })
  const answer = el('p', { class: 'note', role: 'status', hidden: true })
  const compare = () => {
    item.typed = input.value
    const typed = digitsTyped(input.value)
    const certificate = certificateTyped(typed, item.certificates)
    if (certificate !== null) {
      fill(answer, certificateSaid(context, certificate))
      answer.hidden = false
      return
    }
    engine.compareTyped(typed, result).then(
      (match) => {
        fill(answer, sayMatch(context, match))
        answer.hidden = false
      },
      () => undefined,
    )
  }
  const form = el(
    'form',
    {},
    field(speaker.say('compareLabel'), input),
    el('div', { class: 'buttons' }, el('button', { type: 'submit' }, speaker.say('compareButton'))),
  )
  on(form, 'submit', (event) => {
    event.preventDefault()
    compare()
  })
  return part(
    speaker.say('compareHeading'),
    { class: 'no-print' },
    el('p', { class: 'measure' }, speaker.say('compareLead')),
    form,
    answer,
    result.inventory.size === 0 ? null : fileToFind(context, state, item, result, actions),
  )
}

function fileToFind(
  context: ViewContext,
  state: PageState,
  item: Item,
  result: Verified,
  actions: { give(given: Given): void; look(file: FileId): void },
): Child {
  const { speaker, engine } = context
  const input = el('input', { type: 'file', hidden: true, 'aria-label': speaker.say('compareFileButton') })
  on(input, 'change', () => {
    if ((input.files?.length ?? 0) > 0) actions.give(givenByInput(input))
  })
  void result
  // Nobody looks for a key in a bundle.
  const given_ = [
    ...engine.intake.others.filter(({ looksLike }) => looksLike !== 'key'),
    ...engine.intake.beside.filter(({ kind }) => kind !== 'identity'),
  ]
  return [
    el('h3', {}, speaker.say('compareFile')),
    el(
      'div',
      { class: 'buttons' },
      button(speaker.say('compareFileButton'), () => input.click(), { id: 'find-file' }),
      input,
    ),
    given_.map(({ file, name }) => {
      const match = state.matches.get(file)
      return el(
        'div',
        {},
        match === undefined
          ? button(name, () => actions.look(file), { class: 'plain' })
          : [el('p', {}, given(name)), matchText(context, match, item.subject.name)],
      )
    }),
  ]
}

/** A number of a certificate that was made here, whole or from its beginning. */
function certificateTyped(
  typed: string,
  certificates: readonly string[],
): { readonly digits: number; readonly whole: boolean } | null {
  const digits = typed.replace(/[\s-]/g, '').toLowerCase()
  if (digits.length < LEAST_DIGITS) return null
  const found = certificates.find((number) => number.startsWith(digits))
  return found === undefined ? null : { digits: digits.length, whole: found.length === digits.length }
}

/** 64 bits: nobody finds a second number that begins the same by chance. */
const LEAST_DIGITS = 16

function certificateSaid(
  { speaker }: ViewContext,
  { digits, whole }: { readonly digits: number; readonly whole: boolean },
): Child {
  const what = speaker.say('numCertificate')
  return el(
    'strong',
    {},
    phrase(speaker, whole ? 'compareEqual' : 'comparePrefix', { digits: speaker.number(digits), what }),
  )
}

function sayMatch(context: ViewContext, match: TypedMatch): Child {
  const { speaker } = context
  const digits = 'digits' in match ? speaker.number(match.digits) : ''
  switch (match.state) {
    case 'equal': {
      const what = el(
        'span',
        {},
        ...match.is.flatMap((subject, index) => [
          index === 0 ? null : speaker.say('semicolon'),
          sayNumber(context, subject),
        ]),
      )
      return el('strong', {}, phrase(speaker, match.whole ? 'compareEqual' : 'comparePrefix', { digits, what }))
    }
    case 'different':
      return match.nearest === null
        ? speaker.say('compareUnknown')
        : phrase(speaker, 'compareDifferent', {
            what: el('span', {}, sayNumber(context, match.nearest)),
            group: String(match.wrongGroup),
            typed: el('code', {}, match.typed),
            expected: el('code', {}, match.expected),
          })
    case 'too-short':
      return phrase(speaker, 'compareShort', { digits, least: String(match.least) })
    default:
      return phrase(speaker, 'compareCharacter', { character: given(match.character, 'text') })
  }
}

const KEYS = {
  'bundle-id': 'numBundleId',
  content: 'numContent',
  inventory: 'numInventory',
  script: 'numScript',
  edition: 'numEdition',
  policy: 'numPolicy',
  'trust-set': 'numTrustSet',
  facts: 'numFacts',
  findings: 'numFindings',
  report: 'numReport',
  certificate: 'numCertificate',
  'certified-bundle': 'numCertifiedBundle',
  'certified-report': 'numCertifiedReport',
} as const

function sayNumber({ speaker }: ViewContext, subject: TypedSubject): Child {
  if (subject.what === 'seal-id') return phrase(speaker, 'numSealId', { name: given(subject.file) })
  if (subject.what === 'file') return phrase(speaker, 'numFile', { name: given(subject.path) })
  return speaker.say(KEYS[subject.what])
}
