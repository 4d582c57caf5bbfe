import type { DocumentBlock, ReadableDocument, TextRun } from '@probatum/words'
import fc from 'fast-check'
import { HOSTILE_NAMES } from '../../packages/certificate/src/testing/hostile-names.ts'
import { SENTENCES } from '../../packages/certificate/src/testing/sample-document.ts'

const text = fc.oneof(
  fc.constantFrom(...SENTENCES.map((sentence) => sentence.text)),
  fc.constantFrom(...HOSTILE_NAMES),
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(
      '\u0644',
      '\u0627',
      '\u064e',
      '\u0651',
      '\u200d',
      '\u200c',
      ' ',
      '\u2068',
      '\u2069',
      '\u200f',
      '7',
      '(',
    ),
    maxLength: 30,
  }),
  fc.string({
    unit: fc.constantFrom(
      '\u1000',
      '\u1039',
      '\u103a',
      '\u103c',
      '\u1031',
      '\u102f',
      '\u1037',
      '\u104b',
      '\u200b',
      'a',
    ),
    maxLength: 30,
  }),
  fc.string({
    unit: fc.constantFrom('a', '\u0301', '\u0338', '\u20dd', '\ufe0f', '\u{e0100}', '\n', '\t'),
    maxLength: 30,
  }),
  fc.integer({ min: 100, max: 900 }).map((length) => '\u6587x/'.repeat(length)),
)
const runs: fc.Arbitrary<TextRun[]> = fc.array(
  fc.record(
    {
      text,
      style: fc.constantFrom('strong' as const, 'code' as const, 'name' as const),
      lang: fc.constantFrom('en', 'ar', 'my', 'zh-Hans'),
    },
    { requiredKeys: ['text'] },
  ),
  { maxLength: 3 },
)
const cells = fc.integer({ min: 1, max: 7 }).chain((columns) =>
  fc.record({
    kind: fc.constant('table' as const),
    caption: text,
    columns: fc.array(
      fc.record({ header: text, width: fc.oneof(fc.constant('fit' as const), fc.integer({ min: 1, max: 5 })) }),
      { minLength: columns, maxLength: columns },
    ),
    rows: fc.array(fc.array(runs, { minLength: columns, maxLength: columns }), { maxLength: 5 }),
  }),
)
const simple: fc.Arbitrary<DocumentBlock> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), level: fc.constant(1 as const), text }),
  fc.record({ kind: fc.constant('paragraph' as const), runs, number: fc.constantFrom('1', '999') }),
  fc.record({ kind: fc.constant('list' as const), ordered: fc.boolean(), items: fc.array(runs, { maxLength: 12 }) }),
  fc.record({
    kind: fc.constant('facts' as const),
    rows: fc.array(fc.record({ term: text, value: runs }), { maxLength: 4 }),
  }),
  cells,
  fc.record({
    kind: fc.constant('answer' as const),
    tone: fc.constantFrom('match' as const, 'mismatch' as const, 'undecided' as const, 'not-checked' as const),
    question: text,
    word: text,
    runs,
  }),
  fc.record({
    kind: fc.constant('columns' as const),
    columns: fc.array(fc.record({ title: text, items: fc.array(runs, { maxLength: 4 }) }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('commands' as const), lines: fc.array(text, { maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('form' as const),
    fields: fc.array(fc.record({ label: text, lines: fc.integer({ min: 0, max: 4 }) }), { maxLength: 3 }),
    ticks: fc.array(text, { maxLength: 3 }),
  }),
  fc.constant({ kind: 'qr' as const, text: 'PROBATUM1:sample', alt: 'a code (sample)', caption: 'a code (sample)' }),
  fc.constant({ kind: 'page-break' as const }),
)
const blocks = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: simple },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('box' as const),
        title: text,
        blocks: fc.array(simple, { maxLength: 4 }),
      }),
    },
  ),
  { maxLength: 8 },
)
/** Some begin with a page of their own, as certificates do. */
const withFirstPage = fc.oneof(
  blocks,
  fc.tuple(blocks, blocks).map(([first, rest]): DocumentBlock[] => [{ kind: 'page', blocks: first }, ...rest]),
)
/** Documents of every kind of block, with texts that a layout has trouble with. */
export const anyDocument: fc.Arbitrary<ReadableDocument> = fc.record({
  title: text.map((words) => `Sample ${words}`),
  language: fc.constantFrom('en', 'fr', 'ar', 'my'),
  direction: fc.constantFrom('ltr' as const, 'rtl' as const),
  header: runs,
  footer: fc.constantFrom('Page {page} of {pages}', ''),
  footerRuns: runs,
  blocks: withFirstPage,
})
