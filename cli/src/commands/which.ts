import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type DigestAlgorithm,
  digestWhole,
  type FileTree,
  LIMITS,
  makeFileTree,
  manifestName,
  ParseError,
  parseManifest,
} from '@probatum/core'
import { type Identity, nodePorts, openFileAccess } from '@probatum/platform/node'
import { type ExitCode, escapeForDisplay, worstExitCode } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError } from '../errors.ts'
import { sayFailure } from '../failures.ts'
import { isDirectory } from '../files.ts'
import { openBundle } from '../input/bundle-input.ts'
import { itemPositions } from '../input/item-positions.ts'
import { readIdentities } from '../keys/identity-option.ts'
import { PROGRAM } from '../program.ts'
import { terminalOf } from './report-output.ts'

interface Lists {
  readonly bundle: string
  /** `algorithm:digest` to the paths that a list gives it. */
  readonly paths: ReadonlyMap<string, readonly string[]>
  readonly algorithms: ReadonlySet<DigestAlgorithm>
  readonly isSealed: boolean
  /** Item of each path, as far as the bundle opens it. */
  readonly items: ReadonlyMap<string, number>
}

/** Finds files by digest in the lists of bundles. It says what the lists say; it does not check their seals. */
export async function which(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const place = String(argv.in)
  const identities = await readIdentities(argv)
  const ports = nodePorts({ jobs: 1 })
  const codes: ExitCode[] = []
  try {
    const { lists, faults } = await listsIn(place, identities)
    for (const fault of faults) terminal.note(fault)
    if (faults.length > 0) codes.push(4)
    if (lists.length === 0)
      throw new InputError(
        `There is no bundle in ${escapeForDisplay(place)}.`,
        'Give a bundle, or a folder with bundles directly in it.',
      )
    const algorithms = [...new Set(lists.flatMap((one) => [...one.algorithms]))]
    for (const file of [argv.file].flat().map(String)) {
      const access = await openFileAccess(file)
      try {
        const { digests, fault } = await digestWhole(access, algorithms, ports.digester)
        if (fault !== undefined)
          throw new InputError(
            `${escapeForDisplay(file)} could not be read (${fault.reason}, ${fault.systemCode}).`,
            'Copy it elsewhere and run again.',
          )
        let found = 0
        for (const list of lists)
          for (const path of pathsFor(list, digests)) {
            found++
            const sealed = list.isSealed ? 'its seal was not checked here' : 'it has no seal'
            await terminal.result(
              `${escapeForDisplay(file)} is listed as ${itemOf(list, path)}${escapeForDisplay(path)} in ${escapeForDisplay(list.bundle)} (${sealed})\n`,
            )
          }
        if (found === 0)
          await terminal.result(
            `${escapeForDisplay(file)} is in no list of ${lists.length} ${lists.length === 1 ? 'bundle' : 'bundles'}\n`,
          )
        codes.push(found === 0 ? 3 : 0)
      } finally {
        await access.close()
      }
    }
    await terminal.result(
      `\nThis is about the lists in the bundles. Who made a list, and when, is said by \`${PROGRAM} verify BUNDLE\`.\n`,
    )
    return worstExitCode(codes)
  } finally {
    await ports.close()
  }
}

/** `item 3, `; nothing where the bundle does not open which item it is. */
function itemOf(list: Lists, path: string): string {
  const position = list.items.get(path)
  return position === undefined ? '' : `item ${position}, `
}

/** A path counts when every list that names it, under an algorithm computed here, gives it this file's digest. */
function pathsFor(list: Lists, digests: Readonly<Partial<Record<DigestAlgorithm, string>>>): string[] {
  let paths: Set<string> | undefined
  for (const algorithm of list.algorithms) {
    const here = new Set(list.paths.get(`${algorithm}:${digests[algorithm]}`) ?? [])
    paths = paths === undefined ? here : new Set([...paths].filter((path) => here.has(path)))
  }
  return [...(paths ?? [])].sort()
}

async function listsIn(
  place: string,
  identities: readonly Identity[] | undefined,
): Promise<{ lists: Lists[]; faults: string[] }> {
  const isBag =
    !(await isDirectory(place)) ||
    (await stat(join(place, 'bagit.txt')).then(
      (found) => found.isFile(),
      () => false,
    ))
  if (isBag) return { lists: [await listsOf(place, identities)], faults: [] }
  const lists: Lists[] = []
  const faults: string[] = []
  for (const name of (await readdir(place)).sort()) {
    const path = join(place, name)
    try {
      lists.push(await listsOf(path, identities))
    } catch (error) {
      // Other files beside the bundles are no fault.
      if (error instanceof ParseError && error.code === 'ERR_NOT_A_BUNDLE') continue
      const said = sayFailure(error, path)
      if (said.code !== 4) throw error
      faults.push(said.text)
    }
  }
  return { lists, faults }
}

async function listsOf(path: string, identities: readonly Identity[] | undefined): Promise<Lists> {
  const ports = nodePorts({ jobs: 1 })
  const bundle = await openBundle(path, ports, 'any', { identities })
  try {
    const { tree } = await makeFileTree(bundle.source)
    const paths = new Map<string, string[]>()
    const algorithms = new Set<DigestAlgorithm>()
    for (const entry of tree.entries) {
      const name = manifestName(entry.path)
      if (name?.kind !== 'payload' || name.algorithm === null) continue
      algorithms.add(name.algorithm)
      await readList(tree, entry.path, name.algorithm, paths)
    }
    return {
      bundle: path,
      paths,
      algorithms,
      items: await itemPositions(tree),
      isSealed: tree.entries.some((entry) => /^seal\/1\/.*\.p7s$/.test(entry.path)),
    }
  } finally {
    await bundle.close()
    await ports.close()
  }
}

async function readList(
  tree: FileTree,
  path: string,
  algorithm: DigestAlgorithm,
  paths: Map<string, string[]>,
): Promise<void> {
  const bytes = await tree.read(path, LIMITS.manifestBytes)
  const rules = { kind: 'payload', algorithm, encoding: 'utf-8', percentDecoding: true, exists: () => true } as const
  parseManifest(bytes, rules, (listed, digest) => {
    if (digest === null) return
    const key = `${algorithm}:${digest}`
    const known = paths.get(key)
    if (known === undefined) paths.set(key, [listed])
    else known.push(listed)
  })
}
