import {
  canonicalise,
  decodeUtf8,
  isJsonObject,
  LIMITS,
  ParseError,
  parseJson,
  parseReport,
  type Report,
  type SmallDigest,
} from '@probatum/core'
import { certificateIdOf } from './certify.ts'
import { parseRequest } from './request.ts'

/** What lies beside a certificate, read (docs/spec/certificate-1-draft.md, section 6). */
export interface Sidecar {
  readonly certificateId: string
  readonly reportDigest: string
  /** Every digest that stands in it: a page may print any of them. */
  readonly digests: ReadonlySet<string>
}

/**
 * Reads a sidecar and compares what it states of itself.
 * @throws ParseError ERR_JSON_*, ERR_SIDECAR
 */
export function parseSidecar(bytes: Uint8Array, smallDigest: SmallDigest): Sidecar {
  const where = 'sidecar'
  const value = parseJson(bytes, where, { limit: LIMITS.reportBytes, canonical: true })
  if (!isJsonObject(value) || value.sidecar !== 'probatum/certificate-sidecar/1-draft')
    throw new ParseError('ERR_SIDECAR', { where, expected: 'probatum/certificate-sidecar/1-draft' })
  const { report, request, certificateId, reportDigest } = value
  if (report === undefined || request === undefined || !isJsonObject(report) || !isJsonObject(request))
    throw new ParseError('ERR_SIDECAR', { where, expected: 'report and request' })
  const requestBytes = canonicalise(request)
  const own = {
    certificateId: certificateIdOf(requestBytes, smallDigest),
    reportDigest: readParts(requestBytes, canonicalise(report), smallDigest).envelope.digests.whole,
  }
  for (const [name, stated] of Object.entries({ certificateId, reportDigest })) {
    const found = own[name as keyof typeof own]
    if (stated !== found) throw new ParseError('ERR_SIDECAR', { where: `${where}: ${name}`, expected: found })
  }
  const text = decodeUtf8(bytes) ?? ''
  return { ...own, digests: new Set(text.match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? []) }
}

/** A report that does not read is one in this file, not one that somebody saved. */
function readParts(request: Uint8Array, report: Uint8Array, smallDigest: SmallDigest): Report {
  try {
    parseRequest(request)
    return parseReport(report, smallDigest, 'sidecar: report')
  } catch (error) {
    if (error instanceof ParseError && error.code === 'ERR_REPORT') throw new ParseError('ERR_SIDECAR', error.detail)
    throw error
  }
}
