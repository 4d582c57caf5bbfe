import { rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import {
  type BundleSource,
  type Finding,
  formatInstant,
  type Instant,
  listedAmong,
  makeFileTree,
  type Report,
  setLeftoversAside,
  verifyBundle,
} from '@probatum/core'
import { type NodePorts, nodePorts, openDirectory } from '@probatum/platform/node'
import {
  type AskedAuthorities,
  type DemonstrationAuthority,
  demonstrationAuthority,
  type LevelStamps,
  platformRandom,
  TimeStampError,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell, sayFinding } from '@probatum/words'
import type { Parsed } from 'yargs'
import { openBundle } from '../bundle-input.ts'
import { InputError, UsageError } from '../errors.ts'
import { isDirectory, requireNew } from '../files.ts'
import { FolderSink } from '../folder-sink.ts'
import { type ChosenJudgement, chooseJudgement, chooseTime } from '../judgement-input.ts'
import { startNodeDigest } from '../log-export.ts'
import { overlaySource } from '../overlay-source.ts'
import { PROGRAM } from '../program.ts'
import { ProgressLine } from '../progress.ts'
import { answeredInOrder, readAnswerOptions, writeRequest } from '../renewal-elsewhere.ts'
import { collectForLevel, existingLevel, listEveryFile, stampInOrder, waitFor } from '../renewal-level.ts'
import { copyInto, putIntoFolder, zipInto } from '../renewal-placing.ts'
import { writeRenewedTrustSet } from '../renewal-trust.ts'
import { undoOnCancel } from '../run.ts'
import type { Terminal } from '../terminal.ts'
import { chooseAuthorities } from '../time-stamp-authorities.ts'
import { sayProblem, timeStampFailed } from '../time-stamp-failures.ts'
import { chooseValidation, latestOf, tellRest, tellStored } from '../validation-input.ts'
import { judgementOf, terminalOf, textOf } from './report-output.ts'
import { DIGEST_WORKER } from './verify.ts'

const NOTHING = 'Nothing was renewed.'

/** What is looked at, and by what it is judged. */
interface Run {
  readonly argv: Parsed
  readonly terminal: Terminal
  readonly chosen: ChosenJudgement
  readonly ports: NodePorts
}

/** Adds a seal level (format, section 6.5) to a bundle that holds, or says by when one is needed. */
export async function renew(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const out = textOf(argv, 'out')
  const bundle = String(argv.bundle)
  const isFolder = await isDirectory(bundle)
  if (out !== undefined) await requireNew(out, '--out', [bundle])
  if (out === undefined && !isFolder && argv.check !== true && argv.request === undefined)
    throw new UsageError(
      'An archive is never written into: the renewed one is a new file.',
      'Name it with -o; or unpack the archive, and renew the folder in place.',
    )
  const chosen = await chooseJudgement(judgementOf(argv))
  const ports = nodePorts(DIGEST_WORKER)
  try {
    const opened = await openBundle(bundle, ports)
    try {
      const run: Run = { argv, terminal, chosen, ports }
      return argv.check === true ? await sayDue(run, opened.source) : await addLevel(run, opened.source, bundle, out)
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (error instanceof TimeStampError) throw timeStampFailed(error, NOTHING)
    throw error
  } finally {
    await ports.close()
  }
}

/** `at`: not before this moment. */
async function examine(
  { chosen, ports, terminal }: Run,
  source: BundleSource,
  label: string,
  at: Instant | null = null,
): Promise<Report> {
  const total = { files: source.entries.length, bytes: source.entries.reduce((sum, { size }) => sum + size, 0) }
  const progress = terminal.isWatched ? new ProgressLine(label, total) : undefined
  const onProgress = progress === undefined ? {} : { onProgress: progress.show.bind(progress) }
  const request = { digests: 'all', name: '', bytes: null, ...onProgress } as const
  const judgement = {
    ...chosen.judgement({ digests: 'all', part: false, names: false }),
    validationTime: latestOf([chooseTime(undefined), ...(at === null ? [] : [at])]) ?? chooseTime(undefined),
  }
  try {
    return (await verifyBundle(source, ports, request, judgement)).report
  } finally {
    progress?.clear()
  }
}

const say = (finding: Finding): string => `${sayFinding(finding).say} (${finding.id})`
const counted = ({ body }: Report): Finding[] => body.findings.filter(({ role }) => role === undefined)

/** Only whether, and by when. */
async function sayDue(run: Run, source: BundleSource): Promise<ExitCode> {
  const report = await examine(run, source, 'verifying: ')
  const failed = counted(report).filter(({ value }) => value === 'FAILED')
  if (failed.length > 0) {
    await run.terminal.result(
      ['It does not hold, so that renewing it is of no use:', ...failed.map(say), ''].join('\n'),
    )
    return 1
  }
  const due = requireBundle(report)
  const { say: sentence, todo } = sayFinding(due)
  await run.terminal.result([sentence, ...(todo === undefined ? [] : [todo]), ''].join('\n'))
  return due.value === 'PASSED' ? 0 : 3
}

/** Findings that say that a level over this bundle would cover what does not belong to it, or could not be made. */
const IN_THE_WAY: ReadonlySet<Finding['id']> = new Set([
  'bundle.format',
  'file.regular',
  'payload.readable',
  'renewal.levels',
  'renewal.sums',
  'seal.declared',
  'seal.undeclared',
])

function isInTheWay({ id, value, reason }: Finding): boolean {
  if (value !== 'INDETERMINATE') return false
  return IN_THE_WAY.has(id) || (id === 'renewal.token' && (reason === 'broken' || reason === 'none'))
}

/** @throws {InputError} for what is not to be renewed, with every reason; what stays open is told */
function requireRenewable(report: Report, terminal: Terminal): void {
  requireBundle(report)
  const stops = counted(report).filter(isInTheWay)
  if (stops.length > 0)
    throw new InputError(
      `${stops.map(say).join('\n  ')}\n  A level over this would keep it so for ever. ${NOTHING}`,
      stops.map((finding) => sayFinding(finding).todo).find((todo) => todo !== undefined) ??
        'Set aside what does not belong to the bundle, or get a whole copy.',
    )
  const { axes } = report.body.assessment
  for (const finding of counted(report))
    if (finding.value === 'INDETERMINATE' && axes[finding.axis].required)
      terminal.note(`Cannot be determined: ${say(finding)}\n`)
}

/** Other bags have no seal. @throws {InputError} */
function requireBundle(report: Report): Finding {
  const due = counted(report).find(({ id }) => id === 'renewal.due')
  if (due !== undefined) return due
  throw new InputError(
    `Only sealed bundles are renewed, and this is none. ${NOTHING}`,
    '`probatum verify` tells what it is, and `probatum seal` makes a sealed bundle of it.',
  )
}

async function addLevel(run: Run, given: BundleSource, bundle: string, out: string | undefined): Promise<ExitCode> {
  const { argv, terminal, ports } = run
  const isDemonstration = argv['demo-authority'] === true
  const found = await makeFileTree(given)
  const listed = await listedAmong(found.tree, found.leftoverCandidates)
  const { tree, leftovers } = setLeftoversAside(found, (path) => listed.has(path))
  const level = existingLevel(tree) + 1
  const trustOut = `${(out ?? bundle).replace(/[\\/]+$/, '')}.renewal-${level}.trust-set.json`
  if (isDemonstration) await requireNew(trustOut, '--demo-authority', [bundle])
  const request = textOf(argv, 'request')
  if (request !== undefined) await requireNew(request, '--request', [bundle])
  const answers = readAnswerOptions(argv)
  const validation = await chooseValidation(argv)

  const report = await examine(run, given, 'verifying: ')
  const failed = counted(report).filter(({ value }) => value === 'FAILED')
  if (failed.length > 0) {
    terminal.note(`The bundle does not hold. ${NOTHING}\n${failed.map((finding) => `  ${say(finding)}\n`).join('')}`)
    return 1
  }
  requireRenewable(report, terminal)
  for (const path of leftovers)
    terminal.note(`Left out of the level, because it was never sealed: ${escapeForDisplay(path)}\n`)

  const place = resolve(out ?? bundle)
  const unfinished = join(dirname(place), `.${basename(place)}.${process.pid}.unfinished`)
  const undo = () => rmSync(unfinished, { recursive: true, force: true })
  const sink = new FolderSink(unfinished)
  undoOnCancel.add(undo)
  try {
    const collected = await collectForLevel(tree, validation, run.chosen, { level, sink, ports })
    const sums = await listEveryFile(tree, sink, { ports, terminal })
    const imprint = sums.digest(startNodeDigest)
    if (request !== undefined) return await writeRequest(terminal, request, { imprint, files: sums.size, level })
    const path = `seal/${level}/sums-sha512.txt`
    await sink.write(path, pieces(sums.pieces()))
    const authorities = answers.length > 0 ? null : await chooseRenewing(argv, collected.latest)
    const stamps =
      authorities === null
        ? await answeredInOrder(answers, imprint, collected.latest)
        : await stampInOrder(authorities, path, imprint, collected.latest)
    for (const { label, response } of stamps.tokens) await sink.write(`seal/${level}/${label}.tsr`, response)
    // The clock of an authority may be a little ahead of ours.
    const since = latestOf(stamps.tokens.map(({ genTime }) => genTime)) ?? chooseTime(undefined)
    const check = (source: BundleSource) => requireRenewed(run, source, { report, level, since })
    if (out === undefined) {
      const added = await openDirectory(sink.root)
      await check(overlaySource(tree, added))
      await putIntoFolder(found.topFolder === null ? bundle : join(bundle, found.topFolder), sink, level)
    } else {
      const make = (await isDirectory(bundle)) ? copyInto : zipInto
      await make(out, tree, sink, async (copy) => {
        const opened = await openBundle(copy, ports, 'own')
        await check(opened.source).finally(() => opened.close())
      })
    }
    if (authorities?.demonstration != null)
      await writeRenewedTrustSet(trustOut, textOf(argv, 'trust-set'), authorities.demonstration)
    if (validation !== null) {
      tellStored(terminal, `seal/${level - 1}/validation`, [collected.validation])
      tellRest(terminal, validation, collected.validation)
    }
    const typed = quoteForShell(out ?? bundle)
    const trustSet = isDemonstration ? trustOut : textOf(argv, 'trust-set')
    const trust = trustSet === undefined ? '' : ` --trust-set ${quoteForShell(trustSet)}`
    await terminal.result(
      [
        ...(isDemonstration ? ['SAMPLE: renewed by a throw-away demonstration authority. It proves nothing.'] : []),
        `Renewed ${escapeForDisplay(out ?? bundle)}: seal/${level}/ lists ${sums.size} files under SHA-512; read again and verified, but for whose keys they are`,
        ...sayStamps(stamps),
        'Bundle id and seal id are what they were.',
        `Check it:      ${PROGRAM} verify ${typed}${trust}`,
        `By when next:  ${PROGRAM} renew --check ${typed}${trust}`,
        '',
      ].join('\n'),
    )
    return 0
  } finally {
    await rm(unfinished, { recursive: true, force: true })
    undoOnCancel.delete(undo)
  }
}

async function* pieces(all: Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  yield* all
}

function sayStamps({ tokens, missing }: LevelStamps): string[] {
  return [
    ...tokens.map(({ label, genTime }) => `time-stamp  ${label}  ${formatInstant(genTime)}`),
    ...missing.flatMap(({ label, error }) =>
      error === null ? [] : [`No time-stamp of ${label}: ${sayProblem(error)}`],
    ),
  ]
}

type Renewing = AskedAuthorities & { readonly demonstration: DemonstrationAuthority | null }

async function chooseRenewing(argv: Parsed, latest: Instant | null): Promise<Renewing> {
  if (argv['demo-authority'] !== true) return { ...(await chooseAuthorities(argv)), demonstration: null }
  // It states one time for everything, with an accuracy of a second.
  await waitFor(latest, 2)
  const demonstration = await demonstrationAuthority({ now: chooseTime(undefined), random: platformRandom })
  return { timeStampAuthorities: [demonstration.timeStampAuthority], timeStampThreshold: 1, demonstration }
}

/** Open without a trust set, and in a bundle whose time nobody believes yet: never of the level’s own making. */
const MAY_STAY_OPEN: ReadonlySet<string> = new Set(['not-believed', 'revocation-unknown', 'not-proved', 'too-few'])

/** @throws {InputError} when what was made is not what a level has to be, or the bundle holds less well with it */
async function requireRenewed(
  run: Run,
  source: BundleSource,
  before: { readonly report: Report; readonly level: number; readonly since: Instant },
): Promise<void> {
  const report = await examine(run, source, 'verifying again: ', before.since)
  const findings = counted(report)
  const own = `seal/${before.level}/`
  const ofLevel = findings.filter(({ id, subject }) => id.startsWith('renewal.') && subject.name?.startsWith(own))
  const broken = [
    ...findings.filter((finding) => finding.value === 'FAILED' || isInTheWay(finding)),
    ...ofLevel.filter(({ value, reason }) => value === 'INDETERMINATE' && !MAY_STAY_OPEN.has(reason ?? '')),
  ].map(say)
  for (const id of ['renewal.sums', 'renewal.coverage', 'renewal.token', 'renewal.order'] as const)
    if (!ofLevel.some((finding) => finding.id === id && finding.value !== 'NOT-CHECKED'))
      broken.push(`not found to hold: ${id}`)
  for (const axis of ['bytes', 'completeness'] as const) {
    const [was, is] = [before.report, report].map(({ body }) => body.assessment.axes[axis].value)
    if (was !== is) broken.push(`${axis}: ${was} before, ${is} with the level`)
  }
  if (broken.length > 0)
    throw new InputError(
      `What was made does not verify: ${[...new Set(broken)].join('; ')}. ${NOTHING}`,
      'Was the bundle changed meanwhile? If not, ask other authorities.',
    )
}
