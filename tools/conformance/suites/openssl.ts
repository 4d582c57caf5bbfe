import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenSslRecord } from '../../oracle/openssl.ts'
import { ROOT } from '../../setup.mjs'
import { runVector } from '../../vectors/pki-run.ts'
import { FAMILIES, type Family, type FamilyFile } from '../../vectors/pki-vector.ts'
import type { CaseResult, Suite } from '../suite.ts'

/**
 * Our own vectors against what OpenSSL said of them when test-vectors/FAMILY/openssl.json was recorded; a test beside
 * the vectors asks it again where it is installed. A refusal is a refusal: its reasons are not compared.
 */
export const suites: readonly Suite[] = FAMILIES.map((family) => ({
  name: `openssl-${family}`,
  run: () => compare(family),
}))

const GOT = { 'TOTAL-PASSED': 'PASSED', 'TOTAL-FAILED': 'FAILED', INDETERMINATE: 'INDETERMINATE' } as const

async function compare(name: Family): Promise<CaseResult[]> {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, 'test-vectors', name, file), 'utf8'))
  const family = read('vectors.json') as FamilyFile
  const { answers } = read('openssl.json') as OpenSslRecord
  const results: CaseResult[] = []
  for (const vector of family.cases) {
    const { answer, said = '' } = answers[vector.name] ?? { answer: 'not-applicable' }
    if (answer === 'not-applicable') continue
    const { indication, findings, error = '' } = await runVector(family, vector)
    const id = vector.name
    const detail = [...findings, error, said].filter((part) => part !== '').join(', ')
    const got = indication === undefined ? 'FAILED' : GOT[indication]
    results.push(
      answer === 'accept'
        ? { id, expected: 'valid', got, detail }
        : { id, expected: 'invalid', got, meant: true, detail },
    )
  }
  return results
}
