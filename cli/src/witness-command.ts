import { spawn } from 'node:child_process'
import { type Witness, WitnessError } from '@probatum/seal'

/** Long enough for somebody far away, short enough to notice that nobody answers. */
const PATIENCE = 120_000
const LIMIT = 65_536

/**
 * A witness behind a command of the user's: the request on standard input, signature lines on standard output. Exit code 3
 * says that the proof is wanted from another size, which then stands on standard output.
 */
export function witnessCommand(command: string): Witness {
  return {
    label: command,
    cosign: (request) =>
      new Promise((resolve, reject) => {
        const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'inherit'], timeout: PATIENCE })
        const pieces: Buffer[] = []
        let size = 0
        child.stdout.on('data', (piece: Buffer) => {
          size += piece.length
          if (size <= LIMIT) pieces.push(piece)
        })
        child.on('error', (error) => reject(new WitnessError(command, error.message, { cause: error })))
        // A command that does not read has said what it wants to say.
        child.stdin.on('error', () => {})
        child.stdin.end(request)
        child.on('close', (code, signal) => {
          const text = Buffer.concat(pieces).toString('utf8')
          if (code === 3 && /^[0-9]{1,15}\n?$/.test(text)) resolve({ size: Number(text) })
          else if (code !== 0) reject(new WitnessError(command, `it ended with ${code ?? signal}`))
          else if (size > LIMIT) reject(new WitnessError(command, 'it gave more than a checkpoint can hold'))
          else resolve({ lines: text })
        })
      }),
  }
}
