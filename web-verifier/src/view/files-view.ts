import { type FilePage, type FileRow, type FileStanding, STANDINGS, type Verified } from '../engine/engine.ts'
import { csvParts } from '../rows/csv.ts'
import type { TextKey } from '../texts/texts.ts'
import { phrase, type ViewContext } from './context.ts'
import { button, el, fill, on } from './dom.ts'
import { field, fileNameOf, given, hash, part, saveFile, wordSign } from './parts.ts'
import type { Sign } from './signs.ts'
import type { Item } from './state.ts'

/** Rows of one page of the list: drawn in a few milliseconds. */
const ROWS = 100
/** Rows asked for at once while the whole list is written into a file. */
const ROWS_SAVED = 2000
/** Typing is not answered letter by letter over a hundred thousand rows. */
const TYPING_PAUSE = 200

const WORDS = {
  mismatch: 'stateMismatch',
  missing: 'stateMissing',
  unlisted: 'stateUnlisted',
  unreadable: 'stateUnreadable',
  'not-compared': 'stateNotCompared',
  match: 'stateMatch',
  sealing: 'stateSealing',
} as const satisfies Readonly<Record<FileStanding, TextKey>>

const SIGNS = {
  mismatch: 'mismatch',
  missing: 'mismatch',
  unlisted: 'mismatch',
  unreadable: 'undecided',
  'not-compared': 'not-checked',
  match: 'match',
  sealing: 'not-checked',
} as const satisfies Readonly<Record<FileStanding, Sign>>

/** The list of files: problems first, filters with counts, a hundred rows at a time, searched away from this thread. */
export function filesPart(context: ViewContext, item: Item): HTMLElement {
  const { speaker, engine } = context
  const { result, files: query } = item
  if (result === null) throw new TypeError('a list of files needs a result')
  const table = engine.files(result)
  const body = el('div', {})
  const filters = el('div', { class: 'buttons', role: 'group', 'aria-label': speaker.say('filesFilter') })
  let asked = 0
  const draw = (isTold: boolean) => {
    const mine = ++asked
    const { standing, search, offset } = query
    table.page({ standing, search, offset, limit: ROWS }).then(
      (page) => {
        // A later question was asked meanwhile.
        if (mine !== asked) return
        fill(body, pageOf(context, page, offset, go))
        if (isTold) context.announce(rangeText(context, page, offset))
      },
      context.announce.bind(null, speaker.say('filesHeading')),
    )
  }
  const go = (offset: number) => {
    query.offset = offset
    draw(true)
  }
  const choose = (standing: FileStanding | null) => {
    query.standing = standing
    query.offset = 0
    for (const each of filters.querySelectorAll('button'))
      each.setAttribute('aria-pressed', String(each.dataset.standing === (standing ?? '')))
    draw(true)
  }
  table.counts().then(
    (counts) => {
      const all = STANDINGS.reduce((sum, standing) => sum + counts[standing], 0)
      const filter = (standing: FileStanding | null, label: string, count: number) =>
        button(`${label} ${speaker.number(count)}`, () => choose(standing), {
          'aria-pressed': String(query.standing === standing),
          'data-standing': standing ?? '',
        })
      fill(
        filters,
        filter(null, speaker.say('filesAll'), all),
        STANDINGS.filter((standing) => counts[standing] > 0).map((standing) =>
          filter(standing, speaker.say(WORDS[standing]), counts[standing]),
        ),
      )
    },
    context.announce.bind(null, speaker.say('filesHeading')),
  )
  const search = el('input', {
    type: 'search',
    value: query.search,
    spellcheck: 'false',
    autocomplete: 'off',
    dir: 'auto',
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  on(search, 'input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      query.search = search.value
      query.offset = 0
      draw(true)
    }, TYPING_PAUSE)
  })
  draw(false)
  const saved = el('div', { class: 'no-print', role: 'status' })
  return part(
    speaker.say('filesHeading'),
    {},
    el('p', {}, speaker.say('filesLead'), ' ', el('span', { class: 'quiet' }, speaker.say('controlNote'))),
    el('div', { class: 'no-print' }, filters, field(speaker.say('filesSearch'), search)),
    body,
    el(
      'p',
      { class: 'print-only small' },
      phrase(speaker, 'printFiles', { digest: hash(result.report.body.inventory.sha256) }),
    ),
    el(
      'div',
      { class: 'buttons no-print' },
      button(speaker.say('saveCsv'), () => saveCsv(context, result, saved), { id: 'save-csv' }),
      button(speaker.say('saveInventory'), () => {
        saveFile(context, fileNameOf(result.report.envelope.container.name, '.inventory.jsonl'), result.inventory)
      }),
    ),
    saved,
  )
}

function rangeText({ speaker }: ViewContext, { rows, total }: FilePage, offset: number): string {
  if (rows.length === 0) return speaker.say('rowsNone')
  return speaker.say('rowsShown', {
    from: speaker.number(offset + 1),
    to: speaker.number(offset + rows.length),
    total: speaker.number(total),
  })
}

function pageOf(context: ViewContext, page: FilePage, offset: number, go: (offset: number) => void): HTMLElement {
  const { speaker } = context
  const { rows, total } = page
  const range = el('span', {}, rangeText(context, page, offset))
  if (rows.length === 0) return el('p', {}, range)
  return el(
    'div',
    {},
    el(
      'table',
      { class: 'files' },
      el('caption', { class: 'aside' }, speaker.say('filesCaption')),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          (['colState', 'colPath', 'colSize', 'colDigest'] as const).map((key) =>
            el('th', { scope: 'col', class: key === 'colSize' ? 'number' : undefined }, speaker.say(key)),
          ),
        ),
      ),
      el(
        'tbody',
        {},
        rows.map((row) => rowOf(context, row)),
      ),
    ),
    el(
      'div',
      { class: 'pager' },
      button(speaker.say('previous'), () => go(Math.max(0, offset - ROWS)), { disabled: offset === 0 }),
      range,
      button(speaker.say('next'), () => go(offset + ROWS), { disabled: offset + rows.length >= total }),
    ),
  )
}

function rowOf({ speaker }: ViewContext, { line, standing, name }: FileRow): HTMLElement {
  const [digest] = digestOf(line)
  return el(
    'tr',
    {},
    el('td', {}, wordSign(SIGNS[standing], speaker.say(WORDS[standing]), 18)),
    el(
      'td',
      {},
      given(line.path),
      name === undefined
        ? null
        : el('div', { class: 'small' }, `${speaker.say('originalName')}${speaker.say('colon')}`, given(name, 'text')),
    ),
    el('td', { class: 'number' }, line.size === null ? '\u2013' : speaker.number(line.size)),
    el('td', {}, digest === '' ? '\u2013' : el('span', { class: 'hash', dir: 'ltr' }, digest)),
  )
}

const SHOWN = ['sha256', 'sha512', 'sha384', 'sha3-256', 'sha224', 'sha1', 'md5'] as const

function digestOf({ digests }: FileRow['line']): readonly [digest: string, algorithm: string] {
  for (const algorithm of SHOWN) {
    const digest = digests[algorithm]
    if (digest !== undefined) return [digest, algorithm]
  }
  return ['', '']
}

async function saveCsv(context: ViewContext, result: Verified, place: HTMLElement): Promise<void> {
  const { speaker, engine } = context
  const tell = (key: 'saving' | 'savingFailed') => fill(place, el('p', { class: 'note' }, speaker.say(key)))
  const table = engine.files(result)
  const pieces: string[] = []
  const head = (['colPath', 'colState', 'colState', 'colSize', 'colDigest', 'colDigest'] as const).map((key) =>
    speaker.say(key),
  )
  const hasNames = result.choice.names && result.opened !== null
  const said = (standing: FileStanding) => speaker.say(WORDS[standing])
  tell('saving')
  try {
    for (let offset = 0; ; offset += ROWS_SAVED) {
      const { rows, total } = await table.page({ standing: null, search: '', offset, limit: ROWS_SAVED })
      for (const piece of csvParts(
        rows.map(({ line, standing, name }) => [
          line.path,
          said(standing),
          standing,
          line.size === null ? '' : String(line.size),
          ...digestOf(line).toReversed(),
          ...(hasNames ? [name ?? ''] : []),
        ]),
        offset === 0 ? [...head, ...(hasNames ? [speaker.say('originalName')] : [])] : null,
      ))
        pieces.push(piece)
      if (offset + rows.length >= total || rows.length === 0) break
    }
    saveFile(
      context,
      fileNameOf(result.report.envelope.container.name, '.files.csv'),
      new Blob(pieces, { type: 'text/csv;charset=utf-8' }),
    )
    fill(place)
  } catch {
    tell('savingFailed')
  }
}
