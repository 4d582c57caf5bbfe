import * as slhDsa from '@noble/post-quantum/slh-dsa.js'
import { type SignatureVerifier, SLH_DSA_SETS } from '@probatum/core'
import { webSignatureVerifier } from '@probatum/platform/browser'
import { nodeSignatureVerifier } from '@probatum/platform/node'
import { bits, oid, sequence } from '../../test-vectors/make/der.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/**
 * Every parameter set of SLH-DSA under its identifier: what was made with it is valid under it and under no other set, and
 * a changed bit is noticed. The small sets take up to half a minute to sign, so that no unit test does.
 */
export const name = 'slh-dsa-sets'

export const pieces = (): number => SLH_DSA_SETS.length

/** By the library's own names, so that the adapter's table is not compared with itself. */
const SCHEMES: ReadonlyMap<string, typeof slhDsa.slh_dsa_sha2_128f> = new Map(
  Object.entries(slhDsa as unknown as Record<string, typeof slhDsa.slh_dsa_sha2_128f>),
)

const MESSAGE = new TextEncoder().encode('an invented statement (sample)')

export async function runPiece(piece: number, options: PieceOptions): Promise<PieceResult> {
  const row = SLH_DSA_SETS[piece]
  if (row === undefined) throw new RangeError(`no piece ${piece}`)
  const [identifier, set] = row
  const scheme = SCHEMES.get(`slh_dsa_${set.replace('-', '_')}`)
  if (scheme === undefined) throw new Error(`the library has no ${set}`)
  const { publicKey, secretKey } = scheme.keygen(new Uint8Array(scheme.lengths.seed ?? 0).fill(piece + 1))
  const signature = scheme.sign(MESSAGE, secretKey, { extraEntropy: false })
  options.progress(`${set}: signed`)
  const failures: string[] = []
  let cases = 0
  const expectOutcome = async (
    verifier: SignatureVerifier,
    what: string,
    id: string,
    signed: Uint8Array,
    wanted: string,
  ) => {
    cases += 1
    const own = SLH_DSA_SETS.find(([one]) => one === id)
    if (own === undefined) throw new TypeError(id)
    const outcome = await verifier.verify({
      algorithm: { scheme: 'slh-dsa', set: own[1] },
      publicKey: sequence(sequence(oid(id)), bits(publicKey)),
      message: MESSAGE,
      signature: signed,
    })
    if (outcome !== wanted) failures.push(`${set} ${what}: ${outcome}`)
  }
  for (const verifier of [nodeSignatureVerifier(), webSignatureVerifier()]) {
    await expectOutcome(verifier, 'unchanged', identifier, signature, 'valid')
    for (const [other] of SLH_DSA_SETS) {
      if (other !== identifier) await expectOutcome(verifier, `as ${other}`, other, signature, 'invalid')
    }
    const step = Math.floor(signature.length / 16)
    for (let at = 0; at < signature.length; at += step) {
      await expectOutcome(verifier, `octet ${at}`, identifier, signature.with(at, (signature[at] ?? 0) ^ 1), 'invalid')
    }
  }
  return { cases, failures }
}
