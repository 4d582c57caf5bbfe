/** What tells the time, and lets the page paint and take clicks. */
export interface Turns {
  now(): number
  /** Ends the present task; the next one begins when the promise is fulfilled. */
  rest(): Promise<void>
}

/**
 * Milliseconds that one task is meant to take. One of 50 is a long one, and on a busy machine each of the waits in it may
 * take ten times as long as in the task before.
 */
const MEANT = 10
/** A slow machine takes two milliseconds for a file. */
const FIRST = 16
/** What follows a lucky measurement must not be a long task either. */
const MOST = 256

/**
 * Works through many items in short tasks. How many each task takes follows from how long the last one took: sending a file
 * to a worker waits for the browser's own process, which takes from a hundredth of a millisecond to several.
 * @param work does the items from `from` up to, not with, `to`; what it throws ends it
 */
export async function inSlices(total: number, work: (from: number, to: number) => void, turns: Turns): Promise<void> {
  let count = FIRST
  for (let from = 0; from < total; ) {
    const to = Math.min(total, from + count)
    const begun = turns.now()
    work(from, to)
    const took = turns.now() - begun
    const fitting = took > 0 ? Math.floor(((to - from) * MEANT) / took) : MOST
    count = Math.max(1, Math.min(MOST, count * 2, fitting))
    from = to
    if (from < total) await turns.rest()
  }
}

export const pageTurns: Turns = {
  now: () => performance.now(),
  rest: () =>
    new Promise((resume) => {
      // A timer waits for four milliseconds; a message does not.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resume()
      }
      port2.postMessage(null)
    }),
}
