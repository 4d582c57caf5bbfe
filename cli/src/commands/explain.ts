import { doesVerdictFollow, ParseError, parseReport } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { type ExitCode, renderExplanation } from '@probatum/words'
import type { Parsed } from 'yargs'
import { readWhole } from '../files.ts'
import { terminalOf } from './report-output.ts'

/** Its exit code is no verdict: nothing was checked again. */
export async function explain(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const bytes = await readWhole(String(argv.report))
  // `--json` ends its line, for programs that read lines; the report itself does not.
  const report = parseReport(bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes, nodeSmallDigest)
  if (!doesVerdictFollow(report.body)) {
    const expected = 'the verdict that its findings give: it was altered'
    throw new ParseError('ERR_REPORT', { where: 'report body.assessment', expected })
  }
  await terminal.result(renderExplanation(report, terminal.style))
  return 0
}
