import type { Policy } from '../model/policy.ts'
import type { Ports, SmallDigest } from '../model/ports.ts'
import type { AnchorRole, TrustSet } from '../model/trust-set.ts'
import type { Certificate } from './certificate.ts'
import { certificateReader, parsePool } from './certificate-pool.ts'
import { establishSignature } from './establish-signature.ts'
import type { CmsFacts, PooledCertificate, SignatureFileFacts, TokenFacts } from './facts.ts'
import { type ParsedRevocation, parseRevocation } from './parsed-revocation.ts'
import { type PathAnchor, type PathLink, type PathSearch, pathAnchorOf } from './path.ts'
import { type ComputeLink, type IssuerKey, searchPaths } from './path-search.ts'
import { NO_REVOCATION, type RevocationEvidence, type RevocationFacts } from './revocation.ts'
import { establishRevocation, type RevocationSurroundings } from './revocation-establish.ts'
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

/** The paths of a certificate in a role; null where none were searched. */
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
    /** Signatures of whoever gave or received evidence. Absent: none. */
    readonly handovers?: readonly { readonly cms: CmsFacts }[]
    /** Signatures on statements, each with the role in which its signer is asked about. Absent: none. */
    readonly statements?: readonly { readonly role: AnchorRole; readonly cms: CmsFacts }[]
  },
  trustSet: TrustSet | null,
  limits: Policy['paths'],
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<TrustFacts> {
  const { revocation = NO_REVOCATION } = facts
  const { failures, omitted } = revocation
  return establishTrustOf(
    {
      structures: signedStructures(facts),
      target: facts.target ?? null,
      pool: parsePool(facts.certificates, ports.smallDigest),
      material: parseRevocation(revocation, ports.smallDigest),
      failures,
      omitted,
    },
    { anchors: anchorsOf(trustSet, ports.smallDigest), limits, computeLink: rememberingLinks(ports) },
    ports,
  )
}

/** What `establishTrust` reads out of facts. */
export interface ReadFacts extends Pick<RevocationFacts, 'failures' | 'omitted'> {
  readonly structures: readonly (readonly [AnchorRole, CmsFacts])[]
  readonly target: { readonly sha256: string; readonly role: AnchorRole } | null
  /** Each once, by SHA-256. */
  readonly pool: readonly Certificate[]
  readonly material: ParsedRevocation
}

/** `establishTrust` for facts, anchors and links that are at hand as objects. */
export async function establishTrustOf(
  { structures, target: asked, pool, material, failures, omitted }: ReadFacts,
  { anchors, limits, computeLink }: Omit<RevocationSurroundings, 'searches' | 'pool'>,
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<TrustFacts> {
  const certificates = new Map(pool.map((certificate) => [certificate.sha256, certificate]))
  const searches = new Map<string, PathSearch>()

  for (const [role, cms] of structures) {
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
  if (asked !== null) {
    const { role, sha256 } = asked
    const target = certificates.get(sha256)
    if (target !== undefined)
      searches.set(`${role} ${sha256}`, await searchPaths(target, role, anchors, pool, limits, computeLink))
  }
  const surroundings = { searches: searches.values(), pool, anchors, limits, computeLink }
  const evidence = await establishRevocation(material, surroundings, ports)
  return { certificates, searches, revocation: { evidence, failures, omitted } }
}

function signedStructures(facts: {
  readonly signatures: readonly SignatureFileFacts[]
  readonly tokens: readonly TokenFacts[]
  readonly handovers?: readonly { readonly cms: CmsFacts }[]
  readonly statements?: readonly { readonly role: AnchorRole; readonly cms: CmsFacts }[]
}): (readonly [AnchorRole, CmsFacts])[] {
  const structures: (readonly [AnchorRole, CmsFacts])[] = []
  for (const { cms } of facts.signatures) if (cms !== null) structures.push(['signer', cms])
  for (const { cms } of [...facts.signatures.flatMap(({ tokens }) => tokens), ...facts.tokens]) {
    if (cms !== null) structures.push(['time-stamp-authority', cms])
  }
  for (const { cms } of facts.handovers ?? []) structures.push(['handover', cms])
  for (const { role, cms } of facts.statements ?? []) structures.push([role, cms])
  return structures
}

/** Roles whose anchors are certificates; a log's is a bare key. */
export function anchorsOf(trustSet: TrustSet | null, digest: SmallDigest): PathAnchor[] {
  const read = certificateReader(digest)
  return (trustSet?.anchors ?? [])
    .filter(({ role }) => role !== 'log')
    .map((anchor) => pathAnchorOf(anchor, read(anchor.der)))
}

/** One bundle asks about some hundred at most: the certificates of its pool under the keys that bear their issuers' names. */
const LINKS_KEPT = 4096

/**
 * Each signature of a certificate under a key is computed once in a run. The SHA-256 of both certificates is the key of
 * the memory: another byte in either is another question.
 */
export function rememberingLinks({ signatures }: Pick<Ports, 'signatures'>): ComputeLink {
  const known = new Map<string, Promise<PathLink>>()
  return (certificate: Certificate, issuer: IssuerKey): Promise<PathLink> => {
    const key = `${certificate.sha256} ${issuer.sha256}`
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= LINKS_KEPT) known.clear()
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
