import {
  LIMITS,
  type SuccessionAnswer,
  successionProblems,
  successionStatement,
  type TrustSet,
  trustSetCode,
  verifySuccession,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import {
  type ExitCode,
  escapeForDisplay,
  quoteForShell,
  renderSuccession,
  renderTrustSetChanges,
  SUCCESSION_PROBLEMS,
} from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { choosePolicy, chooseTime } from '../input/judgement-input.ts'
import { readTrustSet } from '../input/trust-files.ts'
import { PROGRAM } from '../program.ts'
import { chooseStatementSigning } from '../statements/statement-signing.ts'
import { terminalOf, textOf } from './report-output.ts'

const SIGNATURE = '.succession.p7s'
const STATEMENT = '.succession.json'

/** Signs that one set follows another. What would not verify is not written. */
export async function signSuccession(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.next)
  const last = await readTrustSet(String(argv.under))
  const next = await readTrustSet(path)
  const [signatureOut, statementOut] = [path + SIGNATURE, path + STATEMENT]
  for (const out of [signatureOut, statementOut]) await requireNew(out, 'trust sign', [])
  const [problem] = successionProblems(last, next)
  if (problem !== undefined)
    throw new UsageError(
      `${SUCCESSION_PROBLEMS[problem]} Nothing was signed.`,
      '`probatum trust add … --after LAST --to NEXT` makes a set that can follow.',
    )
  const signing = await chooseStatementSigning(argv)
  const statement = successionStatement(last, next)
  if (signing.step === 'prepare') {
    const again = `${PROGRAM} trust sign ${quoteForShell(path)} --under ${quoteForShell(String(argv.under))}`
    await terminal.result(await signing.prepare(statement, again))
    return 0
  }
  const signature = await signing.cms(statement)
  const answer = await answerOf(argv, { last, next, signature })
  if (answer.value !== 'PASSED') {
    terminal.note(renderSuccession(answer, last, next, { ...terminal.style, colour: false }))
    throw new InputError(
      'Nobody could verify this signature under the last set; the reasons stand above. Nothing was written.',
      'Sign with a key that the last set names in the role trust-set; or send the set with a new letter, as the first time.',
    )
  }
  await writeNew(statementOut, statement)
  await writeNew(signatureOut, signature)
  await terminal.result(
    `Signed: set number ${next.file.number} follows set number ${last.file.number}.\nSend ${escapeForDisplay(path)} and ${escapeForDisplay(signatureOut)}; ${escapeForDisplay(statementOut)} is for checking by hand.\n`,
  )
  return 0
}

/** Whether a set is signed as the next one under the last. It installs nothing: the next set is chosen as every set is. */
export async function verifyNext(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.next)
  const last = await readTrustSet(String(argv.under))
  const next = await readTrustSet(path)
  const signaturePath = textOf(argv, 'signature') ?? path + SIGNATURE
  const signature = await readWhole(signaturePath, LIMITS.cmsBytes)
  const answer = await answerOf(argv, { last, next, signature })
  await terminal.result(renderSuccession(answer, last, next, terminal.style))
  await terminal.result(renderTrustSetChanges(last.file, next.file, terminal.style))
  await terminal.result(
    `set code of the next set  ${trustSetCode(next.sha256)}\n\nBy hand, with the certificates of the role trust-set in roots.pem:\n  openssl cms -verify -binary -inform DER -in ${quoteForShell(signaturePath)} -content ${quoteForShell(path + STATEMENT)} -CAfile roots.pem -no-CApath -no-CAstore -purpose any\n`,
  )
  return answer.value === 'PASSED' ? 0 : answer.value === 'FAILED' ? 1 : 3
}

async function answerOf(
  argv: Parsed,
  sets: { readonly last: TrustSet; readonly next: TrustSet; readonly signature: Uint8Array },
): Promise<SuccessionAnswer> {
  const { policy, sha256 } = await choosePolicy(textOf(argv, 'policy'))
  const ports = nodePorts({ jobs: 1 })
  try {
    const time = chooseTime(textOf(argv, 'at'))
    return await verifySuccession({ ...sets, time, policy, policySha256: sha256 }, ports)
  } finally {
    await ports.close()
  }
}
