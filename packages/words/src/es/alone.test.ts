import { describe, expect, it } from 'vitest'
import { ALONE, missingAlone, toldAlone } from '../../../../tools/testing/told-alone.ts'
import { retold, type Telling } from '../sentences.ts'
import { SPANISH } from './index.ts'

const CERTIFICATE: Telling = { sealed: true, alone: true, certificate: true }
/** A `sello de tiempo` is a time-stamp; every other `sello` is a seal. */
const FOREIGN = /\bsellos?\b(?! de tiempo)|selló|sellaron|paquete|lista de archivos|estos archivos/iu
/** A seal is masculine and a signature is not: words around it must have changed with it. */
const DISAGREES =
  /(?:\bfirma[^.?;]* (?:hecho|intacto|leerlo|anterior a él)|(?:\b[Ee]l|\bun|\bdel|\bal|ningún|algún) firma)\b/u
const HIDDEN = /[\u200b-\u200f\u2060-\u2064]/u

describe('a signature or time-stamp judged alone, in Spanish', () => {
  const alone = toldAlone(SPANISH)

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
    expect(missingAlone(SPANISH).filter((text) => FOREIGN.test(text))).toEqual([])
  })
})

describe('a certificate judged alone, in Spanish', () => {
  it('is asked about a moment, not about what was made with it', () => {
    const texts = toldAlone(SPANISH, CERTIFICATE, /^(?:signer|timestamp)\.(?:path|validity)$/)
    const made = texts.filter(([, text]) =>
      /[Cc]uando se hizo|se hiciera|Nada contradice|del sello|de la firma/u.test(text),
    )
    expect(texts.length).toBeGreaterThan(30)
    expect(made).toEqual([])
  })
})
