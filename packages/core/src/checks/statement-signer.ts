import type { Subject } from '../model/finding.ts'
import type { AnchorRole } from '../model/trust-set.ts'
import type { Certificate } from '../pki/certificate.ts'
import type { CmsFacts } from '../pki/facts.ts'
import type { CandidatePath } from '../pki/path.ts'
import type { TrustFacts } from '../pki/trust-facts.ts'
import { type StatementSignature, statementSignatureOf } from '../statements/signed-statement.ts'
import type { FindingId } from './catalogue.ts'
import {
  checkContentType,
  checkMessageDigest,
  checkSignatureValue,
  checkSignedAttributes,
  checkSignerInfo,
  checkSigningCertificate,
  checkStructureVersion,
} from './signature-cms.ts'
import { type ExaminedSigner, examineSigner, type SignedObject, type SignerContext } from './signature-object.ts'
import { checkAlgorithm, checkSignerKeyUsage, checkValidity } from './signer.ts'
import { checkPath } from './signer-path.ts'
import { checkRevocation } from './signer-revocation.ts'

/** What can be wrong with the signature on a statement, the worst first. `malformed`: the CMS is none that a verifier takes. */
export const SIGNER_PROBLEMS = [
  'other-content',
  'signature',
  'malformed',
  'unsupported',
  'limit',
  'no-trust-set',
  'trust-set-inside',
  'other-role',
  'signer-unknown',
  'anchor-interval',
  'validity',
  'key-usage',
  'algorithm',
  'revoked',
  'none-holds',
  'revocation',
] as const

/** One of SIGNER_PROBLEMS. */
export type SignerProblem = (typeof SIGNER_PROBLEMS)[number]

/** Whether somebody who is believed in a role signed a statement. */
export interface JudgedSigner {
  /** In the order of SIGNER_PROBLEMS; empty where the signature holds and its signer is believed in that role. */
  readonly problems: readonly SignerProblem[]
  /** Null where nothing establishes which certificate it is. */
  readonly certificate: Certificate | null
  /** Keys that certify it, as SubjectPublicKeyInfo: of the path that was chosen, up to the anchor's. Empty without one. */
  readonly certifiedBy: readonly Uint8Array[]
}

const OF_SIGNATURE: Readonly<Record<StatementSignature, SignerProblem | null>> = {
  holds: null,
  'other-content': 'other-content',
  signature: 'signature',
  'not-signed': 'malformed',
  unsupported: 'unsupported',
  limit: 'limit',
}

/**
 * Whether the signature on a statement holds, and whether an anchor of that role certifies whoever made it, at the time of
 * interest that the context gives. The same questions are asked as of a seal.
 */
export function judgeStatementSigner(
  cms: CmsFacts,
  role: AnchorRole,
  subject: Subject,
  trust: TrustFacts,
  context: SignerContext,
): JudgedSigner {
  const ofSignature = OF_SIGNATURE[statementSignatureOf(cms)]
  const [signer] = cms.signers
  if (signer === undefined) return { problems: ['malformed'], certificate: null, certifiedBy: [] }
  const object: SignedObject = { kind: 'signature', subject, cms }
  const examined = examineSigner(object, signer, trust, role)
  const { certificate } = examined
  if (ofSignature !== null) return { problems: [ofSignature], certificate, certifiedBy: [] }
  const { answers, path } = answersOn(examined, context)
  const said = answers.map(({ problem }) => problem)
  return {
    problems: SIGNER_PROBLEMS.filter((problem) => said.includes(problem)),
    certificate,
    certifiedBy: keysAbove(path),
  }
}

/** Keys that certify the one at the beginning of a path, as SubjectPublicKeyInfo, up to the anchor's: whoever holds one makes such a person. */
export function keysAbove(path: CandidatePath | null): readonly Uint8Array[] {
  if (path === null || path.links.length === 0) return []
  return [...path.certificates.slice(1), path.anchor].map(({ spki }) => spki)
}

/** What one question about a signer was answered by, unless it is PASSED. */
export interface SignerAnswer {
  readonly value: 'FAILED' | 'INDETERMINATE'
  readonly problem: SignerProblem
}

/**
 * The questions that are asked of a seal's signer, about the one of a statement: one word for what each found, because a report
 * says no more of a person than a fingerprint. `path` is the one that was chosen.
 */
export function answersOn(
  examined: ExaminedSigner,
  context: SignerContext,
): { readonly answers: readonly SignerAnswer[]; readonly path: CandidatePath | null } {
  const { object } = examined
  const { findings, chosen } = checkPath(examined, context)
  const all = [
    checkStructureVersion(object),
    checkSignerInfo(object),
    checkSignedAttributes(examined),
    checkContentType(examined),
    checkMessageDigest(examined, 'here'),
    checkSigningCertificate(examined),
    checkSignatureValue(examined),
    checkAlgorithm(examined, context, []),
    checkSignerKeyUsage(examined),
    checkValidity(examined, context),
    checkRevocation(examined, context, chosen),
    ...findings.filter(({ role: place }) => place !== 'candidate-path'),
  ]
  const answers = all.flatMap(({ id, value, reason = '' }): SignerAnswer[] =>
    value === 'FAILED' || value === 'INDETERMINATE' ? [{ value, problem: problemOf(id, value, reason) }] : [],
  )
  return { answers, path: chosen?.path ?? null }
}

const SAME_REASON: readonly SignerProblem[] = [
  'no-trust-set',
  'trust-set-inside',
  'other-role',
  'anchor-interval',
  'none-holds',
  'limit',
]

function problemOf(id: FindingId, value: 'FAILED' | 'INDETERMINATE', reason: string): SignerProblem {
  switch (id) {
    case 'signer.path':
      return SAME_REASON.find((same) => same === reason) ?? 'signer-unknown'
    case 'signer.revocation':
      return value === 'FAILED' ? 'revoked' : 'revocation'
    case 'signer.key-usage':
      return 'key-usage'
    case 'signer.validity':
      return 'validity'
    case 'signature.algorithm':
      return 'algorithm'
    default:
      return value === 'FAILED' ? 'signature' : 'malformed'
  }
}
