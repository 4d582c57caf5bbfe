import { DerCursor, encodingOf } from '../asn1/cursor.ts'
import { contextConstructed, TAG } from '../asn1/tag.ts'
import { comparePaths, fromBase64, toBase64, toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { SmallDigest } from '../model/ports.ts'
import { parseFailureOf, signatureBytes } from './certificate-pool.ts'
import { type Cms, parseCms } from './cms.ts'
import type { Crl } from './crl.ts'
import { parseCrl } from './crl-parse.ts'
import type { ParseFailure } from './facts.ts'
import type { OcspResponse } from './ocsp.ts'
import { parseOcspResponse } from './ocsp-parse.ts'
import { unwrapByContent } from './pem.ts'
import {
  isUnprotectedSource,
  isUnvouchedSource,
  NO_REVOCATION,
  type PooledRevocation,
  type RevocationFacts,
} from './revocation.ts'
import { parseTimeStampFile } from './tsp.ts'

/** RFC 5940 §2.1: an OCSPResponse among the crls of a CMS. */
const ID_RI_OCSP_RESPONSE = '1.3.6.1.5.5.7.16.2'
/** ETSI EN 319 122-1 §A.1.2.2 (RFC 5126 §6.3.4). */
const REVOCATION_VALUES = '1.2.840.113549.1.9.16.2.24'

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

/** What a signature or token carries; nothing for other files, and for what does not read: that is a fact of its own. */
export function revocationInFile(
  path: string,
  bytes: Uint8Array,
  kind: 'signature' | 'token' | 'certificate',
): RevocationSourceFile[] {
  if (kind === 'certificate') return []
  const cms = orNull(() => (kind === 'signature' ? parseCms(signatureBytes(bytes)) : parseTimeStampFile(bytes).token))
  return cms === null ? [] : revocationInCms(cms, path)
}

/**
 * What a CMS carries: its crls, and the revocation-values among unsigned attributes. Of each list the first
 * LIMITS.revocationUnprotected are taken, as of all of them together; one without bytes says that there are more.
 */
export function revocationInCms(cms: Cms, path: string): RevocationSourceFile[] {
  const most = LIMITS.revocationUnprotected
  const files: RevocationSourceFile[] = cms.crls
    .slice(0, most)
    .flatMap(({ kind, der }, index): RevocationSourceFile[] => {
      const source = `${path} crls[${index}]`
      if (kind === 'crl') return [{ source, bytes: der, kind: 'crl' }]
      const ocsp = otherRevocationInfo(der)
      return ocsp === null ? [] : [{ source, bytes: ocsp, kind: 'ocsp' }]
    })
  if (cms.crls.length > most) files.push({ source: `${path} crls[${most}]`, bytes: null, kind: 'crl' })
  for (const [signer, { unsignedAttrs }] of cms.signerInfos.entries()) {
    const source = `${path} signerInfos[${signer}].revocation-values`
    const values = unsignedAttrs.filter(({ oid }) => oid === REVOCATION_VALUES).flatMap(({ values: all }) => all)
    const found: RevocationSourceFile[] = []
    for (const value of values.slice(0, most)) readRevocationValues(value, source, most + 1 - found.length, found)
    files.push(...found.slice(0, most))
    if (values.length > most || found.length > most) files.push({ source, bytes: null, kind: 'crl' })
  }
  return files
}

/** OtherRevocationInfoFormat (RFC 5652 §10.2.1) under [1]; null when it is another format, or does not read. */
function otherRevocationInfo(der: Uint8Array): Uint8Array | null {
  return orNull(() => {
    const info = DerCursor.over(der, 'OtherRevocationInfoFormat', 'BER').enter(contextConstructed(1), '')
    return info.oid('otherRevInfoFormat') === ID_RI_OCSP_RESPONSE ? encodingOf(info.any('otherRevInfo')) : null
  })
}

/** RevocationValues: crlVals [0], ocspVals [1], otherRevVals [2]. Adds no more than `most`. */
function readRevocationValues(der: Uint8Array, source: string, most: number, found: RevocationSourceFile[]): void {
  const full = found.length + most
  orNull(() => {
    const values = DerCursor.over(der, 'RevocationValues').enter(TAG.SEQUENCE, '')
    for (const [number, kind] of [
      [0, 'crl'],
      [1, 'ocsp'],
    ] as const) {
      const list = values.optionalExplicit(number, kind)?.enter(TAG.SEQUENCE, '')
      while (list !== undefined && !list.done && found.length < full)
        found.push({ source, bytes: encodingOf(list.any('')), kind })
    }
    return null
  })
}

/** Unsigned attributes and foreign formats are hints: what does not read is none. */
function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof ParseError) return null
    throw error
  }
}

/** Revocation material, parsed. */
export interface ParsedRevocation {
  /** There is more, which was not looked at. */
  readonly limited: boolean
  /** As RevocationEvidence has them. */
  readonly unread: boolean
  readonly sources: ReadonlyMap<string, string>
  readonly also: ReadonlyMap<string, readonly string[]>
  readonly crls: readonly Crl[]
  readonly ocsp: readonly OcspResponse[]
}

/** The material from facts. Throws ParseError (`ERR_FACTS`, or why it does not read): facts come from a file. */
export function parseRevocation(facts: RevocationFacts, digest?: SmallDigest): ParsedRevocation {
  const sha256 = digest === undefined ? undefined : (bytes: Uint8Array) => digest('sha256', bytes)
  const read = <T extends { readonly sha256: string }>(
    name: string,
    pool: readonly PooledRevocation[],
    parse: (der: Uint8Array) => T,
  ): T[] =>
    pool.map((pooled, index) => {
      const where = `revocation.${name}[${index}]`
      const der = fromBase64(pooled.der)
      if (der === undefined) throw new ParseError('ERR_FACTS', { where, expected: 'base64' })
      const parsed = parse(der)
      if (parsed.sha256 !== pooled.sha256) {
        throw new ParseError('ERR_FACTS', { where, expected: pooled.sha256, found: parsed.sha256 })
      }
      return parsed
    })
  return {
    ...materialOf(facts),
    crls: read('crls', facts.crls, (der) => parseCrl(der, sha256)),
    ocsp: read('ocsp', facts.ocsp, (der) => parseOcspResponse(der, sha256)),
  }
}

type Placed = Pick<PooledRevocation, 'sha256' | 'source' | 'also'>

/** What is known of the material besides what it says. */
function materialOf({
  crls,
  ocsp,
  failures,
  omitted,
}: Pick<RevocationFacts, 'failures' | 'omitted'> & {
  readonly crls: readonly Placed[]
  readonly ocsp: readonly Placed[]
}): Omit<ParsedRevocation, 'crls' | 'ocsp'> {
  const all = [...crls, ...ocsp]
  return {
    limited: omitted > 0,
    unread: failures.some(({ source }) => !isUnvouchedSource(source)),
    sources: new Map(all.map(({ sha256, source }) => [sha256, source])),
    also: new Map(all.map(({ sha256, also = [] }) => [sha256, also])),
  }
}
