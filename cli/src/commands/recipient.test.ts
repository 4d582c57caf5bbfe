import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { placeHere } from '../../../tools/testing/place-here.ts'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/', import.meta.url))
const SHARED = join(VECTORS, 'bundles/base/shared')
const place = placeHere('recipient-asked')

const TRUST = ['--trust-set', join(VECTORS, 'trust-sets/sharing.json'), '--at', '2026-06-01']

async function probatum(...args: readonly string[]) {
  const { code, out, err } = await place.probatum(...args)
  return { code, out: out.replaceAll(/\s+/g, ' '), err: err.replaceAll(/\s+/g, ' ') }
}

describe('verify --recipient', () => {
  it('says when a bundle was made for somebody else, under any policy, and that its files match', async () => {
    const { code, out } = await probatum('verify', SHARED, ...TRUST, '--recipient', 'name:Example Ministry (sample)')
    expect(code).toBe(3)
    expect(out).toContain('The files match')
    expect(out).toContain('The bundle was made for another recipient than the one whom you named.')
    expect(out).toContain("--recipient 'name:Example Ministry (sample)'")
  })

  it('costs nothing for the bundle’s own recipient, and the report states who was asked for', async () => {
    const own = ['--recipient', 'name:Example Prosecution Service (sample)']
    expect(
      (await probatum('verify', SHARED, ...TRUST, ...own, '--save', 'report.json', '--save-facts', 'f.json')).code,
    ).toBe(0)
    const { code, out } = await probatum('judge', 'f.json', ...TRUST, ...own, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out).body.inputs.recipient).toBe('name:Example Prosecution Service (sample)')
    expect((await probatum('judge', 'f.json', ...TRUST, '--recipient', 'ab'.repeat(32))).code).toBe(3)
  })

  it('refuses what is neither a key nor a name before anything is read', async () => {
    const { code, err } = await probatum('verify', SHARED, ...TRUST, '--recipient', 'Example Ministry (sample)')
    expect(code).toBe(2)
    expect(err).toContain('name:NAME')
  })
})
