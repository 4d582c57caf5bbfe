import { comparePaths, fromBase64, toBase64, toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { orNull, ParseError } from '../model/parse-error.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { Certificate } from './certificate.ts'
import { parseCertificate } from './certificate-parse.ts'
import { type Cms, parseCms } from './cms.ts'
import type { ParseFailure, PooledCertificate } from './facts.ts'
import { parsePem, unwrapByContent } from './pem.ts'
import { parseTimeStampFile } from './tsp.ts'

/** A file that may hold certificates, by what the layout says it is. */
export interface CertificateSource {
  readonly path: string
  readonly bytes: Uint8Array
  readonly kind: 'signature' | 'token' | 'certificate'
  /** The certificates of a signature or token, where they have been read already; null when it has none to read. */
  readonly bag?: Bag | null
}

/** Certificates that were found, each once, with what does not read. */
export interface CertificatePool {
  /** By SHA-256, each once. Hints: nothing here is trusted by being here. */
  readonly certificates: readonly Certificate[]
  /** Beyond LIMITS.certificatesInPool, or of a bag beyond LIMITS.certificatesInBag. */
  readonly omitted: number
  /** Certificates of certificate files that could not be read, in order of paths; those in a bag are counted there. */
  readonly failures: readonly { readonly path: string; readonly failure: ParseFailure }[]
}

/** What a ParseError says, as data. */
export function parseFailureOf(error: ParseError): ParseFailure {
  const { where, offset, spec } = error.detail
  return { code: error.code, where, offset: offset ?? null, spec: spec ?? null }
}

/** Certificates of one place, those that read. */
export interface Bag {
  readonly certificates: readonly Certificate[]
  readonly unreadable: number
  readonly omitted: number
}

/** Parses one certificate. Throws ParseError. */
export type ReadCertificate = (der: Uint8Array) => Certificate

/** `parseCertificate` with the platform's digest. */
export function certificateReader(digest: SmallDigest): ReadCertificate {
  const sha256 = (bytes: Uint8Array) => digest('sha256', bytes)
  return (der) => parseCertificate(der, sha256)
}

/** Parses the certificates of a CMS; one that `known` has already is not parsed again. */
export function readBag(
  cms: Cms,
  known: readonly Certificate[],
  digest: SmallDigest,
  read: ReadCertificate = certificateReader(digest),
): Bag {
  const certificates: Certificate[] = []
  let unreadable = 0
  // By digest: certificates that differ in their last octets only would be compared with each other at length.
  const bySha256 = new Map(known.map((certificate) => [certificate.sha256, certificate]))
  for (const { kind, der } of cms.certificates.slice(0, LIMITS.certificatesInBag)) {
    const same = bySha256.size === 0 ? undefined : bySha256.get(toHex(digest('sha256', der)))
    const certificate = same ?? (kind === 'certificate' ? orNull(() => read(der)) : null)
    if (certificate === null) unreadable++
    else certificates.push(certificate)
  }
  return { certificates, unreadable, omitted: Math.max(0, cms.certificates.length - LIMITS.certificatesInBag) }
}

/** Each certificate once, by SHA-256. */
export function uniqueCertificates(certificates: Iterable<Certificate>): Certificate[] {
  const bySha256 = new Map<string, Certificate>()
  for (const certificate of certificates) bySha256.set(certificate.sha256, certificate)
  return [...bySha256.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
}

const ORDER = ['signature', 'token', 'certificate'] as const

/**
 * Collects the certificates of signatures, tokens and certificate files. What is in signatures and tokens comes before
 * hints, so that no number of hints can push it out. Never throws ParseError.
 */
export function collectCertificates(
  sources: readonly CertificateSource[],
  digest: SmallDigest,
  read: ReadCertificate = certificateReader(digest),
): CertificatePool {
  const found = new Map<string, Certificate>()
  const failures: { path: string; failure: ParseFailure }[] = []
  let omitted = 0
  const inOrder = [...sources].sort(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || comparePaths(a.path, b.path),
  )
  const add = (certificate: Certificate) => {
    if (found.has(certificate.sha256)) return
    if (found.size >= LIMITS.certificatesInPool) omitted++
    else found.set(certificate.sha256, certificate)
  }
  for (const source of inOrder) {
    try {
      if (source.kind === 'certificate') {
        for (const der of certificateFile(source.bytes)) add(read(der))
        continue
      }
      const bag = source.bag === undefined ? bagOf(source, [...found.values()], digest, read) : source.bag
      if (bag === null) continue
      omitted += bag.omitted
      for (const certificate of bag.certificates) add(certificate)
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      // A broken signature or token is a fact of its own.
      if (source.kind === 'certificate') failures.push({ path: source.path, failure: parseFailureOf(error) })
    }
  }
  return { certificates: uniqueCertificates(found.values()), omitted, failures }
}

/** DER of a CMS in a file that is DER, BER, PEM or base64. */
export function signatureBytes(bytes: Uint8Array): Uint8Array {
  return unwrapByContent(bytes, 'ContentInfo')
}

function bagOf(
  { kind, bytes }: CertificateSource,
  known: readonly Certificate[],
  digest: SmallDigest,
  read: ReadCertificate,
): Bag | null {
  const cms = kind === 'signature' ? parseCms(signatureBytes(bytes)) : parseTimeStampFile(bytes).token
  return cms === null ? null : readBag(cms, known, digest, read)
}

function certificateFile(bytes: Uint8Array): Uint8Array[] {
  if (bytes[0] === 0x30) return [bytes]
  return parsePem(bytes, 'Certificate').map(({ der }) => der)
}

/** The pool as facts. */
export function poolOf(certificates: readonly Certificate[]): PooledCertificate[] {
  return uniqueCertificates(certificates).map(({ sha256, der }) => ({ sha256, der: toBase64(der) }))
}

/**
 * The pool from facts. Throws ParseError (`ERR_FACTS`, or why a certificate does not read): facts come from a file, so
 * each digest is computed again and must be the stated one.
 */
export function parsePool(pool: readonly PooledCertificate[], digest?: SmallDigest): Certificate[] {
  return pool.map((pooled, index) => {
    const where = `certificates[${index}]`
    const der = fromBase64(pooled.der)
    if (der === undefined) throw new ParseError('ERR_FACTS', { where, expected: 'base64' })
    const certificate = digest ? parseCertificate(der, (bytes) => digest('sha256', bytes)) : parseCertificate(der)
    if (certificate.sha256 !== pooled.sha256) {
      throw new ParseError('ERR_FACTS', { where, expected: pooled.sha256, found: certificate.sha256 })
    }
    return certificate
  })
}
