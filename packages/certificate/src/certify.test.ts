// Needs: pdfdetach, pdftotext.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { canonicalise, ParseError, serializeFacts } from '@probatum/core'
import { nodeSmallDigest as smallDigest } from '@probatum/platform/node'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Judged, judgedBase, judgedFolder } from '../../../tools/testing/judged.ts'
import { testPlace } from '../../../tools/testing/place.ts'
import { TEST_BUILD, testTypesetter } from '../../../tools/testing/typesetter.ts'
import {
  type CertificatePorts,
  type CertifyInput,
  certificateIdOf,
  makeCertificate,
  remakeCertificate,
} from './certify.ts'
import { ATTACHMENT_NAMES, type CertificateFiles, readCertificateFiles } from './files.ts'
import { textOf } from './reading/attachments.ts'
import { PdfFile } from './reading/pdf-file.ts'
import { nameOf } from './reading/values.ts'
import { isKnownTemplate, parseRequest } from './request.ts'
import { parseSidecar } from './sidecar.ts'

const ROOT = join(import.meta.dirname, '../../..')
const { place: scratch, newFolder } = testPlace('certify')

const inputOf = (judged: Judged, changed: Partial<CertifyInput> = {}): CertifyInput => ({
  ...judged,
  template: { id: 'general', choice: null },
  language: 'en',
  paper: 'a4',
  list: 'auto',
  labels: [],
  names: null,
  ...changed,
})

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** What pdfdetach takes out of a certificate. */
function filesIn(pdf: Uint8Array, place: string): CertificateFiles {
  const path = join(scratch, `${place}.pdf`)
  const folder = newFolder('files')
  writeFileSync(path, pdf)
  execFileSync('pdfdetach', ['-saveall', '-o', folder, path])
  const read = (key: keyof typeof ATTACHMENT_NAMES) => new Uint8Array(readFileSync(join(folder, ATTACHMENT_NAMES[key])))
  return {
    request: read('request'),
    report: read('report'),
    facts: read('facts'),
    inventory: read('inventory'),
    policy: read('policy'),
    trustSet: read('trustSet'),
  }
}

/** The bytes of a PDF and of everything that is compressed in it. */
function* layersOf(pdf: Uint8Array): Generator<Buffer> {
  const whole = Buffer.from(pdf)
  yield whole
  for (let at = whole.indexOf('stream\n'); at !== -1; at = whole.indexOf('stream\n', at + 1)) {
    try {
      yield inflateSync(whole.subarray(at + 'stream\n'.length), { finishFlush: 2 })
    } catch {
      // Not every stream is compressed, and `endstream` is none.
    }
  }
}

/** What stands on the pages: in their streams letters are numbers of glyphs. Without spaces, since lines may end anywhere. */
function printedIn(pdf: Uint8Array): string {
  const path = join(scratch, 'printed.pdf')
  writeFileSync(path, pdf)
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, '')
}

let ports: CertificatePorts
let sealed: Judged
let made: ReturnType<typeof makeCertificate>
let files: CertificateFiles
beforeAll(async () => {
  ports = { typesetter: await testTypesetter(), smallDigest, build: TEST_BUILD }
  sealed = await judgedBase(ROOT, 'demonstration', { trustSet: 'demonstration' })
  made = makeCertificate(inputOf(sealed), ports)
  files = filesIn(made.pdf, 'sealed')
})

describe('a form of a court in a certificate of another language', () => {
  /** Types of the structure elements that say that they are English, each with its number. */
  function englishIn(pdf: Uint8Array): Readonly<Record<string, number>> {
    const file = new PdfFile(pdf)
    const counts: Record<string, number> = {}
    for (const number of file.numbers) {
      const element = file.dict({ kind: 'ref', number, generation: 0 })
      const [type, language] = [element?.entries.get('S'), element?.entries.get('Lang')]
      if (nameOf(element?.entries.get('Type')) !== 'StructElem' || textOf(language ?? null) !== 'en') continue
      const name = nameOf(type) ?? ''
      counts[name] = (counts[name] ?? 0) + 1
    }
    return counts
  }

  it('says of each heading, name, field and tick of the form that it is English, and of nothing else', () => {
    const form = (language: 'en' | 'ar', id: string, choice: string | null) =>
      englishIn(makeCertificate(inputOf(sealed, { language, template: { id, choice } }), ports).pdf)
    // Three headings below the annex’s own, six values; paragraphs and fields; no ticks.
    const us = form('ar', 'us-902', 'outside')
    expect(us).toEqual({ H3: 3, TH: 6, P: expect.any(Number) })
    expect(us.P).toBeGreaterThan(12)
    // Ticks are lists.
    expect(form('ar', 'in-bsa63', null)).toMatchObject({ L: 4 })
    expect(form('en', 'us-902', 'outside')).toEqual({})
    expect(form('ar', 'international-transmittal', null)).toEqual({})
  })
})

describe('a certificate', () => {
  it('says that the command line made it, or which page, and makes itself again from what it carries', () => {
    const script = `sha256-${'Ab+/'.repeat(10)}123=`
    const edition = { name: 'Example Court \u202e(sample)', sha256: 'e1'.repeat(32) }
    const program = 'probatum-web-verifier'
    expect(printedIn(made.pdf)).toContain('runasacommand')
    expect(printedIn(made.pdf)).not.toMatch(/sha256-[A-Za-z0-9+/]{43}=/)
    for (const maker of [
      { program, script, edition: null },
      { program, script, edition },
    ] as const) {
      const page = makeCertificate(inputOf(sealed, { maker }), ports)
      const printed = printedIn(page.pdf)
      expect(printed).toContain(script)
      expect(printed).not.toContain('runasacommand')
      expect(printed.includes(edition.sha256)).toBe(maker.edition !== null)
      expect(printed.includes('ExampleCourt')).toBe(maker.edition !== null)
      expect(printed).not.toContain('\u202e')
      expect(page.certificateId).not.toBe(made.certificateId)
      const again = remakeCertificate(filesIn(page.pdf, 'page'), ports)
      expect(Buffer.from(again.pdf).equals(page.pdf)).toBe(true)
      expect(Buffer.from(again.sidecar).equals(page.sidecar)).toBe(true)
    }
  })

  it('is the same bytes each time, and other bytes for another language, paper, template or label', () => {
    expect(sha256(makeCertificate(inputOf(sealed), ports).pdf)).toBe(sha256(made.pdf))
    const others = [
      inputOf(sealed, { paper: 'letter' }),
      inputOf(sealed, { template: { id: 'us-902', choice: 'inside' } }),
      inputOf(sealed, { template: { id: 'us-902', choice: 'outside' } }),
      inputOf(sealed, { labels: [{ sha256: 'ab'.repeat(32), label: '1' }] }),
      inputOf(sealed, { list: 'none' }),
    ].map((input) => makeCertificate(input, ports).certificateId)
    expect(new Set([made.certificateId, ...others]).size).toBe(6)
  })

  it('carries report, facts, inventory, policy and trust set byte for byte, and makes itself again from them', () => {
    expect(sha256(files.inventory)).toBe(sealed.report.body.inventory.sha256)
    expect(sha256(files.policy)).toBe(sealed.report.body.policy.sha256)
    expect(sha256(files.trustSet ?? '')).toBe(sealed.report.body.trustSet?.sha256)
    expect(Buffer.from(files.facts)).toEqual(Buffer.from(serializeFacts(sealed.facts)))
    expect(JSON.parse(Buffer.from(files.report).toString())).toEqual(sealed.report)
    const again = remakeCertificate(files, ports)
    expect(Buffer.from(again.pdf).equals(made.pdf)).toBe(true)
    expect(Buffer.from(again.sidecar).equals(made.sidecar)).toBe(true)
  })

  it('has the id that anybody computes from certificate.json, and half of it as the identifier of the file', () => {
    const id = sha256(Buffer.concat([Buffer.from('probatum/certificate/1-draft\n'), files.request]))
    expect(made.certificateId).toBe(id)
    expect(certificateIdOf(files.request, smallDigest)).toBe(id)
    const trailer = Buffer.from(made.pdf).toString('latin1')
    expect(trailer.toLowerCase()).toMatch(new RegExp(`/id\\s*\\[\\s*<${id.slice(0, 32)}>\\s*<${id.slice(0, 32)}>`))
  })

  it('has a sidecar with its digests, the request and the report', () => {
    const sidecar = JSON.parse(Buffer.from(made.sidecar).toString()) as Record<string, unknown>
    expect(sidecar).toMatchObject({
      sidecar: 'probatum/certificate-sidecar/1-draft',
      certificateId: made.certificateId,
      base: { bytes: made.pdf.length, sha256: sha256(made.pdf) },
      reportDigest: sealed.report.envelope.digests.whole,
      bundleId: sealed.report.body.subject.bundleId,
      report: sealed.report,
    })
    expect(Buffer.from(canonicalise(sidecar.request as object))).toEqual(Buffer.from(files.request))
  })

  it('is made of what failed and of what is open too', async () => {
    for (const trustSet of [null, 'other'] as const) {
      const open = await judgedBase(ROOT, 'sealed', { trustSet })
      expect(open.report.body.assessment.indication).toBe('INDETERMINATE')
      expect(makeCertificate(inputOf(open), ports).pdf.length).toBeGreaterThan(10_000)
    }
    const bag = await judgedBase(ROOT, 'bag', { policy: 'fixity', trustSet: null })
    expect(makeCertificate(inputOf(bag), ports).request.attachments.trustSet).toBeNull()
  })

  it('refuses a template, choice or language that there is not', () => {
    for (const template of [
      { id: 'court-of-nowhere', choice: null },
      { id: 'us-902', choice: null },
      { id: 'us-902', choice: 'elsewhere' },
      { id: 'general', choice: 'inside' },
    ])
      expect(() => makeCertificate(inputOf(sealed, { template }), ports)).toThrow(TypeError)
    expect(() => makeCertificate(inputOf(sealed, { language: 'xx' as 'en' }), ports)).toThrow(TypeError)
  })
})

describe('opened values', () => {
  it('are in no byte of a certificate, compressed or not, whatever was opened', () => {
    const values = sealed.opened.flatMap(({ field, value }) =>
      // Paths, sizes and digests of what is here stand in the lists anyway.
      typeof value === 'string' && !['path', 'sha256', 'sha512', 'mediaType'].includes(field) && value.length > 5
        ? [value]
        : [],
    )
    // What the bundle says in the clear as well is nothing that was opened.
    const clear = Buffer.from(serializeFacts(sealed.facts)).toString()
    const secret = [...new Set(values)].filter((value) => !clear.includes(value) && value !== 'probatum')
    expect(secret.length).toBeGreaterThan(5)
    // The facts that were handed over do hold them.
    expect(sealed.facts.opened?.length).toBe(sealed.opened.length)
    for (const layer of [...layersOf(made.pdf), Buffer.from(made.sidecar)])
      for (const value of secret) expect(layer.includes(value), value).toBe(false)
    const printed = printedIn(made.pdf)
    expect(printed).toContain(sealed.report.envelope.digests.whole)
    for (const value of secret) expect(printed.includes(value.replaceAll(/\s+/g, '')), value).toBe(false)
  })

  it('are in no byte either when they come in a file of later openings', async () => {
    const folder = join(scratch, 'small')
    const vectors = join(ROOT, 'test-vectors')
    cpSync(join(vectors, 'bundles/base/small'), folder, { recursive: true })
    cpSync(join(vectors, 'bundles/over/custody-event-withheld'), folder, { recursive: true, force: true })
    const later = new Uint8Array(readFileSync(join(vectors, 'disclosures/line-and-fields.jsonl')))
    const judged = await judgedFolder(ROOT, folder, { disclosures: [later] })
    expect(judged.opened.some(({ given }) => given !== null)).toBe(true)
    // Values of this file stand in the clear elsewhere; its salts, by which a withheld line could be guessed, nowhere.
    const text = Buffer.from(later).toString()
    const openings = [...text.matchAll(/"opening":"([^"]+)"/g)].map(([, opening = '']) => opening)
    const salts = openings.map(
      (opening) => (JSON.parse(Buffer.from(opening, 'base64url').toString()) as string[])[0] ?? '',
    )
    const lineSalt = /\\"salt\\":\\"([0-9a-f]{32})/.exec(text)?.[1] ?? ''
    const secret = [...openings, ...salts, lineSalt]
    expect(secret.every((value) => value.length > 20)).toBe(true)
    expect(secret.length).toBeGreaterThan(4)
    const certificate = makeCertificate(inputOf(judged), ports)
    for (const layer of [...layersOf(certificate.pdf), Buffer.from(certificate.sidecar)])
      for (const value of secret) expect(layer.includes(value), value).toBe(false)
    const printed = printedIn(certificate.pdf)
    for (const value of secret) expect(printed.includes(value), value).toBe(false)
  })

  it('would be found: an original name is there when names are asked for', () => {
    const name = sealed.opened.find(({ field }) => field === 'originalName')?.value
    expect(name).toBeTypeOf('string')
    const named = makeCertificate(
      inputOf(sealed, { names: [{ path: 'data/00/000001.txt', name: String(name) }] }),
      ports,
    )
    expect([...layersOf(named.pdf)].some((layer) => layer.includes(String(name)))).toBe(true)
    expect(printedIn(named.pdf)).toContain(String(name).replaceAll(/\s+/g, ''))
  })
})

describe('what a certificate carries', () => {
  const codeOf = (act: () => unknown): string => {
    try {
      act()
      return 'nothing'
    } catch (error) {
      if (error instanceof ParseError) return error.code
      throw error
    }
  }

  it('has a sidecar that is not read as a saved report', () => {
    const sidecar = JSON.parse(Buffer.from(made.sidecar).toString()) as Record<string, unknown>
    const { envelope: _, ...report } = sealed.report
    for (const altered of [
      { ...sidecar, sidecar: 'another' },
      { ...sidecar, request: 1 },
      { ...sidecar, reportDigest: '0'.repeat(64) },
      { ...sidecar, report },
      { ...sidecar, request: {} },
    ])
      expect(codeOf(() => parseSidecar(canonicalise(altered), smallDigest))).toBe('ERR_SIDECAR')
  })

  it('is refused when one file is not the one that certificate.json names', () => {
    for (const key of ['report', 'facts', 'inventory', 'policy', 'trustSet'] as const) {
      const bytes = Uint8Array.from(files[key] ?? [])
      bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1
      expect(
        codeOf(() => readCertificateFiles({ ...files, [key]: bytes }, smallDigest)),
        key,
      ).toBe('ERR_REPORT')
    }
    expect(codeOf(() => readCertificateFiles({ ...files, trustSet: null }, smallDigest))).toBe('ERR_REPORT')
  })

  it('is refused when certificate.json was changed to fit files of another report', async () => {
    const other = await judgedBase(ROOT, 'sealed', { trustSet: null })
    const otherMade = makeCertificate(inputOf(other), ports)
    const request = {
      ...otherMade.request,
      attachments: { ...otherMade.request.attachments, inventory: sha256(files.inventory) },
    }
    const mixed: CertificateFiles = {
      request: canonicalise(request),
      report: canonicalise(other.report),
      facts: serializeFacts(other.facts),
      inventory: files.inventory,
      policy: files.policy,
      trustSet: null,
    }
    expect(codeOf(() => readCertificateFiles(mixed, smallDigest))).toBe('ERR_REPORT')
  })

  it('is refused when its facts hold what was opened', () => {
    const facts = serializeFacts(sealed.facts, { opened: true })
    const request = parseRequest(files.request)
    const attachments = { ...request.attachments, facts: sha256(facts) }
    const changed = { ...files, facts, request: canonicalise({ ...request, attachments }) }
    expect(codeOf(() => readCertificateFiles(changed, smallDigest))).toBe('ERR_FACTS')
  })

  it('is refused by a version or fonts other than those that made it, by name', () => {
    const request = parseRequest(files.request)
    for (const changed of [
      { fonts: 'ab'.repeat(32) },
      { engine: { name: 'probatum', version: '9.9.9', build: TEST_BUILD } },
    ] as const)
      expect(
        codeOf(() => remakeCertificate({ ...files, request: canonicalise({ ...request, ...changed }) }, ports)),
      ).toBe('ERR_REPORT')
  })

  it('reads certificate.json as it was written, and nothing with one member more, fewer or of another type', () => {
    const request = parseRequest(files.request)
    expect(request).toEqual(made.request)
    const value = JSON.parse(Buffer.from(files.request).toString()) as Record<string, unknown>
    expect(codeOf(() => parseRequest(canonicalise({ ...value, more: 1 })))).toBe('ERR_REPORT')
    for (const name of Object.keys(value)) {
      const { [name]: _, ...fewer } = value
      expect(
        codeOf(() => parseRequest(canonicalise(fewer))),
        name,
      ).toBe('ERR_REPORT')
      expect(
        codeOf(() => parseRequest(canonicalise({ ...value, [name]: 7 }))),
        name,
      ).toBe('ERR_REPORT')
    }
    const page = { program: 'probatum-web-verifier', script: `sha256-${'A'.repeat(43)}=`, edition: null }
    const edition = { name: 'Example Court (sample)', sha256: 'ab'.repeat(32) }
    for (const maker of [page, { ...page, edition }])
      expect(parseRequest(canonicalise({ ...value, maker })).maker).toEqual(maker)
    for (const maker of [
      { ...page, program: 'probatum' },
      { ...page, program: 'another' },
      { ...page, script: null },
      { ...page, script: `sha256-${'ab'.repeat(32)}` },
      { ...page, edition: { ...edition, sha256: 'ab' } },
      { ...page, edition: { name: edition.name } },
      { program: 'probatum', script: null, edition },
    ])
      expect(
        codeOf(() => parseRequest(canonicalise({ ...value, maker }))),
        JSON.stringify(maker),
      ).toBe('ERR_REPORT')
    const spaced = Buffer.from(JSON.stringify(value, null, 1))
    expect(codeOf(() => parseRequest(spaced))).toMatch(/^ERR_JSON/)
  })

  it('never meets bytes that it does not either read or refuse', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: files.request.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, mask) => {
          const bytes = Uint8Array.from(files.request)
          bytes[at] = (bytes[at] ?? 0) ^ mask
          codeOf(() => parseRequest(bytes))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('knows the templates of this version only', () => {
    expect(isKnownTemplate({ id: 'general', version: 1, choice: null })).toBe(true)
    expect(isKnownTemplate({ id: 'us-902', version: 1, choice: 'outside' })).toBe(true)
    expect(isKnownTemplate({ id: 'us-902', version: 1, choice: null })).toBe(false)
    expect(isKnownTemplate({ id: 'general', version: 2, choice: null })).toBe(false)
    expect(isKnownTemplate({ id: 'constructor', version: 1, choice: null })).toBe(false)
  })
})
