import { fork } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../setup.mjs'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/**
 * The promise: each is judged within these, in a process that can be killed. Of the processor's time, because a test
 * cannot promise that nothing else runs beside it; a child that hangs is killed by the clock.
 */
export const MOST_MILLISECONDS = 2_000
export const MOST_MEGABYTES = 256
export const KILLED_AFTER_MILLISECONDS = 20_000

export interface Judged {
  readonly answer: string
  /** Bytes beyond what the program held when it began. */
  readonly growth: number
  /** Processor time of all its threads. */
  readonly milliseconds: number
}

/** Judges one input in a child, and kills the child when it hangs. */
export function judgedInChild(name: string): Promise<Judged | 'killed'> {
  return new Promise((resolve, reject) => {
    const child = fork(join(ROOT, 'tools', 'run.mjs'), [join(ROOT, 'tools', 'testing', 'hostile-child.ts'), name], {
      // A heap that wants more ends the child, and the test with it.
      execArgv: [`--max-old-space-size=${MOST_MEGABYTES}`],
      cwd: ROOT,
    })
    let timer: NodeJS.Timeout | undefined
    let answer: Judged | 'killed' | undefined
    child.on('message', (message) => {
      if (message !== 'ready') {
        answer = message as Judged
        return
      }
      timer = setTimeout(() => {
        answer = 'killed'
        child.kill('SIGKILL')
      }, KILLED_AFTER_MILLISECONDS)
      child.send('judge')
    })
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      if (answer === undefined) reject(new Error(`${name}: the child ended with ${signal ?? code}`))
      else resolve(answer)
    })
  })
}

/** One piece of a sweep: its share of the inputs, each judged within the promise and with the answer that is due. */
export async function judgePiece(
  inputs: ReadonlyMap<string, { readonly answer: string }>,
  { piece, pieces }: { readonly piece: number; readonly pieces: number },
  { progress }: PieceOptions,
): Promise<PieceResult> {
  const failures: string[] = []
  let cases = 0
  for (const [at, [input, { answer }]] of [...inputs].entries()) {
    if (at % pieces !== piece) continue
    cases++
    const found = await judgedInChild(input)
    if (found === 'killed') failures.push(`${input}: killed`)
    else {
      const megabytes = Math.round(found.growth / 1_048_576)
      const said = `${input}: ${found.answer}, ${megabytes} MB, ${Math.round(found.milliseconds)} ms`
      progress(said)
      const isWithin = megabytes < MOST_MEGABYTES && found.milliseconds < MOST_MILLISECONDS
      if (found.answer !== answer || !isWithin) failures.push(said)
    }
  }
  return { cases, failures }
}
