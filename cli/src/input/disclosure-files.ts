import { LIMITS } from '@probatum/core'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { readWhole } from '../files.ts'

/** The files of `--disclosures`: later openings of one bundle. @throws {SourceFault | InputError} */
export async function readDisclosureFiles(argv: Parsed): Promise<readonly Uint8Array[]> {
  const files: Uint8Array[] = []
  for (const name of textsOf(argv, 'disclosures')) files.push(await readWhole(name, LIMITS.jsonLinesWholeBytes))
  return files
}
