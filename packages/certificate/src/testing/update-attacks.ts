import { concatBytes, encodeUtf8 } from '@probatum/core'
import { PdfFile } from '../reading/pdf-file.ts'
import { isRef, type PdfValue } from '../reading/values.ts'
import { nextNumber, type UpdateObject } from '../signing/append-update.ts'
import { withEntries, writeDict, writeValue } from '../signing/write-values.ts'
import { type Attack, append, CHANGED, catalogWith, firstPage, list, ref, rootOf, update } from './attack-tools.ts'

const dict = (entries: Record<string, PdfValue>): PdfValue => ({
  kind: 'dict',
  entries: new Map(Object.entries(entries)),
})

/** The number of an object of the first page: what it draws, or what it draws with. */
function numberOf(file: PdfFile, key: 'Contents' | 'Resources'): number {
  const value = firstPage(file).dict.entries.get(key)
  if (!isRef(value)) throw new Error(`no ${key}`)
  return value.number
}

const object = (number: number, value: PdfValue): UpdateObject => ({ number, body: writeValue(value) })

/** A store whose part, as an update makes it, has the number of what the first page draws. */
const storeOver = (store: (content: PdfValue, file: PdfFile) => PdfValue, instead: PdfValue): Attack['mutate'] => {
  return ({ signed }) =>
    update(signed, (file, next) => {
      const content = numberOf(file, 'Contents')
      return [object(content, instead), object(next, store(ref(content), file)), catalogWith(file, { DSS: ref(next) })]
    })
}

/** An object as it is, in an update with a table whose entry has this generation, and this size. */
function asItIs(bytes: Uint8Array, how: { generation: number; entry: number; size: (file: PdfFile) => number }) {
  const file = new PdfFile(bytes)
  const number = firstPage(file).number
  const written = `${number} ${how.generation} obj\n${writeDict(firstPage(file).dict)}\nendobj\n`
  const row = `${String(bytes.length).padStart(10, '0')} ${String(how.entry).padStart(5, '0')} n \n`
  const trailer = ['Info', 'ID'].map((key) => `/${key} ${writeValue(file.trailer.entries.get(key) ?? null)} `).join('')
  return append(
    bytes,
    `${written}xref\n${number} 1\n${row}trailer\n<</Size ${how.size(file)} /Root ${rootOf(file)} 0 R ${trailer}` +
      `/Prev ${file.sections[0]?.offset}>>\nstartxref\n${bytes.length + written.length}\n%%EOF\n`,
  )
}

/** Updates that take a page away, or a part of the document, by what every update may have. */
export const UPDATE_ATTACKS: readonly Attack[] = [
  ...(
    [
      ['a store', () => null, dict({ Type: { kind: 'name', name: 'DSS' } })],
      ['names in a store', (content) => dict({ VRI: content }), dict({})],
      ['a name’s material in a store', (content) => dict({ VRI: dict({ A0: content }) }), dict({})],
      ['a list of certificates in a store', (content) => dict({ Certs: content }), list()],
      [
        'a list of CRLs under a name in a store',
        (content) => dict({ VRI: dict({ A0: dict({ CRL: content }) }) }),
        list(),
      ],
    ] as readonly (readonly [string, (content: PdfValue) => PdfValue, PdfValue])[]
  ).map(
    ([what, store, instead]): Attack => ({
      name: `${what} in the place of what the first page draws, in an update`,
      effect: 'the page with the result is empty, and the signature holds',
      mutate:
        store(null) === null
          ? ({ signed }) =>
              update(signed, (file) => [
                object(numberOf(file, 'Contents'), instead),
                catalogWith(file, { DSS: ref(numberOf(file, 'Contents')) }),
              ])
          : storeOver(store, instead),
      findings: [CHANGED],
      whole: 'INDETERMINATE',
      pdfsig: 'valid',
    }),
  ),
  {
    name: 'a form in the place of the fonts, in an update',
    effect: 'readers draw the pages in other letters, or none',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const form = file.dict(file.catalog.entries.get('AcroForm'))
        if (form === null) throw new Error('no form')
        const number = numberOf(file, 'Resources')
        return [{ number, body: writeDict(form) }, catalogWith(file, { AcroForm: ref(number) })]
      }),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'the cross-references in the place of what the first page draws, in an update',
    effect: 'the page with the result is empty, or says what fits between the places of objects',
    mutate: ({ signed }) => {
      const file = new PdfFile(signed)
      const number = numberOf(file, 'Contents')
      const start = signed.length
      const row = Uint8Array.of(1, 0, (start >> 24) & 255, (start >> 16) & 255, (start >> 8) & 255, start & 255, 0, 0)
      const kept = ['Info', 'ID'].map((key) => `/${key} ${writeValue(file.trailer.entries.get(key) ?? null)} `).join('')
      return concatBytes(
        append(
          signed,
          `${number} 0 obj\n<</Type /XRef /Size ${nextNumber(file)} /Root ${rootOf(file)} 0 R ${kept}` +
            `/Prev ${file.sections[0]?.offset} /W [1 5 2] /Index [${number} 1] /Length ${row.length}>>\nstream\n`,
        ),
        row,
        encodeUtf8(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`),
      )
    },
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'the first page as it is, of a later generation, in an update',
    effect: 'readers that ask for the first generation find no page',
    mutate: ({ signed }) => asItIs(signed, { generation: 1, entry: 1, size: nextNumber }),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'the first page as it is, of a later generation by its entry alone, in an update',
    effect: 'readers that ask for the first generation find no page',
    mutate: ({ signed }) => asItIs(signed, { generation: 0, entry: 1, size: nextNumber }),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a size that leaves out what the pages draw, in an update',
    effect: 'readers that believe the size show empty pages',
    mutate: ({ signed }) => asItIs(signed, { generation: 0, entry: 0, size: (file) => firstPage(file).number + 1 }),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'attached files whose names are one long text, in an update',
    effect: 'the data are gone for who looks for them, and the text of the list is the same',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const names = file.dict(file.catalog.entries.get('Names'))
        const tree = file.dict(names?.entries.get('EmbeddedFiles'))
        const entries = file.items(tree?.entries.get('Names'))
        const [first] = entries
        if (names === null || tree === null || first === null || typeof first !== 'object' || first?.kind !== 'string')
          throw new Error('no names')
        const joined = entries
          .map((entry) => (isRef(entry) ? `${entry.number} 0 R` : `(${String.fromCharCode(...bytesOf(entry))})`))
          .join(' ')
        const one: PdfValue = { ...first, bytes: encodeUtf8(joined.slice(1).replace(/\) (\d+ 0 R)$/, '')) }
        const last = entries.at(-1) ?? null
        return [
          catalogWith(file, {
            Names: withEntries(names, { EmbeddedFiles: withEntries(tree, { Names: list(one, last) }) }),
          }),
        ]
      }),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
]

function bytesOf(value: PdfValue): Uint8Array {
  if (value === null || typeof value !== 'object' || value.kind !== 'string') throw new Error('no text')
  return value.bytes
}
