import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SIGNATURE_VERIFY, TIMESTAMP_VERIFY } from '../cli/src/rows/alone.ts'
import { CERTIFICATE_FILE } from '../cli/src/rows/certificate.ts'
import { COMMANDS } from '../cli/src/rows/commands.ts'
import { CUSTODY } from '../cli/src/rows/custody.ts'
import { TRUST } from '../cli/src/rows/trust.ts'
import { lostOptions, OURS, sayLost } from './lost-options.mjs'

const PACKAGE = join(import.meta.dirname, '..')

describe('options that npm keeps for itself', () => {
  it('are options of the program, each of them', () => {
    const rows = [...COMMANDS, TIMESTAMP_VERIFY, SIGNATURE_VERIFY, ...CERTIFICATE_FILE, ...CUSTODY, ...TRUST]
    const known = rows.flatMap(({ options = {} }) =>
      Object.entries(options).flatMap(([name, { alias }]) => [name, ...(alias === undefined ? [] : [alias])]),
    )
    expect(OURS.filter((name) => !known.includes(name))).toEqual([])
  })

  it('are found in the environment of npm start, and nowhere else', () => {
    const env = {
      npm_lifecycle_event: 'start',
      npm_config_policy: 'court',
      npm_config_trust_set: 'true',
      npm_config_json: 'true',
    }
    expect(lostOptions(env)).toEqual(['--policy', '--trust-set'])
    expect(lostOptions({ ...env, npm_lifecycle_event: 'test' })).toEqual([])
    expect(lostOptions({ npm_lifecycle_event: 'start', npm_config_json: 'true' })).toEqual([])
    expect(sayLost(['--policy'])).toContain("npm start '--' verify")
  })

  it('stop the run before anything is checked, where npm really took them', () => {
    const run = (...args: string[]) =>
      spawnSync('npm', ['start', '--silent', ...args], {
        cwd: PACKAGE,
        encoding: 'utf8',
        env: { ...process.env, npm_config_policy: undefined },
      })
    const lost = run('policy', 'show', 'sealed', '--policy=court')
    expect([lost.status, lost.stdout]).toEqual([2, ''])
    expect(lost.stderr).toContain('npm kept --policy for itself. Nothing was checked.')
    const whole = run('--', 'policy', 'list')
    expect([whole.status, whole.stdout]).toEqual([0, expect.stringContaining('sealed')])
  })
})
