import { AXES, type Axis, type Finding, type Report } from '@probatum/core'
import { ENGLISH } from './en/index.ts'
import { fillPlaces, sayCount, sayNumber } from './language.ts'
import type { Messages } from './messages.ts'

/** Which family of headline a report belongs to; the sentences stand in the message catalogue. */
export type Headline =
  | 'match'
  | 'match-list'
  | 'mismatch'
  | 'openings-contradicted'
  | 'sharing-contradicted'
  | 'who'
  | 'when'
  | 'who-and-when'
  | 'match-but-open'
  | 'match-but-noticed'
  | 'match-but-for-another'
  | 'undecided'
  | 'token-holds'
  | 'token-contradicted'
  | 'token-undecided'
  | 'signature-holds'
  | 'signature-contradicted'
  | 'signature-who'
  | 'signature-when'
  | 'signature-who-and-when'
  | 'signature-undecided'
  | 'certificate-holds'
  | 'certificate-contradicted'
  | 'certificate-undecided'
  | 'document-holds'
  | 'document-contradicted'
  | 'document-unsigned'
  | 'document-undecided'
  | 'document-other-state'
  | 'document-other-bundle'
  | 'evidence-record-holds'
  | 'evidence-record-contradicted'
  | 'evidence-record-undecided'

export function headlineOf(report: Report): Headline {
  const { body } = report
  const { indication, axes } = body.assessment
  if (body.subject.kind === 'document') return documentHeadline(report)
  if (body.subject.kind === 'signature') return signatureHeadline(report)
  if (body.subject.kind === 'certificate')
    return indication === 'TOTAL-PASSED'
      ? 'certificate-holds'
      : indication === 'TOTAL-FAILED'
        ? 'certificate-contradicted'
        : 'certificate-undecided'
  if (body.subject.kind === 'evidence-record')
    return indication === 'TOTAL-PASSED'
      ? 'evidence-record-holds'
      : indication === 'TOTAL-FAILED'
        ? 'evidence-record-contradicted'
        : 'evidence-record-undecided'
  const isToken = body.subject.kind === 'timestamp'
  if (indication === 'TOTAL-FAILED' && isToken) return 'token-contradicted'
  if (indication === 'TOTAL-FAILED') {
    if (isOnlyGivenContradicted(report)) return 'openings-contradicted'
    return isOnlySharingContradicted(report) ? 'sharing-contradicted' : 'mismatch'
  }
  if (isToken) return indication === 'TOTAL-PASSED' ? 'token-holds' : 'token-undecided'
  if (indication === 'TOTAL-PASSED')
    return axes.signer.required && axes.signer.value === 'PASSED' ? 'match' : 'match-list'
  if (axes.bytes.value !== 'PASSED' || axes.completeness.value !== 'PASSED') return 'undecided'
  const open = AXES.filter((axis) => axes[axis].required && axes[axis].value !== 'PASSED')
  const who = open.includes('signer')
  const when = open.includes('time') && !isOnlyRecordOpen(report)
  if (who && when) return 'who-and-when'
  if (who || when) return who ? 'who' : 'when'
  return headlineOfSharing(report, open)
}

export function sayHeadline(report: Report, messages: Messages = ENGLISH): string {
  return messages.verdict.headlines[headlineOf(report)]
}

/** Of a certificate as PDF by itself: that the bundle beside it is another one takes nothing from it. */
export function documentItself({ body: { findings, assessment } }: Report): 'PASSED' | 'FAILED' | 'INDETERMINATE' {
  const { value, decisive } = assessment.axes.bytes
  if (value === 'PASSED') return value
  const isBeside = decisive.length > 0 && decisive.every((at) => findings[at]?.id === 'document.bundle')
  if (!isBeside) return value === 'FAILED' ? value : 'INDETERMINATE'
  const own = findings.filter(
    ({ id, axis, role }) => axis === 'bytes' && role === undefined && id !== 'document.bundle',
  )
  return own.every(({ value }) => value === 'PASSED' || value === 'NOT-CHECKED') ? 'PASSED' : 'INDETERMINATE'
}

/** Of a certificate as PDF: that nobody signed it is said, where nothing else is open. */
function documentHeadline(report: Report): Headline {
  const { findings, assessment } = report.body
  if (assessment.indication === 'TOTAL-PASSED') return 'document-holds'
  const isContradicted = findings.some(({ id, value }) => value === 'FAILED' && id !== 'document.bundle')
  if (!isContradicted && assessment.axes.bytes.value !== 'PASSED' && documentItself(report) === 'PASSED') {
    const reason = findings.find(({ id }) => id === 'document.bundle')?.reason
    if (reason === 'other-bundle') return 'document-other-bundle'
    if (reason === 'differs' || reason === 'facts-differ') return 'document-other-state'
  }
  if (assessment.indication === 'TOTAL-FAILED') return 'document-contradicted'
  const isUnsigned = findings.some(({ id, reason }) => id === 'document.signed' && reason === 'none')
  return isUnsigned && assessment.axes.bytes.value === 'PASSED' ? 'document-unsigned' : 'document-undecided'
}

/**
 * Whether an undecided finding says for certain what a reader must heed, so that "cannot tell" is not the word for it: what a
 * notice says that holds, and that the bundle was made for somebody else.
 */
export function isToHeed({ id, value, reason = '' }: Finding): boolean {
  if (value !== 'INDETERMINATE') return false
  return id === 'authorisation.notices'
    ? /^(?:recalled|superseded|withdrawn)(?:-items?)?$/.test(reason)
    : id === 'authorisation.recipient' && reason === 'another'
}

/** Whether the whole is open for nothing but what is to be heeded: "cannot tell" over it would say what the headline does not. */
export function isWholeToHeed(report: Report): boolean {
  const headline = headlineOf(report)
  return headline === 'match-but-noticed' || headline === 'match-but-for-another'
}

/** Where nothing but the sharing is open, of files whose list is sealed: what is to be heeded is the result then. */
function headlineOfSharing(report: Report, open: readonly Axis[]): Headline {
  const { assessment, findings } = report.body
  if (open.length !== 1 || open[0] !== 'authorisation' || !isListSealed(report)) return 'match-but-open'
  const heeded = assessment.axes.authorisation.decisive.flatMap((index) => findings[index] ?? []).filter(isToHeed)
  if (heeded.length === 0) return 'match-but-open'
  return heeded.some(({ id }) => id === 'authorisation.notices') ? 'match-but-noticed' : 'match-but-for-another'
}

/** Whether of the time nothing is open but evidence records that were given beside the bundle: its own time is proved then. */
export function isOnlyRecordOpen({ body: { assessment, findings } }: Report): boolean {
  const { value, decisive } = assessment.axes.time
  return (
    value === 'INDETERMINATE' && decisive.length > 0 && decisive.every((at) => findings[at]?.id === 'evidence.record')
  )
}

/** Whether nothing is contradicted but files of later openings, which came beside the bundle and are no part of it. */
function isOnlyGivenContradicted({ body }: Report): boolean {
  const failed = body.findings.filter(({ value, role }) => value === 'FAILED' && role === undefined)
  const areGiven = failed.every(({ subject }) => subject.kind === 'disclosures')
  // What openings that hold say of consents contradicts the sharing.
  return areGiven && failed.some(({ axis }) => axis === 'disclosure')
}

/** Whether nothing is contradicted but the decision to share: of that nothing follows for the files. */
function isOnlySharingContradicted({ body }: Report): boolean {
  const failed = body.findings.filter(({ value, role }) => value === 'FAILED' && role === undefined)
  const isFilesWhole =
    body.assessment.axes.bytes.value === 'PASSED' && body.assessment.axes.completeness.value === 'PASSED'
  return isFilesWhole && failed.length > 0 && failed.every(({ axis }) => axis === 'authorisation')
}

/** Which advice stands at the end. */
export function nextOf(report: Report): keyof Messages['verdict']['next'] {
  const { indication } = report.body.assessment
  if (indication === 'TOTAL-FAILED') {
    if (report.body.subject.kind === 'certificate') return 'certificate'
    if (isOnlyGivenContradicted(report)) return 'openings'
    return isOnlySharingContradicted(report) ? 'sharing' : 'mismatch'
  }
  if (indication === 'TOTAL-PASSED') return 'match'
  return isWholeToHeed(report) ? 'heed' : 'open'
}

function signatureHeadline(report: Report): Headline {
  const { indication, axes } = report.body.assessment
  if (indication === 'TOTAL-FAILED') return 'signature-contradicted'
  if (indication === 'TOTAL-PASSED' && axes.signer.required) return 'signature-holds'
  if (!isSealIntact(report)) return 'signature-undecided'
  const [who, when] = [axes.signer.value !== 'PASSED', axes.time.value !== 'PASSED']
  return who && when ? 'signature-who-and-when' : who ? 'signature-who' : 'signature-when'
}

/** Findings that count what is shown, the name of their whole, and the text. */
const SHOWN: readonly (readonly [
  Finding['id'],
  string,
  string,
  'eventsShown' | 'itemsShown' | 'fieldsOpened' | 'consentsOpened',
])[] = [
  ['custody.shown', 'events', 'shown', 'eventsShown'],
  ['disclosure.items', 'items', 'shown', 'itemsShown'],
  ['disclosure.fields', 'fields', 'opened', 'fieldsOpened'],
  ['authorisation.consents', 'items', 'opened', 'consentsOpened'],
]

/** `2 of 40 events shown`, of an axis in which something is withheld; null of any other. */
export function sayShown({ findings }: Report['body'], axis: Axis, messages: Messages = ENGLISH): string | null {
  const { terms, rules } = messages
  const counts = SHOWN.flatMap(([id, whole, part, text]) => {
    const finding = findings.find((one) => one.id === id && one.axis === axis && one.value === 'WITHHELD')
    const [all, shown] = [finding?.counts?.[whole], finding?.counts?.[part]]
    if (all === undefined || shown === undefined) return []
    return [sayCount(all, terms[text], rules, { shown: sayNumber(shown, rules) })]
  })
  return counts.length === 0 ? null : counts.join(rules.list.separator)
}

/** In an axis that is asked for, what is withheld is counted beside its name. */
function nameWithCounts(body: Report['body'], axis: Axis, messages: Messages): string {
  const { name } = messages.axes[axis]
  const counts = body.assessment.axes[axis].required ? sayShown(body, axis, messages) : null
  return counts === null ? name : fillPlaces(messages.terms.labelShown, { axis: name, counts })
}

/** `TOTAL-PASSED (bytes, completeness only; signer, time not asked)`: never the word alone. */
export function verdictLabel({ body }: Report, messages: Messages = ENGLISH): string {
  const { indication, axes } = body.assessment
  // A bag of another maker, or a token alone, has nothing that the later axes could be about.
  const named = {
    bundle: AXES.length,
    bag: AXES.indexOf('time') + 1,
    timestamp: 0,
    signature: 0,
    certificate: 0,
    document: 0,
    'evidence-record': 0,
  }[body.subject.kind]
  const relevant = AXES.filter(
    (axis, index) =>
      axes[axis].required ||
      (axes[axis].value !== 'NOT-CHECKED' && axes[axis].value !== 'INDETERMINATE') ||
      index < named,
  )
  const inAxis = (test: (axis: Axis) => boolean) =>
    relevant
      .filter(test)
      .map((axis) => nameWithCounts(body, axis, messages))
      .join(messages.rules.list.separator)
  const { labelOnly, labelNotAsked } = messages.terms
  const asked = (value: string) => inAxis((axis) => axes[axis].required && axes[axis].value === value)
  const notAsked = inAxis((axis) => !axes[axis].required && axes[axis].value !== 'FAILED')
  const parts: string[] = []
  if (indication === 'TOTAL-PASSED') {
    const passed = asked('PASSED')
    parts.push(notAsked === '' ? passed : fillPlaces(labelOnly, { axes: passed }))
  } else {
    const failed = inAxis((axis) => axes[axis].value === 'FAILED')
    const open = asked('INDETERMINATE')
    if (failed !== '') parts.push(`${failed} FAILED`)
    if (open !== '') parts.push(`${open} INDETERMINATE`)
    if (asked('PASSED') !== '') parts.push(`${asked('PASSED')} PASSED`)
  }
  if (notAsked !== '') parts.push(fillPlaces(labelNotAsked, { axes: notAsked }))
  return `${indication} (${parts.join(messages.rules.list.between ?? '; ')})`
}

/** Whether every seal's own arithmetic holds, whoever made it. */
export function isSealIntact({ body }: Report): boolean {
  const needed = ['signature.value', 'signature.message-digest'] as const
  return needed.every((id) => {
    const found = body.findings.filter((finding) => finding.id === id)
    return found.length > 0 && found.every(({ value }) => value === 'PASSED')
  })
}

/** Whether every list of evidence files that was compared agrees with the files that are here, and none of them is beside the lists. */
export function isPayloadMatched({ body }: Report): boolean {
  // Under a digest of which two files can be made to have one, a file that agrees may be another one.
  if (body.findings.some(({ id, reason }) => id === 'payload.coverage' && reason === 'weak-digest')) return false
  const found = body.findings.filter(({ id, value }) => id === 'payload.digest' && value !== 'NOT-CHECKED')
  const isBeside = body.findings.some(
    ({ id, exceptions = [] }) =>
      id === 'payload.coverage' && exceptions.some(({ reason }) => reason === 'not-compared'),
  )
  return found.length > 0 && found.every(({ value }) => value === 'PASSED') && !isBeside
}

/** Whether every evidence file that is listed is here, and every one that is here is listed. */
export function isPayloadComplete({ body }: Report): boolean {
  const needed = ['payload.present', 'payload.listed'] as const
  return needed.every((id) => body.findings.some((finding) => finding.id === id && finding.value === 'PASSED'))
}

/**
 * Whether the lists of the evidence files are what a holding seal is over. If not, a file that differs from its list is
 * not thereby different from what was sealed: the list may be what was altered.
 */
export function isListSealed(report: Report): boolean {
  if (!isSealIntact(report)) return false
  const tags = report.body.findings.filter(({ id }) => id === 'tag.digest')
  return (
    tags.some(({ value }) => value === 'PASSED' || value === 'FAILED') &&
    tags.every(({ exceptions = [], exceptionsOmitted = 0 }) =>
      exceptionsOmitted > 0 ? false : exceptions.every(({ path }) => !/^manifest-/.test(path)),
    )
  )
}

/** What a reader must see first: contradictions, then what is to be heeded, then what could not be decided; candidate paths apart. */
export function problemsOf({ body }: Report): readonly Finding[] {
  const counted = body.findings.filter(({ role }) => role !== 'candidate-path')
  return [
    ...counted.filter(({ value }) => value === 'FAILED'),
    ...counted.filter(isToHeed),
    ...counted.filter((finding) => finding.value === 'INDETERMINATE' && !isToHeed(finding)),
  ]
}

/** Those that are told at once. What the policy does not ask for is counted further down; but a signed exception is shown to all. */
export function problemsTold(report: Report): readonly Finding[] {
  const { axes } = report.body.assessment
  return problemsOf(report).filter(
    ({ id, axis, value }) => value === 'FAILED' || axes[axis].required || id === 'authorisation.exceptions',
  )
}
