import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InventoryLine } from '@probatum/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Judged, judgedBase } from '../../../../tools/testing/judged.ts'
import type { DocumentBlock, ReadableDocument, TextRun } from '../document.ts'
import { CERTIFICATE_LABELS, CERTIFICATE_SENTENCES } from '../en/certificate.ts'
import { ENGLISH } from '../en/index.ts'
import { availableLanguages, messagesOf } from '../languages.ts'
import { certificateDocument, qrText, reportDocument } from './document.ts'
import { type CertificateInput, type CertificateRequest, COMMAND_LINE } from './input.ts'
import { inventoryLines } from './inventory-lines.ts'
import { CERTIFICATE_TEMPLATES } from './templates.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const SHA = 'ab'.repeat(32)

function inputOf(judged: Judged, changed: Partial<CertificateRequest> = {}): CertificateInput {
  const request: CertificateRequest = {
    certificate: 'probatum/certificate/1-draft',
    engine: { name: 'probatum', version: '0', build: 'b0'.repeat(32) },
    attachments: { report: SHA, facts: SHA, inventory: SHA, policy: SHA, trustSet: null },
    template: { id: 'general', version: 1, choice: null },
    language: 'en',
    paper: 'a4',
    fonts: SHA,
    list: 'auto',
    labels: [],
    names: null,
    recorded: judged.recorded,
    maker: COMMAND_LINE,
    utcOffset: null,
    ...changed,
  }
  const inventory = { [Symbol.iterator]: () => inventoryLines(judged.inventory) }
  return { ...judged, inventory, request, certificateId: SHA }
}

const documentOf = (judged: Judged, changed: Partial<CertificateRequest> = {}) =>
  certificateDocument(inputOf(judged, changed), messagesOf(changed.language ?? 'en') ?? ENGLISH)

const textOf = (runs: readonly TextRun[]) => runs.map(({ text }) => text).join('')

/** Every text of a document with the place that it stands at. */
function* textsIn(blocks: readonly DocumentBlock[]): Generator<string> {
  for (const block of blocks) {
    if (block.kind === 'heading') yield block.text
    if (block.kind === 'paragraph' || block.kind === 'answer') yield textOf(block.runs)
    if (block.kind === 'answer') yield `${block.question} ${block.word}`
    if (block.kind === 'list') for (const item of block.items) yield textOf(item)
    if (block.kind === 'facts') for (const { term, value } of block.rows) yield `${term}: ${textOf(value)}`
    if (block.kind === 'table') {
      yield block.caption
      for (const row of [block.columns.map(({ header }) => [{ text: header }]), ...block.rows])
        yield row.map(textOf).join(' | ')
    }
    if (block.kind === 'box' || block.kind === 'page') yield* textsIn(block.blocks)
    if (block.kind === 'columns')
      for (const { title, items } of block.columns) yield* [title, ...items.map((item) => textOf(item))]
    if (block.kind === 'commands') yield* block.lines
    if (block.kind === 'qr') yield block.text
    if (block.kind === 'form') yield* [...block.fields.map(({ label }) => label), ...block.ticks]
  }
}

/** Those of the first page stand within one. */
const flat = ({ blocks }: ReadableDocument): readonly DocumentBlock[] =>
  blocks.flatMap((block) => (block.kind === 'page' ? block.blocks : [block]))

const wholeText = ({ blocks }: ReadableDocument) => [...textsIn(blocks)].join('\n')
const headings = ({ blocks }: ReadableDocument) =>
  blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))

let sealed: Judged
let withoutSet: Judged
let bag: Judged
let demonstration: Judged
beforeAll(async () => {
  sealed = await judgedBase(ROOT, 'sealed', { confirmed: true })
  withoutSet = await judgedBase(ROOT, 'sealed', { trustSet: null })
  bag = await judgedBase(ROOT, 'bag', { policy: 'fixity', trustSet: null })
  demonstration = await judgedBase(ROOT, 'demonstration', { trustSet: 'demonstration' })
})

describe('a certificate as a document', () => {
  it('begins with the whole and the three answers, in words that say no more than the values', () => {
    const answers = (document: ReadableDocument) =>
      flat(document).flatMap((block) =>
        block.kind === 'answer' ? [`${block.tone} ${block.question} ${block.word}`] : [],
      )
    expect(answers(documentOf(sealed))).toEqual([
      'match  PASSED',
      'match Unchanged? Yes',
      expect.stringMatching(/^match Who sealed it\? .*\(sample\)$/),
      expect.stringMatching(/^match Since when does it exist\? No later than 20/),
    ])
    expect(answers(documentOf(withoutSet))).toEqual([
      'undecided  CANNOT BE DETERMINED',
      'match Unchanged? Yes',
      'undecided Who sealed it? Cannot tell',
      'undecided Since when does it exist? Cannot tell',
    ])
    expect(answers(documentOf(bag))).toEqual([
      'match  PASSED',
      'match Unchanged? They match their list',
      'not-checked Who sealed it? Nobody is shown',
      'not-checked Since when does it exist? Not shown',
    ])
  })

  it('speaks of the operator to who reads it later', () => {
    for (const judged of [sealed, withoutSet])
      for (const block of flat(documentOf(judged)))
        if (block.kind === 'answer') expect(textOf(block.runs)).not.toMatch(/\b[Yy]ou(r)?\b/)
  })

  it('has every part that the specification of its content asks for, in order', () => {
    expect(headings(documentOf(sealed)).filter((text) => !/^(Signature|Time-stamp) \d/.test(text))).toEqual([
      'What was examined',
      'The checks, by axis',
      'Open questions and contradictions',
      'Method',
      'Signatures and time-stamps',
      'Keys that were believed',
      'Withdrawal data',
      'Custody',
      'Withheld items and redacted copies',
      'Consent and sharing conditions, as recorded',
      'Limits, and checks that were not made',
      'Questions that may be raised',
      'How to check this again',
      'Exhibits',
      'Files that are not as listed',
      'All evidence files',
      'Words used here',
      'Certification by a person',
      'Receipt',
    ])
  })

  it('prints what identifies bundle, report, signature, time-stamp and keys', () => {
    const { report, facts, trustSet } = sealed
    const text = wholeText(documentOf(sealed))
    const file = facts.facts.signatures[0]
    const signer = file?.cms?.signers[0]
    const token = file?.tokens[0]
    for (const part of [
      report.body.subject.bundleId,
      report.body.content.sha256,
      report.body.inventory.sha256,
      report.body.policy.sha256,
      report.body.validationTime,
      report.body.bestSignatureTime,
      report.envelope.digests.whole,
      report.envelope.digests.facts,
      report.envelope.digests.findings,
      file?.sha256,
      signer?.signingTime,
      signer?.candidates[0]?.certificate,
      token?.sha256,
      token?.tstInfo?.serialNumber,
      token?.tstInfo?.policy,
      token?.tstInfo?.genTime,
      token?.tstInfo?.hashedMessage,
      `${(token?.tstInfo?.accuracyMicroseconds ?? 0) / 1_000_000} s`,
      trustSet?.sha256,
      trustSet?.anchors[0]?.sha256,
      facts.facts.records?.history?.log.checkpoint?.root,
      facts.facts.records?.record?.created,
      SHA,
    ]) {
      expect(part).toBeTypeOf('string')
      expect(text).toContain(part)
    }
    for (const { digests } of inventoryLines(sealed.inventory)) expect(digests.sha256).toMatch(/^[0-9a-f]{64}$/)
    const payload = [...inventoryLines(sealed.inventory)].filter(({ role }) => role === 'payload')
    for (const { path, digests } of payload)
      expect(text).toMatch(new RegExp(`${path} \\| [\\d,]+ \\| ${digests.sha256} \\| as listed`))
    expect(text).toContain('typed in the code of the list')
  })

  it('numbers its paragraphs from 1 without a gap', () => {
    const numbers = flat(documentOf(demonstration)).flatMap((block) =>
      block.kind === 'paragraph' ? [block.number] : [],
    )
    expect(numbers.length).toBeGreaterThan(40)
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)))
  })

  it('fills every place of every sentence, and no line of a form', () => {
    for (const judged of [sealed, withoutSet, bag, demonstration])
      for (const { id, version, choices } of CERTIFICATE_TEMPLATES) {
        const document = documentOf(judged, { template: { id, version, choice: choices[0]?.id ?? null } })
        for (const text of textsIn(document.blocks)) expect(text, id).not.toMatch(/\{[\w.-]+\}|undefined|\[object/)
        for (const block of document.blocks)
          if (block.kind === 'form')
            for (const field of block.fields) expect(Object.keys(field).sort()).toEqual(['label', 'lines'])
      }
  })

  it('counts renamed files where there are any, so that the numbers add up', () => {
    const { body } = sealed.report
    const findings = body.findings.map((finding) =>
      finding.id === 'payload.present'
        ? {
            ...finding,
            value: 'INDETERMINATE' as const,
            reason: 'renamed',
            exceptions: [{ path: 'data/a', found: 'data/b', reason: 'renamed', value: 'INDETERMINATE' as const }],
          }
        : finding,
    )
    const countsIn = (judged: Judged) =>
      [...textsIn(documentOf(judged).blocks)].filter((text) => /listed; \d+ here/.test(text))
    expect(countsIn(sealed)[0]).toMatch(/not readable$/)
    expect(countsIn({ ...sealed, report: { ...sealed.report, body: { ...body, findings } } })[0]).toMatch(
      /, 1 under another name than is listed, 0 a second copy of another$/,
    )
  })

  it('says beside the names of a court’s form in its language what is not in that of the document', () => {
    for (const { id, version, choices } of CERTIFICATE_TEMPLATES)
      for (const language of ['ar', 'my'] as const) {
        const document = documentOf(demonstration, {
          language,
          template: { id, version, choice: choices[0]?.id ?? null },
        })
        const rows = flat(document).flatMap((block) => (block.kind === 'facts' ? block.rows : []))
        const english = rows.filter(({ lang }) => lang === 'en')
        for (const { value } of english)
          expect(value.map(({ text }) => text).join('')).not.toMatch(/[\p{Script=Arabic}\p{Script=Myanmar}]/u)
        if (id === 'us-902') expect(english.length).toBeGreaterThan(4)
      }
  })

  it('has the same paragraphs, numbers, tones, digests and commands in every language', () => {
    const bare = (document: ReadableDocument) =>
      flat(document).map((block) => {
        const runs = block.kind === 'paragraph' || block.kind === 'answer' ? block.runs : []
        const codes = runs.flatMap(({ text, style }) => (style === 'code' ? [text] : []))
        if (block.kind === 'paragraph') return [block.kind, block.number, ...codes]
        if (block.kind === 'answer') return [block.kind, block.tone]
        if (block.kind === 'commands') return [block.kind, ...block.lines]
        if (block.kind === 'table') return [block.kind, block.rows.length, block.columns.length]
        return [block.kind]
      })
    const english = bare(documentOf(demonstration))
    for (const language of availableLanguages()) {
      const document = documentOf(demonstration, { language })
      expect(bare(document), language).toEqual(english)
      expect(document.language).toBe(language)
    }
  })

  it('has as many paragraphs in a language that says two things with the same words', () => {
    const findings = Object.fromEntries(
      Object.entries(ENGLISH.findings).map(([id, words]) => [
        id,
        words.doesNotShow === undefined ? words : { ...words, doesNotShow: 'The same (sample).' },
      ]),
    ) as typeof ENGLISH.findings
    const count = (document: ReadableDocument) => flat(document).filter(({ kind }) => kind === 'paragraph').length
    const other = certificateDocument(inputOf(demonstration), { ...ENGLISH, findings })
    expect(count(other)).toBe(count(documentOf(demonstration)))
  })

  it('carries report digest and bundle id in its QR code and at the foot of each page', () => {
    const { report } = sealed
    const { whole } = report.envelope.digests
    const text = qrText(report)
    expect(text).toBe(`PROBATUM:1:REPORT:${whole.toUpperCase()}:BUNDLE:${report.body.subject.bundleId?.toUpperCase()}`)
    // ISO/IEC 18004, alphanumeric mode.
    expect(text).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
    const document = documentOf(sealed)
    expect(document.blocks).toContainEqual(expect.objectContaining({ kind: 'qr', text }))
    expect(textOf(document.footerRuns)).toContain(whole)
    expect(textOf(document.footerRuns)).toContain(report.body.subject.bundleId)
    expect(document.footer).toMatch(/\{page\}.*\{pages\}/)
    const foreign = { ...report, body: { ...report.body, subject: { ...report.body.subject, bundleId: null } } }
    expect(qrText(foreign)).toMatch(/:BUNDLE:-$/)
  })

  it('says on every page that it shows original names, and shows none otherwise', () => {
    const names = [{ path: 'data/00/000001.txt', name: 'a\u202Egpj.exe' }]
    const shown = documentOf(sealed, { names })
    expect(textOf(shown.header)).toContain('shows original file names')
    expect(wholeText(shown)).toContain('a\u202Egpj.exe')
    const runs = shown.blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat(2) : []))
    // Whoever sets it escapes it; so it may stand in a run of that style alone.
    for (const { text, style } of runs) if (text.includes('\u202E')) expect(style).toBe('name')
    const hidden = documentOf(sealed)
    expect(textOf(hidden.header)).not.toContain('names')
    expect(wholeText(hidden)).toContain('original names may identify people and are not printed')
  })

  it('repeats handling conditions on the first page, and of the sharing only what is recorded', () => {
    const sharing = {
      state: 'request' as const,
      purpose: 'Trial (sample)',
      grounds: ['Treaty (sample)'],
      conditions: ['For case 1 alone (sample)', 'Return by 2027 (sample)'],
      assurances: [
        {
          assurance: 'no-death-penalty',
          by: 'Example Office (sample)',
          date: '2026-03-01',
          reference: 'Letter 4 (sample)',
        },
      ],
      consents: 2,
      approvals: 1,
      exceptions: 0,
    }
    const document = documentOf(sealed, { recorded: { ...sealed.recorded, container: SHA, events: null, sharing } })
    const first = flat(document).find((block) => block.kind === 'facts')
    const conditions = first?.kind === 'facts' ? first.rows.find(({ term }) => term === 'conditions') : undefined
    expect(textOf(conditions?.value ?? [])).toBe('For case 1 alone (sample)\nReturn by 2027 (sample)')
    const text = wholeText(document)
    expect(text).toContain('What was judged of it stands among the checks')
    expect(text).toContain('no death penalty | Example Office (sample) | 2026-03-01 | Letter 4 (sample)')
    expect(text).toContain('Consents are recorded for 2 items')
    expect(text).toContain(`archive as handed in (SHA-256): ${SHA}`)
    expect(wholeText(documentOf(sealed))).toContain('records no request to share')
  })

  it('names each withdrawal list with its times, digest and origin, and none whose bytes have another digest', () => {
    const { files } = JSON.parse(readFileSync(join(ROOT, 'test-vectors/revocation/vectors.json'), 'utf8')) as {
      files: Record<string, string>
    }
    const pooled = (name: string) => {
      const bytes = Buffer.from(files[name] ?? '', 'base64')
      return {
        sha256: createHash('sha256').update(bytes).digest('hex'),
        der: bytes.toString('base64'),
        source: 'given',
      }
    }
    const crl = pooled('crl-good.1.crl')
    const answer = pooled(Object.keys(files).find((name) => name.endsWith('.ocsp') || name.endsWith('.ors')) ?? '')
    const forged = { ...pooled('crl-good.2.crl'), sha256: SHA }
    const facts = {
      ...sealed.facts,
      facts: { ...sealed.facts.facts, revocation: { crls: [crl, forged], ocsp: [answer], failures: [], omitted: 0 } },
    }
    const text = wholeText(certificateDocument({ ...inputOf(sealed), facts }, ENGLISH))
    expect(text).toMatch(new RegExp(`CRL \\| CN=.* \\| 20\\S+Z \\| 20\\S+Z \\| given\n${crl.sha256}`))
    expect(text).toMatch(new RegExp(`OCSP \\| .* \\| given\n${answer.sha256}`))
    expect(text.match(/^CRL \|/gm)).toHaveLength(1)
    expect(text).not.toContain('No withdrawal data')
  })

  it('identifies the custody log: its file, its first and last entry, the links between them, and withheld lines', () => {
    const first = 'a1'.repeat(32)
    const last = 'b2'.repeat(32)
    const stub = 'c3'.repeat(32)
    const recorded = { ...sealed.recorded, custody: { first, last, withheld: [{ digest: stub, line: 2 }] } }
    const text = wholeText(documentOf(sealed, { recorded }))
    expect(text).toContain(`first entry (SHA-256): ${first}`)
    expect(text).toContain(`last entry (SHA-256): ${last}`)
    const log = [...inventoryLines(sealed.inventory)].find(({ path }) => path === 'record/custody.jsonl')
    expect(text).toContain(`log, record/custody.jsonl (SHA-256): ${log?.digests.sha256}`)
    const { custody, ...history } = sealed.facts.facts.records?.history ?? expect.fail('no log')
    expect(text).toContain(`links between entries: ${custody.links.compared} compared, 0 not in agreement`)
    const broken = { line: 3, code: 'broken', expected: SHA, found: SHA, at: null } as const
    const withheld = { line: 2, code: 'withheld', ground: 'witness-protection' } as const
    const records = {
      ...(sealed.facts.facts.records ?? expect.fail('no records')),
      history: {
        ...history,
        custody: {
          ...custody,
          links: { compared: 4, broken: { count: 2, by: { broken: 2 }, first: [broken] } },
          withheld: { count: 1, by: { withheld: 1 }, first: [withheld] },
        },
      },
    }
    const facts = { ...sealed.facts, facts: { ...sealed.facts.facts, records } }
    const input = { ...inputOf(sealed, { recorded }), facts } as CertificateInput
    const other = wholeText(certificateDocument(input, ENGLISH))
    expect(other).toContain('4 compared, 2 not in agreement, the first at line 3')
    expect(other).toContain(`record/custody.jsonl | 2 | ${stub} | protection of witnesses`)
  })

  it('names the lists by their digests, every axis on the first page, and how many files were listed', () => {
    const document = documentOf(sealed)
    const list = [...inventoryLines(sealed.inventory)].find(({ role }) => role === 'manifest')
    expect(wholeText(document)).toContain(`list ${list?.path} (SHA-256): ${list?.digests.sha256}`)
    const facts = flat(document).find(({ kind }) => kind === 'facts')
    const rows =
      facts?.kind === 'facts' ? Object.fromEntries(facts.rows.map((row) => [row.term, textOf(row.value)])) : {}
    const { axes } = sealed.report.body.assessment
    expect(Object.keys(axes).length).toBe(8)
    expect(rows['by axis']?.split(', ')).toHaveLength(8)
    expect(rows['by axis']).toMatch(/^Bytes: passed, .*Authorisation: /)
    expect(rows['evidence files']).toMatch(/^(\d+) listed; \1 here,/)
  })

  it('gives times on the clocks of a place, beside UTC, where the operator names its offset', () => {
    const east = wholeText(documentOf(sealed, { utcOffset: '+06:30' }))
    expect(east).toContain('checked as of: 2026-06-01T00:00:00Z, that is 2026-06-01T06:30:00+06:30')
    expect(east).toMatch(/proved: .*Z, that is \S+\+06:30/)
    const west = wholeText(documentOf(sealed, { utcOffset: '-03:30' }))
    expect(west).toContain('2026-05-31T20:30:00-03:30')
    expect(wholeText(documentOf(sealed))).not.toContain('Z, that is')
  })

  it('names the last of several time-stamps, where all of them count', () => {
    const before = wholeText(documentOf(sealed))
    expect(before).not.toContain('The last of the time-stamps')
    const [signature, ...rest] = sealed.report.body.signatures
    const [token] = signature?.timestamps ?? []
    if (signature === undefined || token === undefined) throw new Error('no time-stamp')
    const timestamps = [...signature.timestamps, { ...token, genTime: '2027-01-01T00:00:00Z' }]
    const body = { ...sealed.report.body, signatures: [{ ...signature, timestamps }, ...rest] }
    const input = { ...inputOf(sealed), report: { ...sealed.report, body } }
    expect(wholeText(certificateDocument(input, ENGLISH))).toContain(
      'The last of the time-stamps that count is of 2027-01-01T00:00:00Z.',
    )
    const { axes } = body.assessment
    const assessment = {
      ...body.assessment,
      axes: { ...axes, time: { ...axes.time, value: 'INDETERMINATE' as const } },
    }
    const open = { ...input, report: { ...input.report, body: { ...body, assessment } } }
    expect(wholeText(certificateDocument(open, ENGLISH))).not.toContain('The last of the time-stamps')
  })

  it('says which names other systems cannot keep apart, although nothing is wrong with them here', () => {
    const findings = sealed.report.body.findings.map((finding) =>
      finding.id === 'path.collision'
        ? { ...finding, reason: 'case', evidence: [{ name: 'case', found: 'data/00/A.txt (sample)' }] }
        : finding,
    )
    const report = { ...sealed.report, body: { ...sealed.report.body, findings } }
    expect(wholeText(certificateDocument({ ...inputOf(sealed), report }, ENGLISH))).toContain('data/00/A.txt (sample)')
  })

  it('answers what the other side may ask, and names a part that there is', () => {
    for (const language of availableLanguages()) {
      const document = documentOf(sealed, { language })
      const labels = messagesOf(language)?.certificate.labels
      const table = document.blocks.find(
        (block) => block.kind === 'table' && block.caption === labels?.captionChallenges,
      )
      if (table?.kind !== 'table') throw new Error('no table')
      expect(table.rows).toHaveLength(11)
      for (const row of table.rows) expect(headings(document)).toContain(textOf(row[2] ?? []))
    }
  })

  it('shows with OpenSSL whether the signer was withdrawn, where a list of its issuer lies in the bundle', () => {
    const { files } = JSON.parse(readFileSync(join(ROOT, 'test-vectors/revocation/vectors.json'), 'utf8')) as {
      files: Record<string, string>
    }
    const pooled = (name: string) => {
      const der = files[name] ?? ''
      return { der, sha256: createHash('sha256').update(Buffer.from(der, 'base64')).digest('hex') }
    }
    const list = { ...pooled('crl-good.1.crl'), source: 'seal/1/validation/signer.crl' }
    const facts = {
      ...sealed.facts,
      facts: { ...sealed.facts.facts, revocation: { crls: [list], ocsp: [], failures: [], omitted: 0 } },
    }
    const input = { ...inputOf(sealed), facts }
    // It is of another issuer.
    expect(wholeText(certificateDocument(input, ENGLISH))).not.toContain('-crl_check')
    const signer = pooled('crl-good.1.cer')
    const certificates = [...sealed.facts.facts.certificates, signer]
    const signatures = sealed.report.body.signatures.map((one) => ({
      ...one,
      signer: { subject: '', sha256: signer.sha256 },
    }))
    const report = { ...sealed.report, body: { ...sealed.report.body, signatures } }
    const own = { ...input, report, facts: { ...facts, facts: { ...facts.facts, certificates } } } as CertificateInput
    expect(wholeText(certificateDocument(own, ENGLISH))).toMatch(
      /openssl verify -CAfile signer-roots\.pem .* -CRLfile seal\/1\/validation\/signer\.crl -crl_check -purpose any -attime 1779667200 signer\.pem/,
    )
    expect(wholeText(documentOf(sealed))).toContain('pdfsig certificate.pdf')
  })

  it('prints exhibit numbers as given by the operator', () => {
    const digest = [...inventoryLines(sealed.inventory)].find(({ role }) => role === 'payload')?.digests.sha256 ?? ''
    const text = wholeText(documentOf(sealed, { labels: [{ sha256: digest, label: 'Exhibit P-7' }] }))
    expect(text).toContain('Exhibit P-7')
    expect(text).toContain('as given by the operator')
  })

  it('says that a translation was not reviewed, on the first page and on every page', () => {
    const document = certificateDocument(inputOf(sealed), { ...ENGLISH, reviewed: false })
    expect(textOf(document.header)).toContain('translation not reviewed')
    expect(wholeText(document)).toContain('no person who knows the language and the matter has reviewed it')
    expect(textOf(documentOf(sealed).header)).not.toContain('reviewed')
  })

  it('refuses a template of another version', () => {
    expect(() => documentOf(sealed, { template: { id: 'general', version: 2, choice: null } })).toThrow(TypeError)
  })
})

describe('a report that somebody forged', () => {
  /** Turns the reading direction, hides, and ends the line. */
  const EVIL = '\u202E\u2067\u200B\nevil'
  /** The same data with that behind every text, but where a text is one of a few that the program knows. */
  const KNOWN =
    /^(id|axis|value|reason|kind|role|state|policy|code|indication|subIndication|encoding|algorithm|algorithmName|digestAlgorithm|imprintAlgorithm|der|certificate|sha256|report|whole|validationTime|bestSignatureTime|source|scheme|digest|curve|signature|bound|facts|bundleId)$/
  function poisoned(value: unknown, key = ''): unknown {
    if (typeof value === 'string') return value === 'all' || KNOWN.test(key) ? value : `${value}${EVIL}`
    if (Array.isArray(value)) return value.map((one) => poisoned(one, key))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisoned(inner, name)]))
  }

  function* runsIn(blocks: readonly DocumentBlock[]): Generator<TextRun> {
    for (const block of blocks) {
      if (block.kind === 'paragraph' || block.kind === 'answer') yield* block.runs
      if (block.kind === 'answer') yield { text: block.word }
      if (block.kind === 'list') yield* block.items.flat()
      if (block.kind === 'facts') for (const { term, value } of block.rows) yield* [{ text: term }, ...value]
      if (block.kind === 'table') yield* block.rows.flat(2)
      if (block.kind === 'box') yield* runsIn(block.blocks)
      if (block.kind === 'commands') for (const text of block.lines) yield { text }
    }
  }

  it('cannot turn, hide or break a line of what stands on the pages, outside names that are escaped when they are set', () => {
    for (const judged of [sealed, withoutSet, demonstration, bag]) {
      const { report, facts } = judged
      const forged = poisoned({ body: report.body, envelope: report.envelope, facts }) as Pick<
        CertificateInput,
        'facts'
      > &
        CertificateInput['report']
      const input: CertificateInput = {
        ...inputOf(judged, { labels: [{ sha256: SHA, label: EVIL }], names: [{ path: 'data/x', name: EVIL }] }),
        report: { body: forged.body, envelope: forged.envelope },
        facts: forged.facts,
      }
      const document = certificateDocument(input, ENGLISH)
      const runs = [...runsIn(document.blocks), ...document.header, ...document.footerRuns]
      const bad = runs.filter(
        ({ text, style }) => style !== 'name' && /[\u200b\u202a-\u202e\u2066\u2067]|\nevil/.test(text),
      )
      expect(bad).toEqual([])
      // It was in there, and is shown as what it is.
      expect(runs.filter(({ text }) => text.includes('\\u{202e}')).length).toBeGreaterThan(2)
    }
  })
})

describe('the exhibits', () => {
  const line = (index: number, changed: Partial<InventoryLine> = {}): InventoryLine => ({
    digests: { sha256: index.toString(16).padStart(64, '0') },
    manifests: { 'manifest-sha256.txt': 'match' },
    path: `data/00/${String(index).padStart(6, '0')}.jpg`,
    role: 'payload',
    size: index,
    ...changed,
  })
  const tablesOf = (lines: readonly InventoryLine[], changed: Partial<CertificateRequest> = {}) => {
    const document = certificateDocument({ ...inputOf(sealed, changed), inventory: lines }, ENGLISH)
    const rows = (caption: string) =>
      document.blocks.flatMap((block) => (block.kind === 'table' && block.caption === caption ? block.rows : []))
    return {
      exceptions: rows('Files that are not as listed').map((cells) => cells.map(textOf).join(' | ')),
      files: rows('Evidence files with their digests').length,
      text: wholeText(document),
    }
  }
  const many = Array.from({ length: 501 }, (_, index) => line(index))

  it('name what differs first, each with what is wrong', () => {
    const { exceptions, files } = tablesOf([
      line(1),
      line(2, { manifests: { 'manifest-sha256.txt': 'mismatch' } }),
      line(3, { manifests: { 'manifest-sha256.txt': 'missing' }, size: null, digests: {} }),
      line(4, { manifests: { 'manifest-sha256.txt': 'unlisted' } }),
      line(5, { manifests: { 'manifest-sha256.txt': 'unreadable' }, digests: {} }),
      line(6, { manifests: { 'manifest-sha256.txt': 'match', 'manifest-sha512.txt': 'mismatch' } }),
      line(7, { manifests: { 'tagmanifest-sha256.txt': 'mismatch' }, role: 'tag', path: 'bag-info.txt' }),
      line(8, { manifests: { 'tagmanifest-sha256.txt': 'unlisted' }, role: 'seal', path: 'seal/1/x.p7s' }),
      line(9, { manifests: {}, role: 'tag-manifest', path: 'tagmanifest-sha256.txt' }),
    ])
    expect(exceptions.map((row) => row.replace(/^\d \| (\S+) \|.* \| ([A-Za-z ]+)$/, '$1 $2'))).toEqual([
      'data/00/000002.jpg DIFFERENT',
      'data/00/000003.jpg MISSING',
      'data/00/000004.jpg NOT LISTED',
      'data/00/000005.jpg NOT READABLE',
      'data/00/000006.jpg DIFFERENT',
      'bag-info.txt DIFFERENT',
    ])
    expect(files).toBe(6)
  })

  it('count as listed what was compared, and nothing else', () => {
    const { text } = tablesOf([
      line(1),
      line(2, { manifests: { 'manifest-sha3.txt': 'not-compared' } }),
      line(3, { manifests: { 'manifest-sha256.txt': 'match', 'manifest-sha3.txt': 'not-compared' } }),
      line(4, { manifests: { 'manifest-sha256.txt': 'match', 'manifest-md5.txt': 'mismatch' } }),
    ])
    expect(text).toMatch(/evidence files: .* 2 as listed/)
  })

  it('stop at 500 rows and name the attached list, unless the full list is asked for', () => {
    const cut = tablesOf(many)
    expect(cut.files).toBe(500)
    expect(cut.text).toContain('The first 500 of 501 files stand here')
    expect(cut.text).toContain(sealed.report.body.inventory.sha256)
    const full = tablesOf(many, { list: 'full' })
    expect(full.files).toBe(501)
    expect(full.text).not.toContain('The first')
  })

  it('print only exceptions, or none of the list, where that is asked for', () => {
    for (const [list, rows] of [
      ['exceptions', 1],
      ['none', 0],
    ] as const) {
      const { exceptions, files, text } = tablesOf([line(1), line(2, { manifests: { m: 'mismatch' } })], { list })
      expect([exceptions.length, files], list).toEqual([rows, 0])
      expect(text).toContain('The full list is not printed')
    }
  })

  it('give both digests of a file that differs, where the findings state what was listed', () => {
    const listed = 'cd'.repeat(32)
    const findings = sealed.report.body.findings.map((finding) =>
      finding.id === 'payload.digest'
        ? {
            ...finding,
            exceptions: [
              { path: 'data/00/000002.jpg', value: 'FAILED' as const, reason: 'mismatch', expected: listed },
            ],
          }
        : finding,
    )
    const report = { ...sealed.report, body: { ...sealed.report.body, findings } }
    const inventory = [line(2, { manifests: { m: 'mismatch' } })]
    const document = certificateDocument({ ...inputOf(sealed), report, inventory }, ENGLISH)
    const row = document.blocks.flatMap((block) =>
      block.kind === 'table' && block.caption.startsWith('Files that are') ? block.rows : [],
    )[0]
    expect(textOf(row?.[3] ?? [])).toBe(`listed:\n${listed}\nfound:\n${line(2).digests.sha256}`)
  })
})

describe('a report as a document', () => {
  it('has no certificate id, no QR code, no part for a person and no word about attachments', () => {
    const inventory = { [Symbol.iterator]: () => inventoryLines(demonstration.inventory) }
    const document = reportDocument({ ...demonstration, inventory, names: null }, ENGLISH)
    const kinds = new Set(document.blocks.map(({ kind }) => kind))
    expect(kinds.has('qr') || kinds.has('form')).toBe(false)
    expect(headings(document)).not.toContain('Certification by a person')
    expect(wholeText(document)).not.toMatch(/attach|certificate id|certificate\.json|this certificate/i)
  })
})

describe('the catalogue', () => {
  it('has no sentence and no label that nothing prints, so that nobody translates in vain', () => {
    const sources = readdirSync(import.meta.dirname)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
      .join('\n')
    const keys = [...Object.keys(CERTIFICATE_SENTENCES), ...Object.keys(CERTIFICATE_LABELS)]
    const idle = keys.filter((key) => !key.includes(':') && !new RegExp(`'${key}'`).test(sources))
    expect(idle).toEqual([])
    expect(keys.length).toBeGreaterThan(300)
  })
})
