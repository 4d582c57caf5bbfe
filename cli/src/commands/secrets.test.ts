// Needs: openssl.
import { execFileSync } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { mlDsa65Pkcs8, mlDsa65SigningKey, privateKeyFromPem } from '@probatum/seal'
import { beforeAll, describe, expect, it } from 'vitest'
import { runHere } from '../../../tools/testing/in-process.ts'
import { mlDsaSigner } from '../../../tools/testing/ml-dsa-signer.ts'
import { testPlace } from '../../../tools/testing/place.ts'
import { withSecretFile } from '../keys/secret-file.ts'

// Whatever a command is given, and however it ends: nothing of a private key or a password stands in what it prints, in the
// error that it throws, or in a file that it writes.

const { place, at } = testPlace('secrets')
const secretFolder = join(place, 'secrets')
const secret = (name: string) => join(secretFolder, name)
const PASSWORD = 'Invented passphrase 4711 (sample)'
const OTHER = 'Another passphrase 0815 (sample)'
/** Of age's own test vectors: everybody has it. */
const AGE_IDENTITY = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX'

const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: secretFolder, stdio: 'pipe' })

/** Texts by which a secret would be known, in the forms in which programs print octets. */
const needles: { text: string; what: string }[] = []
/** Octets by which it would be known in a file. */
const octets: { bytes: Buffer; what: string }[] = []

function look(what: string, bytes: Uint8Array): void {
  const whole = Buffer.from(bytes)
  for (let from = 0; from + 12 <= whole.length; from += 6) {
    const piece = whole.subarray(from, from + 12)
    octets.push({ bytes: piece, what })
    needles.push({ text: piece.toString('hex').slice(0, 16), what: `${what}, hex` })
    needles.push({ text: piece.toString('hex').toUpperCase().slice(0, 16), what: `${what}, HEX` })
    needles.push({ text: [...piece.subarray(0, 5)].join(', '), what: `${what}, numbers` })
    needles.push({ text: [...piece.subarray(0, 5)].join(','), what: `${what}, numbers` })
    needles.push({ text: (piece.toString('hex').match(/../g) ?? []).slice(0, 6).join(':'), what: `${what}, OpenSSL` })
    needles.push({ text: (piece.toString('hex').match(/../g) ?? []).slice(0, 6).join(' '), what: `${what}, Node` })
    // Three alignments; 9 octets are 12 characters.
    for (const lead of [0, 1, 2]) {
      const text = whole.subarray(from + lead, from + lead + 9)
      if (text.length === 9) {
        needles.push({ text: text.toString('base64'), what: `${what}, base64` })
        needles.push({ text: text.toString('base64url'), what: `${what}, base64url` })
      }
    }
  }
  if (whole.length === 32) needles.push({ text: BigInt(`0x${whole.toString('hex')}`).toString(), what })
}

/** The secret numbers of a key: everything of its JWK but the public ones. */
function lookForKey(what: string, pem: string): void {
  const jwk = createPrivateKey(pem).export({ format: 'jwk' }) as Record<string, string>
  for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi'])
    if (jwk[member] !== undefined) look(`${what}.${member}`, Buffer.from(jwk[member], 'base64url'))
}

function lookForText(what: string, text: string): void {
  needles.push({ text, what })
  needles.push({ text: text.slice(0, 18), what })
  look(what, Buffer.from(text))
}

const KINDS = {
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  pss: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
  ed25519: ['-algorithm', 'ED25519'],
} as const

beforeAll(async () => {
  mkdirSync(secretFolder)
  mkdirSync(at('photos'))
  writeFileSync(at('photos/a.txt'), 'INVENTED SAMPLE\n')
  writeFileSync(secret('password.txt'), `${PASSWORD}\n`)
  writeFileSync(secret('other.txt'), `${OTHER}\n`)
  lookForText('password', PASSWORD)
  lookForText('other password', OTHER)
  writeFileSync(secret('age.txt'), `# invented\n${AGE_IDENTITY}\n`)
  // Every such text begins alike.
  for (const from of [17, 30, 45]) needles.push({ text: AGE_IDENTITY.slice(from, from + 14), what: 'age identity' })
  for (const [name, generate] of Object.entries(KINDS)) {
    openssl('genpkey', ...generate, '-out', `${name}.pem`)
    const pem = readFileSync(secret(`${name}.pem`), 'utf8')
    if (name === 'pss') look('pss', privateKeyFromPem(Buffer.from(pem)).subarray(340))
    else lookForKey(name, pem)
    const subject = `/O=Example (sample)/CN=Example ${name} (sample)`
    openssl('req', '-x509', '-key', `${name}.pem`, '-subj', subject, '-days', '900', '-out', at(`${name}.crt`))
    openssl('pkcs8', '-topk8', '-in', `${name}.pem`, '-passout', `pass:${PASSWORD}`, '-out', `${name}.locked.pem`)
    const store = ['-inkey', `${name}.pem`, '-in', at(`${name}.crt`), '-passout', `pass:${PASSWORD}`]
    openssl('pkcs12', '-export', ...store, '-out', `${name}.p12`)
  }
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    'p256.pem',
    '-in',
    at('rsa.crt'),
    '-passout',
    'pass:x',
    '-nocerts',
    '-out',
    'bare.p12',
  )
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    'p256.pem',
    '-in',
    at('p256.crt'),
    '-passout',
    `pass:${PASSWORD}`,
    '-legacy',
    '-out',
    'old.p12',
  )
  openssl('ec', '-in', 'p256.pem', '-out', 'p256.older.pem')
  openssl('rsa', '-in', 'rsa.pem', '-traditional', '-out', 'rsa.older.pem')
  openssl('rsa', '-in', 'rsa.pem', '-traditional', '-aes128', '-passout', `pass:${PASSWORD}`, '-out', 'rsa.headers.pem')
  for (const name of ['log', 'witness', 'next']) {
    openssl('genpkey', '-algorithm', 'ED25519', '-out', `${name}.pem`)
    lookForKey(name, readFileSync(secret(`${name}.pem`), 'utf8'))
  }
  const seed = Buffer.from('an invented seed of 32 octets !!')
  look('ml-dsa-65', seed)
  const { ml_dsa65 } = await import('@noble/post-quantum/ml-dsa.js')
  // Rho stands in the public key too; the rest is secret.
  look('ml-dsa-65 expanded', ml_dsa65.keygen(seed).secretKey.subarray(32, 32 + 64))
  const signer = await mlDsaSigner(seed)
  writeFileSync(at('ml-dsa.crt'), signer.chain)
  writeFileSync(secret('ml-dsa.pem'), signer.key)
  const pem = (bytes: Uint8Array) =>
    `-----BEGIN PRIVATE KEY-----\n${Buffer.from(bytes).toString('base64')}\n-----END PRIVATE KEY-----\n`
  openssl('pkcs8', '-topk8', '-in', 'p256.pem', '-passout', `pass:${PASSWORD}`, '-scrypt', '-out', 'scrypt.pem')

  // Files that are wrong, each in one way.
  const p256 = readFileSync(secret('p256.pem'), 'utf8')
  const p256Der = privateKeyFromPem(Buffer.from(p256))
  writeFileSync(secret('cut-off.pem'), p256.slice(0, -40))
  writeFileSync(secret('no-base64.pem'), p256.replace(/\n([A-Za-z0-9+/]{20})/, '\n$1*'))
  writeFileSync(secret('padding.pem'), p256.replace('\n-----END', '=\n-----END'))
  writeFileSync(secret('two.pem'), p256 + readFileSync(secret('rsa.pem'), 'utf8'))
  writeFileSync(secret('der.bin'), p256Der)
  writeFileSync(secret('base64.txt'), Buffer.from(p256Der).toString('base64'))
  writeFileSync(secret('short.pem'), pem(p256Der.subarray(0, 60)))
  writeFileSync(secret('longer.pem'), pem(Uint8Array.from([...p256Der, 0])))
  writeFileSync(secret('other-curve.pem'), pem(p256Der.map((octet, index) => (index === 22 ? octet ^ 1 : octet))))
  writeFileSync(secret('seed-short.pem'), pem(mlDsa65Pkcs8(seed.subarray(0, 31))))
  writeFileSync(secret('both.pem'), readFileSync(at('p256.crt'), 'utf8') + p256)
  writeFileSync(secret('as-json.json'), JSON.stringify(createPrivateKey(p256).export({ format: 'jwk' })))
}, 120_000)

/** What a command prints, and what it throws, as deep as it goes. */
async function run(args: readonly string[]): Promise<{ readonly said: string; readonly code: number }> {
  const { code, out, err, error } = await runHere(args)
  const thrown = error === undefined ? '' : inspect(error, { depth: 20, maxArrayLength: null, maxStringLength: null })
  return { code, said: [out, err, thrown].join('\n') }
}

/** Numbers are printed in columns: white space is one space. */
function foundIn(said: string): string[] {
  const even = said.replace(/\s+/g, ' ')
  return needles.filter(({ text }) => said.includes(text) || even.includes(text)).map(({ what }) => what)
}

function requireNone(said: string, where: string): void {
  const found = foundIn(said)
  expect(found, `${where}:\n${said.slice(0, 2000)}`).toEqual([])
}

function requireNoneWritten(): void {
  const files = readdirSync(place, { recursive: true, withFileTypes: true })
  for (const entry of files) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || path.startsWith(secretFolder)) continue
    const content = readFileSync(path)
    const found = octets.filter(({ bytes }) => content.includes(bytes)).map(({ what }) => what)
    expect(found, path).toEqual([])
    requireNone(content.toString('latin1'), path)
  }
}

let count = 0
const TSA = ['--tsa-later', 'a=CN=Example (sample)']
/** `seal` with these, into a folder of its own. */
const seal = (...options: string[]) => ['seal', at('photos'), '-o', at(`out-${count++}`), ...TSA, ...options]
const keyed = (key: string, certificate: string, ...more: string[]) =>
  seal('--key', secret(key), '--chain', at(certificate), ...more)
const password = (name = 'password.txt') => ['--password-file', secret(name)]

describe('nothing of a key or a password', () => {
  it('is looked for in vain: the search finds each of them in each form', () => {
    const p256 = readFileSync(secret('p256.pem'), 'utf8')
    const der = Buffer.from(privateKeyFromPem(Buffer.from(p256)))
    const forms = [p256, der.toString('hex'), inspect(der), inspect(new Uint8Array(der)), der.toJSON().data.join(',')]
    const texts = [...forms, readFileSync(secret('as-json.json'), 'utf8'), `read: ${PASSWORD}`]
    for (const text of texts) expect(foundIn(text), text).not.toEqual([])
    expect(octets.some(({ bytes }) => der.includes(bytes))).toBe(true)
    expect(new Set(octets.map(({ what }) => what)).size).toBeGreaterThan(12)
  })

  it('stands in what a seal prints and writes, whatever the key and its file', async () => {
    const good = [
      keyed('p256.pem', 'p256.crt'),
      keyed('p256.older.pem', 'p256.crt'),
      keyed('rsa.older.pem', 'rsa.crt', '--rsa-pss'),
      keyed('pss.pem', 'pss.crt', '--long-term'),
      keyed('ed25519.locked.pem', 'ed25519.crt', ...password()),
      keyed(
        'rsa.locked.pem',
        'rsa.crt',
        ...password(),
        '--pq-key',
        secret('ml-dsa.pem'),
        '--pq-chain',
        at('ml-dsa.crt'),
      ),
      seal('--p12', secret('pss.p12'), ...password()),
      seal('--p12', secret('ed25519.p12'), ...password()),
    ]
    for (const args of good) {
      const { said, code } = await run(args)
      expect(code, said).toBe(0)
      requireNone(said, args.join(' '))
    }
    requireNoneWritten()
  })

  it('stands in what a seal says when it cannot use them', async () => {
    const bad = [
      ...['cut-off', 'no-base64', 'padding', 'two', 'short', 'longer', 'other-curve', 'both', 'scrypt'].map((name) =>
        keyed(`${name}.pem`, 'rsa.crt', ...(name === 'scrypt' ? password() : [])),
      ),
      keyed('der.bin', 'p256.crt'),
      keyed('base64.txt', 'p256.crt'),
      keyed('as-json.json', 'p256.crt'),
      keyed('p256.locked.pem', 'p256.crt'),
      keyed('p256.locked.pem', 'p256.crt', ...password('other.txt')),
      keyed('rsa.headers.pem', 'rsa.crt', ...password()),
      keyed('p256.pem', 'rsa.crt'),
      keyed('password.txt', 'p256.crt', ...password('p256.pem')),
      keyed('p256.p12', 'p256.crt', ...password()),
      keyed('ml-dsa.pem', 'ml-dsa.crt'),
      keyed('p256.pem', 'p256.crt', '--pq-key', secret('p256.pem'), '--pq-chain', at('ml-dsa.crt')),
      keyed('p256.pem', 'p256.crt', '--pq-key', secret('seed-short.pem'), '--pq-chain', at('ml-dsa.crt')),
      keyed('p256.pem', 'p256.crt', '--pq-key', secret('ml-dsa.pem')),
      seal('--key', secret('p256.pem'), '--chain', secret('p256.pem')),
      seal('--key', at('p256.crt'), '--chain', secret('both.pem')),
      seal('--p12', secret('p256.p12'), ...password('other.txt')),
      seal('--p12', secret('p256.pem'), ...password()),
      seal('--p12', secret('bare.p12'), ...password()),
      seal('--p12', secret('old.p12'), ...password()),
      // Typed in the place of a file's name.
      seal('--key', readFileSync(secret('p256.pem'), 'utf8'), '--chain', at('p256.crt')),
      seal('--p12', secret('p256.p12'), '--password-file', PASSWORD),
      keyed('p256.pem', 'p256.crt', '--tsa', 'a=https://tsa.example/', '--tsa-login', `a=${secret('p256.pem')}`),
      keyed('p256.pem', 'p256.crt', '--log', at('none'), '--log-key', secret('p256.pem')),
      ['seal', secretFolder, '-o', secret('inside'), ...TSA, '--key', secret('p256.pem'), '--chain', at('p256.crt')],
    ]
    for (const args of bad) {
      const { said, code } = await run(args)
      expect([2, 4], `${args.join(' ')}\n${said}`).toContain(code)
      requireNone(said, args.join(' '))
    }
    requireNoneWritten()
  })

  it('stands in what other commands make of a file with a key', async () => {
    const log = ['--log-key', secret('log.pem')]
    expect((await run(['custody', 'init', at('log'), ...log, '--origin', 'sample.example/secrets'])).code).toBe(0)
    const prepared = ['seal', 'prepare', at('photos'), '-o', at('prepared'), '--chain', at('p256.crt'), ...TSA]
    expect((await run(prepared)).code).toBe(0)
    const over = keyed('p256.pem', 'p256.crt', '--log', at('log'), ...log)
    expect((await run(over)).code).toBe(0)
    const commands = [
      ['seal', 'embed', at('prepared'), '--signature', secret('p256.pem'), '-o', at('embedded')],
      ['seal', 'embed', at('prepared'), '--signature', secret('der.bin'), '-o', at('embedded')],
      ['custody', 'change-key', at('log'), ...log, '--to', secret('next.pem')],
      ['custody', 'change-key', at('log'), ...log, '--to', secret('p256.pem')],
      ['custody', 'append', at('log'), '--item', secret('p256.locked.pem')],
      [
        'custody',
        'cosign',
        '--witness-key',
        secret('witness.pem'),
        '--name',
        'sample.example/w',
        '--state',
        at('w.json'),
      ],
      ['custody', 'cosign', '--witness-key', secret('rsa.pem'), '--name', 'sample.example/w', '--state', at('w.json')],
      ['custody', 'show', at('log'), '--show-opened'],
      ['custody', 'verify', at('log')],
      ['encrypt', at('photos'), '--encrypt-to', AGE_IDENTITY, '-o', at('encrypted')],
      ['verify', at('photos'), '--identity', AGE_IDENTITY],
      ['gate', 'approve', at('none'), '--p12', secret('p256.p12'), '--password-file', PASSWORD, '--yes'],
      ...[...['p256.pem', 'p256.p12', 'der.bin', 'password.txt', 'age.txt']].flatMap((name) => [
        ['inspect', secret(name)],
        ['verify', secret(name)],
        ['explain', secret(name)],
        ['judge', secret(name)],
        ['signature', 'verify', secret(name), '--content', at('photos/a.txt')],
        ['timestamp', 'verify', secret(name), '--data', at('photos/a.txt')],
        ['path', 'verify', secret(name)],
        ['trust', 'list', secret(name)],
        ['policy', 'show', secret(name)],
        ['verify', at('photos'), '--trust-set', secret(name)],
        ['trust', 'add', secret(name), '--role', 'log', '--source', 'x', '--issuer', 'x', '--to', at('set.json')],
        ['trust', 'add', secret(name), '--role', 'signer', '--source', 'x', '--issuer', 'x', '--to', at('set.json')],
        [
          'certificate',
          'sign',
          secret(name),
          '-o',
          at('c.pdf'),
          '--key',
          secret('p256.pem'),
          '--chain',
          at('p256.crt'),
        ],
        ['timestamp', 'attach', at('prepared/out'), secret(name)],
        ['gate', 'approve', secret(name), '--key', secret('p256.pem'), '--chain', at('p256.crt'), '--yes'],
        ['encrypt', at('photos'), '--encrypt-to', secret(name), '-o', at('encrypted')],
        ['verify', at('photos'), '--identity', secret(name)],
        ['renew', at('prepared/out'), '--request', at('renew.tsq'), '--validation', secret(name)],
        [
          'redact',
          at('photos'),
          '--log',
          at('log'),
          ...log,
          '--policy',
          secret(name),
          '-o',
          at('r'),
          '--demo-authority',
        ],
      ]),
    ]
    for (const args of commands) {
      const { said } = await run(args)
      expect(said).not.toContain('There is no option')
      requireNone(said, args.join(' '))
    }
    requireNoneWritten()
  })

  it('stays in memory once it was read: the octets of the file, of the key and of the password are zeros', async () => {
    const seen: Uint8Array[] = []
    const keep = async (bytes: Uint8Array) => {
      seen.push(bytes)
      return bytes.slice(0, 5)
    }
    expect(Buffer.from(await withSecretFile(secret('p256.pem'), keep)).toString()).toBe('-----')
    await withSecretFile(secret('password.txt'), async (bytes) => {
      seen.push(bytes)
      throw new TypeError('used badly')
    }).catch(() => {})
    expect(seen.map((bytes) => bytes.some((octet) => octet !== 0))).toEqual([false, false])
    expect(seen[0]?.length).toBeGreaterThan(200)
    const key = await mlDsa65SigningKey(new Uint8Array(32).fill(9))
    key.forget?.()
    await expect(key.sign(new Uint8Array(1), 'sha512')).rejects.toThrow('forgotten')
  })
})
