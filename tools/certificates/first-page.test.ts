import { makeCertificate } from '@probatum/certificate'
import { nodeSmallDigest } from '@probatum/platform/node'
import { type CertificateRequest, certificateDocument, inventoryLines } from '@probatum/words/certificate'
import { messagesOf } from '@probatum/words/languages'
import { describe, expect, it } from 'vitest'
import { setDocument } from '../../packages/certificate/src/layout/set-document.ts'
import { PdfObjects } from '../../packages/certificate/src/pdf/objects.ts'
import { pagesOf, textOfPage } from '../../packages/certificate/src/reading/pages.ts'
import { PdfFile } from '../../packages/certificate/src/reading/pdf-file.ts'
import { ROOT } from '../setup.mjs'
import { type Judged, judgedBase } from '../testing/judged.ts'
import { TEST_BUILD, testTypesetter } from '../testing/typesetter.ts'
import { type CertificateCase, certificateCases, sampleCertificate, sampleJudged } from './cases.ts'

interface Variant {
  readonly judged: Judged
  readonly labels?: CertificateRequest['labels']
  readonly utcOffset?: string
}

let known: Promise<CertificateRequest> | undefined

/** A request of the sample, of which language, paper and form are then chosen. */
function requestOf(): Promise<CertificateRequest> {
  const [first] = certificateCases()
  known ??= first === undefined ? expect.fail('no case') : sampleCertificate(first).then(({ request }) => request)
  return known
}

async function documentOf({ template, language, paper }: CertificateCase, variant: Variant) {
  const request = await requestOf()
  const { judged, labels = [], utcOffset = null } = variant
  const messages = messagesOf(language) ?? expect.fail(language)
  return certificateDocument(
    {
      ...judged,
      inventory: { [Symbol.iterator]: () => inventoryLines(judged.inventory) },
      request: {
        ...request,
        template: { ...request.template, ...template },
        recorded: judged.recorded,
        language,
        paper,
        labels,
        utcOffset,
      },
      certificateId: 'c0'.repeat(32),
    },
    messages,
  )
}

/** How many pages the part takes that should stand on the first one. */
async function pagesTaken(one: CertificateCase, variant: Variant): Promise<number> {
  const { blocks, ...document } = await documentOf(one, variant)
  const { paper } = one
  // The blocks behind it take their time, and change nothing.
  return setDocument(
    { ...document, blocks: blocks.slice(0, 1) },
    { paper, typesetter: await testTypesetter(), objects: new PdfObjects() },
  ).firstBlockPages
}

const TALLEST: ReadonlySet<string> = new Set(['my', 'es'])

/** What the first page holds, in the order in which it stands there. */
const KINDS = ['answer', 'answer', 'answer', 'answer', 'facts', 'columns', 'paragraph']

const general = certificateCases().filter(({ template }) => template.id === 'general')

describe('the first page', () => {
  it('is asked to hold result, answers, facts, what is shown and what is not, and its date', async () => {
    for (const one of general) {
      const [first] = (await documentOf(one, { judged: await sampleJudged() })).blocks
      expect(first?.kind === 'page' ? first.blocks.map(({ kind }) => kind) : first?.kind).toEqual(KINDS)
    }
  })

  it.each(general)('holds all of it: $name', async (one) => {
    expect(await pagesTaken(one, { judged: await sampleJudged() })).toBe(1)
  })

  it('is the same under every form, and so are head and foot', async () => {
    const judged = await sampleJudged()
    const firstOf = async (one: CertificateCase) => {
      const { title, header, footer, footerRuns, blocks } = await documentOf(one, { judged })
      return { title, header, footer, footerRuns, first: blocks[0] }
    }
    for (const one of certificateCases()) {
      const alike = general.find(({ language, paper }) => language === one.language && paper === one.paper)
      expect(await firstOf(one)).toEqual(alike === undefined ? null : await firstOf(alike))
    }
  })

  /** As many warnings as honest bundles have: a folder that a Mac copied, exhibit numbers, a code that nobody typed in. */
  it('holds three warnings more and a local time, in every language on every paper', async () => {
    const judged = await judgedBase(ROOT, 'demonstration', { trustSet: 'demonstration', confirmed: false })
    const container = { ...judged.facts.container, leftovers: ['data/.DS_Store'] }
    const copied = { ...judged, facts: { ...judged.facts, container } }
    const labels = [{ label: 'Exhibit 1 (sample)', sha256: 'e1'.repeat(32) }]
    for (const one of general)
      expect([one.name, await pagesTaken(one, { judged: copied, labels, utcOffset: '+06:30' })]).toEqual([one.name, 1])
  })

  it.each([
    ['a bundle with sharing conditions', 'shared', { trustSet: 'sharing' }],
    ['a bundle whose seal was renewed', 'renewed', { trustSet: 'renewal' }],
    ['a bundle of which nothing is known', 'demonstration', { trustSet: null }],
    ['a bundle of which a file is missing', 'record-file-missing', {}],
    ['a bag without a seal', 'bag', {}],
  ] as const)(
    'holds all of %s, in the languages that take most room, on the shorter paper',
    async (_, base, options) => {
      const judged = await judgedBase(ROOT, base, options)
      for (const one of general.filter(({ language, paper }) => paper === 'letter' && TALLEST.has(language)))
        expect([one.name, await pagesTaken(one, { judged })]).toEqual([one.name, 1])
    },
  )

  it('goes on in order where there is more than a page holds, and loses nothing', async () => {
    const judged = await sampleJudged()
    const conditions = Array.from({ length: 70 }, (_, index) => `Condition ${index + 1} of 70 (sample)`)
    const sharing = {
      state: 'request',
      purpose: '',
      grounds: [],
      conditions,
      assurances: [],
      consents: 0,
      approvals: 0,
      exceptions: 0,
    } as const
    const recorded = { ...judged.recorded, sharing }
    const [one] = general
    if (one === undefined) expect.fail('no case')
    expect(await pagesTaken(one, { judged: { ...judged, recorded } })).toBeGreaterThan(1)
    const asked = {
      template: one.template,
      language: one.language,
      paper: one.paper,
      list: 'none',
      labels: [],
      names: null,
    } as const
    const ports = { typesetter: await testTypesetter(), smallDigest: nodeSmallDigest, build: TEST_BUILD }
    const file = new PdfFile(makeCertificate({ ...judged, recorded, ...asked }, ports).pdf)
    const text = pagesOf(file)
      .map((page) => textOfPage(file, page))
      .join('\n')
    let at = 0
    for (const expected of [
      ...conditions,
      'What this shows',
      'What this does not show',
      'This states what could be known on',
    ]) {
      const next = text.indexOf(expected, at)
      expect([expected, next > at]).toEqual([expected, true])
      at = next
    }
  })
})
