import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeAll, describe, expect, it } from 'vitest'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { CERTIFICATE_FILE } from '../rows/certificate.ts'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/', import.meta.url))
const { place, probatum } = placeHere('certificate-bundle')

interface Told {
  readonly body: {
    readonly findings: readonly { readonly id: string; readonly value: string; readonly reason?: string }[]
    readonly inputs: { readonly part: boolean; readonly files: readonly { readonly kind: string }[] }
    readonly assessment: { readonly indication: string }
  }
}

/** The reports about the certificate, and about the bundle under what is attached and under what was chosen. */
async function check(...more: readonly string[]) {
  const { code, out, err } = await probatum(
    ...['certificate', 'check', 'c.pdf', '--trust-set', join(VECTORS, 'trust-sets/notices.json'), '--json', ...more],
  )
  const [certificate, theirs, own] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told)
  if (certificate === undefined || theirs === undefined || own === undefined) throw new Error(err)
  return { code, certificate, theirs, own }
}

const told = ({ body }: Told, id: string) =>
  body.findings
    .filter((one) => one.id === id)
    .map(({ value, reason }) => `${value}${reason === undefined ? '' : `:${reason}`}`)
    .join()

beforeAll(async () => {
  cpSync(join(VECTORS, 'bundles/base/custody'), join(place, 'bundle'), { recursive: true })
  const chosen = ['--trust-set', join(VECTORS, 'trust-sets/notices.json'), '--at', '2026-06-01']
  const made = await probatum('certify', 'bundle', '-o', 'c.pdf', ...chosen, '--quiet')
  if (made.err !== '') throw new Error(made.err)
  const secret = await generateX25519Identity()
  writeFileSync(join(place, 'key.txt'), `# sample\n${secret}\n`)
  const wrapped = await probatum('encrypt', 'bundle', '--encrypt-to', await identityToRecipient(secret), '-o', 'outbox')
  if (wrapped.code !== 0) throw new Error(wrapped.err)
}, 180_000)

describe('probatum certificate check --bundle', () => {
  it('takes a copy that was declared to be a part for no contradiction', async () => {
    cpSync(join(place, 'bundle'), join(place, 'part'), { recursive: true })
    rmSync(join(place, 'part/data/00/000002.txt'))
    const whole = await check('--bundle', 'part')
    expect([whole.code, told(whole.own, 'payload.present')]).toEqual([1, 'FAILED:missing'])
    const part = await check('--bundle', 'part', '--part')
    expect(told(part.own, 'payload.present')).toBe('INDETERMINATE:missing')
    expect(told(part.certificate, 'document.bundle')).toBe('INDETERMINATE:facts-differ')
    expect([part.own.body.inputs.part, part.theirs.body.inputs.part]).toEqual([true, false])
    expect(part.code).toBe(3)
  })

  it('reads a bundle that was encrypted after its certificate was made, and finds it the same', async () => {
    const [file = ''] = readdirSync(join(place, 'outbox')).filter((name) => name.endsWith('.age'))
    const opened = await check('--bundle', join('outbox', file), '--identity', 'key.txt')
    expect(told(opened.certificate, 'document.bundle')).toBe('PASSED')
    const closed = await probatum('certificate', 'check', 'c.pdf', '--bundle', join('outbox', file))
    expect([closed.code, closed.err]).toEqual([4, expect.stringContaining('--identity')])
  })

  it('takes later openings, notices and evidence records, which are no part of what the certificate is about', async () => {
    const line = join(VECTORS, 'disclosures/line.jsonl')
    const notice = join(VECTORS, 'notices/by-office.json')
    const record = join(VECTORS, 'evidence-records/one-file.ers')
    const { certificate, own, theirs } = await check(
      ...['--bundle', 'bundle', '--disclosures', line, '--notices', notice, '--evidence-record', record],
      ...['--recipient', 'name:Somebody Else (sample)'],
    )
    // Whether it is for whom one names is asked by who checks, and was not asked by who made the certificate.
    expect(told(own, 'authorisation.recipient')).toMatch(/^INDETERMINATE|^FAILED/)
    expect(told(theirs, 'authorisation.recipient')).toBe('NOT-CHECKED:not-asked')
    expect(told(certificate, 'document.bundle')).toBe('PASSED')
    for (const report of [own, theirs]) {
      expect(report.body.inputs.files.map(({ kind }) => kind)).toEqual(['disclosures', 'notice', 'evidence-record'])
      expect(told(report, 'evidence.record')).toBe('INDETERMINATE:foreign')
      expect(told(report, 'authorisation.notices')).not.toMatch(/NOT-CHECKED/)
      // Openings of another bundle: they were read, and compared with this one.
      expect(told(report, 'disclosure.later-lines')).toBe('INDETERMINATE:other-bundle')
    }
  })

  it('refuses what is about a bundle where none is given', async () => {
    const row = CERTIFICATE_FILE.find(({ name }) => name === 'certificate check') ?? expect.fail('no such command')
    const given = {
      part: true,
      disclosures: ['x'],
      notices: ['x'],
      'evidence-record': ['x'],
      recipient: 'name:x',
      identity: ['x'],
    }
    for (const [option, value] of Object.entries(given)) {
      expect(() => row.check?.({ _: [], pdf: 'c.pdf', [option]: value }), option).toThrow(
        `--${option} is about the bundle`,
      )
      expect(() => row.check?.({ _: [], pdf: 'c.pdf', [option]: value, bundle: 'b' }), option).not.toThrow()
    }
    expect(() => row.check?.({ _: [], pdf: 'c.pdf', part: false })).not.toThrow()
    const { code, err } = await probatum('certificate', 'check', 'c.pdf', '--part')
    expect([code, err]).toEqual([2, expect.stringContaining('Add --bundle BUNDLE')])
  })
})
