import type { Finding, Subject } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import type { SignatureSummary } from '../model/report.ts'
import type { Certificate } from '../pki/certificate.ts'
import type { TokenFacts } from '../pki/facts.ts'
import { keyIdentity } from '../pki/key-identity.ts'
import type { CandidatePath, PathAnchor } from '../pki/path.ts'
import type { TimeInterval } from '../pki/proof-of-existence.ts'
import { genTimeOf, intervalOf, type ProvedTime, upperBoundOf } from '../pki/signing-time.ts'
import type { TrustFacts } from '../pki/trust-facts.ts'
import { NO_RENEWAL, type RenewalProofs } from './renewal-proofs.ts'
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
  answer,
  asUndeclared,
  asUnprotected,
  type Declaration,
  examineSigner,
  type SignedObject,
  type SignerContext,
} from './signature-object.ts'
import { checkAlgorithm, checkValidity } from './signer.ts'
import { checkPath } from './signer-path.ts'
import { checkRevocation } from './signer-revocation.ts'
import { checkBelieved, type Ending, endingOf } from './timestamp.believed.ts'
import { checkDeclaredAuthority } from './timestamp.declared.ts'
import {
  checkGenTime,
  checkMessageImprint,
  checkTokenExtendedKeyUsage,
  checkTokenExtensions,
  checkTokenKeyUsage,
  checkTokenStatus,
  checkTsaName,
} from './timestamp.ts'

/** Reasons that data from outside would settle; a statement that was found is none of them. */
const REVOCATION_UNKNOWN: readonly string[] = ['no-data', 'undecided', 'incomplete']

/** What every token and signature of one run is judged by. */
export interface TrustContext {
  readonly trust: TrustFacts
  readonly judgement: Judgement
  readonly trustSetInside: boolean
  /** As SignerContext has it, of the seals. */
  readonly validationCovered?: boolean
  /** What later seal levels prove. Absent: nothing. */
  readonly renewal?: RenewalProofs
  /** Identities of the keys that made what is dated (`keyIdentity`). Absent: of nobody who could be known. */
  readonly sealKeys?: ReadonlySet<string>
}

export interface JudgedToken {
  readonly findings: readonly Finding[]
  /**
   * All else may hold, but the key of its unit, or one that its path leads through, made what is dated: whoever holds that key can
   * give any time, and certify any unit. It proves nothing.
   */
  readonly isOwn: boolean
  /** Null unless everything about the token holds. */
  readonly proved: ProvedTime | null
  /** What it would prove if it were known whether its certificates were revoked; null when that is not all that is open. */
  readonly provedButForRevocation: ProvedTime | null
  /** What it would prove if its time, and revocation data with it, were still believed; null when that is not all that is open. */
  readonly provedButForBelief: ProvedTime | null
  /** When it ends to be believed by itself; null when nothing about it ends, or nothing is known of it. */
  readonly ending: () => Ending | null
  /** Within what its time lies; null unless it is proved and states its accuracy. */
  readonly interval: TimeInterval | null
  readonly summary: SignatureSummary['timestamps'][number]
}

/**
 * What vouches for a token being here: nothing has to when it is `alone`; an unsigned attribute is `unprotected`; a file of
 * a bundle is declared or not.
 */
export type TokenStanding =
  | 'alone'
  | 'unprotected'
  | { readonly record: Declaration | null; readonly declared: boolean }

/** All checks of one token. `group`: the object it is over. `proofs`: times by which later tokens prove this very token. */
export function judgeToken(
  token: TokenFacts,
  group: string,
  { trust, judgement, trustSetInside, renewal = NO_RENEWAL, sealKeys }: TrustContext,
  standing: TokenStanding,
  proofs: readonly Instant[] = [],
): JudgedToken {
  const subject: Subject = { kind: 'timestamp', name: token.path }
  const { cms, tstInfo } = token
  const alternative = { group, member: token.path }
  const asMember = (finding: Finding): Finding => {
    const shown = asStanding(finding, standing)
    // A contradiction costs certainty whatever other tokens prove: it names the file to set aside.
    if (shown.reason === 'undeclared' || shown.reason === 'unprotected' || shown.reason === 'not-listed') return shown
    return withAlternative(shown, alternative)
  }
  const summary = { file: token.path, authority: null, genTime: null, accuracy: null }
  if (token.failure !== null || cms === null || tstInfo === null) {
    const structure =
      token.failure === null
        ? answer('timestamp.structure', subject, 'INDETERMINATE:refused', [
            { name: 'timeStampToken', missing: 'time-stamp' },
          ])
        : checkStructure('timestamp', subject, token.failure)
    const status = token.status === null ? [] : [checkTokenStatus(token, subject)]
    const nothing = {
      isOwn: false,
      proved: null,
      provedButForRevocation: null,
      provedButForBelief: null,
      ending: () => null,
      interval: null,
    }
    return { findings: [structure, ...status].map(asMember), ...nothing, summary }
  }

  const object: SignedObject = { kind: 'timestamp', subject, cms }
  const genTime = genTimeOf(tstInfo)
  const context: SignerContext = { judgement, time: genTime, timeSource: 'genTime', trustSetInside, proofs, renewal }
  const findings: Finding[] = [
    tstInfo.version === 1
      ? checkStructureVersion(object)
      : answer('timestamp.structure', subject, 'INDETERMINATE:version', [
          { name: 'TSTInfo.version', expected: '1', found: `${tstInfo.version}` },
        ]),
    checkTokenStatus(token, subject),
    checkMessageImprint(tstInfo, subject),
    checkSignerInfo(object),
    checkTokenExtensions(tstInfo, subject),
    checkGenTime(tstInfo, subject, judgement.validationTime),
  ]
  const signers = cms.signers.map((signer) => examineSigner(object, signer, trust))
  let proved: ProvedTime | null = null
  let isByOwnKey = false
  for (const examined of signers) {
    const { findings: pathFindings, chosen } = checkPath(examined, context)
    const path = chosen?.path ?? null
    findings.push(
      checkSignedAttributes(examined),
      checkContentType(examined),
      checkMessageDigest(examined, 'here'),
      checkAlgorithm(examined, context, [tstInfo.imprintAlgorithm]),
      checkSigningCertificate(examined),
      checkSignatureValue(examined),
      checkTsaName(tstInfo, examined),
      checkTokenExtendedKeyUsage(examined),
      checkTokenKeyUsage(examined),
      ...pathFindings,
      checkValidity(examined, context),
      checkRevocation(examined, context, chosen),
      checkBelieved(examined, tstInfo, path, proofs, context),
      ...(typeof standing === 'string' ? [] : [checkDeclaredAuthority(token, examined, standing.record)]),
    )
    if (path !== null && examined.certificate !== null) {
      const key = keyTextOf(examined.certificate)
      proved = {
        anchorKey: keyTextOf(path.anchor),
        key,
        upperBound: earlier(upperBoundOf(tstInfo), judgement.validationTime),
      }
      isByOwnKey ||= sealKeys !== undefined && leadsThrough(path, sealKeys)
    }
  }
  const obstacles = findings.filter((finding) => !isGood(finding, judgement))
  const counts = obstacles.length === 0
  const isRevocation = ({ id, reason }: Finding) =>
    id === 'timestamp.revocation' && REVOCATION_UNKNOWN.includes(reason ?? '')
  const isRevocationAlone = obstacles.every(isRevocation)
  // What ends the belief in a token may end the belief in lists about it too.
  const isBeliefAlone =
    obstacles.some(({ id }) => id === 'timestamp.believed') &&
    obstacles.every((finding) => finding.id === 'timestamp.believed' || isRevocation(finding))
  const [first] = signers
  const isOwn = isByOwnKey && (counts || isRevocationAlone || isBeliefAlone)
  const best = isOwn ? null : proved
  return {
    findings: findings.map(asMember),
    isOwn,
    proved: counts ? best : null,
    provedButForRevocation: !counts && isRevocationAlone ? best : null,
    provedButForBelief: !counts && isBeliefAlone ? best : null,
    ending: () => (first === undefined ? null : endingOf(first, tstInfo, context)),
    interval: counts && best !== null ? intervalOf(tstInfo) : null,
    summary: {
      file: token.path,
      authority: signers[0]?.certificate?.subject.text ?? tstInfo.tsa,
      genTime: formatInstant(genTime),
      accuracy: tstInfo.accuracyMicroseconds === null ? null : secondsText(tstInfo.accuracyMicroseconds),
    },
  }
}

/** The finding itself: it was made for this token just now, and nobody else has it. A copy of each costs more than all the rest. */
function withAlternative(finding: Finding, alternative: NonNullable<Finding['alternative']>): Finding {
  const own: { -readonly [Field in keyof Finding]: Finding[Field] } = finding
  own.alternative = alternative
  return own
}

const keyTexts = new WeakMap<Certificate | PathAnchor, string>()

/** A key as text, however its certificate spells it. The same text for all tokens of an authority. */
function keyTextOf(holder: Certificate | PathAnchor): string {
  const known = keyTexts.get(holder)
  if (known !== undefined) return known
  const text = keyIdentity(holder.spki)
  keyTexts.set(holder, text)
  return text
}

function leadsThrough({ certificates, anchor }: CandidatePath, keys: ReadonlySet<string>): boolean {
  return [...certificates, anchor].some((holder) => keys.has(keyTextOf(holder)))
}

function asStanding(finding: Finding, standing: TokenStanding): Finding {
  if (standing === 'alone') return finding
  if (standing === 'unprotected') return asUnprotected(finding)
  return standing.declared ? finding : asUndeclared(finding)
}

function earlier(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) < 0 ? a : b
}

/** Whether a token with this finding may still prove a time. What the policy lets go unchecked is no obstacle. */
function isGood(finding: Finding, { policy }: Judgement): boolean {
  if (finding.role === 'candidate-path' || finding.value === 'PASSED') return true
  if (finding.value !== 'NOT-CHECKED') return false
  if (finding.id === 'timestamp.revocation' && policy.revocation === 'required') return false
  return policy.mayBeNotChecked.includes(finding.id) || !policy.requiredAxes.includes(finding.axis)
}

/** Whole microseconds in seconds, exactly: `0.5 s`. */
function secondsText(microseconds: number): string {
  const fraction = String(microseconds % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return `${Math.floor(microseconds / 1_000_000)}${fraction === '' ? '' : `.${fraction}`} s`
}
