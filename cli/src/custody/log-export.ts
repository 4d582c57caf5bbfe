import { createHash } from 'node:crypto'
import {
  canonicalText,
  type DisclosedFile,
  decodeUtf8,
  encodeUtf8,
  LIMITS,
  lineDigest,
  makeFileTree,
  toHex,
} from '@probatum/core'
import { type NodePorts, nodeSmallDigest, openDirectory } from '@probatum/platform/node'
import {
  ExportUnfinished,
  type LogKey,
  type SealableFile,
  type StartDigest,
  TimeStampError,
  WitnessError,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textOf } from '../commands/report-output.ts'
import { InputError } from '../errors.ts'
import { openBundle } from '../input/bundle-input.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { timeStampFailed } from '../network/time-stamp-failures.ts'
import { chooseSigning, requireAuthorities } from '../sealing/seal-signing.ts'
import type { Terminal } from '../terminal.ts'
import { pooledRandom, readKeyOf } from './custody-input.ts'
import type { CustodyLogFolder } from './custody-log-folder.ts'
import { witnessesIn } from './witness-command.ts'

/** The platform's digest, piece by piece. */
export const startNodeDigest: StartDigest = (algorithm) => {
  const hash = createHash(algorithm)
  return {
    update: (bytes) => {
      hash.update(bytes)
    },
    digest: () => new Uint8Array(hash.digest()),
  }
}

/** What every export over a log is made with, from the options. */
export async function exportInput(argv: Parsed, custody: CustodyLogFolder) {
  const isDemonstration = argv['demo-authority'] === true
  requireAuthorities(argv, isDemonstration)
  const now = chooseTime(undefined)
  const log: LogKey = await readKeyOf(custody, argv['log-key'])
  const witnesses = witnessesIn(argv, log)
  const signing = await chooseSigning(argv, isDemonstration, now)
  return {
    signing,
    now,
    input: {
      now,
      log,
      custody,
      random: pooledRandom(),
      startDigest: startNodeDigest,
      ...(witnesses === undefined ? {} : { witnesses }),
      smallDigest: nodeSmallDigest,
      issuer: textOf(argv, 'issuer') ?? (isDemonstration ? 'Demonstration only (sample)' : 'not stated'),
      longTerm: argv['long-term'] === true,
      sample: isDemonstration,
      signer: signing.signer,
      ...(signing.postQuantum === undefined ? {} : { postQuantum: signing.postQuantum }),
      ...(signing.validation === undefined ? {} : { validation: signing.validation.seal }),
      timeStampAuthorities: signing.timeStampAuthorities,
      timeStampThreshold: signing.timeStampThreshold,
      softwareAgent: 'probatum',
    },
  }
}

/**
 * What failed in words of what it means, and what of this run the log keeps. `written`: positions of export events. Of what
 * nobody expected the events are told at once, and the error stays what it is.
 */
export function exportFailed(error: unknown, written: readonly number[], terminal: Terminal): unknown {
  const events = error instanceof ExportUnfinished ? error.events : written
  const cause = error instanceof ExportUnfinished ? error.cause : error
  const said = partnerFailed(cause)
  if (events.length === 0) return said
  if (!(said instanceof InputError)) {
    terminal.note(`${sayUnfinished(events)} ${AFTERWARDS}\n`)
    return said
  }
  return new InputError(`${said.message} ${sayUnfinished(events)}`, `${said.todo} ${AFTERWARDS}`, { cause })
}

const AFTERWARDS =
  'Then run the command again: the next bundle has an export event of its own, and one without a bundle is true and harmless. `probatum custody append LOG --type access --field note=…` can record why.'

/** What a run that did not end leaves in a log. */
export function sayUnfinished(events: readonly number[]): string {
  return events.length === 1
    ? `Event ${events[0]} (export) was written to the log; no bundle exists for it.`
    : `Events ${events.join(', ')} (exports) were written to the log; no bundles exist for them.`
}

function partnerFailed(error: unknown): unknown {
  if (error instanceof TimeStampError) return timeStampFailed(error, 'No bundle was made.')
  if (error instanceof WitnessError)
    return new InputError(
      `A witness did not cosign (${escapeForDisplay(error.label)}: ${escapeForDisplay(error.message)}). No bundle was made.`,
      'Ask who runs the witness, and show them this log: a witness that says that a log was rewritten has to be believed or refuted. If it signs with another key than you named, ask them which is right.',
      { cause: error },
    )
  return error
}

/** Files of items: those of a bundle by their paths, those of folders by their digests. */
export interface ItemFiles {
  find(item: { readonly path: string; readonly sha256: string }): SealableFile | undefined
  /** Text of a record of the bundle. */
  lines(file: DisclosedFile): Promise<readonly string[]>
  close(): Promise<void>
}

/** Opens a master bundle, and folders beside it whose files are known by their SHA-256. */
export async function openItemFiles(
  master: string,
  folders: readonly string[],
  ports: Pick<NodePorts, 'inflater'>,
): Promise<ItemFiles> {
  const bundle = await openBundle(master, ports)
  const closing = [() => bundle.close()]
  try {
    const { tree } = await makeFileTree(bundle.source)
    const bySha256 = new Map<string, SealableFile>()
    for (const folder of folders) {
      const source = await openDirectory(folder)
      closing.push(() => source.close())
      for (const entry of source.entries) {
        const hash = createHash('sha256')
        for await (const piece of source.open(entry)) hash.update(piece)
        bySha256.set(hash.digest('hex'), { size: entry.size, open: () => source.open(entry) })
      }
    }
    return {
      find({ path, sha256 }) {
        const file = tree.byPath.get(path)
        return file === undefined ? bySha256.get(sha256) : { size: file.size, open: () => tree.open(path) }
      },
      async lines(file) {
        const path = `record/${file}`
        if (!tree.byPath.has(path))
          throw new InputError(
            `${escapeForDisplay(master)} has no ${path}.`,
            'Name a bundle that was sealed by this program, whole.',
          )
        const text = decodeUtf8(await tree.read(path, LIMITS.jsonLinesBytes)) ?? ''
        return text.replace(/\n$/, '').split('\n')
      },
      close: async () => {
        for (const close of closing) await close()
      },
    }
  } catch (error) {
    for (const close of closing) await close().catch(() => {})
    throw error
  }
}

/** Whether the bundle's lines are the beginning of the log's: then its files are those of the log's items. */
export async function requireOfLog(log: CustodyLogFolder, files: ItemFiles, master: string): Promise<void> {
  for (const file of ['custody.jsonl', 'items.jsonl'] as const) {
    const lines = await files.lines(file)
    let at = 0
    for await (const { text } of log.lines(file)) {
      if (at >= lines.length) break
      const theirs = lines[at] ?? ''
      if (theirs !== text && theirs !== stubOf(at, text))
        throw new InputError(
          `${escapeForDisplay(master)} was not sealed over the log ${escapeForDisplay(log.folder)}: line ${at + 1} of ${file} is another.`,
          'Name the log that it was sealed over.',
        )
      at += 1
    }
    if (at < lines.length)
      throw new InputError(
        `The log ${escapeForDisplay(log.folder)} has fewer lines than ${escapeForDisplay(master)}: it is an older copy, or another log.`,
        'Use the log as it was last written: exports over an older copy contradict the bundles that were handed out.',
      )
  }
}

function stubOf(seq: number, text: string): string {
  return canonicalText({ seq, withheld: toHex(lineDigest(encodeUtf8(text), nodeSmallDigest)) })
}
