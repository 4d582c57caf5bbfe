import {
  type Assessment,
  canonicalise,
  type DocumentData,
  type DocumentFacts,
  ENGINE_VERSION,
  equalBytes,
  establishDocumentFacts,
  type FactsFile,
  type GivenRevocation,
  isJsonObject,
  judge,
  ParseError,
  type ParseFailure,
  type Policy,
  type Ports,
  parseInstant,
  parseJson,
  type Report,
  type SmallDigest,
  type TrustSet,
} from '@probatum/core'
import { certificateIdOf, fontSetDigest, remakeCertificate } from './certify.ts'
import { compareBase, compareShown, type Made } from './compare-pages.ts'
import { ATTACHMENT_NAMES, type CertificateFiles, type ReadCertificateFiles, readCertificateFiles } from './files.ts'
import { attachmentsOf } from './reading/attachments.ts'
import { pagesOf, textOfPage } from './reading/pages.ts'
import { orFailure } from './reading/pdf-error.ts'
import { PdfFile } from './reading/pdf-file.ts'
import { revisionsOf } from './reading/revisions.ts'
import { signaturesOf, storeOf } from './reading/signatures.ts'
import { isKnownTemplate } from './request.ts'
import { parseSidecar, type Sidecar } from './sidecar.ts'
import type { Typesetter } from './text/typesetter.ts'

export interface CheckPorts extends Pick<Ports, 'signatures' | 'smallDigest'> {
  readonly typesetter: Typesetter
  /** SHA-256 of this program's sources, hex: see CertificatePorts. */
  readonly build: string
}

export interface CheckInput {
  readonly name: string
  readonly bytes: Uint8Array
  readonly certificates: readonly Uint8Array[]
  readonly revocation: readonly GivenRevocation[]
  /** Facts and inventory of a bundle that was read again; null when none was given. */
  readonly bundle: { readonly factsFile: FactsFile; readonly inventory: Uint8Array } | null
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

export interface CheckedCertificate {
  readonly factsFile: FactsFile
  /** Null where the data do not read or do not agree. */
  readonly attached: AttachedJudgement | null
}

const NO_STORE = { certificates: [], crls: [], ocsps: [] }
const NO_DATA: DocumentData = {
  state: 'lost',
  where: null,
  expected: null,
  found: null,
  version: null,
  build: null,
  certificateId: null,
  reportDigest: null,
  bundleId: null,
  indication: null,
  validationTime: null,
  sample: false,
}

/** Digests of the attached data, and the digest that a bundle's certificate states of its policy. */
interface FoundData {
  readonly data: DocumentData
  readonly files: CertificateFiles | null
  readonly read: ReadCertificateFiles | null
}

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
    const document = unreadable(opened.failure, input, sidecar)
    return {
      factsFile: await establishDocumentFacts({ ...beside, document, signatures: [], store: NO_STORE }, ports),
      attached: null,
    }
  }
  const { file } = opened
  const found = dataOf(file, smallDigest)
  const remade = remake(found, ports)
  const isOwn = isOwnBuild(found, ports)
  const made: Made =
    isOwn || compareBase(input.bytes, remade).state === 'same' || remade.state !== 'made'
      ? remade
      : { state: 'other-version' }
  const revisions = revisionsOf(file)
  const { signatures, omitted } = orFailure(() => signaturesOf(file, revisions)) ?? { signatures: [], omitted: 0 }
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
    bundle: input.bundle === null ? null : compareBundle(input.bundle, found, isOwn),
    sidecar: sidecar === null ? null : compareSidecar(sidecar, found, input.printed, file),
  }
  const store = orFailure(() => storeOf(file)) ?? NO_STORE
  return {
    factsFile: await establishDocumentFacts({ ...beside, document, signatures, store }, ports),
    attached:
      found.read === null || found.files === null
        ? null
        : {
            report: found.read.report,
            facts: found.read.facts,
            inventory: found.files.inventory,
            policy: found.read.policy,
            policySha256: found.read.request.attachments.policy,
            trustSet: found.read.trustSet,
          },
  }
}

/** The first bytes decide whether it is a PDF; everything after them is a fact about one. */
function openPdf(
  bytes: Uint8Array,
): { readonly file: PdfFile; readonly failure: null } | { readonly file: null; readonly failure: ParseFailure } {
  try {
    const file = new PdfFile(bytes)
    // What every reader needs must read, and read once.
    for (const number of file.numbers) file.object(number)
    pagesOf(file)
    return { file, failure: null }
  } catch (error) {
    if (!(error instanceof ParseError) || error.detail.where === 'header') throw error
    const { where, offset, spec } = error.detail
    return { file: null, failure: { code: error.code, where, offset: offset ?? null, spec: spec ?? null } }
  }
}

function unreadable(failure: ParseFailure, input: CheckInput, sidecar: Sidecar | null): DocumentFacts {
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
    bundle:
      input.bundle === null ? null : { state: 'no-data', contentSha256: input.bundle.factsFile.facts.content.sha256 },
    sidecar: sidecar === null ? null : comparePrinted(sidecar, input.printed),
  }
}

/** The attached files, by the names that a certificate has them under. */
function dataOf(file: PdfFile, smallDigest: SmallDigest): FoundData {
  let attached: ReadonlyMap<string, Uint8Array>
  try {
    attached = attachmentsOf(file)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { data: { ...NO_DATA, state: 'malformed', where: error.detail.where }, files: null, read: null }
  }
  const absent = (['request', 'report', 'facts', 'inventory', 'policy'] as const)
    .map((key) => ATTACHMENT_NAMES[key])
    .find((name) => !attached.has(name))
  if (absent !== undefined) return { data: { ...NO_DATA, where: absent }, files: null, read: null }
  const bytesOf = (name: string) => attached.get(name) ?? new Uint8Array()
  const files: CertificateFiles = {
    request: bytesOf(ATTACHMENT_NAMES.request),
    report: bytesOf(ATTACHMENT_NAMES.report),
    facts: bytesOf(ATTACHMENT_NAMES.facts),
    inventory: bytesOf(ATTACHMENT_NAMES.inventory),
    policy: bytesOf(ATTACHMENT_NAMES.policy),
    trustSet: attached.get(ATTACHMENT_NAMES.trustSet) ?? null,
  }
  const { version, build } = engineIn(files.request)
  const certificateId = certificateIdOf(files.request, smallDigest)
  try {
    const read = readCertificateFiles(files, smallDigest)
    const { body, envelope } = read.report
    const data: DocumentData = {
      ...NO_DATA,
      state: 'agree',
      version,
      build,
      certificateId,
      reportDigest: envelope.digests.whole,
      bundleId: body.subject.bundleId,
      indication: body.assessment.indication satisfies Assessment['indication'],
      validationTime: body.validationTime,
      sample: body.subject.sample || body.trustSet?.sample === true,
    }
    return { data, files, read }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const { where, expected = null, found = null } = error.detail
    const isDigest = (text: string | null) => text !== null && /^([0-9a-f]{64}|none)$/.test(text)
    // Digests that each other's statements contradict; anything else may be of a version that is not known here.
    const state = isDigest(expected) && isDigest(found) ? 'disagree' : 'malformed'
    return { data: { ...NO_DATA, state, where, expected, found, version, build, certificateId }, files, read: null }
  }
}

function engineIn(request: Uint8Array): Pick<DocumentData, 'version' | 'build'> {
  const value = orFailure(() => parseJson(request, ATTACHMENT_NAMES.request, { limit: 1_048_576, canonical: false }))
  const engine = value !== null && isJsonObject(value) && isJsonObject(value.engine ?? null) ? value.engine : null
  const textOf = (name: 'version' | 'build', length: number) => {
    const text = engine !== null && engine !== undefined && isJsonObject(engine) ? engine[name] : null
    return typeof text === 'string' ? text.slice(0, length) : null
  }
  return { version: textOf('version', 40), build: textOf('build', 64) }
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

function compareBundle(
  { factsFile, inventory }: NonNullable<CheckInput['bundle']>,
  { read, files, data }: FoundData,
  isOwn: boolean,
): DocumentFacts['bundle'] {
  const { facts } = factsFile
  const contentSha256 = facts.content.sha256
  if (read === null || files === null)
    return {
      state: data.version !== null && data.version !== ENGINE_VERSION ? 'other-version' : 'no-data',
      contentSha256,
    }
  const stated = read.facts.facts
  if (facts.bundleId !== stated.bundleId) return { state: 'other-bundle', contentSha256 }
  if (contentSha256 === stated.content.sha256) {
    // Another build may read more out of the same bytes.
    if (!isOwn) return { state: 'same', contentSha256 }
    // What was given beside the bundle, then and now, is not of the bundle.
    const own = ({ revocation, disclosures, notices, ...rest }: typeof facts) => canonicalise(rest)
    return { state: equalBytes(own(facts), own(stated)) ? 'same' : 'content-differs', contentSha256 }
  }
  const [then, now] = [linesByPath(files.inventory), linesByPath(inventory)]
  const isContradicted = [...then].some(([path, line]) => now.has(path) && now.get(path) !== line)
  return { state: isContradicted ? 'content-differs' : 'facts-differ', contentSha256 }
}

/** What was found of each file that is here, by its path. */
function linesByPath(inventory: Uint8Array): ReadonlyMap<string, string> {
  const lines = new Map<string, string>()
  for (let from = 0; from < inventory.length; ) {
    const end = inventory.indexOf(10, from)
    const to = end < 0 ? inventory.length : end
    const value = orFailure(() =>
      parseJson(inventory.subarray(from, to), 'inventory', { limit: 1_048_576, canonical: false }),
    )
    if (value !== null && isJsonObject(value) && typeof value.path === 'string') {
      lines.set(value.path, JSON.stringify([value.digests ?? null, value.size ?? null]))
    }
    from = to + 1
  }
  return lines
}

function compareSidecar(
  sidecar: Sidecar,
  { data }: FoundData,
  typed: readonly string[],
  file: PdfFile,
): DocumentFacts['sidecar'] {
  if (data.certificateId !== null)
    return {
      state: data.certificateId === sidecar.certificateId ? 'same' : 'other-certificate',
      printed: [],
      unknown: 0,
    }
  return typed.length > 0 ? comparePrinted(sidecar, typed) : compareRead(sidecar, digestsOnPages(file))
}

/** What somebody typed: all of it must be known, and the report digest among it. */
function comparePrinted(sidecar: Sidecar, typed: readonly string[]): DocumentFacts['sidecar'] {
  const read = compareRead(sidecar, [...new Set(typed)])
  return read?.state === 'printed-same' && read.unknown > 0 ? { ...read, state: 'printed-differs' } : read
}

/** What was read on the pages, where digests of files stand too, which only the attached list has. */
function compareRead(sidecar: Sidecar, found: readonly string[]): DocumentFacts['sidecar'] {
  const printed = found.filter((digest) => sidecar.digests.has(digest)).slice(0, 10_000)
  const unknown = found.length - printed.length
  if (found.length === 0) return { state: 'no-digests', printed, unknown }
  return { state: printed.includes(sidecar.reportDigest) ? 'printed-same' : 'printed-differs', printed, unknown }
}

function digestsOnPages(file: PdfFile): readonly string[] {
  const text =
    orFailure(() =>
      pagesOf(file)
        .map((page) => textOfPage(file, page))
        .join('\n'),
    ) ?? ''
  return [...new Set(text.match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? [])].sort()
}
