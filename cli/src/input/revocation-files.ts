import {
  describeGivenRevocation,
  type Facts,
  GIVEN,
  type GivenRevocation,
  LIMITS,
  orNull,
  type PooledRevocation,
  parseCertificate,
  type ReportInputs,
  unwrapByContent,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { InputError } from '../errors.ts'
import { readWhole } from '../files.ts'
import { fileKind } from './parse-file.ts'

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
    revocation.push({ name, bytes: requireRevocation(name, await readWhole(name, 2 * LIMITS.crlBytes)) })
  return { revocation, files: describeGivenRevocation(revocation, nodeSmallDigest), names }
}

/**
 * A file of another kind, given by mistake, would only make everything undecided. One that may be what is meant and does not
 * read is for the report.
 * @throws {InputError}
 */
function requireRevocation(name: string, bytes: Uint8Array): Uint8Array {
  if (isDer(bytes) && !isCertificate(bytes)) return bytes
  const { looks } = fileKind(bytes)
  throw new InputError(
    `${escapeForDisplay(name)} is no withdrawal list (CRL) and no OCSP response.${looks === undefined ? '' : ` ${looks}`}`,
    'Nothing was checked. Give the file that the authority publishes (.crl) or answers (.ocsp), or leave the option out.',
  )
}

function isDer(bytes: Uint8Array): boolean {
  return orNull(() => unwrapByContent(bytes, 'revocation data'))?.[0] === 0x30
}

function isCertificate(bytes: Uint8Array): boolean {
  return orNull(() => parseCertificate(unwrapByContent(bytes, 'revocation data'))) !== null
}
