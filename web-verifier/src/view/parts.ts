import { escapeForDisplay } from '@probatum/words'
import { localTime, sayTime } from '../rows/timeline.ts'
import type { TextKey } from '../texts/texts.ts'
import type { ViewContext } from './context.ts'
import { phrase } from './context.ts'
import { button, type Child, el } from './dom.ts'
import { type Sign, sign } from './signs.ts'

let ids = 0
/** An id that no other element of the page has. */
export function freshId(stem: string): string {
  ids += 1
  return `${stem}-${ids}`
}

/** A part of the page with a heading by which it can be found. */
export function part(
  heading: Child,
  attributes: { class?: string; id?: string | undefined; level?: 2 | 3 },
  ...children: readonly Child[]
): HTMLElement {
  const id = freshId('part')
  const title = el(attributes.level === 3 ? 'h3' : 'h2', { id }, heading)
  return el('section', { class: attributes.class, id: attributes.id, 'aria-labelledby': id }, title, ...children)
}

/** A name or text that came with the evidence: one line, left to right, hidden characters shown. */
export function given(text: string, style: 'path' | 'text' = 'path'): HTMLElement {
  return style === 'path'
    ? el('bdi', { class: 'path', dir: 'ltr' }, escapeForDisplay(text))
    : el('bdi', {}, escapeForDisplay(text))
}

/** A digest in groups of four that are seen and not copied. */
export function hash(digest: string): HTMLElement {
  const groups = /^[0-9a-f]+$/.test(digest) ? (digest.match(/.{1,4}/g) ?? []) : [digest]
  return el('span', { class: 'hash', dir: 'ltr' }, ...groups.map((group) => el('span', {}, group)))
}

export function wordSign(kind: Sign, word: string, size = 20): HTMLElement {
  return el('span', { class: `word-sign tone-${kind}` }, sign(kind, size), el('span', {}, word))
}

/** Names and values in two columns. */
export function pairs(rows: readonly (readonly [Child, Child] | null)[]): HTMLElement {
  return el(
    'dl',
    { class: 'pairs' },
    rows.map((row) => (row === null ? null : [el('dt', {}, row[0]), el('dd', {}, row[1])])),
  )
}

/** Something long that is opened when it is wanted; printed in any case. */
export function fold(summary: Child, open: boolean, ...children: readonly Child[]): HTMLDetailsElement {
  return el('details', { open }, el('summary', {}, summary), el('div', { class: 'inside' }, ...children))
}

/** The same with a name, by which it stays open when the screen is drawn anew. */
export function namedFold(id: string, summary: Child, ...children: readonly Child[]): HTMLDetailsElement {
  const details = fold(summary, false, ...children)
  details.id = id
  return details
}

/** A moment in UTC, and below it the same by this computer's zone. */
export function moment(context: ViewContext, time: string): Child[] {
  const { speaker } = context
  const words = { months: speaker.rules.months, pattern: speaker.rules.datePattern }
  const local = localTime(time, (at) => -new Date(at).getTimezoneOffset())
  return [
    el('time', { datetime: time, class: 'stamp' }, `${sayTime(time, words)} UTC`),
    local === null
      ? null
      : el(
          'span',
          { class: 'small quiet local' },
          ' ',
          phrase(speaker, 'localClock', { time: sayTime(local.time, words), zone: local.zone }),
        ),
  ]
}

/** A day or moment in one line, UTC. */
export function day(context: ViewContext, time: string): HTMLElement {
  const { rules } = context.speaker
  const full = /^\d{4}-\d{2}-\d{2}$/.test(time) ? `${time}T00:00:00Z` : time
  const pattern = rules.datePattern.replace(/[,،၊]?\s*\{time\}/, '')
  return el('time', { datetime: time }, sayTime(full, { months: rules.months, pattern }))
}

/** Puts a text into the clipboard, and says whether that worked. */
export function copyButton(context: ViewContext, text: string, what: Child = null): HTMLButtonElement {
  const { speaker } = context
  const press = () => {
    const done = () => context.show(speaker.say('copied'))
    const failed = () => context.show(speaker.say('copyFailed'), true)
    // Absent where the page is served over plain http.
    if (navigator.clipboard === undefined) failed()
    else navigator.clipboard.writeText(text).then(done, failed)
  }
  return button([speaker.say('copy'), what === null ? null : el('span', { class: 'aside' }, ' ', what)], press, {
    class: 'no-print',
  })
}

/** A command to type, in one piece, with a button to copy it. */
export function command(context: ViewContext, text: string): HTMLElement {
  return el(
    'div',
    { class: 'code-row' },
    el('code', { class: 'code' }, words(text)),
    copyButton(context, text, el('bdi', { dir: 'ltr' }, text.split(' ', 2).join(' '))),
  )
}

/** So that a line ends between words: one that ends after a hyphen would be typed with a space there. */
function words(text: string): Child[] {
  return text.split(/(\s+)/).map((piece) => (/\S/.test(piece) ? el('span', { class: 'word' }, piece) : piece))
}

/** A labelled control with its hint. */
export function field(label: string, control: HTMLElement, hint?: Child, id = freshId('field')): HTMLElement {
  control.id = id
  const hintId = `${id}-hint`
  if (hint !== undefined) control.setAttribute('aria-describedby', hintId)
  return el(
    'div',
    { class: 'field' },
    el('label', { for: id }, label),
    hint === undefined ? null : el('p', { class: 'hint', id: hintId }, hint),
    control,
  )
}

export function tick(
  label: Child,
  checked: boolean,
  change: (checked: boolean) => void,
  id = freshId('tick'),
): HTMLElement {
  const box = el('input', { type: 'checkbox', id, checked })
  box.addEventListener('change', () => change(box.checked))
  return el('div', { class: 'field tick' }, box, el('label', { for: id }, label))
}

/** A list to choose one of. `lang` where an option is a name in another language than the page's. */
export function select(
  options: readonly { readonly value: string; readonly label: string; readonly lang?: string | undefined }[],
  chosen: string,
  change: (value: string) => void,
): HTMLSelectElement {
  const control = el(
    'select',
    {},
    options.map(({ value, label, lang }) => el('option', { value, lang, selected: value === chosen }, label)),
  )
  control.addEventListener('change', () => change(control.value))
  return control
}

/** Hands a file to the browser to be saved. Its name is made by the page, never taken from the evidence as it is. */
export function saveFile(context: ViewContext, name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const link = el('a', { href: address, download: name })
  document.body.append(link)
  link.click()
  link.remove()
  // The browser reads the blob after the click returns.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  context.show(context.speaker.say('saved', { name }))
}

/** A file name that no system gives a meaning to. */
export function fileNameOf(stem: string, ending: string): string {
  const plain = stem
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80)
  return `${plain === '' ? 'bundle' : plain}${ending}`
}

/** A key of the page's texts made from a stem and a code, where one exists. */
export function keyed<Key extends TextKey>(
  stem: string,
  code: string,
  known: Readonly<Record<string, unknown>>,
): Key | undefined {
  const key = `${stem}${code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`
  return Object.hasOwn(known, key) ? (key as Key) : undefined
}
