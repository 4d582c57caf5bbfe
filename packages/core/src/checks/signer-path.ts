import type { Evidence, Finding, Subject } from '../model/finding.ts'
import { compareInstants, formatInstant, parseInstant } from '../model/instant.ts'
import type { Certificate } from '../pki/certificate.ts'
import type { CandidatePath, PathSearch } from '../pki/path.ts'
import { describePath, type PathVerdict, validatePath } from '../pki/path-validation.ts'
import type { FindingId } from './catalogue.ts'
import { answer, type ExaminedSigner, missingCertificate, type SignerContext } from './signature-object.ts'
import { type ChosenPath, chosenPath } from './signer-revocation.ts'

export interface PathConclusion {
  /** One finding for each candidate, which never counts, and the certificate's conclusion. */
  readonly findings: readonly Finding[]
  /** The path that the conclusion rests on, with what is known of its revocation. */
  readonly chosen: ChosenPath | null
}

interface JudgedPath {
  readonly path: CandidatePath
  readonly verdict: PathVerdict
}

/** Whether a path from the signer's certificate to an anchor of the right role holds at the time of interest. */
export function checkPath(examined: ExaminedSigner, context: SignerContext): PathConclusion {
  const { object, subject, signer, certificate, search } = examined
  const id: FindingId = object.kind === 'signature' ? 'signer.path' : 'timestamp.path'
  if (certificate === null || search === null) {
    const evidence = [missingCertificate(signer)]
    return without(answer(id, subject, 'INDETERMINATE:certificate-missing', evidence, 'NO_SIGNING_CERTIFICATE_FOUND'))
  }
  const { trustSet } = context.judgement
  const target: Evidence = { name: 'certificate', found: certificate.sha256 }
  if (trustSet === null) {
    const evidence: Evidence[] = [target, { name: 'issuer', found: certificate.issuer.text, missing: 'trust-set' }]
    return without(answer(id, subject, 'INDETERMINATE:no-trust-set', evidence, 'NO_CERTIFICATE_CHAIN_FOUND'))
  }
  if (context.trustSetInside) {
    const evidence: Evidence[] = [target, { name: 'trustSet', found: trustSet.sha256, missing: 'trust-set' }]
    return without(answer(id, subject, 'INDETERMINATE:trust-set-inside', evidence, 'NO_CERTIFICATE_CHAIN_FOUND'))
  }

  const judged = search.candidates.map((path) => ({
    path,
    verdict: validatePath(path, context.time, context.judgement.policy),
  }))
  const candidates = judged.map((one, index) => candidateFinding(examined, one, index))
  const holding = judged.filter(({ verdict }) => verdict.value === 'PASSED').map(({ path }) => path)
  const chosen = chosenPath(examined, holding, context)
  if (chosen === null) return { findings: [...candidates, noPath(id, subject, search, judged, context)], chosen }
  const { path } = chosen
  const evidence: Evidence[] = [
    { name: 'path', found: describePath(path) },
    { name: 'anchor', found: path.anchor.label },
    { name: context.timeSource, found: formatInstant(context.time) },
  ]
  const outcome = path.links.length === 0 ? 'PASSED:end-entity-anchor' : 'PASSED'
  return { findings: [...candidates, answer(id, subject, outcome, evidence)], chosen }
}

function without(finding: Finding): PathConclusion {
  return { findings: [finding], chosen: null }
}

function candidateFinding({ object, subject }: ExaminedSigner, { path, verdict }: JudgedPath, index: number): Finding {
  const id: FindingId = object.kind === 'signature' ? 'signer.path-candidate' : 'timestamp.path-candidate'
  const at = `${subject.at === undefined ? '' : `${subject.at} `}path[${index}]`
  // The reason must be one that explains the value: a contradiction before what could not be told.
  const first = verdict.problems.find(({ value }) => value === verdict.value)
  const passed = path.links.length === 0 ? 'PASSED:end-entity-anchor' : 'PASSED'
  const outcome = first === undefined ? passed : (`${first.value}:${first.reason}` as const)
  const evidence = [{ name: 'path', found: describePath(path) }, ...problemEvidence(verdict)]
  return { ...answer(id, { ...subject, at }, outcome, evidence), role: 'candidate-path' }
}

function problemEvidence(verdict: PathVerdict): Evidence[] {
  return verdict.problems.map(({ reason, certificate, evidence }) => ({
    ...evidence,
    name: `${reason} ${certificate} ${evidence.name}`,
  }))
}

function noPath(
  id: FindingId,
  subject: Subject,
  search: PathSearch,
  judged: readonly JudgedPath[],
  context: SignerContext,
): Finding {
  const evidence: Evidence[] = [{ name: 'certificate', found: search.target.sha256 }]
  if (search.limit !== null) {
    const { maxDepth, maxSignatureChecks } = context.judgement.policy.paths
    const found = search.limit === 'depth' ? maxDepth : maxSignatureChecks
    return answer(id, subject, 'INDETERMINATE:limit', [...evidence, { name: search.limit, found: `${found}` }])
  }
  // An anchor is reached when no signature on the way is wrong; otherwise it merely has the name.
  const reached = judged.filter(({ path }) => path.links.every(({ outcome }) => outcome !== 'invalid'))
  if (reached.length > 0) {
    const reasons = reached.flatMap(({ verdict }) => problemEvidence(verdict))
    const onlyInterval = reached.some(({ verdict }) =>
      verdict.problems.every(({ reason }) => reason === 'anchor-interval'),
    )
    const outcome = onlyInterval ? 'INDETERMINATE:anchor-interval' : 'INDETERMINATE:none-holds'
    return answer(id, subject, outcome, [...evidence, ...reasons], 'CERTIFICATE_CHAIN_GENERAL_FAILURE')
  }
  return notReached(id, subject, search, judged, context, evidence)
}

/** Nothing leads to an anchor: says what is missing, and explains the near misses. */
function notReached(
  id: FindingId,
  subject: Subject,
  search: PathSearch,
  judged: readonly JudgedPath[],
  context: SignerContext,
  evidence: Evidence[],
): Finding {
  const conclude = (outcome: `INDETERMINATE:${string}`) =>
    answer(id, subject, outcome, evidence, 'NO_CERTIFICATE_CHAIN_FOUND')
  for (const { certificate, selfIssued } of search.deadEnds) {
    evidence.push(
      selfIssued
        ? { name: 'root', found: `${certificate.subject.text} ${certificate.sha256}`, missing: 'trust-anchor' }
        : { name: 'issuer', found: certificate.issuer.text, missing: 'issuer-certificate' },
    )
  }
  for (const anchor of search.otherRole) {
    evidence.push({ name: 'anchor', expected: search.role, found: `${anchor.role} ${anchor.label} ${anchor.sha256}` })
  }
  if (search.otherRole.length > 0) return conclude('INDETERMINATE:other-role')
  for (const { path } of judged) {
    const { name, label, sha256 } = path.anchor
    evidence.push({ name: 'sameName', found: `${name.text} ${label} ${sha256}` })
  }
  if (judged.length > 0) return conclude('INDETERMINATE:same-name-other-key')
  const { trustSet } = context.judgement
  const compiled = trustSet === null ? undefined : parseInstant(trustSet.file.date)
  const youngest = youngestOf([search.target, ...search.deadEnds.map(({ certificate }) => certificate)])
  if (compiled !== undefined && compareInstants(compiled, youngest.notBefore) < 0) {
    const expected = `from ${formatInstant(youngest.notBefore)}`
    evidence.push({ name: 'trustSet.date', expected, found: trustSet?.file.date ?? '' })
    return conclude('INDETERMINATE:set-older')
  }
  return conclude(
    search.deadEnds.some(({ selfIssued }) => selfIssued)
      ? 'INDETERMINATE:anchor-missing'
      : 'INDETERMINATE:issuer-missing',
  )
}

function youngestOf(certificates: readonly [Certificate, ...Certificate[]]): Certificate {
  return certificates.reduce((a, b) => (compareInstants(a.notBefore, b.notBefore) >= 0 ? a : b))
}
