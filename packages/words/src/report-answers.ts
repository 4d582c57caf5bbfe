import { AXES, type Finding, type Report } from '@probatum/core'
import {
  answerCertificate,
  answerSignature,
  answerSince,
  answerToken,
  answerUnchanged,
  answerWho,
  sayLeftovers,
  sayOutside,
} from './answers.ts'
import { escapeInLine } from './escape-for-display.ts'
import { fillPlaces, saySize } from './language.ts'
import type { Answer, AnswerFacts, Messages } from './messages.ts'
import { commonNameOf, messagesIn, retold, sayFinding } from './sentences.ts'
import { tallyOf } from './tally.ts'
import { isAlone } from './telling.ts'
import {
  documentItself,
  isListSealed,
  isOnlyRecordOpen,
  isPayloadComplete,
  isPayloadMatched,
  isSealIntact,
} from './verdict.ts'

/** Names in the first answer; the envelope has all. */
const OUTSIDE_NAMED = 5

/** What a token alone states, from the evidence of its findings. */
function loneToken({ body }: Report, { terms }: Messages) {
  const { findings } = body
  const found = (id: Finding['id'], name: string, side: 'expected' | 'found') =>
    findings.find((finding) => finding.id === id)?.evidence.find((evidence) => evidence.name === name)?.[side]
  const summary = body.signatures[0]?.timestamps[0]
  const imprint = findings.find(({ id }) => id === 'timestamp.message-imprint')?.value
  const issuer = found('timestamp.path', 'issuer', 'found')
  return {
    imprint: imprint === 'PASSED' || imprint === 'FAILED' ? imprint : ('INDETERMINATE' as const),
    genTime: found('timestamp.gen-time', 'genTime', 'found') ?? null,
    authority:
      summary?.authority ??
      found('timestamp.tsa-name', 'tsa', 'found') ??
      (issuer === undefined ? terms.nobodyRead : fillPlaces(terms.authorityOf, { name: commonNameOf(issuer) })),
    upperBound: found('timestamp.gen-time', 'upperBound', 'found') ?? null,
  }
}

/** What a signature alone is over, by its arithmetic. */
function loneSignature(report: Report): 'PASSED' | 'FAILED' | 'INDETERMINATE' {
  const about = ['signature.value', 'signature.message-digest', 'signature.content']
  const found = report.body.findings.filter(({ id }) => about.includes(id))
  if (found.some(({ value }) => value === 'FAILED')) return 'FAILED'
  const all = about.every((id) => found.some((finding) => finding.id === id))
  return all && found.every(({ value }) => value === 'PASSED') ? 'PASSED' : 'INDETERMINATE'
}

/** What became of a certificate alone: the one axis that its role is about. */
function certificateAnswered({ body }: Report, { terms }: Messages): AnswerFacts['certificate'] {
  if (body.subject.kind !== 'certificate') return null
  const { indication } = body.assessment
  const value = indication === 'TOTAL-PASSED' ? 'PASSED' : indication === 'TOTAL-FAILED' ? 'FAILED' : 'INDETERMINATE'
  const name = body.signatures[0]?.signer?.subject ?? terms.aCertificate
  return { name: escapeInLine(commonNameOf(name)), value, time: body.validationTime }
}

/** Of a PDF certificate: what its report states is its own word. */
function documentAnswer(report: Report, { verdict: { document } }: Messages) {
  const { body } = report
  const stated = body.findings.find(({ id }) => id === 'document.report')?.evidence ?? []
  const found = (name: string) => escapeInLine(stated.find((one) => one.name === name)?.found ?? '?')
  const { word, text } = document[documentItself(report)]
  return {
    question: document.question,
    word,
    text: fillPlaces(text, { indication: found('indication'), time: found('validationTime') }),
    doesNotShow: document.doesNotShow,
  }
}

/** What an evidence record is over, by arithmetic: every file, and the first time-stamp over its tree. */
function evidenceRecordAnswer({ body }: Report, { verdict: { evidenceRecord }, answers }: Messages) {
  const [first] = body.signatures.flatMap(({ timestamps }) => timestamps)
  const about = body.findings.filter(
    ({ id, subject }) =>
      id === 'evidence.data' ||
      ((id === 'evidence.hash-tree' || id === 'timestamp.message-imprint') && subject.name === first?.file),
  )
  const over = about.some(({ value }) => value === 'FAILED')
    ? 'FAILED'
    : about.length === 3 && about.every(({ value }) => value === 'PASSED')
      ? 'PASSED'
      : 'INDETERMINATE'
  return { question: evidenceRecord.question, ...evidenceRecord[over], doesNotShow: answers.notTruth }
}

/** Whether the system kept back the seal that the bundle says it has: its file, or the folder that it would lie in. */
function isSealOutOfSight(findings: Report['body']['findings']): boolean {
  const present = findings.find(({ id }) => id === 'signature.present')?.reason
  if (present !== 'declared-missing') return present === 'unreadable'
  return findings.some(
    ({ id, exceptions = [] }) =>
      id === 'file.regular' &&
      exceptions.some(({ path, reason }) => reason === 'unreadable-folder' && /^(?:$|seal(?:\/|$))/.test(path)),
  )
}

/** The three answers as data: what a page, a certificate and the text are made from. */
export function answersOf(report: Report, messages: Messages = messagesIn(), reader: AnswerFacts['told'] = 'operator') {
  const { body, envelope } = report
  const { axes } = body.assessment
  const names = (values: readonly (string | null | undefined)[]) => [
    ...new Set(values.flatMap((value) => (typeof value === 'string' ? [escapeInLine(commonNameOf(value))] : []))),
  ]
  const token = body.subject.kind === 'timestamp' ? loneToken(report, messages) : null
  const isDocument = body.subject.kind === 'document'
  const isRecord = body.subject.kind === 'evidence-record'
  const signature = body.subject.kind === 'signature' || isDocument ? { over: loneSignature(report) } : null
  const facts: AnswerFacts = {
    told: reader,
    tally: tallyOf(report),
    value: {
      ...(Object.fromEntries(AXES.map((axis) => [axis, axes[axis].value])) as AnswerFacts['value']),
      // A record beside the bundle takes nothing from the time that its seal proves.
      ...(isOnlyRecordOpen(report) ? { time: 'PASSED' as const } : {}),
    },
    signers: names(body.signatures.map(({ signer }) => signer?.subject)),
    sealIntact: isSealIntact(report),
    // An evidence record has a proved time only where it is over the files.
    listSealed: signature === null ? isRecord || isListSealed(report) : signature.over === 'PASSED',
    signature,
    certificate: certificateAnswered(report, messages),
    payloadComplete: isPayloadComplete(report),
    payloadMatches: isPayloadMatched(report),
    sealed: body.signatures.length > 0,
    sealUnread: body.signatures.length === 0 && isSealOutOfSight(body.findings),
    trustSet:
      body.trustSet === null
        ? null
        : {
            issuer: escapeInLine(body.trustSet.issuer),
            date: escapeInLine(body.trustSet.date),
            sample: body.trustSet.sample,
          },
    bestSignatureTime: token === null ? body.bestSignatureTime : token.upperBound,
    authorities:
      token === null
        ? names(
            body.signatures.flatMap(({ timestamps }) =>
              // What later ones of an evidence record say is that the first is still believed.
              timestamps.slice(0, isRecord ? 1 : timestamps.length).map((each) => each.authority ?? each.file),
            ),
          )
        : names([token.authority]),
    claimedTime: names(body.signatures.map(({ claimedTime }) => claimedTime))[0] ?? null,
    token: token === null ? null : { genTime: token.genTime, imprint: token.imprint },
    leftovers: {
      count: envelope.container.leftovers.length,
      names: envelope.container.leftovers.slice(0, OUTSIDE_NAMED).map((path) => escapeInLine(path)),
    },
    outside: {
      count: envelope.container.outside.length,
      names: envelope.container.outside.slice(0, OUTSIDE_NAMED).map((path) => escapeInLine(path)),
      archive: envelope.container.kind !== 'directory',
    },
    size: saySize(body.subject.payloadBytes, messages.rules),
  }
  const { verdict } = messages
  const alone = isAlone(report)
  const told = (answer: Answer): Answer => ({
    word: answer.word,
    text: retold(answer.text, { alone }, messages),
    doesNotShow: retold(answer.doesNotShow, { alone }, messages),
  })
  const when = told(answerSince(facts, messages))
  // Until when that can be shown. Past that day it stands among the problems.
  const due = body.findings.find(({ id, value }) => id === 'renewal.due' && value === 'PASSED')
  const until = due === undefined ? '' : ` ${sayFinding(due, messages).say}`
  // A statement of its own: nothing else rests on it.
  const records = body.findings.filter(({ id }) => id === 'evidence.record')
  const besides = records.map((finding) => ` ${sayFinding(finding, messages).say}`).join('')
  const since = { question: verdict.questions.since, ...when, text: `${when.text}${until}${besides}` }
  if (facts.certificate !== null)
    return [{ question: verdict.questions.certificate, ...answerCertificate(facts, messages) }]
  if (isDocument)
    return [
      documentAnswer(report, messages),
      { question: verdict.questions.signer, ...told(answerWho(facts, messages)) },
      since,
    ]
  if (signature !== null)
    return [
      { question: verdict.questions.token, ...answerSignature(facts, messages) },
      { question: verdict.questions.signer, ...told(answerWho(facts, messages)) },
      since,
    ]
  if (isRecord) return [evidenceRecordAnswer(report, messages), since]
  if (body.subject.kind === 'timestamp')
    return [{ question: verdict.questions.token, ...answerToken(facts, messages) }, since]
  return [
    { question: verdict.questions.unchanged, ...withOutside(answerUnchanged(facts, messages), facts, messages) },
    { question: verdict.questions.who, ...answerWho(facts, messages) },
    since,
  ]
}

/** "None was added" is about what was sealed: whoever opens the bundle sees what was set aside or lies beside it, too. */
function withOutside(answer: Answer, facts: AnswerFacts, messages: Messages): Answer {
  const besides = [
    ...(facts.leftovers.count === 0 ? [] : [sayLeftovers(facts, messages)]),
    ...(facts.outside.count === 0 ? [] : [sayOutside(facts, messages)]),
  ]
  return { ...answer, text: [answer.text, ...besides].join(' ') }
}
