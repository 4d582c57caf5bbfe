import { concatBytes, decodeLatin1, encodeUtf8, toHex } from '@probatum/core'
import { PdfFile } from '../reading/pdf-file.ts'
import { isRef, type PdfValue } from '../reading/values.ts'
import { appendUpdate, nextNumber } from '../signing/append-update.ts'
import { embedContents, preparePdf, signedBytes } from '../signing/sign-pdf.ts'
import { withEntries, writeDict, writeValue } from '../signing/write-values.ts'
import {
  type Attack,
  append,
  CHANGED,
  catalogWith,
  firstPage,
  flip,
  forgedContent,
  forgePage,
  indexOf,
  list,
  overwrite,
  pageTree,
  ref,
  rootOf,
  signAgain,
  signedOver,
  streamOf,
  swapData,
  treeWith,
  update,
} from './attack-tools.ts'
import { LATER_ATTACKS } from './later-attacks.ts'
import { UPDATE_ATTACKS } from './update-attacks.ts'

const FAILED_DIGEST = 'signature.message-digest FAILED:differs'

const NAMED_ATTACKS: readonly Attack[] = [
  {
    name: 'a bit of a font',
    effect: 'glyphs drawn as others',
    mutate: ({ signed }) => flip(signed, 3000),
    findings: ['document.base FAILED:differs', FAILED_DIGEST],
    whole: 'TOTAL-FAILED',
    pdfsig: 'not valid',
  },
  {
    name: 'a bit of a page',
    effect: 'another word on a page',
    mutate: ({ base, signed }) =>
      flip(
        signed,
        (new PdfFile(base).stream(firstPage(new PdfFile(base)).dict.entries.get('Contents'))?.offset ?? 0) + 400,
      ),
    findings: ['document.base FAILED:differs', FAILED_DIGEST],
    whole: 'TOTAL-FAILED',
    pdfsig: 'not valid',
  },
  {
    name: 'a bit of the cross-references',
    effect: 'objects looked for elsewhere',
    mutate: ({ base, signed }) => flip(signed, (new PdfFile(base).sections[0]?.offset ?? 0) + 400),
    findings: ['document.structure INDETERMINATE:malformed'],
    whole: 'INDETERMINATE',
    pdfsig: 'not valid',
  },
  {
    name: 'the time that the signer states',
    effect: 'a signature dated back',
    mutate: ({ signed }) => overwrite(signed, indexOf(signed, '/M (D:2026') + 6, '2020'),
    findings: [FAILED_DIGEST],
    whole: 'TOTAL-FAILED',
    pdfsig: 'not valid',
  },
  {
    name: 'a bit of the signature',
    effect: 'none; a broken copy',
    mutate: ({ signed }) => {
      const { signatures } = { signatures: indexOf(signed, '/Contents <') }
      const text = decodeLatin1(signed)
      const end = text.slice(signatures, text.indexOf('>', signatures + 11)).replace(/0+$/, '').length
      return flip(signed, signatures + end - 5)
    },
    findings: ['signature.value FAILED:invalid'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'not valid',
  },
  {
    name: 'a remark behind the end',
    effect: 'a second document for a lenient reader',
    mutate: ({ signed }) => append(signed, '% nothing to see\n'),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a second end of file',
    effect: 'a reader that looks for the last one sees more',
    mutate: ({ signed }) => append(signed, '%%EOF\n'),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'another file behind it',
    effect: 'the other file is shown',
    mutate: ({ signed, other }) => concatBytes(signed, other),
    findings: ['document.structure INDETERMINATE:malformed'],
    whole: 'INDETERMINATE',
    pdfsig: 'none',
  },
  {
    name: 'the content of a page, in an update',
    effect: 'another result on page 1 under a signature that holds',
    mutate: ({ signed }) =>
      update(signed, (file, next) => [
        streamOf(next, forgedContent(file)),
        { number: firstPage(file).number, body: writeDict(withEntries(firstPage(file).dict, { Contents: ref(next) })) },
      ]),
    findings: [CHANGED, 'document.shown FAILED:differs'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'the content stream itself replaced, in an update',
    effect: 'another result on page 1 under a signature that holds',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const contents = firstPage(file).dict.entries.get('Contents')
        if (!isRef(contents)) throw new Error('no content')
        return [streamOf(contents.number, forgedContent(file))]
      }),
    findings: [CHANGED, 'document.shown FAILED:differs'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'text hidden on a page, in an update',
    effect: 'a copied or searched text that nobody sees',
    mutate: ({ signed }) =>
      update(signed, (file, next) => {
        const page = firstPage(file)
        const [font] = [
          ...(file.dict(file.dict(page.dict.entries.get('Resources'))?.entries.get('Font'))?.entries.keys() ?? []),
        ]
        return [
          streamOf(next, `BT 3 Tr /${font} 10 Tf 20 20 Td <00010002> Tj ET`),
          {
            number: page.number,
            body: writeDict(
              withEntries(page.dict, { Contents: list(page.dict.entries.get('Contents') ?? null, ref(next)) }),
            ),
          },
        ]
      }),
    findings: [CHANGED, 'document.shown INDETERMINATE:added'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a note over the result',
    effect: 'FAILED is covered by something that says otherwise',
    mutate: ({ signed }) =>
      update(signed, (file, next) => {
        const page = firstPage(file)
        return [
          {
            number: next,
            body: '<</Type /Annot /Subtype /FreeText /Rect [20 600 400 700] /Contents (PASSED) /DA (/Helv 12 Tf)>>',
          },
          {
            number: page.number,
            body: writeDict(
              withEntries(page.dict, { Annots: list(...file.items(page.dict.entries.get('Annots')), ref(next)) }),
            ),
          },
        ]
      }),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a field with an area over the page',
    effect: 'an appearance that covers the page, as a signature field',
    mutate: async (material) => {
      const prepared = preparePdf(material.base, { kind: 'signature', claimedTime: null, room: 6000 })
      const at = indexOf(prepared.bytes, '/Rect [0 0 0 0]')
      const bytes = overwrite(prepared.bytes, at, '/Rect [0 0 9 9]')
      return embedContents({ ...prepared, bytes }, await material.sign(signedBytes({ ...prepared, bytes }), 'signer'))
    },
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'an action when it is opened',
    effect: 'a program runs in the reader',
    mutate: ({ signed }) =>
      update(signed, (file) => [
        catalogWith(file, {
          OpenAction: {
            kind: 'dict',
            entries: new Map<string, PdfValue>([
              ['S', { kind: 'name', name: 'JavaScript' }],
              ['JS', { kind: 'string', bytes: encodeUtf8('app.alert(1)'), start: 0, end: 0, hex: true }],
            ]),
          },
        }),
      ]),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'another catalog',
    effect: 'other pages under a signature that holds',
    mutate: ({ signed }) => {
      const updated = update(signed, (file, next) => [{ number: next, body: writeDict(file.catalog) }])
      const file = new PdfFile(updated)
      const root = `/Root ${rootOf(file)} 0 R`
      const at = indexOf(updated, root, signed.length)
      return overwrite(
        updated,
        at,
        `/Root ${nextNumber(new PdfFile(signed))} 0 R`.padEnd(root.length, ' ').slice(0, root.length),
      )
    },
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a page more, in an update',
    effect: 'a page that the signer never saw',
    mutate: ({ signed }) =>
      update(signed, (file, next) => [
        streamOf(next + 1, forgedContent(file)),
        { number: next, body: writeDict(withEntries(firstPage(file).dict, { Contents: ref(next + 1) })) },
        treeWith(file, [...pageTree(file).kids, ref(next)]),
      ]),
    findings: [CHANGED, 'document.shown INDETERMINATE:added'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a page less, in an update',
    effect: 'the page with the exceptions is gone',
    mutate: ({ signed }) => update(signed, (file) => [treeWith(file, pageTree(file).kids.slice(0, -1))]),
    findings: [CHANGED, 'document.shown INDETERMINATE:pages-missing'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'another attachment, in an update',
    effect: 'a program reads another report than the one that was signed',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const names = file.items(
          file.dict(file.dict(file.catalog.entries.get('Names'))?.entries.get('EmbeddedFiles'))?.entries.get('Names'),
        )
        const specification = file.dict(
          names[names.findIndex((value) => writeValue(value) === `<${toHex(encodeUtf8('report.json'))}>`) + 1],
        )
        const stream = file.dict(specification?.entries.get('EF'))?.entries.get('F')
        if (!isRef(stream)) throw new Error('no report')
        return [streamOf(stream.number, '{"report":"another"}')]
      }),
    findings: [CHANGED, 'document.data FAILED:disagree'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'another font, in an update',
    effect: 'the same codes drawn as other letters',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const number = file.numbers.find((one) => file.object(one)?.stream?.dict.entries.has('Length1'))
        if (number === undefined) throw new Error('no font')
        return [streamOf(number, 'no font at all')]
      }),
    findings: [CHANGED, 'document.shown INDETERMINATE:text-same'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'other information, in an update',
    effect: 'another title in the reader’s window',
    mutate: ({ signed }) =>
      update(signed, (file) => {
        const information = file.trailer.entries.get('Info')
        if (!isRef(information)) throw new Error('no information')
        return [{ number: information.number, body: '<</Title (Another title)>>' }]
      }),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a store with something else in it',
    effect: 'whatever a reader makes of unknown entries',
    mutate: ({ signed }) =>
      update(signed, (file, next) => [
        { number: next, body: '<</Type /DSS /Certs [] /Pages 1 0 R>>' },
        catalogWith(file, { DSS: ref(next) }),
      ]),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'an object that belongs to nothing',
    effect: 'prepared for a later update to show',
    mutate: ({ signed }) => update(signed, (_, next) => [streamOf(next, 'BT ET')]),
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'bytes between the objects of an update',
    effect: 'a lenient reader that rebuilds the file finds them',
    mutate: ({ signed }) => {
      const file = new PdfFile(append(signed, '1 0 obj\n<</Type /Catalog>>\nendobj\n'))
      const next = nextNumber(file)
      return appendUpdate(file, [
        { number: next, body: '<</Type /DSS /Certs []>>' },
        catalogWith(file, { DSS: ref(next) }),
      ]).bytes
    },
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'an object twice in one update',
    effect: 'readers that take the last one show another',
    mutate: ({ signed }) => {
      const next = nextNumber(new PdfFile(signed))
      const file = new PdfFile(append(signed, `${next} 0 obj\n<</Type /DSS /Certs [1 0 R]>>\nendobj\n`))
      return appendUpdate(file, [
        { number: next, body: '<</Type /DSS /Certs []>>' },
        catalogWith(file, { DSS: ref(next) }),
      ]).bytes
    },
    findings: [CHANGED],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'cross-references that lead back to themselves',
    effect: 'a reader that never ends, or gives up and guesses',
    mutate: ({ signed }) => {
      const updated = update(signed, (_, next) => [streamOf(next, 'BT ET')])
      const own = String(new PdfFile(updated).sections[0]?.offset)
      const before = String(new PdfFile(signed).sections[0]?.offset)
      return overwrite(updated, indexOf(updated, `/Prev ${before}`, signed.length) + 6, own.padEnd(before.length, ' '))
    },
    findings: ['document.structure INDETERMINATE:malformed'],
    whole: 'INDETERMINATE',
    pdfsig: 'none',
  },
  {
    name: 'a table and a stream of cross-references',
    effect: 'two kinds of reader show two documents',
    mutate: ({ signed }) => {
      const previous = new PdfFile(signed).sections[0]?.offset ?? 0
      return append(
        signed,
        `xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 9999 /Root ${rootOf(new PdfFile(signed))} 0 R /Prev ${previous} /XRefStm ${previous}>>\nstartxref\n${signed.length}\n%%EOF\n`,
      )
    },
    findings: ['document.structure INDETERMINATE:malformed'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'an object taken away',
    effect: 'the catalog’s list of files is gone',
    mutate: ({ signed }) => {
      const previous = new PdfFile(signed).sections[0]?.offset ?? 0
      const number = firstPage(new PdfFile(signed)).number
      return append(
        signed,
        `xref\n${number} 1\n0000000000 00001 f \ntrailer\n<</Size ${nextNumber(new PdfFile(signed))} /Root ${rootOf(new PdfFile(signed))} 0 R /Prev ${previous}>>\nstartxref\n${signed.length}\n%%EOF\n`,
      )
    },
    findings: ['document.structure INDETERMINATE:malformed'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a second signature by somebody else',
    effect: 'the name of another one under the pages',
    mutate: (material) => signAgain(material.signed, material, 'stranger'),
    findings: ['document.revisions INDETERMINATE:signed-again', 'signer.path INDETERMINATE:same-name-other-key'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a signature by somebody else alone',
    effect: 'another one vouches for it',
    mutate: (material) => signAgain(material.base, material, 'stranger'),
    findings: ['signer.path INDETERMINATE:same-name-other-key'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'the certificate of another one in the signature',
    effect: 'the signature shown under another name',
    mutate: async (material) => {
      const prepared = preparePdf(material.base, { kind: 'signature', claimedTime: null, room: 6000 })
      const content = signedBytes(prepared)
      const [own, others] = [await material.sign(content, 'signer'), await material.sign(content, 'stranger')]
      // Everything of the stranger's but the signature's own bytes.
      const mixed = new Uint8Array(others)
      mixed.set(own.subarray(-60), mixed.length - 60)
      return embedContents(prepared, mixed)
    },
    findings: ['signature.value FAILED:invalid'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'not valid',
  },
  {
    name: 'the signature taken away',
    effect: 'nobody has to answer for it',
    mutate: ({ signed, base }) => signed.subarray(0, base.length),
    findings: ['document.signed INDETERMINATE:none'],
    whole: 'INDETERMINATE',
    pdfsig: 'none',
  },
  {
    name: 'a hole that is larger than the signature',
    effect: 'bytes in the hole can be exchanged afterwards',
    mutate: (material) =>
      signedOver(
        material,
        ([, start, end, rest]) => `[0 ${start - 40} ${end} ${rest}]`,
        ({ bytes, byteRange: [, start, end] }) => concatBytes(bytes.subarray(0, start - 40), bytes.subarray(end)),
      ),
    findings: ['document.coverage FAILED:not-its-contents'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'a range that ends before the end',
    effect: 'what is behind it can be exchanged afterwards',
    mutate: (material) =>
      signedOver(
        material,
        ([, start, end, rest]) => `[0 ${start} ${end} ${rest - 40}]`,
        ({ bytes, byteRange: [, start, end] }) =>
          concatBytes(bytes.subarray(0, start), bytes.subarray(end, bytes.length - 40)),
      ),
    findings: ['document.coverage FAILED:not-whole'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'a range that begins behind the beginning',
    effect: 'the first bytes can be exchanged afterwards',
    mutate: (material) =>
      signedOver(
        material,
        ([, start, end, rest]) => `[9 ${start - 9} ${end} ${rest}]`,
        ({ bytes, byteRange: [, start, end] }) => concatBytes(bytes.subarray(9, start), bytes.subarray(end)),
      ),
    findings: ['document.coverage FAILED:not-whole'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'a range that overlaps itself',
    effect: 'programs differ about what was signed',
    mutate: (material) => signedOver(material, ([, start, , rest]) => `[0 ${start} ${start - 50} ${rest}]`),
    findings: ['document.coverage FAILED:out-of-range'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'not valid',
  },
  {
    name: 'a range with a negative number',
    effect: 'programs differ about what was signed',
    mutate: (material) => signedOver(material, ([, start, end]) => `[0 ${start} ${end} -1]`),
    findings: ['document.coverage FAILED:out-of-range'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'not valid',
  },
  {
    name: 'a range beyond the file',
    effect: 'a reader that reads beyond its memory',
    mutate: (material) => signedOver(material, ([, start, end]) => `[0 ${start} ${end} 99999999]`),
    findings: ['document.coverage FAILED:out-of-range'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'not valid',
  },
  {
    name: 'a range of two numbers',
    effect: 'the rest of the file is not signed',
    mutate: (material) =>
      signedOver(
        material,
        ([, start]) => `[0 ${start}]`,
        ({ bytes, byteRange: [, start] }) => bytes.subarray(0, start),
      ),
    findings: ['document.coverage FAILED:not-four'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'something behind the signature in its room',
    effect: 'data that no signature covers travel with it',
    mutate: ({ signed }) => {
      const at = indexOf(signed, '/Contents <')
      return overwrite(signed, indexOf(signed, '>', at + 11) - 8, 'DEADBEEF')
    },
    findings: ['document.form INDETERMINATE:trailing'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'a time in the signed attributes',
    effect: 'two times, of which a reader shows either',
    mutate: async (material) => {
      const prepared = preparePdf(material.base, { kind: 'signature', claimedTime: null, room: 6000 })
      return embedContents(prepared, await material.sign(signedBytes(prepared), 'signer', 'signing-time'))
    },
    findings: ['document.form INDETERMINATE:signing-time'],
    whole: 'INDETERMINATE',
    pdfsig: 'valid',
  },
  {
    name: 'room for a signature and none in it',
    effect: 'a reader shows a field for a signature',
    mutate: ({ base }) => preparePdf(base, { kind: 'signature', claimedTime: null, room: 100 }).bytes,
    findings: ['document.form INDETERMINATE:empty', 'document.signed INDETERMINATE:none'],
    whole: 'INDETERMINATE',
    pdfsig: 'not valid',
  },
  {
    name: 'a forged page with the true data, signed by a stranger',
    effect: 'a judge reads the page, a program the data',
    mutate: async (material) => signAgain(await forgePage(material.base), material, 'stranger'),
    findings: [
      'document.shown FAILED:differs',
      'document.base INDETERMINATE:written-anew',
      'signer.path INDETERMINATE:same-name-other-key',
    ],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'a forged page with the true data, signed with the signer’s key',
    effect: 'whoever has the key says two things at once',
    mutate: async (material) => signAgain(await forgePage(material.base), material, 'signer'),
    findings: ['document.shown FAILED:differs'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'the true pages with the data of another certificate',
    effect: 'a program reads other data than the judge',
    mutate: async (material) => signAgain(await swapData(material.base, material.other), material, 'signer'),
    findings: ['document.shown FAILED:differs'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'a report with another result, everything else made to fit',
    effect: 'pages, data and signature agree about something that is not so',
    mutate: (material) => signAgain(material.forgedReport, material, 'signer'),
    findings: ['document.report FAILED:differs'],
    whole: 'TOTAL-FAILED',
    pdfsig: 'valid',
  },
  {
    name: 'cut off in the middle',
    effect: 'none; a transfer that broke off',
    mutate: ({ signed }) => signed.subarray(0, Math.floor(signed.length / 2)),
    findings: ['document.structure INDETERMINATE:malformed'],
    whole: 'INDETERMINATE',
    pdfsig: 'none',
  },
]

/** One after the other, each of another name. */
export const ATTACKS: readonly Attack[] = [...NAMED_ATTACKS, ...LATER_ATTACKS, ...UPDATE_ATTACKS]
