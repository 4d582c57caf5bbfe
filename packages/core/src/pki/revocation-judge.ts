import { crlIssuerNames } from './crl-issuer-names.ts'
import { entriesOf, judgeCrls } from './crl-judge.ts'
import type { CandidatePath } from './path.ts'
import {
  type CertificateRevocation,
  isOfTheKey,
  isUnvouchedSource,
  joined,
  type RevocationEvidence,
  type RevocationSource,
  type UnusableReason,
} from './revocation.ts'
import { judgeResponses } from './revocation-ocsp.ts'
import {
  type Assumed,
  certificateAt,
  issuerAt,
  type PlacedCertificate,
  type RevocationQuestion,
} from './revocation-question.ts'

/** Every certificate of a path below its anchor, the target first (RFC 5280 §6.3). */
export function judgePathRevocation(path: CandidatePath, question: RevocationQuestion): CertificateRevocation[] {
  if (path.links.length === 0) return []
  return path.certificates.map((_, index) =>
    judgeRevocation({ path, index }, question, { certificates: new Set(), depth: 0 }),
  )
}

/**
 * What issuers that lead to an anchor say of other certificates over the keys of a path: only that a key was in other
 * hands, which is true of the key wherever it stands. Whether those certificates hold for themselves is not asked.
 */
export function judgeSameKey(
  path: CandidatePath,
  question: RevocationQuestion,
): { readonly holder: string; readonly other: CertificateRevocation }[] {
  const { evidence, role } = question
  return [...path.certificates, path.anchor].flatMap(({ sha256: holder }) =>
    (evidence.sameKey.get(holder) ?? []).flatMap((other) => {
      const candidates = evidence.searches.get(joined(role, other.sha256))?.candidates ?? []
      const ways = candidates.filter(
        ({ links }) => links.length > 0 && links.every(({ outcome }) => outcome === 'valid'),
      )
      for (const way of ways) {
        const judged = judgeRevocation({ path: way, index: 0 }, question, { certificates: new Set(), depth: 0 })
        const statements = judged.statements.filter(isOfTheKey)
        if (statements.length > 0) return [{ holder, other: { ...judged, statements } }]
      }
      return []
    }),
  )
}

/** Whether one certificate is revoked, by all CRLs and OCSP responses that speak of it. */
export function judgeRevocation(
  place: PlacedCertificate,
  question: RevocationQuestion,
  assumed: Assumed,
): CertificateRevocation {
  const certificate = certificateAt(place)
  const within: Assumed = {
    certificates: new Set([...assumed.certificates, certificate.sha256]),
    depth: assumed.depth + 1,
  }
  const byCrl = judgeCrls(place, question, within)
  const byOcsp = judgeResponses(place, question, within)
  const sources = [...byCrl.sources, ...byOcsp.sources]
  const statements = [...byCrl.statements, ...byOcsp.statements]
  const heard = sources.filter((source) => !isNobodys(source, place, question.evidence))
  // What was not looked at might revoke it.
  const isCut = question.evidence.limited || heard.some(({ why }) => why === 'limit')
  const isGood = (byCrl.good || byOcsp.good) && !byCrl.doubted && !byOcsp.denied && !isCut
  const isAsked = heard.some(({ why }) => why !== 'other-certificate')
  const status = statements.length > 0 ? 'revoked' : isGood ? 'good' : isAsked || isCut ? 'unknown' : 'no-data'
  return { certificate, status, statements, sources }
}

/** Reasons that are found after somebody was found to have signed it who may. */
const SIGNED_ALL_THE_SAME: readonly (UnusableReason | null)[] = [
  'stale',
  'in-future',
  'after-expiry',
  'delta-without-base',
  'no-proof',
]

/**
 * In an unsigned part, and nobody who may speak is known to have signed it: anybody may have put it there, and could as
 * well have taken it away. It is named, and leaves no question open that would not be open without it.
 */
function isNobodys(
  { sha256, answer, why }: RevocationSource,
  place: PlacedCertificate,
  { sources, links }: RevocationEvidence,
): boolean {
  if (answer !== 'unusable' || SIGNED_ALL_THE_SAME.includes(why)) return false
  if (!isUnvouchedSource(sources.get(sha256) ?? '')) return false
  return links.get(joined(sha256, issuerAt(place).sha256))?.outcome !== 'valid'
}

/** Whether anything here could say that a certificate is revoked, whoever signed it: without that nothing can. */
export function isListed(place: PlacedCertificate, { crls, ocsp, certIds }: RevocationEvidence): boolean {
  const certificate = certificateAt(place)
  const names = crlIssuerNames(certificate)
  if (crls.some((crl) => names.has(crl.issuer.key) && entriesOf(crl, certificate).length > 0)) return true
  return ocsp.some(({ sha256, basic }) =>
    (certIds.get(joined(sha256, certificate.sha256, issuerAt(place).sha256)) ?? []).some(
      ({ index }) => basic?.responses[index]?.status === 'revoked',
    ),
  )
}
