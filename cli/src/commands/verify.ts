import { availableParallelism } from 'node:os'
import {
  commonCoreOf,
  DIGEST_OCTETS,
  type DigestAlgorithm,
  describeGivenBeside,
  establishBundleFacts,
  judge,
  recipientAsked,
  serializeFacts,
} from '@probatum/core'
import { type Identity, type NodePorts, nodePorts } from '@probatum/platform/node'
import { type ExitCode, escapeForDisplay, worstExitCode } from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { sayFailure } from '../failures.ts'
import { requireNew, writeNew } from '../files.ts'
import { openBundle } from '../input/bundle-input.ts'
import { type GivenBeside, namesGivenBeside, readGivenBeside } from '../input/given-beside.ts'
import { type ChosenJudgement, chooseJudgement } from '../input/judgement-input.ts'
import { chooseOpened, type OpenedChoice, putOpened } from '../input/opened-values.ts'
import { type GivenFiles, readRevocation } from '../input/revocation-files.ts'
import { readIdentities } from '../keys/identity-option.ts'
import { ProgressLine } from '../progress.ts'
import type { Terminal } from '../terminal.ts'
import { between, judgementOf, putReport, terminalOf, textOf, textsOf } from './report-output.ts'

const ALGORITHMS = Object.keys(DIGEST_OCTETS) as readonly DigestAlgorithm[]

/** @throws {UsageError} */
function chooseDigests(given: string | undefined): 'all' | readonly DigestAlgorithm[] {
  if (given === undefined) return 'all'
  // As the standard writes it, too: SHA-256.
  const names = given.toLowerCase().replaceAll('sha-', 'sha').split(',')
  const chosen = ALGORITHMS.filter((algorithm) => names.includes(algorithm))
  const unknown = names.find((name) => !ALGORITHMS.some((algorithm) => algorithm === name))
  if (unknown !== undefined || new Set(names).size !== names.length)
    throw new UsageError(
      `--digests: ${unknown === undefined ? 'a name stands twice.' : `there is no digest of the name ${escapeForDisplay(unknown)} here.`}`,
      `The names are ${ALGORITHMS.join(', ')}, with commas between them.`,
    )
  return chosen
}

/** Files that are written belong to one bundle. @throws {UsageError} before any work */
async function requireOutputs(argv: Parsed, bundles: readonly string[]): Promise<void> {
  const outputs = ['save', 'save-facts', 'inventory', 'html'].flatMap((option) => {
    const path = textOf(argv, option)
    return path === undefined ? [] : [{ option: `--${option}`, path }]
  })
  if (argv.language !== undefined && argv.html === undefined)
    throw new UsageError('--language is of the page that --html writes.', 'Add --html FILE, or leave --language out.')
  const first = outputs[0]
  if (first !== undefined && bundles.length > 1)
    throw new UsageError(
      `${first.option} saves what belongs to one bundle, and several were given.`,
      'Call the program once for each of them, or use --json, which prints one line for each.',
    )
  for (const { option, path } of outputs) await requireNew(path, option, bundles)
  if (new Set(outputs.map(({ path }) => path)).size !== outputs.length)
    throw new UsageError('Two options name the same file to be written.', 'Name one file for each.')
}

/** Set by tools/build.mjs in the file that it makes. */
declare const PROBATUM_DIGEST_WORKER: string | undefined

/** Where the sources are run as they are, everything is digested in one thread. */
export const DIGEST_WORKER = typeof PROBATUM_DIGEST_WORKER === 'string' ? { workerScript: PROBATUM_DIGEST_WORKER } : {}

export async function verify(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const bundles = [argv.bundle].flat().map(String)
  const digests = chooseDigests(textOf(argv, 'digests'))
  const jobs = typeof argv.jobs === 'number' ? argv.jobs : Math.min(availableParallelism(), 8)
  if (jobs < 1 || jobs > 256) throw new UsageError('--jobs needs a number from 1 to 256.')
  const opened = chooseOpened(argv)
  await requireOutputs(argv, bundles)
  const chosen = await chooseJudgement(judgementOf(argv))
  const given = await readRevocation(argv)
  if (textsOf(argv, 'disclosures').length > 0 && bundles.length > 1)
    throw new UsageError(
      '--disclosures is about one bundle, and several were given.',
      'Call the program once for each of them.',
    )
  const beside = await readGivenBeside(argv)
  const identities = await readIdentities(argv)
  const isAsked = argv.recipient !== undefined
  const recipient = isAsked ? await (await import('../gate/recipient-input.ts')).readRecipient(argv) : null
  const ports = nodePorts({ ...DIGEST_WORKER, jobs })
  try {
    const codes: ExitCode[] = []
    for (const [index, bundle] of bundles.entries()) {
      if (index > 0) await between(argv, terminal)
      codes.push(
        await verifyOne(bundle, argv, {
          terminal,
          chosen,
          ports,
          digests,
          given,
          beside,
          opened,
          identities,
          recipient,
          isOnly: bundles.length === 1,
        }),
      )
    }
    return worstExitCode(codes)
  } finally {
    await ports.close()
  }
}

interface Run {
  readonly terminal: Terminal
  readonly chosen: ChosenJudgement
  readonly ports: NodePorts
  readonly digests: 'all' | readonly DigestAlgorithm[]
  readonly given: GivenFiles
  readonly beside: GivenBeside
  readonly opened: OpenedChoice
  readonly identities: readonly Identity[] | undefined
  /** Who is named; null: nobody. */
  readonly recipient: string | null
  readonly isOnly: boolean
}

async function verifyOne(path: string, argv: Parsed, run: Run): Promise<ExitCode> {
  const { terminal, ports, digests } = run
  let progress: ProgressLine | undefined
  try {
    let opening: ProgressLine | undefined
    const onChecked = (bytes: number, total: number) => {
      opening ??= new ProgressLine('checking that it is as it was encrypted: ', { bytes: total, files: 1 })
      opening.show({ bytes, files: 0 })
    }
    const isWatched = terminal.isWatched && argv.quiet !== true
    const bundle = await openBundle(path, ports, 'any', {
      identities: run.identities,
      ...(isWatched ? { onChecked } : {}),
      // Threads start while this one still lists.
      onFound: (found) => ports.digester.prepare(found),
      lookTogether: (names) => ports.digester.lookTogether(names),
      // establishBundleFacts settles what is left to compare.
      postpones: true,
    }).finally(() => opening?.clear())
    ports.digester.prepare(bundle.total)
    try {
      progress = isWatched ? new ProgressLine(run.isOnly ? '' : `${bundle.name}: `, bundle.total) : undefined
      const { factsFile, inventory, opened } = await establishBundleFacts(bundle.source, ports, {
        digests,
        revocation: run.given.revocation,
        ...run.beside,
        showOpened: run.opened.isShown || run.opened.isNamed,
        name: bundle.name,
        bytes: bundle.bytes,
        onProgress: (done) => progress?.show(done),
      })
      progress?.clear()
      const judgement = run.chosen.judgement({
        digests,
        part: argv.part === true,
        names: argv.names === true,
        // Whoever opens it with a key asks whether it was made for that key.
        recipient: run.recipient ?? recipientAsked(factsFile.facts, bundle.recipient),
        files: [...run.given.files, ...describeGivenBeside(factsFile.facts)],
      })
      const report = await judge(factsFile, judgement, ports)
      const saveFacts = textOf(argv, 'save-facts')
      const saveInventory = textOf(argv, 'inventory')
      if (saveFacts !== undefined) await writeNew(saveFacts, serializeFacts(factsFile, { opened: run.opened.isShown }))
      if (saveInventory !== undefined) await writeNew(saveInventory, inventory)
      const html = textOf(argv, 'html')
      if (html !== undefined) {
        const named = run.opened.isNamed ? (opened ?? []) : null
        const { writeHtmlReport } = await import('../output/html-report.ts')
        const language = textOf(argv, 'language') ?? 'en'
        await writeHtmlReport(html, bundle, { report, factsFile, inventory, judgement, named, language }, ports)
      }
      const code = await putReport(
        report,
        argv,
        terminal,
        {
          input: path,
          ...run.given.names,
          ...namesGivenBeside(argv),
          identity: textsOf(argv, 'identity'),
          ...run.chosen.names,
        },
        commonCoreOf(factsFile, report, ports.smallDigest),
      )
      await putOpened(opened, run.opened, argv, terminal)
      return code
    } finally {
      progress?.clear()
      await bundle.close()
    }
  } catch (error) {
    // One input that cannot be read does not keep the others from being checked; neither does a defect of ours.
    const { text, code } = sayFailure(error, path)
    if (code === 2) throw error
    terminal.note(text)
    return code
  }
}
