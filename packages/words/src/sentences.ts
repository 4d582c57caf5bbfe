import type { Exception, Finding } from '@probatum/core'
import { ENGLISH } from './en/index.ts'
import { escapeInLine } from './escape-for-display.ts'
import { fillPlaces } from './language.ts'
import type { FindingWords, Messages, MissingWords, Said } from './messages.ts'

/** The program's own language: terminal output is in English. Other languages: `messagesOf`. */
export function messagesIn(): Messages {
  return ENGLISH
}

function said(words: string | Said): Said {
  return typeof words === 'string' ? { say: words } : words
}

/** The key of a finding's outcome, as the catalogue of checks lists it: `PASSED`, `FAILED:mismatch`. */
export function outcomeKey(finding: Pick<Finding, 'value' | 'reason'>): string {
  return finding.reason === undefined ? finding.value : `${finding.value}:${finding.reason}`
}

/** The words for one outcome of a check; undefined when nobody wrote any. */
export function wordsOfOutcome(id: Finding['id'], outcome: string, messages: Messages = ENGLISH): Said | undefined {
  const outcomes = entryOf<FindingWords>(messages.findings, id)?.outcomes ?? {}
  const words = entryOf(outcomes, outcome) ?? entryOf(messages.common, outcome)
  return words === undefined ? undefined : said(words)
}

/** Keys may come from a saved report: a name that every object has is no word. */
function entryOf<T>(words: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined
}

function fill(template: string, values: ReadonlyMap<string, string>): string {
  // A place without a value stays visible as what it is, rather than making a sentence that says something else.
  return template.replace(/\{([\w.-]+)\}/g, (whole, key: string) => values.get(key) ?? whole)
}

/** What the findings of a report are about: without a seal nothing is said to have been sealed. */
export interface Telling {
  readonly sealed: boolean
  /** A signature or a time-stamp without a bundle. */
  readonly alone?: boolean
  /** A certificate alone. */
  readonly certificate?: boolean
  /** Whether the first answer is an unreserved yes: only then are the files called unchanged beside what a notice says. */
  readonly unchanged?: boolean
}

/** Words about a seal and its bundle as words about what is judged alone. */
export function retold(
  text: string,
  { alone = false, certificate = false }: Pick<Telling, 'alone' | 'certificate'>,
  messages: Messages = ENGLISH,
): string {
  const pairs = [...(certificate ? messages.aboutCertificate : []), ...(alone ? messages.alone : [])]
  return pairs.reduce((told, [phrase, other]) => told.replaceAll(phrase, other), text)
}

/** The name for people in an RFC 4514 distinguished name; the whole name stands in the ground of the report. */
export function commonNameOf(name: string): string {
  const match = /(?:^|[,+])CN=((?:\\.|[^\\,+])*)/.exec(name)
  // RFC 4514 §2.4: these are escaped by a backslash; octets in hex stay as they are written.
  return match?.[1] === undefined || match[1] === '' ? name : match[1].replace(/\\([ "#+,;<=>\\])/g, '$1')
}

const SEALED: Telling = { sealed: true }

function sealedPlace({ sealed }: Telling, { answers }: Messages): readonly [string, string] {
  return ['sealed', sealed ? answers.sealed : answers.listed]
}

function placesOf(finding: Finding, telling: Telling, messages: Messages): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const [key, count] of Object.entries(finding.counts ?? {})) values.set(key, String(count))
  for (const evidence of finding.evidence) {
    for (const side of ['expected', 'found', 'missing'] as const) {
      const value = evidence[side]
      if (value === undefined) continue
      values.set(`${evidence.name}.${side}`, escapeInLine(value))
      if (!values.has(side)) values.set(side, escapeInLine(value))
    }
  }
  const ends = finding.id === 'renewal.due' ? finding.evidence.find(({ name }) => name === 'certificate') : undefined
  if (ends?.found !== undefined) values.set('certificate.found', escapeInLine(commonNameOf(ends.found)))
  values.set('name', finding.subject.name === '' ? messages.terms.theBundle : escapeInLine(finding.subject.name))
  values.set('at', escapeInLine(finding.subject.at ?? ''))
  values.set(...sealedPlace(telling, messages))
  const { filesUnchanged, filesApart } = messages.answers
  values.set('unchanged', telling.unchanged === true ? filesUnchanged : filesApart)
  return values
}

/** What a check asked, with the subject in it. */
export function questionOf(finding: Finding, messages: Messages = ENGLISH, telling = SEALED): string {
  // A report of another version may have checks that have no words here.
  const question = entryOf<FindingWords>(messages.findings, finding.id)?.question ?? `${finding.id}?`
  return fill(retold(question, telling, messages), placesOf(finding, telling, messages))
}

/** What even PASSED leaves open; undefined where nobody could think otherwise. */
export function doesNotShowOf(
  { id }: Pick<Finding, 'id'>,
  messages: Messages = ENGLISH,
  telling = SEALED,
): string | undefined {
  const words = entryOf<FindingWords>(messages.findings, id)?.doesNotShow
  return words === undefined ? undefined : retold(words, telling, messages)
}

/** What a check found, in one sentence, and what to do. Never says more than the value does. */
export function sayFinding(finding: Finding, messages: Messages = ENGLISH, telling = SEALED): Said {
  const exact = wordsOfOutcome(finding.id, outcomeKey(finding), messages)
  const words = exact ?? wordsOfOutcome(finding.id, finding.value, messages) ?? said(messages.values[finding.value])
  const values = placesOf(finding, telling, messages)
  // Without words of its own, the reason's code follows: an expert can look it up, and nothing is hidden.
  const code = exact === undefined && finding.reason !== undefined ? ` (${finding.reason})` : ''
  const tell = (text: string) => fill(retold(text, telling, messages), values)
  const say = tell(words.say) + code
  return words.todo === undefined ? { say } : { say, todo: tell(words.todo) }
}

/** `is different from what was sealed: only the line ends differ …`, to stand behind the object's path. */
export function sayException(exception: Exception, messages: Messages = ENGLISH, telling = SEALED): string {
  const known = entryOf(messages.exceptions, exception.reason) ?? `${exception.value}: ${exception.reason}`
  const what = fill(known, new Map([sealedPlace(telling, messages)]))
  const { diagnosis } = exception
  if (diagnosis === undefined) return what
  const places = new Map([
    ['at', String(diagnosis.at ?? '?')],
    ['path', diagnosis.path === undefined ? messages.terms.anotherFile : escapeInLine(diagnosis.path)],
  ])
  return `${what}: ${fill(entryOf(messages.diagnoses, diagnosis.id) ?? escapeInLine(diagnosis.id), places)}`
}

/** What is needed and not here, by the name that a finding's evidence gives it. */
export function sayMissing(name: string, messages: Messages = ENGLISH, telling = SEALED): MissingWords {
  const tell = (text: string) => retold(text, telling, messages)
  const known = entryOf(messages.missing, name)
  if (known !== undefined) return { what: tell(known.what), from: tell(known.from), ask: tell(known.ask) }
  return {
    what: escapeInLine(name),
    from: tell(messages.terms.issuerOfBundle),
    ask: fillPlaces(tell(messages.terms.lacking), { what: escapeInLine(name) }),
  }
}
