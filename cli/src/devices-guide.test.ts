// Needs: sh, openssl, pkcs11-tool, sha256sum, softhsm2-util.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeUtf8 } from '@probatum/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../tools/build.mjs'
import { mlDsaSigner } from '../../tools/testing/ml-dsa-signer.ts'

const guide = readFileSync(join(import.meta.dirname, '../../docs/guide/devices.md'), 'utf8')
const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
const place = realpathSync(mkdtempSync(join(tmpdir(), 'probatum-devices-')))
const read = (name: string) => readFileSync(join(place, name), 'utf8')

beforeAll(async () => {
  await ensureBuilt()
  mkdirSync(join(place, 'bin'))
  writeFileSync(join(place, 'bin', 'probatum'), `#!/bin/sh\nexec "${process.execPath}" "${BUNDLE}" "$@"\n`)
  chmodSync(join(place, 'bin', 'probatum'), 0o755)
  // As Debian 12's OpenSSL cannot make them.
  const signer = await mlDsaSigner(new Uint8Array(32).fill(65))
  writeFileSync(join(place, 'pq-key.pem'), signer.key)
  writeFileSync(join(place, 'pq-chain.pem'), signer.chain)
}, 120_000)
afterAll(() => rmSync(place, { recursive: true }))

/** What the blocks said, in their order. */
const said: string[] = []
const sayingOf = (words: string) => said[blocks.findIndex((block) => block.includes(words))] ?? expect.fail(words)

describe('the guide to devices', () => {
  it.each(blocks.map((block, at) => [block.trim().split('\n')[0] ?? '', at] as const))(
    '%s',
    (_first, at) => {
      const env = {
        ...process.env,
        PATH: `${join(place, 'bin')}:${process.env.PATH}`,
        SOFTHSM2_CONF: join(place, 'softhsm2.conf'),
        PIN: '1234',
      }
      const run = spawnSync('sh', ['-eu', '-c', blocks[at] ?? ''], { cwd: place, encoding: 'utf8', env })
      expect(run.stderr, run.stdout).not.toContain('probatum: ')
      expect(run.status, run.stderr).toBe(0)
      said[at] = run.stdout
    },
    120_000,
  )

  it('prints of what is to be signed what OpenSSL and sha256sum say of it', () => {
    const [, hash] = /^sha256 +([0-9a-f]{64})$/m.exec(sayingOf('probatum seal prepare photos -o prepared ')) ?? []
    const checked = sayingOf('openssl asn1parse -inform DER -in prepared/')
    expect(checked).toContain(`= ${hash}`)
    const tagManifest = /^([0-9a-f]{64}) {2}prepared\/out/m.exec(checked)?.[1] ?? expect.fail('no digest')
    expect(checked.toLowerCase()).toContain(`[hex dump]:${tagManifest}`)
    expect(read('sealed/tagmanifest-sha256.txt')).toContain('record/bundle.json')
  })

  it('makes of each kind of key a seal of its own scheme', () => {
    const schemes = [...sayingOf('seal_with 11').matchAll(/^scheme +(\S+)/gm)].map((match) => match[1])
    expect(schemes).toEqual(['rsa-pkcs1', 'rsa-pss', 'ecdsa', 'ecdsa', 'ed25519:'])
    const digest = /= ([0-9a-f]{128})/.exec(sayingOf('openssl pkeyutl -verify'))?.[1] ?? expect.fail('no digest')
    expect(sayingOf('openssl pkeyutl -verify').toLowerCase()).toContain(`[hex dump]:${digest}`)
  })

  it('leaves no preparation, and the key of the log where it was', () => {
    const left = readdirSync(place).filter((name) => name.startsWith('prepared'))
    expect(left).toEqual([])
    expect(sayingOf('custody verify log')).toContain('holds')
    // The bundle ends with its export; what came between the two steps follows it.
    const sealed = read('sealed-log/record/custody.jsonl').trimEnd().split('\n')
    const log = read('log/custody.jsonl').trimEnd().split('\n')
    expect([sealed.at(-1), log.at(-1)]).toEqual([
      expect.stringContaining('"type":"export"'),
      expect.stringContaining('"type":"access"'),
    ])
    expect(log.slice(0, -1)).toEqual(sealed)
    expect(existsSync(join(place, 'sealed-log.openings.jsonl'))).toBe(false)
    expect(existsSync(join(place, 'sealed.openings.jsonl'))).toBe(true)
  })

  it('names every step that it promises, and every mechanism that it has run', () => {
    for (const name of ['seal prepare', 'seal embed', 'redact prepare', '--pq-key', '--rsa-pss'])
      expect(guide).toContain(name)
    const table = [...guide.matchAll(/^\| .*\| `([A-Z0-9-]+)` \|/gm)].map((match) => match[1] ?? '')
    expect(table.length).toBeGreaterThan(5)
    for (const mechanism of table)
      expect(
        blocks.some((block) => block.includes(` ${mechanism} `)),
        mechanism,
      ).toBe(true)
    expect(read('sealed-twice/record/bundle.json')).toContain('tagmanifest-sha256.txt.mldsa.p7s')
    expect(encodeUtf8(guide).length).toBeLessThan(20_000)
  })
})
