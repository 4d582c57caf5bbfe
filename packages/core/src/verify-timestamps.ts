import { judgeLoneToken } from './checks/lone.ts'
import { type Assessment, assess } from './model/assess.ts'
import { toHex } from './model/bytes.ts'
import type { Finding } from './model/finding.ts'
import type { Judgement } from './model/judgement.ts'
import type { SignatureSummary } from './model/report.ts'
import { requireTimeStampBeginning } from './pki/begins-as.ts'
import type { Certificate } from './pki/certificate.ts'
import {
  type CertificateSource,
  certificateReader,
  collectCertificates,
  type ReadCertificate,
  readBag,
} from './pki/certificate-pool.ts'
import type { SignaturePorts } from './pki/establish-cms.ts'
import { establishToken, readToken } from './pki/establish-token.ts'
import type { EvidenceDigest, TokenFacts } from './pki/facts.ts'
import {
  collectRevocation,
  type GivenRevocation,
  givenSources,
  parseRevocation,
  revocationInCms,
} from './pki/revocation-pool.ts'
import { isEstablished, signingCandidate } from './pki/trust-candidate.ts'
import { anchorsOf, establishTrustOf, rememberingLinks, type TrustFacts } from './pki/trust-facts.ts'

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
/** One for each set of certificates that tokens carry; each may hold the paths of 1024 certificates. */
const TRUST_KEPT = 64

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
  const givenFacts = collectRevocation(given, ports.smallDigest)
  const givenMaterial = parseRevocation(givenFacts, ports.smallDigest)
  const hinted = (hints.certificates ?? []).map(
    (bytes, index): CertificateSource => ({ path: `certificate[${index}]`, bytes, kind: 'certificate' }),
  )
  const known = new Map<string, TrustFacts>()

  async function trustOf(token: TokenFacts, pool: readonly Certificate[]): Promise<TrustFacts> {
    const structures = token.cms === null ? [] : [['time-stamp-authority', token.cms] as const]
    const key = keyOfTrust(token, pool)
    const before = known.get(key)
    if (before !== undefined) return before
    const { failures, omitted } = givenFacts
    const facts = { structures, target: null, pool, material: givenMaterial, failures, omitted }
    const trust = await establishTrustOf(facts, surroundings, ports)
    if (known.size >= TRUST_KEPT) known.clear()
    known.set(key, trust)
    return trust
  }

  return async (bytes, evidence) => {
    const file = { path: 'token', label: '', bytes }
    requireTimeStampBeginning(bytes, file.path)
    const content = readToken(bytes)
    const cms = content.parsed?.token ?? null
    const bag = cms === null ? null : readBag(cms, [], ports.smallDigest, read)
    const pool = collectCertificates([{ ...file, kind: 'token', bag }, ...hinted], ports.smallDigest, read).certificates
    const token = await establishToken(file, evidence, pool, ports, content, bag)
    const inside = cms === null ? [] : revocationInCms(cms, file.path)
    let trust: TrustFacts
    if (inside.length === 0) trust = await trustOf(token, pool)
    else {
      const structures = token.cms === null ? [] : [['time-stamp-authority', token.cms] as const]
      const all = collectRevocation([...inside, ...given], ports.smallDigest)
      const { failures, omitted } = all
      const material = parseRevocation(all, ports.smallDigest)
      trust = await establishTrustOf(
        { structures, target: null, pool, material, failures, omitted },
        surroundings,
        ports,
      )
    }
    // A trust set whose bytes lie in what is judged is the evidence's own word about whom to believe.
    const contentDigests = new Set(trustSet?.sha256 === token.sha256 ? [token.sha256] : [])
    const { findings, summary } = judgeLoneToken(token, trust, judgement, contentDigests)
    return { token, findings, assessment: assess(findings, onlyTime), summary }
  }
}

/** All that `establishTrustOf` takes from a token: certificates by SHA-256, which of them came with it, and who signed. */
function keyOfTrust({ cms }: TokenFacts, pool: readonly Certificate[]): string {
  const signers = (cms?.signers ?? []).map((signer) => {
    const candidate = cms === null ? null : signingCandidate(signer, cms)
    return candidate !== null && cms !== null && isEstablished(candidate, cms) ? candidate.certificate : ''
  })
  return [pool.map(({ sha256 }) => sha256).join(), cms?.certificates.join() ?? '', signers.join()].join(' ')
}

/** Certificates by the SHA-256 of their bytes. */
function rememberingCertificates({ smallDigest }: SignaturePorts): ReadCertificate {
  const known = new Map<string, Certificate>()
  const read = certificateReader(smallDigest)
  return (der) => {
    const key = toHex(smallDigest('sha256', der))
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= CERTIFICATES_KEPT) known.clear()
    // A copy: what is remembered outlives what the caller does with the token's bytes.
    const certificate = read(new Uint8Array(der))
    known.set(key, certificate)
    return certificate
  }
}
