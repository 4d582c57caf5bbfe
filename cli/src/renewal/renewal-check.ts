import { type BundleSource, type Finding, type Instant, type Report, verifyBundle } from '@probatum/core'
import type { NodePorts } from '@probatum/platform/node'
import { type ExitCode, sayFinding } from '@probatum/words'
import { requireUnbroken } from '../commands/seal-check.ts'
import { InputError } from '../errors.ts'
import { type ChosenJudgement, chooseTime } from '../input/judgement-input.ts'
import { latestOf } from '../network/validation-input.ts'
import { ProgressLine } from '../progress.ts'
import type { Terminal } from '../terminal.ts'

const NOTHING = 'Nothing was renewed.'

/** By what a bundle is judged, before and after it was renewed. */
export interface Examining {
  readonly terminal: Terminal
  readonly chosen: ChosenJudgement
  readonly ports: NodePorts
}

/** `at`: not before this moment. */
export async function examine(
  { chosen, ports, terminal }: Examining,
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

export const sayFindingOf = (finding: Finding): string => `${sayFinding(finding).say} (${finding.id})`
export const counted = ({ body }: Report): Finding[] => body.findings.filter(({ role }) => role === undefined)

/** Only whether, and by when. */
export async function sayDue(run: Examining, source: BundleSource): Promise<ExitCode> {
  const report = await examine(run, source, 'verifying: ')
  const failed = counted(report).filter(({ value }) => value === 'FAILED')
  if (failed.length > 0) {
    await run.terminal.result(
      ['It does not hold, so that renewing it is of no use:', ...failed.map(sayFindingOf), ''].join('\n'),
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
export function requireRenewable(report: Report, terminal: Terminal): void {
  requireBundle(report)
  const stops = counted(report).filter(isInTheWay)
  if (stops.length > 0)
    throw new InputError(
      `${stops.map(sayFindingOf).join('\n  ')}\n  A level over this would keep it so for ever. ${NOTHING}`,
      stops.map((finding) => sayFinding(finding).todo).find((todo) => todo !== undefined) ??
        'Set aside what does not belong to the bundle, or get a whole copy.',
    )
  const { axes } = report.body.assessment
  for (const finding of counted(report))
    if (finding.value === 'INDETERMINATE' && axes[finding.axis].required)
      terminal.note(`Cannot be determined: ${sayFindingOf(finding)}\n`)
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

/** Open without a trust set, and in a bundle whose time nobody believes yet: never of the level’s own making. */
const MAY_STAY_OPEN: ReadonlySet<string> = new Set(['not-believed', 'revocation-unknown', 'not-proved', 'too-few'])

/** @throws {InputError} when what was made is not what a level has to be, or the bundle holds less well with it */
export async function requireRenewed(
  run: Examining,
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
  ].map(sayFindingOf)
  for (const id of ['renewal.sums', 'renewal.coverage', 'renewal.token', 'renewal.order'] as const)
    if (!ofLevel.some((finding) => finding.id === id && finding.value !== 'NOT-CHECKED'))
      broken.push(`not found to hold: ${id}`)
  for (const axis of ['bytes', 'completeness'] as const) {
    const [was, is] = [before.report, report].map(({ body }) => body.assessment.axes[axis].value)
    if (was !== is) broken.push(`${axis}: ${was} before, ${is} with the level`)
  }
  requireUnbroken([...new Set(broken)], NOTHING, 'Was the bundle changed meanwhile? If not, ask other authorities.')
}
