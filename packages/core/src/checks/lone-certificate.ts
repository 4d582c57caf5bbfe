import type { CertificateRole } from '../model/facts.ts'
import type { Axis, Subject } from '../model/finding.ts'
import type { Judgement } from '../model/judgement.ts'
import type { CmsFacts, SignerFacts } from '../pki/facts.ts'
import { searchOf, type TrustFacts } from '../pki/trust-facts.ts'
import { inCatalogueOrder } from './finding.ts'
import type { JudgedAlone } from './lone.ts'
import type { ExaminedSigner, SignerContext } from './signature-object.ts'
import { checkKey } from './signer.key.ts'
import { checkSignerKeyUsage, checkValidity } from './signer.ts'
import { checkPath } from './signer-path.ts'
import { checkRevocation } from './signer-revocation.ts'
import { checkTokenExtendedKeyUsage, checkTokenKeyUsage } from './timestamp.ts'
import { checkTrustOutside, isTrustSetInside } from './trust.outside.ts'

/** The one question that a certificate of a role can answer. */
export function axisOfRole(role: CertificateRole): Axis {
  return role === 'signer' ? 'signer' : 'time'
}

/** Nothing was signed: the checks of a certificate ask for no more of this than its place. */
const NO_SIGNATURE: SignerFacts = {
  at: '',
  version: 0,
  sid: '',
  sidKind: 'issuerAndSerialNumber',
  digestAlgorithm: '',
  signatureAlgorithmOid: '',
  signatureDigest: null,
  signedAttrs: 'absent',
  irregularAttributes: [],
  contentType: null,
  messageDigest: null,
  contentDigest: null,
  signingTime: null,
  ess: [],
  essFailure: null,
  candidates: [],
  candidatesOmitted: 0,
  unsignedAttributes: [],
}
const NO_CMS: CmsFacts = {
  encoding: 'DER',
  version: 0,
  expectedVersion: 0,
  eContentType: '',
  eContent: 'absent',
  contentIsAttributes: null,
  digestAlgorithms: [],
  certificates: [],
  unreadableCertificates: 0,
  certificatesOmitted: 0,
  crls: 0,
  signers: [],
}

/**
 * Whether a certificate counted in its role at the validation time, which is the time of interest here: its path to an
 * anchor, its period, its use, its key, its revocation. The questions are those that are asked of a signer or an authority.
 */
export function judgeLoneCertificate(
  target: { readonly sha256: string; readonly role: CertificateRole },
  trust: TrustFacts,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
): JudgedAlone {
  const certificate = trust.certificates.get(target.sha256) ?? null
  const subject: Subject = { kind: 'certificate', name: target.sha256 }
  const isSigner = target.role === 'signer'
  const examined: ExaminedSigner = {
    object: { kind: isSigner ? 'signature' : 'timestamp', subject, cms: NO_CMS },
    subject,
    signer: NO_SIGNATURE,
    candidate: null,
    certificate,
    search: searchOf(trust, target.role, target.sha256),
    material: trust.revocation,
  }
  const context: SignerContext = {
    judgement,
    time: judgement.validationTime,
    timeSource: 'timeOfInterest',
    trustSetInside: isTrustSetInside(judgement, contentDigests),
  }
  const path = checkPath(examined, context)
  const use = isSigner
    ? [checkSignerKeyUsage(examined)]
    : [checkTokenExtendedKeyUsage(examined), checkTokenKeyUsage(examined)]
  const findings = [
    ...path.findings,
    ...use,
    checkKey(examined, context),
    checkValidity(examined, context),
    checkRevocation(examined, context, path.chosen),
    checkTrustOutside(judgement, contentDigests, 'something'),
  ]
  const shown = certificate === null ? null : { subject: certificate.subject.text, sha256: certificate.sha256 }
  return {
    findings: inCatalogueOrder(findings),
    summary: { file: 'certificate', signer: shown, claimedTime: null, bestSignatureTime: null, timestamps: [] },
  }
}
