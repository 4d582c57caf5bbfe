import { basename, resolve } from 'node:path'
import { type EvidenceDigest, establishEvidenceRecordFacts, judge, serializeFacts } from '@probatum/core'
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

/** An evidence record with the files that it is said to be over. */
export async function verifyEvidenceRecord(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.record)
  const objects = textsOf(argv, 'data')
  if ([path, ...objects].filter((one) => one === '-').length > 1)
    throw new UsageError('Only one of record and files can come from standard input.', 'Save the others to files.')
  for (const option of ['save', 'save-facts']) {
    const target = textOf(argv, option)
    if (target !== undefined) await requireNew(target, `--${option}`, [])
  }
  const chosen = await chooseJudgement(judgementOf(argv))
  const intermediates = textsOf(argv, 'intermediates')
  const given = await readRevocation(argv)
  const hints = { certificates: await readAll(intermediates), revocation: given.revocation }
  const bytes = await readWhole(path)
  const ports = nodePorts({ jobs: 1 })
  try {
    const data: EvidenceDigest[] = []
    for (const object of objects) data.push(await digestsOf(object, ports))
    const name = path === '-' ? '-' : basename(resolve(path))
    const factsFile = await aboutFile(path, bytes, IS_RECORD, () =>
      establishEvidenceRecordFacts({ name, bytes }, data, ports, hints),
    )
    const saveFacts = textOf(argv, 'save-facts')
    if (saveFacts !== undefined) await writeNew(saveFacts, serializeFacts(factsFile))
    const judgement = chosen.judgement({ digests: 'all', part: false, names: false, files: given.files })
    const report = await judge(factsFile, judgement, ports)
    return await putReport(report, argv, terminal, {
      input: path,
      objects,
      intermediates,
      ...given.names,
      ...chosen.names,
    })
  } finally {
    await ports.close()
  }
}

/** Digests of a file, which is open while one is computed: there may be more files than a process can have open. */
async function digestsOf(path: string, ports: ReturnType<typeof nodePorts>): Promise<EvidenceDigest> {
  const first = await openEvidence(path, ports)
  if (path === '-') return first.digest
  // One that is not there is said before anything is computed.
  await first.close()
  const known = new Map<string, Promise<string | null>>()
  return (algorithm) => {
    const digest = known.get(algorithm) ?? computed(path, algorithm, ports)
    known.set(algorithm, digest)
    return digest
  }
}

async function computed(
  path: string,
  algorithm: Parameters<EvidenceDigest>[0],
  ports: ReturnType<typeof nodePorts>,
): Promise<string | null> {
  const file = await openEvidence(path, ports)
  try {
    return await file.digest(algorithm)
  } finally {
    await file.close()
  }
}

const IS_RECORD =
  'Is it the evidence record? The record is named first, and the files that it is over with --data. Else ask for the file again.'
