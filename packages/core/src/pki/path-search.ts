import { equalBytes } from '../model/bytes.ts'
import { compareInstants, type Instant } from '../model/instant.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import type { Certificate } from './certificate.ts'
import { keyIdentity } from './key-identity.ts'
import {
  type CandidatePath,
  type DeadEnd,
  isSelfIssued,
  type PathAnchor,
  type PathLink,
  type PathSearch,
} from './path.ts'

/** A key that may have signed a certificate, by whom it is held. */
export interface IssuerKey {
  /** SHA-256 of the certificate that carries it. */
  readonly sha256: string
  readonly spki: Uint8Array
}

/** Computes one signature. The same question may be asked again; the answer must be the same. */
export type ComputeLink = (certificate: Certificate, issuer: IssuerKey) => Promise<PathLink>

/** How far a search for paths goes. */
export interface PathBudget {
  /** Certificates of one path, the anchor not counted. */
  readonly maxDepth: number
  /** Steps from a certificate to a possible issuer in one search, answered from memory or not: it bounds paths as well as signatures. */
  readonly maxSignatureChecks: number
}

/**
 * Looks for every path from a certificate to the anchors of one role, breadth first, so that the shortest come first.
 * No name and key stands twice in a path (RFC 4158 §5.2), so certificates that certify each other end. The order of
 * pool and anchors changes nothing in the result. `carried`: SHA-256 of the certificates that came with the target's own
 * signature; they are tried before others, so that what was added beside it later does not use up the budget.
 */
export async function searchPaths(
  target: Certificate,
  role: AnchorRole,
  anchors: readonly PathAnchor[],
  pool: readonly Certificate[],
  budget: PathBudget,
  computeLink: ComputeLink,
  carried: ReadonlySet<string> = new Set(),
): Promise<PathSearch> {
  const candidates: CandidatePath[] = []
  const deadEnds: DeadEnd[] = []
  const otherRole = new Map<string, PathAnchor>()
  let limit: PathSearch['limit'] = null
  let steps = 0

  const own = anchors.filter((anchor) => anchor.role === role)
  for (const anchor of own) {
    if (anchor.sha256 === target.sha256) candidates.push({ certificates: [target], links: [], anchor })
  }
  const others = anchors.filter((anchor) => anchor.role !== role)
  for (const anchor of others) {
    if (anchor.sha256 === target.sha256) otherRole.set(`${anchor.role} ${anchor.sha256}`, anchor)
  }
  const queue: OpenPath[] = []
  const nameOf = (anchor: PathAnchor) => anchor.name.key

  // Anchors of a path are tried when it is found: what is nearest to an end does not wait for the rest of its depth.
  async function open(certificates: readonly Certificate[], links: readonly PathLink[]): Promise<'limit' | null> {
    const last = certificates.at(-1)
    if (last === undefined) return null
    const otherKeys: string[] = []
    let goesOn = false
    for (const anchor of [...issuersOf(last, own, nameOf, carried), ...issuersOf(last, others, nameOf, carried)]) {
      // Its own certificate is path length 0, which was noted before the search.
      if (anchor.sha256 === target.sha256 && certificates.length === 1) continue
      if (steps++ >= budget.maxSignatureChecks) return 'limit'
      const link = await computeLink(last, anchor)
      if (anchor.role !== role) {
        if (link.outcome === 'valid') otherRole.set(`${anchor.role} ${anchor.sha256}`, anchor)
        continue
      }
      candidates.push({ certificates, links: [...links, link], anchor })
      if (link.outcome === 'invalid') otherKeys.push(anchor.sha256)
      else goesOn = true
    }
    queue.push({ certificates, links, last, otherKeys, goesOn })
    return null
  }

  if ((await open([target], [])) === 'limit') return finish('signature-checks')
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const { certificates, links, last, otherKeys } = path
    let { goesOn } = path
    const issuers = issuersOf(last, pool, (certificate) => certificate.subject.key, carried).filter(
      (issuer) => !holdsKeyOf(certificates, issuer) && !isAnchored(own, issuer),
    )
    for (const issuer of issuers) {
      if (certificates.length >= budget.maxDepth) {
        limit = 'depth'
        goesOn = true
        break
      }
      if (steps++ >= budget.maxSignatureChecks) return finish('signature-checks')
      const link = await computeLink(last, issuer)
      if (link.outcome === 'invalid') {
        otherKeys.push(issuer.sha256)
        continue
      }
      goesOn = true
      if ((await open([...certificates, issuer], [...links, link])) === 'limit') return finish('signature-checks')
    }
    if (!goesOn) {
      deadEnds.push({ certificate: last, selfIssued: isSelfIssued(last), otherKeys: [...new Set(otherKeys)].sort() })
    }
  }
  return finish(limit)

  function finish(reason: PathSearch['limit']): PathSearch {
    const found = candidates.map((candidate) => withEndingKeys(candidate, anchors))
    return { target, role, candidates: found, deadEnds, otherRole: [...otherRole.values()], limit: reason }
  }
}

/** A path whose anchors are tried and whose issuers are not. */
interface OpenPath {
  readonly certificates: readonly Certificate[]
  readonly links: readonly PathLink[]
  readonly last: Certificate
  readonly otherKeys: string[]
  readonly goesOn: boolean
}

interface PossibleIssuer {
  readonly sha256: string
  readonly subjectKeyIdentifier: Uint8Array | null
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Of certificates; an anchor has none of the two. */
  readonly serialNumber?: Uint8Array
  readonly basicConstraints?: Certificate['basicConstraints']
}

/**
 * Those that carry the issuer's name. What came along, what authorityKeyIdentifier points to, what may certify, and what was valid when
 * the certificate began comes first: where the budget is short, the likely ones are tried. Hints exclude nothing.
 */
function issuersOf<T extends PossibleIssuer>(
  certificate: Certificate,
  among: readonly T[],
  nameKey: (one: T) => string,
  carried: ReadonlySet<string>,
): readonly T[] {
  // RFC 5280 §4.1.2.4: an issuer has a name.
  if (certificate.issuer.isEmpty) return []
  const { keyIdentifier = null, serialNumber = null } = certificate.authorityKeyIdentifier ?? {}
  const isHinted = ({ subjectKeyIdentifier, serialNumber: own }: T) =>
    (keyIdentifier !== null && subjectKeyIdentifier !== null && equalBytes(subjectKeyIdentifier, keyIdentifier)) ||
    (serialNumber !== null && own !== undefined && equalBytes(own, serialNumber))
  const wasValid = ({ notBefore, notAfter }: T) =>
    compareInstants(notBefore, certificate.notBefore) <= 0 && compareInstants(certificate.notBefore, notAfter) <= 0
  const mayCertify = ({ basicConstraints }: T) => basicConstraints === undefined || basicConstraints?.ca === true
  const rank = (one: T) =>
    (carried.has(one.sha256) ? 0 : 8) + (isHinted(one) ? 0 : 4) + (mayCertify(one) ? 0 : 2) + (wasValid(one) ? 0 : 1)
  return among
    .filter((one) => nameKey(one) === certificate.issuer.key)
    .map((one) => ({ one, place: rank(one) }))
    .sort((a, b) => a.place - b.place || (a.one.sha256 < b.one.sha256 ? -1 : a.one.sha256 > b.one.sha256 ? 1 : 0))
    .map(({ one }) => one)
}

function holdsKeyOf(path: readonly Certificate[], issuer: Certificate): boolean {
  return path.some((one) => one.subject.key === issuer.subject.key && equalBytes(one.spki, issuer.spki))
}

/** A key that was stolen is so in every certificate over it, however it writes it, and under every role. */
function withEndingKeys(path: CandidatePath, anchors: readonly PathAnchor[]): CandidatePath {
  const ending = anchors.filter(({ until, sha256 }) => until !== null && sha256 !== path.anchor.sha256)
  if (ending.length === 0) return path
  const held = new Set([...path.certificates, path.anchor].map(({ spki }) => keyIdentity(spki)))
  const endingKeys = ending.filter(({ spki }) => held.has(keyIdentity(spki)))
  return endingKeys.length === 0 ? path : { ...path, endingKeys }
}

/** The anchor itself ends a path there already; its certificate in between would only repeat it. */
function isAnchored(anchors: readonly PathAnchor[], issuer: Certificate): boolean {
  return anchors.some((anchor) => anchor.name.key === issuer.subject.key && equalBytes(anchor.spki, issuer.spki))
}
