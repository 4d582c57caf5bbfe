import type { FileId, Subject } from '../engine/engine.ts'
import type { TextKey } from '../texts/texts.ts'
import { phrase, type ViewContext } from './context.ts'
import { type Child, el } from './dom.ts'
import type { FoundActions } from './found-view.ts'
import { longList } from './long-list.ts'
import { field, freshId, given, select, tick } from './parts.ts'
import { isBeside, overOf, type PageState } from './state.ts'

/** What a person has to choose before anything can be said of it. */
export function missingChoice(state: PageState, subject: Subject): TextKey | null {
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

/** What can be checked: what it is, and what is to be chosen for it. */
export function subjectLine(context: ViewContext, state: PageState, subject: Subject, actions: FoundActions): Child[] {
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
export function usedBy(state: PageState, subject: Subject): readonly (FileId | null)[] {
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
