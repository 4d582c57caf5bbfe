import {
  type Assessment,
  type DocumentData,
  isJsonObject,
  orNull,
  ParseError,
  parseJson,
  type SmallDigest,
} from '@probatum/core'
import { certificateIdOf } from './certify.ts'
import { ATTACHMENT_NAMES, type CertificateFiles, type ReadCertificateFiles, readCertificateFiles } from './files.ts'
import { attachmentsOf } from './reading/attachments.ts'
import type { PdfFile } from './reading/pdf-file.ts'

export const NO_DATA: DocumentData = {
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
export interface FoundData {
  readonly data: DocumentData
  readonly files: CertificateFiles | null
  readonly read: ReadCertificateFiles | null
}

/** The attached files, by the names that a certificate has them under. */
export function dataOf(file: PdfFile, smallDigest: SmallDigest): FoundData {
  let attached: ReadonlyMap<string, Uint8Array>
  try {
    attached = attachmentsOf(file)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { data: { ...NO_DATA, state: unreadIn(error), where: error.detail.where }, files: null, read: null }
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
    const state = isDigest(expected) && isDigest(found) ? 'disagree' : unreadIn(error)
    return { data: { ...NO_DATA, state, where, expected, found, version, build, certificateId }, files, read: null }
  }
}

/** What is too large for this reader may be as it was made. */
const unreadIn = (error: ParseError): 'limit' | 'malformed' => (error.code === 'ERR_LIMIT' ? 'limit' : 'malformed')

function engineIn(request: Uint8Array): Pick<DocumentData, 'version' | 'build'> {
  const value = orNull(() => parseJson(request, ATTACHMENT_NAMES.request, { limit: 1_048_576, canonical: false }))
  const engine = value !== null && isJsonObject(value) && isJsonObject(value.engine ?? null) ? value.engine : null
  const textOf = (name: 'version' | 'build', length: number) => {
    const text = engine !== null && engine !== undefined && isJsonObject(engine) ? engine[name] : null
    return typeof text === 'string' ? text.slice(0, length) : null
  }
  return { version: textOf('version', 40), build: textOf('build', 64) }
}
