import { compareWithTrustSet } from '@probatum/core'
import {
  type ExitCode,
  renderSetComparison,
  renderTrustCard,
  renderTrustExplanation,
  renderTrustList,
} from '@probatum/words'
import type { Parsed } from 'yargs'
import { chooseTime } from '../input/judgement-input.ts'
import { readCertificates, readTrustSet } from '../input/trust-files.ts'
import { terminalOf, textOf } from './report-output.ts'

export async function listTrust(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  await terminal.result(renderTrustList(await readTrustSet(String(argv.set)), terminal.style))
  return 0
}

/** Who is in a set; or where one certificate stands among them. No signature is computed, and no verdict given. */
export async function explainTrust(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const set = await readTrustSet(String(argv.set))
  const now = chooseTime(textOf(argv, 'at'))
  if (argv.certificate === undefined) {
    await terminal.result(renderTrustExplanation(set, now, terminal.style))
    return 0
  }
  for (const [index, certificate] of (await readCertificates(String(argv.certificate))).entries()) {
    if (index > 0) await terminal.result('\n')
    await terminal.result(renderSetComparison(certificate, compareWithTrustSet(certificate, set), set, terminal.style))
  }
  return 0
}

/** The letter with names, fingerprints and set code, to be printed. */
export async function trustCard(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  await terminal.result(renderTrustCard(await readTrustSet(String(argv.set))))
  return 0
}
