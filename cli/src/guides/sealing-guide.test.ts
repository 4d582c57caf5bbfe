// Needs: sh, openssl, age, sha256sum.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { guide } from '../../../tools/testing/guide.ts'

const { place, read, runBlocks, sayingOf } = guide('sealing.md')
const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

describe('the guide to a real export', () => {
  runBlocks()

  it('leads to a bundle that passes under the policy that asks for everything', () => {
    expect(inOneLine(sayingOf('chmod +x as-recipient'))).toMatch(
      /TOTAL-PASSED \(bytes, completeness, signer, time, custody .* log, disclosure .* authorisation \(0 of 2 consents opened\)\)/,
    )
    expect(inOneLine(sayingOf('chmod +x as-recipient'))).toContain('Renew before')
    expect(existsSync(join(place, 'certificate.pdf'))).toBe(true)
    expect(inOneLine(sayingOf('--dry-run'))).toContain('DRY RUN: nothing is written.')
    expect(inOneLine(sayingOf('ls outbox'))).toMatch(/[0-9a-f]{32}\.age/)
  })

  it('drills: what every recipient sees', () => {
    expect(inOneLine(read('left.txt'))).toContain('TOTAL-PASSED')
    expect(inOneLine(read('before-the-theft.txt'))).toContain('TOTAL-PASSED')
    expect(inOneLine(read('after-the-theft.txt'))).toMatch(/TOTAL-FAILED \(signer FAILED.*REVOKED/)
    expect(inOneLine(sayingOf('--check --trust-set after-closing.json'))).toMatch(
      /Renew before \d{4}-\d\d-\d\dT00:00:00Z: .*north/,
    )
    expect(inOneLine(read('without-renewal.txt'))).toMatch(
      /INDETERMINATE \(signer, time INDETERMINATE; bytes, completeness PASSED/,
    )
    expect(inOneLine(read('renewed.txt'))).toContain('TOTAL-PASSED')
    expect(inOneLine(sayingOf('notice make'))).toMatch(
      /The files are unchanged\. On \d{4}-\d\d-\d\d the issuer recalled item 1\./,
    )
    expect(inOneLine(read('recalled.txt'))).toMatch(
      /INDETERMINATE \(authorisation \(0 of 2 consents opened\) INDETERMINATE; bytes, completeness/,
    )
  })
})
