import { AXES, type CommonCore, type Finding, type Report } from '@probatum/core'
import {
  answerCertificate,
  answerSignature,
  answerSince,
  answerToken,
  answerUnchanged,
  answerWho,
  sayOutside,
} from './answers.ts'
import { escapeForDisplay, escapeInLine } from './escape-for-display.ts'
import { fillPlaces, saySize } from './language.ts'
import { groupDigits, Page, sayBytes, type TextStyle, type Tone } from './layout.ts'
import type { Answer, AnswerFacts, Messages } from './messages.ts'
import { quoteForShell } from './quote.ts'
import {
  commonNameOf,
  messagesIn,
  questionOf,
  retold,
  sayException,
  sayFinding,
  sayMissing,
  type Telling,
} from './sentences.ts'
import { stockCommandOf } from './steps.ts'
import {
  isListSealed,
  isOnlyRecordOpen,
  isPayloadComplete,
  isPayloadMatched,
  isSealIntact,
  nextOf,
  problemsOf,
  problemsTold,
  sayHeadline,
  sayShown,
  tallyOf,
  verdictLabel,
} from './verdict.ts'

export { commonNameOf }

/** How the input, policy and trust set were named in the call, so that the call can be written down again. */
export interface CommandNames {
  readonly input: string
  readonly policy: string
  readonly trustSet: string | null
  /** `timestamp verify`: the file that the token is said to be over. */
  readonly data?: string
  /** `evidence-record verify`: the files that the record is said to be over. */
  readonly objects?: readonly string[]
  /** `signature verify`: the file that the signature is said to be over. */
  readonly content?: string
  readonly tokens?: readonly string[]
  readonly intermediates?: readonly string[]
  /**
   * `path verify`: the inputs of RFC 5280 §6.1.1; `certificate check`: what was given beside the certificate. Words of the
   * command line, quoted where they need it.
   */
  readonly pathInputs?: readonly string[]
  readonly crl?: readonly string[]
  readonly ocsp?: readonly string[]
  readonly disclosures?: readonly string[]
  readonly notices?: readonly string[]
  readonly evidenceRecords?: readonly string[]
  /** Files with keys, of an encrypted bundle. */
  readonly identity?: readonly string[]
}

export interface TextOptions extends TextStyle {
  readonly command?: CommandNames
  /** Of a bundle with a log: the code to be read out to whoever has another bundle of it. Stands in text only. */
  readonly commonCore?: Pick<CommonCore, 'code' | 'size' | 'itemCount'> | null
  /** Whether it was judged from saved facts, with nothing of the thing itself at hand. */
  readonly isFromFacts?: boolean
  /** Every axis, what was not checked, and all digests; without it a page that fits a screen where nothing is wrong. */
  readonly details?: boolean
}

/** Names in the first answer; the envelope has all. */
const OUTSIDE_NAMED = 5

/** Objects printed under one finding; the inventory has all. */
const OBJECTS_SHOWN = 50

export function toneOf({ body }: Report): Tone {
  const { indication } = body.assessment
  return indication === 'TOTAL-PASSED' ? 'good' : indication === 'TOTAL-FAILED' ? 'bad' : 'open'
}

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

/** Whether what a finding compares with was sealed: the tag manifest by a seal that holds, the lists by the tag manifest. */
export function tellingOf(report: Report, { id }: Pick<Finding, 'id'>): Telling {
  const { bytes, completeness } = report.body.assessment.axes
  const alone = isAlone(report) && !id.startsWith('document.')
  const certificate = report.body.subject.kind === 'certificate'
  const sealed = id.startsWith('tag.') ? isSealIntact(report) : isListSealed(report)
  const unchanged = bytes.value === 'PASSED' && completeness.value === 'PASSED' && isListSealed(report)
  return { sealed, alone, certificate, unchanged }
}

/** A certificate was asked about as a time-stamp authority's. */
function isOfAuthority({ body }: Report): boolean {
  return body.findings.some(({ id }) => id.startsWith('timestamp.'))
}

function isAlone({ body }: Report): boolean {
  return body.subject.kind !== 'bundle' && body.subject.kind !== 'bag'
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
function documentAnswer({ body }: Report, { verdict: { document } }: Messages) {
  const { value } = body.assessment.axes.bytes
  const stated = body.findings.find(({ id }) => id === 'document.report')?.evidence ?? []
  const found = (name: string) => escapeInLine(stated.find((one) => one.name === name)?.found ?? '?')
  const { word, text } = document[value === 'PASSED' || value === 'FAILED' ? value : 'INDETERMINATE']
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
    sealUnread:
      body.signatures.length === 0 &&
      body.findings.some(({ id, reason }) => id === 'signature.present' && reason === 'unreadable'),
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

/** "None was added" is about the bundle: whoever opens the archive sees what lies beside it, too. */
function withOutside(answer: Answer, facts: AnswerFacts, messages: Messages): Answer {
  return facts.outside.count === 0 ? answer : { ...answer, text: `${answer.text} ${sayOutside(facts, messages)}` }
}

/** A finding with its objects, evidence, missing material, remedy and clause. */
export function writeFinding(
  page: Page,
  finding: Finding,
  messages: Messages,
  telling: Telling,
  /** What was said already on this page, and need not be said again. */
  said: Set<string> = new Set(),
): void {
  const tone: Tone = finding.value === 'FAILED' ? 'bad' : finding.value === 'PASSED' ? 'good' : 'open'
  const { say, todo } = sayFinding(finding, messages, telling)
  page.wrapped(say, 2, `${page.mark(tone)} `)
  const subject = finding.subject.name === '' ? '' : ` · ${escapeForDisplay(finding.subject.name)}`
  const at = finding.subject.at === undefined ? '' : ` ${escapeForDisplay(finding.subject.at)}`
  const reason = finding.reason === undefined ? '' : `:${finding.reason}`
  page.wrapped(`${finding.value}${reason} · ${finding.id}${subject}${at}`, 6)
  for (const { name, expected, found, missing } of finding.evidence) {
    const sides = [
      ...(expected === undefined ? [] : [`expected ${escapeForDisplay(expected)}`]),
      ...(found === undefined ? [] : [`found ${escapeForDisplay(found)}`]),
    ]
    const line = `${name}: ${sides.join(', ')}`
    if (line.length + 6 <= page.style.width && sides.length > 0) page.wrapped(line, 6)
    else for (const side of sides) page.wrapped(`${name}: ${side}`, 6)
    if (missing === undefined || said.has(missing)) continue
    said.add(missing)
    const { what, from, ask } = sayMissing(missing, messages, telling)
    page.wrapped(`Missing: ${what}. Who may have it: ${from}. You can send: "${ask}"`, 6)
  }
  const exceptions = finding.exceptions ?? []
  for (const exception of exceptions.slice(0, OBJECTS_SHOWN)) {
    const place = exception.at === undefined ? '' : `, ${escapeForDisplay(exception.at)},`
    page.wrapped(`${escapeForDisplay(exception.path)}${place} ${sayException(exception, messages, telling)}`, 6, '- ')
    if (exception.expected !== undefined) page.wrapped(`listed ${escapeForDisplay(exception.expected)}`, 10)
    if (exception.found !== undefined) page.wrapped(`here   ${escapeForDisplay(exception.found)}`, 10)
  }
  const rest = exceptions.length - Math.min(exceptions.length, OBJECTS_SHOWN) + (finding.exceptionsOmitted ?? 0)
  if (rest > 0) page.wrapped(`and ${groupDigits(rest)} more; --inventory FILE saves all of them`, 6, '- ')
  if (finding.subIndication !== undefined)
    page.wrapped(`${finding.subIndication}: ${messages.subIndications[finding.subIndication]}`, 6)
  if (todo !== undefined && !said.has(todo)) page.wrapped(`What to do: ${todo}`, 6)
  if (todo !== undefined) said.add(todo)
  page.wrapped(`Rests on ${finding.spec.document} \u00a7${finding.spec.section}`, 6)
}

export function writeAxes(page: Page, report: Report, messages: Messages): void {
  const { body } = report
  page.heading('What was checked')
  for (const axis of AXES) {
    const { value, required, counts } = body.assessment.axes[axis]
    if (isAlone(report) && value === 'NOT-CHECKED') continue
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const tone: Tone =
      value === 'PASSED'
        ? 'good'
        : value === 'FAILED'
          ? 'bad'
          : value === 'INDETERMINATE' && required
            ? 'open'
            : 'faint'
    const parts = Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [] : [`${count} ${name}`]))
    const { title, is } = messages.axes[axis]
    const asked = required ? '' : ' (not asked by the policy)'
    const shown = sayShown(body, axis, messages)
    const checks = total === 0 ? 'no check' : `${total} ${total === 1 ? 'check' : 'checks'}: ${parts.join(', ')}`
    const detail = shown === null ? checks : `${shown}; ${checks}`
    page.wrapped(
      `${value}${asked} \u2013 ${retold(is, { alone: isAlone(report) }, messages)}; ${detail}`,
      2,
      `${page.mark(tone)} ${title.padEnd(15)}`,
    )
  }
}

export function writeNotChecked(page: Page, report: Report, messages: Messages): void {
  const { body } = report
  for (const [value, title] of [
    ['NOT-CHECKED', 'Not checked'],
    ['WITHHELD', 'Withheld'],
  ] as const) {
    const findings = body.findings.filter((finding) => finding.value === value && finding.role === undefined)
    if (findings.length === 0) continue
    page.heading(`${title}: ${findings.length}`)
    for (const finding of findings) {
      const telling = tellingOf(report, finding)
      const words = `${questionOf(finding, messages, telling)} ${sayFinding(finding, messages, telling).say}`
      page.wrapped(`${words} (${finding.id})`, 2, `${page.mark('faint')} `)
    }
  }
}

function sayCore({ size, itemCount }: Pick<CommonCore, 'size' | 'itemCount'>): string {
  const count = (number: number, what: string) => `${groupDigits(number)} ${what}${number === 1 ? '' : 's'}`
  return `common core of ${count(size, 'event')}, ${count(itemCount, 'item')}`
}

export function writeGround(page: Page, { body, envelope }: Report, core: TextOptions['commonCore'] = null): void {
  const { trustSet, policy, inputs, subject } = body
  page.heading('What this rests on')
  const row = (label: string, text: string) => page.wrapped(text, 2, label.padEnd(18))
  // In one piece, to be compared and copied.
  const exact = (label: string, digest: string, rest = '') =>
    page.line(`  ${label.padEnd(18)}${`${digest}  ${rest}`.trimEnd()}`)
  row('policy', `${escapeForDisplay(policy.id)}, SHA-256 ${policy.sha256}`)
  if (trustSet === null) row('trust set', 'none was chosen')
  else {
    const confirmed =
      inputs.setCode === 'confirmed' ? 'its code was typed and agrees' : 'its code was not typed (--trust-code)'
    const sample = trustSet.sample ? '; SAMPLE, for demonstrations only' : ''
    row(
      'trust set',
      `${escapeInLine(trustSet.issuer)}, number ${trustSet.number} of ${escapeForDisplay(trustSet.date)}, review by ${escapeForDisplay(trustSet.reviewBy)}; ${confirmed}${sample}`,
    )
    row('', `SHA-256 ${trustSet.sha256}`)
  }
  row('time of check', body.validationTime)
  for (const { kind, sha256 } of inputs.files)
    row('given', `${escapeForDisplay(kind)}, SHA-256 ${escapeForDisplay(sha256)}`)
  if (inputs.part) row('part', 'this copy was declared to be a part (--part)')
  if (inputs.digests !== 'all') row('digests', `only ${inputs.digests.map(escapeForDisplay).join(', ')} (--digests)`)
  if (inputs.names) row('names', 'opened original file names may be shown (--names)')
  row('program', `probatum ${escapeForDisplay(body.engine.version)}`)
  for (const { file, signer, timestamps } of body.signatures) {
    if (signer !== null)
      row('signer', `${escapeInLine(signer.subject)}; certificate SHA-256 ${signer.sha256}; ${escapeForDisplay(file)}`)
    for (const token of timestamps) {
      const accuracy = token.accuracy === null ? '' : `, accuracy ${escapeForDisplay(token.accuracy)}`
      row(
        'time-stamp',
        `${escapeForDisplay(token.genTime ?? 'no time')}${accuracy}, ${escapeInLine(token.authority ?? 'no name')}; ${escapeForDisplay(token.file)} over ${escapeForDisplay(file)}`,
      )
    }
  }

  page.heading('To compare and to print')
  if (subject.externalIdentifier !== null) row('identifier', escapeInLine(subject.externalIdentifier))
  if (subject.issuer !== null) row('issuer', `${escapeInLine(subject.issuer)} (as the bundle says)`)
  if (subject.recipient !== null) row('recipient', `${escapeInLine(subject.recipient)} (as the bundle says)`)
  row('format', escapeForDisplay(subject.format))
  if (subject.bundleId !== null) exact('bundle id', subject.bundleId)
  for (const { file, sha256 } of subject.sealIds) exact('seal id', sha256, escapeForDisplay(file))
  exact(
    'content',
    body.content.sha256,
    `${groupDigits(body.content.files)} ${body.content.files === 1 ? 'file' : 'files'}, ${sayBytes(body.content.bytes)}`,
  )
  if (core !== null) exact('common core', core.code, sayCore(core))
  exact('inventory', body.inventory.sha256, `${groupDigits(body.inventory.lines)} lines`)
  exact('facts', envelope.digests.facts)
  exact('findings', envelope.digests.findings)
  exact('whole report', envelope.digests.whole)

  const { leftovers, oddities, outside } = envelope.container
  if (leftovers.length + oddities.length + outside.length === 0) return
  page.heading('About this copy only (not part of the report)')
  for (const path of leftovers.slice(0, OBJECTS_SHOWN))
    page.wrapped(`${escapeForDisplay(path)}: added by the operating system, not sealed`, 2, '- ')
  for (const path of outside.slice(0, OBJECTS_SHOWN))
    page.wrapped(`${escapeForDisplay(path)}: lies outside the bundle's folder, not sealed`, 2, '- ')
  for (const { id, path, value } of oddities.slice(0, OBJECTS_SHOWN))
    page.wrapped(
      [id, path, value].flatMap((text) => (text === undefined ? [] : [escapeForDisplay(text)])).join(' '),
      2,
      '- ',
    )
  const rest = [leftovers, outside, oddities].reduce((sum, { length }) => sum + Math.max(0, length - OBJECTS_SHOWN), 0)
  if (rest > 0) page.wrapped(`and ${groupDigits(rest)} more; --json has all of them`, 2, '- ')
}

/** Somebody's key opened it; whose file that was the report does not say. */
function identitiesFor({ envelope }: Report): readonly string[] {
  return envelope.container.oddities.some(({ id }) => id === 'encryption.recipients') ? ['KEY-FILE'] : []
}

/** The call that gives the same body on another computer, for a POSIX shell. */
export function commandOf(report: Report, names?: CommandNames): string {
  const { body, envelope } = report
  const { inputs } = body
  const { kind } = body.subject
  const words =
    kind === 'certificate'
      ? ['path', 'verify']
      : kind === 'document'
        ? ['certificate', 'check']
        : kind === 'timestamp' || kind === 'signature' || kind === 'evidence-record'
          ? [kind, 'verify']
          : ['verify']
  words.push(quoteForShell(names?.input ?? envelope.container.name))
  for (const file of names?.identity ?? identitiesFor(report)) words.push('--identity', quoteForShell(file))
  if (kind === 'timestamp') words.push('--data', quoteForShell(names?.data ?? 'FILE'))
  if (kind === 'evidence-record')
    for (const file of names?.objects ?? ['FILE']) words.push('--data', quoteForShell(file))
  if (kind === 'signature') words.push('--content', quoteForShell(names?.content ?? 'FILE'))
  if (kind === 'certificate') words.push('--role', isOfAuthority(report) ? 'time-stamp-authority' : 'signer')
  for (const token of names?.tokens ?? []) words.push('--tokens', quoteForShell(token))
  for (const certificate of names?.intermediates ?? []) words.push('--intermediates', quoteForShell(certificate))
  words.push(...(names?.pathInputs ?? []))
  for (const file of names?.crl ?? []) words.push('--crl', quoteForShell(file))
  for (const file of names?.ocsp ?? []) words.push('--ocsp', quoteForShell(file))
  for (const file of names?.disclosures ?? []) words.push('--disclosures', quoteForShell(file))
  for (const file of names?.notices ?? []) words.push('--notices', quoteForShell(file))
  for (const file of names?.evidenceRecords ?? []) words.push('--evidence-record', quoteForShell(file))
  // Without their names they are asked for by what they are.
  if (names?.disclosures === undefined)
    for (const { kind } of inputs.files) if (kind === 'disclosures') words.push('--disclosures', 'FILE')
  if (names?.notices === undefined)
    for (const { kind } of inputs.files) if (kind === 'notice') words.push('--notices', 'FILE')
  if (names?.evidenceRecords === undefined)
    for (const { kind } of inputs.files) if (kind === 'evidence-record') words.push('--evidence-record', 'FILE')
  if (names?.crl === undefined)
    for (const { kind } of inputs.files) if (kind === 'crl' || kind === 'ocsp') words.push(`--${kind}`, 'FILE')
  words.push('--policy', quoteForShell(names?.policy ?? body.policy.id))
  if (body.trustSet !== null) words.push('--trust-set', quoteForShell(names?.trustSet ?? 'TRUST-SET-FILE'))
  if (inputs.setCode === 'confirmed') words.push('--trust-code', 'CODE-FROM-THE-LETTER')
  words.push('--at', body.validationTime)
  if (inputs.digests !== 'all') words.push('--digests', quoteForShell(inputs.digests.join(',')))
  if (inputs.part) words.push('--part')
  if (inputs.names) words.push('--names')
  if (inputs.recipient !== null) words.push('--recipient', quoteForShell(inputs.recipient))
  return `probatum ${words.join(' ')}`
}

function writeResult(
  page: Page,
  report: Report,
  messages: Messages,
  { details = false, isFromFacts = false }: Pick<TextOptions, 'details' | 'isFromFacts'>,
): void {
  const { body } = report
  const { verdict } = messages
  page.wrapped(page.paint(sayHeadline(report, messages), 'strong'), 0, `${page.mark(toneOf(report))} `)
  page.wrapped(verdictLabel(report, messages), 2)
  if (body.assessment.subIndication !== undefined)
    page.wrapped(`${body.assessment.subIndication}: ${messages.subIndications[body.assessment.subIndication]}`, 2)
  page.wrapped(escapeForDisplay(report.envelope.container.name), 2)
  if (body.subject.sample || body.trustSet?.sample === true) page.wrapped(page.paint(verdict.sample, 'open'), 2)
  if (isFromFacts) page.wrapped(page.paint(verdict.savedFacts, 'open'), 2)
  for (const { question, word, text, doesNotShow } of answersOf(report, messages)) {
    page.heading(question)
    page.wrapped(`${word}. ${text}`, 2)
    page.wrapped(fillPlaces(messages.answers.sentenceDoesNotShow, { what: doesNotShow }), 2)
  }
  const problems = details ? problemsOf(report) : problemsTold(report)
  const said = new Set<string>()
  if (problems.length > 0) page.heading(`Problems: ${problems.length}`)
  for (const finding of problems) {
    writeFinding(page, finding, messages, tellingOf(report, finding), said)
    const command = finding.id === 'timestamp.believed' ? stockCommandOf(finding, report) : undefined
    if (command !== undefined) page.line(`      By hand, at its own time: ${command}`)
  }
}

/** The result, the three answers and the problems: what a person needs first, and not enough to keep. */
export function renderSummary(report: Report, style: TextStyle, messages: Messages = messagesIn()): string {
  const page = new Page(style)
  writeResult(page, report, messages, {})
  return page.text()
}

/** The axes and what was not checked, in a few lines. */
function writeCheckedInShort(page: Page, report: Report): void {
  const { body } = report
  page.heading('What was checked')
  const axes = AXES.map((axis) => ({ axis, ...body.assessment.axes[axis] }))
  const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, one) => sum + one, 0)
  for (const [value, tone] of [
    ['FAILED', 'bad'],
    ['INDETERMINATE', 'open'],
    ['PASSED', 'good'],
  ] as const) {
    const these = axes.filter((one) => one.value === value && (value === 'FAILED' || one.required))
    if (these.length === 0) continue
    const named = these.map(({ axis, counts }) => {
      const shown = sayShown(body, axis)
      const checks = `${total(counts)} ${total(counts) === 1 ? 'check' : 'checks'}`
      return `${axis} (${shown === null ? checks : `${shown}; ${checks}`})`
    })
    page.wrapped(`${value}: ${named.join(', ')}`, 2, `${page.mark(tone)} `)
  }
  const rest = axes.filter(({ value, required }) => !required && value !== 'FAILED').map(({ axis }) => axis)
  if (rest.length > 0 && !isAlone(report))
    page.wrapped(`not asked by the policy: ${rest.join(', ')}`, 2, `${page.mark('faint')} `)
  for (const value of ['INDETERMINATE', 'NOT-CHECKED', 'WITHHELD'] as const) {
    const ids = body.findings
      .filter((one) => one.value === value && one.role === undefined)
      // The others stand above as problems.
      .filter(({ axis }) => value !== 'INDETERMINATE' || !body.assessment.axes[axis].required)
      .map(({ id }) => id)
    if (ids.length > 0)
      page.wrapped(
        `${value}${value === 'INDETERMINATE' ? ', not asked' : ''}: ${ids.length} (${[...new Set(ids)].join(', ')})`,
        2,
        `${page.mark('faint')} `,
      )
  }
}

/** Who is believed, as of when, and the numbers that are compared with what the sender says. */
function writeGroundInShort(page: Page, { body, envelope }: Report, core: TextOptions['commonCore'] = null): void {
  const { trustSet, policy, inputs, subject } = body
  page.heading('What this rests on')
  const row = (label: string, text: string) => page.wrapped(text, 2, label.padEnd(11))
  const exact = (label: string, digest: string, rest = '') =>
    page.line(`  ${label.padEnd(11)}${`${digest}  ${rest}`.trimEnd()}`)
  const given = [
    ...(inputs.part ? ['a part (--part)'] : []),
    ...(inputs.files.length > 0
      ? [`${inputs.files.length} further ${inputs.files.length === 1 ? 'file' : 'files'} given`]
      : []),
    ...(inputs.digests === 'all' ? [] : [`digests ${inputs.digests.map(escapeForDisplay).join(', ')}`]),
  ]
  row(
    'policy',
    [
      `${escapeForDisplay(policy.id)}, as of ${body.validationTime}, probatum ${escapeForDisplay(body.engine.version)}`,
      ...given,
    ].join('; '),
  )
  if (trustSet === null) row('trust set', 'none was chosen')
  else
    row(
      'trust set',
      `${escapeInLine(trustSet.issuer)}, number ${trustSet.number} of ${escapeForDisplay(trustSet.date)}; ${
        inputs.setCode === 'confirmed' ? 'its code was typed and agrees' : 'its code was not typed (--trust-code)'
      }`,
    )
  if (subject.bundleId !== null) exact('bundle id', subject.bundleId)
  for (const { file, sha256 } of subject.kind === 'bundle' ? subject.sealIds : [])
    exact('seal id', sha256, subject.sealIds.length > 1 ? escapeForDisplay(file) : '')
  if (core !== null) exact('core', core.code, sayCore(core))
  exact('content', body.content.sha256)
  exact('report', envelope.digests.whole)
  const { leftovers, oddities, outside } = envelope.container
  const beside = leftovers.length + oddities.length + outside.length
  if (beside > 0)
    row(
      'this copy',
      `has ${groupDigits(beside)} ${beside === 1 ? 'peculiarity' : 'peculiarities'} of its own, not sealed (--details)`,
    )
}

/** A report for people: the result first, then why, then what it rests on, then how to get it again. */
export function renderText(report: Report, options: TextOptions, messages: Messages = messagesIn()): string {
  const page = new Page(options)
  const tone = toneOf(report)
  const { verdict } = messages
  writeResult(page, report, messages, options)
  if (options.details === true) {
    writeAxes(page, report, messages)
    writeNotChecked(page, report, messages)
    writeGround(page, report, options.commonCore)
  } else {
    writeCheckedInShort(page, report)
    writeGroundInShort(page, report, options.commonCore)
  }
  page.heading('What next')
  const next = retold(verdict.next[nextOf(report)], { alone: isAlone(report) }, messages)
  // The three answers have said already what a match leaves open.
  page.wrapped(options.details === true || tone !== 'good' ? next : `${next} ${verdict.more}`, 2)
  if (options.details === true || tone !== 'good') page.wrapped(verdict.doesNotMean, 2)
  page.heading('The same report elsewhere')
  page.line(`  ${commandOf(report, options.command)}`)
  return page.text()
}
