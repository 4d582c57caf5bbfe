import { basename, resolve } from 'node:path'
import { establishCertificateFacts, judge, serializeFacts } from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import type { ExitCode } from '@probatum/words'
import type { Parsed } from 'yargs'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { chooseJudgement } from '../input/judgement-input.ts'
import { aboutFile } from '../input/parse-file.ts'
import { readPathInputs } from '../input/path-inputs.ts'
import { readRevocation } from '../input/revocation-files.ts'
import { judgementOf, putReport, readAll, terminalOf, textOf, textsOf } from './report-output.ts'

/** Whether one certificate counts in a role at a time: the same report as about everything else. */
export async function verifyPath(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.certificate)
  for (const option of ['save', 'save-facts']) {
    const target = textOf(argv, option)
    if (target !== undefined) await requireNew(target, `--${option}`, [])
  }
  const pathInputs = readPathInputs(argv)
  const chosen = await chooseJudgement(judgementOf(argv), pathInputs.derive)
  const given = await readRevocation(argv)
  const intermediates = textsOf(argv, 'intermediates')
  const certificates = await readAll(intermediates)
  const target = { name: path === '-' ? '-' : basename(resolve(path)), bytes: await readWhole(path) }
  const ports = nodePorts({ jobs: 1 })
  try {
    const role = argv.role === 'time-stamp-authority' ? 'time-stamp-authority' : 'signer'
    const hints = { certificates, revocation: given.revocation }
    const factsFile = await aboutFile(path, target.bytes, 'Give one certificate, in PEM or DER.', () =>
      establishCertificateFacts(target, role, ports, hints),
    )
    const saveFacts = textOf(argv, 'save-facts')
    if (saveFacts !== undefined) await writeNew(saveFacts, serializeFacts(factsFile))
    const judgement = chosen.judgement({ digests: 'all', part: false, names: false, files: given.files })
    const report = await judge(factsFile, judgement, ports)
    return await putReport(report, argv, terminal, {
      input: path,
      intermediates,
      pathInputs: pathInputs.words,
      ...given.names,
      ...chosen.names,
    })
  } finally {
    await ports.close()
  }
}
