import { type DigestAlgorithm, type Finding, parseInstant, type Report } from '@probatum/core'
import { quoteForShell } from './quote.ts'
import { logCommandOf } from './steps-log.ts'

export interface SignatureStep {
  /** Path in the bundle, e.g. `seal/1/tagmanifest-sha256.txt.p7s`. */
  readonly file: string
  /** The tag manifest that it is over. */
  readonly covers: string
  /** `attime`: seconds since 1970, the moment at which the certificates are looked at; null for now. */
  readonly tokens: readonly { readonly file: string; readonly attime: number | null }[]
}

/** The stock tool of a digest. */
const SUMS: Readonly<Partial<Record<DigestAlgorithm, string>>> = {
  md5: 'md5sum',
  sha1: 'sha1sum',
  sha224: 'sha224sum',
  sha256: 'sha256sum',
  sha384: 'sha384sum',
  sha512: 'sha512sum',
}

function attimeOption(attime: number | null): string {
  return attime === null ? '' : ` -attime ${attime}`
}

/** `-no-CApath -no-CAstore`: else openssl believes the system's own store beside the roots that are given. */
export function cmsCommand(
  signature: SignatureStep,
  quote: (text: string) => string,
  roots: string,
  sink: string,
): string {
  const attime = signature.tokens.find((token) => token.attime !== null)?.attime ?? null
  return `openssl cms -verify -cades -binary -inform DER -in ${quote(signature.file)} -content ${quote(signature.covers)} -CAfile ${roots} -no-CApath -no-CAstore -purpose any${attimeOption(attime)} -out ${sink}`
}

/** The stock command over one list; null where no stock tool knows the digest. */
export function sumsCommand(manifest: string, algorithm: DigestAlgorithm | null): string | null {
  const tool = algorithm === null ? undefined : SUMS[algorithm]
  return tool === undefined ? null : `${tool} --strict --quiet -c ${quoteForShell(manifest)}`
}

export function tsCommand(
  token: SignatureStep['tokens'][number],
  data: string,
  quote: (text: string) => string,
  roots: string,
): string {
  return `openssl ts -verify -in ${quote(token.file)} -data ${quote(data)} -CAfile ${roots}${attimeOption(token.attime)}`
}

/** The signatures of a report, for the commands: names below `seal/1/` as the format has them. */
export function signatureSteps({ body }: Report): readonly SignatureStep[] {
  const inSeal = (file: string) => (file.startsWith('seal/') ? file : `seal/1/${file}`)
  return body.signatures.map(({ file, timestamps }) => ({
    file: inSeal(file),
    covers: inSeal(file)
      .replace(/^.*\//, '')
      .replace(/(?:\.mldsa)?\.p7s$/, ''),
    tokens: timestamps.map((token) => ({
      file: inSeal(token.file),
      attime: token.genTime === null ? null : (parseInstant(token.genTime)?.epochSeconds ?? null),
    })),
  }))
}

/** The first time-stamp of a level, checked at the time that it states. */
function levelCommandOf({ subject, evidence }: Finding): string | undefined {
  const stated = evidence.find(({ name }) => name.startsWith('genTime '))
  if (stated === undefined) return undefined
  const attime = parseInstant(stated.found ?? '')?.epochSeconds ?? null
  const file = stated.name.slice('genTime '.length)
  return tsCommand({ file, attime }, `${subject.name}sums-sha512.txt`, quoteForShell, 'tsa-roots.pem')
}

/** The stock command that checks again what a finding says, in the bundle's folder; undefined where none exists. */
export function stockCommandOf(finding: Finding, report: Report): string | undefined {
  const { name } = finding.subject
  const q = quoteForShell
  const manifest = /(?:^|\/)(?:tag)?manifest-(md5|sha1|sha224|sha256|sha384|sha512)\.txt$/.exec(name)
  if (/^(?:payload|tag)\.(?:digest|present)$/.test(finding.id) && manifest !== null)
    return `${manifest[1]}sum --strict --quiet -c ${q(name)}`
  if (finding.id === 'renewal.sums') return `sha512sum --strict --quiet -c ${q(name)}`
  if (finding.id === 'renewal.token') return levelCommandOf(finding)
  const { kind } = report.body.subject
  const at = parseInstant(report.body.validationTime)?.epochSeconds ?? null
  // Its time-stamps lie inside it, and no stock command takes them out.
  if (kind === 'evidence-record') return undefined
  if (kind === 'certificate') {
    if (finding.id !== 'signer.path' && finding.id !== 'timestamp.path') return undefined
    const purpose = finding.id === 'timestamp.path' ? 'timestampsign' : 'any'
    return `openssl verify -CAfile roots.pem -no-CApath -no-CAstore -untrusted intermediates.pem -purpose ${purpose}${attimeOption(at)} ${q(report.envelope.container.name)}`
  }
  if (kind === 'signature') {
    // Its time-stamps may lie inside it, where no stock command looks.
    if (!finding.id.startsWith('signature.') && !finding.id.startsWith('signer.')) return undefined
    const best = report.body.bestSignatureTime
    const attime = best === null ? at : (parseInstant(best)?.epochSeconds ?? null)
    const tokens = [{ file: '', attime }]
    return cmsCommand(
      { file: report.envelope.container.name, covers: 'FILE', tokens },
      q,
      'signer-roots.pem',
      '/dev/null',
    )
  }
  const ofLog = kind === 'bundle' ? logCommandOf(finding.id) : undefined
  if (ofLog !== undefined) return ofLog
  if (finding.id.startsWith('signature.') || finding.id.startsWith('signer.')) {
    const signature = firstNamed(stepsByName(report).signatures, name)
    return signature === undefined ? undefined : cmsCommand(signature, q, 'signer-roots.pem', '/dev/null')
  }
  if (report.body.subject.kind === 'timestamp') {
    if (!finding.id.startsWith('timestamp.')) return undefined
    const token = { file: report.envelope.container.name, attime: stepsByName(report).attime }
    return tsCommand(token, 'FILE', q, 'tsa-roots.pem')
  }
  const stamp = finding.id.startsWith('timestamp.') ? firstNamed(stepsByName(report).tokens, name) : undefined
  return stamp === undefined ? undefined : tsCommand(stamp.token, stamp.over, q, 'tsa-roots.pem')
}

/** What is looked for once for each finding. */
interface StepsByName {
  /** By file, the first of two with one name. */
  readonly signatures: ReadonlyMap<string, SignatureStep & Placed>
  readonly tokens: ReadonlyMap<
    string,
    Placed & { readonly token: SignatureStep['tokens'][number]; readonly over: string }
  >
  /** That a lone time-stamp was believed at, seconds since 1970; null where none is told. */
  readonly attime: number | null
}

interface Placed {
  readonly place: number
}

const steps = new WeakMap<Report['body'], StepsByName>()

function stepsByName(report: Report): StepsByName {
  const known = steps.get(report.body)
  if (known !== undefined) return known
  const signatures = new Map<string, SignatureStep & Placed>()
  const tokens = new Map<string, Placed & { token: SignatureStep['tokens'][number]; over: string }>()
  for (const step of signatureSteps(report)) {
    if (!signatures.has(step.file)) signatures.set(step.file, { ...step, place: signatures.size })
    for (const token of step.tokens)
      if (!tokens.has(token.file)) tokens.set(token.file, { token, over: step.file, place: tokens.size })
  }
  const evidence = report.body.findings.find(({ id }) => id === 'timestamp.believed')?.evidence ?? []
  const attime = evidence.find((one) => one.name === 'attime')?.found
  const made = { signatures, tokens, attime: attime === undefined ? null : Number(attime) }
  steps.set(report.body, made)
  return made
}

/** Findings name files of a seal with and without their folder. */
function firstNamed<T extends Placed>(among: ReadonlyMap<string, T>, name: string): T | undefined {
  const [one, other] = [among.get(name), among.get(`seal/1/${name}`)]
  return one === undefined || (other !== undefined && other.place < one.place) ? other : one
}
