import { deflateSync } from 'node:zlib'
import { establishCertificate } from '@probatum/certificate'
import { type Finding, judge, ParseError } from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import type { UpdateObject } from '../../packages/certificate/src/signing/append-update.ts'
import { update } from '../../packages/certificate/src/testing/attack-tools.ts'
import { certificateCases, sampleCertificate } from '../certificates/cases.ts'
import { type HostileInput, judgement } from './hostile-inputs.ts'
import { TEST_BUILD, testTypesetter } from './typesetter.ts'

/**
 * PDFs of some megabytes that unpack to much more, or hold what is cheap to write and dear to keep: the sweep hostile-pdfs
 * checks each in a child of its own.
 */
const MEGABYTE = 1_048_576

interface PdfInput {
  readonly make: HostileInput
  readonly answer: string
}
const INPUTS = new Map<string, PdfInput>()

/** What is said of its form, of its data and of its pages. */
async function told(bytes: Uint8Array): Promise<string> {
  const ports = nodePorts({ jobs: 1 })
  try {
    const asked = {
      name: 'sample.pdf',
      bytes,
      certificates: [],
      revocation: [],
      bundle: null,
      sidecar: null,
      printed: [],
    }
    const { factsFile } = await establishCertificate(asked, {
      ...ports,
      typesetter: await testTypesetter(),
      build: TEST_BUILD,
    })
    const { findings } = (await judge(factsFile, judgement(), ports)).body
    return ['document.structure', 'document.data', 'document.shown'].map((id) => sayOf(findings, id)).join(' ')
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  } finally {
    await ports.close()
  }
}

function sayOf(findings: readonly Finding[], id: string): string {
  const { value, reason } = findings.find((one) => one.id === id) ?? { value: 'absent', reason: undefined }
  return reason === undefined ? value : `${value}:${reason}`
}

/** Objects one behind the other and a stream of cross-references, as simple as a PDF can be. */
function pdfOf(objects: readonly (readonly [body: string, stream?: Uint8Array])[], inStream = 0): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from('%PDF-1.7\n')]
  let length = 9
  const places: number[] = []
  const write = (part: Uint8Array) => {
    parts.push(part)
    length += part.length
  }
  for (const [index, [body, stream]] of objects.entries()) {
    places.push(length)
    write(Buffer.from(`${index + 1} 0 obj\n${body}\n`))
    if (stream !== undefined) {
      write(Buffer.from('stream\n'))
      write(stream)
      write(Buffer.from('\nendstream\n'))
    }
    write(Buffer.from('endobj\n'))
  }
  const start = length
  const number = objects.length + 1
  const last = number + inStream
  const entries = [[0, 0, 0], ...places.map((place) => [1, place, 0]), [1, start, 0]]
  // What lies in the last object, which is a stream of objects then.
  for (let index = 0; index < inStream; index++) entries.push([2, objects.length, index])
  const content = Buffer.alloc(entries.length * 6)
  for (const [index, [kind = 0, where = 0, more = 0]] of entries.entries()) {
    content.writeUInt8(kind, index * 6)
    content.writeUInt32BE(where, index * 6 + 1)
    content.writeUInt8(more, index * 6 + 5)
  }
  write(
    Buffer.from(
      `${number} 0 obj\n<</Type /XRef /Size ${last + 1} /W [1 4 1] /Root 1 0 R /Length ${content.length}>>\nstream\n`,
    ),
  )
  write(content)
  write(Buffer.from(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`))
  return new Uint8Array(Buffer.concat(parts))
}

const packed = (content: Uint8Array, more = ''): readonly [string, Uint8Array] => {
  const raw = new Uint8Array(deflateSync(content, { level: 9 }))
  return [`<</Length ${raw.length} /Filter /FlateDecode ${more}>>`, raw]
}

/** A PDF of one page with these attached files, which all have the content of one stream each. */
function withAttachments(contents: readonly Uint8Array[]): Uint8Array {
  const names = contents.map((_, index) => `(${NAMES[index] ?? `file-${index}`}) ${4 + 2 * index} 0 R`).join(' ')
  return pdfOf([
    [`<</Type /Catalog /Pages 2 0 R /Names <</EmbeddedFiles <</Names [${names}]>>>>>>`],
    ['<</Type /Pages /Count 1 /Kids [3 0 R]>>'],
    ['<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>'],
    ...contents.flatMap((content, index) => [
      [`<</Type /Filespec /EF <</F ${5 + 2 * index} 0 R>>>>`] as const,
      packed(content, '/Type /EmbeddedFile'),
    ]),
  ])
}
const NAMES = ['certificate.json', 'report.json', 'facts.json', 'inventory.jsonl', 'policy.json']

/** A PDF with an object stream of one object. */
function withPackedObject(value: Uint8Array): Uint8Array {
  const head = Buffer.from('7 0 ')
  return pdfOf(
    [
      ['<</Type /Catalog /Pages 2 0 R>>'],
      ['<</Type /Pages /Count 1 /Kids [3 0 R]>>'],
      ['<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>'],
      ['null'],
      packed(new Uint8Array(Buffer.concat([head, value])), `/Type /ObjStm /N 1 /First ${head.length}`),
    ],
    1,
  )
}

const sample = async (): Promise<Uint8Array> => {
  const [first] = certificateCases()
  if (first === undefined) throw new TypeError('no case')
  return (await sampleCertificate(first)).pdf
}

/** A certificate with its first page replaced in an update: its data hold, so that all pages are compared. */
async function withPage(content: Uint8Array): Promise<Uint8Array> {
  const raw = new Uint8Array(deflateSync(content, { level: 9 }))
  return update(await sample(), (file, next): readonly UpdateObject[] => {
    const tree = file.catalog.entries.get('Pages')
    const number = (tree as { readonly number: number }).number
    return [
      { number: next, body: `<</Length ${raw.length} /Filter /FlateDecode>>`, stream: raw },
      { number: next + 1, body: `<</Type /Page /Parent ${number} 0 R /MediaBox [0 0 9 9] /Contents ${next} 0 R>>` },
      { number, body: `<</Type /Pages /Count 1 /Kids [${next + 1} 0 R]>>` },
    ]
  })
}

/** As many objects as its cross-references say, all of them at its first byte. */
function withReferences(entries: number): Uint8Array {
  const raw = new Uint8Array(deflateSync(Buffer.alloc(entries * 3, Uint8Array.of(1, 0, 0)), { level: 9 }))
  const head = `1 0 obj\n<</Type /XRef /Size ${entries} /W [1 1 1] /Length ${raw.length} /Filter /FlateDecode /Root 1 0 R>>\nstream\n`
  const end = '\nendstream\nendobj\nstartxref\n9\n%%EOF\n'
  return new Uint8Array(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(head), raw, Buffer.from(end)]))
}

/** The limit is met before anything is known of the file, and when its pages are compared. */
const NOT_READ = 'INDETERMINATE:limit INDETERMINATE:not-read INDETERMINATE:no-data'
const PAGES_UNREAD = 'PASSED PASSED INDETERMINATE:unread'

const filled = (bytes: number, one: string) => new Uint8Array(Buffer.alloc(bytes, one))
const add = (name: string, answer: string, make: () => Uint8Array | Promise<Uint8Array>) =>
  INPUTS.set(name, {
    answer,
    make: async () => {
      const bytes = await make()
      await testTypesetter()
      return () => told(bytes)
    },
  })

add('an attachment of 500 MB', 'PASSED INDETERMINATE:limit INDETERMINATE:no-data', () =>
  withAttachments([new Uint8Array(500 * MEGABYTE)]),
)
add('five attachments of 40 MB', 'PASSED INDETERMINATE:limit INDETERMINATE:no-data', () => {
  const one = filled(40 * MEGABYTE, '{"a":[]}')
  return withAttachments(NAMES.map(() => one))
})
add('an attachment of just what is allowed', 'PASSED INDETERMINATE:lost INDETERMINATE:no-data', () =>
  withAttachments([filled(30 * MEGABYTE, '[],')]),
)
const DEAR = { dictionaries: '<<>>', arrays: '[]', strings: '<>', names: '/a', numbers: '0 ', references: '1 0 R ' }
for (const [what, one] of Object.entries(DEAR)) {
  add(`an object of ${what}`, NOT_READ, () =>
    withPackedObject(Buffer.concat([Buffer.from('['), filled(30 * MEGABYTE, one), Buffer.from(']')])),
  )
  add(`a page of ${what} for one operator`, PAGES_UNREAD, () =>
    withPage(Buffer.concat([Buffer.from('['), filled(30 * MEGABYTE, one), Buffer.from('] TJ')])),
  )
}
add('a page of empty texts', PAGES_UNREAD, () => withPage(filled(30 * MEGABYTE, '<>Tj ')))
add('a page of many texts', PAGES_UNREAD, () => {
  const lines: string[] = []
  for (let index = 0; index < 1_500_000; index++) lines.push(`<${index.toString(16).padStart(6, '0')}> Tj`)
  return withPage(Buffer.from(lines.join('\n')))
})
add(
  'cross-references of as many objects as there may be',
  'INDETERMINATE:malformed INDETERMINATE:not-read INDETERMINATE:no-data',
  () => withReferences(400_000),
)
add('cross-references of too many objects', NOT_READ, () => withReferences(2_700_000))

/** Each with what it comes to. */
export const PDF_INPUTS: ReadonlyMap<string, PdfInput> = INPUTS
