import type { DocumentFacts, DocumentSignature } from '../model/document-facts.ts'
import type { Evidence, Exception, Finding, Subject } from '../model/finding.ts'
import type { SignatureFileFacts } from '../pki/facts.ts'
import type { FindingId } from './catalogue.ts'
import { answer } from './signature-object.ts'

/**
 * Checks of a PDF certificate. A file that somebody saved again, printed or stamped is not what was signed, and nobody can
 * tell from it whether anything was meant to deceive: INDETERMINATE, and what was lost or added is named. FAILED is what
 * contradicts itself: bytes that are ours but for some, data that name other digests, pages that lack what their data say.
 */

/** Findings that are about what may be given beside the document: without it they ask nothing. */
export const DOCUMENT_BESIDE: readonly FindingId[] = ['document.bundle', 'document.sidecar']

const WHOLE: Subject = { kind: 'document', name: '' }
const subjectOf = ({ path, kind }: DocumentSignature): Subject => ({
  kind: kind === 'document-timestamp' ? 'timestamp' : 'signature',
  name: path,
})

/** Every check that is about the document itself. `signed`: facts of the signatures in it, by their paths. */
export function checkDocument(facts: DocumentFacts, signed: readonly SignatureFileFacts[]): Finding[] {
  return [
    checkDocumentStructure(facts),
    checkDocumentData(facts),
    checkDocumentBase(facts),
    checkDocumentShown(facts),
    checkDocumentReport(facts),
    checkDocumentRevisions(facts),
    checkDocumentBundle(facts),
    checkDocumentSidecar(facts),
    checkDocumentSigned(facts),
    ...facts.signatures.flatMap((signature) => [
      checkDocumentCoverage(signature),
      checkDocumentForm(
        signature,
        signed.find(({ path }) => path === signature.path),
      ),
    ]),
  ]
}

export function checkDocumentStructure({ failure }: DocumentFacts): Finding {
  if (failure === null) return answer('document.structure', WHOLE, 'PASSED')
  const evidence: Evidence[] = [
    { name: 'where', found: failure.where },
    { name: 'error', found: failure.code },
    ...(failure.offset === null ? [] : [{ name: 'offset', found: `${failure.offset}` }]),
  ]
  const reason = failure.code === 'ERR_LIMIT' ? 'limit' : failure.where === 'Encrypt' ? 'encrypted' : 'malformed'
  return answer('document.structure', WHOLE, `INDETERMINATE:${reason}`, evidence)
}

/** Whether the attached files are there, and each has the digest that the others state of it. */
export function checkDocumentData({ data, failure }: DocumentFacts): Finding {
  const id = 'document.data'
  const evidence: Evidence[] = [
    ...(data.where === null
      ? []
      : [
          {
            name: data.where,
            ...(data.expected === null ? {} : { expected: data.expected }),
            ...(data.found === null ? {} : { found: data.found }),
          },
        ]),
    ...(data.certificateId === null ? [] : [{ name: 'certificateId', found: data.certificateId }]),
  ]
  if (data.state === 'agree') return answer(id, WHOLE, 'PASSED', evidence)
  if (failure !== null) return answer(id, WHOLE, 'INDETERMINATE:not-read', evidence)
  if (data.state === 'disagree') return answer(id, WHOLE, 'FAILED:disagree', evidence, 'HASH_FAILURE')
  return answer(id, WHOLE, `INDETERMINATE:${data.state}`, evidence)
}

const versionOf = ({ data }: DocumentFacts): Evidence[] => [
  ...(data.version === null ? [] : [{ name: 'version', found: data.version }]),
  ...(data.build === null ? [] : [{ name: 'build', found: data.build }]),
]

export function checkDocumentBase(facts: DocumentFacts): Finding {
  const id = 'document.base'
  const { base } = facts
  const evidence: Evidence[] = [
    ...versionOf(facts),
    ...(base.bytes === null ? [] : [{ name: 'bytes', expected: `${base.bytes}` }]),
    ...(base.firstDifference === null ? [] : [{ name: 'firstDifference', found: `${base.firstDifference}` }]),
    ...(base.differing === null ? [] : [{ name: 'differing', found: `${base.differing}` }]),
  ]
  switch (base.state) {
    case 'same':
      return answer(id, WHOLE, 'PASSED', evidence)
    case 'altered':
      return answer(id, WHOLE, 'FAILED:differs', evidence, 'HASH_FAILURE')
    case 'other':
      return answer(id, WHOLE, 'INDETERMINATE:written-anew', evidence)
    default:
      return answer(id, WHOLE, `INDETERMINATE:${base.state}`, evidence)
  }
}

export function checkDocumentShown(facts: DocumentFacts): Finding {
  const id = 'document.shown'
  const { state, pages, expectedPages, pieces, found, firstPage } = facts.shown
  const evidence: Evidence[] = [
    ...versionOf(facts),
    ...(pages === null
      ? []
      : [{ name: 'pages', found: `${pages}`, ...(expectedPages === null ? {} : { expected: `${expectedPages}` }) }]),
    ...(pieces === null
      ? []
      : [{ name: 'pieces', expected: `${pieces}`, ...(found === null ? {} : { found: `${found}` }) }]),
    ...(firstPage === null ? [] : [{ name: 'page', found: `${firstPage}` }]),
  ]
  if (state === 'same') return answer(id, WHOLE, 'PASSED', evidence)
  if (state === 'differs') return answer(id, WHOLE, 'FAILED:differs', evidence)
  return answer(id, WHOLE, `INDETERMINATE:${state}`, evidence)
}

/** Whether the attached facts, judged again, give the attached report. */
export function checkDocumentReport(facts: DocumentFacts): Finding {
  const id = 'document.report'
  const { indication, validationTime, reportDigest } = facts.data
  const evidence: Evidence[] = [
    ...(indication === null ? [] : [{ name: 'indication', found: indication }]),
    ...(validationTime === null ? [] : [{ name: 'validationTime', found: validationTime }]),
    ...(reportDigest === null ? [] : [{ name: 'reportDigest', found: reportDigest }]),
    ...versionOf(facts),
  ]
  const { state } = facts.report
  if (state === 'follows') return answer(id, WHOLE, 'PASSED', evidence)
  if (state === 'differs') return answer(id, WHOLE, 'FAILED:differs', evidence)
  return answer(id, WHOLE, `INDETERMINATE:${state}`, evidence)
}

/** What stands behind the base: signatures first, then only what ETSI EN 319 142-1 §5.4 and §5.5 add to a signed document. */
export function checkDocumentRevisions({ revisions, failure }: DocumentFacts): Finding {
  const id = 'document.revisions'
  if (failure !== null) return answer(id, WHOLE, 'INDETERMINATE:not-read')
  if (revisions.length === 0) return answer(id, WHOLE, 'INDETERMINATE:not-appended')
  const evidence = revisions.map(
    ({ from, to, adds }, index): Evidence => ({
      name: `revision[${index}]`,
      found: `${from}..${to}${adds.map((one) => ` ${one}`).join('')}`,
    }),
  )
  const changed = revisions.flatMap(({ changes }, index) =>
    changes.map(
      ({ code, object, at }): Exception => ({
        path: object === null ? `revision[${index}]` : `revision[${index}] object ${object}`,
        ...(at === '' ? {} : { at }),
        value: 'INDETERMINATE',
        reason: `document-${code}`,
      }),
    ),
  )
  const omitted = revisions.reduce((sum, { changesOmitted }) => sum + changesOmitted, 0)
  if (changed.length > 0 || omitted > 0) {
    const finding = answer(id, WHOLE, 'INDETERMINATE:changed', evidence)
    return {
      ...finding,
      exceptions: changed,
      counts: { changes: changed.length + omitted },
      ...(omitted === 0 ? {} : { exceptionsOmitted: omitted }),
    }
  }
  const signatures = revisions.filter(({ adds }) => adds.includes('signature')).length
  const isTwice = revisions.some(({ adds }) => adds.filter((one) => one === 'signature').length > 1)
  const signedLater = revisions
    .slice(1)
    .some(
      ({ adds }, index) =>
        adds.includes('signature') && revisions.slice(0, index + 1).some((one) => one.adds.length > 0),
    )
  if (signatures > 1 || isTwice || signedLater) return answer(id, WHOLE, 'INDETERMINATE:signed-again', evidence)
  return answer(id, WHOLE, 'PASSED', evidence)
}

export function checkDocumentSigned({ signatures, failure, signaturesOmitted }: DocumentFacts): Finding {
  const id = 'document.signed'
  const evidence: Evidence[] = [{ name: 'signatures', found: `${signatures.length}` }]
  if (failure !== null) return answer(id, WHOLE, 'INDETERMINATE:not-read')
  if (signaturesOmitted > 0) return answer(id, WHOLE, 'INDETERMINATE:limit', evidence)
  return signatures.some(({ kind, contents }) => kind !== 'document-timestamp' && contents !== 'empty')
    ? answer(id, WHOLE, 'PASSED', evidence)
    : answer(id, WHOLE, 'INDETERMINATE:none', [{ name: 'signatures', found: `${signatures.length}` }])
}

/**
 * ISO 32000-1 §12.8.1: everything but the Contents is signed. A range that does not lie around its Contents contradicts
 * that, in a revision that was appended as it stands; in a file that was written anew everything has moved.
 */
export function checkDocumentCoverage(signature: DocumentSignature): Finding {
  const id = 'document.coverage'
  const { coverage, byteRange, revision } = signature
  const evidence: Evidence[] = byteRange === null ? [] : [{ name: 'ByteRange', found: byteRange.join(' ') }]
  const subject = subjectOf(signature)
  if (coverage === 'covers') return answer(id, subject, 'PASSED', evidence)
  if (revision === null || revision === 0 || coverage === 'packed')
    return answer(id, subject, 'INDETERMINATE:moved', evidence)
  return answer(id, subject, `FAILED:${coverage}`, evidence, 'FORMAT_FAILURE')
}

/** ETSI EN 319 142-1 §6.3: the sub-filter, no signing-time attribute, and nothing behind the structure in its room. */
export function checkDocumentForm(signature: DocumentSignature, signed: SignatureFileFacts | undefined): Finding {
  const id = 'document.form'
  const subject = subjectOf(signature)
  const { kind, subFilter, contents, claimedTime } = signature
  const expected = kind === 'document-timestamp' ? 'ETSI.RFC3161' : 'ETSI.CAdES.detached'
  const evidence: Evidence[] = [
    { name: 'SubFilter', expected, ...(subFilter === null ? {} : { found: subFilter }) },
    ...(claimedTime === null ? [] : [{ name: 'M', found: claimedTime }]),
  ]
  if (contents === 'empty' || contents === 'absent') return answer(id, subject, 'INDETERMINATE:empty', evidence)
  if (kind === 'other' || subFilter !== expected) return answer(id, subject, 'INDETERMINATE:sub-filter', evidence)
  if (contents === 'trailing') return answer(id, subject, 'INDETERMINATE:trailing', evidence)
  const stated = signed?.cms?.signers.find(({ signingTime }) => signingTime !== null)?.signingTime ?? null
  if (stated !== null)
    return answer(id, subject, 'INDETERMINATE:signing-time', [...evidence, { name: 'signing-time', found: stated }])
  return answer(id, subject, 'PASSED', evidence)
}

/** Whether the bundle that was given is the one that the certificate is about. */
export function checkDocumentBundle(facts: DocumentFacts): Finding {
  const id = 'document.bundle'
  const { bundle } = facts
  if (bundle === null) return answer(id, WHOLE, 'NOT-CHECKED:not-given')
  const evidence: Evidence[] = [{ name: 'content', found: bundle.contentSha256 }]
  switch (bundle.state) {
    case 'same':
      return answer(id, WHOLE, 'PASSED', evidence)
    case 'content-differs':
      return answer(id, WHOLE, 'FAILED:differs', evidence, 'HASH_FAILURE')
    default:
      return answer(id, WHOLE, `INDETERMINATE:${bundle.state}`, evidence)
  }
}

/** Whether what lies beside the certificate belongs to it; for a copy without its data, by the digests on its pages. */
export function checkDocumentSidecar({ sidecar }: DocumentFacts): Finding {
  const id = 'document.sidecar'
  if (sidecar === null) return answer(id, WHOLE, 'NOT-CHECKED:not-given')
  const evidence: Evidence[] = [
    { name: 'known', found: `${sidecar.printed.length}` },
    { name: 'unknown', found: `${sidecar.unknown}` },
    // As many as a person compares.
    ...sidecar.printed.slice(0, 20).map((digest): Evidence => ({ name: 'printed', found: digest })),
  ]
  switch (sidecar.state) {
    case 'same':
      return answer(id, WHOLE, 'PASSED', evidence)
    case 'printed-same':
      return answer(id, WHOLE, 'PASSED:printed', evidence)
    default:
      return answer(id, WHOLE, `INDETERMINATE:${sidecar.state}`, evidence)
  }
}
