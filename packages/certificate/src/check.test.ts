// Needs: certutil, mutool, pdfsig, pdftoppm, qpdf.
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CATALOGUE,
  canonicalise,
  type Finding,
  judge,
  PLAIN_INPUTS,
  parseCertificate,
  parseFacts,
  parseTrustSet,
  type Report,
  SHIPPED_POLICIES,
  serializeFacts,
  serializePolicy,
  type TrustSet,
  toHex,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { demonstrationAuthority, demonstrationTrustSet, seededRandom, signDetached, signPades } from '@probatum/seal'
import fc from 'fast-check'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Judged, judgedBase } from '../../../tools/testing/judged.ts'
import { instant } from '../../../tools/testing/judgement.ts'
import { testPlace } from '../../../tools/testing/place.ts'
import { TEST_BUILD, testTypesetter } from '../../../tools/testing/typesetter.ts'
import { type MadeCertificate, makeCertificate } from './certify.ts'
import { type CheckInput, establishCertificate } from './check.ts'
import { parseSidecar } from './sidecar.ts'
import { embedContents, preparePdf, signedBytes } from './signing/sign-pdf.ts'
import { type AttackMaterial, rewritten, stamped } from './testing/attack-tools.ts'
import { ATTACKS } from './testing/certificate-attacks.ts'
import type { Typesetter } from './text/typesetter.ts'

const ROOT = join(import.meta.dirname, '../../..')
const { place: scratch } = testPlace('check')
const ports = nodePorts({ jobs: 1 })
afterAll(async () => {
  await ports.close()
})

const NOW = instant('2026-06-02T00:00:00Z')
let typesetter: Typesetter
let material: AttackMaterial
let trustSet: TrustSet
let judged: Judged
let sidecar: Uint8Array
let otherSidecar: Uint8Array
let certify: (more?: object) => MadeCertificate

beforeAll(async () => {
  typesetter = await testTypesetter()
  judged = await judgedBase(ROOT, 'demonstration', { trustSet: 'demonstration' })
  const { smallDigest } = ports
  certify = (more = {}) =>
    makeCertificate(
      {
        ...judged,
        template: { id: 'general', choice: null },
        language: 'en',
        paper: 'a4',
        list: 'auto',
        labels: [],
        names: null,
        ...more,
      },
      { typesetter, smallDigest, build: TEST_BUILD },
    )
  const made = certify()
  sidecar = made.sidecar
  const later = await judgedBase(ROOT, 'demonstration', { trustSet: 'demonstration', at: '2026-07-01T00:00:00Z' })
  otherSidecar = certify(later).sidecar
  const signer = await demonstrationAuthority({ now: NOW, random: seededRandom('signer'), algorithm: 'ecdsa-p256' })
  const stranger = await demonstrationAuthority({ now: NOW, random: seededRandom('stranger') })
  trustSet = parseTrustSet(demonstrationTrustSet(signer, NOW), parseCertificate, smallDigest)
  const sign: AttackMaterial['sign'] = (content, by, form) => {
    const { key, certificates } = (by === 'signer' ? signer : stranger).signer
    return form === 'signing-time'
      ? signDetached({ content, certificates, privateKey: key, signingTime: NOW, digest: 'sha256' })
      : signPades({ content, certificates, digest: 'sha256' }, key)
  }
  const prepared = preparePdf(made.pdf, { kind: 'signature', claimedTime: NOW, room: 6000 })
  const body = {
    ...judged.report.body,
    assessment: { ...judged.report.body.assessment, indication: 'TOTAL-FAILED' as const },
  }
  const forged: Report = {
    body,
    envelope: {
      ...judged.report.envelope,
      digests: { ...judged.report.envelope.digests, whole: toHex(smallDigest('sha256', canonicalise(body))) },
    },
  }
  material = {
    base: made.pdf,
    signed: embedContents(prepared, await sign(signedBytes(prepared), 'signer')),
    other: certify({ labels: [{ sha256: 'ab'.repeat(32), label: 'Exhibit 1 (sample)' }] }).pdf,
    forgedReport: certify({ report: forged }).pdf,
    sign,
  }
  const nss = join(scratch, 'nss')
  execFileSync('mkdir', [nss])
  execFileSync('certutil', ['-N', '-d', `sql:${nss}`, '--empty-password'])
  for (const [name, { roots }] of Object.entries({ signer, stranger })) {
    writeFileSync(join(scratch, `${name}.der`), roots.signer)
    execFileSync('certutil', ['-A', '-d', `sql:${nss}`, '-n', name, '-t', 'CT,C,C', '-i', join(scratch, `${name}.der`)])
  }
}, 120_000)

const [SEALED] = SHIPPED_POLICIES.filter(({ id }) => id === 'sealed')

async function check(bytes: Uint8Array, more: Partial<CheckInput> = {}, build = TEST_BUILD): Promise<Report> {
  const input = { name: 'c.pdf', bytes, certificates: [], revocation: [], bundle: null, sidecar: null, printed: [] }
  const { factsFile } = await establishCertificate({ ...input, ...more }, { ...ports, typesetter, build })
  if (SEALED === undefined) throw new Error('no policy')
  const policySha256 = toHex(ports.smallDigest('sha256', serializePolicy(SEALED)))
  const report = await judge(
    // As it is saved, so that every fact is one that can be.
    parseFacts(serializeFacts(factsFile)),
    { policy: SEALED, policySha256, trustSet, validationTime: NOW, inputs: PLAIN_INPUTS },
    ports,
  )
  for (const { id, value } of report.body.findings) seen.add(`${id} ${value === 'PASSED' ? 'passed' : 'not passed'}`)
  return report
}
/** What the tests of this file have seen of each finding. */
const seen = new Set<string>()

const told = ({ id, value, reason }: Finding) => `${id} ${value}${reason === undefined ? '' : `:${reason}`}`
const problems = ({ body }: Report) => body.findings.filter(({ value }) => value !== 'PASSED').map(told)

const OTHER_BUILD = 'b1'.repeat(32)
/** What was found about the making of it. */
const making = ({ body }: Report) =>
  body.findings.filter(({ id }) => /^document\.(base|shown|report)$/.test(id)).map(told)

describe('a certificate that another build of this version made', () => {
  it('is the same where this build makes the same bytes and the same report', async () => {
    expect(making(await check(material.base, {}, OTHER_BUILD))).toEqual([
      'document.base PASSED',
      'document.shown PASSED',
      'document.report PASSED',
    ])
  })

  it('is undecided, and never said to differ, where this build makes other bytes or another report', async () => {
    const altered = Uint8Array.from(material.base)
    const at = Buffer.from(altered).indexOf('stream\n') + 40
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(making(await check(altered))).toContain('document.base FAILED:differs')
    expect(making(await check(material.forgedReport))).toContain('document.report FAILED:differs')
    const open = await check(altered, {}, OTHER_BUILD)
    expect(making(open).slice(0, 2)).toEqual([
      'document.base INDETERMINATE:other-version',
      'document.shown INDETERMINATE:other-version',
    ])
    const found = open.body.findings.find(({ id }) => id === 'document.base')
    expect(found?.evidence).toContainEqual({ name: 'build', found: TEST_BUILD })
    expect(making(await check(material.forgedReport, {}, OTHER_BUILD))).toContain(
      'document.report INDETERMINATE:other-version',
    )
  })
})

function pdfsig(name: string, bytes: Uint8Array): 'valid' | 'not valid' | 'none' {
  const path = join(scratch, `${name}.pdf`)
  writeFileSync(path, bytes)
  const { stdout } = spawnSync('pdfsig', ['-nssdir', `sql:${join(scratch, 'nss')}`, path], { encoding: 'utf8' })
  const first = /Signature Validation: (.*)/.exec(stdout)?.[1]
  return first === undefined ? 'none' : first.startsWith('Signature is Valid') ? 'valid' : 'not valid'
}

describe('a signed certificate', () => {
  it('is as it was made, and signed by whom the trust set names', async () => {
    const report = await check(material.signed)
    expect(problems(report).filter((one) => !/^(timestamp|signer\.revocation)/.test(one))).toEqual([
      'document.bundle NOT-CHECKED:not-given',
      'document.sidecar NOT-CHECKED:not-given',
    ])
    expect(report.body.assessment.axes.bytes.value).toBe('PASSED')
    expect(report.body.assessment.axes.signer.value).toBe('PASSED')
    expect(Buffer.from(material.signed).subarray(0, material.base.length).equals(Buffer.from(material.base))).toBe(true)
    expect(pdfsig('signed', material.signed)).toBe('valid')
  })

  it('agrees with its data and says plainly when nobody signed it', async () => {
    const report = await check(material.base)
    expect(report.body.assessment.axes.bytes.value).toBe('PASSED')
    expect(report.body.assessment.indication).toBe('INDETERMINATE')
    expect(problems(report)).toContain('document.signed INDETERMINATE:none')
  })

  it('belongs to what lies beside it', async () => {
    expect((await check(material.signed, { sidecar })).body.findings.map(told)).toContain('document.sidecar PASSED')
    expect((await check(material.other, { sidecar })).body.findings.map(told)).toContain(
      'document.sidecar INDETERMINATE:other-certificate',
    )
  })

  it('is about the bundle that was given, and about no other', async () => {
    const bundle = async () => ({ factsFile: judged.facts, inventory: judged.inventory, recorded: judged.recorded })
    expect((await check(material.signed, { bundle })).body.findings.map(told)).toContain('document.bundle PASSED')
    const other = await judgedBase(ROOT, 'sealed', { trustSet: null })
    const given = async () => ({ factsFile: other.facts, inventory: other.inventory, recorded: other.recorded })
    expect((await check(material.signed, { bundle: given })).body.findings.map(told)).toContain(
      'document.bundle INDETERMINATE:other-bundle',
    )
  })

  it('repeats of the bundle’s records what they say, and is contradicted by the bundle where it repeats something else', async () => {
    const sharing = { state: 'absent' as const }
    const custody = { first: 'ab'.repeat(32), last: 'ab'.repeat(32), withheld: [] }
    for (const lie of [{ sharing }, { custody }, { events: { export: 1 } }]) {
      const { pdf } = certify({ recorded: { ...judged.recorded, ...lie } })
      // It agrees with itself: only the bundle tells.
      expect((await check(pdf)).body.assessment.axes.bytes.value).toBe('PASSED')
      const bundle = async () => ({ factsFile: judged.facts, inventory: judged.inventory, recorded: judged.recorded })
      expect((await check(pdf, { bundle })).body.findings.map(told)).toContain('document.bundle FAILED:differs')
    }
  })
})

describe('an attack on a signed certificate', () => {
  it('is one of at least thirty, each of another name', () => {
    expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length)
    expect(ATTACKS.length).toBeGreaterThanOrEqual(30)
    expect(ATTACKS.filter((one) => one.pdfsig === 'valid').length).toBeGreaterThanOrEqual(15)
  })

  for (const [index, attack] of ATTACKS.entries())
    it(`is refused: ${attack.name}`, async () => {
      const bytes = await attack.mutate(material)
      const report = await check(bytes)
      for (const finding of attack.findings) expect(report.body.findings.map(told)).toContain(finding)
      expect(report.body.assessment.indication).toBe(attack.whole)
      expect(pdfsig(`attack-${index}`, bytes)).toBe(attack.pdfsig)
    })
})

describe('a change of one byte behind the base', () => {
  it('never leaves a certificate as it was made under a signature that holds', async () => {
    const { base, signed } = material
    const contents = Buffer.from(signed).indexOf('/Contents <', base.length)
    const end = Buffer.from(signed).indexOf('>', contents)
    const right = (await check(signed)).body.signatures[0]?.signer
    expect(right?.subject).toContain('Example Mechanism (sample)')
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          // Most of it is empty room.
          fc.integer({ min: base.length, max: contents + 2500 }),
          fc.integer({ min: end - 8, max: signed.length - 1 }),
        ),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          const bytes = Uint8Array.from(signed)
          bytes[at] = (bytes[at] ?? 0) ^ mask
          const { body } = await check(bytes)
          const { axes } = body.assessment
          if (axes.bytes.value !== 'PASSED' || axes.signer.value !== 'PASSED') return
          // The room alone is not signed: a digit or a name in it may be spelt otherwise, and means the same signature.
          expect(at).toBeGreaterThan(contents)
          expect(at).toBeLessThan(end)
          expect(body.signatures[0]?.signer).toEqual(right)
        },
      ),
      { numRuns: 60 },
    )
  }, 600_000)
})

describe('an honest accident', () => {
  const tool = (name: string, command: string, args: (input: string, output: string) => string[]) => () => {
    const [input, output] = [join(scratch, `${name}-in.pdf`), join(scratch, `${name}-out.pdf`)]
    writeFileSync(input, material.signed)
    spawnSync(command, args(input, output))
    return new Uint8Array(readFileSync(output))
  }
  const accidents: Readonly<Record<string, { make: () => Uint8Array | Promise<Uint8Array>; says: readonly string[] }>> =
    {
      'saved again by qpdf': {
        make: tool('qpdf', 'qpdf', (input, output) => [input, output]),
        says: [
          'document.base INDETERMINATE:written-anew',
          'document.coverage INDETERMINATE:moved',
          'document.shown INDETERMINATE:text-same',
        ],
      },
      'linearized by qpdf': {
        make: tool('linear', 'qpdf', (input, output) => ['--linearize', input, output]),
        says: ['document.base INDETERMINATE:written-anew', 'document.revisions INDETERMINATE:not-appended'],
      },
      'saved again by mutool': {
        make: tool('clean', 'mutool', (input, output) => ['clean', '-gggg', '-z', input, output]),
        says: ['document.base INDETERMINATE:written-anew'],
      },
      'printed to a PDF by mutool': {
        make: tool('print', 'mutool', (input, output) => ['convert', '-o', output, input]),
        says: ['document.data INDETERMINATE:lost', 'document.signed INDETERMINATE:none'],
      },
      'flattened by qpdf': {
        make: tool('flatten', 'qpdf', (input, output) => [
          '--flatten-annotations=all',
          '--object-streams=generate',
          input,
          output,
        ]),
        says: ['document.base INDETERMINATE:written-anew'],
      },
      'printed and scanned': {
        make: () => {
          const page = join(scratch, 'scan')
          writeFileSync(`${page}.pdf`, material.signed)
          spawnSync('pdftoppm', ['-r', '40', '-l', '2', '-gray', '-png', `${page}.pdf`, page])
          const images = readdirSync(scratch).filter((name) => /^scan-.*\.png$/.test(name))
          spawnSync('mutool', ['convert', '-o', `${page}-out.pdf`, ...images.map((name) => join(scratch, name))])
          return new Uint8Array(readFileSync(`${page}-out.pdf`))
        },
        says: ['document.data INDETERMINATE:lost', 'document.signed INDETERMINATE:none'],
      },
      'filed behind a cover sheet, without its last page': {
        make: async () => {
          const cover = await PDFDocument.create()
          cover.addPage([595, 842]).drawRectangle({ x: 50, y: 700, width: 400, height: 60 })
          writeFileSync(join(scratch, 'cover.pdf'), await cover.save())
          return tool('filed', 'qpdf', (input, output) => [
            ...[input, '--pages', join(scratch, 'cover.pdf'), '1', '.', '1-r2', '--', output],
          ])()
        },
        says: ['document.base INDETERMINATE:written-anew', 'document.shown INDETERMINATE:other-pages'],
      },
      'bound from the last page to the first': {
        make: tool('reverse', 'qpdf', (input, output) => [input, '--pages', '.', 'z-1', '--', output]),
        says: ['document.shown INDETERMINATE:other-pages'],
      },
      'saved again by pdf-lib': {
        make: () => rewritten(material.signed, () => {}),
        says: ['document.base INDETERMINATE:written-anew'],
      },
      'encrypted by qpdf': {
        make: tool('encrypt', 'qpdf', (input, output) => ['--encrypt', '', 'owner', '256', '--', input, output]),
        says: ['document.structure INDETERMINATE:encrypted'],
      },
      'stamped by a filing system, as an update': {
        make: () => stamped(material.signed),
        says: ['document.revisions INDETERMINATE:changed', 'document.base PASSED'],
      },
      'without its last page': {
        make: tool('pages', 'qpdf', (input, output) => [input, '--pages', '.', '1-3', '--', output]),
        says: ['document.base INDETERMINATE:written-anew', 'document.shown INDETERMINATE:pages-missing'],
      },
    }
  for (const [name, { make, says }] of Object.entries(accidents))
    it(`is never called a forgery: ${name}`, async () => {
      const report = await check(await make())
      expect(report.body.findings.filter(({ value }) => value === 'FAILED').map(told)).toEqual([])
      expect(report.body.assessment.indication).toBe('INDETERMINATE')
      for (const finding of says) expect(report.body.findings.map(told)).toContain(finding)
    })

  it('costs nothing when a transfer adds a line end', async () => {
    const report = await check(new Uint8Array([...material.signed, 10]))
    expect(report.body.assessment.axes.bytes.value).toBe('PASSED')
    expect(report.body.assessment.axes.signer.value).toBe('PASSED')
  })

  it('is compared by digests that somebody types, where the data were lost', async () => {
    const printed = accidents['printed to a PDF by mutool']
    if (printed === undefined) throw new Error('no such accident')
    const bytes = await printed.make()
    const { whole } = judged.report.envelope.digests
    const finding = async (typed: readonly string[]) =>
      (await check(bytes, { sidecar, printed: typed })).body.findings
        .map(told)
        .find((one) => one.startsWith('document.sidecar'))
    expect(await finding([whole])).toBe('document.sidecar PASSED:printed')
    expect(await finding(['ab'.repeat(32)])).toBe('document.sidecar INDETERMINATE:printed-differs')
    expect(await finding([whole, 'ab'.repeat(32)])).toBe('document.sidecar INDETERMINATE:printed-differs')
  })
  it('is compared by the digests that stand on its pages, where they can be read', async () => {
    const bare = tool('bare', 'qpdf', (input, output) => ['--empty', '--pages', input, '1-z', '--', output])()
    const found = (await check(bare, { sidecar })).body.findings.find(({ id }) => id === 'document.sidecar')
    expect(found?.reason).toBe('printed')
    const other = parseSidecar(sidecar, ports.smallDigest).reportDigest
    expect(found?.evidence).toContainEqual({ name: 'printed', found: other })
    const report = await check(bare, { sidecar: otherSidecar })
    expect(report.body.findings.map(told)).toContain('document.sidecar INDETERMINATE:printed-differs')
    expect(report.body.findings.filter(({ value }) => value === 'FAILED')).toEqual([])
  })
})

describe('all of them together', () => {
  it('show every finding about a certificate passed and not passed', () => {
    const ids = CATALOGUE.map(({ id }) => id).filter((id) => id.startsWith('document.'))
    expect(ids.length).toBeGreaterThan(0)
    const wanted = ids.flatMap((id) => [`${id} passed`, `${id} not passed`])
    expect(wanted.filter((one) => !seen.has(one))).toEqual([])
  })
})
