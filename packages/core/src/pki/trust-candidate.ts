import type { CmsFacts, SignerCandidate, SignerFacts } from './facts.ts'

const BOUND_ORDER: readonly SignerCandidate['bound'][] = [
  'match',
  'issuer-serial-differs',
  'digest-unsupported',
  'attribute-absent',
  'attribute-unreadable',
  'hash-differs',
]

/** One that was not tried, or could not be, may be the signer's; one under which the signature is wrong is not. */
const SIGNATURE_ORDER: readonly SignerCandidate['signature'][] = ['valid', 'not-tried', 'unsupported', 'invalid']

/**
 * The certificate that a SignerInfo is judged by, of those that its identifier names: the one that the signed
 * signing-certificate attribute binds; where none is bound, one whose key the signature holds under, and one that the
 * signature itself carries before one from elsewhere. Never the first by position: bags are not protected.
 */
export function signingCandidate(signer: SignerFacts, cms: CmsFacts): SignerCandidate | null {
  if (signer.candidates.length <= 1) return signer.candidates[0] ?? null
  const rank = (candidate: SignerCandidate) => [
    BOUND_ORDER.indexOf(candidate.bound),
    SIGNATURE_ORDER.indexOf(candidate.signature),
    cms.certificates.includes(candidate.certificate) ? 0 : 1,
  ]
  const ordered = signer.candidates.toSorted((a, b) => {
    const [x, y] = [rank(a), rank(b)]
    for (const [index, place] of x.entries()) {
      const difference = place - (y[index] ?? 0)
      if (difference !== 0) return difference
    }
    return a.certificate < b.certificate ? -1 : 1
  })
  return ordered[0] ?? null
}

/**
 * Whether the candidate may be taken for the signer's certificate at all: the signature binds it by hash, or carries it.
 * One that only the pool offers merely has the same issuer and serial number, and perhaps the same key: anybody can make
 * such a certificate, and it must not turn "missing" into "contradicts".
 */
export function isEstablished(candidate: SignerCandidate, cms: CmsFacts): boolean {
  return (
    candidate.bound === 'match' ||
    candidate.bound === 'issuer-serial-differs' ||
    cms.certificates.includes(candidate.certificate)
  )
}
