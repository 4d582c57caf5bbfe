import type { RecordFacts } from '../bundle/record-facts.ts'
import type { Evidence, Finding, FindingValue, SubIndication, Subject } from '../model/finding.ts'
import type { Instant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import type { Certificate } from '../pki/certificate.ts'
import { EXTENSION } from '../pki/certificate-extensions.ts'
import type { CmsFacts, SignerCandidate, SignerFacts } from '../pki/facts.ts'
import type { PathSearch } from '../pki/path.ts'
import { isEstablished, signingCandidate } from '../pki/trust-candidate.ts'
import { type RevocationEstablished, searchOf, type TrustFacts } from '../pki/trust-facts.ts'
import { catalogueEntry, type FindingId } from './catalogue.ts'
import { makeFinding } from './finding.ts'
import type { RenewalProofs } from './renewal-proofs.ts'

/**
 * The rule of every check here. FAILED: bytes or signed statements contradict each other, or an object breaks a MUST of
 * the standard under which it announces itself by its type, be it by something that is there or by something that is
 * not (ETSI EN 319 102-1 calls this FORMAT_FAILURE; none of 347 tokens in use breaks one). What only a profile or a
 * policy asks for, what is missing around the object, and what this engine cannot do is INDETERMINATE.
 */

/** A SignedData that is judged: a seal's signature file, or a token. The same questions are asked of both. */
export interface SignedObject {
  readonly kind: 'signature' | 'timestamp'
  /** Of the file. */
  readonly subject: Subject
  readonly cms: CmsFacts
}

/** One SignerInfo with what was found for it. */
export interface ExaminedSigner {
  readonly object: SignedObject
  /** Of the SignerInfo. */
  readonly subject: Subject
  readonly signer: SignerFacts
  readonly candidate: SignerCandidate | null
  /** Null when nothing establishes which certificate it is. */
  readonly certificate: Certificate | null
  readonly search: PathSearch | null
  /** CRLs and OCSP responses of the whole run. */
  readonly material: RevocationEstablished
}

/** What the bundle's own record declares: `record` is null when it could not be read. `seal`: which of it is here, by names. */
export type Declaration = Pick<RecordFacts, 'record'> & Partial<Pick<RecordFacts, 'seal'>>

/** What the checks of one SignerInfo's certificate are judged by. */
export interface SignerContext {
  readonly judgement: Judgement
  /** The time of interest: of a seal the proved time, or else the validation time; of a token its genTime. */
  readonly time: Instant
  readonly timeSource: 'bestSignatureTime' | 'validationTime' | 'genTime' | 'timeOfInterest'
  /** The trust set's own bytes lie in what is judged. */
  readonly trustSetInside: boolean
  /** Every tag file is what each tag manifest says, and the object is a signature over one: record/validation/ with them. */
  readonly validationCovered?: boolean
  /** Of a token: times by which later ones prove that it existed. */
  readonly proofs?: readonly Instant[]
  /** What later seal levels prove. Absent: nothing. */
  readonly renewal?: RenewalProofs
  /**
   * Of a seal: the moment by which its content is proved to have existed other than through the seal's own digest, or else the
   * validation time. Absent: not asked.
   */
  readonly contentTime?: Instant
}

/** One outcome as the catalogue writes it (`FAILED:differs`) to a finding. */
export function answer(
  id: FindingId,
  subject: Subject,
  outcome: FindingValue | `${FindingValue}:${string}`,
  evidence: readonly Evidence[] = [],
  subIndication?: SubIndication,
): Finding {
  // Most findings are this short, and there are twenty for each of many thousand tokens.
  if (outcome === 'PASSED') {
    const { axis, spec } = catalogueEntry(id)
    return { id, axis, value: outcome, subject, evidence, spec }
  }
  const [value, reason] = outcome.split(':', 2) as [FindingValue, string | undefined]
  if (reason === undefined && (subIndication === undefined || value === 'PASSED')) {
    const { axis, spec } = catalogueEntry(id)
    return { id, axis, value, subject, evidence, spec }
  }
  return makeFinding(id, value, {
    subject,
    evidence,
    ...(reason === undefined ? {} : { reason }),
    ...(subIndication === undefined || value === 'PASSED' ? {} : { subIndication }),
  })
}

/**
 * A file that the bundle does not declare can have been added by anybody after the sealing: what it contradicts is
 * itself. It costs certainty, names the file to set aside, and makes nothing FAILED.
 */
export function asUndeclared(finding: Finding): Finding {
  if (finding.value !== 'FAILED' || finding.role === 'candidate-path') return finding
  const { subIndication, ...rest } = finding
  return {
    ...rest,
    value: 'INDETERMINATE',
    reason: 'undeclared',
    evidence: [{ name: 'reason', found: finding.reason ?? 'FAILED' }, ...finding.evidence],
  }
}

/**
 * What stands in an unsigned attribute can have been added or replaced by anybody, without a trace: it proves what it
 * proves, and where it contradicts itself that costs certainty alone.
 */
export function asUnprotected(finding: Finding): Finding {
  const shown = asUndeclared(finding)
  return shown === finding ? finding : { ...shown, reason: 'unprotected' }
}

/** Extensions that are there and do not read as their type: what they limit is not known, and they are not absent. */
export function unreadableAmong(certificate: Certificate, names: readonly (keyof typeof EXTENSION)[]): Evidence[] {
  const found = names.filter((name) => certificate.malformedExtensions.includes(EXTENSION[name]))
  return found.map((name) => ({ name, found: 'unreadable' }))
}

/** What is asked for when the signer's certificate is not here. */
export function missingCertificate(signer: SignerFacts): Evidence {
  return { name: 'sid', found: signer.sid, missing: 'signing-certificate' }
}

/** A question about the signer's certificate, which is not here: NO_SIGNING_CERTIFICATE_FOUND (ETSI EN 319 102-1 §5.1.3). */
export function answerWithoutCertificate(id: FindingId, subject: Subject, signer: SignerFacts): Finding {
  const evidence = [missingCertificate(signer)]
  return answer(id, subject, 'INDETERMINATE:certificate-missing', evidence, 'NO_SIGNING_CERTIFICATE_FOUND')
}

/** Joins a SignerInfo with the certificate that something establishes for it, and that certificate's paths. */
export function examineSigner(
  object: SignedObject,
  signer: SignerFacts,
  trust: TrustFacts,
  role: AnchorRole = object.kind === 'signature' ? 'signer' : 'time-stamp-authority',
): ExaminedSigner {
  const candidate = signingCandidate(signer, object.cms)
  const established = candidate !== null && isEstablished(candidate, object.cms) ? candidate.certificate : null
  return {
    object,
    subject: { ...object.subject, at: signer.at },
    signer,
    candidate,
    certificate: established === null ? null : (trust.certificates.get(established) ?? null),
    search: established === null ? null : searchOf(trust, role, established),
    material: trust.revocation,
  }
}
