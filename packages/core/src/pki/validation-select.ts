import { toBase64 } from '../model/bytes.ts'
import { addMicroseconds, type Instant, parseInstant } from '../model/instant.ts'
import { orNull } from '../model/parse-error.ts'
import type { Policy } from '../model/policy.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import type { Certificate } from './certificate.ts'
import { certificateReader, readBag, signatureBytes, uniqueCertificates } from './certificate-pool.ts'
import { parseCms } from './cms.ts'
import { establishCms, type SignaturePorts } from './establish-cms.ts'
import { establishToken, readToken } from './establish-token.ts'
import type { CmsFacts } from './facts.ts'
import { parseRevocation } from './parsed-revocation.ts'
import { type CandidatePath, isSelfIssued, type PathAnchor, type PathSearch, pathAnchorOf } from './path.ts'
import { purposesOfRole } from './path-purpose.ts'
import { searchPaths } from './path-search.ts'
import {
  joined,
  type PathIssuer,
  type RevocationEvidence,
  type RevocationStatement,
  type UnusableReason,
} from './revocation.ts'
import { establishRevocation } from './revocation-establish.ts'
import { judgePathRevocation } from './revocation-judge.ts'
import { collectRevocation, GIVEN } from './revocation-pool.ts'
import { questionOf } from './revocation-question.ts'
import { signingCandidate } from './trust-candidate.ts'
import { rememberingLinks } from './trust-facts.ts'
import type { ValidationObject } from './validation-file.ts'

/** A certificate that signed something, and when that is known to have been made. */
export interface ValidationTarget {
  /** DER. */
  readonly certificate: Uint8Array
  readonly role: AnchorRole
  /** The time of interest: by then the thing existed. */
  readonly time: Instant
}

/** Which of the material belongs to these signers. */
export interface ValidationQuestion {
  readonly targets: readonly ValidationTarget[]
  /** DER of certificates that lie with what was signed. */
  readonly certificates: readonly Uint8Array[]
  /** What was given or fetched, each once. */
  readonly material: readonly ValidationObject[]
  /** Nothing that was made after it is taken. */
  readonly validationTime: Instant
  readonly policy: Policy
}

/** Why a piece of material is not kept. */
export type ValidationRefusal =
  | UnusableReason
  /** No certificate of a path, and nothing that speaks of one. */
  | 'unrelated'
  /** It speaks in the name of an issuer whose certificate is not here, so that its signature cannot be checked. */
  | 'issuer-missing'
  /** A certificate that signed itself: whom to believe comes by another way. It helps to check, and is not kept. */
  | 'self-signed'
  /** The responder says that it does not know the certificate. */
  | 'unknown-to-responder'

/** One certificate below the end of a path, and what the material says of it. */
export interface ValidationStatus {
  readonly certificate: Certificate
  readonly issuer: PathIssuer
  readonly role: AnchorRole
  /** Of `revoked`: at least one statement. */
  readonly status: 'good' | 'revoked' | 'unknown' | 'no-data'
  readonly statements: readonly RevocationStatement[]
}

/** What of the material is kept, why the rest is not, and what it says of each certificate. */
export interface ValidationAnswer {
  /** SHA-256 of the material that holds and says something about a certificate here, or is one of a path. */
  readonly kept: ReadonlySet<string>
  /** The rest, by SHA-256. */
  readonly refused: ReadonlyMap<string, ValidationRefusal>
  /** Every certificate with an issuer here, each once for a role: the worst that is said of it. */
  readonly statuses: readonly ValidationStatus[]
  /** Certificates whose issuer is not here, and that did not sign themselves. */
  readonly open: readonly Certificate[]
}

/**
 * Chooses from certificates, CRLs and OCSP responses those that a later verification of the targets can use, by the same
 * judgement that it will make: signatures are computed, signers' own paths followed, times compared. No anchor is needed:
 * each path ends where no further issuer is known. Throws ParseError when a target does not read; certificates that do not
 * read are no certificates.
 */
export async function selectValidation(question: ValidationQuestion, ports: SignaturePorts): Promise<ValidationAnswer> {
  const { material, policy } = question
  const read = certificateReader(ports.smallDigest)
  const given = material.filter(({ kind }) => kind === 'certificate').map(({ der }) => der)
  const pool = uniqueCertificates(
    [...question.certificates, ...given, ...question.targets.map(({ certificate }) => certificate)].flatMap(
      (der) => orNull(() => read(der)) ?? [],
    ),
  )
  const computeLink = rememberingLinks(ports)
  const targets = question.targets.map(({ certificate, ...rest }) => ({ ...rest, certificate: read(certificate) }))

  const tops = new Map<string, Certificate>()
  for (const { certificate, role } of targets) {
    const { deadEnds } = await searchPaths(certificate, role, [], pool, policy.paths, computeLink)
    for (const { certificate: top } of deadEnds) tops.set(top.sha256, top)
  }
  const roles = [...new Set(targets.map(({ role }) => role))]
  const anchors = roles.flatMap((role) => [...tops.values()].map((top) => endOfPath(top, role)))
  const searches: PathSearch[] = []
  for (const { certificate, role } of targets)
    searches.push(await searchPaths(certificate, role, anchors, pool, policy.paths, computeLink))

  const files = material.flatMap(({ kind, der }) =>
    kind === 'certificate' ? [] : [{ source: GIVEN, bytes: der, kind }],
  )
  const parsed = parseRevocation(collectRevocation(files, ports.smallDigest), ports.smallDigest)
  const surroundings = { searches, pool, anchors, limits: policy.paths, computeLink }
  const evidence = await establishRevocation(parsed, surroundings, ports)
  const found = new Found()
  for (const [index, search] of searches.entries()) {
    const { role, time } = targets[index] as (typeof targets)[number]
    for (const path of search.candidates) {
      if (path.links.length === 0 || path.links.some(({ outcome }) => outcome !== 'valid')) continue
      found.addPath(path)
      const purposes = purposesOfRole(role)
      const { validationTime } = question
      const judged = judgePathRevocation(path, questionOf({ evidence, role, time, validationTime, policy, purposes }))
      for (const [at, { certificate, status, statements, sources }] of judged.entries()) {
        const issuer = path.certificates[at + 1] ?? path.anchor
        found.addStatus({ certificate, issuer, role, status, statements })
        for (const { sha256, answer, why } of sources) found.addSource(sha256, answer, why)
      }
    }
  }
  const selfSigned = new Set<string>()
  // One that renews its key is issued under its own name by its earlier key (RFC 4210 §4.4): that is no self-signed one.
  for (const one of pool.filter(isSelfIssued))
    if ((await computeLink(one, one)).outcome !== 'invalid') selfSigned.add(one.sha256)
  const open = [...tops.values()].filter(({ sha256 }) => !selfSigned.has(sha256))
  for (const sha256 of signersOf(found.kept, evidence)) found.kept.add(sha256)
  return { ...found.answer(material, { pool, open, selfSigned }, parsed), open }
}

/** What was found while paths were judged. */
class Found {
  readonly kept = new Set<string>()
  readonly #inPaths = new Set<string>()
  readonly #why = new Map<string, ValidationRefusal>()
  readonly #statuses = new Map<string, ValidationStatus>()

  addPath({ certificates, anchor }: CandidatePath): void {
    for (const { sha256 } of [...certificates, anchor]) this.#inPaths.add(sha256)
  }

  addStatus(status: ValidationStatus): void {
    const key = joined(status.role, status.certificate.sha256)
    const before = this.#statuses.get(key)
    if (before === undefined || RANK.indexOf(status.status) < RANK.indexOf(before.status))
      this.#statuses.set(key, status)
  }

  addSource(sha256: string, answer: 'good' | 'revoked' | 'unknown' | 'unusable', why: UnusableReason | null): void {
    if (answer === 'good' || answer === 'revoked') this.kept.add(sha256)
    const refusal = answer === 'unknown' ? 'unknown-to-responder' : why
    // Of several certificates most are other ones: any other reason says more.
    if (refusal !== null && (this.#why.get(sha256) ?? 'other-certificate') === 'other-certificate')
      this.#why.set(sha256, refusal)
  }

  answer(
    material: readonly ValidationObject[],
    known: {
      readonly pool: readonly Certificate[]
      readonly open: readonly Certificate[]
      readonly selfSigned: ReadonlySet<string>
    },
    { crls, ocsp }: Pick<ReturnType<typeof parseRevocation>, 'crls' | 'ocsp'>,
  ): Pick<ValidationAnswer, 'kept' | 'refused' | 'statuses'> {
    const kept = new Set<string>()
    const refused = new Map<string, ValidationRefusal>()
    const certificates = new Map(known.pool.map((certificate) => [certificate.sha256, certificate]))
    const issuers = new Set(known.open.map(({ issuer }) => issuer.key))
    const isMissing = (sha256: string) =>
      crls.some((crl) => crl.sha256 === sha256 && issuers.has(crl.issuer.key)) ||
      ocsp.some((response) => response.sha256 === sha256 && namesOneOf(response, known.open))
    for (const { kind, sha256 } of material) {
      const certificate = certificates.get(sha256)
      if (kind !== 'certificate') {
        const why = this.#why.get(sha256)
        if (this.kept.has(sha256)) kept.add(sha256)
        else refused.set(sha256, why ?? (isMissing(sha256) ? 'issuer-missing' : 'unrelated'))
      } else if (certificate === undefined) refused.set(sha256, 'unrelated')
      else if (known.selfSigned.has(sha256))
        refused.set(sha256, this.#inPaths.has(sha256) ? 'self-signed' : 'unrelated')
      else if (this.#inPaths.has(sha256) || this.kept.has(sha256)) kept.add(sha256)
      else refused.set(sha256, 'unrelated')
    }
    return { kept, refused, statuses: [...this.#statuses.values()] }
  }
}

/** Worst first. */
const RANK: readonly ValidationStatus['status'][] = ['revoked', 'unknown', 'no-data', 'good']

/** Serial numbers alone: the hashes in a CertID cannot be computed without the issuer's key. */
function namesOneOf(
  response: {
    readonly basic: { readonly responses: readonly { readonly certId: { readonly serialNumber: Uint8Array } }[] } | null
  },
  open: readonly Certificate[],
): boolean {
  const serials = new Set(open.map(({ serialNumber }) => toBase64(serialNumber)))
  return (response.basic?.responses ?? []).some(({ certId }) => serials.has(toBase64(certId.serialNumber)))
}

/** Where nothing further is known a path ends, whoever it is. */
function endOfPath(top: Certificate, role: AnchorRole): PathAnchor {
  return pathAnchorOf({ anchor: true, role, label: top.subject.text, sha256: top.sha256, der: top.der }, top)
}

/** Certificates of separate CRL issuers and of responders, without which what they signed says nothing. */
function signersOf(kept: ReadonlySet<string>, { certificates, links, delegates }: RevocationEvidence): string[] {
  const delegated = [...delegates.values()].flat().map(({ certificate }) => certificate)
  return [...certificates, ...delegated]
    .filter(({ sha256 }) => [...kept].some((object) => links.get(joined(object, sha256))?.outcome === 'valid'))
    .map(({ sha256 }) => sha256)
}

/** Who signed a file, as far as it says so itself, and when. */
export interface FileSigners {
  readonly targets: readonly ValidationTarget[]
  /** DER of the certificates that lie in it. */
  readonly certificates: readonly Uint8Array[]
  /** Of a time-stamp: between which moments it was made, accuracy included. Null for others. */
  readonly earliest: Instant | null
  readonly latest: Instant | null
}

const NO_SIGNERS: FileSigners = { targets: [], certificates: [], earliest: null, latest: null }

/**
 * The certificates that signed a time-stamp, at its own genTime. Empty for what does not read.
 */
export async function tokenSigners(bytes: Uint8Array, ports: SignaturePorts): Promise<FileSigners> {
  const { parsed } = readToken(bytes)
  if (parsed === null || parsed.token === null) return NO_SIGNERS
  const bag = readBag(parsed.token, [], ports.smallDigest)
  const { tstInfo, cms } = await establishToken({ path: '', label: '', bytes }, async () => null, [], ports)
  const genTime = tstInfo === null ? undefined : parseInstant(tstInfo.genTime)
  if (genTime === undefined || tstInfo === null || cms === null) return NO_SIGNERS
  const accuracy = tstInfo.accuracyMicroseconds ?? 0
  const [earliest, latest] = [addMicroseconds(genTime, -accuracy), addMicroseconds(genTime, accuracy)]
  return { ...signersAmong(cms, bag.certificates, 'time-stamp-authority', genTime), earliest, latest }
}

/** The certificates that signed a signature file, or in another role. `time`: by when it is known to have existed. */
export async function signatureSigners(
  bytes: Uint8Array,
  time: Instant,
  ports: SignaturePorts,
  role: AnchorRole = 'signer',
): Promise<FileSigners> {
  const bag = orNull(() => readBag(parseCms(signatureBytes(bytes)), [], ports.smallDigest))
  const { cms } = await establishCms(bytes, async () => null, [], ports)
  if (bag === null || cms === null) return NO_SIGNERS
  return { ...signersAmong(cms, bag.certificates, role, time), earliest: null, latest: null }
}

function signersAmong(
  cms: CmsFacts,
  bag: readonly Certificate[],
  role: AnchorRole,
  time: Instant,
): Pick<FileSigners, 'targets' | 'certificates'> {
  const signing = cms.signers.map((signer) => signingCandidate(signer, cms)?.certificate)
  return {
    targets: bag.filter(({ sha256 }) => signing.includes(sha256)).map(({ der }) => ({ certificate: der, role, time })),
    certificates: bag.map(({ der }) => der),
  }
}
