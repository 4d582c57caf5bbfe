import { DerCursor } from '../asn1/cursor.ts'
import { RememberedReadings } from '../asn1/remembered-readings.ts'
import { TAG } from '../asn1/tag.ts'
import { equalBytes, fromHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import type { DigestAlgorithm, SmallDigest } from '../model/ports.ts'
import type { Certificate, GeneralName } from './certificate.ts'
import { readAlgorithmIdentifier } from './certificate-parse.ts'
import { readPolicyInformation } from './certificate-policies.ts'
import { digestAlgorithmOf, digestName } from './digest-algorithms.ts'
import { readGeneralNames } from './general-name.ts'

/** ESSCertID (RFC 5035 §5.4, first version) or ESSCertIDv2 (§4). */
export interface EssCertId {
  /** Digest name, or its OID when unknown. */
  readonly algorithm: string
  /** Null when unknown. */
  readonly digest: DigestAlgorithm | null
  readonly certHash: Uint8Array
  readonly issuerSerial: { readonly issuer: readonly GeneralName[]; readonly serialNumber: Uint8Array } | null
}

const known = {
  1: new RememberedReadings<readonly EssCertId[]>(),
  2: new RememberedReadings<readonly EssCertId[]>(),
} as const

/** Reads the value of a signing-certificate attribute in strict DER. Throws ParseError. */
export function parseSigningCertificate(der: Uint8Array, version: 1 | 2): readonly EssCertId[] {
  // The same in all tokens of a unit.
  return known[version].of(der, (bytes) => readSigningCertificate(bytes, version))
}

function readSigningCertificate(der: Uint8Array, version: 1 | 2): EssCertId[] {
  const where = version === 1 ? 'SigningCertificate' : 'SigningCertificateV2'
  const outer = DerCursor.over(der, where)
  const value = outer.enter(TAG.SEQUENCE, '')
  outer.finish()
  const certs = value.enter(TAG.SEQUENCE, 'certs')
  // PolicyInformation is a hint for paths that nobody uses; anything else is no such attribute.
  if (!value.done) {
    const policies = value.enter(TAG.SEQUENCE, 'policies')
    if (!policies.done) readPolicyInformation(policies)
  }
  value.finish()
  const entries: EssCertId[] = []
  while (!certs.done) {
    if (entries.length >= LIMITS.essEntries) {
      const expected = `at most ${LIMITS.essEntries} entries`
      certs.fail('ERR_LIMIT', '', certs.offset, 'RFC 5035 §3', expected, undefined)
    }
    entries.push(readEssCertId(certs.enter(TAG.SEQUENCE, `${entries.length}`), version))
  }
  return entries
}

function readEssCertId(entry: DerCursor, version: 1 | 2): EssCertId {
  let algorithm = version === 1 ? 'sha1' : 'sha256'
  let digest: DigestAlgorithm | null = version === 1 ? 'sha1' : 'sha256'
  if (version === 2 && entry.tag === TAG.SEQUENCE) {
    const identifier = readAlgorithmIdentifier(entry, 'hashAlgorithm')
    algorithm = digestName(identifier)
    digest = digestAlgorithmOf(identifier)
  }
  const certHash = entry.octetString('certHash')
  const issuerSerial = entry.done ? null : readIssuerSerial(entry.enter(TAG.SEQUENCE, 'issuerSerial'))
  entry.finish()
  return { algorithm, digest, certHash, issuerSerial }
}

function readIssuerSerial(sequence: DerCursor): NonNullable<EssCertId['issuerSerial']> {
  const issuer = readGeneralNames(sequence.enter(TAG.SEQUENCE, 'issuer'))
  const serialNumber = sequence.integer('serialNumber', LIMITS.serialOctets)
  sequence.finish()
  return { issuer, serialNumber }
}

export type EssBinding =
  | { readonly bound: 'match'; readonly position: number }
  | { readonly bound: 'hash-differs' | 'issuer-serial-differs' | 'digest-unsupported'; readonly position: null }

export type CertificateDigest = (algorithm: DigestAlgorithm, certificate: Certificate) => Uint8Array

/** Each digest of each certificate is computed once, however many signers and entries ask for it. */
export function rememberingDigests(digest: SmallDigest): CertificateDigest {
  const known = new Map<string, Uint8Array>()
  return (algorithm, certificate) => {
    // The reader of a certificate has computed this one of its bytes.
    const read = algorithm === 'sha256' ? fromHex(certificate.sha256) : undefined
    if (read !== undefined) return read
    const key = `${algorithm} ${certificate.sha256}`
    const found = known.get(key) ?? digest(algorithm, certificate.der)
    known.set(key, found)
    return found
  }
}

/** Whether one attribute's entries bind a certificate: by any of them, since a few tokens do not put the signer first. */
export function bindingOf(
  entries: readonly EssCertId[],
  certificate: Certificate,
  digestOf: CertificateDigest,
): EssBinding {
  let bound: 'hash-differs' | 'issuer-serial-differs' | 'digest-unsupported' = 'hash-differs'
  for (const [position, entry] of entries.entries()) {
    if (entry.digest === null) {
      if (bound === 'hash-differs') bound = 'digest-unsupported'
      continue
    }
    if (!equalBytes(digestOf(entry.digest, certificate), entry.certHash)) continue
    if (namesIssuerAndSerial(entry, certificate)) return { bound: 'match', position }
    bound = 'issuer-serial-differs'
  }
  return { bound, position: null }
}

/** RFC 5035 §4: the issuer is the certificate's, alone, as a directoryName. */
function namesIssuerAndSerial({ issuerSerial }: EssCertId, certificate: Certificate): boolean {
  if (issuerSerial === null) return true
  const [issuer, another] = issuerSerial.issuer
  if (issuer?.kind !== 'directoryName' || another !== undefined) return false
  if (!equalBytes(issuerSerial.serialNumber, certificate.serialNumber)) return false
  return equalBytes(issuer.name.der, certificate.issuer.der) || issuer.name.key === certificate.issuer.key
}
