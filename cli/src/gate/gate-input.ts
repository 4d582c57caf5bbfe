import { basename } from 'node:path'
import {
  AUTHORISATION,
  authorisationSignatures,
  canonicalise,
  isJsonObject,
  LIMITS,
  parseJson,
  toHex,
} from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { type ExportGate, type GateApproval, type GateProblem, type GateRefused, lapsedConsents } from '@probatum/seal'
import { escapeForDisplay, sayProblems } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { InputError, UsageError } from '../errors.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { isGateName, readApprovals, readGateFiles } from './gate-files.ts'

/** A request that a bundle is made under, with its approvals. */
export interface ChosenGate {
  readonly path: string
  /** Name of the request file without its ending: that of the bundle, where several are made. */
  readonly name: string
  readonly gate: ExportGate
}

/** As authorisation.json has them. */
const MOST_APPROVALS = 16

/** The requests of `--for`, each with its own of the approvals of `--approval`. @throws {UsageError | InputError} */
export async function chooseGates(argv: Parsed): Promise<ChosenGate[]> {
  const paths = textsOf(argv, 'for')
  const approvalPaths = textsOf(argv, 'approval')
  if (paths.length === 0 && approvalPaths.length > 0)
    throw new UsageError('--approval goes with --for.', 'Name the request that was approved.')
  const files: Awaited<ReturnType<typeof readGateFiles>>[] = []
  for (const path of paths) {
    if (!isGateName(path))
      throw new UsageError(
        `--for ${escapeForDisplay(path)}: its name becomes that of the bundle.`,
        'Use letters, digits, . _ and - only, and do not begin with INTERNAL.',
      )
    files.push(await readGateFiles(path))
  }
  const approvals = await readApprovals(approvalPaths)
  const digests = files.map(({ sha256 }) => sha256)
  const [only] = digests.length === 1 ? digests : []
  for (const [at, { request }] of approvals.entries())
    if (only === undefined && !digests.includes(request))
      throw new InputError(
        `${escapeForDisplay(approvalPaths[at] ?? '')} approves none of these requests. Nothing was written.`,
        '`probatum gate approve REQUEST` signs one as it stands now.',
      )
  return files.map(({ path, request, kept, sha256 }) => {
    // Of one request each approval is told of, whatever it is for.
    const own: GateApproval[] = approvals.filter((approval) => only !== undefined || approval.request === sha256)
    if (own.length > MOST_APPROVALS)
      throw new UsageError(`A request has at most ${MOST_APPROVALS} approvals.`, 'Two are needed.')
    const gate: ExportGate = { request, kept, approvals: own, signatures: nodeSignatureVerifier() }
    return { path, name: basename(path).replace(/\.json$/i, ''), gate }
  })
}

/** Detached CMS of those who decided about a request, DER: approvals, and exceptions in it. */
export function signaturesOfGate({ request, approvals }: ExportGate): Uint8Array[] {
  return [...approvals.map(({ signature }) => signature), ...authorisationSignatures({ request, approvals: [] })]
}

/** A recipient is named where a sharing was decided, or in a demonstration that proves nothing. @throws {UsageError} */
export function requireGateFor(what: string, argv: Parsed): void {
  if (argv['demo-authority'] === true) return
  throw new UsageError(
    `${what}: a bundle is made for a recipient under an approved request only.`,
    '`probatum gate request` makes one; then give --for and two --approval. A bundle for nobody in particular names no recipient.',
  )
}

/** Without a log there is nothing that could be requested. @throws {UsageError} */
export function requireNoRecipient(argv: Parsed): void {
  for (const name of ['for', 'approval'])
    if (argv[name] !== undefined)
      throw new UsageError(`--${name} goes with --log: a request is about the items of a log.`, 'Name the log.')
  if (argv.recipient !== undefined) requireGateFor('--recipient', argv)
}

/**
 * Looks again at the consents of what was prepared under requests, before it is signed: they may have ended or been withdrawn since.
 * `records`: texts of authorisation.json. @throws {UsageError | InputError}
 */
export async function requireConsentsStill(argv: Parsed, records: readonly Uint8Array[]): Promise<void> {
  const wanted = records.flatMap((bytes) => {
    const value = parseJson(bytes, AUTHORISATION, { limit: LIMITS.authorisationBytes, canonical: true })
    const request = isJsonObject(value) ? (value.request ?? null) : null
    return request === null ? [] : [toHex(nodeSmallDigest('sha256', canonicalise(request)))]
  })
  if (wanted.length === 0) {
    if (argv.for !== undefined) throw new UsageError('--for: what was prepared has no request.', 'Leave it out.')
    return
  }
  const files = new Map<string, Awaited<ReturnType<typeof readGateFiles>>>()
  for (const path of textsOf(argv, 'for')) {
    const read = await readGateFiles(path)
    files.set(read.sha256, read)
  }
  if (wanted.some((digest) => !files.has(digest)) || argv.log === undefined)
    throw new UsageError(
      'This was prepared under an approved request, and a consent may have ended or been withdrawn since.',
      'Give --log and, for each request, --for once more: consents are looked at again before anything is signed.',
    )
  const custody = await CustodyLogFolder.open(String(argv.log), 'read')
  try {
    const at = { epochSeconds: chooseTime(undefined).epochSeconds, fraction: '' }
    const refused: { readonly path: string; readonly problems: readonly GateProblem[] }[] = []
    for (const digest of wanted) {
      const read = files.get(digest)
      if (read === undefined) continue
      if (read.request.logId !== custody.id)
        throw new InputError(
          `${escapeForDisplay(read.path)} is about another log than ${escapeForDisplay(custody.folder)}.`,
          'Name the log that it was made over.',
        )
      const problems = await lapsedConsents({ ...read, custody, at, smallDigest: nodeSmallDigest })
      if (problems.length > 0) refused.push({ path: read.path, problems })
    }
    if (refused.length > 0)
      throw notSealed(refused, 'What was prepared is as it was; its export event stays in the log, true and harmless.')
  } finally {
    await custody.close()
  }
}

/** Every unmet condition of every request, and what would meet it. */
export function gateRefused(error: GateRefused, gates: readonly ChosenGate[]): InputError {
  const refused = error.requests.map(({ request, state: { problems } }) => ({
    path: gates[request]?.path ?? '',
    problems,
  }))
  return notSealed(refused, 'Nothing was written, neither a bundle nor a line of the log.', error)
}

function notSealed(
  refused: readonly { readonly path: string; readonly problems: readonly GateProblem[] }[],
  left: string,
  cause?: unknown,
): InputError {
  const lines = refused.flatMap(({ path, problems }) => [
    `${escapeForDisplay(path)} (${problems.length} not met):`,
    ...sayProblems(problems, false).map((line) => `  ${line}`),
  ])
  return new InputError(
    `This is not sealed. ${left}\n  ${lines.join('\n  ')}`,
    'Meet each point; `probatum gate check REQUEST` looks again, `probatum gate explain` says what each means. There is no option that passes over one.',
    { cause },
  )
}
