/** As sentences name them: behind a backquote, a semicolon or a bar, or at the start of a line. A test compares with what there is. */
const COMMANDS = [
  ...['COMMAND', 'certificate', 'certify', 'compare', 'custody', 'demo', 'disclose', 'encrypt', 'evidence-record'],
  ...[
    'explain',
    'extract',
    'gate',
    'help',
    'inspect',
    'judge',
    'notice',
    'page',
    'path',
    'policy',
    'receipt',
    'redact',
  ],
  ...['renew', 'seal', 'serve', 'signature', 'steps', 'timestamp', 'trust', 'verify', 'which'],
] as const
const CALL = new RegExp(`(\`|^ {2,}|^|[;|] )probatum (?=(?:${COMMANDS.join('|')})\\b|--)`, 'gm')

/**
 * Text of the program's own in which commands are written as they must be typed here. `program` is `probatum`, or what
 * stands for it where only the source is at hand, e.g. `npm start --`.
 */
export function asTyped(text: string, program: string): string {
  return program === 'probatum' ? text : text.replace(CALL, (_, before: string) => `${before}${program} `)
}
