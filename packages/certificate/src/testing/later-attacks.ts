import { concatBytes, decodeLatin1, encodeUtf8 } from '@probatum/core'
import { type PDFArray, type PDFDict, PDFName } from 'pdf-lib'
import { contentOf } from '../reading/pages.ts'
import { PdfFile } from '../reading/pdf-file.ts'
import { isRef, type PdfValue } from '../reading/values.ts'
import { nextNumber } from '../signing/append-update.ts'
import { embedContents, preparePdf, signedBytes } from '../signing/sign-pdf.ts'
import { withEntries, writeDict, writeValue } from '../signing/write-values.ts'
import {
  type Attack,
  type AttackMaterial,
  append,
  CHANGED,
  catalogWith,
  firstPage,
  forgedContent,
  list,
  pageTree,
  ref,
  rewritten,
  rootOf,
  signAgain,
  streamOf,
  treeWith,
  update,
} from './attack-tools.ts'

const dict = (entries: Record<string, PdfValue>): PdfValue => ({
  kind: 'dict',
  entries: new Map(Object.entries(entries)),
})
const name = (text: string): PdfValue => ({ kind: 'name', name: text })
const text = (written: string): PdfValue => ({
  kind: 'string',
  bytes: encodeUtf8(written),
  start: 0,
  end: 0,
  hex: true,
})

/** The first stream of a document that has this entry. */
function numberWith(file: PdfFile, key: string, value: string): number {
  const found = file.numbers.find((number) => {
    const own = file.dict(ref(number))?.entries.get(key)
    return own !== undefined && writeValue(own) === value
  })
  if (found === undefined) throw new Error(`nothing with ${key} ${value}`)
  return found
}

/** What changes of the first page, in an update. */
const pageWith = (file: PdfFile, more: Record<string, PdfValue>) => ({
  number: firstPage(file).number,
  body: writeDict(withEntries(firstPage(file).dict, more)),
})

/** An update with a table of cross-references of its own. */
function withTable(
  bytes: Uint8Array,
  object: { number: number; body: string; generation: number },
  trailer: { readonly before?: number | undefined; readonly entries?: string } = {},
) {
  const file = new PdfFile(bytes)
  const { number, body, generation } = object
  const written = `${number} ${generation} obj\n${body}\nendobj\n`
  const start = bytes.length + written.length
  const row = `${String(bytes.length).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`
  const { before = file.sections[0]?.offset, entries = '' } = trailer
  const dictionary = `<</Size ${Math.max(nextNumber(file), number + 1)} /Root ${rootOf(file)} 0 R /Prev ${before} ${entries}>>`
  return append(bytes, `${written}xref\n${number} 1\n${row}trailer\n${dictionary}\nstartxref\n${start}\n%%EOF\n`)
}

interface PackedDocument {
  readonly names: PDFArray
  readonly context: { lookup(value: unknown): unknown }
}

/** Signed again by the signer, after another program wrote the file with something done to its attached files. */
async function withFiles(material: AttackMaterial, change: (files: PackedDocument, catalog: PDFDict) => void) {
  const bytes = await rewritten(material.base, ({ context, catalog }) => {
    const tree = catalog.lookup(PDFName.of('Names')) as PDFDict
    const names = (tree.lookup(PDFName.of('EmbeddedFiles')) as PDFDict).lookup(PDFName.of('Names')) as PDFArray
    change({ names, context: context as unknown as PackedDocument['context'] }, catalog)
  })
  return signAgain(bytes, material, 'signer')
}

/** Places at which others looked first, or a reader does in its own way. */
export const LATER_ATTACKS: readonly Attack[] = [
  {
    name: 'metadata that say another thing, in an update',
    effect: 'an archive’s index files the certificate under another title',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const metadata = file.catalog.entries.get('Metadata')
        if (!isRef(metadata)) throw new Error('no metadata')
        const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
        return [
          {
            number: metadata.number,
            body: `<</Type /Metadata /Subtype /XML /Length ${xmp.length}>>`,
            stream: encodeUtf8(xmp),
          },
        ]
      }),
    findings: [CHANGED, 'document.shown INDETERMINATE:text-same'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a layer that hides the first page, in an update',
    effect: 'the result is there for a program, and no person sees it',
    mutate: ({ signed }) =>
      update(signed, (file, next) => {
        const page = firstPage(file)
        const resources = file.dict(page.dict.entries.get('Resources'))
        if (resources === null) throw new Error('no resources')
        const hidden = `/OC /Layer BDC\n${decodeLatin1(contentOf(file, page))}\nEMC\n`
        return [
          { number: next, body: '<</Type /OCG /Name (layer)>>' },
          {
            number: next + 1,
            body: `<</Length ${hidden.length}>>`,
            stream: Uint8Array.from(hidden, (character) => character.charCodeAt(0)),
          },
          pageWith(file, {
            Contents: ref(next + 1),
            Resources: withEntries(resources, { Properties: dict({ Layer: ref(next) }) }),
          }),
          catalogWith(file, {
            OCProperties: dict({ OCGs: list(ref(next)), D: dict({ OFF: list(ref(next)) }) }),
          }),
        ]
      }),
    findings: [CHANGED, 'document.shown INDETERMINATE:text-same'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a crop box that hides the lower half, in an update',
    effect: 'warnings and times are cut off the first page',
    mutate: ({ signed }) => update(signed, (file) => [pageWith(file, { CropBox: list(0, 500, 595, 842) })]),
    findings: [CHANGED, 'document.shown INDETERMINATE:text-same'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a size for all pages that hides them, in an update',
    effect: 'a page of 200 inches, of which a corner is drawn',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const { number } = pageTree(file)
        const tree = file.dict(ref(number))
        if (tree === null) throw new Error('no page tree')
        return [{ number, body: writeDict(withEntries(tree, { UserUnit: 75, Rotate: 180 })) }]
      }),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'pages in another order, in an update',
    effect: 'the page with the form comes first and hides the result',
    mutate: ({ signed }) => update(signed, (file) => [treeWith(file, pageTree(file).kids.toReversed())]),
    findings: [CHANGED, 'document.shown INDETERMINATE:other-pages'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'one word on a page, the pages in another order, in an update',
    effect: 'a forged page that is not looked for where it stands',
    mutate: ({ signed }) =>
      update(signed, (file, next) => [
        streamOf(next, forgedContent(file)),
        pageWith(file, { Contents: ref(next) }),
        treeWith(file, pageTree(file).kids.toReversed()),
      ]),
    findings: [CHANGED, 'document.shown FAILED:differs'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'what a screen reader says, in an update',
    effect: 'somebody who cannot see the page hears another result',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const number = numberWith(file, 'S', '/Figure')
        const figure = file.dict(ref(number))
        if (figure === null) throw new Error('no figure')
        return [{ number, body: writeDict(withEntries(figure, { ActualText: text('FAILED'), Alt: text('FAILED') })) }]
      }),
    findings: [CHANGED, 'document.shown INDETERMINATE:text-same'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a map from codes to letters that lies, in an update',
    effect: 'copied and searched text is another than the one that is seen',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const map = file.numbers
          .map((number) => file.dict(ref(number))?.entries.get('ToUnicode'))
          .find((value) => value !== undefined)
        if (!isRef(map)) throw new Error('no map')
        return [streamOf(map.number, '1 beginbfrange <0000> <ffff> <0041> endbfrange')]
      }),
    findings: [CHANGED, 'document.shown INDETERMINATE:text-same'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a script in the names of the document, in an update',
    effect: 'a program runs when the document is opened',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const names = file.dict(file.catalog.entries.get('Names'))
        if (names === null) throw new Error('no names')
        const script = dict({ S: name('JavaScript'), JS: text('app.alert(1)') })
        return [
          catalogWith(file, { Names: withEntries(names, { JavaScript: dict({ Names: list(text('a'), script) }) }) }),
        ]
      }),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'an action when a page is opened, in an update',
    effect: 'a reader is led elsewhere, or something is sent',
    mutate: ({ signed }) =>
      update(signed, (file) => [
        pageWith(file, { AA: dict({ O: dict({ S: name('URI'), URI: text('https://attacker.example/') }) }) }),
      ]),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'an appearance in a field without area',
    effect: 'a reader that draws it in its own size covers the page',
    mutate: async (material) => {
      const prepared = preparePdf(material.base, { kind: 'signature', claimedTime: null, room: 6000 })
      const file = new PdfFile(prepared.bytes)
      const field = numberWith(file, 'FT', '/Sig')
      const appearance = file.dict(file.dict(ref(field))?.entries.get('AP'))?.entries.get('N')
      if (!isRef(appearance)) throw new Error('no appearance')
      const signed = embedContents(prepared, await material.sign(signedBytes(prepared), 'signer'))
      return update(signed, () => [streamOf(appearance.number, '0 0 600 800 re f')])
    },
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'an object of a later generation, in an update',
    effect: 'readers differ about which of the two the page tree means',
    mutate: ({ signed }) => {
      const file = new PdfFile(signed)
      const { number, dict: page } = firstPage(file)
      return withTable(signed, { number, generation: 1, body: writeDict(withEntries(page, { Rotate: 180 })) })
    },
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'an update that passes over the signature',
    effect: 'the signed file looks like one that nobody signed, with more in it',
    mutate: ({ base, signed }) => {
      const number = nextNumber(new PdfFile(signed))
      const before = new PdfFile(base).sections[0]?.offset
      return withTable(signed, { number, generation: 0, body: '<</Type /DSS /Certs []>>' }, { before })
    },
    findings: [CHANGED, 'document.signed INDETERMINATE:none'],
    whole: 'INDETERMINATE',
    pdfsig: 'none',
  },
  {
    name: 'a page in an object stream, in an update',
    effect: 'a reader that looks at plain objects alone sees no change',
    mutate: ({ signed }) => {
      const file = new PdfFile(signed)
      const page = firstPage(file)
      const [own, packed] = [nextNumber(file) + 1, nextNumber(file)]
      const body = writeDict(withEntries(page.dict, { CropBox: list(0, 500, 595, 842) }))
      const head = `${page.number} 0 `
      const stream = `${packed} 0 obj\n<</Type /ObjStm /N 1 /First ${head.length} /Length ${head.length + body.length}>>\nstream\n${head}${body}\nendstream\nendobj\n`
      const at = signed.length
      const start = at + stream.length
      const row = (type: number, place: number, index: number) =>
        Uint8Array.of(type, 0, (place >> 24) & 255, (place >> 16) & 255, (place >> 8) & 255, place & 255, 0, index)
      const rows = concatBytes(row(2, packed, 0), row(1, at, 0), row(1, start, 0))
      const table = `${own} 0 obj\n<</Type /XRef /Size ${own + 1} /Root ${rootOf(file)} 0 R /Prev ${file.sections[0]?.offset} /W [1 5 2] /Index [${page.number} 1 ${packed} 2] /Length ${rows.length}>>\nstream\n`
      return concatBytes(
        append(signed, stream + table),
        rows,
        encodeUtf8(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`),
      )
    },
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'encryption that begins with an update',
    effect: 'a reader decrypts strings that were never encrypted, and shows others',
    mutate: ({ signed }) => {
      const number = nextNumber(new PdfFile(signed))
      const object = { number, generation: 0, body: '<</Filter /Standard /V 1 /R 2 /P -4 /O () /U ()>>' }
      return withTable(signed, object, { entries: `/Encrypt ${number} 0 R` })
    },
    findings: ['document.structure INDETERMINATE:encrypted'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'bytes before the beginning',
    effect: 'the file is an image or a program for who looks at its first bytes',
    mutate: ({ signed }) => concatBytes(encodeUtf8('%PDF-1.7 %\n'), signed),
    findings: ['document.structure INDETERMINATE:malformed'],
    whole: 'INDETERMINATE',
    pdfsig: 'none',
  },
  {
    name: 'an attached file twice under one name, signed again',
    effect: 'one reader takes the first report, another one the second',
    mutate: (material) =>
      withFiles(material, ({ names }) => {
        const at = names.size() - 2
        const [key, value] = [names.get(at), names.get(at + 1)]
        names.push(key)
        names.push(value)
      }),
    findings: ['document.data INDETERMINATE:malformed', 'document.base INDETERMINATE:no-data'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'two files in one attachment, signed again',
    effect: 'readers that take the one name see the true report, those that take the other a forged one',
    mutate: (material) =>
      withFiles(material, ({ names, context }) => {
        const specification = context.lookup(names.get(1)) as PDFDict
        const other = context.lookup(names.get(3)) as PDFDict
        const file = (of: PDFDict) => (of.lookup(PDFName.of('EF')) as PDFDict).get(PDFName.of('F'))
        const theirs = file(other)
        if (theirs !== undefined) (specification.lookup(PDFName.of('EF')) as PDFDict).set(PDFName.of('UF'), theirs)
      }),
    findings: ['document.data INDETERMINATE:malformed'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'other associated files than attached ones, signed again',
    effect: 'a program that follows the one list reads another report than one that follows the other',
    mutate: (material) =>
      withFiles(material, ({ names, context }, catalog) => {
        const own = context.lookup(names.get(1)) as PDFDict
        const other = context.lookup(names.get(3)) as PDFDict
        const forged = own.clone(own.context)
        forged.set(PDFName.of('EF'), other.lookup(PDFName.of('EF')) as PDFDict)
        const associated = catalog.lookup(PDFName.of('AF')) as PDFArray
        associated.set(0, own.context.register(forged))
      }),
    findings: ['document.data INDETERMINATE:malformed'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
]
