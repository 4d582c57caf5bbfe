import { equalBytes, toHex } from '../model/bytes.ts'
import { formatInstant } from '../model/instant.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Certificate, GeneralName } from './certificate.ts'
import { type Bag, parseFailureOf, readBag, uniqueCertificates } from './certificate-pool.ts'
import type { Cms } from './cms.ts'
import { digestAlgorithmOf, digestName } from './digest-algorithms.ts'
import { establishSignedData, type SignaturePorts } from './establish-cms.ts'
import type { EvidenceDigest, ParseFailure, TokenFacts, TstInfoFacts } from './facts.ts'
import { generalNameText, isSameGeneralName } from './general-name.ts'
import { OID } from './object-identifiers.ts'
import { parseTimeStampFile, parseTstInfo, type TimeStampFile, type TstInfo } from './tsp.ts'

/** A file with a time-stamp, and where it came from. */
export interface TokenFile {
  readonly path: string
  /** '' outside a bundle. */
  readonly label: string
  readonly bytes: Uint8Array
}

/** What a file with a time-stamp reads as, or why it does not. */
export type ReadToken =
  | { readonly failure: null; readonly parsed: TimeStampFile }
  | { readonly failure: ParseFailure; readonly parsed: null }

/** Never throws on hostile bytes. */
export function readToken(bytes: Uint8Array): ReadToken {
  try {
    return { failure: null, parsed: parseTimeStampFile(bytes) }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { failure: parseFailureOf(error), parsed: null }
  }
}

/** Establishes the facts of a time-stamp over evidence. Never throws on hostile bytes. `read`: what its bytes read as; `bag`: its certificates, all of them in `pool`. */
export async function establishToken(
  file: TokenFile,
  evidence: EvidenceDigest,
  pool: readonly Certificate[],
  ports: SignaturePorts,
  read: ReadToken = readToken(file.bytes),
  bag: Bag | null = null,
): Promise<TokenFacts> {
  const head = {
    path: file.path,
    sha256: toHex(ports.smallDigest('sha256', file.bytes)),
    label: file.label,
    at: null,
  }
  if (read.parsed === null) {
    const nothing = { form: null, status: null, failInfo: null, tstInfo: null, cms: null }
    return { ...head, failure: read.failure, ...nothing }
  }
  const { form, statusInfo, token } = read.parsed
  const failInfo = statusInfo === null || statusInfo.failInfo.length === 0 ? null : statusInfo.failInfo.join(',')
  const said = { form, status: statusInfo?.status ?? null, failInfo }
  if (token === null) return { ...head, failure: null, ...said, tstInfo: null, cms: null }
  const own = bag ?? readBag(token, pool, ports.smallDigest)
  const known = bag === null ? uniqueCertificates([...own.certificates, ...pool]) : pool
  const cms = await establishSignedData(token, { digest: noEvidence, bytes: null, compare: 'token' }, known, ports, own)
  try {
    const info = readTstInfo(token)
    const digest = digestAlgorithmOf(info.messageImprint.hashAlgorithm)
    const dataDigest = digest === null ? null : await evidence(digest)
    return { ...head, failure: null, ...said, tstInfo: tstInfoFacts(info, dataDigest, known), cms }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { ...head, failure: parseFailureOf(error), ...said, tstInfo: null, cms }
  }
}

/** A token whose content is detached is over nothing. */
async function noEvidence(): Promise<null> {
  return null
}

/** RFC 3161 §2.4.2: the content is a TSTInfo, whatever else would parse. */
function readTstInfo(token: Cms): TstInfo {
  const where = 'TimeStampToken.encapContentInfo'
  if (token.eContentType !== OID.tstInfo) {
    throw new ParseError('ERR_TSP_STRUCTURE', {
      where: `${where}.eContentType`,
      spec: 'RFC 3161 §2.4.2',
      expected: OID.tstInfo,
      found: token.eContentType,
    })
  }
  if (token.eContent === null) {
    throw new ParseError('ERR_TSP_STRUCTURE', { where: `${where}.eContent`, spec: 'RFC 3161 §2.4.2', found: 'absent' })
  }
  return parseTstInfo(token.eContent)
}

function tstInfoFacts(info: TstInfo, dataDigest: string | null, known: readonly Certificate[]): TstInfoFacts {
  const { hashAlgorithm, hashedMessage } = info.messageImprint
  const tsa = info.tsa === null ? null : knownName(info.tsa, known)
  return {
    version: info.version,
    policy: info.policy,
    imprintAlgorithm: digestName(hashAlgorithm),
    hashedMessage: toHex(hashedMessage),
    dataDigest,
    serialNumber: toHex(info.serialNumber),
    genTime: formatInstant(info.genTime),
    accuracyMicroseconds: info.accuracyMicroseconds,
    ordering: info.ordering,
    nonce: info.nonce === null ? null : toHex(info.nonce),
    tsa: tsa === null ? null : generalNameText(tsa),
    tsaNames:
      tsa === null
        ? []
        : known.filter((certificate) => isNameOf(certificate, tsa)).map((certificate) => certificate.sha256),
    extensions: info.extensions.map(({ oid, critical }) => ({ oid, critical })),
  }
}

/** The same name as a certificate has it, where its bytes are the same: what they say has then been worked out already. */
function knownName(tsa: GeneralName, known: readonly Certificate[]): GeneralName {
  if (tsa.kind !== 'directoryName') return tsa
  const same = known.find(({ subject }) => equalBytes(subject.der, tsa.name.der))
  return same === undefined ? tsa : { ...tsa, name: same.subject }
}

/** RFC 3161 §2.4.2: tsa corresponds to one of the subject names of the certificate. */
function isNameOf(certificate: Certificate, tsa: GeneralName): boolean {
  if (tsa.kind === 'directoryName' && tsa.name.key === certificate.subject.key) return true
  return (certificate.subjectAltName ?? []).some((name) => isSameGeneralName(name, tsa))
}
