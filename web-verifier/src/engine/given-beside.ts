import type { SmallDigest } from '@probatum/core'
import {
  describeGivenBeside,
  describeGivenRevocation,
  type FactsFile,
  type GivenRevocation,
  type PooledRevocation,
  type ReportInputs,
  toHex,
} from '@probatum/core'
import { type Choice, EngineError, type Subject } from './engine.ts'
import type { IntakeDesk } from './intake.ts'

/** What goes with a run besides its subject. */
export interface GivenBeside {
  readonly revocation: readonly GivenRevocation[]
  readonly disclosures: readonly Uint8Array[]
  readonly notices: readonly Uint8Array[]
  readonly evidenceRecords: readonly Uint8Array[]
  /** What lies beside certificates as PDF. */
  readonly sidecars: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly files: ReportInputs['files']
}

/** CRLs, OCSP responses, later openings, notices and evidence records that were chosen with the run. */
export async function readBeside(desk: IntakeDesk, choice: Choice, smallDigest: SmallDigest): Promise<GivenBeside> {
  const revocation: GivenRevocation[] = []
  const disclosures: Uint8Array[] = []
  const notices: Uint8Array[] = []
  const evidenceRecords: Uint8Array[] = []
  const { beside, subjects } = desk.intake
  const sidecars: GivenBeside['sidecars'][number][] = []
  for (const id of choice.beside) {
    const isRecord = subjects.some((each) => each.kind === 'evidence-record' && each.file === id)
    const kind = isRecord ? 'evidence-record' : beside.find(({ file }) => file === id)?.kind
    const { name, access } = desk.fileOf(id)
    const bytes = await access.read(0, access.size)
    if (kind === 'crl' || kind === 'ocsp') revocation.push({ name, bytes })
    else if (kind === 'disclosures') disclosures.push(bytes)
    else if (kind === 'notice') notices.push(bytes)
    else if (kind === 'evidence-record') evidenceRecords.push(bytes)
    else if (kind === 'sidecar') sidecars.push({ name, bytes })
    else throw new EngineError({ kind: 'choice', what: 'beside' })
  }
  const files = describeGivenRevocation(revocation, smallDigest)
  return { revocation, disclosures, notices, evidenceRecords, sidecars, files }
}

/** Of a certificate as PDF the sidecar that it was compared with. */
export function sidecarFiles(
  desk: IntakeDesk,
  subject: Subject,
  { sidecars }: GivenBeside,
  smallDigest: SmallDigest,
): ReportInputs['files'] {
  const sidecar = subject.kind === 'document' ? sidecarOf(desk.fileOf(subject.file).name, sidecars) : undefined
  return sidecar === undefined ? [] : [{ kind: 'sidecar', sha256: toHex(smallDigest('sha256', sidecar.bytes)) }]
}

/** What was given when facts were made: the same report states it again. */
export function filesInFacts({ facts }: FactsFile): ReportInputs['files'] {
  const of = (kind: 'crl' | 'ocsp', pool: readonly PooledRevocation[]) =>
    pool.filter(({ source }) => source === 'given').map(({ sha256 }) => ({ kind, sha256 }))
  return [...of('crl', facts.revocation.crls), ...of('ocsp', facts.revocation.ocsp), ...describeGivenBeside(facts)]
}

/** The sidecar of a certificate: the one that is named after it, else the only one. */
export function sidecarOf(
  name: string,
  sidecars: GivenBeside['sidecars'],
): GivenBeside['sidecars'][number] | undefined {
  const named = sidecars.find((each) => each.name === `${name}.json`)
  return named ?? (sidecars.length === 1 ? sidecars[0] : undefined)
}
