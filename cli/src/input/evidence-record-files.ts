import { LIMITS } from '@probatum/core'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { readWhole } from '../files.ts'

/** The files of `--evidence-record`. One that is too large for a record is read to be told. @throws {SourceFault | InputError} */
export async function readEvidenceRecords(argv: Parsed): Promise<readonly Uint8Array[]> {
  const files: Uint8Array[] = []
  for (const name of textsOf(argv, 'evidence-record')) files.push(await readWhole(name, 2 * LIMITS.evidenceRecordBytes))
  return files
}
