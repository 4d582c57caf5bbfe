import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { serializeReport } from '@probatum/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Judged, judgedBase } from '../../../tools/testing/judged.ts'
import { reportDocument } from './certificate/document.ts'
import { inventoryLines } from './certificate/inventory-lines.ts'
import type { DocumentBlock, ReadableDocument } from './document.ts'
import { ENGLISH } from './en/index.ts'
import { HTML_STYLE, HTML_STYLE_SHA256, renderHtml } from './render-html.ts'

const ROOT = join(import.meta.dirname, '../../..')
const GENERATOR = { generator: 'probatum 0' }

/** Names that would run, hide, break out or turn around what stands beside them. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<!--',
  '&lt;script&gt;',
  'javascript:alert(1)',
  'report\u202Egpj.exe',
  'zero\u200Bwidth',
  'line\nbreak',
  ' spaces ',
  '\u05D0\u05D1\u05D2 12',
  '',
]

const documentOf = (blocks: readonly DocumentBlock[], changed: Partial<ReadableDocument> = {}): ReadableDocument => ({
  title: 'Title',
  language: 'en',
  direction: 'ltr',
  header: [],
  footer: '',
  footerRuns: [],
  blocks,
  ...changed,
})

let judged: Judged
let html: string
let json: string
beforeAll(async () => {
  judged = await judgedBase(ROOT, 'sealed')
  json = Buffer.from(serializeReport(judged.report)).toString('utf8')
  const inventory = { [Symbol.iterator]: () => inventoryLines(judged.inventory) }
  html = renderHtml(reportDocument({ ...judged, inventory, names: null }, ENGLISH), { ...GENERATOR, json })
})

describe('a saved HTML report', () => {
  it('admits its own style and nothing else: no script, no address, nothing that is loaded', () => {
    expect(createHash('sha256').update(HTML_STYLE).digest('base64')).toBe(HTML_STYLE_SHA256)
    expect(html).toContain(
      `default-src 'none'; style-src 'sha256-${HTML_STYLE_SHA256}'; base-uri 'none'; form-action 'none'`,
    )
    expect(html.match(/<script[^>]*>/g)).toEqual(['<script type="application/json" id="probatum-report">'])
    expect(html).not.toMatch(/<(a|img|link|iframe|object|embed|form|input|base)\b/i)
    expect(html.replace(json.replaceAll('<', '\\u003c'), '')).not.toMatch(/\s(on\w+|src|href|style)=/i)
  })

  it('holds the report as JSON, byte for byte once `<` is itself again', () => {
    const held = /<script type="application\/json" id="probatum-report">(.*)<\/script>/.exec(html)?.[1]
    expect(held?.replaceAll('\\u003c', '<')).toBe(json)
  })

  it('has its headings in order, one of them the first', () => {
    const levels = [...html.matchAll(/<h(\d)>/g)].map(([, level]) => Number(level))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    expect(levels[0]).toBe(1)
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
  })

  it('says of every column and row of a table what it is about', () => {
    const tables = html.match(/<table>.*?<\/table>/gs) ?? []
    expect(tables.length).toBeGreaterThan(4)
    for (const table of tables) {
      expect(table).toMatch(/^<table><caption>[^<]+<\/caption><thead><tr>(<th scope="col">[^<]+<\/th>)+<\/tr><\/thead>/)
      for (const row of table.match(/<tr>(?!<th scope="col">).*?<\/tr>/gs) ?? [])
        expect(row).toMatch(/^<tr><th scope="row">/)
    }
  })

  it('closes every element that it opens', () => {
    const open: string[] = []
    const body = html.slice(html.indexOf('<html'))
    for (const [, slash = '', tag = ''] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (['meta', 'br'].includes(tag)) continue
      if (slash === '') open.push(tag)
      else expect(open.pop()).toBe(tag)
    }
    expect(open).toEqual([])
  })

  it('names language and direction, and the language of a stretch that is in another', () => {
    const document = documentOf([{ kind: 'paragraph', runs: [{ text: 'Form', lang: 'en' }] }], {
      language: 'ar',
      direction: 'rtl',
    })
    const page = renderHtml(document, GENERATOR)
    expect(page).toContain('<html lang="ar" dir="rtl">')
    expect(page).toContain('<span lang="en">Form</span>')
  })

  it('keeps the order of a date among letters that run from right to left', () => {
    const blocks: readonly DocumentBlock[] = [{ kind: 'paragraph', runs: [{ text: 'في 2026-03-14' }] }]
    const page = renderHtml(documentOf(blocks, { language: 'ar', direction: 'rtl' }), GENERATOR)
    expect(page).toContain('<p>في <bdi dir="ltr">2026-03-14</bdi></p>')
    expect(renderHtml(documentOf(blocks), GENERATOR)).toContain('<p>في 2026-03-14</p>')
  })
})

describe('hostile names on the page', () => {
  const blocks = (name: string): readonly DocumentBlock[] => [
    { kind: 'heading', level: 1, text: name },
    {
      kind: 'paragraph',
      runs: [{ text: name, style: 'name' }, { text: name }, { text: name, style: 'code' }],
      number: '1',
    },
    { kind: 'list', ordered: false, items: [[{ text: name, style: 'strong' }]] },
    { kind: 'facts', rows: [{ term: name, value: [{ text: name, style: 'name' }] }] },
    { kind: 'table', caption: name, columns: [{ header: name, width: 1 }], rows: [[[{ text: name, style: 'name' }]]] },
    { kind: 'answer', tone: 'match', question: `${name}?`, word: name, runs: [{ text: name }] },
    { kind: 'box', title: name, blocks: [{ kind: 'commands', lines: [name] }] },
    { kind: 'qr', text: name, alt: name, caption: name },
    { kind: 'form', fields: [{ label: name, lines: 1 }], ticks: [name] },
    { kind: 'paragraph', runs: [{ text: 'x', lang: name }] },
  ]
  /** What a browser would make of the page: tags with their attributes, and nothing of the texts. */
  const tags = (page: string) => page.match(/<[^>]*>/g) ?? []

  it.each(HOSTILE)('makes the same elements of %j as of a plain word', (name) => {
    const page = renderHtml(documentOf(blocks(name), { title: name, language: 'en' }), { generator: name, json: '{}' })
    const plain = renderHtml(documentOf(blocks('word'), { title: 'word', language: 'en' }), {
      generator: 'word',
      json: '{}',
    })
    const shape = (text: string) =>
      tags(text)
        // The second line that a name gets when it is not ASCII; a line end; the word itself in an attribute.
        .filter((tag) => !/^<(br|span class="ascii"|\/?span)/.test(tag))
        .map((tag) => tag.replace(/ (lang|content)="[^"]*"/g, ' $1'))
    expect(shape(page)).toEqual(shape(plain))
    expect(page).not.toContain('<script>')
  })

  it('shows what hides or turns around, set apart and left to right, with a second line in ASCII', () => {
    const page = renderHtml(
      documentOf([{ kind: 'paragraph', runs: [{ text: 'é\u202Egpj.exe', style: 'name' }] }]),
      GENERATOR,
    )
    expect(page).toContain(
      '<bdi class="name" dir="ltr">é\\u{202e}gpj.exe<span class="ascii">\\u{e9}\\u{202e}gpj.exe</span></bdi>',
    )
  })

  it('cannot end the block of JSON', () => {
    const page = renderHtml(documentOf([]), { ...GENERATOR, json: JSON.stringify({ a: '</script><script>alert(1)' }) })
    expect(page.match(/<\/script>/g)).toHaveLength(1)
  })
})
