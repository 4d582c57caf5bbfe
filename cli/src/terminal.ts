import type { TextStyle } from '@probatum/words'
import { OutputError } from './errors.ts'
import { PROGRAM } from './program.ts'

/** Results go to stdout; everything else (progress, warnings, errors) to stderr. */
export interface Terminal {
  readonly style: TextStyle
  /** Whether a person looks at stderr: progress is shown only then. */
  readonly isWatched: boolean
  /** @throws {OutputError} when the reader is gone or the disk is full */
  result(text: string | Uint8Array): Promise<void>
  note(text: string): void
}

export interface Looks {
  readonly color?: 'auto' | 'always' | 'never'
  readonly ascii?: boolean
}

let broken: Error | undefined

/** Called once at the start: a reader that goes away must not end the process in the middle with a code of Node's. */
export function watchOutput(): void {
  process.stdout.on('error', (error: Error) => {
    broken = error
  })
  // Nobody is left to be told.
  process.stderr.on('error', () => {})
}

/** Environment variables decide about looks only, never about what is checked. */
export function openTerminal(looks: Looks): Terminal {
  const isDumb = process.env.TERM === 'dumb'
  const wantsColour =
    looks.color === 'always' ||
    (looks.color !== 'never' && process.stdout.isTTY === true && !isDumb && !process.env.NO_COLOR)
  const columns = process.stdout.isTTY === true ? process.stdout.columns : undefined
  return {
    style: {
      width: Math.max(40, Math.min(columns ?? 100, 120)),
      ascii: looks.ascii === true,
      colour: wantsColour,
      program: PROGRAM,
    },
    isWatched: process.stderr.isTTY === true && !isDumb,
    result: (data) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) return reject(new OutputError(broken.message, { cause: broken }))
        process.stdout.write(data, (error) => {
          if (error === undefined || error === null) resolve()
          else reject(new OutputError(error.message, { cause: error }))
        })
      }),
    note: (text) => {
      process.stderr.write(text)
    },
  }
}
