import {
  equalBytes,
  type SignatureAlgorithm,
  type SignatureCheck,
  type SignatureOutcome,
  type SignatureVerifier,
} from '@probatum/core'
import { isEcdsaSignature, isEdwardsSignature } from './curve-arithmetic.ts'
import { ecdsaRAndS } from './ecdsa-signature.ts'
import { isUsableEdwardsKey } from './edwards-key.ts'
import { isMlDsaSignature, isSlhDsaSignature } from './post-quantum.ts'
import { type EcKey, type EdwardsKey, type PublicKey, type RsaKey, readPublicKey } from './public-key.ts'
import { isPkcs1Signature, isPssSignature } from './rsa-arithmetic.ts'

type Algorithm<Scheme extends SignatureAlgorithm['scheme']> = Extract<SignatureAlgorithm, { scheme: Scheme }>

/**
 * A platform's own implementations. Each answers `undefined` where the platform lacks the algorithm or does not take the key: then
 * plain arithmetic decides, so that one signature is judged alike everywhere. Keys are objects that live as long as they
 * are used: an adapter may keep what it imported in a WeakMap.
 */
export interface NativeSignatures {
  rsa(
    key: RsaKey,
    algorithm: Algorithm<'rsa-pkcs1' | 'rsa-pss'>,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean | undefined> | boolean | undefined
  /** `rAndS` as IEEE P1363 lays them out. */
  ecdsa(key: EcKey, algorithm: Algorithm<'ecdsa'>, message: Uint8Array, rAndS: Uint8Array): Promise<boolean | undefined>
  edwards(key: EdwardsKey, message: Uint8Array, signature: Uint8Array): Promise<boolean | undefined>
}

/** Keys kept: a bundle with several authorities has a dozen; a hostile one may hold 256 certificates. */
const KEYS_KEPT = 512

/** Questions of a run that are remembered: the certificates and lists above its tokens are some tens. */
const ANSWERS_KEPT = 256
/** Octets of one question; a longer one, as of a list of many thousand entries, is computed anew. */
const ANSWER_OCTETS = 32_768

interface Answered {
  readonly check: SignatureCheck
  readonly outcome: Promise<SignatureOutcome>
}

/**
 * The same question has the same answer: tokens of one authority bring the same certificates again and again. Every octet of
 * key, message and signature is compared, and the whole algorithm. What comes once (each token's own signature) is not kept:
 * only that it came.
 */
function rememberingAnswers(verify: SignatureVerifier['verify']): SignatureVerifier['verify'] {
  const kept = new Map<number, Answered | null>()
  return (check) => {
    const { algorithm, publicKey, message, signature } = check
    if (publicKey.length + message.length + signature.length > ANSWER_OCTETS) return verify(check)
    const place = questionPlace(check)
    const before = kept.get(place)
    if (before !== undefined) kept.delete(place)
    else if (kept.size >= ANSWERS_KEPT) kept.delete(kept.keys().next().value ?? 0)
    if (before === undefined) {
      kept.set(place, null)
      return verify(check)
    }
    if (before !== null && isSameQuestion(before.check, check)) {
      // Behind all others: what comes again stays.
      kept.set(place, before)
      return before.outcome
    }
    // Copies: they outlive what the caller does with his bytes.
    const [key, said, value] = [publicKey, message, signature].map((bytes) => new Uint8Array(bytes))
    if (key === undefined || said === undefined || value === undefined) return verify(check)
    const own = { algorithm: { ...algorithm }, publicKey: key, message: said, signature: value }
    const outcome = verify(own)
    kept.set(place, { check: own, outcome })
    return outcome
  }
}

/** Where a question is looked for; whether it is that one, all of it decides. */
function questionPlace({ signature, message }: SignatureCheck): number {
  let place = message.length
  for (let i = 1; i <= 4; i++) place = place * 256 + (signature[signature.length - i] ?? 0)
  return place
}

function isSameQuestion(a: SignatureCheck, b: SignatureCheck): boolean {
  return (
    equalBytes(a.signature, b.signature) &&
    equalBytes(a.message, b.message) &&
    equalBytes(a.publicKey, b.publicKey) &&
    // Written alike by the one table that makes them; written otherwise it is computed anew.
    JSON.stringify(a.algorithm) === JSON.stringify(b.algorithm)
  )
}

/** A verifier over a platform's own implementations, strict before they are asked. */
export function signatureVerifier(native: NativeSignatures): SignatureVerifier {
  const kept = new Map<number, { readonly spki: Uint8Array; readonly key: PublicKey }[]>()
  let size = 0
  const keyOf = (spki: Uint8Array) => {
    const place = placeOf(spki)
    const before = kept.get(place)?.find((one) => equalBytes(one.spki, spki))
    if (before !== undefined) return before.key
    if (size++ >= KEYS_KEPT) {
      kept.clear()
      size = 1
    }
    // A copy: the key outlives what the caller does with his bytes.
    const copy = new Uint8Array(spki)
    const key = usableKey(copy)
    kept.set(place, [...(kept.get(place) ?? []), { spki: copy, key }])
    return key
  }
  return { verify: rememberingAnswers((check) => verify(check, keyOf, native)) }
}

/** Where a key is looked for; which one it is, all of its bytes decide. The last octets of an RSA key are its exponent. */
function placeOf(spki: Uint8Array): number {
  let place = spki.length
  for (let i = 1; i <= 4; i++) place = place * 256 + (spki[spki.length - 8 - i] ?? 0)
  return place
}

function usableKey(spki: Uint8Array): PublicKey {
  const key = readPublicKey(spki)
  if (key.kind !== 'ed25519' && key.kind !== 'ed448') return key
  return isUsableEdwardsKey(key) ? key : { kind: 'unusable' }
}

async function verify(
  { algorithm, publicKey, message, signature }: SignatureCheck,
  keyOf: (spki: Uint8Array) => PublicKey,
  native: NativeSignatures,
): Promise<SignatureOutcome> {
  const key = keyOf(publicKey)
  if (key.kind === 'unusable') return 'invalid'
  if (key.kind === 'unsupported' || key.kind === 'other') return 'unsupported'
  switch (algorithm.scheme) {
    case 'rsa-pkcs1':
    case 'rsa-pss': {
      // RFC 8017 §8.1.2, §8.2.2 step 1: exactly as long as the modulus.
      if (key.kind !== 'rsa' || !allows(key, algorithm) || signature.length !== key.modulus.length) return 'invalid'
      const known = await native.rsa(key, algorithm, message, signature)
      if (known !== undefined) return outcome(known)
      if (algorithm.scheme === 'rsa-pss') return outcome(isPssSignature(key, algorithm, message, signature))
      return outcome(isPkcs1Signature(key, algorithm.digest, message, signature))
    }
    case 'ecdsa': {
      if (key.kind !== 'ec' || key.curve !== algorithm.curve) return 'invalid'
      const rAndS = ecdsaRAndS(signature, key.curve)
      if (rAndS === undefined) return 'invalid'
      const known = await native.ecdsa(key, algorithm, message, rAndS)
      return outcome(known ?? (await isEcdsaSignature(key, algorithm.digest, message, rAndS)))
    }
    case 'ed25519':
    case 'ed448': {
      if (key.kind !== algorithm.scheme || signature.length !== 2 * key.point.length) return 'invalid'
      const known = await native.edwards(key, message, signature)
      return outcome(known ?? (await isEdwardsSignature(key, message, signature)))
    }
    case 'ml-dsa':
      if (key.kind !== 'ml-dsa' || key.set !== algorithm.set) return 'invalid'
      return outcome(await isMlDsaSignature(key, message, signature))
    case 'slh-dsa':
      if (key.kind !== 'slh-dsa' || key.set !== algorithm.set) return 'invalid'
      return outcome(await isSlhDsaSignature(key, message, signature))
  }
}

function outcome(isValid: boolean): SignatureOutcome {
  return isValid ? 'valid' : 'invalid'
}

/** RFC 4055 §1.2, §3.3: an id-RSASSA-PSS key signs with PSS only, and with the digests and at least the salt that it names. */
function allows({ use }: RsaKey, algorithm: Algorithm<'rsa-pkcs1' | 'rsa-pss'>): boolean {
  if (use === 'pkcs1-and-pss') return true
  if (algorithm.scheme !== 'rsa-pss') return false
  return (
    use === 'pss' ||
    (use.digest === algorithm.digest &&
      use.mgfDigest === algorithm.mgfDigest &&
      use.leastSaltLength <= algorithm.saltLength)
  )
}
