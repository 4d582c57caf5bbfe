import type { Report } from '@probatum/core'
import { quoteForShell } from './quote.ts'

/** How the input, policy and trust set were named in the call, so that the call can be written down again. */
export interface CommandNames {
  readonly input: string
  readonly policy: string
  readonly trustSet: string | null
  /** `timestamp verify`: the file that the token is said to be over. */
  readonly data?: string
  /** `evidence-record verify`: the files that the record is said to be over. */
  readonly objects?: readonly string[]
  /** `signature verify`: the file that the signature is said to be over. */
  readonly content?: string
  readonly tokens?: readonly string[]
  readonly intermediates?: readonly string[]
  /**
   * `path verify`: the inputs of RFC 5280 §6.1.1; `certificate check`: what was given beside the certificate. Words of the
   * command line, quoted where they need it.
   */
  readonly pathInputs?: readonly string[]
  readonly crl?: readonly string[]
  readonly ocsp?: readonly string[]
  readonly disclosures?: readonly string[]
  readonly notices?: readonly string[]
  readonly evidenceRecords?: readonly string[]
  /** Files with keys, of an encrypted bundle. */
  readonly identity?: readonly string[]
}

/** A certificate was asked about as a time-stamp authority's. */
function isOfAuthority({ body }: Report): boolean {
  return body.findings.some(({ id }) => id.startsWith('timestamp.'))
}

/** Somebody's key opened it; whose file that was the report does not say. */
function identitiesFor({ envelope }: Report): readonly string[] {
  return envelope.container.oddities.some(({ id }) => id === 'encryption.recipients') ? ['KEY-FILE'] : []
}

/** The call that gives the same body on another computer, for a POSIX shell. */
export function commandOf(report: Report, names?: CommandNames): string {
  const { body, envelope } = report
  const { inputs } = body
  const { kind } = body.subject
  const words =
    kind === 'certificate'
      ? ['path', 'verify']
      : kind === 'document'
        ? ['certificate', 'check']
        : kind === 'timestamp' || kind === 'signature' || kind === 'evidence-record'
          ? [kind, 'verify']
          : ['verify']
  words.push(quoteForShell(names?.input ?? envelope.container.name))
  for (const file of names?.identity ?? identitiesFor(report)) words.push('--identity', quoteForShell(file))
  if (kind === 'timestamp') words.push('--data', quoteForShell(names?.data ?? 'FILE'))
  if (kind === 'evidence-record')
    for (const file of names?.objects ?? ['FILE']) words.push('--data', quoteForShell(file))
  if (kind === 'signature') words.push('--content', quoteForShell(names?.content ?? 'FILE'))
  if (kind === 'certificate') words.push('--role', isOfAuthority(report) ? 'time-stamp-authority' : 'signer')
  for (const token of names?.tokens ?? []) words.push('--tokens', quoteForShell(token))
  for (const certificate of names?.intermediates ?? []) words.push('--intermediates', quoteForShell(certificate))
  words.push(...(names?.pathInputs ?? []))
  for (const file of names?.crl ?? []) words.push('--crl', quoteForShell(file))
  for (const file of names?.ocsp ?? []) words.push('--ocsp', quoteForShell(file))
  for (const file of names?.disclosures ?? []) words.push('--disclosures', quoteForShell(file))
  for (const file of names?.notices ?? []) words.push('--notices', quoteForShell(file))
  for (const file of names?.evidenceRecords ?? []) words.push('--evidence-record', quoteForShell(file))
  // Without their names they are asked for by what they are.
  if (names?.disclosures === undefined)
    for (const { kind } of inputs.files) if (kind === 'disclosures') words.push('--disclosures', 'FILE')
  if (names?.notices === undefined)
    for (const { kind } of inputs.files) if (kind === 'notice') words.push('--notices', 'FILE')
  if (names?.evidenceRecords === undefined)
    for (const { kind } of inputs.files) if (kind === 'evidence-record') words.push('--evidence-record', 'FILE')
  if (names?.crl === undefined)
    for (const { kind } of inputs.files) if (kind === 'crl' || kind === 'ocsp') words.push(`--${kind}`, 'FILE')
  words.push('--policy', quoteForShell(names?.policy ?? body.policy.id))
  if (body.trustSet !== null) words.push('--trust-set', quoteForShell(names?.trustSet ?? 'TRUST-SET-FILE'))
  if (inputs.setCode === 'confirmed') words.push('--trust-code', 'CODE-FROM-THE-LETTER')
  words.push('--at', body.validationTime)
  if (inputs.digests !== 'all') words.push('--digests', quoteForShell(inputs.digests.join(',')))
  if (inputs.part) words.push('--part')
  if (inputs.names) words.push('--names')
  if (inputs.recipient !== null) words.push('--recipient', quoteForShell(inputs.recipient))
  return `probatum ${words.join(' ')}`
}
