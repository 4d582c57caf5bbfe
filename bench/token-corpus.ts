import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { algorithm, extension } from '../test-vectors/make/cms.ts'
import { bits, explicit, generalizedTime, integer, nothing, sequence, utcTime } from '../test-vectors/make/der.ts'
import { authority, type CertificateRecipe, issue, UNIT } from '../tools/vectors/pki-certificates.ts'
import { token } from '../tools/vectors/pki-cms.ts'
import type { VectorKey } from '../tools/vectors/pki-keys.ts'
import { crl, crlNumber } from '../tools/vectors/pki-revocation-make.ts'

/** Time-stamps of one invented authority of two levels (root, issuing authority), each over data of its own. */
export interface TokenCorpus {
  readonly name: string
  readonly root: Uint8Array
  /** Of the root and of the issuing authority. */
  readonly crls: readonly Uint8Array[]
  readonly stamps: readonly { readonly token: Uint8Array; readonly data: Uint8Array }[]
}

type Kind = 'rsa-2048' | 'rsa-4096' | 'p-256' | 'p-384'

/** Certificates and lists are good then; the tokens are some months older. */
export const VALIDATION_TIME = '2026-06-01T00:00:00Z'
/** As many bytes of data as a short document has. */
const DATA_OCTETS = 10_240

const ALGORITHM_OID = {
  rsa: { sha256: '1.2.840.113549.1.1.11', sha384: '1.2.840.113549.1.1.12' },
  ec: { sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3' },
} as const

/** Keys are made once and kept, so that all runs on one machine measure the same numbers. They protect nothing. */
function keyOf(cache: string, name: string, kind: Kind): VectorKey {
  const file = join(cache, `${name}-${kind}.pem`)
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true })
    const made = kind.startsWith('rsa')
      ? generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) }).privateKey
      : generateKeyPairSync('ec', { namedCurve: kind.toUpperCase() }).privateKey
    writeFileSync(`${file}.unfinished`, made.export({ format: 'pem', type: 'pkcs8' }))
    renameSync(`${file}.unfinished`, file)
  }
  const key = createPrivateKey(readFileSync(file))
  const oids = kind.startsWith('rsa') ? ALGORITHM_OID.rsa : ALGORITHM_OID.ec
  const oidOf = (hash: string) => (hash === 'sha384' ? oids.sha384 : oids.sha256)
  return {
    spki: new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })),
    algorithm: (hash) => algorithm(oidOf(hash), ...(kind.startsWith('rsa') ? [nothing()] : [])),
    sign: (message, hash) => new Uint8Array(sign(hash, message, key)),
  }
}

export function makeTokens(cache: string, name: string, unit: Kind, authorities: Kind, count: number): TokenCorpus {
  const hash = authorities === 'p-384' ? 'sha384' : 'sha256'
  const keys = { root: keyOf(cache, 'root', authorities), issuing: keyOf(cache, 'issuing', authorities) }
  const more = (of: Partial<CertificateRecipe>): Partial<CertificateRecipe> => ({ hash, ...of })
  const root = authority(`Example Bench Root ${name}`, more({ key: keys.root }))
  const issuing = authority(`Example Bench Authority ${name}`, more({ key: keys.issuing, issuer: root }))
  const units = issue({
    name: `Example Bench Unit ${name}`,
    key: keyOf(cache, 'unit', unit),
    issuer: issuing,
    hash,
    extensions: UNIT,
  })
  // As long as the list of an authority that had some certificates to withdraw.
  const entries = Array.from({ length: 50 }, (_, index) => ({
    serial: integer(1000 + index),
    date: '260101000000Z',
    reason: 'superseded' as const,
  }))
  const stamps = Array.from({ length: count }, (_, index) => {
    const data = new Uint8Array(randomBytes(DATA_OCTETS))
    const second = String(index % 60).padStart(2, '0')
    const minute = String(Math.floor(index / 60) % 60).padStart(2, '0')
    const info = { genTime: generalizedTime(`2026031409${minute}${second}Z`), serial: integer(100_000 + index) }
    const certificates = [units.der, issuing.der]
    return { data, token: token({ data, unit: units, certificates, info }) }
  })
  return {
    name,
    root: root.der,
    crls: [crl({ issuer: root, hash, entries }), crl({ issuer: issuing, hash, entries })],
    stamps,
  }
}

/** A CRL of very many entries, as a large public authority has: two of three with a reason. 8 MB. */
export function makeLargeCrl(cache: string, count: number): Uint8Array {
  const { key, subject } = authority('Example Bench Root of a long list', { key: keyOf(cache, 'root', 'rsa-4096') })
  const reason = sequence(extension('2.5.29.21', Uint8Array.of(0x0a, 1, 4)))
  const entries = Array.from({ length: count }, (_, index) => {
    const digest = createHash('sha256').update(`entry ${index}`).digest('hex')
    const day = String(1 + (index % 31)).padStart(2, '0')
    const date = utcTime(`25${['01', '03', '05', '07', '08', '10', '12'][index % 7]}${day}0102${10 + (index % 50)}Z`)
    return sequence(integer(BigInt(`0x40${digest.slice(0, 30)}`)), date, ...(index % 3 === 0 ? [] : [reason]))
  })
  const tbs = sequence(
    integer(1),
    key.algorithm('sha256'),
    subject,
    utcTime('260525000000Z'),
    utcTime('260625000000Z'),
    sequence(Buffer.concat(entries)),
    explicit(0, sequence(crlNumber(7))),
  )
  return sequence(tbs, key.algorithm('sha256'), bits(key.sign(tbs, 'sha256')))
}
