// Needs: age, openssl, sh, sha256sum, unzip, zip.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { ASSURANCES } from '@probatum/core'
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../tools/testing/judgement.ts'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { chooseEncryption, requireApprovedKey, requireEncryptable } from '../output/encrypted-output.ts'

const { place, at, probatum } = placeHere('encryption')

const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd: place, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 })

const AT = ['--at', '2036-01-01']
const NOW = { epochSeconds: 0, fraction: '' }
const SECRET_TEXT = `INVENTED SAMPLE that nobody may read on the way ${'x'.repeat(200_000)}\n`
const secrets: string[] = []
let recipient = ''

/** The one file in a folder with this ending. */
function only(folder: string, ending: string): string {
  const found = readdirSync(at(folder)).filter((name) => name.endsWith(ending))
  expect(found, folder).toHaveLength(1)
  return `${folder}/${found[0]}`
}

beforeAll(async () => {
  mkdirSync(at('photos'))
  writeFileSync(at('photos/a (sample).txt'), SECRET_TEXT)
  writeFileSync(at('photos/b (sample).txt'), 'INVENTED SAMPLE b\n')
  for (const name of ['alice', 'bob']) {
    const secret = await generateX25519Identity()
    secrets.push(secret)
    writeFileSync(at(`${name}.txt`), `# sample\n${secret}\n`)
    writeFileSync(at(`${name}.pub`), `# sample\n${await identityToRecipient(secret)}\n`)
  }
  recipient = await identityToRecipient(secrets[0] ?? '')
  const request = ['req', '-x509', '-nodes', '-subj', '/CN=Example Court (sample)', '-newkey', 'ec', '-pkeyopt']
  run('openssl', ...request, 'ec_paramgen_curve:P-256', '-days', '30', '-keyout', 'court.key', '-out', 'court.pem')
  const seal = async (out: string, ...to: string[]) => {
    const made = await probatum('seal', 'photos', '-o', out, '--demo-authority', ...to)
    expect(made, out).toMatchObject({ code: 0, err: '' })
    return made.out
  }
  expect(await seal('age', '--encrypt-to', recipient, '--encrypt-to', 'bob.pub')).toContain('Encrypted to 2 recipients')
  await seal('cms', '--encrypt-to', 'court.pem')
  await seal('plain.zip', '--zip')
}, 120_000)

describe('a bundle that is encrypted when it is sealed', () => {
  it.each(['age', 'cms'])(
    '%s: is one file under a name that tells nothing, with a receipt, and nothing is left in the clear',
    (out) => {
      const names = readdirSync(at(out)).sort()
      const stem = names[0]?.replace(/\..*/, '') ?? ''
      expect(stem).toMatch(/^[0-9a-f]{32}$/)
      expect(names).toEqual(
        [`${stem}.${out === 'age' ? 'age' : 'p7m'}`, `${stem}.receipt.json`, `${stem}.receipt.txt`].sort(),
      )
      for (const name of readdirSync(place, { recursive: true, encoding: 'utf8' })) {
        if (name.startsWith('photos') || name.startsWith('plain.zip') || !/^(?:age|cms)|unfinished/.test(name)) continue
        if (!name.includes('.') || name.endsWith('.zip')) continue
        expect(name).not.toContain('unfinished')
        expect(readFileSync(at(name)).includes('INVENTED SAMPLE'), name).toBe(false)
      }
      const receipt = readFileSync(at(only(out, '.receipt.txt')), 'utf8')
      const command = receipt.split('\n').find((line) => line.includes('sha256sum'))
      expect(String(execFileSync('sh', ['-c', String(command)], { cwd: at(out) }))).toContain(': OK')
      for (const said of [receipt, readFileSync(at(only(out, '.receipt.json')), 'utf8')])
        expect(said).not.toMatch(/photos|sample|bundle|court/i)
    },
  )

  it('gives the same report as the bundle in it, with a note of how it came', async () => {
    const body = async (...args: string[]) => {
      const { code, out, err } = await probatum('verify', ...args, '--trust-set', 'age.trust-set.json', ...AT, '--json')
      expect(err).toBe('')
      return { code, report: JSON.parse(out) }
    }
    const file = only('age', '.age')
    run('age', '-d', '-i', 'alice.txt', '-o', 'decrypted.zip', file)
    const plain = await body('decrypted.zip')
    const { code, report } = await body(file, '--identity', 'bob.txt')
    expect(code).toBe(plain.code)
    expect(report.body).toEqual(plain.report.body)
    const { oddities, ...container } = report.envelope.container
    expect(oddities.slice(0, 2)).toEqual([
      { id: 'encryption.age', value: 'X25519' },
      { id: 'encryption.recipients', value: '2' },
    ])
    expect(container).toMatchObject({ kind: 'zip', name: file.slice(4), bytes: readFileSync(at(file)).length })
    const now = await probatum('verify', file, '--identity', 'alice.txt', '--trust-set', 'age.trust-set.json')
    expect(now.code).toBe(0)
    expect(now.out).toContain('--identity alice.txt')
  })

  it('asks whether it was made for the key that opens it, where it names a recipient', async () => {
    const named = ['--recipient', 'Example Court (sample)', '--encrypt-to', recipient]
    expect(await probatum('seal', 'photos', '-o', 'named', '--demo-authority', ...named)).toMatchObject({ code: 0 })
    const KEY = ['--identity', 'alice.txt', '--trust-set', 'named.trust-set.json']
    const { out } = await probatum('verify', only('named', '.age'), ...KEY, '--json')
    const { inputs, findings } = JSON.parse(out).body
    expect(inputs.recipient).toBe(`key:${createHash('sha256').update(recipient).digest('hex')}`)
    const asked = findings.find(({ id }: { id: string }) => id === 'authorisation.recipient')
    // The name alone says nothing of a key: undecided, and no contradiction.
    expect(asked).toMatchObject({ value: 'INDETERMINATE', reason: 'key-not-stated' })
  })

  it('is opened by openssl, and by us with the key in every form', async () => {
    const file = only('cms', '.p7m')
    run(
      'openssl',
      'cms',
      '-decrypt',
      '-binary',
      '-inform',
      'DER',
      '-in',
      file,
      '-inkey',
      'court.key',
      '-recip',
      'court.pem',
      '-out',
      'cms.zip',
    )
    expect(String(run('unzip', '-l', 'cms.zip'))).toContain('cms/bagit.txt')
    writeFileSync(at('password'), 'secret of the sample\n')
    writeFileSync(at('wrong-password'), 'another\n')
    run(
      'openssl',
      'pkcs8',
      '-topk8',
      '-v2',
      'aes-256-cbc',
      '-in',
      'court.key',
      '-out',
      'sealed.key',
      '-passout',
      'file:password',
    )
    run(
      'openssl',
      'pkcs12',
      '-export',
      '-inkey',
      'court.key',
      '-in',
      'court.pem',
      '-out',
      'court.p12',
      '-passout',
      'file:password',
    )
    const verify = (...args: string[]) =>
      probatum('verify', file, '--trust-set', 'cms.trust-set.json', '--quiet', ...args)
    expect(await verify('--identity', 'court.key')).toEqual({ code: 0, out: '', err: '' })
    for (const key of ['sealed.key', 'court.p12']) {
      expect(await verify('--identity', key, '--identity-password-file', 'password'), key).toMatchObject({
        code: 0,
        err: '',
      })
      for (const wrong of key === 'sealed.key' ? [['--identity-password-file', 'wrong-password'], []] : []) {
        const refused = await verify('--identity', key, ...wrong)
        expect(refused.code, key).toBe(4)
        expect(refused.err).toContain('--identity')
        expect(refused.err).not.toContain('secret')
      }
    }
  })

  it('is opened by an identity of age that is kept under a passphrase', async () => {
    const locked = new Encrypter()
    locked.setPassphrase('secret of the sample')
    locked.setScryptWorkFactor(10)
    writeFileSync(at('locked.age-key'), await locked.encrypt(`${secrets[0]}\n`))
    writeFileSync(at('passphrase'), 'secret of the sample\n')
    writeFileSync(at('wrong-passphrase'), 'another\n')
    const verify = (password: string) =>
      probatum(
        ...['verify', only('age', '.age'), '--policy', 'fixity', '--quiet'],
        ...['--identity', 'locked.age-key', '--identity-password-file', password],
      )
    expect(await verify('passphrase')).toMatchObject({ code: 0, err: '' })
    const refused = await verify('wrong-passphrase')
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('its passphrase')
    expect(refused.err).not.toContain('another')
  })

  it('gives no verdict when it is not as it was encrypted, or for somebody else', async () => {
    const spoil = (name: string, change: (bytes: Buffer) => Buffer) => {
      writeFileSync(
        at(`spoilt-${name}`),
        change(readFileSync(at(name === 'p7m' ? only('cms', '.p7m') : only('age', '.age')))),
      )
      return `spoilt-${name}`
    }
    const flip = (at: number) => (bytes: Buffer) => {
      const place = at < 0 ? bytes.length + at : at
      bytes[place] = (bytes[place] ?? 0) ^ 1
      return bytes
    }
    const refused = async (file: string, said: string, ...keys: string[]) => {
      const outcome = await probatum('verify', file, ...keys, '--json')
      expect(outcome, said).toMatchObject({ code: 4, out: '' })
      expect(outcome.err).toContain(said)
      expect(outcome.err).not.toContain(secrets[0]?.slice(20))
    }
    const ALICE = ['--identity', 'alice.txt']
    await refused(only('age', '.age'), 'ERR_ENCRYPTED:')
    await refused(only('cms', '.p7m'), 'ERR_ENCRYPTION_IDENTITY', ...ALICE)
    writeFileSync(at('carol.txt'), 'AGE-SECRET-KEY-1SAMPLE\n')
    await refused(only('age', '.age'), 'carol.txt cannot be used', '--identity', 'carol.txt')
    for (const [name, change] of [
      ['middle', flip(100_000)],
      ['appended', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
      ['cut-at-chunk', (bytes: Buffer) => bytes.subarray(0, bytes.indexOf('\n--- ') + 5 + 44 + 16 + 65_552 * 2)],
    ] as const)
      await refused(spoil(name, change), 'ERR_ENCRYPTION_TAG', ...ALICE)
    await refused(spoil('p7m', flip(-3)), 'ERR_ENCRYPTION_TAG', '--identity', 'court.key')
    // Two in one call: the other is judged all the same.
    const two = await probatum(
      'verify',
      'spoilt-middle',
      'plain.zip',
      ...ALICE,
      '--trust-set',
      'plain.zip.trust-set.json',
      '--json',
    )
    expect(two.out.trim().split('\n')).toHaveLength(1)
    expect(two.code).toBe(4)
  })
})

describe('other commands with an encrypted bundle', () => {
  const KEY = ['--identity', 'alice.txt']

  it('describe it without a key, and read it with one', async () => {
    const file = only('age', '.age')
    const seen = await probatum('inspect', file)
    expect(seen.code).toBe(0)
    expect(seen.out).toMatch(/recipients +2/)
    expect(seen.out).not.toContain('sample.txt')
    expect((await probatum('inspect', only('cms', '.p7m'))).out).toMatch(/ECDH: 1/)
    const which = await probatum('which', 'photos/a (sample).txt', '--in', file, ...KEY)
    expect(which.code).toBe(0)
    expect(which.out).toContain('item 0')
    const copied = await probatum('extract', file, '-o', 'files', '--trust-set', 'age.trust-set.json', ...KEY)
    expect(copied.code).toBe(0)
    expect(readFileSync(at('files/a (sample).txt'), 'utf8')).toBe(SECRET_TEXT)
  })

  it.each([
    ['age', '.age', 'alice.txt'],
    ['cms', '.p7m', 'court.key'],
  ])('print steps for %s that work by hand', async (out, ending, key) => {
    const trust = ['--trust-set', `${out}.trust-set.json`]
    const steps = await probatum('steps', at(only(out, ending)), '--identity', key, ...trust)
    expect(steps.code).toBe(0)
    mkdirSync(at(`by-hand-${out}`))
    const ran = spawnSync('sh', ['-c', steps.out], {
      cwd: at(`by-hand-${out}`),
      encoding: 'utf8',
      env: { ...process.env, KEY_FILE: at(key) },
    })
    expect(ran.stdout + ran.stderr).toContain('Nothing wrong was found.')
    expect(ran.status).toBe(0)
    const windows = await probatum('steps', at(only(out, ending)), '--identity', key, '--shell', 'powershell')
    expect(windows.out).toContain(out === 'age' ? 'age -d -i "$env:KEY_FILE"' : 'openssl cms -decrypt')
  })
})

describe('encrypting what is sealed already', () => {
  it('takes folders, and archives of others, which are read without plaintext on the disk too', async () => {
    run('unzip', '-q', 'plain.zip', '-d', 'unpacked')
    run('sh', '-c', 'cd unpacked && zip -q -9 -r ../deflated.zip .')
    const trust = ['--trust-set', 'plain.zip.trust-set.json']
    for (const [from, out, ending] of [
      ['unpacked/plain', 'from-folder', '.age'],
      ['deflated.zip', 'from-zip', '.age'],
    ] as const) {
      expect(await probatum('encrypt', from, '--encrypt-to', 'alice.pub', '-o', out)).toMatchObject({
        code: 0,
        err: '',
      })
      const verified = await probatum('verify', only(out, ending), '--identity', 'alice.txt', ...trust, '--json')
      expect(verified, from).toMatchObject({ code: 0, err: '' })
    }
    run('age', '-d', '-i', 'alice.txt', '-o', 'again.zip', only('from-zip', '.age'))
    expect(readFileSync(at('again.zip')).equals(readFileSync(at('deflated.zip')))).toBe(true)
    const twice = await probatum('encrypt', only('from-zip', '.age'), '--encrypt-to', 'alice.pub', '-o', 'twice')
    expect(twice).toMatchObject({ code: 4 })
    expect(twice.err).toContain('ERR_ENCRYPTED')
  })

  it('encrypts nothing that lies beside a bundle, whether in a folder or an archive', async () => {
    mkdirSync(at('desk/log'), { recursive: true })
    cpSync(at('unpacked/plain'), at('desk/bundle'), { recursive: true })
    for (const name of ['INTERNAL-disclosure-matrix.csv', 'log/custody.jsonl', 'seal.key'])
      writeFileSync(at('desk', name), 'INVENTED SAMPLE, never to be sent\n')
    const refused = await probatum('encrypt', 'desk', '--encrypt-to', 'alice.pub', '-o', 'sent')
    expect(refused).toMatchObject({ code: 4, out: '' })
    expect(refused.err).toContain('bundle in it is one beside 3 other files, as INTERNAL-disclosure-matrix.csv')
    expect(refused.err).toContain('probatum encrypt desk/bundle')
    run('sh', '-c', 'cd desk && zip -q -r ../desk.zip .')
    const zipped = await probatum('encrypt', 'desk.zip', '--encrypt-to', 'alice.pub', '-o', 'sent')
    expect(zipped).toMatchObject({ code: 4, out: '' })
    expect(zipped.err).toContain('holds more than the bundle bundle')
    // Alone in a folder or not, it is the bundle that is named.
    mkdirSync(at('alone'))
    cpSync(at('unpacked/plain'), at('alone/bundle'), { recursive: true })
    expect((await probatum('encrypt', 'alone', '--encrypt-to', 'alice.pub', '-o', 'sent')).code).toBe(4)
    expect(existsSync(at('sent'))).toBe(false)
    // What is missing in it can never be put in.
    for (const name of readdirSync(at('alone/bundle/seal/1')))
      if (name.endsWith('.tsr')) rmSync(at('alone/bundle/seal/1', name))
    const missing = await probatum('encrypt', 'alone/bundle', '--encrypt-to', 'alice.pub', '-o', 'sent')
    expect(missing.code).toBe(0)
    expect(missing.err).toContain('.p7s has 0 of the 1 time-stamps that the bundle names.')
    const courier = readdirSync(at('sent')).find((name) => name.endsWith('.receipt.json')) ?? ''
    expect((await probatum('verify', `sent/${courier}`)).err).toContain('It is a receipt for couriers')
  })

  it('opens armor, and refuses what it cannot read with a sentence', async () => {
    run('age', '-a', '-r', recipient, '-o', 'armored.age', 'plain.zip')
    const trust = ['--trust-set', 'plain.zip.trust-set.json']
    expect((await probatum('verify', 'armored.age', '--identity', 'alice.txt', ...trust, '--quiet')).code).toBe(0)
    run('age', '-r', recipient, '-o', 'text.age', 'alice.pub')
    const text = await probatum('verify', 'text.age', '--identity', 'alice.txt')
    expect(text).toMatchObject({ code: 4, out: '' })
    expect(text.err).toContain('could not read this as an evidence bundle')
    const cms = ['cms', '-encrypt', '-binary', '-outform', 'DER', '-in', 'plain.zip', '-recip', 'court.pem']
    run('openssl', ...cms, '-aes-256-cbc', '-out', 'old.p7m')
    const old = await probatum('verify', 'old.p7m', '--identity', 'court.key')
    expect(old.code).toBe(4)
    expect(old.err).toContain('encrypted in a way that is not read here')
  })

  it('refuses recipients that are none', async () => {
    const refused = async (said: string, ...to: string[]) => {
      const files = to.map((one) => (one.includes('.') ? at(one) : one))
      await expect(chooseEncryption({ _: [], 'encrypt-to': files }, NOW), said).rejects.toThrow(said)
    }
    await refused('slip of the pen', `${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`)
    await refused('one file together', recipient, 'court.pem')
    await refused('private key', 'alice.txt')
    await refused('private key', 'court.key')
    await refused('vanished', 'nobody.pem')
    await refused('no recipient of age', 'ssh-ed25519 AAAA')
    expect(await chooseEncryption({ _: [] }, NOW)).toBe(undefined)
    expect((await probatum('encrypt', 'plain.zip', '-o', 'never')).err).toContain('Nobody to encrypt to')
    const seal = ['seal', 'photos', '-o', 'never', '--encrypt-to', recipient, '--key', 'k', '--chain', 'c']
    const later = await probatum(...seal, '--tsa-later', 'a=CN=A')
    const prepare = [
      'seal',
      'prepare',
      'photos',
      '-o',
      'never',
      '--encrypt-to',
      recipient,
      '--chain',
      'c',
      '--tsa',
      'a=x',
    ]
    expect((await probatum(...prepare)).err).toMatch(/no signature yet|no option .*encrypt-to/)
    expect(later.code).toBe(2)
    expect(later.err).toContain('--tsa-later')
    expect(readdirSync(place)).not.toContain('never')
  })
})

describe('a certificate to encrypt to', () => {
  it('must still be valid', async () => {
    const argv = { _: [], 'encrypt-to': [at('court.pem')] }
    expect((await chooseEncryption(argv, instant('2026-01-01T00:00:00Z')))?.format).toBe('cms')
    await expect(chooseEncryption(argv, instant('2099-01-01T00:00:00Z'))).rejects.toThrow(
      'Example Court (sample) has expired',
    )
  })

  it('is not encrypted to past the key that was approved', async () => {
    const encryption = await chooseEncryption(
      { _: [], 'encrypt-to': [recipient, at('bob.pub')] },
      {
        epochSeconds: 0,
        fraction: '',
      },
    )
    if (encryption === undefined) throw new TypeError('nothing was chosen')
    const approved = createHash('sha256').update(recipient).digest('hex')
    for (const key of [null, approved]) expect(() => requireApprovedKey(encryption, key)).not.toThrow()
    expect(() => requireApprovedKey(encryption, '0'.repeat(64))).toThrow('approved')
  })

  it('takes no bundle of more than a gigabyte', async () => {
    const cms = await chooseEncryption({ _: [], 'encrypt-to': [at('court.pem')] }, NOW)
    const age = await chooseEncryption({ _: [], 'encrypt-to': [recipient] }, NOW)
    if (cms === undefined || age === undefined) throw new TypeError('nothing was chosen')
    expect(() => requireEncryptable(cms, 2 ** 30)).not.toThrow()
    expect(() => requireEncryptable(age, 2 ** 40)).not.toThrow()
    expect(() => requireEncryptable(cms, 2 ** 30 + 1)).toThrow(/GB|GiB/)
  })
})

describe('a sharing that was approved for one key', () => {
  it('is encrypted to that key and to others besides, never past it, and says whose key opens it', async () => {
    const write = (name: string, value: unknown) =>
      writeFileSync(at(name), typeof value === 'string' ? value : JSON.stringify(value))
    const request = ['req', '-x509', '-nodes', '-days', '900', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
    for (const name of ['ada', 'ben'])
      run(
        'openssl',
        ...request,
        '-subj',
        `/CN=Example ${name} (sample)`,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.pem`,
      )
    const assurances = ASSURANCES.map((assurance) => ({
      ...{ assurance, by: 'Example Ministry (sample)', date: '2026-01-02', reference: 'Letter (sample)' },
    }))
    write('prosecution.json', {
      ...{ recipientFile: 'probatum/recipient/1-draft', name: 'Example Prosecution (sample)', kind: 'prosecutor' },
      ...{ age: recipient, assurances, conditions: [{ kind: 'use', text: 'Only for the trial (sample)' }] },
    })
    const from = ',Invented source (sample),trial,prosecutor,2026-01-01,,'
    write('consents.csv', `items,giver,purposes,recipients,from,until,withdrawn\r\n0-1${from}\r\n`)
    const ok = async (...args: string[]) => {
      const { code, err } = await probatum(...args)
      expect(code, err).toBe(0)
    }
    const log = ['--log', 'shared', '--log-key', 'shared.pem']
    await ok('custody', 'init', 'shared', '--log-key', 'shared.pem', '--new-key', '--origin', 'sample.example/shared')
    const items = ['a', 'b'].flatMap((letter) => ['--item', `photos/${letter} (sample).txt`])
    await ok('custody', 'append', 'shared', ...items, '--field', 'agent=Example Archivist (sample)')
    const asked = ['--recipient', 'prosecution.json', '--consents', 'consents.csv', '--purpose', 'trial']
    await ok(
      'gate',
      'request',
      '--log',
      'shared',
      ...asked,
      '--ground',
      'Example statute',
      '--identifier',
      'X',
      '-o',
      'request.json',
    )
    for (const by of ['ada', 'ben'])
      await ok('gate', 'approve', 'request.json', '--key', `${by}.key`, '--chain', `${by}.pem`, '--yes')
    const approvals = ['request.approval-1.json', 'request.approval-2.json'].flatMap((file) => ['--approval', file])
    const seal = [
      'seal',
      'photos',
      ...log,
      '--demo-authority',
      '--issuer',
      'Example (sample)',
      '--for',
      'request.json',
      ...approvals,
    ]
    const past = await probatum(...seal, '-o', 'past', '--encrypt-to', 'bob.pub')
    expect(past.code).toBe(4)
    expect(past.err).toContain('other keys than the one that this sharing was approved for')
    await ok(...seal, '-o', 'approved', '--encrypt-to', recipient, '--encrypt-to', 'bob.pub')
    const found = async (key: string) => {
      const args = ['--identity', key, '--trust-set', 'approved.trust-set.json', '--json']
      const { out } = await probatum('verify', only('approved', '.age'), ...args)
      const { findings } = JSON.parse(out).body
      return findings.find(({ id }: { id: string }) => id === 'authorisation.recipient')
    }
    expect(await found('alice.txt')).toMatchObject({ value: 'PASSED' })
    expect(await found('bob.txt')).toMatchObject({ value: 'INDETERMINATE', reason: 'another' })
  }, 60_000)
})

describe('redacted bundles', () => {
  it('are each encrypted to their own recipient, all or none', async () => {
    const policy = { disclosurePolicy: 'probatum/disclosure-policy/1-draft', recipient: null }
    for (const name of ['defence', 'court'])
      writeFileSync(
        at(`${name}.json`),
        JSON.stringify({ ...policy, identifier: name, items: [{ all: true, payload: true, fields: ['*'] }] }),
      )
    const log = ['--log', 'log', '--log-key', 'log.pem']
    expect(
      (await probatum('custody', 'init', 'log', '--log-key', 'log.pem', '--new-key', '--origin', 'sample.example/9'))
        .code,
    ).toBe(0)
    expect(await probatum('seal', 'photos', ...log, '-o', 'master', '--demo-authority')).toMatchObject({ code: 0 })
    const redact = (out: string, ...to: string[]) =>
      probatum(
        'redact',
        'master',
        ...log,
        '--policy',
        'defence.json',
        '--policy',
        'court.json',
        '-o',
        out,
        '--demo-authority',
        ...to.flatMap((one) => ['--encrypt-to', one]),
      )
    expect((await redact('r0', `defence=${recipient}`)).err).toContain('left in the clear')
    const made = await redact('r1', `defence=${recipient}`, 'court=court.pem')
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(
      readdirSync(at('r1'))
        .filter((name) => !name.startsWith('INTERNAL'))
        .sort(),
    ).toEqual(['court', 'defence'])
    const trust = ['--trust-set', 'r1/INTERNAL-demonstration.trust-set.json']
    expect(
      (await probatum('verify', only('r1/defence', '.age'), '--identity', 'alice.txt', ...trust, '--quiet')).code,
    ).toBe(0)
    expect(
      (await probatum('verify', only('r1/court', '.p7m'), '--identity', 'court.key', ...trust, '--quiet')).code,
    ).toBe(0)
  })
})
