import { doesVerdictFollow, ParseError, parseReport } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { type ExitCode, renderExplanation } from '@probatum/words'
import type { Parsed } from 'yargs'
import { readWhole } from '../files.ts'
import { parseFile } from '../input/parse-file.ts'
import { terminalOf } from './report-output.ts'

/** Its exit code is no verdict: nothing was checked again. */
export async function explain(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.report)
  const bytes = await readWhole(path)
  // `--json` ends its line, for programs that read lines; the report itself does not.
  const report = parseFile(path, bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes, (whole) =>
    parseReport(whole, nodeSmallDigest),
  )
  if (!doesVerdictFollow(report.body)) {
    const expected = 'the verdict that its findings give: it was altered'
    throw new ParseError('ERR_REPORT', { where: 'report body.assessment', expected })
  }
  await terminal.result(renderExplanation(report, terminal.style))
  return 0
}
