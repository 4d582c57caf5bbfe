import { createInterface } from 'node:readline/promises'
import { UsageError } from '../errors.ts'

/** Whether somebody sits there who can be asked. A pipe or a script is never kept waiting. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

/** Asks on the terminal, again until the answer is one. Questions go to stderr, so that a result can be redirected. */
export async function ask<T extends string>(question: string, accept: (answer: string) => T | undefined): Promise<T> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  // readline takes Ctrl+C for itself.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  // At the end of the input (Ctrl+D) a question is never answered.
  const closed = new Promise<never>((_, reject) => {
    lines.once('close', () => reject(new UsageError('No answer was given.', 'Give the answer as an option instead.')))
  })
  try {
    for (;;) {
      const accepted = accept((await Promise.race([lines.question(question), closed])).trim())
      if (accepted !== undefined) return accepted
    }
  } finally {
    lines.close()
  }
}
