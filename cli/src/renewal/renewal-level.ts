import {
  type DigestJob,
  type FileTree,
  fromHex,
  type Instant,
  isSealHint,
  SourceFault,
  sealLevelOf,
  tokenSigners,
  type ValidationObject,
} from '@probatum/core'
import { type NodePorts, openDirectory } from '@probatum/platform/node'
import {
  type AskedAuthorities,
  type CollectedValidation,
  type LevelStamps,
  LevelSums,
  stampLevel,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import { type ChosenJudgement, chooseTime } from '../input/judgement-input.ts'
import { answerPorts } from '../network/time-stamp-authorities.ts'
import type { ChosenValidation } from '../network/validation-choice.ts'
import { refuseRevoked } from '../network/validation-words.ts'
import { ProgressLine } from '../progress.ts'
import type { FolderSink } from '../sealing/folder-sink.ts'
import { readSeal } from '../sealing/seal-content.ts'
import type { Terminal } from '../terminal.ts'

/** How far the time-stamps of a level may be waited for, so that they are later than those below. */
const LONGEST_WAIT_SECONDS = 10
const NOTHING_COLLECTED: CollectedValidation = {
  files: [],
  objects: [],
  counts: { certificate: 0, crl: 0, ocsp: 0 },
  statuses: [],
  open: [],
}

/** The last seal level that is here. */
export function existingLevel(tree: FileTree): number {
  return tree.entries.reduce((last, { path }) => {
    const level = isSealHint(path) ? null : sealLevelOf(path)
    return Math.max(last, level ?? 1)
  }, 1)
}

export interface CollectedForLevel {
  readonly validation: CollectedValidation
  /** Certificates, CRLs and OCSP responses that are in the bundle, those that were collected among them. */
  readonly here: readonly ValidationObject[]
  /** The latest moment that any time-stamp of the bundle may have been made at; null without any. */
  readonly latest: Instant | null
}

/**
 * Collects what is not in the bundle yet about every certificate that signed in it, and writes it where the level below the new one
 * keeps it: the new list names it.
 */
export async function collectForLevel(
  tree: FileTree,
  validation: ChosenValidation | null,
  chosen: ChosenJudgement,
  { level, sink, ports }: { readonly level: number; readonly sink: FolderSink; readonly ports: NodePorts },
): Promise<CollectedForLevel> {
  const content = await readSeal(tree, ports)
  const { latest } = content
  if (validation === null) return { validation: NOTHING_COLLECTED, here: content.here, latest }
  const collected = await validation.collector.collect({
    targets: content.targets,
    certificates: [...content.certificates, ...anchorsOf(chosen)],
    here: content.here,
    isLast: true,
  })
  const folder = `seal/${level - 1}/validation/`
  const files = collected.files.filter(({ name }) => !tree.byPath.has(folder + name))
  for (const { name, bytes } of files) await sink.write(folder + name, bytes)
  return { validation: { ...collected, files }, here: [...content.here, ...collected.objects], latest }
}

/** They help to check, and stand in no bundle. */
function anchorsOf(chosen: ChosenJudgement): readonly Uint8Array[] {
  const { trustSet } = chosen.judgement({ digests: 'all', part: false, names: false })
  return (trustSet?.anchors ?? []).filter(({ role }) => role !== 'log').map(({ der }) => der)
}

/**
 * Collects what is known of the authorities that stamped the level, into the level’s own folder, which the next level lists.
 * @throws {InputError} where one of their certificates is said to be revoked
 */
export async function collectForTokens(
  { tokens }: LevelStamps,
  { validation, here }: { readonly validation: ChosenValidation; readonly here: readonly ValidationObject[] },
  chosen: ChosenJudgement,
  { level, sink }: { readonly level: number; readonly sink: FolderSink },
): Promise<CollectedValidation> {
  const signers = await Promise.all(tokens.map(({ response }) => tokenSigners(response, answerPorts())))
  const collected = await validation.collector.collect({
    targets: signers.flatMap(({ targets }) => targets),
    certificates: [...signers.flatMap(({ certificates }) => certificates), ...anchorsOf(chosen)],
    here,
    isLast: true,
  })
  refuseRevoked(collected.statuses, 'Nothing was renewed.')
  for (const { name, bytes } of collected.files) await sink.write(`seal/${level}/validation/${name}`, bytes)
  return collected
}

/** SHA-512 of every file of the bundle, and of what was collected for the level below. @throws {InputError} */
export async function listEveryFile(
  tree: FileTree,
  sink: FolderSink,
  { ports, terminal }: { readonly ports: NodePorts; readonly terminal: Terminal },
): Promise<LevelSums> {
  const added = await openDirectory(sink.root)
  const sums = new LevelSums()
  const entries = [...tree.entries, ...added.entries]
  const jobs = entries.map(({ path, extent }): DigestJob => ({ path, extent, algorithms: ['sha512'] }))
  const total = { files: entries.length, bytes: entries.reduce((sum, { size }) => sum + size, 0) }
  const progress = terminal.isWatched ? new ProgressLine('listing: ', total) : undefined
  try {
    const onProgress = progress === undefined ? {} : { onProgress: progress.show.bind(progress) }
    for await (const outcomes of ports.digester.digest(jobs, onProgress))
      for (const { path, digests, fault, contradiction } of outcomes) {
        if (fault !== undefined) throw new SourceFault(fault.reason, path, fault.systemCode)
        const sha512 = digests.sha512 === undefined ? undefined : fromHex(digests.sha512)
        if (sha512 === undefined || contradiction !== undefined)
          throw new InputError(
            `${escapeForDisplay(path)} could not be read as its archive says. Nothing was renewed.`,
            'Get a whole copy, or unpack the archive and look at the file.',
          )
        sums.add(path, sha512)
      }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new InputError(
      `The bundle has a file that no level can list (${escapeForDisplay(error.message)}). Nothing was renewed.`,
      'Set aside what does not belong to the bundle.',
      { cause: error },
    )
  } finally {
    progress?.clear()
    await added.close()
  }
  return sums
}

/**
 * Time-stamps over the list that are later than those below, accuracy included (format, section 6.5): where seconds are missing
 * they are waited for, and the authorities asked again.
 * @throws {InputError | TimeStampError}
 */
export async function stampInOrder(
  authorities: AskedAuthorities,
  file: string,
  sha512: Uint8Array,
  latest: Instant | null,
): Promise<LevelStamps> {
  await waitFor(latest, 1)
  for (let attempt = 1; ; attempt++) {
    const stamps = await stampLevel(authorities, file, sha512, answerPorts())
    const missing = secondsMissing(stamps.tokens, latest)
    if (missing === 0) return stamps
    if (attempt > 1 || missing > LONGEST_WAIT_SECONDS) requireLater(stamps.tokens, latest)
    await sleep(missing)
  }
}

/** How much later the time-stamps of a level would have to be, accuracy included. */
function secondsMissing(tokens: LevelStamps['tokens'], latest: Instant | null): number {
  if (latest === null) return 0
  return Math.max(0, ...tokens.map(({ earliest }) => latest.epochSeconds + 1 - earliest.epochSeconds))
}

/** @throws {InputError} when time-stamps of a level are not later than those below it */
export function requireLater(tokens: LevelStamps['tokens'], latest: Instant | null): void {
  const missing = secondsMissing(tokens, latest)
  if (missing > 0)
    throw new InputError(
      `The new time-stamps are not later than those of the bundle: ${missing} seconds are missing, the accuracy of both included. Nothing was renewed.`,
      'Wait, and ask the authorities again. If days are missing, one of them has a wrong clock.',
    )
}

/** Until so many seconds after a moment that is near; one that is far off has another reason, and shows later. */
export async function waitFor(latest: Instant | null, after: number): Promise<void> {
  const seconds = latest === null ? 0 : latest.epochSeconds - chooseTime(undefined).epochSeconds + after + 1
  if (seconds > 0 && seconds <= LONGEST_WAIT_SECONDS) await sleep(seconds)
}

const sleep = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000))
