import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import {
  BUNDLE_RECORD,
  type DigestAlgorithm,
  decodeUtf8,
  establishBundleFacts,
  type Facts,
  type FileTree,
  infoValues,
  judge,
  makeFileTree,
  ParseError,
  PLAIN_INPUTS,
  type SourceEntry,
} from '@probatum/core'
import { type NodePorts, nodePorts, nodeSmallDigest, openDirectory } from '@probatum/platform/node'
import type { Digests } from '@probatum/seal'
import { escapeForDisplay, groupDigits, sayFinding } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textOf } from '../commands/report-output.ts'
import { DIGEST_WORKER } from '../commands/verify.ts'
import { InputError, UsageError } from '../errors.ts'
import { noFolder } from '../files.ts'
import { requireNoRecipient } from '../gate/gate-input.ts'
import { type OpenBundle, openBundle } from '../input/bundle-input.ts'
import { choosePolicy, chooseTime } from '../input/judgement-input.ts'
import type { SourceFile } from './payload-folder.ts'

/** A file to be sealed, with the name that it has where it comes from. */
export interface NamedFile extends SourceFile {
  /** Below the folder, or below data/ of a bag: how the table of items calls it. */
  readonly path: string
  /** The name as it is: octets where it is not text. */
  readonly name: string | Uint8Array
  /** What a bag's manifests list. */
  readonly expected?: Digests
}

export interface SealSource {
  readonly kind: 'folder' | 'bag'
  /** In order of their paths. */
  readonly files: readonly NamedFile[]
  readonly total: { readonly files: number; readonly bytes: number }
  /** What this export is called unless somebody calls it otherwise. */
  readonly identifier: string
  /** How it came, for the log; of bags. */
  readonly arrival?: { readonly note: string; readonly compared: string }
  /** A bag whose manifests have weak digests alone: that it is unchanged is not proved by them. */
  readonly isWeak?: true
  /** Files of a bag that are neither payload nor its own lists: they are not sealed. */
  readonly leftOut: readonly string[]
  close(): Promise<void>
}

/** Longest bag-info.txt that is repeated in the log: the rest of the line must fit into what a line may hold. */
const BAG_INFO_REPEATED = 65_536

/**
 * Opens what is to be sealed: a folder of files, or a BagIt bag, which is verified first.
 * @throws {InputError | SourceFault | ParseError} when it cannot be sealed; everything that is wrong is named
 */
export async function openSealSource(argv: Parsed): Promise<SealSource> {
  const path = String(argv.folder)
  const as = textOf(argv, 'as')
  const isFolder = isDirectoryNow(path)
  const isBag = as === 'bag' || (as === undefined && (!isFolder || existsSync(join(path, 'bagit.txt'))))
  if (isBag) return as === undefined && !isFolder ? openBagOfFile(path) : openBag(path)
  if (!isFolder) throw await noFolder(path, 'what is to be sealed', 'Name the folder with the files.')
  const source = await openDirectory(path)
  requireRegular(source.irregular, path)
  const files = [...source.entries].sort(byPath).map(
    (entry): NamedFile => ({
      entry,
      path: entry.path,
      name: entry.rawPath ?? entry.path,
      size: entry.size,
      open: () => source.open(entry),
    }),
  )
  requireFiles(files, path)
  return {
    ...{ kind: 'folder', files, total: totalOf(files), identifier: basename(resolve(path)), leftOut: [] },
    close: () => source.close(),
  }
}

function isDirectoryNow(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

const byPath = (a: SourceEntry, b: SourceEntry) => (a.path < b.path ? -1 : 1)

function totalOf(files: readonly NamedFile[]) {
  return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) }
}

function requireFiles(files: readonly NamedFile[], path: string): void {
  if (files.length === 0)
    throw new InputError(`There is no file in ${escapeForDisplay(path)}.`, 'A bundle needs at least one.')
}

function requireRegular(irregular: readonly { readonly path: string; readonly what: string }[], path: string): void {
  const [first] = irregular
  if (first === undefined) return
  const all = irregular.slice(0, 20).map(({ path: name, what }) => `${escapeForDisplay(name)} (${what})`)
  const more = irregular.length > 20 ? ` and ${irregular.length - 20} more` : ''
  throw new InputError(
    irregular.length === 1
      ? `${escapeForDisplay(first.path)} in ${escapeForDisplay(path)} is no ordinary file that can be sealed (${first.what}).`
      : `${irregular.length} names in ${escapeForDisplay(path)} are no ordinary files that can be sealed: ${all.join(', ')}${more}.`,
    'Take links and the like out, or replace them by the files that are meant.',
  )
}

/** @throws {InputError} for one file that is no archive: files are sealed by the folder */
async function openBagOfFile(path: string): Promise<SealSource> {
  try {
    return await openBag(path)
  } catch (error) {
    if (!(error instanceof ParseError) || error.code !== 'ERR_NOT_A_BUNDLE') throw error
    throw new InputError(
      `${escapeForDisplay(path)} is one file, and no BagIt bag. Nothing was sealed.`,
      'Put what is to be sealed into a folder, and name that folder.',
      { cause: error },
    )
  }
}

async function openBag(path: string): Promise<SealSource> {
  const ports = nodePorts(DIGEST_WORKER)
  let bundle: OpenBundle | undefined
  try {
    bundle = await openBundle(path, ports)
    const opened = bundle
    const { bag, inventory, isWeak } = await verified(opened, path, ports)
    const { tree } = await makeFileTree(opened.source)
    const expected = listedDigests(inventory, bag)
    // What operating systems leave behind is in no manifest, and is set aside when a bag is judged.
    const payload = tree.entries.filter((entry) => entry.path.startsWith('data/') && expected.has(entry.path))
    const files = payload.map((entry): NamedFile => {
      const raw = entry.rawPath?.subarray('data/'.length)
      const name = entry.path.slice('data/'.length)
      return {
        ...{ entry, path: name, name: raw ?? name, size: entry.size, open: () => tree.open(entry.path) },
        expected: expected.get(entry.path) ?? {},
      }
    })
    requireFiles(files, path)
    const own = /^(?:bagit\.txt|bag-info\.txt|package-info\.txt|(?:tag)?manifest-[^/]*\.txt|fetch\.txt)$/
    const isPayload = new Set(payload)
    const leftOut = tree.entries.flatMap((entry) => (isPayload.has(entry) || own.test(entry.path) ? [] : [entry.path]))
    return {
      kind: 'bag',
      files,
      total: totalOf(files),
      identifier: infoValues(bag.info, 'External-Identifier')[0] ?? opened.name,
      arrival: await arrivalOf(tree, bag),
      leftOut,
      ...(isWeak ? { isWeak } : {}),
      close: () => opened.close(),
    }
  } catch (error) {
    await bundle?.close()
    throw error
  } finally {
    await ports.close()
  }
}

/** Whole and unchanged under policy `fixity`, but for weak digests, or nothing of it is sealed. */
async function verified(bundle: OpenBundle, path: string, ports: NodePorts) {
  const { policy, sha256 } = await choosePolicy('fixity')
  const request = { digests: 'all', name: bundle.name, bytes: bundle.bytes } as const
  const { factsFile, inventory } = await establishBundleFacts(bundle.source, ports, request)
  const { facts } = factsFile
  const { bag } = facts
  if (bag === null) throw new TypeError('a bag without facts about it')
  if (facts.kind === 'bundle' || bundle.source.entries.some(({ path: name }) => name === BUNDLE_RECORD))
    throw new InputError(
      `${escapeForDisplay(path)} is a sealed bundle already: sealing its files again would lose its log and what is said of them.`,
      'To show less of it: `probatum redact`. To keep its proof alive: `probatum renew`. To seal it as it is, as files: --as folder.',
    )
  const judgement = {
    policy,
    policySha256: sha256,
    trustSet: null,
    validationTime: chooseTime(undefined),
    inputs: PLAIN_INPUTS,
  }
  const { assessment, findings } = (await judge(factsFile, judgement, ports)).body
  if (assessment.indication === 'TOTAL-PASSED') return { bag, inventory, isWeak: false as const }
  const wrong = findings.filter(
    ({ value, axis }) => value === 'FAILED' || (value === 'INDETERMINATE' && assessment.axes[axis].required),
  )
  // MD5 and SHA-1 alone: nothing contradicts, and the seal begins a better proof. Many honest archives have no more.
  if (wrong.length > 0 && wrong.every(({ value, reason }) => value === 'INDETERMINATE' && reason === 'weak-digest'))
    return { bag, inventory, isWeak: true as const }
  throw new InputError(
    `The bag ${escapeForDisplay(path)} does not verify (${assessment.indication}), and nothing of it was sealed:${wrong
      .map((finding) => `\n  - ${sayFinding(finding).say} (${finding.id})`)
      .join('')}`,
    'Get a whole copy of the bag. `probatum verify` with --policy fixity tells more. To seal the files as they are, without the bag’s own word: --as folder.',
  )
}

type Bag = NonNullable<Facts['bag']>

/** Digests that a manifest lists and that were found: by path of the file. */
function listedDigests(inventory: Uint8Array, bag: Bag): ReadonlyMap<string, Digests> {
  const algorithms = new Map(
    bag.manifests.flatMap(({ path, kind, algorithm }) => (kind === 'payload' ? [[path, algorithm] as const] : [])),
  )
  const listed = new Map<string, Digests>()
  for (const text of (decodeUtf8(inventory) ?? '').split('\n')) {
    if (text === '') continue
    const line: { path: string; digests: Digests; manifests: Readonly<Record<string, string>> } = JSON.parse(text)
    const digests: Partial<Record<DigestAlgorithm, string>> = {}
    for (const [manifest, state] of Object.entries(line.manifests)) {
      const algorithm = algorithms.get(manifest) ?? undefined
      const digest = algorithm === undefined ? undefined : line.digests[algorithm]
      if (state === 'match' && algorithm !== undefined && digest !== undefined) digests[algorithm] = digest
    }
    listed.set(line.path, digests)
  }
  return listed
}

/** What the log says about the bag: its own statements, as statements. */
async function arrivalOf(tree: FileTree, bag: Bag): Promise<NonNullable<SealSource['arrival']>> {
  const manifests = bag.manifests.filter(({ kind }) => kind === 'payload').map(({ path }) => path)
  const compared = `payload manifests of the bag (${manifests.join(', ')}): ${bag.payload.files} files, ${bag.payload.bytes} bytes, all equal`
  const { path, fields } = bag.info
  const version = bag.declaration.version ?? 'not stated'
  const entry = path === null ? undefined : tree.byPath.get(path)
  if (path === null || entry === undefined) return { note: `from a BagIt bag, version ${version}`, compared }
  const pieces: Uint8Array[] = []
  for await (const piece of tree.open(path)) pieces.push(piece)
  const digest = Buffer.from(nodeSmallDigest('sha256', Buffer.concat(pieces))).toString('hex')
  const said = fields.map(({ label, value }) => `${label}: ${value}`).join('\n')
  const statement =
    said.length <= BAG_INFO_REPEATED
      ? `states:\n${said}`
      : `has ${groupDigits(entry.size)} bytes, too many to be repeated here`
  return { note: `from a BagIt bag, version ${version}; ${path} (SHA-256 ${digest}) ${statement}`, compared }
}

/** @throws {UsageError} for options that do not go together */
export function requireSealOptions(argv: Parsed): void {
  const refuse = (one: string, other: string, why: string) => {
    if (argv[one] !== undefined && argv[one] !== false && argv[other] !== undefined && argv[other] !== false)
      throw new UsageError(`--${one} and --${other} do not go together: ${why}.`)
  }
  if (argv.zip !== true && typeof argv.out === 'string' && /\.zip$/i.test(argv.out))
    throw new UsageError(
      `--out: ${escapeForDisplay(argv.out)} would be a folder, and its name says ZIP.`,
      'Add --zip for one file, or name a folder.',
    )
  refuse('dry-run', 'resume', 'a dry run writes nothing, so there is nothing to go on with')
  if (argv.policy !== undefined && (argv.log === undefined || argv['dry-run'] !== true))
    throw new UsageError(
      '--policy goes with --dry-run and --log.',
      '`probatum redact` makes bundles by disclosure policies.',
    )
  if (argv.log === undefined) requireNoRecipient(argv)
}
