import { mlDsa65SigningKey, type SigningKey, seededRandom, signDetached } from '@probatum/seal'
import type { Bases } from './bases.ts'
import { granted, token } from './cms.ts'
import { type Issued, issue, PKI, TIME_STAMP_UNIT } from './pki.ts'
import { type Files, fileAt, SEALED_AT, seal } from './seal.ts'

/** Name of the second signature file over the one tag manifest of `small`. */
const FILE = 'seal/1/tagmanifest-sha256.txt.mldsa.p7s'

async function signerWith(change: (signature: Uint8Array) => Uint8Array = (signature) => signature): Promise<Issued> {
  const made = await mlDsa65SigningKey(seededRandom('vector key Example Lattice Signer')(32), true)
  const key: SigningKey = { ...made, sign: async (message, digest) => change(await made.sign(message, digest)) }
  return issue({ name: 'Example Lattice Signer', issuer: PKI.root, key })
}

/** Sealed like `small`, and signed with ML-DSA-65 beside it. */
export const postQuantumBases: Bases = {
  'signed-twice': async () => seal({ postQuantum: await signerWith() }),
  // The time-stamp is over what is wrong, so that nothing but the signature is.
  'signed-twice-second-wrong': async () =>
    seal({
      postQuantum: await signerWith((signature) =>
        signature.map((octet, index) => (index === 100 ? octet ^ 1 : octet)),
      ),
    }),
  // Each of two keys of one issuer would give the other its time.
  'signed-twice-second-stamped-by-first': async (): Promise<Files> => {
    const files = await seal({ postQuantum: await signerWith() })
    const recipe = {
      name: 'Example Time-Stamp Unit',
      issuer: PKI.timeRoot,
      extensions: TIME_STAMP_UNIT,
      serial: 0x1003,
    }
    const unit = await issue({ ...recipe, key: PKI.signer.key })
    const data = fileAt(files, FILE)
    return files.set(`${FILE}.example-tsa.tsr`, granted(await token({ data, unit })))
  },
  // It holds over the very manifest, and nobody declared it.
  'signed-twice-undeclared': async (): Promise<Files> => {
    const files = await seal({})
    const { der, key } = await signerWith()
    const content = fileAt(files, 'tagmanifest-sha256.txt')
    const input = { content, certificates: [der], privateKey: key, signingTime: SEALED_AT, digest: 'sha512' } as const
    files.set(FILE, await signDetached(input))
    return files
  },
}
