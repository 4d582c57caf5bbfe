// Needs: sh, openssl, age, sha256sum.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../tools/build.mjs'

const guide = readFileSync(join(import.meta.dirname, '../../docs/guide/sealing.md'), 'utf8')
const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
const place = realpathSync(mkdtempSync(join(tmpdir(), 'probatum-sealing-guide-')))
const read = (name: string) => readFileSync(join(place, name), 'utf8').replaceAll(/\s+/g, ' ')

beforeAll(async () => {
  await ensureBuilt()
  mkdirSync(join(place, 'bin'))
  writeFileSync(join(place, 'bin', 'probatum'), `#!/bin/sh\nexec "${process.execPath}" "${BUNDLE}" "$@"\n`)
  chmodSync(join(place, 'bin', 'probatum'), 0o755)
}, 120_000)
afterAll(() => rmSync(place, { recursive: true }))

const said: string[] = []
const sayingOf = (words: string) =>
  (said[blocks.findIndex((block) => block.includes(words))] ?? '').replaceAll(/\s+/g, ' ')

describe('the guide to a real export', () => {
  it.each(blocks.map((block, at) => [block.trim().split('\n')[0] ?? '', at] as const))(
    '%s',
    (_first, at) => {
      const env = { ...process.env, PATH: `${join(place, 'bin')}:${process.env.PATH}` }
      const run = spawnSync('sh', ['-eu', '-c', blocks[at] ?? ''], { cwd: place, encoding: 'utf8', env })
      expect(run.stderr, run.stdout).not.toContain('probatum: ')
      expect(run.status, run.stderr).toBe(0)
      said.push(run.stdout)
    },
    90_000,
  )

  it('leads to a bundle that passes under the policy that asks for everything', () => {
    expect(sayingOf('chmod +x as-recipient')).toMatch(
      /TOTAL-PASSED \(bytes, completeness, signer, time, custody .* log, disclosure .* authorisation \(0 of 2 consents opened\)\)/,
    )
    expect(sayingOf('chmod +x as-recipient')).toContain('Renew before')
    expect(existsSync(join(place, 'certificate.pdf'))).toBe(true)
    expect(sayingOf('--dry-run')).toContain('DRY RUN: nothing is written.')
    expect(sayingOf('ls outbox')).toMatch(/[0-9a-f]{32}\.age/)
  })

  it('drills: what every recipient sees', () => {
    expect(read('left.txt')).toContain('TOTAL-PASSED')
    expect(read('before-the-theft.txt')).toContain('TOTAL-PASSED')
    expect(read('after-the-theft.txt')).toMatch(/TOTAL-FAILED \(signer FAILED.*REVOKED/)
    expect(sayingOf('--check --trust-set after-closing.json')).toMatch(
      /Renew before \d{4}-\d\d-\d\dT00:00:00Z: .*north/,
    )
    expect(read('without-renewal.txt')).toMatch(
      /INDETERMINATE \(signer, time INDETERMINATE; bytes, completeness PASSED/,
    )
    expect(read('renewed.txt')).toContain('TOTAL-PASSED')
    expect(sayingOf('notice make')).toMatch(/The files are unchanged\. On \d{4}-\d\d-\d\d the issuer recalled item 1\./)
    expect(read('recalled.txt')).toMatch(
      /INDETERMINATE \(authorisation \(0 of 2 consents opened\) INDETERMINATE; bytes, completeness/,
    )
  })
})
