import { resolve } from 'node:path'
import { approvalStatementOf } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import {
  checkGate,
  type GateApproval,
  type GateProblem,
  parseGateApproval,
  serializeGateApproval,
  signerDoubts,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell, SIGNER_DOUBTS } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import { exists, requireNew, writeNew } from '../files.ts'
import { atSecond, gatePorts, readApprovals, readGateFiles, readSealers, readState } from '../gate/gate-files.ts'
import { sayRequest, sayState } from '../gate/gate-text.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { ask, canAsk } from '../keys/ask.ts'
import { PROGRAM } from '../program.ts'
import { chooseStatementSigning } from '../statements/statement-signing.ts'
import { terminalOf, textOf, textsOf } from './report-output.ts'

/** Shows a request and everything that is not met, asks, and signs an approval into a file beside it. */
export async function approveRequest(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.request)
  const signing = await chooseStatementSigning(argv)
  const out = textOf(argv, 'out') ?? (await nextApproval(path))
  if (signing.step !== 'prepare') await requireNew(out, '--out', [])
  const files = await readGateFiles(path)
  const log = await readState(textOf(argv, 'log'), files, terminal)
  const sealers = await readSealers(textOf(argv, 'sealer'))
  const given = textsOf(argv, 'beside')
  const approvals = [...(await readApprovals(given)), ...(await approvalsBeside(path, files.sha256, given))]
  const at = atSecond(chooseTime(undefined))
  const state = await checkGate({ ...files, approvals, at, sealers, state: log, ports: gatePorts() })
  const { signer } = signing
  const isAlike = (other: { readonly subject: string; readonly key: string }) =>
    other.subject === signer.subject || other.key === signer.key
  if (sealers.some(isAlike))
    throw new InputError(
      'Whoever signs the seal does not approve it.',
      'Another person approves; or another one seals.',
    )
  if (state.approvers.some(isAlike))
    throw new InputError(
      'There is an approval by this name or this key already.',
      'Two persons approve, each with a certificate and a key of their own.',
    )
  const showOpened = argv['show-opened'] === true
  // How many approve shows when it is sealed; what else is missing is what this person decides about.
  const problems = state.problems.filter(({ code }: GateProblem) => code !== 'approvals-missing')
  terminal.note(
    `${[
      ...sayRequest(files, showOpened),
      '',
      ...sayState({ ...state, problems }, { log, sealer: sealers.length > 0 }, showOpened),
      problems.length === 0
        ? 'Everything else is met.'
        : 'It will not be sealed while a point is not met, whoever approves it.',
      `Signing: ${escapeForDisplay(signer.name)}`,
      ...signerDoubts(signer, at).map((doubt) => `Verifiers will not count this certificate: ${SIGNER_DOUBTS[doubt]}.`),
    ].join('\n')}\n`,
  )
  const statement = approvalStatementOf(files.request, nodeSmallDigest)
  if (signing.step === 'prepare') {
    await terminal.result(
      await signing.prepare(statement, `${PROGRAM} gate approve ${quoteForShell(path)} --out ${quoteForShell(out)}`),
    )
    return 0
  }
  if (signing.step === 'sign' && !(await confirm(argv, 'Approve this request as it stands? (yes/no) '))) {
    terminal.note('Nothing was signed.\n')
    return 0
  }
  const signature = await signing.cms(statement)
  const approver = textOf(argv, 'approver') ?? signer.name
  const approval = serializeGateApproval({ approver, request: files.sha256, signature })
  requireReadable(approval)
  await writeNew(out, approval)
  await terminal.result(`Approved ${escapeForDisplay(path)} (sha256 ${files.sha256}) in ${escapeForDisplay(out)}\n`)
  return 0
}

/** A name that no verifier takes would spoil the bundle. @throws {UsageError} */
function requireReadable(approval: Uint8Array): void {
  try {
    parseGateApproval(approval, 'approval')
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(
      `This makes no approval: ${escapeForDisplay(error.message)}. Nothing was written.`,
      'Give a name with --approver: 1 to 1024 characters, no control character.',
    )
  }
}

/** @throws {UsageError} when nobody is here to be asked */
export async function confirm(argv: Parsed, question: string): Promise<boolean> {
  if (argv.yes === true) return true
  if (!canAsk()) throw new UsageError('Nobody is here to be asked.', 'Add --yes once what is shown above is right.')
  const answer = await ask(question, (text) => (text === 'yes' || text === 'no' ? text : undefined))
  return answer === 'yes'
}

const approvalPath = (request: string, number: number) => `${request.replace(/\.json$/i, '')}.approval-${number}.json`

/** `request.approval-1.json`, the first that there is not. */
async function nextApproval(request: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = approvalPath(request, number)
    if (!(await exists(path))) return path
  }
}

/**
 * Approvals of this request that lie beside it under their usual names: who approved already should not do so again. One of
 * another request, or that does not read, is found when the bundle is sealed.
 */
async function approvalsBeside(request: string, sha256: string, given: readonly string[]): Promise<GateApproval[]> {
  const found: GateApproval[] = []
  for (let number = 1; await exists(approvalPath(request, number)); number++) {
    const path = approvalPath(request, number)
    if (given.some((other) => resolve(other) === resolve(path))) continue
    try {
      found.push(...(await readApprovals([path])).filter((approval) => approval.request === sha256))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
    }
  }
  return found
}
