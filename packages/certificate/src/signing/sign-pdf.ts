import { concatBytes, encodeUtf8, formatInstant, type Instant, toHex } from '@probatum/core'
import { annotationsOf, pagesOf } from '../reading/pages.ts'
import { PdfFile } from '../reading/pdf-file.ts'
import { isRef, type PdfDict, type PdfRef, type PdfValue } from '../reading/values.ts'
import { appendUpdate, nextNumber, type UpdateObject } from './append-update.ts'
import { withEntries, writeDict } from './write-values.ts'

/** A file with room for a signature: everything but the room is what is signed. */
export interface PreparedPdf {
  readonly bytes: Uint8Array
  /** Offset and length pairs, as /ByteRange has them (ISO 32000-1 §12.8.1). */
  readonly byteRange: readonly [number, number, number, number]
}

/** Which signature a PDF gets room for. */
export interface PrepareInput {
  /** `signature`: PAdES (ETSI EN 319 142-1 §6.3); `document-timestamp`: §5.4.3. */
  readonly kind: 'signature' | 'document-timestamp'
  /** The signer's own statement of when, /M; a document time-stamp has its own time. */
  readonly claimedTime: Instant | null
  /** Bytes of the CMS structure that there shall be room for. */
  readonly room: number
}

const ref = (number: number): PdfRef => ({ kind: 'ref', number, generation: 0 })
const name = (text: string): PdfValue => ({ kind: 'name', name: text })
const array = (...items: readonly PdfValue[]): PdfValue => ({ kind: 'array', items })

/** `D:20260102030405Z` (ISO 32000-1 §7.9.4) */
function pdfDate(instant: Instant): string {
  return `D:${formatInstant({ ...instant, fraction: '' }).replace(/[-:TZ]/g, '')}Z`
}

/** Width of each number in /ByteRange: written when the places are known. */
const PLACE_DIGITS = 10

/**
 * Adds a signature dictionary with empty room, an invisible field for it on the first page, and nothing else
 * (ISO 32000-1 §12.7.4.5: a rectangle without area). The file's bytes stay a prefix.
 * @throws ParseError for a file that does not read
 */
export function preparePdf(bytes: Uint8Array, { kind, claimedTime, room }: PrepareInput): PreparedPdf {
  const file = new PdfFile(bytes)
  const [page] = pagesOf(file)
  const root = file.trailer.entries.get('Root')
  if (page === undefined || !isRef(root)) throw new TypeError('a PDF without a page')
  const first = nextNumber(file)
  const [signature, field, appearance] = [first, first + 1, first + 2]
  const form = file.dict(file.catalog.entries.get('AcroForm'))
  const fields = file.items(form?.entries.get('Fields'))
  const emptyRange = `[0 ${'0'.repeat(PLACE_DIGITS)} ${'0'.repeat(PLACE_DIGITS)} ${'0'.repeat(PLACE_DIGITS)}]`
  const date = kind === 'signature' && claimedTime !== null ? ` /M (${pdfDate(claimedTime)})` : ''
  const [type, subFilter] = kind === 'signature' ? ['Sig', 'ETSI.CAdES.detached'] : ['DocTimeStamp', 'ETSI.RFC3161']
  const head = `<</Type /${type} /Filter /Adobe.PPKLite /SubFilter /${subFilter}${date} /ByteRange ${emptyRange} /Contents `
  const objects: UpdateObject[] = [
    { number: signature, body: `${head}<${'0'.repeat(room * 2)}>>>` },
    {
      number: field,
      body:
        `<</Type /Annot /Subtype /Widget /FT /Sig /T (Signature${fields.length + 1}) /F 132 /Rect [0 0 0 0] ` +
        `/P ${page.number} 0 R /AP <</N ${appearance} 0 R>> /V ${signature} 0 R>>`,
    },
    {
      number: appearance,
      body: '<</Type /XObject /Subtype /Form /BBox [0 0 0 0] /Resources <<>> /Length 0>>',
      stream: new Uint8Array(),
    },
    {
      number: root.number,
      body: writeDict(withEntries(file.catalog, { AcroForm: withField(form, [...fields, ref(field)]) })),
    },
    {
      number: page.number,
      body: writeDict(withEntries(page.dict, { Annots: array(...annotationsOf(file, page.dict), ref(field)) })),
    },
  ]
  const { bytes: written, places } = appendUpdate(file, objects)
  const at = places.get(signature) ?? 0
  const body = at + `${signature} 0 obj\n`.length
  const start = body + head.length
  const end = start + room * 2 + 2
  const byteRange = [0, start, end, written.length - end] as const
  const digits = (value: number) => String(value).padEnd(PLACE_DIGITS, ' ')
  const range = `[0 ${digits(start)} ${digits(end)} ${digits(written.length - end)}]`
  written.set(encodeUtf8(range), body + head.indexOf('/ByteRange ') + '/ByteRange '.length)
  return { bytes: written, byteRange }
}

function withField(form: PdfDict | null, fields: readonly PdfValue[]): PdfDict {
  // SigFlags (§12.7.2): there are signatures, and the file grows by appending alone.
  const entries = { Fields: array(...fields), SigFlags: 3 }
  return form === null ? { kind: 'dict', entries: new Map(Object.entries(entries)) } : withEntries(form, entries)
}

/** What is signed: everything but the room. */
export function signedBytes({ bytes, byteRange: [from, length, then, rest] }: PreparedPdf): Uint8Array {
  return concatBytes(bytes.subarray(from, from + length), bytes.subarray(then, then + rest))
}

/**
 * Puts a CMS structure into the room; a former one is written over, and what is left of the room is zeros.
 * @throws RangeError when it does not fit
 */
export function embedContents({ bytes, byteRange: [, start, end] }: PreparedPdf, contents: Uint8Array): Uint8Array {
  const room = (end - start - 2) / 2
  if (contents.length > room) throw new RangeError(`${contents.length} bytes do not fit into ${room}`)
  const embedded = new Uint8Array(bytes)
  embedded.set(encodeUtf8(`<${toHex(contents).padEnd(room * 2, '0')}>`), start)
  return embedded
}

/** What shows, years later, that certificates were good when they were used; DER each. */
export interface ValidationMaterial {
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  readonly ocsps: readonly Uint8Array[]
}

/** Adds a Document Security Store (ETSI EN 319 142-1 §5.4.2), with what is in one already. The file's bytes stay a prefix. */
export function addValidationMaterial(bytes: Uint8Array, material: ValidationMaterial): Uint8Array {
  const file = new PdfFile(bytes)
  const root = file.trailer.entries.get('Root')
  if (!isRef(root)) throw new TypeError('a PDF without a catalog')
  const before = file.dict(file.catalog.entries.get('DSS'))
  let next = nextNumber(file)
  const store = next
  next += 1
  const objects: UpdateObject[] = []
  const lists = new Map<string, PdfValue>()
  for (const [key, each] of [
    ['Certs', material.certificates],
    ['CRLs', material.crls],
    ['OCSPs', material.ocsps],
  ] as const) {
    const own = each.map((der): PdfValue => {
      objects.push({ number: next, body: `<</Length ${der.length}>>`, stream: der })
      next += 1
      return ref(next - 1)
    })
    const items = [...file.items(before?.entries.get(key)), ...own]
    if (items.length > 0) lists.set(key, array(...items))
  }
  objects.push({
    number: store,
    body: writeDict({ kind: 'dict', entries: new Map<string, PdfValue>([['Type', name('DSS')], ...lists]) }),
  })
  objects.push({ number: root.number, body: writeDict(withEntries(file.catalog, { DSS: ref(store) })) })
  return appendUpdate(file, objects).bytes
}
