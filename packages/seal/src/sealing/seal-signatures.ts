import type { Instant, SignatureVerifier } from '@probatum/core'
import { OID } from '../der/oids.ts'
import { algorithmIdentifier, algorithmRow, expectedForm, signatureForms } from '../keys/signature-scheme.ts'
import { assembleSignedData, type ToBeSigned, toBeSigned } from '../signatures/signed-data.ts'
import type { ManifestAlgorithm } from './covered-files.ts'
import type { SealSigner } from './seal-writing.ts'

/** Who signs what of a bundle. */
export interface SealPlan {
  readonly signer: SealSigner
  readonly postQuantum?: SealSigner
  /** Two tag manifests instead of one. */
  readonly longTerm: boolean
}

/** A signature file that a bundle has, and who makes it. */
export interface SignatureFile {
  /** Name below `seal/1/`. */
  readonly file: string
  /** The tag manifest that it is over, from the bundle's root. */
  readonly covers: string
  /** Digest of that manifest's lines, of the signature where its scheme takes one, and of the time-stamps over it. */
  readonly algorithm: ManifestAlgorithm
  readonly by: SealSigner
}

/** The signature file of each tag manifest; behind them those of ML-DSA. */
export function signatureFiles({ signer, postQuantum, longTerm }: SealPlan): readonly SignatureFile[] {
  const algorithms: readonly ManifestAlgorithm[] = longTerm ? ['sha256', 'sha512'] : ['sha256']
  const filesOf = (by: SealSigner, ending: string) =>
    algorithms.map((algorithm): SignatureFile => {
      const covers = `tagmanifest-${algorithm}.txt`
      return { file: `${covers}${ending}`, covers, algorithm, by }
    })
  return [...filesOf(signer, '.p7s'), ...(postQuantum === undefined ? [] : filesOf(postQuantum, '.mldsa.p7s'))]
}

/** A signature that a signature file is made of. */
export interface SignatureToMake extends Omit<SignatureFile, 'file'>, ToBeSigned {
  /** From the bundle's root: `seal/1/tagmanifest-sha256.txt.p7s`. */
  readonly file: string
  readonly signingTime: Instant
}

/** What is to be signed for a bundle with these tag manifests: the same for the same certificates and time. Throws as `toBeSigned`. */
export function planSignatures(
  plan: SealPlan & { readonly now: Instant },
  tagManifests: readonly { readonly algorithm: ManifestAlgorithm; readonly bytes: Uint8Array }[],
): readonly SignatureToMake[] {
  return signatureFiles(plan).map((each) => {
    const content = tagManifests.find(({ algorithm }) => algorithm === each.algorithm)?.bytes
    if (content === undefined) throw new TypeError(`there is no ${each.covers}`)
    const { certificates, key, rsa } = each.by
    const input = { contentType: OID.data, content, certificates, digest: each.algorithm, signingTime: plan.now }
    const padding = key === null ? rsa : key.scheme === 'rsa-pss' ? 'rsa-pss' : 'rsa-pkcs1'
    return { ...each, file: `seal/1/${each.file}`, signingTime: plan.now, ...toBeSigned(input, padding) }
  })
}

/** The signature file around a signature over `plan.message`, which is not compared with the key here. */
export function signatureFile(plan: SignatureToMake, value: Uint8Array): Uint8Array {
  return assembleSignedData({
    contentType: OID.data,
    content: new Uint8Array(0),
    attached: false,
    certificates: plan.by.certificates,
    signer: plan.signer,
    digest: plan.digest,
    attributes: plan.attributes,
    signatureAlgorithm: algorithmIdentifier(plan.scheme, plan.digest),
    signature: value,
  })
}

/** A signature as a device gave it. */
export interface GivenSignature {
  /** What to call it in an error. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** What was given is not what was asked for. */
export class SignatureRefused extends Error {
  override readonly name = 'SignatureRefused'
  readonly problems: readonly SignatureProblem[]
  constructor(problems: readonly SignatureProblem[]) {
    super(problems.map(({ reason, name, detail }) => `${name}: ${reason}: ${detail}`).join('; '))
    this.problems = problems
  }
}

/** Why signatures from elsewhere were not taken. */
export interface SignatureProblem {
  /**
   * `form`: no signature of this key has this length or form. `other`: it is not over any of what was to be signed, or of
   * another key or padding. `twice`: of two for one file this is the second. `missing`: of what was to be signed.
   */
  readonly reason: 'form' | 'other' | 'twice' | 'missing'
  /** Of the given signature; of the signature file where it is missing. */
  readonly name: string
  readonly detail: string
}

/**
 * Finds for each signature that was asked for the one that was given, by checking it under the certificate's key: names say
 * nothing. Returns the values as they stand in signature files. Throws SignatureRefused with every problem.
 */
export async function matchSignatures(
  plans: readonly SignatureToMake[],
  given: readonly GivenSignature[],
  ask: SignatureVerifier['verify'],
): Promise<ReadonlyMap<SignatureToMake, Uint8Array>> {
  const values = new Map<SignatureToMake, Uint8Array>()
  const problems: SignatureProblem[] = []
  for (const { name, bytes } of given) {
    const found = await planOf(plans, bytes, ask)
    if (found === undefined) {
      const forms = [...new Set(plans.map(({ signer, scheme }) => `${scheme}: ${expectedForm(signer.spki, scheme)}`))]
      const isForm = plans.some(({ signer, scheme }) => signatureForms(signer.spki, scheme, bytes).length > 0)
      const [reason, detail] = isForm
        ? (['other', plans.map(({ covers }) => covers).join(', ')] as const)
        : (['form', `${bytes.length} octets; expected ${forms.join(', or ')}`] as const)
      problems.push({ reason, name, detail })
    } else if (values.has(found.plan)) problems.push({ reason: 'twice', name, detail: found.plan.covers })
    else values.set(found.plan, found.value)
  }
  for (const plan of plans)
    if (!values.has(plan)) problems.push({ reason: 'missing', name: plan.file, detail: plan.covers })
  if (problems.length > 0) throw new SignatureRefused(problems)
  return values
}

async function planOf(plans: readonly SignatureToMake[], given: Uint8Array, ask: SignatureVerifier['verify']) {
  for (const plan of plans) {
    const publicKey = plan.signer.spki
    const algorithm = algorithmRow(publicKey, plan.scheme, plan.digest)
    for (const value of signatureForms(publicKey, plan.scheme, given)) {
      const check = { algorithm, publicKey, message: plan.message, signature: value }
      if ((await ask(check)) === 'valid') return { plan, value }
    }
  }
  return undefined
}
