import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { JsonValue } from '@probatum/core'
import { canonicalText, fromHex } from '@probatum/core'
import {
  type LoggedLine,
  type LogKey,
  logKey,
  openedValue,
  originalName,
  platformRandom,
  type RandomBytes,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError, UsageError } from '../errors.ts'
import { exists } from '../files.ts'
import { readLoneKey } from '../keys/signer-input.ts'
import type { Terminal } from '../terminal.ts'
import type { CustodyLogFolder } from './custody-log-folder.ts'

/** The platform's random octets, drawn in larger pieces: a line needs up to fourteen draws. */
export function pooledRandom(): RandomBytes {
  let pool = new Uint8Array(0)
  let at = 0
  return (length) => {
    if (at + length > pool.length) {
      pool = new Uint8Array(platformRandom(Math.max(65_536, length)))
      at = 0
    }
    const bytes = pool.slice(at, at + length)
    // No octet is given out twice, nor kept.
    pool.fill(0, at, at + length)
    at += length
    return bytes
  }
}

/**
 * The key of `--log-key` under a log's name.
 * @throws {InputError} when it cannot be used; nothing of the key is in it
 */
export async function readLogKey(path: string, origin: string): Promise<LogKey> {
  try {
    return logKey(origin, await readLoneKey(path))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new InputError(
      `The key of the log cannot be used: ${escapeForDisplay(error.message)}.`,
      'It is an Ed25519 key, PEM in PKCS #8, not encrypted: openssl genpkey -algorithm ed25519 -out log-key.pem',
      { cause: error },
    )
  }
}

/** As `readLogKey`; the key must be the log's present one. */
export async function readKeyOf(log: CustodyLogFolder, path: unknown): Promise<LogKey> {
  if (path === undefined)
    throw new UsageError(
      '--log-key is missing.',
      'Name the file of the log’s private key: an export is signed with it.',
    )
  const key = await readLogKey(String(path), log.origin)
  if (key.verifierKey !== log.verifierKey)
    throw new InputError(
      'This is not the key of the log.',
      log.verifierKey === log.identity.verifierKey
        ? 'Give the key that the log was made with.'
        : 'The key of this log was changed: give the key that it has now.',
    )
  return key
}

/** Says what an interrupted append or a writer that is gone left behind: never in silence. */
export function tellRecovery(log: CustodyLogFolder, terminal: Terminal): void {
  for (const name of log.staleLocks)
    terminal.note(`A writer ended without letting the log go; its lock was removed: ${escapeForDisplay(name)}\n`)
  for (const { file, bytes, kept } of log.setAside)
    terminal.note(
      kept === null
        ? `${file} has ${bytes} bytes behind the last acknowledged append; they are not read here.\n`
        : `An append was interrupted before it was acknowledged: ${bytes} bytes of ${file} were moved to ${kept}\n`,
    )
}

/** What the log says of a file of this computer as an item. */
export async function describeFile(path: string): Promise<Readonly<Record<string, JsonValue>>> {
  const { isFile, modified } = await stat(path).then(
    (stats) => ({ isFile: stats.isFile(), modified: `${stats.mtime.toISOString().slice(0, 19)}Z` }),
    () => ({ isFile: false, modified: '' }),
  )
  if (!isFile)
    throw new InputError(
      (await exists(path))
        ? `${escapeForDisplay(path)} is no ordinary file. Nothing was added.`
        : `${escapeForDisplay(path)} is not there. Nothing was added.`,
      (await exists(path)) ? 'Name the file itself; of a folder each file.' : 'Check the spelling of the name.',
    )
  return { ...(await describeBytes(createReadStream(path), basename(path))), modified }
}

/** Size, digests and original name of an item. */
export async function describeBytes(
  pieces: AsyncIterable<Uint8Array>,
  called: string | Uint8Array,
): Promise<Readonly<Record<string, JsonValue>>> {
  const sha256 = createHash('sha256')
  const sha512 = createHash('sha512')
  let size = 0
  for await (const piece of pieces) {
    sha256.update(piece)
    sha512.update(piece)
    size += piece.length
  }
  const name = originalName(called)
  return {
    size,
    sha256: sha256.digest('hex'),
    sha512: sha512.digest('hex'),
    originalName: typeof name === 'string' ? name : { base64: name.base64 },
  }
}

/** Value of a field of a logged line; undefined when the line has none. */
function fieldValue(line: LoggedLine, field: string): JsonValue | undefined {
  const opening = line.openings.find((each) => each.field === field)
  return opening === undefined ? undefined : openedValue(opening)
}

/** An item with its original name as canonical JSON. */
export interface KnownItem {
  readonly seq: number
  readonly name: string
}

/** Items by the SHA-256 of their files, ascending. */
export async function itemsByContent(log: CustodyLogFolder): Promise<Map<string, KnownItem[]>> {
  const items = new Map<string, KnownItem[]>()
  for await (const line of log.lines('items.jsonl')) {
    const sha256 = fieldValue(line, 'sha256')
    if (typeof sha256 !== 'string' || fromHex(sha256) === undefined) continue
    const item = { seq: line.seq, name: canonicalText(fieldValue(line, 'originalName') ?? null) }
    const same = items.get(sha256)
    if (same === undefined) items.set(sha256, [item])
    else same.push(item)
  }
  return items
}

/** First positions of items by the SHA-256 of their files. */
export async function itemsBySha256(log: CustodyLogFolder): Promise<Map<string, number>> {
  return new Map([...(await itemsByContent(log))].map(([sha256, [first]]) => [sha256, first?.seq ?? 0]))
}

/** `0-3,7` as ranges. @throws {UsageError} */
export function readRanges(text: string, option: string): [number, number][] {
  return text.split(',').map((part) => {
    const [, first, last] = /^([0-9]{1,15})(?:-([0-9]{1,15}))?$/.exec(part.trim()) ?? []
    if (first === undefined)
      throw new UsageError(`--${option}: ${escapeForDisplay(part)} is no position.`, 'Write for example 0-3,7.')
    return [Number(first), Number(last ?? first)]
  })
}
