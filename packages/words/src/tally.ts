import type { Finding, Report } from '@probatum/core'

/** Numbers of evidence files, as the findings give them. */
export interface Tally {
  readonly here: number
  readonly bytes: number
  readonly different: number
  readonly missing: number
  readonly unlisted: number
  /** Listed files that are here under other names, and second copies of files of the bundle. */
  readonly renamed: number
  readonly copies: number
  readonly unreadable: number
}

type Named = NonNullable<Finding['exceptions']>[number]

function pathsOf(
  findings: readonly Finding[],
  id: Finding['id'],
  values: readonly string[],
  is: (exception: Named) => boolean = () => true,
): number {
  const paths = new Set<string>()
  let omitted = 0
  for (const finding of findings) {
    if (finding.id !== id) continue
    const exceptions = finding.exceptions ?? []
    const counted = exceptions.filter((exception) => values.includes(exception.value) && is(exception))
    for (const { path } of counted) paths.add(path)
    // Several manifests list the same files: the longest rest stands for all. Of whom it is not known, when all named are others.
    const isRest = exceptions.length === 0 || counted.length > 0
    if (values.includes(finding.value) && isRest) omitted = Math.max(omitted, finding.exceptionsOmitted ?? 0)
  }
  return paths.size + omitted
}

/** Manifests that could not be read are named among the files that they may list, and are no evidence files. */
const isManifest = (path: string): boolean => /^(?:tag)?manifest-[^/]*\.txt$/.test(path)

export function tallyOf({ body }: Report): Tally {
  const count = (id: Finding['id'], ...values: string[]) => pathsOf(body.findings, id, values)
  const named = (id: Finding['id'], is: (exception: Named) => boolean) =>
    pathsOf(body.findings, id, ['FAILED', 'INDETERMINATE'], is)
  return {
    here: body.subject.payloadFiles,
    bytes: body.subject.payloadBytes,
    different: count('payload.digest', 'FAILED'),
    missing: named(
      'payload.present',
      // What a malformed line says is not known to be the name of a file.
      ({ path, reason = '' }) => !isManifest(path) && !['malformed-line', 'renamed'].includes(reason),
    ),
    unlisted: count('payload.listed', 'FAILED'),
    renamed: named('payload.present', ({ reason }) => reason === 'renamed'),
    copies: named('payload.listed', ({ reason }) => reason === 'copy-of'),
    unreadable: Math.max(
      count('payload.digest', 'INDETERMINATE'),
      // Every file of the bag is asked for there.
      named('payload.readable', ({ path }) => path.startsWith('data/')),
    ),
  }
}
