import {
  type AnchorRole,
  type Certificate,
  compareInstants,
  DEFAULT_POLICY_ID,
  formatInstant,
  type Instant,
  SHIPPED_POLICIES,
  signatureSigners,
  tokenSigners,
  type ValidationKind,
  type ValidationObject,
  type ValidationStatus,
  type ValidationTarget,
} from '@probatum/core'
import {
  type CollectedValidation,
  type SealValidation,
  type StampedSignature,
  ValidationCollector,
  ValidationFetcher,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { chooseTime } from '../input/judgement-input.ts'
import type { Terminal } from '../terminal.ts'
import { answerPorts } from './time-stamp-authorities.ts'
import { readValidationFiles } from './validation-files.ts'
import { REFUSALS, sayFetchProblem } from './validation-words.ts'

/** Most people wait longer than this for nothing that works. */
const CONNECT_MILLISECONDS = 10_000
const SECONDS = 30

/** What --validation and --online ask for. */
export interface ChosenValidation {
  readonly collector: ValidationCollector
  readonly isOnline: boolean
  /** Files that hold nothing of use. */
  readonly useless: readonly { readonly path: string; readonly why: string }[]
}

/** Null where neither was asked for. @throws {UsageError | InputError | SourceFault} */
export async function chooseValidation(argv: Parsed): Promise<ChosenValidation | null> {
  const paths = textsOf(argv, 'validation')
  const isOnline = argv.online === true
  const hosts = textsOf(argv, 'online-host')
  for (const name of ['online-host', 'online-timeout'])
    if (!isOnline && argv[name] !== undefined)
      throw new UsageError(`--${name} goes with --online.`, 'Without it nothing is fetched.')
  if (paths.length === 0 && !isOnline) return null
  const { given, useless } = await readValidationFiles(paths)
  const policy = SHIPPED_POLICIES.find(({ id }) => id === DEFAULT_POLICY_ID)
  if (policy === undefined) throw new RangeError('no default policy')
  const collector = new ValidationCollector({
    given,
    online: isOnline ? await openFetcher(argv, hosts) : null,
    policy,
    ports: answerPorts(),
    now: () => chooseTime(undefined),
  })
  return { collector, isOnline, useless }
}

async function openFetcher(argv: Parsed, hosts: readonly string[]): Promise<ValidationFetcher> {
  const seconds = Number(argv['online-timeout'] ?? SECONDS)
  if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > 3600)
    throw new UsageError('--online-timeout: seconds from 1 to 3600 are expected.', 'For example --online-timeout 60.')
  const allowed = hosts.map((host) => {
    const url = `http://${host}/`
    if (!URL.canParse(url) || new URL(url).pathname !== '/' || /[@/?#]/.test(host))
      throw new UsageError(
        `--online-host: ${escapeForDisplay(host)} is no host.`,
        'Write a name or address, with its port where it is not the usual one: ca.example.internal or 10.0.0.5:8080.',
      )
    return new URL(url).host
  })
  const { validationTransport } = await import('./validation-transport.ts')
  return new ValidationFetcher({
    fetch: validationTransport(Math.min(CONNECT_MILLISECONDS, seconds * 1000), new Set(allowed)),
    timeoutMilliseconds: seconds * 1000,
  })
}

/** Whose certificates sign: DER, the signer's first. */
type Signers = readonly { readonly certificates: readonly Uint8Array[] }[]

/** Validation data of a seal that is being made. */
export interface SealedValidation {
  /** For the making of one or several bundles. */
  readonly seal: SealValidation
  /**
   * The same, and what is known of those who approved a bundle: their signatures, DER.
   * @throws {InputError} where the certificate of one was revoked
   */
  under(approvals: readonly Uint8Array[]): Promise<SealValidation>
  /** What was stored, what was not, and what is missing. After the making. */
  report(terminal: Terminal): void
}

/**
 * Collects what is known of the signer's certificates before anything is signed, and refuses to sign under one that was
 * revoked; the rest is asked for when the time-stamps are there. Null where neither option was given.
 * @throws {UsageError | InputError | SourceFault}
 */
export async function validationForSeal(argv: Parsed, signers: Signers): Promise<SealedValidation | null> {
  const chosen = await chooseValidation(argv)
  if (chosen === null) return null
  const certificates = signers.flatMap((signer) => signer.certificates)
  const targets = targetsOf(signers, chooseTime(undefined))
  const known = await chosen.collector.collect({ targets, certificates, here: [], isLast: false })
  refuseRevoked(known.statuses, 'Nothing was sealed.')
  const afterwards = new LaterValidation(chosen, signers)
  const stored: CollectedValidation[] = []
  return {
    seal: { known: known.files, later: afterwards.collecting(known.objects, []) },
    async under(approvals) {
      const approvers = await approversOf(approvals)
      const collected = await chosen.collector.collect({
        targets: [...targets, ...approvers.targets],
        certificates: [...certificates, ...approvers.certificates],
        here: [],
        isLast: false,
      })
      refuseRevoked(collected.statuses, 'Nothing was sealed.')
      stored.push(collected)
      return { known: collected.files, later: afterwards.collecting(collected.objects, approvals) }
    },
    report(terminal) {
      tellStored(terminal, 'record/validation', stored.length === 0 ? [known] : stored)
      afterwards.report(terminal, stored.at(-1) ?? known)
    },
  }
}

/** Validation data of a bundle that was prepared, and is signed now. */
export interface EmbeddedValidation {
  /** `here`: what stands in its record/validation. `approvals`: signatures in its record/authorisation.json, DER. */
  of(here: readonly ValidationObject[], approvals: readonly Uint8Array[]): SealValidation
  /** As in SealedValidation. */
  report(terminal: Terminal): void
}

/** As `validationForSeal`, when what was known before signing is in the bundle already. */
export async function validationForEmbedding(argv: Parsed, signers: Signers): Promise<EmbeddedValidation | null> {
  const chosen = await chooseValidation(argv)
  if (chosen === null) return null
  const afterwards = new LaterValidation(chosen, signers)
  return {
    of: (here, approvals) => ({ known: [], later: afterwards.collecting(here, approvals) }),
    report: (terminal) => afterwards.report(terminal, { statuses: [], open: [] }),
  }
}

/** What is collected after the time-stamps, of one or several bundles. */
class LaterValidation {
  readonly #chosen: ChosenValidation
  readonly #signers: Signers
  readonly #stored: CollectedValidation[] = []

  constructor(chosen: ChosenValidation, signers: Signers) {
    this.#chosen = chosen
    this.#signers = signers
  }

  collecting(here: readonly ValidationObject[], approvals: readonly Uint8Array[]): SealValidation['later'] {
    return async (signed) => {
      const tokens = await tokensOf(signed)
      const approvers = await approversOf(approvals, tokens.latest)
      const collected = await this.#chosen.collector.collect({
        targets: [...targetsOf(this.#signers, tokens.latest), ...approvers.targets, ...tokens.targets],
        certificates: [
          ...this.#signers.flatMap(({ certificates }) => certificates),
          ...approvers.certificates,
          ...tokens.certificates,
        ],
        here,
        isLast: true,
      })
      refuseRevoked(collected.statuses, 'Nothing was sealed.')
      this.#stored.push(collected)
      return collected.files
    }
  }

  report(terminal: Terminal, before: Pick<CollectedValidation, 'statuses' | 'open'>): void {
    tellStored(terminal, 'seal/1/validation', this.#stored)
    tellRest(terminal, this.#chosen, this.#stored.at(-1) ?? before)
  }
}

function targetsOf(signers: Signers, time: Instant): ValidationTarget[] {
  return signers.flatMap(({ certificates: [certificate] }) =>
    certificate === undefined ? [] : [{ certificate, role: 'signer' as const, time }],
  )
}

/** Who approved, judged like the signer: at the time of the seal, which is now before there is one. */
export async function approversOf(approvals: readonly Uint8Array[], time: Instant = chooseTime(undefined)) {
  const read = await Promise.all(approvals.map((each) => signatureSigners(each, time, answerPorts(), 'approver')))
  return {
    targets: read.flatMap(({ targets }) => targets),
    certificates: read.flatMap(({ certificates }) => certificates),
  }
}

/** Who signed the time-stamps, and the latest moment at which the last of them can have been made; now without any. */
async function tokensOf(signed: readonly StampedSignature[]) {
  const read = await Promise.all(
    signed.flatMap(({ responses }) => responses).map((bytes) => tokenSigners(bytes, answerPorts())),
  )
  const moments = read.flatMap(({ latest }) => (latest === null ? [] : [latest]))
  return {
    targets: read.flatMap(({ targets }) => targets),
    certificates: read.flatMap(({ certificates }) => certificates),
    latest: latestOf(moments) ?? chooseTime(undefined),
  }
}

export function latestOf(moments: readonly Instant[]): Instant | undefined {
  return moments.toSorted(compareInstants).at(-1)
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
