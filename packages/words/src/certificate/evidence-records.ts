import type { ArchiveTimeStampFacts, GivenEvidenceRecordFacts } from '@probatum/core'
import type { TextRun } from '../document.ts'
import { escapeInLine } from '../escape-for-display.ts'
import { sayFinding } from '../sentences.ts'
import { type Context, VALUE_LABELS } from './context.ts'
import { code, joinRuns, name, type Writer } from './writer.ts'

/** Files, and time-stamps, printed of one record. */
const SHOWN = 20

/** Each evidence record that was given beside the bundle: what it proves, which files it is over, and what its time-stamps state. */
export function writeEvidenceRecords(writer: Writer, { report, facts, messages }: Context): void {
  const findings = report.body.findings.filter(({ id }) => id === 'evidence.record')
  for (const [index, finding] of findings.entries()) {
    const given = facts.evidenceRecords?.files.find(({ sha256 }) => sha256 === finding.subject.name)
    const value = `${writer.label(VALUE_LABELS[finding.value] ?? 'none')}${colonOf(writer)}`
    const stamps = given?.record?.timestamps ?? []
    writer.heading(2, 'headingEvidenceRecord', { n: String(index + 1) })
    writer.facts([
      ['evidenceRecordDigest', code(finding.subject.name)],
      ['columnResult', `${value} ${sayFinding(finding, messages).say}`],
      // Of one that does not read nothing is known that it could be over.
      ['evidenceRecordCovers', given?.record?.failure === null ? coveredRuns(writer, given) : null],
      [
        'evidenceRecordStamps',
        stamps.length === 0
          ? null
          : firstOf(
              writer,
              stamps.map((stamp) => stampRuns(writer, stamp)),
              stamps.length,
            ),
      ],
    ])
  }
  if (findings.length > 0) writer.say('evidenceRecordApart')
}

const colonOf = ({ messages }: Writer) => messages.rules.colon ?? ':'

function coveredRuns(writer: Writer, { covered, files, paths }: GivenEvidenceRecordFacts): readonly TextRun[] {
  const count = { covered: writer.number(covered), files: writer.number(files) }
  const names = firstOf(
    writer,
    paths.map((path) => [name(path)]),
    covered,
  )
  return joinRuns([[{ text: writer.label('evidenceRecordCount', count) }], ...(covered === 0 ? [] : [names])], '\n')
}

function stampRuns(writer: Writer, { path, token }: ArchiveTimeStampFacts): readonly TextRun[] {
  const time = token.tstInfo === null ? writer.label('unreadable') : escapeInLine(token.tstInfo.genTime)
  return [code(path), { text: `${colonOf(writer)} ${time}` }]
}

/** One a line, and below how many there are where these are not all. */
function firstOf(writer: Writer, lines: readonly (readonly TextRun[])[], all: number): readonly TextRun[] {
  const shown = lines.slice(0, SHOWN)
  const count = { shown: writer.number(shown.length), all: writer.number(all) }
  const rest = shown.length < all ? [[{ text: writer.label('evidenceRecordFirst', count) }]] : []
  return joinRuns([...shown, ...rest], '\n')
}
