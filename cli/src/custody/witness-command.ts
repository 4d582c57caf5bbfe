import { spawn } from 'node:child_process'
import { type NoteKey, parseNoteVerifierKey } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { type Witness, WitnessError, type Witnesses } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { UsageError } from '../errors.ts'
import { chooseTime } from '../input/judgement-input.ts'

/** Long enough for somebody far away, short enough to notice that nobody answers. */
const PATIENCE = 120_000
const LIMIT = 65_536

/**
 * A witness behind a command of the user's: the request on standard input, signature lines on standard output. Exit code 3
 * says that the proof is wanted from another size, which then stands on standard output.
 */
function witnessCommand(command: string, key: NoteKey): Witness {
  return {
    label: command,
    key,
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

/**
 * Witnesses from --witness and --witness-verifier, each command with the key at its place; undefined for none. Before anything
 * is written: what does not fit here could only be found when the log has an export that no bundle is made for.
 * @param log of the export: its own key is no witness's
 * @throws {UsageError}
 */
export function witnessesIn(argv: Parsed, log: { readonly fingerprint: string }): Witnesses | undefined {
  const commands = textsOf(argv, 'witness')
  const keys = textsOf(argv, 'witness-verifier')
  if (commands.length !== keys.length)
    throw new UsageError(
      `There are ${commands.length} of --witness and ${keys.length} of --witness-verifier: each witness needs the verifier key that recipients have of it, in the same order. \`probatum custody cosign\` prints it.`,
    )
  if (commands.length === 0) return undefined
  const asked = commands.map((command, at) => witnessCommand(command, witnessKeyIn(keys[at] ?? '', log)))
  return { asked, signatures: nodeSignatureVerifier(), clock: () => chooseTime(undefined) }
}

function witnessKeyIn(text: string, log: { readonly fingerprint: string }): NoteKey {
  const key = parseNoteVerifierKey(text, nodeSmallDigest)
  if (key?.type !== 'cosignature/v1')
    throw new UsageError(
      `--witness-verifier ${escapeForDisplay(text)} is no verifier key of a witness (name+hash+key, type cosignature/v1).`,
    )
  if (key.fingerprint === log.fingerprint)
    throw new UsageError(
      `--witness-verifier ${escapeForDisplay(text)} has the key of the log itself: nothing it cosigns shows more than the log's own signature.`,
    )
  return key
}
