import { afterAll, beforeAll } from 'vitest'
import { ensureBuilt } from '../build.mjs'
import { runHere } from './in-process.ts'
import { testPlace } from './place.ts'
import { type Ended, startProbatum } from './started.ts'

/** Commands of one word; behind any other first word stands a second one. */
const OF_ONE_WORD = ['certify', 'compare', 'demo', 'extract', 'inspect', 'renew', 'steps', 'verify']

/**
 * A folder for the tests of one file, and `probatum` run in it. The first run of each command is the built program in a process
 * of its own: that shows the whole way from its file to its end. All further ones run in this process, in a third of the time.
 */
export function placeHere(name: string) {
  beforeAll(() => ensureBuilt(), 120_000)
  const made = testPlace(name)
  let before = ''
  beforeAll(() => {
    before = process.cwd()
    process.chdir(made.place)
  })
  afterAll(() => process.chdir(before))
  const seen = new Set<string>()
  const apart = (...args: readonly string[]): Promise<Ended> => startProbatum(args, { cwd: made.place }).done
  return {
    ...made,
    /** In a process of its own: where what it starts itself writes to the same outputs. */
    apart,
    probatum(...args: readonly string[]): Promise<Ended> {
      const [first = '', second = ''] = args
      const command = OF_ONE_WORD.includes(first) ? first : `${first} ${second}`
      if (seen.has(command)) return runHere(args)
      seen.add(command)
      return apart(...args)
    },
  }
}
