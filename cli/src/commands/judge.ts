import { commonCoreOf, describeGivenBeside, judge, ofSavedFacts, parseFacts } from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import type { ExitCode } from '@probatum/words'
import type { Parsed } from 'yargs'
import { readWhole, requireNew } from '../files.ts'
import { readRecipient } from '../gate/recipient-input.ts'
import { chooseJudgement } from '../input/judgement-input.ts'
import { chooseOpened, openedInFacts, putOpened } from '../input/opened-values.ts'
import { parseFile } from '../input/parse-file.ts'
import { revocationInFacts } from '../input/revocation-files.ts'
import { judgementOf, putReport, terminalOf, textOf } from './report-output.ts'

/** Saved facts under another policy, trust set or time: nothing is hashed again. */
export async function judgeSaved(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const save = textOf(argv, 'save')
  if (save !== undefined) await requireNew(save, '--save', [])
  const choice = chooseOpened(argv)
  const chosen = await chooseJudgement(judgementOf(argv))
  const path = String(argv.facts)
  const factsFile = parseFile(path, await readWhole(path), parseFacts)
  const opened = openedInFacts(factsFile, choice)
  const ports = nodePorts({ jobs: 1 })
  try {
    const judgement = chosen.judgement({
      digests: factsFile.facts.digests,
      part: argv.part === true,
      names: argv.names === true,
      recipient: await readRecipient(argv),
      files: [...revocationInFacts(factsFile.facts), ...describeGivenBeside(factsFile.facts)],
    })
    const report = ofSavedFacts(await judge(factsFile, judgement, ports))
    const code = await putReport(
      report,
      argv,
      terminal,
      { input: factsFile.container.name, ...chosen.names },
      commonCoreOf(factsFile, report, ports.smallDigest),
    )
    if (choice.isNamed && opened === null && factsFile.facts.kind === 'bundle')
      terminal.note('These facts hold no file names: they were saved without --show-opened.\n')
    await putOpened(opened, choice, argv, terminal)
    return code
  } finally {
    await ports.close()
  }
}
