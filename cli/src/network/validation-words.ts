import type { ValidationRefusal } from '@probatum/core'
import type { FetchProblem } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'

/** Why a certificate, CRL or OCSP response was not stored. */
export const REFUSALS: Readonly<Record<ValidationRefusal, string>> = {
  unrelated: 'it says nothing about the certificates of this seal.',
  'issuer-missing':
    'the certificate of the authority that made it is not here, so that its signature cannot be checked.',
  'self-signed': 'a root is used to check, and never stored: whom to believe comes by another way.',
  'unknown-to-responder': 'the responder says that it does not know the certificate.',
  signature: 'no key of the authority that it names made its signature.',
  'signature-unsupported': 'its signature is of an algorithm that is not supported.',
  'weak-algorithm': 'its signature is of an algorithm that does not count any more.',
  'algorithms-disagree': 'it names two algorithms for its signature.',
  'unknown-critical-extension': 'it has a critical extension that is not understood.',
  'malformed-extension': 'one of its extensions does not read.',
  'repeated-extension': 'one of its extensions stands twice.',
  'key-usage': 'the certificate of whoever signed it is not for that.',
  'signer-path': 'the certificate of whoever signed it does not hold.',
  'signer-revoked': 'the certificate of whoever signed it was revoked.',
  'no-proof': 'nothing proves that it is as old as it says.',
  'signer-unknown': 'nothing is known of whether the certificate of whoever signed it was revoked.',
  'other-certificate': 'it is of the right authority, and not about these certificates.',
  stale: 'its period ended before the time that is asked about: it is too old.',
  'in-future': 'it is dated after now.',
  'out-of-scope':
    'it is a list of other certificates by its own words, and names this one as revoked all the same. Ask the authority.',
  'after-expiry': 'it was made after the certificate had expired, when entries may be gone.',
  'delta-without-base': 'it is a delta CRL, and the complete one that it changes is not here.',
  'not-successful': 'it says that the responder gave no answer.',
  inconsistent: 'what it says contradicts itself.',
  limit: 'there is more here than is looked at.',
}

const FETCHED: Readonly<Record<Exclude<FetchProblem['reason'], ValidationRefusal>, string>> = {
  address: 'this address is never asked',
  'private-address':
    'it lies in a private network, where a certificate must not choose what is asked; --online-host allows it for a host that you know',
  network: 'it cannot be reached, or the connection broke off',
  tls: 'it did not show a certificate for this address that this computer believes',
  'connect-timeout': 'no connection came about in time',
  timeout: 'no whole answer came in time (--online-timeout gives it more)',
  redirect: 'it sends us on in a way that is not followed',
  'http-status': 'the server answered with an error',
  'too-large': 'what came is too large',
  budget: 'this run has fetched as much as one run may',
  unreadable: 'what came is no certificate, CRL or OCSP response',
}

/** What an address gave, in words. The address stands in a certificate, and may hold anything. */
export function sayFetchProblem({ url, reason, detail }: FetchProblem): string {
  const brackets = detail === '' ? '' : ` (${reason}: ${escapeForDisplay(detail)})`
  const said = Object.hasOwn(FETCHED, reason)
    ? `${FETCHED[reason as keyof typeof FETCHED]}${brackets}.`
    : `what came was not stored: ${REFUSALS[reason as ValidationRefusal]}`
  return `${escapeForDisplay(url)}: ${said}`
}
