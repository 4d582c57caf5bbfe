import { compareInstants } from '../model/instant.ts'
import type { Certificate } from './certificate.ts'
import type { BasicOcspResponse, OcspResponse, SingleResponse } from './ocsp.ts'
import type { CandidatePath } from './path.ts'
import { validatePath } from './path-validation.ts'
import {
  type Delegate,
  joined,
  type RevocationSource,
  type RevocationStatement,
  type UnusableReason,
} from './revocation.ts'
import {
  type Assumed,
  certificateAt,
  issuerAt,
  type PlacedCertificate,
  type RevocationQuestion,
} from './revocation-question.ts'
import {
  type Existence,
  existenceOf,
  forgeryProblem,
  issuerProblem,
  isWithinPeriod,
  laterOf,
  linkProblem,
  signerRevocationProblem,
  suffixProblem,
} from './revocation-signer.ts'

/** RFC 6960 §4.2.2.2 */
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'
/** RFC 6960 §4.2.2.2.1 */
const OCSP_NO_CHECK = '1.3.6.1.5.5.7.48.1.5'
const SUBJECT_ALT_NAME = '2.5.29.17'

export interface OcspJudgement {
  readonly good: boolean
  /** A responder says that it does not know the certificate: perhaps nobody issued it. */
  readonly denied: boolean
  readonly statements: readonly RevocationStatement[]
  readonly sources: readonly RevocationSource[]
}

/** RFC 6960 §3.2, for every response that names the certificate. */
export function judgeResponses(
  place: PlacedCertificate,
  question: RevocationQuestion,
  assumed: Assumed,
): OcspJudgement {
  const certificate = certificateAt(place)
  const issuer = issuerAt(place)
  const statements: RevocationStatement[] = []
  const sources: RevocationSource[] = []
  let good = false
  let denied = false
  for (const response of question.evidence.ocsp) {
    const named = question.evidence.certIds.get(joined(response.sha256, certificate.sha256, issuer.sha256)) ?? []
    if (response.basic === null || named.length === 0) continue
    const why = responseProblem(response, response.basic, place, question, assumed)
    for (const { index, agrees } of named) {
      const single = response.basic.responses[index]
      if (single === undefined) continue
      const { status, thisUpdate, nextUpdate, revocationTime, reason } = single
      const note = (answer: RevocationSource['answer'], because: UnusableReason | null) =>
        sources.push({ kind: 'ocsp', sha256: response.sha256, answer, why: because, thisUpdate, nextUpdate })
      // One hash of two: written for this certificate and by mistake, or made to look so.
      const problem = agrees === 'one' ? 'inconsistent' : (why ?? singleProblem(single))
      const late = timeProblem(single, response.basic, certificate, question)
      if (problem !== null) note('unusable', problem)
      else if (status === 'revoked' && revocationTime !== null) {
        const isTaken = reason === 'certificateHold' ? late === null : late !== 'in-future'
        note(isTaken ? 'revoked' : 'unusable', isTaken ? null : late)
        if (isTaken) {
          statements.push({ kind: 'ocsp', source: response.sha256, date: revocationTime, reason, invalidityDate: null })
        }
      } else if (late !== null) note('unusable', late)
      else if (status === 'unknown') {
        denied = true
        note('unknown', null)
      } else {
        good = true
        note('good', null)
      }
    }
  }
  return { good, denied, statements, sources }
}

function singleProblem({ unprocessed }: SingleResponse): UnusableReason | null {
  return unprocessed.length > 0 ? 'unknown-critical-extension' : null
}

/** As for a CRL; a responder answers for expired certificates as far back as archiveCutoff says (RFC 6960 §4.4.4). */
function timeProblem(
  { thisUpdate, nextUpdate, archiveCutoff }: SingleResponse,
  { producedAt }: BasicOcspResponse,
  certificate: Certificate,
  { time, validationTime }: RevocationQuestion,
): UnusableReason | null {
  if (compareInstants(laterOf(thisUpdate, producedAt), validationTime) > 0) return 'in-future'
  if (compareInstants(thisUpdate, producedAt) > 0) return 'inconsistent'
  if (compareInstants(time, thisUpdate) <= 0) {
    if (compareInstants(thisUpdate, certificate.notAfter) <= 0) return null
    const isKept = archiveCutoff !== null && compareInstants(archiveCutoff, certificate.notAfter) <= 0
    return isKept ? null : 'after-expiry'
  }
  return nextUpdate !== null && compareInstants(time, nextUpdate) <= 0 ? null : 'stale'
}

/** Whether the response was made by somebody who may speak for the certificate's issuer; the best of its signers. */
function responseProblem(
  { sha256 }: OcspResponse,
  basic: BasicOcspResponse,
  place: PlacedCertificate,
  question: RevocationQuestion,
  assumed: Assumed,
): UnusableReason | null {
  if (basic.unprocessed.length > 0) return 'unknown-critical-extension'
  const { evidence } = question
  const issuer = issuerAt(place)
  let problem: UnusableReason = evidence.limited ? 'limit' : 'signature'
  const made = existenceOf(sha256, basic.producedAt, question)
  // Whoever has the issuer's key makes responders as well as responses.
  const issuing = issuerProblem(place, question, assumed, made)
  const direct = evidence.links.get(joined(sha256, issuer.sha256))
  if (direct !== undefined && direct.outcome !== 'invalid') {
    const at = laterOf(question.time, basic.producedAt)
    const why =
      linkProblem(direct, question, at) ??
      suffixProblem(place, question, at) ??
      issuing ??
      forgeryProblem([direct], question, made)
    if (why === null) return null
    problem = why
  }
  for (const delegate of evidence.delegates.get(joined(sha256, issuer.sha256)) ?? []) {
    const why = delegateProblem(sha256, delegate, made, place, question, assumed) ?? issuing
    if (why === null) return null
    problem = why
  }
  return problem
}

/** RFC 6960 §4.2.2.2: issued directly by the same key, for OCSP, and valid when it answered. */
function delegateProblem(
  sha256: string,
  { certificate, link }: Delegate,
  made: Existence,
  place: PlacedCertificate,
  question: RevocationQuestion,
  assumed: Assumed,
): UnusableReason | null {
  const producedAt = made.stated
  const signature = question.evidence.links.get(joined(sha256, certificate.sha256))
  if (signature === undefined) return 'signature'
  const why = linkProblem(signature, question, producedAt)
  if (why !== null) return why
  if (certificate.extendedKeyUsage?.purposes.includes(OCSP_SIGNING) !== true) return 'key-usage'
  const { keyUsage } = certificate
  if (keyUsage !== null && !keyUsage.has('digitalSignature') && !keyUsage.has('nonRepudiation')) return 'key-usage'
  if (link.outcome !== 'valid' || !isWithinPeriod(certificate, producedAt)) return 'signer-path'
  const { path, index } = place
  const own: CandidatePath = {
    certificates: [withoutUnreadNames(certificate), ...path.certificates.slice(index + 1)],
    links: [link, ...path.links.slice(index + 1)],
    anchor: path.anchor,
  }
  const forgery = forgeryProblem([signature, link], question, made)
  if (validatePath(own, producedAt, question.policy, question.purposes).value !== 'PASSED') return 'signer-path'
  // What is above the delegate is judged as part of the path itself.
  const above = path.certificates.slice(index + 1).map((one) => one.sha256)
  const problem = signerRevocationProblem(
    own,
    question,
    {
      ...assumed,
      certificates: new Set([...assumed.certificates, ...above]),
    },
    made,
  )
  // Nobody need ask about such a delegate; but what is here and revokes it is not passed over.
  const isUnasked = certificate.extensions.some(({ oid }) => oid === OCSP_NO_CHECK)
  return isUnasked && problem !== 'signer-revoked' ? forgery : (problem ?? forgery)
}

/**
 * Who may answer is told by the key that issued the certificate and by its purpose. Responders in use carry an empty
 * subjectAltName, which RFC 5280 §4.2.1.6 forbids; not being critical, it keeps nobody from answering.
 */
function withoutUnreadNames(certificate: Certificate): Certificate {
  const isCritical = certificate.extensions.some(({ oid, critical }) => oid === SUBJECT_ALT_NAME && critical)
  if (isCritical) return certificate
  const malformedExtensions = certificate.malformedExtensions.filter((oid) => oid !== SUBJECT_ALT_NAME)
  return { ...certificate, malformedExtensions }
}
