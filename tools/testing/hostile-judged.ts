import { fork } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../setup.mjs'

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
