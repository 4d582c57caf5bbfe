// Needs: openssl, sh.
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { probatumPlace } from '../../../tools/testing/place.ts'
import { runSteps } from '../../../tools/testing/started.ts'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/', import.meta.url))
const { probatum, newFolder } = probatumPlace('steps-approvals')

const SHARING = join(VECTORS, 'trust-sets/sharing.json')

function steps(bundle: string, ...args: readonly string[]): string {
  const { code, out, err } = probatum('steps', bundle, ...args)
  expect(code, err).toBe(0)
  return out
}

/** Makes a vector's bundle, and runs the steps for it in an empty folder. */
function run(over: string | null) {
  const folder = newFolder('run')
  const bundle = join(folder, 'bundle')
  for (const from of ['base/shared', ...(over === null ? [] : [`over/${over}`])])
    cpSync(join(VECTORS, 'bundles', from), bundle, { recursive: true })
  const { code, out, err } = runSteps(folder, steps(bundle, '--trust-set', SHARING))
  return { code, out: `${out}${err}`, folder }
}

describe('the steps for a sharing decision', () => {
  it('verify the two approvals over the request with openssl, name who made them, and lay the request out to be read', () => {
    const { code, out, folder } = run(null)
    expect(out).toContain('subject=CN=Example Approver One (sample)')
    expect(out).toContain('subject=CN=Example Approver Two (sample)')
    expect(out).not.toMatch(/expected|fewer/)
    expect(out).toContain('Nothing wrong was found.')
    expect(code).toBe(0)
    const { request } = JSON.parse(readFileSync(join(folder, 'bundle/record/authorisation.json'), 'utf8'))
    expect(JSON.parse(readFileSync(join(folder, 'request.json'), 'utf8'))).toEqual(request)
    expect(existsSync(join(folder, 'approval-3.p7s'))).toBe(false)
  })

  it.each([
    ['approval-of-other-request', /Verification failure/],
    ['approver-same-name', /fewer than two approvers by subject/],
    ['approver-same-key', /fewer than two approvers by pubkey/],
    ['request-of-other-openings', /request disclosures: expected/],
    ['consent-opening-of-other-item', /consent of item 2 scope: expected/],
  ])('find what is wrong with %s', (over, expected) => {
    const { code, out } = run(over)
    expect(out).toMatch(expected)
    expect(out).toContain('Something is wrong')
    expect(code).toBe(1)
  })

  it('say that there is no request where there is none, and copy nothing out of the bundle', () => {
    const folder = newFolder('draft')
    const bundle = join(VECTORS, 'bundles/base/small')
    const { code, out } = runSteps(folder, steps(bundle, '--trust-set', join(VECTORS, 'trust-sets/sample.json')))
    expect(out).toContain('There is no request to share.')
    expect(code).toBe(0)
    const shared = steps(join(VECTORS, 'bundles/base/shared'))
    for (const text of ['Example Prosecution', 'trial (sample)', 'Example approver']) expect(shared).not.toContain(text)
  })

  it('are written for PowerShell too', () => {
    const text = steps(join(VECTORS, 'bundles/base/shared'), '--shell', 'powershell', '--trust-set', SHARING)
    expect(text).toContain('"statement":"probatum/approval/1"')
    expect(text).toContain('-CAfile approver-roots.pem')
  })
})
