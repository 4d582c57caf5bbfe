import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type {
  DigestAlgorithm,
  EcCurve,
  SignatureAlgorithm,
  SignatureCheck,
  SignatureOutcome,
  SignatureVerifier,
} from '@probatum/core'
import { webSignatureVerifier } from '@probatum/platform/browser'
import { nodeSignatureVerifier } from '@probatum/platform/node'
import { inChromium, whyNoChromium } from '../chromium.ts'
import type { CaseResult, Suite } from '../suite.ts'

interface TestGroup {
  readonly type: string
  readonly sha?: string
  readonly mgfSha?: string
  readonly sLen?: number
  readonly publicKey: { readonly curve?: string } | string
  readonly publicKeyDer: string
  readonly tests: readonly {
    readonly tcId: number
    readonly msg: string
    readonly sig: string
    readonly ctx?: string
    readonly result: 'valid' | 'invalid' | 'acceptable'
  }[]
}

const DIGESTS: Readonly<Record<string, DigestAlgorithm>> = {
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA3-224': 'sha3-224',
  'SHA3-256': 'sha3-256',
  'SHA3-384': 'sha3-384',
  'SHA3-512': 'sha3-512',
}

const CURVES: Readonly<Record<string, EcCurve>> = {
  secp256r1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
  brainpoolP256r1: 'brainpoolP256r1',
  brainpoolP384r1: 'brainpoolP384r1',
  brainpoolP512r1: 'brainpoolP512r1',
}

export const suites: readonly Suite[] = [
  { name: 'wycheproof', run: (data) => runAll(data, by(nodeSignatureVerifier())) },
  { name: 'wycheproof-web', run: (data) => runAll(data, by(webSignatureVerifier())) },
  // A browser that lacks every algorithm: plain arithmetic decides alone.
  { name: 'wycheproof-arithmetic', run: (data) => runAll(data, by(webSignatureVerifier({} as SubtleCrypto))) },
  {
    name: 'wycheproof-chromium',
    whyNotHere: whyNoChromium,
    run: (data) => inChromium(({ verifyAll }) => runAll(data, verifyAll)),
  },
]

/** Outcomes in the order of the checks. */
type VerifyAll = (checks: readonly SignatureCheck[]) => Promise<readonly SignatureOutcome[]>

function by(verifier: SignatureVerifier): VerifyAll {
  return async (checks) => {
    const outcomes: SignatureOutcome[] = []
    for (const check of checks) outcomes.push(await verifier.verify(check))
    return outcomes
  }
}

async function runAll(data: string, verifyAll: VerifyAll): Promise<CaseResult[]> {
  const folder = join(data, 'wycheproof')
  const results: CaseResult[] = []
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue
    const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      algorithm: string
      numberOfTests: number
      testGroups: TestGroup[]
    }
    const asked = file.testGroups.flatMap((group) => {
      const algorithm = algorithmOf(group, file.algorithm)
      return group.tests.map((test) => questionOf(name, group, algorithm, test))
    })
    if (asked.length !== file.numberOfTests) throw new Error(`${name}: ${file.numberOfTests} tests are promised`)
    const outcomes = await verifyAll(asked.flatMap(({ check }) => check ?? []))
    if (outcomes.length !== asked.filter(({ check }) => check !== null).length)
      throw new Error(`${name}: ${outcomes.length} answers to ${asked.length} questions`)
    const answers = outcomes.values()
    for (const { id, expected, check } of asked) {
      // Nothing but the signature is asked.
      const meant = true
      if (check === null) results.push({ id, expected, got: 'INDETERMINATE', meant, detail: 'a context string' })
      else {
        const outcome = answers.next().value
        const got = outcome === 'valid' ? 'PASSED' : outcome === 'invalid' ? 'FAILED' : 'INDETERMINATE'
        results.push({ id, expected, got, meant, detail: `${outcome} (${check.algorithm.scheme})` })
      }
    }
  }
  return results
}

interface Question extends Pick<CaseResult, 'id' | 'expected'> {
  /** Null: neither X.509 nor CMS has a context string, so the port takes none, and there is nothing to ask. */
  readonly check: SignatureCheck | null
}

function questionOf(
  file: string,
  group: TestGroup,
  algorithm: SignatureAlgorithm,
  test: TestGroup['tests'][number],
): Question {
  const id = `${file.replace(/\.json$/, '')}/${test.tcId}`
  const expected = test.result === 'acceptable' ? 'either' : test.result
  const signature = bytesOf(test.sig)
  if ((test.ctx ?? '') !== '') return { id, expected, check: null }
  const check = {
    algorithm,
    publicKey: bytesOf(group.publicKeyDer),
    message: bytesOf(test.msg),
    signature: group.type === 'EcdsaP1363Verify' ? derFromP1363(signature, algorithm) : signature,
  }
  return { id, expected, check }
}

function algorithmOf({ type, sha, mgfSha, sLen, publicKey }: TestGroup, algorithm: string): SignatureAlgorithm {
  const curve = typeof publicKey === 'string' ? undefined : publicKey.curve
  switch (type) {
    case 'RsassaPkcs1Verify':
      return { scheme: 'rsa-pkcs1', digest: known(DIGESTS, sha) }
    case 'RsassaPssVerify':
    case 'RsassaPssWithParametersVerify': {
      if (sLen === undefined) throw new Error('a salt length is missing')
      return { scheme: 'rsa-pss', digest: known(DIGESTS, sha), mgfDigest: known(DIGESTS, mgfSha), saltLength: sLen }
    }
    case 'EcdsaVerify':
    case 'EcdsaP1363Verify':
      return { scheme: 'ecdsa', digest: known(DIGESTS, sha), curve: known(CURVES, curve) }
    case 'EddsaVerify':
      return { scheme: curve === 'edwards448' ? 'ed448' : 'ed25519' }
    case 'MlDsaVerify':
      return { scheme: 'ml-dsa', set: algorithm === 'ML-DSA-44' ? 44 : algorithm === 'ML-DSA-65' ? 65 : 87 }
    default:
      throw new Error(`an unknown type of test group: ${type}`)
  }
}

/** A suite that grew must not be judged by guessing. */
function known<Value>(table: Readonly<Record<string, Value>>, name: string | undefined): Value {
  const value = table[name ?? '']
  if (value === undefined) throw new Error(`not in the table: ${name}`)
  return value
}

const OCTETS: Readonly<Record<EcCurve, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
  brainpoolP256r1: 32,
  brainpoolP384r1: 48,
  brainpoolP512r1: 64,
}

/**
 * r and s side by side as Ecdsa-Sig-Value, the only form the port takes. A signature whose halves do not have the curve's length
 * has no place in it and stays as it is.
 */
function derFromP1363(signature: Uint8Array, algorithm: SignatureAlgorithm): Uint8Array {
  if (algorithm.scheme !== 'ecdsa' || signature.length !== 2 * OCTETS[algorithm.curve]) return signature
  const half = signature.length / 2
  const numbers = [signature.subarray(0, half), signature.subarray(half)].flatMap((octets) => {
    const first = octets.findIndex((octet) => octet !== 0)
    const shortest = first < 0 ? [0] : [...octets.subarray(first)]
    const positive = (shortest[0] ?? 0) >= 0x80 ? [0, ...shortest] : shortest
    return [0x02, positive.length, ...positive]
  })
  const length = numbers.length < 0x80 ? [numbers.length] : [0x81, numbers.length]
  return Uint8Array.from([0x30, ...length, ...numbers])
}

function bytesOf(hex: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new Error(`not hex: ${hex}`)
  return new Uint8Array(Buffer.from(hex, 'hex'))
}
