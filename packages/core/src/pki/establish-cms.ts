import { equalBytes, toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { orNull, ParseError } from '../model/parse-error.ts'
import type { Ports } from '../model/ports.ts'
import { digestOfSignatureAlgorithm } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { type Bag, parseFailureOf, readBag, signatureBytes, uniqueCertificates } from './certificate-pool.ts'
import { type Cms, parseCms } from './cms.ts'
import { digestName, signedDigestOf } from './digest-algorithms.ts'
import { bindingOf, type CertificateDigest, rememberingDigests } from './ess.ts'
import { establishSignature } from './establish-signature.ts'
import type { CmsFacts, EvidenceDigest, ParseFailure, SignerCandidate, SignerFacts } from './facts.ts'
import { parseName } from './name.ts'
import { identifierText } from './name-text.ts'
import { OtherContents } from './other-contents.ts'
import { readSignedAttributeValues, type SignedAttributeValues } from './signed-attributes.ts'
import { isSetOfAttribute, type SignerIdentifier, type SignerInfo } from './signer-info.ts'

/** What the arithmetic of signatures asks of the world. */
export type SignaturePorts = Pick<Ports, 'signatures' | 'smallDigest'>

/** What a CMS is said to be over. */
export interface SignedContent {
  /** Digest of the evidence. */
  readonly digest: EvidenceDigest
  /** Its bytes, where they are small enough to be at hand; null otherwise. */
  readonly bytes: Uint8Array | null
  /** `evidence`: attached content is compared with it. `token`: the content is a TSTInfo, no copy of anything. */
  readonly compare: 'evidence' | 'token'
}

/** Facts of a CMS, with what was parsed for them. */
export type CmsEstablished =
  | { readonly failure: ParseFailure; readonly cms: null }
  | { readonly failure: null; readonly cms: CmsFacts }

/**
 * Establishes the facts of a CMS file (DER, BER, PEM or base64) over evidence. Every signer is evaluated, under every
 * certificate of its bag and of `pool` that it names. Never throws on hostile bytes.
 * @param checks most signatures that are computed, bound certificates first
 */
export async function establishCms(
  bytes: Uint8Array,
  evidence: EvidenceDigest,
  pool: readonly Certificate[],
  ports: SignaturePorts,
  evidenceBytes: Uint8Array | null = null,
  checks: number = LIMITS.cmsSignatureChecks,
): Promise<CmsEstablished> {
  let cms: Cms
  try {
    cms = parseCms(signatureBytes(bytes))
  } catch (error) {
    if (error instanceof ParseError) return { failure: parseFailureOf(error), cms: null }
    throw error
  }
  const content: SignedContent = { digest: evidence, bytes: evidenceBytes, compare: 'evidence' }
  return { failure: null, cms: await establishSignedData(cms, content, pool, ports, null, checks) }
}

/** The facts of a parsed SignedData. `given`: its certificates, where they have been read and are in `pool`, by SHA-256. */
export async function establishSignedData(
  cms: Cms,
  content: SignedContent,
  pool: readonly Certificate[],
  ports: SignaturePorts,
  given: Bag | null = null,
  checks: number = LIMITS.cmsSignatureChecks,
): Promise<CmsFacts> {
  const bag = given ?? readBag(cms, pool, ports.smallDigest)
  const certificates = namedIn(given === null ? uniqueCertificates([...bag.certificates, ...pool]) : pool)
  const contentBytes = cms.eContent ?? content.bytes
  const budget = { checks, digestOf: rememberingDigests(ports.smallDigest) }
  const eContent =
    cms.eContent !== null && content.compare === 'token'
      ? 'present'
      : await compareContent(cms.eContent, content, ports)
  const otherEnds = new OtherContents(content.bytes, ports)
  const attachedEnds = eContent === 'differs' ? otherEnds.equalTo(cms.eContent ?? new Uint8Array()) : null
  const signers: SignerFacts[] = []
  for (const [index, info] of cms.signerInfos.entries()) {
    signers.push(
      await establishSigner(`signerInfos[${index}]`, info, cms, { ...content, otherEnds }, certificates, ports, budget),
    )
  }
  return {
    encoding: cms.encoding,
    version: cms.version,
    expectedVersion: cms.expectedVersion,
    eContentType: cms.eContentType,
    eContent,
    ...(attachedEnds === null ? {} : { lineEnds: attachedEnds }),
    contentIsAttributes: contentBytes === null ? null : isSetOfAttribute(contentBytes),
    digestAlgorithms: cms.digestAlgorithms.map(digestName),
    certificates: digestsOf(bag),
    unreadableCertificates: bag.unreadable,
    certificatesOmitted: bag.omitted,
    crls: cms.crls.length,
    signers,
  }
}

const bagDigests = new WeakMap<Bag, readonly string[]>()

/** One list for each bag: many tokens of an authority come with the same. */
function digestsOf(bag: Bag): readonly string[] {
  const known = bagDigests.get(bag)
  if (known !== undefined) return known
  const digests = uniqueCertificates(bag.certificates).map(({ sha256 }) => sha256)
  bagDigests.set(bag, digests)
  return digests
}

async function compareContent(
  eContent: Uint8Array | null,
  content: SignedContent,
  { smallDigest }: SignaturePorts,
): Promise<CmsFacts['eContent']> {
  if (eContent === null) return 'absent'
  if (content.bytes !== null) return equalBytes(eContent, content.bytes) ? 'equal' : 'differs'
  const digest = await content.digest('sha256')
  if (digest === null) return 'present'
  return toHex(smallDigest('sha256', eContent)) === digest ? 'equal' : 'differs'
}

async function establishSigner(
  at: string,
  info: SignerInfo,
  cms: Cms,
  content: SignedContent & { readonly otherEnds: OtherContents },
  certificates: NamedBy,
  ports: SignaturePorts,
  budget: { checks: number; readonly digestOf: CertificateDigest },
): Promise<SignerFacts> {
  const values = readSignedAttributeValues(info.signedAttrs?.attributes ?? [], info)
  const digest = signedDigestOf(info.digestAlgorithm)
  let contentDigest: string | null = null
  if (digest !== null) {
    contentDigest =
      cms.eContent === null ? await content.digest(digest) : toHex(ports.smallDigest(digest, cms.eContent))
  }
  // An attached copy is compared as a whole.
  const otherEnds =
    digest === null || cms.eContent !== null || values.messageDigest === null || values.messageDigest === contentDigest
      ? null
      : await content.otherEnds.withDigest(digest, values.messageDigest)
  // RFC 5652 §5.4: over the attributes when there are any, over the content otherwise.
  const message = info.signedAttrs === null ? (cms.eContent ?? content.bytes) : derAttributes(info)
  const candidates: SignerCandidate[] = []
  const named = namedCertificates(info.sid, certificates, values, budget.digestOf)
  for (const { certificate, bound, essPosition } of named.slice(0, LIMITS.candidatesOfSigner)) {
    const tried = budget.checks-- > 0
    const answer = await establishSignature(
      {
        signatureAlgorithm: info.signatureAlgorithm,
        contentDigest: info.digestAlgorithm,
        spki: certificate.spki,
        message: tried ? message : null,
        signature: info.signature,
      },
      ports.signatures,
    )
    candidates.push({
      certificate: certificate.sha256,
      bound,
      essPosition,
      signatureAlgorithm: answer.algorithm,
      unsupported: answer.unsupported,
      rsaBits: answer.rsaBits,
      signature: answer.outcome,
    })
  }
  return {
    at,
    version: info.version,
    sid: signerText(info.sid, named),
    sidKind: info.sid.kind,
    digestAlgorithm: digestName(info.digestAlgorithm),
    signatureAlgorithmOid: info.signatureAlgorithm.oid,
    signatureDigest: digestOfSignatureAlgorithm(info.signatureAlgorithm),
    signedAttrs: info.signedAttrs === null ? 'absent' : info.signedAttrs.isDer ? 'der' : 'not-der',
    irregularAttributes: values.irregular,
    contentType: values.contentType,
    messageDigest: values.messageDigest,
    contentDigest,
    ...(otherEnds === null ? {} : { lineEnds: otherEnds }),
    signingTime: values.signingTime,
    ess: values.ess.flatMap(({ version, entries }) =>
      entries.map((entry, position) => ({
        version,
        algorithm: entry.algorithm,
        certHash: toHex(entry.certHash),
        issuerSerial: entry.issuerSerial !== null,
        position,
      })),
    ),
    essFailure: values.essFailure,
    candidates,
    candidatesOmitted: named.length - candidates.length,
    unsignedAttributes: info.unsignedAttrs.map(({ oid }) => oid),
  }
}

/** Null when the wire form is not DER: what was signed is then open to two readings, and neither is tried. */
function derAttributes({ signedAttrs }: SignerInfo): Uint8Array | null {
  return signedAttrs?.isDer === true ? signedAttrs.setOf : null
}

interface NamedCertificate extends Pick<SignerCandidate, 'bound' | 'essPosition'> {
  readonly certificate: Certificate
}

/** Every certificate that the SignerIdentifier names, those bound by the signing-certificate attributes first. */
function namedCertificates(
  sid: SignerIdentifier,
  certificates: NamedBy,
  values: SignedAttributeValues,
  digestOf: CertificateDigest,
): NamedCertificate[] {
  const judged = certificates
    .of(sid)
    .map((certificate) => ({ certificate, ...bindCertificate(certificate, values, digestOf) }))
  const rank = ({ bound }: NamedCertificate) => (bound === 'match' ? 0 : 1)
  return judged.sort((a, b) => rank(a) - rank(b))
}

const indexes = new WeakMap<readonly Certificate[], NamedBy>()

/** One for each array: many tokens of an authority come with the same pool. */
function namedIn(certificates: readonly Certificate[]): NamedBy {
  const known = indexes.get(certificates)
  if (known !== undefined) return known
  const index = new NamedBy(certificates)
  indexes.set(certificates, index)
  return index
}

/**
 * The certificates that a SignerIdentifier can name, found by what it says: comparing each signer's issuer with that of
 * each certificate would take time in the length of hostile names.
 */
class NamedBy {
  readonly #bySerial = new Map<string, Map<string, Certificate[]>>()
  readonly #byKeyIdentifier = new Map<string, Certificate[]>()

  constructor(certificates: readonly Certificate[]) {
    for (const certificate of certificates) {
      const { serialNumber, subjectKeyIdentifier, issuer } = certificate
      const byIssuer = at(this.#bySerial, toHex(serialNumber), () => new Map<string, Certificate[]>())
      at(byIssuer, issuer.key, () => []).push(certificate)
      // RFC 5652 §5.3: the extension's value, never a digest of the key.
      if (subjectKeyIdentifier !== null)
        at(this.#byKeyIdentifier, toHex(subjectKeyIdentifier), () => []).push(certificate)
    }
  }

  of(sid: SignerIdentifier): readonly Certificate[] {
    if (sid.kind === 'subjectKeyIdentifier') return this.#byKeyIdentifier.get(toHex(sid.keyIdentifier)) ?? []
    const byIssuer = this.#bySerial.get(toHex(sid.serialNumber))
    if (byIssuer === undefined) return []
    const [first] = [...byIssuer.values()][0] ?? []
    // Nearly always the very bytes of the only one.
    if (first !== undefined && equalBytes(first.issuer.der, sid.issuer)) return byIssuer.get(first.issuer.key) ?? []
    const key = nameKey(sid.issuer)
    return key === undefined ? [] : (byIssuer.get(key) ?? [])
  }
}

function at<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key) ?? make()
  map.set(key, found)
  return found
}

function nameKey(der: Uint8Array): string | undefined {
  return orNull(() => parseName(der, 'sid.issuer'))?.key
}

/** The worst of the attributes that are there: each must bind the certificate (RFC 5035 §3). */
function bindCertificate(
  certificate: Certificate,
  values: SignedAttributeValues,
  digestOf: CertificateDigest,
): Pick<SignerCandidate, 'bound' | 'essPosition'> {
  if (values.essFailure !== null) return { bound: 'attribute-unreadable', essPosition: null }
  if (values.ess.length === 0) return { bound: 'attribute-absent', essPosition: null }
  const bindings = values.ess.map(({ entries }) => bindingOf(entries, certificate, digestOf))
  for (const bound of ['hash-differs', 'issuer-serial-differs', 'digest-unsupported'] as const) {
    if (bindings.some((binding) => binding.bound === bound)) return { bound, essPosition: null }
  }
  return { bound: 'match', essPosition: Math.max(...bindings.map(({ position }) => position ?? 0)) }
}

/** `named`: certificates that it names, whose issuer has most often been read from the same bytes. */
function signerText(sid: SignerIdentifier, named: readonly NamedCertificate[]): string {
  if (sid.kind === 'subjectKeyIdentifier') return identifierText(sid.keyIdentifier)
  let issuer: string
  try {
    const same = named.find(({ certificate }) => equalBytes(certificate.issuer.der, sid.issuer))
    issuer = (same?.certificate.issuer ?? parseName(sid.issuer, 'sid.issuer')).text
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    issuer = `#${identifierText(sid.issuer)}`
  }
  return `${issuer} serial ${toHex(sid.serialNumber)}`
}
