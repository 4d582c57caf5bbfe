// Needs: age, openssl, zip.
import { execFileSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { ParseError, type RandomAccess, toHex } from '@probatum/core'
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeAll, describe, expect, it } from 'vitest'
import { testPlace } from '../../../../tools/testing/place.ts'
import { webCiphers } from '../browser/ciphers.ts'
import { describeEncrypted, isIdentityFile, openEncrypted, openInside, parseIdentities } from '../encryption/index.ts'
import { nodeCiphers } from '../node/ciphers.ts'
import { nodeInflater } from '../node/inflater.ts'
import { nodeSmallDigest } from '../node/small-digest.ts'

const { place: folder, at } = testPlace('encrypted')
const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
const access = (bytes: Uint8Array): RandomAccess => ({
  size: bytes.length,
  handle: null,
  async read(offset, length) {
    if (offset < 0 || offset + length > bytes.length) throw new RangeError(`${offset} to ${offset + length}`)
    return bytes.slice(offset, offset + length)
  },
})
const bytesOf = (name: string) => new Uint8Array(readFileSync(at(name)))
const identities = async (...names: string[]) =>
  (await Promise.all(names.map(async (name) => parseIdentities(bytesOf(name))))).flat()
const outcome = async (bytes: Uint8Array, keys: string, ciphers = nodeCiphers) =>
  openEncrypted(access(bytes), await identities(keys), ciphers, { name: 'test' }).then(
    () => 'opened',
    (error: unknown) => (error instanceof ParseError ? error.code : `${error}`),
  )

/** More than three chunks of age, and more than one segment of ours. */
const PLAIN = Uint8Array.from({ length: 1_300_000 }, (_, i) => (i * 31 + (i >> 8)) % 251)

beforeAll(async () => {
  writeFileSync(at('plain'), PLAIN)
  writeFileSync(at('small'), PLAIN.subarray(0, 300))
  for (const name of ['alice', 'bob']) {
    const secret = await generateX25519Identity()
    writeFileSync(at(`${name}.txt`), `# created: today\r\n# public key: none\n\n${secret}\n`)
    writeFileSync(at(`${name}.pub`), `# sample\n${await identityToRecipient(secret)}\n`)
  }
  const request = ['req', '-x509', '-nodes', '-subj', '/CN=Example Court (sample)', '-days', '30']
  const key = (name: string, ...how: string[]) =>
    run('openssl', ...request, ...how, '-keyout', `${name}.key`, '-out', `${name}.pem`)
  key('rsa', '-newkey', 'rsa:2048')
  for (const curve of ['P-256', 'P-384', 'P-521']) key(curve, '-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`)
})

it('tries no more recipients with keys than an hour would take', async () => {
  const base64 = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64').replaceAll('=', '')
  const stanza = `-> X25519 ${base64(32)}\n${base64(32)}\n`
  const file = new TextEncoder().encode(
    `age-encryption.org/v1\n${stanza.repeat(1024)}--- ${base64(32)}\n${'x'.repeat(64)}`,
  )
  const [key] = await identities('alice.txt')
  if (key === undefined) throw new TypeError('no identity')
  const keys = Array.from({ length: 17 }, () => key)
  const opened = openEncrypted(access(file), keys, nodeCiphers, { name: 'test' })
  await expect(opened).rejects.toMatchObject({ code: 'ERR_LIMIT', detail: { expected: 'at most 963 with 17 keys' } })
})

it('says of an encrypted file inside an encrypted file that there are two, and asks for no key', async () => {
  const recipient = String(readFileSync(at('alice.pub'), 'utf8').split('\n')[1])
  run('age', '-r', recipient, '-o', 'inner.age', 'small')
  run('age', '-r', recipient, '-o', 'outer.age', 'inner.age')
  const keys = await identities('alice.txt')
  const opened = await openEncrypted(access(bytesOf('outer.age')), keys, nodeCiphers, { name: 'test' })
  await expect(openInside(opened, nodeInflater)).rejects.toMatchObject({
    code: 'ERR_ENCRYPTED_TWICE',
    detail: { found: 'age' },
  })
})

const BOTH = [
  ['of Node', nodeCiphers],
  ['of a browser', webCiphers],
] as const

describe.each(BOTH)('with the ciphers %s', (_, ciphers) => {
  const open = async (name: string, keys: string) =>
    openEncrypted(access(bytesOf(name)), await identities(keys), ciphers, { name })

  it.each([
    ['to a recipient', ['-r', 'RECIPIENT']],
    ['to a file of recipients', ['-R', 'alice.pub', '-R', 'bob.pub']],
    ['in armor', ['-a', '-r', 'RECIPIENT']],
  ])('what age encrypts %s is opened at any place', async (_how, args) => {
    const recipient = String(readFileSync(at('alice.pub'), 'utf8').split('\n')[1])
    run('age', ...args.map((arg) => (arg === 'RECIPIENT' ? recipient : arg)), '-o', 'out.age', 'plain')
    const { plaintext, encryption, recipient: fingerprint } = await open('out.age', 'alice.txt')
    expect(encryption).toEqual({
      format: 'age',
      isArmored: args.includes('-a'),
      recipients: args.includes('-R') ? ['X25519', 'X25519'] : ['X25519'],
    })
    expect(fingerprint).toBe(toHex(nodeSmallDigest('sha256', new TextEncoder().encode(recipient))))
    await expectPlain(plaintext, PLAIN)
  })

  it.each([
    ['rsa', ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256'], 'RSA-OAEP'],
    ['rsa', ['-keyopt', 'rsa_padding_mode:oaep'], 'RSA-OAEP'],
    ['P-256', [], 'ECDH'],
    ['P-384', ['-keyopt', 'ecdh_kdf_md:sha384'], 'ECDH'],
    ['P-521', ['-keyopt', 'ecdh_kdf_md:sha512', '-stream'], 'ECDH'],
  ])('what openssl cms encrypts to %s is opened at any place (%j)', async (name, options, kind) => {
    const cms = ['cms', '-encrypt', '-binary', '-aes-256-gcm', '-outform', 'DER', '-in', 'plain']
    run('openssl', ...cms, '-out', 'out.p7m', '-recip', `${name}.pem`, ...options)
    const { plaintext, encryption, recipient } = await open('out.p7m', `${name}.key`)
    expect(encryption).toEqual({ format: 'cms', isArmored: false, recipients: [kind] })
    const spki = new X509Certificate(readFileSync(at(`${name}.pem`))).publicKey.export({ type: 'spki', format: 'der' })
    expect(recipient).toBe(toHex(nodeSmallDigest('sha256', spki)))
    await expectPlain(plaintext, PLAIN)
  })

  it.each([
    ['deflated', ['zip', '-q', '-9', 'archive', 'plain', 'small']],
    ['with data descriptors, deflated', ['zip', '-q', '-fd', 'archive', 'plain', 'small']],
    ['with data descriptors, stored', ['zip', '-q', '-fd', '-0', 'archive', 'plain', 'small']],
    ['in ZIP64', ['zip', '-q', '-fz', 'archive', 'plain', 'small']],
    ['as tar', ['tar', '-cf', 'archive', 'plain', 'small']],
  ])('an archive of others, %s, is read through the cipher (docs/adr/0019)', async (_how, [program = '', ...args]) => {
    for (const name of ['archive', 'archive.zip']) rmSync(at(name), { force: true })
    run(program, ...args)
    const archive = program === 'zip' ? 'archive.zip' : 'archive'
    run('age', '-R', 'alice.pub', '-o', 'archive.age', archive)
    const cms = ['cms', '-encrypt', '-binary', '-aes-256-gcm', '-outform', 'DER', '-recip', 'P-256.pem']
    run('openssl', ...cms, '-in', archive, '-out', 'archive.p7m')
    for (const [file, keys] of [
      ['archive.age', 'alice.txt'],
      ['archive.p7m', 'P-256.key'],
    ] as const) {
      const source = await openInside(await open(file, keys), nodeInflater)
      expect(source.kind).toBe(program)
      const read = source.entries.map(async (entry) => {
        const pieces: Uint8Array[] = []
        for await (const piece of source.open(entry)) pieces.push(piece.slice())
        return [entry.path, Buffer.concat(pieces).equals(readFileSync(at(entry.path)))] as const
      })
      expect(await Promise.all(read)).toEqual([
        ['plain', true],
        ['small', true],
      ])
      await source.close()
    }
  })

  it.each(['-aes-128-gcm', '-aes-192-gcm'])('%s is read too', async (cipher) => {
    run(
      'openssl',
      'cms',
      '-encrypt',
      '-binary',
      cipher,
      '-outform',
      'DER',
      '-in',
      'small',
      '-out',
      'o.p7m',
      '-recip',
      'P-256.pem',
    )
    const { plaintext } = await open('o.p7m', 'P-256.key')
    await expectPlain(plaintext, PLAIN.subarray(0, 300))
  })

  it('every change of a small file is found before anything can be read', async () => {
    run('age', '-R', 'alice.pub', '-o', 's.age', 'small')
    run(
      'openssl',
      'cms',
      '-encrypt',
      '-binary',
      '-aes-256-gcm',
      '-outform',
      'DER',
      '-in',
      'small',
      '-out',
      's.p7m',
      '-recip',
      'P-256.pem',
    )
    for (const [name, keys] of [
      ['s.age', 'alice.txt'],
      ['s.p7m', 'P-256.key'],
    ] as const) {
      const whole = bytesOf(name)
      const keysOf = await identities(keys)
      const seen = new Map<string, number>()
      const ask = async (bytes: Uint8Array) => {
        const code = await openEncrypted(access(bytes), keysOf, ciphers, { name }).then(
          () => 'opened',
          (error: unknown) => (error instanceof ParseError ? error.code : `${error}`),
        )
        seen.set(code, (seen.get(code) ?? 0) + 1)
        return code
      }
      expect(await ask(whole)).toBe('opened')
      seen.clear()
      // Bits of every seventh byte, cuts at every thirteenth: all of them is for the long tier.
      for (let i = 0; i < whole.length; i += 7) {
        const changed = whole.slice()
        changed[i] = (changed[i] ?? 0) ^ (1 << (i % 8))
        await ask(changed)
      }
      for (let length = 1; length < whole.length; length += 13) await ask(whole.slice(0, length))
      await ask(Uint8Array.of(...whole, 0))
      const left = [...seen.keys()].filter((code) => !code.startsWith('ERR_'))
      // Who a recipient's entry is for is text that nothing authenticates in CMS: keys are tried, whatever it says.
      expect(name === 's.p7m' ? left.filter((code) => code !== 'opened') : left).toEqual([])
      expect(seen.get('ERR_ENCRYPTION_TAG')).toBeGreaterThan(20)
    }
  }, 20_000)
})

describe('an encrypted file', () => {
  it('of several chunks shows when chunks are left out, exchanged, repeated or added', async () => {
    run('age', '-R', 'alice.pub', '-o', 'c.age', 'plain')
    const whole = bytesOf('c.age')
    const start = whole.length - PLAIN.length - 20 * 16
    const chunk = (n: number) => whole.slice(start + n * 65_552, start + (n + 1) * 65_552)
    const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
    const chunks = Array.from({ length: 20 }, (_, n) => chunk(n))
    const head = whole.slice(0, start)
    expect(Buffer.compare(join(head, ...chunks), whole)).toBe(0)
    const spoilt = {
      'left out at the end': join(head, ...chunks.slice(0, 19)),
      'left out in between': join(head, ...chunks.filter((_, n) => n !== 5)),
      exchanged: join(head, ...chunks.slice(0, 3), chunk(4), chunk(3), ...chunks.slice(5)),
      repeated: join(head, ...chunks.slice(0, 3), chunk(2), ...chunks.slice(3)),
      'cut at a chunk': join(head, ...chunks.slice(0, 19), new Uint8Array(0)),
      'with a second end': join(whole, chunk(19)),
      'with another nonce': join(whole.slice(0, start - 1), Uint8Array.of((whole[start - 1] ?? 0) ^ 1), ...chunks),
    }
    for (const [what, bytes] of Object.entries(spoilt))
      expect(await outcome(bytes, 'alice.txt'), what).toBe('ERR_ENCRYPTION_TAG')
  })

  it('to others is not opened, and says so', async () => {
    run('age', '-R', 'alice.pub', '-o', 'a.age', 'small')
    run(
      'openssl',
      'cms',
      '-encrypt',
      '-aes-256-gcm',
      '-outform',
      'DER',
      '-in',
      'small',
      '-out',
      'p.p7m',
      '-recip',
      'P-256.pem',
    )
    for (const keys of ['bob.txt', 'rsa.key'])
      expect(await outcome(bytesOf('a.age'), keys)).toBe('ERR_ENCRYPTION_IDENTITY')
    for (const keys of ['bob.txt', 'rsa.key', 'P-384.key'])
      expect(await outcome(bytesOf('p.p7m'), keys)).toBe('ERR_ENCRYPTION_IDENTITY')
    await expect(openEncrypted(access(bytesOf('a.age')), [], nodeCiphers, { name: '' })).rejects.toThrow(
      'ERR_ENCRYPTED:',
    )
  })

  it('of another kind is refused in its own way', async () => {
    const cms = (...how: string[]) => {
      run('openssl', 'cms', '-encrypt', '-outform', 'DER', '-in', 'small', '-out', 'x.p7m', ...how)
      return bytesOf('x.p7m')
    }
    // Without a tag, whoever carries it could change it.
    const plain = cms('-aes-256-cbc', '-recip', 'rsa.pem')
    await expect(describeEncrypted(access(plain))).rejects.toThrow('ERR_ENCRYPTION_UNSUPPORTED')
    // PKCS #1 v1.5 gives nothing to open it with.
    const old = cms('-aes-256-gcm', '-recip', 'rsa.pem')
    expect(await describeEncrypted(access(old))).toMatchObject({ recipients: ['RSA'] })
    expect(await outcome(old, 'rsa.key')).toBe('ERR_ENCRYPTION_UNSUPPORTED')
    // Beside one that is read, a key may still be for that one.
    const both = cms('-aes-256-gcm', '-recip', 'rsa.pem', '-recip', 'P-256.pem')
    expect(await outcome(both, 'rsa.key')).toBe('ERR_ENCRYPTION_IDENTITY')
    const ssh = `age-encryption.org/v1\n-> ssh-ed25519 AAAAAA ${'A'.repeat(43)}\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`
    const forSsh = new TextEncoder().encode(`${ssh}${'x'.repeat(60)}`)
    expect(await outcome(forSsh, 'alice.txt')).toBe('ERR_ENCRYPTION_UNSUPPORTED')
    const header = `age-encryption.org/v1\n-> scrypt ${'A'.repeat(22)} 18\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`
    const passphrase = new TextEncoder().encode(`${header}${'x'.repeat(60)}`)
    expect(await outcome(passphrase, 'alice.txt')).toBe('ERR_ENCRYPTION_PASSPHRASE')
  })

  it('that changes after it was checked gives no other bytes', async () => {
    run('age', '-R', 'alice.pub', '-o', 'd.age', 'plain')
    run(
      'openssl',
      'cms',
      '-encrypt',
      '-binary',
      '-aes-256-gcm',
      '-outform',
      'DER',
      '-in',
      'plain',
      '-out',
      'd.p7m',
      '-recip',
      'P-256.pem',
    )
    for (const [name, keys] of [
      ['d.age', 'alice.txt'],
      ['d.p7m', 'P-256.key'],
    ] as const) {
      const bytes = bytesOf(name)
      const { plaintext } = await openEncrypted(access(bytes), await identities(keys), nodeCiphers, { name })
      bytes[bytes.length - 700_000] = (bytes[bytes.length - 700_000] ?? 0) ^ 1
      await expect(plaintext.read(0, plaintext.size)).rejects.toThrow('changed')
    }
  })

  it('to a hybrid key is opened by it', async () => {
    const { Encrypter } = await import('age-encryption')
    const secret = await generateHybridIdentity()
    const encrypter = new Encrypter()
    encrypter.addRecipient(await identityToRecipient(secret))
    const file = await encrypter.encrypt(PLAIN.subarray(0, 10))
    const keys = await parseIdentities(new TextEncoder().encode(secret))
    const { plaintext, encryption } = await openEncrypted(access(file), keys, nodeCiphers, { name: '' })
    expect(encryption.recipients).toEqual(['mlkem768x25519'])
    await expectPlain(plaintext, PLAIN.subarray(0, 10))
  })
})

describe('a file of identities', () => {
  it('that cannot be used is refused without a word of what is in it', async () => {
    const text = (value: string) => new TextEncoder().encode(value)
    const good = await generateX25519Identity()
    const pem = createPrivateKey(readFileSync(at('P-256.key')))
    const sealed = pem.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
    const bad = [
      text(''),
      text('# nothing\n'),
      text(good.replace(/.$/, (last) => (last === 'Q' ? 'P' : 'Q'))),
      text(`${good}X`),
      text(good.toLowerCase()),
      text('AGE-PLUGIN-YUBIKEY-1QQQQ'),
      text('age-encryption.org/v1\n'),
      text(String(sealed)),
      text(String(pem.export({ type: 'sec1', format: 'pem' }))),
      text('-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----\n'),
      text('-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----\n'),
    ]
    for (const bytes of bad) {
      const error = await parseIdentities(bytes).then(
        () => 'read',
        (reason: unknown) => reason,
      )
      expect(error, new TextDecoder().decode(bytes)).toBeInstanceOf(ParseError)
      expect((error as ParseError).code).toBe('ERR_IDENTITY')
      const said = `${error} ${JSON.stringify(error)} ${(error as Error).stack} ${(error as Error).cause}`
      for (const line of new TextDecoder().decode(bytes).split('\n'))
        if (line.length > 20 && !line.startsWith('-')) expect(said).not.toContain(line.slice(16, 40))
    }
  })

  it('keeps its secret from whoever prints it', async () => {
    const { inspect } = await import('node:util')
    for (const name of ['alice.txt', 'rsa.key']) {
      const keys = await identities(name)
      const shown = inspect(keys, { depth: 9, showHidden: true }) + JSON.stringify(keys)
      const secret = /AGE-SECRET-KEY-1\w+/.exec(readFileSync(at(name), 'utf8'))?.[0]
      if (secret !== undefined) expect(shown).not.toContain(secret.slice(20))
      expect(shown).not.toContain('PRIVATE KEY')
    }
  })

  it('is told apart from other texts', () => {
    expect(isIdentityFile(bytesOf('alice.txt'))).toBe(true)
    expect(isIdentityFile(bytesOf('rsa.key'))).toBe(true)
    expect(isIdentityFile(bytesOf('alice.pub'))).toBe(false)
    expect(isIdentityFile(bytesOf('rsa.pem'))).toBe(false)
    expect(isIdentityFile(PLAIN)).toBe(false)
  })
})

async function expectPlain(plaintext: RandomAccess, expected: Uint8Array): Promise<void> {
  expect(plaintext.size).toBe(expected.length)
  expect(Buffer.compare(await plaintext.read(0, plaintext.size), expected)).toBe(0)
  for (let i = 0; i < 40; i++) {
    const offset = (i * 7_919_777) % expected.length
    const length = Math.min(expected.length - offset, (i * 104_729) % 200_000)
    const read = await plaintext.read(offset, length)
    expect(Buffer.compare(read, expected.subarray(offset, offset + length)), `${offset} ${length}`).toBe(0)
  }
}
