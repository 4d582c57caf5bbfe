import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Policy } from '../model/policy.ts'
import type { Ports } from '../model/ports.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import { agreementOf, isResponder, rememberingHashes } from './cert-id-hashes.ts'
import type { AlgorithmIdentifier, Certificate } from './certificate.ts'
import { certificateReader, type ReadCertificate, uniqueCertificates } from './certificate-pool.ts'
import type { Crl } from './crl.ts'
import { crlIssuerNames } from './crl-issuer-names.ts'
import { establishSignature } from './establish-signature.ts'
import { keyIdentity } from './key-identity.ts'
import type { OcspResponse } from './ocsp.ts'
import type { ParsedRevocation } from './parsed-revocation.ts'
import type { CandidatePath, PathAnchor, PathLink, PathSearch } from './path.ts'
import { type ComputeLink, type IssuerKey, searchPaths } from './path-search.ts'
import { type Delegate, isUnprotectedSource, joined, type PathIssuer, type RevocationEvidence } from './revocation.ts'

/** What the paths of a judgement were searched from. */
export interface RevocationSurroundings {
  /** The searches whose certificates are asked about. */
  readonly searches: Iterable<PathSearch>
  readonly pool: readonly Certificate[]
  readonly anchors: readonly PathAnchor[]
  readonly limits: Policy['paths']
  readonly computeLink: ComputeLink
}

/** One certificate of a candidate path, and who issued it there. */
interface Pair {
  readonly role: AnchorRole
  readonly certificate: Certificate
  readonly issuer: PathIssuer
}

/** The name under which an issuer signs. */
export function nameOfIssuer(issuer: PathIssuer): Certificate['subject'] {
  return 'anchor' in issuer ? issuer.name : issuer.subject
}

/**
 * Computes the signatures of the CRLs and OCSP responses that may speak of the certificates on candidate paths, under
 * every key that may speak for their issuers, and searches the paths of separate CRL issuers. In bounded time; the
 * order of the material changes nothing.
 */
export async function establishRevocation(
  material: ParsedRevocation,
  surroundings: RevocationSurroundings,
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<RevocationEvidence> {
  const { pool, anchors, limits, computeLink } = surroundings
  const read = certificateReader(ports.smallDigest)
  const certificates = uniqueCertificates([...pool, ...material.ocsp.flatMap((one) => certificatesOf(one, read))])
  const bySubject = grouped(certificates, ({ subject }) => subject.key)
  const isUnprotected = ({ sha256 }: { readonly sha256: string }) =>
    isUnprotectedSource(material.sources.get(sha256) ?? '')
  const protectedFirst = <T extends { readonly sha256: string }>(all: readonly T[]): readonly T[] =>
    all.toSorted((a, b) => Number(isUnprotected(a)) - Number(isUnprotected(b)))
  const crls = protectedFirst(material.crls)
  const ocsp = protectedFirst(material.ocsp)
  const crlsByIssuer = grouped(crls, ({ issuer }) => issuer.key)
  const links = new Map<string, PathLink>()
  const searches = new Map<string, PathSearch>()
  const certIds = new Map<string, { readonly index: number; readonly agrees: 'both' | 'one' }[]>()
  const delegates = new Map<string, Delegate[]>()
  const hashes = rememberingHashes(ports.smallDigest)
  const asked = new Set<string>()
  /** Grows while it is worked through. */
  const pairs: Pair[] = []
  // Of their own: what anybody can add uses up no check of what nobody can.
  const checks = { protected: LIMITS.revocationSignatureChecks, unprotected: LIMITS.revocationSignatureChecks }
  const sameKey = new Map<string, readonly Certificate[]>()
  const most = LIMITS.revocationSignerSearches
  const searchesLeft = { protected: most, unprotected: most, sameKey: most }
  let { limited } = material

  async function computeSignature(object: Signed, issuer: IssuerKey): Promise<PathLink | null> {
    const key = joined(object.sha256, issuer.sha256)
    const known = links.get(key)
    if (known !== undefined) return known
    if (isUnprotected(object)) {
      if (checks.unprotected-- <= 0) return null
    } else if (checks.protected-- <= 0) {
      limited = true
      return null
    }
    const { signatureAlgorithm, tbs, signature } = object
    const question = { signatureAlgorithm, contentDigest: null, spki: issuer.spki, message: tbs, signature }
    const answer = await establishSignature(question, ports.signatures)
    if (answer.outcome === 'not-tried') throw new TypeError('the signature of revocation data is always tried')
    const { outcome, algorithm, unsupported, rsaBits } = answer
    const link = { outcome, algorithm, unsupported, rsaBits }
    links.set(key, link)
    return link
  }

  function ask(role: AnchorRole, path: CandidatePath): void {
    if (path.links.some(({ outcome }) => outcome === 'invalid')) return
    for (const [index, certificate] of path.certificates.entries()) {
      if (path.links[index] === undefined) continue
      askPair({ role, certificate, issuer: path.certificates[index + 1] ?? path.anchor })
    }
  }

  function askPair(pair: Pair): void {
    const key = joined(pair.role, pair.certificate.sha256, pair.issuer.sha256)
    if (asked.has(key)) return
    asked.add(key)
    pairs.push(pair)
  }

  /** A certificate that signed a CRL in another's name needs a path of its own (RFC 5280 §6.3.3 (f)). */
  async function searchSigner(role: AnchorRole, signer: Certificate, crl: Crl): Promise<void> {
    const key = joined(role, signer.sha256)
    if (searches.has(key)) return
    const left = isUnprotected(crl) ? searchesLeft.unprotected-- : searchesLeft.protected--
    if (left <= 0) {
      if (!isUnprotected(crl)) limited = true
      return
    }
    const search = await searchPaths(signer, role, anchors, pool, limits, computeLink)
    searches.set(key, search)
    for (const candidate of search.candidates) ask(role, candidate)
  }

  const identities = new Map<string, string>()
  function identityOf({ sha256, spki }: Pick<Certificate, 'sha256' | 'spki'>): string {
    const identity = identities.get(sha256) ?? keyIdentity(spki)
    identities.set(sha256, identity)
    return identity
  }

  /** Certificates over the same key may be revoked because of it: their issuers are asked about them too. */
  async function searchSameKey(search: PathSearch): Promise<void> {
    for (const path of search.candidates) {
      for (const holder of [...path.certificates, path.anchor]) {
        if (sameKey.has(holder.sha256)) continue
        const others = certificates.filter(
          (other) => other.sha256 !== holder.sha256 && identityOf(other) === identityOf(holder),
        )
        sameKey.set(holder.sha256, others)
        for (const other of others) {
          const key = joined(search.role, other.sha256)
          if (searches.has(key) || searchesLeft.sameKey-- <= 0) continue
          const found = await searchPaths(other, search.role, anchors, pool, limits, computeLink)
          searches.set(key, found)
          for (const candidate of found.candidates) ask(search.role, candidate)
        }
      }
    }
  }

  async function examineCrlsOfIssuer({ issuer }: Pair): Promise<void> {
    for (const crl of crlsByIssuer.get(nameOfIssuer(issuer).key) ?? []) await computeSignature(crl, issuer)
  }

  /** Of namesakes of the issuer, and of those that distribution points name. */
  async function examineOtherCrls({ role, certificate, issuer }: Pair): Promise<void> {
    for (const name of crlIssuerNames(certificate)) {
      for (const crl of crlsByIssuer.get(name) ?? []) {
        for (const anchor of anchors) {
          if (anchor.role === role && anchor.name.key === name) await computeSignature(crl, anchor)
        }
        for (const signer of bySubject.get(name) ?? []) {
          const link = await computeSignature(crl, signer)
          if (link?.outcome === 'valid' && signer.sha256 !== issuer.sha256) await searchSigner(role, signer, crl)
        }
      }
    }
  }

  async function examineResponse(response: OcspResponse, { role, certificate, issuer }: Pair): Promise<void> {
    const { basic, sha256 } = response
    if (basic === null) return
    const agreeing = basic.responses.flatMap(({ certId }, index) => {
      const agrees = agreementOf(certId, certificate, issuer, hashes)
      return agrees === null ? [] : [{ index, agrees }]
    })
    if (agreeing.length === 0) return
    certIds.set(joined(sha256, certificate.sha256, issuer.sha256), agreeing)
    if (!agreeing.some(({ agrees }) => agrees === 'both')) return
    const signed: Signed = { sha256, ...basic }
    if (isResponder(basic, nameOfIssuer(issuer).key, issuer.spki, hashes)) await computeSignature(signed, issuer)
    const key = joined(sha256, issuer.sha256)
    if (delegates.has(key)) return
    const found: Delegate[] = []
    delegates.set(key, found)
    for (const delegate of certificates) {
      if (delegate.issuer.key !== nameOfIssuer(issuer).key) continue
      if (!isResponder(basic, delegate.subject.key, delegate.spki, hashes)) continue
      if ((await computeSignature(signed, delegate))?.outcome !== 'valid') continue
      found.push({ certificate: delegate, link: await computeLink(delegate, issuer) })
      askPair({ role, certificate: delegate, issuer })
    }
  }

  if (material.crls.length + material.ocsp.length > 0) {
    for (const search of surroundings.searches) {
      for (const path of search.candidates) ask(search.role, path)
      await searchSameKey(search)
    }
    // What the issuers themselves signed first, so that no number of namesakes uses up the budget.
    for (const pair of pairs) await examineCrlsOfIssuer(pair)
    const first = pairs.length
    for (let index = 0; index < pairs.length; index++) {
      const pair = pairs[index]
      if (pair === undefined) continue
      for (const response of ocsp) await examineResponse(response, pair)
      if (index >= first) await examineCrlsOfIssuer(pair)
      await examineOtherCrls(pair)
    }
  }
  const { sources, also, unread } = material
  return { crls, ocsp, certificates, links, searches, certIds, delegates, sameKey, sources, also, unread, limited }
}

/** What a signature is over, and who may have made it. */
type Signed = { readonly sha256: string; readonly signatureAlgorithm: AlgorithmIdentifier } & Pick<
  Crl,
  'tbs' | 'signature'
>

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group === undefined) groups.set(keyOf(one), [one])
    else group.push(one)
  }
  return groups
}

/** Certificates that came with a response; one that does not read is no hint. */
function certificatesOf({ basic }: OcspResponse, read: ReadCertificate): Certificate[] {
  return (basic?.certificates ?? []).slice(0, LIMITS.certificatesInBag).flatMap((der) => {
    try {
      return [read(der)]
    } catch (error) {
      if (error instanceof ParseError) return []
      throw error
    }
  })
}
