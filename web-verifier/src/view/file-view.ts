import { escapeForDisplay } from '@probatum/words'
import type { Beside, FileId, OtherFile } from '../engine/engine.ts'
import type { TextKey } from '../texts/texts.ts'
import { phrase, type ViewContext } from './context.ts'
import { button, type Child, el, on } from './dom.ts'
import { failureText } from './failure-view.ts'
import type { FoundActions } from './found-view.ts'
import { longList } from './long-list.ts'
import { copyButton, field, fold, given, hash, pairs, part } from './parts.ts'
import type { PageState } from './state.ts'

const BESIDE = {
  'trust-set': 'besideTrustSet',
  policy: 'besidePolicy',
  crl: 'besideCrl',
  ocsp: 'besideOcsp',
  disclosures: 'besideDisclosures',
  notice: 'besideNotice',
  sidecar: 'besideSidecar',
  identity: 'besideIdentity',
  'locked-identity': 'besideLocked',
} as const satisfies Readonly<Record<Beside['kind'], TextKey>>

/** What was recognised besides what can be checked. */
export function besideList(
  context: ViewContext,
  state: PageState,
  beside: readonly Beside[],
  actions: FoundActions,
): HTMLElement {
  const { speaker } = context
  return part(
    speaker.say('besideHeading'),
    {},
    longList(context, state, 'beside', beside, (shown) =>
      el(
        'ul',
        {},
        shown.map((each) =>
          el(
            'li',
            {},
            speaker.say(BESIDE[each.kind]),
            speaker.say('colon'),
            given(each.name),
            // Of a key nothing is shown but that it is here.
            each.kind === 'identity'
              ? [' ', el('span', { class: 'quiet' }, `(${speaker.say('identityStays')})`)]
              : each.kind === 'locked-identity'
                ? unlockForm(context, state, each, actions)
                : fileTools(context, state, each.file, each.name, actions),
          ),
        ),
      ),
    ),
  )
}

/** A pass phrase for a key. What is typed goes to the engine, and into no state of the view. */
function unlockForm(
  { speaker }: ViewContext,
  state: PageState,
  { file, name }: Extract<Beside, { kind: 'locked-identity' }>,
  actions: FoundActions,
): HTMLElement {
  const id = `passphrase-${file}`
  const input = el('input', { type: 'password', class: 'typed', autocomplete: 'off', spellcheck: 'false' })
  const failure = state.locked.get(file)
  const answer = failure === undefined ? null : el('p', { class: 'note', id: `${id}-answer` }, speaker.say(failure))
  const box = field(
    speaker.say('passphrase', { name: escapeForDisplay(name) }),
    input,
    speaker.say('passphraseHint'),
    id,
  )
  const form = el(
    'form',
    {},
    box,
    answer,
    el('div', { class: 'buttons' }, el('button', { type: 'submit', id: `unlock-${file}` }, speaker.say('unlock'))),
  )
  on(form, 'submit', (event) => {
    event.preventDefault()
    const { value } = input
    input.value = ''
    if (value !== '') actions.unlock(file, value)
  })
  return form
}

/** What keeps each of them closed, and what to do. */
export function unopenedList(context: ViewContext, state: PageState, unopened: readonly OtherFile[]): HTMLElement {
  const { speaker } = context
  return part(
    speaker.say('unopenedHeading'),
    {},
    longList(context, state, 'unopened', unopened, (shown) =>
      shown.map(({ name, bytes, failure }) =>
        el(
          'article',
          { class: 'check tone-not-read' },
          el('h3', {}, given(name), ' ', el('span', { class: 'quiet small' }, `(${speaker.count('nBytes', bytes)})`)),
          failure === null ? null : failureText(context, failure),
        ),
      ),
    ),
  )
}

/** What a file of another kind is, what can be done, and a text for who sent it. */
export function othersList(
  context: ViewContext,
  state: PageState,
  others: readonly OtherFile[],
  actions: FoundActions,
): HTMLElement {
  const { speaker } = context
  return part(
    speaker.say('othersHeading'),
    {},
    longList(context, state, 'others', others, (shown) =>
      shown.map((other) => {
        const kind = kindName(context, other.looksLike)
        const ask = speaker.say('askSenderText', { name: escapeForDisplay(other.name), kind })
        return el(
          'article',
          { class: 'check tone-not-read' },
          el(
            'h3',
            {},
            given(other.name),
            ' ',
            el('span', { class: 'quiet small' }, `(${speaker.count('nBytes', other.bytes)})`),
          ),
          // What stands in the way of reading it as what it is says more than its kind.
          other.failure === null
            ? el('p', {}, looksLike(context, other.looksLike))
            : failureText(context, other.failure),
          fold(
            speaker.say('askSender'),
            false,
            el('div', { class: 'ask' }, el('blockquote', {}, ask), copyButton(context, ask, speaker.say('askSender'))),
          ),
          fileTools(context, state, other.file, other.name, actions),
        )
      }),
    ),
  )
}

function looksLike({ speaker }: ViewContext, kind: string): Child[] | string {
  if (/rar/i.test(kind)) return speaker.say('looksRar')
  if (/7z|7-zip/i.test(kind)) return speaker.say('looks7z')
  if (/gzip/i.test(kind)) return speaker.say('looksGzip')
  if (kind === 'zip' || kind === 'tar') return phrase(speaker, 'looksArchive', { kind: ARCHIVES[kind] })
  if (OFFICE.test(kind)) return speaker.say('looksOffice')
  if (kind === 'unknown') return speaker.say('looksUnknown')
  return phrase(speaker, 'looksOther', { kind })
}

const ARCHIVES = { zip: 'ZIP', tar: 'tar' } as const
/** `ole`: what Word, Excel and PowerPoint wrote until 2007. */
const OFFICE = /^(?:office|ole)$/

/** A kind inside a sentence. */
function kindName({ speaker }: ViewContext, kind: string): string {
  if (kind === 'zip' || kind === 'tar') return ARCHIVES[kind]
  if (OFFICE.test(kind)) return speaker.say('nameOffice')
  return kind === 'unknown' ? speaker.say('nameUnknown') : kind
}

/** Fingerprint of one file, and whether a checked bundle has it. */
function fileTools(
  context: ViewContext,
  state: PageState,
  file: FileId,
  name: string,
  actions: FoundActions,
): HTMLElement {
  const { speaker } = context
  const digests = state.digests.get(file)
  const match = state.matches.get(file)
  const done = state.items.find(({ result }) => result !== null)
  return el(
    'div',
    {},
    el(
      'div',
      { class: 'buttons no-print' },
      button(
        [speaker.say('fingerprint'), el('span', { class: 'aside' }, ' ', given(name))],
        () => actions.digest(file),
        {
          class: 'plain',
        },
      ),
      done === undefined
        ? null
        : button(
            [speaker.say('isItPart'), el('span', { class: 'aside' }, ' ', given(name))],
            () => actions.look(file),
            {
              class: 'plain',
            },
          ),
    ),
    digests === undefined
      ? null
      : pairs(
          Object.entries(digests.digests).map(([algorithm, value]) => [
            algorithm.toUpperCase().replace(/^SHA(\d)/, 'SHA-$1'),
            [hash(value), ' ', copyButton(context, value, el('bdi', { dir: 'ltr' }, algorithm))],
          ]),
        ),
    match === undefined || done === undefined ? null : matchText(context, match, done.subject.name),
  )
}

/** Whether a checked bundle has a file. */
export function matchText(
  context: ViewContext,
  match: { readonly rows: readonly { readonly path: string }[] } | null,
  bundle: string,
): HTMLElement {
  const { speaker } = context
  const [row] = match?.rows ?? []
  return el(
    'p',
    { class: 'note' },
    row === undefined
      ? phrase(speaker, 'isPartNo', { bundle: given(bundle) })
      : phrase(speaker, 'isPartYes', { bundle: given(bundle), path: given(row.path) }),
  )
}
