import type { Exception, Finding, FindingValue, Report } from '@probatum/core'
import {
  doesNotShowOf,
  problemsTold,
  questionOf,
  sayException,
  sayFinding,
  sayMissing,
  sayRenamedTogether,
  stockCommandOf,
  type Telling,
  tellingOf,
} from '@probatum/words'
import { findingWord, signOf, VALUE_WORDS } from '../rows/answer-tones.ts'
import { candidatesOf, checksByAxis, VALUES } from '../rows/checks.ts'
import type { TextKey } from '../texts/texts.ts'
import { phrase, told, type ViewContext } from './context.ts'
import { button, type Child, el } from './dom.ts'
import { command, copyButton, fold, given, hash, namedFold, part, wordSign } from './parts.ts'

const COUNT_WORDS = {
  PASSED: 'countPassed',
  FAILED: 'countFailed',
  INDETERMINATE: 'countOpen',
  'NOT-CHECKED': 'countNot',
  WITHHELD: 'countWithheld',
} as const satisfies Readonly<Record<FindingValue, TextKey>>

/** Objects drawn under one finding; the list of files and the report have all. */
const OBJECTS_SHOWN = 50

/** What a reader must see before everything else: each problem in full, with what is missing and whom to ask. */
export function problemsPart(context: ViewContext, report: Report): HTMLElement {
  const { speaker } = context
  const problems = problemsTold(report)
  const together = sayRenamedTogether(problems, context.messages)
  return part(
    speaker.say('problemsHeading'),
    {},
    together === null ? null : el('p', { class: 'note measure' }, told(context, together)),
    problems.length === 0
      ? el('p', {}, speaker.say('noProblems'))
      : problems.map((finding) => checkItem(context, finding, report, 'h3')),
  )
}

/** Every check, by axis. */
export function checksPart(context: ViewContext, report: Report): HTMLElement {
  const { speaker, messages } = context
  const list = el('div', {})
  for (const { axis, value, isRequired, findings, counts } of checksByAxis(report)) {
    const words = messages.axes[axis]
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const numbers = VALUES.flatMap((one) =>
      counts[one] === 0 ? [] : [speaker.say(COUNT_WORDS[one], { n: speaker.number(counts[one]) })],
    )
    list.append(
      namedFold(
        `axis-${axis}`,
        [
          el('h3', {}, told(context, words.title)),
          ' ',
          wordSign(
            !isRequired && value === 'INDETERMINATE' ? 'not-checked' : signOf(value),
            speaker.say(VALUE_WORDS[value]),
          ),
          el(
            'span',
            { class: 'axis-line' },
            ` – ${speaker.say(isRequired ? 'axisRequired' : 'axisNotRequired')}${speaker.say('semicolon')}${speaker.count('axisCount', total)}`,
            numbers.length === 0 ? null : `${speaker.say('colon')}${numbers.join(speaker.say('comma'))}`,
          ),
        ],
        el('p', { class: 'quiet' }, told(context, words.is)),
        findings.map((finding) => checkItem(context, finding, report)),
      ),
    )
  }
  const all = (open: boolean) => {
    for (const details of list.querySelectorAll('details')) details.open = open
  }
  return part(
    speaker.say('checksHeading'),
    {},
    el('p', { class: 'measure' }, speaker.say('checksLead')),
    el(
      'div',
      { class: 'buttons no-print' },
      button(speaker.say('showAll'), () => all(true), { id: 'show-all' }),
      button(speaker.say('hideAll'), () => all(false)),
    ),
    list,
  )
}

/** One check: its question, what it found, and everything that lets another person do it again. */
function checkItem(context: ViewContext, finding: Finding, report: Report, heading: 'h3' | 'h4' = 'h4'): HTMLElement {
  const { speaker, messages } = context
  const telling = tellingOf(report, finding)
  const { say, todo } = sayFinding(finding, messages, telling)
  const limit = doesNotShowOf(finding, messages, telling)
  const stock = stockCommandOf(finding, report)
  const candidates = candidatesOf(finding, report)
  const kind = signOf(finding.value)
  const { subIndication } = finding
  return el(
    'article',
    { class: `check tone-${kind}` },
    el(heading, {}, told(context, questionOf(finding, messages, telling))),
    el('p', {}, wordSign(kind, speaker.say(findingWord(finding))), '. ', told(context, say)),
    subIndication === undefined
      ? null
      : el(
          'p',
          { class: 'small' },
          el('bdi', { dir: 'ltr', lang: 'en' }, subIndication),
          speaker.say('colon'),
          told(context, messages.subIndications[subIndication]),
        ),
    objects(context, finding, telling),
    missing(context, finding, telling),
    todo === undefined
      ? null
      : el('p', {}, el('strong', {}, `${speaker.say('whatToDo')}${speaker.say('colon')}`), told(context, todo)),
    limit === undefined ? null : el('p', { class: 'quiet small' }, told(context, limit)),
    stock === undefined
      ? null
      : [el('p', { class: 'small quiet' }, `${speaker.say('byHand')}${speaker.say('colon')}`), command(context, stock)],
    el(
      'p',
      { class: 'small quiet' },
      codes(finding),
      ' · ',
      phrase(speaker, 'restsOn', {
        clause: el('bdi', { dir: 'ltr', lang: 'en' }, `${finding.spec.document} §${finding.spec.section}`),
      }),
    ),
    evidence(context, finding),
    candidates.length === 0
      ? null
      : fold(
          speaker.say('candidatePaths'),
          false,
          candidates.map((candidate) => checkItem(context, candidate, report)),
        ),
  )
}

function codes({ id, value, reason, subject }: Finding): HTMLElement {
  const at = [subject.name, ...(subject.at === undefined ? [] : [subject.at])].filter((text) => text !== '')
  // From left to right as a whole, as the command line prints it.
  return el(
    'bdi',
    { dir: 'ltr' },
    el('code', {}, `${value}${reason === undefined ? '' : `:${reason}`} ${id}`),
    at.map((text) => [' ', given(text)]),
  )
}

function evidence({ speaker }: ViewContext, finding: Finding): Child {
  const compared = finding.evidence.filter(({ expected, found }) => expected !== undefined || found !== undefined)
  if (compared.length === 0) return null
  return fold(
    speaker.say('evidence'),
    false,
    el(
      'ul',
      {},
      compared.map(({ name, expected, found }) =>
        el(
          'li',
          {},
          given(name, 'text'),
          ': ',
          expected === undefined
            ? null
            : [
                `${speaker.say('expected')} `,
                shownValue(expected),
                found === undefined ? null : speaker.say('semicolon'),
              ],
          found === undefined ? null : [`${speaker.say('found')} `, shownValue(found)],
        ),
      ),
    ),
  )
}

function shownValue(text: string): HTMLElement {
  return /^[0-9a-f]{32,}$/.test(text) ? hash(text) : given(text)
}

/** What is needed and not here, who may have it, and a text that can be sent as it stands. */
function missing(context: ViewContext, finding: Finding, telling: Telling): Child {
  const { speaker, messages } = context
  const names = [...new Set(finding.evidence.flatMap(({ missing: name }) => (name === undefined ? [] : [name])))]
  if (finding.value === 'PASSED' || names.length === 0) return null
  return names.map((name) => {
    const words = sayMissing(name, messages, telling)
    return el(
      'div',
      { class: 'ask' },
      el('p', {}, el('strong', {}, `${speaker.say('missingWhat')}${speaker.say('colon')}`), told(context, words.what)),
      el('p', {}, el('strong', {}, `${speaker.say('missingFrom')}${speaker.say('colon')}`), told(context, words.from)),
      el('p', {}, el('strong', {}, `${speaker.say('missingAsk')}${speaker.say('colon')}`)),
      el('blockquote', {}, told(context, words.ask)),
      copyButton(context, words.ask, speaker.say('missingAsk')),
    )
  })
}

function objects(context: ViewContext, finding: Finding, telling: Telling): Child {
  const { speaker } = context
  const exceptions = finding.exceptions ?? []
  if (exceptions.length === 0) return null
  const rest = Math.max(0, exceptions.length - OBJECTS_SHOWN) + (finding.exceptionsOmitted ?? 0)
  return el(
    'ul',
    {},
    exceptions
      .slice(0, OBJECTS_SHOWN)
      .map((exception) =>
        el(
          'li',
          { lang: context.messages.language, dir: context.messages.direction },
          objectLine(context, exception, telling),
        ),
      ),
    rest === 0 ? null : el('li', {}, speaker.count('objectsMore', rest)),
  )
}

function objectLine(context: ViewContext, exception: Exception, telling: Telling): Child[] {
  const { speaker, messages } = context
  const { path, expected, found } = exception
  const own = { lang: speaker.language, dir: speaker.rules.direction }
  return [
    given(path),
    exception.at === undefined ? null : [' ', given(exception.at, 'text')],
    ' ',
    told(context, sayException(exception, messages, telling)),
    expected === undefined
      ? null
      : el('div', { class: 'small', ...own }, `${speaker.say('expected')} `, shownValue(expected)),
    found === undefined ? null : el('div', { class: 'small', ...own }, `${speaker.say('found')} `, shownValue(found)),
  ]
}
