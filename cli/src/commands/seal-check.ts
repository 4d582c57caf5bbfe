import { type Digester, establishBundleFacts, type Finding, judge, PLAIN_INPUTS, type Report } from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { sayFinding } from '@probatum/words'
import { InputError } from '../errors.ts'
import { openBundle } from '../input/bundle-input.ts'
import { choosePolicy, chooseTime } from '../input/judgement-input.ts'
import type { Terminal } from '../terminal.ts'
import { DIGEST_WORKER } from './verify.ts'

/** Open without a trust set, which the sealer need not have: whose key it is. */
const NEEDS_TRUST: ReadonlySet<Finding['id']> = new Set([
  'signer.path',
  'timestamp.path',
  'timestamp.believed',
  'timestamp.threshold',
])
/** What a recipient must find, or it is no seal. */
const NEEDED: readonly Finding['id'][] = [
  'signature.value',
  'signature.message-digest',
  'timestamp.message-imprint',
  'timestamp.signature',
]

export interface OwnCheck {
  /** Reasons why nobody could verify it: it must not be handed out. */
  readonly broken: readonly string[]
  /** What a recipient will not be able to decide, e.g. about the signer's certificate. */
  readonly open: readonly string[]
}

/**
 * `authorities`: those that the bundle names. Where one is asked later, a time-stamp is missing and nothing else may be; where
 * none was asked, no time-stamp can hold yet. `isSigned` false: before its signatures are made.
 *
 * `digesterOver`: answers for files that were read again already.
 *
 * Reads a bundle that was just made again from the disk, and judges it as its recipient will, without a trust set.
 */
export async function checkOwnBundle(
  folder: string,
  authorities: readonly { readonly stamp: unknown }[],
  isSigned = true,
  digesterOver: (other: Digester) => Digester = (other) => other,
): Promise<OwnCheck> {
  const node = nodePorts(DIGEST_WORKER)
  const ports = { ...node, digester: digesterOver(node.digester) }
  const { policy, sha256 } = await choosePolicy(undefined)
  let report: Report
  try {
    const bundle = await openBundle(folder, ports, 'own')
    try {
      const request = { digests: 'all', name: bundle.name, bytes: bundle.bytes } as const
      const { factsFile } = await establishBundleFacts(bundle.source, ports, request)
      const validationTime = chooseTime(undefined)
      report = await judge(
        factsFile,
        { policy, policySha256: sha256, trustSet: null, validationTime, inputs: PLAIN_INPUTS },
        ports,
      )
    } finally {
      await bundle.close()
    }
  } finally {
    await node.close()
  }
  const { findings, assessment } = report.body
  const say = (finding: Finding) => `${sayFinding(finding).say} (${finding.id})`
  const counted = findings.filter(({ role }) => role !== 'candidate-path')
  const isAsked = authorities.some(({ stamp }) => stamp !== null)
  const isAwaiting = !isSigned || authorities.some(({ stamp }) => stamp === null)
  const needed = isSigned ? NEEDED.filter((id) => isAsked || !id.startsWith('timestamp.')) : []
  const isOpen = (axis: Finding['axis']) =>
    isAwaiting && axis === 'completeness'
      ? counted.some(
          (finding) => finding.axis === axis && finding.value === 'INDETERMINATE' && finding.id !== 'seal.declared',
        )
      : assessment.axes[axis].value !== 'PASSED'
  const missing = needed.filter((id) => !counted.some((finding) => finding.id === id && finding.value === 'PASSED'))
  return {
    broken: once([
      ...counted.filter(({ value }) => value === 'FAILED').map(say),
      ...missing.map((id) => `not found to hold: ${id}`),
      ...(['bytes', 'completeness'] as const).filter(isOpen).map((axis) => `${axis}: ${assessment.axes[axis].value}`),
    ]),
    open: once(
      counted
        .filter(({ id, axis, value, reason }) => {
          const { required } = assessment.axes[axis]
          // Withdrawal lists are believed on a path to an anchor.
          return required && value === 'INDETERMINATE' && !NEEDS_TRUST.has(id) && reason !== 'no-path'
        })
        .map(say),
    ),
  }
}

const SIGNED_WRONG =
  'Check that key and certificate belong together and that the time-stamp authority is the right one.'

/**
 * What nobody could verify is not handed out.
 * @param outcome what was not done: `Nothing was sealed.`
 * @throws {InputError}
 */
export function requireUnbroken(broken: readonly string[], outcome: string, todo = SIGNED_WRONG): void {
  if (broken.length > 0) throw new InputError(`What was made does not verify: ${broken.join('; ')}. ${outcome}`, todo)
}

export function tellOpen(terminal: Terminal, open: Iterable<string>): void {
  for (const line of open) terminal.note(`A recipient will not be able to decide this: ${line}\n`)
}

/** A bundle with two signature files has each question twice, and the answers are read by people. */
function once(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)]
}
