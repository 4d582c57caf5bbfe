import type { PageContent } from './content.ts'
import type { EmbeddedFont } from './font.ts'
import { type Dictionary, Name, type PdfModel, PdfString, Reference, Stream, type Thing } from './reader.ts'

/** A file, taken apart once for all rules. */
export interface Subject {
  readonly model: PdfModel
  readonly pages: readonly PageContent[]
  readonly fonts: readonly EmbeddedFont[]
  readonly xmp: string
}

export interface Rule {
  readonly id: string
  /** The clause that wants it. */
  readonly clause: string
  check(subject: Subject): string[]
}

const unless = (holds: boolean, problem: string): string[] => (holds ? [] : [problem])

const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/

function* everyThing(thing: Thing): Generator<Thing> {
  yield thing
  if (Array.isArray(thing)) for (const entry of thing) yield* everyThing(entry)
  else if (thing instanceof Map) for (const entry of thing.values()) yield* everyThing(entry)
  else if (thing instanceof Stream) yield* everyThing(thing.dictionary)
}

function* everyDictionary({ model }: Subject): Generator<Dictionary> {
  for (const object of model.objects.values())
    for (const thing of everyThing(object)) if (thing instanceof Map) yield thing
}

const property = (xmp: string, name: string): string | undefined =>
  new RegExp(`<${name}>(?:<rdf:Alt><rdf:li xml:lang="x-default">)?([^<]*)<`).exec(xmp)?.[1]

const plain = (text: string | undefined): string | undefined =>
  text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

const isoOf = (date: string | undefined): string | undefined =>
  date?.replace(/^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')

const FILE: readonly Rule[] = [
  {
    id: 'header',
    clause: 'ISO 19005-3 6.1.2',
    check: ({ model }) =>
      unless(/^%PDF-1\.7\n%[\x80-\xff]{4,}\n/.test(model.head), 'no version, or no comment of bytes above 127'),
  },
  {
    id: 'trailer-id',
    clause: 'ISO 19005-3 6.1.3',
    check({ model }) {
      const id = model.list(model.trailer.get('ID'))
      return [
        ...unless(
          id.length === 2 && id.every((part) => part instanceof PdfString && part.bytes.length === 16),
          'no ID of two strings',
        ),
        ...unless(!model.trailer.has('Encrypt'), 'encrypted'),
      ]
    },
  },
  {
    id: 'filters',
    clause: 'ISO 19005-3 6.1.7',
    check: ({ model }) =>
      [...model.objects].flatMap(([number, object]) => {
        if (!(object instanceof Stream)) return []
        const filter = object.dictionary.get('Filter')
        return [
          ...unless(
            filter === undefined || (filter instanceof Name && filter.name === 'FlateDecode'),
            `stream ${number} has another filter than FlateDecode`,
          ),
          ...unless(
            !['F', 'FFilter', 'FDecodeParms'].some((key) => object.dictionary.has(key)),
            `stream ${number} lies in another file`,
          ),
        ]
      }),
  },
  {
    id: 'limits',
    clause: 'ISO 19005-3 6.1.13',
    check: (subject) =>
      [...subject.model.objects.values()].flatMap((object) =>
        [...everyThing(object)].flatMap((thing) => {
          if (thing instanceof Name) return unless(thing.name.length <= 127, 'a name above 127 bytes')
          if (thing instanceof PdfString) return unless(thing.bytes.length <= 32_767, 'a string above 32,767 bytes')
          return []
        }),
      ),
  },
  {
    id: 'no-actions',
    clause: 'ISO 19005-3 6.6.1, 6.4.2',
    check: (subject) =>
      [...everyDictionary(subject)].flatMap((dictionary) =>
        ['JavaScript', 'JS', 'OpenAction', 'AA', 'Launch', 'XFA', 'AcroForm', 'Annots', 'URI'].flatMap((key) =>
          unless(!dictionary.has(key), `the key ${key}`),
        ),
      ),
  },
  {
    id: 'no-transparency-or-images',
    clause: 'ISO 19005-3 6.2.8, 6.2.10',
    check: (subject) =>
      [...everyDictionary(subject)].flatMap((dictionary) => [
        ...['XObject', 'ExtGState', 'Shading', 'Pattern', 'Group', 'OCProperties'].flatMap((key) =>
          unless(!dictionary.has(key), `the key ${key}`),
        ),
      ]),
  },
  {
    id: 'references',
    clause: 'ISO 32000-1 7.3.10',
    check: ({ model }) =>
      [...model.objects.values(), model.trailer].flatMap((object) =>
        [...everyThing(object)].flatMap((thing) =>
          thing instanceof Reference
            ? unless(model.objects.has(thing.number), `object ${thing.number} is missing`)
            : [],
        ),
      ),
  },
]

const CATALOG: readonly Rule[] = [
  {
    id: 'language',
    clause: 'ISO 14289-1 7.2',
    check: ({ model }) =>
      unless(LANGUAGE.test(model.text(model.catalog.get('Lang')) ?? ''), 'the document names no language'),
  },
  {
    id: 'marked',
    clause: 'ISO 19005-3 6.7.2.2',
    check: ({ model }) =>
      unless(model.dictionary(model.catalog.get('MarkInfo')).get('Marked') === true, 'not marked as tagged'),
  },
  {
    id: 'title-shown',
    clause: 'ISO 14289-1 7.1',
    check: ({ model, xmp }) => [
      ...unless(
        model.dictionary(model.catalog.get('ViewerPreferences')).get('DisplayDocTitle') === true,
        'the title is not shown',
      ),
      ...unless((property(xmp, 'dc:title') ?? '') !== '', 'no title'),
    ],
  },
  {
    id: 'metadata',
    clause: 'ISO 19005-3 6.6.2, 6.6.4',
    check({ model, xmp }) {
      const stream = model.stream(model.catalog.get('Metadata'))
      return [
        ...unless(stream !== undefined && !stream.dictionary.has('Filter'), 'no metadata, or packed'),
        ...unless(property(xmp, 'pdfaid:part') === '3', 'not part 3 of PDF/A'),
        ...unless(property(xmp, 'pdfaid:conformance') === 'A', 'not conformance A'),
        ...unless(property(xmp, 'pdfuaid:part') === '1', 'not part 1 of PDF/UA'),
        ...unless(/^<\?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"\?>/.test(xmp), 'no packet header'),
      ]
    },
  },
  {
    id: 'extension-schema',
    clause: 'ISO 19005-3 6.6.2.3.3',
    check: ({ xmp }) =>
      unless(
        xmp.includes('<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>') &&
          xmp.includes('<pdfaProperty:name>part</pdfaProperty:name>'),
        'the schema of PDF/UA is not described',
      ),
  },
  {
    id: 'info-in-step',
    clause: 'ISO 19005-3 6.6.3',
    check({ model, xmp }) {
      const info = model.dictionary(model.trailer.get('Info'))
      const pairs: [string | undefined, string | undefined, string][] = [
        [model.text(info.get('Title')), plain(property(xmp, 'dc:title')), 'title'],
        [model.text(info.get('Producer')), plain(property(xmp, 'pdf:Producer')), 'producer'],
        [model.text(info.get('Creator')), plain(property(xmp, 'xmp:CreatorTool')), 'creator'],
        [isoOf(model.text(info.get('CreationDate'))), property(xmp, 'xmp:CreateDate'), 'creation date'],
        [isoOf(model.text(info.get('ModDate'))), property(xmp, 'xmp:ModifyDate'), 'modification date'],
      ]
      return pairs.flatMap(([a, b, what]) => unless(a !== undefined && a === b, `the ${what} differs: ${a}, ${b}`))
    },
  },
  {
    id: 'output-intent',
    clause: 'ISO 19005-3 6.2.3',
    check({ model }) {
      const intent = model.dictionary(model.list(model.catalog.get('OutputIntents'))[0])
      const profile = model.stream(intent.get('DestOutputProfile'))
      const data = Buffer.from(profile?.data ?? new Uint8Array(128))
      return [
        ...unless(model.name(intent.get('S')) === 'GTS_PDFA1', 'no output intent for PDF/A'),
        ...unless(profile?.dictionary.get('N') === 3, 'not a profile of three components'),
        ...unless(
          data.toString('latin1', 36, 40) === 'acsp' && data.readUInt32BE(0) === data.length,
          'not an ICC profile',
        ),
        ...unless(data.toString('latin1', 12, 20) === 'mntrRGB ', 'not a display profile for RGB'),
      ]
    },
  },
  {
    id: 'associated-files',
    clause: 'ISO 19005-3 6.8',
    check({ model }) {
      const names = model.list(
        model.dictionary(model.dictionary(model.catalog.get('Names')).get('EmbeddedFiles')).get('Names'),
      )
      const listed = model
        .list(model.catalog.get('AF'))
        .map((entry) => (entry instanceof Reference ? entry.number : -1))
      const keys = names.filter((_, index) => index % 2 === 0).map((key) => model.text(key) ?? '')
      return [
        ...unless(
          keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key),
          'the names are not in order',
        ),
        ...unless(listed.length === keys.length, 'not every attachment is an associated file'),
        ...names
          .filter((_, index) => index % 2 === 1)
          .flatMap((entry) => {
            const specification = model.dictionary(entry)
            const name = model.text(specification.get('UF')) ?? ''
            const files = model.dictionary(specification.get('EF'))
            const file = model.stream(files.get('F'))
            const parameters = model.dictionary(file?.dictionary.get('Params'))
            return [
              ...unless(entry instanceof Reference && listed.includes(entry.number), `${name} is no associated file`),
              ...unless(
                model.text(specification.get('F')) === name && /^[A-Za-z0-9._-]+$/.test(name),
                `${name}: F and UF differ`,
              ),
              ...unless(files.has('UF'), `${name}: EF without UF`),
              ...unless((model.text(specification.get('Desc')) ?? '') !== '', `${name} has no description`),
              ...unless(
                ['Data', 'Source', 'Supplement'].includes(model.name(specification.get('AFRelationship')) ?? ''),
                `${name} has no relationship`,
              ),
              ...unless(
                /^[a-z]+\/.+/.test(model.name(file?.dictionary.get('Subtype')) ?? ''),
                `${name} has no media type`,
              ),
              ...unless(parameters.get('Size') === file?.data.length, `${name} has another size`),
              ...unless(isoOf(model.text(parameters.get('ModDate'))) !== undefined, `${name} has no date`),
            ]
          }),
      ]
    },
  },
  {
    id: 'bookmarks',
    clause: 'ISO 32000-1 12.3.3',
    check({ model }) {
      const root = model.catalog.get('Outlines')
      if (root === undefined) return []
      const pages = new Set(model.pages.map(({ reference }) => reference.number))
      const problems: string[] = []
      const walk = (parent: Thing, depth: number): number => {
        let count = 0
        let previous: Thing | undefined
        for (
          let at = model.dictionary(parent).get('First');
          at !== undefined && count < 10_000;
          at = model.dictionary(at).get('Next')
        ) {
          const entry = model.dictionary(at)
          const [page] = model.list(entry.get('Dest'))
          problems.push(
            ...unless(sameObject(entry.get('Parent'), parent), 'a bookmark has another parent'),
            ...unless(sameObject(entry.get('Prev'), previous), 'a bookmark follows another one than it says'),
            ...unless(page instanceof Reference && pages.has(page.number), 'a bookmark leads to no page'),
            ...unless((model.text(entry.get('Title')) ?? '') !== '', 'a bookmark without title'),
          )
          previous = at
          count += 1
          if (depth < 8) walk(at, depth + 1)
        }
        problems.push(
          ...unless(sameObject(model.dictionary(parent).get('Last'), previous), 'the last bookmark is another one'),
          ...unless(
            Math.abs(Number(model.dictionary(parent).get('Count') ?? 0)) === count,
            'a wrong number of bookmarks',
          ),
        )
        return count
      }
      walk(root, 0)
      return problems
    },
  },
]

function sameObject(a: Thing | undefined, b: Thing | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a instanceof Reference && b instanceof Reference && a.number === b.number
}

const PAGES: readonly Rule[] = [
  {
    id: 'page-entries',
    clause: 'ISO 14289-1 7.18.3, ISO 32000-1 7.7.3',
    check: ({ model }) =>
      model.pages.flatMap(({ page }, index) => [
        ...unless(model.name(page.get('Tabs')) === 'S', `page ${index + 1}: tabs do not follow the structure`),
        ...unless(page.get('StructParents') === index, `page ${index + 1}: not in the tree of parents`),
        ...unless(model.list(page.get('MediaBox')).length === 4, `page ${index + 1}: no size`),
        ...unless(model.stream(page.get('Contents')) !== undefined, `page ${index + 1}: no content`),
      ]),
  },
  {
    id: 'page-count',
    clause: 'ISO 32000-1 7.7.3.2',
    check: ({ model }) =>
      unless(
        model.dictionary(model.catalog.get('Pages')).get('Count') === model.pages.length,
        'a wrong number of pages',
      ),
  },
  {
    id: 'balanced',
    clause: 'ISO 32000-1 14.6',
    check: ({ pages }) =>
      pages.flatMap(({ problems }, index) => problems.map((problem) => `page ${index + 1}: ${problem}`)),
  },
  {
    id: 'all-content-owned',
    clause: 'ISO 14289-1 7.1',
    check: ({ pages }) =>
      pages.flatMap(({ marks }, index) =>
        unless(
          marks.every(({ owner }) => owner !== undefined),
          `page ${index + 1}: a mark that is neither content nor artifact`,
        ),
      ),
  },
  {
    id: 'operators',
    clause: 'ISO 19005-3 6.2.2, 6.2.4',
    check: ({ pages }) =>
      pages.flatMap(({ operators }, index) =>
        [...operators].flatMap((operator) =>
          unless(ALLOWED_OPERATORS.has(operator), `page ${index + 1}: the operator ${operator}`),
        ),
      ),
  },
  {
    id: 'text-size',
    clause: 'the layout: nothing below 7 points',
    check: ({ pages }) =>
      pages.flatMap(({ marks }, index) =>
        unless(
          marks.every(({ kind, size }) => kind !== 'text' || (size ?? 0) >= 7),
          `page ${index + 1}: text below 7 points`,
        ),
      ),
  },
  {
    id: 'inside-the-page',
    clause: 'the layout: all text within the margins',
    check: ({ model, pages, fonts }) =>
      pages.flatMap(({ reference, marks }, index) => {
        const [, , width = 0, height = 0] = model.list(model.dictionary(reference).get('MediaBox')).map(Number)
        return marks.flatMap(({ kind, x = 0, y = 0, codes = [], size = 0, font: resource }) => {
          if (kind !== 'text') return []
          const font = fonts.find((entry) => entry.resource === resource)
          const text = codes.map((code) => font?.textOf(code) ?? '').join('')
          // One cluster is never divided, however narrow its column.
          if (text.trim() === '' || codes.length === 1) return []
          const advance = codes.reduce((sum, code) => sum + ((font?.widthOf(code) ?? 0) * size) / 1000, 0)
          const inside = x >= 40 && y >= 40 && x + advance <= width - 30 && y <= height - 40
          return unless(inside, `page ${index + 1}: ${JSON.stringify(text)} reaches outside`)
        })
      }),
  },
  {
    id: 'languages-of-text',
    clause: 'ISO 14289-1 7.2',
    check: ({ pages }) =>
      pages.flatMap(({ languages }, index) =>
        languages.flatMap((language) =>
          unless(LANGUAGE.test(language), `page ${index + 1}: ${language} is no language`),
        ),
      ),
  },
  {
    id: 'actual-texts',
    clause: 'ISO 32000-1 14.9.4',
    check: ({ pages }) =>
      pages.flatMap(({ actualTexts }, index) =>
        actualTexts.flatMap((text) =>
          unless(text !== '' && !/[\ue000-\uf8ff]/.test(text), `page ${index + 1}: an empty or private ActualText`),
        ),
      ),
  },
]

/** Marked content, text, paths, and grey as the one colour. No invisible text (Tr), no images, no states. */
const ALLOWED_OPERATORS = new Set('BMC BDC EMC BT ET Tf Tm TJ Ts g G w J j m l c re f S s b'.split(' '))

const FONTS: readonly Rule[] = [
  {
    id: 'fonts-embedded',
    clause: 'ISO 19005-3 6.2.11.3, 6.2.11.4',
    check: ({ fonts }) => [...fonts.flatMap(({ problems }) => problems), ...unless(fonts.length > 0, 'no font')],
  },
  {
    id: 'font-widths',
    clause: 'ISO 19005-3 6.2.11.5',
    check: (subject) =>
      usedCodes(subject).flatMap(({ font, codes }) =>
        [...codes].flatMap((cid) =>
          unless(
            font.widthOf(cid) === font.advanceOf(font.glyphOf(cid)),
            `${font.resource}: the width of ${cid} is not that of its glyph`,
          ),
        ),
      ),
  },
  {
    id: 'no-notdef',
    clause: 'ISO 19005-3 6.2.11.8',
    check: (subject) =>
      usedCodes(subject).flatMap(({ font, codes }) =>
        [...codes].flatMap((cid) => {
          const glyph = font.glyphOf(cid)
          const isVisible = (font.textOf(cid) ?? '').replaceAll(/\s|\u200c|\u200d/g, '') !== ''
          return [
            ...unless(glyph > 0 && glyph < font.glyphs, `${font.resource}: ${cid} is no glyph`),
            ...unless(
              !isVisible || font.hasOutline(glyph),
              `${font.resource}: ${JSON.stringify(font.textOf(cid))} is drawn as nothing`,
            ),
          ]
        }),
      ),
  },
  {
    id: 'to-unicode',
    clause: 'ISO 19005-3 6.2.11.7',
    check: (subject) =>
      usedCodes(subject).flatMap(({ font, codes }) =>
        [...codes].flatMap((cid) => {
          const text = font.textOf(cid)
          return unless(
            text !== undefined && !/[\0\ufeff\ufffe]/.test(text),
            `${font.resource}: ${cid} stands for no text`,
          )
        }),
      ),
  },
  {
    id: 'cmap-blocks',
    clause: 'Adobe technical note 5014',
    check: ({ fonts }) =>
      fonts.flatMap(({ resource, longestBlock }) =>
        unless(longestBlock <= 100, `${resource}: a block above 100 entries`),
      ),
  },
  {
    id: 'fonts-in-resources',
    clause: 'ISO 32000-1 7.8.3',
    check: ({ pages, fonts }) => {
      const known = new Set(fonts.map(({ resource }) => resource))
      return pages.flatMap(({ marks }, index) =>
        marks.flatMap(({ kind, font }) =>
          unless(kind !== 'text' || known.has(font ?? ''), `page ${index + 1}: the font ${font} is missing`),
        ),
      )
    },
  },
]

function usedCodes({ pages, fonts }: Subject): { readonly font: EmbeddedFont; readonly codes: Set<number> }[] {
  const used = new Map(fonts.map((font) => [font.resource, { font, codes: new Set<number>() }]))
  for (const { marks } of pages)
    for (const { font, codes = [] } of marks) for (const code of codes) used.get(font ?? '')?.codes.add(code)
  return [...used.values()]
}

export { CATALOG, FILE, FONTS, PAGES }
