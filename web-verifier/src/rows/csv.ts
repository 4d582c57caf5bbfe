/**
 * One cell of a table that a spreadsheet will open. A text that begins with a sign that makes it a formula there gets an
 * apostrophe before it, and control characters stand as `\u{…}`: the file can be opened without running anything.
 */
export function csvCell(text: string): string {
  const visible = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
  // Also behind spaces, and the full-width forms, which some programs read as the narrow ones.
  const safe = /^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/.test(visible) || /^[\t\r\n]/.test(text) ? `'${visible}` : visible
  return `"${safe.replaceAll('"', '""')}"`
}

/** Rows turned into text at once. */
const ROWS_AT_ONCE = 500

/**
 * RFC 4180, with a byte order mark, without which spreadsheets take UTF-8 for something else.
 * @param head of the first part; null for what goes on after it
 */
export function* csvParts(rows: readonly (readonly string[])[], head: readonly string[] | null): Generator<string> {
  if (head !== null) yield `\ufeff${lineOf(head)}`
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    yield rows
      .slice(at, at + ROWS_AT_ONCE)
      .map(lineOf)
      .join('')
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
