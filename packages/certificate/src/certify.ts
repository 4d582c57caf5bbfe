import {
  canonicalise,
  concatBytes,
  ENGINE_VERSION,
  encodeUtf8,
  type FactsFile,
  fromHex,
  ParseError,
  type Policy,
  type Report,
  type SmallDigest,
  serializeFacts,
  serializePolicy,
  serializeReport,
  type TrustSet,
  toHex,
} from '@probatum/core'
import type { Language } from '@probatum/words'
import {
  CERTIFICATE_ID_PREFIX,
  type CertificateRequest,
  certificateDocument,
  inventoryLines,
  type ListMode,
  type Maker,
  type Paper,
  type Recorded,
  templateOf,
} from '@probatum/words/certificate'
import { messagesOf } from '@probatum/words/languages'
import { ATTACHMENT_NAMES, type CertificateFiles, readCertificateFiles } from './files.ts'
import { type Attachment, makePdf } from './make-pdf.ts'
import { FONT_FILES, SHAPER_FILES } from './text/fonts.ts'
import type { Typesetter } from './text/typesetter.ts'

/** What a certificate is made from. All texts that came with the evidence are escaped where they are printed. */
export interface CertifyInput {
  readonly report: Report
  /** What the report was judged from. Opened values in it are left out. */
  readonly facts: FactsFile
  /** Bytes of the inventory whose digest the report states. */
  readonly inventory: Uint8Array
  readonly policy: Policy
  readonly trustSet: TrustSet | null
  readonly recorded: Recorded
  /** Which program this is: the command line, or a page with its script. */
  readonly maker: Maker
  readonly template: { readonly id: string; readonly choice: string | null }
  readonly language: Language
  readonly paper: Paper
  readonly list: ListMode
  readonly labels: readonly { readonly sha256: string; readonly label: string }[]
  /** Null unless original names were asked for. */
  readonly names: readonly { readonly path: string; readonly name: string }[] | null
  /** In which times of the first page are also given, `+06:30`; absent: in UTC alone. */
  readonly utcOffset?: string | null
}

/** A certificate as PDF, unsigned, and what lies beside it. */
export interface MadeCertificate {
  readonly pdf: Uint8Array
  /** Canonical JSON, to lie beside the PDF: docs/spec/certificate-1-draft.md, section 6. */
  readonly sidecar: Uint8Array
  /** 64 hex digits. */
  readonly certificateId: string
  readonly request: CertificateRequest
}

/** What making a certificate asks of the world. */
export interface CertificatePorts {
  readonly typesetter: Typesetter
  readonly smallDigest: SmallDigest
  /** Which program this is, exactly: SHA-256 of its sources, hex. A constant of whoever builds it. */
  readonly build: string
}

/** SHA-256 over the digests of fonts and shaper: with others, the pages are others. */
export function fontSetDigest(smallDigest: SmallDigest): string {
  const lines = [...Object.values(FONT_FILES), ...Object.values(SHAPER_FILES)].map(
    ({ file, sha256 }) => `${sha256}  ${file}\n`,
  )
  return toHex(smallDigest('sha256', encodeUtf8(lines.sort().join(''))))
}

/** SHA-256 over the prefix and certificate.json, hex. Whoever has the attachments computes it with stock tools. */
export function certificateIdOf(request: Uint8Array, smallDigest: SmallDigest): string {
  return toHex(smallDigest('sha256', concatBytes(encodeUtf8(CERTIFICATE_ID_PREFIX), request)))
}

/**
 * Makes the certificate of a report, whatever its result.
 * @throws TypeError for a template, choice or language that there is not
 * @throws ParseError where report, facts, inventory, policy and trust set do not belong together
 */
export function makeCertificate(input: CertifyInput, ports: CertificatePorts): MadeCertificate {
  const { smallDigest } = ports
  const { report, template, language } = input
  const known = templateOf(template.id)
  if (known === undefined) throw new TypeError(`no template ${template.id}`)
  const isChosen =
    known.choices.length === 0 ? template.choice === null : known.choices.some(({ id }) => id === template.choice)
  if (!isChosen) throw new TypeError(`no choice ${template.choice} in the template ${template.id}`)
  if (messagesOf(language) === undefined) throw new TypeError(`no messages for ${language}`)
  const { kind } = report.body.subject
  if (kind !== 'bundle' && kind !== 'bag') throw new TypeError('a certificate is about a bundle')
  const sha256 = (bytes: Uint8Array) => toHex(smallDigest('sha256', bytes))
  const files = {
    report: serializeReport(report),
    facts: serializeFacts(input.facts),
    inventory: input.inventory,
    policy: serializePolicy(input.policy),
    trustSet: input.trustSet === null ? null : canonicalise(input.trustSet.file),
  }
  const request: CertificateRequest = {
    certificate: 'probatum/certificate/1-draft',
    engine: { name: 'probatum', version: ENGINE_VERSION, build: ports.build },
    attachments: {
      report: sha256(files.report),
      facts: sha256(files.facts),
      inventory: sha256(files.inventory),
      policy: sha256(files.policy),
      trustSet: files.trustSet === null ? null : sha256(files.trustSet),
    },
    template: { id: template.id, version: known.version, choice: template.choice },
    language,
    paper: input.paper,
    fonts: fontSetDigest(smallDigest),
    list: input.list,
    labels: [...input.labels].sort((a, b) => (a.sha256 < b.sha256 ? -1 : a.sha256 > b.sha256 ? 1 : 0)),
    names: input.names === null ? null : [...input.names].sort((a, b) => (a.path < b.path ? -1 : 1)),
    recorded: input.recorded,
    maker: input.maker,
    utcOffset: input.utcOffset ?? null,
  }
  return { ...remakeCertificate({ ...files, request: canonicalise(request) }, ports), request }
}

/**
 * Makes the PDF from the files that a certificate carries: the same bytes, when this is the version and build that made
 * it and nobody altered a page. Another build may make others: whoever compares asks for `engine.build` first.
 * @throws ParseError as readCertificateFiles does; for fonts or a version that are not these
 */
export function remakeCertificate(
  files: CertificateFiles,
  { typesetter, smallDigest }: Omit<CertificatePorts, 'build'>,
): Omit<MadeCertificate, 'request'> {
  const read = readCertificateFiles(files, smallDigest)
  const { request, report, facts, policy, trustSet } = read
  if (request.engine.version !== ENGINE_VERSION)
    throw new ParseError('ERR_REPORT', {
      where: 'certificate.json: engine.version',
      expected: ENGINE_VERSION,
      found: request.engine.version,
    })
  const fonts = fontSetDigest(smallDigest)
  if (request.fonts !== fonts)
    throw new ParseError('ERR_REPORT', { where: 'certificate.json: fonts', expected: fonts, found: request.fonts })
  const messages = messagesOf(request.language)
  if (messages === undefined) throw new TypeError(`no messages for ${request.language}`)
  const certificateId = certificateIdOf(files.request, smallDigest)
  const inventory = { [Symbol.iterator]: () => inventoryLines(files.inventory) }
  const document = certificateDocument({ report, facts, inventory, policy, trustSet, request, certificateId }, messages)
  const pdf = makePdf(document, {
    paper: request.paper,
    typesetter,
    documentId: (fromHex(certificateId) ?? new Uint8Array()).subarray(0, 16),
    created: report.body.validationTime,
    producer: `probatum ${request.engine.version}`,
    attachments: attachmentsOf(files),
  })
  return { pdf, certificateId, sidecar: sidecarOf(read, { pdf, certificateId }, smallDigest) }
}

function attachmentsOf(files: CertificateFiles): readonly Attachment[] {
  const json = (
    key: keyof typeof ATTACHMENT_NAMES,
    bytes: Uint8Array,
    relationship: Attachment['relationship'],
    description: string,
  ): Attachment => ({ name: ATTACHMENT_NAMES[key], mediaType: 'application/json', description, relationship, bytes })
  return [
    json('request', files.request, 'Data', 'What this certificate was made from; its digest is the certificate id'),
    json('report', files.report, 'Data', 'The verification report'),
    json('facts', files.facts, 'Data', 'What was computed from the content, before any judgement'),
    {
      ...json('inventory', files.inventory, 'Data', 'Every file with its digests and what the lists say of it'),
      mediaType: 'application/jsonl',
    },
    json('policy', files.policy, 'Supplement', 'The policy that the report was judged by'),
    ...(files.trustSet === null
      ? []
      : [json('trustSet', files.trustSet, 'Supplement', 'The list of keys that was believed')]),
  ]
}

/** What lies beside the PDF for whoever gets it without its attachments: printed, scanned or saved again. */
function sidecarOf(
  { request, report }: { readonly request: CertificateRequest; readonly report: Report },
  { pdf, certificateId }: { readonly pdf: Uint8Array; readonly certificateId: string },
  smallDigest: SmallDigest,
): Uint8Array {
  return canonicalise({
    sidecar: 'probatum/certificate-sidecar/1-draft',
    certificateId,
    base: { bytes: pdf.length, sha256: toHex(smallDigest('sha256', pdf)) },
    reportDigest: report.envelope.digests.whole,
    bundleId: report.body.subject.bundleId,
    request,
    report,
  })
}
