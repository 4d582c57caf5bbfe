import { generateKeyPairSync, sign } from 'node:crypto'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { expect, it } from 'vitest'
import { parseCheckpoint, signedTextOf } from '../bundle/record-checkpoint.ts'
import { toBase64 } from '../model/bytes.ts'
import type { SignatureVerifier } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { parseNoteVerifierKey } from '../proofs/signed-note.ts'
import { checkNoteSignatures, type LogAnchor } from './log-trust.ts'

const ORIGIN = 'log.example/sample'
const TEXT = `${ORIGIN}\n7\n${toBase64(new Uint8Array(32))}\n`

it('computes a few signatures for one key, and leaves the rest of a long note undecided', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })).subarray(12)
  const typed = Uint8Array.of(1, ...raw)
  const hash = nodeSmallDigest('sha256', Uint8Array.of(...encodeUtf8(`${ORIGIN}\n`), ...typed)).subarray(0, 4)
  const verifierKey = `${ORIGIN}+${Buffer.from(hash).toString('hex')}+${toBase64(typed)}`
  const key = parseNoteVerifierKey(verifierKey, nodeSmallDigest)
  if (key === undefined) throw new TypeError('verifier key')
  const anchor: LogAnchor = { label: 'Example log (sample)', key, from: null, until: null }
  const signature = new Uint8Array(sign(null, encodeUtf8(TEXT), privateKey))
  const line = `— ${ORIGIN} ${toBase64(Uint8Array.of(...hash, ...signature))}\n`
  const note = encodeUtf8(`${TEXT}\n${line.repeat(300)}`)
  const { origin, size, root, signatures: lines } = parseCheckpoint(note, 'checkpoint')
  const verifier = nodeSignatureVerifier()
  let computed = 0
  const signatures: SignatureVerifier = {
    verify: (question) => {
      computed++
      return verifier.verify(question)
    },
  }
  const checkpoint = { origin, size, root, text: toBase64(signedTextOf(note)), signatures: lines }
  const found = await checkNoteSignatures(checkpoint, [anchor], { signatures })
  const outcomes = found.signatures.map(({ outcome }) => outcome)
  expect(computed).toBe(4)
  expect(outcomes.slice(0, 4)).toEqual(Array(4).fill('valid'))
  expect(new Set(outcomes.slice(4))).toEqual(new Set(['unsupported']))
  expect(outcomes).toHaveLength(300)
})
