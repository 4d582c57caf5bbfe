import { makePdf } from '@probatum/certificate'
import { beforeAll, describe, expect, test } from 'vitest'
import { sampleDocument } from '../../packages/certificate/src/testing/sample-document.ts'
import { sampleOptions } from '../../packages/certificate/src/testing/sample-options.ts'
import { testTypesetter } from '../testing/typesetter.ts'
import { checkModel, checkPdf, RULES, subjectOf } from './check.ts'
import {
  type Dictionary,
  Name,
  type PdfModel,
  PdfString,
  PdfSyntaxError,
  Reference,
  readPdf,
  Stream,
} from './reader.ts'
import { elementsOf } from './structure-rules.ts'

let sample: Uint8Array
beforeAll(async () => {
  sample = makePdf(sampleDocument({ rows: 12 }), sampleOptions(await testTypesetter()))
}, 60_000)

const first = (model: PdfModel): Dictionary => model.dictionary(model.pages[0]?.reference)

/** Changes a stream's data. */
function edit(model: PdfModel, holder: Dictionary, key: string, change: (text: string) => string): void {
  const stream = model.stream(holder.get(key))
  if (stream === undefined) throw new Error(`no stream ${key}`)
  const dictionary = new Map(stream.dictionary)
  dictionary.delete('Filter')
  const before = Buffer.from(stream.data).toString('latin1')
  const after = change(before)
  if (after === before) throw new Error('the change changed nothing')
  holder.set(key, new Stream(dictionary, new Uint8Array(Buffer.from(after, 'latin1'))))
}

const page = (change: (text: string) => string) => (model: PdfModel) => edit(model, first(model), 'Contents', change)
const xmp = (change: (text: string) => string) => (model: PdfModel) => edit(model, model.catalog, 'Metadata', change)

function font(model: PdfModel): Dictionary {
  const fonts = model.dictionary(model.dictionary(first(model).get('Resources')).get('Font'))
  return model.dictionary([...fonts.values()][0])
}

function element(model: PdfModel, type: string): Dictionary {
  const found = elementsOf(subjectOf(model)).find((entry) => entry.type === type)
  if (found === undefined) throw new Error(`no ${type}`)
  return found.dictionary
}

function attachment(model: PdfModel): Dictionary {
  return model.dictionary(model.list(model.catalog.get('AF'))[0])
}

const descendant = (model: PdfModel): Dictionary => model.dictionary(model.list(font(model).get('DescendantFonts'))[0])

/** For each rule, damage that it and not only its neighbours must see. */
const DAMAGE: Readonly<Record<string, (model: PdfModel) => void>> = {
  header: (model) => Object.assign(model, { head: '%PDF-1.7\n1 0 obj' }),
  'trailer-id': (model) => model.trailer.delete('ID'),
  filters: (model) => model.stream(first(model).get('Contents'))?.dictionary.set('Filter', new Name('LZWDecode')),
  limits: (model) => model.catalog.set('Probatum', new PdfString('x'.repeat(32_768))),
  'no-actions': (model) => model.catalog.set('OpenAction', new Map()),
  'no-transparency-or-images': (model) => first(model).set('Group', new Map()),
  references: (model) => model.catalog.set('Probatum', new Reference(999_999)),
  language: (model) => model.catalog.delete('Lang'),
  marked: (model) => model.dictionary(model.catalog.get('MarkInfo')).set('Marked', false),
  'title-shown': (model) => model.dictionary(model.catalog.get('ViewerPreferences')).set('DisplayDocTitle', false),
  metadata: xmp((text) => text.replace('<pdfaid:conformance>A', '<pdfaid:conformance>B')),
  'extension-schema': xmp((text) => text.replace('<pdfaProperty:name>part', '<pdfaProperty:name>other')),
  'info-in-step': (model) => model.dictionary(model.trailer.get('Info')).set('Title', new PdfString('Another title')),
  'output-intent': (model) =>
    model.dictionary(model.list(model.catalog.get('OutputIntents'))[0]).delete('DestOutputProfile'),
  'associated-files': (model) => attachment(model).delete('AFRelationship'),
  bookmarks: (model) => model.dictionary(model.dictionary(model.catalog.get('Outlines')).get('First')).delete('Dest'),
  'page-entries': (model) => first(model).delete('Tabs'),
  'page-count': (model) => model.dictionary(model.catalog.get('Pages')).set('Count', 99),
  balanced: page((text) => text.replace('EMC', '')),
  'all-content-owned': page((text) => `${text}\n0 g 50 50 10 10 re f`),
  operators: page((text) => text.replace(/\b0 g\b/, '0 0 0 1 k')),
  'text-size': page((text) => text.replace(/(\/F\d) 10 Tf/, '$1 4 Tf')),
  'inside-the-page': page((text) => text.replace(/1 0 0 1 [\d.]+ ([\d.]+) Tm/, '1 0 0 1 580 $1 Tm')),
  'languages-of-text': page((text) => text.replace('/Lang (fr)', '/Lang (not a language)')),
  'actual-texts': (model) => {
    for (const { page: own } of model.pages) {
      const stream = model.stream(own.get('Contents'))
      if (stream !== undefined && Buffer.from(stream.data).toString('latin1').includes('/ActualText'))
        edit(model, own, 'Contents', (text) => text.replace(/\/ActualText <[0-9A-F]+>/, '/ActualText <>'))
    }
  },
  'fonts-embedded': (model) => model.dictionary(descendant(model).get('FontDescriptor')).delete('FontFile2'),
  'font-widths': (model) => {
    const list = model.list(model.list(descendant(model).get('W'))[1])
    list[0] = Number(list[0]) + 1
  },
  'no-notdef': (model) => edit(model, descendant(model), 'CIDToGIDMap', (text) => `\0\0\0\0${text.slice(4)}`),
  'to-unicode': (model) => edit(model, font(model), 'ToUnicode', (text) => text.replace(/<0001> <[0-9A-F]+>\n/, '')),
  'cmap-blocks': (model) =>
    edit(model, font(model), 'ToUnicode', (text) =>
      text.replace(/\d+ beginbfchar\n/, `101 beginbfchar\n${'<F000> <0041>\n'.repeat(101)}`),
    ),
  'fonts-in-resources': page((text) => text.replace(/\/F1 /, '/F99 ')),
  'structure-root': (model) => element(model, 'Document').set('S', new Name('Part')),
  'structure-types': (model) => element(model, 'LBody').set('S', new Name('Private')),
  'structure-parents': (model) => element(model, 'TR').set('P', new Reference(1)),
  'content-in-structure': (model) => element(model, 'H1').delete('K'),
  'parent-tree': (model) => {
    const root = model.dictionary(model.catalog.get('StructTreeRoot'))
    const numbers = model.list(model.dictionary(root.get('ParentTree')).get('Nums'))
    model.list(numbers[1]).reverse()
  },
  'heading-levels': (model) => element(model, 'H2').set('S', new Name('H4')),
  'table-headers': (model) => element(model, 'TH').delete('A'),
  'table-regular': (model) => model.list(element(model, 'TR').get('K')).pop(),
  'list-items': (model) => element(model, 'L').delete('A'),
  figures: (model) => element(model, 'Figure').delete('Alt'),
}

describe('the checker of made PDFs', () => {
  test('finds nothing in the sample', () => {
    expect(checkPdf(sample)).toEqual([])
  })

  test('has damage for each of its rules', () => {
    expect(Object.keys(DAMAGE).sort()).toEqual(RULES.map(({ id }) => id).sort())
  })

  test.each(Object.entries(DAMAGE))('the rule %s sees its damage', (id, damage) => {
    const model = readPdf(sample)
    damage(model)
    expect(checkModel(model).map(({ rule }) => rule)).toContain(id)
  })

  test('refuses a file whose table of objects is off by one byte', () => {
    const moved = new Uint8Array(sample.length + 1)
    moved.set(sample.subarray(0, 20))
    moved[20] = 0x0a
    moved.set(sample.subarray(20), 21)
    expect(() => readPdf(moved)).toThrow(PdfSyntaxError)
  })
})
