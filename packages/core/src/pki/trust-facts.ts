import type { Policy } from '../model/policy.ts'
import type { Ports } from '../model/ports.ts'
import type { AnchorRole, TrustSet } from '../model/trust-set.ts'
import type { Certificate } from './certificate.ts'
import { parseCertificate } from './certificate-parse.ts'
import { parsePool } from './certificate-pool.ts'
import { establishSignature } from './establish-signature.ts'
import type { CmsFacts, PooledCertificate, SignatureFileFacts, TokenFacts } from './facts.ts'
import { type PathAnchor, type PathLink, type PathSearch, pathAnchorOf } from './path.ts'
import { type IssuerKey, searchPaths } from './path-search.ts'
import { NO_REVOCATION, type RevocationEvidence, type RevocationFacts } from './revocation.ts'
import { establishRevocation } from './revocation-establish.ts'
import { parseRevocation } from './revocation-pool.ts'
import { isEstablished, signingCandidate } from './trust-candidate.ts'

/**
 * What the trust set makes of the facts: every certificate that matters with its candidate paths. It is made anew for
 * each judgement and never saved. No time and no policy but the search budget is in it.
 */
export interface TrustFacts {
  /** The pool, by SHA-256 in hex. */
  readonly certificates: ReadonlyMap<string, Certificate>
  /** By role and SHA-256; see `searchOf`. */
  readonly searches: ReadonlyMap<string, PathSearch>
  readonly revocation: RevocationEstablished
}

/** Revocation material with its signatures computed, and what of it could not be used at all. */
export interface RevocationEstablished extends Pick<RevocationFacts, 'failures' | 'omitted'> {
  readonly evidence: RevocationEvidence
}

export function searchOf(trust: TrustFacts, role: AnchorRole, sha256: string): PathSearch | null {
  return trust.searches.get(`${role} ${sha256}`) ?? null
}

/**
 * Searches the paths of every signer's and time-stamp authority's certificate and computes the signatures on them: the
 * only asynchronous step of judging. Throws ParseError when the facts' pool does not read (they may come from a file).
 */
export async function establishTrust(
  facts: {
    readonly signatures: readonly SignatureFileFacts[]
    readonly tokens: readonly TokenFacts[]
    readonly certificates: readonly PooledCertificate[]
    /** Absent: none. */
    readonly revocation?: RevocationFacts
    /** A certificate that is asked about by itself. */
    readonly target?: { readonly sha256: string; readonly role: AnchorRole }
  },
  trustSet: TrustSet | null,
  limits: Policy['paths'],
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<TrustFacts> {
  const pool = parsePool(facts.certificates)
  const certificates = new Map(pool.map((certificate) => [certificate.sha256, certificate]))
  const anchors = anchorsOf(trustSet)
  const computeLink = rememberingLinks(ports)
  const searches = new Map<string, PathSearch>()

  for (const [role, cms] of signedStructures(facts)) {
    for (const signer of cms.signers) {
      const candidate = signingCandidate(signer, cms)
      if (candidate === null || !isEstablished(candidate, cms)) continue
      const target = certificates.get(candidate.certificate)
      const key = `${role} ${candidate.certificate}`
      if (target === undefined || searches.has(key)) continue
      const carried = new Set(cms.certificates)
      searches.set(key, await searchPaths(target, role, anchors, pool, limits, computeLink, carried))
    }
  }
  if (facts.target !== undefined) {
    const { role, sha256 } = facts.target
    const target = certificates.get(sha256)
    if (target !== undefined)
      searches.set(`${role} ${sha256}`, await searchPaths(target, role, anchors, pool, limits, computeLink))
  }
  const { revocation = NO_REVOCATION } = facts
  const surroundings = { searches: searches.values(), pool, anchors, limits, computeLink }
  const material = parseRevocation(revocation, ports.smallDigest)
  const evidence = await establishRevocation(material, surroundings, ports)
  const { failures, omitted } = revocation
  return { certificates, searches, revocation: { evidence, failures, omitted } }
}

function signedStructures(facts: {
  readonly signatures: readonly SignatureFileFacts[]
  readonly tokens: readonly TokenFacts[]
}): (readonly [AnchorRole, CmsFacts])[] {
  const structures: (readonly [AnchorRole, CmsFacts])[] = []
  for (const { cms } of facts.signatures) if (cms !== null) structures.push(['signer', cms])
  for (const { cms } of [...facts.signatures.flatMap(({ tokens }) => tokens), ...facts.tokens]) {
    if (cms !== null) structures.push(['time-stamp-authority', cms])
  }
  return structures
}

/** Roles whose anchors are certificates; a log's is a bare key. */
function anchorsOf(trustSet: TrustSet | null): PathAnchor[] {
  return (trustSet?.anchors ?? [])
    .filter(({ role }) => role !== 'log')
    .map((anchor) => pathAnchorOf(anchor, parseCertificate(anchor.der)))
}

/** Each signature of a certificate under a key is computed once in a run. */
export function rememberingLinks({ signatures }: Pick<Ports, 'signatures'>) {
  const known = new Map<string, Promise<PathLink>>()
  return (certificate: Certificate, issuer: IssuerKey): Promise<PathLink> => {
    const key = `${certificate.sha256} ${issuer.sha256}`
    const before = known.get(key)
    if (before !== undefined) return before
    const link = establishLink(certificate, issuer.spki, signatures)
    known.set(key, link)
    return link
  }
}

async function establishLink(
  certificate: Certificate,
  spki: Uint8Array,
  signatures: Ports['signatures'],
): Promise<PathLink> {
  const { signatureAlgorithm, tbs, signature } = certificate
  const answer = await establishSignature(
    { signatureAlgorithm, contentDigest: null, spki, message: tbs, signature },
    signatures,
  )
  // RFC 5280 §6.1.3 (a) (1): the message is always here, so it was tried.
  if (answer.outcome === 'not-tried') throw new TypeError('a certificate signature is always tried')
  const { outcome, algorithm, unsupported, rsaBits } = answer
  return { outcome, algorithm, unsupported, rsaBits }
}
