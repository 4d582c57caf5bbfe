/** Commands of the program as sentences name them: behind a backquote, the start of a line or a semicolon. */
const CALL =
  /(`|^ {2,}|^|; )probatum (?=(?:COMMAND|help|demo|verify|certify|certificate|timestamp|signature|path|seal|judge|explain|steps|which|inspect|trust|policy)\b)/gm

/**
 * Text of the program's own in which commands are written as they must be typed here. `program` is `probatum`, or what
 * stands for it where only the source is at hand, e.g. `npm start --`.
 */
export function asTyped(text: string, program: string): string {
  return program === 'probatum' ? text : text.replace(CALL, (_, before: string) => `${before}${program} `)
}
