import { type BagFacts, infoValues } from './bundle/bag-facts.ts'
import type { BundleSource } from './bundle/source.ts'
import { checkGivenConsents } from './checks/authorisation.later-consents.ts'
import { checkNotices, establishNoticeTrust, keysOfSeal, type NoticeTrust } from './checks/authorisation.notices.ts'
import { checkAuthorisation, establishAuthorisationTrust } from './checks/authorisation.ts'
import { declaredSealers } from './checks/authorisation-finding.ts'
import { checkBag } from './checks/bag.ts'
import { checkRecords } from './checks/bundle.ts'
import type { HandoverTrust } from './checks/custody.handover.ts'
import { checkGivenDisclosures } from './checks/disclosure-given.ts'
import { checkDocument } from './checks/document.ts'
import { checkGivenRecords, establishRecordTrust } from './checks/evidence.record.ts'
import { judgeEvidenceRecord } from './checks/evidence-record-judge.ts'
import { inCatalogueOrder } from './checks/finding.ts'
import { checkHistory, establishHandoverTrust, establishHistoryTrust, keysOfSigners } from './checks/history.ts'
import { judgeLoneSignature, judgeLoneToken } from './checks/lone.ts'
import { judgeLoneCertificate } from './checks/lone-certificate.ts'
import { judgeDue, judgeLevels } from './checks/renewal.ts'
import { SEAL_FOLDER } from './checks/signature.ts'
import { keysThatSealed } from './checks/signature-file.ts'
import { bestSignatureTimeOf, judgeSignatures } from './checks/signatures.ts'
import { checkTrustOutside } from './checks/trust.outside.ts'
import type { LogTrust } from './custody/log-trust.ts'
import { type EstablishedFacts, establishBundleFacts, type FactsRequest, isSmallFile } from './establish.ts'
import { assess } from './model/assess.ts'
import type { Facts, FactsFile } from './model/facts.ts'
import type { Finding } from './model/finding.ts'
import type { Judgement } from './model/judgement.ts'
import { ParseError } from './model/parse-error.ts'
import type { Ports, SmallDigest } from './model/ports.ts'
import type { Report, SignatureSummary } from './model/report.ts'
import { establishTrust, type TrustFacts } from './pki/trust-facts.ts'
import { policyFor, withNotices } from './policies/policy-for.ts'
import { assembleReport } from './report.ts'

/** Reads, judges and reports on a bundle or bag: `establishBundleFacts`, then `judge`. Throws as they do. */
export async function verifyBundle(
  source: BundleSource,
  ports: Ports,
  request: FactsRequest,
  judgement: Judgement,
): Promise<EstablishedFacts & { readonly report: Report }> {
  const established = await establishBundleFacts(source, ports, request)
  return { ...established, report: await judge(established.factsFile, judgement, ports) }
}

/**
 * Facts to a report: certificate paths to the trust set's anchors, then every check, then the roll-up. The same facts
 * can be judged again under another policy, trust set or time.
 * @throws ParseError ERR_FACTS when a saved facts file contradicts itself
 */
export async function judge(
  file: FactsFile,
  judgement: Judgement,
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<Report> {
  const { facts } = file
  const policy = policyFor(facts, judgement.policy)
  const token = facts.token === null ? [] : [facts.token]
  const levels = (facts.renewal?.levels ?? []).flatMap(({ tokens }) => tokens)
  const archived = (facts.evidenceRecord?.timestamps ?? []).map(({ token: one }) => one)
  const { signatures: signed, certificates, revocation, target } = facts
  const trust = await establishTrust(
    // Named one by one: a copy of all facts would compute `smallFiles`, which few runs need.
    {
      signatures: signed,
      tokens: [...token, ...levels, ...archived],
      certificates,
      revocation,
      ...(target === undefined ? {} : { target }),
    },
    judgement.trustSet,
    policy.paths,
    ports,
  )
  const { trustSet } = judgement
  const believed = trustSet !== null && isSmallFile(facts, trustSet.sha256) ? null : trustSet
  const logTrust = await establishHistoryTrust(facts.records, believed, ports)
  const handoverTrust = await establishHandoverTrust(file, believed, policy.paths, ports)
  const noticeTrust = await establishNoticeTrust(facts, believed, policy.paths, ports)
  const authorisationTrust = await establishAuthorisationTrust(file, believed, policy.paths, ports)
  const recordTrust = await establishRecordTrust(facts, believed, policy.paths, ports)
  const trusts = { trust, logTrust, handoverTrust, authorisationTrust, noticeTrust, recordTrust }
  const { findings, signatures } = judgeFacts(file, trusts, judgement, ports.smallDigest)
  const bestSignatureTime = bestSignatureTimeOf(signatures, facts.records)
  const conclusions = {
    findings,
    assessment: assess(findings, withNotices(policy, findings)),
    signatures,
    bestSignatureTime,
  }
  return assembleReport(file, judgement, conclusions, ports.smallDigest)
}

function judgeFacts(
  { facts, container, consents }: FactsFile,
  {
    trust,
    logTrust,
    handoverTrust,
    authorisationTrust,
    noticeTrust,
    recordTrust,
  }: {
    readonly trust: TrustFacts
    readonly logTrust: LogTrust | null
    readonly handoverTrust: HandoverTrust | null
    readonly authorisationTrust: TrustFacts | null
    readonly noticeTrust: NoticeTrust | null
    readonly recordTrust: TrustFacts | null
  },
  judgement: Judgement,
  smallDigest: SmallDigest,
): { readonly findings: readonly Finding[]; readonly signatures: readonly SignatureSummary[] } {
  const { policy, trustSet, validationTime, inputs } = judgement
  // A trust set whose bytes lie in what is judged is the evidence's own word about whom to believe.
  const inside = trustSet !== null && isSmallFile(facts, trustSet.sha256)
  const contentDigests: ReadonlySet<string> = new Set(inside ? [trustSet.sha256] : [])
  if (facts.kind === 'timestamp') {
    if (facts.token === null) throw new ParseError('ERR_FACTS', { where: 'facts.token', expected: 'a token' })
    const { findings, summary } = judgeLoneToken(facts.token, trust, judgement, contentDigests)
    return { findings, signatures: [summary] }
  }
  if (facts.kind === 'evidence-record') {
    const { evidenceRecord } = facts
    if (evidenceRecord === undefined) {
      throw new ParseError('ERR_FACTS', { where: 'facts.evidenceRecord', expected: 'an evidence record' })
    }
    const { findings, summary } = judgeEvidenceRecord(evidenceRecord, trust, judgement, contentDigests)
    return { findings, signatures: [summary] }
  }
  if (facts.kind === 'signature') {
    const [file, more] = facts.signatures
    if (file === undefined || more !== undefined) {
      throw new ParseError('ERR_FACTS', { where: 'facts.signatures', expected: 'one signature' })
    }
    const { findings, summary } = judgeLoneSignature(file, trust, judgement, contentDigests)
    return { findings, signatures: [summary] }
  }
  if (facts.kind === 'certificate') {
    const { target } = facts
    const isRole = target?.role === 'signer' || target?.role === 'time-stamp-authority'
    if (target === undefined || !isRole || !trust.certificates.has(target.sha256)) {
      throw new ParseError('ERR_FACTS', { where: 'facts.target', expected: 'a certificate of facts.certificates' })
    }
    const { findings, summary } = judgeLoneCertificate(target, trust, judgement, contentDigests)
    return { findings, signatures: [summary] }
  }
  if (facts.kind === 'document') {
    const { document, signatures } = facts
    if (document === undefined) throw new ParseError('ERR_FACTS', { where: 'facts.document', expected: 'a document' })
    const judged = signatures.map((file) => judgeLoneSignature(file, trust, judgement, contentDigests))
    const outside = signatures.length > 0 ? 'something' : 'nothing'
    const findings = judged.flatMap((one) => one.findings.filter(({ id }) => id !== 'trust.outside'))
    findings.push(...checkDocument(document, signatures), checkTrustOutside(judgement, contentDigests, outside))
    return { findings: inCatalogueOrder(findings), signatures: judged.map(({ summary }) => summary) }
  }
  if (facts.bag === null) throw new ParseError('ERR_FACTS', { where: 'facts.bag', expected: 'a bag' })
  const below = { manifests: digestsOfManifests(facts.bag), signatures: facts.signatures }
  const sealKeys = keysThatSealed(facts.signatures, facts.records, trust)
  const trustContext = { trust, judgement, trustSetInside: inside, sealKeys }
  const renewal = judgeLevels(facts.renewal ?? null, below, trustContext)
  const context = {
    policy,
    validationTime,
    part: inputs.part,
    // Of a format version that is not known here, only what RFC 8493 says of any bag can contradict.
    native: facts.kind === 'bundle' && (facts.records?.formatKnown !== false || facts.records.format === null),
    leftovers: container.leftovers,
    declaredSeal: declaredSealFiles(facts.records),
    provedBy: renewal.proofs.whole,
  }
  const profiles = infoValues(facts.bag.info, 'BagIt-Profile-Identifier')
  const bag = checkBag(facts.bag, context)
  const ofTags = bag.filter(({ id }) => id.startsWith('tag.'))
  // Then the seal covers every tag file, and whatever dates the seal dates them.
  const covered = context.native && ofTags.every(({ value }) => value === 'PASSED')
  const seal = judgeSignatures(
    facts.signatures,
    trust,
    facts.records,
    judgement,
    contentDigests,
    covered,
    renewal.proofs,
  )
  const signatures = seal.summaries
  const approvals = facts.records?.authorisation?.approvals ?? []
  // The key of a log signs nothing else: no seal, and no approval.
  const otherKeys = new Set([
    ...keysOfSigners(facts.signatures, trust.certificates, judgement, smallDigest),
    ...keysOfSigners(approvals, authorisationTrust?.certificates ?? new Map(), judgement, smallDigest),
  ])
  const history = logTrust && {
    logTrust,
    handoverTrust,
    judgement,
    trustSetInside: inside,
    bestSignatureTime: bestSignatureTimeOf(signatures, facts.records),
    otherKeys,
  }
  const authorisation = authorisationTrust && {
    trust: authorisationTrust,
    consents: consents ?? null,
    judgement,
    trustSetInside: inside,
    bestSignatureTime: bestSignatureTimeOf(signatures, facts.records),
    sealers: declaredSealers(facts.records, trust.certificates, seal.certifiedBy, smallDigest),
    smallDigest,
  }
  const notices = noticeTrust && {
    trust: noticeTrust,
    judgement,
    trustSetInside: inside,
    bestSignatureTime: bestSignatureTimeOf(signatures, facts.records),
    sealKeys: keysOfSeal(facts.signatures, facts.records?.record?.seal ?? [], trust.certificates),
  }
  const findings = [
    ...bag,
    ...checkRecords(facts.records, { profiles }),
    ...seal.findings,
    ...(facts.records === null ? [] : [...renewal.findings, judgeDue(renewal, seal.groups, below, trustContext)]),
    ...checkHistory(facts.records, history),
    ...(facts.disclosures === undefined ? [] : checkGivenDisclosures(facts.disclosures)),
    ...checkAuthorisation(facts.records, authorisation),
    ...checkGivenConsents(facts.disclosures, facts.records, authorisation),
    ...checkNotices(facts.notices, notices),
    ...checkGivenRecords(facts.evidenceRecords, recordTrust, judgement, contentDigests, sealKeys),
  ]
  return { findings: inCatalogueOrder(findings), signatures }
}

function digestsOfManifests({ manifests }: BagFacts): readonly string[] {
  return [...new Set(manifests.flatMap(({ algorithm }) => algorithm ?? []))]
}

function declaredSealFiles(records: Facts['records']): ReadonlySet<string> {
  return new Set((records?.seal ?? []).flatMap(({ file, tokens }) => [`${SEAL_FOLDER}${file}`, ...tokens]))
}
