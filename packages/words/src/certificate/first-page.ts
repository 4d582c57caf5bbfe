import { compareInstants, formatInstant, parseInstant } from '@probatum/core'
import { sameness } from '../answers.ts'
import type { TextRun } from '../document.ts'
import { escapeInLine } from '../escape-for-display.ts'
import { sayCount, sayList, saySize } from '../language.ts'
import { answersOf } from '../report-answers.ts'
import { commonNameOf } from '../sentences.ts'
import { type Tally, tallyOf } from '../tally.ts'
import {
  headlineOf,
  isListSealed,
  isPayloadComplete,
  isPayloadMatched,
  isWholeToHeed,
  problemsOf,
  verdictLabel,
} from '../verdict.ts'
import { AXIS_ORDER, answerTones, type Context, comparedDigests, toneOfWhole, VALUE_LABELS } from './context.ts'
import type { RecordedSharing } from './input.ts'
import { joinRuns, type LabelKey, strong, type Writer } from './writer.ts'

/** Answers about exceptions that there are. */
const EXCEPTED: ReadonlySet<string> = new Set(['FAILED', 'INDETERMINATE'])

/** Result, answers, times, warnings, conditions, and what all this does not show. */
export function writeFirstPage(writer: Writer, context: Context): void {
  const { report, messages } = context
  const { body } = report
  const { assessment } = body
  const { verdict, subIndications } = messages
  const word: LabelKey =
    assessment.indication === 'TOTAL-PASSED'
      ? 'wordPassed'
      : assessment.indication === 'TOTAL-FAILED'
        ? 'wordFailed'
        : isWholeToHeed(report)
          ? 'wordToHeed'
          : 'wordUndecided'
  writer.blocks.push({
    kind: 'answer',
    tone: toneOfWhole(report),
    question: '',
    word: writer.label(word),
    runs: [
      strong(verdict.headlines[headlineOf(report)]),
      { text: ' ' },
      ...writer.runs('wholeLabel', { label: verdictLabel(report, messages) }),
      ...(assessment.subIndication === undefined
        ? []
        : [
            { text: ' ' },
            ...writer.runs('subIndication', {
              code: assessment.subIndication,
              meaning: subIndications[assessment.subIndication],
            }),
          ]),
    ],
  })
  const tones = answerTones(report)
  // What the answers do not show stands below them, once.
  for (const [index, { question, word: said, text }] of answersOf(report, messages, 'reader').entries())
    writer.blocks.push({ kind: 'answer', tone: tones[index] ?? 'undecided', question, word: said, runs: [{ text }] })
  writeKeyFacts(writer, context)
  writer.say('knownOn', { time: body.validationTime })
}

const NOT_SHOWN = ['notShownTruth', 'notShownRecorder', 'notShownBefore', 'notShownCourt'] as const

/** One sentence a line. */
function lines(sentences: readonly (readonly TextRun[])[]): readonly TextRun[] {
  return joinRuns(sentences, '\n')
}

function writeKeyFacts(writer: Writer, context: Context): void {
  const { report, messages } = context
  const { body } = report
  const tally = tallyOf(report)
  const count = (value: number) => writer.number(value)
  const size = (bytes: number) => saySize(bytes, messages.rules)
  writer.facts([
    ['checkedAsOf', localised(writer, context, body.validationTime)],
    [
      'counts',
      withMoved(
        writer,
        writer.label('countsText', {
          listed: count(tally.here + tally.missing - tally.unlisted - tally.copies),
          here: count(tally.here),
          size: size(tally.bytes),
          matched: count(context.matched),
          different: count(tally.different),
          missing: count(tally.missing),
          unlisted: count(tally.unlisted),
          unreadable: count(tally.unreadable),
        }),
        tally,
      ),
    ],
    ['headingWarnings', lines(warnings(writer, context))],
    ['conditions', conditionRuns(writer, context.recorded.sharing)],
    ['axisValues', axisValues(writer, context)],
    ['provedTime', provedTime(writer, context)],
    ['statedTime', statedTimes(writer, context)],
  ])
  writer.columns([
    ['headingShows', shown(writer, context)],
    ['headingDoesNotShow', NOT_SHOWN.map((key) => writer.runs(key))],
  ])
}

/** Files that are none of the others, where there are any: what is counted must add up. */
export function withMoved(writer: Writer, counts: string, { renamed, copies }: Tally): string {
  if (renamed + copies === 0) return counts
  return writer.label('countsMoved', { counts, renamed: writer.number(renamed), copies: writer.number(copies) })
}

/** Bytes: passed; signer: cannot be determined: every family of checks, whatever the policy asks for. */
function axisValues(writer: Writer, { report, messages }: Context): string {
  const { axes } = report.body.assessment
  const { colon = ':', list } = messages.rules
  return AXIS_ORDER.map(
    (axis) => `${messages.axes[axis].title}${colon} ${writer.label(VALUE_LABELS[axes[axis].value] ?? 'none')}`,
  ).join(list.separator)
}

/** A time with the same time on the clocks of the place that the operator named. */
function localised(writer: Writer, { utcOffset }: Context, time: string): string {
  const local = utcOffset === null ? null : inOffset(time, utcOffset)
  return local === null ? time : writer.label('localTime', { time, local })
}

/** RFC 3339 with a numeric offset; null for what is no time or no offset. */
function inOffset(time: string, offset: string): string | null {
  const instant = parseInstant(time)
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? []
  if (instant === undefined || sign === undefined) return null
  const seconds = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60)
  return formatInstant({ ...instant, epochSeconds: instant.epochSeconds + seconds }).replace(/Z$/, offset)
}

/** Of seals and renewals, when all of them hold. */
function latestToken({ report, facts }: Context): string | null {
  const tokens = [
    ...report.body.signatures.flatMap(({ timestamps }) => timestamps.map(({ genTime }) => genTime)),
    ...(facts.renewal?.levels ?? []).flatMap((level) => level.tokens.map(({ tstInfo }) => tstInfo?.genTime ?? null)),
  ]
  if (tokens.length < 2) return null
  const instants = tokens.map((time) => (time === null ? undefined : parseInstant(time)))
  const [first, ...rest] = instants.filter((instant) => instant !== undefined)
  if (first === undefined || rest.length + 1 !== tokens.length) return null
  return formatInstant(rest.reduce((last, one) => (compareInstants(one, last) > 0 ? one : last), first))
}

function provedTime(writer: Writer, context: Context): readonly TextRun[] {
  const { report } = context
  const { axes } = report.body.assessment
  const { bestSignatureTime, trustSet, signatures } = report.body
  if (axes.time.value === 'PASSED' && bestSignatureTime !== null)
    return withLatest(
      writer,
      context,
      writer.runs('provedTime', { time: localised(writer, context, bestSignatureTime) }),
    )
  if (signatures.every(({ timestamps }) => timestamps.length === 0)) return writer.runs('provedNoStamp')
  return writer.runs(trustSet === null ? 'provedNoList' : 'provedNothing')
}

function withLatest(writer: Writer, context: Context, runs: readonly TextRun[]): readonly TextRun[] {
  const latest = latestToken(context)
  return latest === null ? runs : [...runs, { text: ' ' }, ...writer.runs('provedLatest', { time: latest })]
}

function statedTimes(writer: Writer, { report, facts, messages }: Context): readonly TextRun[] {
  const outside = (time: string) => escapeInLine(time)
  // Two signature files of one seal say the same.
  const times = new Set([
    ...report.body.signatures.flatMap(({ claimedTime }) =>
      claimedTime === null ? [] : [writer.label('statedBySigner', { time: outside(claimedTime) })],
    ),
    ...(facts.records?.record == null
      ? []
      : [writer.label('statedByBundle', { time: outside(facts.records.record.created) })]),
    ...(facts.bag?.info.fields ?? []).flatMap(({ label, value }) =>
      label.toLowerCase() === 'bagging-date' ? [writer.label('statedByBag', { time: outside(value) })] : [],
    ),
  ])
  if (times.size === 0) return writer.runs('statedNoTimes')
  return writer.runs('statedTimes', { times: [...times].join(messages.rules.list.separator) })
}

function warnings(writer: Writer, context: Context): (readonly TextRun[])[] {
  const { report, messages, container, trustSet, labels } = context
  const { body } = report
  const { assessment, inputs } = body
  const items: (readonly TextRun[])[] = []
  const warn = (runs: readonly TextRun[]) => items.push(runs)
  if (!messages.reviewed) warn(writer.runs('notReviewed'))
  if (context.names !== null) warn(writer.runs('namesShown'))
  if (body.subject.sample || body.trustSet?.sample === true) warn(writer.runs('warningSample'))
  // With custody or log contradicted, none of the three answers says so.
  const problems = problemsOf(report)
  const counted = problems.filter(({ axis, value }) => value === 'FAILED' || assessment.axes[axis].required)
  if (counted.length > 0) warn(writer.runs('warningProblems'))
  const isCounted = new Set(counted)
  const unasked = problems.filter((finding) => !isCounted.has(finding) && finding.id !== 'authorisation.exceptions')
  if (unasked.length > 0) warn(writer.countRuns('warningOpenUnasked', unasked.length))
  // Whatever the policy asks for: an exception is never only in the small print.
  if (body.findings.some(({ id, value }) => id === 'authorisation.exceptions' && EXCEPTED.has(value)))
    warn(writer.runs('warningException'))
  if (body.trustSet === null) warn(writer.runs('warningNoSet'))
  else {
    if (inputs.setCode === 'not-confirmed') warn(writer.runs('warningSetNotConfirmed'))
    if (body.validationTime.slice(0, 10) > body.trustSet.reviewBy)
      warn(writer.runs('warningSetPastReview', { date: escapeInLine(body.trustSet.reviewBy) }))
    for (const anchor of trustSet?.anchors ?? [])
      if (anchor.role === 'signer' && body.signatures.some(({ signer }) => signer?.sha256 === anchor.sha256))
        warn(writer.runs('warningEndEntity', { name: escapeInLine(anchor.label) }))
  }
  if (context.recorded.sharing.state === 'not-at-hand') warn(writer.runs('warningSavedFacts'))
  if (inputs.part) warn(writer.runs('warningPart'))
  if (inputs.digests !== 'all')
    warn(writer.runs('warningDigests', { algorithms: inputs.digests.map(escapeInLine).join(', ') }))
  const { ended } = comparedDigests(context)
  if (ended.length > 0) warn(writer.runs('warningWeakDigest', { algorithms: sayList(ended, messages.rules) }))
  if (container.leftovers.length > 0) warn(writer.countRuns('warningLeftovers', container.leftovers.length))
  if (container.outside.length > 0) warn(writer.countRuns('warningOutside', container.outside.length))
  if (container.oddities.length > 0) warn(writer.countRuns('warningOddities', container.oddities.length))
  const of = (value: string) => body.findings.filter((finding) => finding.value === value && finding.role === undefined)
  if (of('NOT-CHECKED').length > 0) warn(writer.countRuns('warningNotChecked', of('NOT-CHECKED').length))
  if (of('WITHHELD').length > 0) warn(writer.countRuns('warningWithheld', of('WITHHELD').length))
  if (labels.size > 0) warn(writer.runs('labelsGiven'))
  return items.length === 0 ? [writer.runs('noWarnings')] : items
}

/** Conditions stand on the first page, because whoever reads on is bound by them already. */
function conditionRuns(writer: Writer, sharing: RecordedSharing): readonly TextRun[] {
  if (sharing.state === 'unreadable') return writer.runs('conditionsUnread')
  if (sharing.state === 'not-at-hand') return writer.runs('conditionsNotAtHand')
  if (sharing.state !== 'request' || sharing.conditions.length === 0) return writer.runs('conditionsNone')
  return joinRuns(
    sharing.conditions.map((condition) => [{ text: escapeInLine(condition) }]),
    '\n',
  )
}

/** The same as a list, for a part of their own. */
export function writeConditions(writer: Writer, { recorded: { sharing } }: Pick<Context, 'recorded'>): void {
  writer.list(
    sharing.state === 'request' && sharing.conditions.length > 0
      ? sharing.conditions.map((condition) => [{ text: escapeInLine(condition) }])
      : [conditionRuns(writer, sharing)],
  )
}

function shown(writer: Writer, context: Context): (readonly TextRun[])[] {
  const { report, messages } = context
  const { answers, rules } = messages
  const { body } = report
  const { axes } = body.assessment
  const items: (readonly TextRun[])[] = []
  const { here } = tallyOf(report)
  const files = sayCount(here, answers.files, rules)
  if (axes.bytes.value === 'FAILED' || axes.completeness.value === 'FAILED') items.push(writer.runs('showsDiffers'))
  else {
    const signer = axes.signer.value
    const same = sayCount(here, sameness({ listSealed: isListSealed(report), signer }, messages), rules)
    if (isPayloadMatched(report)) items.push(writer.countRuns('showsSame', here, { files, same }))
    if (isPayloadComplete(report)) items.push(writer.runs('showsComplete'))
  }
  if (axes.signer.value === 'PASSED') {
    const names = body.signatures.flatMap(({ signer }) =>
      signer === null ? [] : [escapeInLine(commonNameOf(signer.subject))],
    )
    items.push(writer.runs('showsSigner', { name: sayList([...new Set(names)], rules) }))
  }
  if (axes.time.value === 'PASSED' && body.bestSignatureTime !== null)
    items.push(writer.runs('showsTime', { time: body.bestSignatureTime }))
  const stubs = context.facts.records?.history?.custody.stubs ?? 0
  if (axes.custody.value === 'PASSED' && axes.log.value === 'PASSED')
    items.push(writer.runs(stubs > 0 ? 'showsLog' : 'showsCustody'))
  return items.length === 0 ? [writer.runs('showsNothing')] : items
}
