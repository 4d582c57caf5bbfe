// Needs: openssl, sh.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { probatumPlace } from '../../../tools/testing/place.ts'
import { runSteps } from '../../../tools/testing/started.ts'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/', import.meta.url))
const { place, probatum, newFolder } = probatumPlace('steps-handover')

const TRUSTED = ['--trust-set', join(VECTORS, 'trust-sets/custody.json')]

function steps(bundle: string, ...args: readonly string[]): string {
  const { code, out, err } = probatum('steps', bundle, ...args)
  expect(code, err).toBe(0)
  return out
}

/** Makes a vector's bundle, and runs the steps for it in an empty folder. */
function run(over: string | null, given: readonly string[] = TRUSTED) {
  const folder = newFolder('run here')
  const bundle = join(folder, 'bundle')
  for (const from of ['base/custody', ...(over === null ? [] : [`over/${over}`])])
    cpSync(join(VECTORS, 'bundles', from), bundle, { recursive: true })
  const { code, out, err } = runSteps(folder, steps(bundle, ...given))
  return { code, out: `${out}${err}`, folder }
}

describe('the steps for signed hand-overs', () => {
  it('verify both signatures over the statement of their own line, and lay certificates out without naming anybody', () => {
    const { code, out, folder } = run(null)
    expect(out.match(/custody\.jsonl line 3 (?:handover|receipt): CAdES Verification successful/g)).toHaveLength(2)
    expect(out).toContain('Nothing wrong was found.')
    expect(code).toBe(0)
    const named = spawnSync('openssl', ['x509', '-in', join(folder, 'receipt-3.pem'), '-noout', '-subject'])
    expect(`${named.stdout}`).toContain('Example Laboratory')
    expect(out).not.toContain('Example')
    expect(JSON.parse(readFileSync(join(folder, 'handover-3.json'), 'utf8')).statement).toBe('probatum/handover/1')
  })

  it.each([
    ['handover-signature-altered', /line 3 handover: CAdES Verification failure/],
    ['handover-sides-exchanged', /line 3 receipt: CAdES Verification failure/],
    ['handover-replayed', /line 3: another line has its event/],
    ['handover-one-for-both', /handover-3: one key on both sides/],
  ])('find what is wrong with %s', (over, expected) => {
    const { code, out } = run(over)
    expect(out).toMatch(expected)
    expect(out).toContain('Something is wrong')
    expect(code).toBe(1)
  })

  it('say that nobody’s roots were given, and verify the signatures all the same', () => {
    const { out } = run(null, [])
    expect(out).toContain('handover-roots.pem is not here')
    expect(out.match(/line 3 (?:handover|receipt): CMS Verification successful/g)).toHaveLength(2)
    expect(run('handover-of-other-event', []).out).toMatch(/line 3 handover: CMS Verification failure/)
  })

  it('say nothing where no hand-over is opened', () => {
    const folder = newFolder('none')
    const given = ['--trust-set', join(VECTORS, 'trust-sets/sample.json')]
    const { code, out } = runSteps(folder, steps(join(VECTORS, 'bundles/base/small'), ...given))
    expect(out).not.toMatch(/handover/)
    expect(existsSync(join(folder, 'handover-roots.pem'))).toBe(false)
    expect(code).toBe(0)
  })

  it('are written for PowerShell too, and stand beside the finding', () => {
    const bundle = join(VECTORS, 'bundles/base/custody')
    const text = steps(bundle, '--shell', 'powershell', ...TRUSTED)
    expect(text).toContain("Handovers 'record/disclosures.jsonl'")
    expect(text).toContain('probatum/handover-receipt/1')
    const report = join(place, 'report.json')
    probatum('verify', bundle, ...TRUSTED, '--save', report)
    expect(probatum('explain', report).out).toContain('openssl cms -verify -binary -inform DER -in handover-LINE.p7s')
  })
})
