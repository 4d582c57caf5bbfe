// Needs: openssl.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { runHere } from '../../../tools/testing/in-process.ts'
import { testPlace } from '../../../tools/testing/place.ts'

const { place, at } = testPlace('keys')
const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: place, encoding: 'utf8' })
const PASSWORD = 'invented, with ä and a space'

interface Kind {
  readonly generate: readonly string[]
  readonly options?: readonly string[]
  /** How `openssl asn1parse` names the signature's algorithm. */
  readonly algorithm: string
  /** OpenSSL 3.0 has no Ed25519 in CMS. */
  readonly cms?: false
}
const curve = (name: string) => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`]
const RSA = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
const KINDS: Readonly<Record<string, Kind>> = {
  rsa: { generate: RSA, algorithm: 'sha256WithRSAEncryption' },
  'rsa with --rsa-pss': { generate: RSA, options: ['--rsa-pss'], algorithm: 'rsassaPss' },
  'rsassa-pss': { generate: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'], algorithm: 'rsassaPss' },
  'p-256': { generate: curve('P-256'), algorithm: 'ecdsa-with-SHA256' },
  'p-384': { generate: curve('P-384'), algorithm: 'ecdsa-with-SHA256' },
  'p-521': { generate: curve('P-521'), algorithm: 'ecdsa-with-SHA256' },
  ed25519: { generate: ['-algorithm', 'ED25519'], algorithm: 'ED25519', cms: false },
}

beforeAll(() => {
  mkdirSync(at('photos'))
  writeFileSync(at('photos/a.txt'), 'INVENTED SAMPLE\n')
  writeFileSync(at('password'), `${PASSWORD}\r\nnot this line\n`)
  const subject = ['-subj', '/O=Example (sample)/CN=Example root (sample)', '-days', '900']
  openssl('genpkey', ...curve('P-256'), '-out', 'root.key')
  openssl('req', '-x509', '-key', 'root.key', ...subject, '-out', 'root.pem')
  writeFileSync(at('ext'), 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n')
})

describe.each(Object.entries(KINDS))(
  'seal with a key of the kind %s',
  (name, { generate, options = [], algorithm, cms }) => {
    const stem = name.replaceAll(' ', '-')
    beforeAll(() => {
      openssl('genpkey', ...generate, '-out', `${stem}.key`)
      openssl('req', '-new', '-key', `${stem}.key`, '-subj', `/CN=Example ${stem} (sample)`, '-out', `${stem}.csr`)
      const by = ['-CA', 'root.pem', '-CAkey', 'root.key', '-days', '800', '-extfile', 'ext']
      openssl('x509', '-req', '-in', `${stem}.csr`, ...by, '-out', `${stem}.pem`)
      const store = ['-inkey', `${stem}.key`, '-in', `${stem}.pem`, '-certfile', 'root.pem']
      openssl('pkcs12', '-export', ...store, '-passout', `pass:${PASSWORD}`, '-out', `${stem}.p12`)
    })

    it.each([
      ['PEM', ['--key', at(`${stem}.key`), '--chain', at(`${stem}.pem`)]],
      ['PKCS #12', ['--p12', at(`${stem}.p12`), '--password-file', at('password')]],
    ])('from %s, and openssl cms accepts what it can', async (form, key) => {
      const out = `${stem}-${form.replaceAll(/[ #]/g, '')}`
      const given = ['seal', at('photos'), '-o', at(out), '--tsa-later', 'a=CN=Example (sample)', '--long-term']
      const { code, err } = await runHere([...given, ...key, ...options])
      expect([code, err]).toEqual([0, expect.not.stringContaining('probatum: ')])
      for (const digest of ['sha256', 'sha512']) {
        const signature = `${out}/seal/1/tagmanifest-${digest}.txt.p7s`
        expect(openssl('asn1parse', '-inform', 'DER', '-in', signature).stdout).toContain(
          `:${algorithm.replace('256', digest.slice(3)).replace('SHA256', digest.toUpperCase())}`,
        )
        const checked = openssl(
          ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', signature],
          ...['-content', `${out}/tagmanifest-${digest}.txt`, '-CAfile', 'root.pem', '-no-CApath', '-no-CAstore'],
          ...['-purpose', 'any', '-out', '/dev/null'],
        )
        if (cms !== false) expect(checked.stderr).toContain('CAdES Verification successful')
      }
      // The certificate of the root is nobody's business: recipients have it from elsewhere.
      const root = openssl('x509', '-in', 'root.pem', '-outform', 'DER', '-out', 'root.der')
      expect(root.status).toBe(0)
      const bytes = readFileSync(at(out, 'seal/1/tagmanifest-sha256.txt.p7s'))
      expect(bytes.includes(readFileSync(at('root.der')))).toBe(false)
    })
  },
)

describe('a key that cannot be read is said before any authority is asked', () => {
  beforeAll(() => {
    openssl('req', '-x509', '-key', 'root.key', '-subj', '/CN=Example (sample)', '-days', '800', '-out', 'own.pem')
    openssl(
      'pkcs8',
      '-topk8',
      '-in',
      'root.key',
      '-v2',
      'aes-256-cbc',
      '-passout',
      `pass:${PASSWORD}`,
      '-out',
      'own.locked',
    )
    openssl(
      'pkcs12',
      '-export',
      '-inkey',
      'root.key',
      '-in',
      'own.pem',
      '-passout',
      `pass:${PASSWORD}`,
      '-out',
      'own.p12',
    )
    writeFileSync(at('wrong'), 'another one\n')
  })

  it.each([
    [
      'a wrong password',
      ['--key', 'own.locked', '--chain', 'own.pem', '--password-file', 'wrong'],
      'Check the file of --password-file',
    ],
    ['no password', ['--key', 'own.locked', '--chain', 'own.pem'], 'give that file with --password-file'],
    [
      'a wrong password of a store',
      ['--p12', 'own.p12', '--password-file', 'wrong'],
      'Check the file of --password-file',
    ],
    [
      'a PEM file as a store',
      ['--p12', 'own.pem', '--password-file', 'password'],
      'PEM is given with --key and --chain',
    ],
    ['a certificate as a key', ['--key', 'own.pem', '--chain', 'own.pem'], 'no private key'],
  ])('%s', async (_, key, said) => {
    const files = key.map((word) => (word.startsWith('--') ? word : at(word)))
    const given = ['seal', at('photos'), '-o', at('never'), '--tsa', 'a=http://127.0.0.1:9/', ...files]
    const { code, err } = await runHere(given)
    expect(code).toBe(4)
    expect(err).toContain(said)
    expect(err).not.toContain('127.0.0.1')
  })
})
