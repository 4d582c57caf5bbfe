import {
  type AnchorRole,
  type Certificate,
  formatInstant,
  type ValidationKind,
  type ValidationRefusal,
  type ValidationStatus,
} from '@probatum/core'
import type { CollectedValidation, FetchProblem } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import type { Terminal } from '../terminal.ts'
import type { ChosenValidation } from './validation-choice.ts'

/** Why a certificate, CRL or OCSP response was not stored. */
const REFUSALS: Readonly<Record<ValidationRefusal, string>> = {
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
function sayFetchProblem({ url, reason, detail }: FetchProblem): string {
  const brackets = detail === '' ? '' : ` (${reason}: ${escapeForDisplay(detail)})`
  const said = Object.hasOwn(FETCHED, reason)
    ? `${FETCHED[reason as keyof typeof FETCHED]}${brackets}.`
    : `what came was not stored: ${REFUSALS[reason as ValidationRefusal]}`
  return `${escapeForDisplay(url)}: ${said}`
}

type CollectedRole = 'signer' | 'approver' | 'time-stamp-authority'
const collectedRole = (role: AnchorRole): CollectedRole =>
  role === 'signer' || role === 'approver' ? role : 'time-stamp-authority'

const WHOSE: Readonly<Record<CollectedRole, string>> = {
  signer: 'of the signer',
  approver: 'of an approver',
  'time-stamp-authority': 'of a time-stamp authority',
}
const INSTEAD: Readonly<Record<CollectedRole, string>> = {
  signer: 'Sign with another certificate; ask its authority when this one is said to have been revoked by mistake.',
  approver: 'Have the request approved by somebody else, with `probatum gate approve`.',
  'time-stamp-authority': 'Name another time-stamp authority.',
}

/** @throws {InputError} where an authority says of any certificate that it was revoked */
export function refuseRevoked(statuses: readonly ValidationStatus[], outcome: string): void {
  for (const { certificate, role, status, statements } of statuses) {
    if (status !== 'revoked') continue
    const said = statements.map(
      ({ kind, date, reason, source }) =>
        `${formatInstant(date)}${reason === null ? '' : ` (${reason})`}, by ${kind === 'crl' ? 'the list' : 'the answer'} ${source.slice(0, 16)} of its authority`,
    )
    throw new InputError(
      `A certificate ${WHOSE[collectedRole(role)]}, ${escapeForDisplay(certificate.subject.text)}, was revoked on ${said.join('; ')}. ${outcome}`,
      INSTEAD[collectedRole(role)],
    )
  }
}

const NAMES: Readonly<Record<ValidationKind, readonly [one: string, several: string]>> = {
  certificate: ['certificate', 'certificates'],
  crl: ['CRL', 'CRLs'],
  ocsp: ['OCSP response', 'OCSP responses'],
}

/** One line for a folder, or for the same folder of several bundles. */
export function tellStored(terminal: Terminal, folder: string, collected: readonly CollectedValidation[]): void {
  const kinds = Object.keys(NAMES) as ValidationKind[]
  const counts = kinds.map((kind) => [kind, collected.reduce((sum, { counts: each }) => sum + each[kind], 0)] as const)
  const said = counts.flatMap(([kind, count]) => (count === 0 ? [] : [`${count} ${NAMES[kind][count === 1 ? 0 : 1]}`]))
  const several = collected.length > 1 ? ` of ${collected.length} bundles together` : ''
  if (collected.length > 0)
    terminal.note(`Stored in ${folder}${several}: ${said.length === 0 ? 'nothing' : said.join(', ')}\n`)
}

/** What was not stored, what could not be fetched, and what is missing. */
export function tellRest(
  terminal: Terminal,
  { collector, useless, isOnline }: ChosenValidation,
  { statuses, open }: Pick<CollectedValidation, 'statuses' | 'open'>,
): void {
  for (const { path, why } of useless)
    terminal.note(
      `Not stored: ${escapeForDisplay(path)} holds no certificate, CRL or OCSP response (${escapeForDisplay(why)}).\n`,
    )
  for (const { given, why } of collector.leftOver())
    terminal.note(
      `Not stored: the ${NAMES[given.kind][0]} ${given.sha256.slice(0, 16)} in ${escapeForDisplay(given.from)}: ${REFUSALS[why]}\n`,
    )
  for (const problem of collector.problems) terminal.note(`Not fetched: ${sayFetchProblem(problem)}\n`)
  for (const certificate of once(open, (one) => one)) terminal.note(sayOpen(certificate))
  const lacking = statuses.filter(({ status }) => status === 'no-data' || status === 'unknown')
  for (const { certificate, role, status } of once(lacking, (one) => one.certificate)) {
    const whose = `${WHOSE[collectedRole(role)]}’s path`
    const what =
      status === 'unknown' ? 'What there is decides nothing about' : 'There is no CRL and no OCSP response about'
    const more = isOnline ? '' : ' --online fetches what the certificate names.'
    terminal.note(`${what} ${escapeForDisplay(certificate.subject.text)}, ${whose}.${more}\n`)
  }
}

/** Each certificate once. */
function once<T>(all: readonly T[], certificateOf: (one: T) => Certificate): T[] {
  return [...new Map(all.map((one) => [certificateOf(one).sha256, one])).values()]
}

const sayOpen = ({ issuer, subject }: Certificate): string =>
  `The certificate of ${escapeForDisplay(issuer.text)} is not here, so that nothing it says about ${escapeForDisplay(subject.text)} can be checked. Give it with --validation: a root is used to check, and never stored.\n`
