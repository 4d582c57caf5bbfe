/** Columns of help where no terminal says how many it has. */
const COLUMNS = 80
/** On wider terminals lines of help do not grow: they are read, and not compared. */
const WIDEST = 100
const NARROWEST = 40

/** How wide help is: the terminal's own width, within reason. */
export function helpWidth({ isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number }): number {
  return isTTY === true && columns !== undefined ? Math.max(NARROWEST, Math.min(columns, WIDEST)) : COLUMNS
}

/**
 * Examples as they stand in a help text, no line wider than `width`: a long command goes on behind a backslash, as it can be
 * copied into a shell; a remark behind four spaces that no longer fits goes below; other text is filled.
 */
export function layOutExamples(block: string, width: number): string {
  return (
    block
      .replaceAll(/ \\\n\s+/g, ' ')
      // Sentences are one paragraph, wherever their lines end in the source.
      .replaceAll(/(?<=\n\S[^\n]*)\n(?=\S)/g, ' ')
      .split('\n')
      .flatMap((line) => (line.startsWith('  ') ? layOutCommand(line, width) : fill(line, width, '')))
      .join('\n')
  )
}

function layOutCommand(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line]
  const [, command = '', remark] = /^ {2}(.*?)(?: {4,}(.*))?$/.exec(line) ?? []
  // A sentence among commands has no words that a shell would take apart.
  if (!/^(?:probatum|curl|openssl|pkcs11-tool) /.test(command)) return fill(line.trim(), width, '  ')
  return [...breakCommand(command, width), ...(remark === undefined ? [] : fill(remark, width, '      # '))]
}

/** Breaks between options, each with its values; within one only where it is wider than a line. */
function breakCommand(command: string, width: number): readonly string[] {
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []
  const groups: string[][] = []
  for (const word of words) {
    const last = groups.at(-1)
    if (last === undefined || /^[-|>]/.test(word)) groups.push([word])
    else last.push(word)
  }
  const most = width - ' \\'.length
  const lines: string[] = []
  let line = ''
  const put = (text: string) => {
    const joined = line === '' ? `  ${text}` : `${line} ${text}`
    if (line !== '' && joined.length > most) {
      lines.push(`${line} \\`)
      line = `      ${text}`
    } else line = joined
  }
  for (const group of groups) {
    const whole = group.join(' ')
    if (whole.length + 6 <= most) put(whole)
    else for (const word of group) put(word)
  }
  return [...lines, line]
}

function fill(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line === '' ? '' : indent + line]
}

/** A help text of lines and rows: each line by itself, a row with its last column below itself. */
export function layOutText(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const row = line.startsWith('  ') ? /^(.* {2,})(\S.*)$/.exec(line) : null
      const [, before = '', last = line] = row ?? []
      return fill(last, width - before.length, '').map(
        (part, index) => `${index === 0 ? before : ' '.repeat(before.length)}${part}`,
      )
    })
    .join('\n')
}

/**
 * What yargs lays out for one column less than there are: room for the space that it leaves out before what stands at the right. A
 * list that nobody filled is no default.
 */
export function withSpaces(output: string): string {
  return output.replaceAll(/ *\[default: \[\]\]/g, '').replaceAll(/(\S)(\[(?:string|boolean|number|array)\])/g, '$1 $2')
}
