import { basename, resolve } from 'node:path'
import {
  type DigestAlgorithm,
  establishTimestampFacts,
  judge,
  type RandomAccess,
  type SignedDigestAlgorithm,
  SourceFault,
  serializeFacts,
  toHex,
} from '@probatum/core'
import { nodePorts, openFileAccess } from '@probatum/platform/node'
import type { ExitCode } from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { readWhole, requireNew, SMALL_FILE, writeNew } from '../files.ts'
import { chooseJudgement } from '../judgement-input.ts'
import { judgementOf, putReport, terminalOf, textOf } from './report-output.ts'

export async function verifyTimestamp(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.token)
  const data = String(argv.data)
  if (path === '-' && data === '-')
    throw new UsageError('Token and data cannot both come from standard input.', 'Save one of them to a file.')
  for (const option of ['save', 'save-facts']) {
    const target = textOf(argv, option)
    if (target !== undefined) await requireNew(target, `--${option}`, [])
  }
  const chosen = await chooseJudgement(judgementOf(argv))
  const bytes = await readWhole(path)
  const ports = nodePorts({ jobs: 1 })
  const file = data === '-' ? undefined : await openFileAccess(data)
  try {
    const whole = file === undefined ? await readWhole('-') : undefined
    const evidence = async (algorithm: SignedDigestAlgorithm): Promise<string | null> => {
      if (whole !== undefined) return toHex(ports.smallDigest(algorithm, whole))
      if (file === undefined) return null
      if (algorithm !== 'shake128' && algorithm !== 'shake256') return digestOf(file, data, algorithm, ports)
      // Digesters need not have these; nobody stamps large files with them.
      return file.size > SMALL_FILE ? null : toHex(ports.smallDigest(algorithm, await file.read(0, file.size)))
    }
    const name = path === '-' ? '-' : basename(resolve(path))
    const factsFile = await establishTimestampFacts({ name, bytes }, evidence, ports)
    const saveFacts = textOf(argv, 'save-facts')
    if (saveFacts !== undefined) await writeNew(saveFacts, serializeFacts(factsFile))
    const judgement = chosen.judgement({ digests: 'all', part: false, names: false })
    const report = await judge(factsFile, judgement, ports)
    return await putReport(report, argv, terminal, { input: path, data, ...chosen.names })
  } finally {
    await file?.close()
    await ports.close()
  }
}

/** @throws {SourceFault} when the file cannot be read to its end */
export async function digestOf(
  file: RandomAccess,
  name: string,
  algorithm: DigestAlgorithm,
  { digester }: Pick<ReturnType<typeof nodePorts>, 'digester'>,
): Promise<string | null> {
  const extent = { container: file, offset: 0, length: file.size, method: 'stored', size: file.size } as const
  for await (const outcome of digester.digest([{ path: '', extent, algorithms: [algorithm] }], {})) {
    if (outcome.fault !== undefined) throw new SourceFault(outcome.fault.reason, name, outcome.fault.systemCode)
    return outcome.digests[algorithm] ?? null
  }
  return null
}
