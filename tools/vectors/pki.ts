import { constants, createHash, createPrivateKey, privateEncrypt } from 'node:crypto'
import { concatBytes, fromBase64 } from '@probatum/core'
import { pkcs8SigningKey, type SigningKey, sampleEd25519Key, sampleP256Key, seededRandom } from '@probatum/seal'
import { extension } from '../../test-vectors/make/cms.ts'
import {
  bits,
  boolean,
  commonNames,
  type Der,
  explicit,
  integer,
  octets,
  oid,
  sequence,
  utcTime,
} from '../../test-vectors/make/der.ts'
import { PUBLIC_RSA_KEYS } from './rsa-keys.ts'

/** Certificates of the vectors: every name is invented, every key follows from its public name. */
export interface Issued {
  readonly der: Der
  readonly key: SigningKey
  readonly subject: Der
  readonly issuer: Der
  readonly serial: Der
}

export interface CertificateRecipe {
  readonly name: string
  /** Absent: self-signed. */
  readonly issuer?: Issued
  readonly key?: SigningKey
  /** UTCTime, `250101000000Z`. */
  readonly from?: string
  readonly to?: string
  readonly serial?: number
  readonly extensions?: readonly Der[]
  /** Signs instead of the issuer's key. */
  readonly signedBy?: SigningKey
  /** Of the issuer's signature. */
  readonly digest?: 'sha256' | 'sha512'
}

export const keyOf = (name: string): Promise<SigningKey> => sampleP256Key(seededRandom(`vector key ${name}`)(48))
export const ed25519KeyOf = (name: string): Promise<SigningKey> =>
  sampleEd25519Key(seededRandom(`vector key ${name}`)(32))

export function rsaKey(name: keyof typeof PUBLIC_RSA_KEYS): Promise<SigningKey> {
  return pkcs8SigningKey(rsaPkcs8(name))
}

function rsaPkcs8(name: keyof typeof PUBLIC_RSA_KEYS): Uint8Array {
  const pkcs8 = fromBase64(PUBLIC_RSA_KEYS[name])
  if (pkcs8 === undefined) throw new TypeError('a sample key is not base64')
  return pkcs8
}

/** RSASSA-PSS whose salt follows from the message, so that the same bytes come out each time (RFC 8017 §9.1.1). */
export async function rsaPssKey(): Promise<SigningKey> {
  const pkcs8 = rsaPkcs8('rsa-2048')
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  const published = await pkcs8SigningKey(pkcs8, 'rsa-pss')
  return {
    ...published,
    async sign(message, digest) {
      const hash = (...parts: readonly Uint8Array[]) =>
        createHash(digest)
          .update(concatBytes(...parts))
          .digest()
      const size = 256
      const salt = hash(new TextEncoder().encode('salt of a sample'), message)
      const h = hash(new Uint8Array(8), hash(message), salt)
      const block = concatBytes(new Uint8Array(size - 2 * h.length - 2), Uint8Array.of(1), salt)
      const mask = Array.from({ length: Math.ceil(block.length / h.length) }, (_, i) =>
        hash(h, Uint8Array.of(0, 0, 0, i)),
      )
      const masked = block.map((byte, at) => byte ^ (concatBytes(...mask)[at] ?? 0))
      // emBits is one less than the modulus has.
      masked[0] = (masked[0] ?? 0) & 0x7f
      const encoded = Buffer.from(concatBytes(masked, h, Uint8Array.of(0xbc)))
      return new Uint8Array(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded))
    },
  }
}

export const SIGN_ALONE: Der = keyUsage(0x80, 7)
export const basicConstraints = (ca: boolean, pathLength?: number): Der =>
  extension(
    '2.5.29.19',
    sequence(...(ca ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])),
    true,
  )
/** `octet` from the first bit on, and how many of its bits at the end are not used. */
export function keyUsage(octet: number, unused: number): Der {
  return extension('2.5.29.15', bits(Uint8Array.of(octet), unused), true)
}
export const CA_USAGE: Der = keyUsage(0x06, 1)
export const AUTHORITY: readonly Der[] = [basicConstraints(true), CA_USAGE]
export const SIGNER: readonly Der[] = [basicConstraints(false), SIGN_ALONE]
export const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
export const extendedKeyUsage = (critical: boolean, ...purposes: readonly string[]): Der =>
  extension('2.5.29.37', sequence(...purposes.map(oid)), critical)
export const TIME_STAMP_UNIT: readonly Der[] = [
  basicConstraints(false),
  SIGN_ALONE,
  extendedKeyUsage(true, TIME_STAMPING),
]
/** 2.999 is the arc that X.660 keeps for examples. */
export const UNKNOWN_CRITICAL: Der = extension('2.999.1', octets(new Uint8Array(0)), true)

/** A version 3 certificate (RFC 5280 §4.1). */
export async function issue(recipe: CertificateRecipe): Promise<Issued> {
  const key = recipe.key ?? (await keyOf(recipe.name))
  const subject = commonNames(`${recipe.name} (sample)`)
  const issuer = recipe.issuer?.subject ?? subject
  const signing = recipe.signedBy ?? recipe.issuer?.key ?? key
  const serial = integer(recipe.serial ?? 0x1001)
  const { digest = 'sha256' } = recipe
  const algorithm = signing.signatureAlgorithm(digest)
  const tbs = sequence(
    explicit(0, integer(2)),
    serial,
    algorithm,
    issuer,
    sequence(utcTime(recipe.from ?? '250101000000Z'), utcTime(recipe.to ?? '291231235959Z')),
    subject,
    key.spki,
    explicit(3, sequence(...(recipe.extensions ?? SIGNER))),
  )
  return { der: sequence(tbs, algorithm, bits(await signing.sign(tbs, digest))), key, subject, issuer, serial }
}

export const authority = (name: string, more: Partial<CertificateRecipe> = {}): Promise<Issued> =>
  issue({ name, from: '200101000000Z', to: '451231235959Z', extensions: AUTHORITY, ...more })

const ROOT = await authority('Example Root')
const TIME_ROOT = await authority('Example Time Root')
const SECOND_TIME_ROOT = await authority('Example Second Time Root')

/** Those whom the trust set `sample` believes, and those who hold certificates of them. */
export const PKI = {
  root: ROOT,
  signer: await issue({ name: 'Example Mechanism', issuer: ROOT }),
  timeRoot: TIME_ROOT,
  unit: await issue({ name: 'Example Time-Stamp Unit', issuer: TIME_ROOT, extensions: TIME_STAMP_UNIT }),
  secondTimeRoot: SECOND_TIME_ROOT,
  secondUnit: await issue({
    name: 'Example Second Time-Stamp Unit',
    issuer: SECOND_TIME_ROOT,
    extensions: TIME_STAMP_UNIT,
  }),
  /** In no trust set but `other`. */
  otherRoot: await authority('Example Other Root'),
} as const
