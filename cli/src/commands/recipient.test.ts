import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../../tools/build.mjs'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/', import.meta.url))
const SHARED = join(VECTORS, 'bundles/base/shared')
const place = mkdtempSync(join(tmpdir(), 'probatum-recipient-asked-'))
beforeAll(() => ensureBuilt(), 180_000)
afterAll(() => rmSync(place, { recursive: true }))

const TRUST = ['--trust-set', join(VECTORS, 'trust-sets/sharing.json'), '--at', '2026-06-01']

function probatum(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...args], { cwd: place, encoding: 'utf8' })
  return { status, out: stdout.replaceAll(/\s+/g, ' '), err: stderr.replaceAll(/\s+/g, ' ') }
}

describe('verify --recipient', () => {
  it('says when a bundle was made for somebody else, under any policy, and that its files match', () => {
    const { status, out } = probatum('verify', SHARED, ...TRUST, '--recipient', 'name:Example Ministry (sample)')
    expect(status).toBe(3)
    expect(out).toContain('The files match')
    expect(out).toContain('The bundle was made for another recipient than the one whom you named.')
    expect(out).toContain("--recipient 'name:Example Ministry (sample)'")
  })

  it('costs nothing for the bundle’s own recipient, and the report states who was asked for', () => {
    const own = ['--recipient', 'name:Example Prosecution Service (sample)']
    expect(probatum('verify', SHARED, ...TRUST, ...own, '--save', 'report.json', '--save-facts', 'f.json').status).toBe(
      0,
    )
    const { status, out } = probatum('judge', 'f.json', ...TRUST, ...own, '--json')
    expect(status).toBe(0)
    expect(JSON.parse(out).body.inputs.recipient).toBe('name:Example Prosecution Service (sample)')
    expect(probatum('judge', 'f.json', ...TRUST, '--recipient', 'ab'.repeat(32)).status).toBe(3)
  })

  it('refuses what is neither a key nor a name before anything is read', () => {
    const { status, err } = probatum('verify', SHARED, ...TRUST, '--recipient', 'Example Ministry (sample)')
    expect(status).toBe(2)
    expect(err).toContain('name:NAME')
  })
})
