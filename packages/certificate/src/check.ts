import {
  type DocumentFacts,
  ENGINE_VERSION,
  establishDocumentFacts,
  type FactsFile,
  type GivenRevocation,
  judge,
  orNull,
  ParseError,
  type ParseFailure,
  type Policy,
  type Ports,
  parseInstant,
  type Report,
  type TrustSet,
} from '@probatum/core'
import { fontSetDigest, remakeCertificate } from './certify.ts'
import { dataOf, type FoundData, NO_DATA } from './check-data.ts'
import { type BundleRead, compareBundle } from './compare-bundle.ts'
import { compareBase, compareShown, type Made } from './compare-pages.ts'
import { comparePrinted, compareSidecar } from './compare-sidecar.ts'
import { pagesOf } from './reading/pages.ts'
import { PdfFile } from './reading/pdf-file.ts'
import { revisionsOf } from './reading/revisions.ts'
import { signaturesOf, storeOf } from './reading/signatures.ts'
import { isKnownTemplate } from './request.ts'
import { parseSidecar, type Sidecar } from './sidecar.ts'
import type { Typesetter } from './text/typesetter.ts'

/** What checking a certificate asks of the world. */
export interface CheckPorts extends Pick<Ports, 'signatures' | 'smallDigest'> {
  readonly typesetter: Typesetter
  /** SHA-256 of this program's sources, hex: see CertificatePorts. */
  readonly build: string
}

/** A file that is said to be a certificate, and what was given with it. Certificates are DER. */
export interface CheckInput {
  readonly name: string
  readonly bytes: Uint8Array
  readonly certificates: readonly Uint8Array[]
  readonly revocation: readonly GivenRevocation[]
  /**
   * Reads the bundle again that was given; null when none was. Called once, with what the certificate carries, so that the
   * bundle is read under the digests that it was read under then.
   */
  readonly bundle: ((attached: AttachedJudgement | null) => Promise<BundleRead>) | null
  /** What lies beside the certificate. */
  readonly sidecar: Uint8Array | null
  /** Digests that somebody read on the pages and typed, hex. */
  readonly printed: readonly string[]
}

/** The attached data, read: what the certificate was judged by. */
export interface AttachedJudgement {
  readonly report: Report
  readonly facts: FactsFile
  /** Bytes of the inventory whose digest the report states. */
  readonly inventory: Uint8Array
  readonly policy: Policy
  readonly policySha256: string
  readonly trustSet: TrustSet | null
}

/** Facts about a certificate, to be judged like any others, and the judgement that it carries. */
export interface CheckedCertificate {
  readonly factsFile: FactsFile
  /** Null where the data do not read or do not agree. */
  readonly attached: AttachedJudgement | null
}

const NO_STORE = { certificates: [], crls: [], ocsps: [] }

/**
 * Reads a PDF certificate and establishes everything that can be said of it without a policy, a trust set or a time. It
 * makes the certificate again from its data where this is the version that made it. What another build of the version made
 * and this one makes too is the same; where they differ, that says nothing, because another build may print other words.
 * @throws ParseError for what is no PDF at all, and for a sidecar that does not read
 */
export async function establishCertificate(input: CheckInput, ports: CheckPorts): Promise<CheckedCertificate> {
  const { smallDigest } = ports
  const sidecar = input.sidecar === null ? null : parseSidecar(input.sidecar, smallDigest)
  const opened = openPdf(input.bytes)
  const hints = { certificates: input.certificates, revocation: input.revocation }
  const beside = { name: input.name, bytes: input.bytes, hints }
  if (opened.file === null) {
    const read = input.bundle === null ? null : await input.bundle(null)
    const document = unreadable(opened.failure, read, input.printed, sidecar)
    return {
      factsFile: await establishDocumentFacts({ ...beside, document, signatures: [], store: NO_STORE }, ports),
      attached: null,
    }
  }
  const { file } = opened
  const found = dataOf(file, smallDigest)
  const attached = attachedIn(found)
  const bundle = input.bundle === null ? null : await input.bundle(attached)
  // Making the pages again takes memory enough by itself.
  file.release()
  const remade = remake(found, ports)
  const isOwn = isOwnBuild(found, ports)
  const made: Made =
    isOwn || compareBase(input.bytes, remade).state === 'same' || remade.state !== 'made'
      ? remade
      : { state: 'other-version' }
  const revisions = revisionsOf(file)
  const { signatures, omitted } = orNull(() => signaturesOf(file, revisions)) ?? { signatures: [], omitted: 0 }
  const base = compareBase(input.bytes, made)
  const isClean =
    base.state === 'same' && revisions.length > 0 && revisions.every(({ changes }) => changes.length === 0)
  const document: DocumentFacts = {
    failure: null,
    revisions,
    signatures: signatures.map(({ facts }) => facts),
    signaturesOmitted: omitted,
    data: found.data,
    base,
    shown: compareShown(file, made, isClean),
    report: { state: await judgeAgain(found, ports) },
    bundle: bundle === null ? null : compareBundle(bundle, found, isOwn),
    sidecar: sidecar === null ? null : compareSidecar(sidecar, found, input.printed, file),
  }
  const store = orNull(() => storeOf(file)) ?? NO_STORE
  return {
    factsFile: await establishDocumentFacts({ ...beside, document, signatures, store }, ports),
    attached,
  }
}

function attachedIn({ read, files }: FoundData): AttachedJudgement | null {
  if (read === null || files === null) return null
  const { report, facts, policy, request, trustSet } = read
  const { inventory } = files
  return { report, facts, inventory, policy, policySha256: request.attachments.policy, trustSet }
}

/** The first bytes decide whether it is a PDF; everything after them is a fact about one. */
function openPdf(
  bytes: Uint8Array,
): { readonly file: PdfFile; readonly failure: null } | { readonly file: null; readonly failure: ParseFailure } {
  try {
    const file = new PdfFile(bytes)
    // What every reader needs must read, and read once.
    file.readAll()
    pagesOf(file)
    return { file, failure: null }
  } catch (error) {
    if (!(error instanceof ParseError) || error.detail.where === 'header') throw error
    const { where, offset, spec } = error.detail
    return { file: null, failure: { code: error.code, where, offset: offset ?? null, spec: spec ?? null } }
  }
}

function unreadable(
  failure: ParseFailure,
  bundle: BundleRead | null,
  printed: readonly string[],
  sidecar: Sidecar | null,
): DocumentFacts {
  const nothing = { base: { state: 'no-data', bytes: null, firstDifference: null, differing: null } } as const
  return {
    failure,
    revisions: [],
    signatures: [],
    signaturesOmitted: 0,
    data: NO_DATA,
    ...nothing,
    shown: { state: 'no-data', pages: null, expectedPages: null, pieces: null, found: null, firstPage: null },
    report: { state: 'no-data' },
    bundle: bundle === null ? null : { state: 'no-data', contentSha256: bundle.factsFile.facts.content.sha256 },
    sidecar: sidecar === null ? null : comparePrinted(sidecar, printed),
  }
}

/** Whether this very program made it, by what the certificate says of itself. */
const isOwnBuild = ({ data }: FoundData, { build }: CheckPorts): boolean =>
  data.version === ENGINE_VERSION && data.build === build

function remake({ files, read, data }: FoundData, ports: CheckPorts): Made {
  if (data.version !== null && data.version !== ENGINE_VERSION) return { state: 'other-version' }
  if (files === null || read === null) return { state: 'no-data' }
  if (read.request.fonts !== fontSetDigest(ports.smallDigest) || !isKnownTemplate(read.request.template))
    return { state: 'other-version' }
  return { state: 'made', pdf: remakeCertificate(files, ports).pdf }
}

/** The attached facts under the attached policy, trust set and time: whether they give the attached report. */
async function judgeAgain(found: FoundData, ports: CheckPorts): Promise<DocumentFacts['report']['state']> {
  const { read, data } = found
  if (read === null) return 'no-data'
  if (data.version !== ENGINE_VERSION) return 'other-version'
  const { body, envelope } = read.report
  const validationTime = parseInstant(body.validationTime)
  if (validationTime === undefined) return 'differs'
  const again = await judge(
    read.facts,
    {
      policy: read.policy,
      policySha256: body.policy.sha256,
      trustSet: read.trustSet,
      validationTime,
      inputs: body.inputs,
    },
    ports,
  )
  if (again.envelope.digests.whole === envelope.digests.whole) return 'follows'
  return isOwnBuild(found, ports) ? 'differs' : 'other-version'
}
