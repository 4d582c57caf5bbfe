import { generateKeyPairSync, sign } from 'node:crypto'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { expect, it } from 'vitest'
import { parseCheckpoint, signedTextOf } from '../bundle/record-checkpoint.ts'
import { toBase64, toHex } from '../model/bytes.ts'
import type { SignatureVerifier } from '../model/ports.ts'
import type { TrustSet } from '../model/trust-set.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { parseNoteVerifierKey } from '../proofs/signed-note.ts'
import type { HistoryFacts } from './history-facts.ts'
import { checkNoteSignatures, establishLogTrust, type LogAnchor } from './log-trust.ts'

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

it('tries a few of the keys that may give a log another one, and leaves undecided what others may have signed', async () => {
  const keys = Array.from({ length: 18 }, () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const raw = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })).subarray(12)
    const typed = Uint8Array.of(1, ...raw)
    const hash = nodeSmallDigest('sha256', Uint8Array.of(...encodeUtf8(`${ORIGIN}\n`), ...typed)).subarray(0, 4)
    const verifierKey = `${ORIGIN}+${toHex(hash)}+${toBase64(typed)}`
    return { verifierKey, privateKey, fingerprint: toHex(nodeSmallDigest('sha256', raw)) }
  })
  const [next, ...vouching] = keys
  const outcomeOf = async (signer: number, anchors: number) => {
    const statement = encodeUtf8('a change of the key (sample)')
    const { privateKey } = vouching[signer] ?? {}
    if (next === undefined || privateKey === undefined) throw new TypeError('no key')
    const change = {
      line: 2,
      logKey: next.fingerprint,
      verifierKey: next.verifierKey,
      signedBy: 'anchor',
      signature: toBase64(new Uint8Array(sign(null, statement, privateKey))),
      statement: toBase64(statement),
    }
    // As much of both as is looked at.
    const history = {
      custody: { logStart: { origin: ORIGIN, logId: '00', logKey: '00' }, keyChanges: [change] },
      log: { checkpoint: null },
    } as unknown as HistoryFacts
    const entries = vouching.slice(0, anchors).map(({ verifierKey }) => ({ role: 'log', label: 'x', verifierKey }))
    const trustSet = { file: { anchors: entries } } as unknown as TrustSet
    const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
    return (await establishLogTrust(history, trustSet, ports)).keyChanges[0]?.outcome
  }
  expect(await outcomeOf(15, 17)).toBe('valid')
  expect(await outcomeOf(16, 17)).toBe('unsupported')
  expect(await outcomeOf(16, 16)).toBe('key-missing')
})
