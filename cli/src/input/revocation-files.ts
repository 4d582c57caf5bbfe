import {
  describeGivenRevocation,
  type Facts,
  GIVEN,
  type GivenRevocation,
  LIMITS,
  type PooledRevocation,
  type ReportInputs,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { readWhole } from '../files.ts'

export interface GivenFiles {
  readonly revocation: readonly GivenRevocation[]
  /** As they stand in the report. */
  readonly files: ReportInputs['files']
  /** As they were typed, to be typed again. */
  readonly names: { readonly crl: readonly string[]; readonly ocsp: readonly string[] }
}

/** What was given when facts were made: the same report states it again. A file in PEM is named by the DER in it. */
export function revocationInFacts({ revocation }: Facts): ReportInputs['files'] {
  const of = (kind: 'crl' | 'ocsp', pool: readonly PooledRevocation[]) =>
    pool.filter(({ source }) => source === GIVEN).map(({ sha256 }) => ({ kind, sha256 }))
  return [...of('crl', revocation.crls), ...of('ocsp', revocation.ocsp)]
}

/** The files of `--crl` and `--ocsp`; which of the two one is, is told by its content. @throws {SourceFault | InputError} */
export async function readRevocation(argv: Parsed): Promise<GivenFiles> {
  const names = { crl: textsOf(argv, 'crl'), ocsp: textsOf(argv, 'ocsp') }
  const revocation: GivenRevocation[] = []
  for (const name of [...names.crl, ...names.ocsp])
    revocation.push({ name, bytes: await readWhole(name, 2 * LIMITS.crlBytes) })
  return { revocation, files: describeGivenRevocation(revocation, nodeSmallDigest), names }
}
