import { generateKeyPairSync } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { canonicalText, isJsonObject, parseNoteVerifierKey } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import {
  cosignatureLine,
  judgeWitnessRequest,
  readWitnessRequest,
  textAsJson,
  type WitnessedLog,
  type WitnessKey,
  witnessKey,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { readLoneKey } from '../keys/signer-input.ts'
import { terminalOf, textOf } from './report-output.ts'

const FORMAT = 'probatum/witness-state/1-draft'
const LIMIT = 1_048_576

/**
 * A witness: cosigns the checkpoint of a log when it continues what was cosigned before. What it remembers is on the disk before
 * the cosignature is given away, so that two histories of one log are never cosigned, whatever happens in between.
 */
export async function cosignCheckpoint(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const keyFile = String(argv['witness-key'])
  if (argv['new-key'] === true) {
    await requireNew(keyFile, '--witness-key', [])
    const { privateKey } = generateKeyPairSync('ed25519')
    await writeNew(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600)
  }
  const witness = await readWitnessKey(keyFile, String(argv.name))
  if (argv.request === undefined) {
    await terminal.result(`${witness.verifierKey}\n`)
    return 0
  }
  const bytes = await readWhole(String(argv.request), LIMIT)
  const request = readWitnessRequest(bytes)
  if (request === undefined)
    throw new InputError(
      'This is no request to a witness.',
      'It is the body of add-checkpoint (C2SP tlog-witness): `seal --log … --witness COMMAND` gives it to the command.',
    )
  const statePath = String(argv.state)
  const lock = await lockState(statePath)
  try {
    const logs = await readState(statePath)
    const origin = new TextDecoder().decode(request.note).split('\n', 1)[0] ?? ''
    const known = chooseLog(logs, origin, textOf(argv, 'log'))
    const answer = await judgeWitnessRequest(request, known, {
      signatures: nodeSignatureVerifier(),
      smallDigest: nodeSmallDigest,
    })
    if (answer.answer === 'other-size') {
      // As the protocol answers a conflict: the size, and nothing else.
      await terminal.result(`${answer.size}\n`)
      terminal.note(`The proof does not begin where this witness cosigned last, at ${answer.size} lines.\n`)
      return 3
    }
    if (answer.answer === 'refused') {
      terminal.note(`NOT cosigned: ${REFUSED[answer.reason]}\n`)
      return answer.reason === 'malformed' || answer.reason === 'other-log' ? 4 : 1
    }
    await writeState(statePath, [...logs.filter((log) => log.origin !== origin), answer.log])
    await terminal.result(await cosignatureLine(witness, answer.text, chooseTime(undefined).epochSeconds))
    return 0
  } finally {
    await lock()
  }
}

const REFUSED = {
  malformed: 'it has no checkpoint in form.',
  'other-log': 'it is not of the log whose key this witness knows.',
  signature: 'the log’s own signature does not hold.',
  smaller: 'the log has fewer lines than this witness has cosigned: lines were cut off. Keep what was sent.',
  inconsistent: 'it does not continue what this witness has cosigned: the log was rewritten. Keep what was sent.',
} as const

async function readWitnessKey(path: string, name: string): Promise<WitnessKey> {
  try {
    return witnessKey(name, await readLoneKey(path))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new InputError(
      `The key of the witness cannot be used: ${escapeForDisplay(error.message)}.`,
      'It is an Ed25519 key, PEM in PKCS #8, not encrypted: openssl genpkey -algorithm ed25519 -out witness-key.pem',
      { cause: error },
    )
  }
}

/** What is known of the log: a new one, and another key, have to be named. */
function chooseLog(logs: readonly WitnessedLog[], origin: string, given: string | undefined): WitnessedLog {
  const known = logs.find((log) => log.origin === origin)
  if (given === undefined) {
    if (known !== undefined) return known
    throw new UsageError(
      `This witness does not know the log ${escapeForDisplay(origin)}.`,
      'Name its verifier key once with --log, as its keeper told it to you by another way than this request came.',
    )
  }
  const key = parseNoteVerifierKey(given, nodeSmallDigest)
  if (key?.type !== 'ed25519')
    throw new UsageError(
      '--log is no verifier key of a log.',
      'It is one line: name+hash+key, as `custody init` prints it.',
    )
  if (key.name !== origin)
    throw new UsageError(
      `--log is the key of ${escapeForDisplay(key.name)}, and the request is of ${escapeForDisplay(origin)}.`,
    )
  return known === undefined ? { origin, verifierKey: given, size: 0, root: '' } : { ...known, verifierKey: given }
}

/** One run at a time: two could cosign two histories. */
async function lockState(path: string): Promise<() => Promise<void>> {
  const lock = `${path}.lock`
  try {
    await (await open(lock, 'wx')).close()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    throw new InputError(
      `Another run uses ${escapeForDisplay(path)}. Nothing was cosigned.`,
      `Wait until it has ended; only if you know that none runs, remove ${escapeForDisplay(lock)}.`,
      { cause: error },
    )
  }
  return () => rm(lock, { force: true })
}

async function readState(path: string): Promise<readonly WitnessedLog[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  const value = textAsJson(text)
  const { witness, logs } = isJsonObject(value) ? value : {}
  const isLog = (log: unknown): log is WitnessedLog => {
    const { origin, verifierKey, size, root } = (log ?? {}) as Record<string, unknown>
    const isHead = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 && typeof root === 'string'
    return typeof origin === 'string' && typeof verifierKey === 'string' && isHead
  }
  const all: readonly unknown[] = Array.isArray(logs) ? logs : []
  if (witness !== FORMAT || !Array.isArray(logs) || !all.every(isLog))
    throw new InputError(
      `${escapeForDisplay(path)} is not what a witness remembers.`,
      'Restore it from a copy that is not older than the last cosignature: a witness that forgot can cosign two histories.',
    )
  return all.filter(isLog)
}

async function writeState(path: string, logs: readonly WitnessedLog[]): Promise<void> {
  const folder = dirname(resolve(path))
  const unfinished = join(folder, `.witness-state.${process.pid}.unfinished`)
  const file = await open(unfinished, 'w', 0o600)
  try {
    await file.writeFile(`${canonicalText({ logs: logs.map((log) => ({ ...log })), witness: FORMAT })}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, path)
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
