// Needs: sh, openssl, pkcs11-tool, sha256sum, softhsm2-util.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeUtf8 } from '@probatum/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { guide } from '../../../tools/testing/guide.ts'
import { mlDsaSigner } from '../../../tools/testing/ml-dsa-signer.ts'

const { blocks, place, read, runBlocks, sayingOf, text } = guide('devices.md', (folder) => ({
  SOFTHSM2_CONF: join(folder, 'softhsm2.conf'),
  PIN: '1234',
}))

beforeAll(async () => {
  // As Debian 12's OpenSSL cannot make them.
  const signer = await mlDsaSigner(new Uint8Array(32).fill(65))
  writeFileSync(join(place, 'pq-key.pem'), signer.key)
  writeFileSync(join(place, 'pq-chain.pem'), signer.chain)
})

describe('the guide to devices', () => {
  runBlocks()

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
      expect(text).toContain(name)
    const table = [...text.matchAll(/^\| .*\| `([A-Z0-9-]+)` \|/gm)].map((match) => match[1] ?? '')
    expect(table.length).toBeGreaterThan(5)
    for (const mechanism of table)
      expect(
        blocks.some((block) => block.includes(` ${mechanism} `)),
        mechanism,
      ).toBe(true)
    expect(read('sealed-twice/record/bundle.json')).toContain('tagmanifest-sha256.txt.mldsa.p7s')
    expect(encodeUtf8(text).length).toBeLessThan(20_000)
  })
})
