import { LANGUAGES, type PageLanguage } from '../texts/texts.ts'
import { speakerOf, type ViewContext } from './context.ts'
import { button, type Child, el } from './dom.ts'
import { command, freshId, given, hash, namedFold, pairs, select } from './parts.ts'

export interface FrameActions {
  speak(language: PageLanguage): void
  startAgain(): void
}

/** Head, content and foot of every screen. */
export function frame(
  context: ViewContext,
  content: HTMLElement,
  isStart: boolean,
  actions: FrameActions,
): HTMLElement {
  const { speaker } = context
  return el(
    'div',
    { class: 'sheet' },
    el('a', { class: 'skip', href: '#top' }, speaker.say('skip')),
    head(context, isStart, actions),
    el('main', { id: 'content' }, content),
    foot(context, isStart),
  )
}

function head(context: ViewContext, isStart: boolean, actions: FrameActions): HTMLElement {
  const { speaker, engine } = context
  const id = freshId('language')
  const control = select(
    LANGUAGES.map((language) => ({ value: language, label: speakerOf(language).say('languageName') })),
    speaker.language,
    (value) => actions.speak(value as PageLanguage),
  )
  control.id = id
  for (const option of control.options) option.lang = option.value
  return el(
    'header',
    {},
    el(
      'div',
      { class: 'head' },
      el(
        'p',
        { class: 'name' },
        speaker.say('title'),
        el(
          'span',
          {},
          el('bdi', { dir: 'ltr' }, `probatum ${engine.about.version}`),
          ' · ',
          engine.about.edition === null ? speaker.say('plainEdition') : [given(engine.about.edition.name, 'text')],
        ),
      ),
      el(
        'div',
        { class: 'buttons no-print', id: 'head-tools' },
        isStart ? null : button(speaker.say('startAgain'), actions.startAgain, { id: 'start-again' }),
        el('span', {}, el('label', { for: id }, `${speaker.say('language')} `), control),
      ),
    ),
    reviewNote(context),
  )
}

/** A translation that nobody has read is said to be one; so is a catalogue that speaks English in its place. */
function reviewNote({ speaker, messages }: ViewContext): Child {
  if (speaker.language === 'en') return null
  return el(
    'p',
    { class: 'note small', id: 'not-reviewed' },
    speaker.say('notReviewed'),
    messages.language === speaker.language ? null : ` ${speaker.say('catalogueEnglish')}`,
  )
}

/** Which copy this is, what happens to files, and what it cannot do: on every screen, and printed with every result. */
function foot(context: ViewContext, isStart: boolean): HTMLElement {
  const { speaker, engine } = context
  const { about } = engine
  const file = fileName()
  return el(
    'footer',
    { class: 'foot' },
    isStart ? null : el('p', {}, speaker.say('offline')),
    namedFold(
      'which-copy',
      speaker.say('whichHeading'),
      el('p', { class: 'measure' }, speaker.say('whichLead')),
      pairs([
        [speaker.say('groundProgram'), el('bdi', { dir: 'ltr' }, `probatum ${about.version}`)],
        [speaker.say('whichScript'), [hash(about.scriptSha256), el('br'), el('code', {}, about.scriptHash)]],
        about.edition === null
          ? null
          : [speaker.say('whichEdition'), [given(about.edition.name, 'text'), el('br'), hash(about.edition.sha256)]],
      ]),
      el('p', { class: 'measure' }, speaker.say('whichHow')),
      command(context, `sha256sum ${file}`),
      command(context, `certutil -hashfile ${file} SHA256`),
      el('p', {}, speaker.say('whichHint')),
      command(context, `probatum page check ${file}`),
      el('p', { class: 'measure' }, speaker.say('whichTwo')),
    ),
    namedFold('privacy', speaker.say('privacyHeading'), el('p', { class: 'measure' }, speaker.say('privacyText'))),
    namedFold('limits', speaker.say('limitsHeading'), el('p', { class: 'measure' }, speaker.say('limitsText'))),
  )
}

/** The page's own file name, for commands to copy; a name that a shell would act on is not repeated. */
function fileName(): string {
  const name = decodeURIComponent(location.pathname.replace(/^.*\//, ''))
  return /^[\w.-]+\.html?$/.test(name) ? name : 'probatum.html'
}
