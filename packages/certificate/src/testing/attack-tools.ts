import { concatBytes, decodeLatin1, encodeUtf8 } from '@probatum/core'
import { type PDFArray, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib'
import { contentOf, pagesOf } from '../reading/pages.ts'
import { PdfFile } from '../reading/pdf-file.ts'
import { isRef, type PdfValue } from '../reading/values.ts'
import { appendUpdate, nextNumber, type UpdateObject } from '../signing/append-update.ts'
import { embedContents, type PreparedPdf, preparePdf, signedBytes } from '../signing/sign-pdf.ts'
import { withEntries, writeDict } from '../signing/write-values.ts'

/** What attacks are made from: all of it invented (sample). */
export interface AttackMaterial {
  /** Unsigned. */
  readonly base: Uint8Array
  /** Signed by the one who made it. */
  readonly signed: Uint8Array
  /** Of the same bundle, with an exhibit number more: other data, other pages. */
  readonly other: Uint8Array
  /** A report that states another result, with everything made to fit it. */
  readonly forgedReport: Uint8Array
  /** Signs with the signer's key, or a stranger's, whatever it is over. */
  sign(content: Uint8Array, by: 'signer' | 'stranger', form?: 'signing-time'): Promise<Uint8Array>
}

export interface Attack {
  readonly name: string
  /** What somebody would gain by it. */
  readonly effect: string
  readonly mutate: (material: AttackMaterial) => Uint8Array | Promise<Uint8Array>
  /** Findings that must say it: `id value:reason`. */
  readonly findings: readonly string[]
  readonly whole: 'TOTAL-FAILED' | 'INDETERMINATE'
  /** What poppler's pdfsig says of the (first) signature. */
  readonly pdfsig: 'valid' | 'not valid' | 'none'
}

export const flip = (bytes: Uint8Array, at: number): Uint8Array => {
  const changed = new Uint8Array(bytes)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}

export const indexOf = (bytes: Uint8Array, text: string, from = 0): number => {
  const at = decodeLatin1(bytes).indexOf(text, from)
  if (at < 0) throw new Error(`no ${text}`)
  return at
}

export const append = (bytes: Uint8Array, text: string) => concatBytes(bytes, encodeUtf8(text))

/** The same length, another text. */
export const overwrite = (bytes: Uint8Array, at: number, text: string): Uint8Array => {
  const changed = new Uint8Array(bytes)
  changed.set(encodeUtf8(text), at)
  return changed
}

export function update(bytes: Uint8Array, make: (file: PdfFile, next: number) => readonly UpdateObject[]): Uint8Array {
  const file = new PdfFile(bytes)
  return appendUpdate(file, make(file, nextNumber(file))).bytes
}

export const rootOf = (file: PdfFile): number => {
  const root = file.trailer.entries.get('Root')
  if (!isRef(root)) throw new Error('no catalog')
  return root.number
}

export const ref = (number: number): PdfValue => ({ kind: 'ref', number, generation: 0 })
export const list = (...items: readonly PdfValue[]): PdfValue => ({ kind: 'array', items })

export const catalogWith = (file: PdfFile, more: Record<string, PdfValue>): UpdateObject => ({
  number: rootOf(file),
  body: writeDict(withEntries(file.catalog, more)),
})

export function firstPage(file: PdfFile) {
  const [page] = pagesOf(file)
  if (page === undefined) throw new Error('no page')
  return page
}

export const streamOf = (number: number, text: string): UpdateObject => ({
  number,
  body: `<</Length ${text.length}>>`,
  stream: encodeUtf8(text),
})

/** The content of the first page with its first long piece of text left out. */
export function forgedContent(file: PdfFile): string {
  const text = decodeLatin1(contentOf(file, firstPage(file)))
  return text.replace(/<[0-9A-Fa-f]{24,}>/, '<00010001>')
}

export function pageTree(file: PdfFile): {
  readonly number: number
  readonly kids: readonly PdfValue[]
  readonly dict: string
} {
  const tree = file.catalog.entries.get('Pages')
  const dict = file.dict(tree)
  if (!isRef(tree) || dict === null) throw new Error('no page tree')
  return { number: tree.number, kids: file.items(dict.entries.get('Kids')), dict: writeDict(dict) }
}

export function treeWith(file: PdfFile, kids: readonly PdfValue[]): UpdateObject {
  const { number } = pageTree(file)
  const dict = file.dict(ref(number))
  if (dict === null) throw new Error('no page tree')
  return { number, body: writeDict(withEntries(dict, { Kids: list(...kids), Count: kids.length })) }
}

/** Signs over what a range says, wherever it lies: what an attacker with a key can do, or a broken program. */
export async function signedOver(
  { base, sign }: AttackMaterial,
  range: (right: PreparedPdf['byteRange']) => string,
  content: (prepared: PreparedPdf) => Uint8Array = signedBytes,
): Promise<Uint8Array> {
  const prepared = preparePdf(base, { kind: 'signature', claimedTime: null, room: 6000 })
  const at = indexOf(prepared.bytes, '/ByteRange [', base.length) + '/ByteRange '.length
  const end = indexOf(prepared.bytes, ']', at) + 1
  const text = range(prepared.byteRange)
  if (text.length > end - at) throw new Error('the range does not fit')
  const bytes = overwrite(prepared.bytes, at, text.padEnd(end - at, ' '))
  return embedContents({ ...prepared, bytes }, await sign(content({ ...prepared, bytes }), 'signer'))
}

export async function signAgain(
  bytes: Uint8Array,
  material: AttackMaterial,
  by: 'signer' | 'stranger',
): Promise<Uint8Array> {
  const prepared = preparePdf(bytes, { kind: 'signature', claimedTime: null, room: 6000 })
  return embedContents(prepared, await material.sign(signedBytes(prepared), by))
}

/** The file as pdf-lib writes it, with something done to it. */
export async function rewritten(
  bytes: Uint8Array,
  change: (document: PDFDocument) => void | Promise<void>,
): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false })
  await change(document)
  return document.save()
}

/** Replaces the content of a page, as an editor does that writes the whole file. */
export async function forgePage(bytes: Uint8Array): Promise<Uint8Array> {
  const forged = forgedContent(new PdfFile(bytes))
  return rewritten(bytes, (document) => {
    const page = document.getPage(0)
    const stream = document.context.flateStream(forged)
    page.node.set(PDFName.of('Contents'), document.context.register(stream))
  })
}

/** The pages of one certificate with the data of another. */
export async function swapData(pages: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const names = new PdfFile(data)
  const embedded = names.items(
    names.dict(names.dict(names.catalog.entries.get('Names'))?.entries.get('EmbeddedFiles'))?.entries.get('Names'),
  )
  return rewritten(pages, (document) => {
    const { context, catalog } = document
    const all = catalog.lookup(PDFName.of('Names')) as unknown as {
      lookup(name: PDFName): { lookup(name: PDFName): PDFArray }
    }
    const own = all.lookup(PDFName.of('EmbeddedFiles')).lookup(PDFName.of('Names'))
    for (let index = 0; index + 1 < embedded.length; index += 2) {
      const specification = names.dict(embedded[index + 1])
      const stream = names.stream(names.dict(specification?.entries.get('EF'))?.entries.get('F'))
      if (stream === null) throw new Error('no file')
      const dict = context.obj({ Type: 'EmbeddedFile', Filter: 'FlateDecode', Length: stream.raw.length })
      const file = context.register(PDFRawStream.of(dict, new Uint8Array(stream.raw)))
      const spec = context.lookup(own.get(index + 1)) as unknown as { set(name: PDFName, value: unknown): void }
      spec.set(PDFName.of('EF'), context.obj({ F: file, UF: file }))
    }
  })
}

/** An update of a filing system: a stamp on the first page, by a content stream more. */
export function stamped(bytes: Uint8Array): Uint8Array {
  return update(bytes, (file, next) => {
    const page = firstPage(file)
    const before = page.dict.entries.get('Contents') ?? null
    return [
      streamOf(next, 'q 1 0 0 RG 20 20 100 30 re S Q'),
      { number: page.number, body: writeDict(withEntries(page.dict, { Contents: list(before, ref(next)) })) },
    ]
  })
}

export const CHANGED = 'document.revisions INDETERMINATE:changed'
