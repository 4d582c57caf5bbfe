import type { DocumentBlock, ReadableDocument, TableCell, TextRun, Tone } from './document.ts'
import { escapeForDisplay, escapeToAscii } from './escape-for-display.ts'
import { isolatedParts } from './technical-parts.ts'

/** Shape and word tell the same as the tone. */
const MARKS: Readonly<Record<Tone, string>> = {
  match: '\u2713',
  mismatch: '\u2717',
  undecided: '\u25c7',
  'not-checked': '\u00b7',
}

/** The page's whole style. No colour says anything that no word says. */
export const HTML_STYLE = `
:root{color-scheme:light}
body{margin:0 auto;max-width:52rem;padding:1rem 1.5rem 4rem;background:#fff;color:#111;font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;margin:0 0 1rem}h2{font-size:1.25rem;margin:2.2rem 0 .6rem}h3,h4{font-size:1.05rem;margin:1.4rem 0 .4rem}
header,footer{color:#444;font-size:.85rem}footer{border-top:1px solid #999;margin-top:3rem;padding-top:.5rem}
p{margin:.4rem 0}ul,ol{margin:.4rem 0;padding-inline-start:1.4rem}
.n{color:#555;font-size:.8rem;margin-inline-end:.6rem}
code,.name{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86em;unicode-bidi:isolate;overflow-wrap:anywhere}
.ascii{display:block;color:#444}
pre{background:#f3f3f3;border:1px solid #ccc;margin:.4rem 0;padding:.5rem .7rem;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
.answer{border:2px solid #333;margin:.6rem 0;padding:.6rem .9rem;break-inside:avoid}
.answer h2,.answer .question{font-size:1rem;margin:0 0 .2rem}
.answer .word{font-size:1.2rem;font-weight:700;margin:0}
.mismatch{background:#e4e4e4;border-width:4px}.match{background:#f6f6f6}.undecided{border-style:dashed}.not-checked{border-style:dotted}
.box{border:1px solid #777;margin:.8rem 0;padding:.5rem .9rem;break-inside:avoid}
.box>.title{font-weight:700;margin:0}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:0 1rem;margin:.8rem 0}.columns .box{margin:.2rem 0}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.15rem 1rem;margin:.5rem 0}
dt{color:#444}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;margin:.6rem 0;width:100%;font-size:.86rem}
caption{text-align:start;font-weight:700;padding:.3rem 0}
th,td{border-bottom:1px solid #bbb;padding:.25rem .6rem .25rem 0;text-align:start;vertical-align:top;font-weight:400}
thead th{border-bottom:2px solid #555;font-weight:700}
.line{border-bottom:1px solid #555;height:1.8rem}
.tick{list-style:none;padding:0}
@media (max-width:36rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}table{font-size:.75rem}th,td{overflow-wrap:anywhere;padding-inline-end:.3rem}}
@media print{body{max-width:none;padding:0;font-size:10pt}thead{display:table-header-group}tr,dt,dd,h2,h3,h4{break-inside:avoid}h2,h3,h4,caption{break-after:avoid}a{color:inherit;text-decoration:none}.page-break{break-before:page}}
@page{margin:15mm 15mm 18mm}
`

/** SHA-256 of `HTML_STYLE`, base64: the page's policy admits this style, and nothing else. A test holds the two together. */
export const HTML_STYLE_SHA256 = 'OL3/cGeuTdMQe1FZIZLa9k4/lq7owO05+nr3S4O9VC0='

/** What an HTML file has beside the document. */
export interface HtmlOptions {
  /** Canonical JSON that stands in the page, for programs. */
  readonly json?: string
  /** Who reads the source of the page sees what made it: `probatum 0.1.0`. */
  readonly generator: string
}

/**
 * A document as one HTML file: no script, no address, nothing that is loaded. Everything that comes from outside is
 * escaped twice, for the eye (hidden and direction-changing characters) and for HTML.
 */
export function renderHtml(document: ReadableDocument, options: HtmlOptions): string {
  const page = new HtmlPage(document)
  const { json } = options
  return [
    '<!doctype html>',
    `<html lang="${attribute(document.language)}" dir="${document.direction}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${HTML_STYLE_SHA256}'; base-uri 'none'; form-action 'none'">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="${attribute(options.generator)}">`,
    `<title>${text(document.title)}</title>`,
    `<style>${HTML_STYLE}</style>`,
    '</head>',
    '<body>',
    `<header>${page.runs(document.header)}</header>`,
    '<main>',
    `<h1>${text(document.title)}</h1>`,
    ...document.blocks.map((block) => page.block(block)),
    '</main>',
    `<footer>${page.runs(document.footerRuns)}</footer>`,
    // A data block: browsers do not run it. `<` would end it.
    ...(json === undefined
      ? []
      : [`<script type="application/json" id="probatum-report">${json.replaceAll('<', '\\u003c')}</script>`]),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function text(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const attribute = text

class HtmlPage {
  readonly #document: ReadableDocument

  constructor(document: ReadableDocument) {
    this.#document = document
  }

  runs(runs: readonly TextRun[]): string {
    return runs.map((run) => this.#run(run)).join('')
  }

  #run({ text: value, style, lang }: TextRun): string {
    const language = lang === undefined || lang === this.#document.language ? '' : ` lang="${attribute(lang)}"`
    if (style === 'name') {
      const shown = escapeForDisplay(value)
      const ascii = escapeToAscii(value)
      const second = /^[ -~]*$/.test(value) || ascii === shown ? '' : `<span class="ascii">${text(ascii)}</span>`
      return `<bdi class="name" dir="ltr"${language}>${text(shown)}${second}</bdi>`
    }
    if (style === 'code') return `<code dir="ltr"${language}>${text(value)}</code>`
    const inner = this.#sentence(value)
    if (style === 'strong') return `<strong${language}>${inner}</strong>`
    return language === '' ? inner : `<span${language}>${inner}</span>`
  }

  /** Dates and the like keep their order among letters that run from right to left. */
  #sentence(value: string): string {
    if (this.#document.direction === 'ltr') return text(value).replaceAll('\n', '<br>')
    return isolatedParts(value)
      .map((part) => {
        const inner = text(part.text).replaceAll('\n', '<br>')
        return part.technical ? `<bdi dir="ltr">${inner}</bdi>` : inner
      })
      .join('')
  }

  block(block: DocumentBlock): string {
    switch (block.kind) {
      case 'heading':
        // The title stands above.
        return `<h${block.level + 1}>${this.runs(block.runs ?? [{ text: block.text }])}</h${block.level + 1}>`
      case 'paragraph': {
        const { number } = block
        const mark = number === undefined ? '' : `<span class="n">${text(number)}</span>`
        const id = number === undefined ? '' : ` id="p${attribute(number)}"`
        return `<p${id}>${mark}${this.runs(block.runs)}</p>`
      }
      case 'list': {
        const tag = block.ordered ? 'ol' : 'ul'
        return `<${tag}>${block.items.map((item) => `<li>${this.runs(item)}</li>`).join('')}</${tag}>`
      }
      case 'facts':
        return `<dl>${block.rows.map(({ term, value }) => `<dt>${this.#sentence(term)}</dt><dd>${this.runs(value)}</dd>`).join('')}</dl>`
      case 'table':
        return this.#table(block)
      case 'answer': {
        const question = block.question === '' ? '' : `<h2>${text(block.question)}</h2>`
        const word = `<p class="word"><span aria-hidden="true">${MARKS[block.tone]}</span> ${this.#sentence(block.word)}</p>`
        return `<section class="answer ${block.tone}">${question}${word}<p>${this.runs(block.runs)}</p></section>`
      }
      case 'box': {
        const inner = block.blocks.map((each) => this.block(each)).join('')
        return `<section class="box"><p class="title">${text(block.title)}</p>${inner}</section>`
      }
      case 'columns': {
        const column = ({ title, items }: (typeof block.columns)[number]) =>
          `<section class="box"><p class="title">${text(title)}</p>${this.block({ kind: 'list', ordered: false, items })}</section>`
        return `<div class="columns">${block.columns.map(column).join('')}</div>`
      }
      case 'page':
        return block.blocks.map((each) => this.block(each)).join('\n')
      case 'commands':
        return block.lines.map((line) => `<pre dir="ltr"><code>${text(escapeForDisplay(line))}</code></pre>`).join('')
      case 'qr':
        return `<p>${text(block.caption)}: <code dir="ltr">${text(block.text)}</code></p>`
      case 'form': {
        const lines = (count: number) => '<div class="line"></div>'.repeat(count)
        const fields = block.fields.map(({ label, lines: count }) => `<p>${text(label)}</p>${lines(count)}`).join('')
        const ticks = block.ticks.map((tick) => `<li>\u2610 ${text(tick)}</li>`).join('')
        return `${fields}${ticks === '' ? '' : `<ul class="tick">${ticks}</ul>`}`
      }
      case 'page-break':
        return '<div class="page-break"></div>'
    }
  }

  #table({ caption, columns, rows }: Extract<DocumentBlock, { kind: 'table' }>): string {
    const head = columns.map(({ header }) => `<th scope="col">${text(header)}</th>`).join('')
    const cell = (runs: TableCell, index: number) =>
      index === 0 ? `<th scope="row">${this.runs(runs)}</th>` : `<td>${this.runs(runs)}</td>`
    const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')
    return `<table><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`
  }
}
