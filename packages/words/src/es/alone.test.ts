import { CATALOGUE, type Finding, type FindingId, type FindingValue } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { questionOf, retold, sayFinding, sayMissing, type Telling } from '../sentences.ts'
import { SPANISH } from './index.ts'

const rows: readonly { readonly id: FindingId; readonly outcomes?: readonly string[] }[] = CATALOGUE
const ALONE: Telling = { sealed: true, alone: true }
const CERTIFICATE: Telling = { sealed: true, alone: true, certificate: true }
/** A `sello de tiempo` is a time-stamp; every other `sello` is a seal. */
const FOREIGN = /\bsellos?\b(?! de tiempo)|selló|sellaron|paquete|lista de archivos|estos archivos/iu
/** A seal is masculine and a signature is not: words around it must have changed with it. */
const DISAGREES =
  /(?:\bfirma[^.?;]* (?:hecho|intacto|leerlo|anterior a él)|(?:\b[Ee]l|\bun|\bdel|\bal|ningún|algún) firma)\b/u
const HIDDEN = /[\u200b-\u200f\u2060-\u2064]/u

function told(checks: RegExp, telling: Telling): [string, string][] {
  const all: [string, string][] = []
  for (const { id, outcomes = [] } of rows.filter((row) => checks.test(row.id)))
    for (const outcome of outcomes) {
      const [value, reason] = outcome.split(':')
      const finding: Finding = {
        id,
        axis: 'signer',
        value: value as FindingValue,
        subject: { kind: 'signature', name: 'a' },
        evidence: [],
        spec: { document: '', section: '' },
        ...(reason === undefined ? {} : { reason }),
      }
      const { say, todo = '' } = sayFinding(finding, SPANISH, telling)
      for (const text of [say, todo, questionOf(finding, SPANISH, telling)]) all.push([`${id} ${outcome}`, text])
    }
  return all
}

describe('a signature or time-stamp judged alone, in Spanish', () => {
  /** Checks that a signature or a time-stamp alone can have. */
  const alone = told(/^(?:signature|signer|timestamp|trust)\.(?!declared)/, ALONE)

  it('is told without a word about seals, bundles and lists of files', () => {
    expect(alone.length).toBeGreaterThan(300)
    expect(alone.filter(([, text]) => FOREIGN.test(text))).toEqual([])
  })

  it('is told with the words that agree with a signature', () => {
    expect(alone.filter(([where, text]) => !where.startsWith('timestamp.') && DISAGREES.test(text))).toEqual([])
    expect(retold(SPANISH.answers.whoIntact, ALONE, SPANISH)).toContain('La firma está intacta.')
  })

  it('still calls a time-stamp what it is, and leaves no hidden sign behind', () => {
    expect(alone.filter(([, text]) => text.includes('sello de tiempo')).length).toBeGreaterThan(30)
    expect(alone.filter(([, text]) => HIDDEN.test(text))).toEqual([])
  })

  it('still sends people to the issuer of the trust set for a trust set', () => {
    expect(retold('Pida al emisor del conjunto de confianza uno más nuevo.', ALONE, SPANISH)).toBe(
      'Pida al emisor del conjunto de confianza uno más nuevo.',
    )
  })

  it('lacks nothing that is named after a bundle', () => {
    for (const name of ['trust-set', 'signing-certificate', 'issuer-certificate', 'time-stamp', 'renewal', 'other'])
      expect(Object.values(sayMissing(name, SPANISH, ALONE)).join(' ')).not.toMatch(FOREIGN)
  })
})

describe('a certificate judged alone, in Spanish', () => {
  it('is asked about a moment, not about what was made with it', () => {
    const texts = told(/^(?:signer|timestamp)\.(?:path|validity)$/, CERTIFICATE)
    const made = texts.filter(([, text]) =>
      /[Cc]uando se hizo|se hiciera|Nada contradice|del sello|de la firma/u.test(text),
    )
    expect(texts.length).toBeGreaterThan(30)
    expect(made).toEqual([])
  })
})
