import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import { concatBytes, type SignatureAlgorithm, type SignatureCheck } from '@probatum/core'
import { nodeSignatureVerifier } from '@probatum/platform/node'
import { bits, oid, sequence } from '../../../test-vectors/make/der.ts'
import { SetupError } from '../../setup.mjs'
import { type Chromium, inChromium, whyNoChromium } from '../chromium.ts'
import type { CaseResult, Suite } from '../suite.ts'

/**
 * ML-DSA between two implementations that share no line: what Chromium (BoringSSL) signs is verified here, and what
 * the library that this program verifies with signs is verified by Chromium. Each side must also refuse what was altered.
 */
export const suite: Suite = {
  name: 'ml-dsa-chromium',
  whyNotHere: whyNoChromium,
  run: () => inChromium(judgeAll),
}

const SETS = [
  { set: 44, scheme: ml_dsa44 },
  { set: 65, scheme: ml_dsa65 },
  { set: 87, scheme: ml_dsa87 },
] as const

/** Lengths about the blocks of SHAKE256 (136 octets), which digests the message. */
const LENGTHS = [0, 1, 63, 64, 135, 136, 137, 1000, 10_240]

async function judgeAll(chromium: Chromium): Promise<CaseResult[]> {
  const ours = nodeSignatureVerifier()
  const messages = LENGTHS.map((length) => Uint8Array.from({ length }, (_, index) => (index * 7 + length) & 0xff))
  const results: CaseResult[] = []
  for (const { set, scheme } of SETS) {
    const name = `ML-DSA-${set}`
    const algorithm: SignatureAlgorithm = { scheme: 'ml-dsa', set }
    const signed = await chromium.sign(name, messages).catch((error: unknown) => {
      if (!String(error).includes('NotSupportedError')) throw error
      throw new SetupError(`Chromium ${chromium.version} has no ${name}; PROBATUM_CHROMIUM can name a newer one.`)
    })
    for (const [index, signature] of signed.signatures.entries()) {
      const check = { algorithm, publicKey: signed.publicKey, message: messages[index] ?? new Uint8Array(), signature }
      for (const [what, one] of variantsOf(check)) {
        const outcome = await ours.verify(one)
        const got = outcome === 'valid' ? 'PASSED' : outcome === 'invalid' ? 'FAILED' : 'INDETERMINATE'
        const expected = what === 'whole' ? 'valid' : 'invalid'
        results.push({ id: `${name}/signed by Chromium/${LENGTHS[index]}/${what}`, expected, got, detail: outcome })
      }
    }
    const { publicKey, secretKey } = scheme.keygen(Uint8Array.from({ length: 32 }, (_, index) => index + set))
    const checks = messages.flatMap((message, index) => {
      const signature = scheme.sign(message, secretKey, { extraEntropy: false })
      const check = { algorithm, publicKey: spkiOf(set, publicKey), message, signature }
      return variantsOf(check).map(([what, one]) => ({ what, one, index }))
    })
    const answers = await chromium.verifyNatively(
      name,
      checks.map(({ one }) => one),
    )
    for (const [at, { what, index }] of checks.entries()) {
      const got = answers[at] === true ? 'PASSED' : 'FAILED'
      const expected = what === 'whole' ? 'valid' : 'invalid'
      const id = `${name}/signed here/${LENGTHS[index]}/${what}`
      results.push({ id, expected, got, detail: `Chromium ${chromium.version}: ${answers[at]}` })
    }
  }
  return results
}

/** The check itself, and with one bit, one octet or the message changed. */
function variantsOf(check: SignatureCheck): (readonly [string, SignatureCheck])[] {
  const flipped = (bytes: Uint8Array, at: number) => bytes.map((octet, index) => (index === at ? octet ^ 1 : octet))
  const { signature, message } = check
  const altered = message.length === 0 ? Uint8Array.of(0) : flipped(message, message.length >> 1)
  return [
    ['whole', check],
    ...[0, signature.length >> 1, signature.length - 1].map(
      (at) => [`bit of octet ${at}`, { ...check, signature: flipped(signature, at) }] as const,
    ),
    ['one octet more', { ...check, signature: concatBytes(signature, Uint8Array.of(0)) }],
    ['another message', { ...check, message: altered }],
  ]
}

/** RFC 9881 §2: 2.16.840.1.101.3.4.3.17 to 19, parameters absent. */
function spkiOf(set: 44 | 65 | 87, key: Uint8Array): Uint8Array {
  const arc = { 44: 17, 65: 18, 87: 19 }[set]
  return sequence(sequence(oid(`2.16.840.1.101.3.4.3.${arc}`)), bits(key))
}
