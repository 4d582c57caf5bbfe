import { createInterface } from 'node:readline/promises'

/** Whether somebody sits there who can be asked. A pipe or a script is never kept waiting. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

/** Asks on the terminal, again until the answer is one. Questions go to stderr, so that a result can be redirected. */
export async function ask<T extends string>(question: string, accept: (answer: string) => T | undefined): Promise<T> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  // readline takes Ctrl+C for itself.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  try {
    for (;;) {
      const accepted = accept((await lines.question(question)).trim())
      if (accepted !== undefined) return accepted
    }
  } finally {
    lines.close()
  }
}
