import type { DocumentBlock, ReadableDocument, TableCell, TextRun } from '@probatum/words'
import { HOSTILE_NAMES } from './hostile-names.ts'

// Invented: no case, person or organisation stands behind any of it.

const hex = (seed: number, digits: number): string => {
  let state = seed >>> 0
  let text = ''
  while (text.length < digits) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    text += (state >>> 24).toString(16).padStart(2, '0')
  }
  return text.slice(0, digits)
}

/** A digest of the samples: 64 (or more) hexadecimal digits that are the same each time. */
export function sampleDigest(seed: number, digits = 64): string {
  return hex(seed, digits)
}

const code = (text: string): TextRun => ({ text, style: 'code' })
const name = (text: string): TextRun => ({ text, style: 'name' })

/** A row of an exhibit table: number, path, size, digest, result. */
function exhibitRow(index: number): readonly TableCell[] {
  const path = `data/photographs/2026-03/IMG_${String(index).padStart(5, '0')}.jpg`
  return [
    [{ text: String(index + 1) }],
    [name(path)],
    [{ text: String(1_000_000 + index * 37) }],
    [code(sampleDigest(index))],
    [{ text: 'matches' }],
  ]
}

export function exhibitTable(rows: number): DocumentBlock {
  return {
    kind: 'table',
    caption: `Exhibits (sample): ${rows} items`,
    columns: [
      { header: 'No.', width: 'fit' },
      { header: 'Path', width: 1 },
      { header: 'Bytes', width: 'fit' },
      { header: 'SHA-256', width: 'fit' },
      { header: 'Result', width: 'fit' },
    ],
    rows: Array.from({ length: rows }, (_, index) => exhibitRow(index)),
  }
}

/** Sentences in the scripts that the fonts cover: texts for looking at, each in its language. */
export const SENTENCES: readonly { readonly lang: string; readonly text: string }[] = [
  { lang: 'en', text: 'All files are identical to those listed in the manifest.' },
  { lang: 'fr', text: 'Les pièces sont identiques à celles du bordereau : « aucune différence ».' },
  { lang: 'es', text: 'Los archivos son idénticos a los del manifiesto; ¿qué falta? Nada.' },
  { lang: 'ru', text: 'Все файлы совпадают с перечисленными в описи (пример).' },
  { lang: 'uk', text: 'Усі файли збігаються з переліченими в описі; ґанок, їжак.' },
  { lang: 'el', text: 'Όλα τα αρχεία είναι ίδια με τον κατάλογο (δείγμα).' },
  { lang: 'ar', text: 'شهادة سلامة: الملفات مطابقة لما ورد في البيان (نموذج ١٢٣، 456).' },
  { lang: 'ar', text: 'السَّلامُ عَلَيْكُمْ — شَهَادَةٌ مُشَكَّلَةٌ' },
  { lang: 'my', text: 'ဖိုင်အားလုံးသည် စာရင်းတွင် ဖော်ပြထားသည့် ဖိုင်များနှင့် တူညီသည်။' },
  { lang: 'my', text: 'မြန်မာ အင်္ဂလိပ် ပစ္စည်း ကြွေး ဩဂုတ် သတ္တဝါ ဉာဏ်' },
  { lang: 'zh-Hans', text: '所有文件与清单中列出的文件一致（样本）。' },
  { lang: 'zh-Hant', text: '所有檔案與清單中列出的檔案一致（樣本）。' },
]

/** Every kind of block, long enough for several pages. */
export function sampleDocument(options: { readonly language?: string; readonly rows?: number } = {}): ReadableDocument {
  const { language = 'en', rows = 60 } = options
  const direction = language === 'ar' ? 'rtl' : 'ltr'
  const own = SENTENCES.filter(({ lang }) => lang === language).map(({ text }) => text)
  const sentence = own[0] ?? SENTENCES[0]?.text ?? ''
  const digest = sampleDigest(4711)
  return {
    title:
      direction === 'rtl'
        ? 'شهادة سلامة (نموذج)'
        : language === 'my'
          ? 'ခိုင်မာမှု လက်မှတ် (နမူနာ)'
          : 'Integrity certificate (sample)',
    language,
    direction,
    header: [
      { text: direction === 'rtl' ? 'نموذج' : 'Example Mechanism (sample)' },
      { text: ' ' },
      code('bundle 7f3a-22c1'),
    ],
    footer: direction === 'rtl' ? 'صفحة {page} من {pages}' : 'Page {page} of {pages}',
    footerRuns: [{ text: 'SHA-256 ' }, code(digest)],
    blocks: [
      { kind: 'heading', level: 1, text: direction === 'rtl' ? 'النتيجة' : '1 Result' },
      { kind: 'answer', tone: 'match', question: 'Unchanged?', word: 'MATCH', runs: [{ text: sentence }] },
      {
        kind: 'answer',
        tone: 'undecided',
        question: 'Who sealed it?',
        word: 'UNDECIDED',
        runs: [{ text: 'The signature fits, but nothing supplied ties its key to a name.' }],
      },
      { kind: 'answer', tone: 'mismatch', question: 'Since when?', word: 'MISMATCH', runs: [{ text: sentence }] },
      { kind: 'answer', tone: 'not-checked', question: '', word: 'NOT-CHECKED', runs: [{ text: sentence }] },
      {
        kind: 'box',
        title: 'What this shows',
        blocks: [
          {
            kind: 'paragraph',
            runs: [{ text: sentence }, { text: ' ' }, { text: 'A strong word. ', style: 'strong' }, code(digest)],
          },
          { kind: 'list', ordered: false, items: [[{ text: 'one office, one file' }], [{ text: sentence }]] },
        ],
      },
      {
        kind: 'columns',
        columns: [
          { title: 'What this shows', items: [[{ text: sentence }], [{ text: 'one office, one file' }]] },
          { title: 'What this does not show', items: [[{ text: sentence }]] },
        ],
      },
      {
        kind: 'qr',
        text: `PROBATUM1:${digest}`,
        alt: 'QR code: the digest of the attached report',
        caption: `Report digest: ${digest}`,
      },
      { kind: 'heading', level: 2, text: 'Languages' },
      ...SENTENCES.map(
        ({ lang, text }, index): DocumentBlock => ({
          kind: 'paragraph',
          number: String(index + 1),
          runs: [{ text: `${lang}: ` }, { text, lang }, { text: ' ' }, { text, lang, style: 'strong' }],
        }),
      ),
      { kind: 'heading', level: 2, text: 'Facts' },
      {
        kind: 'facts',
        rows: [
          { term: 'Bundle', value: [code(`urn:example:${hex(3, 32)}`)] },
          { term: 'SHA-256 of the manifest', value: [code(digest)] },
          { term: 'SHA-512', value: [code(sampleDigest(99, 128))] },
          { term: 'Path', value: [name('data/reports/2026/statement (copy) v1.2.pdf')] },
          { term: 'Exported by', value: [{ text: sentence }] },
        ],
      },
      { kind: 'heading', level: 3, text: 'Steps' },
      {
        kind: 'list',
        ordered: true,
        items: Array.from({ length: 12 }, (_, index) => [{ text: `Step ${index + 1}. ${sentence}` }]),
      },
      {
        kind: 'commands',
        lines: [
          'sha256sum -c manifest-sha256.txt',
          `openssl ts -verify -digest ${digest} -in tags/manifest.tsr -CAfile "anchors/example-authority.pem" -untrusted "anchors/example-intermediate.pem"`,
        ],
      },
      { kind: 'heading', level: 1, text: 'Names' },
      {
        kind: 'table',
        caption: 'Names (sample)',
        columns: [
          { header: 'No.', width: 'fit' },
          { header: 'Name', width: 2 },
          { header: 'SHA-256', width: 'fit' },
        ],
        rows: HOSTILE_NAMES.map((text, index) => [
          [{ text: String(index + 1) }],
          [name(text)],
          [code(sampleDigest(index + 1000))],
        ]),
      },
      { kind: 'page-break' },
      { kind: 'heading', level: 1, text: 'Exhibits' },
      exhibitTable(rows),
      {
        kind: 'table',
        caption: 'SHA-512 (sample)',
        columns: [
          { header: 'Path', width: 1 },
          { header: 'SHA-512', width: 'fit' },
        ],
        rows: [1, 2, 3].map((seed) => [[name(`data/file-${seed}.bin`)], [code(sampleDigest(seed, 128))]]),
      },
      {
        kind: 'form',
        fields: [
          { label: 'Name', lines: 1 },
          { label: 'Basis of knowledge', lines: 3 },
          { label: 'Date and place', lines: 1 },
        ],
        ticks: ['I made the comparison myself.', sentence],
      },
    ],
  }
}
