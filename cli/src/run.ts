import type { ExitCode } from '@probatum/words'
import { sayFailure } from './failures.ts'
import { watchOutput } from './terminal.ts'

let isFinished = false

/** What must be undone when the run is cut off: half-made folders. Synchronous, because nothing waits any more. */
export const undoOnCancel: Set<() => void> = new Set()

function end(code: ExitCode): never {
  isFinished = true
  process.exit(code)
}

function watchProcess(): void {
  const cancel = () => {
    for (const undo of undoOnCancel) {
      try {
        undo()
      } catch {
        // Cancelling goes on: what is left behind has a name that says so.
      }
    }
    process.stderr.write('\nprobatum: stopped. It is not finished, and there is no result.\n')
    end(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, cancel)
  const crash = (error: unknown) => {
    process.stderr.write(sayFailure(error).text)
    end(70)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  // Node ends with 0 or 13 when it has nothing left to wait for; that is no verdict of ours.
  process.on('exit', () => {
    if (!isFinished) process.exitCode = 70
  })
}

/** Once what was written has left this program: a pipe may take it later than it was written. */
async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || stream.writableLength === 0) return
  await new Promise<void>((resolve) => {
    stream.write('', () => resolve())
  })
}

/** Runs the command line and ends the process with its exit code, once everything is written. */
export async function run(args: readonly string[]): Promise<void> {
  watchOutput()
  watchProcess()
  let code: ExitCode
  try {
    const { readArguments } = await import('./read-arguments.ts')
    code = await readArguments(args)
  } catch (error) {
    const said = sayFailure(error, undefined, args)
    process.stderr.write(said.text)
    code = said.code
  }
  // What is still on its way to a pipe would be lost.
  await Promise.all([drained(process.stdout), drained(process.stderr)])
  // Node's own ending would free all memory bit by bit, and wait for code that is still being optimised.
  end(code)
}
