import { describe, expect, it } from 'vitest'
import { testSmallDigest } from '../../../../test-vectors/support/memory-tree.ts'
import {
  cosignatureLine,
  ed25519,
  ed25519Verifier,
  noteLine,
  verifierKey,
} from '../../../../test-vectors/support/sample-history.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import {
  ed25519Octets,
  ed25519Spki,
  noteSignatureQuestion,
  noteVerifierKey,
  parseNoteVerifierKey,
  partNoteSignature,
} from './signed-note.ts'

const NAME = 'log.example/note'
const PAIR = ed25519('note')
const TEXT = `${NAME}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`

describe('a verifier key', () => {
  it('is written and read alike', () => {
    for (const [type, octet] of [
      ['ed25519', 1],
      ['cosignature/v1', 4],
    ] as const) {
      const written = verifierKey(NAME, PAIR, octet)
      expect(noteVerifierKey(NAME, PAIR.publicKey, testSmallDigest, type)).toBe(written)
      const key = parseNoteVerifierKey(written, testSmallDigest)
      expect(key).toMatchObject({ name: NAME, type, fingerprint: PAIR.fingerprint })
    }
  })

  it('whose hash is not its key’s, or of another kind, is none', () => {
    const written = verifierKey(NAME, PAIR)
    const [, hash = '', key = ''] = written.split('+')
    for (const other of [
      written.replace(NAME, 'log.example/other'),
      written.replace(
        hash,
        hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      ),
      `${NAME}+${hash}+${key.slice(4)}`,
      `${NAME}+${hash}+Ag${key.slice(2)}`,
      `${NAME} x+${hash}+${key}`,
      '',
    ])
      expect(parseNoteVerifierKey(other, testSmallDigest), other).toBeUndefined()
  })

  it('has a SubjectPublicKeyInfo that leads back to it', () => {
    const spki = ed25519Spki(PAIR.publicKey)
    expect(ed25519Octets(spki)).toEqual(new Uint8Array(PAIR.publicKey))
    expect(ed25519Octets(spki.with(0, 0x31))).toBeUndefined()
    expect(ed25519Octets(spki.subarray(1))).toBeUndefined()
  })
})

describe('a signature line', () => {
  const ask = async (line: string, type: 1 | 4) => {
    const [, name = '', base64 = ''] = line.trimEnd().split(' ')
    const parts = partNoteSignature(name, base64)
    const key = parseNoteVerifierKey(verifierKey(NAME, PAIR, type), testSmallDigest)
    if (parts === undefined || key === undefined) return expect.fail(line)
    expect(parts.hash).toBe(key.hash)
    const question = noteSignatureQuestion(key, parts.signature, encodeUtf8(TEXT))
    if (question === undefined) return undefined
    const { message, signature, time } = question
    const publicKey = ed25519Spki(key.publicKey)
    return {
      time,
      outcome: await ed25519Verifier.verify({ algorithm: { scheme: 'ed25519' }, publicKey, message, signature }),
    }
  }

  it('of a log is over the text, of a witness over time and text', async () => {
    expect(await ask(noteLine(NAME, PAIR, TEXT), 1)).toEqual({ time: null, outcome: 'valid' })
    expect(await ask(noteLine(NAME, PAIR, `${TEXT}more\n`), 1)).toEqual({ time: null, outcome: 'invalid' })
    expect(await ask(cosignatureLine(NAME, PAIR, TEXT, 1_773_000_000), 4)).toEqual({
      time: 1_773_000_000,
      outcome: 'valid',
    })
    expect(await ask(cosignatureLine(NAME, PAIR, `${TEXT}more\n`, 5), 4)).toEqual({ time: 5, outcome: 'invalid' })
  })

  it('of another length is no question', () => {
    const log = parseNoteVerifierKey(verifierKey(NAME, PAIR, 1), testSmallDigest)
    const witness = parseNoteVerifierKey(verifierKey(NAME, PAIR, 4), testSmallDigest)
    if (log === undefined || witness === undefined) return expect.fail()
    expect(noteSignatureQuestion(log, new Uint8Array(72), encodeUtf8(TEXT))).toBeUndefined()
    expect(noteSignatureQuestion(witness, new Uint8Array(64), encodeUtf8(TEXT))).toBeUndefined()
    // A time beyond 2^53 would be another one in a double.
    expect(noteSignatureQuestion(witness, new Uint8Array(72).fill(0xff), encodeUtf8(TEXT))).toBeUndefined()
    expect(partNoteSignature(NAME, 'AAAA')).toBeUndefined()
  })
})
