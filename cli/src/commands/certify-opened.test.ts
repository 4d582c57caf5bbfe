import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../../tools/build.mjs'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/', import.meta.url))
const place = mkdtempSync(join(tmpdir(), 'probatum-certify-opened-'))
beforeAll(() => ensureBuilt(), 180_000)
afterAll(() => rmSync(place, { recursive: true }))

it('makes a certificate whose report follows from its facts, also where a bundle opens values that facts do not have', () => {
  const bundle = join(VECTORS, 'bundles/base/shared')
  const probatum = (...args: readonly string[]) =>
    spawnSync(process.execPath, [BUNDLE, ...args], { cwd: place, encoding: 'utf8' })
  const chosen = [
    '--policy',
    join(VECTORS, 'policies/sharing.json'),
    '--trust-set',
    join(VECTORS, 'trust-sets/sharing.json'),
    '--at',
    '2026-06-01',
  ]
  expect(probatum('verify', bundle, ...chosen, '--quiet').status).toBe(0)
  // Consents are opened in the bundle, and not in the certificate: there they are an open question.
  expect(probatum('certify', bundle, ...chosen, '-o', 'shared.pdf').status).toBe(3)
  const { stdout } = probatum('certificate', 'check', 'shared.pdf', '--bundle', bundle)
  expect(stdout).toContain('THE BUNDLE, AS OF THE CERTIFICATE’S TIME')
  expect(stdout).not.toContain('document.report')
  const { findings } = JSON.parse(readFileSync(join(place, 'shared.pdf.json'), 'utf8')).report.body
  const consents = findings.find(({ id }: { readonly id: string }) => id === 'authorisation.consents')
  expect(consents).toMatchObject({ value: 'INDETERMINATE', reason: 'not-in-facts' })
})
