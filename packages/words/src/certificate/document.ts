import { type FactsFile, type Report, trustSetCode } from '@probatum/core'
import type { ReadableDocument, TextRun } from '../document.ts'
import { GLOSSARY_TERMS } from '../en/certificate.ts'
import { escapeInLine } from '../escape-for-display.ts'
import { saySize } from '../language.ts'
import type { Messages } from '../messages.ts'
import { runOf, writeAnnex } from './annex.ts'
import { writeAxes, writeProblems } from './checks.ts'
import type { Context } from './context.ts'
import { writeExhibits } from './exhibits.ts'
import { writeFirstPage } from './first-page.ts'
import { writeConsent, writeCustody, writeWithheld } from './history.ts'
import type { CertificateInput, ReportInput } from './input.ts'
import { writeChallenges, writeLimits } from './limits.ts'
import { writeMethod } from './method.ts'
import { writeReproduction } from './reproduction.ts'
import { countMatches } from './results.ts'
import { writeSignatures, writeTrust } from './signatures.ts'
import { type CertificateTemplate, templateOf } from './templates.ts'
import { code, fillRuns, type LabelKey, name, type Values, Writer } from './writer.ts'

/**
 * A certificate as a document: the report, the facts under it and what the bundle records, in the language of the
 * messages. Decides nothing.
 * @throws TypeError when the request names a template or language that this version does not have
 */
export function certificateDocument(input: CertificateInput, messages: Messages): ReadableDocument {
  const { request, report, certificateId } = input
  const template = templateOf(request.template.id)
  if (template === undefined || template.version !== request.template.version)
    throw new TypeError(`no template ${request.template.id}, version ${request.template.version}`)
  if (messages.language !== request.language) throw new TypeError(`no messages for ${request.language}`)
  const context: Context = {
    ...contextOf(input, input.facts, messages),
    recorded: request.recorded,
    names: request.names,
    maker: request.maker,
    build: request.engine.build,
    list: request.list,
    utcOffset: request.utcOffset,
    labels: new Map(request.labels.map(({ sha256, label }) => [sha256, label])),
    certificateId,
  }
  const writer = new Writer(messages)
  writeBody(writer, context, template)
  writePerson(writer)
  writeAnnex(writer, context, template, request.template.choice)
  const bundle = report.body.subject.bundleId
  return {
    ...frame(writer, context, 'title'),
    footer: writer.label('page'),
    footerRuns: [
      { text: `${writer.label('reportDigest')} ` },
      code(report.envelope.digests.whole),
      ...(bundle === null ? [] : [{ text: ` \u00b7 ${writer.label('bundleId')} ` }, code(bundle)]),
    ],
  }
}

/** A report as a document: the same, without what only a certificate has. */
export function reportDocument(input: ReportInput, messages: Messages): ReadableDocument {
  const context: Context = {
    ...contextOf(input, input.facts, messages),
    recorded: input.recorded,
    names: input.names,
    maker: input.maker,
    build: null,
    list: 'auto',
    utcOffset: null,
    labels: new Map(),
    certificateId: null,
  }
  const writer = new Writer(messages)
  writeBody(writer, context, null)
  return {
    ...frame(writer, context, 'titleReport'),
    footer: writer.label('page'),
    footerRuns: [{ text: `${writer.label('reportDigest')} ` }, code(input.report.envelope.digests.whole)],
  }
}

function contextOf(input: ReportInput | CertificateInput, { facts, container }: FactsFile, messages: Messages) {
  const { report, inventory, policy, trustSet } = input
  const matched = countMatches(inventory, facts.kind)
  return { report, facts, container, inventory, matched, policy, trustSet, messages }
}

function frame(writer: Writer, { report, messages, names, certificateId }: Context, title: LabelKey) {
  const { subject, trustSet } = report.body
  const header: TextRun[] = [{ text: writer.label(title) }]
  if (subject.sample || trustSet?.sample === true) header.push({ text: ` \u00b7 ${writer.label('sample')}` })
  if (subject.externalIdentifier !== null) header.push({ text: ` \u00b7 ${escapeInLine(subject.externalIdentifier)}` })
  if (names !== null) header.push({ text: ` \u00b7 ${writer.label('showsNames')}` })
  if (!messages.reviewed) header.push({ text: ` \u00b7 ${writer.label('notReviewed')}` })
  if (certificateId !== null) header.push({ text: ' \u00b7 ' }, code(trustSetCode(certificateId)))
  return {
    title: writer.label(title),
    language: messages.language,
    direction: messages.direction,
    header,
    blocks: writer.blocks,
  }
}

function writeBody(writer: Writer, context: Context, template: CertificateTemplate | null): void {
  writer.page((inside) => writeFirstPage(inside, context))
  writeExamined(writer, context, template)
  writeAxes(writer, context)
  writeProblems(writer, context)
  writeMethod(writer, context)
  writeSignatures(writer, context)
  writeTrust(writer, context)
  writeCustody(writer, context)
  writeWithheld(writer, context)
  writeConsent(writer, context)
  writeLimits(writer, context)
  writeChallenges(writer, context)
  writeReproduction(writer, context)
  writeExhibits(writer, context)
  writeGlossary(writer, context)
}

/** Everything by which the bundle, the report and this document can be told from others. */
function writeExamined(
  writer: Writer,
  { report, messages, container, certificateId, recorded, inventory }: Context,
  template: CertificateTemplate | null,
): void {
  const { body, envelope } = report
  const { subject } = body
  const stated = (value: string | null) =>
    value === null ? null : writer.label('asStated', { value: escapeInLine(value) })
  writer.heading(1, 'headingExamined')
  writer.say(certificateId === null ? 'noCertificationReport' : 'noCertification')
  const size = saySize(container.bytes ?? 0, messages.rules)
  const received: Values = { kind: container.kind, name: name(container.name), size }
  writer.facts([
    [
      'received',
      fillRuns(writer.label(container.kind === 'directory' ? 'receivedFolder' : 'receivedArchive'), received),
    ],
    ['receivedDigest', recorded.container === null ? null : code(recorded.container)],
    ['identifier', stated(subject.externalIdentifier)],
    ['issuer', stated(subject.issuer)],
    ['recipient', stated(subject.recipient)],
    ['format', escapeInLine(subject.format)],
    ['filesInAll', writer.number(body.content.files)],
    ['bundleId', subject.bundleId === null ? null : code(subject.bundleId)],
    ['bundleCode', subject.bundleId === null ? null : code(trustSetCode(subject.bundleId))],
    ...subject.sealIds.map(({ sha256 }) => ['sealId', code(sha256)] as const),
    ...manifestsIn(inventory).map(
      ({ path, sha256 }) => ['manifestDigest', code(sha256), { name: escapeInLine(path) }] as const,
    ),
    ['contentDigest', code(body.content.sha256)],
    ['inventoryDigest', code(body.inventory.sha256)],
    ['reportDigest', code(envelope.digests.whole)],
    ['reportCode', code(trustSetCode(envelope.digests.whole))],
    ['factsDigest', code(envelope.digests.facts)],
    ['findingsDigest', code(envelope.digests.findings)],
    ...(certificateId === null
      ? []
      : ([
          ['certificateId', code(certificateId)],
          ['certificateFormat', code('probatum/certificate/1-draft')],
        ] as const)),
    [
      'templateName',
      template === null
        ? null
        : fillRuns(writer.label('templateText'), {
            title: runOf(writer, template.title),
            version: String(template.version),
          }),
    ],
    ['languageName', messages.languageName],
  ])
  if (certificateId !== null)
    writer.blocks.push({
      kind: 'qr',
      text: qrText(report),
      alt: writer.label('qrAlt'),
      caption: writer.label('qrCaption'),
    })
}

/** As many lists as RFC 8493 bags have in practice; the inventory has all. */
const MANIFESTS_SHOWN = 8

/** The lists of files themselves; the bundle id is the digest of the one over them. */
function manifestsIn(inventory: Context['inventory']): readonly { readonly path: string; readonly sha256: string }[] {
  const found: { path: string; sha256: string }[] = []
  for (const { role, path, digests } of inventory)
    if (role === 'manifest' && digests.sha256 !== undefined && found.length < MANIFESTS_SHOWN)
      found.push({ path, sha256: digests.sha256 })
  return found
}

function writeGlossary(writer: Writer, { messages }: Context): void {
  writer.heading(1, 'headingGlossary')
  writer.table(
    'captionGlossary',
    [
      ['columnTerm', 1],
      ['columnMeaning', 3],
    ],
    GLOSSARY_TERMS.map((key) => {
      const { term, is } = messages.certificate.glossary[key]
      return [[{ text: term, style: 'strong' }], [{ text: is }]]
    }),
  )
}

/** Empty, for a person to fill in by hand: the program vouches for nothing. */
function writePerson(writer: Writer): void {
  const field = (key: LabelKey, lines = 1) => ({ label: writer.label(key), lines })
  writer.blocks.push({ kind: 'page-break' })
  writer.heading(1, 'headingPerson')
  writer.say('personIntro')
  writer.blocks.push({
    kind: 'form',
    fields: [
      field('personName'),
      field('personPosition'),
      field('personQualifications', 2),
      field('personDone', 3),
      field('personKnowledge', 2),
      field('personOpinion', 2),
      field('personPlace'),
      field('personDate'),
      field('personSignature', 2),
    ],
    ticks: (['tickRan', 'tickCode', 'tickCompared', 'tickStock'] as const).map((key) => writer.label(key)),
  })
  writer.heading(2, 'headingClerk')
  writer.say('clerkIntro')
  writer.blocks.push({
    kind: 'form',
    fields: [field('clerkReceived'), field('clerkDate')],
    ticks: [writer.label('clerkTick')],
  })
}

/** Characters of the alphanumeric mode only (ISO/IEC 18004), so that the code stays small: no address, nothing to open. */
export function qrText({ body, envelope }: Report): string {
  const bundle = body.subject.bundleId ?? '-'
  return `PROBATUM:1:REPORT:${envelope.digests.whole}:BUNDLE:${bundle}`.toUpperCase()
}
