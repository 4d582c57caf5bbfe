import { comparePaths } from '../model/bytes.ts'
import type { Finding, Subject } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant, parseInstant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import type { SignatureSummary } from '../model/report.ts'
import type { SignatureFileFacts, TokenFacts } from '../pki/facts.ts'
import { bestTimeOf } from '../pki/signing-time.ts'
import type { TrustFacts } from '../pki/trust-facts.ts'
import { inCatalogueOrder } from './finding.ts'
import { checkDeclaredSigner, checkSignatureContent, checkSignaturePresent, SEAL_FOLDER } from './signature.ts'
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
import { checkAlgorithm, checkRevocation, checkSignerKeyUsage, checkValidity } from './signer.ts'
import { checkPath } from './signer-path.ts'
import { checkThreshold, checkTimestampPresent, declaredTokens, neededAuthorities } from './timestamp.declared.ts'
import { judgeToken, type TrustContext } from './timestamp-token.ts'
import { checkTrustOutside, isTrustSetInside } from './trust.outside.ts'

interface Judged {
  readonly findings: readonly Finding[]
  readonly summaries: readonly SignatureSummary[]
}

/**
 * Every finding about signers, times and what trust rests on, in the order of the catalogue.
 * `record`: null for a bag that is no bundle of ours. `contentDigests`: SHA-256, hex, of the files judged, at least of
 * all small ones; a trust set among them is refused.
 */
export function checkSignatures(
  signatures: readonly SignatureFileFacts[],
  trust: TrustFacts,
  record: Declaration | null,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
): Finding[] {
  return inCatalogueOrder(judge(signatures, trust, record, judgement, contentDigests).findings)
}

/** For each signature file: who made it, and since when it is proved to exist. Same parameters as `checkSignatures`. */
export function summariseSignatures(
  signatures: readonly SignatureFileFacts[],
  trust: TrustFacts,
  record: Declaration | null,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
): readonly SignatureSummary[] {
  return judge(signatures, trust, record, judgement, contentDigests).summaries
}

/**
 * The bundle's bestSignatureTime, RFC 3339: the latest among its declared signature files; null when one of them has
 * none or is absent. Without a declaration, among the files that are here.
 */
export function bestSignatureTimeOf(summaries: readonly SignatureSummary[], record: Declaration | null): string | null {
  const declared = record?.record?.seal.map(({ file }) => `${SEAL_FOLDER}${file}`) ?? summaries.map(({ file }) => file)
  const times = declared.map((path) => summaries.find(({ file }) => file === path)?.bestSignatureTime ?? null)
  let latest: { readonly text: string; readonly instant: Instant } | null = null
  for (const text of times) {
    const instant = text === null ? undefined : parseInstant(text)
    if (text === null || instant === undefined) return null
    if (latest === null || compareInstants(instant, latest.instant) > 0) latest = { text, instant }
  }
  return latest?.text ?? null
}

/** The findings about a token alone, with the data it is said to be over: one authority is enough. */
export function checkLoneToken(
  token: TokenFacts,
  trust: TrustFacts,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
): Finding[] {
  const trustSetInside = isTrustSetInside(judgement, contentDigests)
  const context: TrustContext = { trust, judgement, trustSetInside, revocationFiles: [] }
  const { findings, proved } = judgeToken(token, token.path, context, null)
  const times = proved === null ? [] : [proved]
  const subject: Subject = { kind: 'timestamp', name: token.path }
  const threshold = checkThreshold(subject, token.path, times, 1, bestTimeOf(times, 1))
  return inCatalogueOrder([...findings, threshold, checkTrustOutside(judgement, contentDigests)])
}

function judge(
  signatures: readonly SignatureFileFacts[],
  trust: TrustFacts,
  record: Declaration | null,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
): Judged {
  const trustSetInside = isTrustSetInside(judgement, contentDigests)
  const revocationFiles = record?.revocationFiles.first.map(({ path }) => path) ?? []
  const context: TrustContext = { trust, judgement, trustSetInside, revocationFiles }
  const findings: Finding[] = [checkSignaturePresent(signatures, record), checkTrustOutside(judgement, contentDigests)]
  if (signatures.length === 0) {
    const subject = { kind: record === null ? 'bag' : 'bundle', name: '' } as const
    const declared = record?.record?.seal.map(({ timestamps }) => timestamps) ?? []
    const needed = record === null ? 0 : Math.max(judgement.policy.timestamps.atLeast, ...declared)
    findings.push(checkTimestampPresent(subject, 0, needed))
  }
  const summaries: SignatureSummary[] = []
  for (const file of signatures.toSorted((a, b) => comparePaths(a.path, b.path))) {
    const judged = judgeFile(file, record, context)
    findings.push(...judged.findings)
    summaries.push(...judged.summaries)
  }
  return { findings, summaries }
}

function judgeFile(file: SignatureFileFacts, record: Declaration | null, context: TrustContext): Judged {
  const { policy, validationTime } = context.judgement
  const subject: Subject = { kind: 'signature', name: file.path }
  const needed = neededAuthorities(file.path, record, policy)
  const declared = declaredTokens(file, record)
  const tokens = file.tokens
    .toSorted((a, b) => comparePaths(a.path, b.path))
    .map((token) => judgeToken(token, file.path, context, { record, declared: declared.has(token.path) }))
  const proved = tokens.flatMap((token) => (token.proved === null ? [] : [token.proved]))
  // One token asked for by nobody still dates the file.
  const best = bestTimeOf(proved, needed)
  const findings = tokens.flatMap((token) => token.findings)
  findings.push(checkTimestampPresent(subject, file.tokens.length, needed))
  findings.push(checkThreshold(subject, file.path, proved, needed, best))

  const signerContext: SignerContext = {
    judgement: context.judgement,
    time: best ?? validationTime,
    timeSource: best === null ? 'validationTime' : 'bestSignatureTime',
    trustSetInside: context.trustSetInside,
    revocationFiles: context.revocationFiles,
  }
  const seal = judgeSeal(file, subject, record, context.trust, signerContext)
  const isAdded = !isDeclaredFile(file, record)
  findings.push(...(isAdded ? seal.findings.map(asUndeclared) : seal.findings))
  const summary: SignatureSummary = {
    file: file.path,
    ...seal.summary,
    bestSignatureTime: best === null ? null : formatInstant(best),
    timestamps: tokens.map((token) => token.summary),
  }
  return { findings, summaries: [summary] }
}

/** Without a readable record only the file that every bundle has is known to belong to it. */
function isDeclaredFile(file: SignatureFileFacts, record: Declaration | null): boolean {
  const name = file.path.slice(SEAL_FOLDER.length)
  if (!file.path.startsWith(SEAL_FOLDER)) return false
  const bundle = record?.record ?? null
  return bundle === null ? name === 'tagmanifest-sha256.txt.p7s' : bundle.seal.some((entry) => entry.file === name)
}

function judgeSeal(
  file: SignatureFileFacts,
  subject: Subject,
  record: Declaration | null,
  trust: TrustFacts,
  context: SignerContext,
): { readonly findings: readonly Finding[]; readonly summary: Pick<SignatureSummary, 'signer' | 'claimedTime'> } {
  if (file.cms === null) {
    const failure = file.failure
    if (failure === null) throw new TypeError(`facts: ${file.path} has neither a structure nor a failure`)
    return { findings: [checkStructure('signature', subject, failure)], summary: { signer: null, claimedTime: null } }
  }
  const object: SignedObject = { kind: 'signature', subject, cms: file.cms }
  const signers = file.cms.signers.map((signer) => examineSigner(object, signer, trust))
  const content = file.coversState === 'absent' ? 'missing' : 'here'
  const findings: Finding[] = [
    checkStructureVersion(object),
    checkSignerInfo(object),
    checkSignatureContent(file, object),
    checkDeclaredSigner(file, object, signers, record),
  ]
  for (const examined of signers) {
    findings.push(
      checkSignedAttributes(examined),
      checkContentType(examined),
      checkMessageDigest(examined, content),
      checkAlgorithm(examined, context, []),
      checkSigningCertificate(examined),
      checkSignatureValue(examined),
      checkSignerKeyUsage(examined),
      ...checkPath(examined, context).findings,
      checkValidity(examined, context),
      checkRevocation(examined, context),
    )
  }
  return { findings, summary: summariseSigner(signers, file, record) }
}

/** The declared signer where there are several. */
function summariseSigner(
  signers: readonly ExaminedSigner[],
  file: SignatureFileFacts,
  record: Declaration | null,
): Pick<SignatureSummary, 'signer' | 'claimedTime'> {
  const declared = record?.record?.seal.find((entry) => `${SEAL_FOLDER}${entry.file}` === file.path)?.signer
  const shown = signers.find(({ certificate }) => certificate?.sha256 === declared) ?? signers[0]
  const certificate = shown?.certificate ?? null
  return {
    signer: certificate === null ? null : { subject: certificate.subject.text, sha256: certificate.sha256 },
    claimedTime: shown?.signer.signingTime ?? null,
  }
}
