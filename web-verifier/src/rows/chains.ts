import { type FactsFile, type Finding, fromBase64, type Report } from '@probatum/core'

/** One certificate of a chain, from the key that signed upwards. */
export interface ChainLink {
  /** Of the certificate's DER, hex. */
  readonly sha256: string
  /** DER; null where the facts do not have it (an anchor of the list that the bundle does not bring). */
  readonly der: Uint8Array | null
  /** The entry on the list that was chosen. */
  readonly isAnchor: boolean
}

export interface ChainOf {
  /** `certificate`: the one that is asked about by itself, which need not have made anything. */
  readonly what: 'seal' | 'signature' | 'time-stamp' | 'certificate'
  readonly file: string
  readonly links: readonly ChainLink[]
  /** The conclusion about the chain. */
  readonly finding: Finding | null
  /** Name of the entry in the list; null when no chain leads there. */
  readonly anchorLabel: string | null
}

const found = (finding: Finding | undefined, name: string) =>
  finding?.evidence.find((evidence) => evidence.name === name)?.found

/** `LEAF > ISSUER > anchor ROOT`, as the finding about a path writes it. */
function linksOf(path: string, ders: ReadonlyMap<string, Uint8Array>): ChainLink[] {
  return path.split(' > ').flatMap((step) => {
    const isAnchor = step.startsWith('anchor ')
    const sha256 = isAnchor ? step.slice('anchor '.length) : step
    return /^[0-9a-f]{64}$/.test(sha256) ? [{ sha256, der: ders.get(sha256) ?? null, isAnchor }] : []
  })
}

/**
 * The chains that were judged, one for each seal and time-stamp. Where none leads to the list, the certificate of the
 * maker alone: who could vouch for it is for the finding to say.
 */
export function chainsOf(report: Report, { facts }: FactsFile): readonly ChainOf[] {
  const ders = new Map<string, Uint8Array>()
  for (const { sha256, der } of facts.certificates) {
    const bytes = fromBase64(der)
    if (bytes !== undefined) ders.set(sha256, bytes)
  }
  const conclusions = report.body.findings.filter(
    ({ id, role }) => role === undefined && (id === 'signer.path' || id === 'timestamp.path'),
  )
  return conclusions.map((finding) => {
    const path = found(finding, 'path')
    const maker =
      found(
        report.body.findings.find(
          ({ id, subject }) =>
            (id === 'signature.signing-certificate' || id === 'timestamp.signing-certificate') &&
            subject.name === finding.subject.name,
        ),
        'certificate',
      ) ?? report.body.signatures.find(({ file }) => sameFile(file, finding.subject.name))?.signer?.sha256
    return {
      what: whatOf(report, finding),
      file: finding.subject.name,
      links: linksOf(path ?? maker ?? '', ders),
      finding,
      anchorLabel: found(finding, 'anchor') ?? null,
    } as const
  })
}

function whatOf({ body: { subject } }: Report, { id }: Finding): ChainOf['what'] {
  if (subject.kind === 'certificate') return 'certificate'
  if (id !== 'signer.path') return 'time-stamp'
  return subject.kind === 'bundle' || subject.kind === 'bag' ? 'seal' : 'signature'
}

function sameFile(file: string, name: string): boolean {
  return file === name || name.endsWith(`/${file}`)
}

/** RFC 7468 §5.1 */
export function pemOf(der: Uint8Array, base64: (bytes: Uint8Array) => string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64(der).replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`
}
