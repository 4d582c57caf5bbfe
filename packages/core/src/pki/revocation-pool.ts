import { DerCursor } from '../asn1/cursor.ts'
import { contextConstructed, TAG } from '../asn1/tag.ts'
import { comparePaths, toBase64, toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { SmallDigest } from '../model/ports.ts'
import { parseFailureOf } from './certificate-pool.ts'
import type { Crl } from './crl.ts'
import { parseCrl } from './crl-parse.ts'
import type { ParseFailure } from './facts.ts'
import type { OcspResponse } from './ocsp.ts'
import { parseOcspResponse } from './ocsp-parse.ts'
import { materialOf, type ParsedRevocation } from './parsed-revocation.ts'
import { unwrapByContent } from './pem.ts'
import { isUnprotectedSource, NO_REVOCATION, type PooledRevocation, type RevocationFacts } from './revocation.ts'

/** A CRL or OCSP response as bytes, and where it lay. */
export interface RevocationSourceFile {
  /** Path, or the place in a signature; `given` for a file of the operator. */
  readonly source: string
  /** Null when the system did not hand them over, or they are beyond the limit. */
  readonly bytes: Uint8Array | null
  /** `any`: whichever of the two it reads as. */
  readonly kind: 'crl' | 'ocsp' | 'any'
}

/** A file of revocation data that the operator gives beside the content. */
export interface GivenRevocation {
  /** For messages only: what it is called changes nothing. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Source of what the operator gave: its name is no part of the facts. */
export const GIVEN = 'given'

/** A CRL or OCSP response that reads, and where it was found. */
interface Collected<Parsed> {
  readonly sha256: string
  readonly der: Uint8Array
  readonly parsed: Parsed
  readonly source: string
  /** Other places of the same bytes. */
  readonly also: readonly string[]
}

interface CollectedRevocation extends Pick<RevocationFacts, 'failures' | 'omitted'> {
  /** By SHA-256. */
  readonly crls: readonly Collected<Crl>[]
  readonly ocsp: readonly Collected<OcspResponse>[]
}

/**
 * Collects CRLs and OCSP responses (DER, PEM or base64), each once. What the operator gave comes before what lies in
 * the content, and that before what lies in unsigned parts, so that no number of files pushes it out. Never throws ParseError.
 */
export function collectRevocation(files: readonly RevocationSourceFile[], digest: SmallDigest): RevocationFacts {
  const { crls, ocsp, failures, omitted } = collect(files, digest)
  if (failures.length === 0 && omitted === 0 && crls.length + ocsp.length === 0) return NO_REVOCATION
  const pooled = ({ sha256, der, source, also }: Collected<unknown>): PooledRevocation => ({
    sha256,
    der: toBase64(der),
    source,
    ...(also.length === 0 ? {} : { also }),
  })
  return { crls: crls.map(pooled), ocsp: ocsp.map(pooled), failures, omitted }
}

/** `parseRevocation` of what `collectRevocation` collects, each read once only. Keeps copies of what it read. */
export function readRevocation(
  files: readonly RevocationSourceFile[],
  digest: SmallDigest,
): ParsedRevocation & Pick<RevocationFacts, 'failures' | 'omitted'> {
  const own = files.map((file) => (file.bytes === null ? file : { ...file, bytes: new Uint8Array(file.bytes) }))
  const { crls, ocsp, failures, omitted } = collect(own, digest)
  const parsed = {
    crls: crls.map((one) => one.parsed),
    ocsp: ocsp.map((one) => one.parsed),
  }
  return { ...materialOf({ crls, ocsp, failures, omitted }), ...parsed, failures, omitted }
}

function collect(files: readonly RevocationSourceFile[], digest: SmallDigest): CollectedRevocation {
  const found = {
    crl: new Map<string, Omit<Collected<Crl>, 'also'>>(),
    ocsp: new Map<string, Omit<Collected<OcspResponse>, 'also'>>(),
  }
  const failures: { source: string; failure: ParseFailure }[] = []
  let omitted = 0
  let bytesLeft: number = LIMITS.revocationBytes
  let unprotectedLeft: number = LIMITS.revocationUnprotected
  let unprotectedNoted = 0
  const also = new Map<string, Set<string>>()
  let alsoLeft: number = LIMITS.sealFiles
  // What stands in unsigned parts leaves nothing open, and anybody can put a million pieces there: the first are named.
  const fail = (source: string, failure: ParseFailure) => {
    if (isUnprotectedSource(source) && unprotectedNoted++ >= LIMITS.revocationUnprotected) return
    failures.push({ source, failure })
  }
  const inOrder = files.toSorted(
    (a, b) => standingOf(a.source) - standingOf(b.source) || comparePaths(a.source, b.source),
  )
  for (const { bytes, ...file } of inOrder) {
    if (bytes === null) {
      if (isUnprotectedSource(file.source)) fail(file.source, BEYOND_LIMIT)
      else omitted++
      continue
    }
    try {
      const { kind, der, parsed } = readOne(bytes, file.kind, digest)
      const { sha256 } = parsed
      const before = found[kind].get(sha256)
      if (before !== undefined) {
        if (before.source !== file.source && alsoLeft-- > 0)
          also.set(sha256, (also.get(sha256) ?? new Set()).add(file.source))
        continue
      }
      if (isUnprotectedSource(file.source) && unprotectedLeft-- <= 0) {
        fail(file.source, BEYOND_LIMIT)
        continue
      }
      if (found.crl.size + found.ocsp.size >= LIMITS.revocationObjects || der.length > bytesLeft) {
        if (isUnprotectedSource(file.source)) fail(file.source, BEYOND_LIMIT)
        else omitted++
        continue
      }
      bytesLeft -= der.length
      if (kind === 'crl') found.crl.set(sha256, { sha256, der, parsed, source: file.source })
      else found.ocsp.set(sha256, { sha256, der, parsed, source: file.source })
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      fail(file.source, parseFailureOf(error))
    }
  }
  const placed = <Parsed>(one: Omit<Collected<Parsed>, 'also'>): Collected<Parsed> => ({
    ...one,
    also: [...(also.get(one.sha256) ?? [])],
  })
  return {
    crls: bySha256(found.crl).map((one) => placed(one)),
    ocsp: bySha256(found.ocsp).map((one) => placed(one)),
    failures,
    omitted,
  }
}

/** More of them is noted, and leaves nothing open: see isUnprotectedSource. */
const BEYOND_LIMIT: ParseFailure = { code: 'ERR_LIMIT', where: 'revocation data', offset: null, spec: null }

function standingOf(source: string): number {
  return source === GIVEN ? 0 : isUnprotectedSource(source) ? 2 : 1
}

function bySha256<One extends { readonly sha256: string }>(pool: ReadonlyMap<string, One>): One[] {
  return [...pool.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
}

function readOne(
  bytes: Uint8Array,
  kind: RevocationSourceFile['kind'],
  digest: SmallDigest,
):
  | { readonly kind: 'crl'; readonly der: Uint8Array; readonly parsed: Crl }
  | { readonly kind: 'ocsp'; readonly der: Uint8Array; readonly parsed: OcspResponse } {
  const der = unwrapByContent(bytes, 'revocation data')
  const sha256 = (all: Uint8Array) => digest('sha256', all)
  const asked = kind === 'any' ? (looksLikeOcsp(der) ? 'ocsp' : 'crl') : kind
  return asked === 'crl'
    ? { kind: asked, der, parsed: parseCrl(der, sha256) }
    : { kind: asked, der, parsed: parseOcspResponse(der, sha256) }
}

/** An OCSPResponse begins with an ENUMERATED; a CRL and a BasicOCSPResponse begin with a SEQUENCE. */
export function looksLikeOcsp(der: Uint8Array): boolean {
  const sequence = DerCursor.over(der, 'revocation data').enter(TAG.SEQUENCE, '')
  if (sequence.tag === TAG.ENUMERATED) return true
  const inner = sequence.enter(TAG.SEQUENCE, '')
  // ResponseData: [0] version or the responderID [1] or [2]; TBSCertList: a number or an AlgorithmIdentifier.
  return [0, 1, 2].some((number) => inner.tag === contextConstructed(number))
}

/** Kind and SHA-256 of each given file, for `ReportInputs.files`: sorted, each once. One that does not read is named too. */
export function describeGivenRevocation(
  given: readonly GivenRevocation[],
  digest: SmallDigest,
): { readonly kind: 'crl' | 'ocsp'; readonly sha256: string }[] {
  const all = new Map<string, { kind: 'crl' | 'ocsp'; sha256: string }>()
  for (const { bytes } of given) {
    const sha256 = toHex(digest('sha256', bytes))
    let kind: 'crl' | 'ocsp' = 'crl'
    try {
      if (looksLikeOcsp(unwrapByContent(bytes, 'revocation data'))) kind = 'ocsp'
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
    }
    all.set(`${kind} ${sha256}`, { kind, sha256 })
  }
  return [...all.keys()].sort().flatMap((key) => all.get(key) ?? [])
}

/** The operator's files as sources: told apart by content. */
export function givenSources(given: readonly GivenRevocation[] = []): RevocationSourceFile[] {
  return given.map(({ bytes }) => ({ source: GIVEN, bytes, kind: 'any' }))
}
