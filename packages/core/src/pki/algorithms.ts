import type { DigestAlgorithm, SignatureAlgorithm, SignedDigestAlgorithm, SlhDsaSet } from '../model/ports.ts'
import type { AlgorithmIdentifier } from './certificate.ts'
import { digestAlgorithmOf, hasNoParameters, SIGNED_DIGEST_OCTETS } from './digest-algorithms.ts'
import { allowsPss, describePss, type PssParameters, readPssParameters } from './pss.ts'
import { type KeyDescription, SLH_DSA_SETS } from './public-key.ts'

/** What a signature's AlgorithmIdentifier says before any key is looked at. */
type Row =
  | { readonly scheme: 'rsa-pkcs1'; readonly digest: DigestAlgorithm | 'of-the-content' }
  | { readonly scheme: 'rsa-pss' }
  | { readonly scheme: 'ecdsa'; readonly digest: DigestAlgorithm }
  | { readonly scheme: 'ed25519' }
  | { readonly scheme: 'ed448' }
  | { readonly scheme: 'ml-dsa'; readonly set: 44 | 65 | 87 }
  | { readonly scheme: 'slh-dsa'; readonly set: SlhDsaSet }

const rsa = (digest: DigestAlgorithm | 'of-the-content'): Row => ({ scheme: 'rsa-pkcs1', digest })
const ecdsa = (digest: DigestAlgorithm): Row => ({ scheme: 'ecdsa', digest })

/** The one table of signature algorithms. Strength is the policy's affair: MD5 and SHA-1 are rows like any other. */
const TABLE: ReadonlyMap<string, Row> = new Map<string, Row>([
  // RFC 5652 signers may name the key's algorithm alone; the digest is then digestAlgorithm (RFC 3370 §3.2).
  ['1.2.840.113549.1.1.1', rsa('of-the-content')],
  ['1.2.840.113549.1.1.4', rsa('md5')],
  ['1.2.840.113549.1.1.5', rsa('sha1')],
  ['1.3.14.3.2.29', rsa('sha1')],
  // RFC 4055 §5
  ['1.2.840.113549.1.1.14', rsa('sha224')],
  ['1.2.840.113549.1.1.11', rsa('sha256')],
  ['1.2.840.113549.1.1.12', rsa('sha384')],
  ['1.2.840.113549.1.1.13', rsa('sha512')],
  // RFC 9688 §3
  ['2.16.840.1.101.3.4.3.13', rsa('sha3-224')],
  ['2.16.840.1.101.3.4.3.14', rsa('sha3-256')],
  ['2.16.840.1.101.3.4.3.15', rsa('sha3-384')],
  ['2.16.840.1.101.3.4.3.16', rsa('sha3-512')],
  // RFC 4055 §3
  ['1.2.840.113549.1.1.10', { scheme: 'rsa-pss' }],
  // RFC 3279 §2.2.3, RFC 5758 §3.2
  ['1.2.840.10045.4.1', ecdsa('sha1')],
  ['1.2.840.10045.4.3.1', ecdsa('sha224')],
  ['1.2.840.10045.4.3.2', ecdsa('sha256')],
  ['1.2.840.10045.4.3.3', ecdsa('sha384')],
  ['1.2.840.10045.4.3.4', ecdsa('sha512')],
  // RFC 9688 §3
  ['2.16.840.1.101.3.4.3.9', ecdsa('sha3-224')],
  ['2.16.840.1.101.3.4.3.10', ecdsa('sha3-256')],
  ['2.16.840.1.101.3.4.3.11', ecdsa('sha3-384')],
  ['2.16.840.1.101.3.4.3.12', ecdsa('sha3-512')],
  // RFC 8410 §3
  ['1.3.101.112', { scheme: 'ed25519' }],
  ['1.3.101.113', { scheme: 'ed448' }],
  // RFC 9881 §2, RFC 9882 §3
  ['2.16.840.1.101.3.4.3.17', { scheme: 'ml-dsa', set: 44 }],
  ['2.16.840.1.101.3.4.3.18', { scheme: 'ml-dsa', set: 65 }],
  ['2.16.840.1.101.3.4.3.19', { scheme: 'ml-dsa', set: 87 }],
  // RFC 9909 §3, RFC 9814 §3. The identifiers behind them (…3.32 to 3.46) hash first, and neither RFC takes those.
  ...SLH_DSA_SETS.map(([oid, set]) => [oid, { scheme: 'slh-dsa', set }] as const),
])

/** The digest that a signature's AlgorithmIdentifier itself names; null when it names none or is unknown. */
export function digestOfSignatureAlgorithm(identifier: AlgorithmIdentifier): DigestAlgorithm | null {
  const row = TABLE.get(identifier.oid)
  if (row === undefined) return null
  if (row.scheme === 'rsa-pss') return pssParameters(identifier)?.digest ?? null
  return 'digest' in row && row.digest !== 'of-the-content' ? row.digest : null
}

/**
 * `supported`: a row for the platform. `unsupported`: the table does not know it; `met` is what was met. `mismatch`:
 * the key is of another kind than the algorithm, or its parameters exclude it, so that no signature can be right under it.
 */
export type AlgorithmChoice =
  | { readonly outcome: 'supported'; readonly algorithm: SignatureAlgorithm }
  | { readonly outcome: 'unsupported'; readonly met: string }
  | { readonly outcome: 'mismatch'; readonly met: string }

const unsupported = (met: string): AlgorithmChoice => ({ outcome: 'unsupported', met })

/**
 * Chooses the row for a signature under a key. `contentDigest` is the digestAlgorithm of a SignerInfo; null for
 * certificates, CRLs and OCSP responses, where an algorithm without a digest has none.
 */
export function chooseAlgorithm(
  identifier: AlgorithmIdentifier,
  contentDigest: AlgorithmIdentifier | null,
  key: KeyDescription,
): AlgorithmChoice {
  const row = TABLE.get(identifier.oid)
  if (row === undefined) return unsupported(`signatureAlgorithm ${identifier.oid}`)
  if (row.scheme !== 'rsa-pss' && !areParametersRight(identifier, row)) {
    return unsupported(`parameters of ${identifier.oid}`)
  }
  if (key.kind === 'other') return unsupported(key.met)
  const mismatch: AlgorithmChoice = { outcome: 'mismatch', met: `${key.kind} key under ${identifier.oid}` }
  switch (row.scheme) {
    case 'rsa-pkcs1': {
      if (key.kind !== 'rsa') return mismatch
      // RFC 4055 §1.2: a key under id-RSASSA-PSS is for PSS alone. OpenSSL 3.0 makes PSS signatures with it and names them
      // rsaEncryption, so that the name contradicts nothing: how it was padded is not said.
      if (key.scheme === 'pss') return unsupported(`rsa-pss key under ${identifier.oid}`)
      const digest = row.digest === 'of-the-content' ? contentDigest && digestAlgorithmOf(contentDigest) : row.digest
      if (digest === null) return unsupported(`digest ${contentDigest?.oid ?? 'of rsaEncryption'}`)
      return { outcome: 'supported', algorithm: { scheme: 'rsa-pkcs1', digest } }
    }
    case 'rsa-pss': {
      if (key.kind !== 'rsa') return mismatch
      const pss = pssParameters(identifier)
      if (pss === null) return unsupported(`parameters of ${identifier.oid}`)
      if (key.only === 'unread') return unsupported('parameters of an rsa-pss key')
      if (key.only !== undefined && !allowsPss(key.only, pss)) {
        return { outcome: 'mismatch', met: `${describePss(pss)} under a key for ${describePss(key.only)}` }
      }
      return { outcome: 'supported', algorithm: { scheme: 'rsa-pss', ...pss } }
    }
    case 'ecdsa':
      if (key.kind !== 'ec') return mismatch
      return { outcome: 'supported', algorithm: { scheme: 'ecdsa', digest: row.digest, curve: key.curve } }
    case 'ml-dsa':
      if (key.kind !== 'ml-dsa' || key.set !== row.set) return mismatch
      return { outcome: 'supported', algorithm: { scheme: 'ml-dsa', set: row.set } }
    case 'slh-dsa':
      if (key.kind !== 'slh-dsa' || key.set !== row.set) return mismatch
      return { outcome: 'supported', algorithm: { scheme: 'slh-dsa', set: row.set } }
    default:
      if (key.kind !== row.scheme) return mismatch
      return { outcome: 'supported', algorithm: { scheme: row.scheme } }
  }
}

/**
 * How the digest of signed attributes stands to a scheme that hashes by itself: `named` by the scheme's RFC for CMS (8419 §3.1,
 * 9882 §3.3, 9814 §4), `as-strong` as the scheme though another, or `weaker`. The other schemes leave it to the signer.
 */
export function digestBeside(algorithm: SignatureAlgorithm, digest: string): 'named' | 'as-strong' | 'weaker' {
  const rule = digestRuleOf(algorithm)
  if (rule === null || rule.named.some((name) => name === digest)) return 'named'
  const octets = Object.entries(SIGNED_DIGEST_OCTETS).find(([name]) => name === digest)?.[1] ?? 0
  // Finding a collision costs half the bits of the digest.
  return octets * 4 >= rule.strength ? 'as-strong' : 'weaker'
}

interface DigestRule {
  readonly named: readonly SignedDigestAlgorithm[]
  /** Bits of the scheme. */
  readonly strength: number
}

function digestRuleOf(algorithm: SignatureAlgorithm): DigestRule | null {
  switch (algorithm.scheme) {
    case 'ed25519':
      return { named: ['sha512'], strength: 128 }
    case 'ed448':
      return { named: ['shake256'], strength: 224 }
    case 'ml-dsa': {
      const named: SignedDigestAlgorithm[] = ['sha512', 'sha3-512', 'shake256']
      if (algorithm.set !== 87) named.push('sha384', 'sha3-384')
      if (algorithm.set === 44) named.push('sha256', 'sha3-256', 'shake128')
      return { named, strength: algorithm.set === 44 ? 128 : algorithm.set === 65 ? 192 : 256 }
    }
    case 'slh-dsa': {
      const strength = Number(algorithm.set.slice(-4, -1))
      if (algorithm.set.startsWith('sha2')) return { named: [strength === 128 ? 'sha256' : 'sha512'], strength }
      return { named: [strength === 128 ? 'shake128' : 'shake256'], strength }
    }
    default:
      return null
  }
}

/**
 * RSA: NULL, and absent is in use (RFC 4055 §5, RFC 5754 §3.2). ECDSA: absent, and NULL is in use (RFC 5758 §3.2). The
 * others: absent (RFC 8410 §3, RFC 9881 §2, RFC 9909 §3).
 */
function areParametersRight(identifier: AlgorithmIdentifier, row: Row): boolean {
  if (row.scheme === 'rsa-pkcs1' || row.scheme === 'ecdsa') return hasNoParameters(identifier)
  return identifier.parameters === null
}

function pssParameters({ parameters }: AlgorithmIdentifier): PssParameters | null {
  return parameters === null ? null : readPssParameters(parameters)
}
