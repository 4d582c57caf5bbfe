import type { FileId, Subject } from '../engine/engine.ts'
import { choicePanel } from './choice-view.ts'
import { told, type ViewContext } from './context.ts'
import { button, el } from './dom.ts'
import { besideList, othersList, unopenedList } from './file-view.ts'
import { dropZone, type IntakeActions } from './intake-view.ts'
import { longList } from './long-list.ts'
import { given, part } from './parts.ts'
import { isBeside, type PageState } from './state.ts'
import { missingChoice, subjectLine, usedBy } from './subject-view.ts'

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
  const isClosed = unopened.length > 0 && unopened.length === others.length
  const used = new Set(subjects.flatMap((subject) => usedBy(state, subject)))
  const unknown = others.filter(({ looksLike, file }) => !UNOPENED.has(looksLike) && !used.has(file))
  const alone = subjects.filter((subject) => !isBeside(state, subject))
  const open = alone.filter((subject) => missingChoice(state, subject) !== null)
  const ready = alone.filter((subject) => missingChoice(state, subject) === null)
  const missing = open.flatMap((subject) => missingChoice(state, subject) ?? [])
  const toCheck = alone.filter(({ kind }) => kind !== 'report')
  return el(
    'div',
    {},
    el(
      'h1',
      { tabindex: '-1', id: 'top' },
      speaker.say(
        subjects.length > 0 || beside.length > 0 ? 'foundHeading' : isClosed ? 'foundClosed' : 'foundNothing',
      ),
    ),
    subjects.length === 0 && beside.length === 0
      ? el('p', {}, speaker.say(isClosed ? 'foundClosedLead' : 'foundNothingLead'))
      : null,
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
          open.length === 0 || ready.length === 0 ? null : leftOut(context, open),
        ),
    subjects.length === 0
      ? null
      : el(
          'div',
          { class: 'buttons' },
          button(checkLabel(context, alone.length, ready.length, toCheck.length), actions.check, {
            class: 'first-choice',
            disabled: ready.length === 0,
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

/** Named before the button is pressed, and in the list afterwards: a check of some is none of all. */
function leftOut({ speaker }: ViewContext, open: readonly Subject[]): HTMLElement {
  const names = open
    .slice(0, LEFT_OUT_NAMED)
    .map(({ name }, index) => [index === 0 ? null : speaker.say('comma'), given(name)])
  return el(
    'p',
    { class: 'note' },
    speaker.say('leftOut'),
    speaker.say('colon'),
    names,
    open.length > LEFT_OUT_NAMED ? ' …' : null,
  )
}

const LEFT_OUT_NAMED = 5

function checkLabel({ speaker }: ViewContext, all: number, ready: number, toCheck: number): string {
  if (toCheck === 0) return speaker.say('showReport')
  if (ready > 0 && ready < all) return speaker.count('checkNowSome', ready)
  return all === 1 ? speaker.say('checkNow') : speaker.count('checkNowMany', all)
}

/** Encrypted files, and keys that cannot be used: neither is a file of another kind. */
const UNOPENED: ReadonlySet<string> = new Set(['encrypted', 'key'])
