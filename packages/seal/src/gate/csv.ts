/** A row of a CSV file, with the line of the file on which it begins, from 1. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Rows of RFC 4180: cells in double quotes may have the separator, line ends and doubled quotes in them. Lines end in CR LF or LF;
 * empty ones are passed over. Throws TypeError, with the line, for a quote that stands elsewhere or is never closed.
 */
export function parseCsv(text: string, separator: ',' | ';'): CsvRow[] {
  const rows: CsvRow[] = []
  let line = 1
  let at = 0
  while (at < text.length) {
    const begin = line
    const cells: string[] = []
    for (let isEnd = false; !isEnd; ) {
      const { cell, next, lines } = readCell(text, at, separator, line)
      cells.push(cell)
      line += lines
      isEnd = text[next] !== separator
      at = isEnd ? next : next + 1
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1
    at += 1
    line += 1
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begin, cells })
  }
  return rows
}

function readCell(text: string, from: number, separator: string, line: number) {
  if (text[from] !== '"') {
    let end = from
    while (end < text.length && text[end] !== separator && !isLineEnd(text, end)) {
      if (text[end] === '"') throw new TypeError(`line ${line}: a double quote inside a cell that is not in quotes`)
      end += 1
    }
    return { cell: text.slice(from, end), next: end, lines: 0 }
  }
  let cell = ''
  for (let at = from + 1; ; ) {
    const quote = text.indexOf('"', at)
    if (quote === -1) throw new TypeError(`line ${line}: a cell in quotes that does not end`)
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      const next = quote + 1
      if (next < text.length && text[next] !== separator && !isLineEnd(text, next))
        throw new TypeError(`line ${line}: text behind a cell in quotes`)
      return { cell, next, lines: cell.split('\n').length - 1 }
    }
    cell += '"'
    at = quote + 2
  }
}

const isLineEnd = (text: string, at: number) => text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n')
