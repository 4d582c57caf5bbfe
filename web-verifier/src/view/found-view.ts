import { escapeForDisplay } from '@probatum/words'
import type { Beside, FileId, OtherFile, Subject } from '../engine/engine.ts'
import type { TextKey } from '../texts/texts.ts'
import { choicePanel } from './choice-view.ts'
import { phrase, told, type ViewContext } from './context.ts'
import { button, type Child, el, on } from './dom.ts'
import { failureText } from './failure-view.ts'
import { dropZone, type IntakeActions } from './intake-view.ts'
import { longList } from './long-list.ts'
import { copyButton, field, fold, freshId, given, hash, pairs, part, select, tick } from './parts.ts'
import { isBeside, overOf, type PageState } from './state.ts'

export interface FoundActions extends IntakeActions {
  check(): void
  digest(file: FileId): void
  look(file: FileId): void
  unlock(file: FileId, passphrase: string): void
  redraw(): void
  back(): void
}

/** What was recognised in what was handed over, how it shall be checked, and what could not be recognised. */
export function foundScreen(context: ViewContext, state: PageState, actions: FoundActions): HTMLElement {
  const { speaker, engine } = context
  const { subjects, beside, others, notRead } = engine.intake
  const unopened = others.filter(({ looksLike }) => UNOPENED.has(looksLike))
  const used = new Set(subjects.flatMap((subject) => usedBy(state, subject)))
  const unknown = others.filter(({ looksLike, file }) => !UNOPENED.has(looksLike) && !used.has(file))
  const missing = subjects.flatMap((subject) => missingChoice(state, subject) ?? [])
  const alone = subjects.filter((subject) => !isBeside(state, subject))
  const toCheck = alone.filter(({ kind }) => kind !== 'report')
  return el(
    'div',
    {},
    el(
      'h1',
      { tabindex: '-1', id: 'top' },
      speaker.say(subjects.length > 0 || beside.length > 0 ? 'foundHeading' : 'foundNothing'),
    ),
    subjects.length === 0 && beside.length === 0 ? el('p', {}, speaker.say('foundNothingLead')) : null,
    subjects.length === 0
      ? null
      : longList(context, state, 'subjects', subjects, (shown) =>
          el(
            'ul',
            { class: 'subjects' },
            shown.map((subject) => el('li', {}, subjectLine(context, state, subject, actions))),
          ),
        ),
    beside.length === 0 ? null : besideList(context, state, beside, actions),
    toCheck.length === 0
      ? null
      : part(
          speaker.say('choiceHeading'),
          {},
          choicePanel(context, state, { give: actions.give, redraw: actions.redraw }, isSampleOnly(subjects)),
          [...new Set(missing)].map((key) => el('p', { class: 'note' }, speaker.say(key))),
        ),
    subjects.length === 0
      ? null
      : el(
          'div',
          { class: 'buttons' },
          button(checkLabel(context, alone.length, toCheck.length), actions.check, {
            class: 'first-choice',
            disabled: missing.length > 0,
            id: 'check',
          }),
        ),
    unopened.length === 0 ? null : unopenedList(context, state, unopened),
    unknown.length === 0 ? null : othersList(context, state, unknown, actions),
    notRead.length === 0
      ? null
      : part(
          speaker.say('notReadHeading'),
          {},
          longList(context, state, 'not-read', notRead, (shown) =>
            el(
              'ul',
              {},
              shown.map(({ path, reason }) =>
                el('li', {}, given(path), ': ', told(context, context.messages.faults[reason].say)),
              ),
            ),
          ),
        ),
    state.items.some(({ result }) => result !== null)
      ? el('div', { class: 'buttons' }, button(speaker.say('backToList'), actions.back, { id: 'back' }))
      : null,
    part(speaker.say('startHeading'), { class: 'no-print' }, dropZone(context, actions)),
  )
}

export function isSampleOnly(subjects: readonly Subject[]): boolean {
  return subjects.length > 0 && subjects.every((subject) => subject.kind === 'bundle' && subject.sample)
}

function checkLabel({ speaker }: ViewContext, all: number, toCheck: number): string {
  if (toCheck === 0) return speaker.say('showReport')
  return all === 1 ? speaker.say('checkNow') : speaker.count('checkNowMany', all)
}

/** What a person has to choose before anything can be said of it. */
function missingChoice(state: PageState, subject: Subject): TextKey | null {
  if (subject.kind === 'timestamp' || subject.kind === 'signature')
    return overOf(state, subject) === null ? 'chooseOver' : null
  if (subject.kind !== 'evidence-record' || isBeside(state, subject) || dataOf(state, subject).length > 0) return null
  return subject.bundles.length === 0 ? 'chooseData' : 'chooseRecordBundle'
}

function dataOf(state: PageState, subject: Extract<Subject, { kind: 'evidence-record' }>): readonly FileId[] {
  return state.choice.data.get(subject.id) ?? subject.data
}

const KINDS = {
  bundle: 'kindBundle',
  timestamp: 'kindTimestamp',
  signature: 'kindSignature',
  certificate: 'kindCertificate',
  'evidence-record': 'kindEvidenceRecord',
  facts: 'kindFacts',
  report: 'kindReport',
  document: 'kindDocument',
} as const satisfies Readonly<Record<Subject['kind'], TextKey>>

const CONTAINERS = { directory: 'containerDirectory', zip: 'containerZip', tar: 'containerTar' } as const

function subjectLine(context: ViewContext, state: PageState, subject: Subject, actions: FoundActions): Child[] {
  const { speaker } = context
  const head: Child[] = [speaker.say(KINDS[subject.kind]), speaker.say('colon'), el('strong', {}, given(subject.name))]
  if (subject.kind === 'bundle') {
    const facts = [
      speaker.say(CONTAINERS[subject.container]),
      speaker.count('nFiles', subject.files),
      ...(subject.bytes === null ? [] : [speaker.count('nBytes', subject.bytes)]),
      ...(subject.encryption === undefined ? [] : [speaker.say('openedWithKey')]),
    ]
    const inside =
      subject.inside === null
        ? null
        : [speaker.say('comma'), phrase(speaker, 'insideZip', { name: given(subject.inside) })]
    return [...head, ' ', el('span', { class: 'quiet' }, `(${facts.join(speaker.say('comma'))}`, inside, ')')]
  }
  if (subject.kind === 'certificate') {
    const roles = [
      { value: 'signer', label: speaker.say('roleSigner') },
      { value: 'time-stamp-authority', label: speaker.say('roleTsa') },
    ]
    const chosen = state.choice.role.get(subject.id) ?? 'signer'
    const control = select(roles, chosen, (value) =>
      state.choice.role.set(subject.id, value as 'signer' | 'time-stamp-authority'),
    )
    return [...head, el('p', {}, given(subject.subject, 'text')), field(speaker.say('roleOf'), control)]
  }
  if (subject.kind === 'facts') return head
  if (subject.kind === 'report') return [...head, ' ', el('span', { class: 'quiet' }, `(${speaker.say('toldBanner')})`)]
  if (subject.kind === 'evidence-record') {
    const ticks = isBeside(state, subject) ? null : dataTicks(context, state, subject, actions)
    if (subject.bundles.length === 0) return [...head, ticks]
    const options = bundleOptions(context, subject.bundles, speaker.say('recordNoBundle'))
    const control = select(options, overOf(state, subject) ?? '', (value) => {
      state.choice.over.set(subject.id, value)
      actions.redraw()
    })
    control.id = `beside-${subject.id}`
    return [...head, field(speaker.say('recordBundle'), control), ticks]
  }
  if (subject.kind === 'document') {
    const options = bundleOptions(context, subject.candidates, speaker.say('overNoBundle'))
    const control = select(options, overOf(state, subject) ?? '', (value) => state.choice.over.set(subject.id, value))
    return subject.candidates.length === 0 ? head : [...head, field(speaker.say('overBundle'), control)]
  }
  const names = namesOf(context)
  const options = [
    { value: '', label: speaker.say('overNone') },
    ...subject.candidates.map((file) => ({ value: file, label: names.get(file) ?? file })),
  ]
  const control = select(options, overOf(state, subject) ?? '', (value) => {
    if (value === '') state.choice.over.delete(subject.id)
    else state.choice.over.set(subject.id, value)
    actions.redraw()
  })
  return [...head, field(speaker.say('overFile'), control)]
}

function bundleOptions({ engine }: ViewContext, bundles: readonly string[], none: string) {
  const names = new Map(engine.intake.subjects.map(({ id, name }) => [id, name]))
  return [{ value: '', label: none }, ...bundles.map((id) => ({ value: id, label: names.get(id) ?? id }))]
}

/** The files that were given, to be ticked: an evidence record may be over many. */
function dataTicks(
  context: ViewContext,
  state: PageState,
  subject: Extract<Subject, { kind: 'evidence-record' }>,
  actions: FoundActions,
): HTMLElement {
  const { speaker } = context
  const names = namesOf(context)
  const listed = new Set(subject.data)
  const label = freshId('data')
  const tickOf = (file: FileId) =>
    tick(
      [given(names.get(file) ?? file), listed.has(file) ? ` – ${speaker.say('dataListed')}` : null],
      dataOf(state, subject).includes(file),
      (isTicked) => {
        const others = dataOf(state, subject).filter((one) => one !== file)
        state.choice.data.set(subject.id, isTicked ? [...others, file] : others)
        actions.redraw()
      },
      `${subject.id}-${file}`,
    )
  const ordered = [...subject.data, ...subject.candidates.filter((file) => !listed.has(file))]
  return el(
    'div',
    { role: 'group', 'aria-labelledby': label },
    el('p', { id: label }, speaker.say('dataFiles')),
    longList(context, state, `data-${subject.id}`, ordered, (shown) => shown.map(tickOf)),
  )
}

/** Files that a time-stamp, signature or record is judged with: whatever they are, nobody need recognise them. */
function usedBy(state: PageState, subject: Subject): readonly (FileId | null)[] {
  switch (subject.kind) {
    case 'evidence-record':
      return dataOf(state, subject)
    case 'timestamp':
      return [state.choice.over.get(subject.id) ?? subject.data]
    case 'signature':
      return [state.choice.over.get(subject.id) ?? subject.content]
    default:
      return []
  }
}

function namesOf({ engine }: ViewContext): ReadonlyMap<FileId, string> {
  const { others, beside, subjects } = engine.intake
  const named = [...others, ...beside, ...subjects].flatMap((each) =>
    'file' in each && each.file !== null ? [[each.file, each.name] as const] : [],
  )
  return new Map(named)
}

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

function besideList(
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

/** Encrypted files, and keys that cannot be used: neither is a file of another kind. */
const UNOPENED: ReadonlySet<string> = new Set(['encrypted', 'key'])

/** What keeps each of them closed, and what to do. */
function unopenedList(context: ViewContext, state: PageState, unopened: readonly OtherFile[]): HTMLElement {
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
function othersList(
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
        const ask = speaker.say('askSenderText', { name: escapeForDisplay(other.name), kind: other.looksLike })
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
          el('p', {}, looksLike(context, other.looksLike)),
          other.failure === null ? null : failureText(context, other.failure),
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
  return phrase(speaker, 'looksUnknown', { kind })
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
