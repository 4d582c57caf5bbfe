import { LIMITS } from '@probatum/core'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { readWhole } from '../files.ts'

/** What is given beside a bundle and is about it: later openings, notices, evidence records. */
export interface GivenBeside {
  readonly disclosures: readonly Uint8Array[]
  readonly notices: readonly Uint8Array[]
  readonly evidenceRecords: readonly Uint8Array[]
}

/**
 * The files of `--disclosures`, `--notices` and `--evidence-record`. One that is too large for a notice or a record is read to be
 * told.
 * @throws {SourceFault | InputError}
 */
export async function readGivenBeside(argv: Parsed): Promise<GivenBeside> {
  return {
    disclosures: await readAll(argv, 'disclosures', LIMITS.jsonLinesWholeBytes),
    notices: await readAll(argv, 'notices', 2 * LIMITS.statementBytes),
    evidenceRecords: await readAll(argv, 'evidence-record', 2 * LIMITS.evidenceRecordBytes),
  }
}

/** The names of the same files, for the command that is told with a result. */
export function namesGivenBeside(argv: Parsed): Readonly<Record<keyof GivenBeside, readonly string[]>> {
  return {
    disclosures: textsOf(argv, 'disclosures'),
    notices: textsOf(argv, 'notices'),
    evidenceRecords: textsOf(argv, 'evidence-record'),
  }
}

async function readAll(argv: Parsed, option: string, limit: number): Promise<readonly Uint8Array[]> {
  const files: Uint8Array[] = []
  for (const name of textsOf(argv, option)) files.push(await readWhole(name, limit))
  return files
}
