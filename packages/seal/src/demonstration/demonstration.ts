import { fromBase64, type Instant, parseCertificate, toHex } from '@probatum/core'
import { type LogKey, logKey } from '../custody-log/checkpoint.ts'
import { digestOf } from '../digest.ts'
import { pkcs8SigningKey } from '../keys/pkcs8.ts'
import { type SigningKey, sampleEd25519Key, sampleP256Key } from '../keys/signing-key.ts'
import type { RandomBytes } from '../random.ts'
import { type CertificateInput, makeCertificate, type NameInput } from '../signatures/certificate.ts'
import {
  localTimeStampAuthority,
  positiveSerial,
  type TimeStampAuthority,
} from '../time-stamps/time-stamp-authority.ts'
import { PUBLIC_SAMPLE_RSA_KEYS } from './sample-rsa-keys.ts'

/** Stands in every name, so that no output can show one without it. */
const ORGANIZATION = 'DEMONSTRATION ONLY – Probatum sample, proves nothing'
const name = (commonName: string): NameInput => ({ organization: ORGANIZATION, commonName })
const NAMES = {
  signerRoot: name('DEMONSTRATION ONLY – Probatum sample root'),
  signer: name('DEMONSTRATION ONLY – Example Mechanism (sample)'),
  timeStampRoot: name('DEMONSTRATION ONLY – Probatum sample time-stamp root'),
  timeStamp: name('DEMONSTRATION ONLY – Probatum sample time-stamp authority'),
} as const

/** An arm of the arc that X.660 keeps for examples. */
const SAMPLE_TIME_STAMP_POLICY = '2.999.3161.1'
const DAY_SECONDS = 86_400

/** What throw-away authorities are made from. */
export interface DemonstrationInput {
  /** Certificates begin a day before and hold ten years (roots twenty); tokens state this time. */
  readonly now: Instant
  /** Where keys, serial numbers and the log's name come from: with `seededRandom` the same bytes each time. */
  readonly random: RandomBytes
  /** RSA uses keys that are public in the source. Default P-256. */
  readonly algorithm?: 'ecdsa-p256' | 'rsa-2048' | 'rsa-2048-pss' | 'ed25519'
  /** Of the time-stamp authority; default `demonstration`. */
  readonly label?: string
}

/** A certificate authority and a time-stamp authority that live in memory. Their word is worth nothing. */
export interface DemonstrationAuthority {
  /** Root certificates, DER: what a sample trust set holds. */
  readonly roots: { readonly signer: Uint8Array; readonly timeStampAuthority: Uint8Array }
  readonly signer: { readonly key: SigningKey; readonly certificates: readonly Uint8Array[]; readonly name: string }
  readonly timeStampAuthority: TimeStampAuthority & {
    readonly key: SigningKey
    readonly certificates: readonly Uint8Array[]
  }
  readonly log: LogKey
}

type Role = keyof typeof NAMES

/**
 * Makes a signer and a time-stamp authority under roots of their own. They prove nothing: whatever is made with them is marked
 * as a sample.
 */
export async function demonstrationAuthority(input: DemonstrationInput): Promise<DemonstrationAuthority> {
  const { now, random, algorithm = 'ecdsa-p256', label = 'demonstration' } = input
  const keys = {
    signerRoot: await makeKey('signerRoot', algorithm, random),
    signer: await makeKey('signer', algorithm, random),
    timeStampRoot: await makeKey('timeStampRoot', algorithm, random),
    timeStamp: await makeKey('timeStamp', algorithm, random),
  }
  const certify = (subject: Role, issuer: Role, role: CertificateInput['role']) =>
    makeCertificate({
      subject: NAMES[subject],
      issuer: NAMES[issuer],
      serialNumber: positiveSerial(random(16)),
      notBefore: addDays(now, -1),
      notAfter: addDays(now, role === 'root' ? 7305 : 3652),
      spki: keys[subject].spki,
      issuerKey: keys[issuer],
      role,
    })
  const signerRoot = await certify('signerRoot', 'signerRoot', 'root')
  const signer = await certify('signer', 'signerRoot', 'signer')
  const timeStampRoot = await certify('timeStampRoot', 'timeStampRoot', 'root')
  const timeStamp = await certify('timeStamp', 'timeStampRoot', 'time-stamp-authority')
  const authority = localTimeStampAuthority({
    label,
    subject: parseCertificate(timeStamp).subject.text,
    key: keys.timeStamp,
    certificates: [timeStamp],
    policy: SAMPLE_TIME_STAMP_POLICY,
    now: () => now,
    random,
  })
  const logSeed = random(32)
  // An origin is never used twice (format, section 5.4): so each demonstration has its own.
  const origin = `demonstration-only.example/log/${toHex(digestOf('sha256', logSeed)).slice(0, 16)}`
  return {
    roots: { signer: signerRoot, timeStampAuthority: timeStampRoot },
    signer: { key: keys.signer, certificates: [signer], name: NAMES.signer.commonName },
    timeStampAuthority: { ...authority, key: keys.timeStamp, certificates: [timeStamp] },
    log: logKey(origin, await sampleEd25519Key(logSeed)),
  }
}

async function makeKey(
  role: Role,
  algorithm: NonNullable<DemonstrationInput['algorithm']>,
  random: RandomBytes,
): Promise<SigningKey> {
  if (algorithm === 'ecdsa-p256') return sampleP256Key(random(48))
  if (algorithm === 'ed25519') return sampleEd25519Key(random(32))
  const pkcs8 = fromBase64(PUBLIC_SAMPLE_RSA_KEYS[role])
  // `openssl ts` reads no RSASSA-PSS: there only the signer's own signature is made with it.
  const padding = algorithm === 'rsa-2048-pss' && role === 'signer' ? 'rsa-pss' : 'rsa-pkcs1'
  if (pkcs8 === undefined) throw new TypeError('a sample key is not base64')
  return pkcs8SigningKey(pkcs8, padding)
}

function addDays(instant: Instant, days: number): Instant {
  return { epochSeconds: instant.epochSeconds + days * DAY_SECONDS, fraction: '' }
}
