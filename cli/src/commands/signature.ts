import { basename, resolve } from 'node:path'
import { establishSignatureFacts, judge, serializeFacts } from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import type { ExitCode } from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { openEvidence } from '../input/evidence-file.ts'
import { chooseJudgement } from '../input/judgement-input.ts'
import { aboutFile } from '../input/parse-file.ts'
import { readRevocation } from '../input/revocation-files.ts'
import { judgementOf, putReport, readAll, terminalOf, textOf, textsOf } from './report-output.ts'

/** A CMS signature with the file that it is said to be over, and the time-stamps over it. */
export async function verifySignature(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.signature)
  const content = String(argv.content)
  if (path === '-' && content === '-')
    throw new UsageError('Signature and content cannot both come from standard input.', 'Save one of them to a file.')
  for (const option of ['save', 'save-facts']) {
    const target = textOf(argv, option)
    if (target !== undefined) await requireNew(target, `--${option}`, [])
  }
  const chosen = await chooseJudgement(judgementOf(argv))
  const [tokens, intermediates] = [textsOf(argv, 'tokens'), textsOf(argv, 'intermediates')]
  const given = await readRevocation(argv)
  const hints = {
    tokens: await readAll(tokens),
    certificates: await readAll(intermediates),
    revocation: given.revocation,
  }
  const bytes = await readWhole(path)
  const ports = nodePorts({ jobs: 1 })
  try {
    const evidence = await openEvidence(content, ports)
    try {
      const name = path === '-' ? '-' : basename(resolve(path))
      const over = { digest: evidence.digest, bytes: await evidence.bytes() }
      const factsFile = await aboutFile(path, bytes, IS_SIGNATURE, () =>
        establishSignatureFacts({ name, bytes }, over, ports, hints),
      )
      const saveFacts = textOf(argv, 'save-facts')
      if (saveFacts !== undefined) await writeNew(saveFacts, serializeFacts(factsFile))
      const judgement = chosen.judgement({ digests: 'all', part: false, names: false, files: given.files })
      const report = await judge(factsFile, judgement, ports)
      const names = { input: path, content, tokens, intermediates, ...given.names, ...chosen.names }
      return await putReport(report, argv, terminal, names)
    } finally {
      await evidence.close()
    }
  } finally {
    await ports.close()
  }
}

const IS_SIGNATURE =
  'Is it the signature? The signature is named first, and the file that it is over with --content. Else ask for the file again.'
