// Needs: openssl, sh.
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { probatumPlace } from '../../../tools/testing/place.ts'
import { runSteps } from '../../../tools/testing/started.ts'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/', import.meta.url))
const TRUST = join(VECTORS, 'trust-sets/renewal.json')
const { probatum, newFolder } = probatumPlace('steps-renewal')

/** A copy of the bundle that was renewed twice, with one byte of one file flipped. */
function renewedBut(file?: string): string {
  const folder = join(newFolder('copy'), 'bundle')
  cpSync(join(VECTORS, 'bundles/base/renewed'), folder, { recursive: true })
  if (file !== undefined) {
    const bytes = readFileSync(join(folder, file))
    bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1
    writeFileSync(join(folder, file), bytes)
  }
  return folder
}

/** Runs the steps for a bundle in an empty folder. */
function run(bundle: string) {
  const folder = newFolder('run')
  const { code: made, out: steps, err: why } = probatum('steps', bundle, '--trust-set', TRUST)
  expect(made, why).toBe(0)
  const { code, out, err } = runSteps(folder, steps)
  return { code, out: out + err, steps }
}

describe('the steps for a renewed bundle', () => {
  it('check the list of each level and each time-stamp at its own time, with stock tools, years after all of them', () => {
    const { code, out, steps } = run(renewedBut())
    for (const level of [2, 3]) {
      expect(steps).toContain(`sha512sum --strict --quiet -c seal/${level}/sums-sha512.txt`)
      expect(steps).toMatch(
        new RegExp(`openssl ts -verify -in seal/${level}/example-tsa.tsr -data seal/${level}/sums-.* -attime [0-9]+ `),
      )
    }
    expect(out.match(/Verification: OK/g)).toHaveLength(3)
    expect(out).toContain('Nothing wrong was found.')
    expect(code).toBe(0)
  })

  it.each(['seal/2/sums-sha512.txt', 'seal/3/example-tsa.tsr'])('find it when a byte of %s differs', (file) => {
    expect(run(renewedBut(file)).code).toBe(1)
  })
})

describe('the published text of VERIFY.txt', () => {
  /** Runs its script in a bundle, with the roots of the trust set. */
  function runText(bundle: string) {
    const folder = newFolder('text')
    const text = readFileSync(fileURLToPath(new URL('../../../docs/spec/verify-1-draft.txt', import.meta.url)), 'utf8')
    const script = text.split('\n').flatMap((line) => (line.startsWith('    ') ? [line.slice(4)] : []))
    writeFileSync(join(folder, 'check.sh'), script.join('\n'))
    const { anchors } = JSON.parse(readFileSync(TRUST, 'utf8')) as {
      readonly anchors: readonly { readonly role: string; readonly certificate?: string }[]
    }
    const pem = (role: string) =>
      anchors
        .filter((anchor) => anchor.role === role)
        .map(({ certificate = '' }) => certificate.replace(/.{1,64}/g, '$&\n'))
        .map((lines) => `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`)
        .join('')
    writeFileSync(join(folder, 'signers.pem'), pem('signer'))
    writeFileSync(join(folder, 'times.pem'), pem('time-stamp-authority'))
    const env = { ...process.env, SIGNER_ROOTS: join(folder, 'signers.pem'), TSA_ROOTS: join(folder, 'times.pem') }
    const { status, stdout, stderr } = spawnSync('sh', [join(folder, 'check.sh')], {
      cwd: bundle,
      env,
      encoding: 'utf8',
    })
    return { status, out: stdout + stderr }
  }

  it('checks a bundle that was renewed twice, and finds a changed list', () => {
    const good = runText(renewedBut())
    expect(good.out).toContain('Nothing wrong was found.')
    expect(good.status).toBe(0)
    const bad = runText(renewedBut('seal/3/sums-sha512.txt'))
    expect(bad.out).toContain('WRONG')
    expect(bad.status).toBe(1)
  })
})

describe('verify', () => {
  const verify = (bundle: string, at: string, ...more: readonly string[]) =>
    probatum('verify', bundle, '--trust-set', TRUST, '--at', at, ...more)

  it('says by when the bundle must be renewed, and why', () => {
    const { code, out } = verify(renewedBut(), '2040-01-01T00:00:00Z')
    expect(code, out).toBe(0)
    expect(out.replace(/\s+/g, ' ')).toContain('Renew before 2045-12-31T23:59:59Z')
    expect(out).toContain('Example Time-Stamp Unit of 2035')
  })

  it('gives the stock commands of a level with its findings', () => {
    const at = '2040-01-01T00:00:00Z'
    const { code } = verify(renewedBut('seal/2/sums-sha512.txt'), at, '--save', 'report.json')
    expect(code).toBe(3)
    const { out } = probatum('explain', 'report.json')
    const commands = out.replace(/\s+/g, ' ')
    expect(commands).toContain('sha512sum --strict --quiet -c seal/2/sums-sha512.txt')
    expect(commands).toContain('openssl ts -verify -in seal/3/example-tsa.tsr -data seal/3/sums-sha512.txt')
  })
})
