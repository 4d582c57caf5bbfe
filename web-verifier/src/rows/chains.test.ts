import type { FactsFile } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { finding, reportOf } from '../../testing/invented-report.ts'
import { chainsOf, pemOf } from './chains.ts'

const LEAF = 'a'.repeat(64)
const MIDDLE = 'b'.repeat(64)
const ROOT = 'c'.repeat(64)

function factsWith(certificates: readonly { sha256: string; der: string }[]): FactsFile {
  return { facts: { certificates } } as unknown as FactsFile
}

describe('a chain of certificates', () => {
  const subject = { kind: 'signature', name: 'seal/1/a.p7s' } as const

  it('goes from the key that signed to the entry on the list', () => {
    const report = reportOf([
      finding('signer.path', 'PASSED', {
        subject,
        evidence: [
          { name: 'path', found: `${LEAF} > ${MIDDLE} > anchor ${ROOT}` },
          { name: 'anchor', found: 'Example root (sample)' },
        ],
      }),
    ])
    const [chain] = chainsOf(report, factsWith([{ sha256: LEAF, der: 'AQI=' }]))
    expect(chain?.links.map(({ sha256, isAnchor }) => [sha256, isAnchor])).toEqual([
      [LEAF, false],
      [MIDDLE, false],
      [ROOT, true],
    ])
    expect(chain?.links.map(({ der }) => der?.length ?? null)).toEqual([2, null, null])
    expect(chain?.anchorLabel).toBe('Example root (sample)')
  })

  it('is the maker’s certificate alone where none leads to the list', () => {
    const report = reportOf([
      finding('signature.signing-certificate', 'PASSED', { subject, evidence: [{ name: 'certificate', found: LEAF }] }),
      finding('signer.path', 'INDETERMINATE', { subject, reason: 'no-trust-set' }),
    ])
    const [chain] = chainsOf(report, factsWith([]))
    expect(chain?.links.map(({ sha256 }) => sha256)).toEqual([LEAF])
    expect(chain?.anchorLabel).toBeNull()
  })

  it('says what it begins with: a certificate that is asked about need not have sealed anything', () => {
    const whatOf = (kind: 'bundle' | 'signature' | 'certificate') => {
      const report = reportOf([finding('signer.path', 'PASSED', { subject })])
      const about = { ...report, body: { ...report.body, subject: { ...report.body.subject, kind } } }
      return chainsOf(about, factsWith([]))[0]?.what
    }
    expect([whatOf('bundle'), whatOf('signature'), whatOf('certificate')]).toEqual(['seal', 'signature', 'certificate'])
  })

  it('takes nothing for a certificate that is not named by a whole digest', () => {
    const report = reportOf([
      finding('signer.path', 'PASSED', { subject, evidence: [{ name: 'path', found: '<b>x</b> > anchor 12' }] }),
    ])
    expect(chainsOf(report, factsWith([]))[0]?.links).toEqual([])
  })
})

describe('PEM', () => {
  it('has lines of at most 64 characters', () => {
    const pem = pemOf(new Uint8Array(100), (bytes) => Buffer.from(bytes).toString('base64'))
    expect(pem.split('\n').every((line) => line.length <= 64)).toBe(true)
    expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]*\n-----END CERTIFICATE-----\n$/)
  })
})
