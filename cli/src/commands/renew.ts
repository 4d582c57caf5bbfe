import { rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import {
  type BundleSource,
  formatInstant,
  type Instant,
  listedAmong,
  makeFileTree,
  setLeftoversAside,
} from '@probatum/core'
import { nodePorts, openDirectory } from '@probatum/platform/node'
import {
  type AskedAuthorities,
  type DemonstrationAuthority,
  demonstrationAuthority,
  type LevelStamps,
  platformRandom,
  TimeStampError,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { startNodeDigest } from '../custody/log-export.ts'
import { UsageError } from '../errors.ts'
import { isDirectory, requireNew } from '../files.ts'
import { openBundle } from '../input/bundle-input.ts'
import { chooseJudgement, chooseTime } from '../input/judgement-input.ts'
import { overlaySource } from '../input/overlay-source.ts'
import { chooseAuthorities } from '../network/time-stamp-authorities.ts'
import { sayProblem, timeStampFailed } from '../network/time-stamp-failures.ts'
import { chooseValidation } from '../network/validation-choice.ts'
import { latestOf } from '../network/validation-input.ts'
import { tellRest, tellStored } from '../network/validation-words.ts'
import { PROGRAM } from '../program.ts'
import {
  counted,
  type Examining,
  examine,
  requireRenewable,
  requireRenewed,
  sayDue,
  sayFindingOf,
} from '../renewal/renewal-check.ts'
import { answeredInOrder, readAnswerOptions, writeRequest } from '../renewal/renewal-elsewhere.ts'
import {
  collectForLevel,
  collectForTokens,
  existingLevel,
  listEveryFile,
  stampInOrder,
  waitFor,
} from '../renewal/renewal-level.ts'
import { copyInto, putIntoFolder, zipInto } from '../renewal/renewal-placing.ts'
import { writeRenewedTrustSet } from '../renewal/renewal-trust.ts'
import { undoOnCancel } from '../run.ts'
import { FolderSink } from '../sealing/folder-sink.ts'
import { judgementOf, terminalOf, textOf } from './report-output.ts'
import { DIGEST_WORKER } from './verify.ts'

const NOTHING = 'Nothing was renewed.'

interface Run extends Examining {
  readonly argv: Parsed
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
    terminal.note(
      `The bundle does not hold. ${NOTHING}\n${failed.map((finding) => `  ${sayFindingOf(finding)}\n`).join('')}`,
    )
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
    const { validation: below, here } = collected
    const own = validation && (await collectForTokens(stamps, { validation, here }, run.chosen, { level, sink }))
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
    if (validation !== null && own !== null) {
      tellStored(terminal, `seal/${level - 1}/validation`, [below])
      tellStored(terminal, `seal/${level}/validation`, [own])
      const statuses = [...below.statuses, ...own.statuses]
      tellRest(terminal, validation, { statuses, open: [...below.open, ...own.open] })
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
