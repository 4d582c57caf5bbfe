import type { InventoryLine } from '@probatum/core'
import type { TableCell, TextRun } from '../document.ts'
import { escapeInLine } from '../escape-for-display.ts'
import { sayFinding } from '../sentences.ts'
import { tellingOf } from '../telling.ts'
import type { Context } from './context.ts'
import { LISTED_ROWS, LISTED_ROWS_IN_FULL } from './input.ts'
import { isQuiet, resultOf } from './results.ts'
import { code, type LabelKey, LINE_END, name, strong, type Writer } from './writer.ts'

/** Exceptions first, then every evidence file up to the stated number of rows. */
export function writeExhibits(writer: Writer, context: Context): void {
  const { inventory, facts, report, list, names, labels } = context
  const most = list === 'full' ? LISTED_ROWS_IN_FULL : LISTED_ROWS
  const exceptions: InventoryLine[] = []
  const files: InventoryLine[] = []
  let payload = 0
  let unlike = 0
  for (const line of inventory) {
    if (line.role === 'payload') {
      payload++
      if (files.length < most) files.push(line)
    }
    if (isQuiet(resultOf(line, facts.kind))) continue
    unlike++
    if (exceptions.length < most) exceptions.push(line)
  }
  writer.heading(1, 'headingExhibits')
  writer.say(names === null ? 'exhibitsPaths' : 'namesShown')
  if (labels.size > 0) writer.say('labelsGiven')
  const leftOut = () =>
    writer.say(context.certificateId === null ? 'exhibitsLeftOutReport' : 'exhibitsLeftOut', {
      sha256: code(report.body.inventory.sha256),
    })
  // What differs is named among the contradictions all the same.
  if (list === 'none') {
    leftOut()
    return
  }
  writer.heading(2, 'headingExceptions')
  const expected = expectedDigests(context)
  if (unlike === 0) writer.say('exhibitsNoExceptions')
  else {
    writer.say('exhibitsExceptions')
    writeCut(writer, context, exceptions.length, unlike)
    writeFiles(writer, context, 'captionExceptions', exceptions, expected)
  }
  writeNames(writer, context)
  writer.heading(2, 'headingAllFiles')
  if (list === 'exceptions') {
    leftOut()
    return
  }
  if (files.length === payload) writer.count('exhibitsAll', payload)
  writeCut(writer, context, files.length, payload)
  writeFiles(writer, context, 'captionFiles', files, expected)
}

/** Names that other systems cannot keep, or that differ in case alone: not wrong here, and to be known before copying. */
function writeNames(writer: Writer, { report, messages }: Context): void {
  for (const finding of report.body.findings) {
    if ((finding.id !== 'path.safe' && finding.id !== 'path.collision') || finding.value !== 'PASSED') continue
    if (finding.reason === undefined) continue
    writer.paragraph([{ text: sayFinding(finding, messages, tellingOf(report, finding)).say }])
    writer.list(finding.evidence.flatMap(({ found }) => (found === undefined ? [] : [[name(found)]])))
  }
}

/** Digests of the evidence files alone, in a form that stands by itself. */
export function writeHashReport(writer: Writer, context: Context): void {
  const most = context.list === 'full' ? LISTED_ROWS_IN_FULL : LISTED_ROWS
  const files: InventoryLine[] = []
  let payload = 0
  for (const line of context.inventory) {
    if (line.role !== 'payload') continue
    payload++
    if (files.length < most) files.push(line)
  }
  writeCut(writer, context, files.length, payload)
  writeFiles(writer, context, 'hashReport', files, expectedDigests(context))
}

function writeCut(writer: Writer, { report, certificateId }: Context, shown: number, all: number): void {
  if (shown === all) return
  writer.count(certificateId === null ? 'exhibitsCutReport' : 'exhibitsCut', all, {
    shown: writer.number(shown),
    sha256: code(report.body.inventory.sha256),
  })
}

/** What the lists say of files that differ, by path. */
function expectedDigests({ report }: Context): ReadonlyMap<string, string> {
  const digests = new Map<string, string>()
  for (const { id, exceptions = [] } of report.body.findings)
    if (id === 'payload.digest' || id === 'tag.digest' || id === 'payload.present')
      for (const { path, expected } of exceptions)
        if (expected !== undefined && /^[0-9a-f]{64}$/i.test(expected)) digests.set(path, expected.toLowerCase())
  return digests
}

function writeFiles(
  writer: Writer,
  { facts, names, labels }: Context,
  caption: LabelKey,
  lines: readonly InventoryLine[],
  expected: ReadonlyMap<string, string>,
): void {
  const originals = new Map((names ?? []).map(({ path, name: original }) => [path, original]))
  const rows = lines.map((line, index): readonly TableCell[] => {
    const { path, size, digests } = line
    const result = resultOf(line, facts.kind)
    const digest = digests.sha256
    const other = Object.entries(digests)[0]
    const label = digest === undefined ? undefined : labels.get(digest)
    const original = originals.get(path)
    const file: readonly TextRun[] = [
      ...(label === undefined ? [] : [strong(escapeInLine(label)), LINE_END]),
      name(path),
      ...(original === undefined ? [] : [LINE_END, name(original)]),
    ]
    const said = expected.get(path)
    const quiet = isQuiet(result)
    const found: readonly TextRun[] =
      digest !== undefined
        ? [code(digest)]
        : other === undefined
          ? [{ text: writer.label('notHere') }]
          : [{ text: `${escapeInLine(other[0])} ` }, code(other[1] ?? '')]
    const both: readonly TextRun[] =
      quiet || said === undefined
        ? found
        : [
            { text: `${writer.label('columnExpected')}:` },
            LINE_END,
            code(said),
            LINE_END,
            { text: `${writer.label('columnFound')}:` },
            LINE_END,
            ...found,
          ]
    return [
      [{ text: writer.number(index + 1) }],
      file,
      [{ text: size === null ? '' : writer.number(size) }],
      both,
      [quiet ? { text: result === null ? '' : writer.label(result) } : strong(writer.label(result ?? 'none'))],
    ]
  })
  writer.table(
    caption,
    [
      ['columnNumber', 'fit'],
      ['columnFile', 2],
      ['columnSize', 'fit'],
      ['columnDigest', 'fit'],
      ['columnResult', 1],
    ],
    rows,
  )
}
