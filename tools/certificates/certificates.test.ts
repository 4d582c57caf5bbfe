import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkPdf } from '../pdf-checker/check.ts'
import { certificateCases, digestOfCase, GOLDEN, sampleCertificate } from './cases.ts'
import { staleParts } from './sample.ts'

const golden: Readonly<Record<string, string>> = JSON.parse(readFileSync(GOLDEN, 'utf8'))

describe('certificates of the sample', () => {
  it('have a digest for every template, variant, language and paper, and for no other', () => {
    // If not: node tools/run.mjs tools/certificates/golden.ts --write
    expect(Object.keys(golden)).toEqual(certificateCases().map(({ name }) => name))
    expect(new Set(Object.values(golden)).size).toBe(Object.keys(golden).length)
  })

  // All of them: the long sweep `certificates`.
  it.each(['general/en/a4', 'us-902:outside/en/letter', 'in-bsa63/en/a4'])(
    'have the bytes that they had: %s',
    async (name) => {
      const one = certificateCases().find((each) => each.name === name)
      expect(one === undefined ? 'no such case' : await digestOfCase(one)).toBe(golden[name])
    },
  )

  it.each(certificateCases().filter(({ paper }) => paper === 'a4'))(
    'keep the rules of PDF/A-3a and PDF/UA-1 that need no eye: $name',
    async (one) => {
      expect(checkPdf((await sampleCertificate(one)).pdf)).toEqual([])
    },
  )

  it('are shown in docs/certificate-sample as they are', async () => {
    // If not: node tools/run.mjs tools/certificates/sample.ts
    expect(await staleParts()).toEqual([])
  })
})
