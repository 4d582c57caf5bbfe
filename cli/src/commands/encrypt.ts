import { rmSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type BundleSource, establishRecords, type FoundTree, makeFileTree } from '@probatum/core'
import { nodeInflater, nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { type SealableFile, writeZip, zipBytes } from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import { requireNew } from '../files.ts'
import { openBundle } from '../input/bundle-input.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { chooseEncryption, type Plaintext, sayEncrypted, writeEncrypted } from '../output/encrypted-output.ts'
import { PROGRAM } from '../program.ts'
import { undoOnCancel } from '../run.ts'
import { terminalOf } from './report-output.ts'

/** Wraps a bundle that is sealed already. It is not judged: who encrypts it need not believe it. */
export async function encrypt(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.bundle)
  const out = String(argv.out)
  await requireNew(out, '--out', [path])
  const now = chooseTime(undefined)
  const encryption = await chooseEncryption(argv, now)
  if (encryption === undefined)
    throw new UsageError('Nobody to encrypt to was named.', 'Give --encrypt-to: age1…, or a file with a certificate.')
  const bundle = await openBundle(path, { inflater: nodeInflater })
  const unfinished = join(dirname(resolve(out)), `.${basename(resolve(out))}.${process.pid}.unfinished`)
  const undo = () => rmSync(unfinished, { recursive: true, force: true })
  undoOnCancel.add(undo)
  try {
    const found = await makeFileTree(bundle.source)
    requireNothingBeside(found, bundle.source, path)
    for (const line of await sayMissing(found, path)) terminal.note(line)
    const made = await writeEncrypted(unfinished, encryption, plaintextOf(bundle.source, path), now)
    await rename(unfinished, out)
    await terminal.result([...sayEncrypted(made, encryption, out), ''].join('\n'))
    return 0
  } finally {
    undoOnCancel.delete(undo)
    await rm(unfinished, { recursive: true, force: true })
    await bundle.close()
  }
}

/**
 * What lies beside a bundle is often what is never to be sent: keys, logs, matrices of what was withheld.
 * @throws {InputError}
 */
function requireNothingBeside({ topFolder, outside }: FoundTree, { kind }: BundleSource, path: string): void {
  if (topFolder === null) return
  const [first] = outside
  const beside =
    first === undefined
      ? ''
      : ` beside ${outside.length === 1 ? 'another file' : `${outside.length} other files`}, as ${escapeForDisplay(first)}`
  if (kind === 'directory')
    throw new InputError(
      `${escapeForDisplay(path)} is no bundle: ${escapeForDisplay(topFolder)} in it is one${beside}. Nothing was encrypted.`,
      `Name the bundle itself: ${PROGRAM} encrypt ${quoteForShell(join(path, topFolder))} …`,
    )
  if (first !== undefined)
    throw new InputError(
      `${escapeForDisplay(path)} holds more than the bundle ${escapeForDisplay(topFolder)}: it lies${beside}. Nothing was encrypted.`,
      'Make an archive of the bundle alone, or give its folder.',
    )
}

/** Nothing can be put into an encrypted bundle: whoever encrypts one that is not whole should know it now. */
async function sayMissing({ tree }: FoundTree, path: string): Promise<string[]> {
  const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
  const { record, seal } = await establishRecords(tree, ports)
  if (record === null) return []
  return seal
    .filter(({ present, tokens, timestamps }) => !present || tokens.length < timestamps)
    .map(({ file, present, tokens, timestamps }) =>
      present
        ? `seal/1/${file} has ${tokens.length} of the ${timestamps} time-stamps that the bundle names. Its recipient will not be able to decide since when it exists, and none can be added to the encrypted file: \`${PROGRAM} timestamp attach ${quoteForShell(path)}\` comes first.\n`
        : `seal/1/${file}, which the bundle names, is not there: its recipient will not be able to decide who sealed it.\n`,
    )
}

/** A folder becomes a ZIP on the way; an archive stays the archive that it is, byte for byte. */
function plaintextOf(source: BundleSource, path: string): Plaintext {
  const [irregular] = source.irregular
  if (irregular !== undefined)
    throw new InputError(
      `${escapeForDisplay(irregular.path)} in ${escapeForDisplay(path)} is no ordinary file (${irregular.what}).`,
      'Encrypt a bundle as it was sealed.',
    )
  if (source.kind !== 'directory') {
    const [first] = source.entries
    const container = first?.extent.container
    if (container === undefined)
      throw new InputError(`There is no file in ${escapeForDisplay(path)}.`, 'Encrypt a bundle.')
    return { size: container.size, pieces: wholeOf(container) }
  }
  const files = new Map<string, SealableFile>()
  for (const entry of source.entries) {
    if (entry.rawPath !== undefined)
      throw new InputError(
        `A name in ${escapeForDisplay(path)} is no text: ${escapeForDisplay(entry.path)}.`,
        'Encrypt a bundle as it was sealed.',
      )
    files.set(entry.path, { size: entry.size, open: () => source.open(entry) })
  }
  const topFolder = basename(resolve(path)) || 'bundle'
  const input = { topFolder, files }
  return { size: zipBytes(input), pieces: writeZip(input) }
}

async function* wholeOf(container: {
  readonly size: number
  read(offset: number, length: number): Promise<Uint8Array>
}) {
  for (let at = 0; at < container.size; at += 1 << 20)
    yield await container.read(at, Math.min(1 << 20, container.size - at))
}
