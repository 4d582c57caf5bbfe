import { judgeLoneToken } from './checks/lone.ts'
import { type Assessment, assess } from './model/assess.ts'
import { equalBytes, toHex } from './model/bytes.ts'
import type { Finding } from './model/finding.ts'
import type { Judgement } from './model/judgement.ts'
import type { SignatureSummary } from './model/report.ts'
import { requireTimeStampBeginning } from './pki/begins-as.ts'
import type { Certificate } from './pki/certificate.ts'
import { parseCertificate } from './pki/certificate-parse.ts'
import {
  type Bag,
  type CertificateSource,
  collectCertificates,
  type ReadCertificate,
  readBag,
} from './pki/certificate-pool.ts'
import type { Cms } from './pki/cms.ts'
import { revocationInCms } from './pki/embedded-revocation.ts'
import type { SignaturePorts } from './pki/establish-cms.ts'
import { establishToken, readToken, type TokenFile } from './pki/establish-token.ts'
import type { EvidenceDigest, TokenFacts } from './pki/facts.ts'
import { type GivenRevocation, givenSources, readRevocation } from './pki/revocation-pool.ts'
import { isEstablished, signingCandidate } from './pki/trust-candidate.ts'
import { anchorsOf, establishTrustOf, type ReadFacts, rememberingLinks, type TrustFacts } from './pki/trust-facts.ts'

/** What `judge` concludes about one token, without a report to be saved. */
export interface TimestampAnswer {
  readonly token: TokenFacts
  readonly findings: readonly Finding[]
  readonly assessment: Assessment
  readonly summary: SignatureSummary
}

/** Verifies one token. Throws ParseError for a file that is no time-stamp at all, as `establishTimestampFacts` does. */
export type TimestampVerifier = (token: Uint8Array, evidence: EvidenceDigest) => Promise<TimestampAnswer>

/** An authority has a handful; thousands of tokens of a hundred authorities stay below. */
const CERTIFICATES_KEPT = 1024
/** Each is compared with every token's: an authority has one or two, a file of renewals those of some authorities. */
const BAGS_KEPT = 16
/** A larger one is read anew each time; real ones have some kilobytes. */
const BAG_OCTETS_KEPT = 65_536
/** Signers of tokens that carry the same bag: a unit, and what hostile tokens name in its place. */
const SIGNERS_KEPT = 16

/**
 * For many tokens under one judgement: the same checks, findings and assessment as `establishTimestampFacts` and `judge`
 * give for each, but what depends on certificates and lists alone is computed once for all tokens that carry the same.
 * Nothing that depends on a token's time, content or signature is remembered. `hints`: as for `establishTimestampFacts`.
 */
export function timestampVerifier(
  judgement: Judgement,
  ports: SignaturePorts,
  hints: { readonly certificates?: readonly Uint8Array[]; readonly revocation?: readonly GivenRevocation[] } = {},
): TimestampVerifier {
  const { policy, trustSet } = judgement
  const onlyTime = { ...policy, requiredAxes: policy.requiredAxes.filter((axis) => axis === 'time') }
  const read = rememberingCertificates(ports)
  const surroundings = {
    anchors: anchorsOf(trustSet, ports.smallDigest),
    limits: policy.paths,
    computeLink: rememberingLinks(ports),
  }
  const given = givenSources(hints.revocation)
  const givenMaterial = readRevocation(given, ports.smallDigest)
  const hinted = (hints.certificates ?? []).map(
    (bytes, index): CertificateSource => ({ path: `certificate[${index}]`, bytes, kind: 'certificate' }),
  )
  const bags: KnownBag[] = []

  /** The certificates of a token's bag and the pool that they make with the hints. */
  function bagOf(cms: Cms | null, file: TokenFile): KnownBag {
    const before = cms === null ? undefined : bags.find((bag) => isSameBag(bag, cms))
    if (before !== undefined) return before
    const bag = cms === null ? null : readBag(cms, [], ports.smallDigest, read)
    const pool = collectCertificates([{ ...file, kind: 'token', bag }, ...hinted], ports.smallDigest, read).certificates
    const ders = cms === null ? [] : cms.certificates.map(({ der }) => new Uint8Array(der))
    const made: KnownBag = { ders, bag, pool, trust: new Map() }
    if (cms !== null && sum(ders) <= BAG_OCTETS_KEPT) {
      if (bags.length >= BAGS_KEPT) bags.pop()
      bags.unshift(made)
    }
    return made
  }

  async function newTrustOf(token: TokenFacts, key: string, { pool, trust: known }: KnownBag): Promise<TrustFacts> {
    const { failures, omitted } = givenMaterial
    const facts = { structures: structuresOf(token), target: null, pool, material: givenMaterial, failures, omitted }
    const trust = await establishTrustOf(facts, surroundings, ports)
    if (known.size >= SIGNERS_KEPT) known.clear()
    known.set(key, trust)
    return trust
  }

  return async (bytes, evidence) => {
    const file = { path: 'token', label: '', bytes }
    requireTimeStampBeginning(bytes, file.path)
    const content = readToken(bytes)
    const cms = content.parsed?.token ?? null
    const known = bagOf(cms, file)
    const token = await establishToken(file, evidence, known.pool, ports, content, known.bag)
    const inside = cms === null ? [] : revocationInCms(cms, file.path)
    let trust: TrustFacts
    if (inside.length === 0) {
      const key = signersOf(token)
      trust = known.trust.get(key) ?? (await newTrustOf(token, key, known))
    } else {
      const material = readRevocation([...inside, ...given], ports.smallDigest)
      const { failures, omitted } = material
      const facts = { structures: structuresOf(token), target: null, pool: known.pool, material, failures, omitted }
      trust = await establishTrustOf(facts, surroundings, ports)
    }
    // A trust set whose bytes lie in what is judged is the evidence's own word about whom to believe.
    const contentDigests = new Set(trustSet?.sha256 === token.sha256 ? [token.sha256] : [])
    const { findings, summary } = judgeLoneToken(token, trust, judgement, contentDigests)
    return { token, findings, assessment: assess(findings, onlyTime), summary }
  }
}

interface KnownBag {
  /** Every element of the bag as it arrived. */
  readonly ders: readonly Uint8Array[]
  readonly bag: Bag | null
  readonly pool: readonly Certificate[]
  /** By `signersOf`; of tokens without revocation data of their own. */
  readonly trust: Map<string, TrustFacts>
}

/** Byte for byte and in order: what another bag would make of its certificates is worked out for that one. */
function isSameBag({ ders }: KnownBag, { certificates }: Cms): boolean {
  if (ders.length !== certificates.length) return false
  return certificates.every(({ der }, index) => {
    const known = ders[index]
    return known !== undefined && equalBytes(der, known)
  })
}

function sum(parts: readonly Uint8Array[]): number {
  return parts.reduce((octets, { length }) => octets + length, 0)
}

function structuresOf({ cms }: TokenFacts): ReadFacts['structures'] {
  return cms === null ? [] : [['time-stamp-authority', cms]]
}

/** With the bag and the hints all that `establishTrustOf` takes from a token: whose paths are searched. */
function signersOf({ cms }: TokenFacts): string {
  const signers = (cms?.signers ?? []).map((signer) => {
    const candidate = cms === null ? null : signingCandidate(signer, cms)
    return candidate !== null && cms !== null && isEstablished(candidate, cms) ? candidate.certificate : ''
  })
  return signers.join()
}

/** Certificates by the SHA-256 of their bytes. */
function rememberingCertificates({ smallDigest }: SignaturePorts): ReadCertificate {
  const known = new Map<string, Certificate>()
  return (der) => {
    const sha256 = smallDigest('sha256', der)
    const key = toHex(sha256)
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= CERTIFICATES_KEPT) known.clear()
    // A copy: what is remembered outlives what the caller does with the token's bytes.
    const certificate = parseCertificate(new Uint8Array(der), () => sha256)
    known.set(key, certificate)
    return certificate
  }
}
