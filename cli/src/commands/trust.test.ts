// Needs: sh, openssl, sha256sum.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCertificate, parseTrustSet, trustSetCode } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE } from '../../../tools/build.mjs'
import { placeHere } from '../../../tools/testing/place-here.ts'

const { place, probatum } = placeHere('trust')
const guide = readFileSync(join(import.meta.dirname, '../../../docs/guide/trust-set.md'), 'utf8')
let walk: { readonly status: number | null; readonly stdout: string; readonly stderr: string }

const setOf = (name: string) => parseTrustSet(readFileSync(join(place, name)), parseCertificate, nodeSmallDigest)

beforeAll(async () => {
  const blocks = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '')
  expect(blocks.length).toBeGreaterThan(4)
  const script = `set -e\nprobatum() { '${process.execPath}' '${BUNDLE}' "$@"; }\n${blocks.join('')}`
  walk = spawnSync('sh', ['-c', script], { cwd: place, encoding: 'utf8' })
}, 120_000)

describe('the guide', () => {
  it('has commands that run as they stand', () => {
    expect(walk.stderr).not.toMatch(/^probatum:/m)
    expect(walk.status).toBe(0)
    expect(walk.stdout).toContain('This set is signed as the next one.')
    expect(setOf('set-4.json').file.anchors.map(({ role, until }) => [role, until])).toEqual([
      ['signer', '2026-11-01'],
      ['time-stamp-authority', undefined],
      ['trust-set', undefined],
    ])
  })

  it('makes a letter of one page of plain text with the code of the set', () => {
    const letter = readFileSync(join(place, 'letter.txt'), 'utf8')
    const lines = letter.split('\n')
    expect(lines.length).toBeLessThan(63)
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(76)
    expect(letter).toMatch(/^[\x20-\x7e\n]*$/)
    const code = trustSetCode(setOf('set-3.json').sha256).replaceAll('-', '')
    const shown = [...letter.matchAll(/group \d (.*)$/gm)].map(([, group = '']) => group.replace(/ /g, '')).join('')
    expect(shown).toBe(code)
    const der = execFileSync('openssl', ['x509', '-in', join(place, 'sealers.pem'), '-outform', 'DER'])
    const fingerprint = parseCertificate(new Uint8Array(der)).sha256.toUpperCase()
    expect(letter.replace(/\s/g, '')).toContain(fingerprint)
  })
})

describe('trust add', () => {
  const source = ['--source', 'a test']
  const role = ['--role', 'signer']

  it('never alters a set', async () => {
    const before = readFileSync(join(place, 'set-1.json'))
    const run = await probatum(
      'trust',
      'add',
      'times.pem',
      ...role,
      ...source,
      '--after',
      'set-1.json',
      '--to',
      'set-1.json',
    )
    expect(run.code).toBe(2)
    expect(run.err).toContain('--after')
    expect(readFileSync(join(place, 'set-1.json'))).toEqual(before)
  })

  it('assumes neither a role nor a source where nobody can be asked', async () => {
    const issuer = ['--issuer', 'Example (sample)', '--to', 'none.json']
    expect((await probatum('trust', 'add', 'sealers.pem', ...source, ...issuer)).err).toMatch(
      /--role[\s\S]*None is assumed/,
    )
    expect((await probatum('trust', 'add', 'sealers.pem', ...role, ...issuer)).err).toContain('--source is needed')
    expect((await probatum('trust', 'add', 'sealers.pem', ...role, ...source, '--to', 'none.json')).err).toContain(
      '--issuer',
    )
  })

  it('takes no private key, and no certificate twice in a role', async () => {
    const to = ['--issuer', 'Example (sample)', '--to', 'none.json']
    const key = await probatum('trust', 'add', 'sealers.key', ...role, ...source, ...to)
    expect([key.code, key.err]).toEqual([4, expect.stringContaining('private key')])
    const again = ['--after', 'set-3.json', '--to', 'none.json']
    const twice = await probatum('trust', 'add', 'sealers.pem', ...role, ...source, ...again)
    expect([twice.code, twice.err]).toEqual([4, expect.stringContaining('Nothing was written')])
  })
})

describe('trust explain', () => {
  it('names the near miss of the same name with another key', async () => {
    const subject = '/O=Example Time (sample)/CN=Example time-stamp root (sample)'
    const make = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', subject]
    execFileSync('openssl', [...make, '-keyout', 'other.key', '-out', 'other.pem'], { cwd: place, stdio: 'pipe' })
    const run = await probatum('trust', 'explain', 'set-3.json', 'other.pem')
    expect(run.out).toMatch(/NEAR MISS: the list has a certificate of the same name with another key/)
    expect(run.code).toBe(0)
  })

  it('flags an end-entity certificate, and shows who is in no role', async () => {
    const { out } = await probatum('trust', 'explain', 'set-3.json')
    expect(out).toMatch(/Example keeper of the list[\s\S]*An end-entity certificate/)
    expect(out).toContain('nobody')
  })
})

describe('a next set', () => {
  it('is refused when a byte of it, of the last set or of the signature is another', async () => {
    cpSync(join(place, 'set-4.json.succession.p7s'), join(place, 'copy.p7s'))
    const signature = ['--signature', 'copy.p7s']
    const change = (from: string, to: string, target: string) =>
      writeFileSync(join(place, target), readFileSync(join(place, from), 'utf8').replace('2026-11-01', to))
    change('set-4.json', '2026-11-02', 'set-4b.json')
    const other = await probatum('trust', 'verify-next', 'set-4b.json', '--under', 'set-3.json', ...signature)
    expect([other.code, other.out]).toEqual([1, expect.stringContaining('is not signed as the next one')])
    expect((await probatum('trust', 'verify-next', 'set-4.json', '--under', 'set-2.json', ...signature)).code).toBe(1)
    const bytes = readFileSync(join(place, 'copy.p7s'))
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
    writeFileSync(join(place, 'copy.p7s'), bytes)
    expect((await probatum('trust', 'verify-next', 'set-4.json', '--under', 'set-3.json', ...signature)).code).toBe(1)
  })

  it('cannot be signed by a sealing authority of the last set', async () => {
    writeFileSync(join(place, 'set-4c.json'), readFileSync(join(place, 'set-4.json')))
    const key = ['--key', 'sealers.key', '--chain', 'sealers.pem']
    const run = await probatum('trust', 'sign', 'set-4c.json', '--under', 'set-3.json', ...key)
    expect([run.code, run.err]).toEqual([4, expect.stringContaining('Nothing was written')])
  })

  it('is signed with a key in any form that a seal takes, and with one that signs elsewhere', async () => {
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' })
    writeFileSync(join(place, 'password.txt'), 'invented\n', { mode: 0o600 })
    const pass = ['-passout', 'file:password.txt']
    openssl('pkcs8', '-topk8', '-in', 'lists.key', '-out', 'encrypted.key', '-v2', 'aes256', ...pass)
    openssl('pkcs12', '-export', '-inkey', 'lists.key', '-in', 'lists.pem', '-out', 'lists.p12', ...pass)
    for (const name of ['encrypted.key', 'lists.p12']) chmodSync(join(place, name), 0o600)
    const sign = (to: string, ...args: string[]) => {
      cpSync(join(place, 'set-4.json'), join(place, to))
      return probatum('trust', 'sign', to, '--under', 'set-3.json', ...args)
    }
    const password = ['--password-file', 'password.txt']
    const forms = [
      ['--key', 'encrypted.key', '--chain', 'lists.pem', ...password],
      ['--p12', 'lists.p12', ...password],
    ]
    for (const [at, form] of forms.entries()) expect(await sign(`form-${at}.json`, ...form)).toMatchObject({ code: 0 })
    const prepared = await sign('form-2.json', '--chain', 'lists.pem', '--attributes', 'to-sign.der')
    expect(prepared.out).toContain('--signature FILE')
    openssl('dgst', '-sha256', '-sign', 'lists.key', '-out', 'signed.bin', 'to-sign.der')
    expect((await sign('form-2.json', '--chain', 'lists.pem', '--signature', 'signed.bin')).code).toBe(0)
    for (const at of [0, 1, 2])
      expect((await probatum('trust', 'verify-next', `form-${at}.json`, '--under', 'set-3.json')).code).toBe(0)
    expect((await sign('form-3.json')).code).toBe(2)
    expect((await sign('form-3.json', '--key', 'encrypted.key', '--chain', 'lists.pem')).code).toBe(4)
  })

  it('cannot be told once the certificate that signed it has ended', async () => {
    const run = await probatum('trust', 'verify-next', 'set-4.json', '--under', 'set-3.json', '--at', '2060-01-01')
    expect([run.code, run.out]).toEqual([3, expect.stringContaining('We cannot tell')])
  })

  it('is accepted by openssl over the saved statement', () => {
    const args = ['-in', 'set-4.json.succession.p7s', '-content', 'set-4.json.succession.json', '-CAfile', 'lists.pem']
    const out = execFileSync(
      'openssl',
      [
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-inform',
        'DER',
        ...args,
        '-no-CApath',
        '-no-CAstore',
        '-purpose',
        'any',
      ],
      { cwd: place, stdio: 'pipe', encoding: 'utf8' },
    )
    expect(JSON.parse(out)).toMatchObject({ statement: 'probatum/trust-set-succession/1-draft', next: { number: 4 } })
  })
})
