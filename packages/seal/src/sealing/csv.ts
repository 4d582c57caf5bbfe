/** A record of a CSV file. */
export interface CsvRecord {
  /** Line on which it begins, from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

export interface CsvFile {
  readonly records: readonly CsvRecord[]
  readonly problems: readonly { readonly line: number; readonly code: CsvProblem }[]
  /** What RFC 4180 does not ask for, or asks for and is seldom done; how often. */
  readonly oddities: { readonly crlf: number; readonly lf: number; readonly emptyLines: number }
}

/**
 * `quote-in-field`: a quote inside a field that does not begin with one. `after-quote`: something between a closing quote and
 * the next comma. `open-quote`: the file ends inside a quoted field. `lone-carriage-return`: outside quotes, not before a line feed.
 */
export type CsvProblem = 'quote-in-field' | 'after-quote' | 'open-quote' | 'lone-carriage-return'

/**
 * Reads comma-separated values (RFC 4180 §2), lines ended by CR LF or LF. Never throws; a record with a problem in it is read
 * as far as it goes. Lines with nothing on them are left out and counted.
 */
export function readCsv(text: string): CsvFile {
  const records: CsvRecord[] = []
  const problems: { line: number; code: CsvProblem }[] = []
  const oddities = { crlf: 0, lf: 0, emptyLines: 0 }
  let at = 0
  let line = 1
  let began = 1
  let fields: string[] = []
  const endLine = (isCrLf: boolean) => {
    if (isCrLf) oddities.crlf += 1
    else oddities.lf += 1
    line += 1
  }
  const endRecord = () => {
    if (fields.length === 1 && fields[0] === '') oddities.emptyLines += 1
    else records.push({ line: began, fields })
    fields = []
    began = line
  }
  while (at < text.length) {
    const isQuoted = text[at] === '"'
    let value: string
    if (isQuoted) {
      value = ''
      for (at += 1; ; ) {
        const end = text.indexOf('"', at)
        const part = text.slice(at, end === -1 ? text.length : end)
        for (let feed = part.indexOf('\n'); feed !== -1; feed = part.indexOf('\n', feed + 1)) line += 1
        value += part
        if (end === -1) {
          problems.push({ line: began, code: 'open-quote' })
          at = text.length
          break
        }
        at = end + 1
        if (text[at] !== '"') break
        value += '"'
        at += 1
      }
    } else value = ''
    const start = at
    while (at < text.length && text[at] !== ',' && text[at] !== '\n') at += 1
    let rest = text.slice(start, at)
    const isCrLf = text[at] === '\n' && rest.endsWith('\r')
    if (isCrLf) rest = rest.slice(0, -1)
    if (rest.includes('\r')) problems.push({ line, code: 'lone-carriage-return' })
    if (isQuoted && rest !== '') problems.push({ line, code: 'after-quote' })
    if (!isQuoted && rest.includes('"')) problems.push({ line, code: 'quote-in-field' })
    fields.push(isQuoted ? value : rest)
    if (at >= text.length) break
    if (text[at] === ',') {
      at += 1
      // A comma at the very end of the file has an empty field behind it.
      if (at >= text.length) fields.push('')
      continue
    }
    at += 1
    endLine(isCrLf)
    endRecord()
  }
  if (fields.length > 0) endRecord()
  return { records, problems, oddities }
}
