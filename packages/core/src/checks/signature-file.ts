import { comparePaths } from '../model/bytes.ts'
import type { Finding, Subject } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant } from '../model/instant.ts'
import type { SignatureSummary } from '../model/report.ts'
import type { SignatureFileFacts, TokenFacts } from '../pki/facts.ts'
import { keyIdentity } from '../pki/key-identity.ts'
import { bestTimeOf, distinctAuthorities, type ProvedTime } from '../pki/signing-time.ts'
import type { TrustFacts } from '../pki/trust-facts.ts'
import { NO_RENEWAL } from './renewal-proofs.ts'
import { checkDeclaredSigner, checkSignatureContent, SEAL_FOLDER } from './signature.ts'
import {
  checkContentType,
  checkMessageDigest,
  checkSignatureValue,
  checkSignedAttributes,
  checkSignerInfo,
  checkSigningCertificate,
  checkStructure,
  checkStructureVersion,
} from './signature-cms.ts'
import {
  asUndeclared,
  type Declaration,
  type ExaminedSigner,
  examineSigner,
  type SignedObject,
  type SignerContext,
} from './signature-object.ts'
import { checkAlgorithm, checkSignerKeyUsage, checkValidity } from './signer.ts'
import { checkPath } from './signer-path.ts'
import { checkRevocation } from './signer-revocation.ts'
import { keysAbove } from './statement-signer.ts'
import {
  checkThreshold,
  checkTimestampPresent,
  declaredTokens,
  neededAuthorities,
  orderEvidence,
} from './timestamp.declared.ts'
import { type JudgedToken, judgeToken, type TrustContext } from './timestamp-token.ts'

export interface JudgedSignatureFile {
  readonly findings: readonly Finding[]
  /** Those over it, as they were judged. */
  readonly tokens: readonly JudgedToken[]
  /** Distinct authorities that it needs. */
  readonly needed: number
  readonly summary: SignatureSummary
  readonly certifiedBy: CertifyingKeys
}

/** By SHA-256 of a signer's certificate the keys that certify it, as SubjectPublicKeyInfo, on the path that was chosen. */
export type CertifyingKeys = ReadonlyMap<string, readonly Uint8Array[]>

/**
 * Every finding about one signature file and the tokens over it. `record`: `none` for a signature alone, of which nothing
 * declares anything; null for a bag that is no bundle of ours.
 */
export function judgeSignatureFile(
  file: SignatureFileFacts,
  record: Declaration | null | 'none',
  context: TrustContext,
): JudgedSignatureFile {
  const { renewal = NO_RENEWAL } = context
  const { policy, validationTime } = context.judgement
  const subject: Subject = { kind: 'signature', name: file.path }
  const declaration = record === 'none' ? null : record
  const needed = neededAuthorities(file.path, declaration, policy)
  const tokens = judgeTokens(file, record, { ...context, sealKeys: keysDating(file, record, context) })
  const own = tokens.filter(({ judged }) => judged.isOwn).length
  const signers = file.cms?.signers.map(({ at }) => at) ?? []
  const weakest = weakestOf(signers, tokens)
  // One token asked for by nobody still dates the file.
  const best = bestOfFile(signers, tokens, needed)
  const findings = tokens.flatMap(({ judged: { findings: found } }) => found)
  findings.push(checkTimestampPresent(subject, file.tokens.length, needed))
  const order = orderEvidence(tokens.map(({ token, judged }) => ({ path: token.path, interval: judged.interval })))
  const open = tokens.flatMap(({ judged }) => judged.provedButForRevocation ?? [])
  const noTrustSet = context.judgement.trustSet === null && tokens.length > 0
  const beside = { butForRevocation: open, order, own, noTrustSet }
  findings.push(checkThreshold(subject, file.path, weakest, needed, best, beside))

  const contextOf = (at: string): SignerContext => {
    const proved = bestTimeOf(provedFor(at, tokens), needed)
    return {
      judgement: context.judgement,
      time: proved ?? validationTime,
      timeSource: proved === null ? 'validationTime' : 'bestSignatureTime',
      trustSetInside: context.trustSetInside,
      validationCovered: context.validationCovered === true && file.coversState === 'tag-manifest',
      renewal,
      ...(record === 'none' ? {} : { contentTime: renewal.whole ?? validationTime }),
    }
  }
  const seal = judgeSeal(file, subject, record, context.trust, contextOf)
  const isAdded = !isDeclaredFile(file, record)
  findings.push(...(isAdded ? seal.findings.map(asUndeclared) : seal.findings))
  const summary: SignatureSummary = {
    file: file.path,
    ...seal.summary,
    bestSignatureTime: best === null ? null : formatInstant(best),
    timestamps: tokens.map(({ judged }) => judged.summary),
  }
  return { findings, tokens: tokens.map(({ judged }) => judged), needed, summary, certifiedBy: seal.certifiedBy }
}

interface TokenOfFile {
  readonly token: TokenFacts
  readonly judged: JudgedToken
}

/** Whoever signs proves no time to anybody: not over this file, and not over another of the same seal. */
function keysDating(
  file: SignatureFileFacts,
  record: Declaration | null | 'none',
  { trust, sealKeys }: TrustContext,
): ReadonlySet<string> {
  const own = keysOfSigners(file, trust)
  return sealKeys === undefined || !isDeclaredFile(file, record) ? own : new Set([...sealKeys, ...own])
}

/** Identities of the keys that declared signature files are known to be made with: of one issuer, whichever file is dated. */
export function keysThatSealed(
  files: readonly SignatureFileFacts[],
  record: Declaration | null,
  trust: TrustFacts,
): ReadonlySet<string> {
  const declared = files.filter((file) => isDeclaredFile(file, record))
  return new Set(declared.flatMap((file) => [...keysOfSigners(file, trust)]))
}

/** Identities of the keys that the file's signers are known by. */
function keysOfSigners({ path, cms }: SignatureFileFacts, trust: TrustFacts): ReadonlySet<string> {
  if (cms === null) return new Set()
  const object: SignedObject = { kind: 'signature', subject: { kind: 'signature', name: path }, cms }
  return new Set(
    cms.signers.flatMap((signer) => {
      const { certificate } = examineSigner(object, signer, trust)
      return certificate === null ? [] : [keyIdentity(certificate.spki)]
    }),
  )
}

/**
 * Files over the signature file first: what they prove existed holds for the signature-time-stamps inside it too, which
 * they cover with all of its bytes.
 */
function judgeTokens(
  file: SignatureFileFacts,
  record: Declaration | null | 'none',
  context: TrustContext,
): readonly TokenOfFile[] {
  const { renewal = NO_RENEWAL } = context
  const declared = declaredTokens(file, record === 'none' ? null : record)
  const inOrder = file.tokens.toSorted((a, b) => comparePaths(a.path, b.path))
  const outside = inOrder
    .filter(({ at }) => at === null)
    .map((token): TokenOfFile => {
      const standing = record === 'none' ? 'alone' : { record, declared: declared.has(token.path) }
      // Of what it is over, too: under a digest that has ended other bytes would do as well.
      const proofs = renewal.of(token.path, file.path)
      return { token, judged: judgeToken(token, file.path, context, standing, proofs) }
    })
  const proofs = [
    ...outside.flatMap(({ judged }) => (judged.proved === null ? [] : [judged.proved.upperBound])),
    ...renewal.of(file.path),
  ]
  const inside = inOrder
    .filter(({ at }) => at !== null)
    .map((token): TokenOfFile => ({ token, judged: judgeToken(token, file.path, context, 'unprotected', proofs) }))
  return [...outside, ...inside]
}

/** What is proved of one signer's signature: by tokens over the whole file, and by those over its own signature value. */
function provedFor(at: string, tokens: readonly TokenOfFile[]): readonly ProvedTime[] {
  return tokens.flatMap(({ token, judged: { proved } }) =>
    proved !== null && (token.at === null || token.at === at) ? [proved] : [],
  )
}

/** Of several signers the one of whom the fewest authorities prove anything: a file is no better than that. */
function weakestOf(signers: readonly string[], tokens: readonly TokenOfFile[]): readonly ProvedTime[] {
  const each = (signers.length === 0 ? [''] : signers).map((at) => provedFor(at, tokens))
  return each.reduce((a, b) => (distinctAuthorities(b) < distinctAuthorities(a) ? b : a))
}

/** The latest of its signers' proved times; null when one of them has none. */
function bestOfFile(signers: readonly string[], tokens: readonly TokenOfFile[], needed: number): Instant | null {
  let latest: Instant | null = null
  for (const at of signers.length === 0 ? [''] : signers) {
    const best = bestTimeOf(provedFor(at, tokens), needed)
    if (best === null) return null
    if (latest === null || compareInstants(best, latest) > 0) latest = best
  }
  return latest
}

/** Without a readable record only the file that every bundle has is known to belong to it. */
function isDeclaredFile(file: SignatureFileFacts, record: Declaration | null | 'none'): boolean {
  if (record === 'none') return true
  const name = file.path.slice(SEAL_FOLDER.length)
  if (!file.path.startsWith(SEAL_FOLDER)) return false
  const bundle = record?.record ?? null
  return bundle === null ? name === 'tagmanifest-sha256.txt.p7s' : bundle.seal.some((entry) => entry.file === name)
}

function judgeSeal(
  file: SignatureFileFacts,
  subject: Subject,
  record: Declaration | null | 'none',
  trust: TrustFacts,
  contextOf: (at: string) => SignerContext,
): {
  readonly findings: readonly Finding[]
  readonly summary: Pick<SignatureSummary, 'signer' | 'claimedTime'>
  readonly certifiedBy: CertifyingKeys
} {
  if (file.cms === null) {
    const failure = file.failure
    if (failure === null) throw new TypeError(`facts: ${file.path} has neither a structure nor a failure`)
    const summary = { signer: null, claimedTime: null }
    return { findings: [checkStructure('signature', subject, failure)], summary, certifiedBy: new Map() }
  }
  const object: SignedObject = { kind: 'signature', subject, cms: file.cms }
  const signers = file.cms.signers.map((signer) => examineSigner(object, signer, trust))
  const content = file.coversState === 'absent' ? 'missing' : 'here'
  const findings: Finding[] = [
    checkStructureVersion(object),
    checkSignerInfo(object),
    checkSignatureContent(file, object),
    ...(record === 'none' ? [] : [checkDeclaredSigner(file, object, signers, record)]),
  ]
  const certifiedBy = new Map<string, readonly Uint8Array[]>()
  for (const examined of signers) {
    const context = contextOf(examined.signer.at)
    const { findings: pathFindings, chosen } = checkPath(examined, context)
    if (examined.certificate !== null) certifiedBy.set(examined.certificate.sha256, keysAbove(chosen?.path ?? null))
    findings.push(
      checkSignedAttributes(examined),
      checkContentType(examined),
      checkMessageDigest(examined, content),
      checkAlgorithm(examined, context, []),
      checkSigningCertificate(examined),
      checkSignatureValue(examined),
      checkSignerKeyUsage(examined),
      ...pathFindings,
      checkValidity(examined, context),
      checkRevocation(examined, context, chosen),
    )
  }
  return { findings, summary: summariseSigner(signers, file, record), certifiedBy }
}

/** The declared signer where there are several. */
function summariseSigner(
  signers: readonly ExaminedSigner[],
  file: SignatureFileFacts,
  record: Declaration | null | 'none',
): Pick<SignatureSummary, 'signer' | 'claimedTime'> {
  const bundle = record === 'none' ? null : (record?.record ?? null)
  const declared = bundle?.seal.find((entry) => `${SEAL_FOLDER}${entry.file}` === file.path)?.signer
  const shown = signers.find(({ certificate }) => certificate?.sha256 === declared) ?? signers[0]
  const certificate = shown?.certificate ?? null
  return {
    signer: certificate === null ? null : { subject: certificate.subject.text, sha256: certificate.sha256 },
    claimedTime: shown?.signer.signingTime ?? null,
  }
}
