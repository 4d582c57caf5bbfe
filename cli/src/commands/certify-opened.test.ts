import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { probatumPlace } from '../../../tools/testing/place.ts'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/', import.meta.url))
const { place, probatum } = probatumPlace('certify-opened')

it('makes a certificate whose report follows from its facts, also where a bundle opens values that facts do not have', () => {
  const bundle = join(VECTORS, 'bundles/base/shared')
  const chosen = [
    '--policy',
    join(VECTORS, 'policies/sharing.json'),
    '--trust-set',
    join(VECTORS, 'trust-sets/sharing.json'),
    '--at',
    '2026-06-01',
  ]
  expect(probatum('verify', bundle, ...chosen, '--quiet').code).toBe(0)
  // Consents are opened in the bundle, and not in the certificate: there they are an open question.
  expect(probatum('certify', bundle, ...chosen, '-o', 'shared.pdf').code).toBe(3)
  const { out } = probatum('certificate', 'check', 'shared.pdf', '--bundle', bundle)
  expect(out).toContain('THE BUNDLE, AS OF THE CERTIFICATE’S TIME')
  expect(out).not.toContain('document.report')
  const { findings } = JSON.parse(readFileSync(join(place, 'shared.pdf.json'), 'utf8')).report.body
  const consents = findings.find(({ id }: { readonly id: string }) => id === 'authorisation.consents')
  expect(consents).toMatchObject({ value: 'INDETERMINATE', reason: 'not-in-facts' })
})
