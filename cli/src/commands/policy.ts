import { diffPolicies, SHIPPED_POLICIES, serializePolicy } from '@probatum/core'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { choosePolicy, shippedPolicy } from '../input/judgement-input.ts'
import { terminalOf } from './report-output.ts'

export async function listPolicies(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const rows = SHIPPED_POLICIES.map((policy) => {
    const sha256 = shippedPolicy(policy.id)?.sha256 ?? ''
    const { id, number, requiredAxes, revocation, timestamps } = policy
    return `${id} (number ${number})\n  requires    ${requiredAxes.join(', ')}\n  revocation  ${revocation}\n  time-stamps at least ${timestamps.atLeast}\n  SHA-256     ${sha256}\n`
  })
  await terminal.result(rows.join('\n'))
  return 0
}

/** The very bytes whose SHA-256 stands in reports. */
export async function showPolicy(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const { policy } = await choosePolicy(String(argv.policy))
  await terminal.result(serializePolicy(policy))
  return 0
}

export async function diffTwoPolicies(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const a = await choosePolicy(String(argv.a))
  const b = await choosePolicy(String(argv.b))
  const differences = diffPolicies(a.policy, b.policy)
  const say = (value: unknown) => (value === undefined ? 'absent' : escapeForDisplay(JSON.stringify(value)))
  const lines = differences.map(
    ({ member, a: left, b: right }) =>
      `${escapeForDisplay(member)}\n  ${escapeForDisplay(a.name)}: ${say(left)}\n  ${escapeForDisplay(b.name)}: ${say(right)}\n`,
  )
  await terminal.result(lines.length === 0 ? 'They ask for the same.\n' : lines.join(''))
  return 0
}
