// Needs: openssl.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDivergences } from '../tools/conformance/score.ts'
import { askOpenSsl, type OpenSslRecord } from '../tools/oracle/openssl.ts'
import { FAMILIES, type FamilyFile } from '../tools/vectors/pki-vector.ts'

const read = (...path: readonly string[]) => readFileSync(join(import.meta.dirname, ...path), 'utf8')
const divergences = parseDivergences(read('divergences.json'))

describe('what OpenSSL says of tokens, signatures, paths and revocation', () => {
  it.each(FAMILIES)('is what was recorded, and is agreed with or answered with a reason: %s', async (name) => {
    const family = JSON.parse(read(name, 'vectors.json')) as FamilyFile
    const recorded = JSON.parse(read(name, 'openssl.json')) as OpenSslRecord
    expect(Object.keys(recorded.answers)).toEqual(family.cases.map((vector) => vector.name))
    const now = await askOpenSsl(family)
    const isRecordedVersion = now.openssl === recorded.openssl
    for (const { name: vector, expect: expected } of family.cases) {
      const answer = now.answers[vector]?.answer
      // Another version may have learned to refuse more, or to read more.
      if (isRecordedVersion) expect(answer, vector).toBe(recorded.answers[vector]?.answer)
      if (answer !== 'accept' || expected.indication === 'TOTAL-PASSED') continue
      expect(divergences[`openssl-${name}`]?.[vector]?.reason, `${vector}: accepted by ${now.openssl}`).toMatch(/\S/)
    }
  })
})
