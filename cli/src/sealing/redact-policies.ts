import { basename } from 'node:path'
import { type DisclosurePolicy, type ExportGate, parseDisclosurePolicy, policyUnder } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { exists, readWhole } from '../files.ts'
import { type ChosenGate, requireGateFor } from '../gate/gate-input.ts'
import { shippedPolicy } from '../input/judgement-input.ts'

/** What one bundle is to show. */
export interface NamedPolicy {
  readonly policy: DisclosurePolicy
  /** Name of its bundle's folder. */
  readonly name: string
  readonly file: string
  /** The request that the policy was approved in. */
  readonly gate?: ExportGate
}

/** The policies of `--policy`. @throws {InputError | UsageError} */
export async function readPolicies(argv: Parsed): Promise<NamedPolicy[]> {
  const policies: NamedPolicy[] = []
  for (const file of textsOf(argv, 'policy')) {
    const name = basename(file).replace(/\.json$/i, '')
    if (shippedPolicy(file) !== undefined && !(await exists(file)))
      throw new UsageError(
        `--policy: ${escapeForDisplay(file)} is a policy of \`probatum verify\`, and says what must hold. Here a file is meant that says what a recipient sees.`,
        'docs/spec/disclosure-policy-1.md describes the file.',
      )
    try {
      policies.push({ policy: parseDisclosurePolicy(await readWhole(file), file), name, file })
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      throw new InputError(
        `${escapeForDisplay(file)}: ${escapeForDisplay(error.message)}.`,
        'docs/spec/disclosure-policy-1.md describes the file. What is not understood is never passed over: it may have been meant to withhold something.',
        { cause: error },
      )
    }
    if (policies.at(-1)?.policy.recipient !== null)
      requireGateFor(`--policy ${escapeForDisplay(file)} names a recipient`, argv)
  }
  return policies
}

/** The policy that stands in a request. @throws {UsageError} when it shows everything */
export function approvedPolicy({ path, name, gate }: ChosenGate): NamedPolicy {
  const policy = policyUnder(gate)
  if (policy === null)
    throw new UsageError(
      `${escapeForDisplay(path)} was made without a disclosure policy: it shows everything.`,
      '`probatum seal FOLDER --log LOG --for` makes what was approved.',
    )
  return { policy, name, file: path, gate }
}

/** Names become those of bundles. @throws {UsageError} */
export function requireNames(policies: readonly NamedPolicy[]): void {
  if (policies.length === 0)
    throw new UsageError(
      'For whom?',
      'Give --for with an approved request, or --policy for a bundle that names nobody.',
    )
  for (const [at, { name, file, gate }] of policies.entries()) {
    const given = `--${gate === undefined ? 'policy' : 'for'}`
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
      throw new UsageError(
        `${given} ${escapeForDisplay(file)}: its name becomes that of the bundle.`,
        'Use letters, digits, . _ and - only.',
      )
    // Beside the bundles lies what is not to be sent, under names that begin so.
    if (/^internal/i.test(name))
      throw new UsageError(
        `${given} ${escapeForDisplay(file)}: its name becomes that of the bundle, and INTERNAL marks what is not to be sent.`,
        'Give it another name.',
      )
    if (policies.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) !== at)
      throw new UsageError(`${given}: two files are called ${escapeForDisplay(name)}.`, 'Give each its own name.')
  }
}
