import { open } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import {
  type ComparedInput,
  canonicalise,
  compareBundles,
  compareReports,
  establishBundleFacts,
  itemTable,
  judge,
  makeFileTree,
  parseFacts,
  parseReport,
  readLogLines,
} from '@probatum/core'
import { type Identity, type NodePorts, nodePorts, nodeSmallDigest } from '@probatum/platform/node'
import {
  comparisonExitCode,
  type ExitCode,
  escapeForDisplay,
  itemTableCsv,
  renderComparison,
  renderReportComparison,
  reportsExitCode,
} from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { isDirectory, readWhole, requireNew, writeNew } from '../files.ts'
import { openBundle } from '../input/bundle-input.ts'
import { type ChosenJudgement, chooseJudgement } from '../input/judgement-input.ts'
import { parseFile } from '../input/parse-file.ts'
import { readIdentities } from '../keys/identity-option.ts'
import { judgementOf, terminalOf, textOf } from './report-output.ts'

type InputKind = 'bundle' | 'facts' | 'report'

/** How the logs of bundles stand to each other, or which input makes two reports differ. */
export async function compare(argv: Parsed): Promise<ExitCode> {
  const paths = [argv.input].flat().map(String)
  const csv = textOf(argv, 'csv')
  const save = textOf(argv, 'save')
  if (csv !== undefined && csv === save)
    throw new UsageError('--csv and --save name the same file.', 'Name one file for each.')
  if (csv !== undefined) await requireNew(csv, '--csv', paths)
  if (save !== undefined) await requireNew(save, '--save', paths)
  const kinds: InputKind[] = []
  for (const path of paths) kinds.push(await kindOf(path))
  if (kinds.includes('report')) {
    if (csv !== undefined) throw new UsageError('--csv writes the items of bundles, and these are reports.')
    return compareTwoReports(paths, kinds, argv)
  }
  return compareAll(paths, kinds, argv)
}

/** Facts and reports are canonical JSON, whose first member tells them apart. */
async function kindOf(path: string): Promise<InputKind> {
  if (path === '-')
    throw new UsageError('What is compared is read from files, not from standard input.', 'Save it to a file first.')
  if (await isDirectory(path)) return 'bundle'
  const head = Buffer.alloc(16)
  const file = await open(path, 'r').catch(() => undefined)
  // What cannot be opened is opened again as a bundle, which tells why.
  if (file === undefined) return 'bundle'
  try {
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    const text = head.subarray(0, bytesRead).toString('latin1')
    return text.startsWith('{"container":') ? 'facts' : text.startsWith('{"body":') ? 'report' : 'bundle'
  } catch {
    return 'bundle'
  } finally {
    await file.close()
  }
}

async function compareTwoReports(paths: readonly string[], kinds: readonly InputKind[], argv: Parsed) {
  const terminal = terminalOf(argv)
  const [first, second, more] = paths
  if (first === undefined || second === undefined || more !== undefined || kinds.some((kind) => kind !== 'report'))
    throw new UsageError(
      'Two reports are compared with each other, and with nothing else.',
      'Give two files of `verify --save`, or bundles and files of `verify --save-facts`.',
    )
  const [a, b] = [await readWhole(first), await readWhole(second)].map((bytes, index) =>
    parseReport(bytes, nodeSmallDigest, paths[index]),
  )
  if (a === undefined || b === undefined) throw new TypeError('two reports were read')
  const comparison = compareReports(a, b, nodeSmallDigest)
  const save = textOf(argv, 'save')
  if (save !== undefined) await writeNew(save, canonicalise(comparison))
  if (argv.json === true) await terminal.result(`${JSON.stringify(comparison)}\n`)
  else if (argv.quiet !== true)
    await terminal.result(renderReportComparison(comparison, [first, second], terminal.style))
  return reportsExitCode(comparison)
}

async function compareAll(paths: readonly string[], kinds: readonly InputKind[], argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const at = coreAtOf(argv, paths)
  const chosen = await chooseJudgement(judgementOf(argv))
  const identities = await readIdentities(argv)
  const ports = nodePorts({ jobs: Math.min(availableParallelism(), 8) })
  try {
    const inputs: ComparedInput[] = []
    for (const [index, path] of paths.entries()) {
      const input =
        kinds[index] === 'facts'
          ? await readFacts(path, argv, chosen, ports)
          : await readBundle(path, argv, chosen, ports, identities)
      inputs.push(input)
    }
    const { comparison, views } = compareBundles(inputs, ports.smallDigest, at)
    if (at !== undefined && comparison.bundles[0]?.commonCore === null)
      throw new UsageError(
        `--core: this bundle has not ${at.size} events and ${at.itemCount} items whose lines are at hand.`,
        'Type both numbers as the other side’s program printed them.',
      )
    const save = textOf(argv, 'save')
    const csv = textOf(argv, 'csv')
    if (save !== undefined) await writeNew(save, canonicalise(comparison))
    if (csv !== undefined) await writeNew(csv, [...itemTableCsv(paths, itemTable(views))].join(''))
    if (argv.json === true) await terminal.result(`${JSON.stringify(comparison)}\n`)
    else if (argv.quiet !== true) await terminal.result(renderComparison(comparison, terminal.style))
    return comparisonExitCode(comparison)
  } finally {
    await ports.close()
  }
}

/** @throws {UsageError} */
function coreAtOf(argv: Parsed, paths: readonly string[]): { size: number; itemCount: number } | undefined {
  const given = textOf(argv, 'core')
  if (given === undefined) return undefined
  if (paths.length > 1)
    throw new UsageError('--core is about one bundle, and several were given.', 'Two bundles have the code of both.')
  const [, size, items] = /^(\d{1,15}),(\d{1,15})$/.exec(given) ?? []
  if (size === undefined || items === undefined)
    throw new UsageError(
      `--core: ${escapeForDisplay(given)} is not EVENTS,ITEMS.`,
      'Write the two numbers as the other side’s program printed them, for example --core 40,6.',
    )
  return { size: Number(size), itemCount: Number(items) }
}

async function readBundle(
  path: string,
  argv: Parsed,
  chosen: ChosenJudgement,
  ports: NodePorts,
  identities: readonly Identity[] | undefined,
): Promise<ComparedInput> {
  const bundle = await openBundle(path, ports, 'any', { identities })
  try {
    const { factsFile } = await establishBundleFacts(bundle.source, ports, {
      digests: 'all',
      name: bundle.name,
      bytes: bundle.bytes,
    })
    const judgement = chosen.judgement({ digests: 'all', part: argv.part === true, names: false })
    const report = await judge(factsFile, judgement, ports)
    const { tree } = await makeFileTree(bundle.source)
    const history = factsFile.facts.records?.history ?? null
    const lines = history === null ? null : await readLogLines(tree, history, ports.smallDigest)
    return { name: path, factsFile, report, lines }
  } finally {
    await bundle.close()
  }
}

async function readFacts(
  path: string,
  argv: Parsed,
  chosen: ChosenJudgement,
  ports: NodePorts,
): Promise<ComparedInput> {
  const factsFile = parseFile(path, await readWhole(path), parseFacts)
  const inputs = { digests: factsFile.facts.digests, part: argv.part === true, names: false }
  return { name: path, factsFile, report: await judge(factsFile, chosen.judgement(inputs), ports), lines: null }
}
