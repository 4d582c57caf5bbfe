import { compareInstants, formatInstant, parseInstant } from '@probatum/core'
import type { TextRun } from '../document.ts'
import { ENGLISH } from '../en/index.ts'
import { escapeInLine } from '../escape-for-display.ts'
import { sayList } from '../language.ts'
import { tallyOf } from '../tally.ts'
import { isListSealed, verdictLabel } from '../verdict.ts'
import { type Context, comparedDigests } from './context.ts'
import { writeHashReport } from './exhibits.ts'
import { withMoved, writeConditions } from './first-page.ts'
import { writeWithheldPlaces } from './history.ts'
import type { AnnexBlock, CertificateTemplate, FormText, ReportValue } from './templates.ts'
import { code, LINE_END, type Value, Writer } from './writer.ts'

/** India has had one offset, without summer time, throughout. */
const IST_SECONDS = 19_800

/** The form of a template, its values from the report and everything else empty. */
export function writeAnnex(
  writer: Writer,
  context: Context,
  template: CertificateTemplate,
  choice: string | null,
): void {
  if (template.annex.length === 0) return
  writer.blocks.push({ kind: 'page-break' })
  // The title of a court's form is in the language of the court.
  writer.heading(1, 'headingAnnex', { title: runOf(writer, template.title) })
  writer.say('needsLawyer')
  for (const block of template.annex) writeBlock(writer, context, block, choice)
}

export function textOf(writer: Writer, text: FormText): string {
  return 'label' in text ? writer.label(text.label) : text.text
}

export function runOf(writer: Writer, text: FormText): TextRun {
  return { text: textOf(writer, text), ...langOf(writer, text) }
}

/** Where a form's words are not in the language of the document. */
function langOf(writer: Writer, text: FormText | undefined): { readonly lang?: string } {
  return text !== undefined && 'text' in text && text.lang !== writer.messages.language ? { lang: text.lang } : {}
}

function writeBlock(writer: Writer, context: Context, block: AnnexBlock, choice: string | null): void {
  switch (block.kind) {
    case 'heading':
      writer.headingOf(2, [runOf(writer, block.text)])
      break
    case 'paragraph':
      if (block.choice !== undefined && block.choice !== choice) break
      if ('sentence' in block.text) writer.say(block.text.sentence)
      else writer.paragraph([runOf(writer, block.text)])
      break
    case 'count': {
      const withheld = context.facts.records?.history?.disclosure.items.withheld.count ?? 0
      writer.count(block.sentence, block.of === 'withheld-items' ? withheld : tallyOf(context.report).here)
      break
    }
    case 'values':
      writer.blocks.push({
        kind: 'facts',
        rows: block.rows.map(({ term, value }) => ({
          term: textOf(writer, term),
          ...langOf(writer, term),
          value: valueBeside(writer, context, term, value),
        })),
      })
      break
    case 'form':
      writer.blocks.push({
        kind: 'form',
        fields: block.fields.map(({ label, lines }) => ({ label: textOf(writer, label), lines })),
        ticks: block.ticks.map((tick) => textOf(writer, tick)),
        ...langOf(writer, block.fields[0]?.label ?? block.ticks[0]),
      })
      break
    case 'conditions':
      writeConditions(writer, context)
      break
    case 'withheld':
      writeWithheldPlaces(writer, context)
      break
    case 'hash-report':
      writer.say('hashReportIntro')
      writeHashReport(writer, context)
      break
    case 'page-break':
      writer.blocks.push({ kind: 'page-break' })
      break
  }
}

/** In the language of the name that it stands beside: whoever reads a court's form reads all of it in the language of the court. */
function valueBeside(writer: Writer, context: Context, term: FormText, value: ReportValue): readonly TextRun[] {
  const { lang } = langOf(writer, term)
  if (lang !== ENGLISH.language) return textOfValue(writer, context, value)
  const runs = textOfValue(new Writer(ENGLISH), { ...context, messages: ENGLISH }, value)
  return runs.map((run) => (run.style === 'code' ? run : { ...run, lang }))
}

function textOfValue(writer: Writer, context: Context, value: ReportValue): readonly TextRun[] {
  const { report, messages, certificateId } = context
  const { body, envelope } = report
  const { subject } = body
  const run = (given: Value | null): readonly TextRun[] =>
    given === null || given === ''
      ? [{ text: writer.label('notStated') }]
      : [typeof given === 'string' ? { text: given } : given].flat()
  const stated = (given: string | null) =>
    run(given === null ? null : writer.label('asStated', { value: escapeInLine(given) }))
  const proved = body.assessment.axes.time.value === 'PASSED' && isListSealed(report) ? body.bestSignatureTime : null
  switch (value) {
    case 'certificate-id':
      return run(certificateId === null ? null : code(certificateId))
    case 'report-digest':
      return run(code(envelope.digests.whole))
    case 'bundle-id':
      return run(subject.bundleId === null ? null : code(subject.bundleId))
    case 'seal-ids':
      return run(subject.sealIds.flatMap(({ sha256 }, index) => [...(index === 0 ? [] : [LINE_END]), code(sha256)]))
    case 'content-digest':
      return run(code(body.content.sha256))
    case 'identifier':
      return stated(subject.externalIdentifier)
    case 'issuer':
      return stated(subject.issuer)
    case 'recipient':
      return stated(subject.recipient)
    case 'counts':
      return run(countsOf(writer, context))
    case 'algorithms': {
      const { counted, ended } = comparedDigests(context)
      return run(sayList([...counted, ...ended], messages.rules))
    }
    case 'validation-time':
      return run(body.validationTime)
    case 'validation-time-ist':
      return run(inIndia(body.validationTime))
    case 'proved-time':
      return run(proved ?? writer.label('nothingProved'))
    case 'proved-time-ist':
      return run(proved === null ? writer.label('nothingProved') : inIndia(proved))
    case 'result':
      return run(verdictLabel(report, messages))
  }
}

export function countsOf(writer: Writer, context: Context): string {
  const tally = tallyOf(context.report)
  const count = (value: number) => writer.number(value)
  const counts = writer.label('countsShort', {
    here: count(tally.here),
    matched: count(context.matched),
    different: count(tally.different),
    missing: count(tally.missing),
    unlisted: count(tally.unlisted),
    unreadable: count(tally.unreadable),
  })
  return withMoved(writer, counts, tally)
}

/** DD/MM/YYYY HH:MM:SS in Indian Standard Time. */
function inIndia(time: string): string {
  const instant = parseInstant(time)
  if (instant === undefined) return time
  const shifted = { ...instant, epochSeconds: instant.epochSeconds + IST_SECONDS }
  const [year = '', month = '', rest = ''] = formatInstant(shifted).split('-')
  const [day = '', clock = ''] = rest.split('T')
  const rounded =
    compareInstants(instant, { ...instant, fraction: '' }) === 0 ? clock.slice(0, 8) : clock.replace('Z', '')
  return `${day}/${month}/${year} ${rounded} IST (UTC+05:30)`
}
